"""What starts a login and what continues one (contract.md, "Python API")."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, InstanceOf
from typing_extensions import override

from loginwright_runtime.login.json_values import JsonObject, JsonValue
from loginwright_runtime.login.time_limits import LATEST_DATE, LONGEST_SECONDS

_BROWSER_KEY = re.compile(r"\A[A-Za-z0-9_-]{43}\Z")


class RequestModel(BaseModel):
    """Base of what a host hands in: frozen, strict about names, silent about values."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True
    )

    @override
    def __repr__(self) -> str:
        """Name the type only: requests hold personal data (security.md 23)."""
        return f"{type(self).__name__}(…)"

    __str__ = __repr__


class EventPart(RequestModel):
    """A part of the event: members the reference does not name are passed through.

    A member that is None is not in the event; what a login has on the platform has a default.
    """

    model_config = ConfigDict(
        frozen=True, extra="allow", hide_input_in_errors=True, defer_build=True
    )


class Client(EventPart):
    """The application (reference §3, ``event.client``)."""

    client_id: str
    name: str | None = ""
    metadata: JsonObject | None = Field(default_factory=dict)


class Connection(EventPart):
    """Where the user signed in (``event.connection``)."""

    id: str | None = "con_loginwright"
    name: str | None = "Username-Password-Authentication"
    strategy: str | None = "auth0"


class HttpRequest(EventPart):
    """The browser's request (``event.request``)."""

    ip: str = "127.0.0.1"
    method: str = "GET"
    query: JsonObject = Field(default_factory=dict)
    body: JsonObject = Field(default_factory=dict)
    geoip: JsonObject | None = Field(default_factory=dict)
    hostname: str | None = None
    language: str | None = None
    user_agent: str | None = None
    asn: str | None = None


class ResourceServer(EventPart):
    """The api that the access token is for (``event.resource_server``)."""

    identifier: str


class TransactionDetails(EventPart):
    """What the authorization request asked for (``event.transaction``), protocol aside."""

    requested_scopes: tuple[str, ...] = ()
    acr_values: tuple[str, ...] | None = ()
    ui_locales: tuple[str, ...] | None = ()
    prompt: tuple[str, ...] | None = None
    redirect_uri: str | None = None
    response_type: tuple[str, ...] | None = None
    response_mode: str | None = None
    state: str | None = None
    login_hint: str | None = None
    locale: str | None = None
    metadata: JsonObject = Field(default_factory=dict)


class Authentication(EventPart):
    """How the user proved who they are (``event.authentication``)."""

    methods: tuple[JsonObject, ...] = ()


class TokenContext(RequestModel):
    """What the tokens need and no action decides (OpenID Connect Core 2, RFC 9068).

    Attributes:
        issuer: ``iss`` of both tokens; None takes ``EngineOptions.issuer``.
        nonce: Of the authorization request.
        auth_time: When the user authenticated, epoch seconds.
        sid: Session id for the ID token.
        acr: Authentication context class the host attests.
        amr: Authentication methods the host attests.
        azp: Authorized party, where it differs from the client.
        cnf: Proof-of-possession confirmation for the access token (RFC 7800).
        code: Authorization code, for ``c_hash`` in the hybrid flow.
        access_token_ttl: Seconds; None takes the engine's option.
        id_token_ttl: Seconds; None takes the engine's option.
    """

    issuer: str | None = None
    nonce: str | None = None
    auth_time: int | None = Field(default=None, le=LATEST_DATE)
    sid: str | None = None
    acr: str | None = None
    amr: tuple[str, ...] = ()
    azp: str | None = None
    cnf: JsonObject | None = None
    code: str | None = None
    access_token_ttl: int | None = Field(default=None, ge=1, le=LONGEST_SECONDS)
    id_token_ttl: int | None = Field(default=None, ge=1, le=LONGEST_SECONDS)


@dataclass(frozen=True, slots=True)
class NoBrowser:
    """There is no browser to bind to: an explicit choice (security.md 9)."""


