"""Measures the designer from inside, one measurement a process: ``python -m … NAME``, told in JSON.

A process of its own, because memory is measured too, and because the event loop of the table is not
the one that the designer runs on.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from designer_driver import Driver
    from loginwright_runtime.tracing.record import RunRecord

STEPS_OF_LONG_RECORD = 10_000
SCENARIOS = 500
RUNS = 1000
RUNS_BEFORE = 100
"""What is filled once and then stays, kept logins above all, is full after these."""

DRAGGED_ACTIONS = 20
RESTYLES = 10
PAGE = 4096


@dataclass(slots=True)
class Measured:
    """What is told.

    Attributes:
        times: Milliseconds of each turn, by the clock on the wall.
        facts: Other numbers, by name.
        cpu: Milliseconds of each turn in which the thread had a core, where that was measured:
            what is left of a turn on a machine with nothing else to do.
    """

    times: list[float]
    facts: dict[str, float] = field(default_factory=dict)
    cpu: list[float] = field(default_factory=list)

    def told(self) -> dict[str, float]:
        """Return the numbers."""
        told = {"median": median(self.times), "worst": max(self.times), "turns": len(self.times)}
        if self.cpu:
            told["cpu"] = median(self.cpu)
        return told | self.facts


class Turns:
    """Measures one turn after the other."""

    def __init__(self) -> None:
        """Measure none yet."""
        self.times: list[float] = []
        self.cpu: list[float] = []
        self.begin()

    def begin(self) -> None:
        """Begin a turn."""
        self._time, self._cpu = time.perf_counter(), time.thread_time()

    def end(self) -> None:
        """End it."""
        self.times.append((time.perf_counter() - self._time) * 1000)
        self.cpu.append((time.thread_time() - self._cpu) * 1000)


def empty_window() -> Measured:
    """Paint a window with nothing in it; since the process was started."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    application.processEvents()
    return Measured([_since_start()], {"mb": memory_mb()})


def first_frame() -> Measured:
    """Start as ``loginwright-designer`` does: when the window stands, and when the flow does."""
    gc.disable()
    from PySide6.QtWidgets import QApplication

    from loginwright_designer.plain_imports import import_plainly

    import_plainly()
    from loginwright_designer.main_window.wiring.first_frame import FirstFrame
    from loginwright_designer.preferences import PreferencesFile, preferences_file

    application = QApplication([])
    application.setStyle("Fusion")
    loaded = PreferencesFile(preferences_file()).load()
    first = FirstFrame(application, loaded.preferences)
    first.paint()
    painted, memory = _since_start(), memory_mb()

    from qasync import QEventLoop

    from loginwright_designer.serving import Designer

    facts = {"mb": memory}
    with QEventLoop(application) as loop:
        designer = Designer(application, loop, first=first, loaded=loaded)

        def opened(_: object) -> None:
            application.processEvents()
            facts["flow"], facts["flow_mb"] = _since_start(), memory_mb()
            designer.bench.close()

        designer.bench.flow_opened.connect(opened)
        loop.run_until_complete(designer.serve())
    return Measured([painted], facts)


def restyle() -> Measured:
    """Show the other scheme, to and fro, with the sample and a file of code open."""
    from loginwright_designer.theme.roles import SchemeChoice

    with _driving() as (application, driver):
        driver.press("Return")
        theme = driver.bench.theme
        turns = Turns()
        for number in range(RESTYLES):
            turns.begin()
            theme.choose_scheme(SchemeChoice.DARK if number % 2 == 0 else SchemeChoice.LIGHT)
            application.processEvents()
            turns.end()
        return Measured(turns.times[2:], cpu=turns.cpu[2:])


