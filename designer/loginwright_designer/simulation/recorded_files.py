"""Keeps recorded logins in files of the user's own state, only those that somebody asked to keep.

One file a login, ``recorded/<flow>/<key>.trace``, 0600 in a 0700 folder: a trace as ``--trace``
writes it, with secrets, personal data and redirect tokens masked (security.md 23). Its header says
in ``recorded`` which scenario it was and when.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import orjson

from loginwright_designer.document.folder_lock import designer_state, folder_key
from loginwright_designer.simulation.opened_trace import MAX_TRACE_BYTES, trace_login
from loginwright_designer.simulation.recorded_logins import MOST_LOGINS, RecordedLogin
from loginwright_runtime.tracing import dumps
from loginwright_runtime.whole_file import kept_private

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.tracing import Masker

_KEY = re.compile(r"[A-Za-z0-9-]{1,80}", re.ASCII)
_HEADER = "recorded"
_SUFFIX = ".trace"


class RecordedFiles:
    """The kept logins of one flow folder."""

    def __init__(self, folder: Path, state: Path | None = None) -> None:
        """Prepare it; nothing is read or written yet.

        Args:
            folder: Real path of the flow folder.
            state: Where it is kept; None takes ``designer_state()``.
        """
        self._place = (state or designer_state()) / "recorded" / folder_key(folder)

    def keep(self, login: RecordedLogin, masker: Masker) -> bool:
        """Write a login; the oldest goes where there are too many.

        Args:
            login: Which.
            masker: Knows the values of the flow's secrets.

        Returns:
            False where it could not be written, which stops nothing.
        """
        if _KEY.fullmatch(login.key) is None:
            return False
        data = _with_header(dumps(login.record, masker), login)
        path = self._place / f"{login.key}{_SUFFIX}"
        if len(data) > MAX_TRACE_BYTES or not kept_private(path, data):
            return False
        for old in self._files()[MOST_LOGINS:]:
            old.unlink(missing_ok=True)
        return True

    def load(self, names: Mapping[str, str] | None = None) -> tuple[RecordedLogin, ...]:
        """Read the kept logins; a file that is none is passed over.

        Args:
            names: What people call the flow's actions, by id.
        """
        found = (_read(path, names) for path in self._files()[:MOST_LOGINS])
        return tuple(login for login in found if login is not None)

    def forget(self, key: str) -> None:
        """Take a login's file away."""
        if _KEY.fullmatch(key) is not None:
            (self._place / f"{key}{_SUFFIX}").unlink(missing_ok=True)

    def forget_all(self) -> None:
        """Take all files away."""
        for path in self._files():
            path.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        """Return the files, the newest first."""
        try:
            return sorted(self._place.glob(f"*{_SUFFIX}"), reverse=True)
        except OSError:
            return []


def _with_header(data: bytes, login: RecordedLogin) -> bytes:
    first, _, rest = data.partition(b"\n")
    header: JsonObject = orjson.loads(first)
    header[_HEADER] = {"scenario": login.scenario, "at": login.at.isoformat()}
    return orjson.dumps(header) + b"\n" + rest


def _read(path: Path, names: Mapping[str, str] | None) -> RecordedLogin | None:
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
            data = file.read(MAX_TRACE_BYTES + 1)
    except OSError:
        return None
    login = trace_login(data, names=names)
    if not isinstance(login, RecordedLogin):
        return None
    scenario, at = _header_of(data)
    return replace(login, key=path.stem, scenario=scenario, at=at or login.at, kept=True)


def _header_of(data: bytes) -> tuple[str, datetime | None]:
    header: JsonValue = orjson.loads(data.partition(b"\n")[0])
    recorded = header.get(_HEADER) if isinstance(header, dict) else None
    if not isinstance(recorded, dict):
        return "", None
    scenario, at = recorded.get("scenario"), recorded.get("at")
    try:
        moment = datetime.fromisoformat(at) if isinstance(at, str) else None
    except ValueError:
        moment = None
    if moment is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return scenario if isinstance(scenario, str) else "", moment
