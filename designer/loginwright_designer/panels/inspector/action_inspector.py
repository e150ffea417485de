"""*Action*: what the selected action is, needs and may do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import ElidedLabel, text_label
from loginwright_designer.controls.rows import SectionTitle, Separator
from loginwright_designer.panels.inspector.action_facts import ActionFacts
from loginwright_designer.panels.inspector.inspector_signals import (
    ActionsDeletion,
    EnabledToggle,
    NameEdit,
    ProblemOpening,
    ScenariosOpening,
    SecretDeclaration,
    SecretOpening,
    SecretRemoval,
)
from loginwright_designer.panels.inspector.linked_row import LinkedRow
from loginwright_designer.panels.inspector.page import Page
from loginwright_designer.panels.inspector.problem_row import problem_row
from loginwright_designer.panels.inspector.secret_row import SecretRow
from loginwright_designer.simulation.source_place import SourcePlace
from loginwright_designer.theme.marks import State
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.document.action_deeds import Deed
    from loginwright_designer.document.action_summary import ActionSummary, PackageUse
    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.errors import Problem

translate = QCoreApplication.translate


class ActionInspector(Page):
    """Shows an ``ActionSummary``, or how many actions are selected.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    name_edited = Signal(object)
    """A ``NameEdit``."""
    enabled_toggled = Signal(object)
    """An ``EnabledToggle``."""
    delete_requested = Signal(object)
    """An ``ActionsDeletion``."""
    secret_declared = Signal(object)
    """A ``SecretDeclaration``; without a name, the user is still to be asked."""
    secret_removed = Signal(object)
    """A ``SecretRemoval``."""
    secret_opened = Signal(object)
    """A ``SecretOpening``."""
    place_opened = Signal(object)
    """A ``SourcePlace``."""
    scenarios_opened = Signal(object)
    """A ``ScenariosOpening``."""
    problem_opened = Signal(object)
    """A ``ProblemOpening``."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, translate("Action", "Action"), parent)
        self._shown: ActionSummary | None = None
        self._several: tuple[str, ...] = ()
        self.facts = ActionFacts(theme)
        self.facts.name_typed.connect(self._on_name_typed)
        self.facts.switched.connect(self._on_switched)
        self.facts.file_pressed.connect(partial(self._on_line, None))
        self.column.addWidget(self.facts)
        self.column.addStretch(1)

    @property
    def shown(self) -> ActionSummary | None:
        """The one action that is shown."""
        return self._shown

    def show_action(self, summary: ActionSummary) -> None:
        """Show one action; the name that is being typed stays."""
        if summary == self._shown:
            return
        self._shown, self._several = summary, ()
        self.facts.setVisible(True)
        self.facts.show_action(summary)
        self._start_parts()
        self._add_obstacle(summary)
        self._add_secrets(summary)
        self._add_deeds(summary)
        self._add_problems(summary)
        self._add_rest(summary)
        self.column.addStretch(1)

    def show_several(self, action_ids: tuple[str, ...], enabled: int) -> None:
        """Show how many actions are selected, and what can be done with all of them.

        Args:
            action_ids: Which, in the order of the flow.
            enabled: How many of them are turned on.
        """
        self._shown, self._several = None, action_ids
        self.facts.setVisible(False)
        self._start_parts()
        count = len(action_ids)
        self.column.addWidget(
            text_label(
                translate("Action", "{count} actions selected").format(count=count),
                TextStyle.TITLE,
            )
        )
        text = translate("Action", "{count} of them are turned on.")
        quiet = text_label(text.format(count=enabled), TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        self.column.addWidget(quiet)
        line = QHBoxLayout()
        offers = (
            (translate("Action", "Turn on"), self._on_turn_on, enabled < count),
            (translate("Action", "Turn off"), self._on_turn_off, enabled > 0),
            (translate("Action", "Delete"), self._on_delete, True),
        )
        for words, pressed, possible in offers:
            button = Button(self._theme, words)
            button.setEnabled(possible)
            button.clicked.connect(pressed)
            line.addWidget(button)
        line.addStretch(1)
        self.column.addLayout(line)
        self.column.addStretch(1)

    def _start_parts(self) -> None:
        """Take out all that stands below the facts."""
        self.column.removeWidget(self.facts)
        self.clear()
        self.column.addWidget(self.facts)

    def _part(self, title: str, note: str = "") -> SectionTitle:
        self._line()
        part = SectionTitle(title, note)
        part.setMinimumHeight(self._theme.px(24))
        self.column.addWidget(part)
        return part

    def _quiet(self, text: str) -> None:
        words = text_label(text, TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
        self.column.addWidget(words)

    def _add_obstacle(self, summary: ActionSummary) -> None:
        """Say what keeps the action from running here, where no problem of its own says it."""
        obstacle = summary.obstacle
        if obstacle is None or obstacle.problem is not None:
            return
        self._line()
        text, remedy = obstacle.message, obstacle.remedy
        self.column.addWidget(
            LinkedRow(self._theme, text, mark=State.ERROR, note=remedy, wrap=True)
        )

    def _add_secrets(self, summary: ActionSummary) -> None:
        part = self._part(translate("Action", "Secrets"))
        declare = Button(self._theme, translate("Action", "Declare…"), kind="link")
        declare.setAccessibleName(translate("Action", "Declare a secret…"))
        declare.clicked.connect(partial(self._on_declare, summary.id, ""))
        part.add_widget(declare)
        if not summary.secrets:
            self._quiet(translate("Action", "It declares none and reads none."))
        for use in summary.secrets:
            row = SecretRow(self._theme, use)
            row.opened.connect(partial(self._on_secret, use.name))
            row.declared.connect(partial(self._on_declare, summary.id, use.name))
            row.removed.connect(partial(self._on_remove, summary.id, use.name))
            self.column.addWidget(row)

    def _add_deeds(self, summary: ActionSummary) -> None:
        self._part(translate("Action", "What it may do"))
        for deed in summary.deeds:
            self.column.addWidget(self._deed(deed))
        unknown = _unknown_deeds(summary)
        if unknown:
            self._quiet(unknown)

    def _deed(self, deed: Deed) -> LinkedRow:
        text = translate("Action", "line {line}")
        if deed.more_lines:
            text = translate("Action", "line {line} and {count} more")
        row = LinkedRow(
            self._theme,
            deed.text,
            icon=deed.icon,
            link=text.format(line=deed.line, count=len(deed.more_lines)),
        )
        row.link_pressed.connect(partial(self._on_line, deed.line))
        return row

    def _add_problems(self, summary: ActionSummary) -> None:
        if not summary.problems:
            return
        self._part(translate("Action", "Problems"), str(len(summary.problems)))
        for problem in summary.problems:
            row = problem_row(self._theme, problem)
            row.link_pressed.connect(partial(self._on_problem, problem))
            self.column.addWidget(row)

    def _line(self) -> None:
        self.column.addSpacing(self._theme.px(4))
        self.column.addWidget(Separator())

    def _add_rest(self, summary: ActionSummary) -> None:
        self._line()
        title = translate("Action", "Dependencies")
        if not summary.packages:
            self.column.addWidget(self._quiet_row(title, _no_packages(summary)))
        else:
            self.column.addWidget(self._quiet_row(title, str(len(summary.packages))))
        for package in summary.packages:
            self.column.addWidget(self._package(package))
        self._add_lines(summary)
        reach = summary.reach
        if reach is None:
            return
        text = translate("Action", "{count} of {total}")
        words = text.format(count=reach.reached, total=reach.total)
        row = LinkedRow(self._theme, translate("Action", "Scenarios that reach it"), link=words)
        row.link_pressed.connect(partial(self._on_scenarios, summary.id))
        self.column.addWidget(row)

    def _add_lines(self, summary: ActionSummary) -> None:
        if summary.lines is not None:
            text = translate("Action", "{count} of {total} lines")
            words = text.format(count=summary.lines.reached, total=summary.lines.total)
            title = translate("Action", "Covered by scenarios")
            self.column.addWidget(self._quiet_row(title, words))

    def _package(self, package: PackageUse) -> LinkedRow:
        words = (
            translate("Action", "installed") if package.present else translate("Action", "missing")
        )
        row = LinkedRow(
            self._theme,
            package.name,
            mark=State.RAN if package.present else State.WARNING,
            note=words,
            link=translate("Action", "line {line}").format(line=package.line),
            code=True,
        )
        row.link_pressed.connect(partial(self._on_line, package.line))
        return row

    def _quiet_row(self, name: str, value: str) -> LinkedRow:
        row = LinkedRow(self._theme, name)
        row.add_note(ElidedLabel(value, TextStyle.SECONDARY, Role.TEXT_SECONDARY))
        return row

    def _on_name_typed(self, name: str) -> None:
        if self._shown is not None:
            self.name_edited.emit(NameEdit(self._shown.id, name))

    def _on_switched(self, enabled: bool) -> None:
        if self._shown is not None:
            self.enabled_toggled.emit(EnabledToggle((self._shown.id,), enabled))

    def _on_turn_on(self) -> None:
        self.enabled_toggled.emit(EnabledToggle(self._several, enabled=True))

    def _on_turn_off(self) -> None:
        self.enabled_toggled.emit(EnabledToggle(self._several, enabled=False))

    def _on_delete(self) -> None:
        self.delete_requested.emit(ActionsDeletion(self._several))

    def _on_line(self, line: int | None) -> None:
        if self._shown is not None:
            self.place_opened.emit(SourcePlace(self._shown.id, line))

    def _on_declare(self, action: str, name: str) -> None:
        self.secret_declared.emit(SecretDeclaration(action, name))

    def _on_remove(self, action: str, name: str) -> None:
        self.secret_removed.emit(SecretRemoval(action, name))

    def _on_secret(self, name: str) -> None:
        self.secret_opened.emit(SecretOpening(name))

    def _on_scenarios(self, action: str) -> None:
        self.scenarios_opened.emit(ScenariosOpening(action))

    def _on_problem(self, problem: Problem) -> None:
        self.problem_opened.emit(ProblemOpening(problem))


def _unknown_deeds(summary: ActionSummary) -> str:
    """Say what is not known of what an action may do; empty where all is."""
    if summary.read and summary.unread:
        text = translate("Action", "There may be more: {reason}.")
        if not summary.deeds:
            text = translate("Action", "That is not known: {reason}.")
        return text.format(reason=summary.unread)
    if summary.read:
        return "" if summary.deeds else translate("Action", "It asks for nothing.")
    if summary.obstacle is not None:
        return translate("Action", "That is not known: there is no code to read.")
    return translate("Action", "Its code is being read…")


def _no_packages(summary: ActionSummary) -> str:
    """Say that an action needs no package, or that nobody knows."""
    if summary.obstacle is not None and (summary.unread or not summary.read):
        return translate("Action", "not known")
    return translate("Action", "none") if summary.read else "…"
