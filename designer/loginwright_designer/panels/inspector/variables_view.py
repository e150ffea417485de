"""*Variables*: what the code holds where it stands, and what has just changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QMenu,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from loginwright_designer.controls.labels import text_label
from loginwright_designer.controls.passing_menus import open_menu
from loginwright_designer.panels.inspector.call_stack import CallStackView
from loginwright_designer.panels.inspector.change_rows import recent_rows
from loginwright_designer.panels.inspector.inspector_signals import (
    EventEdit,
    LineOpening,
    MembersWish,
    VariableEdit,
    WatchEdit,
)
from loginwright_designer.panels.inspector.no_variables import NoVariables
from loginwright_designer.panels.inspector.row_list import RowList
from loginwright_designer.panels.inspector.row_values import Row, place_of
from loginwright_designer.panels.inspector.variable_delegate import VariableDelegate
from loginwright_designer.panels.inspector.variable_model import (
    NODE_ROLE,
    Node,
    VariableModel,
)
from loginwright_designer.panels.inspector.watch_field import WatchField
from loginwright_designer.simulation.event_scope import EVENT
from loginwright_designer.simulation.paused_code import WATCH
from loginwright_designer.simulation.variables import Mark, Path, Unread, whole_text
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_designer.controls.model_index import Index
    from loginwright_designer.simulation.change_list import ChangeList
    from loginwright_designer.simulation.variables import Scope, Variable
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

MOST_RECENT = 3
LEAST_TREE = 6 * 24
_INDENT = 16


class VariableTree(QTreeView):
    """The tree of variables."""

    delete_pressed = Signal(QModelIndex)

    def __init__(self, theme: Theme, model: VariableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(translate("Variables", "Variables"))
        self.setModel(model)
        self.delegate = VariableDelegate(theme, self)
        self.setItemDelegate(self.delegate)
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setExpandsOnDoubleClick(True)

    def fit(self) -> None:
        """Take sizes from the theme."""
        self.setIndentation(self._theme.px(_INDENT))
        self.delegate.panel_width = self.viewport().width()
        self.verticalScrollBar().setSingleStep(self._theme.px(24))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    @override
    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        node = index.data(NODE_ROLE)
        place = QRect(0, option.rect.top(), self.viewport().width(), option.rect.height())
        if self.selectionModel().isSelected(index):
            painter.fillRect(place, self._theme.colour(Role.SELECTION))
        elif isinstance(node, Node) and node.variable and node.variable.mark is Mark.NEW:
            painter.fillRect(place, self._theme.colour(Role.SURFACE_MUTED))
        super().drawRow(painter, option, index)

    @override
    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        if index.parent().isValid():
            super().drawBranches(painter, rect, index)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.delegate.panel_width = self.viewport().width()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        editing = self.state() == QAbstractItemView.State.EditingState
        if editing or not index.isValid():
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_value(index)
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit(index)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._may_edit(index):
                self.edit(index)
            else:
                self.setExpanded(index, not self.isExpanded(index))
        else:
            super().keyPressEvent(event)

    def copy_value(self, index: QModelIndex) -> None:
        """Put a value on the clipboard; of a secret, dots."""
        node = index.data(NODE_ROLE)
        if isinstance(node, Node) and node.variable is not None:
            QGuiApplication.clipboard().setText(whole_text(node.variable.value))

    def copy_path(self, index: QModelIndex) -> None:
        """Put a path on the clipboard."""
        node = index.data(NODE_ROLE)
        if isinstance(node, Node):
            QGuiApplication.clipboard().setText(node.path)

    def _may_edit(self, index: QModelIndex) -> bool:
        allowed = self.editTriggers() != QAbstractItemView.EditTrigger.NoEditTriggers
        leaf = not self.model().hasChildren(index)
        return allowed and leaf and bool(index.flags() & Qt.ItemFlag.ItemIsEditable)


class VariablesView(QWidget):
    """Shows scopes of variables, and the newest changes below.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    event_edited = Signal(object)
    """An ``EventEdit``: the user typed another value for a member of the event."""
    variable_edited = Signal(object)
    """A ``VariableEdit``: the user typed another value for a variable of the code."""
    line_opened = Signal(object)
    """A ``LineOpening``: the user asked for the line that set a variable."""
    watch_edited = Signal(object)
    """A ``WatchEdit``: the user wants other expressions to be watched."""
    members_wanted = Signal(object)
    """A ``MembersWish``: the user opened a value that is still to be read."""
    place_opened = Signal(object)
    """A ``SourcePlace``: the user asked for the line that asked for a change."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scopes: tuple[Scope, ...] = ()
        self._open: set[tuple[str, Path]] = set()
        self._restoring = False
        self._past = False
        self._editable = False
        self.model = VariableModel(self)
        self.tree = VariableTree(theme, self.model, self)
        self.empty = NoVariables(theme)
        self.refusal = text_label("", TextStyle.SECONDARY, Role.DANGER, wrap=True)
        self.refusal.hide()
        self.changes = RowList(theme, translate("Variables", "Latest changes"), self)
        self.stack = CallStackView(theme)
        self.watch = WatchField(theme)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(self.empty)
        self._rows.addWidget(self.stack)
        self._rows.addWidget(self.tree, 1)
        self._rows.addWidget(self.refusal)
        self._rows.addWidget(self.watch)
        self._rows.addWidget(self.changes)
        self._rows.addStretch(0)
        self.setFocusProxy(self.tree)
        self._connect()
        self.show_scopes(())
        self._fit()
        theme.theme_changed.connect(self._fit)

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """What is shown."""
        return self._scopes

    def show_scopes(self, scopes: Sequence[Scope]) -> None:
        """Show the variables of a stop or a step; what was open stays open, what is new opens."""
        self._scopes = tuple(scopes)
        kept = self._keyboard()
        self._restoring = True
        self.model.show_scopes(self._scopes)
        for number in range(self.model.rowCount()):
            self.tree.expand(self.model.index(number, 0))
        for key in sorted(self._open | self._news(), key=lambda one: len(one[1])):
            node = self.model.find(key)
            if node is not None:
                self.tree.expand(self.model.index_of(node))
        self._restoring = False
        self._return_keyboard(kept)
        shown = bool(self._scopes)
        self.empty.setVisible(not shown)
        self.tree.setVisible(shown)
        self.watch.setVisible(shown)
        self._fit_changes()
        self.show_refusal("")
        self._apply_editing()

    def show_refusal(self, why: str) -> None:
        """Say why a variable could not be set; nothing takes that away."""
        self.refusal.setText(why)
        self.refusal.setVisible(bool(why))

    def show_members(self, key: str, variables: Sequence[Variable]) -> None:
        """Fill in what was read of a value that was opened; what was open in it opens again."""
        self._restoring = True
        self.model.show_members(key, variables)
        for open_ in sorted(self._open, key=lambda one: len(one[1])):
            node = self.model.find(open_)
            if node is not None and not self.tree.isExpanded(self.model.index_of(node)):
                self.tree.expand(self.model.index_of(node))
        self._restoring = False

    def show_changes(self, shown: ChangeList) -> None:
        """Show what has been asked for since the last stop, a few rows of it."""
        self.changes.show_rows(recent_rows(shown, MOST_RECENT))
        self._fit_changes()

    def set_editable(self, editable: bool) -> None:
        """Let the event be edited: while the login is paused before an action."""
        self._editable = editable
        self._apply_editing()

    def set_past(self, past: bool) -> None:
        """Show what was; nothing of it can be edited."""
        self._past = past
        self._apply_editing()

    @property
    def is_editable(self) -> bool:
        """Whether the event can be edited."""
        return self._editable and not self._past

    def _connect(self) -> None:
        self.model.members_wanted.connect(lambda key: self.members_wanted.emit(MembersWish(key)))
        self.tree.expanded.connect(self._on_expanded)
        self.tree.collapsed.connect(self._on_collapsed)
        self.tree.customContextMenuRequested.connect(self._on_menu)
        self.tree.delete_pressed.connect(self._on_delete)
        self.tree.delegate.value_typed.connect(self._on_value_typed)
        self.tree.delegate.typing_refused.connect(self.show_refusal)
        self.watch.watch_edited.connect(self.watch_edited)
        self.changes.link_pressed.connect(self._on_link_pressed)

    def _apply_editing(self) -> None:
        triggers = QAbstractItemView.EditTrigger.NoEditTriggers
        self.model.event_editable = self.is_editable
        editable = self.is_editable or (
            not self._past and any(one.editable for one in self._scopes)
        )
        if editable:
            triggers = (
                QAbstractItemView.EditTrigger.DoubleClicked
                | QAbstractItemView.EditTrigger.EditKeyPressed
            )
        self.tree.setEditTriggers(triggers)
        self.tree.setExpandsOnDoubleClick(not editable)

    def _news(self) -> set[tuple[str, Path]]:
        """Return what opens by itself: a value that is new as a whole, at the top."""
        return {
            (scope.key, variable.path)
            for scope in self._scopes
            for variable in scope.variables
            if variable.mark is Mark.NEW
            and variable.opens
            and not isinstance(variable.value, Unread)
        }

    def _keyboard(self) -> tuple[str, Path] | None:
        node = self.tree.currentIndex().data(NODE_ROLE)
        return node.key if isinstance(node, Node) else None

    def _return_keyboard(self, key: tuple[str, Path] | None) -> None:
        node = None if key is None else self.model.find(key)
        if node is not None:
            self.tree.setCurrentIndex(self.model.index_of(node))

    def _on_expanded(self, index: QModelIndex) -> None:
        node = index.data(NODE_ROLE)
        if isinstance(node, Node) and node.variable is not None and not self._restoring:
            self._open.add(node.key)

    def _on_collapsed(self, index: QModelIndex) -> None:
        node = index.data(NODE_ROLE)
        if not isinstance(node, Node):
            return
        if node.variable is None:
            self.tree.expand(index)  # a group has nothing that would open it again
        else:
            self._open.discard(node.key)

    def _on_value_typed(self, node: Node, text: str) -> None:
        if node.variable is None or self._past:
            return
        if node.scope.editable:
            self.variable_edited.emit(VariableEdit(node.scope.key, node.variable.path, text))
        elif node.scope.key == EVENT and self.is_editable:
            self.event_edited.emit(EventEdit(node.variable.path, text))

    def _on_link_pressed(self, row: Row) -> None:
        place = place_of(row)
        if place is not None:
            self.place_opened.emit(place)

    def _on_menu(self, at: QPoint) -> None:
        index = self.tree.indexAt(at)
        node = index.data(NODE_ROLE)
        if not isinstance(node, Node) or node.variable is None:
            return
        menu = QMenu(self)
        value = menu.addAction(translate("Variables", "Copy value"))
        value.triggered.connect(lambda: self.tree.copy_value(index))
        path = menu.addAction(translate("Variables", "Copy path"))
        path.triggered.connect(lambda: self.tree.copy_path(index))
        if not self._past and index.flags() & Qt.ItemFlag.ItemIsEditable:
            words = translate("Variables", "Set value…")
            if not node.scope.editable:
                words = translate("Variables", "Edit as JSON")
            edit = menu.addAction(words)
            edit.triggered.connect(lambda: self.tree.edit(index))
        set_at = node.variable.set_at
        if set_at is not None:
            words = translate("Variables", "Go to the line that set it, {line}")
            menu.addAction(words.format(line=set_at.line)).triggered.connect(
                lambda: self.line_opened.emit(LineOpening(set_at.file, set_at.line))
            )
        self._add_watch_rows(menu, node)
        open_menu(menu, self.tree.viewport().mapToGlobal(at))

    def _on_delete(self, index: QModelIndex) -> None:
        node = index.data(NODE_ROLE)
        if isinstance(node, Node) and node.scope.key == WATCH and len(node.key[1]) == 1:
            self.watch_edited.emit(WatchEdit(removed=str(node.key[1][0])))

    def _add_watch_rows(self, menu: QMenu, node: Node) -> None:
        if node.scope.key == WATCH and len(node.key[1]) == 1:
            expression = str(node.key[1][0])
            removed = menu.addAction(translate("Variables", "Remove watch"))
            removed.triggered.connect(lambda: self.watch_edited.emit(WatchEdit(removed=expression)))
        elif node.scope.editable:
            added = menu.addAction(translate("Variables", "Watch"))
            added.triggered.connect(lambda: self.watch_edited.emit(WatchEdit(added=node.path)))

    def _fit(self) -> None:
        side = self._theme.px(16)
        self.refusal.setContentsMargins(side, self._theme.px(4), side, self._theme.px(4))
        self.tree.fit()
        self._fit_changes()

    def _fit_changes(self) -> None:
        """Show changes below the variables where these keep some rows; else in their tab alone."""
        px = self._theme.px
        height = min(self.changes.rows_height(self.width()) + px(8), px(3 * 72 + 96))
        self.changes.setFixedHeight(height)
        above = (self.stack, self.watch, self.refusal)
        taken = sum(one.sizeHint().height() for one in above if not one.isHidden())
        fits = self.height() - taken - height >= px(LEAST_TREE)
        self.changes.setVisible(bool(self._scopes) and fits)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_changes()
