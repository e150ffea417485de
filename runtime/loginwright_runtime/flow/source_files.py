"""The files of a flow folder, read without leaving it."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loginwright_runtime.errors import Problem
from loginwright_runtime.flow.action_names import CODE_FOLDERS, is_hidden

if TYPE_CHECKING:
    from pathlib import Path

LOCK_NAMES = ("npm-shrinkwrap.json", "package-lock.json")
PACKAGE_NAMES = ("package.json", *LOCK_NAMES)
MAX_FILES = 1_000
MAX_FILE_BYTES = 16_000_000
MAX_TOTAL_BYTES = 64_000_000
# A FIFO is not waited for, and a terminal does not become ours.
_OPENED_WITH = ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
_FLAGS = os.O_RDONLY | sum({getattr(os, name, 0) for name in _OPENED_WITH})


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """What was read.

    Attributes:
        files: POSIX path below the folder → content.
        problems: What could not be read, by the path it stands at.
    """

    files: dict[str, bytes]
    problems: dict[str, Problem]


def read_source_files(root: Path) -> SourceFiles:
    """Read everything under ``actions/`` and ``lib/``, ``package.json`` and the lock.

    Hidden files and ``__pycache__`` are passed over. Links count as what they lead to as long as
    that stands under ``actions/`` or ``lib/`` (contract.md, "Flow folder").

    Args:
        root: Real path of the flow folder.
    """
    reader = _Reader(str(root), [os.path.join(root, folder) for folder in CODE_FOLDERS])
    for folder in CODE_FOLDERS:
        reader.read_tree(folder)
    reader.areas = [str(root)]
    for name in PACKAGE_NAMES:
        reader.read_optional(name)
    return SourceFiles(reader.files, reader.problems)


def read_folder_file(root: Path, name: str) -> bytes | Problem:
    """Read one file that stands directly in the flow folder."""
    reader = _Reader(str(root), [str(root)])
    reader.read_optional(name)
    if name in reader.files:
        return reader.files[name]
    message = f"There is no {name} in {root}."
    remedy = "Name the folder of a flow, or make one: loginwright new DIR"
    missing = Problem("missing-file", "error", message, remedy, name)
    return reader.problems.get(name, missing)


def read_scenario_files(root: Path) -> SourceFiles:
    """Read ``scenarios/*.json``, sorted by name."""
    read = read_folders(root, ("scenarios",))
    files = {
        path: data
        for path, data in read.files.items()
        if path.endswith(".json") and path.count("/") == 1
    }
    return SourceFiles(files, read.problems)


def read_folders(root: Path, folders: Sequence[str]) -> SourceFiles:
    """Read everything below some folders, hidden files passed over; they may be absent.

    Args:
        root: Real path of the folder that holds them.
        folders: Their names; a link has to end in one of them.
    """
    reader = _Reader(str(root), [os.path.join(root, folder) for folder in folders])
    for folder in folders:
        reader.read_tree(folder)
    return SourceFiles(reader.files, reader.problems)


@dataclass(slots=True)
class _Reader:
    """Reads files below ``root``; a link has to end in one of ``areas``."""

    root: str
    areas: Sequence[str]
    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    problems: dict[str, Problem] = field(default_factory=dict[str, Problem])
    total: int = 0

    def read_tree(self, folder: str) -> None:
        """Read everything below a folder, which may be absent."""
        top = os.path.join(self.root, folder)
        if not os.path.lexists(top):
            return
        if os.path.islink(top) or not os.path.isdir(top):
            self._refuse_top(folder, top)
            return
        waiting = [folder]
        while waiting and self._has_room(waiting[-1]):
            waiting.extend(reversed(self._read_folder(waiting.pop())))

    def read_optional(self, name: str) -> None:
        """Read one file directly below the root, when it is there."""
        path = os.path.join(self.root, name)
        if os.path.lexists(path):
            self._read_entry(name, path)

    def _refuse_top(self, folder: str, top: str) -> None:
        if os.path.islink(top):
            self._refuse_folder_link(folder, top)
        else:
            self._refuse(folder, "not-a-folder", f"{folder} is no folder.", "Make it a folder.")

    def _read_folder(self, folder: str) -> list[str]:
        """Read the files of one folder; return its folders."""
        try:
            names = sorted(os.listdir(os.path.join(self.root, folder)))
        except OSError as error:
            self._refuse_reading(folder, error)
            return []
        folders: list[str] = []
        for name in names:
            path = os.path.join(self.root, folder, name)
            relative = f"{folder}/{name}"
            if is_hidden(name):
                continue
            if not is_text(name):
                shown = relative.encode("utf-8", "backslashreplace").decode()
                self._refuse(shown, "invalid-name", "The name is not UTF-8.", "Rename the file.")
            elif os.path.isdir(path) and not os.path.islink(path):
                folders.append(relative)
            elif self._has_room(relative):
                self._read_entry(relative, path)
        return folders

    def _read_entry(self, relative: str, path: str) -> None:
        try:
            data = self._read_file(relative, path)
        except OSError as error:
            self._refuse_reading(relative, error)
            return
        if data is not None:
            self.files[relative] = data
            self.total += len(data)

    def _read_file(self, relative: str, path: str) -> bytes | None:
        """Return what the file holds; None where it is refused.

        The opened file is judged again: whoever else may write into the folder could put another
        in the place of the one whose name was judged.
        """
        if os.path.islink(path):
            real = os.path.realpath(path)
            if not self._is_inside(real):
                self._refuse_leaving(relative)
                return None
            if os.path.isdir(real):
                self._refuse_folder_link(relative, path)
                return None
        if not self._is_sound(relative, os.stat(path)):
            return None
        with open(os.open(path, _FLAGS), "rb") as file:
            status = os.fstat(file.fileno())
            if not self._is_sound(relative, status):
                return None
            real = os.path.realpath(path)
            if not self._is_inside(real) or not os.path.samestat(os.lstat(real), status):
                self._refuse_leaving(relative)
                return None
            return file.read(MAX_FILE_BYTES)

    def _is_sound(self, relative: str, status: os.stat_result) -> bool:
        if not stat.S_ISREG(status.st_mode):
            self._refuse(relative, "not-a-file", "This is no plain file.", "Remove it.")
        elif status.st_size > MAX_FILE_BYTES:
            size = f"The file has {status.st_size:,} bytes; {MAX_FILE_BYTES:,} are allowed."
            self._refuse(relative, "file-too-large", size, "Keep large data elsewhere.")
        else:
            return True
        return False

    def _is_inside(self, real: str) -> bool:
        return any(is_below(real, area) for area in self.areas)

    def _has_room(self, relative: str) -> bool:
        if len(self.files) < MAX_FILES and self.total <= MAX_TOTAL_BYTES:
            return True
        message = f"The flow has more than {MAX_FILES:,} files or {MAX_TOTAL_BYTES:,} bytes."
        self._refuse(relative.split("/")[0], "flow-too-large", message, "Remove what is not code.")
        return False

    def _refuse_leaving(self, relative: str) -> None:
        areas = " or ".join(os.path.relpath(area, self.root) for area in self.areas)
        inside = "the flow folder" if areas == "." else areas
        message = f"The link leads out of {inside}."
        remedy = "Put the file itself in its place."
        self._refuse(relative, "path-leaves-folder", message, remedy)

    def _refuse_folder_link(self, relative: str, path: str) -> None:
        if not is_below(os.path.realpath(path), self.root):
            self._refuse_leaving(relative)
            return
        message = "The link leads to a folder; such links are not followed."
        self._refuse(relative, "linked-folder", message, "Put the folder itself in its place.")

    def _refuse_reading(self, relative: str, error: OSError) -> None:
        if isinstance(error, FileNotFoundError):
            message, remedy = "The link leads nowhere.", "Put the file itself in its place."
            self._refuse(relative, "missing-file", message, remedy)
            return
        message = f"It cannot be read: {error.strerror}."
        self._refuse(relative, "unreadable-file", message, "Give yourself the right to read it.")

    def _refuse(self, relative: str, rule: str, message: str, remedy: str) -> None:
        self.problems.setdefault(relative, Problem(rule, "error", message, remedy, file=relative))


def is_below(path: str, area: str) -> bool:
    """Return whether a real path is ``area`` or stands below it."""
    return path == area or path.startswith(area.rstrip(os.sep) + os.sep)


def is_text(name: str) -> bool:
    """Return whether a file name of this system can be written in UTF-8."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def unreadable_name(path: Path) -> Problem:
    """Return the problem of a flow folder whose path cannot be written in UTF-8."""
    shown = str(path).encode("utf-8", "backslashreplace").decode()
    message = "The path of the folder is not UTF-8."
    return Problem("invalid-name", "error", message, "Rename the folder.", shown)
