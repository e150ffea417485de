"""The steps strip is looked at with mouse, keys and screen reader."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest

from loginwright_designer.panels.bottom.bottom_signals import StepChoice
from loginwright_designer.panels.bottom.steps_strip import StepsStrip
from loginwright_designer.simulation.steps import Steps, steps
from loginwright_designer.theme.roles import Role
from loginwright_runtime.tracing.record import CallMade, HandlerBegan, Left, RunRecord
from painted_pictures import share_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from lane_samples import Sample
    from loginwright_designer.theme.theme import Theme

SEND_USER_TO = 7


@pytest.fixture
def strip(qtbot: QtBot, make_theme: Callable[..., Theme]) -> StepsStrip:
    """An empty strip on the screen, as wide as the pane of the mocks."""
    strip = StepsStrip(make_theme())
    qtbot.addWidget(strip)
    strip.resize(1392, 104)
    with qtbot.waitExposed(strip):
        strip.show()
    return strip


@pytest.fixture
def follow(strip: StepsStrip) -> list[StepChoice]:
    """Shows every step that is chosen, as the window does; lists the choices."""
    chosen: list[StepChoice] = []

    def look(choice: StepChoice) -> None:
        chosen.append(choice)
        strip.show_steps(strip.steps, None if choice.now else choice.step)

    strip.step_chosen.connect(look)
    return chosen


def centre(strip: StepsStrip, number: int) -> QPoint:
    """The middle of a step's cell."""
    model = strip.model()
    assert model is not None
    return strip.visualRect(model.index(number - 1, 0)).center()


def said(strip: StepsStrip, number: int) -> str:
    """What a screen reader says of a step."""
    tree = QAccessible.queryAccessibleInterface(strip)
    assert tree is not None
    return tree.child(number - 1).text(QAccessible.Text.Name)


def picture(strip: StepsStrip) -> QImage:
    """The strip as it is seen."""
    return strip.grab().toImage()


def test_click_chooses_the_step_under_the_mouse(
    strip: StepsStrip, first_login: Steps, follow: list[StepChoice]
) -> None:
    strip.show_steps(first_login)
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=centre(strip, SEND_USER_TO))
    assert follow == [StepChoice(SEND_USER_TO)]
    assert strip.shown == SEND_USER_TO


def test_playhead_dragged_left_passes_every_step_on_its_way(
    strip: StepsStrip, first_login: Steps, follow: list[StepChoice]
) -> None:
    strip.show_steps(first_login)
    view, left = strip.viewport(), Qt.MouseButton.LeftButton
    above = QPoint(centre(strip, 20).x(), 27)
    QTest.mousePress(view, left, pos=above)
    for number in (19, 18, 17):
        QTest.mouseMove(view, QPoint(centre(strip, number).x(), 27))
    QTest.mouseRelease(view, left, pos=QPoint(centre(strip, 17).x(), 27))
    assert follow == [StepChoice(20, now=True), StepChoice(19), StepChoice(18), StepChoice(17)]


def test_mouse_that_only_passes_over_chooses_nothing(
    strip: StepsStrip, first_login: Steps, follow: list[StepChoice]
) -> None:
    strip.show_steps(first_login)
    QTest.mouseMove(strip.viewport(), centre(strip, 3))
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(1380, 48))
    assert follow == []


def test_playhead_held_beyond_the_end_scrolls_on(
    qtbot: QtBot, strip: StepsStrip, first_login: Steps, follow: list[StepChoice]
) -> None:
    strip.resize(400, 104)
    strip.show_steps(first_login, 1)
    QTest.mousePress(strip.viewport(), Qt.MouseButton.LeftButton, pos=centre(strip, 2))
    QTest.mouseMove(strip.viewport(), QPoint(500, 48))
    qtbot.waitUntil(lambda: strip.shown is None)
    assert follow[-1] == StepChoice(20, now=True)
    QTest.mouseRelease(strip.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(500, 48))


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_Left, StepChoice(6)),
        (Qt.Key.Key_Right, StepChoice(8)),
        (Qt.Key.Key_Home, StepChoice(1)),
        (Qt.Key.Key_End, StepChoice(20, now=True)),
    ],
)
def test_keys_go_through_time(
    strip: StepsStrip,
    first_login: Steps,
    follow: list[StepChoice],
    key: Qt.Key,
    expected: StepChoice,
) -> None:
    strip.show_steps(first_login, SEND_USER_TO)
    QTest.keyClick(strip, key)
    assert follow == [expected]


