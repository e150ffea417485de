"""The console: what actions printed and what the engine warned of, up to the step shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, QRectF, QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import IconButton
from loginwright_designer.controls.search_field import SearchField
from loginwright_designer.panels.bottom.bottom_signals import SourcePlace
from loginwright_designer.panels.bottom.console_delegate import ICONS, ConsoleDelegate
from loginwright_designer.panels.bottom.console_input import PROMPT_SIGN, ConsoleInput
from loginwright_designer.panels.bottom.console_model import ConsoleModel, level_word
from loginwright_designer.panels.bottom.empty_row import EmptyRow
from loginwright_designer.panels.bottom.link_list import LinkList
from loginwright_designer.simulation.console_lines import (
    ConsoleFold,
    ConsoleLevel,
    ConsoleLine,
    filtered,
    plain_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.tracing.record import RunRecord

translate = QCoreApplication.translate


class ConsoleTools(QWidget):
    """What filters and copies the console; stands in the pane's header.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    filter_changed = Signal()
    copy_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.field = SearchField(theme, translate("Console", "Filter"))
        self.field.setAccessibleName(translate("Console", "Filter the console"))
        self.field.textChanged.connect(self.filter_changed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.field)
        self.toggles: dict[ConsoleLevel, IconButton] = {}
        for level in ConsoleLevel:
            icon, role = ICONS[level]
            toggle = IconButton(theme, icon, "", size=30)
            toggle.show_icon(icon, role)
            toggle.setCheckable(True)
            toggle.setChecked(True)
            toggle.toggled.connect(self.filter_changed)
            self.toggles[level] = toggle
            self._row.addWidget(toggle)
        self.copy = IconButton(theme, "copy", translate("Console", "Copy the console"), size=30)
        self.copy.clicked.connect(self.copy_asked)
        self._row.addWidget(self.copy)
        self.show_counts({})
        self._fit()
        theme.theme_changed.connect(self._fit)

    @property
    def levels(self) -> frozenset[ConsoleLevel]:
        """The levels that are shown."""
        return frozenset(level for level, one in self.toggles.items() if one.isChecked())

    def show_counts(self, counts: Mapping[ConsoleLevel, int]) -> None:
        """Say how many lines each level has."""
        for level, toggle in self.toggles.items():
            text = translate("Console", "{level} lines: {count}")
            toggle.show_name(text.format(level=level_word(level), count=counts.get(level, 0)))

    def clear_filter(self) -> None:
        """Show every line."""
        for toggle in self.toggles.values():
            toggle.setChecked(True)
        self.field.clear()

    def _fit(self) -> None:
        theme = self._theme
        self._row.setSpacing(theme.px(4))
        self.field.setMinimumWidth(theme.px(96))
        self.field.setMaximumWidth(theme.px(200))


