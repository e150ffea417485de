"""Remembers the flow folders that were made for this user (security.md 29)."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from loginwright_runtime.tokens.development_signer import state_folder

if TYPE_CHECKING:
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
    if real in known:
        return
    path = _file()
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    document = {"format": TRUSTED_FORMAT, "folders": [*known, real]}
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            json.dump(document, file, indent=2)
        fresh.replace(path)


def _file() -> Path:
    return state_folder() / "trusted-folders.json"
