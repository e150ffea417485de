"""The event of a step says what is new in it, hides secrets, and can be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.simulation.event_scope import (
    ValueRefusedError,
    event_scope,
    read_value,
    with_value,
)
from loginwright_designer.simulation.variables import (
    HIDDEN_TEXT,
    Mark,
    Variable,
    inside,
    path_text,
    preview,
    whole_text,
)
from loginwright_runtime.debugging import Pause
from loginwright_runtime.tracing.record import CameBack, HandlerBegan, Left

if TYPE_CHECKING:
    from loginwright_designer.simulation.variables import Scope
    from loginwright_runtime.simulation import ScenarioRun
    from loginwright_runtime.tracing.record import RunRecord

SECRETS = {"ask-favourite-colour": ("MY_SHARED_SECRET",)}
EVENT = b'{"user":{"name":"Ada","tags":["a","b"]},"request":{"method":"GET"}}'


def seq_of(record: RunRecord, kind: type, number: int = 0) -> int:
    """The ``seq`` of an entry of a kind."""
    return [entry.seq for entry in record.entries if isinstance(entry, kind)][number]


def named(scope: Scope | None, *path: str) -> Variable:
    """The variable at a path."""
    assert scope is not None
    found = next(one for one in scope.variables if one.name == path[0])
    for name in path[1:]:
        found = next(one for one in inside(found) if one.name == name)
    return found


def test_a_user_who_came_back_brings_a_new_request(first_login: ScenarioRun) -> None:
    record = first_login.record
    away = seq_of(record, Left)
    back = seq_of(record, HandlerBegan, 3)
    scope = event_scope(record, position=back, since=away)
    assert named(scope, "request").mark is Mark.NEW
    assert preview(named(scope, "request", "method").value) == '"POST"'
    assert named(scope, "request", "method").mark is Mark.NONE
    assert named(scope, "user").mark is Mark.NONE


def test_the_stop_before_the_returned_handler_already_has_the_new_request(
    first_login: ScenarioRun,
) -> None:
    record = first_login.record
    cut = seq_of(record, CameBack)
    before = [entry for entry in record.entries if entry.seq <= cut]
    so_far = type(record)(record.transaction_id, "", "", tuple(before), record.events[:1])
    pause = Pause(
        "before_handler",
        "ask-favourite-colour",
        "onContinuePostLogin",
        None,
        None,
        record.events[1],
        so_far,
    )
    scope = event_scope(so_far, since=seq_of(record, Left), pause=pause)
    assert named(scope, "request").mark is Mark.NEW
    assert preview(named(scope, "request", "method").value) == '"POST"'
    assert scope is not None
    assert scope.note == "onContinuePostLogin"


def test_what_an_action_set_is_new_to_the_next_one(first_login: ScenarioRun) -> None:
    record = first_login.record
    last = seq_of(record, HandlerBegan, 4)
    scope = event_scope(record, position=last, since=last - 1)
    assert named(scope, "user").mark is Mark.CHANGED
    assert named(scope, "user", "user_metadata").mark is Mark.CHANGED
    assert named(scope, "user", "user_metadata", "favorite_color").mark is Mark.NEW
    assert named(scope, "user", "email").mark is Mark.NONE


def test_secrets_are_dots_wherever_their_value_would_stand(first_login: ScenarioRun) -> None:
    record = first_login.record
    scope = event_scope(record, position=seq_of(record, Left), secrets=SECRETS)
    secret = named(scope, "secrets", "MY_SHARED_SECRET")
    assert preview(secret.value) == whole_text(secret.value) == HIDDEN_TEXT


def test_before_the_first_handler_there_is_no_event(first_login: ScenarioRun) -> None:
    assert event_scope(first_login.record, position=0) is None


def test_an_event_that_cannot_be_read_is_empty_and_no_fault() -> None:
    from loginwright_runtime.tracing.record import RunRecord

    record = RunRecord("t", "", "", (HandlerBegan(1, 0.0, 1, "a", "h", 0),), (b"{",))
    scope = event_scope(record)
    assert scope is not None
    assert scope.variables == ()


def test_a_value_is_edited_where_it_stands() -> None:
    assert orjson.loads(with_value(EVENT, ("user", "tags", 1), "c")) == {
        "user": {"name": "Ada", "tags": ["a", "c"]},
        "request": {"method": "GET"},
    }
    assert b'"phone":null' in with_value(EVENT, ("user", "phone"), None)


@pytest.mark.parametrize(
    "path", [(), ("nobody", "name"), ("user", "tags", 2), ("user", "name", "x"), ("user", 0)]
)
def test_a_place_that_is_not_there_cannot_be_edited(path: tuple[str | int, ...]) -> None:
    with pytest.raises(ValueRefusedError):
        with_value(EVENT, path, 1)


def test_text_without_quotes_is_refused_with_the_reason() -> None:
    with pytest.raises(ValueRefusedError, match='Text stands in quotes: "teal"'):
        read_value("teal")
    assert read_value('"teal"') == "teal"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**31), 2**31) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_whatever_json_holds_can_be_shown_compared_and_copied(value: object) -> None:
    known = Variable("x", orjson.loads(orjson.dumps(value)), ("x",))
    assert preview(known.value)
    assert whole_text(known.value)
    for one in inside(known):
        assert one.path[0] == "x"
        assert path_text("event", one.path).startswith("event.x")


def test_paths_are_written_as_code_writes_them() -> None:
    assert path_text("event", ("user", "identities", 0, "a-b")) == 'event.user.identities[0]["a-b"]'