class ConsolePanel(QWidget):
    """What a login printed; later lines are muted while somebody looks at the past.

    ``tools`` filters and copies; it belongs into a header and has to be put there.

    Args:
        theme: Colours, fonts and zoom; followed while they change.
        parent: Qt's owner of this widget.
    """

    place_opened = Signal(SourcePlace)  # the line that said something was asked for
    count_changed = Signal(object)  # int or None: how many lines there are; None before a login
    run_asked = Signal()  # the button of the empty console was pressed

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fold = ConsoleFold()
        self._counts: dict[ConsoleLevel, int] = {}
        self._counted = 0
        self._began = False
        self._console = ConsoleModel(self)
        self._delegate = ConsoleDelegate(theme, self)
        self.list = LinkList(self._console, self._delegate, self)
        self.list.setAccessibleName(translate("Console", "Console"))
        self.list.part_pressed.connect(self._on_part_pressed)
        self.list.copy_asked.connect(self.copy)
        self.tools = ConsoleTools(theme, self)
        self.tools.filter_changed.connect(self._on_filter_changed)
        self.tools.copy_asked.connect(self.copy)
        self.empty = EmptyRow(theme, "terminal")
        self.empty.offered.connect(self._on_offered)
        self.input = ConsoleInput(theme)
        self._answers: list[ConsoleLine] = []
        self._transaction = ""
        self._stack = QStackedLayout()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self._at_end = True
        bar = self.list.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(self._keep_at_end)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._stack, 1)
        column.addWidget(self.input)
        self._show_emptiness()
        theme.theme_changed.connect(self.list.doItemsLayout)

    @property
    def count(self) -> int | None:
        """How many lines the login has; None before there is one."""
        return self._fold.lines if self._began else None

    @property
    def shown_lines(self) -> int:
        """How many rows the filter left."""
        return len(self._console.rows)

    def show_record(
        self, record: RunRecord | None, position: int | None, names: Mapping[str, str]
    ) -> None:
        """Show what a login printed.

        Args:
            record: The login so far; None before there is one.
            position: ``seq`` of the last entry of the step that is looked at; None is now.
            names: What people call each action, by id.
        """
        before, rows = self.count, len(self._fold.rows)
        grows = self._fold.take(record, names)
        transaction = "" if record is None else record.transaction_id
        if transaction != self._transaction:
            self._answers, self._transaction = [], transaction
        self._began = record is not None
        if not grows or len(self._fold.rows) != rows:
            self._count_levels(grows=grows)
            self._show_rows(grows=grows)
        if position != self._console.position:
            self._console.show_position(position)
            self._bring_last_of_past()
        self._show_emptiness()
        if self.count != before:
            self.count_changed.emit(self.count)

    def show_answer(self, expression: str, text: str, *, failed: bool) -> None:
        """Show what an expression gave, behind what was printed before it.

        Args:
            expression: As it was typed.
            text: What it gave, or why it gave nothing.
            failed: Whether it gave nothing.
        """
        last = self._fold.rows[-1].seq if self._fold.rows else 0
        level = ConsoleLevel.ERROR if failed else ConsoleLevel.INFO
        words = f"{PROMPT_SIGN} {expression}  →  {text}"
        self._answers.append(ConsoleLine(last, level, words, None, "", None))
        self._show_rows(grows=False)
        self._show_emptiness()

    def copy(self) -> None:
        """Copy the selected rows, or all that are shown, as text."""
        rows = self._console.rows
        chosen = [rows[number] for number in self.list.selected_rows()]
        QGuiApplication.clipboard().setText(plain_text(chosen or rows))

    def pressed_part(self, index: QModelIndex, row: QRectF, at: QPoint) -> str:
        """Return ``link`` where a row's link is."""
        link = self._delegate.link_at(self._console.row_at(index), row)
        return "link" if link.contains(at.toPointF()) else ""

    def _count_levels(self, *, grows: bool) -> None:
        if not grows:
            self._counts, self._counted = {}, 0
        for row in self._fold.rows[self._counted :]:
            if isinstance(row, ConsoleLine):
                self._counts[row.level] = self._counts.get(row.level, 0) + 1
        self._counted = len(self._fold.rows)
        self.tools.show_counts(self._counts)

    def _show_rows(self, *, grows: bool) -> None:
        """Show what the filter leaves; who reads the end goes on reading the end."""
        at_end = self._at_end
        every = self._fold.rows
        if self._answers:
            every = sorted([*every, *self._answers], key=lambda row: row.seq)
        rows = filtered(every, self.tools.field.text(), self.tools.levels)
        self._console.show_filtered(rows, grows=grows and not self._answers)
        if at_end and self._console.position is None:
            self.list.scrollToBottom()

    def _on_scrolled(self, value: int) -> None:
        self._at_end = value == self.list.verticalScrollBar().maximum()

    def _keep_at_end(self, _least: int, most: int) -> None:
        """Stay at the end, also where the list has just been shown and has its height only now."""
        if self._at_end and self._console.position is None:
            self.list.verticalScrollBar().setValue(most)

    def _bring_last_of_past(self) -> None:
        """Bring the last line that is not later into sight."""
        rows = self._console.rows
        number = sum(not self._console.is_later(row) for row in rows)
        if rows:
            self.list.scrollTo(self._console.index(max(number - 1, 0)))

    def _on_filter_changed(self) -> None:
        self._show_rows(grows=False)
        self._show_emptiness()

    def _on_part_pressed(self, index: QModelIndex, part: str) -> None:
        row = self._console.row_at(index)
        if isinstance(row, ConsoleLine) and row.action is not None:
            self.place_opened.emit(SourcePlace(row.action, row.line))

    def _on_offered(self) -> None:
        if self._fold.lines:
            self.tools.clear_filter()
            self.list.setFocus()
        else:
            self.run_asked.emit()

    def _show_emptiness(self) -> None:
        self.tools.copy.setEnabled(bool(self._console.rows))
        if self._console.rows:
            self._stack.setCurrentWidget(self.list)
            return
        if self._fold.lines:
            title = translate("Console", "No line matches the filter")
            text = translate("Console", "{count} lines are hidden.").format(count=self._fold.lines)
            if self._fold.lines == 1:
                text = translate("Console", "1 line is hidden.")
            self.empty.show_words(title, text, translate("Console", "Show all lines"))
        elif self._began:
            title = translate("Console", "Nothing was printed")
            text = translate("Console", "What console.log and print say stands here.")
            self.empty.show_words(title, text)
        else:
            title = translate("Console", "No login has run yet")
            text = translate("Console", "What the actions of a login print stands here.")
            self.empty.show_words(title, text, translate("Console", "Run"), "F5")
        self._stack.setCurrentWidget(self.empty)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(40))
