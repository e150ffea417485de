"""Showing what is shown already costs nothing: steps of a login often stand on the same line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject
from typing_extensions import override

from loginwright_designer.code_editor.line_marks import LineMarks, PastLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from loginwright_designer.code_editor.editor import CodeEditor

    MakeEditor = Callable[..., CodeEditor]

CODE = "one();\ntwo();\nthree();\n"


class Paints(QObject):
    """Counts how often something is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def show(editor: CodeEditor) -> None:
    editor.set_text(CODE)
    editor.show_as_it_ran()
    editor.go_to(2)
    editor.set_marks(LineMarks(values={2: "a = 1"}, run_line=PastLine(2)))


@pytest.mark.parametrize(
    ("other", "painted"),
    [
        (lambda _editor: None, False),
        (lambda editor: editor.go_to(3), True),
        (lambda editor: editor.set_marks(LineMarks(run_line=PastLine(1))), True),
        (lambda editor: editor.set_text("one();\nthree();\n"), True),
    ],
    ids=["the same", "another line", "other marks", "other code"],
)
def test_code_is_painted_again_only_where_something_is_new(
    make_editor: MakeEditor,
    qapp: QApplication,
    other: Callable[[CodeEditor], None],
    painted: bool,
) -> None:
    editor = make_editor(CODE)
    show(editor)
    editor.view.setCursorWidth(0)  # it blinks
    qapp.processEvents()
    paints = Paints()
    editor.view.viewport().installEventFilter(paints)
    show(editor)
    other(editor)
    qapp.processEvents()
    editor.view.viewport().removeEventFilter(paints)
    assert bool(paints.count) == painted
