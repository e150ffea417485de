"""Divides the redirect desk: halves beside or below each other, one part or all of it scrolling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from loginwright_designer.controls.turning_rows import set_stacked

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

ONE_COLUMN_BELOW = 560
"""Narrower than this, at a zoom of 100 %, the halves stand below each other."""

LEAST_MIDDLE = 200
"""Where less would be left between band and footer, all of the page scrolls."""

_ANY = 16_777_215


@dataclass(frozen=True, slots=True)
class DeskParts:
    """What stands on the desk, from its top to its bottom.

    Attributes:
        band: Where the login is.
        bars: What opens the real site.
        refusal: Why a token was refused.
        sent: What went out; the left half.
        answer: What comes back; the right half.
        drills: Broken answers and what came of them.
        strip: The live verdict.
        footer: The buttons.
    """

    band: QWidget
    bars: QWidget
    refusal: QWidget
    sent: QWidget
    answer: QWidget
    drills: QWidget
    strip: QWidget
    footer: QWidget


class DeskLayout:
    """Puts the parts into a page, and brings one into sight.

    Args:
        theme: The zoom.
        page: Which page.
        parts: What stands on it.
    """

    def __init__(self, theme: Theme, page: QWidget, parts: DeskParts) -> None:
        self._theme = theme
        self._page = page
        self._parts = parts
        self._all_scrolls: bool | None = None
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(0)
        self._line = QFrame()
        self._line.setProperty("edge", "left")
        self._halves.addWidget(parts.sent, 1)
        self._halves.addWidget(self._line)
        self._halves.addWidget(parts.answer, 1)
        content = QFrame()
        content.setProperty("ground", "surface")
        self._inner = QVBoxLayout(content)
        self._inner.addWidget(parts.refusal)
        self._inner.addLayout(self._halves, 1)
        self._inner.addWidget(parts.drills)
        self.scroll = _scroll_area(content)
        self._outer = QVBoxLayout(page)
        for part in (parts.band, parts.bars):
            self._outer.addWidget(part)
        self._outer.addWidget(self.scroll, 1)
        for part in (parts.strip, parts.footer):
            self._outer.addWidget(part)
        for layout in (self._inner, self._outer):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)

    def arrange(self, width: int, height: int) -> None:
        """Put the halves beside or below each other; let all of it scroll where it is low."""
        one = width < self._theme.px(ONE_COLUMN_BELOW)
        set_stacked(self._halves, stacked=one)
        self._line.setProperty("edge", "top" if one else "left")
        self._line.setFixedSize(_ANY, _ANY)
        if one:
            self._line.setMinimumSize(0, 1)
            self._line.setMaximumSize(_ANY, 1)
        else:
            self._line.setMinimumSize(1, 0)
            self._line.setMaximumSize(1, _ANY)
        parts = self._parts
        around = sum(part.heightForWidth(width) for part in (parts.band, parts.footer))
        around += parts.bars.sizeHint().height()
        around += max(parts.strip.heightForWidth(width), parts.strip.sizeHint().height())
        self._let_scroll(every=height - around < self._theme.px(LEAST_MIDDLE))

    def bring(self, part: QWidget) -> None:
        """Scroll until a part is in sight."""
        self._settle()
        self.scroll.ensureWidgetVisible(part)

    def bring_to_top(self, part: QWidget) -> None:
        """Scroll until a part of the page begins at its top, as far as that goes."""
        self._settle()
        bar = self.scroll.verticalScrollBar()
        bar.setValue(min(part.y(), bar.maximum()))

    def _settle(self) -> None:
        """Give every part its place now."""
        self._inner.activate()
        # The scroll bar learns of the page's height by this event, which is still on its way.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def _let_scroll(self, *, every: bool) -> None:
        if every == self._all_scrolls:
            return
        self._all_scrolls = every
        focused = self._page.window().focusWidget()
        held = focused is not None and self._page.isAncestorOf(focused)
        target = self._inner if every else self._outer
        target.insertWidget(0, self._parts.band)
        target.insertWidget(1, self._parts.bars)
        for part in (self._parts.strip, self._parts.footer):
            target.addWidget(part)
        if focused is not None and held and not focused.hasFocus():
            focused.setFocus(Qt.FocusReason.OtherFocusReason)


def _scroll_area(content: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setAccessibleName(translate("RedirectDesk", "Redirect desk, answer"))
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(content)
    return scroll
