"""Logins that ran are listed, opened again, removed, and never tell who logged in."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from loginwright_designer.simulation.login_inputs import LoginInputs
from loginwright_designer.simulation.recorded_files import MOST_KEPT, RecordedFiles
from loginwright_designer.simulation.recorded_login import OpenedLogin, RecordedEnd
from loginwright_designer.simulation.recorded_logins import RecordedLogins
from loginwright_runtime.errors import Problem
from loginwright_runtime.simulation import Scenario
from loginwright_runtime.tracing import Masker, dumps
from loginwright_runtime.tracing.record import RunRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.simulation import ScenarioRun

CANARY = "canary-5b1f8e0c-of-some-length"
MASKER = Masker([CANARY])


class Clock:
    """Seconds that pass when somebody asks."""

    def __init__(self) -> None:
        self.now = 1_795_428_000.0

    def __call__(self) -> float:
        self.now += 60
        return self.now


@pytest.fixture
def inputs(sample_flow: Flow, sample_scenario: Scenario) -> LoginInputs:
    return LoginInputs(sample_flow, sample_scenario)


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Callable[[], RecordedLogins]]:
    """Opens windows on one folder; each has its own store."""
    opened: list[RecordedLogins] = []
    clock = Clock()

    def one() -> RecordedLogins:
        store = RecordedLogins(tmp_path / "flow", tmp_path / "state", clock)
        opened.append(store)
        return store

    yield one
    for store in opened:
        store.close()


def files_of(tmp_path: Path) -> RecordedFiles:
    return RecordedFiles.of(tmp_path / "flow", tmp_path / "state")


def written(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "state").rglob("*") if path.is_file()]


def test_a_login_is_listed_as_soon_as_it_is_over(
    window: Callable[[], RecordedLogins], inputs: LoginInputs, first_login: ScenarioRun
) -> None:
    store = window()
    store.keep(inputs, first_login.record, MASKER)
    (row,) = store.logins
    assert (row.scenario, row.ended, row.legs) == ("First login", RecordedEnd.ALLOWED, 2)
    assert row.steps > 10


def test_a_login_of_this_window_opens_with_all_it_ran_with(
    qtbot: QtBot,
    window: Callable[[], RecordedLogins],
    inputs: LoginInputs,
    first_login: ScenarioRun,
) -> None:
    store = window()
    key = store.keep(inputs, first_login.record, MASKER).key
    with qtbot.waitSignal(store.login_opened) as signal:
        store.open(key)
    (opened,) = signal.args or [None]
    assert isinstance(opened, OpenedLogin)
    assert opened.record is first_login.record
    assert opened.scenario is inputs.scenario
    assert not opened.redacted


def test_the_next_window_opens_it_redacted_with_the_code_that_ran(
    qtbot: QtBot,
    tmp_path: Path,
    window: Callable[[], RecordedLogins],
    inputs: LoginInputs,
    first_login: ScenarioRun,
) -> None:
    earlier = window()
    row = earlier.keep(inputs, first_login.record, MASKER)
    later = window()
    qtbot.waitUntil(lambda: files_of(tmp_path).rows() == (row,))
    with qtbot.waitSignal(later.logins_changed):
        later.load()
    assert later.logins == (row,)
    assert later.held(row.key) is None
    with qtbot.waitSignal(later.login_opened) as signal:
        later.open(row.key)
    (opened,) = signal.args or [None]
    assert isinstance(opened, OpenedLogin)
    assert opened.redacted
    assert opened.flow is not None
    assert dict(opened.flow.files) == dict(inputs.flow.files)
    assert len(opened.record.entries) == len(first_login.record.entries)


def test_nothing_personal_and_no_secret_reaches_the_disk(
    tmp_path: Path, inputs: LoginInputs, first_login: ScenarioRun
) -> None:
    secret_name = Scenario(name=f"Of ada@example.com with {CANARY}")
    store = RecordedLogins(tmp_path / "flow", tmp_path / "state", Clock())
    store.keep(LoginInputs(inputs.flow, secret_name), first_login.record, MASKER)
    store.close()
    logins = [path.read_bytes() for path in written(tmp_path) if path.suffix == ".login"]
    assert len(logins) == 1
    for personal in (CANARY.encode(), b"ada@example.com", b"auth0|0001", b"203.0.113.7", b"teal"):
        assert personal not in logins[0]


def test_its_files_are_for_their_user_only(
    tmp_path: Path, inputs: LoginInputs, first_login: ScenarioRun
) -> None:
    store = RecordedLogins(tmp_path / "flow", tmp_path / "state", Clock())
    store.keep(inputs, first_login.record, MASKER)
    store.close()
    place = files_of(tmp_path).place
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in written(tmp_path)} == {0o600}


def test_the_oldest_makes_room(
    tmp_path: Path, inputs: LoginInputs, first_login: ScenarioRun
) -> None:
    store = RecordedLogins(tmp_path / "flow", tmp_path / "state", Clock())
    first = store.keep(inputs, first_login.record, MASKER)
    short = RunRecord("t", "Flow", first.version)
    for _ in range(MOST_KEPT):
        store.keep(inputs, short, MASKER)
    assert len(store.logins) == MOST_KEPT
    assert store.held(first.key) is None
    store.close()
    kept = files_of(tmp_path).rows()
    assert len(kept) == MOST_KEPT
    assert first not in kept


def test_a_deleted_login_comes_back_on_undo(
    tmp_path: Path, inputs: LoginInputs, first_login: ScenarioRun
) -> None:
    store = RecordedLogins(tmp_path / "flow", tmp_path / "state", Clock())
    one, other = (store.keep(inputs, first_login.record, MASKER) for _ in range(2))
    store.delete(one.key)
    assert store.logins == (other,)
    assert store.undo_delete()
    assert store.logins == (other, one)
    assert store.held(one.key) is not None
    assert not store.undo_delete()
    store.close()
    assert files_of(tmp_path).rows() == (other, one)


def test_deleting_all_leaves_no_file(
    tmp_path: Path, inputs: LoginInputs, first_login: ScenarioRun
) -> None:
    store = RecordedLogins(tmp_path / "flow", tmp_path / "state", Clock())
    for _ in range(2):
        store.keep(inputs, first_login.record, MASKER)
    store.delete_all()
    assert store.logins == ()
    store.close()
    assert written(tmp_path) == []


def test_a_trace_opens_as_far_as_it_can_be_read(
    qtbot: QtBot,
    tmp_path: Path,
    window: Callable[[], RecordedLogins],
    first_login: ScenarioRun,
) -> None:
    trace = tmp_path / "login.trace"
    lines = dumps(first_login.record, MASKER).split(b"\n")
    trace.write_bytes(b"\n".join([*lines[:5], b"nonsense", *lines[5:]]))
    store = window()
    with qtbot.waitSignal(store.login_opened) as signal:
        store.open_trace(trace)
    (opened,) = signal.args or [None]
    assert isinstance(opened, OpenedLogin)
    assert opened.login.scenario == "login"
    assert [problem.line for problem in opened.problems] == [6]
    assert len(opened.record.entries) == len(first_login.record.entries)


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b'{"format": "loginwright/trace@9"}\n'])
def test_what_is_no_trace_is_said(
    qtbot: QtBot, tmp_path: Path, window: Callable[[], RecordedLogins], content: bytes
) -> None:
    trace = tmp_path / "login.trace"
    trace.write_bytes(content)
    store = window()
    with qtbot.waitSignal(store.problem_found) as signal:
        store.open_trace(trace)
    (problem,) = signal.args or [None]
    assert isinstance(problem, Problem)
    assert problem.remedy


def test_a_broken_file_spoils_only_itself(
    tmp_path: Path, inputs: LoginInputs, first_login: ScenarioRun
) -> None:
    store = RecordedLogins(tmp_path / "flow", tmp_path / "state", Clock())
    row = store.keep(inputs, first_login.record, MASKER)
    store.close()
    files = files_of(tmp_path)
    (files.place / "000-cut.login").write_bytes(b'{"format": "loginw')
    assert files.rows() == (row,)
    assert isinstance(files.open("000-cut"), Problem)
    (files.place / f"{row.key}.login").write_bytes(b"{}\n" + dumps(first_login.record, MASKER))
    opened = files.open(row.key)
    assert isinstance(opened, OpenedLogin)
    assert opened.login.ended is RecordedEnd.ALLOWED


def test_where_nothing_can_be_written_it_is_said(
    qtbot: QtBot, tmp_path: Path, inputs: LoginInputs, first_login: ScenarioRun
) -> None:
    (tmp_path / "state").write_bytes(b"a file in the way")
    store = RecordedLogins(tmp_path / "flow", tmp_path / "state", Clock())
    with qtbot.waitSignal(store.problem_found) as signal:
        store.keep(inputs, first_login.record, MASKER)
    assert isinstance((signal.args or [None])[0], Problem)
    assert len(store.logins) == 1
    store.close()
