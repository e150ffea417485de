"""A value in which the characters that differ are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from loginwright_designer.simulation.visible_text import visible_line
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.simulation.char_differences import Span
    from loginwright_designer.theme.theme import Theme


class DifferenceText(QWidget):
    """A text on as many lines as it takes; what differs is underlined on a tint.

    Args:
        theme: The colours.
        spans: The text.
        tint: Behind what differs.
        role: Of the line below what differs.
        parent: Qt's owner.
    """

    def __init__(
        self,
        theme: Theme,
        spans: tuple[Span, ...],
        tint: Role,
        role: Role,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._spans = tuple((visible_line(span.text), span.differs) for span in spans)
        self._tint, self._role = tint, role
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.text)
        self.setToolTip(self.text)
        theme.theme_changed.connect(self._on_theme_changed)

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(text for text, _differs in self._spans)

    @property
    def marked(self) -> tuple[str, ...]:
        """The stretches that are marked."""
        return tuple(text for text, differs in self._spans if differs)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int, /) -> int:
        layout = self._laid_out(max(width, 1))
        return int(layout.boundingRect().height() + 0.999)

    @override
    def sizeHint(self) -> QSize:
        metrics = self._theme.fonts.metrics(TextStyle.VALUE)
        return QSize(
            int(metrics.horizontalAdvance(self.text)) + 2, int(metrics.lineSpacing() + 0.999)
        )

    @override
    def minimumSizeHint(self) -> QSize:
        metrics = self._theme.fonts.metrics(TextStyle.VALUE)
        return QSize(int(metrics.horizontalAdvance("mmmm")), int(metrics.lineSpacing() + 0.999))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._theme.colour(Role.TEXT))
        layout = self._laid_out(self.width())
        layout.draw(painter, QPointF(0, (self.height() - layout.boundingRect().height()) / 2))
        painter.end()

    def _laid_out(self, width: int) -> QTextLayout:
        layout = QTextLayout(self.text, self._theme.font(TextStyle.VALUE))
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout

    def _formats(self) -> list[QTextLayout.FormatRange]:
        formats: list[QTextLayout.FormatRange] = []
        start = 0
        for text, differs in self._spans:
            if differs:
                marked = QTextCharFormat()
                marked.setBackground(self._theme.colour(self._tint))
                marked.setFontUnderline(True)
                marked.setUnderlineColor(self._theme.colour(self._role))
                found = QTextLayout.FormatRange()
                found.start, found.length, found.format = start, len(text), marked
                formats.append(found)
            start += len(text)
        return formats

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
