"""Ids made of names, and paths of code."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.flow.action_names import code_fault, is_action_id, slug, unique_id


@pytest.mark.parametrize(
    ("name", "action_id"),
    [
        ("Ask for a favourite colour", "ask-for-a-favourite-colour"),
        ("add_roles", "add-roles"),
        ("  Café!  ", "caf"),
        ("日本", "action"),
        ("x" * 63 + " y", "x" * 63),
    ],
)
def test_a_name_becomes_an_id(name: str, action_id: str) -> None:
    assert slug(name) == action_id


@given(st.text())
def test_whatever_the_name_the_id_is_valid(name: str) -> None:
    assert is_action_id(slug(name))


@given(wanted=st.text(min_size=1).map(slug), numbers=st.sets(st.integers(2, 12)))
def test_a_taken_id_gets_a_number_that_is_free(wanted: str, numbers: set[int]) -> None:
    taken = {wanted, *(f"{wanted[:60]}-{number}" for number in numbers)}
    found = unique_id(wanted, taken)
    assert found not in taken
    assert is_action_id(found)


def test_the_longest_id_still_gets_its_number() -> None:
    longest = "x" * 64
    assert unique_id(longest, {longest}) == "x" * 62 + "-2"


@given(
    st.lists(st.sampled_from(["actions", "lib", "..", ".", "", "x.js", ".x", "\\", "C:"])).map(
        "/".join
    )
)
def test_accepted_code_always_stands_below_actions_or_lib(code: str) -> None:
    if code_fault(code) is None:
        path = PurePosixPath(code)
        assert str(path) == code
        assert path.parts[0] in {"actions", "lib"}
        assert ".." not in path.parts
