"""What a keystroke costs in the designer's editor, beside the same edit without colours."""

from __future__ import annotations

import os
import statistics
import time
from typing import TYPE_CHECKING

from benchmarks.table import Row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    from loginwright_designer.code_editor.editor import CodeEditor

STROKES = 200
KEYSTROKE_MS = 8
FUNCTION = """/**
 * @param {Event} event - The user and the context in which they are logging in.
 */
exports.onExecutePostLogin = async (event, api) => {
  if (event.user.user_metadata.favorite_color || !api.redirect.canRedirect()) {
    return; // nothing to ask
  }
  const token = api.redirect.encodeToken({ secret: event.secrets.MY_SHARED_SECRET });
  api.redirect.sendUserTo("https://my-app.example.com/", { query: { token } });
};
"""


def _application() -> QApplication:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    running = QApplication.instance()
    return running if isinstance(running, QApplication) else QApplication([])


def _text(lines: int) -> str:
    return FUNCTION * (lines // FUNCTION.count("\n"))


def _editor(lines: int) -> CodeEditor:
    from loginwright_designer.code_editor.editor import CodeEditor
    from loginwright_designer.code_editor.editor_look import editor_look
    from loginwright_designer.resource_files import resource_files
    from loginwright_designer.theme.roles import SchemeChoice
    from loginwright_designer.theme.theme import Theme

    theme = Theme(resource_files(), SchemeChoice.LIGHT)
    look = editor_look(theme)
    editor = CodeEditor("bench.js", "javascript", look)
    theme.setParent(editor)
    editor.resize(800, 700)
    editor.set_text(_text(lines))
    editor.show()
    return editor


def _plain(lines: int) -> QPlainTextEdit:
    from PySide6.QtWidgets import QPlainTextEdit

    plain = QPlainTextEdit()
    plain.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    plain.resize(800, 700)
    plain.setPlainText(_text(lines))
    plain.show()
    return plain


def _to_the_middle(view: QPlainTextEdit) -> None:
    block = view.document().findBlockByNumber(view.document().blockCount() // 20 * 10 + 5)
    cursor = view.textCursor()
    cursor.setPosition(block.position() + block.length() - 1)
    view.setTextCursor(cursor)
    view.centerCursor()


def _keystrokes(application: QApplication, view: QPlainTextEdit) -> list[float]:
    """Type at the end of a line, each stroke with its paint; microseconds."""
    from PySide6.QtTest import QTest

    times = []
    for index in range(STROKES):
        begin = time.perf_counter()
        QTest.keyClicks(view, "word "[index % 5])
        view.viewport().repaint()
        times.append((time.perf_counter() - begin) * 1e6)
        application.processEvents()
    return times


def keystroke(lines: int) -> list[Row]:
    """Return what a stroke costs in a file of so many lines, at the median and at worst."""
    application = _application()
    editor, plain = _editor(lines), _plain(lines)
    editor.view.highlighter.finish()
    for view in (editor.view, plain):
        _to_the_middle(view)
        _keystrokes(application, view)
    ours, floor = _keystrokes(application, editor.view), _keystrokes(application, plain)
    note = f"floor: Qt's plain text edit; at worst {max(ours) / 1000:.1f} ms, ≤ {KEYSTROKE_MS} ms"
    rows = [
        Row(
            f"editor: keystroke and paint at {lines:,} lines",
            statistics.median(ours),
            statistics.median(floor),
            note=note,
        ),
        _worst_edit(application, editor, lines),
    ]
    editor.close()
    plain.close()
    return rows


def _worst_edit(application: QApplication, editor: CodeEditor, lines: int) -> Row:
    """Open a template literal in the first line, which turns every line's colours over."""
    from PySide6.QtTest import QTest

    editor.go_to(1)
    slices = []
    begin = time.perf_counter()
    QTest.keyClicks(editor.view, "`")
    editor.view.viewport().repaint()
    stroke = time.perf_counter() - begin
    while not editor.view.highlighter.complete:
        slice_begin = time.perf_counter()
        application.processEvents()
        slices.append(time.perf_counter() - slice_begin)
    longest = max(slices, default=0.0) * 1000
    note = f"all colours change; longest slice after it {longest:.1f} ms, {len(slices)} slices"
    return Row(f"editor: opening ` at the top of {lines:,} lines", stroke * 1e6, note=note)


async def rows() -> list[Row]:
    """Return the rows of the table."""
    return [*keystroke(2_500), *keystroke(20_000)]
