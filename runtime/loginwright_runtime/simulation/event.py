"""Turns a scenario's event into what an engine takes: request, profile, directory, cache."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import NoneType
from typing import TYPE_CHECKING, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from loginwright_runtime.errors import Problem, ScenarioError
from loginwright_runtime.flow.json_places import Place, json_path
from loginwright_runtime.login.default_event import (
    DEFAULT_CLIENT_ID,
    DEFAULT_HOSTNAME,
    DEFAULT_USER_ID,
    default_event,
)
from loginwright_runtime.login.event_building import DEFAULT_MEMBERS, NO_EXTRAS
from loginwright_runtime.login.fault_words import fault_in_words
from loginwright_runtime.login.iso_moments import epoch_seconds
from loginwright_runtime.login.json_values import JsonObject, merge_patch
from loginwright_runtime.login.requests import (
    Authentication,
    Client,
    Connection,
    HttpRequest,
    LoginRequest,
    NoBrowser,
    ResourceServer,
    TokenContext,
    TransactionDetails,
)
from loginwright_runtime.stores.memory import DirectoryEntry, MemoryDirectory

if TYPE_CHECKING:
    from loginwright_runtime.simulation.model import DirectoryName, Scenario

CACHE_LIFETIME_SECONDS = 24 * 60 * 60
"""Most that the api allows (reference §4.5), so that what the cache holds is there all along."""

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class SimulatedLogin:
    """A scenario's login as an engine takes it.

    Attributes:
        request: What starts it.
        profile: The user as the store must know them.
        blocked: The user is blocked (``event.user.blocked``).
        directory: Roles and groups.
        cache: Key → value at the start.
        hostnames: Those the login and its returns use.
    """

    request: LoginRequest = field(repr=False)
    profile: JsonObject = field(repr=False)
    blocked: bool
    directory: MemoryDirectory = field(repr=False)
    cache: Mapping[str, str] = field(repr=False)
    hostnames: frozenset[str]


def whole_event(scenario: Scenario) -> JsonObject:
    """Return the event of a scenario: merged over the default, or as it stands."""
    if scenario.event_base == "empty":
        return dict(scenario.event)
    merged = merge_patch(default_event(), scenario.event)
    return merged if isinstance(merged, dict) else {}


def simulated_login(scenario: Scenario, *, file: str | None = None) -> SimulatedLogin:
    """Return what an engine needs to run a scenario.

    Args:
        scenario: Which login.
        file: Where it stands, for problems.

    Raises:
        ScenarioError: A member of the event has a shape no login has; names its JSON path.
    """
    event = _Event(whole_event(scenario), file)
    profile = _profile(event)
    user_id = str(profile["user_id"])
    request = event.part("request", HttpRequest) or HttpRequest(geoip=None)
    if request.hostname is None:
        request = request.model_copy(update={"hostname": DEFAULT_HOSTNAME})
    hostname = request.hostname or DEFAULT_HOSTNAME
    session = event.object("session")
    login = LoginRequest(
        user_id=user_id,
        protocol=_protocol(event),
        client=_client(event),
        connection=event.part("connection", Connection),
        organization=event.object("organization"),
        request=request,
        transaction=_transaction(event),
        authentication=event.part("authentication", Authentication),
        session=session,
        refresh_token=event.object("refresh_token"),
        resource_server=event.part("resource_server", ResourceServer),
        token=_token(request, session),
        available_factors=scenario.available_factors,
        browser=NoBrowser(),
        event_extras=_extras(event.members, scenario),
    )
    return SimulatedLogin(
        request=login,
        profile=profile,
        blocked=profile.get("blocked") is True,
        directory=_directory(event.members, scenario),
        cache=scenario.cache,
        hostnames=frozenset({hostname}) | _hostnames_of_returns(scenario),
    )


@dataclass(frozen=True, slots=True)
class _Event:
    """The whole event, and how its members are read."""

    members: JsonObject = field(repr=False)
    file: str | None

    def object(self, name: str) -> JsonObject | None:
        """Return a member that is an object, None where it is absent or null."""
        value = self.members.get(name)
        if value is None or isinstance(value, dict):
            return value
        raise self.fault((name,), f"{name} is no object", "Write { … }.")

    def part(self, name: str, model: type[_Model]) -> _Model | None:
        """Return a member in its type, None where it is absent or null."""
        value = self.object(name)
        return None if value is None else self.checked(model, value, (name,))

    def checked(self, model: type[_Model], value: JsonObject, place: Place) -> _Model:
        """Return a value in its type; members that are absent stay out of the event.

        Only those without which no login runs get their defaults: the types do not allow null.
        """
        try:
            return model.model_validate({**dict.fromkeys(_nullable(model)), **value})
        except ValidationError as error:
            found = error.errors(include_input=False, include_url=False)[0]
            raise self.fault((*place, *found["loc"]), *fault_in_words(found)) from None

    def fault(self, place: Place, reason: str, remedy: str) -> ScenarioError:
        """Return the error for a member that cannot be used."""
        path = json_path(("event", *place))
        message = f"The event cannot be used: {reason}."
        return ScenarioError(
            Problem("invalid-event", "error", message, remedy, self.file, path=path)
        )


def _nullable(model: type[BaseModel]) -> list[str]:
    fields = model.model_fields.items()
    return [name for name, told in fields if NoneType in get_args(told.annotation)]


def _profile(event: _Event) -> JsonObject:
    profile = dict(event.object("user") or {})
    user_id = profile.setdefault("user_id", DEFAULT_USER_ID)
    if not isinstance(user_id, str) or not user_id:
        raise event.fault(("user", "user_id"), "a user id is a text", "Put it in quotes.")
    return profile


def _client(event: _Event) -> Client:
    client = event.object("client") or {}
    return event.checked(Client, {"client_id": DEFAULT_CLIENT_ID, **client}, ("client",))


def _protocol(event: _Event) -> str:
    protocol = (event.object("transaction") or {}).get("protocol")
    if protocol is None:
        return "oidc-basic-profile"
    if isinstance(protocol, str) and protocol:
        return protocol
    raise event.fault(("transaction", "protocol"), "a protocol is a text", "Put it in quotes.")


def _transaction(event: _Event) -> TransactionDetails:
    members = event.object("transaction") or {}
    details = {key: value for key, value in members.items() if key not in ("id", "protocol")}
    return event.checked(TransactionDetails, details, ("transaction",))


def _token(request: HttpRequest, session: JsonObject | None) -> TokenContext:
    """Attest what a host would: the session's id and time, the authorization request's nonce."""
    nonce, sid = request.query.get("nonce"), (session or {}).get("id")
    return TokenContext(
        nonce=nonce if isinstance(nonce, str) else None,
        sid=sid if isinstance(sid, str) else None,
        auth_time=epoch_seconds((session or {}).get("authenticated_at")),
    )


def _extras(event: JsonObject, scenario: Scenario) -> JsonObject:
    """Return the members that pass through; None takes away what the event does not have."""
    extras = {key: value for key, value in event.items() if key not in NO_EXTRAS}
    if scenario.directory is not None and "authorization" not in scenario.event:
        extras["authorization"] = {"roles": [role.name for role in scenario.directory.roles]}
    return {**dict.fromkeys(DEFAULT_MEMBERS), **extras}


def directory_of_roles(event: JsonObject) -> MemoryDirectory:
    """Return a directory in which the user has the roles of ``event.authorization``, no groups."""
    roles = tuple(_entry(name, None, None, "rol") for name in _role_names(event))
    return MemoryDirectory(everyone=DirectoryEntry(roles=roles))


def _directory(event: JsonObject, scenario: Scenario) -> MemoryDirectory:
    if scenario.directory is None:
        return directory_of_roles(event)
    return MemoryDirectory(
        everyone=DirectoryEntry(
            roles=tuple(_listed(role, "rol") for role in scenario.directory.roles),
            groups=tuple(_listed(group, "grp") for group in scenario.directory.groups),
        )
    )


def _role_names(event: JsonObject) -> list[str]:
    authorization = event.get("authorization")
    roles = authorization.get("roles") if isinstance(authorization, dict) else None
    return [role for role in roles if isinstance(role, str)] if isinstance(roles, list) else []


def _listed(entry: DirectoryName, prefix: str) -> JsonObject:
    return _entry(entry.name, entry.id, entry.description, prefix)


def _entry(name: str, own_id: str | None, description: str | None, prefix: str) -> JsonObject:
    entry: JsonObject = {"id": own_id or f"{prefix}_{name}", "name": name}
    if prefix == "rol":
        entry["description"] = description or ""
    return entry


def _hostnames_of_returns(scenario: Scenario) -> frozenset[str]:
    """Return the hostnames that returns name, so that a foreign one meets the engine's answer."""
    requests = [getattr(reply, "request", {}) for reply in scenario.resume]
    found = [request.get("hostname") for request in requests]
    return frozenset(name for name in found if isinstance(name, str))
