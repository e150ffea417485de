"""What is not saved yet, journalled so that a killed window loses two seconds at most.

One file a folder in the user's own state, ``recovery/<key>.json``, 0600::

    {
      "format": "loginwright/recovery@1",
      "folder": "/home/ada/customer-login",
      "written_at": "2026-11-23T10:00:00+00:00",
      "whole": false,
      "files": {"actions/roles.js": "…", "actions/odd.js": {"base64": "…"}, "lib/gone.js": null}
    }

``files`` holds what a save would write or, with null, remove; of a folder that has gone that is all
of the flow, and ``whole`` is true. Values of secrets are no part of a
draft, so none can stand in it (security.md 23).
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from loginwright_designer.document.draft import Draft
from loginwright_designer.document.folder_lock import FolderLock, designer_state, folder_key
from loginwright_runtime.flow.flow_files import FLOW_FILE, assemble
from loginwright_runtime.flow.migrations import flow_history
from loginwright_runtime.flow.writing import flow_json
from loginwright_runtime.simulation.loading import FOLDER as SCENARIO_FOLDER
from loginwright_runtime.simulation.reading import read_scenario
from loginwright_runtime.whole_file import kept_private

if TYPE_CHECKING:
    from pydantic import JsonValue

    from loginwright_designer.document.folder import ReadFolder

RECOVERY_FORMAT = "loginwright/recovery@1"
JOURNAL_MILLISECONDS = 1_000
"""Between a change and its journal (desktop.md: every second)."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """Unsaved changes of a window that ended without saving.

    Attributes:
        folder: Real path of the flow folder.
        written_at: When they were journalled.
        files: What a save would have written, by POSIX path; None for a file it removes.
        is_whole: That is all of the flow, because its folder had gone.
    """

    folder: Path
    written_at: datetime
    files: Mapping[str, bytes | None] = field(repr=False)
    is_whole: bool = False

    def applied_to(self, base: ReadFolder) -> Draft:
        """Return the draft that was on the desk, files it had not changed as they are now."""
        scenarios = {entry.file: entry for entry in base.draft.scenarios}
        sources = dict(base.draft.flow.files)
        for file, data in self.files.items():
            kept = scenarios if file.startswith(f"{SCENARIO_FOLDER}/") else sources
            kept.pop(file, None)
            if data is None or file == FLOW_FILE:
                continue
            if kept is scenarios:
                scenarios[file] = read_scenario(data, file)
            else:
                sources[file] = data
        document = self.files.get(FLOW_FILE) or flow_json(base.draft.flow)
        read = assemble(document, sources, base.refused, flow_history()).flow
        flow = base.draft.flow if read is None else read
        flow = flow.model_copy(update={"files": sources})
        return Draft.of(flow, tuple(scenarios.values()))


class Journal:
    """Keeps what is not saved of one folder."""

    def __init__(self, folder: Path, state: Path | None = None) -> None:
        """Prepare the journal; nothing is written yet.

        Args:
            folder: Real path of the flow folder.
            state: Where journals lie; None takes ``designer_state()``.
        """
        self._folder = folder
        self._place = (state or designer_state()) / "recovery"
        key = folder_key(folder)
        self._path = self._place / f"{key}.json"
        self._aside = self._place / f"{key}.previous.json"

    def write(self, base: ReadFolder, draft: Draft) -> bool:
        """Journal what differs from the folder; the old journal stays whole until the new one is.

        Blocks on the disk for some milliseconds.

        Returns:
            Whether it was written; a full disk or a missing right must not stop the window.
        """
        document = {
            "format": RECOVERY_FORMAT,
            "folder": str(self._folder).encode(errors="backslashreplace").decode(),
            "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "whole": not base.content,
            "files": {file: _written(data) for file, data in unsaved_files(base, draft).items()},
        }
        return kept_private(self._path, orjson.dumps(document))

    def read(self) -> Recovery | None:
        """Return what was journalled, None when nothing was or it cannot be read."""
        return self._read(self._path) or self._read(self._aside)

    def set_aside(self) -> None:
        """Keep what was journalled beside what will be: nobody has decided about it yet."""
        with suppress(OSError):
            self._path.replace(self._aside)

    def remove(self) -> None:
        """Forget what was journalled: it was saved."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def forget(self) -> None:
        """Forget all of it."""
        self.remove()
        self.remove_aside()

    def remove_aside(self) -> None:
        """Forget what was set aside: it was taken over, or nobody wants it."""
        with suppress(OSError):
            self._aside.unlink(missing_ok=True)

    def _read(self, path: Path) -> Recovery | None:
        match _document(path):
            case {"written_at": str(moment), "files": dict(files), **more}:
                return self._recovery(moment, files, is_whole=more.get("whole") is True)
            case _:
                return None

    def _recovery(
        self, moment: str, files: Mapping[str, JsonValue], *, is_whole: bool
    ) -> Recovery | None:
        try:
            read = {file: _decoded(data) for file, data in files.items()}
            return Recovery(self._folder, datetime.fromisoformat(moment), read, is_whole)
        except (ValueError, binascii.Error):
            return None


def left_behind(state: Path | None = None) -> tuple[Recovery, ...]:
    """Return unsaved changes whose folder has gone, the newest first.

    Those of a flow that another window has open are its own. Blocks on the disk: not on a GUI
    thread.

    Args:
        state: Where journals lie; None takes ``designer_state()``.
    """
    found: list[Recovery] = []
    for path in ((state or designer_state()) / "recovery").glob("*.json"):
        match _document(path):
            case {"folder": str(folder)} if not os.path.lexists(folder):
                recovery = _unheld(Path(folder), state)
                if recovery is not None and recovery not in found:
                    found.append(recovery)
            case _:
                pass
    return tuple(sorted(found, key=lambda one: one.written_at, reverse=True))


def _unheld(folder: Path, state: Path | None) -> Recovery | None:
    lock = FolderLock(folder, state)
    if lock.take() is not None:
        return None
    lock.release()
    found = Journal(folder, state).read()
    return found if found is not None and found.files else None


def _document(path: Path) -> dict[str, JsonValue] | None:
    """Return what a journal says, None where it cannot be read or is of another format."""
    try:
        document: JsonValue = orjson.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    known = isinstance(document, dict) and document.get("format") == RECOVERY_FORMAT
    return document if known and isinstance(document, dict) else None


def unsaved_files(base: ReadFolder, draft: Draft) -> dict[str, bytes | None]:
    """Return what a save would write, None for each file it would remove."""
    content = draft.content()
    before = base.draft.content()
    changed: dict[str, bytes | None] = {
        file: data for file, data in content.items() if before.get(file) != data
    }
    return changed | dict.fromkeys(sorted(before.keys() - content.keys()))


def _written(data: bytes | None) -> JsonValue:
    if data is None:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def _decoded(value: JsonValue) -> bytes | None:
    match value:
        case None:
            return None
        case str():
            return value.encode()
        case {"base64": str(encoded)}:
            return base64.b64decode(encoded, validate=True)
        case _:
            raise ValueError("A journalled file is neither text nor base64.")
