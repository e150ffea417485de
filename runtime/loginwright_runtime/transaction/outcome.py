"""What comes of a login (contract.md, "Outcome"): the same shape as JSON and as Python models."""

from __future__ import annotations

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    TypeAdapter,
    model_serializer,
)
from typing_extensions import override

from loginwright_runtime.login.json_values import JsonObject, JsonValue
from loginwright_runtime.transaction.next_step import ErrorKind


class OutcomePart(BaseModel):
    """Base of everything in an outcome: frozen, and silent about values when printed."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True
    )

    @override
    def __repr__(self) -> str:
        """Name the type only: outcomes hold personal data (security.md 23)."""
        return f"{type(self).__name__}(…)"

    __str__ = __repr__

    @classmethod
    def of(cls, **members: object) -> Self:
        """Make one of values that are the engine's own and need no validation.

        Args:
            members: Every field of the model; defaults are not filled in.
        """
        part = cls.__new__(cls)
        private = cls.__private_attributes__
        kept = {name: one.get_default() for name, one in private.items()} if private else None
        put = object.__setattr__
        put(part, "__dict__", members)
        put(part, "__pydantic_fields_set__", set(members))
        put(part, "__pydantic_extra__", None)
        put(part, "__pydantic_private__", kept)
        return part


class FlowInfo(OutcomePart):
    """Which flow, in which version; None where a return belongs to no known login."""

    name: str | None
    version: str | None


class ProfileUpdate(OutcomePart):
    """What this call wrote to the profile; None removes a key."""

    user_metadata: JsonObject = Field(default_factory=dict)
    app_metadata: JsonObject = Field(default_factory=dict)


class Tokens(OutcomePart):
    """Signed tokens, ready for the application."""

    id_token: str | None
    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - a kind of token, no password
    expires_in: int
    scope: str


class Claims(OutcomePart):
    """Custom claims that went into each token."""

    id_token: JsonObject = Field(default_factory=dict)
    access_token: JsonObject = Field(default_factory=dict)


class Scope(OutcomePart):
    """Scopes: ``granted`` as they are at the end."""

    granted: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class MultifactorInfo(OutcomePart):
    """MFA that an action owed with ``multifactor.enable``."""

    provider: str
    options: JsonObject = Field(default_factory=dict)
    satisfied: bool = False
    by: str | None = None


class AuthenticationInfo(OutcomePart):
    """How the user proved who they are, as tokens say it (security.md 7).

    Attributes:
        auth_time: Epoch seconds, as the host attests it; None where it does not.
    """

    acr: str | None = None
    amr: tuple[str, ...] = ()
    auth_time: int | None = None
    methods: tuple[JsonObject, ...] = ()


class PrimaryUser(OutcomePart):
    """The login's user before and after ``setPrimaryUser``."""

    model_config = ConfigDict(populate_by_name=True)

    from_: str = Field(alias="from")
    to: str

    @model_serializer
    def _named(self) -> dict[str, str]:
        return {"from": self.from_, "to": self.to}


class SessionInfo(OutcomePart):
    """What the host must do with the session; times in ISO 8601."""

    revoked: bool = False
    preserve_refresh_tokens: bool = False
    expires_at: str | None = None
    idle_expires_at: str | None = None
    cookie_mode: str | None = None
    metadata: JsonObject = Field(default_factory=dict)


class RefreshTokenInfo(OutcomePart):
    """What the host must do with the refresh token; ``revoked`` is the reason given."""

    issue: bool = False
    revoked: str | None = None
    expires_at: str | None = None
    idle_expires_at: str | None = None
    metadata: JsonObject = Field(default_factory=dict)


class SuspensionInfo(OutcomePart):
    """Where the login waits."""

    kind: Literal["redirect", "challenge", "enrollment", "form"]
    action: str | None
    url: str | None = None
    state: str
    factors: tuple[str, ...] = ()
    form: JsonObject | None = None
    expires_at: str


class ExceptionInfo(OutcomePart):
    """What an action threw."""

    name: str
    message: str
    stack: tuple[str, ...] = ()


class ErrorInfo(OutcomePart):
    """Why a login was denied or failed.

    Attributes:
        code: OAuth error code (RFC 6749 §4.1.2.1, §5.2).
        description: For people; secrets masked.
        kind: What sort of end it is, for programs.
    """

    code: str
    description: str
    kind: ErrorKind
    action: str | None = None
    line: int | None = None
    exception: ExceptionInfo | None = None

    @property
    def detail(self) -> str:
        """The full text, which never goes to an application (security.md 8)."""
        return self.description


class WarningInfo(OutcomePart):
    """Something odd that did not end the login."""

    code: str
    action: str | None
    line: int | None
    message: str


class LogInfo(OutcomePart):
    """A line an action printed."""

    seq: int
    action: str
    level: str
    text: str
    line: int | None


class CallInfo(OutcomePart):
    """An api call as the action made it."""

    seq: int
    method: str
    args: list[JsonValue]
    read: bool
    result: JsonValue
    line: int | None


