"""The steps strip: every step of a login in order, to look at with mouse and keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget
from typing_extensions import override

from loginwright_designer.code_editor.announcement import announce
from loginwright_designer.panels.bottom import strip_geometry as geometry
from loginwright_designer.panels.bottom.bottom_signals import StepChoice, StripAnnouncement
from loginwright_designer.panels.bottom.strip_model import StripModel
from loginwright_designer.panels.bottom.strip_painting import StripLook, StripPainter
from loginwright_designer.panels.bottom.strip_words import past_announcement
from loginwright_designer.simulation.steps import Steps
from loginwright_designer.theme.roles import Role

if TYPE_CHECKING:
    from loginwright_designer.controls.model_index import Index
    from loginwright_designer.panels.bottom.strip_geometry import StripPlaces
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_AUTOSCROLL_MS = 30
_PAGE = 10


class StepsStrip(QListView):
    """One equal cell a step, grouped under its action; nothing to the right of now.

    Qt's list view gives rows their names and the keyboard its place; where the rows stand, and how
    they are painted, is decided here, so that ten thousand steps cost no more than those in sight.

    Args:
        theme: Colours, fonts and zoom; followed while they change.
        parent: Qt's owner of this widget.
    """

    step_chosen = Signal(StepChoice)  # by click, by dragging a playhead, or by key
    announced = Signal(StripAnnouncement)  # the same as was said to a screen reader

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._strip = StripModel(self)
        self._look = StripLook(Steps())
        self._places: StripPlaces | None = None
        self._durations = False
        self._asked: int | None = None
        self._held = False
        self._held_at = 0.0
        self._autoscroll = QTimer(self)
        self._autoscroll.setInterval(_AUTOSCROLL_MS)
        self._autoscroll.timeout.connect(self._on_autoscroll)
        self._set_up()
        theme.theme_changed.connect(self._on_theme_changed)

    def _set_up(self) -> None:
        self.setModel(self._strip)
        self.setAccessibleName(translate("Steps", "Steps"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setMinimumHeight(self._theme.px(geometry.HEIGHT))

    @property
    def durations_shown(self) -> bool:
        """Whether bars of time stand in the place of equal cells."""
        return self._durations

    @property
    def shown(self) -> int | None:
        """Number of the step that is looked at; None is now."""
        return self._look.shown

    @property
    def steps(self) -> Steps:
        """What is shown."""
        return self._look.steps

    def show_steps(
        self,
        steps: Steps,
        shown: int | None = None,
        *,
        paused: bool = False,
        away: str | None = None,
    ) -> None:
        """Show what a login did; a new step is brought into sight.

        Args:
            steps: All that is recorded.
            shown: Number of the step that is looked at; None is now.
            paused: The debugger has stopped the code.
            away: While the login is away: what stands below it, "waiting 0:42"; else None.
        """
        before = self._look
        cell = steps.numbered(shown) if shown is not None else None
        shown = cell.number if cell is not None else None
        self._look = StripLook(steps, shown, paused, away)
        if steps is not before.steps:
            self._places = None
        self._strip.show_steps(steps, shown)
        if self._places is None:
            self.doItemsLayout()
        self._bring_current()
        self.viewport().update()
        if shown != before.shown:
            self._tell(past_announcement(steps, shown) if shown else translate("Steps", "Now."))

    def show_durations(self, *, shown: bool) -> None:
        """Show bars of time instead of equal cells, or cells again."""
        if shown != self._durations:
            self._durations = shown
            self._lay_out_anew()
            self._bring_current()

    def _tell(self, text: str) -> None:
        announce(self, text)
        self.announced.emit(StripAnnouncement(text))

    def _bring_current(self) -> None:
        """Put the keyboard on the step that is shown, and bring it into sight."""
        number = self._look.shown or self._look.steps.total
        index = self._strip.index(number - 1) if number else QModelIndex()
        if not index.isValid():
            return
        if index != self.currentIndex():
            self.setCurrentIndex(index)
        self.scrollTo(index)

    def _shown_places(self) -> StripPlaces:
        if self._places is None:
            make = geometry.duration_places if self._durations else geometry.step_places
            self._places = make(self._look.steps, self._theme)
        return self._places

    def _choose(self, number: int) -> None:
        total = self._look.steps.total
        number = min(max(number, 1), total)
        if total and number != self._asked:
            self._asked = number
            self.step_chosen.emit(StepChoice(number, number == total))

    def _choose_at(self, x: float) -> None:
        index = self._shown_places().nearest(x + self.horizontalOffset())
        if index >= 0:
            self._choose(index + 1)

    def _lay_out_anew(self) -> None:
        self._places = None
        self.doItemsLayout()

    def _on_theme_changed(self) -> None:
        self.setMinimumHeight(self._theme.px(geometry.HEIGHT))
        self._lay_out_anew()
        self._bring_current()

    def _on_autoscroll(self) -> None:
        """Go on scrolling while a playhead is held beyond an end."""
        bar, step = self.horizontalScrollBar(), self._theme.px(geometry.PITCH)
        bar.setValue(bar.value() + (-step if self._held_at < 0 else step))
        self._choose_at(min(max(self._held_at, 0), self.viewport().width()))

    def _is_beside(self, x: float) -> bool:
        """Tell whether nothing is at a place, so that a click there means no step."""
        places = self._shown_places()
        return not places.rights or x + self.horizontalOffset() > places.rights[-1]

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(480), self._theme.px(geometry.HEIGHT))

    @override
    def doItemsLayout(self) -> None:
        self._places = None
        QAbstractItemView.doItemsLayout(self)

    @override
    def updateGeometries(self) -> None:
        bar, seen = self.horizontalScrollBar(), self.viewport().width()
        bar.setRange(0, max(0, int(self._shown_places().width) - seen))
        bar.setPageStep(seen)
        bar.setSingleStep(self._theme.px(geometry.PITCH))
        self.verticalScrollBar().setRange(0, 0)
        QAbstractItemView.updateGeometries(self)

    @override
    def horizontalOffset(self) -> int:
        return self.horizontalScrollBar().value()

    @override
    def verticalOffset(self) -> int:
        return 0

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    @override
    def visualRect(self, index: Index) -> QRect:
        places = self._shown_places()
        if not index.isValid() or index.row() >= len(places.lefts):
            return QRect()
        shape = places.cell(index.row(), self._theme)
        return shape.translated(-self.horizontalOffset(), 0).toAlignedRect()

    @override
    def indexAt(self, p: QPoint) -> QModelIndex:
        places = self._shown_places()
        x = p.x() + self.horizontalOffset()
        number = places.nearest(x)
        if number < 0 or not places.lefts[number] <= x <= places.rights[number]:
            return QModelIndex()
        top, height = self._theme.px(geometry.CELL_TOP), self._theme.px(geometry.CELL_HEIGHT)
        return self._strip.index(number) if 0 <= p.y() - top <= height else QModelIndex()

    @override
    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        places = self._shown_places()
        if not index.isValid() or index.row() >= len(places.lefts):
            return
        bar, margin = self.horizontalScrollBar(), self._theme.px(geometry.MARGIN)
        left = int(places.lefts[index.row()]) - margin
        right = int(places.rights[index.row()]) + margin
        if left < bar.value():
            bar.setValue(left)
        elif right > bar.value() + self.viewport().width():
            bar.setValue(right - self.viewport().width())

    @override
    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        if index.isValid():
            self.selectionModel().select(index, command)

    @override
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        seen = self.viewport().rect()
        painter.fillRect(seen, self._theme.colour(Role.SURFACE))
        look = self._look
        if self._durations or self.hasFocus():
            focused = self.currentIndex().row() + 1 if self.hasFocus() else None
            bars = geometry.duration_bars(look.steps.groups) if self._durations else None
            look = StripLook(look.steps, look.shown, look.paused, look.away, bars, focused)
        offset = self.horizontalOffset()
        painter.translate(-offset, 0)
        strip = StripPainter(painter, self._shown_places(), look, self._theme)
        strip.paint(offset, offset + seen.width())
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if event.button() is Qt.MouseButton.LeftButton and not self._is_beside(x):
            self._held, self._asked = True, None
            self._choose_at(x)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._held:
            over = self.indexAt(event.position().toPoint()).isValid()
            shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            return
        x = self._held_at = event.position().x()
        beyond = not 0 <= x <= self.viewport().width()
        if beyond and not self._autoscroll.isActive():
            self._autoscroll.start()
        elif not beyond:
            self._autoscroll.stop()
        self._choose_at(min(max(x, 0), self.viewport().width()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = False
        self._autoscroll.stop()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (delta.x() or delta.y()))
        event.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        total = self._look.steps.total
        here = self._look.shown or total
        targets: dict[int, int] = {
            Qt.Key.Key_Left: here - 1,
            Qt.Key.Key_Right: here + 1,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: total,
            Qt.Key.Key_PageUp: here - _PAGE,
            Qt.Key.Key_PageDown: here + _PAGE,
        }
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if not plain or event.key() not in targets:
            event.ignore()
            return
        self._asked = here
        self._choose(targets[event.key()])

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
