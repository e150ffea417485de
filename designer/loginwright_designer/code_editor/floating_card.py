"""A card that floats over the code: proposals, or what is known of a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from loginwright_designer.code_editor.editor_look import EditorLook

_RADIUS = 6
_GAP = 4
_UNLIMITED = 16_777_215


def fit_height(label: QLabel, width: int, least: int = 0) -> None:
    """Make a label as high as its words need at a width, once for all."""
    label.setMinimumSize(0, 0)
    label.setMaximumSize(_UNLIMITED, _UNLIMITED)
    label.setFixedSize(width, max(label.heightForWidth(width), least))


class FloatingCard(QWidget):
    """Stands over the widget it belongs to, beside a line of code, without taking the focus."""

    def __init__(self, parent: QWidget, look: EditorLook) -> None:
        """Belong to ``parent``; shown by ``show_beside``."""
        super().__init__(parent)
        self._surface = parent
        parent.destroyed.connect(self.deleteLater)
        self._look = look
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def room(self) -> int:
        """How wide the card may be."""
        return self._surface.window().width()

    @property
    def look(self) -> EditorLook:
        """Colours and fonts."""
        return self._look

    def set_look(self, look: EditorLook) -> None:
        """Take other colours and sizes."""
        self._look = look
        palette = self.palette()
        colours = look.colours
        text = colours.current_number
        palette.setColor(QPalette.ColorRole.Base, colours.card)
        palette.setColor(QPalette.ColorRole.Window, colours.card)
        palette.setColor(QPalette.ColorRole.Text, text)
        palette.setColor(QPalette.ColorRole.WindowText, text)
        palette.setColor(QPalette.ColorRole.Highlight, colours.selection)
        palette.setColor(QPalette.ColorRole.HighlightedText, text)
        self.setPalette(palette)
        self.update()

    def show_beside(self, line: QRect) -> None:
        """Stand below a line, or above it where there is more room.

        Args:
            line: Area of the line's begin, in the coordinates of the widget it belongs to.
        """
        window = self._surface.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        line = QRect(self._surface.mapTo(window, line.topLeft()), line.size())
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.adjustSize()
        room = window.rect().adjusted(_GAP, 0, -_GAP, 0)
        self.resize(min(self.width(), room.width()), self.height())
        top = line.bottom() + _GAP
        if top + self.height() > room.bottom():
            above = line.top() - _GAP - self.height()
            top = above if above >= 0 else max(0, room.bottom() - self.height())
        left = max(room.left(), min(line.left(), room.right() - self.width()))
        self.move(QPoint(left, top))
        self.raise_()
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._look.colours.card)
        painter.setPen(QPen(self._look.colours.border, 1))
        area = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)
        painter.end()
