"""What tests of exports share: the sample, looked at and found in order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from designer_drafts import sample_draft
from loginwright_designer.document.document_changes import ProblemsChange
from loginwright_designer.document.export_checks import Standing
from loginwright_designer.document.export_plan import ExportInputs
from loginwright_designer.document.flow_export import ExportLook, ExportOrder, ExportWritten
from loginwright_designer.document.flow_export import write_export as written_export
from loginwright_runtime.errors import Problem
from loginwright_runtime.flow.version import with_version

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_designer.document.draft import Draft


def sound_inputs(draft: Draft | None = None) -> ExportInputs:
    """Inputs in which nothing is in the way."""
    draft = sample_draft() if draft is None else draft
    return ExportInputs(
        draft=draft,
        problems=ProblemsChange(draft, (), {}),
        look=ExportLook(draft, with_version(draft.flow).version),
        standings={entry.file: Standing.AS_EXPECTED for entry in draft.scenarios},
    )


def with_problems(inputs: ExportInputs, *problems: Problem) -> ExportInputs:
    """The same inputs, with these problems found."""
    return replace(inputs, problems=ProblemsChange(inputs.draft, problems, {}))


def problem(rule: str, severity: str = "error", file: str | None = None) -> Problem:
    """A problem of a rule."""
    assert severity in ("error", "warning")
    return Problem(rule, severity, "Something is wrong.", "Correct it.", file, 3)  # type: ignore[arg-type]  # checked above


def exported(target: Path, draft: Draft | None = None, *, with_scenarios: bool) -> ExportWritten:
    """An export that has to succeed."""
    draft = sample_draft() if draft is None else draft
    flow = with_version(draft.flow)
    result = written_export(ExportOrder(draft, flow, target, with_scenarios))
    assert isinstance(result, ExportWritten), result
    return result
