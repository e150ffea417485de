"""Versions of a file format, with the way from each to the next."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from loginwright_runtime.flow.json_text import JsonFile, JsonObject
from loginwright_runtime.flow.model import FLOW_FORMAT

_FORMAT = re.compile(r"(?P<name>[a-z/-]+)@(?P<version>[1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True)
class Migration:
    """How a document of one version becomes one of the next.

    Attributes:
        from_version: Version it reads; what it returns is of ``from_version + 1``.
        migrate: Returns the new document, ``format`` aside, which is set for it.
    """

    from_version: int
    migrate: Callable[[JsonObject], JsonObject]


@dataclass(frozen=True, slots=True)
class Current:
    """The document as the current version of its format writes it.

    Attributes:
        document: Its members.
        migrated: Whether it was of an older version.
    """

    document: JsonObject
    migrated: bool


@dataclass(frozen=True, slots=True)
class Unknown:
    """The document is of another format or of a newer version."""

    message: str
    remedy: str


Upgraded: TypeAlias = Current | Unknown


@dataclass(frozen=True, slots=True)
class FormatHistory:
    """A file format, its newest version and every migration that leads there.

    Attributes:
        name: ``loginwright/flow``.
        version: The version written today.
        migrations: One for each older version that is still read, oldest first.
    """

    name: str
    version: int
    migrations: tuple[Migration, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a history with a gap: ValueError."""
        first = self.version - len(self.migrations)
        steps = [migration.from_version for migration in self.migrations]
        if first < 1 or steps != list(range(first, self.version)):
            raise ValueError(f"Migrations of {self.name} do not lead to version {self.version}.")

    @property
    def current(self) -> str:
        """The format of today, as a file names it."""
        return f"{self.name}@{self.version}"

    @property
    def oldest(self) -> int:
        """The oldest version that can still be read."""
        return self.version - len(self.migrations)

    def upgrade(self, document: JsonObject) -> Upgraded:
        """Bring a document to the current version; its ``format`` member decides the way.

        A newer version names itself (contract.md, "Scenario": it names the version it needs).
        """
        written = document.get("format")
        match = _FORMAT.fullmatch(written) if isinstance(written, str) else None
        if match is None or match["name"] != self.name:
            return Unknown(f"The format is not {self.name}.", f'Write "format": "{self.current}".')
        version = int(match["version"])
        if version > self.version:
            return Unknown(
                f"The file is of format {written}; this Loginwright reads up to {self.current}.",
                f"Install a Loginwright that reads {written}.",
            )
        if version < self.oldest:
            return Unknown(
                f"The file is of format {written}, which is no longer read.",
                f"Open and save it with a Loginwright that reads both it and {self.name}@"
                f"{self.oldest}.",
            )
        return self._migrate(document, version)

    def _migrate(self, document: JsonObject, version: int) -> Current:
        for migration in self.migrations[version - self.oldest :]:
            number = migration.from_version + 1
            document = {**migration.migrate(document), "format": f"{self.name}@{number}"}
        return Current(document, migrated=version != self.version)


def flow_history(*migrations: Migration) -> FormatHistory:
    """Return the history of ``flow.json``; ``loginwright/flow@1`` is the first version."""
    name, _, version = FLOW_FORMAT.partition("@")
    return FormatHistory(name, int(version), migrations)


def upgrade_file(file: JsonFile, history: FormatHistory) -> JsonObject | None:
    """Return the file's document in the current version, or None with the problem reported.

    A document without ``format`` is reported and taken as current. After a migration the file can
    no longer say where in its text a member stands.
    """
    document = file.value
    if not isinstance(document, dict):
        file.report("invalid-value", (), "The file holds no JSON object.", "Write { … }.")
        return None
    if "format" not in document:
        remedy = f'Write "format": "{history.current}" as the first member.'
        file.report("missing-key", ("format",), "The file does not name its format.", remedy)
        return document
    match history.upgrade(document):
        case Unknown(message, remedy):
            file.report("unknown-format", ("format",), message, remedy)
            return None
        case Current(upgraded, migrated):
            file.located = not migrated
            return upgraded
        case _ as unreachable:
            assert_never(unreachable)
