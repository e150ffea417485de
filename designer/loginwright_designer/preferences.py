"""Keeps what the user prefers, and how the window was left, in one JSON file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError
from PySide6.QtCore import QFile, QIODevice, QSaveFile, QStandardPaths

from loginwright_runtime.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

VERSION: Final = 1
"""Of the file. What a file of an older one says is carried over by ``MIGRATIONS``."""

FORMAT_PREFIX: Final = "loginwright/preferences@"
MOST_BYTES: Final = 1_000_000
MOST_RECENT_FLOWS: Final = 10

Content = dict[str, JsonValue]
type_of_content: Final = TypeAdapter(Content)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class RecentFlow(_Part):
    """A flow that was opened: where it is, and what it was called then."""

    folder: str
    name: str


class WindowState(_Part):
    """Where the window was on the screen, in logical pixels."""

    left: int
    top: int
    width: Annotated[int, Field(ge=1, le=100_000)]
    height: Annotated[int, Field(ge=1, le=100_000)]
    maximized: bool = False


class Arrangement(_Part):
    """How the window was divided while composing, or while running.

    Attributes:
        sizes: Of each splitter by its name, in logical pixels at a zoom of 100 %.
        panels: The panel shown in each place by the place's name; empty when it was closed.
    """

    sizes: Mapping[str, tuple[Annotated[int, Field(ge=0, le=100_000)], ...]] = {}
    panels: Mapping[str, str] = {}


class LeftOpen(_Part):
    """What was open when the window was closed, so that the next start goes on there.

    Attributes:
        folder: Of the flow.
        scenario: The scenario that was chosen, by its file; None is the default login.
        files: Sources that were open, in the order of their tabs.
        composing: The arrangement, else running.
        in_order: The window was closed by its user: what was not saved comes back unasked.
    """

    folder: str
    scenario: str | None = None
    files: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    composing: bool = True
    in_order: bool = False


class Preferences(_Part):
    """What the user prefers; trusted folders and secrets are not among it.

    Attributes:
        theme: Light or dark colours, or what the system says.
        zoom: How large everything is, in percent.
        reduce_motion: Nothing moves.
        recent_flows: The last opened one first.
        window: None before the first close.
        compose: The arrangement while composing.
        run: The arrangement while running.
        coach_dismissed: Whether the line for the first start was sent away.
        background_runs: Scenarios run by themselves when the flow is saved.
        left_open: What was open last; None before the first close.
        hosts_opened: Hosts whose address was once opened in the browser, after it was shown.
    """

    theme: Literal["light", "dark", "system"] = "system"
    zoom: Annotated[int, Field(ge=100, le=200)] = 100
    reduce_motion: bool = False
    recent_flows: Annotated[tuple[RecentFlow, ...], Field(max_length=MOST_RECENT_FLOWS)] = ()
    window: WindowState | None = None
    compose: Arrangement = Arrangement()
    run: Arrangement = Arrangement()
    coach_dismissed: bool = False
    background_runs: bool = True
    left_open: LeftOpen | None = None
    hosts_opened: Annotated[tuple[str, ...], Field(max_length=1000)] = ()

    def with_recent_flow(self, folder: Path, name: str) -> Preferences:
        """Return the preferences after a flow was opened."""
        opened = RecentFlow(folder=str(folder), name=name)
        others = [flow for flow in self.recent_flows if flow.folder != opened.folder]
        return self.model_copy(
            update={"recent_flows": (opened, *others)[:MOST_RECENT_FLOWS]},
        )

    def without_recent_flow(self, folder: Path) -> Preferences:
        """Return the preferences after a flow was found missing or was taken off the list."""
        kept = tuple(flow for flow in self.recent_flows if flow.folder != str(folder))
        return self.model_copy(update={"recent_flows": kept})


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
            return Loaded(Preferences(), self._problem(f"cannot be read ({_reason(error)})"))
        if data is None:
            return Loaded(Preferences())
        try:
            content = type_of_content.validate_json(data)
            version = _version_of(content)
        except ValueError:
            return self._set_aside("malformed", "is not what Loginwright writes")
        if version > self._version:
            return self._from_newer(version)
        try:
            preferences = Preferences.model_validate(self._migrated(content, version))
        except (ValueError, KeyError, TypeError):
            return self._set_aside("malformed", "holds values that Loginwright does not know")
        if version < self._version:
            self._keep(data, version)
        return Loaded(preferences)

    def save(self, preferences: Preferences) -> Problem | None:
        """Write the preferences, whole or not at all; return why it could not be done."""
        content: Content = {"format": f"{FORMAT_PREFIX}{self._version}"}
        content |= preferences.model_dump(mode="json", exclude_defaults=True)
        reason = _write(self._file, type_of_content.dump_json(content, indent=2) + b"\n")
        if reason is None:
            return None
        return self._problem(f"cannot be written ({reason})", "Preferences are lost at the end.")

    def _migrated(self, content: Content, version: int) -> Content:
        for older in range(version, self._version):
            content = self._migrations[older](content)
        return content

    def _from_newer(self, version: int) -> Loaded:
        """Go back to the file of this version that a newer Loginwright kept, if it did."""
        aside = self._set_aside(f"v{version}", f"was written by a newer Loginwright ({version})")
        kept = self._beside(f"v{self._version}")
        try:
            data = _read(kept)
            if data is None:
                return aside
            return Loaded(Preferences.model_validate_json(data), aside.problem)
        except (OSError, ValidationError):
            return aside

    def _set_aside(self, word: str, reason: str) -> Loaded:
        place = self._beside(word)
        try:
            self._file.replace(place)
        except OSError as error:
            remedy = f"It stays where it is ({_reason(error)}); the defaults are used."
        else:
            remedy = f"It is kept as {place.name}; the defaults are used."
        return Loaded(Preferences(), self._problem(reason, remedy))

    def _keep(self, data: bytes, version: int) -> None:
        """Copy a file of an older version; that it cannot be kept does not stop the start."""
        _write(self._beside(f"v{version}"), data)

    def _beside(self, word: str) -> Path:
        return self._file.with_name(f"{self._file.stem}.{word}.json")

    def _problem(self, reason: str, remedy: str = "The defaults are used.") -> Problem:
        message = f"The file of preferences {reason}."
        return Problem("preferences", "warning", message, remedy, self._file.name)


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


def _write(file: Path, data: bytes) -> str | None:
    """Write a file that only its user can read; return why it could not be done."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        return _reason(error)
    stream = QSaveFile(str(file))
    if not stream.open(QIODevice.OpenModeFlag.WriteOnly):
        return stream.errorString()
    stream.setPermissions(QFile.Permission.ReadOwner | QFile.Permission.WriteOwner)
    stream.write(data)
    return None if stream.commit() else stream.errorString()


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
