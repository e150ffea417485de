"""What was exported last of each flow, kept in the user's own state.

One file a folder, ``exports/<key>.json``, 0600::

    {
      "format": "loginwright/export@1",
      "exported_at": "2026-11-23T10:00:00+00:00",
      "file": "/home/ada/exports/customer-login.loginflow",
      "version": "sha256:…",
      "parts": {"name": "…", "settings": "uri end", "actions": […], "modules": {}, "scenarios": {}}
    }

It holds names and digests: neither code nor the value of a secret.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError
from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.export_parts import ExportParts, changes_between
from loginwright_designer.document.folder_lock import designer_state, folder_key
from loginwright_runtime.whole_file import kept_private

if TYPE_CHECKING:
    from typing import Final

translate = QCoreApplication.translate

EXPORT_FORMAT = "loginwright/export@1"
SHORT_VERSION = 4
"""How many hexadecimal digits of a version the status bar shows."""


@dataclass(frozen=True, slots=True)
class LastExport:
    """An export that was written.

    Attributes:
        exported_at: When.
        file: Where to.
        version: Of the flow then.
        parts: What it was made of then.
    """

    exported_at: datetime
    file: Path
    version: str
    parts: ExportParts = field(repr=False)

    @property
    def with_scenarios(self) -> bool:
        """Whether scenarios went along."""
        return bool(self.parts.scenarios)


@dataclass(frozen=True, slots=True)
class _Document:
    format: str
    exported_at: datetime
    file: Path
    version: str
    parts: ExportParts


_type_of_document: Final = TypeAdapter(_Document)


class ExportHistory:
    """Keeps the last export of one flow folder."""

    def __init__(self, folder: Path, state: Path | None = None) -> None:
        """Prepare it; nothing is read or written yet.

        Args:
            folder: Real path of the flow folder.
            state: Where it is kept; None takes ``designer_state()``.
        """
        self._path = (state or designer_state()) / "exports" / f"{folder_key(folder)}.json"

    def last(self) -> LastExport | None:
        """Return the last export; None when there was none, or it cannot be read."""
        try:
            read = _type_of_document.validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            return None
        if read.format != EXPORT_FORMAT:
            return None
        return LastExport(read.exported_at, read.file, read.version, read.parts)

    def remember(self, export: LastExport) -> bool:
        """Keep an export; False where it could not be written, which stops nothing."""
        document = _Document(
            EXPORT_FORMAT, export.exported_at, export.file, export.version, export.parts
        )
        return kept_private(self._path, _type_of_document.dump_json(document))


def short_version(version: str) -> str:
    """Return the beginning of a version, as the status bar shows it: ``3fa9…``."""
    return f"{version.removeprefix('sha256:')[:SHORT_VERSION]}…"


def middle_version(version: str) -> str:
    """Return a version with its middle left out, as the sheet shows it."""
    kind, _, digits = version.rpartition(":")
    return f"{kind}:{digits[:8]}…{digits[-8:]}" if len(digits) > 16 else version


def export_status(last: LastExport | None, now: ExportParts) -> str:
    """Return what the status bar says: "exported 3fa9… · 2 edits since"; empty before the first.

    Args:
        last: The last export.
        now: The parts of what is on the desk, with scenarios where the last export had them.
    """
    if last is None:
        return ""
    version = short_version(last.version)
    count = len(changes_between(last.parts, now))
    if count == 0:
        return translate("Export", "exported {version}").format(version=version)
    words = translate("Export", "exported {version} · {count} edits since")
    if count == 1:
        words = translate("Export", "exported {version} · 1 edit since")
    return words.format(version=version, count=count)
