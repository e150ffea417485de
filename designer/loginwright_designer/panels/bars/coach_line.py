"""The coach line: three keys lead through the first login; it goes for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import IconButton
from loginwright_designer.controls.labels import IconLabel, strong_words, text_label
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loginwright_designer.theme.theme import Theme

HEIGHT = 36
translate = QCoreApplication.translate


def coach_parts() -> tuple[str, str, str]:
    """Return the three parts; what stands between two asterisks is a key."""
    return (
        translate("Coach", "**F5** runs this login."),
        translate(
            "Coach",
            "It stops when the user is sent away: **Ctrl+Enter** answers for the other site.",
        ),
        translate("Coach", "**F5** finishes."),
    )


class CoachPart(QWidget):
    """A tick and what it is for.

    Args:
        theme: The colours.
        text: With keys between two asterisks.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.plain = text.replace("**", "")
        pieces = text.split("**")
        marked = (strong_words(one) if number % 2 else one for number, one in enumerate(pieces))
        self.tick = IconLabel(theme, "circle-dashed", Role.TEXT_SECONDARY, 16)
        self.label = text_label("", TextStyle.BODY)
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setText("".join(marked))
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.tick)
        self._row.addWidget(self.label, 1)
        self.show_done(done=False)

    def show_done(self, *, done: bool) -> None:
        """Tick it, or not."""
        icon, role = (
            ("circle-check", Role.SUCCESS) if done else ("circle-dashed", Role.TEXT_SECONDARY)
        )
        self.tick.show_icon(icon, role)
        said = translate("Coach", "done") if done else translate("Coach", "to do")
        self.setAccessibleName(f"{self.plain} {said}")
        self.label.setAccessibleName(f"{self.plain} {said}")

    def fit(self, most: int) -> QSize:
        """Return the size it takes where it may be ``most`` wide."""
        theme = self._theme
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(8))
        beside = theme.px(16 + 8)
        bold = theme.fonts.metrics(TextStyle.BODY_STRONG).horizontalAdvance(self.plain)
        width = min(int(bold) + beside + theme.px(2), most)
        return QSize(width, max(self.label.heightForWidth(width - beside), theme.px(20)))


class CoachLine(QFrame):
    """One dismissible line that ticks what has been done, and goes when all is done.

    Args:
        theme: Colours, fonts and zoom; followed while they change.
        parent: Qt's owner of this widget.
    """

    dismissed = Signal()  # the user wants to see it no more

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._progress = 0
        self.setProperty("ground", "surface_muted")
        self.setProperty("edge", "bottom")
        self.parts = [CoachPart(theme, text, self) for text in coach_parts()]
        self.setAccessibleName(" ".join(part.plain for part in self.parts))
        self.close_button = IconButton(
            theme, "x", translate("Coach", "Do not show this again"), size=28, parent=self
        )
        self.close_button.clicked.connect(self._on_closed)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._place()
        theme.theme_changed.connect(self._place)

    @property
    def progress(self) -> int:
        """How many parts are ticked."""
        return self._progress

    def labels(self) -> list[QLabel]:
        """Return the labels of the parts."""
        return [part.label for part in self.parts]

    def show_progress(self, done: int) -> None:
        """Tick the first parts; with all three done the line goes.

        Args:
            done: From 0 to 3.
        """
        if done == self._progress:
            return
        self._progress = done
        for number, part in enumerate(self.parts):
            part.show_done(done=number < done)
        if done >= len(self.parts):
            self.hide()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(640), self._theme.px(HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(HEIGHT))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, arg__1: int) -> int:
        return self._places(arg__1)[1]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _on_closed(self) -> None:
        self.hide()
        self.dismissed.emit()

    def _places(self, width: int) -> tuple[list[QRect], int]:
        """Return where the parts stand: in one line, in further ones where there is no room."""
        theme = self._theme
        margin, gap, row = theme.px(16), theme.px(16), theme.px(HEIGHT)
        right = max(width - margin - self.close_button.width() - gap, theme.px(160))
        x, top, lowest = margin, 0, row
        places: list[QRect] = []
        for part in self.parts:
            size = part.fit(right - margin)
            if x > margin and x + size.width() > right:
                x, top = margin, lowest - theme.px(8)
            height = max(row, size.height() + theme.px(16))
            y = top + (height - size.height()) // 2
            places.append(QRect(x, y, size.width(), size.height()))
            x += size.width() + gap
            lowest = max(lowest, top + height)
        return places, lowest

    def _place(self) -> None:
        places, _ = self._places(self.width())
        for part, place in zip(self.parts, places, strict=True):
            part.setGeometry(place)
        margin, button = self._theme.px(16), self.close_button.width()
        above = (self._theme.px(HEIGHT) - button) // 2
        self.close_button.move(self.width() - margin - button, above)
        self.updateGeometry()