def step_shown() -> Measured:
    """Step through the sample: from the engine's stop to the painted window."""
    from loginwright_designer.simulation import states
    from loginwright_designer.simulation.simulated_login import SimulatedLogin

    reached: list[bool] = []
    turns = Turns()
    stopped = SimulatedLogin.stopped

    def noticed(login: SimulatedLogin, pause: object) -> None:
        reached.append(True)
        turns.begin()
        stopped(login, pause)  # type: ignore[arg-type]  # as it is given

    SimulatedLogin.stopped = noticed  # type: ignore[method-assign,assignment]  # listens only
    with _driving() as (application, driver):
        for _ in range(3):
            driver.flow.run.start("into")
            _wait_for(driver, lambda: bool(reached))
            while not isinstance(driver.state, states.Away):
                if reached:
                    application.processEvents()
                    turns.end()
                    reached.clear()
                    driver.flow.run.into()
                _wait_for(driver, lambda: bool(reached) or isinstance(driver.state, states.Away))
            driver.flow.session.login.stop()
            driver.until(lambda: not isinstance(driver.state, states.Away | states.Running))
    return Measured(turns.times, cpu=turns.cpu)


def scrub() -> Measured:
    """Go through a login of 10,000 steps by single steps and by leaps, each position painted."""
    with _driving() as (application, driver):
        record = _long_record(driver)
        inputs = driver.flow.session.inputs()
        assert inputs is not None
        login = driver.flow.session.login
        login.show_record(inputs, record)
        driver.flow.run.run_began.emit()
        driver.turn()
        facts: dict[str, float] = {"steps": login.steps.total}
        total = login.steps.total
        positions = [*range(4000, 4040), *range(total - 20, total, 2), 10, total // 2, total - 1]
        every: list[float] = []
        for page in ("variables", "changes", "tokens"):
            driver.views.inspector.choose(page)
            turns = Turns()
            for position in positions:
                turns.begin()
                login.look_at(position)
                application.processEvents()
                turns.end()
            every += turns.times
            told = Measured(turns.times, cpu=turns.cpu).told()
            facts |= {f"{page}_{name}": number for name, number in told.items()}
        return Measured(every, facts)


def drag() -> Measured:
    """Drag a card over a lane of 20 actions: each move with what is painted for it."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent

    from benchmarks.bench_commands import a_folder

    folder = a_folder(Path(tempfile.mkdtemp()) / "twenty", DRAGGED_ACTIONS)
    with _driving(folder) as (application, driver):
        lane = driver.views.lane
        data = lane.model().mimeData([lane.model().index(2, 0)])
        viewport = lane.viewport()
        none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        action = Qt.DropAction.MoveAction
        middle = viewport.width() // 2
        enter = QDragEnterEvent(QPoint(middle, 40), action, data, left, none)
        application.sendEvent(viewport, enter)
        turns = Turns()
        for number in range(240):
            place = QPoint(middle, 40 + (number * 7) % max(viewport.height() - 80, 1))
            turns.begin()
            application.sendEvent(viewport, QDragMoveEvent(place, action, data, left, none))
            application.processEvents()
            turns.end()
        return Measured(turns.times, {"previewed": float(lane.shown_drop() is not None)}, turns.cpu)


def grid() -> Measured:
    """Run 500 scenarios from the grid; the longest time in which the window answers nothing."""
    from PySide6.QtCore import Qt, QTimer

    from benchmarks.bench_commands import a_folder

    folder = a_folder(Path(tempfile.mkdtemp()) / "many", 3, scenarios=SCENARIOS)
    with _driving(folder) as (_, driver):
        scenarios = driver.flow.scenarios
        driver.flow.session.setting.trust.trust(folder)
        ticks: list[float] = []
        timer = QTimer(driver.window)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
        timer.start(1)
        gaps: list[float] = []
        facts: dict[str, float] = {}
        for word in ("first", "again"):
            ended: list[object] = []
            scenarios.runs.run_finished.connect(ended.append)
            ticks.clear()
            begin = time.perf_counter()
            if word == "first":
                scenarios.show_grid()
            else:
                scenarios.run_all()
            _wait_for(driver, ended.__len__)
            facts[f"{word}_seconds"] = _since(begin) / 1000
            scenarios.runs.run_finished.disconnect(ended.append)
            between = [(b - a) * 1000 for a, b in pairwise(ticks)]
            facts[f"{word}_gap"] = max(between)
            gaps += between
        facts["over_16"] = sum(gap > 16 for gap in gaps)
        return Measured(gaps, facts)


def memory_of_runs() -> Measured:
    """Run a login of one action to its end 1,000 times; what the process has grown by."""
    from benchmarks.bench_commands import a_folder
    from loginwright_designer.simulation import states

    folder = a_folder(Path(tempfile.mkdtemp()) / "one", 1)
    with _driving(folder) as (_, driver):
        driver.flow.session.setting.trust.trust(folder)
        grown: dict[int, float] = {}
        times = []
        over = (states.Finished, states.Failed)
        for number in range(RUNS + RUNS_BEFORE + 1):
            if number in (RUNS_BEFORE, RUNS_BEFORE + RUNS // 2, RUNS_BEFORE + RUNS):
                gc.collect()
                grown[number] = memory_mb()
            begin = time.perf_counter()
            driver.flow.run.start()
            _wait_for(driver, lambda: isinstance(driver.state, over))
            times.append(_since(begin))
        before, half, after = grown.values()
        facts = {"before_mb": before, "half_mb": half, "after_mb": after}
        return Measured(times, facts | {"grown_mb": after - before})


MEASUREMENTS: dict[str, Callable[[], Measured]] = {
    "empty_window": empty_window,
    "first_frame": first_frame,
    "restyle": restyle,
    "step_shown": step_shown,
    "scrub": scrub,
    "drag": drag,
    "grid": grid,
    "memory_of_runs": memory_of_runs,
}


class _driving:  # noqa: N801 - reads as a context
    """The designer on a folder, driven; closed at the end."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def __enter__(self) -> tuple[QApplication, Driver]:
        from PySide6.QtWidgets import QApplication

        from designer_driver import Driver
        from loginwright_designer.plain_imports import import_plainly

        import_plainly()
        self._application = QApplication([])
        home = Path(os.environ["HOME"])
        self._driver = Driver(self._application, home, self._folder)
        gc.freeze()  # as the start of the application does, once its flow is open
        return self._application, self._driver

    def __exit__(self, *_: object) -> None:
        self._driver.close()


def _wait_for(driver: Driver, reached: Callable[[], object]) -> None:
    """Turn the loop until something is so, without waiting in between."""

    async def wait() -> None:
        while not reached():  # noqa: ASYNC110 - what is waited for is no event
            await asyncio.sleep(0)

    driver.run(wait())


def _long_record(driver: Driver) -> RunRecord:
    """Return a login of the sample in which one action has asked for something 10,000 times."""
    from loginwright_designer.simulation import states
    from loginwright_runtime.tracing.record import CallMade

    driver.press("Ctrl+F5")
    driver.until_state(states.Finished)
    record = driver.flow.session.login.record
    assert record is not None
    call = next(entry for entry in record.entries if isinstance(entry, CallMade))
    at = record.entries.index(call) + 1
    args = call.args
    more = (
        replace(call, method="accessToken.setCustomClaim", args=[f"claim_{number % 300}", number])
        for number in range(STEPS_OF_LONG_RECORD)
    )
    entries = [*record.entries[:at], *more, *record.entries[at:]]
    assert args is not None
    numbered = (replace(entry, seq=number) for number, entry in enumerate(entries, start=1))
    return replace(record, entries=tuple(numbered))


def memory_mb() -> float:
    """Return what of this process is in memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * PAGE / 1e6


def _since(begin: float) -> float:
    return (time.perf_counter() - begin) * 1000


def _since_start() -> float:
    """Return the milliseconds since whoever measures has started this process."""
    return (time.time() - float(os.environ["STARTED_AT"])) * 1000


if __name__ == "__main__":
    sys.stdout.write(json.dumps(MEASUREMENTS[sys.argv[1]]().told()))
