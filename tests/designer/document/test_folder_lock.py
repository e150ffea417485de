"""One window edits a folder, and a window that died holds nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from loginwright_designer.document.folder_lock import FolderLock, LockHolder

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys
from pathlib import Path
from loginwright_designer.document.folder_lock import FolderLock
lock = FolderLock(Path(sys.argv[1]), Path(sys.argv[2]))
assert lock.take() is None
print("held", flush=True)
sys.stdin.read()
"""


def test_second_window_learns_who_edits(tmp_path: Path) -> None:
    folder, state = tmp_path / "flow", tmp_path / "state"
    first, second = FolderLock(folder, state), FolderLock(folder, state)
    assert first.take() is None
    holder = second.take()
    assert isinstance(holder, LockHolder)
    assert holder.pid == os.getpid()
    first.release()
    assert second.take() is None
    second.release()


def test_another_folder_is_free(tmp_path: Path) -> None:
    one, other = FolderLock(tmp_path / "a", tmp_path), FolderLock(tmp_path / "b", tmp_path)
    assert one.take() is None
    assert other.take() is None
    one.release()
    other.release()


def test_lock_of_a_window_that_was_killed_is_taken_over(tmp_path: Path) -> None:
    folder, state = tmp_path / "flow", tmp_path / "state"
    window = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), str(state)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with window:
        assert window.stdout is not None
        assert window.stdout.readline() == b"held\n"
        lock = FolderLock(folder, state)
        assert lock.take() == LockHolder(window.pid, os.uname().nodename)
        window.send_signal(signal.SIGKILL)
    assert lock.take() is None
    lock.release()


def test_user_can_take_a_lock_over(tmp_path: Path) -> None:
    first, second = FolderLock(tmp_path, tmp_path), FolderLock(tmp_path, tmp_path)
    first.take()
    assert second.take_over() is None
    assert isinstance(FolderLock(tmp_path, tmp_path).take(), LockHolder)
    second.release()
    first.release()


def test_place_that_cannot_be_written_keeps_nobody_out(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"")
    lock = FolderLock(tmp_path, tmp_path / "state")
    assert lock.take() is None
