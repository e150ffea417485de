from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.simulation import ABSENT, differences
from loginwright_runtime.simulation.expectations import same_json

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3).filter(lambda k: k != "$absent"), inner, max_size=3)
    ),
    max_leaves=12,
)
json_objects = st.dictionaries(st.sampled_from("abcd"), json_values, max_size=4)


@given(json_values)
def test_every_value_matches_itself(value: JsonValue) -> None:
    assert differences(value, value) == ()


@given(json_objects, json_objects)
def test_members_that_nobody_expects_are_passed_over(
    expected: JsonObject, more: JsonObject
) -> None:
    assert differences(expected, {**more, **expected}) == ()


@given(json_objects, st.sampled_from("abcd"))
def test_a_member_that_is_expected_and_missing_is_told(value: JsonObject, key: str) -> None:
    got = {name: member for name, member in value.items() if name != key}
    found = differences({**value, key: "expected"}, got)
    assert [difference.path for difference in found] == [f"$.{key}"]
    assert found[0].got is None


@given(json_objects, st.sampled_from("abcd"))
def test_absent_matches_a_missing_member_and_null(value: JsonObject, key: str) -> None:
    missing = {name: member for name, member in value.items() if name != key}
    assert differences({key: ABSENT}, missing) == ()
    assert differences({key: ABSENT}, {**value, key: None}) == ()


@given(json_values.filter(lambda value: value is not None))
def test_absent_refuses_everything_else(value: JsonValue) -> None:
    assert [found.path for found in differences({"a": ABSENT}, {"a": value})] == ["$.a"]


@given(st.lists(json_values, max_size=3), json_values)
def test_lists_match_whole(items: list[JsonValue], more: JsonValue) -> None:
    assert [found.path for found in differences({"a": items}, {"a": [*items, more]})] == ["$.a"]


@given(json_values, json_values)
def test_two_values_are_the_same_exactly_when_neither_lacks_anything_of_the_other(
    one: JsonValue, other: JsonValue
) -> None:
    both = not differences(one, other) and not differences(other, one)
    assert both == same_json(one, other)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (True, 1),
        (0, False),
        ("1", 1),
        (None, 0),
        ({}, None),
        ({}, []),
        ([], {}),
        ([True], [1]),
        ([{"a": 1}], [{"a": 1, "b": 2}]),
        ([{"a": 1}], [{"a": 2}]),
        ([{"a": 1}], [{"a": True}]),
        ([{"a": [1, 2]}], [{"a": [1, 3]}]),
    ],
)
def test_values_of_different_kinds_differ(expected: JsonValue, got: JsonValue) -> None:
    assert len(differences({"a": expected}, {"a": got})) == 1


def test_a_path_can_be_read_also_where_keys_are_urls() -> None:
    expected: JsonObject = {"claims": {"id_token": {"https://my-app.example.com/roles": ["a"]}}}
    found = differences(expected, {"claims": {"id_token": {}}})
    assert found[0].path == '$.claims.id_token["https://my-app.example.com/roles"]'


def test_null_is_not_the_same_as_missing() -> None:
    assert differences({"a": None}, {"a": None}) == ()
    assert len(differences({"a": None}, {})) == 1


@pytest.mark.parametrize("got", [{}, {"claims": None}, {"claims": {"id_token": None}}])
def test_what_is_absent_is_absent_too_where_all_around_it_is(got: JsonObject) -> None:
    assert differences({"claims": {"id_token": {"roles": ABSENT, "plan": ABSENT}}}, got) == ()
    expected: JsonObject = {"id_token": {"roles": ABSENT, "plan": "gold"}}
    assert len(differences({"claims": expected}, got)) == 1
    assert len(differences({"claims": {"id_token": {}}}, got)) == 1
