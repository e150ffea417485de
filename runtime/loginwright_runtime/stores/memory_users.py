"""User profiles in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loginwright_runtime.extension_points import (
    MetadataChange,
    ProfileWrite,
    UserQuery,
    UserRecord,
    WriteResult,
)
from loginwright_runtime.stores.json_bytes import decode_object, encode
from loginwright_runtime.stores.limits import key_of_another_user
from loginwright_runtime.stores.profile_changes import apply_changes, user_id_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loginwright_runtime.login.json_values import JsonObject

_MAX_ANSWERS = 10_000


@dataclass(frozen=True, slots=True)
class _KeptUser:
    profile: bytes
    blocked: bool

    def record(self) -> UserRecord:
        return UserRecord(decode_object(self.profile, "A stored profile"), self.blocked)


@dataclass(frozen=True, slots=True)
class _Answer:
    user_id: str
    after: _KeptUser
    skipped: tuple[MetadataChange, ...]


class MemoryUserStore:
    """Keeps profiles until the process ends.

    Guarantees: a write is applied whole or not at all, and once for each idempotency key (the last
    10,000 are remembered); what is read is a copy, so that changing it changes nothing here. Use
    it from one thread.
    """

    def __init__(self, profiles: Iterable[JsonObject] = ()) -> None:
        """Keep ``profiles``, each with its ``user_id``; StoreError when one has none."""
        self._users: dict[str, _KeptUser] = {}
        self._answers: dict[str, _Answer] = {}
        for profile in profiles:
            self._put(profile, blocked=False)

    async def put(self, profile: JsonObject, *, blocked: bool = False) -> None:
        """Keep ``profile`` in place of the user's former one; StoreError without a ``user_id``."""
        self._put(profile, blocked=blocked)

    async def remove(self, query: UserQuery) -> None:
        """Forget a user, and every answer about them; nothing happens when there is none."""
        self._users.pop(query.user_id, None)
        self._answers = {
            key: answer for key, answer in self._answers.items() if answer.user_id != query.user_id
        }

    async def read(self, query: UserQuery) -> UserRecord | None:
        """Return the user, or None when there is none."""
        kept = self._users.get(query.user_id)
        return kept.record() if kept else None

    async def write(self, write: ProfileWrite) -> WriteResult:
        """Apply the changes; a repetition of the key answers as the first did."""
        answer = self._answers.get(write.idempotency_key)
        if answer is None:
            kept = self._users.get(write.user_id)
            if kept is None:
                return WriteResult(None)
            answer = self._apply(kept, write)
        elif answer.user_id != write.user_id:
            raise key_of_another_user()
        return WriteResult(answer.after.record(), answer.skipped)

    def _apply(self, kept: _KeptUser, write: ProfileWrite) -> _Answer:
        profile, skipped = apply_changes(kept.record().profile, write.changes)
        after = _KeptUser(encode(profile, "The profile"), kept.blocked)
        answer = _Answer(write.user_id, after, skipped)
        self._users[write.user_id] = after
        self._answers[write.idempotency_key] = answer
        if len(self._answers) > _MAX_ANSWERS:
            del self._answers[next(iter(self._answers))]
        return answer

    def _put(self, profile: JsonObject, *, blocked: bool) -> None:
        content = encode(profile, "The profile")
        self._users[user_id_of(profile)] = _KeptUser(content, blocked)
