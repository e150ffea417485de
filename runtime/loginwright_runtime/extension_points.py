"""What an embedder can replace: one small protocol each, one argument object a method.

Values that cross here are frozen dataclasses, so that a member can be added without breaking an
implementation. ``loginwright_runtime.testing`` ships a fake and a conformance suite for each store.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from loginwright_runtime.api.call import Reply, WorkerCall
from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.login.json_values import JsonObject, JsonValue

if TYPE_CHECKING:
    from loginwright_runtime.debugging.code import CodeWatcher  # noqa: TC004 - loaded only where somebody debugs

__all__ = [
    "ActionHost",
    "CacheChange",
    "CacheRecord",
    "CacheScope",
    "CacheStore",
    "ClaimRefused",
    "ClaimRequest",
    "ClaimedSuspension",
    "Clock",
    "Directory",
    "Finish",
    "GroupsPage",
    "GroupsQuery",
    "HandlerName",
    "HostFailed",
    "Invocation",
    "InvocationEnd",
    "LogLine",
    "MetadataChange",
    "MissingHandler",
    "ProfileWrite",
    "Release",
    "Renew",
    "Returned",
    "RolesPage",
    "RolesQuery",
    "SavedSuspension",
    "SecretRequest",
    "SecretSource",
    "SigningRequest",
    "SuspendAgain",
    "SuspensionStore",
    "Threw",
    "TimedOut",
    "TokenSigner",
    "Transition",
    "UserQuery",
    "UserRecord",
    "UserStore",
    "WriteResult",
]

HandlerName: TypeAlias = Literal["onExecutePostLogin", "onContinuePostLogin"]


class Clock(Protocol):
    """Where the time of a login comes from."""

    def now(self) -> float:
        """Return seconds since the epoch, UTC."""
        ...


# --- Action hosts -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line that an action printed.

    Attributes:
        level: ``log``, ``info``, ``warn``, ``error``, ``debug`` or ``trace``.
        text: What was printed, formatted as the language does; unmasked.
        line: Source line in the action's file, from 1, or None.
    """

    level: str
    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Invocation:
    """One call of one handler.

    Attributes:
        flow: The flow version whose worker runs it.
        action: Which action.
        handler: Which of its handlers.
        event: The event as JSON bytes, ``event.secrets`` included.
        budget_seconds: Seconds the handler may take once it has begun (security.md, "Workers").
        queue_seconds: Seconds to wait for a free worker.
        answer: Turns a call into its reply; an awaitable only where a foreign store or a debugger
            has to be asked. Called for every call, also those the worker does not wait for
            (their reply is dropped).
        listen: Receives what the action prints.
        now: Fixed wall clock of the action in epoch seconds, or None for the real one.
        network: ``none`` makes every connection fail with a clear error.
        fresh_modules: Evaluate the action's modules anew instead of keeping them warm.
        wait_every_call: Every call waits for its reply (a debugged run).
        lost_call: Told, in words, when code of an earlier handler called late (security.md 22).
        watcher: Debugs the code line by line, in a worker of its own for it; a host that cannot do
            that runs the handler without. None does not.
    """

    flow: Flow
    action: Action
    handler: HandlerName
    event: bytes
    budget_seconds: float
    queue_seconds: float
    answer: Callable[[WorkerCall], Reply | Awaitable[Reply]]
    listen: Callable[[LogLine], None]
    now: float | None = None
    network: Literal["open", "none"] = "open"
    fresh_modules: bool = False
    wait_every_call: bool = False
    lost_call: Callable[[str], None] = field(default=lambda _note: None)
    watcher: CodeWatcher | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """The handler ended by itself.

    Attributes:
        duration_ms: From the handler's first instruction to its end, as the worker measured it.
    """

    duration_ms: float


