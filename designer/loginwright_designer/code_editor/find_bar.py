"""The bar that finds and replaces text in the code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget
from typing_extensions import override

from loginwright_designer.code_editor.search import InvalidQuery, Matches, Query

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from loginwright_designer.code_editor.editor_look import EditorLook

_ICON = 18


@dataclass(frozen=True, slots=True)
class Search:
    """What the bar asks for at this moment.

    Attributes:
        query: What is looked for.
        replacement: What it is to be replaced by.
    """

    query: Query
    replacement: str


class FindBar(QWidget):
    """Asks what to find and says how it went; the editor does the finding."""

    search_changed = Signal(Search)  # another text or option
    next_wanted = Signal()  # the next match
    previous_wanted = Signal()  # the one before
    replace_wanted = Signal()  # the match that is selected, then the next
    replace_all_wanted = Signal()  # every match, as one step of undo
    closed = Signal()  # Esc, or the button

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        self.setAccessibleName(self.tr("Find and replace"))
        self._find = self._field(self.tr("Find"))
        self._replace = self._field(self.tr("Replace by"))
        self._case = self._option("Aa", self.tr("Match case"), "Alt+C")
        self._words = self._option("ab|", self.tr("Whole words"), "Alt+W")
        self._regex = self._option(".*", self.tr("Regular expression"), "Alt+R")
        self._count = QLabel(self)
        self._count.setAccessibleName(self.tr("Number of matches"))
        self._fault = QLabel(self)
        self._fault.setObjectName("find_fault")
        self._fault.setProperty("text_role", "danger")
        self._fault.setAccessibleName(self.tr("What is wrong with the expression"))
        self._fault.setWordWrap(True)
        self._fault.hide()
        self._previous = self._button("↑", self.tr("Previous match"), self.previous_wanted.emit)
        self._next = self._button("↓", self.tr("Next match"), self.next_wanted.emit)
        self._close = self._button("✕", self.tr("Close"), self.closed.emit)
        self._one = self._button(self.tr("Replace"), "", self.replace_wanted.emit)
        self._all = self._button(self.tr("Replace all"), "", self.replace_all_wanted.emit)
        self._pictures = {
            "case-sensitive": self._case,
            "whole-word": self._words,
            "regex": self._regex,
            "chevron-up": self._previous,
            "chevron-down": self._next,
            "x": self._close,
        }
        self._grid = QGridLayout(self)
        self._options, self._replacing = QHBoxLayout(), QHBoxLayout()
        self._arrange()
        self._find.textChanged.connect(self._on_changed)
        self._replace.textChanged.connect(self._on_changed)
        self.hide()

    def set_look(self, look: EditorLook) -> None:
        """Take the buttons' drawings; one that is missing leaves its sign in letters."""
        side, gap, near = look.px(16), look.px(8), look.px(4)
        self._grid.setContentsMargins(side, gap, side, gap)
        self._grid.setSpacing(gap)
        for row in (self._options, self._replacing):
            row.setSpacing(near)
        for name, button in self._pictures.items():
            icon = look.icons.get(name)
            if icon is not None:
                button.setIcon(icon)
                button.setIconSize(QSize(look.px(_ICON), look.px(_ICON)))
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)

    @property
    def search(self) -> Search:
        """What is asked for."""
        query = Query(
            self._find.text(),
            regular_expression=self._regex.isChecked(),
            match_case=self._case.isChecked(),
            whole_words=self._words.isChecked(),
        )
        return Search(query, self._replace.text())

    @property
    def status(self) -> str:
        """What the bar says about the search, in words."""
        return self._fault.text() if not self._fault.isHidden() else self._count.text()

    def open(self, text: str, *, replacing: bool) -> None:
        """Show the bar with the field for the text selected.

        Args:
            text: To look for, or nothing to keep what was there.
            replacing: Show the second row too.
        """
        if text:
            self._find.setText(text)
        self.show()
        for widget in (self._replace, self._one, self._all):
            widget.setVisible(replacing)
        self._find.selectAll()
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._on_changed()

    def show_result(self, result: Matches | InvalidQuery, current: int | None) -> None:
        """Say what was found.

        Args:
            result: Of the search.
            current: Index of the match that is selected, or None.
        """
        fault = ""
        found = 0
        match result:
            case InvalidQuery(reason, column):
                fault = self.tr("Not a regular expression: {reason}, at character {column}.")
                fault = fault.format(reason=reason, column=column)
                self._count.setText("")
            case Matches(matches, cut, gave_up):
                found = len(matches)
                if gave_up:
                    fault = self.tr(
                        "The expression takes too long on this text. Make it more definite: "
                        "repeat nothing that is itself repeated."
                    )
                self._count.setText(self._count_text(found, current, cut=cut))
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))
        for button in (self._previous, self._next, self._one, self._all):
            button.setEnabled(found > 0)

    def _count_text(self, found: int, current: int | None, *, cut: bool) -> str:
        if not self._find.text():
            return ""
        if not found:
            return self.tr("Not found")
        total = self.tr("more than {number}").format(number=found) if cut else str(found)
        if current is None:
            return self.tr("{total} found").format(total=total)
        return self.tr("{number} of {total}").format(number=current + 1, total=total)

    def _arrange(self) -> None:
        for widget in (self._case, self._words, self._regex, self._previous, self._next):
            self._options.addWidget(widget)
        self._options.addWidget(self._count, 1)
        self._options.addWidget(self._close)
        self._replacing.addWidget(self._one)
        self._replacing.addWidget(self._all)
        self._replacing.addStretch(1)
        layout = self._grid
        layout.addWidget(self._find, 0, 0)
        layout.addLayout(self._options, 0, 1)
        layout.addWidget(self._replace, 1, 0)
        layout.addLayout(self._replacing, 1, 1)
        layout.addWidget(self._fault, 2, 0, 1, 2)
        layout.setColumnStretch(0, 3)
        layout.setColumnStretch(1, 2)

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(name)
        field.setAccessibleName(name)
        field.setMinimumWidth(field.fontMetrics().averageCharWidth() * 16)
        return field

    def _option(self, sign: str, name: str, key: str) -> QToolButton:
        button = self._button(sign, f"{name} ({key})", lambda: None)
        button.setAccessibleName(name)
        button.setCheckable(True)
        button.setShortcut(key)
        button.toggled.connect(self._on_changed)
        return button

    def _button(self, sign: str, name: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setText(sign)
        button.setToolTip(name)
        button.setAccessibleName(name or sign)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda _checked: act())
        return button

    def _on_changed(self, *_: object) -> None:
        self.search_changed.emit(self.search)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif (enter or event.key() == Qt.Key.Key_F3) and back:
            self.previous_wanted.emit()
        elif enter and self._replace.hasFocus():
            self.replace_wanted.emit()
        elif enter or event.key() == Qt.Key.Key_F3:
            self.next_wanted.emit()
        else:
            super().keyPressEvent(event)
