"""The bars say how a login ended, that the past is shown, what to press, and where things stand."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loginwright_designer.panels.bars.bar_signals import (
    OfferChoice,
    OutcomeOffer,
    ScenarioState,
    ScenarioTally,
    StatusChoice,
    StatusPart,
    StatusWords,
)
from loginwright_designer.panels.bars.coach_line import CoachLine
from loginwright_designer.panels.bars.outcome_bar import OutcomeBar
from loginwright_designer.panels.bars.past_bar import PastBar
from loginwright_designer.panels.bars.sentence_label import SentenceLabel
from loginwright_designer.panels.bars.status_line import StatusLine
from loginwright_designer.simulation.outcome_words import OutcomeState, OutcomeWords
from loginwright_designer.theme.marks import State
from loginwright_designer.theme.roles import Role, TextStyle
from painted_pictures import share_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme

ALLOWED = OutcomeWords(
    OutcomeState.ALLOWED,
    "Allowed",
    "My SPA gets an ID and an access token. 2 claims, profile changed: 1 key.",
)
PAUSED = StatusWords(
    State.PAUSED,
    "Paused at line 16",
    crumbs=("Flow", "Ask favourite colour", "line 16"),
    scenarios=ScenarioTally(12, 12),
    warnings=1,
    exported="exported 3fa9… · 2 edits since",
    place="Ln 21, Col 3",
    language="JavaScript",
    read_only=True,
    tab_moves_focus=True,
    versions="Node 24 · Python 3.11",
)
THREE = [OutcomeOffer.SEE_CLAIMS, OutcomeOffer.BROKEN_REPLY, OutcomeOffer.OWN_ACTION]


@pytest.fixture
def on_screen(qtbot: QtBot, styled: Callable[[Theme], None]) -> Callable[..., QWidget]:
    """Shows a bar across a window of some width, and keeps the window."""
    windows: list[QWidget] = []

    def show(bar: QWidget, theme: Theme, width: int = 1392) -> QWidget:
        styled(theme)
        window = QWidget()
        column = QVBoxLayout(window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(bar)
        column.addStretch(1)
        qtbot.addWidget(window)
        windows.append(window)
        window.resize(width, 300)
        with qtbot.waitExposed(window):
            window.show()
        return window

    return show


def shown_offers(bar: OutcomeBar) -> list[OutcomeOffer]:
    """The offers that are buttons at this width."""
    return [offer for offer, button in bar.offers.items() if button.isVisible()]


def test_outcome_offers_three_things_and_more_in_a_menu(
    make_theme: Callable[..., Theme], on_screen: Callable[..., QWidget]
) -> None:
    theme = make_theme()
    bar = OutcomeBar(theme)
    chosen: list[OfferChoice] = []
    bar.offer_chosen.connect(chosen.append)
    bar.show_outcome(ALLOWED)
    on_screen(bar, theme)
    assert bar.word.whole_text() == "Allowed"
    assert bar.sentence.text() == ALLOWED.sentence
    assert bar.accessibleName() == ALLOWED.spoken
    assert [button.text() for button in bar.offers.values()] == [
        "See who set each claim",
        "Try a broken reply",
        "Start with your own action",
    ]
    assert shown_offers(bar) == THREE
    for button in bar.offers.values():
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    menu = bar.menu()
    for action in menu.actions():
        action.trigger()
    assert chosen == [OfferChoice(offer) for offer in OutcomeOffer]


def test_offers_go_into_the_menu_where_the_window_is_narrow(
    make_theme: Callable[..., Theme], on_screen: Callable[..., QWidget]
) -> None:
    theme = make_theme()
    bar = OutcomeBar(theme)
    bar.show_outcome(ALLOWED)
    on_screen(bar, theme, 720)
    assert len(shown_offers(bar)) < 3
    texts = [action.text() for action in bar.menu().actions()]
    assert "Start with your own action" in texts
    assert len(bar.sentence.lines()) == 2


def test_an_offer_that_can_be_taken_keeps_its_place_before_one_that_cannot(
    make_theme: Callable[..., Theme], on_screen: Callable[..., QWidget]
) -> None:
    theme = make_theme()
    bar = OutcomeBar(theme)
    bar.show_outcome(ALLOWED, reasons={OutcomeOffer.SEE_CLAIMS: "No tokens were issued."})
    on_screen(bar, theme, 720)
    assert shown_offers(bar) == [OutcomeOffer.BROKEN_REPLY]


def test_offers_that_cannot_be_taken_give_way_to_a_long_sentence(
    make_theme: Callable[..., Theme], on_screen: Callable[..., QWidget]
) -> None:
    theme = make_theme()
    bar = OutcomeBar(theme)
    why = dict.fromkeys((OutcomeOffer.SEE_CLAIMS, OutcomeOffer.BROKEN_REPLY), "Nothing began.")
    sentence = "No worker could be started, because there is no such file or directory. " * 3
    bar.show_outcome(replace(ALLOWED, sentence=sentence.strip()), reasons=why)
    on_screen(bar, theme, 1440)
    assert OutcomeOffer.OWN_ACTION in shown_offers(bar)
    assert OutcomeOffer.BROKEN_REPLY not in shown_offers(bar)
    assert not any("…" in line for line in bar.sentence.lines())


def test_a_sentence_that_fits_only_smaller_is_written_smaller_and_whole(
    make_theme: Callable[..., Theme], on_screen: Callable[..., QWidget]
) -> None:
    theme = make_theme()
    sentence = SentenceLabel(theme)
    sentence.setText("My SPA is closed at the weekend. My SPA gets access_denied.")
    on_screen(sentence, theme, 400)
    small = theme.fonts.metrics(TextStyle.SECONDARY).horizontalAdvance(sentence.text())
    large = theme.fonts.metrics(TextStyle.BODY).horizontalAdvance(sentence.text())
    sentence.resize(ceil(small) + 1, sentence.height())
    assert sentence.width() < large
    assert sentence.lines() == [sentence.text()]
    assert sentence.style_shown() is TextStyle.SECONDARY
    sentence.resize(ceil(large) + 1, sentence.height())
    assert sentence.style_shown() is TextStyle.BODY


def test_offer_that_makes_no_sense_is_disabled_and_says_why(
    make_theme: Callable[..., Theme], on_screen: Callable[..., QWidget]
) -> None:
    theme = make_theme()
    bar = OutcomeBar(theme)
    why = "This login sent nobody away."
    bar.show_outcome(ALLOWED, reasons={OutcomeOffer.BROKEN_REPLY: why})
    on_screen(bar, theme)
    button = bar.offers[OutcomeOffer.BROKEN_REPLY]
    assert not button.isEnabled()
    assert button.toolTip() == why


def test_outcome_before_the_last_edit_is_not_green(
    make_theme: Callable[..., Theme], on_screen: Callable[..., QWidget]
) -> None:
    theme = make_theme()
    bar = OutcomeBar(theme)
    bar.show_outcome(ALLOWED)
    on_screen(bar, theme)
    green = theme.colour(Role.SUCCESS_TINT)
    assert share_of(bar.grab().toImage(), green) > 0.2
    bar.show_outcome(ALLOWED, stale=True)
    assert share_of(bar.grab().toImage(), green) == 0
    assert "before your last edit" in bar.sentence.text()


def test_past_bar_says_that_nothing_runs(
    qtbot: QtBot, make_theme: Callable[..., Theme], on_screen: Callable[..., QWidget]
) -> None:
    theme = make_theme()
    bar = PastBar(theme)
    bar.show_step(4, 11)
    on_screen(bar, theme)
    assert bar.height() == 28
    assert bar.accessibleName() == "Step 4 of 11, already happened. Nothing runs here."
    for button, signal in (
        (bar.back, bar.step_back),
        (bar.forward, bar.step_forward),
        (bar.now, bar.back_to_now),
    ):
        with qtbot.waitSignal(signal):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert share_of(bar.grab().toImage(), theme.colour(Role.PAST_HATCH)) > 0.05


def test_past_ends_at_the_first_step_and_at_now(make_theme: Callable[..., Theme]) -> None:
    theme = make_theme()
    bar = PastBar(theme)
    bar.show_step(1, 2)
    assert (bar.back.isEnabled(), bar.forward.isEnabled()) == (False, True)
    bar.show_step(2, 2)
    assert (bar.back.isEnabled(), bar.forward.isEnabled()) == (True, False)
    bar.deleteLater()


def test_coach_line_ticks_what_is_done_and_goes(
    make_theme: Callable[..., Theme], on_screen: Callable[..., QWidget]
) -> None:
    theme = make_theme()
    line = CoachLine(theme)
    on_screen(line, theme)
    assert line.accessibleName() == (
        "F5 runs this login. It stops when the user is sent away: Ctrl+Enter answers for the "
        "other site. F5 finishes."
    )
    line.show_progress(1)
    assert [part.accessibleName().rpartition(" ")[2] for part in line.parts] == ["done", "do", "do"]
    line.show_progress(3)
    assert not line.isVisible()


def test_coach_line_is_dismissed_for_good(
    qtbot: QtBot, make_theme: Callable[..., Theme], on_screen: Callable[..., QWidget]
) -> None:
    theme = make_theme()
    line = CoachLine(theme)
    on_screen(line, theme)
    with qtbot.waitSignal(line.dismissed):
        QTest.mouseClick(line.close_button, Qt.MouseButton.LeftButton)
    assert not line.isVisible()


@pytest.mark.parametrize("zoom", [100, 200])
def test_coach_line_takes_as_many_lines_as_it_needs(
    make_theme: Callable[..., Theme], on_screen: Callable[..., QWidget], zoom: int
) -> None:
    theme = make_theme(zoom=zoom)
    line = CoachLine(theme)
    on_screen(line, theme, 640)
    assert line.height() > theme.px(36)
    for part in line.parts:
        assert line.rect().contains(part.geometry())
        assert not part.geometry().intersects(line.close_button.geometry())
        assert part.label.height() >= part.label.heightForWidth(part.label.width())


def test_status_line_says_everything(
    make_theme: Callable[..., Theme], on_screen: Callable[..., QWidget]
) -> None:
    theme = make_theme()
    line = StatusLine(theme)
    line.show_status(PAUSED)
    on_screen(line, theme)
    assert line.height() == 28
    assert line.state.text() == "Paused at line 16"
    assert [link.text() for link in line.crumbs.links] == list(PAUSED.crumbs)
    assert line.scenarios.text() == "12/12"
    assert line.scenarios.accessibleName() == "12 of 12 scenarios end as expected"
    assert line.problems.text() == "1 warning"
    right = (line.place, line.read_only, line.tab_moves_focus, line.versions, line.exported)
    assert all(widget.isVisible() for widget in right)


def test_what_the_login_is_now_is_told_apart_from_the_past(
    qtbot: QtBot, make_theme: Callable[..., Theme]
) -> None:
    theme = make_theme()
    line = StatusLine(theme)
    qtbot.addWidget(line)
    past = StatusWords(mark=State.PAST, text="Past: step 4 of 11", now=(State.RAN, "Allowed"))
    line.show_status(past)
    assert (line.state.text(), line.now.text()) == ("Past: step 4 of 11", "Now: Allowed")


@pytest.mark.parametrize(
    ("tally", "text", "spoken"),
    [
        (ScenarioTally(11, 12, ScenarioState.DIFFERS), "11/12", "Differs: 11 of 12"),
        (ScenarioTally(12, 12, ScenarioState.STALE), "12/12 stale", "Stale: 12 of 12"),
        (ScenarioTally(3, 12, ScenarioState.RUNNING), "3/12 running", "Scenarios are running"),
    ],
)
def test_scenarios_are_told_by_word_as_well(
    qtbot: QtBot, make_theme: Callable[..., Theme], tally: ScenarioTally, text: str, spoken: str
) -> None:
    theme = make_theme()
    line = StatusLine(theme)
    qtbot.addWidget(line)
    line.show_status(StatusWords(scenarios=tally))
    assert line.scenarios.text() == text
    assert line.scenarios.accessibleName().startswith(spoken)


def test_parts_of_the_status_line_are_links(
    make_theme: Callable[..., Theme], on_screen: Callable[..., QWidget]
) -> None:
    theme = make_theme()
    line = StatusLine(theme)
    line.show_status(PAUSED)
    on_screen(line, theme)
    pressed: list[StatusChoice] = []
    line.part_pressed.connect(pressed.append)
    links = (line.state, line.crumbs.links[1], line.scenarios, line.problems, line.exported)
    for link in links:
        QTest.keyClick(link, Qt.Key.Key_Space)
    assert pressed == [
        StatusChoice(StatusPart.STATE),
        StatusChoice(StatusPart.CRUMB, 1),
        StatusChoice(StatusPart.SCENARIOS),
        StatusChoice(StatusPart.PROBLEMS),
        StatusChoice(StatusPart.EXPORT),
    ]


@pytest.mark.parametrize("zoom", [100, 200])
def test_narrow_status_line_keeps_what_matters_and_cuts_nothing(
    make_theme: Callable[..., Theme], on_screen: Callable[..., QWidget], zoom: int
) -> None:
    theme = make_theme(zoom=zoom)
    line = StatusLine(theme)
    line.show_status(PAUSED)
    on_screen(line, theme, 640)
    assert line.state.isVisible()
    assert line.scenarios.isVisible()
    assert not line.versions.isVisible()
    assert line.state.width() >= line.state.sizeHint().width()
    assert line.scenarios.width() >= line.scenarios.sizeHint().width()


def test_message_stands_for_a_while(
    qtbot: QtBot, make_theme: Callable[..., Theme], on_screen: Callable[..., QWidget]
) -> None:
    theme = make_theme()
    line = StatusLine(theme)
    line.show_status(PAUSED)
    on_screen(line, theme)
    line.show_message("Undone: move Ask favourite colour", 1)
    assert line.message.isVisible()
    qtbot.waitUntil(lambda: not line.message.isVisible())


def test_everything_that_takes_the_keyboard_has_a_name(
    make_theme: Callable[..., Theme], on_screen: Callable[..., QWidget]
) -> None:
    theme = make_theme()
    outcome, past, coach, status = (
        OutcomeBar(theme),
        PastBar(theme),
        CoachLine(theme),
        StatusLine(theme),
    )
    outcome.show_outcome(ALLOWED)
    past.show_step(4, 11)
    status.show_status(PAUSED)
    for bar in (outcome, past, coach, status):
        window = on_screen(bar, theme)
        for widget in window.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                tree = QAccessible.queryAccessibleInterface(widget)
                assert tree is not None
                assert tree.text(QAccessible.Text.Name), widget
