"""What leaves a store file by itself (security.md 24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.stores.limits import EXPIRED_SECONDS
from loginwright_runtime.stores.sqlite_database import Database, Durability

if TYPE_CHECKING:
    import sqlite3

    from loginwright_runtime.extension_points import Clock

_AT_ONCE = 1000

_BURY_EXPIRED = """
    INSERT INTO tombstone (state_digest, browser_digest, transaction_id, kind, until)
    SELECT state_digest, browser_digest, transaction_id, 'expired', expires_at + :longer
      FROM suspension
     WHERE expires_at <= :now
       AND (claim_id IS NULL OR lease_until <= :real OR lease_from > :real)
     ORDER BY expires_at LIMIT :most"""

_ERASE_SEALED = """
    DELETE FROM sealed_login WHERE id IN (
        SELECT sealed_login FROM suspension
         WHERE expires_at <= :now AND state_digest IN (SELECT state_digest FROM tombstone))"""

_ERASE_BURIED = """
    DELETE FROM suspension
     WHERE expires_at <= :now AND state_digest IN (SELECT state_digest FROM tombstone)"""

_DROP_ARCHIVES = """
    DELETE FROM flow_archive WHERE NOT EXISTS (
        SELECT 1 FROM suspension WHERE suspension.flow_version = flow_archive.version)"""


def bury_expired(connection: sqlite3.Connection, now: float, real: float) -> bool:
    """Erase what expired logins had sealed, 1,000 at once; True when there may be more.

    A login that is being resumed stays until its lease lapses. Of the others digests and times
    stay for a day, so that a late user is told ``expired``.
    """
    values = {"now": now, "real": real, "most": _AT_ONCE, "longer": EXPIRED_SECONDS}
    connection.execute(_BURY_EXPIRED, values)
    connection.execute(_ERASE_SEALED, values)
    return connection.execute(_ERASE_BURIED, values).rowcount >= _AT_ONCE


def purge(database: Database, clock: Clock, real: float) -> bool:
    """Remove whatever has expired; True when there is more.

    Another process that holds the file is not waited for: that is a StoreError, for a later try.
    Flow versions go with the last suspension that needs them: here, not at the end of each login,
    so that a busy flow does not write its archive once a login.
    """
    with database.impatient():
        return _purge(database, clock.now(), real)


def _purge(database: Database, now: float, real: float) -> bool:
    with database.writing(Durability.DISK) as connection:
        more = bury_expired(connection, now, real)
        connection.execute("DELETE FROM tombstone WHERE until <= ?", (now,))
        connection.execute("DELETE FROM profile_write WHERE keep_until <= ?", (now,))
        connection.execute("DELETE FROM cache WHERE keep_until <= ?", (now,))
        connection.execute(_DROP_ARCHIVES)
    return more or database.compact()
