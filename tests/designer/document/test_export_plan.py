"""What is in the way of an export, what would go out, and where to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from designer_drafts import done, empty_draft, sample_draft
from exported_flows import problem, sound_inputs, with_problems
from loginwright_designer.document.action_edits import move_actions, rename_action
from loginwright_designer.document.code_edits import change_code
from loginwright_designer.document.document_changes import ProblemsChange
from loginwright_designer.document.export_checks import CheckMark, Offer, Standing, Weight
from loginwright_designer.document.export_history import LastExport
from loginwright_designer.document.export_parts import parts_of
from loginwright_designer.document.export_plan import (
    ExportChoices,
    ExportInputs,
    ExportPlan,
    TargetKind,
    plan_export,
    proposed_target,
    target_kind,
    target_path,
)
from loginwright_runtime.validation.analysis import analyse_sources

CHOICES = ExportChoices("~/exports/customer-login")
AUCKLAND = "scenarios/on-a-saturday.json"


def plan(
    inputs: ExportInputs, choices: ExportChoices = CHOICES, target: TargetKind = TargetKind.NOTHING
) -> ExportPlan:
    return plan_export(inputs, choices, target)


def test_a_sound_flow_can_be_exported_at_once() -> None:
    shown = plan(sound_inputs())
    assert shown.can_export
    assert shown.verdict == "nothing blocks"
    assert [check.text for check in shown.checks] == [
        "No errors",
        "4 of 4 actions load",
        "Nothing in the code looks like a secret",
        "5 scenarios end as expected",
    ]
    assert shown.checks[1].note == "3 JavaScript, 1 Python"
    assert shown.since == "First export of this flow"
    assert shown.tick == ""


def test_what_could_not_be_read_here_is_not_said_to_load(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LOGINWRIGHT_NODE", str(tmp_path / "node"))
    inputs = sound_inputs()
    facts = analyse_sources(inputs.draft.flow)
    shown = plan(replace(inputs, problems=ProblemsChange(inputs.draft, (), facts)))
    loading, secrets = shown.checks[1:3]
    assert (loading.text, loading.mark) == ("1 of 4 actions load", CheckMark.WARNING)
    assert loading.note == "no Node here to load the others"
    assert secrets.text == "Not all of the code was looked through for secrets"
    assert secrets.mark is CheckMark.WARNING
    assert shown.can_export


def test_an_error_blocks() -> None:
    shown = plan(with_problems(sound_inputs(), problem("syntax-error", file="actions/x.js")))
    assert not shown.can_export
    assert shown.verdict == "1 thing blocks"
    assert shown.checks[0].weight is Weight.BLOCKS
    assert shown.checks[0].offer is Offer.SHOW_PROBLEMS


def test_an_action_that_does_not_load_is_named() -> None:
    code = "actions/block-weekends.js"
    shown = plan(with_problems(sound_inputs(), problem("syntax-error", file=code)))
    assert (shown.checks[1].text, shown.checks[1].note) == ("3 of 4 actions load", "Block weekends")
    assert shown.checks[1].mark is CheckMark.ERROR


def test_warnings_do_not_block() -> None:
    shown = plan(with_problems(sound_inputs(), problem("local-day-in-utc", "warning")))
    assert shown.can_export
    assert shown.checks[0].note == "1 warning, which does not block"


def test_a_text_that_looks_like_a_secret_is_told_and_does_not_block() -> None:
    found = problem("secret-in-code", "warning", "actions/x.js")
    shown = plan(with_problems(sound_inputs(), found))
    assert shown.can_export
    assert shown.checks[2].text == "1 text in the code looks like a secret"
    assert shown.checks[2].note == "actions/x.js:3"


def test_a_secret_without_a_value_here_never_blocks() -> None:
    shown = plan(replace(sound_inputs(), missing_secrets=("MY_SHARED_SECRET",)))
    assert shown.can_export
    assert shown.checks[-1].text == "1 secret has no value on this desk"


def test_differing_and_stale_scenarios_need_a_tick() -> None:
    inputs = sound_inputs()
    standings = {**inputs.standings, AUCKLAND: Standing.DIFFERS}
    standings["scenarios/silent-login.json"] = Standing.STALE
    inputs = replace(inputs, standings=standings)
    shown = plan(inputs)
    assert not shown.can_export
    assert shown.tick == "Export with 1 differing scenario and 1 stale scenario"
    agreed = plan(inputs, replace(CHOICES, agreed=shown.tick))
    assert agreed.can_export
    assert agreed.verdict == "nothing blocks"


def test_a_tick_does_not_hold_for_what_came_up_after_it() -> None:
    inputs = sound_inputs()
    one = replace(inputs, standings={**inputs.standings, AUCKLAND: Standing.STALE})
    agreed = replace(CHOICES, agreed=plan(one).tick)
    two = replace(one, standings={})
    assert plan(one, agreed).can_export
    assert not plan(two, agreed).can_export


def test_a_scenario_that_never_ran_is_stale() -> None:
    shown = plan(replace(sound_inputs(), standings={}))
    assert shown.checks[-1].text == "5 scenarios are stale"
    assert shown.checks[-1].note.endswith("and 2 more")
    assert shown.checks[-1].offer is Offer.RUN_SCENARIOS


def test_running_scenarios_are_waited_for() -> None:
    inputs = sound_inputs()
    inputs = replace(inputs, standings={**inputs.standings, AUCKLAND: Standing.RUNNING})
    assert not plan(inputs).can_export
    assert plan(inputs).verdict == "looking…"


def test_nothing_is_exported_before_the_draft_was_looked_at() -> None:
    inputs = sound_inputs()
    older = replace(inputs.problems, draft=empty_draft())
    assert not plan(replace(inputs, problems=older)).can_export
    assert not plan(replace(inputs, look=None)).can_export


def test_packages_that_no_bundle_can_hold_block() -> None:
    inputs = sound_inputs()
    assert inputs.look is not None
    look = replace(inputs.look, package_problems=(problem("missing-lock", "warning"),))
    shown = plan(replace(inputs, look=look))
    assert not shown.can_export
    assert "Something is wrong. Correct it." in shown.checks[3].note


def test_a_malformed_scenario_blocks_only_where_it_goes_along() -> None:
    draft = sample_draft()
    broken = replace(draft.scenarios[0], scenario=None)
    draft = draft.with_scenarios(broken, *draft.scenarios[1:])
    found = problem("invalid-value", file=broken.file)
    inputs = with_problems(sound_inputs(draft), found)
    staying = plan(inputs)
    assert staying.tick == "Export with 1 scenario that cannot be read"
    assert plan(inputs, replace(CHOICES, agreed=staying.tick)).can_export
    assert not plan(inputs, replace(CHOICES, with_scenarios=True)).can_export


def test_what_goes_out_names_secrets_and_shows_no_value() -> None:
    facts = {fact.name: fact for fact in plan(sound_inputs()).facts}
    assert facts["Secret names"].value == "MY_SHARED_SECRET"
    assert facts["Secret names"].note == "name only, the server supplies the value"
    assert facts["Actions"].value == "4"
    assert facts["Version"].value.startswith("sha256:")


def test_changes_since_the_last_export_are_told_in_words() -> None:
    before = sample_draft()
    moment = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    last = LastExport(moment, Path("/exports/a.loginflow"), "sha256:3fa9", parts_of(before))
    moved = done(move_actions(before, ("ask-favourite-colour",), 0)).after
    named = done(rename_action(moved, "block-weekends", "Block Sundays")).after
    edited = done(change_code(named, "actions/block-weekends.js", b"exports.x = 1;\n")).after
    shown = plan(replace(sound_inputs(edited), last=last))
    assert shown.changes == (
        "Order changed",
        "Block weekends renamed to Block Sundays",
        "Block Sundays edited",
    )
    assert shown.since.startswith("3 changes since 2026-11-2")
    same = plan(replace(sound_inputs(before), last=last))
    assert same.since.startswith("Nothing changed since")


@pytest.mark.parametrize(
    ("kind", "words", "blocks"),
    [
        (TargetKind.NOTHING, "", False),
        (TargetKind.FILE, "Replaces customer-login.loginflow, which stands there already.", False),
        (TargetKind.NO_FOLDER, "The folder exports is made.", False),
        (TargetKind.FOLDER, "This is a folder. Name a file.", True),
        (TargetKind.UNNAMED, "Name a file.", True),
    ],
)
def test_where_says_what_becomes_of_what_stands_there(
    kind: TargetKind, words: str, blocks: bool
) -> None:
    shown = plan(sound_inputs(), target=kind)
    assert (shown.where, shown.where_blocks) == (words, blocks)
    assert shown.can_export is not blocks


def test_a_target_is_looked_at_as_it_was_typed(tmp_path: Path) -> None:
    (tmp_path / "there.loginflow").write_bytes(b"")
    (tmp_path / "folder.loginflow").mkdir()
    assert target_kind(str(tmp_path / "there")) is TargetKind.FILE
    assert target_kind(str(tmp_path / "new")) is TargetKind.NOTHING
    assert target_kind(str(tmp_path / "new" / "one")) is TargetKind.NO_FOLDER
    assert target_kind(str(tmp_path / "folder.loginflow")) is TargetKind.FOLDER
    assert target_kind("  ") is TargetKind.UNNAMED
    assert target_kind(f"{tmp_path}/") is TargetKind.UNNAMED
    assert target_kind("a\0b") is TargetKind.UNNAMED


def test_a_name_with_a_dot_keeps_it_before_the_suffix() -> None:
    assert target_path("/exports/login.v2").name == "login.v2.loginflow"


def test_an_export_goes_where_the_last_one_went() -> None:
    home = Path("/home/ada")
    draft = sample_draft()
    assert proposed_target(draft, None, home) == "~/exports/customer-login.loginflow"
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    last = LastExport(moment, Path("/srv/a.loginflow"), "sha256:1", parts_of(draft))
    assert proposed_target(draft, last, home) == "/srv/a.loginflow"
