"""LoginTransaction: a login in progress as one value (architecture.md, rule 1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from loginwright_runtime.login.json_values import JsonObject, JsonValue
from loginwright_runtime.transaction.effects import MetadataKind
from loginwright_runtime.transaction.holders import HolderChanges

HandlerName: TypeAlias = Literal["onExecutePostLogin", "onContinuePostLogin"]


@dataclass(frozen=True, slots=True)
class PendingKey:
    """A metadata key to write.

    Attributes:
        value: None removes the key.
        expected: The stored value when the login first set the key.
    """

    kind: MetadataKind
    key: str
    value: JsonValue = field(repr=False)
    expected: JsonValue = field(default=None, repr=False)


NO_REASON = "Access denied."
"""Stands for a reason that nobody gave: an application is owed one (RFC 6749 §4.1.2.1)."""


@dataclass(frozen=True, slots=True)
class Denial:
    """Why the login is denied; ``reason`` is never empty."""

    reason: str = field(repr=False)
    how: Literal["deny", "validation", "session", "refresh_token"]
    action: str
    line: int | None
    preserve_refresh_tokens: bool = False


@dataclass(frozen=True, slots=True)
class Breakage:
    """Why the login must fail, by a limit that an action passed."""

    message: str
    action: str
    line: int | None


@dataclass(frozen=True, slots=True)
class FactorStep:
    """A challenge or enrolment still to do."""

    kind: Literal["challenge", "enrollment"]
    factors: tuple[JsonObject, ...] = field(repr=False)
    action: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Multifactor:
    """MFA owed at the end of the flow."""

    provider: str
    options: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    satisfied: bool = False
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Leaving:
    """A redirect or a form that an action asked for."""

    kind: Literal["redirect", "form"]
    action: str
    line: int | None
    url: str = field(default="", repr=False)
    form_id: str | None = None
    fields: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    vars: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)


@dataclass(frozen=True, slots=True)
class Note:
    """A warning that applying effects raised."""

    code: str
    message: str
    action: str | None
    line: int | None


@dataclass(frozen=True)  # Without slots, so that ``with_changes`` copies all of it at once.
class LoginTransaction:
    """One login between its start and its end. Mappings are never changed in place.

    Attributes:
        id: 32 hex digits.
        user_id: Whose login it is now; ``setPrimaryUser`` changes it.
        position: Index into the flow's actions of the handler to run next.
        handler: Which handler of it.
        fixed_now: The login's fixed clock, epoch seconds, or None for the real one.
        spent_seconds: What handlers of this leg have used of its budget.
        suspensions: How often the login has been suspended.
        redirects: How often an action has sent the user away.
        mfa_commands: Challenges and enrolments asked for so far (at most 4 count).
        factor_steps: Those still to do before the login goes on.
        passed_factors: Factors passed in this login, those just enrolled too.
        enrolled_factors: Those of them that were enrolled, which is no passed challenge.
        methods: Authentication methods to add to ``event.authentication.methods``.
        asked_challenge: A challenge was asked for, which overrides ``multifactor``.
        form_result: What came back from a form, for ``event.prompt``.
    """

    id: str
    user_id: str = field(repr=False)
    position: int = 0
    handler: HandlerName = "onExecutePostLogin"
    fixed_now: float | None = None
    spent_seconds: float = 0.0
    suspensions: int = 0
    redirects: int = 0
    id_claims: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue], repr=False)
    access_claims: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue], repr=False)
    scopes_added: tuple[str, ...] = ()
    scopes_removed: tuple[str, ...] = ()
    pending: tuple[PendingKey, ...] = field(default=(), repr=False)
    metadata: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    multifactor: Multifactor | None = None
    mfa_commands: int = 0
    asked_challenge: bool = False
    factor_steps: tuple[FactorStep, ...] = ()
    passed_factors: tuple[str, ...] = ()
    enrolled_factors: tuple[str, ...] = ()
    methods: tuple[JsonObject, ...] = field(default=(), repr=False)
    denials: tuple[Denial, ...] = ()
    breakage: Breakage | None = None
    leaving: Leaving | None = None
    session: HolderChanges = field(default_factory=HolderChanges)
    refresh_token: HolderChanges = field(default_factory=HolderChanges)
    saml: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    primary_asked: str | None = field(default=None, repr=False)
    primary_user: tuple[str, str] | None = field(default=None, repr=False)
    form_result: JsonObject | None = field(default=None, repr=False)

    @property
    def has_passed_challenge(self) -> bool:
        """Whether the user passed a challenge in this login (security.md 7)."""
        return len(self.passed_factors) > len(self.enrolled_factors)
