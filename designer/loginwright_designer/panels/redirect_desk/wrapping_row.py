"""A row whose parts go to the next line where there is no room, so that nothing is ever cut."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget
from typing_extensions import override


@dataclass(slots=True)
class _Part:
    """A part of a row.

    Attributes:
        item: Qt's.
        least: Width below which it goes to the next line; None is the width it asks for.
        grows: It takes the room that is left.
    """

    item: QLayoutItem
    least: int | None = None
    grows: bool = False

    @property
    def hidden(self) -> bool:
        """Whether it takes no room."""
        return self.item.isEmpty()

    @property
    def wanted(self) -> int:
        """The width at which it still stands in its line."""
        least = self.item.minimumSize().width()
        if self.least is not None:
            return max(self.least, least)
        return max(self.item.sizeHint().width(), least)

    def height(self, width: int) -> int:
        """Return how high it is at a width."""
        least = self.item.minimumSize().height()
        if self.item.hasHeightForWidth():
            return max(self.item.heightForWidth(width), least)
        return max(self.item.sizeHint().height(), least)


class WrappingRow(QLayout):
    """Parts beside each other, in as many lines as it takes.

    Args:
        parent: Whose layout it is.
        push_last: Without a part that grows, the last one of a line stands at its right end.
        hangs: Lines after the first begin below the second part, where there is room.
    """

    def __init__(
        self, parent: QWidget | None = None, *, push_last: bool = False, hangs: bool = False
    ) -> None:
        super().__init__(parent)
        self._hangs = hangs
        self._parts: list[_Part] = []
        self._push_last = push_last
        self.setContentsMargins(0, 0, 0, 0)

    def add(self, widget: QWidget, *, grows: bool = False, least: int | None = None) -> None:
        """Put a widget at the end.

        Args:
            widget: Which.
            grows: It takes the room that is left in its line.
            least: Width below which it goes to the next line.
        """
        before = len(self._parts)
        self.addWidget(widget)
        part = self._parts[before]
        part.grows, part.least = grows, least

    def set_least(self, widget: QWidget, least: int) -> None:
        """Change the width below which a widget goes to the next line."""
        for part in self._parts:
            if part.item.widget() is widget:
                part.least = least
        self.invalidate()

    @override
    def addItem(self, item: QLayoutItem, /) -> None:
        self._parts.append(_Part(item))

    @override
    def count(self) -> int:
        return len(self._parts)

    @override
    def itemAt(self, index: int, /) -> QLayoutItem | None:
        return self._parts[index].item if 0 <= index < len(self._parts) else None

    @override
    def takeAt(self, index: int, /) -> QLayoutItem | None:
        return self._parts.pop(index).item if 0 <= index < len(self._parts) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int, /) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    @override
    def sizeHint(self) -> QSize:
        shown = [part for part in self._parts if not part.hidden]
        gaps = self.spacing() * max(len(shown) - 1, 0)
        width = sum(max(part.wanted, part.item.sizeHint().width()) for part in shown) + gaps
        height = max((part.item.sizeHint().height() for part in shown), default=0)
        return self._with_margins(width, height)

    @override
    def minimumSize(self) -> QSize:
        shown = [part for part in self._parts if not part.hidden]
        width = max((part.item.minimumSize().width() for part in shown), default=0)
        height = max((part.item.minimumSize().height() for part in shown), default=0)
        return self._with_margins(width, height)

    @override
    def setGeometry(self, rect: QRect, /) -> None:
        super().setGeometry(rect)
        spare = rect.height() - self._arrange(rect, move=False)
        self._arrange(rect.translated(0, max(spare // 2, 0)), move=True)

    def _with_margins(self, width: int, height: int) -> QSize:
        around = self.contentsMargins()
        return QSize(
            width + around.left() + around.right(), height + around.top() + around.bottom()
        )

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        inner = rect.marginsRemoved(self.contentsMargins())
        top = inner.top()
        indent = self._indent(inner.width())
        for number, line in enumerate(self._lines(inner.width(), indent)):
            top += self.spacing() if number else 0
            left = indent if number else 0
            widths = self._widths(line, inner.width() - left)
            height = max(part.height(width) for part, width in zip(line, widths, strict=True))
            if move:
                room = QRect(inner.left() + left, top, inner.width() - left, height)
                self._place(line, widths, room)
            top += height
        around = self.contentsMargins()
        return top - inner.top() + around.top() + around.bottom()

    def _indent(self, room: int) -> int:
        """Return how far lines after the first stand to the right."""
        shown = [part.wanted for part in self._parts if not part.hidden]
        if not self._hangs or len(shown) < 2:
            return 0
        indent = shown[0] + self.spacing()
        return indent if indent + max(shown[1:]) <= room else 0

    def _lines(self, room: int, indent: int) -> list[list[_Part]]:
        lines: list[list[_Part]] = []
        used = 0
        for part in self._parts:
            if part.hidden:
                continue
            if lines and used + self.spacing() + part.wanted <= room:
                lines[-1].append(part)
                used += self.spacing() + part.wanted
            else:
                used = part.wanted + (indent if lines else 0)
                lines.append([part])
        return lines

    def _widths(self, line: list[_Part], room: int) -> list[int]:
        widths = [min(part.wanted, room) for part in line]
        left = max(room - sum(widths) - self.spacing() * (len(line) - 1), 0)
        growing = [index for index, part in enumerate(line) if part.grows]
        for index in growing:
            widths[index] += left // len(growing)
        return widths

    def _place(self, line: list[_Part], widths: list[int], rect: QRect) -> None:
        left = rect.left()
        pushed = self._push_last and not any(part.grows for part in line)
        for number, (part, width) in enumerate(zip(line, widths, strict=True)):
            if pushed and number == len(line) - 1 and self._is_last(part):
                left = rect.right() + 1 - width
            height = min(part.height(width), rect.height())
            top = rect.top() + (rect.height() - height) // 2
            part.item.setGeometry(QRect(left, top, width, height))
            left += width + self.spacing()

    def _is_last(self, part: _Part) -> bool:
        return part is [one for one in self._parts if not one.hidden][-1]


class RowWidget(QWidget):
    """A widget that is one wrapping row.

    Args:
        spacing: Between the parts.
        push_last: As in ``WrappingRow``.
        hangs: As in ``WrappingRow``.
        parent: Qt's owner.
    """

    def __init__(
        self,
        spacing: int,
        *,
        push_last: bool = False,
        hangs: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.row = WrappingRow(self, push_last=push_last, hangs=hangs)
        self.row.setSpacing(spacing)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
