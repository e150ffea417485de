"""Suspended logins in a store file: each step is one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from loginwright_runtime.errors import StoreError
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
    Transition,
)
from loginwright_runtime.stores.limits import (
    finished_already,
    kept_already,
    too_many_suspensions,
)
from loginwright_runtime.stores.sqlite_database import Durability, changed_one
from loginwright_runtime.stores.sqlite_purge import bury_expired

if TYPE_CHECKING:
    import sqlite3

    from loginwright_runtime.stores.sqlite_thread import StoreThread

_CLAIM = """
    UPDATE suspension
       SET claim_id = :claim_id, lease_from = :real, lease_until = :real + :lease
     WHERE state_digest = :state AND browser_digest IS :browser AND expires_at > :now
       AND (claim_id IS NULL OR lease_until <= :real OR lease_from > :real)"""
# lease_from > :real: the machine has started anew since, and with it the monotonic clock.

_READ = """
    SELECT transaction_id, flow_name, flow_version, expires_at, sealed
      FROM suspension LEFT JOIN sealed_login ON sealed_login.id = suspension.sealed_login
     WHERE state_digest = ?"""

_WHY_NOT = """
    SELECT iif(expires_at <= :now, 'expired', 'used'), lease_until FROM suspension
     WHERE state_digest = :state AND browser_digest IS :browser
    UNION ALL
    SELECT iif(kind = 'expired', 'expired', 'used'), NULL FROM tombstone
     WHERE state_digest = :state AND browser_digest IS :browser AND until > :now"""

_BURY = """
    INSERT INTO tombstone (state_digest, browser_digest, transaction_id, kind, until)
    SELECT state_digest, browser_digest, transaction_id, ?, expires_at
      FROM suspension WHERE state_digest = ? AND claim_id = ?"""

_ERASE = """
    DELETE FROM sealed_login
     WHERE id = (SELECT sealed_login FROM suspension WHERE state_digest = ?)"""

_INSERT = """
    INSERT INTO suspension (state_digest, browser_digest, transaction_id, flow_name, flow_version,
                            expires_at, sealed_login)
    VALUES (?, ?, ?, ?, ?, ?, ?)"""


@dataclass(frozen=True, slots=True)
class SuspensionRules:
    """What the steps of ``SqliteSuspensions`` are judged by.

    Attributes:
        clock: The store's time, for expiry.
        monotonic: Real time, for leases; the same for every process of the machine.
        max_suspensions: Suspended logins kept at most.
        place: Names the file in errors.
    """

    clock: Clock
    monotonic: Callable[[], float]
    max_suspensions: int
    place: str


class SqliteSuspensions:
    """The ``SuspensionStore`` of a ``SqliteStore``; its docstring states the guarantees."""

    def __init__(self, thread: StoreThread, rules: SuspensionRules) -> None:
        """Work on the store's thread."""
        self._thread = thread
        self._rules = rules

    @property
    def clock(self) -> Clock:
        """The store's time."""
        return self._rules.clock

    async def save(self, suspension: SavedSuspension) -> None:
        """Keep a first suspension; on disk when this returns.

        Raises:
            StoreError: The state was kept before, the login has ended, the store is full, or the
                file failed. Nothing is kept then.
        """
        await self._thread.write(
            lambda connection: _save(connection, suspension, self._rules), Durability.DISK
        )

    async def claim(self, request: ClaimRequest) -> ClaimedSuspension | ClaimRefused:
        """Claim a state for the browser that left with it, in one statement.

        The answer carries the flow's archive when the caller does not know that version, else no
        bytes. The disk is not waited for: after a power cut every claim has lapsed, so that one
        which got lost with it says the same as one that was kept.
        """
        return await self._thread.write(
            lambda connection: _claim(connection, request, self._rules), Durability.SYSTEM
        )

    async def settle(self, transition: Transition) -> bool:
        """Apply a transition in one commit; False, and nothing written, when the claim is lost.

        On disk when this returns, but for what a power cut undoes anyway: a claim's lease.
        """
        return await self._thread.write(
            lambda connection: _settle(connection, transition, self._rules), _needed(transition)
        )


def _needed(transition: Transition) -> Durability:
    match transition:
        case Renew() | Release():
            return Durability.SYSTEM
        case Finish() | SuspendAgain():
            return Durability.DISK
        case _:
            assert_never(transition)


def _save(
    connection: sqlite3.Connection, suspension: SavedSuspension, rules: SuspensionRules
) -> None:
    _check_new(connection, suspension, rules)
    if _count(connection) >= rules.max_suspensions:
        bury_expired(connection, rules.clock.now(), rules.monotonic())
        _check_new(connection, suspension, rules)
    if _count(connection) >= rules.max_suspensions:
        raise too_many_suspensions(rules.max_suspensions, rules.place)
    _insert(connection, suspension)


