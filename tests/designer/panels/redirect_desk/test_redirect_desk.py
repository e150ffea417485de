"""The desk shows what went out, lets the answer be edited, and sends only when asked to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.rows import SectionTitle, Separator
from loginwright_designer.panels.redirect_desk.desk_row import DeskRow
from loginwright_designer.panels.redirect_desk.desk_signals import AnswerSent, DrillWish, WaitWish
from loginwright_designer.panels.redirect_desk.tab_order import drawn_order
from loginwright_designer.simulation.desk import Answer, AnswerField, Desk
from loginwright_designer.simulation.desk_words import DeskClock
from loginwright_designer.simulation.drills import Drill
from loginwright_designer.simulation.source_place import SourcePlace

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_samples import DeskSample
    from loginwright_designer.panels.redirect_desk.redirect_desk import RedirectDesk
    from loginwright_designer.panels.redirect_desk.value_row import ValueRow

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ACTION = "ask-favourite-colour"


def words(widget: QWidget) -> list[str]:
    """Every text that is seen, whole."""
    QApplication.processEvents()
    labels = (one for one in widget.findChildren(QLabel) if one.isVisible())
    return [one.accessibleName() or one.text() for one in labels]


def link(page: QWidget, name: str) -> Button:
    """A button by its accessible name or its word."""
    return next(
        one
        for one in page.findChildren(Button)
        if one.isVisible() and name in (one.accessibleName(), one.text())
    )


def colour_row(page: RedirectDesk) -> ValueRow:
    """The field of ``favorite_color``."""
    return page.answer_view.token.claims.rows[0]


def answers(page: RedirectDesk) -> list[Answer]:
    """Every answer that the desk tells of from now on."""
    told: list[Answer] = []
    page.answer_changed.connect(told.append)
    return told


def sends(page: RedirectDesk) -> list[AnswerSent]:
    """Everything that is sent from now on."""
    told: list[AnswerSent] = []
    page.answer_sent.connect(told.append)
    return told


def test_the_band_says_who_holds_the_login(page: RedirectDesk) -> None:
    said = words(page.band)
    assert "Away at my-app.example.com" in said
    assert "The login is saved and waits for its browser at login.example.com/continue." in said
    assert "Login clock 10:00:00, fixed" in said


def test_what_went_out_tells_code_from_engine(page: RedirectDesk, away: DeskSample) -> None:
    said = words(page.sent)
    assert "https://my-app.example.com/" in said
    assert away.sent_token in said
    assert "added by engine" in said
    assert "signed with MY_SHARED_SECRET" in said
    assert said.count("set for you") == 4
    assert link(page.sent, "email, from your code, line 12").text() == "from your code:12"


def test_links_lead_to_the_lines_of_the_action(page: RedirectDesk) -> None:
    opened: list[SourcePlace] = []
    page.place_opened.connect(opened.append)
    link(page, "email, from your code, line 12").click()
    link(page, "favorite_color, read at line 38, 39").click()
    link(page, "validateToken, line 34").click()
    assert opened == [SourcePlace(ACTION, line) for line in (12, 38, 34)]


def test_the_first_send_would_be_accepted(page: RedirectDesk) -> None:
    said = words(page.strip)
    assert "validateToken would accept this" in said
    order = ("found", "signature", "state", "claims", "type", "sub", "in time")
    assert [f"{check}: passes" for check in order] == [one for one in said if "passes" in one]
    assert page.strip.next.text() == (
        "Next: onContinuePostLogin, with a new event.request. "
        "Will not run again: Block weekends, Require MFA in NA."
    )


def test_every_part_stands_apart_from_the_line_above_it(page: RedirectDesk) -> None:
    """As in the pictures that it is drawn from, also where a part begins with its title."""
    halves = (page.sent, page.answer_view)
    lines = [line for half in halves for line in half.findChildren(Separator)]
    titles = page.findChildren(SectionTitle)
    assert len(lines) == len(titles) == 3
    below = set()
    for line in lines:
        half = line.parentWidget()
        assert half is not None
        y = line.mapTo(page, QPoint(0, 0)).y()
        siblings = half.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        shown = [one.geometry() for one in siblings if one.isVisible() and one is not line]
        assert line.y() - max(one.bottom() for one in shown if one.bottom() < line.y()) > 8
        own = [title for title in titles if half.isAncestorOf(title)]
        middles = [title.mapTo(page, title.rect().center()).y() - y for title in own]
        below.add(min(middle for middle in middles if middle > 0))
    assert max(below) - min(below) <= 2


def test_the_buttons_of_the_token_stand_apart_from_its_claims(page: RedirectDesk) -> None:
    decode = link(page.sent, "Decode as text")
    claims = [one for one in page.sent.findChildren(DeskRow) if one.isVisible()]
    lowest = max(row.mapTo(page, QPoint(0, row.height())).y() for row in claims)
    assert decode.mapTo(page, QPoint(0, 0)).y() - lowest >= 8


@pytest.mark.parametrize("width", [560, 592])
def test_the_title_of_a_part_is_read_whole_where_its_note_is_cut(
    laid: Callable[..., RedirectDesk], width: int
) -> None:
    page = laid(width=width)
    seen = [label.text() for label in page.sent.findChildren(QLabel) if label.isVisible()]
    assert "In the token" in seen
    assert not any(text.startswith("In the t") and "…" in text for text in seen)


def test_the_keyboard_begins_at_the_claim_and_typing_replaces_it(page: RedirectDesk) -> None:
    page.focus_first()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "favorite_color"
    QTest.keyClicks(focused, "red")
    assert page.answer.claims == (AnswerField("favorite_color", "red", (38, 39)),)


@pytest.mark.parametrize(("modifiers", "run"), [(CONTROL, False), (CONTROL | SHIFT, True)])
def test_enter_with_control_sends_what_is_typed(
    page: RedirectDesk, modifiers: Qt.KeyboardModifier, run: bool
) -> None:
    sent = sends(page)
    page.focus_first()
    QTest.keyClicks(colour_row(page).edit, "red")
    QTest.keyClick(colour_row(page).edit, Qt.Key.Key_Return, modifiers)
    assert sent == [AnswerSent(page.answer, run)]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_no_other_key_sends_or_closes(page: RedirectDesk, key: Qt.Key) -> None:
    sent = sends(page)
    page.focus_first()
    QTest.keyClick(colour_row(page).edit, key)
    assert not sent
    assert page.isVisible()


def test_tab_goes_as_drawn_and_ends_at_send(page: RedirectDesk) -> None:
    page.band.wait.setFocus()
    order = [page.band.wait.text()]
    while not page.footer.send.hasFocus() and len(order) < 60:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        order.append(focused.accessibleName() or getattr(focused, "text", str)())
    assert order == [
        "Wait…",
        "Copy URL",
        "email, from your code, line 12",
        "Decode as text",
        "Copy token",
        "Answer",
        "POST form",
        "Change state",
        "Reply token in session_token: change the parameter",
        "Signed with",
        "favorite_color",
        "favorite_color, read at line 38, 39",
        "Edit the claims that are filled in",
        "Add claim",
        "Send no token",
        "Add field",
        "validateToken, line 34",
        "Open real site",
        "Paste reply…",
        "Site code",
        "Drills",
        "Send",
    ]


def test_shift_tab_goes_back(page: RedirectDesk) -> None:
    page.footer.send.setFocus()
    QTest.keyClick(page.footer.send, Qt.Key.Key_Backtab, SHIFT)
    assert page.footer.drills.hasFocus()


def test_everything_that_takes_the_keyboard_has_a_name(
    page: RedirectDesk, away: DeskSample
) -> None:
    page.show_drills(away.drills)
    page.open_paste()
    QApplication.processEvents()
    for widget in drawn_order(page):
        seen = QAccessible.queryAccessibleInterface(widget)
        assert seen is not None
        assert seen.text(QAccessible.Text.Name), widget


def test_a_changed_claim_says_that_no_correct_site_sends_it(page: RedirectDesk) -> None:
    told = answers(page)
    link(page, "Edit the claims that are filled in").click()
    row = page.answer_view.token.folded.rows["sub"]
    assert row.edit.text() == "auth0|0001"
    row.edit.setFocus()
    row.edit.selectAll()
    QTest.keyClicks(row.edit, "x")
    assert told[-1].changed == {"sub": "x"}
    assert "not what a correct site sends" in words(row)
    assert "validateToken would refuse this" in words(page.strip)
    assert page.answer_view.head.source.currentText() == "With your changes"
    link(page, "Fold the claims that are filled in").click()
    assert row.isVisible()
    row.reset.click()
    assert told[-1].is_correct
    assert not row.isVisible()


def test_a_number_typed_as_expiry_stays_a_number(page: RedirectDesk) -> None:
    link(page, "Edit the claims that are filled in").click()
    row = page.answer_view.token.folded.rows["exp"]
    row.edit.selectAll()
    QTest.keyClicks(row.edit, "1795427999")
    assert page.answer.changed == {"exp": 1795427999}
    assert "in time: fails" in words(page.strip)


def test_a_claim_is_added_once_it_has_a_name(page: RedirectDesk) -> None:
    told = answers(page)
    link(page, "Add claim").click()
    row = page.answer_view.token.claims.rows[-1]
    assert row.name_edit is not None
    assert row.name_edit.hasFocus()
    QTest.keyClicks(row.edit, "7")
    assert not told
    QTest.keyClicks(row.name_edit, "score")
    assert told[-1].claims[-1] == AnswerField("score", "7")
    row._as_json.setChecked(True)
    assert told[-1].claims[-1] == AnswerField("score", 7)


def test_what_is_no_json_cannot_be_sent_and_says_why(page: RedirectDesk) -> None:
    sent = sends(page)
    row = colour_row(page)
    row._as_json.setChecked(True)
    assert "This is no JSON." in row.problem
    assert not page.footer.send.isEnabled()
    assert page.footer.send.accessibleDescription() == row.problem
    page.send()
    assert not sent


def test_two_fields_of_one_name_cannot_be_sent(page: RedirectDesk) -> None:
    for _ in range(2):
        link(page, "Add field").click()
    for row in page.answer_view.fields.rows:
        assert row.name_edit is not None
        QTest.keyClicks(row.name_edit, "lang")
    assert not page.footer.send.isEnabled()
    page.answer_view.fields.rows[1].removed.emit()
    assert page.footer.send.isEnabled()
    assert page.answer.fields == (AnswerField("lang", ""),)


def test_another_state_is_sent_and_taken_back(page: RedirectDesk) -> None:
    head = page.answer_view.head
    head.state_link.click()
    QTest.keyClicks(head.state_edit, "B" * 43)
    sent = [page.answer.state]
    assert head.state_note.text() == "not this login's"
    head.state_link.click()
    assert [*sent, page.answer.state] == ["B" * 43, None]
    assert head.state_note.text() == "this login's"


def test_the_method_is_chosen(page: RedirectDesk) -> None:
    page.answer_view.head.get.click()
    assert page.answer.method == "GET"


def test_no_token_is_sent_where_none_is_wanted(page: RedirectDesk) -> None:
    told = answers(page)
    link(page, "Send no token").click()
    assert [one.parameter for one in told] == [None]
    assert "found: fails" in words(page.strip)
    assert not page.footer.node_action.isEnabled()
    link(page, "None is sent. Add a token").click()
    assert [one.parameter for one in told] == [None, "session_token"]
    assert told[-1].secret == "MY_SHARED_SECRET"


def test_a_pasted_echo_would_be_refused_before_it_is_sent(
    page: RedirectDesk, away: DeskSample
) -> None:
    asked: list[bool] = []
    page.paste_requested.connect(lambda: asked.append(True))
    head = page.answer_view.head
    head.source.setCurrentIndex(1)
    head.source.activated.emit(1)
    paste = page.answer_view.paste
    assert paste.text.hasFocus()
    state = away.desk.away.suspension.state
    paste.text.setPlainText(
        f"https://anything/continue?state={state}&session_token={away.sent_token}"
    )
    assert asked
    assert (page.answer.method, page.answer.state) == ("GET", None)
    said = words(page.strip)
    assert "validateToken would refuse this" in said
    assert "signature: passes" in said
    assert "state: fails" in said
    page.send_correct()
    assert page.answer.token is None
    assert page.answer.claims == away.answer.claims
    assert "validateToken would accept this" in words(page.strip)


def test_what_is_no_answer_says_what_was_wrong(page: RedirectDesk, away: DeskSample) -> None:
    page.open_paste()
    page.answer_view.paste.text.setPlainText("hello")
    assert page.answer_view.paste.reason.isVisible()
    assert page.answer_view.paste.reason.text().startswith("This is no address")
    assert page.answer == away.answer


def test_the_same_answer_shown_again_leaves_the_field_alone(
    page: RedirectDesk, away: DeskSample
) -> None:
    page.focus_first()
    row = colour_row(page)
    QTest.keyClicks(row.edit, "red")
    page.show_desk(away.desk, page.answer, away.fixed_clock, away.not_again)
    assert colour_row(page) is row
    assert row.edit.hasFocus()


def test_copies_are_named(page: RedirectDesk, away: DeskSample) -> None:
    copied: list[str] = []
    page.copied.connect(copied.append)
    link(page, "Copy URL").click()
    assert QGuiApplication.clipboard().text() == away.desk.sent.url
    link(page, "Copy token").click()
    assert QGuiApplication.clipboard().text() == away.sent_token
    page.footer.python_action.trigger()
    assert "def reply_token" in QGuiApplication.clipboard().text()
    assert copied == ["URL", "Token", "Code for Python"]


def test_no_view_holds_the_secret(page: RedirectDesk, away: DeskSample) -> None:
    value = away.desk.away.secrets["MY_SHARED_SECRET"]
    for action in (page.footer.node_action, page.footer.python_action):
        action.trigger()
        assert value not in QGuiApplication.clipboard().text()
    assert not [text for text in words(page) if value in text]


def test_the_token_is_read_as_text(page: RedirectDesk) -> None:
    link(page, "Decode as text").click()
    decoded = page.sent._decoded
    assert decoded is not None
    assert '"alg": "HS256"' in decoded.toPlainText()
    link(page, "Hide the text").click()
    assert page.sent._decoded is None


def test_waiting_and_drills_are_asked_for(page: RedirectDesk) -> None:
    waits: list[WaitWish] = []
    drills: list[DrillWish] = []
    page.wait_requested.connect(waits.append)
    page.drill_requested.connect(drills.append)
    for action in page.band.wait.menu().actions():
        action.trigger()
    actions = [one for one in page.footer.drills.menu().actions() if one.text()]
    actions[0].trigger()
    actions[2].trigger()
    assert [wish.seconds for wish in waits] == [60, 900, 3600]
    assert [one.text() for one in page.band.wait.menu().actions()] == ["+1 min", "+15 min", "+1 h"]
    assert drills == [DrillWish(), DrillWish(Drill.ECHOED)]
    assert len(actions) == 1 + len(Drill)


def test_a_running_clock_shows_both_times(page: RedirectDesk) -> None:
    page.show_clock(DeskClock(None, 42, 3558))
    assert page.band.clock.whole_text() == "away 0:42 · login ends in 59:18"


def test_the_token_that_went_out_grows_old_while_the_clock_runs(page: RedirectDesk) -> None:
    assert page.desk is not None
    began = page.desk.away.now
    assert "in 15:00" in words(page.sent)
    page.show_clock(DeskClock(None, 42, 3558, began + 42))
    assert "in 14:18" in words(page.sent)
    page.show_clock(DeskClock(None, 960, 2640, began + 960))
    assert "1:00 ago" in words(page.sent)


def test_an_answer_is_judged_by_the_time_it_is_now(page: RedirectDesk) -> None:
    assert page.desk is not None
    began = page.desk.away.now
    short_lived = replace(page.answer, changed={"exp": int(began) + 60})
    page.answer_view.show_answer(short_lived, page.desk)
    page.show_clock(DeskClock(None, 30, 3570, began + 30))
    assert page.strip.title.text() == "validateToken would accept this"
    page.show_clock(DeskClock(None, 90, 3510, began + 90))
    assert page.strip.title.text() == "validateToken would refuse this"


def test_an_answered_desk_can_only_be_read(page: RedirectDesk) -> None:
    sent = sends(page)
    page.set_answered("Came back by POST.")
    page.send()
    assert not sent
    assert colour_row(page).edit.isReadOnly()
    assert "Came back by POST." in words(page.band)
    assert page.footer.drills.isEnabled()
    page.set_answered("")
    assert not colour_row(page).edit.isReadOnly()
    assert page.footer.send.isEnabled()


def test_a_field_that_can_only_be_read_shows_where_its_value_begins(page: RedirectDesk) -> None:
    edit = colour_row(page).edit
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_End)
    edit.insert('{"$sent":"session_token"}, which is longer than the field')
    page.set_answered("Came back by POST.")
    assert edit.cursorPosition() == 0


def test_the_past_can_only_be_read(page: RedirectDesk) -> None:
    page.set_past(True)
    assert page.is_past
    assert not page.footer.send.isEnabled()
    assert page.footer.send.accessibleDescription() == "You are looking at the past."
    page.set_past(False)
    assert page.footer.send.isEnabled()


@pytest.mark.parametrize(
    ("zoom", "width", "height"),
    [(100, 736, 640), (150, 736, 640), (200, 640, 400), (100, 320, 400), (200, 1400, 900)],
)
def test_nothing_is_cut_at_any_size(
    laid: Callable[..., RedirectDesk], away: DeskSample, zoom: int, width: int, height: int
) -> None:
    page = laid(zoom, width, height)
    page.show_drills(away.drills)
    for _ in range(4):
        QApplication.processEvents()
    for button in page.findChildren(Button):
        if not button.isVisible():
            continue
        assert button.width() >= button.minimumSizeHint().width() - 1, button.text()
        left = button.mapTo(page, QPoint(0, 0)).x()
        assert left >= 0
        assert left + button.width() <= page.width(), button.text()


def test_narrow_halves_stand_below_each_other(laid: Callable[..., RedirectDesk]) -> None:
    page = laid(width=500)
    QApplication.processEvents()
    sent, back = page.sent.geometry(), page.answer_view.geometry()
    assert back.top() >= sent.bottom()
    page.resize(736, 640)
    QApplication.processEvents()
    assert page.answer_view.geometry().left() >= page.sent.geometry().right()


def test_a_low_page_scrolls_as_a_whole_and_keeps_the_keyboard(
    laid: Callable[..., RedirectDesk],
) -> None:
    page = laid()
    page.footer.send.setFocus()
    page.resize(640, 300)
    QApplication.processEvents()
    assert page._layout.scroll.isAncestorOf(page.footer)
    assert page.footer.send.hasFocus()
    page.resize(736, 640)
    QApplication.processEvents()
    assert not page._layout.scroll.isAncestorOf(page.footer)


def test_the_real_site_is_opened_above_the_answer_at_any_size(page: RedirectDesk) -> None:
    page.show_real_site(QLabel("an earlier one"))
    bar = QLabel("Waiting for the browser…")
    page.show_real_site(bar)
    for height in (640, 300):
        page.resize(736, height)
        QApplication.processEvents()
        parts = (page.band, bar, page.sent.title, page.footer)
        tops = [one.mapTo(page, QPoint(0, 0)).y() for one in parts]
        assert tops == sorted(tops)


def test_time_that_passed_shows_on_both_sides_and_keeps_what_is_typed(
    page: RedirectDesk, away: DeskSample
) -> None:
    page.focus_first()
    QTest.keyClicks(colour_row(page).edit, "red")
    later = replace(away.desk.away, now=away.desk.away.now + 900)
    page.show_login(Desk.of(later, None, away.desk.facts))
    assert "in 0:00" in words(page.sent)
    assert page.answer.claims[0].value == "red"
    assert "validateToken would accept this" in words(page.strip)
