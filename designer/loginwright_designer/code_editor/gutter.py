"""The strip beside the code: line numbers, breakpoints, the line of the run, problems."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from loginwright_designer.code_editor.breakpoint_marks import PLAIN, BreakpointMark
from loginwright_designer.code_editor.line_marks import LineMarks, PastLine, StoppedLine
from loginwright_designer.code_editor.mark_shapes import (
    draw_arrow,
    draw_breakpoint,
    draw_condition,
    draw_error,
    draw_hatch,
    draw_log_point,
    draw_warning,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loginwright_designer.code_editor.editor_look import EditorLook
    from loginwright_designer.code_editor.visible_lines import VisibleLine

WIDTH = 60
BREAKPOINT_CENTRE = 13
BREAKPOINT_SIZE = 11
ARROW_LEFT, ARROW_RIGHT = 22, 30
NUMBER_RIGHT = 50
COVERAGE_LEFT, COVERAGE_WIDTH = 54, 3
BAR_WIDTH = 3
"""Lengths of the design (mocks/notes.md, "Geometry"); the octagon a pixel larger, to be one."""

_DIGITS_IN_WIDTH = 3


class CodeBeside(Protocol):
    """What the gutter asks of the code it stands beside."""

    look: EditorLook
    marks: LineMarks
    as_it_ran: bool

    @property
    def breakpoints(self) -> frozenset[int]:
        """Lines with a breakpoint, from 1."""
        ...

    @property
    def breakpoint_marks(self) -> Mapping[int, BreakpointMark]:
        """What there is to say of breakpoints, by line; of one that is missing, nothing more."""
        ...

    @property
    def cursor_line(self) -> int:
        """The line of the cursor, from 1."""
        ...

    def visible_lines(self, area: QRect | None = None) -> Iterator[VisibleLine]:
        """Yield the lines to be seen, from the top; only those that ``area`` touches, if given."""
        ...

    def line_at(self, y: float) -> int | None:
        """Return the line at a height, from 1; None below the last one."""
        ...

    def blockCount(self) -> int:
        """Return how many lines there are."""
        ...


class Gutter(QWidget):
    """Paints what the code's marks say; a click asks for a breakpoint on its line."""

    menu_requested = Signal(int, QPoint)  # for a line, at a place of the screen
    line_clicked = Signal(int)  # on the strip at this line, from 1
    coverage_clicked = Signal(int, QPoint)  # on the bar that says whether a line has run

    def __init__(self, code: CodeBeside, parent: QWidget) -> None:
        """Stand beside ``code``, inside ``parent``."""
        super().__init__(parent)
        self._code = code
        self._hovered: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Line numbers and breakpoints"))

    def wanted_width(self) -> int:
        """Return the width for this many lines at this size of the code."""
        look = self._code.look
        digits = len(str(self._code.blockCount()))
        more = max(0, digits - _DIGITS_IN_WIDTH)
        return look.px(WIDTH) + round(more * QFontMetricsF(look.value_font).horizontalAdvance("0"))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width(), 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._code.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.value_font)
        painter.fillRect(event.rect(), look.colours.gutter)
        cursor_line = self._code.cursor_line
        for line in self._code.visible_lines(event.rect()):
            self._paint_line(painter, line, current=line.number == cursor_line)
        if self._code.as_it_ran:
            edge = QRectF(0, 0, look.px(BAR_WIDTH), self.height())
            draw_hatch(painter, edge, look.colours.past_tint, look.colours.past)
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        line = self._code.line_at(event.position().y())
        if event.button() is not Qt.MouseButton.LeftButton or line is None:
            return
        if self._is_on_coverage(event.position().x(), line):
            self.coverage_clicked.emit(line, event.globalPosition().toPoint())
        else:
            self.line_clicked.emit(line)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        line = self._code.line_at(event.pos().y())
        if line is not None and not self._code.as_it_ran:
            self.menu_requested.emit(line, event.globalPos())

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            line = self._code.line_at(event.pos().y())
            words = "" if line is None else self.words_about(line)
            QToolTip.showText(event.globalPos(), html.escape(words).replace("\n", "<br>"), self)
            return True
        return super().event(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        line = self._code.line_at(event.position().y())
        on_coverage = line is not None and self._is_on_coverage(event.position().x(), line)
        pointing = Qt.CursorShape.PointingHandCursor
        self.setCursor(pointing if on_coverage else Qt.CursorShape.ArrowCursor)
        self._hover(None if on_coverage else line)

    @override
    def leaveEvent(self, event: object) -> None:
        self._hover(None)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _is_on_coverage(self, x: float, line: int) -> bool:
        """Tell whether a place is on a line's bar, or so near that it is meant."""
        left = self.width() - self._code.look.px(WIDTH - NUMBER_RIGHT - 1)
        return x >= left and line in self._code.marks.coverage

    def _hover(self, line: int | None) -> None:
        if line != self._hovered:
            self._hovered = line
            self.update()

    def _paint_line(self, painter: QPainter, line: VisibleLine, *, current: bool) -> None:
        code, look = self._code, self._code.look
        middle = line.top + line.height / 2
        stopped = code.marks.run_line is not None and code.marks.run_line.line == line.number
        if stopped:
            self._paint_stop(painter, line)
        elif current:
            painter.fillRect(self._band(line), look.colours.current_line)
        centre = QPointF(look.px(BREAKPOINT_CENTRE), middle)
        if line.number in code.breakpoints:
            self._paint_breakpoint(painter, centre, code.breakpoint_marks.get(line.number, PLAIN))
        elif line.number == self._hovered and not code.as_it_ran:
            painter.setOpacity(0.35)
            draw_breakpoint(painter, centre, look.px(BREAKPOINT_SIZE), look.colours.breakpoint)
            painter.setOpacity(1)
        if not stopped:
            self._paint_problem(painter, line)
        self._paint_number(painter, line, strong=stopped or current)
        self._paint_coverage(painter, line)

    def _paint_breakpoint(self, painter: QPainter, at: QPointF, mark: BreakpointMark) -> None:
        look = self._code.look
        size, colour = look.px(BREAKPOINT_SIZE), look.colours.breakpoint
        hollow = not mark.enabled
        if mark.kind == "log":
            draw_log_point(painter, at, size, colour, hollow=hollow)
            return
        draw_breakpoint(painter, at, size, colour, hollow=hollow)
        if mark.kind == "conditional":
            draw_condition(painter, at, size, colour if hollow else look.colours.gutter)

    def words_about(self, line: int) -> str:
        """Return what the strip shows of a line: its breakpoint, and whether it has run."""
        code = self._code
        said: list[str] = []
        if line in code.breakpoints:
            said.append(code.breakpoint_marks.get(line, PLAIN).words)
        covered = code.marks.coverage_words.get(line)
        if covered:
            said.append(covered)
        return "\n".join(said)

    def _paint_stop(self, painter: QPainter, line: VisibleLine) -> None:
        look = self._code.look
        match self._code.marks.run_line:
            case StoppedLine():
                tint, colour, hollow = look.colours.paused_tint, look.colours.paused, False
            case PastLine():
                tint, colour, hollow = look.colours.past_tint, look.colours.past, True
            case None:
                return
        painter.fillRect(self._band(line), tint)
        painter.fillRect(QRectF(0, line.top, look.px(BAR_WIDTH), line.height), colour)
        height = look.px(10)
        left, right = look.px(ARROW_LEFT), look.px(ARROW_RIGHT)
        top = line.top + (line.height - height) / 2
        draw_arrow(painter, QRectF(left, top, right - left, height), colour, hollow=hollow)

    def _paint_problem(self, painter: QPainter, line: VisibleLine) -> None:
        problems = self._code.marks.problems_at(line.number)
        if not problems:
            return
        look = self._code.look
        x = (look.px(ARROW_LEFT) + look.px(ARROW_RIGHT)) / 2
        if self._number_width(line) > look.px(NUMBER_RIGHT - ARROW_RIGHT - 1):
            x -= look.px(3)
        centre, size = QPointF(x, line.top + line.height / 2), look.px(9)
        if problems[0].severity == "error":
            draw_error(painter, centre, size, look.colours.breakpoint)
        else:
            draw_warning(painter, centre, size, look.colours.warning)

    def _paint_number(self, painter: QPainter, line: VisibleLine, *, strong: bool) -> None:
        look = self._code.look
        painter.setPen(look.colours.current_number if strong else look.colours.number)
        right = self.width() - look.px(WIDTH - NUMBER_RIGHT)
        metrics = QFontMetricsF(look.value_font)
        x = right - metrics.horizontalAdvance(str(line.number))
        painter.drawText(QPointF(x, line.baseline), str(line.number))

    def _number_width(self, line: VisibleLine) -> float:
        return QFontMetricsF(self._code.look.value_font).horizontalAdvance(str(line.number))

    def _paint_coverage(self, painter: QPainter, line: VisibleLine) -> None:
        covered = self._code.marks.coverage.get(line.number)
        if covered is None:
            return
        look = self._code.look
        left = self.width() - look.px(WIDTH - COVERAGE_LEFT)
        bar = QRectF(left, line.top, look.px(COVERAGE_WIDTH), line.height)
        if covered == "ran":
            painter.fillRect(bar, look.colours.covered)
        else:
            painter.setPen(look.colours.covered)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(bar.adjusted(0.5, 2.5, -0.5, -2.5))

    def _band(self, line: VisibleLine) -> QRectF:
        return QRectF(0, line.top, self.width(), line.height)
