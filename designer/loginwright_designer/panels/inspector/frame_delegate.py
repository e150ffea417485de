"""Paints a row of the call stack: the function at the left, and where it stands at the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QRectF, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from loginwright_designer.controls.row_delegate import RowDelegate
from loginwright_designer.controls.row_painting import paint_row_ground
from loginwright_designer.panels.inspector.text_painting import Ink, paint_line, text_width
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from loginwright_designer.controls.model_index import Index
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

FRAME_ROLE: Final = Qt.ItemDataRole.UserRole
"""A row's ``FrameWords``."""

ROW_HEIGHT = 24
_SIDE = 8
_GAP = 12


@dataclass(frozen=True, slots=True)
class FrameWords:
    """What a row says of a function that stands still.

    Attributes:
        function: Its name.
        file: The name of its file, without the folder.
        line: Where it stands.
        alone: All functions of the stack stand in this file, so that its name can be left out.
    """

    function: str
    file: str
    line: int
    alone: bool


def place_that_fits(words: FrameWords, width: float, theme: Theme) -> tuple[str, str]:
    """Return a function and its place as a row has room for them; the line is always whole.

    Args:
        words: What is to be said.
        width: Of the row.
        theme: Its fonts and sizes.
    """
    room = width - theme.px(2 * _SIDE) - theme.px(_GAP)
    name = text_width(words.function, theme, TextStyle.BODY)
    place = translate("CallStack", "{file}:{line}").format(file=words.file, line=words.line)
    if name + text_width(place, theme, TextStyle.SECONDARY) > room:
        if words.alone:
            place = translate("CallStack", "line {line}").format(line=words.line)
        else:
            place = _shortened(words, room - min(name, room / 2), theme)
    metrics = theme.fonts.metrics(TextStyle.BODY)
    left = room - text_width(place, theme, TextStyle.SECONDARY)
    return metrics.elidedText(words.function, Qt.TextElideMode.ElideRight, left), place


def _shortened(words: FrameWords, room: float, theme: Theme) -> str:
    """Return a place with as much of its file's name as there is room for."""
    line = translate("CallStack", ":{line}").format(line=words.line)
    left = room - text_width(line, theme, TextStyle.SECONDARY)
    metrics = theme.fonts.metrics(TextStyle.SECONDARY)
    return metrics.elidedText(words.file, Qt.TextElideMode.ElideMiddle, left) + line


class FrameDelegate(RowDelegate):
    """Paints functions that stand still.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(theme, (0, ROW_HEIGHT), parent)  # as wide as the list

    @override
    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        words = index.data(FRAME_ROLE)
        if not isinstance(words, FrameWords):
            return
        view = option.widget
        focused = isinstance(view, QWidget) and view.hasFocus()
        paint_row_ground(painter, option, self._theme, barred=False, focused=focused)
        side = self._theme.px(_SIDE)
        row = QRectF(option.rect)
        function, place = place_that_fits(words, row.width(), self._theme)
        within = row.adjusted(side, 0, -side, 0)
        paint_line(painter, within, function, self._theme, Ink(TextStyle.BODY))
        ink = Ink(TextStyle.SECONDARY, Role.TEXT_SECONDARY, right=True)
        paint_line(painter, within, place, self._theme, ink)
