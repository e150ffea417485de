"""The flow's cache at its limits: the last record that fits, and the first that does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.engine.cache_view import CacheView
from loginwright_runtime.extension_points import CacheRecord

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject

NOW = 1_795_428_000_000
MINUTE = 60_000
QUARTER = 15 * MINUTE
DAY = 24 * 60 * MINUTE


def a_view(**stored: str) -> CacheView:
    """A cache in which the store has these values."""
    return CacheView({key: CacheRecord(value, NOW + 1) for key, value in stored.items()}, NOW)


def code_of(answer: JsonObject) -> object:
    return answer.get("code")


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("k" * 64, "v", None),
        ("é" * 32, "v", None),
        ("k" * 65, "v", "CacheKeySizeExceeded"),
        ("é" * 33, "v", "CacheKeySizeExceeded"),
        ("k", "v" * 4096, None),
        ("k", "é" * 2048, None),
        ("k", "v" * 4097, "CacheValueSizeExceeded"),
        ("k", "é" * 2049, "CacheValueSizeExceeded"),
    ],
)
def test_keys_and_values_are_measured_in_bytes(key: str, value: str, code: str | None) -> None:
    view = a_view()
    assert code_of(view.set(key, value, {})) == code
    assert (key in view.changes) is (code is None)


def test_keys_and_values_have_8_kb_together_with_what_the_store_holds() -> None:
    view = a_view(a="v" * 4095, b="v" * 4000)
    left = 8 * 1024 - 4096 - 4001
    assert code_of(view.set("c", "v" * left, {})) == "CacheSizeExceeded"
    assert code_of(view.set("c", "v" * (left - 1), {})) is None
    assert code_of(view.set("a", "v" * 4096, {})) == "CacheSizeExceeded"
    assert code_of(view.set("a", "short", {})) is None
    assert code_of(view.set("d", "v" * 4000, {})) is None


def test_twenty_records_are_kept_and_an_old_one_may_be_replaced() -> None:
    view = a_view(**{f"key-{number}": "v" for number in range(20)})
    assert code_of(view.set("another", "v", {})) == "MaxSideEffectsExceeded"
    assert code_of(view.set("key-0", "w", {})) is None
    assert code_of(view.delete("key-1")) is None
    assert code_of(view.set("another", "v", {})) is None


@pytest.mark.parametrize(
    ("options", "expires_at"),
    [
        ({}, NOW + QUARTER),
        ({"ttl": 1}, NOW + 1),
        ({"expires_at": NOW + 1}, NOW + 1),
        ({"ttl": MINUTE, "expires_at": NOW + QUARTER}, NOW + MINUTE),
        ({"ttl": QUARTER, "expires_at": NOW + MINUTE}, NOW + MINUTE),
        ({"ttl": DAY}, NOW + DAY),
        ({"ttl": DAY + 1}, NOW + DAY),
        ({"ttl": None, "expires_at": None}, NOW + QUARTER),
    ],
)
def test_a_record_lives_a_quarter_of_an_hour_or_as_asked_but_no_longer_than_a_day(
    options: JsonObject, expires_at: int
) -> None:
    view = a_view()
    answer = view.set("k", "v", options)
    assert answer == {"type": "success", "record": {"value": "v", "expires_at": expires_at}}
    assert view.get("k") == answer["record"]


@pytest.mark.parametrize("options", [{"ttl": 0}, {"expires_at": NOW}, {"ttl": 5, "expires_at": 0}])
def test_a_record_that_would_be_gone_at_once_is_not_kept(options: JsonObject) -> None:
    view = a_view(k="before")
    assert code_of(view.set("k", "v", options)) == "ItemAlreadyExpired"
    assert view.get("k") == {"value": "before", "expires_at": NOW + 1}


@pytest.mark.parametrize("odd", [True, "60", [1], {}])
def test_a_lifetime_that_is_no_number_is_told(odd: object) -> None:
    for name in ("ttl", "expires_at"):
        assert code_of(a_view().set("k", "v", {name: odd})) == "InvalidExpiry"  # type: ignore[dict-item]  # any JSON


def test_a_record_is_there_until_its_moment_and_then_counts_no_more() -> None:
    full = {f"key-{number}": CacheRecord("v", NOW) for number in range(20)}
    view = CacheView(full, NOW)
    assert view.get("key-0") == {"$undefined": True}
    assert code_of(view.delete("key-0")) == "CacheKeyDoesNotExist"
    assert code_of(view.set("another", "v", {})) is None
    assert CacheView(full, NOW - 1).get("key-0") == {"value": "v", "expires_at": NOW}


def test_what_a_handler_deleted_is_gone_for_it_and_may_be_set_again() -> None:
    view = a_view(k="before")
    assert code_of(view.delete("k")) is None
    assert view.get("k") == {"$undefined": True}
    assert code_of(view.delete("k")) == "CacheKeyDoesNotExist"
    assert code_of(view.set("k", "after", {})) is None
    assert view.get("k") == {"value": "after", "expires_at": NOW + QUARTER}
