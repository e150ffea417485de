"""The page for a second factor or a form answers with one key, and stays readable afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QRadioButton, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.panels.redirect_desk.question_signals import ReplyGiven
from loginwright_designer.panels.redirect_desk.second_factor_view import SecondFactorDesk
from loginwright_designer.simulation.desk import AnswerField
from loginwright_designer.simulation.second_factor_desk import Question
from loginwright_designer.simulation.source_place import SourcePlace
from loginwright_runtime.simulation import FactorReply, FormReply

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme

CHALLENGE = Question(
    "challenge",
    "Step up",
    "auth0|0001",
    factors=("webauthn-roaming", "otp"),
    factor="otp",
    action_id="step-up",
    place=SourcePlace("step-up", 17),
)
FORM = Question(
    "form",
    "Terms of use",
    "auth0|0001",
    form_id="ap_terms",
    fields=(AnswerField("colour", "teal"), AnswerField("accepted", "", (31,))),
    variables=(AnswerField("version", "2026-11"),),
    action_id="terms",
)


@pytest.fixture
def show(qtbot: QtBot, make_theme: Callable[..., Theme]) -> Callable[..., SecondFactorDesk]:
    """Shows a question in a window."""

    def shown(question: Question, zoom: int = 100, width: int = 736) -> SecondFactorDesk:
        page = SecondFactorDesk(make_theme(zoom=zoom))
        qtbot.addWidget(page)
        page.show_question(question)
        page.resize(width, 600)
        with qtbot.waitExposed(page):
            page.show()
        return page

    return shown


@pytest.fixture
def replies(qtbot: QtBot) -> Callable[[SecondFactorDesk], list[ReplyGiven]]:
    """Collects what a page answers."""

    def collected(page: SecondFactorDesk) -> list[ReplyGiven]:
        given: list[ReplyGiven] = []
        page.reply_given.connect(given.append)
        return given

    return collected


def test_ctrl_enter_passes_the_proposed_factor(
    qtbot: QtBot,
    show: Callable[..., SecondFactorDesk],
    replies: Callable[[SecondFactorDesk], list[ReplyGiven]],
) -> None:
    page = show(CHALLENGE)
    given = replies(page)
    page.focus_first()
    assert page.passed.hasFocus()
    QTest.keyClick(page.passed, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert given == [ReplyGiven(FactorReply(factor="otp", passed=True))]


def test_ctrl_shift_enter_runs_on(
    qtbot: QtBot,
    show: Callable[..., SecondFactorDesk],
    replies: Callable[[SecondFactorDesk], list[ReplyGiven]],
) -> None:
    page = show(CHALLENGE)
    given = replies(page)
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page, Qt.Key.Key_Enter, modifiers)
    assert [one.run for one in given] == [True]


def test_another_factor_can_fail(
    qtbot: QtBot,
    show: Callable[..., SecondFactorDesk],
    replies: Callable[[SecondFactorDesk], list[ReplyGiven]],
) -> None:
    page = show(CHALLENGE)
    given = replies(page)
    security_key = page.findChildren(QRadioButton)[0]
    assert security_key.text() == "Security key"
    assert security_key.accessibleDescription() == "webauthn-roaming"
    security_key.click()
    QTest.mouseClick(page.failed, Qt.MouseButton.LeftButton)
    assert given[0].reply == FactorReply(factor="webauthn-roaming", passed=False)


def test_a_scenario_that_fails_the_factor_proposes_that(
    show: Callable[..., SecondFactorDesk],
    replies: Callable[[SecondFactorDesk], list[ReplyGiven]],
) -> None:
    failing = Question("challenge", "A", "u", factors=("otp",), factor="otp", passed=False)
    page = show(failing)
    given = replies(page)
    assert (page.failed.shortcut_text, page.passed.shortcut_text) == ("Ctrl+Enter", "")
    page.send()
    assert given[0].reply == FactorReply(factor="otp", passed=False)


def test_a_form_starts_at_its_first_empty_field_and_sends_what_is_typed(
    qtbot: QtBot,
    show: Callable[..., SecondFactorDesk],
    replies: Callable[[SecondFactorDesk], list[ReplyGiven]],
) -> None:
    page = show(FORM)
    given = replies(page)
    page.focus_first()
    field = page.fields.values()[1]
    assert field.hasFocus()
    QTest.keyClicks(field, "true")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert given == [
        ReplyGiven(
            FormReply(fields={"colour": "teal", "accepted": True}, vars={"version": "2026-11"})
        )
    ]


def test_a_field_can_be_added_and_taken_away(
    qtbot: QtBot,
    show: Callable[..., SecondFactorDesk],
) -> None:
    page = show(FORM)
    page.fields.add.click()
    name = QApplication.focusWidget()
    assert isinstance(name, QLineEdit)
    QTest.keyClicks(name, "more")
    QTest.keyClicks(page.fields.values()[2], "3")
    assert page.reply() == FormReply(
        fields={"colour": "teal", "accepted": "", "more": 3}, vars={"version": "2026-11"}
    )
    page.fields.show_fields(FORM.fields[:1])
    assert [one.name for one in page.fields.fields()] == ["colour"]


def test_links_lead_to_the_code(qtbot: QtBot, show: Callable[..., SecondFactorDesk]) -> None:
    page = show(CHALLENGE)
    with qtbot.waitSignal(page.place_opened) as opened:
        next(one for one in page.findChildren(Button) if one.text() == "line 17").click()
    assert opened.args == [SourcePlace("step-up", 17)]
    page.show_question(FORM)
    with qtbot.waitSignal(page.place_opened) as opened:
        page.fields.line_opened.emit(31)
    assert opened.args == [SourcePlace("terms", 31)]


def test_escape_neither_answers_nor_closes(
    qtbot: QtBot,
    show: Callable[..., SecondFactorDesk],
    replies: Callable[[SecondFactorDesk], list[ReplyGiven]],
) -> None:
    page = show(CHALLENGE)
    given = replies(page)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.isVisible()
    assert not given


def test_an_answered_question_stays_readable_but_cannot_be_sent(
    show: Callable[..., SecondFactorDesk],
    replies: Callable[[SecondFactorDesk], list[ReplyGiven]],
) -> None:
    page = show(CHALLENGE)
    given = replies(page)
    page.show_answered("Passed by otp.")
    page.send()
    assert not given
    assert page.band.title.whole_text() == "Answered"
    page.set_past(True)
    page.set_past(False)
    assert not page.passed.isEnabled()


def test_in_the_past_nothing_can_be_sent_until_now_is_back(
    show: Callable[..., SecondFactorDesk],
) -> None:
    page = show(FORM)
    page.set_past(True)
    assert not page.passed.isEnabled()
    assert page.fields.values()[0].isReadOnly()
    page.set_past(False)
    assert page.passed.isEnabled()
    assert not page.fields.values()[0].isReadOnly()


@pytest.mark.parametrize("zoom", [100, 150, 200])
@pytest.mark.parametrize("question", [CHALLENGE, FORM], ids=["challenge", "form"])
def test_nothing_is_cut_at_the_right(
    show: Callable[..., SecondFactorDesk], question: Question, zoom: int
) -> None:
    page = show(question, zoom, width=400)
    watched: list[QWidget] = [*page.findChildren(QAbstractButton), *page.fields.values()]
    for widget in watched:
        if widget.isVisible():
            right = widget.mapTo(page, widget.rect().topRight()).x()
            assert right <= page.width()


def test_an_enrolment_is_answered_in_words_of_its_own(
    show: Callable[..., SecondFactorDesk],
) -> None:
    enrolment = replace(CHALLENGE, kind="enrollment")
    page = show(enrolment)
    assert (page.failed.text(), page.passed.text()) == ("Not enrolled", "Enrolled")
    assert "Not enrolled, the login is denied." in enrolment.next_sentence
    page.show_question(CHALLENGE)
    assert (page.failed.text(), page.passed.text()) == ("Failed", "Passed")
