"""Unpacked bundles: one private folder a flow version, for the packages that actions load."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.home_folder import home_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

CACHE_VARIABLE = "LOGINWRIGHT_CACHE_DIR"
_STANDS_THERE = (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR)
_REMEDY = f"Set {CACHE_VARIABLE} to a folder that belongs to you alone."


def bundle_cache(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for unpacked bundles.

    ``LOGINWRIGHT_CACHE_DIR/bundles`` goes first, then ``XDG_CACHE_HOME/loginwright/bundles`` (an
    absolute path only, as the XDG base directory specification asks), then the user's own caches.
    """
    given = environment.get(CACHE_VARIABLE)
    if given:
        return Path(os.path.abspath(given), "bundles")
    caches = environment.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(caches):
        own = "Library/Caches" if sys.platform == "darwin" else ".cache"
        caches = str(home_folder() / own)
    return Path(caches, "loginwright", "bundles")


def unpack(members: Mapping[str, bytes], version: str, cache: Path) -> Path:
    """Return the folder in which exactly these members stand.

    A folder that is there already is compared with them byte for byte and used only when nothing
    differs; otherwise a new one takes its place in one step (security.md 25).

    Args:
        members: Verified members of a bundle, packages among them.
        version: Version of the flow, ``sha256:<hex>``.
        cache: Folder for unpacked bundles; made private, 0700.

    Raises:
        FlowError: The cache belongs to somebody else or cannot be written.
    """
    try:
        _make_private(cache)
        cache = Path(os.path.realpath(cache))
        folder = cache / version.removeprefix("sha256:")
        if not _holds(folder, members):
            _replace(folder, members)
    except OSError as error:
        message = f"The folder for unpacked bundles cannot be used: {error.strerror}."
        raise FlowError(_problem("unwritable-cache", message, cache)) from error
    return folder


def _make_private(cache: Path) -> None:
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = cache.stat()
    if status.st_uid != os.geteuid():
        message = "The folder for unpacked bundles belongs to another user."
        raise FlowError(_problem("foreign-cache", message, cache))
    if stat.S_IMODE(status.st_mode) != 0o700:
        cache.chmod(0o700)


def _replace(folder: Path, members: Mapping[str, bytes]) -> None:
    """Put a fresh folder in place, unless another process has just put the same one there."""
    fresh = folder.with_name(f".new-{secrets.token_hex(8)}")
    try:
        _write(fresh, members)
        while not _moved(fresh, folder) and not _holds(folder, members):
            with suppress(FileNotFoundError):  # Another process was quicker.
                _discard(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _moved(fresh: Path, folder: Path) -> bool:
    try:
        fresh.rename(folder)
    except OSError as error:
        if error.errno in _STANDS_THERE:
            return False
        raise
    return True


def _discard(folder: Path) -> None:
    """Move what stands there out of the way first, so that nobody meets it half removed."""
    old = folder.with_name(f".old-{secrets.token_hex(8)}")
    folder.rename(old)
    if old.is_dir() and not old.is_symlink():
        shutil.rmtree(old, ignore_errors=True)
    else:
        old.unlink()


def _write(folder: Path, members: Mapping[str, bytes]) -> None:
    folder.mkdir(mode=0o700)
    for name, data in members.items():
        path = folder / name
        _make_folders(folder, path.parent)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "wb") as file:
            file.write(data)


def _make_folders(top: Path, folder: Path) -> None:
    missing: list[Path] = []
    while folder != top and not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir(mode=0o700)


def _holds(folder: Path, members: Mapping[str, bytes]) -> bool:
    """Return whether the folder is private and holds the members and nothing else."""
    try:
        status = folder.lstat()
        private = stat.S_ISDIR(status.st_mode) and stat.S_IMODE(status.st_mode) == 0o700
        if not private or status.st_uid != os.geteuid():
            return False
        return _plain_files(folder) == set(members) and all(
            (folder / name).read_bytes() == data for name, data in members.items()
        )
    except OSError:
        return False


def _plain_files(folder: Path) -> set[str]:
    """Return the files below a folder; a link or a device counts under a name none has."""
    found: set[str] = set()
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(folder / below) as entries:
            for entry in entries:
                name = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{name}/")
                elif entry.is_file(follow_symlinks=False):
                    found.add(name)
                else:
                    found.add(f"{name}/")
    return found


def _problem(rule: str, message: str, cache: Path) -> Problem:
    return Problem(rule, "error", message, _REMEDY, str(cache))
