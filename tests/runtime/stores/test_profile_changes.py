"""The rule of security.md 5 for a pending key: written where the stored value stood still."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.errors import StoreError
from loginwright_runtime.extension_points import MetadataChange
from loginwright_runtime.stores.profile_changes import apply_changes, user_id_of

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

KEYS = st.sampled_from(["colour", "size", "shape"])
VALUES: st.SearchStrategy[JsonValue] = st.sampled_from(
    [None, True, 1, 0, False, "", "1", [], [1], {}, {"a": None}]
)
METADATA = st.dictionaries(KEYS, VALUES, max_size=3)


@given(stored=METADATA, key=KEYS, value=VALUES)
def test_change_of_a_value_that_stood_still_is_written(
    stored: JsonObject, key: str, value: JsonValue
) -> None:
    change = MetadataChange("user_metadata", key, value, expected=stored.get(key))
    profile, skipped = apply_changes({"user_metadata": stored}, [change])
    wanted = {k: v for k, v in stored.items() if k != key}
    if value is not None:
        wanted[key] = value
    assert skipped == ()
    assert profile == {"user_metadata": wanted}


@given(stored=METADATA, key=KEYS, value=VALUES, expected=st.sampled_from(["seen", 7, [1, 2]]))
def test_change_of_a_value_that_changed_meanwhile_is_skipped(
    stored: JsonObject, key: str, value: JsonValue, expected: JsonValue
) -> None:
    change = MetadataChange("app_metadata", key, value, expected)
    profile, skipped = apply_changes({"app_metadata": stored}, [change])
    assert skipped == (change,)
    assert profile == {"app_metadata": stored}


def test_nothing_is_changed_in_place() -> None:
    before: JsonObject = {"user_id": "1", "user_metadata": {"a": {"b": 1}}}
    untouched = copy.deepcopy(before)
    apply_changes(before, [MetadataChange("user_metadata", "a", 2, {"b": 1})])
    assert before == untouched


def test_metadata_appears_with_its_first_key() -> None:
    profile, _ = apply_changes({}, [MetadataChange("app_metadata", "plan", "gold")])
    assert profile == {"app_metadata": {"plan": "gold"}}


def test_removing_from_metadata_that_never_was_leaves_the_profile_alone() -> None:
    profile, skipped = apply_changes({}, [MetadataChange("app_metadata", "plan", None)])
    assert (profile, skipped) == ({}, ())


def test_order_of_keys_in_an_object_makes_no_difference() -> None:
    change = MetadataChange("user_metadata", "a", 1, expected={"y": 2, "x": 1})
    _, skipped = apply_changes({"user_metadata": {"a": {"x": 1, "y": 2}}}, [change])
    assert skipped == ()


@pytest.mark.parametrize("profile", [{}, {"user_id": ""}, {"user_id": 7}, {"user_id": None}])
def test_profile_without_its_users_id_is_refused(profile: JsonObject) -> None:
    with pytest.raises(StoreError, match="user_id"):
        user_id_of(profile)


@pytest.mark.parametrize("value", [2**64, "\ud800", {"deep": [object()]}])
def test_value_that_is_no_json_is_refused_without_being_shown(value: JsonValue) -> None:
    change = MetadataChange("user_metadata", "a", 1, expected=value)
    with pytest.raises(StoreError, match="is no JSON") as refused:
        apply_changes({}, [change])
    assert repr(value) not in str(refused.value)
