"""Turns what V8's inspector says of values into variables, without running code of the action."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import orjson

from loginwright_runtime.debugging.inspection import Variable, VariableKind

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

# V8 shortens texts in previews to a hundred characters by leaving out their middle.
_SHORTENED = 99
_LENGTH = re.compile(r"\((\d+)\)$")
_NAME = re.compile(r"[A-Za-z_$][\w$]*\Z")
_PLAIN_KINDS: dict[str, VariableKind] = {
    "undefined": "undefined",
    "boolean": "boolean",
    "number": "number",
    "bigint": "number",
    "symbol": "symbol",
    "string": "string",
    "function": "function",
}
_LISTS = frozenset({"array", "typedarray", "set", "map"})
Keep: TypeAlias = Callable[["JsonObject"], str]
"""Keeps an object, the inspector's ``RemoteObject``, and returns the handle for it."""


def variable(name: str, value: JsonObject, keep: Keep) -> Variable:
    """Return a value as a variable.

    Args:
        name: Its name.
        value: The inspector's ``RemoteObject``.
        keep: Keeps the object's id, where it has members.
    """
    kind = str(value.get("type"))
    if kind == "object":
        return _object(name, value, keep)
    handle = keep(value) if kind == "function" and "objectId" in value else None
    return Variable(name, _plain_text(kind, value), _PLAIN_KINDS.get(kind, "note"), handle)


def described_length(value: JsonObject) -> int | None:
    """Return how many members V8 says a list has; None where it does not say.

    Args:
        value: The inspector's ``RemoteObject``; ``description`` is such as ``Array(3)``.
    """
    found = _LENGTH.search(str(value.get("description")))
    return None if found is None else int(found[1])


def _object(name: str, value: JsonObject, keep: Keep) -> Variable:
    subtype = value.get("subtype")
    if subtype == "null":
        return Variable(name, "null", "null")
    description = str(value.get("description", "Object"))
    length = described_length(value)
    kind: VariableKind = "object"
    if subtype == "error":
        kind = "error"
        description = description.partition("\n    at ")[0]
    elif subtype in _LISTS:
        kind = "list"
    count = length if kind == "list" else None
    preview = value.get("preview")
    text = description if kind == "error" else _previewed(description, preview, kind)
    handle = keep(value) if "objectId" in value else None
    return Variable(name, text, kind, handle, count)


def _plain_text(kind: str, value: JsonObject) -> str:
    if kind == "undefined":
        return "undefined"
    if kind == "string":
        return _quoted(str(value.get("value")))
    if "unserializableValue" in value:
        return str(value["unserializableValue"])
    if kind in ("boolean", "number"):
        return orjson.dumps(value.get("value")).decode()
    description = str(value.get("description", kind))
    return _signature(description) if kind == "function" else description


def _signature(source: str) -> str:
    """Return the head of a function's source."""
    head = source.partition("{")[0].strip()
    return (head or source)[:200]


def _quoted(text: str) -> str:
    try:
        return orjson.dumps(text).decode()
    except orjson.JSONEncodeError:  # A lone surrogate.
        return _quoted(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _previewed(description: str, preview: JsonValue, kind: VariableKind) -> str:
    if not isinstance(preview, dict):
        return description
    parts = [_member(entry, kind) for entry in _objects(preview.get("properties"))]
    parts += [_entry(entry) for entry in _objects(preview.get("entries"))]
    if preview.get("overflow") is True:
        parts.append("…")
    inside = ", ".join(part for part in parts if part)
    if kind == "list":
        return f"{description} [{inside}]"
    head = "" if description == "Object" else f"{description} "
    return f"{head}{{{inside}}}"


def _objects(values: JsonValue) -> list[JsonObject]:
    if not isinstance(values, list):
        return []
    return [value for value in values if isinstance(value, dict)]


def _member(entry: JsonObject, kind: VariableKind) -> str:
    name, text = str(entry.get("name")), _preview_text(entry)
    if kind == "list":
        return text if name.isdigit() else ""
    return f"{name if _NAME.match(name) else _quoted(name)}: {text}"


def _entry(entry: JsonObject) -> str:
    key, value = entry.get("key"), entry.get("value")
    text = _preview_text(value) if isinstance(value, dict) else ""
    return f"{_preview_text(key)} => {text}" if isinstance(key, dict) else text


def _preview_text(entry: JsonObject) -> str:
    kind, value = entry.get("type"), str(entry.get("value", entry.get("description", "")))
    if kind == "accessor":
        return "(…)"
    if kind == "function":
        return "ƒ"
    if kind == "string" or entry.get("subtype") == "error":
        # What was shortened is left out: a piece of a secret could not be masked.
        return '"…"' if len(value) >= _SHORTENED and "…" in value else _quoted(value)
    return value


def members(result: JsonObject, keep: Keep, getters: Callable[[str], str]) -> list[Variable]:
    """Return the members that ``Runtime.getProperties`` found.

    Args:
        result: Its result.
        keep: Keeps the id of an object.
        getters: Keeps a getter, the id of its function; returns its handle.
    """
    found: list[Variable] = []
    for entry in _objects(result.get("result")):
        name = str(entry.get("name"))
        value, getter = entry.get("value"), entry.get("get")
        if isinstance(value, dict):
            found.append(variable(name, value, keep))
        elif isinstance(getter, dict) and getter.get("type") == "function":
            handle = getters(str(getter.get("objectId")))
            found.append(Variable(name, "(…)", "getter", handle))
        elif "get" in entry or "set" in entry:
            found.append(Variable(name, "undefined", "undefined"))
        else:
            found.append(Variable(name, "not initialised yet", "uninitialised"))
    for entry in _objects(result.get("internalProperties")):
        value = entry.get("value")
        if isinstance(value, dict) and entry.get("name") in _SHOWN_SLOTS:
            found.append(variable(str(entry["name"]), value, keep))
    return found


_SHOWN_SLOTS = frozenset(
    {"[[Entries]]", "[[PromiseState]]", "[[PromiseResult]]", "[[Target]]", "[[Handler]]"}
)
