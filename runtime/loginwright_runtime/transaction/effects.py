"""Effects: the changes actions asked for, as values that a login is folded from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from loginwright_runtime.login.json_values import JsonObject, JsonValue

TokenName: TypeAlias = Literal["id_token", "access_token"]
MetadataKind: TypeAlias = Literal["user_metadata", "app_metadata"]
Holder: TypeAlias = Literal["session", "refresh_token"]


@dataclass(frozen=True, slots=True)
class Denied:
    """The login must not succeed.

    Attributes:
        how: ``deny``, ``validation``, or which revocation it was.
        code: The action's own code of ``validation.error``.
    """

    reason: str = field(repr=False)
    how: Literal["deny", "validation", "session", "refresh_token"] = "deny"
    code: str | None = None
    preserve_refresh_tokens: bool = False


@dataclass(frozen=True, slots=True)
class ClaimSet:
    """A custom claim that the rules accept."""

    token: TokenName
    name: str
    value: JsonValue = field(repr=False)


@dataclass(frozen=True, slots=True)
class ScopeChanged:
    """A scope to grant or to take away."""

    scope: str
    granted: bool


@dataclass(frozen=True, slots=True)
class MetadataSet:
    """A top-level key of the user's metadata; None removes it."""

    kind: MetadataKind
    key: str
    value: JsonValue = field(repr=False)


@dataclass(frozen=True, slots=True)
class MetadataTakenBack:
    """``undefined``: the key is not written after all (reference §1.6)."""

    kind: MetadataKind
    key: str


@dataclass(frozen=True, slots=True)
class MfaEnabled:
    """MFA owed at the end, or cancelled by ``none``."""

    provider: str
    options: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)


@dataclass(frozen=True, slots=True)
class FactorAsked:
    """A challenge or an enrolment to do after this action.

    Attributes:
        factors: Usable ones; empty when the call named none, which fails the login.
    """

    kind: Literal["challenge", "enrollment"]
    factors: tuple[JsonObject, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class MethodRecorded:
    """A custom authentication method; ``at`` in ISO 8601."""

    name: str
    at: str


@dataclass(frozen=True, slots=True)
class PrimaryUserSet:
    """Another user becomes the login's user once the handler has returned."""

    user_id: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class UserSentAway:
    """A redirect to an absolute URL that was checked and lacks its ``state`` as yet."""

    url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FormRendered:
    """A form to show."""

    id: str
    fields: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    vars: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)


@dataclass(frozen=True, slots=True)
class ExpiryShortened:
    """A session or refresh token must end by then, epoch milliseconds."""

    holder: Holder
    idle: bool
    at_ms: int


@dataclass(frozen=True, slots=True)
class HolderMetadataSet:
    """Metadata of the session or refresh token; None deletes the key."""

    holder: Holder
    key: str
    value: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class HolderMetadataEvicted:
    """All metadata of the session or refresh token go."""

    holder: Holder


@dataclass(frozen=True, slots=True)
class CookieModeSet:
    """How the session cookie lives on."""

    mode: str


@dataclass(frozen=True, slots=True)
class TransactionMetadataSet:
    """Metadata of the login; None removes the key."""

    key: str
    value: JsonValue = field(repr=False)


@dataclass(frozen=True, slots=True)
class SamlSet:
    """One setting of the SAML response; ``attribute`` names the attribute for setAttribute."""

    setting: str
    value: JsonValue = field(repr=False)
    attribute: str | None = None


@dataclass(frozen=True, slots=True)
class LoginBroken:
    """A limit was passed whose documented consequence is that the login fails."""

    message: str


Effect: TypeAlias = (
    Denied
    | ClaimSet
    | ScopeChanged
    | MetadataSet
    | MetadataTakenBack
    | MfaEnabled
    | FactorAsked
    | MethodRecorded
    | PrimaryUserSet
    | UserSentAway
    | FormRendered
    | ExpiryShortened
    | HolderMetadataSet
    | HolderMetadataEvicted
    | CookieModeSet
    | TransactionMetadataSet
    | SamlSet
    | LoginBroken
)


@dataclass(frozen=True, slots=True)
class Placed:
    """An effect and where it was asked for: what provenance is made of."""

    effect: Effect
    action: str
    line: int | None
