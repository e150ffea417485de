"""The stores of a simulated login, and what a scenario puts into them."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import isawaitable
from typing import TYPE_CHECKING, Protocol

from loginwright_runtime.extension_points import (
    CacheChange,
    CacheRecord,
    CacheScope,
    CacheStore,
    SuspensionStore,
    UserQuery,
    UserStore,
)
from loginwright_runtime.login.json_values import merge_patch
from loginwright_runtime.simulation.event import CACHE_LIFETIME_SECONDS
from loginwright_runtime.stores.memory import (
    MemoryCacheStore,
    MemorySuspensionStore,
    MemoryUserStore,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.login.json_values import JsonObject


class ProfileStore(UserStore, Protocol):
    """A user store whose profiles can be set from outside a login."""

    async def put(self, profile: JsonObject, *, blocked: bool = False) -> None:
        """Keep ``profile`` in place of the user's former one."""
        ...

    async def remove(self, query: UserQuery) -> None:
        """Forget a user."""
        ...


@dataclass(frozen=True, slots=True)
class SimulationStores:
    """Where a simulated login keeps what it needs."""

    users: ProfileStore
    suspensions: SuspensionStore
    cache: CacheStore

    @classmethod
    def in_memory(cls) -> SimulationStores:
        """Return empty stores that end with the process."""
        return cls(MemoryUserStore(), MemorySuspensionStore(), MemoryCacheStore())


async def fill_cache(
    store: CacheStore, flow_name: str, values: Mapping[str, str], now: float
) -> None:
    """Put a scenario's values into the flow's cache; they last as long as the api allows."""
    if not values:
        return
    expires_at = int((now + CACHE_LIFETIME_SECONDS) * 1000)
    records = {key: CacheRecord(value, expires_at) for key, value in values.items()}
    answer = store.commit(CacheChange(CacheScope(flow_name), records))
    if isawaitable(answer):
        await answer


async def change_user(store: ProfileStore, user_id: str, patch: JsonObject | None) -> None:
    """Apply what happened to a profile while its login was away.

    Args:
        store: Where the profile is.
        user_id: Whose.
        patch: A merge patch (RFC 7396); None removes the user.
    """
    if patch is None:
        await store.remove(UserQuery(user_id))
    elif patch:
        record = await store.read(UserQuery(user_id))
        merged = merge_patch(record.profile if record is not None else {"user_id": user_id}, patch)
        profile = merged if isinstance(merged, dict) else {}
        await store.put({**profile, "user_id": user_id}, blocked=profile.get("blocked") is True)
