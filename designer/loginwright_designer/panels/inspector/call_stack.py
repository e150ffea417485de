"""*Call stack*: the functions that stand still, innermost first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from loginwright_designer.controls.rows import SectionTitle
from loginwright_designer.panels.inspector.frame_delegate import (
    FRAME_ROLE,
    ROW_HEIGHT,
    FrameDelegate,
    FrameWords,
)
from loginwright_designer.panels.inspector.inspector_signals import FrameChoice
from loginwright_designer.panels.inspector.text_painting import plain_tip
from loginwright_designer.simulation.visible_text import visible_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.debugging.inspection import Frame

translate = QCoreApplication.translate

MOST_ROWS = 4
_SIDE = 8
"""A row's ground reaches 8 further out than its words (mocks/notes.md, "Geometry")."""


class CallStackView(QWidget):
    """Shows frames; the one that is looked at is the current row. Hidden where no code stands.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    frame_chosen = Signal(object)
    """A ``FrameChoice``: the user wants to look at another function."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._handles: tuple[str, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(translate("CallStack", "Call stack"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setItemDelegate(FrameDelegate(theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.currentRowChanged.connect(self._on_row)
        self._title = SectionTitle(translate("CallStack", "Call stack"))
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self._title)
        self._column.addWidget(self.list)
        self.setFocusProxy(self.list)
        self.hide()
        theme.theme_changed.connect(self._fit)

    def show_frames(self, frames: Sequence[Frame], chosen: Frame | None) -> None:
        """Show what stands still.

        Args:
            frames: Innermost first.
            chosen: The one that is looked at.
        """
        handles = tuple(one.handle for one in frames)
        blocked = self.list.blockSignals(True)
        if handles != self._handles:
            self._handles = handles
            self.list.clear()
            alone = len({frame.file for frame in frames}) == 1
            for frame in frames:
                self.list.addItem(self._item(frame, alone=alone))
        if chosen is not None and chosen.handle in handles:
            self.list.setCurrentRow(handles.index(chosen.handle))
        self.list.blockSignals(blocked)
        self.setVisible(bool(frames))
        self._fit()

    def _item(self, frame: Frame, *, alone: bool) -> QListWidgetItem:
        name = frame.function or translate("CallStack", "(without a name)")
        file = visible_line(frame.file.rsplit("/", 1)[-1])
        text = translate("CallStack", "{function}   {file}:{line}").format(
            function=visible_line(name), file=file, line=frame.line
        )
        item = QListWidgetItem(text)
        item.setData(FRAME_ROLE, FrameWords(visible_line(name), file, frame.line, alone))
        item.setToolTip(plain_tip(f"{name}, {frame.file}:{frame.line}"))
        spoken = translate("CallStack", "{function}, {file}, line {line}").format(
            function=visible_line(name), file=frame.file, line=frame.line
        )
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        return item

    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self._handles):
            self.frame_chosen.emit(FrameChoice(self._handles[row]))

    def _fit(self) -> None:
        theme = self._theme
        self._column.setContentsMargins(theme.px(_SIDE), theme.px(4), theme.px(_SIDE), theme.px(4))
        self._title.setContentsMargins(theme.px(_SIDE), 0, theme.px(_SIDE), 0)
        self._title.setMinimumHeight(theme.px(ROW_HEIGHT))
        row = theme.px(ROW_HEIGHT)
        self.list.setFixedHeight(row * min(len(self._handles), MOST_ROWS))