class StepInfo(OutcomePart):
    """One handler that ran; one that never ended has no duration."""

    seq: int
    action: str
    handler: str
    duration_ms: float | None
    calls: tuple[CallInfo, ...] = ()


class Outcome(OutcomePart):
    """What comes of a start or a resume; every key is always there.

    Attributes:
        transaction_id: None where a return belongs to no known login.
    """

    status: Literal["allowed", "denied", "suspended", "failed"]
    transaction_id: str | None
    flow: FlowInfo
    host_context: JsonObject | None = None
    user: JsonObject | None = None
    profile_update: ProfileUpdate | None = None
    tokens: Tokens | None = None
    claims: Claims | None = None
    scope: Scope = Field(default_factory=Scope)
    multifactor: MultifactorInfo | None = None
    authentication: AuthenticationInfo = Field(default_factory=AuthenticationInfo)
    primary_user: PrimaryUser | None = None
    session: SessionInfo = Field(default_factory=SessionInfo)
    refresh_token: RefreshTokenInfo = Field(default_factory=RefreshTokenInfo)
    saml: JsonObject = Field(default_factory=dict)
    suspension: SuspensionInfo | None = None
    error: ErrorInfo | None = None
    warnings: tuple[WarningInfo, ...] = ()
    logs: tuple[LogInfo, ...] = ()
    steps: tuple[StepInfo, ...] = ()
    _record: object | None = PrivateAttr(default=None)
    _public_errors: Literal["message", "generic"] = PrivateAttr(default="message")

    def keep_record(self, record: object, public_errors: Literal["message", "generic"]) -> None:
        """Carry the run record and the wording of errors beside the JSON; for the engine."""
        self._record = record
        self._public_errors = public_errors

    @property
    def record(self) -> object | None:
        """The run record, in no JSON; ``tracing.record_of`` gives it with its type."""
        return self._record

    @property
    def public_errors(self) -> Literal["message", "generic"]:
        """How much ``oauth_error`` may say (security.md 8)."""
        return self._public_errors


class Allowed(Outcome):
    """Nothing more is owed; tokens are signed when the engine has a signer."""

    status: Literal["allowed"] = "allowed"  # pyright: ignore[reportIncompatibleVariableOverride]  # narrower, and frozen


class Denied(Outcome):
    """The login is refused; metadata were written all the same."""

    status: Literal["denied"] = "denied"  # pyright: ignore[reportIncompatibleVariableOverride]  # narrower, and frozen


class Failed(Outcome):
    """An action threw, timed out or lost its worker, or the state is not to be used."""

    status: Literal["failed"] = "failed"  # pyright: ignore[reportIncompatibleVariableOverride]  # narrower, and frozen
    _retry_after: int | None = PrivateAttr(default=None)

    def keep_retry_after(self, seconds: int) -> None:
        """Carry beside the JSON when to try again; for the engine."""
        self._retry_after = seconds

    @property
    def retry_after(self) -> int | None:
        """Seconds after which the same return may continue the login; in no JSON.

        Set where somebody else is continuing it just now: a browser that sent the return twice, or
        a process that died with it, whose claim then lapses (security.md 11); and where no worker
        came free for it, so that nothing ran.
        """
        return self._retry_after


class Suspended(Outcome):
    """The login waits for its browser or for the host."""

    status: Literal["suspended"] = "suspended"  # pyright: ignore[reportIncompatibleVariableOverride]  # narrower, and frozen
    _browser_key: str | None = PrivateAttr(default=None)

    def keep_browser_key(self, key: str | None) -> None:
        """Carry the browser's key beside the JSON; the engine calls this once."""
        self._browser_key = key

    @property
    def kind(self) -> Literal["redirect", "challenge", "enrollment", "form"]:
        """What it waits for."""
        return self._suspension.kind

    @property
    def url(self) -> str | None:
        """Where to send the browser, state included; None unless a redirect."""
        return self._suspension.url

    @property
    def state(self) -> str:
        """What brings the login back."""
        return self._suspension.state

    @property
    def browser_key(self) -> str | None:
        """For the cookie of security.md 9; None with ``NoBrowser``. In no JSON."""
        return self._browser_key

    @property
    def _suspension(self) -> SuspensionInfo:
        if self.suspension is None:
            raise ValueError("a suspended outcome says where it waits")
        return self.suspension


AnyOutcome: TypeAlias = Annotated[
    Allowed | Denied | Suspended | Failed, Field(discriminator="status")
]
"""Any outcome, told apart by ``status``."""


def outcome_from_json(data: bytes | str) -> Allowed | Denied | Suspended | Failed:
    """Read an outcome back from its JSON; pydantic's ValidationError when it is none."""
    adapter: TypeAdapter[Allowed | Denied | Suspended | Failed] = TypeAdapter(
        AnyOutcome, config=ConfigDict(hide_input_in_errors=True)
    )
    return adapter.validate_json(data)
