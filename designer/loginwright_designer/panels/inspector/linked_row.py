"""A row of a page: an icon, words, and a link at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import ElidedLabel, IconLabel, MarkLabel, text_label
from loginwright_designer.simulation.visible_text import visible, visible_line
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.theme.marks import State
    from loginwright_designer.theme.theme import Theme


class LinkedRow(QWidget):
    """An icon or a mark, a line of words, a second quieter one, and a link.

    Args:
        theme: The colours.
        text: The first line.
        icon: A drawing before it; empty for none.
        mark: A state's mark instead.
        note: The second line; empty for none.
        link: The link's words; empty for none.
        link_name: The link where nothing around it is seen.
        code: The first line is code.
        wrap: The first line may take several.
        parent: Qt's owner.
    """

    link_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        icon: str = "",
        mark: State | None = None,
        note: str = "",
        link: str = "",
        link_name: str = "",
        code: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = QHBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._tall = bool(note) or wrap
        self._side = Qt.AlignmentFlag.AlignTop if self._tall else Qt.AlignmentFlag.AlignVCenter
        self._picture = QVBoxLayout()
        if mark is not None:
            self._picture.addWidget(MarkLabel(theme, mark))
        elif icon:
            self._picture.addWidget(IconLabel(theme, icon))
        if mark is not None or icon:
            self._rows.addLayout(self._picture)
            self._rows.setAlignment(self._picture, self._side)
        style = TextStyle.VALUE if code else TextStyle.BODY
        self.words = QVBoxLayout()
        self.words.setSpacing(theme.px(2))
        if wrap:
            self.words.addWidget(text_label(visible(text), TextStyle.SECONDARY, wrap=True))
        else:
            self.words.addWidget(ElidedLabel(visible_line(text), style))
        if note:
            quiet = text_label(visible(note), TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
            self.words.addWidget(quiet)
        self._rows.addLayout(self.words, 1)
        self.button: Button | None = None
        if link:
            self.button = Button(theme, link, kind="link")
            self.button.setAccessibleName(link_name or f"{text}: {link}")
            self.button.clicked.connect(self.link_pressed)
            self._rows.addWidget(self.button, 0, self._side)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def add_note(self, label: ElidedLabel) -> None:
        """Put words at the right."""
        self._rows.addWidget(label, 0, self._side)

    def _fit(self) -> None:
        self._rows.setSpacing(self._theme.px(8))
        if self._tall:
            lower = self._theme.px(7) if self.button is not None else 0
            self.words.setContentsMargins(0, lower, 0, 0)
            self._picture.setContentsMargins(0, lower, 0, 0)
        self.setMinimumHeight(self._theme.px(24))
