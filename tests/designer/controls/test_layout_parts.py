"""What stands in a layout is found and taken out without Qt's own items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayoutItem, QVBoxLayout, QWidget
from shiboken6 import Shiboken

from loginwright_designer.controls.layout_parts import empty, parts_of, widgets_in

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Page(QWidget):
    """A column with a row in it; ``labels`` as they are drawn."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        qtbot.addWidget(self)
        self.column, self.row = QVBoxLayout(self), QHBoxLayout()
        self.labels = [QLabel(text) for text in ("first", "left", "right", "last")]
        self.column.addWidget(self.labels[3])
        self.row.addWidget(self.labels[2])
        self.row.insertWidget(0, self.labels[1])
        self.row.addStretch(1)
        self.column.insertLayout(0, self.row)
        self.column.insertWidget(0, self.labels[0])
        self.column.addStretch(1)


def test_parts_come_in_the_order_in_which_they_are_drawn(qtbot: QtBot) -> None:
    page = Page(qtbot)
    assert parts_of(page.column) == [page.labels[0], page.row, page.labels[3]]
    assert list(widgets_in(page.column)) == page.labels


def test_a_row_that_stands_nowhere_yet_has_no_parts(qtbot: QtBot) -> None:
    assert parts_of(QHBoxLayout()) == []


def test_emptied_layout_holds_nothing_and_its_widgets_are_deleted(qtbot: QtBot) -> None:
    page = Page(qtbot)
    with qtbot.waitSignals([one.destroyed for one in (*page.labels, page.row)]):
        empty(page.column)
    assert page.column.count() == 0


def test_no_item_that_qt_deletes_unseen_is_kept(qtbot: QtBot) -> None:
    page = Page(qtbot)
    before = bare_items()
    list(widgets_in(page.column))
    empty(page.column)
    assert bare_items() <= before


def bare_items() -> set[int]:
    """Return which of Qt's own items of layouts Python still knows, by their addresses."""
    return {
        Shiboken.getCppPointer(one)[0]
        for one in Shiboken.getAllValidWrappers()
        if isinstance(one, QLayoutItem) and not isinstance(one, QObject)
    }
