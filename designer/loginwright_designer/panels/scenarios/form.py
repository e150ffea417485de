"""A scenario to edit: a form and its JSON, two views of one value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from loginwright_designer.controls.labels import text_label
from loginwright_designer.controls.pane_header import PaneHeader
from loginwright_designer.controls.search_field import SearchField
from loginwright_designer.panels.scenarios.form_groups import FormGroups
from loginwright_designer.panels.scenarios.wishes import (
    FieldReset,
    FieldValue,
    RenameWish,
    ScenarioEdit,
    ScenarioTextEdit,
)
from loginwright_designer.simulation.scenario_form import form_fields, reset, with_value
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_runtime.errors import Problem
from loginwright_runtime.simulation import read_scenario

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.simulation import Scenario, ScenarioFile
    from loginwright_runtime.validation import SourceFacts

translate = QCoreApplication.translate

_TYPING_MS = 400
_FORM, _JSON = "form", "json"


class ScenarioForm(QFrame):
    """Edits one scenario.

    Args:
        theme: Colours, fonts and zoom.
        parent: Qt's owner.
    """

    scenario_edited = Signal(object)  # ScenarioEdit: a field was changed or reset
    text_edited = Signal(object)  # ScenarioTextEdit: the JSON was, readable or not
    rename_requested = Signal(object)  # RenameWish: another name was typed

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entry: ScenarioFile | None = None
        self._flow: Flow | None = None
        self._facts: Mapping[str, SourceFacts] = {}
        self.setProperty("ground", "surface")
        self.setAccessibleName(translate("ScenarioForm", "Scenario"))
        self.header = PaneHeader(theme, translate("ScenarioForm", "Form or JSON"))
        self.header.add_tab(_FORM, translate("ScenarioForm", "Form"))
        self.header.add_tab(_JSON, translate("ScenarioForm", "JSON"))
        self.name = QLineEdit()
        self.search = SearchField(theme, translate("ScenarioForm", "Search by member or value"))
        self.groups = FormGroups(theme)
        self.json = QPlainTextEdit()
        self._problems = text_label("", TextStyle.SECONDARY, wrap=True, selectable=True)
        self._pages = QStackedWidget()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._lay_out()
        self._connect()
        self._fit()
        self._show_page()

    def show_scenario(
        self,
        entry: ScenarioFile | None,
        flow: Flow | None = None,
        facts: Mapping[str, SourceFacts] | None = None,
    ) -> None:
        """Show a scenario; one that cannot be read opens as JSON with its problems.

        Args:
            entry: As it stands on the desk; None is none.
            flow: Whose actions read the event.
            facts: What each source does, by file.
        """
        before, self._entry = self._entry, entry
        self._flow, self._facts = flow, facts or {}
        if before is None or entry is None or before.file != entry.file:
            self._typing.stop()
            self.groups.forget()
            readable = entry is not None and entry.scenario is not None
            self.header.choose(_FORM if readable else _JSON)
        self._show()

    def flush(self) -> None:
        """Tell at once what was typed and not told yet: before a run, or when it is left."""
        if self._typing.isActive():
            self._typing.stop()
            self._on_typed()
        if self.header.chosen == _FORM:
            self.groups.commit()

    @property
    def file(self) -> str | None:
        """The scenario's file, or None."""
        return None if self._entry is None else self._entry.file

    @property
    def problems(self) -> str:
        """What is wrong with the text, a line each; empty when it can be read."""
        return self._problems.text()

    def _show(self) -> None:
        entry = self._entry
        scenario = entry.scenario if entry is not None else None
        can_write = entry is not None and entry.newer_format is None
        self.name.setEnabled(scenario is not None)
        name = scenario.name if scenario is not None else entry.stem if entry is not None else ""
        if self.name.text() != name and not self.name.hasFocus():
            self.name.setText(name)
        self.json.setReadOnly(not can_write)
        text = "" if entry is None else entry.content.decode("utf-8", "replace")
        if text != self.json.toPlainText() and not self._typing.isActive():
            self.json.setPlainText(text)
            self._typing.stop()
        self._show_problems(entry.problems if entry is not None else ())
        if scenario is not None and self._flow is not None:
            self.groups.show_fields(form_fields(scenario, self._flow, self._facts))
        self._show_page()

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        self._problems.setText("\n".join(map(_problem_words, problems)))
        self._problems.setVisible(bool(problems))

    def _show_page(self) -> None:
        readable = self._entry is not None and self._entry.scenario is not None
        form = self.header.chosen == _FORM
        self._pages.setCurrentIndex(0 if form and readable else 2 if form else 1)
        self.search.setVisible(form and readable)

    def _on_tab(self, _key: str) -> None:
        self.flush()
        self._show_page()

    def _on_value(self, change: FieldValue) -> None:
        scenario = self._scenario()
        if scenario is not None:
            self._edit(change.path, with_value(scenario, change.path, change.value))

    def _on_reset(self, change: FieldReset) -> None:
        scenario = self._scenario()
        if scenario is not None:
            self._edit(change.path, reset(scenario, change.path))

    def _edit(self, path: str, after: Scenario | Problem) -> None:
        row = self.groups.row(path)
        if isinstance(after, Problem):
            if row is not None:
                row.show_problem(after.message)
            return
        if self._entry is not None and after != self._entry.scenario:
            self.scenario_edited.emit(ScenarioEdit(self._entry.file, after))

    def _scenario(self) -> Scenario | None:
        return None if self._entry is None else self._entry.scenario

    def _on_json_changed(self) -> None:
        entry = self._entry
        if entry is None or self.json.isReadOnly():
            return
        content = self.json.toPlainText().encode()
        if content == entry.content:
            self._typing.stop()
            return
        self._show_problems(read_scenario(content, entry.file).problems)
        self._typing.start()

    def _on_typed(self) -> None:
        if self._entry is not None:
            content = self.json.toPlainText().encode()
            if content != self._entry.content:
                self.text_edited.emit(ScenarioTextEdit(self._entry.file, content))

    def _on_named(self) -> None:
        scenario, name = self._scenario(), self.name.text().strip()
        if self._entry is None or scenario is None:
            return
        if name and name != scenario.name:
            self.rename_requested.emit(RenameWish(self._entry.file, name))
        elif not name:
            self.name.setText(scenario.name)

    def _lay_out(self) -> None:
        self.name.setAccessibleName(translate("ScenarioForm", "Name of the scenario"))
        self.json.setAccessibleName(translate("ScenarioForm", "The scenario as JSON"))
        self.json.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.json.setProperty("kind", "editor")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(translate("ScenarioForm", "Fields"))
        area.setWidget(self.groups)
        area.setFocusPolicy(self.search.focusPolicy().NoFocus)
        cannot = translate("ScenarioForm", "This scenario cannot be read: correct it as JSON.")
        self._unreadable = text_label(cannot, TextStyle.BODY, Role.TEXT_SECONDARY, wrap=True)
        for page in (area, self.json, self._unreadable):
            self._pages.addWidget(page)
        self._fields = QVBoxLayout()
        self._fields.addWidget(self.name)
        self._fields.addWidget(self.search)
        self._fields.addWidget(self._problems)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.header)
        rows.addLayout(self._fields)
        rows.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.header.tab_chosen.connect(self._on_tab)
        self.name.editingFinished.connect(self._on_named)
        self.search.textChanged.connect(self.groups.search_for)
        self.groups.value_changed.connect(self._on_value)
        self.groups.reset_requested.connect(self._on_reset)
        self.json.textChanged.connect(self._on_json_changed)
        self._typing.timeout.connect(self._on_typed)
        self._theme.theme_changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        """Sizes of rows follow from the zoom: they are made anew."""
        self.groups.forget()
        self._fit()
        self._show()

    def _fit(self) -> None:
        theme = self._theme
        self.json.setFont(theme.font(TextStyle.CODE))
        self.json.document().setDocumentMargin(theme.px(16))
        margin = theme.px(16)
        self._fields.setContentsMargins(margin, theme.px(12), margin, theme.px(8))
        self._fields.setSpacing(theme.px(8))
        self._unreadable.setContentsMargins(margin, margin, margin, margin)


def _problem_words(problem: Problem) -> str:
    where = ""
    if problem.line is not None:
        place = translate("ScenarioForm", "Line {line}, column {column}: ")
        where = place.format(line=problem.line, column=problem.column or 1)
    return f"{where}{problem.message} {problem.remedy}"
