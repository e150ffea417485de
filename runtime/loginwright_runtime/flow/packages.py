"""The npm packages that stand in a flow's ``node_modules``."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.action_names import CODE_FOLDERS
from loginwright_runtime.flow.package_lock import PackageLock, read_lock
from loginwright_runtime.flow.source_files import is_below, is_text

FOLDER = "node_modules"
_KEPT_HIDDEN = ".pnpm"


@dataclass(frozen=True, slots=True)
class InstalledFiles:
    """What stands in ``node_modules``, development packages and tools of npm left out.

    Attributes:
        folder: Real path of the folder that holds ``node_modules``.
        files: POSIX paths below the flow folder, sorted.
        links: Path of a link → what it says.
        problems: What cannot be used, such as links that leave the folder.
    """

    folder: Path
    files: tuple[str, ...]
    links: Mapping[str, str]
    problems: tuple[Problem, ...]

    def read(self, path: str) -> bytes:
        """Return the content of one of the files."""
        return (self.folder / path).read_bytes()


def find_installed(folder: Path, lock: PackageLock | None) -> InstalledFiles | None:
    """Return what stands in ``folder/node_modules``, or None when there is none.

    Args:
        folder: Real path of the flow folder, or of an unpacked bundle.
        lock: Tells which packages are needed for development only; those are left out.
    """
    top = folder / FOLDER
    if not os.path.lexists(top):
        return None
    walk = _Walk(folder, lock)
    if top.is_symlink() or not top.is_dir():
        walk.refuse(FOLDER, "linked-folder", "node_modules is a link or no folder.")
    else:
        walk.run()
    return InstalledFiles(folder, tuple(sorted(walk.files)), walk.links, tuple(walk.problems))


def read_lock_leniently(files: Mapping[str, bytes]) -> PackageLock | None:
    """Return the lock when it can be read; ``check_installed`` tells why it cannot."""
    lock = read_lock(files)
    return None if isinstance(lock, Problem) else lock


def package_digests(installed: InstalledFiles | None) -> dict[str, str]:
    """Return the digest of each installed file, links by what they say.

    Raises:
        FlowError: A file cannot be read.
    """
    if installed is None:
        return {}
    digests = {path: _file_digest(installed.folder / path, path) for path in installed.files}
    for path, target in installed.links.items():
        digests[path] = f"link:{target}"
    return digests


def _file_digest(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
    except OSError as error:
        raise FlowError(unreadable(name, error)) from error


def unreadable(name: str, error: OSError) -> Problem:
    """Return the problem of an installed file that cannot be read."""
    message = f"It cannot be read: {error.strerror}."
    return Problem("unreadable-file", "error", message, "Install the packages anew: npm ci.", name)


@dataclass(slots=True)
class _Walk:
    """One way through ``node_modules``."""

    folder: Path
    lock: PackageLock | None
    files: list[str] = field(default_factory=list[str])
    links: dict[str, str] = field(default_factory=dict[str, str])
    problems: list[Problem] = field(default_factory=list[Problem])

    def run(self) -> None:
        waiting = [FOLDER]
        while waiting:
            for entry, relative in self._entries(waiting.pop()):
                if entry.is_symlink():
                    self._see_link(entry.path, relative)
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(relative)
                elif entry.is_file(follow_symlinks=False):
                    self.files.append(relative)
                else:
                    self.refuse(relative, "not-a-file", "This is no plain file.")

    def refuse(self, relative: str, rule: str, message: str) -> None:
        remedy = "Install the packages anew: npm ci."
        self.problems.append(Problem(rule, "error", message, remedy, relative))

    def _entries(self, relative: str) -> Iterator[tuple[os.DirEntry[str], str]]:
        in_packages = relative.rpartition("/")[2] == FOLDER
        try:
            with os.scandir(self.folder / relative) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.problems.append(unreadable(relative, error))
            return
        for entry in listed:
            path = f"{relative}/{entry.name}"
            hidden = in_packages and entry.name.startswith(".") and entry.name != _KEPT_HIDDEN
            if not is_text(entry.name):
                shown = path.encode("utf-8", "backslashreplace").decode()
                self.refuse(shown, "invalid-name", "The name is not UTF-8.")
            elif not hidden and not self._for_development(path):
                yield entry, path

    def _for_development(self, path: str) -> bool:
        package = self.lock.packages.get(path) if self.lock is not None else None
        return package is not None and package.development

    def _see_link(self, path: str, relative: str) -> None:
        real = os.path.realpath(path)
        allowed = (*CODE_FOLDERS, FOLDER)
        if any(is_below(real, str(self.folder / area)) for area in allowed):
            self.links[relative] = os.readlink(path)
        else:
            message = "The link leads out of node_modules, actions and lib."
            self.refuse(relative, "path-leaves-folder", message)
