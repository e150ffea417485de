"""Edits that take a problem away, where that is safe: what the code does is never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.action_edits import declare_secret, undeclare_secret
from loginwright_designer.document.code_edits import change_code
from loginwright_designer.document.draft import Edit
from loginwright_designer.document.scenario_edits import rename_scenario

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_designer.document.draft import Draft, EditResult
    from loginwright_runtime.errors import Problem

translate = QCoreApplication.translate

_DECLARE = re.compile(r'^Add "(?P<secret>[^"]+)" to the secrets of "(?P<action>[^"]+)"')
_SECRET_PATH = re.compile(r"^\$\.actions\[(?P<action>\d+)\]\.secrets\[(?P<secret>\d+)\]$")
_SUFFIX = re.compile(r"""(?i:\.endswith)\(\s*(?P<quote>['"`])(?P<domain>[\w-]+(?:\.[\w-]+)+)""")


@dataclass(frozen=True, slots=True)
class ProblemFix:
    """What one press does about a problem.

    Attributes:
        name: The button's word and the edit's name, "Declare MY_SHARED_SECRET".
        edit: The edit.
    """

    name: str
    edit: Edit = field(repr=False)


def problem_fix(draft: Draft, problem: Problem) -> ProblemFix | None:
    """Return how a problem can be taken away by one undoable edit, or None.

    There is none for what needs a decision: an empty ``onContinuePostLogin`` would let everybody
    in whom the other site turned away, and another order of actions is another login.

    Args:
        draft: What is on the desk; a problem of an earlier one that no longer fits has no fix.
        problem: As ``check_draft`` found it.
    """
    fix = _FIXES.get(problem.rule)
    made = None if fix is None else fix(draft, problem)
    if not isinstance(made, Edit) or made.changes_nothing:
        return None
    return ProblemFix(made.name, made)


def fix_name(draft: Draft, problem: Problem) -> str:
    """Return what a problem's fix is called; empty where it has none."""
    fix = problem_fix(draft, problem)
    return "" if fix is None else fix.name


def _declare(draft: Draft, problem: Problem) -> EditResult | None:
    said = _DECLARE.match(problem.remedy)
    code = draft.flow.files.get(problem.file or "")
    if said is None or code is None or said["secret"].encode() not in code:
        return None
    return declare_secret(draft, said["action"], said["secret"])


def _undeclare(draft: Draft, problem: Problem) -> EditResult | None:
    place = _SECRET_PATH.match(problem.path or "")
    if place is None:
        return None
    number, secret = int(place["action"]), int(place["secret"])
    if number >= len(draft.flow.actions) or secret >= len(draft.flow.actions[number].secrets):
        return None
    action = draft.flow.actions[number]
    name = action.secrets[secret]
    if f'"{action.id}"' not in problem.message or name not in problem.message.split():
        return None
    return undeclare_secret(draft, action.id, name)


def _compare_with_at(draft: Draft, problem: Problem) -> EditResult | None:
    """Put the @ before the domain that an address is compared with, where one stands there."""
    if problem.file is None or problem.line is None:
        return None
    code = draft.flow.files.get(problem.file)
    lines = [] if code is None else code.split(b"\n")
    if problem.line > len(lines):
        return None
    line = lines[problem.line - 1].decode(errors="surrogateescape")
    found = list(_SUFFIX.finditer(line))
    if len(found) != 1:
        return None
    at = found[0].start("domain")
    lines[problem.line - 1] = f"{line[:at]}@{line[at:]}".encode(errors="surrogateescape")
    made = change_code(draft, problem.file, b"\n".join(lines))
    name = translate("Edits", "Compare with @{domain}").format(domain=found[0]["domain"])
    return replace(made, name=name) if isinstance(made, Edit) else made


def _rename(draft: Draft, problem: Problem) -> EditResult | None:
    entry = None if problem.file is None else draft.scenario(problem.file)
    if entry is None or entry.scenario is None:
        return None
    taken = {one.scenario.name for one in draft.scenarios if one.scenario is not None}
    number = 2
    while f"{entry.scenario.name} {number}" in taken:
        number += 1
    new = f"{entry.scenario.name} {number}"
    made = rename_scenario(draft, entry.file, new)
    name = translate("Edits", "Rename to {name}").format(name=new)
    return replace(made, name=name) if isinstance(made, Edit) else made


_FIXES: dict[str, Callable[[Draft, Problem], EditResult | None]] = {
    "undeclared-secret": _declare,
    "unused-secret": _undeclare,
    "email-suffix-without-at": _compare_with_at,
    "duplicate-scenario-name": _rename,
}
