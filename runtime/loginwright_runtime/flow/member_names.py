"""Names of files that every system can hold, whatever it thinks of case and accents."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNWRITABLE = re.compile(r'[\x00-\x1f\x7f<>:"|?*]')
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE
)
MAX_NAME_BYTES = 1024


def name_fault(name: str) -> str | None:
    """Return why a bundle cannot hold a member of this name, or None when it can.

    security.md 25: no backslash, no absolute path, no ``..``, no reserved name.
    """
    if not name or len(name.encode("utf-8", "surrogatepass")) > MAX_NAME_BYTES:
        return "is empty or too long"
    if "\\" in name:
        return "holds a backslash"
    if name.startswith("/"):
        return "is absolute"
    for part in name.split("/"):
        fault = _part_fault(part)
        if fault is not None:
            return fault
    return None


def _part_fault(part: str) -> str | None:
    if part in {"", ".", ".."}:
        return "is not a plain relative path"
    if _UNWRITABLE.search(part) or any("\ud800" <= letter <= "\udfff" for letter in part):
        return "holds a character that not every system allows in a file name"
    if part[-1] in ". ":
        return "ends a part with a dot or a space"
    if _RESERVED.fullmatch(part.split(".", 1)[0].rstrip(" ")):
        return "holds a name that Windows reserves"
    return None


def folded(name: str) -> str:
    """Return the name as a file system compares it that ignores case and Unicode form."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def clashing_names(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return pairs of names that some file system takes for one, or for file and folder.

    Folders count too: ``lib/A/x`` and ``lib/a/y`` clash, since one system merges the two.
    The first of a pair ends in a slash when it is a folder.
    """
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    clashes: list[tuple[str, str]] = []
    for name in names:
        parts = name.split("/")
        taken = files.get(folded(name))
        if taken is None and folded(name) in folders:
            taken = f"{folders[folded(name)]}/"
        if taken is None:
            taken = _merged_folder(parts, files, folders)
        if taken is not None:
            clashes.append((taken, name))
        files.setdefault(folded(name), name)
    return tuple(clashes)


def _merged_folder(parts: list[str], files: dict[str, str], folders: dict[str, str]) -> str | None:
    taken: str | None = None
    for depth in range(1, len(parts)):
        folder = "/".join(parts[:depth])
        key = folded(folder)
        if taken is None and (key in files or folders.get(key, folder) != folder):
            taken = files.get(key) or f"{folders[key]}/"
        folders.setdefault(key, folder)
    return taken
