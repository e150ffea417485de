"""The small field under a line in which a breakpoint's condition, hits or message is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from loginwright_designer.code_editor.asking_field import AskingField
from loginwright_designer.code_editor.editor_signals import BreakpointEdit

if TYPE_CHECKING:
    from loginwright_designer.code_editor.breakpoint_marks import BreakpointMark, BreakpointPart
    from loginwright_designer.code_editor.editor_look import EditorLook

_LONGEST = 2_000
_WIDTH = 560
_STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""Another window or a menu is in front: the field is still what is typed into."""


class BreakpointField(AskingField):
    """Takes one part of a breakpoint and Enter; Esc or a click elsewhere leaves it as it was."""

    edited = Signal(BreakpointEdit)

    def __init__(self, parent: QWidget) -> None:
        """Begin hidden, on ``parent``, over the code."""
        super().__init__(parent)
        self._line = 0
        self._part: BreakpointPart = "condition"
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.field.setMaxLength(_LONGEST)
        self.field.setAccessibleName(self.tr("Breakpoint"))
        self.field.installEventFilter(self)
        self.row.setContentsMargins(8, 4, 8, 4)
        self.row.addWidget(self.field, 1)

    def open(
        self, line: int, part: BreakpointPart, mark: BreakpointMark, area: QRect, look: EditorLook
    ) -> None:
        """Ask for a part of a line's breakpoint.

        Args:
            line: From 1.
            part: Which.
            mark: What it is now.
            area: Of the line, on the widget this stands on.
            look: Fonts.
        """
        self._line, self._part = line, part
        words = {
            "condition": self.tr("Stop at line {line} if"),
            "hits": self.tr("Stop at line {line} from this hit on"),
            "log": self.tr("Print at line {line}, without stopping"),
        }[part]
        hint = {
            "condition": self.tr("An expression of the code, such as a comparison"),
            "hits": self.tr("A number from 1"),
            "log": self.tr("Text; {expression} is evaluated"),
        }[part]
        said = words.replace("{line}", str(line))
        self.label.setText(said)
        self.field.setAccessibleName(said)
        self.field.setPlaceholderText(hint)
        self.field.setFont(look.value_font)
        self.field.setText(mark.part(part))
        self.field.selectAll()
        self._place(area, look.px(_WIDTH))
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self, area: QRect, width: int) -> None:
        parent = self.parentWidget()
        room = area if parent is None else parent.visibleRegion().boundingRect()
        room = room if room.contains(area.topLeft()) else area
        height = self.sizeHint().height()
        top = area.bottom() + 1
        if top + height > room.bottom():
            top = max(0, area.top() - height)
        self.setGeometry(
            area.left(), top, max(80, min(width, room.right() - area.left() - 16)), height
        )

    @override
    def take(self) -> None:
        text = self.field.text().strip()
        if self._part == "hits" and text and not (text.isdecimal() and int(text) > 0):
            self.field.selectAll()
            self.field.setAccessibleDescription(self.tr("A number from 1 is expected."))
            self.field.setToolTip(self.tr("A number from 1 is expected."))
            return
        self.hide()
        self.edited.emit(BreakpointEdit(self._line, self._part, text))
        self.closed.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _STAYS:
            self.hide()
        return super().eventFilter(watched, event)
