"""What a login asks of the session and of the refresh token."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.transaction.effects import (
    ExpiryShortened,
    HolderMetadataEvicted,
    HolderMetadataSet,
)
from loginwright_runtime.transaction.holders import HolderChanges


def after(
    changes: HolderChanges, *effects: ExpiryShortened | HolderMetadataSet | HolderMetadataEvicted
) -> HolderChanges:
    """Return changes with more of them, none of which is a problem."""
    for effect in effects:
        changes, problem = changes.after(effect)
        assert problem is None
    return changes


@given(st.lists(st.tuples(st.booleans(), st.integers(min_value=0)), min_size=1))
def test_of_several_expiries_the_earliest_counts(times: list[tuple[bool, int]]) -> None:
    asked = [ExpiryShortened("session", idle, at_ms) for idle, at_ms in times]
    changes = after(HolderChanges(), *asked)
    absolute = [at_ms for idle, at_ms in times if not idle]
    idle = [at_ms for idle, at_ms in times if idle]
    assert changes.expires_at_ms == min(absolute, default=None)
    assert changes.idle_expires_at_ms == min(idle, default=None)


def test_a_set_key_replaces_a_null_deletes_and_evicting_clears() -> None:
    stored = HolderChanges(metadata={"a": "1", "b": "2"})
    changed = after(
        stored,
        HolderMetadataSet("session", "a", "one"),
        HolderMetadataSet("session", "b", None),
        HolderMetadataSet("session", "c", "3"),
        HolderMetadataSet("session", "unknown", None),
    )
    assert changed.metadata == {"a": "one", "c": "3"}
    assert after(changed, HolderMetadataEvicted("session")).metadata == {}
    assert stored.metadata == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("key", "value"), [("a key", "v"), ("k" * 256, "v"), ("k", "v" * 256), ("", "v")]
)
def test_an_entry_against_the_rules_is_a_problem_and_changes_nothing(key: str, value: str) -> None:
    stored = HolderChanges(metadata={"a": "1"})
    changed, problem = stored.after(HolderMetadataSet("refresh_token", key, value))
    assert changed == stored
    assert (problem or "").startswith("Failed to set refresh token metadata: ")


def test_an_entry_against_the_rules_can_still_be_deleted() -> None:
    stored = HolderChanges(metadata={"a key": "1"})
    assert after(stored, HolderMetadataSet("session", "a key", None)).metadata == {}
