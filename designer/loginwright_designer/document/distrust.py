"""Takes a folder off the record of those that may run (security.md 29)."""

from __future__ import annotations

import json
import os
import secrets
from typing import TYPE_CHECKING

from loginwright_runtime.cli.trusted_folders import TRUSTED_FORMAT, trusted_folders
from loginwright_runtime.tokens.development_signer import state_folder

if TYPE_CHECKING:
    from pathlib import Path


def distrust(folder: Path) -> bool:
    """Take a folder off the record; False where the record cannot be written.

    What runs already runs on, and a window that trusts the folder for its own time still does.
    """
    real = os.path.realpath(folder)
    known = trusted_folders()
    kept = [one for one in known if one not in (real, str(folder))]
    if len(kept) == len(known):
        return True
    path = state_folder() / "trusted-folders.json"
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            json.dump({"format": TRUSTED_FORMAT, "folders": kept}, file, indent=2)
        fresh.replace(path)
    except OSError:
        return False
    return True