@dataclass(frozen=True, slots=True)
class BindBrowser:
    """Bind every suspension to the browser that leaves; ``key`` comes from its cookie.

    Attributes:
        key: At ``start`` None: the engine makes one. At ``resume`` the cookie's value.
    """

    key: str | None = field(default=None, repr=False)

    def digest(self) -> str | None:
        """Return SHA-256 of the key, hex; None when the key is absent or malformed."""
        key: object = self.key  # a server's framework may hand in anything that a browser sent
        if not isinstance(key, str) or _BROWSER_KEY.match(key) is None:
            return None
        return hashlib.sha256(key.encode("ascii")).hexdigest()


Browser: TypeAlias = NoBrowser | BindBrowser


class LoginRequest(RequestModel):
    """One login to run.

    Attributes:
        user_id: Whose login; the profile comes from the UserStore.
        protocol: ``event.transaction.protocol`` (reference §3).
        interactive: Whether somebody can be sent away; None lets protocol and prompt decide
            (security.md 3).
        available_factors: MFA factors the user could pass; None: every factor an action names.
        browser: The browser the login belongs to; an explicit choice without a default.
        host_context: JSON of the host, sealed with the transaction, never shown to an action.
        event_extras: Members of the event that no other attribute names, passed through; None
            takes a member away that is there by default.
    """

    user_id: str = Field(min_length=1)
    protocol: str = "oidc-basic-profile"
    interactive: bool | None = None
    client: Client
    connection: Connection | None = Field(default_factory=Connection)
    organization: JsonObject | None = None
    request: HttpRequest = Field(default_factory=HttpRequest)
    transaction: TransactionDetails = Field(default_factory=TransactionDetails)
    authentication: Authentication | None = None
    session: JsonObject | None = None
    refresh_token: JsonObject | None = None
    resource_server: ResourceServer | None = None
    granted_scopes: tuple[str, ...] | None = None
    token: TokenContext = Field(default_factory=TokenContext)
    available_factors: tuple[str, ...] | None = None
    browser: InstanceOf[NoBrowser] | InstanceOf[BindBrowser]
    host_context: JsonObject | None = None
    event_extras: JsonObject = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RedirectReturn:
    """The browser came back to ``/continue``; all of it is what a browser sent.

    Attributes:
        state: As the browser brought it.
        request: The returning request; its query and body carry the parameters.
        browser: The cookie, as at ``start``.
    """

    state: str = field(repr=False)
    request: HttpRequest = field(repr=False)
    browser: Browser = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChallengeResult:
    """The host has challenged the user.

    Attributes:
        state: Of the suspension.
        factor: Which factor was used, such as ``otp``.
        passed: ``True`` and nothing that merely looks like it (security.md 13).
        method: Name in ``event.authentication.methods``; None takes ``mfa``. ``amr`` gets ``mfa``.
        by: Who answered; ``simulated`` raises the warning ``mfa-simulated``.
        browser: The host attests this result, so a browser need not come with it; one that does
            must be the one that left.
    """

    state: str = field(repr=False)
    factor: str
    passed: bool
    method: str | None = None
    by: Literal["host", "simulated"] = "host"
    browser: Browser | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class EnrollmentResult:
    """The host has enrolled the user with a factor, or they refused.

    ``event.user.enrolledFactors`` has the factor from here on; ``amr`` gets nothing of it.
    """

    state: str = field(repr=False)
    factor: str
    passed: bool
    method: str | None = None
    by: Literal["host", "simulated"] = "host"
    browser: Browser | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class FormResult:
    """The form was completed; ``fields`` came from a browser, ``vars`` from the host."""

    state: str = field(repr=False)
    fields: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    vars: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    request: HttpRequest | None = field(default=None, repr=False)
    browser: Browser = field(default_factory=NoBrowser, repr=False)


ResumeRequest: TypeAlias = RedirectReturn | ChallengeResult | EnrollmentResult | FormResult
