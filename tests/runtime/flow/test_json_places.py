"""Where members stand in JSON text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.flow.json_places import find_places, json_path, line_and_column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

    from loginwright_runtime.flow.json_places import Place

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def members(value: JsonValue, place: Place = ()) -> Iterator[tuple[Place, JsonValue]]:
    yield place, value
    if isinstance(value, dict):
        for key, member in value.items():
            yield from members(member, (*place, key))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from members(member, (*place, index))


@given(value=VALUES, indent=st.none() | st.integers(0, 3), ascii_only=st.booleans())
def test_every_member_is_found_where_its_text_begins(
    value: JsonValue, indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    places = find_places(text)
    found = {
        place: json.JSONDecoder().raw_decode(text, offset)[0]
        for place, offset in places.values.items()
    }
    assert found == dict(members(value))
    assert places.repeated == ()


@given(value=st.dictionaries(st.text(), VALUES, min_size=1, max_size=4))
def test_every_key_is_found_where_its_text_begins(value: dict[str, JsonValue]) -> None:
    text = json.dumps(value)
    keys = find_places(text).keys
    for key in value:
        assert json.JSONDecoder().raw_decode(text, keys[(key,)])[0] == key


def test_a_repeated_key_is_found_at_its_repetition() -> None:
    text = '{"a": {"b": 1, "b": 2}, "b": 3}'
    assert find_places(text).repeated == ((("a", "b"), text.index('"b": 2')),)


def test_deep_documents_are_read_without_recursion() -> None:
    depth = 5_000
    places = find_places("[" * depth + "]" * depth)
    assert places.values[(0,) * (depth - 1)] == depth - 1


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ((), "$"),
        (("actions", 2, "id"), "$.actions[2].id"),
        (("odd key", 'with "quotes"'), '$["odd key"]["with \\"quotes\\""]'),
        (("1",), '$["1"]'),
    ],
)
def test_places_read_as_json_paths(place: Place, path: str) -> None:
    assert json_path(place) == path


def test_lines_and_columns_count_from_one() -> None:
    text = "ab\n  é!"
    assert line_and_column(text, 0) == (1, 1)
    assert line_and_column(text, text.index("!")) == (2, 4)
