"""Form and JSON are two views of one scenario, and neither loses what was typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from loginwright_designer.panels.scenarios.form import ScenarioForm
from loginwright_designer.panels.scenarios.form_groups import GroupHead
from loginwright_designer.panels.scenarios.form_row import JsonBox
from loginwright_designer.panels.scenarios.wishes import (
    RenameWish,
    ScenarioEdit,
    ScenarioTextEdit,
)
from loginwright_designer.simulation.scenario_members import FormGroup
from loginwright_runtime.simulation import read_scenario, scenario_json

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loginwright_designer.panels.scenarios.form_row import FormRow
    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.simulation import Scenario
    from scenario_samples import RunSample

FIRST = "scenarios/first-login.json"
EMAIL = "event.user.email"


class Desk:
    """The form, and a desk that takes what it wishes."""

    def __init__(self, form: ScenarioForm, sample: RunSample) -> None:
        self.form, self.sample = form, sample
        self.entry = sample.file("first-login")
        self.texts: list[ScenarioTextEdit] = []
        form.scenario_edited.connect(self._on_edited)
        form.text_edited.connect(self._on_text)
        self.show()

    def show(self) -> None:
        self.form.show_scenario(self.entry, self.sample.flow, self.sample.facts)

    @property
    def scenario(self) -> Scenario:
        assert self.entry.scenario is not None
        return self.entry.scenario

    def row(self, path: str) -> FormRow:
        row = self.form.groups.row(path)
        assert row is not None, path
        return row

    def type(self, path: str, text: str) -> None:
        editor = self.row(path).editor
        editor.setFocus()
        assert isinstance(editor, QLineEdit)
        editor.selectAll()
        QTest.keyClick(editor, Qt.Key.Key_Delete)
        QTest.keyClicks(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Return)

    def _on_edited(self, edit: ScenarioEdit) -> None:
        content = scenario_json(edit.scenario)
        self.entry = replace(self.entry, scenario=edit.scenario, content=content)
        self.show()

    def _on_text(self, edit: ScenarioTextEdit) -> None:
        self.texts.append(edit)
        self.entry = read_scenario(edit.content, edit.file)
        self.show()


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, run_sample: RunSample) -> Desk:
    form = ScenarioForm(theme)
    qtbot.addWidget(form)
    form.resize(400, 900)
    form.show()
    return Desk(form, run_sample)


def test_the_form_opens_on_what_the_flow_reads(desk: Desk) -> None:
    shown = desk.form.groups.shown_paths
    assert shown[0] == "event.client.name"
    assert {"now", "resume", "expect"} < set(shown)
    assert "event.user.name" not in shown
    row = desk.row("event.client.name")
    assert row.text == "My SPA"
    assert not row.reset_button.isVisible()
    assert row.editor.accessibleName() == "client.name"


def test_the_titles_of_the_groups_grow_with_the_zoom(desk: Desk, theme: Theme) -> None:
    head = desk.form.groups.findChildren(GroupHead)[0]
    before = head.font().pixelSize()
    theme.choose_zoom(150)
    assert head.font().pixelSize() == round(before * 1.5)


def test_the_titles_of_the_groups_are_headings_from_the_start(desk: Desk) -> None:
    heads = desk.form.groups.findChildren(GroupHead)
    assert {head.font().weight() for head in heads} == {QFont.Weight.DemiBold}
    assert {head.property("text_style") for head in heads} == {"body_strong"}


def test_a_changed_field_gets_its_reset_and_only_the_difference_is_written(desk: Desk) -> None:
    desk.type(EMAIL, "eve@example.com")
    event = desk.scenario.event
    assert event == {"authorization": {"roles": ["admin"]}, "user": {"email": "eve@example.com"}}
    row = desk.row(EMAIL)
    assert row.editor.accessibleName() == "user.email, changed"
    assert row.reset_button.accessibleName() == "Reset user.email"
    QTest.mouseClick(row.reset_button, Qt.MouseButton.LeftButton)
    assert desk.scenario.event == {"authorization": {"roles": ["admin"]}}
    assert row.text == "ada@example.com"
    assert not row.reset_button.isVisible()


def test_a_list_is_typed_with_commas(desk: Desk) -> None:
    desk.type("event.authorization.roles", "admin, editor")
    assert desk.scenario.event == {"authorization": {"roles": ["admin", "editor"]}}


def test_a_moment_that_is_none_stays_in_its_field_with_the_reason(desk: Desk) -> None:
    before = desk.scenario
    desk.type("now", "next Monday")
    row = desk.row("now")
    assert "2026-11-23T10:00:00Z" in row.problem
    desk.show()
    assert row.text == "next Monday"
    assert desk.scenario == before
    desk.type("now", "2026-11-28T10:00:00Z")
    assert row.problem == ""
    assert desk.scenario.now == "2026-11-28T10:00:00Z"


def test_broken_json_says_where_and_loses_nothing(desk: Desk) -> None:
    row = desk.row("resume")
    assert isinstance(row.editor, JsonBox)
    row.editor.setFocus()
    row.editor.setPlainText('[{"method": }]')
    desk.form.name.setFocus()
    QApplication.processEvents()
    row.commit()
    assert row.problem.startswith("Line 1, column 13")
    assert row.text == '[{"method": }]'
    row.editor.setPlainText("[]")
    row.commit()
    assert row.problem == ""
    assert desk.scenario.resume == ()


def test_search_finds_members_that_are_folded_or_rare(desk: Desk) -> None:
    QTest.keyClicks(desk.form.search, "organization.id")
    assert desk.form.groups.shown_paths == ("event.organization.id",)
    desk.type("event.organization.id", "org_1")
    assert desk.scenario.event["organization"] == {"id": "org_1"}
    desk.form.search.clear()
    desk.form.groups.toggle(FormGroup.WHO)
    assert "event.organization.id" in desk.form.groups.shown_paths
    assert "event.user.name" in desk.form.groups.shown_paths


def test_a_bool_is_chosen(desk: Desk) -> None:
    desk.form.groups.toggle(FormGroup.WHO)
    row = desk.row("event.user.email_verified")
    assert isinstance(row.editor, QComboBox)
    row.editor.setCurrentText("false")
    row.editor.activated.emit(row.editor.currentIndex())
    assert desk.scenario.event["user"] == {"email_verified": False}


def test_json_is_the_same_value(desk: Desk) -> None:
    desk.type(EMAIL, "eve@example.com")
    desk.form.header.choose("json")
    text = desk.form.json.toPlainText()
    assert '"eve@example.com"' in text
    desk.form.json.setPlainText(text.replace("eve@", "zoe@"))
    desk.form.header.choose("form")
    assert desk.row(EMAIL).text == "zoe@example.com"
    assert len(desk.texts) == 1


def test_text_that_cannot_be_read_is_told_with_its_place_and_kept(desk: Desk) -> None:
    desk.form.header.choose("json")
    desk.form.json.setPlainText('{"format": "loginwright/scenario@1",\n "noww": 1}')
    assert desk.form.problems.startswith('Line 2, column 2: The key "noww" is unknown here.')
    desk.form.flush()
    assert desk.entry.scenario is None
    assert '"noww"' in desk.form.json.toPlainText()


def test_an_unreadable_scenario_opens_as_json(desk: Desk) -> None:
    broken = read_scenario(b"{", "scenarios/broken.json")
    desk.form.show_scenario(broken, desk.sample.flow, desk.sample.facts)
    assert desk.form.header.chosen == "json"
    assert desk.form.json.isVisible()
    assert desk.form.problems
    assert not desk.form.name.isEnabled()


def test_a_newer_format_can_be_looked_at_only(desk: Desk) -> None:
    newer = read_scenario(b'{"format": "loginwright/scenario@9"}', "scenarios/newer.json")
    desk.form.show_scenario(newer, desk.sample.flow, desk.sample.facts)
    assert desk.form.json.isReadOnly()
    assert "scenario@9" in desk.form.json.toPlainText()


def test_another_name_is_asked_for(desk: Desk, qtbot: QtBot) -> None:
    desk.form.name.setText("Comes back with teal")
    with qtbot.waitSignal(desk.form.rename_requested) as told:
        QTest.keyClick(desk.form.name, Qt.Key.Key_Return)
    assert told.args == [RenameWish(FIRST, "Comes back with teal")]
