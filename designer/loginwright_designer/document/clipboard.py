"""Actions on the clipboard, so that they can be pasted into another flow or window.

The clipboard holds UTF-8 JSON under the MIME type ``application/x-loginwright-actions+json``::

    {
      "format": "loginwright/clipboard@1",
      "actions": [
        {"name": "Ask favourite colour", "language": "javascript", "suffix": ".js",
         "enabled": true, "secrets": ["MY_SHARED_SECRET"], "code": "exports.…"}
      ]
    }

``secrets`` are names; a value never comes near it (security.md 23). Code that is not UTF-8 is
``{"base64": "…"}``, so that it arrives byte for byte. Ids and files are made anew where it is
pasted. Modules under ``lib/`` are not taken along.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

import orjson
from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.action_edits import NewAction, add_actions, copy_of
from loginwright_designer.document.draft import EditRefused
from loginwright_runtime.errors import Problem
from loginwright_runtime.flow.json_text import read_json
from loginwright_runtime.flow.source_files import MAX_TOTAL_BYTES

if TYPE_CHECKING:
    from collections.abc import Collection

    from pydantic import JsonValue

    from loginwright_designer.document.draft import Draft, EditResult
    from loginwright_runtime.flow.model import Language

CLIPBOARD_FORMAT = "loginwright/clipboard@1"
CLIPBOARD_MIME_TYPE = "application/x-loginwright-actions+json"

_SUFFIX = re.compile(r"\.(?:js|cjs|py)")
translate = QCoreApplication.translate


def copy_actions(draft: Draft, ids: Collection[str]) -> bytes:
    """Return what the clipboard holds after copying actions, in the order of the flow."""
    picked = [action for action in draft.flow.actions if action.id in ids]
    copies = [_document(copy_of(draft.flow, action, action.name)) for action in picked]
    return orjson.dumps({"format": CLIPBOARD_FORMAT, "actions": copies})


def paste_actions(draft: Draft, content: bytes, position: int | None = None) -> EditResult:
    """Put copied actions into a flow; refused when the clipboard holds something else.

    Args:
        draft: What is edited.
        content: What stands on the clipboard under ``CLIPBOARD_MIME_TYPE``. Any program can have
            put it there, so it is checked.
        position: Index of the first of them afterwards; None: behind all others.
    """
    copied = read_actions(content)
    if copied is None:
        return EditRefused(
            translate("Edits", "The clipboard holds no actions that can be read."),
            translate("Edits", "Copy them again in a window of Loginwright."),
        )
    if len(copied) == 1:
        what = translate("Edits", "Paste {name}").format(name=copied[0].name)
    else:
        what = translate("Edits", "Paste {count} actions").format(count=len(copied))
    return add_actions(draft, copied, position, name=what)


def read_actions(content: bytes) -> tuple[NewAction, ...] | None:
    """Return the actions that a clipboard holds, None where it is not of our format."""
    if len(content) > MAX_TOTAL_BYTES:
        return None
    document = read_json(content, "clipboard")
    if isinstance(document, Problem) or document.problems:
        return None
    match document.value:
        case {"format": str(written), "actions": [*entries]} if written == CLIPBOARD_FORMAT:
            actions = [_action(entry) for entry in entries]
        case _:
            return None
    read = tuple(action for action in actions if action is not None)
    return read if len(read) == len(actions) else None


def _document(action: NewAction) -> dict[str, JsonValue]:
    return {
        "name": action.name,
        "language": action.language,
        "suffix": action.suffix,
        "enabled": action.enabled,
        "secrets": list(action.secrets),
        "code": _code_document(action.code),
    }


def _code_document(code: bytes) -> JsonValue:
    try:
        return code.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(code).decode()}


def _action(entry: JsonValue) -> NewAction | None:
    match entry:
        case {
            "name": str(name),
            "language": ("javascript" | "python") as language,
            "suffix": None | str() as suffix,
            "enabled": bool(enabled),
            "secrets": [*secrets],
            "code": written,
        } if suffix is None or _SUFFIX.fullmatch(suffix):
            code = _code(written)
            names = tuple(secret for secret in secrets if isinstance(secret, str))
            of: Language = language
            return None if code is None else NewAction(name, of, code, names, suffix, enabled)
        case _:
            return None


def _code(written: JsonValue) -> bytes | None:
    match written:
        case str():
            return written.encode()
        case {"base64": str(encoded)}:
            try:
                return base64.b64decode(encoded, validate=True)
            except (binascii.Error, ValueError):
                return None
        case _:
            return None
