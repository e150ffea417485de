"""The form is another view of the scenario: it writes differences, and only those."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.simulation.scenario_form import (
    FormField,
    ReadBy,
    form_fields,
    is_offered,
    matches,
    reset,
    with_value,
)
from loginwright_designer.simulation.scenario_members import (
    FieldKind,
    FormGroup,
    UnusableText,
    kind_of_value,
    typed_text,
    typed_value,
)
from loginwright_runtime.errors import Problem
from loginwright_runtime.simulation import Scenario, whole_event
from loginwright_runtime.validation.analysis import analyse_sources

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.login.json_values import JsonValue

PLAIN = Scenario(name="Plain")


@pytest.fixture(scope="module")
def fields(sample_flow: Flow, sample_scenario: Scenario) -> dict[str, FormField]:
    """The form of the sample's first login."""
    shown = form_fields(sample_scenario, sample_flow, analyse_sources(sample_flow))
    return {one.path: one for one in shown}


def changed(scenario: Scenario, path: str, value: JsonValue) -> Scenario:
    after = with_value(scenario, path, value)
    assert isinstance(after, Scenario)
    return after


def test_what_the_flow_reads_comes_first_with_who_reads_it(
    fields: dict[str, FormField],
) -> None:
    used = [path for path, shown in fields.items() if shown.group is FormGroup.USED]
    assert used == [
        "event.client.name",
        "event.request.geoip.continentCode",
        "event.user.user_metadata.favorite_color",
        "event.user.email",
        "event.authorization.roles",
    ]
    colour = fields["event.user.user_metadata.favorite_color"]
    assert colour.read_by == (ReadBy("ask-favourite-colour", "Ask favourite colour", 8),)
    assert (colour.kind, colour.default, colour.changed) == (FieldKind.TEXT, None, False)


def test_a_field_knows_its_default_and_whether_the_scenario_says_otherwise(
    fields: dict[str, FormField],
) -> None:
    roles = fields["event.authorization.roles"]
    assert (roles.default, roles.value, roles.changed) == ([], ["admin"], True)
    email = fields["event.user.email"]
    assert (email.default, email.value, email.changed) == (
        "ada@example.com",
        "ada@example.com",
        False,
    )
    assert fields["now"].kind is FieldKind.MOMENT
    assert fields["resume"].group is FormGroup.REPLIES
    assert not is_offered(fields["event.organization.id"])
    assert not any(path.startswith("event.secrets") for path in fields)


def test_groups_stand_in_their_order(fields: dict[str, FormField]) -> None:
    order = list(FormGroup)
    places = [order.index(shown.group) for shown in fields.values()]
    assert places == sorted(places)
    assert set(places) == set(range(len(order)))


def test_only_differences_are_written() -> None:
    scenario = changed(PLAIN, "event.user.email", "eve@example.com")
    assert scenario.event == {"user": {"email": "eve@example.com"}}
    back = changed(scenario, "event.user.email", "ada@example.com")
    assert back == PLAIN
    assert back.model_fields_set == {"name"}


def test_reset_takes_one_difference_back_and_leaves_the_others() -> None:
    scenario = changed(PLAIN, "event.user.email", "eve@example.com")
    scenario = changed(scenario, "event.user.name", "Eve")
    assert reset(scenario, "event.user.email") == changed(PLAIN, "event.user.name", "Eve")


def test_a_member_can_be_left_out_of_the_login() -> None:
    scenario = changed(PLAIN, "event.user.email", None)
    assert scenario.event == {"user": {"email": None}}
    user = whole_event(scenario)["user"]
    assert isinstance(user, dict)
    assert "email" not in user


def test_a_map_is_replaced_and_not_merged() -> None:
    query: JsonValue = {"client_id": "my-spa", "prompt": "none"}
    scenario = changed(PLAIN, "event.request.query", query)
    request = whole_event(scenario)["request"]
    assert isinstance(request, dict)
    assert request["query"] == query


def test_on_an_empty_event_nothing_has_a_default() -> None:
    empty = Scenario(name="Empty", event_base="empty", event={"user": {"email": "a@b.example"}})
    scenario = changed(empty, "event.user.name", "Ada")
    assert scenario.event == {"user": {"email": "a@b.example", "name": "Ada"}}
    assert reset(scenario, "event.user.name") == empty


def test_what_cannot_be_is_refused_with_the_reason() -> None:
    problem = with_value(PLAIN, "now", "yesterday")
    assert isinstance(problem, Problem)
    assert "2026-11-23T10:00:00Z" in problem.message
    assert isinstance(with_value(PLAIN, "resume", [{"methods": "GET"}]), Problem)


def test_members_of_the_scenario_itself_are_set_and_reset() -> None:
    scenario = changed(PLAIN, "now", "2026-11-28T10:00:00Z")
    assert scenario.now_seconds is not None
    assert reset(scenario, "now") == PLAIN
    answered = changed(PLAIN, "resume", [{"method": "POST", "body": {"a": "b"}}])
    assert len(answered.resume) == 1


def test_a_member_that_no_table_knows_is_in_the_form_where_it_is_set(sample_flow: Flow) -> None:
    scenario = Scenario(name="Odd", event={"configuration": {"x": 1}, "own": {"deep": True}})
    shown = {one.path: one for one in form_fields(scenario, sample_flow, {})}
    assert shown["event.own.deep"].kind is FieldKind.BOOL
    assert shown["event.own.deep"].changed


def test_search_finds_paths_values_and_readers(fields: dict[str, FormField]) -> None:
    assert [path for path, one in fields.items() if matches(one, "continent")] == [
        "event.request.geoip.continentCode",
        "event.session_transfer_token.request.geoip.continentCode",
    ]
    assert fields["event.user.email"] in [one for one in fields.values() if matches(one, "ADA@")]
    assert matches(fields["event.client.name"], "block weekends")


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        (FieldKind.NUMBER, "many", "Line 1, column 1"),
        (FieldKind.NUMBER, "true", "no number"),
        (FieldKind.BOOL, "1", "true or false"),
        (FieldKind.JSON, '{\n "a": }', "Line 2, column 7"),
        (FieldKind.MOMENT, "2026-11-23", "offset"),
    ],
)
def test_what_is_no_value_says_where_and_why(kind: FieldKind, text: str, says: str) -> None:
    with pytest.raises(UnusableText, match=says):
        typed_value(kind, text)


@given(
    st.one_of(
        st.booleans(),
        st.integers(-(2**53), 2**53),
        st.lists(st.text("abc", min_size=1), min_size=1),
        st.dictionaries(st.text("abc"), st.integers(0, 9), min_size=1),
        st.text("abc ", min_size=1).filter(str.strip),
    )
)
def test_what_a_field_shows_is_read_back_as_the_same(value: JsonValue) -> None:
    kind = kind_of_value(value)
    assert typed_value(kind, typed_text(kind, value)) == value
