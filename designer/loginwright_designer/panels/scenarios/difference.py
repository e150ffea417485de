"""The difference between what a scenario expects and what came, and what of it to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import text_label
from loginwright_designer.controls.rows import EmptyState, FactRow, SectionTitle, Separator
from loginwright_designer.panels.scenarios.wishes import KeepWish, RunWish, ScenarioWish
from loginwright_designer.simulation.scenario_difference import DifferenceReport, NoReport, RowKind
from loginwright_designer.theme.marks import Change, paint_change_mark
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.simulation.scenario_difference import DifferenceRow
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_CHANGES = {
    RowKind.ADDED: Change.ADDED,
    RowKind.CHANGED: Change.CHANGED,
    RowKind.REMOVED: Change.REMOVED,
}


class ChangeRow(QWidget):
    """One place: its name, and before → after; with a tick while somebody chooses what to keep.

    Args:
        theme: Colours and fonts.
        row: The place.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, row: DifferenceRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.row = theme, row
        self.tick = QCheckBox(self)
        self.tick.setChecked(row.can_keep)
        self.tick.setEnabled(row.can_keep)
        keep = translate("Difference", "Keep {label}: {after}")
        self.tick.setAccessibleName(keep.format(label=row.label, after=row.after))
        self.tick.hide()
        self.setAccessibleName(self.spoken)
        self.setToolTip(f"{row.before} → {row.after}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self.updateGeometry)

    @property
    def spoken(self) -> str:
        """The row in words."""
        text = translate("Difference", "{label}: expected {before}, came {after}")
        row = self.row
        return text.format(label=row.label, before=row.before, after=row.after)

    def choose(self, *, ticks: bool) -> None:
        """Show the tick, or the mark of the change."""
        self.tick.setVisible(ticks)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        lines = self._theme.fonts.metrics(TextStyle.VALUE).height() * 2
        return QSize(self._theme.px(200), max(self._theme.px(52), int(lines) + self._theme.px(16)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Role.SURFACE_MUTED))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(4), theme.px(4))
        first = self._line(0)
        if self.tick.isVisible():
            self.tick.move(theme.px(6), int(first.center().y() - self.tick.height() / 2))
        else:
            mark = QPointF(theme.px(16), first.center().y())
            paint_change_mark(painter, mark, theme, _CHANGES[self.row.kind])
        self._paint_texts(painter, first, self._line(1))
        painter.end()

    def _line(self, number: int) -> QRectF:
        left, pad = self._theme.px(32), self._theme.px(6)
        height = (self.height() - 2 * pad) / 2
        room = self.width() - left - self._theme.px(8)
        return QRectF(left, pad + number * height, room, height)

    def _paint_texts(self, painter: QPainter, first: QRectF, second: QRectF) -> None:
        theme, row = self._theme, self.row
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        font = theme.font(TextStyle.VALUE)
        painter.setFont(font)
        painter.setPen(theme.colour(Role.TEXT))
        painter.drawText(first, middle, self._elided(painter, row.label, first.width()))
        arrow = " → "
        rest = second.width() - painter.fontMetrics().horizontalAdvance(arrow)
        after_width = painter.fontMetrics().horizontalAdvance(row.after)
        before = self._elided(painter, row.before, max(rest / 2, rest - after_width))
        after_room = rest - painter.fontMetrics().horizontalAdvance(before)
        painter.setPen(theme.colour(Role.TEXT_SECONDARY))
        painter.setFont(_struck(font, row.kind is not RowKind.ADDED))
        painter.drawText(second, middle, before)
        left = second.left() + painter.fontMetrics().horizontalAdvance(before)
        painter.setFont(font)
        painter.drawText(QRectF(left, second.top(), rest, second.height()), middle, arrow)
        left += painter.fontMetrics().horizontalAdvance(arrow)
        painter.setPen(theme.colour(Role.TEXT))
        after = self._elided(painter, row.after, after_room)
        painter.drawText(QRectF(left, second.top(), rest, second.height()), middle, after)

    def _elided(self, painter: QPainter, text: str, room: float) -> str:
        return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, int(room))


def _struck(font: QFont, struck: bool) -> QFont:
    other = QFont(font)
    other.setStrikeOut(struck)
    return other


