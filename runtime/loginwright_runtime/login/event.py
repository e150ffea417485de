"""The event's members, typed (reference §3): for the editor's sake, for completion and docs.

Python names are snake_case throughout; ``member_table`` gives the platform's own spelling. Maps
with a user's own keys are plain dicts. A member that may be absent is ``None`` then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, get_args, get_origin, get_type_hints

from loginwright_runtime.login.json_values import JsonObject, JsonValue

Text = str | None
Texts = list[str]


class EventObject:
    """Part of an event: known members are typed, unknown ones can be read too."""

    def __getattr__(self, name: str) -> JsonValue:
        """Members the reference does not name reach the action all the same."""
        raise AttributeError(name)


class GeoIp(EventObject):
    """Where the request came from, by its address."""

    country_code: Annotated[Text, "ISO 3166-1 alpha-2, such as DE."]
    country_code3: Annotated[Text, "ISO 3166-1 alpha-3."]
    country_name: Annotated[Text, "Name of the country."]
    city_name: Annotated[Text, "Name of the city."]
    latitude: Annotated[float | None, "Degrees north."]
    longitude: Annotated[float | None, "Degrees east."]
    time_zone: Annotated[Text, "IANA time zone."]
    subdivision_code: Annotated[Text, "Code of the state or province."]
    subdivision_name: Annotated[Text, "Name of the state or province."]
    continent_code: Annotated[Text, "Two letters, such as EU or NA."]


class Request(EventObject):
    """The browser's request; after a suspension the one that came back."""

    ip: Annotated[str, "Address of the browser."]
    method: Annotated[str, "GET or POST."]
    query: Annotated[JsonObject, "Query parameters, credentials left out."]
    body: Annotated[JsonObject, "Form members, credentials left out."]
    geoip: Annotated[GeoIp, "Where the address is."]
    hostname: Annotated[Text, "Host the login runs on."]
    language: Annotated[Text, "What the browser asks for."]
    user_agent: Annotated[Text, "Of the browser."]
    asn: Annotated[Text, "Autonomous system of the address."]


class Client(EventObject):
    """The application."""

    client_id: Annotated[str, "Its id."]
    name: Annotated[str, "Its name."]
    metadata: Annotated[JsonObject, "Its own metadata."]


class Connection(EventObject):
    """Where the user signed in."""

    id: Annotated[str, "Id of the connection."]
    name: Annotated[str, "Name; for social connections the strategy."]
    strategy: Annotated[str, "auth0 for databases, google-oauth2, waad, samlp, …"]
    metadata: Annotated[JsonObject | None, "Its own metadata."]


class AuthenticationMethod(EventObject):
    """One way in which the user proved who they are in this session."""

    name: Annotated[str, "pwd, passkey, federated, mfa, … or an http(s) URL."]
    timestamp: Annotated[str, "When, ISO 8601."]
    type: Annotated[Text, "Factor, for mfa."]


class Assessment(EventObject):
    """One risk assessment."""

    confidence: Annotated[str, "low, medium, high or neutral."]
    code: Annotated[str, "Why."]
    details: Annotated[JsonObject | None, "What it was judged by."]


class Assessments(EventObject):
    """The single assessments."""

    untrusted_ip: Annotated[Assessment | None, "Is the address on a deny-list?"]
    new_device: Annotated[Assessment | None, "Has the user been seen with this device?"]
    impossible_travel: Annotated[Assessment | None, "Could they have travelled that far?"]
    agent_detection: Annotated[Assessment | None, "Is an agent at work?"]


class RiskAssessment(EventObject):
    """How risky the login looks; needs adaptive MFA at the host."""

    confidence: Annotated[str, "low, medium, high or neutral."]
    version: Annotated[str, "Version of the assessment."]
    assessments: Annotated[Assessments, "The single ones."]
    supplemental: Annotated[JsonObject | None, "Signals of other vendors."]


class Authentication(EventObject):
    """How the user proved who they are."""

    methods: Annotated[list[AuthenticationMethod], "All of the session, oldest first."]
    risk_assessment: Annotated[RiskAssessment | None, "How risky it looks."]


class Authorization(EventObject):
    """What the user may do."""

    roles: Annotated[Texts, "Names of their roles."]


class Organization(EventObject):
    """The organization the user logs in to."""

    id: Annotated[str, "Its id."]
    name: Annotated[str, "Its name in URLs."]
    display_name: Annotated[str, "Its name for people."]
    metadata: Annotated[JsonObject, "Its own metadata."]


class Identity(EventObject):
    """One account that the user signs in with."""

    connection: Annotated[Text, "Connection it belongs to."]
    provider: Annotated[Text, "Provider."]
    user_id: Annotated[Text, "Id at the provider."]
    profile_data: Annotated[JsonObject | None, "Profile of a linked account."]
    is_social: Annotated[bool | None, "Whether it is a social one."]


class EnrolledFactor(EventObject):
    """A factor the user has enrolled."""

    type: Annotated[str, "otp, phone, push-notification, …"]
    options: Annotated[JsonObject | None, "How it is used."]


