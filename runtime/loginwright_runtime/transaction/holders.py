"""What a login asks of the session and of the refresh token."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import assert_never

from loginwright_runtime.login.json_values import JsonObject, JsonValue
from loginwright_runtime.transaction.effects import (
    ExpiryShortened,
    HolderMetadataEvicted,
    HolderMetadataSet,
)
from loginwright_runtime.transaction.limits import holder_metadata_problem


@dataclass(frozen=True, slots=True)
class HolderChanges:
    """Changes to a session or a refresh token; of several expiries the earliest counts.

    Attributes:
        expires_at_ms: Epoch milliseconds.
        idle_expires_at_ms: Epoch milliseconds.
        metadata: The metadata as it will be.
        cookie_mode: Sessions only.
    """

    expires_at_ms: int | None = None
    idle_expires_at_ms: int | None = None
    metadata: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    cookie_mode: str | None = None

    def after(
        self, effect: ExpiryShortened | HolderMetadataSet | HolderMetadataEvicted
    ) -> tuple[HolderChanges, str | None]:
        """Return the changes with one more, and the problem that fails the login, if any."""
        match effect:
            case ExpiryShortened(_, idle, at_ms):
                if idle:
                    return replace(
                        self, idle_expires_at_ms=_min(self.idle_expires_at_ms, at_ms)
                    ), None
                return replace(self, expires_at_ms=_min(self.expires_at_ms, at_ms)), None
            case HolderMetadataEvicted():
                return replace(self, metadata={}), None
            case HolderMetadataSet(_, key, None):
                kept = {name: value for name, value in self.metadata.items() if name != key}
                return replace(self, metadata=kept), None
            case HolderMetadataSet(holder, key, value):
                metadata: JsonObject = {**self.metadata, key: value}
                problem = holder_metadata_problem(holder, metadata, key)
                return (self if problem else replace(self, metadata=metadata)), problem
            case _ as unreachable:
                assert_never(unreachable)


def _min(before: int | None, now: int) -> int:
    return now if before is None else min(before, now)