def test_right_of_now_there_is_nothing_to_choose(
    strip: StepsStrip, first_login: Steps, follow: list[StepChoice]
) -> None:
    strip.show_steps(first_login)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert follow == []


def test_every_step_has_a_name_that_is_read_out(strip: StepsStrip, first_login: Steps) -> None:
    strip.show_steps(first_login, SEND_USER_TO)
    assert said(strip, 7) == "Step 7 of 20, sendUserTo, Ask favourite colour, line 21, shown"
    assert said(strip, 9) == "Step 9 of 20, away at my-app.example.com, later"
    assert all(said(strip, number) for number in range(1, 21))


def test_past_and_now_are_announced(strip: StepsStrip, first_login: Steps) -> None:
    heard: list[str] = []
    strip.announced.connect(lambda one: heard.append(one.text))
    strip.show_steps(first_login)
    strip.show_steps(first_login, SEND_USER_TO)
    strip.show_steps(first_login, SEND_USER_TO)
    strip.show_steps(first_login)
    assert heard == ["Past, step 7 of 20. sendUserTo, Ask favourite colour", "Now."]


def test_new_step_comes_into_sight(
    strip: StepsStrip, sample: Sample, names: dict[str, str]
) -> None:
    strip.resize(400, 104)
    record = sample.record("first-login")
    for count in range(1, len(record.entries) + 1):
        strip.show_steps(steps(replace(record, entries=record.entries[:count]), names))
        if strip.steps.total:
            assert 0 <= centre(strip, strip.steps.total).x() <= 400
    assert strip.horizontalScrollBar().value() > 0


def test_another_login_begins_anew(
    strip: StepsStrip, sample: Sample, names: dict[str, str], first_login: Steps
) -> None:
    strip.show_steps(first_login)
    strip.show_steps(steps(sample.record("on-a-saturday"), names))
    model = strip.model()
    assert model is not None
    assert model.rowCount() == strip.steps.total < 20


def test_a_step_that_is_not_there_is_not_shown(strip: StepsStrip, first_login: Steps) -> None:
    strip.show_steps(first_login, 21)
    assert strip.shown is None


def test_away_paused_and_finished_look_different(
    strip: StepsStrip, make_theme: Callable[..., Theme], sample: Sample, first_login: Steps
) -> None:
    theme = make_theme()
    record = sample.record("first-login")
    left = next(index for index, one in enumerate(record.entries) if isinstance(one, Left))
    strip.show_steps(steps(replace(record, entries=record.entries[: left + 1])), away="waiting")
    assert share_of(picture(strip), theme.colour(Role.AWAY_TINT)) > 0.01
    strip.show_steps(first_login, paused=True)
    assert share_of(picture(strip), theme.colour(Role.PAUSED_TINT)) > 0.004
    strip.show_steps(first_login)
    assert share_of(picture(strip), theme.colour(Role.ACCENT_TINT)) > 0.004


def test_durations_keep_every_step_within_reach(
    strip: StepsStrip, first_login: Steps, follow: list[StepChoice]
) -> None:
    strip.show_steps(first_login)
    strip.show_durations(shown=True)
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=centre(strip, SEND_USER_TO))
    assert follow == [StepChoice(SEND_USER_TO)]
    strip.show_durations(shown=False)
    assert not strip.durations_shown


def test_only_what_is_in_sight_is_painted(
    strip: StepsStrip, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = [CallMade(seq, 0, 1, "long", "user.setUserMetadata", [], 3) for seq in range(1, 10_000)]
    record = RunRecord(
        "t", "F", "v", (HandlerBegan(0, 0, 1, "long", "onExecutePostLogin", 0), *calls)
    )
    strip.show_steps(steps(record))
    asked: list[int] = []
    places = strip._shown_places()
    cell = type(places).cell

    def counted(self: object, index: int, theme: Theme) -> object:
        asked.append(index)
        return cell(places, index, theme)

    monkeypatch.setattr(type(places), "cell", counted)
    picture(strip)
    assert 0 < len(asked) < 60


def test_zoom_makes_cells_larger(
    qtbot: QtBot, make_theme: Callable[..., Theme], first_login: Steps
) -> None:
    theme = make_theme()
    strip = StepsStrip(theme)
    qtbot.addWidget(strip)
    strip.show_steps(first_login)
    model = strip.model()
    assert model is not None
    before = strip.visualRect(model.index(0, 0)).width()
    theme.choose_zoom(200)
    assert strip.visualRect(model.index(0, 0)).width() == 2 * before
    assert strip.minimumHeight() == 208
