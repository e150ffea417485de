"""Draws what lies under and over the code: bands, frames, wavy lines and values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from loginwright_designer.code_editor.editor_look import EditorLook
from loginwright_designer.code_editor.line_marks import CodeProblem, LineMarks, PastLine
from loginwright_designer.code_editor.mark_shapes import draw_wave
from loginwright_designer.code_editor.text_columns import utf16_column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loginwright_designer.code_editor.visible_lines import VisibleLine

_VALUE_GAP = 24
_LONGEST_VALUE = 500


@dataclass(frozen=True, slots=True)
class CodeSpots:
    """Places that follow the cursor and the search, as ranges of the document.

    Attributes:
        found: What the search found.
        current: The match that the search stands at, or None.
        occurrences: Where the word at the cursor occurs.
        brackets: Brackets that belong together, one unit long each.
        lonely: A bracket without a partner.
    """

    found: tuple[tuple[int, int], ...] = ()
    current: tuple[int, int] | None = None
    occurrences: tuple[tuple[int, int], ...] = ()
    brackets: tuple[int, ...] = ()
    lonely: int | None = None

    def after_edit(self, position: int, removed: int, added: int) -> CodeSpots:
        """Return the places as they are until they are looked for anew, which takes a moment.

        They move with the text around them; those that the edit reaches into are gone.
        """
        if added == removed:
            return self  # as when Qt says that colours have changed

        def moved(start: int, end: int) -> Iterator[tuple[int, int]]:
            if end <= position:
                yield start, end
            elif start >= position + removed:
                yield start + added - removed, end + added - removed

        def all_moved(places: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
            return tuple(new for place in places for new in moved(*place))

        current = () if self.current is None else tuple(moved(*self.current))
        lonely = () if self.lonely is None else tuple(moved(self.lonely, self.lonely + 1))
        brackets = all_moved((place, place + 1) for place in self.brackets)
        return CodeSpots(
            all_moved(self.found),
            current[0] if current else None,
            all_moved(self.occurrences),
            tuple(start for start, _end in brackets),
            lonely[0][0] if lonely else None,
        )


@dataclass(frozen=True, slots=True)
class CodePainter:
    """Paints one viewport.

    Attributes:
        painter: On the viewport.
        look: Colours, fonts, lengths.
        width: Of the viewport.
    """

    painter: QPainter
    look: EditorLook
    width: float

    def band(self, line: VisibleLine, marks: LineMarks, *, current: bool) -> None:
        """Draw the band behind the line of the run, or behind that of the cursor."""
        colours = self.look.colours
        area = QRectF(0, line.top, self.width, line.height)
        if marks.run_line is not None and marks.run_line.line == line.number:
            past = isinstance(marks.run_line, PastLine)
            self.painter.fillRect(area, colours.past_tint if past else colours.paused_tint)
        elif current:
            self.painter.fillRect(area, colours.current_line)

    def spots(self, line: VisibleLine, spots: CodeSpots) -> None:
        """Draw frames around what was found, brackets and other places of the cursor's word."""
        colours = self.look.colours
        for start, end in spots.occurrences:
            self._frame(line, start, end, colours.match_tint, None)
        for start, end in spots.found:
            self._frame(line, start, end, colours.found_tint, colours.match)
        if spots.current is not None:
            self._frame(line, *spots.current, colours.found_tint, colours.current_match)
        for place in spots.brackets:
            self._frame(line, place, place + 1, colours.match_tint, colours.match)
        if spots.lonely is not None:
            self._frame(line, spots.lonely, spots.lonely + 1, None, colours.breakpoint)

    def _frame(
        self, line: VisibleLine, start: int, end: int, fill: QColor | None, edge: QColor | None
    ) -> None:
        first = line.block.position()
        last = first + line.block.length() - 1
        if end < first or start > last:
            return
        left = line.x(max(start, first) - first)
        right = max(line.x(min(end, last) - first), left + 2)
        area = QRectF(left, line.top + 1, right - left, line.height - 2)
        self.painter.setPen(Qt.PenStyle.NoPen if edge is None else QPen(edge, 1))
        self.painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
        if edge is not None:
            area.adjust(-0.5, 0.5, 0.5, -0.5)
        self.painter.drawRoundedRect(area, 2, 2)

    def problems(self, line: VisibleLine, problems: tuple[CodeProblem, ...]) -> None:
        """Draw a wavy line under each faulty piece; errors last, over warnings."""
        colours = self.look.colours
        for problem in reversed(problems):
            left, right = self._faulty(line, problem)
            colour = colours.breakpoint if problem.severity == "error" else colours.warning
            draw_wave(self.painter, left, right, line.baseline + 4, colour)

    def _faulty(self, line: VisibleLine, problem: CodeProblem) -> tuple[float, float]:
        text = line.block.text()
        if problem.column is None:
            start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        else:
            start = end = min(problem.column - 1, len(text))
            while end < len(text) and (text[end].isalnum() or text[end] in "_$"):
                end += 1
            end = max(end, start + 1)
        left = line.x(utf16_column(text, start))
        right = line.x(utf16_column(text, min(end, len(text))))
        return left, max(right, left + self.look.px(8))

    def value(self, line: VisibleLine, text: str) -> None:
        """Draw a value behind the end of its line, cut off where the viewport ends."""
        font = self.look.value_font
        left = line.x(line.block.length() - 1) + self.look.px(_VALUE_GAP)
        room = self.width - left - self.look.px(8)
        shown = QFontMetricsF(font).elidedText(
            text[:_LONGEST_VALUE], Qt.TextElideMode.ElideRight, max(0.0, room)
        )
        self.painter.setFont(font)
        self.painter.setPen(self.look.colours.number)
        self.painter.drawText(QPointF(left, line.baseline), shown)
