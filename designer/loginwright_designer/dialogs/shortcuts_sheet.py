"""Lists every key, searched as somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.search_field import SearchField
from loginwright_designer.controls.sheet import Sheet
from loginwright_designer.dialogs.form_rows import note_label
from loginwright_designer.dialogs.yielding_place import YieldingPlace
from loginwright_designer.theme.roles import TextStyle

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_ROWS = 16
_FEWEST_ROWS = 5


@dataclass(frozen=True, slots=True)
class ShortcutRow:
    """One command and its key.

    Attributes:
        group: What it belongs to, "Run".
        text: What it does.
        keys: As they are read, "Ctrl+Shift+F5".
    """

    group: str
    text: str
    keys: str


def matching_rows(rows: tuple[ShortcutRow, ...], typed: str) -> tuple[ShortcutRow, ...]:
    """Return the rows that have every word somewhere."""
    words = typed.casefold().split()
    return tuple(
        row
        for row in rows
        if all(word in f"{row.group} {row.text} {row.keys}".casefold() for word in words)
    )


class ShortcutsSheet(Sheet):
    """All keys by group.

    Args:
        theme: The colours.
        host: The window.
    """

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host, translate("Shortcuts", "Keyboard"), "keyboard", 560)
        self._rows_shown: tuple[ShortcutRow, ...] = ()
        self.search = SearchField(theme, translate("Shortcuts", "Search commands and keys"))
        self.search.textChanged.connect(self._on_search)
        self.search.installEventFilter(self)
        self.tree = QTreeWidget()
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(0)
        self.tree.setItemsExpandable(False)
        self.tree.setAccessibleName(translate("Shortcuts", "Commands and their keys"))
        self._nothing = note_label(translate("Shortcuts", "No command has these words."))
        self.body.addWidget(self.search)
        self.body.addWidget(self._nothing)
        self._place_of_keys = YieldingPlace(self.tree)
        self.body.addWidget(self._place_of_keys)
        self.done_button = Button(theme, translate("Shortcuts", "Done"), kind="primary")
        self.done_button.clicked.connect(self.close_sheet)
        self.footer.addStretch(1)
        self.footer.addWidget(self.done_button)
        theme.theme_changed.connect(self._show)

    def show_rows(self, rows: tuple[ShortcutRow, ...]) -> None:
        """Show every command that has a key, in the order given."""
        self._rows_shown = rows
        self.search.clear()
        self._show()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the field into the list with Down, which would scroll the sheet else."""
        if (
            watched is self.search
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down
        ):
            self.tree.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _on_search(self, _text: str) -> None:
        self._show()

    def _show(self) -> None:
        self.tree.clear()
        found = matching_rows(self._rows_shown, self.search.text())
        group = ""
        for row in found:
            if row.group != group:
                group = row.group
                self._add_group(group)
            item = QTreeWidgetItem([row.text, row.keys])
            item.setFont(0, self._theme.font(TextStyle.BODY))
            item.setFont(1, self._theme.font(TextStyle.VALUE))
            said = f"{row.text}: {row.keys}"
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)
            item.setToolTip(0, said)
            self.tree.addTopLevelItem(item)
        self._nothing.setVisible(not found)
        keys = [row.keys for row in self._rows_shown]
        metrics = self._theme.fonts.metrics(TextStyle.VALUE)
        width = max((metrics.horizontalAdvance(one) for one in keys), default=0)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, self.tree.header().ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, self.tree.header().ResizeMode.Fixed)
        self.tree.setColumnWidth(1, int(width) + self._theme.px(24))
        line = int(self._theme.fonts.metrics(TextStyle.BODY).lineSpacing()) + self._theme.px(8)
        self._place_of_keys.set_heights(_ROWS * line, _FEWEST_ROWS * line)
        self.fit()

    def _add_group(self, name: str) -> None:
        item = QTreeWidgetItem([name])
        item.setFont(0, self._theme.font(TextStyle.BODY_STRONG))
        for column in range(self.tree.columnCount()):
            item.setData(column, Qt.ItemDataRole.AccessibleTextRole, name)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.tree.addTopLevelItem(item)
        item.setFirstColumnSpanned(True)
