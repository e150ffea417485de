"""Divides the window as ``arrangement`` decides: splitters, tabs, and the panel that lies over."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.rows import PastFrame
from loginwright_designer.main_window.arrangement import (
    BOTTOM_LEAST,
    CANVAS_LEAST,
    EDITOR_LEAST,
    INSPECTOR_LEAST,
    SIDE_LEAST,
    LayoutPlan,
    Pane,
    SidePlace,
    Wish,
    bottom_height,
    column_widths,
    layout_for,
)
from loginwright_designer.main_window.arrangement_memory import Sizes
from loginwright_designer.main_window.panel_places import PaneSwitch

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loginwright_designer.main_window.bottom_view import BottomView
    from loginwright_designer.main_window.canvas_pane import CanvasPane
    from loginwright_designer.main_window.editor_area import EditorArea
    from loginwright_designer.main_window.panel_places import SidePanel
    from loginwright_designer.theme.theme import Theme

_NARROWEST_EDITOR: Final = 200


class WindowLayout(QWidget):
    """The part of the window between rail and right edge, below the bars.

    Args:
        theme: The zoom.
        side: The side panel.
        canvas: Lane and grid.
        editor: The editor area.
        inspector: The inspector.
        bottom: The bottom panel.
        parent: Qt's owner.
    """

    pane_chosen = Signal(object)  # Pane: its tab was pressed
    resized_by_hand = Signal(object)  # Sizes
    side_left = Signal()  # the keyboard or the pointer went past the side panel that lies over

    def __init__(
        self,
        theme: Theme,
        side: SidePanel,
        canvas: CanvasPane,
        editor: EditorArea,
        inspector: QWidget,
        bottom: BottomView,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._side, self._bottom, self._inspector = side, bottom, inspector
        self._canvas = PastFrame(theme, canvas)
        self._editor = PastFrame(theme, editor)
        self._wish = Wish()
        self._sizes = Sizes()
        self._window = QSize(1440, 900)
        self._plan = layout_for(1440, 900, self._wish)
        self.all_tabs = PaneSwitch(theme)
        self.work_tabs = PaneSwitch(theme)
        # From the outside in: a part that moves has its style found anew with all that is in it.
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._outer = _splitter(Qt.Orientation.Horizontal)
        whole.addWidget(self._outer)
        self._middle, self._work = QWidget(), QWidget()
        self._rows = _splitter(Qt.Orientation.Vertical)
        self._columns = _splitter(Qt.Orientation.Horizontal)
        self._work_columns = _splitter(Qt.Orientation.Horizontal)
        _put(self._outer, side, self._middle)
        _stacked(self._middle, self.all_tabs, self._rows)
        _put(self._rows, self._columns, bottom)
        _put(self._columns, self._canvas, self._work)
        _stacked(self._work, self.work_tabs, self._work_columns)
        _put(self._work_columns, self._editor, inspector)
        for switch in (self.all_tabs, self.work_tabs):
            switch.pane_chosen.connect(self.pane_chosen)
        for splitter in (self._outer, self._columns, self._work_columns, self._rows):
            splitter.splitterMoved.connect(partial(self._on_splitter_moved, splitter))
        application = QApplication.instance()
        assert isinstance(application, QApplication), "widgets need one"
        application.focusChanged.connect(self._on_focus_changed)
        theme.theme_changed.connect(self._apply)

    @property
    def plan(self) -> LayoutPlan:
        """How the window is divided now."""
        return self._plan

    @property
    def wish(self) -> Wish:
        """What is to be shown."""
        return self._wish

    def show_wish(self, wish: Wish, sizes: Sizes, window: QSize) -> None:
        """Divide the window anew.

        Args:
            wish: What is to be shown.
            sizes: How large the panes should be, at a zoom of 100 %.
            window: The window's own size.
        """
        self._wish, self._sizes, self._window = wish, sizes, window
        self._apply()

    def widget(self, pane: Pane) -> QWidget:
        """Return a pane's widget."""
        return {
            Pane.SIDE: self._side,
            Pane.CANVAS: self._canvas,
            Pane.EDITOR: self._editor,
            Pane.INSPECTOR: self._inspector,
            Pane.BOTTOM: self._bottom,
        }[pane]

    def set_past(self, past: bool) -> None:
        """Hatch the left edges of canvas and editor, or not."""
        self._canvas.set_past(past)
        self._editor.set_past(past)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press beside the panel that lies over closes it."""
        pressed = event.type() == QEvent.Type.MouseButtonPress
        if pressed and isinstance(watched, QWidget) and self._middle.isAncestorOf(watched):
            self.side_left.emit()
        return False

    def _apply(self) -> None:
        zoom = self._theme.zoom
        width, height = self._window.width() * 100 // zoom, self._window.height() * 100 // zoom
        plan = self._plan = layout_for(width, height, self._wish)
        self._keep_least(plan)
        self._dock_side(plan.side)
        shown = plan.shown
        for pane in (Pane.CANVAS, Pane.EDITOR, Pane.INSPECTOR, Pane.BOTTOM):
            self.widget(pane).setVisible(pane in shown)
        self._work.setVisible(bool({Pane.EDITOR, Pane.INSPECTOR} & shown))
        self._columns.setVisible(bool(shown - {Pane.BOTTOM}))
        front = next((pane for pane in plan.all_tabs if pane in shown), Pane.CANVAS)
        self.all_tabs.show_panes(plan.all_tabs, front)
        front = next((pane for pane in plan.work_tabs if pane in shown), Pane.EDITOR)
        self.work_tabs.show_panes(plan.work_tabs, front)
        self._place()

    def _keep_least(self, plan: LayoutPlan) -> None:
        """Splitters go by the least sizes given here, not by those of what is inside."""
        px = self._theme.px
        alone = bool(plan.all_tabs) or len(plan.shown - {Pane.BOTTOM}) == 1
        for widget, least in (
            (self._canvas, CANVAS_LEAST),
            (self._editor, _NARROWEST_EDITOR),
            (self._inspector, INSPECTOR_LEAST),
            (self._side, SIDE_LEAST),
        ):
            widget.setMinimumWidth(1 if alone and widget is not self._side else px(least))
        self._work.setMinimumWidth(1)
        self._columns.setMinimumSize(1, 1)
        self._middle.setMinimumSize(1, 1)
        self._rows.setMinimumSize(1, 1)
        self._work_columns.setMinimumSize(1, 1)
        self._bottom.setMinimumHeight(px(BOTTOM_LEAST))

    def _dock_side(self, place: SidePlace) -> None:
        """Put the side panel between the columns, or over them."""
        docked = self._side.parentWidget() is self._outer
        application = QApplication.instance()
        assert application is not None, "widgets need one"
        if place is SidePlace.DOCKED and not docked:
            self._outer.insertWidget(0, self._side)
            self._side.show_edge(shown=False)
            application.removeEventFilter(self)
        elif place is SidePlace.OVERLAY and docked:
            self._side.setParent(self)
            self._side.show_edge(shown=True)
            application.installEventFilter(self)
        self._side.setVisible(place is not SidePlace.CLOSED)
        if place is SidePlace.OVERLAY:
            self._side.raise_()

    def _place(self, moved: QSplitter | None = None) -> None:
        """Give every pane its size.

        Args:
            moved: The splitter that is being dragged, and knows its sizes itself.
        """
        px, zoom, plan = self._theme.px, self._theme.zoom, self._plan
        available = self.width() * 100 // zoom
        widths = column_widths(available, plan, self._sizes.widths, EDITOR_LEAST)
        side = px(widths.get(Pane.SIDE, 0))
        sizes = {self._outer: [side, max(self.width() - side, 1)] if side else [self.width()]}
        if plan.side is SidePlace.OVERLAY:
            width = min(px(self._sizes.widths.side), self.width() - px(48))
            self._side.setGeometry(0, 0, width, self.height())
        middle = max(self.width() - side, 1)
        canvas = px(widths.get(Pane.CANVAS, 0))
        sizes[self._columns] = [canvas, max(middle - canvas, 1)]
        inspector = px(widths.get(Pane.INSPECTOR, 0))
        sizes[self._work_columns] = [max(middle - canvas - inspector, 1), max(inspector, 1)]
        if Pane.BOTTOM in plan.shown and plan.shown != {Pane.BOTTOM}:
            height = px(bottom_height(self.height() * 100 // zoom, self._sizes.bottom))
            sizes[self._rows] = [max(self.height() - height, 1), height]
        for splitter, wanted in sizes.items():
            if splitter is not moved:
                splitter.setSizes(wanted)

    def _on_splitter_moved(self, moved: QSplitter, *_: int) -> None:
        """Remember what was dragged, and let only what has the rest give way to it."""
        zoom, plan, old = self._theme.zoom, self._plan, self._sizes
        widths, bottom = old.widths, old.bottom
        if moved is self._outer:
            widths = replace(widths, side=self._side.width() * 100 // zoom)
        elif moved is self._rows:
            bottom = self._bottom.height() * 100 // zoom
        elif moved is self._columns and (plan.work_tabs or Pane.EDITOR in plan.shown):
            widths = replace(widths, canvas=self._canvas.width() * 100 // zoom)
        elif not plan.work_tabs:
            widths = replace(widths, inspector=self._inspector.width() * 100 // zoom)
        self._sizes = Sizes(widths, bottom)
        self._place(moved)
        self.resized_by_hand.emit(self._sizes)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """The panel that lies over goes when the keyboard goes on to what it hides.

        Where one of its pages gives way to another, the keyboard is elsewhere for a moment only.
        """
        if old is not None and self._is_past_side(new):
            QTimer.singleShot(0, self, self._leave_side)

    def _leave_side(self) -> None:
        if self._is_past_side(QApplication.focusWidget()):
            self.side_left.emit()

    def _is_past_side(self, widget: QWidget | None) -> bool:
        if self._plan.side is not SidePlace.OVERLAY or widget is None:
            return False
        return self._middle.isAncestorOf(widget) and not self._side.isAncestorOf(widget)


def _splitter(orientation: Qt.Orientation) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1)
    return splitter


def _put(splitter: QSplitter, *parts: QWidget) -> None:
    for part in parts:
        splitter.addWidget(part)


def _stacked(whole: QWidget, *parts: QWidget) -> None:
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
    column.setStretchFactor(parts[-1], 1)
