"""What every user store has to do (security.md 5)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from loginwright_runtime.extension_points import (
    MetadataChange,
    ProfileWrite,
    UserQuery,
    UserRecord,
    UserStore,
    WriteResult,
)
from loginwright_runtime.testing.expectations import expect

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from loginwright_runtime.login.json_values import JsonObject, JsonValue

_ID = "auth0|ada"


class UserStoreConformance:
    """Inherit, give ``make_store``, and let pytest collect the subclass.

    What a store adds to a profile by itself (such as ``updated_at``) is not looked at.
    """

    def make_store(
        self, profile: JsonObject, *, blocked: bool = False
    ) -> AbstractAsyncContextManager[UserStore]:
        """Return a store that holds this one user, closed when the context ends."""
        raise NotImplementedError("A conformance suite needs its make_store.")

    async def test_user_is_read_as_kept(self) -> None:
        """Metadata included."""
        async with self.make_store(user(colour="blue")) as store:
            record = await _record(store)
            expect(record.profile.get("email"), "ada@example.com", "The profile is whole.")
            expect(_metadata(record), {"colour": "blue"}, "Metadata are part of it.")
            expect(record.blocked, False, "The user is not blocked.")

    async def test_user_who_is_not_there_is_none(self) -> None:
        """A login of theirs ends with ``access_denied``."""
        async with self.make_store(user()) as store:
            expect(await store.read(UserQuery("auth0|nobody")), None, "There is no such user.")

    async def test_blocked_user_is_told_as_blocked(self) -> None:
        """Nothing of theirs runs."""
        async with self.make_store(user(), blocked=True) as store:
            expect((await _record(store)).blocked, True, "The user is blocked.")

    async def test_changing_what_was_read_changes_nothing(self) -> None:
        """A record is the reader's own."""
        async with self.make_store(user(colour="blue")) as store:
            _metadata(await _record(store))["colour"] = "red"
            expect(_metadata(await _record(store)), {"colour": "blue"}, "The store is untouched.")

    async def test_written_keys_are_read_back_and_the_others_stay(self) -> None:
        """A write names keys, not whole metadata."""
        async with self.make_store(user(colour="blue", size=4)) as store:
            write = writing("k", change("colour", "teal", "blue"), change("shape", {"of": [1]}))
            result = await store.write(write)
            wanted = {"colour": "teal", "size": 4, "shape": {"of": [1]}}
            expect(result.skipped, (), "Nothing stood in the way.")
            expect(_metadata(result.record), wanted, "The answer is the profile after it.")
            expect(_metadata(await _record(store)), wanted, "The write is kept.")

    async def test_both_metadata_are_written_apart(self) -> None:
        """The same key may stand in both."""
        async with self.make_store(user()) as store:
            app = MetadataChange("app_metadata", "plan", "gold")
            await store.write(writing("k", change("plan", "silver"), app))
            record = await _record(store)
            expect(_metadata(record), {"plan": "silver"}, "user_metadata has its own.")
            expect(record.profile.get("app_metadata"), {"plan": "gold"}, "So has app_metadata.")

    async def test_none_removes_a_key(self) -> None:
        """Only that one."""
        async with self.make_store(user(colour="blue", size=4)) as store:
            await store.write(writing("k", change("colour", None, "blue")))
            expect(_metadata(await _record(store)), {"size": 4}, "The key is gone.")

    async def test_stored_value_that_changed_meanwhile_wins(self) -> None:
        """The pending key is skipped, and named; the others are written."""
        async with self.make_store(user(colour="red", size=4)) as store:
            late = change("colour", "teal", "blue")
            appeared = change("size", 5)
            result = await store.write(writing("k", late, appeared, change("shape", "round")))
            expect(result.skipped, (late, appeared), "Those had changed.")
            wanted = {"colour": "red", "size": 4, "shape": "round"}
            expect(_metadata(await _record(store)), wanted, "The stored values win.")

    async def test_true_is_not_one(self) -> None:
        """Values compare as JSON."""
        async with self.make_store(user(flag=True)) as store:
            result = await store.write(writing("k", change("flag", 2, 1)))
            expect(len(result.skipped), 1, "true and 1 differ.")

    async def test_repeated_key_is_applied_once_and_answered_alike(self) -> None:
        """A handler may run twice, its outcome counts once (security.md 11)."""
        async with self.make_store(user(colour="blue")) as store:
            write = writing("first", change("colour", "teal", "blue"), change("size", 1, 9))
            first = await store.write(write)
            await store.write(writing("second", change("colour", "blue", "teal")))
            expect(await store.write(write), first, "The answer is the first one's.")
            expect(_metadata(await _record(store)), {"colour": "blue"}, "It is applied once.")

    async def test_writes_at_once_are_each_whole(self) -> None:
        """None undoes another's keys."""
        async with self.make_store(user()) as store:
            await asyncio.gather(
                *(
                    store.write(
                        writing(f"k{number}", change(f"a{number}", 1), change(f"b{number}", 2))
                    )
                    for number in range(20)
                )
            )
            wanted: JsonObject = {}
            for number in range(20):
                wanted |= {f"a{number}": 1, f"b{number}": 2}
            expect(_metadata(await _record(store)), wanted, "Every write is there.")

    async def test_user_who_is_gone_cannot_be_written(self) -> None:
        """The answer says so."""
        async with self.make_store(user()) as store:
            result = await store.write(ProfileWrite("auth0|nobody", (change("a", 1),), "k"))
            expect(result, WriteResult(None), "There is no such user.")
            expect(await store.read(UserQuery("auth0|nobody")), None, "None was made.")


def user(**metadata: JsonValue) -> JsonObject:
    """Return a profile with these ``user_metadata``."""
    return {
        "user_id": _ID,
        "email": "ada@example.com",
        "user_metadata": dict(metadata),
        "app_metadata": {},
    }


def change(key: str, value: JsonValue, expected: JsonValue = None) -> MetadataChange:
    """Return a change of ``user_metadata``."""
    return MetadataChange("user_metadata", key, value, expected)


def writing(idempotency_key: str, *changes: MetadataChange) -> ProfileWrite:
    """Return a write of the user's metadata."""
    return ProfileWrite(_ID, changes, idempotency_key)


async def _record(store: UserStore) -> UserRecord:
    record = await store.read(UserQuery(_ID))
    if record is None:
        raise AssertionError("The user is there. Expected a record, got None.")
    return record


def _metadata(record: UserRecord | None) -> JsonObject:
    metadata = record.profile.get("user_metadata") if record else None
    if not isinstance(metadata, dict):
        raise AssertionError("The user has metadata. Expected an object, got none.")
    return metadata
