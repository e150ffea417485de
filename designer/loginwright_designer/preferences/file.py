"""Reads and writes the file of preferences; one that cannot be read is kept, never overwritten."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QStandardPaths

from loginwright_designer.preferences.content import content_of, object_of, preferences_of
from loginwright_designer.preferences.values import Preferences
from loginwright_runtime.errors import Problem
from loginwright_runtime.whole_file import kept_private, put_private

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loginwright_designer.preferences.content import Content

translate = QCoreApplication.translate

VERSION: Final = 1
"""Of the file. What a file of an older one says is carried over by ``migrations``."""

FORMAT_PREFIX: Final = "loginwright/preferences@"
MOST_BYTES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read.

    Attributes:
        preferences: The user's, or the defaults where they could not be read.
        problem: Why they could not, and where the file is kept; None when all is well.
    """

    preferences: Preferences
    problem: Problem | None = None


def preferences_file() -> Path:
    """Return where the preferences are: in the user's folder for configuration."""
    places = QStandardPaths.StandardLocation.GenericConfigLocation
    return Path(QStandardPaths.writableLocation(places), "loginwright", "designer.json")


class PreferencesFile:
    """Reads and writes the file of preferences.

    A file that cannot be read is renamed, never overwritten. Before a file of an older version is
    replaced, it is kept under its version; should an older Loginwright meet a file that is too
    new for it, it goes back to that one.

    Args:
        file: Usually ``preferences_file()``.
        version: The version to write.
        migrations: For each older version, what makes its content that of the next.
    """

    def __init__(
        self,
        file: Path,
        version: int = VERSION,
        migrations: Mapping[int, Callable[[Content], Content]] | None = None,
    ) -> None:
        self._file = file
        self._version = version
        self._migrations = migrations or {}

    def load(self) -> Loaded:
        """Return the preferences; the defaults at the first start, or when they are unreadable."""
        try:
            data = _read(self._file)
        except OSError as error:
            message = translate("Preferences", "The file of preferences cannot be read ({reason}).")
            return Loaded(Preferences(), self._problem(message.format(reason=_reason(error))))
        if data is None:
            return Loaded(Preferences())
        try:
            content = _content(data)
            version = _version_of(content)
        except ValueError:
            message = translate(
                "Preferences", "The file of preferences is not what Loginwright writes."
            )
            return self._set_aside("malformed", message)
        if version > self._version:
            return self._from_newer(version)
        try:
            preferences = preferences_of(self._migrated(content, version))
        except (ValueError, KeyError, TypeError):
            message = translate(
                "Preferences",
                "The file of preferences holds values that Loginwright does not know.",
            )
            return self._set_aside("malformed", message)
        if version < self._version:
            self._keep(data, version)
        return Loaded(preferences)

    def save(self, preferences: Preferences) -> Problem | None:
        """Write the preferences, whole or not at all; return why it could not be done."""
        content: Content = {"format": f"{FORMAT_PREFIX}{self._version}"}
        content |= content_of(preferences)
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        # What stands in a path's name for bytes that are no UTF-8 becomes an escape of JSON.
        try:
            put_private(self._file, text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            reason = _reason(error)
        else:
            return None
        message = translate("Preferences", "The file of preferences cannot be written ({reason}).")
        remedy = translate("Preferences", "Preferences are lost at the end.")
        return self._problem(message.format(reason=reason), remedy)

    def _migrated(self, content: Content, version: int) -> Content:
        for older in range(version, self._version):
            content = self._migrations[older](content)
        return content

    def _from_newer(self, version: int) -> Loaded:
        """Go back to the file of this version that a newer Loginwright kept, if it did."""
        message = translate(
            "Preferences",
            "The file of preferences was written by a newer Loginwright ({version}).",
        )
        aside = self._set_aside(f"v{version}", message.format(version=version))
        kept = self._beside(f"v{self._version}")
        try:
            data = _read(kept)
            if data is None:
                return aside
            return Loaded(preferences_of(_content(data)), aside.problem)
        except (OSError, ValueError):
            return aside

    def _set_aside(self, word: str, message: str) -> Loaded:
        place = self._beside(word)
        try:
            self._file.replace(place)
        except OSError as error:
            remedy = translate(
                "Preferences", "It stays where it is ({reason}); the defaults are used."
            )
            remedy = remedy.format(reason=_reason(error))
        else:
            remedy = translate("Preferences", "It is kept as {file}; the defaults are used.")
            remedy = remedy.format(file=place.name)
        return Loaded(Preferences(), self._problem(message, remedy))

    def _keep(self, data: bytes, version: int) -> None:
        """Copy a file of an older version; that it cannot be kept does not stop the start."""
        kept_private(self._beside(f"v{version}"), data)

    def _beside(self, word: str) -> Path:
        return self._file.with_name(f"{self._file.stem}.{word}.json")

    def _problem(self, message: str, remedy: str = "") -> Problem:
        remedy = remedy or translate("Preferences", "The defaults are used.")
        return Problem("preferences", "warning", message, remedy, self._file.name)


def _content(data: bytes) -> Content:
    """Return the members of the file's object; ValueError when it is none."""
    try:
        return object_of(json.loads(data))
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _version_of(content: Content) -> int:
    """Return the number after the format's name; ValueError when there is none."""
    written = content.get("format")
    if not isinstance(written, str) or not written.startswith(FORMAT_PREFIX):
        raise ValueError("no format")
    version = int(written.removeprefix(FORMAT_PREFIX))
    if version < 1:
        raise ValueError("no version")
    return version


def _read(file: Path) -> bytes | None:
    """Return a file's bytes, None when there is no file; OSError when it is no file of ours."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    if len(data) > MOST_BYTES:
        return b""
    return data


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
