"""What every suspension store has to do (security.md 9 to 12, 28)."""

from __future__ import annotations

import asyncio
import math
from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard

from loginwright_runtime.extension_points import (
    ClaimedSuspension,
    ClaimRefused,
    ClaimRequest,
    Clock,
    Finish,
    Release,
    Renew,
    SavedSuspension,
    SuspendAgain,
    SuspensionStore,
    Transition,
)
from loginwright_runtime.stores.clocks import MovableClock
from loginwright_runtime.testing.expectations import expect, expect_store_error

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

_START = 1_795_428_000.0  # 2026-11-23T10:00:00Z
_LIFE = 3600.0
_LEASE = 600.0
_LAPSED = 0.0  # a lease that has lapsed when the claim returns

UNKNOWN = ClaimRefused("unknown")
USED = ClaimRefused("used")
EXPIRED = ClaimRefused("expired")


class SuspensionStoreConformance:
    """Inherit, give ``make_store``, and let pytest collect the subclass.

    Each test has a store of its own. No test waits: expiry is tried by moving the clock, a lapsed
    lease by asking for one of no seconds.
    """

    def make_store(self, clock: Clock) -> AbstractAsyncContextManager[SuspensionStore]:
        """Return an empty store whose time is ``clock``, closed when the context ends."""
        raise NotImplementedError("A conformance suite needs its make_store.")

    async def test_clock_is_the_one_it_was_given(self) -> None:
        """The engine computes expiry in the store's time."""
        clock = MovableClock(_START)
        async with self.make_store(clock) as store:
            expect(store.clock.now(), _START, "The store shows its clock.")
            clock.advance(5)
            expect(store.clock.now(), _START + 5, "The store shows its clock.")

    async def test_claimed_login_comes_back_as_it_was_saved(self) -> None:
        """Every member survives, the archive too for who does not hold the version."""
        saved = suspension("1")
        async with self.make_store(MovableClock(_START)) as store:
            await store.save(saved)
            claimed = await store.claim(claim("1", "mine"))
            expect(claimed, ClaimedSuspension(saved, "mine"), "Nothing is lost.")

    async def test_expiry_comes_back_to_its_last_digit(self) -> None:
        """The seal is bound to it (security.md 10)."""
        saved = replace(suspension("1"), expires_at=_START + 1234.567891)
        async with self.make_store(MovableClock(_START)) as store:
            await store.save(saved)
            claimed = await store.claim(claim("1", "mine"))
            expect(claimed, ClaimedSuspension(saved, "mine"), "The expiry is exact.")

    async def test_archive_is_left_out_for_who_holds_the_version(self) -> None:
        """``known_versions`` saves fetching it."""
        saved = suspension("1")
        async with self.make_store(MovableClock(_START)) as store:
            await store.save(saved)
            request = replace(claim("1"), known_versions=frozenset({saved.flow_version}))
            claimed = await store.claim(request)
            wanted = ClaimedSuspension(replace(saved, flow_archive=b""), request.claim_id)
            expect(claimed, wanted, "A known archive is not fetched.")

    async def test_archive_of_the_right_version_comes_back(self) -> None:
        """Two versions of a flow stand side by side."""
        async with self.make_store(MovableClock(_START)) as store:
            for name in ("1", "2"):
                await store.save(
                    replace(
                        suspension(name),
                        flow_version=f"sha256:{name}",
                        flow_archive=f"archive {name}".encode(),
                    )
                )
            for name in ("1", "2"):
                claimed = await store.claim(claim(name))
                got = claimed.suspension.flow_archive if _won(claimed) else None
                expect(got, f"archive {name}".encode(), "Each version keeps its archive.")

    async def test_state_that_was_never_saved_is_unknown(self) -> None:
        """Nobody learns more about it."""
        async with self.make_store(MovableClock(_START)) as store:
            expect(await store.claim(claim("9")), UNKNOWN, "There is no such state.")

    async def test_foreign_browser_is_told_unknown_and_uses_nothing(self) -> None:
        """The browser that returns is the browser that left (security.md 9)."""
        async with self.make_store(MovableClock(_START)) as store:
            await store.save(suspension("1"))
            for browser in (digest("another browser"), None, ""):
                foreign = replace(claim("1"), browser_digest=browser)
                expect(await store.claim(foreign), UNKNOWN, "The browser is another.")
            expect(_won(await store.claim(claim("1"))), True, "The state stays unused.")

    async def test_login_without_a_browser_is_claimed_without_one_only(self) -> None:
        """``NoBrowser`` at the start is required at the return."""
        async with self.make_store(MovableClock(_START)) as store:
            await store.save(replace(suspension("1"), browser_digest=None))
            expect(await store.claim(claim("1")), UNKNOWN, "It left without a browser.")
            without = replace(claim("1"), browser_digest=None)
            expect(_won(await store.claim(without)), True, "It returns without a browser.")

    async def test_claimed_state_is_used_while_its_lease_holds(self) -> None:
        """A replay finds it used."""
        async with self.make_store(MovableClock(_START)) as store:
            await store.save(suspension("1"))
            await store.claim(claim("1", "first"))
            expect(await store.claim(claim("1", "second")), USED, "The lease holds.")

    async def test_refusal_of_a_claimed_state_says_when_the_claim_lapses_if_at_all(self) -> None:
        """A store need not tell; a time that it tells is not later than the lease."""
        async with self.make_store(MovableClock(_START)) as store:
            await store.save(suspension("1"))
            await store.claim(claim("1", "first"))
            refused = await store.claim(claim("1", "second"))
            told = refused.lapses_in if isinstance(refused, ClaimRefused) else math.nan
            expect(told is None or 0 < told <= _LEASE, True, "The lease lapses then at the latest.")
            await store.settle(Finish(digest("1"), "first"))
            ended = await store.claim(claim("1", "third"))
            told = ended.lapses_in if isinstance(ended, ClaimRefused) else math.nan
            expect(told, None, "What has ended is used for good.")

    async def test_of_fifty_claims_at_once_one_wins(self) -> None:
        """The claim is one atomic statement."""
        async with self.make_store(MovableClock(_START)) as store:
            await store.save(suspension("1"))
            answers = await asyncio.gather(
                *(store.claim(claim("1", f"claim {number}")) for number in range(50))
            )
            winners = [answer for answer in answers if _won(answer)]
            expect(len(winners), 1, "One wins.")
            expect(answers.count(USED), 49, "The others find it used.")

    async def test_lapsed_lease_can_be_claimed_again(self) -> None:
        """Its process died."""
        async with self.make_store(MovableClock(_START)) as store:
            await store.save(suspension("1"))
            await store.claim(claim("1", "dead", _LAPSED))
            again = await store.claim(claim("1", "alive"))
            expect(again, ClaimedSuspension(suspension("1"), "alive"), "The lease has lapsed.")

    async def test_who_lost_the_claim_writes_nothing(self) -> None:
        """The fence of security.md 11, for each transition."""
        for number, late in enumerate(_transitions("dead")):
            async with self.make_store(MovableClock(_START)) as store:
                await store.save(suspension("1"))
                await store.claim(claim("1", "dead", _LAPSED))
                await store.claim(claim("1", "alive"))
                expect(await store.settle(late), False, f"Transition {number} came too late.")
                expect(await store.claim(claim("1")), USED, "The other's claim is untouched.")
                expect(await store.claim(claim("2")), UNKNOWN, "Nothing new is kept.")
                alive = Finish(digest("1"), "alive")
                expect(await store.settle(alive), True, "The other's claim still holds.")

    async def test_nothing_is_settled_without_a_claim(self) -> None:
        """A saved state that nobody claimed cannot end."""
        for number, early in enumerate(_transitions("nobody's")):
            async with self.make_store(MovableClock(_START)) as store:
                await store.save(suspension("1"))
                expect(await store.settle(early), False, f"Transition {number} has no claim.")
                expect(_won(await store.claim(claim("1"))), True, "The state stays unused.")

    async def test_claim_whose_lease_lapsed_unnoticed_still_settles(self) -> None:
        """As long as nobody else has claimed it, its work counts."""
        async with self.make_store(MovableClock(_START)) as store:
            await store.save(suspension("1"))
            await store.claim(claim("1", "slow", _LAPSED))
            expect(await store.settle(Finish(digest("1"), "slow")), True, "Nobody else came.")

    async def test_released_state_can_be_claimed_at_once(self) -> None:
        """Nothing ran, so it is unused (security.md 12)."""
        async with self.make_store(MovableClock(_START)) as store:
            await store.save(suspension("1"))
            await store.claim(claim("1", "first"))
            expect(await store.settle(Release(digest("1"), "first")), True, "It holds.")
            expect(_won(await store.claim(claim("1", "second"))), True, "It is free.")
            expect(await store.settle(Finish(digest("1"), "first")), False, "It was given back.")

    async def test_renewed_lease_holds(self) -> None:
        """A run that lives keeps its claim."""
        async with self.make_store(MovableClock(_START)) as store:
            await store.save(suspension("1"))
            await store.claim(claim("1", "mine", _LAPSED))
            expect(await store.settle(Renew(digest("1"), "mine", _LEASE)), True, "It holds.")
            expect(await store.claim(claim("1", "other")), USED, "The lease was renewed.")

    async def test_finished_login_is_used_and_not_kept_again(self) -> None:
        """A tombstone of the transaction stays until its expiry (security.md 10)."""
        clock = MovableClock(_START)
        async with self.make_store(clock) as store:
            await store.save(suspension("1"))
            await store.claim(claim("1", "mine"))
            expect(await store.settle(Finish(digest("1"), "mine")), True, "It holds.")
            expect(await store.claim(claim("1")), USED, "It has ended.")
            expect(await store.settle(Finish(digest("1"), "mine")), False, "It has ended.")
            clock.advance(_LIFE - 1)
            await expect_store_error(store.save(suspension("1")), "The state was used.")
            same_login = replace(suspension("2"), transaction_id=suspension("1").transaction_id)
            await expect_store_error(store.save(same_login), "The login has ended.")
            expect(await store.claim(claim("2")), UNKNOWN, "What was refused is not kept.")
            await store.save(suspension("3"))

    async def test_state_is_saved_once(self) -> None:
        """The first stays as it was."""
        async with self.make_store(MovableClock(_START)) as store:
            await store.save(suspension("1"))
            other = replace(suspension("1"), sealed=b"another login")
            await expect_store_error(store.save(other), "The state is taken.")
            claimed = await store.claim(claim("1", "mine"))
            expect(claimed, ClaimedSuspension(suspension("1"), "mine"), "The first stays.")

    async def test_login_that_leaves_again_swaps_its_states(self) -> None:
        """The old state is used, the new one waits, in one step."""
        async with self.make_store(MovableClock(_START)) as store:
            await store.save(suspension("1"))
            await store.claim(claim("1", "mine"))
            later = replace(suspension("2"), transaction_id=suspension("1").transaction_id)
            left = await store.settle(SuspendAgain(digest("1"), "mine", later))
            expect(left, True, "The claim holds.")
            expect(await store.claim(claim("1")), USED, "The old state is used.")
            expect(await store.settle(Renew(digest("1"), "mine", _LEASE)), False, "It is gone.")
            again = await store.claim(claim("2", "mine too"))
            expect(again, ClaimedSuspension(later, "mine too"), "The new state waits.")

    async def test_used_state_is_not_kept_again_while_its_login_is_away(self) -> None:
        """Also a state that the login itself left behind."""
        async with self.make_store(MovableClock(_START)) as store:
            await store.save(suspension("1"))
            await store.claim(claim("1", "mine"))
            await store.settle(SuspendAgain(digest("1"), "mine", suspension("2")))
            await expect_store_error(store.save(suspension("1")), "The state was used.")

    async def test_login_that_cannot_leave_again_keeps_its_claim(self) -> None:
        """All of the step or nothing."""
        async with self.make_store(MovableClock(_START)) as store:
            await store.save(suspension("1"))
            await store.save(suspension("2"))
            await store.claim(claim("1", "mine"))
            taken = SuspendAgain(digest("1"), "mine", suspension("2"))
            await expect_store_error(store.settle(taken), "The new state is taken.")
            expect(await store.claim(claim("1")), USED, "The claim still holds.")
            expect(await store.settle(Finish(digest("1"), "mine")), True, "It can still end.")

    async def test_expired_state_is_told_so_to_its_own_browser(self) -> None:
        """From the very second of its expiry; a foreign browser is still told unknown."""
        clock = MovableClock(_START)
        async with self.make_store(clock) as store:
            await store.save(suspension("1"))
            clock.advance(_LIFE)
            expect(await store.claim(claim("1")), EXPIRED, "Its time is over.")
            foreign = replace(claim("1"), browser_digest=digest("another browser"))
            expect(await store.claim(foreign), UNKNOWN, "The browser is another.")

    async def test_state_can_be_claimed_until_just_before_its_expiry(self) -> None:
        """Expiry compares in the store's time (security.md 28)."""
        clock = MovableClock(_START)
        async with self.make_store(clock) as store:
            await store.save(suspension("1"))
            clock.advance(_LIFE - 0.001)
            expect(_won(await store.claim(claim("1"))), True, "Its time is not over.")

    async def test_moving_the_clock_does_not_lapse_a_lease(self) -> None:
        """Leases run in real time."""
        clock = MovableClock(_START)
        async with self.make_store(clock) as store:
            await store.save(suspension("1"))
            await store.claim(claim("1", "mine", _LEASE))
            clock.advance(_LEASE + 1)
            expect(await store.claim(claim("1", "other")), USED, "No real time has passed.")

    async def test_login_that_expires_while_it_runs_can_still_end(self) -> None:
        """The claim came in time."""
        clock = MovableClock(_START)
        async with self.make_store(clock) as store:
            await store.save(suspension("1"))
            await store.claim(claim("1", "mine"))
            clock.advance(_LIFE + 1)
            await store.save(replace(suspension("2"), expires_at=clock.now() + _LIFE))
            expect(await store.settle(Finish(digest("1"), "mine")), True, "It holds.")


