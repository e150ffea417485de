"""Limits of metadata: the last value that fits, and the first that does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.transaction.limits import (
    APP_METADATA_FORBIDDEN,
    MAX_HOLDER_ENTRIES,
    MAX_SAFE_INTEGER,
    MAX_TRANSACTION_TOTAL,
    MAX_TRANSACTION_VALUE,
    holder_metadata_problem,
    json_size,
    profile_key_problem,
    transaction_metadata_problem,
)

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject

PLATFORM_WORDS = (
    "Failed to set session metadata: Invalid metadata: Metadata keys may only include letters, "
    "numbers, underscores, or hyphens"
)
REFERENCE_KEYS = """
__tenant _id blocked clientID created_at email_verified email globalClientID global_client_id
identities lastIP lastLogin loginsCount metadata multifactor_last_modified multifactor updated_at
user_id
"""
scalars = st.one_of(st.text(max_size=9000), st.booleans(), st.integers(), st.floats())


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [
        ("k", "v", None),
        ("k", True, None),
        ("k", 1.5, None),
        ("k", MAX_SAFE_INTEGER, None),
        ("k", -MAX_SAFE_INTEGER, None),
        ("k", None, None),
        ("k" * 64, 1, None),
        ("k" * 65, 1, "64 characters"),
        ("k" * 65, None, "64 characters"),
        ("", 1, "64 characters"),
        ("k", {"a": 1}, "strings, numbers or booleans"),
        ("k", [1], "strings, numbers or booleans"),
        ("k", MAX_SAFE_INTEGER + 1, "safe integers"),
        ("k", -MAX_SAFE_INTEGER - 1, "safe integers"),
        ("k", 1e300, "safe integers"),
        ("k", "v" * 8192, None),
        ("k", "v" * 8193, "8 kB"),
        ("k", "\u00fc" * 4096, None),
        ("k", "\u00fc" * 4097, "8 kB"),
        ("k", '"' * 8000, None),
    ],
)
def test_transaction_metadata_over_a_limit_name_the_limit(
    key: str, value: str | float | None, named: str | None
) -> None:
    problem = transaction_metadata_problem({}, key, value)
    assert (problem is None) == (named is None)
    assert problem is None or (named or "") in problem


def test_transaction_metadata_have_room_for_16_kilobytes_in_all() -> None:
    current: JsonObject = {"a": "v" * 8000, "b": "v" * 8192}
    left = MAX_TRANSACTION_TOTAL - json_size({**current, "c": ""})
    assert transaction_metadata_problem(current, "c", "v" * left) is None
    assert "16 kB" in (transaction_metadata_problem(current, "c", "v" * (left + 1)) or "")
    assert transaction_metadata_problem(current, "a", "v" * 8100) is None
    assert transaction_metadata_problem({**current, "c": "v" * 200}, "c", None) is None


@given(st.text(max_size=70), scalars)
def test_transaction_metadata_that_pass_stay_within_every_limit(
    key: str, value: str | float
) -> None:
    problem = transaction_metadata_problem({}, key, value)
    if problem is None:
        assert 0 < len(key) <= 64
        assert not isinstance(value, str) or len(value.encode()) <= MAX_TRANSACTION_VALUE
        assert isinstance(value, str) or abs(value) <= MAX_SAFE_INTEGER or value % 1
    else:
        assert problem.startswith("Transaction metadata ")


@pytest.mark.parametrize("key", REFERENCE_KEYS.split())
def test_a_reserved_key_of_app_metadata_is_ignored_there_only(key: str) -> None:
    assert key in (profile_key_problem("app_metadata", key) or "")
    assert profile_key_problem("user_metadata", key) is None


def test_the_reserved_keys_are_those_of_the_reference() -> None:
    assert frozenset(REFERENCE_KEYS.split()) == APP_METADATA_FORBIDDEN


@pytest.mark.parametrize("kind", ["user_metadata", "app_metadata"])
@pytest.mark.parametrize(
    ("key", "fits"),
    [("plan", True), ("favorite-colour", True), ("a.b", False), ("$set", False), ("", False)],
)
def test_a_key_with_a_dot_or_dollar_is_ignored(kind: str, key: str, *, fits: bool) -> None:
    assert (profile_key_problem(kind, key) is None) is fits


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [
        ("A-z_09", "v", None),
        ("k" * 255, "v" * 255, None),
        ("k" * 256, "v", "All metadata keys must be at most 255"),
        ("k", "v" * 256, "All metadata values must be at most 255"),
        ("a key", "v", "letters, numbers, underscores, or hyphens"),
        ("a.key", "v", "letters, numbers, underscores, or hyphens"),
        ("key\n", "v", "letters, numbers, underscores, or hyphens"),
        ("schl\u00fcssel", "v", "letters, numbers, underscores, or hyphens"),
        ("", "v", "letters, numbers, underscores, or hyphens"),
    ],
)
def test_session_metadata_against_the_rules_is_told_in_the_platforms_words(
    key: str, value: str, named: str | None
) -> None:
    problem = holder_metadata_problem("session", {key: value}, key)
    assert (problem is None) == (named is None)
    assert problem is None or (named or "") in problem


def test_the_platforms_words_name_session_or_refresh_token() -> None:
    assert holder_metadata_problem("session", {"a b": "v"}, "a b") == PLATFORM_WORDS
    told = holder_metadata_problem("refresh_token", {"a b": "v"}, "a b")
    assert told == PLATFORM_WORDS.replace("session", "refresh token")


def test_the_26th_entry_of_session_metadata_is_one_too_many() -> None:
    entries = {f"key-{number}": "v" for number in range(MAX_HOLDER_ENTRIES)}
    assert holder_metadata_problem("session", {**entries}, "key-0") is None
    assert "25 entries" in (
        holder_metadata_problem("session", {**entries, "one": "v"}, "one") or ""
    )
