"""What is shown of a secret helps its user and nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loginwright_designer.document.secret_facts import (
    SecretFacts,
    check_letters,
    generate_secret,
    secret_facts,
)

KEY = bytes(range(32))
OTHER_KEY = bytes(32)


def _of_the_same_shape(value: str) -> str:
    """Return a value with the same length, size and white space, and nothing else of this one."""
    others = {1: "x", 2: "ä", 3: "€", 4: "𝄞"}
    return "".join(one if one.isspace() else others[len(one.encode("utf-8"))] for one in value)


def test_short_value_says_so() -> None:
    facts = secret_facts("twenty-characters-ok", KEY)
    assert facts == SecretFacts(20, 20, facts.check, False, False, True)


def test_bytes_count_for_hs256_and_characters_for_people() -> None:
    facts = secret_facts("ä" * 16, KEY)
    assert (facts.characters, facts.size, facts.is_short) == (16, 32, False)


@pytest.mark.parametrize(
    ("value", "outer", "inner"),
    [(" x", True, False), ("x\n", True, False), ("a b", False, True), ("ab", False, False)],
)
def test_white_space_is_found(value: str, outer: bool, inner: bool) -> None:
    facts = secret_facts(value, KEY)
    assert (facts.outer_space, facts.inner_space) == (outer, inner)


def test_check_tells_values_apart() -> None:
    letters = {check_letters(f"value-{number}", KEY) for number in range(200)}
    assert len(letters) > 190
    assert check_letters("value-1", KEY) == check_letters("value-1", KEY)


def test_check_says_nothing_without_the_key() -> None:
    assert check_letters("value", KEY) != check_letters("value", OTHER_KEY)


@given(st.text())
def test_check_is_four_letters_that_cannot_be_confused(value: str) -> None:
    letters = check_letters(value, KEY)
    assert len(letters) == 4
    assert set(letters) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


@given(st.text(min_size=5))
@example("False")
@example("characters")
def test_facts_show_no_part_of_the_value(value: str) -> None:
    facts, like = secret_facts(value, KEY), secret_facts(_of_the_same_shape(value), KEY)
    assert repr(replace(facts, check=like.check)) == repr(like)


def test_generated_value_is_long_enough_and_new_each_time() -> None:
    one, other = generate_secret(), generate_secret()
    assert one != other
    assert (len(one), secret_facts(one, KEY).is_short) == (43, False)