class DifferenceView(QFrame):
    """A page of the inspector's place, beside the grid.

    Args:
        theme: Colours, fonts and zoom.
        parent: Qt's owner.
    """

    run_opened = Signal(object)  # ScenarioWish: step through the run
    kept = Signal(object)  # KeepWish: the ticked places are expected from now on
    run_requested = Signal(object)  # RunWish: run what has not run yet
    scenario_opened = Signal(object)  # ScenarioWish: correct what cannot be read

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._report: DifferenceReport | None = None
        self._missing: NoReport | None = None
        self._choosing = False
        self._change_rows: tuple[ChangeRow, ...] = ()
        self.setProperty("ground", "surface")
        self.setAccessibleName(translate("Difference", "Difference"))
        self._empty = EmptyState(theme, "equal-not", "", "", translate("Difference", "Run"))
        self._empty.offered.connect(self._on_offered)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(translate("Difference", "Difference"))
        self.open_button = Button(theme, translate("Difference", "Open run"), icon="play")
        self.keep_button = Button(theme, "", icon="flag")
        self.cancel_button = Button(theme, translate("Difference", "Cancel"), kind="quiet")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._empty)
        rows.addWidget(self._area, 1)
        self._buttons = QHBoxLayout()
        for button in (self.open_button, self.keep_button, self.cancel_button):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self.open_button.clicked.connect(self._on_open)
        self.keep_button.clicked.connect(self._on_keep)
        self.cancel_button.clicked.connect(self.stop_choosing)
        theme.theme_changed.connect(self._rebuild)
        self._rebuild()

    def show_report(self, report: DifferenceReport | NoReport | None) -> None:
        """Show another scenario's difference, or why there is none; None: none is selected."""
        missing = report if isinstance(report, NoReport) else None
        report = report if isinstance(report, DifferenceReport) else None
        if (report, missing) != (self._report, self._missing):
            self._report, self._missing, self._choosing = report, missing, False
            self._rebuild()

    def choose_what_to_keep(self) -> None:
        """Show the rows with ticks; Keep then keeps those that are ticked."""
        if self._report is not None and self._report.rows and not self._report.is_stale:
            self._choosing = True
            self._show_choice()
            self.keep_button.setFocus()

    def stop_choosing(self) -> None:
        """Take the ticks away; nothing was kept."""
        self._choosing = False
        self._show_choice()

    @property
    def is_choosing(self) -> bool:
        """Whether the rows have ticks."""
        return self._choosing

    @property
    def rows(self) -> tuple[ChangeRow, ...]:
        """The rows shown."""
        return self._change_rows

    def _show_why_none(self) -> None:
        missing, button = self._missing, self._empty.button
        title = translate("Difference", "No scenario is selected")
        text = translate("Difference", "Select one to see what came of it.")
        if missing is not None:
            title, text = missing.title, missing.text
        self._empty.show_texts(title, text)
        if button is not None:
            button.setVisible(missing is not None)
            words = translate("Difference", "Correct it…")
            if missing is not None and missing.readable:
                words = translate("Difference", "Run it")
            button.show_text(words)

    def _on_offered(self) -> None:
        missing = self._missing
        if missing is not None and missing.readable:
            self.run_requested.emit(RunWish((missing.file,)))
        elif missing is not None:
            self.scenario_opened.emit(ScenarioWish(missing.file))

    def _on_open(self) -> None:
        if self._report is not None:
            self.run_opened.emit(ScenarioWish(self._report.file))

    def _on_keep(self) -> None:
        if not self._choosing:
            self.choose_what_to_keep()
            return
        paths = tuple(shown.row.path for shown in self._change_rows if shown.tick.isChecked())
        if self._report is not None and paths:
            wish = KeepWish(self._report.file, paths)
            self.stop_choosing()
            self.kept.emit(wish)

    def _show_choice(self) -> None:
        for row in self._change_rows:
            row.choose(ticks=self._choosing)
        keep = translate("Difference", "Keep as expected")
        ticked = translate("Difference", "Keep what is ticked")
        self.keep_button.show_text(ticked if self._choosing else keep)
        self.cancel_button.setVisible(self._choosing)
        self.open_button.setVisible(not self._choosing)
        self._on_tick()

    def _on_tick(self) -> None:
        report = self._report
        can = report is not None and bool(report.rows) and not report.is_stale
        some = any(row.tick.isChecked() for row in self._change_rows)
        self.keep_button.setEnabled(can and some)
        stale = translate("Difference", "It ran before your last edit: run it again first.")
        same = translate("Difference", "All is as expected.")
        why = stale if report is not None and report.is_stale else same
        self.keep_button.setToolTip("" if can else why)

    def _rebuild(self) -> None:
        report = self._report
        self._empty.setVisible(report is None)
        self._area.setVisible(report is not None)
        for button in (self.open_button, self.keep_button, self.cancel_button):
            button.setParent(self)
            button.hide()
        self._change_rows = ()
        if report is None:
            self._show_why_none()
            return
        page = QFrame()
        page.setProperty("ground", "surface")
        self._buttons = QHBoxLayout()
        rows = QVBoxLayout(page)
        self._fill(rows, report)
        self._area.setWidget(page)
        self._show_choice()
        self.keep_button.show()
        self.open_button.setVisible(not self._choosing)

    def _fill(self, rows: QVBoxLayout, report: DifferenceReport) -> None:
        theme = self._theme
        side = theme.px(16)
        rows.setContentsMargins(side, side, side, side)
        rows.setSpacing(theme.px(8))
        rows.addWidget(text_label(report.name, TextStyle.TITLE, wrap=True))
        rows.addWidget(text_label(report.sentence, TextStyle.BODY, wrap=True, selectable=True))
        if report.is_stale:
            words = translate("Difference", "Stale: this was before your last edit.")
            rows.addWidget(text_label(words, TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True))
        rows.addWidget(Separator())
        self._change_rows = tuple(ChangeRow(theme, row) for row in report.rows)
        column = QVBoxLayout()
        column.setSpacing(theme.px(4))
        for shown in self._change_rows:
            shown.tick.toggled.connect(self._on_tick)
            column.addWidget(shown)
        rows.addLayout(column)
        if report.rows:
            rows.addWidget(Separator())
        rows.addWidget(SectionTitle(translate("Difference", "What the code saw")))
        for seen in report.seen:
            fact = FactRow(theme, seen.name, seen.value, code=True, name_width=72)
            rows.addWidget(fact)
        if report.note:
            rows.addWidget(
                text_label(report.note, TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
            )
        self._buttons.setSpacing(theme.px(8))
        for button in (self.open_button, self.keep_button, self.cancel_button):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        rows.addLayout(self._buttons)
        rows.addStretch(1)
