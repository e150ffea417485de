"""*Flow*: what the flow is called, its settings in words, and what it needs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSizePolicy, QWidget

from loginwright_designer.controls.labels import text_label
from loginwright_designer.controls.rows import FactRow, SectionTitle, Separator
from loginwright_designer.panels.inspector.inspector_signals import (
    NameOfFlowEdit,
    SecretOpening,
    SettingEdit,
)
from loginwright_designer.panels.inspector.linked_row import LinkedRow
from loginwright_designer.panels.inspector.page import Page
from loginwright_designer.theme.marks import State
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.document.flow_words import FlowSetting, FlowSummary, NeededSecret
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class FlowInspector(Page):
    """Shows a ``FlowSummary``.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    name_edited = Signal(object)
    """A ``NameOfFlowEdit``."""
    setting_edited = Signal(object)
    """A ``SettingEdit``."""
    secret_opened = Signal(object)
    """A ``SecretOpening``."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, translate("Flow", "Flow"), parent)
        self._shown: FlowSummary | None = None
        self.name = QLineEdit(self)
        self.name.setAccessibleName(translate("Flow", "Name of the flow"))
        self.name.editingFinished.connect(self._on_name_finished)
        self.choices: dict[str, QComboBox] = {}
        self._consequences: dict[str, QLabel] = {}

    @property
    def shown(self) -> FlowSummary | None:
        """What is shown."""
        return self._shown

    def show_flow(self, summary: FlowSummary) -> None:
        """Show a flow; what is being typed stays."""
        if summary == self._shown:
            return
        before, self._shown = self._shown, summary
        if not self.name.isModified():
            self.name.setText(summary.name)
            self.name.setCursorPosition(0)
        if before is not None and self._same_rows(before, summary):
            for setting in summary.settings:
                self._show_setting(setting)
            return
        self._fill(summary)

    @staticmethod
    def _same_rows(one: FlowSummary, other: FlowSummary) -> bool:
        return (one.limits, one.secrets, one.last_export, one.unread) == (
            other.limits,
            other.secrets,
            other.last_export,
            other.unread,
        )

    def _fill(self, summary: FlowSummary) -> None:
        focused = next((name for name, box in self.choices.items() if box.hasFocus()), None)
        self.column.removeWidget(self.name)
        self.clear()
        self.choices, self._consequences = {}, {}
        self.name.setVisible(not summary.unread)
        if summary.unread:
            self._quiet(summary.unread)
            self.column.addStretch(1)
            return
        self._quiet(translate("Flow", "Name"))
        self.column.addWidget(self.name)
        self._quiet(summary.trigger)
        self.column.addWidget(Separator())
        self.column.addWidget(SectionTitle(translate("Flow", "Settings")))
        for setting in summary.settings:
            self._add_setting(setting)
        self._add_limits(summary)
        self._add_secrets(summary)
        if summary.last_export:
            self.column.addWidget(Separator())
            title = translate("Flow", "Last export")
            self.column.addWidget(FactRow(self._theme, title, summary.last_export))
        self.column.addStretch(1)
        if focused in self.choices:
            self.choices[focused].setFocus()

    def _quiet(self, text: str) -> QLabel:
        words = text_label(text, TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
        self.column.addWidget(words)
        return words

    def _add_setting(self, setting: FlowSetting) -> None:
        self.column.addWidget(text_label(setting.title, TextStyle.BODY, Role.TEXT_SECONDARY))
        box = QComboBox()
        box.setAccessibleName(setting.title)
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for choice in setting.choices:
            box.addItem(choice.text, choice.value)
        box.activated.connect(partial(self._on_chosen, setting.name))
        self.choices[setting.name] = box
        self.column.addWidget(box)
        self._consequences[setting.name] = self._quiet("")
        self._show_setting(setting)

    def _show_setting(self, setting: FlowSetting) -> None:
        box = self.choices[setting.name]
        box.setCurrentIndex(box.findData(setting.value))
        box.setAccessibleDescription(setting.chosen.consequence)
        self._consequences[setting.name].setText(setting.chosen.consequence)

    def _add_limits(self, summary: FlowSummary) -> None:
        self.column.addWidget(Separator())
        self.column.addWidget(SectionTitle(translate("Flow", "Limits")))
        for fact in summary.limits:
            self.column.addWidget(FactRow(self._theme, fact.name, fact.value))
            if fact.note:
                self._quiet(fact.note)

    def _add_secrets(self, summary: FlowSummary) -> None:
        self.column.addWidget(Separator())
        self.column.addWidget(SectionTitle(translate("Flow", "Secrets that a server supplies")))
        if not summary.secrets:
            self._quiet(translate("Flow", "None: no action declares a secret."))
        for secret in summary.secrets:
            self.column.addWidget(self._secret(secret))

    def _secret(self, secret: NeededSecret) -> LinkedRow:
        users = ", ".join(secret.actions)
        row = LinkedRow(
            self._theme,
            secret.name,
            icon="lock-keyhole" if secret.present else "",
            mark=None if secret.present else State.WARNING,
            note=translate("Flow", "Read by {actions}").format(actions=users),
            link=translate("Flow", "set") if secret.present else translate("Flow", "missing"),
            code=True,
        )
        row.link_pressed.connect(partial(self._on_secret, secret.name))
        return row

    def _on_name_finished(self) -> None:
        typed = " ".join(self.name.text().split())
        self.name.setModified(False)
        if self._shown is None:
            return
        if not typed:
            self.name.setText(self._shown.name)
        elif typed != self._shown.name:
            self.name_edited.emit(NameOfFlowEdit(typed))

    def _on_chosen(self, name: str, number: int) -> None:
        value = self.choices[name].itemData(number)
        for setting in self._shown.settings if self._shown is not None else ():
            if setting.name == name and setting.value != value:
                self.setting_edited.emit(SettingEdit(setting.name, value))

    def _on_secret(self, name: str) -> None:
        self.secret_opened.emit(SecretOpening(name))
