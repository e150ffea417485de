"""JSON Merge Patch as RFC 7396 has it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from json_strategies import json_objects, json_values
from loginwright_runtime.login.json_values import merge_patch

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_the_examples_of_the_rfc_come_out_as_it_says(
    target: JsonValue, patch: JsonValue, result: JsonValue
) -> None:
    assert merge_patch(target, patch) == result


@given(json_values, json_values)
def test_patching_changes_neither_side_and_again_changes_nothing(
    target: JsonValue, patch: JsonValue
) -> None:
    before = copy.deepcopy((target, patch))
    patched = merge_patch(target, patch)
    assert (target, patch) == before
    assert merge_patch(patched, patch) == patched


@given(json_objects)
def test_an_empty_patch_changes_nothing(target: JsonObject) -> None:
    assert merge_patch(target, {}) == target
