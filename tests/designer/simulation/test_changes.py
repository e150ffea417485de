"""The one list of changes says what was asked for, by whom, and what came before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.simulation.changes import (
    AskedChanges,
    ChangeGroup,
    changes,
    rows_by_group,
)
from loginwright_designer.simulation.issued_tokens import tokens
from loginwright_runtime.api.call import ErrorReply
from loginwright_runtime.api.methods import METHODS
from loginwright_runtime.tracing.record import (
    CallMade,
    HandlerBegan,
    HandlerEnded,
    RecordEntry,
    RunRecord,
    TokensIssued,
    WarningRaised,
)

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonValue
    from loginwright_runtime.simulation import ScenarioRun

ROLES = "https://my-app.example.com/roles"
EVENT = b'{"user":{"user_id":"u","user_metadata":{"colour":"red"}}}'
BEGAN = HandlerBegan(1, 0.0, 1, "a", "onExecutePostLogin", 0)


def record_of(*entries: RecordEntry) -> RunRecord:
    """A record whose handler has begun."""
    return RunRecord("t", "Flow", "v", (BEGAN, *entries), (EVENT,))


def called(seq: int, method: str, *args: JsonValue) -> CallMade:
    """A call on line ``seq``."""
    return CallMade(seq, 0.0, 1, "a", method, list(args), seq)


def test_a_login_lists_all_it_asked_for_in_groups(first_login: ScenarioRun) -> None:
    rows = changes(first_login.record)
    said = [(row.group.value, row.name, row.before, row.after, row.action) for row in rows]
    assert said == [
        (
            "Profile",
            "user_metadata.favorite_color",
            "none",
            '"teal"',
            "ask-favourite-colour",
        ),
        ("Tokens", f"id_token.{ROLES}", "none", '["admin"]', "add-roles-to-tokens"),
        ("Tokens", f"access_token.{ROLES}", "none", '["admin"]', "add-roles-to-tokens"),
    ]
    assert [row.line for row in rows] == [38, 11, 12]


def test_a_step_shows_only_what_was_asked_for_until_then(first_login: ScenarioRun) -> None:
    asked = AskedChanges.of(first_login.record)
    assert [row.name for row in asked.until(14, since=13) if row.new] == [
        "user_metadata.favorite_color"
    ]
    assert [row.seq for row in asked.later_than(14)] == [18, 19]
    assert asked.until(9) == ()


def test_the_value_before_comes_from_the_event_then_from_the_last_call() -> None:
    rows = changes(
        record_of(
            called(2, "user.setUserMetadata", "colour", "teal"),
            called(3, "user.setUserMetadata", "colour", None),
        )
    )
    assert [(row.before, row.after) for row in rows] == [('"red"', '"teal"'), ('"teal"', "none")]


def test_a_denial_stands_first() -> None:
    rows = changes(
        record_of(called(2, "user.setAppMetadata", "k", 1), called(3, "access.deny", "No."))
    )
    assert [(row.group, row.after) for row in rows] == [
        (ChangeGroup.ACCESS, "denied: No."),
        (ChangeGroup.PROFILE, "1"),
    ]


def test_multifactor_owed_at_the_end_is_told() -> None:
    (row,) = changes(record_of(called(2, "multifactor.enable", "any")))
    assert (row.group, row.after) == (ChangeGroup.MULTIFACTOR, "any, at the end")


def test_a_refused_claim_is_no_change_and_is_told_with_the_tokens() -> None:
    record = record_of(
        called(2, "idToken.setCustomClaim", "plain", 1),
        WarningRaised(3, 0.0, 1, "a", "claim-not-uri", "It is not a URI.", 2),
    )
    assert changes(record) == ()
    (left_out,) = tokens(record).left_out
    assert (left_out.action, left_out.line, left_out.message) == ("a", 2, "It is not a URI.")


def test_a_call_that_threw_asked_for_nothing() -> None:
    call = CallMade(2, 0.0, 1, "a", "access.deny", ["No."], 2, threw=ErrorReply("Error", "not now"))
    assert changes(record_of(call)) == ()


def test_what_a_broken_handler_asked_for_is_lost() -> None:
    rows = changes(
        record_of(
            called(2, "user.setUserMetadata", "colour", "teal"),
            HandlerEnded(3, 0.0, 1, "a", "onExecutePostLogin", "threw", 1.0),
        )
    )
    assert [row.lost for row in rows] == [True]


def test_tokens_say_who_set_each_claim(first_login: ScenarioRun) -> None:
    shown = tokens(first_login.record)
    assert shown.id_token is not None
    first = shown.id_token[0]
    assert (first.name, first.value, first.action, first.line) == (
        ROLES,
        ["admin"],
        "add-roles-to-tokens",
        11,
    )
    assert all(claim.action is None for claim in shown.id_token[1:])
    assert shown.access_token[0].line == 12


def test_a_claim_the_engine_replaced_is_not_the_actions() -> None:
    shown = tokens(
        record_of(
            called(2, "accessToken.setCustomClaim", "https://a.example/x", 1),
            TokensIssued(3, 0.0, 1, None, {"https://a.example/x": 2}),
        )
    )
    assert shown.id_token is None
    assert shown.access_token[0].action is None


def test_before_they_are_issued_there_are_no_tokens(first_login: ScenarioRun) -> None:
    assert not tokens(first_login.record, 20).issued


def test_groups_without_rows_are_left_out(first_login: ScenarioRun) -> None:
    groups = [group for group, _ in rows_by_group(changes(first_login.record))]
    assert groups == [ChangeGroup.PROFILE, ChangeGroup.TOKENS]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(
    st.lists(st.tuples(st.sampled_from(sorted(METHODS)), st.lists(VALUES, max_size=3)), max_size=6)
)
def test_whatever_was_called_every_row_names_its_call(
    calls: list[tuple[str, list[JsonValue]]],
) -> None:
    made = [called(seq, method, *args) for seq, (method, args) in enumerate(calls, 2)]
    seqs = {call.seq for call in made}
    for row in changes(record_of(*made)):
        assert row.seq in seqs
        assert row.before
        assert row.after
