"""What stands in panels: section titles, facts, lines between them, and what an empty one says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import ElidedLabel, IconLabel, text_label
from loginwright_designer.theme.past import paint_past_edge
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme


PAST_EDGE = 3
"""Of the hatch at the left of a panel that shows the past (desktop.md)."""


class Separator(QFrame):
    """A line of one pixel between two parts of a panel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("edge", "top")
        self.setFixedHeight(1)


class SectionTitle(QWidget):
    """The title of a part, with a note at the right.

    Args:
        text: The title.
        note: Beside it.
        style: Of the title.
        parent: Qt's owner.
    """

    def __init__(
        self,
        text: str,
        note: str = "",
        style: TextStyle = TextStyle.BODY_STRONG,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = ElidedLabel(text, style)
        self._note = ElidedLabel(note, TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        self._added: list[QWidget] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._title, 1)
        self._row.addWidget(self._note)

    def show_texts(self, text: str, note: str = "") -> None:
        """Say something else."""
        self._title.setText(text)
        self._note.setText(note)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._leave_room()
        return super().event(event)

    def _leave_room(self) -> None:
        """Let the note give way to the title."""
        others = (self._title, *self._added)
        gaps = self._row.spacing() * len(others)
        room = self.width() - sum(part.sizeHint().width() for part in others) - gaps
        self._note.setMaximumWidth(max(room, self._note.minimumSizeHint().width()))

    def add_widget(self, widget: QWidget) -> None:
        """Put something at the right end."""
        self._added.append(widget)
        self._row.addWidget(widget)


class FactRow(QWidget):
    """A name and its value.

    Args:
        theme: The colours.
        name: In the first column.
        value: In the second.
        code: The value is shown in the editor's font.
        name_width: Of the first column at a zoom of 100 %.
        parent: Qt's owner.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        value: str = "",
        *,
        code: bool = False,
        name_width: int = 96,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._width = name_width
        self._name = ElidedLabel(name, TextStyle.BODY, Role.TEXT_SECONDARY)
        self.value = ElidedLabel(value, TextStyle.VALUE if code else TextStyle.BODY)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._name)
        row.addWidget(self.value, 1)
        self._row = row
        self._on_theme_changed()
        theme.theme_changed.connect(self._on_theme_changed)

    def show_value(self, value: str) -> None:
        """Show another value."""
        self.value.setText(value)

    def _on_theme_changed(self) -> None:
        self._row.setSpacing(self._theme.px(8))
        self._name.setFixedWidth(self._theme.px(self._width))
        self.setMinimumHeight(self._theme.px(24))


class EmptyState(QWidget):
    """What a panel with nothing in it says: one sentence, one button, its key (desktop.md).

    Args:
        theme: The colours.
        icon: Before it.
        title: What is missing.
        text: One sentence on what would fill it.
        offer: The button's word; empty for none.
        shortcut: The button's key.
        parent: Qt's owner.
    """

    offered = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        text: str,
        offer: str = "",
        shortcut: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = text_label(title, TextStyle.BODY, wrap=True)
        self._text = text_label(text, TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
        words = QVBoxLayout()
        words.addWidget(self._title)
        words.addWidget(self._text)
        self.button: Button | None = None
        if offer:
            self.button = Button(theme, offer, shortcut=shortcut)
            self.button.clicked.connect(self.offered)
            words.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        self._words = words
        self._rows = QHBoxLayout(self)
        self._rows.addWidget(IconLabel(theme, icon), 0, Qt.AlignmentFlag.AlignTop)
        self._rows.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._on_theme_changed()
        theme.theme_changed.connect(self._on_theme_changed)

    def show_texts(self, title: str, text: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)

    def _on_theme_changed(self) -> None:
        margin = self._theme.px(16)
        self._rows.setContentsMargins(margin, margin, margin, margin)
        self._rows.setSpacing(self._theme.px(12))
        self._words.setSpacing(self._theme.px(8))


class PastFrame(QFrame):
    """Holds a panel; while it shows the past, its left edge is hatched.

    Args:
        theme: The colours.
        content: The panel.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._past = False
        self._rows = QHBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(content)
        theme.theme_changed.connect(self._fit)

    @property
    def is_past(self) -> bool:
        """Whether the edge is hatched."""
        return self._past

    def set_past(self, past: bool) -> None:
        """Hatch the edge, or not."""
        if past != self._past:
            self._past = past
            self._fit()

    def _fit(self) -> None:
        self._rows.setContentsMargins(self._theme.px(PAST_EDGE) if self._past else 0, 0, 0, 0)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        edge_is_hidden = event.rect().left() >= self._theme.px(PAST_EDGE)
        if self._past and not edge_is_hidden:
            painter = QPainter(self)
            paint_past_edge(painter, self.rect().toRectF(), self._theme, PAST_EDGE)
            painter.end()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
