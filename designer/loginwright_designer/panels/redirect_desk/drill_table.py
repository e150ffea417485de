"""The drills' table: every wrong answer that was tried, and how the flow took it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import IconLabel, text_label
from loginwright_designer.panels.redirect_desk.desk_title import DeskTitle
from loginwright_designer.panels.redirect_desk.drill_rows import DrillRow
from loginwright_designer.panels.redirect_desk.refused_token_view import RefusedTokenView
from loginwright_designer.panels.redirect_desk.wrapping_row import RowWidget
from loginwright_designer.simulation.desk_words import drill_sent_words
from loginwright_designer.simulation.drill_words import drill_name, verdict_words
from loginwright_designer.simulation.drills import Drill, DrillResult
from loginwright_designer.simulation.refusal import Refusal, refusal_of
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.simulation.desk import Desk
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class DrillTable(QFrame):
    """Results of drills, in their order, and the one that is running.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    drill_opened = Signal(object)  # DrillResult: its run is to be looked at
    drill_saved = Signal(object)  # DrillResult: it is to be kept as a scenario
    drills_cancelled = Signal()  # no further drill is to run
    refusal_shown = Signal(object)  # DrillResult: why its token was refused is shown below it

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk: Desk | None = None
        self._results: tuple[DrillResult, ...] = ()
        self.setProperty("ground", "surface")
        self.setProperty("edge", "top")
        self.setAccessibleName(translate("Drills", "Drills"))
        self.title = DeskTitle(
            theme,
            translate("Drills", "Drills"),
            translate("Drills", "on copies; the login itself is not touched"),
        )
        self.progress = text_label("", TextStyle.BODY)
        self.cancel = Button(theme, translate("Drills", "Cancel"))
        self.cancel.clicked.connect(self.drills_cancelled)
        self._running = RowWidget(theme.px(8))
        self._running.row.add(IconLabel(theme, "hourglass"))
        self._running.row.add(self.progress, grows=True, least=theme.px(160))
        self._running.row.add(self.cancel)
        self._running.hide()
        self.summary = text_label("", TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
        self.summary.hide()
        self.rows: list[DrillRow] = []
        self.refusal = RefusedTokenView(theme)
        self.refusal.show_offers(correct=False)
        self.refusal.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._column = QVBoxLayout(self)
        for widget in (self.title, self._running, self.summary):
            self._column.addWidget(widget)
        self._column.addLayout(self._list)
        self._column.addWidget(self.refusal)
        self._fit()
        theme.theme_changed.connect(self._fit)

    @property
    def results(self) -> tuple[DrillResult, ...]:
        """What is shown."""
        return self._results

    def show_desk(self, desk: Desk) -> None:
        """Name what drills of this login send."""
        self._desk = desk

    def show_results(self, results: tuple[DrillResult, ...], running: Drill | None = None) -> None:
        """Show results and the drill that is running.

        Args:
            results: So far; results that were there before keep their rows.
            running: None while none is.
        """
        kept = 0
        while kept < min(len(results), len(self.rows)) and (
            self.rows[kept].result is results[kept] or self.rows[kept].result == results[kept]
        ):
            kept += 1
        for row in self.rows[kept:]:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        del self.rows[kept:]
        self._results = results
        for result in results[kept:]:
            self._append(result)
        if not results:
            self.refusal.hide()
        self._show_running(results, running)

    def explain(self, result: DrillResult) -> bool:
        """Show why a drill's token was refused; False where it was not."""
        refusal = self._refusal(result)
        if refusal is None:
            return False
        self.refusal.show_refusal(refusal)
        place = next((at for at, row in enumerate(self.rows) if row.result is result), -1)
        self._list.removeWidget(self.refusal)
        self._column.removeWidget(self.refusal)
        self._list.insertWidget(place + 1, self.refusal)
        self.refusal.show()
        self.refusal_shown.emit(result)
        return True

    def _append(self, result: DrillResult) -> None:
        desk = self._desk
        sent = drill_sent_words(result.drill, desk) if desk is not None else ""
        explains = self._refusal(result) is not None
        row = DrillRow(self._theme, result, sent, explains=explains)
        row.run_opened.connect(lambda: self.drill_opened.emit(result))
        row.saved.connect(lambda: self.drill_saved.emit(result))
        row.explained.connect(lambda: self._on_explained(result))
        row.moved.connect(lambda steps: self._on_moved(row, steps))
        self.rows.append(row)
        self._list.addWidget(row)

    def _refusal(self, result: DrillResult) -> Refusal | None:
        if self._desk is None or result.record is None:
            return None
        return refusal_of(result.record, result.outcome, self._desk)

    def _show_running(self, results: tuple[DrillResult, ...], running: Drill | None) -> None:
        self._running.setVisible(running is not None)
        if running is not None:
            text = translate("Drills", "Running: {drill}, {done} of {all} done")
            self.progress.setText(
                text.format(drill=drill_name(running), done=len(results), all=len(Drill))
            )
        words = drill_summary(results) if results and running is None else ""
        self.summary.setText(words)
        self.summary.setVisible(bool(words))

    def _on_explained(self, result: DrillResult) -> None:
        self.explain(result)

    def _on_moved(self, row: DrillRow, steps: int) -> None:
        index = self.rows.index(row) + steps
        if 0 <= index < len(self.rows):
            self.rows[index].setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        side = self._theme.px(16)
        self._column.setContentsMargins(side, self._theme.px(8), side, self._theme.px(8))
        self._column.setSpacing(self._theme.px(6))
        self._running.row.setSpacing(self._theme.px(8))


def drill_summary(results: tuple[DrillResult, ...]) -> str:
    """Return in a line how a flow took its drills: each verdict with how often it came."""
    counts: dict[str, int] = {}
    for result in results:
        words = verdict_words(result.verdict)
        counts[words] = counts.get(words, 0) + 1
    return " · ".join(f"{words}: {count}" for words, count in counts.items())
