"""A scenario as a value: a login to simulate and what should come of it (contract.md)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    JsonValue,
    SerializerFunctionWrapHandler,
    Tag,
    field_validator,
    model_serializer,
)
from typing_extensions import override

from loginwright_runtime.login.json_values import JsonObject
from loginwright_runtime.login.time_limits import LATEST_NOW, LONGEST_SECONDS

SCENARIO_FORMAT = "loginwright/scenario@1"

Network: TypeAlias = Literal["none", "open"]


class ScenarioPart(BaseModel):
    """Base of everything in a scenario: frozen, strict about names, silent about values."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    @override
    def __repr__(self) -> str:
        """Name the type only: scenarios hold personal data (security.md 23)."""
        return f"{type(self).__name__}(…)"

    __str__ = __repr__


class Reply(ScenarioPart):
    """What every answer to a suspension has.

    Attributes:
        after_seconds: How much later the answer comes; moves the login's clock.
        user: Changes made to the profile meanwhile, a merge patch (RFC 7396); None: the user is
            deleted meanwhile.
        state: Sent instead of the suspension's own state.
        send_times: How often the same answer is sent; 2 is a replay.
        arrives: False: it is never sent, and the login stays suspended.
    """

    after_seconds: float = Field(default=0.0, ge=0.0, le=LONGEST_SECONDS, allow_inf_nan=False)
    user: JsonObject | None = Field(default_factory=dict)
    state: str | None = None
    send_times: int = Field(default=1, ge=1, le=10)
    arrives: bool = True


class RedirectReply(Reply):
    """The browser comes back from a redirect.

    Attributes:
        method: HTTP method of the return.
        query: Its query; ``$token`` and ``$sent`` are resolved when it is sent.
        body: Its body, likewise.
        request: Other members of ``event.request``; those left out stay as they were.
    """

    method: Literal["GET", "POST"] = "GET"
    query: JsonObject = Field(default_factory=dict)
    body: JsonObject = Field(default_factory=dict)
    request: JsonObject = Field(default_factory=dict)

    @field_validator("method", mode="before")
    @classmethod
    def _upper_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("request")
    @classmethod
    def _said_once(cls, value: JsonObject) -> JsonObject:
        for name in ("method", "query", "body"):
            if name in value:
                raise ValueError(f"{name} stands beside request, not in it")
        return value


class FactorReply(Reply):
    """A challenge or an enrolment is answered.

    Attributes:
        factor: Which factor was used, such as ``otp``.
        passed: Whether it was passed.
        method: Name for ``event.authentication.methods``; None takes the engine's.
    """

    factor: str = Field(min_length=1)
    passed: bool
    method: str | None = None

    @field_validator("passed", mode="before")
    @classmethod
    def _true_or_false(cls, value: object) -> object:
        if not isinstance(value, bool):
            raise ValueError("it has to be true or false")
        return value


class FormReply(Reply):
    """A form is completed.

    Attributes:
        fields: What the browser sends.
        vars: What the host adds.
    """

    fields: JsonObject = Field(default_factory=dict)
    vars: JsonObject = Field(default_factory=dict)


def _kind_of_reply(value: object) -> str:
    members: object = value
    if isinstance(value, FactorReply):
        return "factor-reply"
    if isinstance(value, FormReply):
        return "form-reply"
    if isinstance(members, dict):
        if "factor" in members or "passed" in members:
            return "factor-reply"
        if "fields" in members or "vars" in members:
            return "form-reply"
    return "redirect-reply"


AnyReply: TypeAlias = Annotated[
    Annotated[RedirectReply, Tag("redirect-reply")]
    | Annotated[FactorReply, Tag("factor-reply")]
    | Annotated[FormReply, Tag("form-reply")],
    Discriminator(_kind_of_reply),
]


def _named(value: object) -> object:
    if isinstance(value, str):
        return {"name": value}
    return value


class DirectoryName(ScenarioPart):
    """A role or a group; a text in its place is its name.

    Attributes:
        id: As ``api.roles`` and ``api.groups`` give it; made of the name when left out.
        name: Its name.
        description: Of a role.
    """

    name: str = Field(min_length=1)
    id: str | None = None
    description: str | None = None

    @model_serializer(mode="wrap")
    def _as_written(self, serialize: SerializerFunctionWrapHandler) -> JsonValue:
        if self.model_fields_set <= {"name"}:
            return self.name
        members: JsonValue = serialize(self)
        return members


DirectoryNames: TypeAlias = tuple[Annotated[DirectoryName, BeforeValidator(_named)], ...]


class ScenarioDirectory(ScenarioPart):
    """What ``api.roles`` and ``api.groups`` find for the user."""

    roles: DirectoryNames = ()
    groups: DirectoryNames = ()


class Scenario(ScenarioPart):
    """One login to simulate.

    Attributes:
        name: What people call it.
        now: Fixes the login's clock, ISO 8601 with its offset; None: the real clock.
        event: Merged over the default event (RFC 7396), or the whole event.
        event_base: ``empty`` takes ``event`` as it stands.
        resume: Answers to suspensions, in order.
        network: Whether actions reach the network; None: as the command decides.
        directory: Roles and groups; None: the roles of ``event.authorization``.
        cache: What the flow's cache holds at the start.
        available_factors: MFA the user could pass; None: every factor an action names.
        expect: Subset of the outcome; None expects nothing.
    """

    name: str = Field(min_length=1)
    now: str | None = None
    event: JsonObject = Field(default_factory=dict)
    event_base: Literal["default", "empty"] = "default"
    resume: tuple[AnyReply, ...] = ()
    network: Network | None = None
    directory: ScenarioDirectory | None = None
    cache: dict[str, str] = Field(default_factory=dict)
    available_factors: tuple[str, ...] | None = None
    expect: JsonObject | None = None

    @field_validator("now")
    @classmethod
    def _a_moment(cls, value: str | None) -> str | None:
        if value is not None:
            _moment(value)
        return value

    @field_validator("event")
    @classmethod
    def _no_secret_values(cls, value: JsonObject) -> JsonObject:
        if "secrets" in value:
            raise ValueError("event.secrets: values of secrets never stand in a scenario")
        return value

    @property
    def now_seconds(self) -> float | None:
        """``now`` in seconds since the epoch, or None for the real clock."""
        return None if self.now is None else _moment(self.now).timestamp()


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("it is no time such as 2026-11-23T10:00:00Z") from None
    if moment.tzinfo is None:
        raise ValueError("it lacks its offset; write 2026-11-23T10:00:00Z")
    if moment.timestamp() < 0:
        raise ValueError("it lies before 1970")
    if moment.timestamp() > LATEST_NOW:
        raise ValueError("it lies after the year 8999")
    return moment


def parse_moment(text: str) -> float:
    """Return a moment such as ``2026-11-23T10:00:00Z`` in seconds since the epoch.

    Raises:
        ValueError: It is no ISO 8601 time with an offset; the message says what is wrong.
    """
    return _moment(text).timestamp()


def scenario_document(scenario: Scenario) -> dict[str, JsonValue]:
    """Return a scenario as its file holds it: the format first, then what was set."""
    members: dict[str, JsonValue] = scenario.model_dump(mode="json", exclude_unset=True)
    return {"format": SCENARIO_FORMAT, **members}
