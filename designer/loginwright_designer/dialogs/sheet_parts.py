"""What sheets are put together from: parts with a title, ticks in a row, and a text to copy."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QTextOption
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from loginwright_designer.controls.labels import ElidedLabel, MarkLabel, text_label
from loginwright_designer.controls.rows import SectionTitle
from loginwright_designer.controls.turning_rows import set_stacked
from loginwright_designer.theme.marks import State
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QResizeEvent

    from loginwright_designer.theme.theme import Theme

MOST_SHOWN_LINES = 8
_FEWEST_LINES = 5
_NARROW = 480


class SheetPart(QWidget):
    """A part of a sheet that reaches from edge to edge, with a title and rows.

    Args:
        theme: The colours.
        title: What it is about; empty for none.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows = QVBoxLayout(self)
        self.title = SectionTitle(title, style=TextStyle.TITLE)
        self.rows.addWidget(self.title)
        self.title.setVisible(bool(title))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def _fit(self) -> None:
        side, gap = self._theme.px(24), self._theme.px(16)
        self.rows.setContentsMargins(side, gap, side, gap)
        self.rows.setSpacing(self._theme.px(8))


class _Words(QLabel):
    """Words beside a tick: they take several lines, and pressing them presses the tick."""

    pressed = Signal()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.pressed.emit()


class SheetFact(QWidget):
    """A name and its value, with a note that moves below the value where there is little room.

    Args:
        theme: The colours.
        name: In the first column.
        value: In the second; gives way in its middle.
        note: Said quietly.
        code: The value is shown in the editor's font.
        parent: Qt's owner.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        value: str,
        note: str = "",
        *,
        code: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(f"{name}: {value}, {note}".removesuffix(", "))
        self._name = ElidedLabel(name, TextStyle.BODY, Role.TEXT_SECONDARY)
        style = TextStyle.VALUE if code else TextStyle.BODY
        middle = Qt.TextElideMode.ElideMiddle
        self.value = ElidedLabel(value, style, mode=middle)
        self._note = ElidedLabel(note, TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        self._said = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._said.addWidget(self.value, 1)
        self._said.addWidget(self._note)
        self._note.setVisible(bool(note))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._name, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._said, 1)
        self._fit()
        theme.theme_changed.connect(self._fit)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < self._theme.px(_NARROW)
        set_stacked(self._said, stacked=narrow)
        self._said.setSpacing(self._theme.px(2 if narrow else 8))
        self._row.setSpacing(self._theme.px(8))
        self._name.setFixedWidth(self._theme.px(112))
        self._name.setMinimumHeight(self._theme.px(24))
        self.value.setMinimumHeight(self._theme.px(24))


class TickRow(QFrame):
    """A tick on a ground of its own, so that it is not taken for one of the rows around it.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    toggled = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("ground", "surface_muted")
        self.box = QCheckBox()
        self.box.toggled.connect(self.toggled)
        self._words = _Words()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.pressed.connect(self.box.toggle)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.box)
        self._row.addWidget(self._words, 1)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_text(self, text: str, *, checked: bool) -> None:
        """Say what is agreed to, without telling anybody."""
        blocked = self.box.blockSignals(True)
        self._words.setText(text)
        self.box.setAccessibleName(text)
        self.box.setChecked(checked)
        self.box.blockSignals(blocked)

    def _fit(self) -> None:
        side, gap = self._theme.px(8), self._theme.px(4)
        self._row.setContentsMargins(side, gap, side, gap)
        self._row.setSpacing(side)


class CodeText(QPlainTextEdit):
    """Lines to read and copy, in the editor's font; as high as they are, to eight lines.

    Args:
        theme: The colours.
        name: What is read out before the lines.
        most: How many lines are shown before it scrolls.
        grows: It takes the room there is, and gives way down to a few lines.
        yields: It is as high as its lines where there is room, and gives way down to a few.
        parent: Qt's owner.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        most: int = MOST_SHOWN_LINES,
        grows: bool = False,
        yields: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._most = most
        self._grows = grows
        self._yields = yields
        self._wanted = 0
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_text(self, text: str) -> None:
        """Show other lines."""
        self.setPlainText(text.rstrip("\n"))
        self._fit()

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self._wanted) if self._yields else hint

    def _fit(self) -> None:
        font = self._theme.font(TextStyle.VALUE)
        self.setFont(font)
        self.document().setDefaultFont(font)
        self.document().setDocumentMargin(self._theme.px(8))
        lines = min(max(self.document().blockCount(), 1), self._most)
        bar = self.horizontalScrollBar().sizeHint().height()
        line = ceil(QFontMetricsF(font).lineSpacing())  # as lines of a document stand
        frame = 2 * (1 + self._theme.px(2))  # edge and padding, as the stylesheet has them
        height = line * lines + self._theme.px(16) + bar + frame + 2
        self._wanted = height
        if self._grows or self._yields:
            self.setMinimumHeight(min(height, line * _FEWEST_LINES))
            if self._yields:
                self.setMaximumHeight(height)
            self.updateGeometry()
        else:
            self.setFixedHeight(height)


class MessageRow(QFrame):
    """A mark, a sentence and a remedy on the tint of a state.

    Args:
        theme: The colours.
        state: Which state.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, state: State, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark = MarkLabel(theme, state)
        self._message = text_label("", TextStyle.BODY, wrap=True, selectable=True)
        self._remedy = text_label("", TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
        words = QVBoxLayout()
        words.addWidget(self._message)
        words.addWidget(self._remedy)
        self._words = words
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(words, 1)
        self.show_state(state)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_state(self, state: State) -> None:
        """Take another state's mark and tint."""
        tints = {
            State.ERROR: "danger_tint",
            State.WARNING: "paused_tint",
            State.AS_EXPECTED: "success_tint",
            State.RAN: "success_tint",
        }
        self.setProperty("ground", tints.get(state, "surface_muted"))
        self._mark.show_mark(state)
        self.style().unpolish(self)
        self.style().polish(self)

    def show_message(self, message: str, remedy: str = "") -> None:
        """Say something."""
        self._message.setText(message)
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))
        self.setAccessibleName(f"{message} {remedy}".strip())

    @property
    def message(self) -> str:
        """What it says."""
        return self._message.text()

    def _fit(self) -> None:
        side, gap = self._theme.px(12), self._theme.px(8)
        self._row.setContentsMargins(side, gap, side, gap)
        self._row.setSpacing(gap)
        self._words.setSpacing(self._theme.px(4))


def copy_text(text: str) -> None:
    """Put a text on the clipboard."""
    QGuiApplication.clipboard().setText(text)