class User(EventObject):
    """The user's profile, with what earlier actions of this login set laid over it."""

    user_id: Annotated[str, "The only member that is always there."]
    email: Annotated[Text, "Address."]
    email_verified: Annotated[bool | None, "Whether it was verified."]
    name: Annotated[Text, "Full name."]
    given_name: Annotated[Text, "Given name."]
    family_name: Annotated[Text, "Family name."]
    nickname: Annotated[Text, "Nickname."]
    picture: Annotated[Text, "URL of a picture."]
    phone_number: Annotated[Text, "Telephone number."]
    phone_verified: Annotated[bool | None, "Whether it was verified."]
    username: Annotated[Text, "User name."]
    created_at: Annotated[Text, "ISO 8601."]
    updated_at: Annotated[Text, "ISO 8601."]
    last_password_reset: Annotated[Text, "ISO 8601; absent until the first reset."]
    user_metadata: Annotated[JsonObject, "What the user may change."]
    app_metadata: Annotated[JsonObject, "What only the application may change."]
    identities: Annotated[list[Identity], "Accounts of the user."]
    multifactor: Annotated[Texts | None, "MFA providers in use."]
    enrolled_factors: Annotated[list[EnrolledFactor] | None, "None: could not be fetched."]


class Session(EventObject):
    """The browser's session at the host."""

    id: Annotated[str, "Its id."]
    user_id: Annotated[Text, "Whose."]
    created_at: Annotated[Text, "ISO 8601."]
    updated_at: Annotated[Text, "ISO 8601."]
    authenticated_at: Annotated[Text, "ISO 8601."]
    idle_expires_at: Annotated[Text, "ISO 8601."]
    expires_at: Annotated[Text, "ISO 8601."]
    last_interacted_at: Annotated[Text, "ISO 8601."]
    clients: Annotated[list[JsonObject] | None, "Applications of the session."]
    device: Annotated[JsonObject | None, "First and last address, agent and system."]
    cookie: Annotated[JsonObject | None, "Mode of the cookie."]
    metadata: Annotated[JsonObject | None, "Session metadata; live for later actions."]
    actor: Annotated[JsonObject | None, "Who acts for the user."]
    session_transfer: Annotated[JsonObject | None, "Where the session came from."]


class RefreshToken(EventObject):
    """The refresh token presented; only in a refresh token exchange."""

    id: Annotated[str, "Its id."]
    client_id: Annotated[Text, "Application it was issued to."]
    user_id: Annotated[Text, "Whose."]
    session_id: Annotated[Text, "Session it came from."]
    created_at: Annotated[Text, "ISO 8601."]
    idle_expires_at: Annotated[Text, "ISO 8601."]
    expires_at: Annotated[Text, "ISO 8601."]
    last_exchanged_at: Annotated[Text, "ISO 8601."]
    rotating: Annotated[bool | None, "Whether it rotates."]
    resource_servers: Annotated[list[JsonObject] | None, "Audiences and scopes."]
    device: Annotated[JsonObject | None, "First and last address, agent and system."]
    metadata: Annotated[JsonObject | None, "Its metadata; live for later actions."]


class ResourceServer(EventObject):
    """The api the access token is for."""

    identifier: Annotated[str, "Its audience."]


class Transaction(EventObject):
    """The authorization request, unchanged by a suspension."""

    id: Annotated[Text, "Id of this login; with the action's id an idempotency key."]
    protocol: Annotated[Text, "oidc-basic-profile, oauth2-refresh-token, …"]
    requested_scopes: Annotated[Texts, "Scopes asked for."]
    acr_values: Annotated[Texts, "Contexts asked for."]
    ui_locales: Annotated[Texts, "Languages asked for."]
    locale: Annotated[Text, "Language in use."]
    login_hint: Annotated[Text, "Who is expected."]
    prompt: Annotated[Texts | None, "none, login, …"]
    redirect_uri: Annotated[Text, "Of the application."]
    response_mode: Annotated[Text, "query, fragment, form_post or web_message."]
    response_type: Annotated[Texts | None, "code, token, id_token."]
    state: Annotated[Text, "The application's own; not the one of a redirect."]
    requested_authorization_details: Annotated[list[JsonObject] | None, "RFC 9396."]
    linking_id: Annotated[Text, "Of an account linking."]
    correlation_id: Annotated[Text, "Of the application."]
    metadata: Annotated[JsonObject, "transaction.setMetadata writes here, at once."]
    actor: Annotated[JsonObject | None, "Who acts, in a token exchange."]
    actor_token_type: Annotated[Text, "In a token exchange."]
    subject_token_type: Annotated[Text, "In a token exchange."]


class Prompt(EventObject):
    """What came back from a form; only in the continuing handler."""

    id: Annotated[str, "Id of the form."]
    fields: Annotated[JsonObject | None, "What the user filled in."]
    vars: Annotated[JsonObject | None, "What the host added."]


class Stats(EventObject):
    """Counts about the user."""

    logins_count: Annotated[int, "Logins so far."]


