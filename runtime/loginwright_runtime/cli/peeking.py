"""Looks at a suspended login without using its state."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loginwright_runtime.engine.saved_login import SavedLogin, from_bytes
from loginwright_runtime.errors import FlowError
from loginwright_runtime.extension_points import ClaimRefused, ClaimRequest, Release
from loginwright_runtime.flow.bundle import read_bundle
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.tokens.sealing import SealBroken, SealedFor, Sealer, digest_of

if TYPE_CHECKING:
    from loginwright_runtime.extension_points import SavedSuspension, SuspensionStore

_LEASE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class SeenLogin:
    """What a suspended login says of itself.

    Attributes:
        saved: The login.
        flow: The flow version that continues it; None where the store's copy is broken.
    """

    saved: SavedLogin = field(repr=False)
    flow: Flow | None


async def peek(store: SuspensionStore, state: str) -> SeenLogin | None:
    """Return a suspended login, or None where the state opens none; the state stays unused.

    The command line has to know what the login waits for before it can answer, and on which
    hostname it began.
    """
    digest = digest_of(state)
    if digest is None:
        return None
    claim_id = secrets.token_hex(16)
    claimed = await store.claim(ClaimRequest(digest, None, claim_id, _LEASE_SECONDS))
    if isinstance(claimed, ClaimRefused):
        return None
    await store.settle(Release(digest, claim_id))
    row = claimed.suspension
    content = Sealer.unkeyed().open(row.sealed, state, _bound(row))
    saved = None if isinstance(content, SealBroken) else from_bytes(content)
    return None if saved is None else SeenLogin(saved, _flow(row))


def _bound(row: SavedSuspension) -> SealedFor:
    return SealedFor(row.state_digest, row.flow_version, row.transaction_id, row.expires_at)


def _flow(row: SavedSuspension) -> Flow | None:
    try:
        flow = read_bundle(row.flow_archive, row.flow_name)
    except FlowError:
        return None
    return flow if flow.version == row.flow_version else None
