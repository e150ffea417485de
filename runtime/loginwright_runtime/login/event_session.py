"""The session and the tokens of a user: ``event.session``, ``event.refresh_token`` and the like."""

from typing import Annotated

from loginwright_runtime.login.event_object import EventObject, Text, Texts
from loginwright_runtime.login.event_request import TransferRequest
from loginwright_runtime.login.json_values import JsonObject


class Device(EventObject):
    """The device that a session or refresh token is used on."""

    initial_asn: Annotated[Text, "Autonomous system at the beginning."]
    initial_ip: Annotated[Text, "Address at the beginning."]
    initial_user_agent: Annotated[Text, "User agent at the beginning."]
    last_asn: Annotated[Text, "Autonomous system of the last use."]
    last_ip: Annotated[Text, "Address of the last use."]
    last_user_agent: Annotated[Text, "User agent of the last use."]


class Actor(EventObject):
    """Who acts for the user."""

    sub: Annotated[str, "Id of the actor."]
    act: Annotated[JsonObject | None, "Who acts for the actor, to five deep."]


class SessionClient(EventObject):
    """An application of the session."""

    client_id: Annotated[str, "Its id."]


class SessionCookie(EventObject):
    """The cookie of the session."""

    mode: Annotated[Text, "persistent or non-persistent."]


class ParentRefreshToken(EventObject):
    """The refresh token that a session or refresh token came from."""

    id: Annotated[Text, "Its id."]
    metadata: Annotated[JsonObject | None, "Its metadata."]


class SessionTransfer(EventObject):
    """Where a session or refresh token came from."""

    parent_refresh_token: Annotated[ParentRefreshToken | None, "The refresh token it came from."]


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
    clients: Annotated[list[SessionClient] | None, "Applications of the session."]
    device: Annotated[Device | None, "First and last address, agent and system."]
    cookie: Annotated[SessionCookie | None, "The cookie of the session."]
    metadata: Annotated[JsonObject | None, "Session metadata; live for later actions."]
    actor: Annotated[Actor | None, "Who acts for the user."]
    session_transfer: Annotated[SessionTransfer | None, "Where the session came from."]


class GrantedApi(EventObject):
    """An api that a refresh token may be used for."""

    audience: Annotated[str, "Identifier of the api."]
    scopes: Annotated[str, "Scopes, separated by spaces."]


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
    resource_servers: Annotated[list[GrantedApi] | None, "Audiences and scopes."]
    device: Annotated[Device | None, "First and last address, agent and system."]
    metadata: Annotated[JsonObject | None, "Its metadata; live for later actions."]
    session_transfer: Annotated[SessionTransfer | None, "Where it came from."]


class SessionTransferToken(EventObject):
    """The token that brought a native session into the browser."""

    client_id: Annotated[str, "Application it was issued to."]
    scope: Annotated[Texts, "Its scopes."]
    request: Annotated[TransferRequest, "Request that asked for it."]