@dataclass(frozen=True, slots=True)
class Threw:
    """The handler, or the module's own code, threw or rejected.

    Attributes:
        name: Constructor or class name, ``Error`` for a thrown non-error.
        message: The message; a thrown non-error in its printed form.
        stack: Frames of the flow's own files, nearest first, as ``actions/x.js:12:5``.
        line: Line of the nearest frame in the action's own file, or None.
        missing_package: Package that could not be found, when that is the cause.
        duration_ms: As in ``Returned``.
    """

    name: str
    message: str
    stack: tuple[str, ...] = ()
    line: int | None = None
    missing_package: str | None = None
    duration_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class MissingHandler:
    """The module exports no such handler."""

    exported: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The handler outlived its budget and its worker was killed.

    Attributes:
        waiting: True when no worker came free within ``queue_seconds`` (nothing ran).
        line: Where the code was, when the worker could still tell.
    """

    waiting: bool = False
    line: int | None = None


@dataclass(frozen=True, slots=True)
class HostFailed:
    """The worker died or lied.

    Attributes:
        reason: One sentence: exit status or signal, out of memory, a bad frame.
        line: Line where known.
    """

    reason: str
    line: int | None = None


InvocationEnd: TypeAlias = Returned | Threw | MissingHandler | TimedOut | HostFailed


class ActionHost(Protocol):
    """Runs action code, never in this process (architecture.md, rule 4)."""

    async def run(self, invocation: Invocation) -> InvocationEnd:
        """Run one handler to its end; never raises for what the action did."""
        ...

    async def aclose(self) -> None:
        """End every worker and wait until they are reaped."""
        ...


# --- Suspended logins ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SavedSuspension:
    """A sealed login as a store keeps it (security.md 10).

    Attributes:
        state_digest: SHA-256 of the state, hex; the key of the row.
        browser_digest: SHA-256 of the browser key, hex, or None for ``NoBrowser``.
        transaction_id: The login's id; a tombstone of it stays until ``expires_at`` when it ends.
        flow_name: For people who look at the store.
        flow_version: Version that must resume it.
        expires_at: Epoch seconds, in the store's time.
        sealed: The login itself, AES-256-GCM.
        flow_archive: The flow version as a bundle, kept once per version.
    """

    state_digest: str
    browser_digest: str | None
    transaction_id: str
    flow_name: str
    flow_version: str
    expires_at: float
    sealed: bytes = field(repr=False)
    flow_archive: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClaimRequest:
    """Somebody came back with a state.

    Attributes:
        state_digest: SHA-256 of the state they brought, hex.
        browser_digest: SHA-256 of the browser key they brought, or None for ``NoBrowser``.
        claim_id: Fresh random id that fences whoever claims (security.md 11).
        lease_seconds: How long the claim holds unless renewed, in real time.
        known_versions: Flow versions the caller holds; their archive is not fetched again.
    """

    state_digest: str
    browser_digest: str | None
    claim_id: str
    lease_seconds: float
    known_versions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ClaimedSuspension:
    """The claim succeeded: nobody else can resume this state while the lease holds."""

    suspension: SavedSuspension
    claim_id: str


@dataclass(frozen=True, slots=True)
class ClaimRefused:
    """No claim; for the caller all reasons but ``expired`` read the same (security.md 9).

    Attributes:
        reason: ``unknown`` (also a foreign browser), ``used`` (claimed or finished), ``expired``.
        lapses_in: Of a state that is ``used`` because somebody has claimed it: seconds until that
            claim lapses unless it is renewed. None where it is used for good; a store that does
            not tell leaves its users without a time to come back.
    """

    reason: Literal["unknown", "used", "expired"]
    lapses_in: float | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Renew:
    """Extend the lease of a claim."""

    state_digest: str
    claim_id: str
    lease_seconds: float


@dataclass(frozen=True, slots=True)
class Release:
    """Give the state back unused: nothing ran (security.md 12)."""

    state_digest: str
    claim_id: str


@dataclass(frozen=True, slots=True)
class Finish:
    """The login ended: remove the sealed login, keep a tombstone until its expiry."""

    state_digest: str
    claim_id: str


@dataclass(frozen=True, slots=True)
class SuspendAgain:
    """The login left once more: the old state is used, the new one saved, in one commit."""

    state_digest: str
    claim_id: str
    suspension: SavedSuspension


Transition: TypeAlias = Renew | Release | Finish | SuspendAgain


class SuspensionStore(Protocol):
    """Keeps suspended logins. Raises StoreError when the store itself fails.

    Attributes:
        clock: The store's time; expiry compares in it (security.md 28).
    """

    @property
    def clock(self) -> Clock:
        """The store's time."""
        ...

    async def save(self, suspension: SavedSuspension) -> None:
        """Keep a first suspension durably before returning."""
        ...

    async def claim(self, request: ClaimRequest) -> ClaimedSuspension | ClaimRefused:
        """Claim a state in one atomic statement; of many at once exactly one wins.

        A claim whose lease has lapsed can be claimed again: its process died.
        """
        ...

    async def settle(self, transition: Transition) -> bool:
        """Apply a transition if the claim still holds; False when it does not (write nothing)."""
        ...


# --- Users ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UserQuery:
    """Which user."""

    user_id: str


@dataclass(frozen=True, slots=True)
class UserRecord:
    """A user as the store knows them now.

    Attributes:
        profile: JSON of ``event.user`` (reference §3), ``user_metadata`` and ``app_metadata``
            included.
        blocked: A blocked user's login ends with ``access_denied`` and nothing runs.
    """

    profile: JsonObject = field(repr=False)
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class MetadataChange:
    """One key of metadata to write.

    Attributes:
        kind: Which metadata.
        key: Top-level key.
        value: New value; None removes the key.
        expected: The stored value when the login first set the key (None: absent). A key whose
            stored value differs now is skipped: the stored value wins (security.md 5).
    """

    kind: Literal["user_metadata", "app_metadata"]
    key: str
    value: JsonValue = field(repr=False)
    expected: JsonValue = field(repr=False, default=None)


