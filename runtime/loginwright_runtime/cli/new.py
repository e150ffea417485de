"""``loginwright new``: a flow folder that runs at once, or one around existing actions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_runtime.cli.exit_status import OK
from loginwright_runtime.cli.trusted_folders import trust
from loginwright_runtime.errors import Problem
from loginwright_runtime.flow.new import create_flow
from loginwright_runtime.flow.sample_files import template_or_sample
from loginwright_runtime.validation import SourceSecrets, source_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from loginwright_runtime.cli.arguments import NewArguments
    from loginwright_runtime.cli.early_worker import EarlyWorker
    from loginwright_runtime.cli.screen import Screen
    from loginwright_runtime.flow.model import Flow, Language


def execute(arguments: NewArguments, screen: Screen, _early: EarlyWorker) -> int:
    """Make the folder, and tell what is in it and what to do next."""
    path = Path(arguments.dir)
    base = template_or_sample(arguments.template) if arguments.template is not None else None
    found: dict[bytes, SourceSecrets] = {}

    def names_of(language: Language, code: bytes) -> Sequence[str]:
        found[code] = source_secrets(code, language)
        return found[code].names

    flow = create_flow(
        path,
        name=_name(path),
        template=base,
        code_files=[Path(file) for file in arguments.from_],
        secrets=names_of,
    )
    trust(path)
    problems = list(_not_told(flow, found))
    needed = sorted({name for action in flow.actions for name in action.secrets})
    if screen.json:
        screen.document(
            {
                "flow": arguments.dir,
                "name": flow.name,
                "version": flow.version,
                "actions": [action.id for action in flow.actions],
                "secrets": needed,
                "problems": [problem.to_json() for problem in problems],
            }
        )
        return OK
    screen.line((arguments.dir, "strong"), (f"  {flow.name}", "dim"))
    for action in flow.actions:
        screen.line((f"    {action.code}", "plain"), (f"  {action.name}", "dim"))
    if needed:
        screen.line(("    needs the secrets  ", "dim"), (", ".join(needed), "plain"))
    screen.line((f"Run it with: loginwright run {arguments.dir}", "dim"))
    screen.finish()
    screen.problems(problems)
    return OK


def _name(path: Path) -> str:
    stem = os.path.basename(os.path.realpath(path)).replace("-", " ").replace("_", " ").strip()
    return f"{stem[:1].upper()}{stem[1:]}" or "Flow"


def _not_told(flow: Flow, found: Mapping[bytes, SourceSecrets]) -> Iterator[Problem]:
    """Say of each action which of its secrets could not be found, and so are not declared."""
    for action in flow.actions:
        secrets = found.get(flow.files[action.code], SourceSecrets(()))
        remedy = f'Add the other names that it reads to the secrets of "{action.id}" in flow.json.'
        if secrets.unread is not None:
            message = f"Not all secrets of this action could be found: {secrets.unread}."
            yield Problem("undeclared-secret", "warning", message, remedy, action.code)
        elif secrets.handed_on:
            place = secrets.handed_on[0]
            message = (
                "Not all secrets of this action could be found: event.secrets goes elsewhere as a "
                "whole here, or a name is computed."
            )
            yield Problem(
                "undeclared-secret",
                "warning",
                message,
                remedy,
                action.code,
                place.line,
                place.column,
            )