class Tenant(EventObject):
    """Where the login runs."""

    id: Annotated[str, "Name of the tenant."]


class CustomDomain(EventObject):
    """The custom domain in use."""

    domain: Annotated[str, "The domain."]
    domain_metadata: Annotated[JsonObject, "Its own metadata."]


class SecurityContext(EventObject):
    """Fingerprints of the connection."""

    ja3: Annotated[Text, "JA3."]
    ja4: Annotated[Text, "JA4."]


class Agent(EventObject):
    """The agent that logs in, where an agent does."""

    agent_id: Annotated[str, "Its id."]
    agent_metadata: Annotated[JsonObject, "Its own metadata."]
    name: Annotated[str, "Its name."]


class Experiment(EventObject):
    """The experiment that the login takes part in."""

    experiment_id: Annotated[str, "Which experiment."]
    variation_id: Annotated[str, "Which variation."]
    config: Annotated[JsonObject, "Its parameters."]
    is_control: Annotated[bool, "Whether this is the control group."]


class SessionTransferToken(EventObject):
    """The token that brought a native session into the browser."""

    client_id: Annotated[str, "Application it was issued to."]
    scope: Annotated[Texts, "Its scopes."]
    request: Annotated[JsonObject, "Request that asked for it."]


class Event(EventObject):
    """Who is logging in, and how: what a handler gets as its first argument."""

    secrets: Annotated[dict[str, str], "Secrets that the action declares."]
    configuration: Annotated[JsonObject, "Of an integration; may be written by the action."]
    agent: Annotated[Agent | None, "The agent that logs in."]
    experiment: Annotated[Experiment | None, "The experiment it takes part in."]
    authentication: Annotated[Authentication | None, "How the user proved who they are."]
    authorization: Annotated[Authorization | None, "What the user may do."]
    client: Annotated[Client, "The application."]
    connection: Annotated[Connection, "Where the user signed in."]
    custom_domain: Annotated[CustomDomain | None, "The custom domain in use."]
    organization: Annotated[Organization | None, "The organization logged in to."]
    prompt: Annotated[Prompt | None, "What came back from a form."]
    refresh_token: Annotated[RefreshToken | None, "The refresh token presented."]
    request: Annotated[Request, "The browser's request."]
    resource_server: Annotated[ResourceServer | None, "The api the access token is for."]
    security_context: Annotated[SecurityContext | None, "Fingerprints."]
    session: Annotated[Session | None, "The browser's session."]
    session_transfer_token: Annotated[SessionTransferToken | None, "From a native session."]
    stats: Annotated[Stats, "Counts about the user."]
    tenant: Annotated[Tenant, "Where the login runs."]
    transaction: Annotated[Transaction | None, "The authorization request."]
    user: Annotated[User, "The user."]


PLATFORM_SPELLING: dict[str, str] = {
    "risk_assessment": "riskAssessment",
    "untrusted_ip": "UntrustedIP",
    "new_device": "NewDevice",
    "impossible_travel": "ImpossibleTravel",
    "agent_detection": "AgentDetection",
    "enrolled_factors": "enrolledFactors",
    "is_social": "isSocial",
    "profile_data": "profileData",
}
"""Members whose name is not snake_case on the platform, ``geoip`` apart."""


@dataclass(frozen=True, slots=True)
class EventMember:
    """One row of the event's table.

    Attributes:
        path: The platform's spelling, ``event.request.geoip.countryCode``; items of a list are
            ``[]``.
        python_path: Python's spelling.
        type: Short name of the type.
        optional: It may be absent.
        doc: What it is, one sentence.
    """

    path: str
    python_path: str
    type: str
    optional: bool
    doc: str


def member_table() -> tuple[EventMember, ...]:
    """Return every member of the event, depth first, in the order of the classes."""
    return tuple(_members(Event, "event", "event"))


def _members(owner: type, path: str, python_path: str) -> Iterator[EventMember]:
    for name, hint in get_type_hints(owner, include_extras=True).items():
        annotated, doc = get_args(hint)[0], get_args(hint)[1]
        optional = type(None) in get_args(annotated)
        choices = [one for one in get_args(annotated) if one is not type(None)]
        plain = (choices[0] if len(choices) == 1 else annotated) if optional else annotated
        here, there = f"{path}.{_spelling(owner, name)}", f"{python_path}.{name}"
        yield EventMember(here, there, _type_name(plain), optional, str(doc))
        inner, suffix = (get_args(plain)[0], "[]") if get_origin(plain) is list else (plain, "")
        if isinstance(inner, type) and issubclass(inner, EventObject):
            yield from _members(inner, here + suffix, there + suffix)


def _spelling(owner: type, name: str) -> str:
    if owner is not GeoIp:
        return PLATFORM_SPELLING.get(name, name)
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def _type_name(kind: object) -> str:
    if get_origin(kind) is list:
        return f"list of {_type_name(get_args(kind)[0])}"
    if get_origin(kind) is dict:
        return "map"
    names = {str: "string", int: "number", float: "number", bool: "boolean"}
    if isinstance(kind, type):
        return names.get(kind, "object")
    return "value"
