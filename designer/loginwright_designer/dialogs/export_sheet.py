"""The export: what has to be in order, what goes out and where to, then the receipt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from loginwright_designer.code_editor.announcement import announce
from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import ElidedLabel, text_label
from loginwright_designer.controls.rows import Separator
from loginwright_designer.dialogs.answered_sheet import AnsweredSheet
from loginwright_designer.dialogs.bundle_chooser import bundle_chooser
from loginwright_designer.dialogs.check_rows import CheckRows
from loginwright_designer.dialogs.export_receipt import ExportReceipt
from loginwright_designer.dialogs.sheet_parts import (
    MessageRow,
    SheetFact,
    SheetPart,
    TickRow,
)
from loginwright_designer.document.export_checks import Offer
from loginwright_designer.document.export_plan import (
    ExportChoices,
    plan_export,
    proposed_target,
    target_kind,
)
from loginwright_designer.document.flow_export import ExportWritten
from loginwright_designer.theme.marks import State
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_designer.document.export_blocks import PasteBlock
    from loginwright_designer.document.export_plan import ExportInputs, ExportPlan
    from loginwright_designer.document.flow_export import ExportFailed
    from loginwright_designer.simulation.outside_check import OutsideResult
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ExportWanted:
    """Export was pressed.

    Attributes:
        target: The file to write.
        with_scenarios: Whether scenarios go along.
    """

    target: Path
    with_scenarios: bool


@dataclass(frozen=True, slots=True)
class CheckOutsideWanted:
    """The bundle shall be tested in a process of its own."""

    written: ExportWritten


class ExportSheet(AnsweredSheet):
    """One sheet that is read downwards: Ready, What goes out, Where; then the receipt.

    Args:
        theme: The colours.
        host: The window.
    """

    export_wanted = Signal(object)  # ExportWanted: write the bundle
    offer_pressed = Signal(object)  # Offer: a check's link was pressed; closed but to run scenarios
    check_outside_wanted = Signal(object)  # CheckOutsideWanted: test the bundle outside
    check_outside_cancelled = Signal()

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host, translate("ExportSheet", "Export"), "package")
        self._inputs: ExportInputs | None = None
        self._plan: ExportPlan | None = None
        self._written: ExportWritten | None = None
        self._writing = False
        self._agreed = ""
        self._fact_rows: list[QWidget] = []
        self._build_plan()
        self.receipt = ExportReceipt(theme)
        self.receipt.check_wanted.connect(self._on_check_wanted)
        self.receipt.check_cancelled.connect(self._on_check_cancelled)
        self.receipt.hide()
        self.body.addWidget(self._planned)
        self.body.addWidget(self.receipt)
        self._build_footer()
        self.closed.connect(self._on_closed)
        self._lay_out()
        theme.theme_changed.connect(self._lay_out)

    @property
    def plan(self) -> ExportPlan | None:
        """What is shown; None before the first inputs."""
        return self._plan

    @property
    def choices(self) -> ExportChoices:
        """What is chosen now."""
        return ExportChoices(self.target.text(), self.scenarios.isChecked(), self._agreed)

    def open_export(self, inputs: ExportInputs) -> None:
        """Open with a flow; the keyboard is on the first check that is in the way, or on Export."""
        self._written = None
        self._writing = False
        self._agreed = ""
        self.failure.hide()
        self.receipt.hide()
        self._planned.show()
        last = inputs.last
        self._set(self.scenarios, checked=last is not None and last.with_scenarios)
        self.target.setText(proposed_target(inputs.draft, last, Path.home()))
        self._show_footer()
        self.show_inputs(inputs)
        wanted = self._first_wanted()
        self.open(wanted)
        self._scroll.ensureWidgetVisible(wanted)

    def show_inputs(self, inputs: ExportInputs) -> None:
        """Show a flow as it is by now: scenarios have run, problems were found."""
        self._inputs = inputs
        if self._written is None:
            waited = self._plan is not None and not self._plan.can_export
            before = QApplication.focusWidget()
            self._update()
            focused = QApplication.focusWidget()
            is_lost = self.is_open and (focused is None or not self.isAncestorOf(focused))
            moved = before is not None and self.isAncestorOf(before) and focused is not before
            kept = self.checks.isAncestorOf(focused) if moved and focused is not None else False
            if is_lost or (moved and not kept) or (waited and self.cancel_button.hasFocus()):
                self._first_wanted().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_failure(self, failed: ExportFailed) -> None:
        """Say why nothing was written."""
        self._writing = False
        first = failed.problems[0]
        where = f"{first.file}: " if first.file and Path(first.file) != self.choices.path else ""
        self.failure.show_message(f"{where}{first.message}", first.remedy)
        self.failure.show()
        self._update()
        announce(self, f"{first.message} {first.remedy}")
        self.target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()
        self._scroll.ensureWidgetVisible(self.failure)

    def show_receipt(self, written: ExportWritten, blocks: Sequence[PasteBlock]) -> None:
        """Become the receipt of an export."""
        self._written = written
        self._writing = False
        may_check = self._inputs is None or self._inputs.may_run
        self.receipt.show_receipt(written, blocks, may_check=may_check)
        self._planned.hide()
        self.receipt.show()
        words = translate("ExportSheet", "Exported {name}").format(name=written.draft.flow.name)
        self.show_title(words)
        self._show_footer()
        self.fit()
        announce(self, f"{words}. {self.receipt.spoken()}")
        wanted = self.receipt.check_button if may_check else self.done_button
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(wanted)

    def show_check_result(self, result: OutsideResult) -> None:
        """Show what came of the check outside."""
        self.receipt.show_check_result(result)
        announce(self, self.receipt.result.message)
        self.fit()
        self._scroll.ensureWidgetVisible(self.receipt.result)

    @override
    def answer(self) -> None:
        if self._written is None:
            self._on_export()

    def _build_plan(self) -> None:
        theme = self._theme
        self._planned = QWidget()
        self._ready = SheetPart(theme, translate("ExportSheet", "Ready"))
        self.checks = CheckRows(theme)
        self.checks.offer_pressed.connect(self._on_offer)
        self.tick = TickRow(theme)
        self.tick.toggled.connect(self._on_tick)
        self._ready.rows.addWidget(self.checks)
        self._ready.rows.addWidget(self.tick)
        self._outgoing = SheetPart(theme, translate("ExportSheet", "What goes out"))
        self.scenarios = QCheckBox()
        self.scenarios.toggled.connect(self._on_scenarios)
        self._scenario_note = ElidedLabel("", TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        self._scenario_row = QHBoxLayout()
        self._scenario_name = ElidedLabel(
            translate("ExportSheet", "Scenarios"), TextStyle.BODY, Role.TEXT_SECONDARY
        )
        self._scenario_row.addWidget(self._scenario_name)
        self._scenario_row.addWidget(self.scenarios)
        self._scenario_row.addStretch(1)
        self._scenario_row.addWidget(self._scenario_note)
        self._changes = text_label("", TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
        self._outgoing.rows.addLayout(self._scenario_row)
        self._outgoing.rows.addWidget(self._changes)
        self._where = SheetPart(theme, translate("ExportSheet", "Where"))
        self.target = QLineEdit()
        self.target.setProperty("text_style", "value")
        self.target.setAccessibleName(translate("ExportSheet", "File to write"))
        self.target.textEdited.connect(self._on_target)
        self.choose = Button(theme, translate("ExportSheet", "Choose…"))
        self.choose.clicked.connect(self._on_choose)
        self._place_row = QHBoxLayout()
        self._place_row.addWidget(self.target, 1)
        self._place_row.addWidget(self.choose)
        self._where_note = text_label("", TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
        self.failure = MessageRow(theme, State.ERROR)
        self.failure.hide()
        self._where.rows.addLayout(self._place_row)
        self._where.rows.addWidget(self._where_note)
        self._where.rows.addWidget(self.failure)
        rows = QVBoxLayout(self._planned)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for part in (self._ready, Separator(), self._outgoing, Separator(), self._where):
            rows.addWidget(part)
        rows.addStretch(1)

    def _build_footer(self) -> None:
        theme = self._theme
        later = translate("ExportSheet", "Afterwards: check the file outside the designer")
        self._later = ElidedLabel(later, TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        self.cancel_button = Button(theme, translate("ExportSheet", "Cancel"))
        self.cancel_button.clicked.connect(self.close_sheet)
        word = translate("ExportSheet", "Export")
        self.export_button = Button(theme, word, kind="primary", icon="package", shortcut="Enter")
        self.export_button.clicked.connect(self._on_export)
        self.done_button = Button(theme, translate("ExportSheet", "Done"), kind="primary")
        self.done_button.clicked.connect(self.close_sheet)
        self.footer.addWidget(self._later, 1)
        for button in (self.cancel_button, self.export_button, self.done_button):
            self.footer.addWidget(button)
        self._show_footer()

    def _show_footer(self) -> None:
        done = self._written is not None
        self.done_button.setVisible(done)
        self.cancel_button.setVisible(not done)
        self.export_button.setVisible(not done)
        later = translate("ExportSheet", "Afterwards: check the file outside the designer")
        self._later.setText("" if done else later)

    def _update(self) -> None:
        if self._inputs is None:
            return
        choices = self.choices
        plan = plan_export(self._inputs, choices, target_kind(choices.target))
        self._plan = plan
        self.show_title(plan.title)
        self._ready.title.show_texts(translate("ExportSheet", "Ready"), plan.verdict)
        self.checks.show_checks(plan.checks)
        self.tick.setVisible(bool(plan.tick))
        self.tick.show_text(plan.tick, checked=plan.is_agreed)
        self._outgoing.title.show_texts(translate("ExportSheet", "What goes out"), plan.since)
        self._show_facts(plan)
        self._where_note.setText(plan.where)
        self._where_note.setVisible(bool(plan.where))
        self.export_button.setEnabled(plan.can_export and not self._writing)
        reason = "" if plan.can_export else plan.verdict
        self.export_button.setToolTip(reason)
        self.export_button.setAccessibleDescription(reason)
        self.fit()

    def _show_facts(self, plan: ExportPlan) -> None:
        rows = self._outgoing.rows
        for old in self._fact_rows:
            old.hide()
            rows.removeWidget(old)
            old.deleteLater()
        rows.removeItem(self._scenario_row)
        rows.removeWidget(self._changes)
        self._fact_rows = [
            SheetFact(self._theme, fact.name, fact.value, fact.note, code=fact.code)
            for fact in plan.facts
        ]
        rows.addWidget(self._fact_rows[0])
        rows.addLayout(self._scenario_row)
        for row in self._fact_rows[1:]:
            rows.addWidget(row)
        rows.addWidget(self._changes)
        for row in self._fact_rows:
            row.show()  # at once, so that the sheet takes its height
        self._changes.setText(" · ".join(plan.changes))
        self._changes.setVisible(bool(plan.changes))
        self._show_scenario_row(plan)

    def _show_scenario_row(self, plan: ExportPlan) -> None:
        words = translate("ExportSheet", "Take {count} along")
        if plan.scenarios == 0:
            words = translate("ExportSheet", "None to take along")
        self.scenarios.setText(words.format(count=plan.scenarios))
        self.scenarios.setEnabled(plan.scenarios > 0)
        self.scenarios.setAccessibleName(
            f"{translate('ExportSheet', 'Scenarios')}: {self.scenarios.text()}"
        )
        along = translate("ExportSheet", "with their users, and what is expected of them")
        staying = translate("ExportSheet", "they stay here; a server does not need them")
        note = along if self.scenarios.isChecked() else staying
        self._scenario_note.setText(note if plan.scenarios else "")

    def _first_wanted(self) -> QWidget:
        plan = self._plan
        if plan is None or plan.can_export:
            return self.export_button
        if plan.where_blocks:
            return self.target
        unmet = self.checks.first_unmet()
        if unmet is not None:
            return unmet
        return self.tick.box if plan.tick and not plan.is_agreed else self.cancel_button

    def _on_offer(self, offer: object) -> None:
        if offer is not Offer.RUN_SCENARIOS:  # what the others show lies below the sheet
            self.close_sheet()
        self.offer_pressed.emit(offer)

    def _on_tick(self, checked: bool) -> None:
        self._agreed = self._plan.tick if checked and self._plan is not None else ""
        self._update()

    def _on_scenarios(self, _checked: bool) -> None:
        self._update()

    def _on_target(self, _text: str) -> None:
        self.failure.hide()
        self._update()

    def _on_choose(self) -> None:
        dialog = bundle_chooser(self, self.choices.path)
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()

    def _on_chosen(self, file: str) -> None:
        self.target.setText(file)
        self._on_target(file)

    def _on_export(self) -> None:
        if self._plan is None or not self._plan.can_export or self._writing:
            return
        self._writing = True
        self.failure.hide()
        self.export_button.setEnabled(False)
        choices = self.choices
        self.export_wanted.emit(ExportWanted(choices.path, choices.with_scenarios))

    def _on_check_wanted(self) -> None:
        if self._written is not None:
            self.check_outside_wanted.emit(CheckOutsideWanted(self._written))

    def _on_check_cancelled(self) -> None:
        self.receipt.show_check_cancelled()
        self.check_outside_cancelled.emit()

    def _on_closed(self) -> None:
        if self._written is not None:
            self.check_outside_cancelled.emit()

    def _set(self, box: QCheckBox, *, checked: bool) -> None:
        blocked = box.blockSignals(True)
        box.setChecked(checked)
        box.blockSignals(blocked)

    def _lay_out(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 0)
        self._scenario_row.setSpacing(self._theme.px(8))
        self._scenario_name.setFixedWidth(self._theme.px(112))
        self._place_row.setSpacing(self._theme.px(8))
        self.fit()
