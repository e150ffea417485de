"""Ids, languages and code paths of actions."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from loginwright_runtime.flow.model import Language

CODE_FOLDERS = ("actions", "lib")

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_LANGUAGES: Mapping[str, Language] = {
    ".js": "javascript",
    ".cjs": "javascript",
    ".py": "python",
}


def is_action_id(text: str) -> bool:
    """Return whether ``text`` may be the id of an action (contract.md, "Flow folder")."""
    return _ID.fullmatch(text) is not None


def language_of(path: str) -> Language | None:
    """Return the language that a file's suffix tells, or None."""
    return _LANGUAGES.get(posixpath.splitext(path)[1])


def slug(text: str) -> str:
    """Return an action id made of ``text``: lower case, digits and hyphens."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:64].rstrip("-")
    return plain or "action"


def unique_id(wanted: str, taken: Collection[str]) -> str:
    """Return ``wanted``, or the first of ``wanted-2``, ``wanted-3``, … that is not taken."""
    candidate, number = wanted, 1
    while candidate in taken:
        number += 1
        candidate = f"{wanted[: 63 - len(str(number))]}-{number}"
    return candidate


def is_hidden(part: str) -> bool:
    """Return whether a file or folder of this name is no part of a flow."""
    return part.startswith(".") or part == "__pycache__"


def code_fault(code: str) -> tuple[str, str] | None:
    """Return rule and reason why ``code`` cannot name a file of the flow, or None."""
    plain = posixpath.normpath(code.replace("\\", "/"))
    if plain.startswith(("/", "../")) or plain == ".." or re.match(r"[A-Za-z]:", code):
        return "path-leaves-folder", "The path leaves the flow folder."
    if code != plain or "\x00" in code:
        return "invalid-value", "The path is not a plain relative path with forward slashes."
    parts = code.split("/")
    if parts[0] not in CODE_FOLDERS or len(parts) == 1:
        return "invalid-value", "The path does not lead below actions/ or lib/."
    if any(is_hidden(part) for part in parts):
        return "invalid-value", "Hidden files and __pycache__ do not belong to a flow."
    return None
