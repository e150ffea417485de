"""One window edits a folder; others look on (desktop.md, "Rules of the surface")."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile

from loginwright_runtime.tokens.development_signer import state_folder

if TYPE_CHECKING:
    from pathlib import Path


def designer_state() -> Path:
    """Return where the designer keeps this user's own state, beside the runtime's."""
    return state_folder() / "designer"


def folder_key(folder: Path) -> str:
    """Return a file name for a folder: a digest of its real path, 32 letters."""
    return hashlib.sha256(str(folder).encode(errors="surrogateescape")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class LockHolder:
    """Who edits the folder already.

    Attributes:
        pid: Its process; this one's own for another window of it.
        host: The machine it runs on.
    """

    pid: int
    host: str


class FolderLock:
    """The right to edit a folder, held by one window of this user at a time.

    It lies in the user's own state, so nothing appears in the folder. A holder that died is
    recognised by its process id, and its lock taken over.
    """

    def __init__(self, folder: Path, state: Path | None = None) -> None:
        """Prepare the lock; nothing is taken yet.

        Args:
            folder: Real path of the flow folder.
            state: Where locks lie; None takes ``designer_state()``.
        """
        self._state = state or designer_state()
        self._place = self._state / "locks"
        self._path = self._place / f"{folder_key(folder)}.lock"
        self._file = QLockFile(str(self._path))
        self._file.setStaleLockTime(0)  # age says nothing: windows stay open for days

    def take(self) -> LockHolder | None:
        """Take the lock; who holds it when that is somebody else.

        Where locks cannot be written at all, nobody holds it; such a window may edit, because there
        is no better answer.
        """
        try:
            self._place.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return None
        if self._file.isLocked() or self._file.tryLock(0):
            return None
        if self._file.error() != QLockFile.LockError.LockFailedError:
            return None
        pid, host, _ = self._file.getLockInfo()
        return LockHolder(pid, host)

    def take_over(self) -> LockHolder | None:
        """Take the lock from whoever seems to hold it, because the user says so."""
        self._path.unlink(missing_ok=True)
        return self.take()

    def for_folder(self, folder: Path) -> FolderLock:
        """Return the lock of another folder, not taken yet."""
        return FolderLock(folder, self._state)

    def release(self) -> None:
        """Let another window edit."""
        if self._file.isLocked():
            self._file.unlock()
