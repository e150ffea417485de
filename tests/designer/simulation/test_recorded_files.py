"""Only what somebody asks to keep is written, and nothing in it names anybody."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from loginwright_designer.simulation.login_inputs import LoginInputs
from loginwright_designer.simulation.login_signals import LoginEnd
from loginwright_designer.simulation.recorded_files import RecordedFiles
from loginwright_designer.simulation.recorded_logins import (
    MOST_LOGINS,
    RecordedLogin,
    recorded_end,
)
from loginwright_runtime.tracing import Masker
from loginwright_runtime.tracing.record import LogWritten

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.simulation import Scenario, ScenarioRun

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SECRET = "canary-secret-0123456789"


@pytest.fixture
def login(sample_flow: Flow, sample_scenario: Scenario, first_login: ScenarioRun) -> RecordedLogin:
    end = LoginEnd(LoginInputs(sample_flow, sample_scenario), first_login.record, None)
    made = recorded_end(end, "20261123T120000-000000-1", NOON)
    assert made is not None
    return made


@pytest.fixture
def files(tmp_path: Path) -> RecordedFiles:
    return RecordedFiles(tmp_path / "flow", tmp_path / "state")


def written(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "state").rglob("*") if path.is_file()]


def test_a_kept_login_is_read_back(
    files: RecordedFiles, login: RecordedLogin, action_names: dict[str, str]
) -> None:
    assert files.keep(login, Masker(()))
    (read,) = files.load(action_names)
    assert (read.key, read.scenario, read.at) == (login.key, "First login", NOON)
    assert (read.word, read.legs, read.steps) == ("Allowed", 2, 20)
    assert read.kept
    assert read.problems == ()


def test_nothing_personal_and_no_secret_is_written(
    files: RecordedFiles, login: RecordedLogin, tmp_path: Path
) -> None:
    last = login.record.entries[-1]
    said = LogWritten(last.seq + 1, last.at, 2, "a", "log", f"with {SECRET} for ada@example.com")
    record = replace(login.record, entries=(*login.record.entries, said))
    files.keep(replace(login, record=record), Masker((SECRET,)))
    (path,) = written(tmp_path)
    data = path.read_bytes()
    for canary in (SECRET.encode(), b"ada@example.com", b"Ada Example", b"eyJ", b"auth0|0001"):
        assert canary not in data


def test_only_this_user_can_read_it(
    files: RecordedFiles, login: RecordedLogin, tmp_path: Path
) -> None:
    files.keep(login, Masker(()))
    (path,) = written(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_oldest_file_goes(files: RecordedFiles, login: RecordedLogin, tmp_path: Path) -> None:
    for number in range(MOST_LOGINS + 2):
        at = NOON + timedelta(minutes=number)
        files.keep(replace(login, key=f"{at:%Y%m%dT%H%M%S}-1", at=at), Masker(()))
    assert len(written(tmp_path)) == MOST_LOGINS
    assert files.load()[-1].at == NOON + timedelta(minutes=2)


def test_a_login_is_forgotten_alone_or_with_all(
    files: RecordedFiles, login: RecordedLogin, tmp_path: Path
) -> None:
    files.keep(login, Masker(()))
    files.keep(replace(login, key="another"), Masker(()))
    files.forget("another")
    files.forget("../../somewhere")
    assert [one.key for one in files.load()] == [login.key]
    files.forget_all()
    assert written(tmp_path) == []


def test_a_file_that_is_no_trace_or_a_link_is_passed_over(
    files: RecordedFiles, login: RecordedLogin, tmp_path: Path
) -> None:
    files.keep(login, Masker(()))
    (path,) = written(tmp_path)
    (path.parent / "broken.trace").write_bytes(b"nothing")
    os.symlink(path, path.parent / "link.trace")
    (path.parent / "folder.trace").mkdir()
    assert [one.key for one in files.load()] == [login.key]


def test_a_folder_that_cannot_be_written_stops_nothing(
    login: RecordedLogin, tmp_path: Path
) -> None:
    (tmp_path / "state").write_bytes(b"a file in the way")
    files = RecordedFiles(tmp_path / "flow", tmp_path / "state")
    assert not files.keep(login, Masker(()))
    assert files.load() == ()
    assert not files.keep(replace(login, key="../out"), Masker(()))
