"""What is wrong with a draft, and what its code does, without running it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loginwright_designer.document.draft import Draft
from loginwright_runtime.errors import Problem, ScenarioError
from loginwright_runtime.flow.flow_files import assemble
from loginwright_runtime.flow.migrations import flow_history
from loginwright_runtime.flow.writing import flow_json
from loginwright_runtime.simulation import secret_names, simulated_login
from loginwright_runtime.simulation.checks import undeclared_secret
from loginwright_runtime.validation import Analysis, analyse, flow_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loginwright_designer.document.folder import ReadFolder
    from loginwright_runtime.simulation import ScenarioFile
    from loginwright_runtime.validation import SourceFacts


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft that was looked at.

    Attributes:
        draft: Which one.
        problems: As ``loginwright validate`` lists them.
        analysis: The facts of every source; handed to the next check, which then reads only what
            changed.
    """

    draft: Draft
    problems: tuple[Problem, ...]
    analysis: Analysis = field(repr=False)

    @property
    def facts(self) -> Mapping[str, SourceFacts]:
        """What each source does, by file."""
        return self.analysis.sources


def check_draft(draft: Draft, folder: ReadFolder, known: Analysis | None = None) -> CheckedDraft:
    """Find every problem of a draft; nothing of it is executed.

    Takes some 50 ms when JavaScript changed: not on a GUI thread.

    Args:
        draft: What is on the desk.
        folder: The folder it grew from. Where both are the same, places in ``flow.json`` are those
            of its text; else those of what a save would write.
        known: The analysis of an earlier check.
    """
    flow = folder.placed(draft)
    analysis = analyse(flow, known=known)
    problems = (
        *_document_problems(draft, folder),
        *flow_problems(flow, analysis),
        *_scenario_problems(draft, flow_is_known=folder.unread is None),
    )
    return CheckedDraft(draft, problems, analysis)


def _document_problems(draft: Draft, folder: ReadFolder) -> tuple[Problem, ...]:
    if draft == folder.draft:
        return folder.problems
    written = flow_json(draft.flow)
    read = assemble(written, draft.flow.files, folder.refused, flow_history())
    return (*read.problems, *folder.package_problems)


def _scenario_problems(draft: Draft, *, flow_is_known: bool) -> Iterator[Problem]:
    """Return what is wrong with scenarios; not what only the flow could tell while it is unread."""
    declared = frozenset(draft.declared_secrets()) if flow_is_known else None
    for entry in draft.scenarios:
        yield from entry.problems
        if entry.scenario is not None:
            yield from _of_scenario(entry, declared)
    first: dict[str, str] = {}
    for entry in draft.scenarios:
        name = "" if entry.scenario is None else entry.scenario.name
        if name in first:
            message = f'The name "{name}" is also that of {first[name]}.'
            remedy = "Give one of them another name, so that --scenario can tell them apart."
            yield Problem(
                "duplicate-scenario-name", "warning", message, remedy, entry.file, path="$.name"
            )
        if name:
            first.setdefault(name, entry.file)


def _of_scenario(entry: ScenarioFile, declared: frozenset[str] | None) -> Iterator[Problem]:
    try:
        simulated_login(entry.usable(), file=entry.file)
    except ScenarioError as error:
        yield from error.problems
    for name in sorted(secret_names(entry.usable()) - declared) if declared is not None else ():
        yield undeclared_secret(name, entry.file)
