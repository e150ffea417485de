"""A line of short phrases, each with a mark or a strong word before it; it wraps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from loginwright_designer.panels.scenarios.marks import paint_mark_of
from loginwright_designer.theme.marks import Mark
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class Phrase:
    """A few words.

    Attributes:
        text: The words.
        mark: Before them, or None.
        strong: A strong word before them, a key for instance.
    """

    text: str
    mark: Mark | None = None
    strong: str = ""

    @property
    def spoken(self) -> str:
        """The whole phrase."""
        return f"{self.strong} {self.text}" if self.strong else self.text


class PhraseLine(QWidget):
    """Shows phrases one after another.

    Args:
        theme: Colours and fonts.
        style: Of the words.
        role: Their colour.
        gap: Between two phrases, at a zoom of 100 %.
        parent: Qt's owner.
    """

    def __init__(
        self,
        theme: Theme,
        style: TextStyle = TextStyle.SECONDARY,
        role: Role = Role.TEXT_SECONDARY,
        gap: int = 24,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._style, self._role, self._gap = theme, style, role, gap
        self._phrases: tuple[Phrase, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.theme_changed.connect(self._on_theme_changed)

    def show_phrases(self, phrases: tuple[Phrase, ...]) -> None:
        """Show other phrases."""
        if phrases == self._phrases:
            return
        self._phrases = phrases
        self.setAccessibleName(", ".join(phrase.spoken for phrase in phrases))
        self.updateGeometry()
        self._fit()
        self.update()

    @property
    def text(self) -> str:
        """All that is shown."""
        return "   ".join(phrase.spoken for phrase in self._phrases)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        lines = {top for _phrase, _left, top in self._places(width)}
        return max(1, len(lines)) * self._line_height()

    @override
    def sizeHint(self) -> QSize:
        widths = [self._width(phrase) for phrase in self._phrases]
        width = sum(widths) + self._theme.px(self._gap) * max(len(widths) - 1, 0)
        return QSize(int(width) + 1, self._line_height())

    @override
    def minimumSizeHint(self) -> QSize:
        widest = max((self._width(phrase) for phrase in self._phrases), default=0.0)
        return QSize(int(widest) + 1, self._line_height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for phrase, left, top in self._places(self.width()):
            self._paint(painter, phrase, left, top)
        painter.end()

    def _fit(self) -> None:
        self.setMinimumHeight(self.heightForWidth(max(self.width(), 1)))

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self._fit()
        self.update()

    def _line_height(self) -> int:
        return max(self._theme.px(24), int(self._theme.fonts.metrics(self._style).height()) + 1)

    def _places(self, width: int) -> list[tuple[Phrase, float, int]]:
        places: list[tuple[Phrase, float, int]] = []
        left, top = 0.0, 0
        for phrase in self._phrases:
            wide = self._width(phrase)
            if left > 0 and left + wide > width:
                left, top = 0.0, top + self._line_height()
            places.append((phrase, left, top))
            left += wide + self._theme.px(self._gap)
        return places

    def _width(self, phrase: Phrase) -> float:
        fonts = self._theme.fonts
        width: float = fonts.metrics(self._style).horizontalAdvance(phrase.text)
        if phrase.mark is not None:
            width += self._theme.px(16 + 8)
        if phrase.strong:
            strong = fonts.metrics(self._strong_style()).horizontalAdvance(phrase.strong)
            width += strong + self._theme.px(4)
        return width

    def _strong_style(self) -> TextStyle:
        secondary = self._style is TextStyle.SECONDARY
        return TextStyle.SECONDARY_STRONG if secondary else TextStyle.BODY_STRONG

    def _paint(self, painter: QPainter, phrase: Phrase, left: float, top: int) -> None:
        theme, height = self._theme, self._line_height()
        if phrase.mark is not None:
            centre = QPointF(left + theme.px(8), top + height / 2)
            paint_mark_of(painter, centre, theme, phrase.mark)
            left += theme.px(16 + 8)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(theme.colour(self._role))
        if phrase.strong:
            painter.setFont(theme.font(self._strong_style()))
            painter.drawText(QRectF(left, top, self.width(), height), middle, phrase.strong)
            left += painter.fontMetrics().horizontalAdvance(phrase.strong) + theme.px(4)
        painter.setFont(theme.font(self._style))
        painter.drawText(QRectF(left, top, self.width(), height), middle, phrase.text)
