"""Remembers the flow folders that were made for this user (security.md 29)."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from loginwright_runtime.tokens.development_signer import state_folder
from loginwright_runtime.whole_file import kept_private

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loginwright_runtime.login.json_values import JsonValue

TRUSTED_FORMAT = "loginwright/trusted-folders@1"


def trusted_folders() -> tuple[str, ...]:
    """Return the real paths that are trusted; none where the record cannot be read."""
    try:
        record: JsonValue = json.loads(_file().read_bytes())
    except (OSError, ValueError):
        return ()
    match record:
        case {"format": str(written), "folders": [*folders]} if written == TRUSTED_FORMAT:
            return tuple(folder for folder in folders if isinstance(folder, str))
        case _:
            return ()


def trust(folder: Path) -> None:
    """Record a folder by its real path; where that fails, the designer asks its user instead."""
    real = os.path.realpath(folder)
    known = trusted_folders()
    if real not in known:
        _record([*known, real])


def distrust(folder: Path) -> bool:
    """Take a folder off the record; False where the record cannot be written.

    What runs already runs on, and a window that trusts the folder for its own time still does.
    """
    names = (os.path.realpath(folder), str(folder))
    known = trusted_folders()
    kept = [one for one in known if one not in names]
    return len(kept) == len(known) or _record(kept)


def _record(folders: Sequence[str]) -> bool:
    document = {"format": TRUSTED_FORMAT, "folders": folders}
    return kept_private(_file(), json.dumps(document, indent=2).encode())


def _file() -> Path:
    return state_folder() / "trusted-folders.json"
