"""Which flow folders may run: those that this user made, or said that they trust.

security.md 29. The record is the command line's own, ``trusted-folders.json`` in the user's state,
so that a folder made by ``loginwright new`` is trusted here too.
"""

from __future__ import annotations

import os
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject

from loginwright_runtime.cli import trusted_folders
from loginwright_runtime.flow.sample_files import sample, samples, template, templates


class Trust(Enum):
    """Why a folder may run, or that it may not."""

    BUNDLED = "it came with Loginwright"
    RECORDED = "this user made it or trusts it"
    SESSION = "trusted until this window closes, because the record cannot be written"
    NONE = "nobody has said so"

    @property
    def may_run(self) -> bool:
        """Whether its actions may run, and its secrets come from the keyring."""
        return self is not Trust.NONE


class FolderTrust(QObject):
    """Decides by a folder's real path, never by what stands in it."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Look up what comes with Loginwright; the record is read when it is asked for."""
        super().__init__(parent)
        self._bundled = bundled_folders()
        self._session: set[str] = set()

    def trust_of(self, folder: Path) -> Trust:
        """Tell whether a folder may run, and why."""
        real = os.path.realpath(folder)
        if real in self._bundled:
            return Trust.BUNDLED
        if real in trusted_folders.trusted_folders():
            return Trust.RECORDED
        return Trust.SESSION if real in self._session else Trust.NONE

    def is_bundled(self, folder: Path) -> bool:
        """Tell whether a folder came with Loginwright, and is never written to."""
        return os.path.realpath(folder) in self._bundled

    def trust(self, folder: Path) -> Trust:
        """Let a folder run: its user pressed Trust, or it was made here."""
        self._session.add(os.path.realpath(folder))
        if self.trust_of(folder) is Trust.SESSION:
            trusted_folders.trust(folder)
        return self.trust_of(folder)

    def distrust(self, folder: Path) -> None:
        """Let a folder run no more, in this window too; what runs already runs on."""
        self._session.discard(os.path.realpath(folder))
        self._session.discard(str(folder))
        trusted_folders.distrust(folder)


def trusted_by_user() -> tuple[Path, ...]:
    """Return the folders that this user said may run, by their real paths, sorted."""
    return tuple(sorted(Path(folder) for folder in trusted_folders.trusted_folders()))


def bundled_folders() -> frozenset[str]:
    """Return the real paths of all samples and templates."""
    folders = [*map(sample, samples()), *map(template, templates())]
    return frozenset(os.path.realpath(folder) for folder in folders)
