"""The editor by its keys and mouse: what stands in the text, what is lit up, what is told."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFont, QHelpEvent, QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QWidget

from loginwright_designer.code_editor.editor import CodeEditor
from loginwright_designer.code_editor.editor_look import editor_look
from loginwright_designer.code_editor.editor_signals import (
    BreakpointLines,
    BreakpointToggle,
    CodeEdit,
    CursorPlace,
    TabUse,
)
from loginwright_designer.code_editor.line_marks import CodeProblem, LineMarks, StoppedLine
from loginwright_designer.main_window.arrangement import EDITOR_LEAST

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from loginwright_designer.code_editor.editor_look import EditorLook
    from loginwright_designer.theme.theme import Theme

    MakeEditor = Callable[..., CodeEditor]

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def _type(editor: CodeEditor, text: str) -> None:
    for character in text:
        if character == "\n":
            QTest.keyClick(editor.view, Qt.Key.Key_Return)
        else:
            QTest.keyClicks(editor.view, character)


def _key(
    editor: CodeEditor,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    QTest.keyClick(QApplication.focusWidget() or editor.view, key, modifiers)


def _lines_in_sight(editor: CodeEditor) -> list[int]:
    """Return the numbers of the lines that are shown whole."""
    height = editor.view.viewport().height()
    lines = editor.view.visible_lines()
    return [one.number for one in lines if one.top >= 0 and one.top + one.height <= height]


def _type_there(text: str) -> None:
    """Type where the focus is."""
    there = QApplication.focusWidget()
    assert there is not None
    QTest.keyClicks(there, text)


def _by_expression(editor: CodeEditor, qtbot: QtBot) -> None:
    """Let the find bar take its text as a regular expression, by its key."""
    _key(editor, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: editor.find_bar.search.query.regular_expression)


def _select(editor: CodeEditor, first_line: int, last_line: int) -> None:
    editor.go_to(first_line)
    cursor = editor.view.textCursor()
    cursor.movePosition(
        QTextCursor.MoveOperation.Down, QTextCursor.MoveMode.KeepAnchor, last_line - first_line
    )
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    editor.view.setTextCursor(cursor)


def test_enter_and_a_closing_bracket_indent_as_the_code_does(make_editor: MakeEditor) -> None:
    editor = make_editor("")

    _type(editor, "if (a) {\nb();\n}")

    assert editor.text() == "if (a) {\n  b();\n}"


def test_undo_takes_back_a_word_at_a_time(make_editor: MakeEditor) -> None:
    editor = make_editor("")
    _type(editor, "const token = 1")

    texts = []
    for _ in range(3):
        _key(editor, Qt.Key.Key_Z, CTRL)
        texts.append(editor.text())

    assert texts == ["const token = ", "const token =", "const token "]


def test_redo_brings_a_word_back(make_editor: MakeEditor) -> None:
    editor = make_editor("")
    _type(editor, "one two")
    _key(editor, Qt.Key.Key_Z, CTRL)

    _key(editor, Qt.Key.Key_Z, CTRL | SHIFT)

    assert editor.text() == "one two"


def test_selected_lines_are_indented_commented_and_come_back_by_one_undo_each(
    make_editor: MakeEditor,
) -> None:
    editor = make_editor("a {\n  b\n}\nc")
    _select(editor, 1, 3)

    _key(editor, Qt.Key.Key_Tab)
    assert editor.text() == "  a {\n    b\n  }\nc"
    _key(editor, Qt.Key.Key_Backtab, SHIFT)
    assert editor.text() == "a {\n  b\n}\nc"
    _key(editor, Qt.Key.Key_Slash, CTRL)
    assert editor.text() == "// a {\n//   b\n// }\nc"
    _key(editor, Qt.Key.Key_Z, CTRL)
    assert editor.text() == "a {\n  b\n}\nc"


def test_tab_indents_until_ctrl_m_lets_it_move_the_focus(
    make_editor: MakeEditor, qtbot: QtBot
) -> None:
    editor = make_editor("a")
    _key(editor, Qt.Key.Key_Tab)
    assert editor.text() == "  a"

    with qtbot.waitSignal(editor.tab_use_changed) as told:
        _key(editor, Qt.Key.Key_M, CTRL)

    assert told.args == [TabUse(moves_focus=True)]
    _key(editor, Qt.Key.Key_Tab)
    assert editor.text() == "  a"


def test_home_goes_to_the_code_and_then_to_the_very_start(make_editor: MakeEditor) -> None:
    editor = make_editor("    code")
    editor.go_to(1, 9)

    columns = []
    for _ in range(2):
        _key(editor, Qt.Key.Key_Home)
        columns.append(editor.cursor_place.column)

    assert columns == [5, 1]


def test_a_dot_brings_proposals_and_enter_takes_the_chosen_one(make_editor: MakeEditor) -> None:
    editor = make_editor("")

    _type(editor, "api.redirect.")
    popup = editor.assistance.popup
    assert [item.label for item in popup.items_shown][:2] == ["canRedirect", "encodeToken"]
    _type(editor, "se")
    _key(editor, Qt.Key.Key_Return)

    assert editor.text() == "api.redirect.sendUserTo()"
    assert editor.cursor_place == CursorPlace(1, 25)
    assert popup.isHidden()


def test_escape_closes_proposals_and_leaves_the_text(make_editor: MakeEditor) -> None:
    editor = make_editor("")
    _type(editor, "event.")

    _key(editor, Qt.Key.Key_Escape)

    assert editor.assistance.popup.isHidden()
    assert editor.text() == "event."


def test_ctrl_space_proposes_names_of_the_file(make_editor: MakeEditor) -> None:
    editor = make_editor("const token = 1;\nto")
    editor.go_to(2, 3)

    _key(editor, Qt.Key.Key_Space, CTRL)
    _key(editor, Qt.Key.Key_Tab)

    assert editor.text() == "const token = 1;\ntoken"


def test_secrets_are_proposed_as_declared(make_editor: MakeEditor) -> None:
    editor = make_editor("", "python")
    editor.set_secrets(["MY_SHARED_SECRET"])

    _type(editor, "event.secrets.")
    _key(editor, Qt.Key.Key_Return)

    assert editor.text() == 'event.secrets["MY_SHARED_SECRET"]'


def test_a_dot_in_a_comment_or_a_string_brings_nothing(make_editor: MakeEditor) -> None:
    editor = make_editor("")

    _type(editor, "// event.")
    assert editor.assistance.popup.isHidden()
    _type(editor, "\n'event.")
    assert editor.assistance.popup.isHidden()


def test_the_key_for_documentation_tells_of_the_name_at_the_cursor(
    make_editor: MakeEditor,
) -> None:
    editor = make_editor("api.access.deny('no');")
    editor.set_marks(LineMarks(problems=(CodeProblem(1, 1, "warning", "Odd.", "Mend it."),)))
    editor.go_to(1, 13)

    _key(editor, Qt.Key.Key_I, CTRL)

    said = editor.assistance.card.text
    assert said.startswith("Warning: Odd. Mend it.\napi.access.deny(reason)\nRecords a denial")


def test_find_steps_through_the_matches_and_says_where_it_is(make_editor: MakeEditor) -> None:
    editor = make_editor("event\nevent\nEvent")

    _key(editor, Qt.Key.Key_F, CTRL)
    _type_there("event")
    assert editor.find_bar.status == "1 of 3"
    _key(editor, Qt.Key.Key_Return)
    assert (editor.find_bar.status, editor.cursor_place.line) == ("2 of 3", 2)
    _key(editor, Qt.Key.Key_Return, SHIFT)
    assert editor.find_bar.status == "1 of 3"
    _key(editor, Qt.Key.Key_Escape)

    assert editor.find_bar.isHidden()
    assert editor.view.hasFocus()


def test_an_expression_that_is_none_is_explained(make_editor: MakeEditor, qtbot: QtBot) -> None:
    editor = make_editor("event")
    _key(editor, Qt.Key.Key_F, CTRL)
    _type_there("(ev")

    _by_expression(editor, qtbot)

    assert editor.find_bar.status.startswith("Not a regular expression: missing closing")


def test_replace_all_is_one_step_of_undo(make_editor: MakeEditor, qtbot: QtBot) -> None:
    editor = make_editor("a1 a2\na3")
    _key(editor, Qt.Key.Key_H, CTRL)
    find, replace = editor.find_bar.findChildren(QLineEdit)
    QTest.keyClicks(find, r"a(\d)")
    _by_expression(editor, qtbot)
    QTest.keyClicks(replace, "$1b")

    editor.search.replace_all()
    assert editor.text() == "1b 2b\n3b"
    editor.view.setFocus()
    _key(editor, Qt.Key.Key_Z, CTRL)

    assert editor.text() == "a1 a2\na3"


def test_replace_goes_on_to_the_next_match(make_editor: MakeEditor) -> None:
    editor = make_editor("a a a")
    _key(editor, Qt.Key.Key_H, CTRL)
    find, replace = editor.find_bar.findChildren(QLineEdit)
    QTest.keyClicks(find, "a")
    replace.setFocus()
    QTest.keyClicks(replace, "aa")

    QTest.keyClick(replace, Qt.Key.Key_Return)
    QTest.keyClick(replace, Qt.Key.Key_Return)

    assert editor.text() == "aa aa a"


def test_go_to_line_takes_line_and_column(make_editor: MakeEditor) -> None:
    editor = make_editor("\n".join(str(number) * 9 for number in range(60)))

    _key(editor, Qt.Key.Key_G, CTRL)
    _type_there("42:3")
    _key(editor, Qt.Key.Key_Return)

    assert editor.cursor_place == CursorPlace(42, 3)
    assert editor.view.hasFocus()


@pytest.mark.parametrize("line", [250, 500])
def test_a_line_is_brought_into_view_even_an_empty_one(make_editor: MakeEditor, line: int) -> None:
    editor = make_editor("a\n\n" * 249 + "a\n")

    editor.go_to(line)

    assert line in [one.number for one in editor.view.visible_lines()]


def test_go_to_line_says_what_it_expects(make_editor: MakeEditor) -> None:
    editor = make_editor("a\nb")
    _key(editor, Qt.Key.Key_G, CTRL)
    _type_there("x")

    _key(editor, Qt.Key.Key_Return)

    assert editor.line_prompt.hint == "A number from 1 to 2 is expected."


def test_a_click_in_the_gutter_asks_for_a_breakpoint(make_editor: MakeEditor, qtbot: QtBot) -> None:
    editor = make_editor("a\nb\nc")
    second = next(line for line in editor.view.visible_lines() if line.number == 2)

    with qtbot.waitSignal(editor.breakpoint_toggled) as asked:
        QTest.mouseClick(
            editor.view.gutter,
            Qt.MouseButton.LeftButton,
            pos=QPoint(13, int(second.top + second.height / 2)),
        )

    assert asked.args == [BreakpointToggle(2, wanted=True)]
    assert editor.breakpoints == frozenset()


def test_f9_asks_for_a_breakpoint_and_for_its_removal(
    make_editor: MakeEditor, qtbot: QtBot
) -> None:
    editor = make_editor("a\nb")
    editor.set_breakpoints([1])

    with qtbot.waitSignal(editor.breakpoint_toggled) as asked:
        _key(editor, Qt.Key.Key_F9)

    assert asked.args == [BreakpointToggle(1, wanted=False)]


def test_breakpoints_stay_on_their_code(make_editor: MakeEditor, qtbot: QtBot) -> None:
    editor = make_editor("a\nb\nc")
    editor.set_breakpoints([1, 3])
    editor.go_to(1, 2)

    with qtbot.waitSignal(editor.breakpoints_moved) as told:
        _type(editor, "\n")

    assert told.args == [BreakpointLines(frozenset({1, 4}))]


def test_code_as_it_ran_cannot_be_changed_and_says_so(
    make_editor: MakeEditor, qtbot: QtBot
) -> None:
    editor = make_editor("a\nb")
    editor.show_as_it_ran()

    for key in (Qt.Key.Key_X, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_F9):
        with qtbot.waitSignal(editor.typing_refused) as refused:
            _key(editor, key)
        assert refused.args[0].reason == "You are looking at the past"
    assert editor.text() == "a\nb"

    editor.show_to_edit()
    _type(editor, "x")
    assert editor.text() == "xa\nb"


def test_the_cursor_still_moves_through_code_as_it_ran(make_editor: MakeEditor) -> None:
    editor = make_editor("a\nb")
    editor.show_as_it_ran()

    _key(editor, Qt.Key.Key_Down)

    assert editor.cursor_place.line == 2


def test_text_set_from_outside_keeps_cursor_and_tells_of_no_edit(
    make_editor: MakeEditor, qtbot: QtBot
) -> None:
    editor = make_editor("one\ntwo\nthree")
    editor.go_to(3, 2)
    editor.set_breakpoints([3])

    with qtbot.assertNotEmitted(editor.code_edited):
        editor.set_text("zero\none\ntwo\nthree")

    assert editor.cursor_place == CursorPlace(4, 2)
    assert editor.breakpoints == frozenset({4})


def test_an_edit_is_told_at_once(make_editor: MakeEditor, qtbot: QtBot) -> None:
    editor = make_editor("")

    with qtbot.waitSignal(editor.code_edited) as edited:
        _type(editor, "a")

    assert edited.args == [CodeEdit(editor.revision, typed=True)]


def test_a_bracket_and_its_partner_are_lit_up_but_not_those_in_strings(
    make_editor: MakeEditor, qtbot: QtBot
) -> None:
    editor = make_editor("f(')', [1])")

    editor.go_to(1, 2)

    qtbot.waitUntil(lambda: editor.view.spots.brackets == (1, 10))


def test_other_places_of_a_name_are_lit_up(make_editor: MakeEditor, qtbot: QtBot) -> None:
    editor = make_editor("token = 1;\nuse(token, tokens);")

    editor.go_to(1, 3)

    qtbot.waitUntil(lambda: editor.view.spots.occurrences == ((0, 5), (15, 20)))


def test_what_is_lit_up_moves_with_the_text_at_once(make_editor: MakeEditor) -> None:
    editor = make_editor("event.user; event.client;")
    editor.view.set_found(((0, 5), (12, 17)), (12, 17))
    editor.go_to(1, 7)

    _type(editor, "my")

    assert editor.view.spots.found == ((0, 5), (14, 19))
    assert editor.view.spots.current == (14, 19)
    editor.go_to(1, 3)
    _type(editor, "x")
    assert list(editor.view.spots.found) == [(15, 20)]


def test_line_numbers_end_where_the_code_does_above_a_scroll_bar(make_editor: MakeEditor) -> None:
    editor = make_editor("a" * 400 + "\n" * 100)
    view = editor.view
    QApplication.processEvents()
    assert view.horizontalScrollBar().isVisibleTo(view)

    assert view.gutter.geometry().bottom() == view.viewport().geometry().bottom()
    editor.set_text("a")
    QApplication.processEvents()
    assert not view.horizontalScrollBar().isVisibleTo(view)
    assert view.gutter.geometry().bottom() == view.viewport().geometry().bottom()


def test_ctrl_and_plus_make_the_code_larger(make_editor: MakeEditor) -> None:
    editor = make_editor("a")
    before = editor.view.fontMetrics().height()

    _key(editor, Qt.Key.Key_Plus, CTRL)

    assert editor.zoom == 110
    assert editor.view.fontMetrics().height() > before
    _key(editor, Qt.Key.Key_0, CTRL)
    assert editor.zoom == 100


def test_a_zoom_keeps_the_line_of_the_cursor_in_sight(
    make_editor: MakeEditor, look: EditorLook
) -> None:
    editor = make_editor("\n".join(f"line {number}" for number in range(1, 101)))
    editor.go_to(_lines_in_sight(editor)[-1])

    for percent in (125, 200, 100):
        editor.set_look(look.scaled(percent))
        assert editor.cursor_place.line in _lines_in_sight(editor)


def test_the_find_bar_grows_with_the_zoom_of_everything(
    make_editor: MakeEditor, make_theme: Callable[..., Theme]
) -> None:
    theme, editor = make_theme(), make_editor("a")
    button = editor.find_bar.findChildren(QToolButton)[0]
    layout = editor.find_bar.layout()
    assert layout is not None
    sizes = []
    for zoom in (100, 200):
        theme.choose_zoom(zoom)
        editor.set_look(editor_look(theme))
        sizes.append((button.iconSize().width(), layout.contentsMargins().left()))
    assert sizes == [(18, 16), (36, 32)]


def test_a_smaller_editor_keeps_the_line_of_the_cursor_in_sight(make_editor: MakeEditor) -> None:
    editor = make_editor("\n".join(f"line {number}" for number in range(1, 101)))
    editor.go_to(_lines_in_sight(editor)[-1])

    editor.resize(editor.width(), editor.height() // 2)

    assert editor.cursor_place.line in _lines_in_sight(editor)


def test_what_is_read_stays_where_the_cursor_is_out_of_sight(
    make_editor: MakeEditor, look: EditorLook
) -> None:
    editor = make_editor("\n".join(f"line {number}" for number in range(1, 101)))
    editor.view.verticalScrollBar().setValue(40)

    editor.set_look(look.scaled(150))
    editor.resize(editor.width(), editor.height() // 2)

    assert _lines_in_sight(editor)[0] == 41


def test_a_zoom_does_not_scroll_sideways_to_a_cursor_at_the_end_of_a_long_line(
    make_editor: MakeEditor, look: EditorLook
) -> None:
    editor = make_editor("x" * 300)
    editor.go_to(1, 300)
    editor.view.horizontalScrollBar().setValue(0)

    editor.set_look(look.scaled(150))

    assert editor.view.horizontalScrollBar().value() == 0


def test_without_an_undo_of_its_own_the_window_gets_the_key(
    qtbot: QtBot, make_editor: MakeEditor
) -> None:
    editor = make_editor("a")
    editor.view.document().setUndoRedoEnabled(False)
    _type(editor, "b")

    _key(editor, Qt.Key.Key_Z, CTRL)

    assert editor.text() == "ba"


def test_eighty_columns_of_code_fit_where_the_window_has_the_room(make_editor: MakeEditor) -> None:
    editor = make_editor("x" * 80)
    editor.resize(EDITOR_LEAST, 300)

    assert editor.view.horizontalScrollBar().maximum() == 0


def test_where_the_window_has_less_room_the_code_scrolls(make_editor: MakeEditor) -> None:
    editor = make_editor("x" * 80)
    editor.resize(EDITOR_LEAST // 2, 300)

    assert editor.width() == EDITOR_LEAST // 2
    assert editor.view.horizontalScrollBar().maximum() > 0


def test_lines_stand_twenty_pixels_apart_and_ligatures_are_off(make_editor: MakeEditor) -> None:
    editor = make_editor("a\nb\nc => d")

    tops = [line.top for line in editor.view.visible_lines()]
    assert [low - high for high, low in pairwise(tops)] == [20, 20]
    assert editor.view.font().featureValue(QFont.Tag("calt")) == 0
    assert "font-family" not in editor.view.styleSheet()


def test_a_click_on_the_bar_of_coverage_asks_who_comes_to_the_line(
    make_editor: MakeEditor,
) -> None:
    editor = make_editor("a\nb\nc")
    editor.set_marks(LineMarks(coverage={2: "ran"}, coverage_words={2: "1 of 1 comes here"}))
    clicked: list[int] = []
    editor.view.gutter.coverage_clicked.connect(lambda line, _at: clicked.append(line))
    toggled: list[BreakpointToggle] = []
    editor.breakpoint_toggled.connect(toggled.append)
    gutter = editor.view.gutter
    for line in editor.view.visible_lines():
        if line.number in (2, 3):
            place = QPoint(gutter.width() - 4, int(line.top + line.height / 2))
            QTest.mouseClick(gutter, Qt.MouseButton.LeftButton, pos=place)
    assert clicked == [2]
    assert [one.line for one in toggled] == [3]


def test_the_line_of_a_run_is_seen_in_the_code_and_in_the_gutter(
    make_editor: MakeEditor,
) -> None:
    editor = make_editor("a\nb\nc")
    editor.set_marks(LineMarks(run_line=StoppedLine(2)))

    second = next(line for line in editor.view.visible_lines() if line.number == 2)
    y = int(second.top + 2)
    colours = editor.view.look.colours
    gutter = editor.view.gutter.grab().toImage()
    code = editor.view.viewport().grab().toImage()
    assert code.pixelColor(code.width() - 2, y) == colours.paused_tint
    assert gutter.pixelColor(1, y) == colours.paused
    assert gutter.pixelColor(26, int(second.top + 10)) == colours.paused


def test_everything_that_takes_the_focus_has_a_name(make_editor: MakeEditor) -> None:
    editor = make_editor("a")
    editor.open_find(replacing=True)
    editor.ask_for_line()

    nameless = [
        widget
        for widget in editor.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not widget.accessibleName()
    ]
    assert nameless == []


@pytest.mark.parametrize("text", ["😀 = 1\n😀", "é\n日本"])
def test_columns_count_characters(make_editor: MakeEditor, text: str) -> None:
    editor = make_editor(text)

    editor.go_to(1, 2)

    assert editor.cursor_place == CursorPlace(1, 2)


def test_the_mouse_on_a_name_brings_its_documentation(
    make_editor: MakeEditor, qtbot: QtBot
) -> None:
    editor = make_editor("api.access.deny('no');")
    line = next(editor.view.visible_lines())
    place = QPoint(int(line.x(12)), int(line.top + 10))

    QApplication.sendEvent(
        editor.view.viewport(),
        QHelpEvent(QEvent.Type.ToolTip, place, editor.view.viewport().mapToGlobal(place)),
    )

    assert editor.assistance.card.text.startswith("api.access.deny(reason)")
    QTest.mouseMove(editor.view.viewport(), QPoint(500, 300))
    qtbot.waitUntil(editor.assistance.card.isHidden)


def test_a_card_stays_where_it_comes_up_under_the_resting_mouse(
    make_editor: MakeEditor, qtbot: QtBot
) -> None:
    editor = make_editor("api.access.deny('no');")
    editor.go_to(1, 13)
    card = editor.assistance.card
    _key(editor, Qt.Key.Key_I, CTRL)
    middle = editor.view.viewport().mapFromGlobal(card.mapToGlobal(card.rect().center()))
    card.hide()
    QTest.mouseMove(editor.view.viewport(), middle)
    qtbot.waitUntil(editor.view.viewport().underMouse)

    _key(editor, Qt.Key.Key_I, CTRL)
    QApplication.processEvents()

    assert card.text.startswith("api.access.deny(reason)")
    QTest.mouseMove(editor.view.viewport(), middle + QPoint(3, 0))
    qtbot.waitUntil(card.isHidden)


def test_proposals_go_when_the_editor_loses_the_keyboard(make_editor: MakeEditor) -> None:
    editor = make_editor("")
    _type(editor, "event.")

    editor.view.clearFocus()

    assert editor.assistance.popup.isHidden()


def test_a_card_has_the_room_of_the_window_and_goes_with_its_editor(
    look: EditorLook, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    editor = CodeEditor("ask.js", "javascript", look)
    editor.setParent(window)
    editor.setGeometry(0, 0, 700, 40)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    editor.view.setFocus()
    popup = editor.assistance.popup
    _type(editor, "event.")
    assert window.rect().contains(popup.geometry())
    assert popup.geometry().top() >= editor.view.cursorRect().bottom()

    editor.hide()

    assert popup.isHidden()


def test_marks_move_with_the_lines_they_stand_on(make_editor: MakeEditor) -> None:
    editor = make_editor("a\nb\nc")
    problem = CodeProblem(3, 1, "error", "Odd.")
    editor.set_marks(LineMarks(problems=(problem,), values={1: "a = 1", 2: "b = 2"}))
    editor.go_to(1, 2)

    _type(editor, "\n")

    marks = editor.view.marks
    assert [one.line for one in marks.problems] == [4]
    assert dict(marks.values) == {1: "a = 1", 3: "b = 2"}


def test_what_the_gutter_shows_of_a_line_is_there_in_words(make_editor: MakeEditor) -> None:
    editor = make_editor("a\nb")
    editor.set_breakpoints([2])
    problem = CodeProblem(2, 1, "error", "Odd.")
    editor.set_marks(LineMarks((problem,), {2: "b = 2"}, StoppedLine(2)))

    assert editor.words_about(2) == "paused here, breakpoint, Odd., b = 2"
    assert editor.words_about(1) == ""


def test_every_character_of_the_code_stays_as_it_is(make_editor: MakeEditor) -> None:
    code = "a\u00a0=\u2003'\u2028\ufeff\u200b😀\t'\n"
    editor = make_editor(code)
    editor.go_to(2)

    _type(editor, "b")

    assert editor.text() == f"{code}b"


def test_escape_takes_one_thing_away_at_a_time(make_editor: MakeEditor) -> None:
    editor = make_editor("api.access.deny('no');")
    editor.open_find()
    editor.view.setFocus()
    editor.go_to(1, 13)
    _key(editor, Qt.Key.Key_I, CTRL)

    shown = []
    for _ in range(2):
        _key(editor, Qt.Key.Key_Escape)
        shown.append((editor.assistance.card.isHidden(), editor.find_bar.isHidden()))

    assert shown == [(True, False), (True, True)]


def test_escape_with_nothing_to_take_away_goes_to_the_window(
    make_editor: MakeEditor, qtbot: QtBot
) -> None:
    editor = make_editor("a")
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)

    QApplication.sendEvent(editor.view, event)

    assert not event.isAccepted()


def test_proposals_follow_what_is_deleted_and_go_with_a_click(
    make_editor: MakeEditor, qtbot: QtBot
) -> None:
    editor = make_editor("")
    _type(editor, "event.user.em")
    popup = editor.assistance.popup
    assert len(popup.items_shown) == 2

    _key(editor, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: len(popup.items_shown) > 2)
    QTest.mouseClick(editor.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 300))

    assert popup.isHidden()
