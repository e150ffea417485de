"""Stores that fail on purpose: at a chosen call, before or after the step was done."""

from __future__ import annotations

import inspect
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, TypeAlias, TypeVar

from loginwright_runtime.errors import RateLimitedError, StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from loginwright_runtime.extension_points import (
        CacheChange,
        CacheRecord,
        CacheScope,
        CacheStore,
        ClaimedSuspension,
        ClaimRefused,
        ClaimRequest,
        Clock,
        ProfileWrite,
        SavedSuspension,
        SuspensionStore,
        Transition,
        UserQuery,
        UserRecord,
        UserStore,
        WriteResult,
    )

T = TypeVar("T")
MethodT = TypeVar("MethodT", bound=str)

SuspensionMethod: TypeAlias = Literal["save", "claim", "settle"]
UserMethod: TypeAlias = Literal["read", "write"]
CacheMethod: TypeAlias = Literal["read", "commit"]


@dataclass(frozen=True, slots=True)
class Fault(Generic[MethodT]):
    """One failure of a store.

    Attributes:
        method: Which method fails.
        at: Its how many-th call, from 1; None: every one.
        done: True when the step is done and only its answer is lost.
    """

    method: MethodT
    at: int | None = 1
    done: bool = False


class _Plan(Generic[MethodT]):
    def __init__(self, faults: tuple[Fault[MethodT], ...]) -> None:
        self._faults = faults
        self._calls: Counter[str] = Counter()

    async def around(self, method: MethodT, step: Callable[[], Awaitable[T]]) -> T:
        self._calls[method] += 1
        due = [
            fault
            for fault in self._faults
            if fault.method == method and fault.at in (None, self._calls[method])
        ]
        if due and not due[0].done:
            raise _failure(method)
        result = await step()
        if due:
            raise _failure(method)
        return result


class FailingSuspensionStore:
    """A suspension store with faults."""

    def __init__(self, inner: SuspensionStore, *faults: Fault[SuspensionMethod]) -> None:
        """Pass every call on to ``inner``, but for ``faults``."""
        self._inner = inner
        self._plan = _Plan(faults)

    @property
    def clock(self) -> Clock:
        """The store's time."""
        return self._inner.clock

    async def save(self, suspension: SavedSuspension) -> None:
        """Keep a first suspension."""
        await self._plan.around("save", lambda: self._inner.save(suspension))

    async def claim(self, request: ClaimRequest) -> ClaimedSuspension | ClaimRefused:
        """Claim a state."""
        return await self._plan.around("claim", lambda: self._inner.claim(request))

    async def settle(self, transition: Transition) -> bool:
        """Apply a transition."""
        return await self._plan.around("settle", lambda: self._inner.settle(transition))


class FailingUserStore:
    """A user store with faults."""

    def __init__(self, inner: UserStore, *faults: Fault[UserMethod]) -> None:
        """Pass every call on to ``inner``, but for ``faults``."""
        self._inner = inner
        self._plan = _Plan(faults)

    async def read(self, query: UserQuery) -> UserRecord | None:
        """Return the user."""
        return await self._plan.around("read", lambda: self._inner.read(query))

    async def write(self, write: ProfileWrite) -> WriteResult:
        """Apply the changes."""
        return await self._plan.around("write", lambda: self._inner.write(write))


class FailingCacheStore:
    """A cache store with faults; it always answers later."""

    def __init__(self, inner: CacheStore, *faults: Fault[CacheMethod]) -> None:
        """Pass every call on to ``inner``, but for ``faults``."""
        self._inner = inner
        self._plan = _Plan(faults)

    async def read(self, scope: CacheScope) -> Mapping[str, CacheRecord]:
        """Return every record."""
        return await self._plan.around("read", lambda: self._read(scope))

    async def commit(self, change: CacheChange) -> None:
        """Apply what a handler changed."""
        await self._plan.around("commit", lambda: self._commit(change))

    async def _read(self, scope: CacheScope) -> Mapping[str, CacheRecord]:
        answer = self._inner.read(scope)
        return await answer if inspect.isawaitable(answer) else answer

    async def _commit(self, change: CacheChange) -> None:
        answer = self._inner.commit(change)
        if answer is not None:
            await answer


class RateLimitedUserStore:
    """A user store that refuses its first writes with a 429.

    Attributes:
        refused: Writes refused until now.
    """

    def __init__(self, inner: UserStore, *, refusals: int = 1, retry_after: float = 0.0) -> None:
        """Refuse ``refusals`` writes, asking to wait ``retry_after`` seconds each time."""
        self._inner = inner
        self._refusals = refusals
        self._retry_after = retry_after
        self.refused = 0

    async def read(self, query: UserQuery) -> UserRecord | None:
        """Return the user."""
        return await self._inner.read(query)

    async def write(self, write: ProfileWrite) -> WriteResult:
        """Apply the changes, or raise RateLimitedError."""
        if self.refused < self._refusals:
            self.refused += 1
            raise RateLimitedError(self._retry_after)
        return await self._inner.write(write)


def _failure(method: str) -> StoreError:
    return StoreError(f"The store failed on purpose at {method}.", "Expect it.")
