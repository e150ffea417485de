"""Actions are added, moved, copied, renamed and taken out, and nothing else changes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from designer_drafts import (
    JAVASCRIPT,
    PYTHON,
    done,
    draft_of,
    empty_draft,
    ids,
    names,
    sample_draft,
)
from loginwright_designer.document.action_edits import (
    NewAction,
    add_actions,
    declare_secret,
    duplicate_actions,
    move_actions,
    position_of_gap,
    remove_actions,
    rename_action,
    set_enabled,
    undeclare_secret,
)
from loginwright_designer.document.draft import ActionsFocus, Draft, EditRefused
from loginwright_runtime.flow.action_names import is_action_id
from loginwright_runtime.flow.member_names import clashing_names
from loginwright_runtime.validation import validate


def test_added_action_keeps_its_code_byte_for_byte() -> None:
    code = b"\xef\xbb\xbf// \xe2\x82\xac\r\nexports.onExecutePostLogin = async () => {}"
    edit = done(add_actions(sample_draft(), [NewAction("Deny by audience", "javascript", code)], 1))
    assert names(edit.after)[:3] == ["Block weekends", "Deny by audience", "Require MFA in NA"]
    assert edit.after.flow.files["actions/deny-by-audience.js"] == code
    assert edit.name == "Add Deny by audience"
    assert edit.name_in_sentence == "add Deny by audience"
    assert edit.focus == ActionsFocus(("deny-by-audience",))


def test_action_gets_an_id_and_a_file_of_its_own() -> None:
    draft = draft_of("Roles", "roles!", "ROLES")
    assert ids(draft) == ["roles", "roles-2", "roles-3"]
    assert [action.code for action in draft.flow.actions] == [
        "actions/roles.js",
        "actions/roles-2.js",
        "actions/roles-3.js",
    ]


def test_action_takes_no_name_that_windows_reserves() -> None:
    assert ids(draft_of("Con")) == ["action-con"]


def test_action_without_latin_letters_still_gets_an_id() -> None:
    draft = draft_of("登录")
    assert (ids(draft), names(draft)) == (["action"], ["登录"])


def test_only_names_of_secrets_that_can_be_declared_are_declared() -> None:
    new = NewAction("Redirect", "javascript", JAVASCRIPT, ("MY_SECRET", "not a name", "MY_SECRET"))
    assert done(add_actions(empty_draft(), [new])).after.flow.actions[0].secrets == ("MY_SECRET",)


def test_twenty_first_action_is_refused_with_the_count() -> None:
    full = draft_of(*(f"Action {number}" for number in range(20)))
    refused = add_actions(full, [NewAction("One more", "python", PYTHON)])
    assert refused == EditRefused(
        "The flow has 20 of 20 actions; 1 more do not fit.", "Merge or remove some."
    )


def test_moved_actions_keep_their_order() -> None:
    edit = done(move_actions(draft_of("A", "B", "C", "D"), {"d", "b"}, 0))
    assert names(edit.after) == ["B", "D", "A", "C"]
    assert edit.name == "Move 2 actions"
    assert edit.focus == ActionsFocus(("b", "d"))


def test_card_dropped_into_a_gap_stands_there() -> None:
    draft = draft_of("A", "B", "C")
    below_b = position_of_gap(draft, {"a"}, 2)
    assert names(done(move_actions(draft, {"a"}, below_b)).after) == ["B", "A", "C"]
    assert done(move_actions(draft, {"a"}, position_of_gap(draft, {"a"}, 1))).changes_nothing


def test_removed_action_takes_its_file_along_and_the_next_is_selected() -> None:
    edit = done(remove_actions(draft_of("A", "B", "C"), {"b"}))
    assert list(edit.after.flow.files) == ["actions/a.js", "actions/c.js"]
    assert edit.focus == ActionsFocus(("c",))
    assert done(remove_actions(edit.after, {"c"})).focus == ActionsFocus(("a",))


def test_code_that_another_action_uses_stays() -> None:
    draft = draft_of("A", "B")
    first, second = draft.flow.actions
    shared = draft.with_flow(actions=(first, second.model_copy(update={"code": first.code})))
    assert first.code in done(remove_actions(shared, {"b"})).after.flow.files


def test_duplicate_stands_behind_with_a_file_of_its_own() -> None:
    edit = done(duplicate_actions(sample_draft(), {"require-mfa-in-na"}))
    again = done(duplicate_actions(edit.after, {"require-mfa-in-na"})).after
    assert names(again)[1:4] == [
        "Require MFA in NA",
        "Require MFA in NA copy 2",
        "Require MFA in NA copy",
    ]
    copy = again.flow.actions[3]
    assert copy.code == "actions/require-mfa-in-na-copy.py"
    assert again.flow.source(copy) == again.flow.files["actions/require-mfa-in-na.py"]
    assert edit.name == "Duplicate Require MFA in NA"


def test_renamed_action_keeps_id_and_file() -> None:
    edit = done(rename_action(draft_of("A"), "a", "  Ask \n politely "))
    action = edit.after.flow.actions[0]
    assert (action.name, action.id, action.code) == ("Ask politely", "a", "actions/a.js")
    assert edit.name == "Rename A"


def test_actions_are_turned_off_and_on() -> None:
    off = done(set_enabled(draft_of("A", "B"), {"a", "b"}, enabled=False))
    assert off.after.flow.enabled_actions == ()
    assert off.name == "Turn off 2 actions"
    assert done(set_enabled(off.after, {"a"}, enabled=True)).name == "Turn on A"


def test_secret_is_declared_and_undeclared() -> None:
    declared = done(declare_secret(draft_of("A"), "a", "API_KEY"))
    assert declared.after.declared_secrets() == ("API_KEY",)
    assert done(undeclare_secret(declared.after, "a", "API_KEY")).after == declared.before


def test_value_in_the_place_of_a_secrets_name_is_not_repeated() -> None:
    refused = declare_secret(draft_of("A"), "a", "hunter2 hunter2")
    assert isinstance(refused, EditRefused)
    assert "hunter2" not in repr(refused)


def test_edit_shows_no_code_in_its_repr() -> None:
    edit = done(add_actions(empty_draft(), [NewAction("A", "javascript", b"canary")]))
    assert "canary" not in repr(edit)


def test_what_cannot_be_edited_is_refused() -> None:
    for refused in (
        remove_actions(draft_of("A"), {"x"}),
        rename_action(draft_of("A"), "x", "Y"),
        rename_action(draft_of("A"), "a", " \n"),
        move_actions(draft_of("A"), {"x"}, 0),
        set_enabled(draft_of("A"), {"x"}, enabled=True),
        declare_secret(draft_of("A"), "x", "KEY"),
        undeclare_secret(draft_of("A"), "x", "KEY"),
        add_actions(draft_of("A"), []),
        duplicate_actions(draft_of("A"), ()),
    ):
        assert isinstance(refused, EditRefused)


@given(st.lists(st.text(max_size=70), max_size=20))
def test_whatever_actions_are_called_the_flow_can_be_saved_and_run(called: list[str]) -> None:
    draft = draft_of(*called) if called else empty_draft()
    assert all(is_action_id(one) for one in ids(draft))
    assert len(set(ids(draft))) == len(called)
    assert clashing_names(draft.flow.files) == ()


@given(st.data())
def test_moving_loses_nobody_and_can_be_taken_back(data: st.DataObject) -> None:
    draft = draft_of(*"ABCDEF")
    picked = data.draw(st.sets(st.sampled_from(ids(draft)), min_size=1))
    position = data.draw(st.integers(-2, 9))
    moved = done(move_actions(draft, picked, position)).after
    assert sorted(ids(moved)) == sorted(ids(draft))
    start = min(max(position, 0), 6 - len(picked))
    assert ids(moved)[start : start + len(picked)] == sorted(picked)
    assert moved.flow.files == draft.flow.files


def test_edited_flow_has_no_problems_of_its_own_making() -> None:
    draft: Draft = done(duplicate_actions(draft_of("A", "B"), {"a"})).after
    assert [problem.rule for problem in validate(draft.flow)] == []
