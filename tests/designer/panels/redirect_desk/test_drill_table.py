"""Drills fill a table row by row; a refused token is explained below its row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from loginwright_designer.controls.labels import strong_words
from loginwright_designer.simulation.drills import Drill, DrillResult, Verdict
from loginwright_designer.simulation.refusal import refusal_of
from loginwright_designer.theme.theme import Theme

if TYPE_CHECKING:
    from desk_samples import DeskSample
    from loginwright_designer.panels.redirect_desk.drill_rows import DrillRow
    from loginwright_designer.panels.redirect_desk.drill_table import DrillTable
    from loginwright_designer.panels.redirect_desk.redirect_desk import RedirectDesk

ECHO = "The session token is invalid: State in the token does not match the /continue state."
CAUSE = "This is the token that was sent out. It has no `state`. The site has to sign a new one."


@pytest.fixture
def table(page: RedirectDesk, away: DeskSample) -> DrillTable:
    """The table with every drill."""
    page.show_drills(away.drills)
    QApplication.processEvents()
    return page.drills


def row_of(table: DrillTable, drill: Drill) -> DrillRow:
    """The row of a drill."""
    return next(row for row in table.rows if row.result.drill is drill)


def test_the_table_comes_with_the_first_drill(page: RedirectDesk, away: DeskSample) -> None:
    assert not page.drills.isVisible()
    page.show_drills((), Drill.NO_TOKEN)
    assert page.drills.isVisible()
    assert page.drills.progress.text() == "Running: no token, 0 of 16 done"
    page.show_drills(away.drills[:1], Drill.ECHOED)
    first = page.drills.rows[0]
    page.show_drills(away.drills)
    assert page.drills.rows[0] is first
    assert not page.drills.cancel.isVisible()
    assert len(page.drills.rows) == len(Drill)


def test_running_drills_can_be_cancelled(page: RedirectDesk) -> None:
    cancelled: list[bool] = []
    page.drills_cancelled.connect(lambda: cancelled.append(True))
    page.show_drills((), Drill.NO_TOKEN)
    page.drills.cancel.click()
    assert cancelled


def test_a_row_tells_what_was_sent_and_how_the_flow_did(table: DrillTable) -> None:
    row = row_of(table, Drill.ECHOED)
    assert row.accessibleName() == (
        f"the token that was sent out, echoed back: {ECHO} Refused, as it should be"
    )


def test_enter_explains_a_refused_token(table: DrillTable) -> None:
    row = row_of(table, Drill.ECHOED)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert table.refusal.isVisible()
    assert table.refusal.message.text() == ECHO
    assert table.refusal.cause.whole_text() == CAUSE
    assert len(table.refusal.rows) == 7
    QApplication.processEvents()
    assert table.refusal.y() > row.y()
    assert table.refusal.y() < row_of(table, Drill.WRONG_SECRET).y()


@pytest.mark.parametrize("zoom", [100, 125, 150, 200])
def test_what_a_column_of_checks_is_called_stands_above_it_after_a_zoom(
    table: DrillTable, page: RedirectDesk, zoom: int
) -> None:
    row = row_of(table, Drill.ECHOED)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    refusal = table.refusal
    theme = page.findChild(Theme)
    assert theme is not None

    theme.choose_zoom(zoom)
    page.resize(theme.px(736), theme.px(640))
    QApplication.processEvents()

    assert refusal.titles is not None
    named = {label.text(): label for label in refusal.titles.names}
    check = refusal.rows[1]
    for label, cell in ((named["Expected"], check.expected), (named["Got"], check.got)):
        assert label.mapTo(refusal, QPoint()).x() == cell.mapTo(refusal, QPoint()).x()


def test_arrows_go_from_row_to_row(table: DrillTable) -> None:
    table.rows[0].setFocus()
    QTest.keyClick(table.rows[0], Qt.Key.Key_Down)
    assert table.rows[1].hasFocus()
    QTest.keyClick(table.rows[1], Qt.Key.Key_Up)
    assert table.rows[0].hasFocus()


def test_a_run_is_opened_and_saved(page: RedirectDesk, table: DrillTable) -> None:
    opened: list[DrillResult] = []
    saved: list[DrillResult] = []
    page.drill_opened.connect(opened.append)
    page.drill_saved.connect(saved.append)
    row = row_of(table, Drill.EXPIRED)
    row.open_action.trigger()
    row.save_action.trigger()
    assert opened == saved == [row.result]


def test_what_did_not_run_cannot_be_opened(table: DrillTable, away: DeskSample) -> None:
    nothing = DrillResult(Drill.NO_TOKEN, Verdict.NOT_APPLICABLE, "This action asks for no token.")
    table.show_results((nothing,))
    assert not table.rows[0].open_action.isEnabled()
    assert not table.rows[0].save_action.isEnabled()


def test_an_accepted_answer_says_so_loudly(table: DrillTable, away: DeskSample) -> None:
    accepted = replace(away.drilled(Drill.TWICE), verdict=Verdict.ACCEPTED)
    table.show_results((accepted,))
    assert table.rows[0].spoken.endswith("Accepted: this action does not check it")
    assert f"{strong_words('Accepted')}:" in table.rows[0].verdict_text


def test_the_desk_explains_the_answer_that_was_refused(
    page: RedirectDesk, away: DeskSample
) -> None:
    result = away.drilled(Drill.ECHOED)
    refusal = refusal_of(result.record, result.outcome, away.desk)
    assert refusal is not None
    wanted: list[bool] = []
    page.correct_reply_wanted.connect(lambda: wanted.append(True))
    page.show_refusal(refusal)
    assert "the login failed with access_denied" in page.refusal.consequence.text()
    states = [row.spoken.split(":")[0] for row in page.refusal.rows]
    assert states[:4] == [
        "found, passes",
        "signature, passes",
        "state, fails",
        "claims, passes, not reached",
    ]
    page.refusal.correct_button.click()
    assert wanted


def test_only_the_characters_that_differ_are_marked(page: RedirectDesk, away: DeskSample) -> None:
    result = away.drilled(Drill.OTHER_SUB)
    refusal = refusal_of(result.record, result.outcome, away.desk)
    assert refusal is not None
    page.show_refusal(refusal)
    row = next(row for row in page.refusal.rows if row.check.check == "sub")
    assert row.expected.text == "auth0|0001"
    assert row.got.marked == ("-another",)
    passed = page.refusal.rows[0]
    assert passed.got.marked == ()
