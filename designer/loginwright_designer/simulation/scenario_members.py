"""Which members a scenario's form has, from the runtime's own table of the event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import orjson
from PySide6.QtCore import QCoreApplication

from loginwright_runtime.login.event_table import EventMember, member_table
from loginwright_runtime.simulation import parse_moment

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonValue

translate = QCoreApplication.translate


class FieldKind(StrEnum):
    """How a value is typed."""

    TEXT = "text"
    NUMBER = "number"
    BOOL = "bool"
    LIST = "list"
    MOMENT = "moment"
    JSON = "json"


class FormGroup(StrEnum):
    """The form's groups, in their order (desktop.md, "Scenarios and the grid")."""

    USED = "used"
    WHO = "who"
    APPLICATION = "application"
    HOW = "how"
    WHERE = "where"
    WHEN = "when"
    REPLIES = "replies"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class Member:
    """A member that a form can have.

    Attributes:
        path: ``event.user.email``, or a member of the scenario itself.
        kind: How it is typed; None is decided by its value.
        group: Where it stands.
        doc: What it is.
        choices: The values it can have.
    """

    path: str
    kind: FieldKind | None
    group: FormGroup
    doc: str
    choices: tuple[str, ...] = ()


_KINDS = {
    "string": FieldKind.TEXT,
    "number": FieldKind.NUMBER,
    "boolean": FieldKind.BOOL,
    "list of string": FieldKind.LIST,
}
_GROUPS = (
    (("event.user", "event.authorization", "event.organization", "event.stats"), FormGroup.WHO),
    (("event.request.geoip", "event.request.ip", "event.request.asn"), FormGroup.WHERE),
    (("event.request.hostname", "event.request.language"), FormGroup.WHERE),
    (("event.request.user_agent", "event.security_context"), FormGroup.WHERE),
    (("event.client", "event.resource_server", "event.custom_domain"), FormGroup.APPLICATION),
    (("event.tenant", "event.configuration", "event.agent"), FormGroup.APPLICATION),
    (("event.experiment",), FormGroup.APPLICATION),
)
_PROTOCOLS = (
    "oidc-basic-profile",
    "oidc-implicit-profile",
    "oidc-hybrid-profile",
    "oauth2-device-code",
    "oidc-ciba-web-link",
    "oauth2-refresh-token",
    "oauth2-password",
    "oauth2-resource-owner",
    "samlp",
    "wsfed",
)
_CHOICES = {"event.transaction.protocol": _PROTOCOLS, "event.request.method": ("GET", "POST")}
_ENGINES_OWN = frozenset({"event.secrets", "event.transaction.id", "event.transaction.metadata"})


def known_members() -> tuple[Member, ...]:
    """Return every member that a form can have, those of the event first."""
    rows = (row for row in member_table() if _is_field(row))
    return (*map(_of_event, rows), *_of_scenario())


def group_of(path: str) -> FormGroup:
    """Return the group of a member of the event."""
    for prefixes, group in _GROUPS:
        if any(path == prefix or path.startswith(f"{prefix}.") for prefix in prefixes):
            return group
    return FormGroup.HOW


def kind_of_value(value: JsonValue) -> FieldKind:
    """Return how a value is typed that no table knows."""
    match value:
        case bool():
            return FieldKind.BOOL
        case int() | float():
            return FieldKind.NUMBER
        case list() if all(isinstance(item, str) for item in value):
            return FieldKind.LIST
        case list() | dict():
            return FieldKind.JSON
        case _:
            return FieldKind.TEXT


def typed_text(kind: FieldKind, value: JsonValue) -> str:
    """Return a value as it stands in its field; empty for one that is absent."""
    match value:
        case None:
            return ""
        case str():
            return value
        case list() if kind is FieldKind.LIST:
            return ", ".join(map(str, value))
        case _:
            indent = orjson.OPT_INDENT_2 if isinstance(value, dict | list) else 0
            return orjson.dumps(value, option=indent).decode()


class UnusableText(ValueError):  # noqa: N818 - what was typed, not what went wrong
    """A text that is no value of its kind; the message says why, and where in it."""


def typed_value(kind: FieldKind, text: str) -> JsonValue:
    """Return the value that somebody typed; an empty text is an absent member.

    Raises:
        UnusableText: It is no such value.
    """
    plain = text.strip()
    if not plain:
        return None
    match kind:
        case FieldKind.TEXT:
            return text
        case FieldKind.LIST:
            return [item.strip() for item in plain.split(",") if item.strip()]
        case FieldKind.MOMENT:
            return _moment(plain)
        case FieldKind.BOOL | FieldKind.NUMBER | FieldKind.JSON:
            return _json(kind, plain)


def _moment(text: str) -> str:
    try:
        parse_moment(text)
    except ValueError as error:
        words = translate("ScenarioForm", "This is no time: {reason}.")
        raise UnusableText(words.format(reason=error)) from None
    return text


def _json(kind: FieldKind, text: str) -> JsonValue:
    try:
        value: JsonValue = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        words = translate("ScenarioForm", "Line {line}, column {column}: {reason}.")
        reason = error.msg.partition(":")[0]
        raise UnusableText(
            words.format(line=error.lineno, column=error.colno, reason=reason)
        ) from None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind is FieldKind.NUMBER and not is_number:
        raise UnusableText(translate("ScenarioForm", "This is no number."))
    if kind is FieldKind.BOOL and not isinstance(value, bool):
        raise UnusableText(translate("ScenarioForm", "Write true or false."))
    return value


def _is_field(row: EventMember) -> bool:
    own = any(row.path == name or row.path.startswith(f"{name}.") for name in _ENGINES_OWN)
    return not own and "[]" not in row.path and row.type != "object"


def _of_event(row: EventMember) -> Member:
    kind = _KINDS.get(row.type, FieldKind.JSON)
    return Member(row.path, kind, group_of(row.path), row.doc, _CHOICES.get(row.path, ()))


def _of_scenario() -> tuple[Member, ...]:
    text = translate
    return (
        Member(
            "directory",
            FieldKind.JSON,
            FormGroup.WHO,
            text("ScenarioForm", "Roles and groups of the user; the event's roles without it."),
        ),
        Member(
            "cache",
            FieldKind.JSON,
            FormGroup.APPLICATION,
            text("ScenarioForm", "Texts that the flow's cache holds at the start."),
        ),
        Member(
            "available_factors",
            FieldKind.LIST,
            FormGroup.HOW,
            text("ScenarioForm", "MFA the user could pass; without it every factor named."),
        ),
        Member(
            "network",
            FieldKind.TEXT,
            FormGroup.WHERE,
            text("ScenarioForm", "Whether actions reach the network when it is run by hand."),
            ("none", "open"),
        ),
        Member(
            "now",
            FieldKind.MOMENT,
            FormGroup.WHEN,
            text("ScenarioForm", "Fixes the login's clock; without it the real one."),
        ),
        Member(
            "resume",
            FieldKind.JSON,
            FormGroup.REPLIES,
            text("ScenarioForm", "Answers to redirects, forms and challenges, in order."),
        ),
        Member(
            "expect",
            FieldKind.JSON,
            FormGroup.EXPECTED,
            text("ScenarioForm", "What should come of it; members it does not name may be any."),
        ),
    )
