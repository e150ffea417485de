"""Members of JSON objects, read one by one with every fault reported."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import JsonValue

    from loginwright_runtime.flow.json_places import Place
    from loginwright_runtime.flow.json_text import JsonFile, JsonObject

_Choice = TypeVar("_Choice", bound=str)


def read_name(file: JsonFile, members: JsonObject, place: Place, owner: str) -> str:
    """Return the name that stands there, or "" where none stands or it is no name."""
    value = members.get("name", "")
    if isinstance(value, str) and (value.strip() or "name" not in members):
        return value
    message = f"The name of {owner} is not a text that can be shown."
    report_value(file, (*place, "name"), message, "Write a name in quotation marks.")
    return ""


def read_choice(
    file: JsonFile,
    members: JsonObject,
    key: str,
    place: Place,
    choices: Sequence[_Choice],
) -> _Choice:
    """Return the choice made, or the first when none or none that exists was made."""
    value = members.get(key, choices[0])
    for choice in choices:
        if value == choice:
            return choice
    known = " or ".join(f'"{choice}"' for choice in choices)
    report_value(file, (*place, key), f"{shown(value)} is no {key}.", f"Write {known}.")
    return choices[0]


def check_keys(
    file: JsonFile,
    members: JsonObject,
    place: Place,
    known: Sequence[str],
    required: Sequence[str],
) -> None:
    """Report the keys that are not known, and those that are required and missing."""
    for key in members:
        if key not in known:
            message = f"The key {shown(key)} is unknown here."
            remedy = f"Remove it; known are {', '.join(known)}."
            file.report("unknown-key", (*place, key), message, remedy, at_key=True)
    for key in required:
        if key not in members:
            message = f"The key {key} is missing."
            file.report("missing-key", (*place, key), message, f'Add "{key}".')


def report_value(file: JsonFile, place: Place, message: str, remedy: str) -> None:
    """Report a value that cannot be used where it stands."""
    file.report("invalid-value", place, message, remedy)


def shown(value: JsonValue) -> str:
    """Return how a message repeats a value: a short text, however large the value is."""
    match value:
        case dict():
            return "An object"
        case list():
            return "An array"
        case _:
            text = json.dumps(value, ensure_ascii=False)
            return text if len(text) <= 80 else f"{text[:77]}..."
