"""The small widgets do what panels and sheets count on."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from loginwright_designer.controls.buttons import Button, IconButton, Switch
from loginwright_designer.controls.labels import ElidedLabel, SaidLabel, strong_words, text_label
from loginwright_designer.controls.pane_header import PaneHeader
from loginwright_designer.controls.rows import EmptyState, PastFrame, SectionTitle
from loginwright_designer.controls.sheet import Sheet
from loginwright_designer.theme.fonts import CODE_FAMILY
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    QVBoxLayout(window)
    return window


def shown(qtbot: QtBot, window: QWidget) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def test_strong_words_in_a_text_have_the_strong_face_and_are_no_mark_up(theme: Theme) -> None:
    document = QTextDocument()
    document.setHtml(f"Press {strong_words('Ctrl+<Enter>')}.")
    assert document.toPlainText() == "Press Ctrl+<Enter>."
    cursor = QTextCursor(document)
    cursor.setPosition(len("Press Ctrl"))
    assert cursor.charFormat().fontWeight() == QFont.Weight.DemiBold


def test_words_of_code_in_a_sentence_are_shown_as_code_and_read_without_backticks(
    theme: Theme, window: QWidget
) -> None:
    label = SaidLabel("It has no `state` < `a&b`.", parent=window)
    document = QTextDocument()
    document.setHtml(label.text())
    assert document.toPlainText() == label.accessibleName() == "It has no state < a&b."
    cursor = QTextCursor(document)
    cursor.setPosition(len("It has no s"))
    assert cursor.charFormat().fontFamilies() == [CODE_FAMILY]


def test_a_sentence_without_code_is_never_read_as_mark_up(theme: Theme, window: QWidget) -> None:
    label = SaidLabel("<b>5 ` 3</b>", parent=window)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<b>5 ` 3</b>"


def test_a_long_text_is_cut_and_its_whole_is_still_told(window: QWidget, theme: Theme) -> None:
    label = ElidedLabel("An action with a name of sixty characters, which is a lot", parent=window)
    window.show()
    label.resize(80, 20)
    assert label.text().endswith("…")
    assert label.toolTip() == label.whole_text() == label.accessibleName()

    label.resize(900, 20)
    assert label.text() == label.whole_text()
    assert label.toolTip() == ""


def test_what_was_short_already_is_cut_with_one_ellipsis(window: QWidget, theme: Theme) -> None:
    label = ElidedLabel("DlksSHCm…6ig8", parent=window)
    window.show()
    for width in range(20, label.sizeHint().width()):
        label.resize(width, 20)
        assert "……" not in label.text()


def test_text_of_a_flow_is_never_read_as_mark_up(window: QWidget, theme: Theme) -> None:
    label = text_label("<b>bold</b>", TextStyle.BODY, Role.TEXT_MUTED, parent=window)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_button_makes_room_for_its_word_and_its_key(window: QWidget, theme: Theme) -> None:
    plain = Button(theme, "Send", parent=window)
    keyed = Button(theme, "Send", shortcut="Ctrl+Enter", parent=window)
    drawn = Button(theme, "Send", icon="send", parent=window)

    assert keyed.sizeHint().width() > plain.sizeHint().width() + 40
    assert drawn.sizeHint().width() >= plain.sizeHint().width() + theme.px(26)


def test_controls_grow_with_the_zoom(window: QWidget, theme: Theme) -> None:
    button = Button(theme, "Export", icon="package", parent=window)
    square = IconButton(theme, "undo-2", "Undo", parent=window)
    switch = Switch(theme, "Enabled", window)
    header = PaneHeader(theme, "Bottom", window)
    before = [square.width(), switch.sizeHint().width(), header.height()]

    theme.choose_zoom(200)

    assert [square.width(), switch.sizeHint().width(), header.height()] == [2 * n for n in before]
    assert button.sizeHint().width() > theme.px(60)


def test_a_header_tells_which_tab_was_chosen(qtbot: QtBot, window: QWidget, theme: Theme) -> None:
    header = PaneHeader(theme, "Bottom", window)
    header.add_tab("steps", "Steps")
    header.add_tab("problems", "Problems")
    header.set_count("problems", 3)

    with qtbot.waitSignal(header.tab_chosen) as told:
        header.choose("problems")

    assert told.args == ["problems"]
    assert header.tabs.tabText(1) == "Problems  3"
    assert header.tabs.accessibleTabName(1) == "Problems, 3"


def test_a_word_of_a_header_gives_way_to_a_drawing_only_where_there_is_no_room(
    qtbot: QtBot, window: QWidget, theme: Theme
) -> None:
    header = PaneHeader(theme, "Inspector", window)
    for word in ("Variables", "Changes", "Tokens", "Breakpoints"):
        header.add_tab(word, word)
    header.set_count("Breakpoints", 1)
    header.draw_where_narrow("Breakpoints", "breakpoint", Role.DANGER)
    shown(qtbot, window)
    header.show()

    def stand(width: int) -> tuple[str, object]:
        header.resize(width, header.height())
        QApplication.processEvents()
        return header.tabs.tabText(3), header.tabs.property("tight")

    stand(800)
    least = header.tabs.sizeHint().width() + theme.px(4 + 16)
    closer = theme.px(2 * 4) * 4 - theme.px(4)
    assert stand(least) == ("Breakpoints  1", None)
    assert stand(least - 1) == ("Breakpoints  1", "close")
    assert stand(least - closer - 1) == ("Breakpoints  1", "true")
    assert stand(least - 2 * closer - 1) == ("1", "true")
    assert stand(least - closer - 1) == ("Breakpoints  1", "true")
    assert stand(least) == ("Breakpoints  1", None)
    stand(least - 2 * closer - 1)
    assert not header.tabs.tabIcon(3).isNull()
    assert header.tabs.tabToolTip(3) == "Breakpoints, 1"
    assert header.tabs.accessibleTabName(3) == "Breakpoints, 1"
    stand(least)
    assert header.tabs.tabIcon(3).isNull()


@pytest.mark.parametrize("zoom", [100, 125, 150, 200])
def test_no_tab_of_a_header_is_cut_whichever_is_in_front(
    qtbot: QtBot,
    window: QWidget,
    theme: Theme,
    styled: Callable[[Theme], None],
    zoom: int,
) -> None:
    header = PaneHeader(theme, "Inspector", window)
    for word in ("Variables", "Changes", "Tokens", "Breakpoints"):
        header.add_tab(word, word)
    header.set_count("Changes", 1)
    header.set_count("Breakpoints", 1)
    theme.choose_zoom(zoom)
    styled(theme)
    header.resize(theme.px(335), header.height())
    shown(qtbot, window)
    header.show()

    for before, word in permutations(header.keys, 2):
        header.choose(before)
        header.tabs.updateGeometry()  # as whatever changes a word of it does
        QApplication.processEvents()
        header.choose(word)
        QApplication.processEvents()
        assert header.tabs.width() >= header.tabs.sizeHint().width(), word


def test_an_empty_panel_offers_what_fills_it(qtbot: QtBot, window: QWidget, theme: Theme) -> None:
    empty = EmptyState(theme, "film", "No logins", "Run one.", "Run", "F5", window)
    assert empty.button is not None
    with qtbot.waitSignal(empty.offered):
        empty.button.click()


def test_a_panel_in_the_past_makes_room_for_the_hatch(window: QWidget, theme: Theme) -> None:
    content = QWidget()
    frame = PastFrame(theme, content, window)
    frame.resize(100, 100)
    frame.show()
    frame.set_past(True)
    layout = frame.layout()
    assert layout is not None
    assert layout.contentsMargins().left() == theme.px(3)


class TestSheet:
    """A sheet keeps the keyboard, and gives it back."""

    def sheet(self, window: QWidget, theme: Theme) -> tuple[Sheet, QLineEdit, Button]:
        sheet = Sheet(theme, window, "Export Customer login", "package")
        field = QLineEdit()
        field.setAccessibleName("Where")
        sheet.body.addWidget(field)
        button = Button(theme, "Export", kind="primary")
        sheet.footer.addWidget(button)
        return sheet, field, button

    def test_escape_closes_it_and_the_focus_returns(
        self, qtbot: QtBot, window: QWidget, theme: Theme
    ) -> None:
        before = QLineEdit(window)
        shown(qtbot, window)
        before.setFocus()
        sheet, field, _ = self.sheet(window, theme)
        sheet.open()
        assert field.hasFocus()

        with qtbot.waitSignal(sheet.closed):
            QTest.keyClick(field, Qt.Key.Key_Escape)

        assert before.hasFocus()
        assert not sheet.is_open

    def test_tab_goes_round_inside(self, qtbot: QtBot, window: QWidget, theme: Theme) -> None:
        outside = QLineEdit(window)
        shown(qtbot, window)
        sheet, field, button = self.sheet(window, theme)
        sheet.open()

        order = []
        for _ in range(3):
            QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
            order.append(window.focusWidget())

        assert order == [button, sheet.close_button, field]
        QTest.keyClick(field, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        assert sheet.close_button.hasFocus()
        assert not outside.hasFocus()
        sheet.close_sheet()

    def test_shortcuts_of_the_window_below_do_nothing(
        self, qtbot: QtBot, window: QWidget, theme: Theme
    ) -> None:
        pressed: list[str] = []
        shortcut = QShortcut(QKeySequence("F5"), window)
        shortcut.activated.connect(lambda: pressed.append("F5"))
        shown(qtbot, window)
        sheet, field, _ = self.sheet(window, theme)
        sheet.open()
        QTest.keyClick(field, Qt.Key.Key_F5)
        assert pressed == []

        sheet.close_sheet()
        window.setFocus()
        QTest.keyClick(window, Qt.Key.Key_F5)
        assert pressed == ["F5"]

    def test_nothing_behind_it_takes_the_keyboard(
        self, qtbot: QtBot, window: QWidget, theme: Theme
    ) -> None:
        behind = QLineEdit(window)
        shown(qtbot, window)
        sheet, _, button = self.sheet(window, theme)
        sheet.open(button)

        behind.setFocus()

        assert button.hasFocus()
        sheet.close_sheet()
        behind.setFocus()
        assert behind.hasFocus()

    def test_the_keyboard_stays_inside_when_what_had_it_goes(
        self, qtbot: QtBot, window: QWidget, theme: Theme
    ) -> None:
        QLineEdit(window)
        shown(qtbot, window)
        sheet, field, button = self.sheet(window, theme)
        sheet.open(button)

        button.deleteLater()
        qtbot.waitUntil(lambda: not isValid(button))
        qtbot.waitUntil(lambda: QApplication.focusWidget() in (field, sheet.close_button))

        field.hide()
        qtbot.waitUntil(sheet.close_button.hasFocus)
        sheet.close_sheet()

    def test_the_upper_of_two_sheets_keeps_the_keyboard(
        self, qtbot: QtBot, window: QWidget, theme: Theme
    ) -> None:
        shown(qtbot, window)
        lower, below, _ = self.sheet(window, theme)
        upper, above, _ = self.sheet(window, theme)
        lower.open()
        upper.open()
        below.setFocus()
        assert above.hasFocus()

        upper.close_sheet()
        assert below.hasFocus()
        lower.close_sheet()

    def test_it_fits_into_a_small_window(self, qtbot: QtBot, window: QWidget, theme: Theme) -> None:
        shown(qtbot, window)
        sheet, _, _ = self.sheet(window, theme)
        for _ in range(30):
            sheet.body.addWidget(text_label("One more line."))
        sheet.open()
        window.resize(640, 400)
        qtbot.waitUntil(lambda: sheet.width() == 640)

        assert window.rect().contains(sheet.card.geometry())
        sheet.close_sheet()


def test_the_note_of_a_part_gives_way_to_its_title(theme: Theme, window: QWidget) -> None:
    part = SectionTitle("In the token", "signed with MY_SHARED_SECRET")
    window.layout().addWidget(part)  # type: ignore[union-attr]  # made with one
    window.resize(220, 60)
    window.show()
    QApplication.processEvents()
    title, note = part.findChildren(ElidedLabel)
    assert title.text() == "In the token"
    assert note.text().endswith("…")
    window.resize(600, 60)
    QApplication.processEvents()
    assert note.text() == "signed with MY_SHARED_SECRET"
