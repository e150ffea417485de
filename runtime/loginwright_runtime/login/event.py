"""The event's members, typed (reference §3): for the editor's sake, for completion and docs.

Python names are snake_case throughout; ``event_table`` gives the platform's own spelling. Maps
with a user's own keys are plain dicts. A member that may be absent is ``None`` then.
"""

from typing import Annotated

from loginwright_runtime.login.event_object import EventObject, Text, Texts
from loginwright_runtime.login.event_request import Request
from loginwright_runtime.login.event_risk import RiskAssessment
from loginwright_runtime.login.event_session import (
    Actor,
    RefreshToken,
    Session,
    SessionTransferToken,
)
from loginwright_runtime.login.json_values import JsonObject


class RefreshTokenPolicy(EventObject):
    """An api that the application's refresh tokens may be used for."""

    audience: Annotated[str, "Identifier of the api."]
    scope: Annotated[Texts, "Scopes that may be asked for."]


class ClientRefreshToken(EventObject):
    """How the application's refresh tokens may be used."""

    policies: Annotated[list[RefreshTokenPolicy] | None, "For several apis."]


class Client(EventObject):
    """The application."""

    client_id: Annotated[str, "Its id."]
    name: Annotated[str, "Its name."]
    metadata: Annotated[JsonObject, "Its own metadata."]
    refresh_token: Annotated[ClientRefreshToken | None, "How its refresh tokens may be used."]


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


class ResourceServer(EventObject):
    """The api the access token is for."""

    identifier: Annotated[str, "Its audience."]


class AuthorizationDetail(EventObject):
    """Something the application asks to be authorized for (RFC 9396)."""

    type: Annotated[str, "What kind of thing."]


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
    requested_authorization_details: Annotated[list[AuthorizationDetail] | None, "RFC 9396."]
    linking_id: Annotated[Text, "Of an account linking."]
    correlation_id: Annotated[Text, "Of the application."]
    metadata: Annotated[JsonObject, "transaction.setMetadata writes here, at once."]
    actor: Annotated[Actor | None, "Who acts, in a token exchange."]
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
