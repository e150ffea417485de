"""A bar across the window: an icon, a sentence, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import IconLabel, SaidLabel, restyle, text_label
from loginwright_designer.controls.turning_rows import set_stacked
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from loginwright_designer.controls.buttons import ButtonKind
    from loginwright_designer.theme.theme import Theme


_NARROW = 1000
_STACKED = 480
_SIDE = 16
_GAP = 12


class NoticeBar(QFrame):
    """Stands under the top bar until its matter is settled; it takes no focus by itself.

    Args:
        theme: The colours.
        icon: What kind of matter it is.
        role: Colour of the icon.
        ground: Tint of the bar, a ground of the stylesheet.
        parent: Qt's owner.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str = "info",
        role: Role = Role.INFO,
        ground: str = "info_tint",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("ground", ground)
        self._icon = IconLabel(theme, icon, role)
        self._strong = text_label("", TextStyle.BODY_STRONG)
        self._text = SaidLabel("", TextStyle.SECONDARY)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.addWidget(self._strong)
        self._words.addWidget(self._text, 1)
        said = QHBoxLayout()
        said.addWidget(self._icon)
        said.addLayout(self._words, 1)
        self._said = said
        self._buttons: list[Button] = []
        self._offers = QHBoxLayout()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.addLayout(said, 1)
        self._row.addLayout(self._offers)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._fit()
        theme.theme_changed.connect(self._fit)

    @property
    def words(self) -> str:
        """All it says."""
        return f"{self._strong.text()} {self._text.text()}".strip()

    def show_words(self, strong: str, text: str) -> None:
        """Say something; the first words in bold."""
        self._strong.setText(strong)
        self._text.setText(text)
        self._text.setToolTip(text)
        self.setAccessibleName(self.words)
        self._turn()

    def show_look(self, icon: str, role: Role, ground: str) -> None:
        """Take another icon and tint."""
        self._icon.show_icon(icon, role)
        self.setProperty("ground", ground)
        restyle(self)

    def add_offer(self, text: str, pressed: Callable[[], None], kind: ButtonKind = "") -> Button:
        """Add a button at the right end.

        Args:
            text: What it does.
            pressed: Called when it is pressed.
            kind: Its look.
        """
        button = Button(self._theme, text, kind=kind)
        button.clicked.connect(lambda: pressed())
        self._offers.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._buttons.append(button)
        return button

    @override
    def minimumSizeHint(self) -> QSize:
        """Leave room for the buttons alone; the words stand above them where it is narrow."""
        shown = [button for button in self._buttons if button.isVisibleTo(self)]
        gaps = self._theme.px(_GAP) * (len(shown) + 1) + 2 * self._theme.px(_SIDE)
        buttons = sum(button.sizeHint().width() for button in shown)
        return QSize(buttons + gaps, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        """Put words under words, and buttons under them, where there is no room beside them."""
        narrow = self.width() < self._theme.px(_NARROW) or not self._fits_one_line()
        stacked = self.width() < self._theme.px(_STACKED)
        set_stacked(self._words, stacked=narrow)
        self._words.setSpacing(self._theme.px(2 if narrow else _GAP))
        self._strong.setWordWrap(narrow)
        set_stacked(self._row, stacked=stacked)

    def _fits_one_line(self) -> bool:
        """Whether both sentences stand beside each other, as wide as they are."""
        shown = [button for button in self._buttons if button.isVisibleTo(self)]
        fixed = [self._icon.sizeHint().width(), *(one.sizeHint().width() for one in shown)]
        said = (self._strong, self._text)
        words = [one.fontMetrics().horizontalAdvance(one.text()) for one in said]
        gaps = self._theme.px(_GAP) * (len(fixed) + len(words) - 1) + 2 * self._theme.px(_SIDE)
        return sum(fixed) + sum(words) + gaps <= self.width()

    def _fit(self) -> None:
        side, gap = self._theme.px(_SIDE), self._theme.px(_GAP)
        self._row.setContentsMargins(side, self._theme.px(7), side, self._theme.px(7))
        for layout in (self._row, self._said, self._offers):
            layout.setSpacing(gap)
        self._turn()
        self.setMinimumHeight(self._theme.px(48))
