"""The names of secrets that an action declares; values are never read or repeated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loginwright_runtime.flow.json_places import Place
    from loginwright_runtime.flow.json_text import JsonFile, JsonObject

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,127}")
_REMEDY = "List names only, made of letters, digits, _ and -; values come from elsewhere."


def is_secret_name(text: str) -> bool:
    """Return whether ``text`` may name a secret (contract.md, "Flow folder")."""
    return _NAME.fullmatch(text) is not None


def read_secret_names(file: JsonFile, entry: JsonObject, place: Place) -> tuple[str, ...]:
    """Return the names that ``entry`` declares; faults are reported without what was written.

    Somebody may have written a value where a name belongs, so no message repeats it.
    """
    secrets = entry.get("secrets", [])
    place = (*place, "secrets")
    if not isinstance(secrets, list):
        file.report("invalid-value", place, "The secrets are not an array of names.", _REMEDY)
        return ()
    names: list[str] = []
    for index, name in enumerate(secrets):
        if not isinstance(name, str) or not is_secret_name(name):
            message = "This is not the name of a secret."
            file.report("invalid-value", (*place, index), message, _REMEDY)
        elif name in names:
            message = f"The secret {name} is listed twice."
            remedy = "List it once."
            file.report("duplicate-secret", (*place, index), message, remedy, severity="warning")
        else:
            names.append(name)
    return tuple(names)
