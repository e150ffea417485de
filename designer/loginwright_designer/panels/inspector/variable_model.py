"""The variables of a stop as a tree that is filled as it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from typing_extensions import override

from loginwright_designer.controls.model_index import NOWHERE, Index
from loginwright_designer.simulation.variables import (
    Hidden,
    Mark,
    Members,
    Path,
    Scope,
    Spelled,
    Unread,
    Variable,
    inside,
    path_text,
    preview,
)
from loginwright_designer.simulation.visible_text import visible_line

if TYPE_CHECKING:
    from collections.abc import Sequence

translate = QCoreApplication.translate

NODE_ROLE = Qt.ItemDataRole.UserRole + 1
FETCHED_AT_ONCE = 100


@dataclass(eq=False, slots=True)
class Node:
    """A row of the tree.

    Attributes:
        scope: The group it stands in.
        variable: What it shows; None is the group itself.
        parent: The row it stands under.
        row: Its place there.
        children: What is filled in so far.
        rest: What is still to be filled in; None where it was not opened yet.
    """

    scope: Scope
    variable: Variable | None
    parent: Node | None
    row: int
    children: list[Node] = field(default_factory=list["Node"])
    rest: Iterator[Variable] | None = None
    done: bool = False

    @property
    def key(self) -> tuple[str, Path]:
        """What tells it from others, also at the next stop."""
        return self.scope.key, self.variable.path if self.variable is not None else ()

    @property
    def path(self) -> str:
        """Its path as the code writes it."""
        if self.variable is None:
            return self.scope.prefix
        return path_text(self.scope.prefix, self.variable.path)


class VariableModel(QAbstractItemModel):
    """One column: name, value and mark of a variable are one row, and one thing to hear."""

    members_wanted = Signal(str)
    """``Unread.key`` of a value that was opened."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.event_editable = False
        self._roots: list[Node] = []
        self._nodes: dict[int, Node] = {}

    def show_scopes(self, scopes: Sequence[Scope]) -> None:
        """Show other variables."""
        self.beginResetModel()
        self._roots, self._nodes = [], {}
        for row, scope in enumerate(scopes):
            root = self._kept(Node(scope, None, None, row))
            for place, variable in enumerate(scope.variables):
                root.children.append(self._kept(Node(scope, variable, root, place)))
            root.done = True
            self._roots.append(root)
        self.endResetModel()

    def show_members(self, key: str, variables: Sequence[Variable]) -> None:
        """Fill in what was read of an ``Unread`` value."""
        for node in list(self._nodes.values()):
            match node.variable:
                case Variable(value=Unread(key=known)) if known == key and not node.children:
                    self._fill(node, list(variables))
                    node.done = True
                case _:
                    pass

    def node(self, index: Index) -> Node | None:
        """Return the row at an index."""
        return self._nodes.get(index.internalId()) if index.isValid() else None

    def index_of(self, node: Node) -> QModelIndex:
        """Return the index of a row."""
        return self.createIndex(node.row, 0, id(node))

    def find(self, key: tuple[str, Path]) -> Node | None:
        """Return a row by its key, as far as the tree is filled; fills in what is on the way."""
        scope, path = key
        node = next((root for root in self._roots if root.scope.key == scope), None)
        for depth in range(1, len(path) + 1):
            if node is None:
                return None
            if self.canFetchMore(self.index_of(node)):
                self.fetchMore(self.index_of(node))
            wanted = path[:depth]
            node = next((one for one in node.children if one.key[1] == wanted), None)
        return node

    def _kept(self, node: Node) -> Node:
        self._nodes[id(node)] = node
        return node

    def _fill(self, node: Node, variables: list[Variable]) -> None:
        if not variables:
            return
        first = len(node.children)
        self.beginInsertRows(self.index_of(node), first, first + len(variables) - 1)
        for place, variable in enumerate(variables, first):
            node.children.append(self._kept(Node(node.scope, variable, node, place)))
        self.endInsertRows()

    @override
    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        node = self.node(parent)
        siblings = self._roots if node is None else node.children
        if column != 0 or not 0 <= row < len(siblings):
            return QModelIndex()
        return self.index_of(siblings[row])

    @override
    def parent(self, index: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]  # Qt overloads it with QObject.parent
        node = self.node(index)
        if node is None or node.parent is None:
            return QModelIndex()
        return self.index_of(node.parent)

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        node = self.node(parent)
        return len(self._roots) if node is None else len(node.children)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 1

    @override
    def hasChildren(self, parent: Index = NOWHERE) -> bool:
        node = self.node(parent)
        if node is None:
            return bool(self._roots)
        return bool(node.children) or (node.variable is not None and node.variable.opens)

    @override
    def canFetchMore(self, parent: Index) -> bool:
        node = self.node(parent)
        return node is not None and not node.done and self.hasChildren(parent)

    @override
    def fetchMore(self, parent: Index) -> None:
        node = self.node(parent)
        if node is None or node.variable is None or node.done:
            return
        if isinstance(node.variable.value, Unread):
            node.done = True
            self.members_wanted.emit(node.variable.value.key)
            return
        if node.rest is None:
            node.rest = inside(node.variable)
        more = list(islice(node.rest, FETCHED_AT_ONCE))
        node.done = len(more) < FETCHED_AT_ONCE
        self._fill(node, more)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        node = self.node(index)
        if node is None or node.variable is None:
            return Qt.ItemFlag.NoItemFlags  # a group's title: the keyboard passes it over
        editable = is_editable(node.variable) and (self.event_editable or node.scope.editable)
        return plain | Qt.ItemFlag.ItemIsEditable if editable else plain

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        node = self.node(index)
        if node is None:
            return None
        if role == NODE_ROLE:
            return node
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(node)
        return None


def is_editable(variable: Variable) -> bool:
    """Tell whether a value can be typed: JSON can, secrets and what is not read yet cannot."""
    if isinstance(variable.value, Spelled):
        return variable.value.kind != "note"
    return not isinstance(variable.value, Members | Unread | Hidden)


def spoken(node: Node) -> str:
    """Return a row in words: "event.request.method, "POST", new"."""
    if node.variable is None:
        return f"{node.scope.title}, {node.scope.note}" if node.scope.note else node.scope.title
    value = visible_line(preview(node.variable.value))
    said = f"{visible_line(node.path)}, {value}"
    word = mark_word(node.variable.mark)
    if node.variable.set_at is not None:
        set_by = translate("Variables", "set by line {line}")
        said = f"{said}, {set_by.format(line=node.variable.set_at.line)}"
    return f"{said}, {word}" if word else said


def mark_word(mark: Mark) -> str:
    """Return a mark's word."""
    match mark:
        case Mark.NEW:
            return translate("Variables", "new")
        case Mark.CHANGED:
            return translate("Variables", "changed")
        case Mark.NONE:
            return ""