def digest(name: str) -> str:
    """Return 64 hexadecimal digits, the same for the same name."""
    return name.encode().hex().ljust(64, "0")[:64]


def suspension(name: str) -> SavedSuspension:
    """Return a suspended login of its own for each name, an hour from its expiry."""
    return SavedSuspension(
        state_digest=digest(name),
        browser_digest=digest(f"browser of {name}"),
        transaction_id=f"transaction {name}",
        flow_name="Customer login",
        flow_version="sha256:" + 64 * "a",
        expires_at=_START + _LIFE,
        sealed=f"sealed login {name}".encode() + bytes(range(256)),
        flow_archive=b"a bundle" + bytes(range(256)),
    )


def claim(name: str, claim_id: str = "claim", lease_seconds: float = _LEASE) -> ClaimRequest:
    """Return what the browser of ``suspension(name)`` asks for when it comes back."""
    return ClaimRequest(digest(name), digest(f"browser of {name}"), claim_id, lease_seconds)


def _won(answer: ClaimedSuspension | ClaimRefused) -> TypeGuard[ClaimedSuspension]:
    return isinstance(answer, ClaimedSuspension)


def _transitions(claim_id: str) -> tuple[Transition, ...]:
    state = digest("1")
    return (
        Renew(state, claim_id, _LEASE),
        Release(state, claim_id),
        Finish(state, claim_id),
        SuspendAgain(state, claim_id, suspension("2")),
    )
