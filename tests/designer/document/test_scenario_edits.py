"""Scenarios are added, changed as values or texts, renamed and taken out."""

from __future__ import annotations

from dataclasses import replace

from designer_drafts import done, draft_of, sample_draft
from loginwright_designer.document.draft import EditRefused, FlowFocus, ScenarioFocus
from loginwright_designer.document.flow_edits import change_settings, rename_flow
from loginwright_designer.document.scenario_edits import (
    add_scenario,
    change_scenario,
    change_scenario_text,
    duplicate_scenario,
    import_scenario,
    remove_scenario,
    rename_scenario,
)
from loginwright_runtime.flow.model import FlowSettings
from loginwright_runtime.simulation import Scenario, read_scenario

FIRST = "scenarios/first-login.json"


def test_added_scenario_gets_a_name_and_a_file_of_its_own() -> None:
    edit = done(add_scenario(sample_draft(), Scenario(name="First login")))
    assert edit.focus == ScenarioFocus("scenarios/first-login-2.json")
    added = edit.after.scenario("scenarios/first-login-2.json")
    assert added is not None
    assert added.scenario == Scenario(name="First login 2")
    assert read_scenario(added.content, added.file).scenario == added.scenario


def test_changed_scenario_is_written_as_the_command_line_writes_it() -> None:
    draft = done(add_scenario(draft_of("A"), Scenario(name="Silent"))).after
    silent = Scenario(name="Silent", event={"request": {"query": {"prompt": "none"}}})
    edit = done(change_scenario(draft, "scenarios/silent.json", silent))
    assert edit.name == "Change Silent"
    entry = edit.after.scenario("scenarios/silent.json")
    assert entry is not None
    assert entry.content.startswith(b'{\n  "format": "loginwright/scenario@1",\n  "name": "Silent"')


def test_unchanged_scenario_keeps_the_text_somebody_wrote() -> None:
    draft = sample_draft()
    entry = draft.scenario(FIRST)
    assert entry is not None
    assert entry.scenario is not None
    assert done(change_scenario(draft, FIRST, entry.scenario)).changes_nothing


def test_text_that_cannot_be_read_is_kept_as_it_is() -> None:
    edit = done(change_scenario_text(sample_draft(), FIRST, b'{"format": '))
    entry = edit.after.scenario(FIRST)
    assert entry is not None
    assert (entry.scenario, entry.content) == (None, b'{"format": ')
    assert [problem.rule for problem in entry.problems] == ["invalid-json"]
    assert isinstance(rename_scenario(edit.after, FIRST, "X"), EditRefused)


def test_file_follows_the_name_it_was_made_of() -> None:
    edit = done(rename_scenario(sample_draft(), FIRST, "Comes back with teal"))
    assert edit.focus == ScenarioFocus("scenarios/comes-back-with-teal.json")
    assert edit.after.scenario(FIRST) is None
    assert edit.name == "Rename First login"


def test_file_named_otherwise_stays() -> None:
    draft = done(add_scenario(draft_of("A"), Scenario(name="B"))).after
    moved = draft.with_scenarios(replace(draft.scenarios[0], file="scenarios/old.json"))
    edit = done(rename_scenario(moved, "scenarios/old.json", "C"))
    assert edit.focus == ScenarioFocus("scenarios/old.json")


def test_removed_scenario_leaves_the_next_selected() -> None:
    draft = sample_draft()
    edit = done(remove_scenario(draft, FIRST))
    assert edit.after.scenario(FIRST) is None
    assert edit.focus == ScenarioFocus(draft.scenarios[1].file)
    alone = done(add_scenario(draft_of("A"), Scenario(name="B"))).after
    assert done(remove_scenario(alone, "scenarios/b.json")).focus == FlowFocus()


def test_scenario_of_a_newer_format_is_looked_at_and_not_changed() -> None:
    newer = read_scenario(b'{"format": "loginwright/scenario@9", "name": "X"}', FIRST)
    draft = draft_of("A").with_scenarios(newer)
    refused = change_scenario(draft, FIRST, Scenario(name="Y"))
    assert isinstance(refused, EditRefused)
    assert "loginwright/scenario@9" in refused.message
    assert isinstance(change_scenario_text(draft, FIRST, b"{}"), EditRefused)


def test_scenario_that_is_not_there_is_refused() -> None:
    assert isinstance(change_scenario(draft_of("A"), FIRST, Scenario(name="Y")), EditRefused)
    assert isinstance(remove_scenario(draft_of("A"), FIRST), EditRefused)


def test_flow_gets_another_name_and_other_settings() -> None:
    renamed = done(rename_flow(draft_of("A"), " Customer  login "))
    assert renamed.after.flow.name == "Customer login"
    assert isinstance(rename_flow(draft_of("A"), " "), EditRefused)
    settings = FlowSettings(custom_claims="any")
    edit = change_settings(renamed.after, settings)
    assert edit.after.flow.settings == settings
    assert edit.name == "Change the flow's settings"


def test_a_duplicate_says_the_same_under_another_name() -> None:
    edit = done(duplicate_scenario(sample_draft(), FIRST))
    assert edit.name == "Duplicate First login"
    assert edit.focus == ScenarioFocus("scenarios/first-login-copy.json")
    first, copied = edit.after.scenario(FIRST), edit.after.scenario(edit.focus.file)
    assert first is not None
    assert copied is not None
    assert first.scenario is not None
    assert copied.scenario == first.scenario.model_copy(update={"name": "First login copy"})


def test_an_imported_file_stands_as_it_was_written() -> None:
    content = b'{ "format":"loginwright/scenario@1" }'
    edit = done(import_scenario(sample_draft(), "first-login", content))
    assert edit.focus == ScenarioFocus("scenarios/first-login-2.json")
    entry = edit.after.scenario(edit.focus.file)
    assert entry is not None
    assert entry.content == content
    assert entry.scenario == Scenario(name="first-login-2")


def test_an_imported_file_that_cannot_be_read_is_kept_with_its_problems() -> None:
    edit = done(import_scenario(sample_draft(), "Odd One", b"{"))
    assert isinstance(edit.focus, ScenarioFocus)
    entry = edit.after.scenario(edit.focus.file)
    assert entry is not None
    assert entry.file == "scenarios/odd-one.json"
    assert entry.problems
