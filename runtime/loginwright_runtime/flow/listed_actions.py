"""The entries of ``actions`` in ``flow.json``."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loginwright_runtime.flow.action_names import (
    code_fault,
    is_action_id,
    language_of,
    slug,
    unique_id,
)
from loginwright_runtime.flow.json_fields import check_keys, read_name, report_value, shown
from loginwright_runtime.flow.json_places import Place
from loginwright_runtime.flow.model import Action, Language
from loginwright_runtime.flow.secret_names import read_secret_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loginwright_runtime.flow.json_text import JsonFile, JsonObject

_ACTION_KEYS = ("id", "name", "code", "language", "enabled", "secrets")
_LANGUAGES: Sequence[Language] = ("javascript", "python")


@dataclass(frozen=True, slots=True)
class ListedAction:
    """An action as ``flow.json`` lists it.

    Attributes:
        action: Its values; what could not be read stands as a default.
        place: Where it stands in the file.
        code_readable: Whether its ``code`` names a file that may belong to the flow.
    """

    action: Action
    place: Place
    code_readable: bool


def read_action(
    file: JsonFile, entry: JsonObject, place: Place, taken: Mapping[str, Place]
) -> ListedAction:
    """Decode one entry of ``actions``; ``taken`` are the ids of those before it."""
    check_keys(file, entry, place, _ACTION_KEYS, ("id", "code"))
    code, readable = _code(file, entry, place)
    action_id = _id(file, entry, place, posixpath.splitext(posixpath.basename(code))[0], taken)
    name = read_name(file, entry, place, "the action") or action_id
    action = Action(
        id=action_id,
        name=name,
        code=code,
        language=_language(file, entry, place, code, readable),
        enabled=_enabled(file, entry, place),
        secrets=read_secret_names(file, entry, place),
    )
    return ListedAction(action, place, readable)


def _id(
    file: JsonFile, entry: JsonObject, place: Place, stem: str, taken: Mapping[str, Place]
) -> str:
    """Return the id, or one that stands in for it where it cannot be used."""
    given = entry.get("id")
    if not isinstance(given, str) or not is_action_id(given):
        if "id" in entry:
            message = f"{shown(given)} is not the id of an action."
            remedy = "Use lower case letters, digits and hyphens, at most 64, a hyphen not first."
            report_value(file, (*place, "id"), message, remedy)
        return unique_id(slug(stem), taken)
    if given in taken:
        first = taken[given][-1]
        message = f"The id {given} is taken by action number {int(first) + 1} already."
        file.report("duplicate-id", (*place, "id"), message, "Give each action its own id.")
        return unique_id(given, taken)
    return given


def _code(file: JsonFile, entry: JsonObject, place: Place) -> tuple[str, bool]:
    code = entry.get("code")
    if code is None and "code" not in entry:
        return "", False
    here = (*place, "code")
    if not isinstance(code, str):
        report_value(file, here, f"{shown(code)} is no path.", "Write the path of a file.")
        return "", False
    fault = code_fault(code)
    if fault is not None:
        rule, reason = fault
        message = f"The code {shown(code)} cannot be used. {reason}"
        file.report(rule, here, message, "Put the file under actions/ and name it from there.")
    return code, fault is None


def _language(
    file: JsonFile, entry: JsonObject, place: Place, code: str, readable: bool
) -> Language:
    told = language_of(code)
    given = entry.get("language")
    if "language" in entry:
        for language in _LANGUAGES:
            if given == language:
                return language
        message = f"{shown(given)} is no language of actions."
        remedy = 'Write "javascript" or "python".'
        file.report("unknown-language", (*place, "language"), message, remedy)
    elif told is None and readable:
        message = f"The name {shown(code)} does not tell the language."
        remedy = 'End it in .js, .cjs or .py, or add "language": "javascript" or "python".'
        file.report("unknown-language", (*place, "code"), message, remedy)
    return told or "javascript"


def _enabled(file: JsonFile, entry: JsonObject, place: Place) -> bool:
    enabled = entry.get("enabled", True)
    if isinstance(enabled, bool):
        return enabled
    message = f"{shown(enabled)} is neither true nor false."
    report_value(file, (*place, "enabled"), message, "Write true or false.")
    return True
