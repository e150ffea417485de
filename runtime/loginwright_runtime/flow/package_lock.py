"""What npm's lock says should stand in ``node_modules``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loginwright_runtime.errors import Problem
from loginwright_runtime.flow.json_text import JsonObject, read_json
from loginwright_runtime.flow.source_files import LOCK_NAMES

if TYPE_CHECKING:
    from pydantic import JsonValue

_FOLDER = "node_modules/"


@dataclass(frozen=True, slots=True)
class LockedPackage:
    """One package of a lock.

    Attributes:
        version: Version it is locked at, or None when the lock does not tell (a link).
        development: Needed by those who write actions only; never packed.
        optional: May be missing, for instance on another system.
        link: Stands elsewhere and is only linked to.
    """

    version: str | None
    development: bool = False
    optional: bool = False
    link: bool = False


@dataclass(frozen=True, slots=True)
class PackageLock:
    """The packages of a lock.

    Attributes:
        file: Name of the lock's file.
        packages: Path such as ``node_modules/a/node_modules/b`` → package.
    """

    file: str
    packages: Mapping[str, LockedPackage]

    def owner(self, path: str) -> str | None:
        """Return the locked package whose file ``path`` is, or None when no package's is.

        A package that stands in another's ``node_modules`` without being locked is nobody's.
        """
        parts = path.split("/")
        for length in range(len(parts) - 1, 0, -1):
            package = "/".join(parts[:length])
            if package in self.packages:
                return None if parts[length] == "node_modules" else package
        return None


def read_lock(files: Mapping[str, bytes]) -> PackageLock | Problem | None:
    """Return the lock among ``files``, None when there is none, or why it cannot be read.

    ``npm-shrinkwrap.json`` goes before ``package-lock.json``, as npm has it; lock versions 2 and 3
    list ``packages``.
    """
    for name in LOCK_NAMES:
        if name in files:
            return _decode(name, files[name])
    return None


def _decode(name: str, data: bytes) -> PackageLock | Problem:
    document = read_json(data, name)
    if isinstance(document, Problem):
        return document
    packages = document.value.get("packages") if isinstance(document.value, dict) else None
    if not isinstance(packages, dict):
        message = "The lock does not list packages."
        remedy = "Write it anew with npm 7 or newer: npm install --package-lock-only."
        return Problem("unreadable-lock", "error", message, remedy, name)
    entries = {path: entry for path, entry in packages.items() if path.startswith(_FOLDER)}
    return PackageLock(
        name, {path: _package(entry) for path, entry in entries.items() if _is_plain(path)}
    )


def _is_plain(path: str) -> bool:
    return not any(part in {"", ".", ".."} for part in path.split("/"))


def _package(entry: JsonValue) -> LockedPackage:
    members: JsonObject = entry if isinstance(entry, dict) else {}
    version = members.get("version")
    return LockedPackage(
        version=version if isinstance(version, str) else None,
        development=members.get("dev") is True,
        optional=members.get("optional") is True or members.get("devOptional") is True,
        link=members.get("link") is True,
    )
