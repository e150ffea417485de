"""Recorded logins on disk: masked and redacted, readable by their user only.

Below the user's own state, a folder (0700) for each flow folder, a file (0600) for each login::

    recorded-logins/<key of the folder>/<key of the login>.login
    recorded-logins/<key of the folder>/<version of the flow>.loginflow

A login's first line says what the list shows, the rest is a trace (``loginwright/trace@1``) in
which secrets are masked, personal data and redirect tokens redacted (security.md 23)::

    {"format": "loginwright/recorded-login@1", "scenario": "First login", "ended": "allowed",
     "recorded_at": "2026-11-23T10:00:00+00:00", "legs": 2, "steps": 17, "version": "sha256:…"}

A bundle beside it holds the code that ran, once a version; it is looked at, never run.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson
from pydantic import TypeAdapter, ValidationError
from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.folder_lock import designer_state, folder_key
from loginwright_designer.simulation.recorded_login import (
    OpenedLogin,
    RecordedEnd,
    RecordedLogin,
    row_of,
)
from loginwright_designer.simulation.steps import steps
from loginwright_runtime.errors import BadInputError, FlowError, Problem
from loginwright_runtime.flow.bundle import export_bundle, read_bundle
from loginwright_runtime.tracing import dumps, open_trace
from loginwright_runtime.tracing.redaction import Concealer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.tracing import Masker, RunRecord

translate = QCoreApplication.translate

RECORDED_FORMAT = "loginwright/recorded-login@1"
MOST_KEPT = 50
MAX_TRACE_BYTES = 256_000_000
_LONGEST_LINE = 10_000
_LOGIN, _FLOW = ".login", ".loginflow"


@dataclass(frozen=True, slots=True)
class _Head:
    format: str
    scenario: str
    ended: RecordedEnd
    recorded_at: datetime
    legs: int
    steps: int
    version: str


_type_of_head: Final = TypeAdapter(_Head)


@dataclass(frozen=True, slots=True)
class RecordedFiles:
    """The recorded logins of one flow folder; every method blocks on the disk.

    Attributes:
        place: The folder that holds them.
    """

    place: Path

    @classmethod
    def of(cls, folder: Path, state: Path | None = None) -> RecordedFiles:
        """Return those of a flow folder.

        Args:
            folder: Its real path.
            state: Where this user's state is; None takes ``designer_state()``.
        """
        return cls((state or designer_state()) / "recorded-logins" / folder_key(folder))

    def rows(self) -> tuple[RecordedLogin, ...]:
        """Return them, the last one first; a file that cannot be read is left out."""
        read = (self._row(path) for path in self._paths())
        return tuple(row for row in read if row is not None)

    def keep(
        self, login: RecordedLogin, record: RunRecord, flow: Flow | None, masker: Masker
    ) -> Problem | None:
        """Write a login down, and remove the oldest beyond ``MOST_KEPT``.

        Args:
            login: Its row.
            record: What happened.
            flow: What ran; its code is kept where a bundle can hold it.
            masker: Knows the values of the flow's secrets.

        Returns:
            Why it could not be written, or None.
        """
        content = b"%b\n%b" % (_head(login, masker), dumps(record, masker))
        try:
            self._make_place()
            if flow is not None:
                self._keep_flow(login.version, flow)
            _write(self.place / f"{login.key}{_LOGIN}", content)
        except OSError as error:
            return _problem(
                translate("Recorded", "The login could not be recorded: {reason}.").format(
                    reason=error.strerror
                ),
                translate("Recorded", "Make room, or look at it while this window is open."),
            )
        self.delete([path.stem for path in self._paths()[MOST_KEPT:]])
        return None

    def open(self, key: str) -> OpenedLogin | Problem:
        """Read a login as far as it can be read, with the code that ran where it was kept."""
        path = self.place / f"{key}{_LOGIN}"
        row = self._row(path)
        try:
            content = path.read_bytes()
            trace = open_trace(content.partition(b"\n")[2])
        except OSError as error:
            return _unreadable(error.strerror or "")
        except BadInputError as error:
            return error.problems[0]
        if row is None:
            row = row_of(key, "", trace.record, steps(trace.record), path.stat().st_mtime)
        flow = self._flow(trace.record.flow_version)
        return OpenedLogin(row, trace.record, flow, None, trace.redacted, trace.problems)

    def delete(self, keys: Collection[str]) -> Mapping[str, bytes]:
        """Remove logins, and code that no other one ran; return what stood in their files."""
        removed: dict[str, bytes] = {}
        for key in keys:
            path = self.place / f"{key}{_LOGIN}"
            with suppress(OSError):
                removed[path.name] = path.read_bytes()
                path.unlink()
        needed = {_flow_name(row.version) for row in self.rows()}
        for path in self._paths(_FLOW):
            if path.name not in needed:
                with suppress(OSError):
                    removed[path.name] = path.read_bytes()
                    path.unlink()
        return removed

    def put_back(self, removed: Mapping[str, bytes]) -> None:
        """Write again what ``delete`` returned, as far as that is possible."""
        with suppress(OSError):
            self._make_place()
            for name, content in removed.items():
                _write(self.place / name, content)

    def _make_place(self) -> None:
        for folder in (self.place.parent, self.place):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)

    def _paths(self, suffix: str = _LOGIN) -> list[Path]:
        try:
            found = [path for path in self.place.iterdir() if path.suffix == suffix]
        except OSError:
            return []
        return sorted(found, reverse=True)

    def _row(self, path: Path) -> RecordedLogin | None:
        try:
            with path.open("rb") as file:
                line = file.readline(_LONGEST_LINE)
            head = _type_of_head.validate_json(line)
        except (OSError, ValidationError):
            return None
        if head.format != RECORDED_FORMAT or head.recorded_at.tzinfo is None:
            return None
        return RecordedLogin(
            path.stem,
            head.scenario,
            head.ended,
            head.recorded_at.astimezone(UTC),
            head.legs,
            head.steps,
            head.version,
        )

    def _keep_flow(self, version: str, flow: Flow) -> None:
        path = self.place / _flow_name(version)
        if path.exists():
            return
        with suppress(FlowError):  # no bundle can hold it: it is recorded without its code
            _write(path, export_bundle(flow))

    def _flow(self, version: str) -> Flow | None:
        path = self.place / _flow_name(version)
        try:
            return read_bundle(path.read_bytes(), path.name)
        except (OSError, FlowError):
            return None


def open_trace_file(path: Path) -> OpenedLogin | Problem:
    """Open a file that ``loginwright run --trace`` wrote, as far as it can be read.

    Blocks on the disk.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_TRACE_BYTES + 1)
            written_at = os.fstat(file.fileno()).st_mtime
        if len(content) > MAX_TRACE_BYTES:
            return _unreadable(translate("Recorded", "it is too large"))
        trace = open_trace(content)
    except OSError as error:
        return _unreadable(error.strerror or "")
    except BadInputError as error:
        return error.problems[0]
    row = row_of(path.name, path.stem, trace.record, steps(trace.record), written_at)
    return OpenedLogin(row, trace.record, None, None, trace.redacted, trace.problems)


def _head(login: RecordedLogin, masker: Masker) -> bytes:
    name = Concealer(()).text(masker.text(login.scenario))[: _LONGEST_LINE // 20]
    return orjson.dumps(
        {
            "format": RECORDED_FORMAT,
            "scenario": name,
            "ended": login.ended.value,
            "recorded_at": login.recorded_at.isoformat(),
            "legs": login.legs,
            "steps": login.steps,
            "version": login.version,
        }
    )


def _flow_name(version: str) -> str:
    digits = version.rpartition(":")[2]
    return f"{digits if digits.isalnum() else 'unknown'}{_FLOW}"


def _write(path: Path, content: bytes) -> None:
    """Put a file there that only this user may read, whole or not at all."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with open(handle, "wb") as file:
            file.write(content)
        fresh.replace(path)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        raise


def _unreadable(reason: str) -> Problem:
    return _problem(
        translate("Recorded", "The recorded login cannot be read: {reason}.").format(reason=reason),
        translate("Recorded", "Choose another one."),
    )


def _problem(message: str, remedy: str) -> Problem:
    return Problem("recorded-login", "error", message, remedy)
