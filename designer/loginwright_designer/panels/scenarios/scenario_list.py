"""Scenarios as a list: the mark of each one's last outcome, its name, and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QStyleOptionViewItem, QWidget
from typing_extensions import override

from loginwright_designer.controls.command_keys import ALONE, CTRL
from loginwright_designer.controls.command_list import CommandList
from loginwright_designer.controls.row_delegate import RowDelegate
from loginwright_designer.controls.row_painting import is_selected, paint_row_ground, paint_row_text
from loginwright_designer.controls.rows_model import ROW_ROLE, RowsModel
from loginwright_designer.panels.scenarios.marks import (
    STATE_MARKS,
    last_outcome_words,
    paint_mark_of,
)
from loginwright_designer.panels.scenarios.wishes import RenameWish
from loginwright_designer.simulation.scenario_results import ScenarioResult, ScenarioState
from loginwright_designer.theme.marks import Mark
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPainter

    from loginwright_designer.controls.model_index import Index
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

ROW_HEIGHT = 44


_COMMANDS = {
    (ALONE, Qt.Key.Key_Return): "choose",
    (ALONE, Qt.Key.Key_Enter): "choose",
    (ALONE, Qt.Key.Key_Delete): "delete",
    (CTRL, Qt.Key.Key_D): "duplicate",
}

_CHOSEN = Mark("check", Role.ACCENT_TEXT)


class ScenarioListModel(RowsModel[ScenarioResult]):
    """The scenarios, by name.

    Args:
        parent: Qt's owner.
    """

    rename_requested = Signal(object)  # RenameWish: another name was typed

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen: str | None = None

    @property
    def chosen(self) -> str | None:
        """The scenario that Run takes."""
        return self._chosen

    def show_results(self, results: Iterable[ScenarioResult], chosen: str | None) -> None:
        """Show how scenarios stand, and which one Run takes."""
        rows = tuple(sorted(results, key=lambda one: (one.name.casefold(), one.file)))
        same = [row.file for row in rows] == [row.file for row in self._rows]
        before, chosen_before = self._rows, self._chosen
        self._chosen = chosen
        if not same:
            self.show_rows(rows)
            return
        self._rows = rows
        turned = () if chosen == chosen_before else (chosen, chosen_before)
        pairs = enumerate(zip(before, rows, strict=True))
        changed = [place for place, (old, new) in pairs if old != new or new.file in turned]
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def index_of(self, file: str | None) -> QModelIndex:
        """Return the row of a scenario; an invalid index where it has none."""
        for row, result in enumerate(self._rows):
            if result.file == file:
                return self.index(row)
        return QModelIndex()

    @override
    def told(self, row: ScenarioResult, role: int) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return row.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case Qt.ItemDataRole.ToolTipRole:
                return f"{row.name}\n{last_outcome_words(row)}\n{row.file}"
            case _:
                return None

    def _spoken(self, result: ScenarioResult) -> str:
        words = f"{result.name}, {last_outcome_words(result)}"
        if result.file == self._chosen:
            return translate("Scenarios", "{words}, chosen").format(words=words)
        return words

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; the row changes when the draft does."""
        result = self.row_at(index)
        name = value.strip() if isinstance(value, str) else ""
        if result is None or role != Qt.ItemDataRole.EditRole or name in ("", result.name):
            return False
        self.rename_requested.emit(RenameWish(result.file, name))
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        result = self.row_at(index)
        if result is not None and result.state is not ScenarioState.UNREADABLE:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags


class ScenarioListDelegate(RowDelegate):
    """Paints a row: mark, name, ending; the chosen one has a tick.

    Args:
        view: The list.
        theme: Colours and fonts.
        model: The rows.
    """

    def __init__(self, view: QListView, theme: Theme, model: ScenarioListModel) -> None:
        super().__init__(theme, (160, ROW_HEIGHT), view)
        self._view, self._rows = view, model

    @override
    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        result = index.data(ROW_ROLE)
        if not isinstance(result, ScenarioResult):
            return
        theme, rect = self._theme, option.rect
        paint_row_ground(
            painter,
            option,
            theme,
            barred=is_selected(option),
            focused=self._view.hasFocus(),
        )
        left = rect.left() + theme.px(16)
        middle = rect.center().y() + 0.5
        mark = QPointF(left + theme.px(8), middle)
        paint_mark_of(painter, mark, theme, STATE_MARKS[result.state])
        left += theme.px(28)
        right = rect.right() - theme.px(12)
        if result.file == self._rows.chosen:
            tick = QPointF(right - theme.px(8), middle)
            paint_mark_of(painter, tick, theme, _CHOSEN)
            right -= theme.px(24)
        half = rect.height() / 2
        name = QRectF(left, rect.top() + theme.px(3), right - left, half - theme.px(1))
        paint_row_text(painter, name, result.name, theme, TextStyle.BODY, Role.TEXT)
        below = QRectF(left, rect.top() + half, right - left, half - theme.px(5))
        words = last_outcome_words(result)
        paint_row_text(painter, below, words, theme, TextStyle.SECONDARY, Role.TEXT_SECONDARY)

    @override
    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        room: QRect = option.rect
        side = self._theme.px(6)
        left = room.left() + self._theme.px(40)
        editor.setGeometry(
            left, room.top() + side, room.right() - left - side, room.height() - 2 * side
        )

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = QLineEdit(parent)
        field.setAccessibleName(translate("Scenarios", "Name of the scenario"))
        return field

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            self._rows.setData(index, editor.text())


class ScenarioList(CommandList):
    """The list as a widget; ``key_pressed`` says "choose", "delete" or "duplicate".

    Args:
        theme: Colours and fonts.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _COMMANDS, parent)
        self.rows = ScenarioListModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(ScenarioListDelegate(self, theme, self.rows))
        self.setAccessibleName(translate("Scenarios", "Scenarios"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)

    def current_file(self) -> str | None:
        """Return the current scenario, or None."""
        result = self.rows.row_at(self.currentIndex())
        return None if result is None else result.file

    def show_results(self, results: Iterable[ScenarioResult], chosen: str | None) -> None:
        """Show how scenarios stand; the current one stays current."""
        current = self.current_file()
        self.rows.show_results(results, chosen)
        if self.current_file() != current or current is None:
            index = self.rows.index_of(current or chosen)
            self.setCurrentIndex(index if index.isValid() else self.rows.index(0))

    def select(self, file: str) -> None:
        """Make a scenario the current one, and bring it into sight."""
        index = self.rows.index_of(file)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