def _claim(
    connection: sqlite3.Connection, request: ClaimRequest, rules: SuspensionRules
) -> ClaimedSuspension | ClaimRefused:
    real = rules.monotonic()
    values: dict[str, str | float | None] = {
        "state": request.state_digest,
        "browser": request.browser_digest,
        "claim_id": request.claim_id,
        "lease": request.lease_seconds,
        "now": rules.clock.now(),
        "real": real,
    }
    if connection.execute(_CLAIM, values).rowcount == 1:
        return ClaimedSuspension(_read(connection, request, rules.place), request.claim_id)
    row: tuple[object, ...] | None = connection.execute(_WHY_NOT, values).fetchone()
    match row:
        case None:
            return ClaimRefused("unknown")
        case ("expired", _):
            return ClaimRefused("expired")
        case (_, float(lease_until)):
            return ClaimRefused("used", lapses_in=lease_until - real)
        case _:
            return ClaimRefused("used")


def _read(connection: sqlite3.Connection, request: ClaimRequest, place: str) -> SavedSuspension:
    row: tuple[object, ...] = connection.execute(_READ, (request.state_digest,)).fetchone()
    match row:
        case (str(transaction), str(name), str(version), float(expires_at), bytes(sealed)):
            return SavedSuspension(
                state_digest=request.state_digest,
                browser_digest=request.browser_digest,  # equal: the claim compared them
                transaction_id=transaction,
                flow_name=name,
                flow_version=version,
                expires_at=expires_at,
                sealed=sealed,
                flow_archive=b""
                if version in request.known_versions
                else _archive(connection, version, place),
            )
        case _:
            raise _damaged(place)


def _archive(connection: sqlite3.Connection, version: str, place: str) -> bytes:
    row: tuple[object, ...] | None = connection.execute(
        "SELECT archive FROM flow_archive WHERE version = ?", (version,)
    ).fetchone()
    match row:
        case (bytes(archive),):
            return archive
        case _:
            raise _damaged(place)


def _settle(connection: sqlite3.Connection, transition: Transition, rules: SuspensionRules) -> bool:
    claim = (transition.state_digest, transition.claim_id)
    match transition:
        case Renew(lease_seconds=seconds):
            real = rules.monotonic()
            return changed_one(
                connection,
                "UPDATE suspension SET lease_from = ?, lease_until = ?"
                " WHERE state_digest = ? AND claim_id = ?",
                (real, real + seconds, *claim),
            )
        case Release():
            return changed_one(
                connection,
                "UPDATE suspension SET claim_id = NULL, lease_from = NULL, lease_until = NULL"
                " WHERE state_digest = ? AND claim_id = ?",
                claim,
            )
        case Finish():
            return _end(connection, "finished", claim)
        case SuspendAgain(suspension=suspension):
            if not _end(connection, "left", claim):
                return False
            _check_new(connection, suspension, rules)
            _insert(connection, suspension)
            return True
        case _:
            assert_never(transition)


def _end(connection: sqlite3.Connection, kind: str, claim: tuple[str, str]) -> bool:
    if not changed_one(connection, _BURY, (kind, *claim)):
        return False
    connection.execute(_ERASE, claim[:1])
    connection.execute("DELETE FROM suspension WHERE state_digest = ?", (claim[0],))
    return True


def _insert(connection: sqlite3.Connection, suspension: SavedSuspension) -> None:
    version = (suspension.flow_version,)
    known: object = connection.execute(
        "SELECT 1 FROM flow_archive WHERE version = ?", version
    ).fetchone()
    if known is None:
        connection.execute(
            "INSERT INTO flow_archive (version, archive) VALUES (?, ?)",
            (*version, suspension.flow_archive),
        )
    sealed_login = connection.execute(
        "INSERT INTO sealed_login (sealed) VALUES (?)", (suspension.sealed,)
    ).lastrowid
    connection.execute(
        _INSERT,
        (
            suspension.state_digest,
            suspension.browser_digest,
            suspension.transaction_id,
            suspension.flow_name,
            suspension.flow_version,
            suspension.expires_at,
            sealed_login,
        ),
    )


def _check_new(
    connection: sqlite3.Connection, suspension: SavedSuspension, rules: SuspensionRules
) -> None:
    now = rules.clock.now()
    ended: object = connection.execute(
        "SELECT 1 FROM tombstone WHERE transaction_id = ? AND kind = 'finished' AND until > ?",
        (suspension.transaction_id, now),
    ).fetchone()
    if ended is not None:
        raise finished_already(rules.place)
    kept: object = connection.execute(
        "SELECT 1 FROM suspension WHERE state_digest = :state"
        " UNION ALL SELECT 1 FROM tombstone WHERE state_digest = :state",
        {"state": suspension.state_digest},
    ).fetchone()
    if kept is not None:
        raise kept_already(rules.place)


def _count(connection: sqlite3.Connection) -> int:
    row: tuple[object, ...] = connection.execute("SELECT count(*) FROM suspension").fetchone()
    return row[0] if isinstance(row[0], int) else 0


def _damaged(place: str) -> StoreError:
    return StoreError(
        f"{place} is damaged: a suspended login cannot be read.",
        "Restore the store from a backup; the login has to begin again.",
    )
