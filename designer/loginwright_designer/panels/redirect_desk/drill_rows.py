"""A row of the drills' table: what was sent, what came of it, and how the flow did."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import IconButton
from loginwright_designer.controls.labels import IconLabel, strong_words, text_label
from loginwright_designer.panels.redirect_desk.wrapping_row import RowWidget
from loginwright_designer.simulation.desk_words import drill_outcome_words
from loginwright_designer.simulation.drill_words import drill_name, verdict_words
from loginwright_designer.simulation.drills import DrillResult, Verdict
from loginwright_designer.simulation.visible_text import visible
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import paint_focus_ring
from loginwright_designer.theme.tinted_icons import STATE_STROKE

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

SENT_WIDTH, VERDICT_WIDTH = 168, 200
LEAST_OUTCOME = 168


class DrillRow(QFrame):
    """A drill that has run. It takes the keyboard; arrows go to the next one.

    Args:
        theme: The colours.
        result: What came of it.
        sent: What was sent, in words.
        explains: The token was refused, and Enter explains it.
        parent: Qt's owner.
    """

    run_opened = Signal()  # the copy's run is to be looked at
    saved = Signal()  # it is to be kept as a scenario
    explained = Signal()  # why the token was refused is to be shown
    moved = Signal(int)  # the keyboard goes this many rows down

    def __init__(
        self,
        theme: Theme,
        result: DrillResult,
        sent: str,
        *,
        explains: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.result = result
        self._explains = explains
        self._pressed = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._column = QVBoxLayout(self)
        self._row = RowWidget(theme.px(12))
        self._name = _drill_name(result, sent)
        self._outcome = text_label(
            visible(drill_outcome_words(result)), TextStyle.SECONDARY, wrap=True
        )
        self._verdict = _VerdictCell(theme, result.verdict)
        self.menu_button = self._new_menu()
        self._row.row.add(self._name, grows=True, least=theme.px(SENT_WIDTH))
        self._row.row.add(self._outcome, grows=True, least=theme.px(LEAST_OUTCOME))
        self._row.row.add(self._verdict)
        self._row.row.add(self.menu_button)
        self._column.addWidget(self._row)
        more = translate("Drills", "Enter explains it.") if explains else ""
        self.setAccessibleName(self.spoken)
        self.setAccessibleDescription(more)
        if explains:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip(translate("Drills", "Why it was refused"))
        self._fit()
        theme.theme_changed.connect(self._fit)

    @property
    def spoken(self) -> str:
        """The row as it is read out."""
        words = drill_outcome_words(self.result)
        return f"{drill_name(self.result.drill)}: {words} {verdict_words(self.result.verdict)}"

    @property
    def verdict_text(self) -> str:
        """The verdict as it is written, with its strong word."""
        return self._verdict.label.text()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.moved.emit(1)
            case Qt.Key.Key_Up:
                self.moved.emit(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                self._open()
            case _:
                super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.button() == Qt.MouseButton.LeftButton
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, False
        if pressed and event.button() == Qt.MouseButton.LeftButton and self._explains:
            self.explained.emit()
        super().mouseReleaseEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self._theme.colour(Role.SEPARATOR))
        painter.drawLine(0, 0, self.width(), 0)
        if self.hasFocus():
            inside = self.rect().toRectF().adjusted(4, 4, -4, -4)
            paint_focus_ring(painter, inside, self._theme.px(4), self._theme)
        painter.end()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def _open(self) -> None:
        if self._explains:
            self.explained.emit()
        elif self.result.record is not None:
            self.run_opened.emit()

    def _new_menu(self) -> IconButton:
        name = translate("Drills", "More about the drill {name}")
        button = IconButton(
            self._theme, "ellipsis", name.format(name=drill_name(self.result.drill)), size=28
        )
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        explain = menu.addAction(translate("Drills", "Why it was refused"))
        explain.setVisible(self._explains)
        explain.triggered.connect(lambda _on: self.explained.emit())
        self.open_action = menu.addAction(translate("Drills", "Open this run"))
        self.open_action.setEnabled(self.result.record is not None)
        self.open_action.triggered.connect(lambda _on: self.run_opened.emit())
        self.save_action = menu.addAction(translate("Drills", "Save as scenario"))
        self.save_action.setEnabled(self.result.reply is not None)
        self.save_action.setToolTip(self.result.unsaved)
        self.save_action.triggered.connect(lambda _on: self.saved.emit())
        button.setMenu(menu)
        return button

    def _fit(self) -> None:
        theme = self._theme
        self._column.setContentsMargins(theme.px(4), theme.px(6), theme.px(4), theme.px(6))
        self._row.row.setSpacing(theme.px(12))
        self._verdict.setFixedWidth(theme.px(VERDICT_WIDTH))


def _drill_name(result: DrillResult, sent: str) -> QWidget:
    """Return the first column: the drill, and what was sent below it."""
    cell = QWidget()
    lines = QVBoxLayout(cell)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(2)
    lines.addWidget(text_label(drill_name(result.drill), TextStyle.BODY, wrap=True))
    lines.addWidget(text_label(sent, TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True))
    return cell


class _VerdictCell(RowWidget):
    """A verdict: its mark and its words; "Accepted" is strong."""

    def __init__(self, theme: Theme, verdict: Verdict) -> None:
        super().__init__(theme.px(8))
        icon, role = _verdict_mark(verdict)
        strong = TextStyle.BODY_STRONG if verdict is Verdict.ACCEPTED else TextStyle.SECONDARY
        label = QLabel()
        label.setProperty("text_style", TextStyle.SECONDARY.value)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        text = verdict_words(verdict)
        label.setText(text)
        if strong is TextStyle.BODY_STRONG:
            first, colon, rest = text.partition(":")
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setText(f"{strong_words(first)}{colon}{escape(rest)}")
        label.setAccessibleName(text)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.row.add(IconLabel(theme, icon, role, 16, STATE_STROKE))
        self.label = label
        self.row.add(label, grows=True, least=theme.px(96))


def _verdict_mark(verdict: Verdict) -> tuple[str, Role]:
    match verdict:
        case Verdict.REFUSED:
            return "circle-check", Role.SUCCESS
        case Verdict.ACCEPTED:
            return "triangle-alert", Role.DANGER
        case Verdict.AS_THE_PLATFORM:
            return "info", Role.TEXT_SECONDARY
        case Verdict.NOT_APPLICABLE:
            return "minus", Role.TEXT_SECONDARY
        case _:
            assert_never(verdict)
