"""What every cache store has to do (security.md 22)."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from loginwright_runtime.extension_points import (
    CacheChange,
    CacheRecord,
    CacheScope,
    CacheStore,
)
from loginwright_runtime.testing.expectations import expect

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractAsyncContextManager

_FLOW = CacheScope("Customer login")
_OTHER_FLOW = CacheScope("Staff login")
_FAR = 32_503_680_000_000  # the year 3000
_LONG_AGO = 1_000
_TEAL = CacheRecord("teal", _FAR)
_BLUE = CacheRecord("blue", _FAR)


class CacheStoreConformance:
    """Inherit, give ``make_store``, and let pytest collect the subclass.

    A store may answer at once or with an awaitable.
    """

    def make_store(self) -> AbstractAsyncContextManager[CacheStore]:
        """Return an empty store, closed when the context ends."""
        raise NotImplementedError("A conformance suite needs its make_store.")

    async def test_cache_of_a_new_flow_is_empty(self) -> None:
        """There is no error about it."""
        async with self.make_store() as store:
            expect(await _read(store, _FLOW), {}, "Nothing was kept.")

    async def test_committed_records_are_read_back(self) -> None:
        """All of a change, also an empty value."""
        records = {"colour": _TEAL, "": CacheRecord("", 0), "Farbe ü": CacheRecord("grün", _FAR)}
        async with self.make_store() as store:
            await _commit(store, _FLOW, {**records})
            expect(await _read(store, _FLOW), records, "What was committed is there.")

    async def test_later_change_replaces_and_removes(self) -> None:
        """Keys it does not name stay."""
        async with self.make_store() as store:
            await _commit(store, _FLOW, {"a": _TEAL, "b": _TEAL, "c": _TEAL})
            await _commit(store, _FLOW, {"a": _BLUE, "b": None, "never": None})
            expect(await _read(store, _FLOW), {"a": _BLUE, "c": _TEAL}, "The change is applied.")

    async def test_empty_change_changes_nothing(self) -> None:
        """And is no error."""
        async with self.make_store() as store:
            await _commit(store, _FLOW, {"a": _TEAL})
            await _commit(store, _FLOW, {})
            expect(await _read(store, _FLOW), {"a": _TEAL}, "Nothing was changed.")

    async def test_cache_belongs_to_one_flow(self) -> None:
        """Another flow neither reads nor changes it."""
        async with self.make_store() as store:
            await _commit(store, _FLOW, {"a": _TEAL})
            await _commit(store, _OTHER_FLOW, {"a": _BLUE, "b": _BLUE})
            await _commit(store, _OTHER_FLOW, {"a": None})
            expect(await _read(store, _FLOW), {"a": _TEAL}, "It is the flow's own.")
            expect(await _read(store, _OTHER_FLOW), {"b": _BLUE}, "So is the other's.")

    async def test_expired_record_is_still_read(self) -> None:
        """The engine judges expiry by the login's clock."""
        old = CacheRecord("old", _LONG_AGO)
        async with self.make_store() as store:
            await _commit(store, _FLOW, {"a": old})
            expect(await _read(store, _FLOW), {"a": old}, "Expiry is not the store's to judge.")

    async def test_what_was_read_stands_still(self) -> None:
        """A later change does not show in it."""
        async with self.make_store() as store:
            await _commit(store, _FLOW, {"a": _TEAL})
            before = await _read(store, _FLOW)
            await _commit(store, _FLOW, {"a": _BLUE})
            expect(before, {"a": _TEAL}, "It is a copy.")


async def _read(store: CacheStore, scope: CacheScope) -> Mapping[str, CacheRecord]:
    answer = store.read(scope)
    return await answer if inspect.isawaitable(answer) else answer


async def _commit(
    store: CacheStore, scope: CacheScope, records: Mapping[str, CacheRecord | None]
) -> None:
    answer = store.commit(CacheChange(scope, records))
    if inspect.isawaitable(answer):
        await answer