@dataclass(frozen=True, slots=True)
class ProfileWrite:
    """All metadata of a login, in one write (seed).

    Attributes:
        user_id: Whose profile.
        changes: In the order in which the keys were first set.
        idempotency_key: The same key must not be applied twice; a repetition answers as the first.
    """

    user_id: str
    changes: tuple[MetadataChange, ...]
    idempotency_key: str


@dataclass(frozen=True, slots=True)
class WriteResult:
    """What came of a profile write.

    Attributes:
        record: The user after it; None when the user is gone.
        skipped: Changes that were not written because the stored value had changed.
    """

    record: UserRecord | None
    skipped: tuple[MetadataChange, ...] = ()


class UserStore(Protocol):
    """Reads and writes user profiles. RateLimitedError asks the engine to wait."""

    async def read(self, query: UserQuery) -> UserRecord | None:
        """Return the user, or None when there is none."""
        ...

    async def write(self, write: ProfileWrite) -> WriteResult:
        """Apply the changes atomically and durably before returning."""
        ...


# --- Secrets, signing, directory, cache ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SecretRequest:
    """The secrets one action declares."""

    flow_name: str
    action_id: str
    names: tuple[str, ...]


class SecretSource(Protocol):
    """Where secret values come from."""

    async def secrets(self, request: SecretRequest) -> Mapping[str, str]:
        """Return the values found; a name left out has no value."""
        ...


@dataclass(frozen=True, slots=True)
class SigningRequest:
    """One token to sign.

    Attributes:
        claims: The payload, complete; ``iss`` included.
        algorithm: ``RS256`` or ``ES256`` (EngineOptions.algorithm).
        token_type: Header ``typ``: ``JWT`` or ``at+jwt`` (RFC 9068).
    """

    claims: JsonObject = field(repr=False)
    algorithm: str = "RS256"
    token_type: str = "JWT"  # noqa: S105 - a header value, no password


class TokenSigner(Protocol):
    """Signs ID and access tokens. Raises SignerError."""

    async def sign(self, request: SigningRequest) -> str:
        """Return the token in compact form."""
        ...


@dataclass(frozen=True, slots=True)
class RolesQuery:
    """``api.roles.*`` (reference §2): all roles of a user, or those with given ids or names."""

    user_id: str
    organization_id: str | None = None
    ids: tuple[str, ...] | None = None
    names: tuple[str, ...] | None = None
    take: int = 50
    start: str | None = None


@dataclass(frozen=True, slots=True)
class RolesPage:
    """Roles as JSON objects (``id``, ``name``, ``description``), and where the next page starts."""

    roles: tuple[JsonObject, ...] = ()
    next: str | None = None


@dataclass(frozen=True, slots=True)
class GroupsQuery:
    """``api.groups.*`` (reference §2): groups of a user, all or those with an id or name."""

    user_id: str
    ids_or_names: tuple[str, ...] | None = None
    take: int = 50
    start: str | None = None


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """Groups as JSON objects (``id``, ``name``), and where the next page starts."""

    groups: tuple[JsonObject, ...] = ()
    next: str | None = None


class Directory(Protocol):
    """Roles and groups of users; may answer at once or later."""

    def roles(self, query: RolesQuery) -> RolesPage | Awaitable[RolesPage]:
        """Return one page of roles."""
        ...

    def groups(self, query: GroupsQuery) -> GroupsPage | Awaitable[GroupsPage]:
        """Return one page of groups."""
        ...


@dataclass(frozen=True, slots=True)
class CacheScope:
    """A cache belongs to one flow (security.md 22)."""

    flow_name: str


@dataclass(frozen=True, slots=True)
class CacheRecord:
    """One cached value; ``expires_at`` in epoch milliseconds, as the api shows it."""

    value: str
    expires_at: int


@dataclass(frozen=True, slots=True)
class CacheChange:
    """What one handler changed; a None removes the key."""

    scope: CacheScope
    records: Mapping[str, CacheRecord | None]


class CacheStore(Protocol):
    """The flow's cache: at most 20 entries and 8 kB, so it is read as a whole."""

    def read(
        self, scope: CacheScope
    ) -> Mapping[str, CacheRecord] | Awaitable[Mapping[str, CacheRecord]]:
        """Return every record, expired ones too."""
        ...

    def commit(self, change: CacheChange) -> Awaitable[None] | None:
        """Apply what a handler changed, all of it or nothing."""
        ...
