"""A scenario as the fields of a form: what each is by default, what it is here, who reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import orjson

from loginwright_designer.simulation.scenario_members import (
    FieldKind,
    FormGroup,
    Member,
    group_of,
    kind_of_value,
    known_members,
)
from loginwright_runtime.login.default_event import default_event
from loginwright_runtime.login.json_values import JsonObject, JsonValue
from loginwright_runtime.simulation import (
    SCENARIO_FORMAT,
    Scenario,
    read_scenario,
    whole_event,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from loginwright_runtime.errors import Problem
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.validation import SourceFacts

_EVENT = "event."
_ENGINES_OWN = ("secrets", "transaction.id", "transaction.metadata")
"""Members that no scenario sets: the engine does."""


@dataclass(frozen=True, slots=True)
class ReadBy:
    """An action that reads a member.

    Attributes:
        action_id: Which one.
        name: What people call it.
        line: Where it does so first.
    """

    action_id: str
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of the form.

    Attributes:
        path: ``event.user.email``, or a member of the scenario itself: ``now``.
        label: The same without ``event.``.
        kind: How its value is typed.
        default: What it is unless the scenario says otherwise; None is absent.
        value: What it is; None is absent.
        changed: Whether the scenario says something about it.
        group: Where it stands in the form.
        read_by: Actions that read it.
        doc: What it is, one sentence.
        choices: The values it can have; empty where any will do.
        common: An ordinary login has it; others are found by searching.
    """

    path: str
    label: str
    kind: FieldKind
    default: JsonValue = field(repr=False)
    value: JsonValue = field(repr=False)
    changed: bool
    group: FormGroup
    read_by: tuple[ReadBy, ...] = ()
    doc: str = ""
    choices: tuple[str, ...] = ()
    common: bool = True


def form_fields(
    scenario: Scenario, flow: Flow, facts: Mapping[str, SourceFacts]
) -> tuple[FormField, ...]:
    """Return the form's fields, group by group; what the flow reads comes first.

    Args:
        scenario: What is shown.
        flow: Its actions are looked at for what they read.
        facts: What each source does, by file.
    """
    reads = _reads(flow, facts)
    members = {member.path: member for member in known_members()}
    used = [path for path in reads if _can_be_set(path, members)]
    fields: list[FormField] = []
    for path in used:
        member = members.get(path) or Member(path, None, group_of(path), "")
        fields.append(_field(scenario, member, FormGroup.USED, reads[path]))
    known = (member for path, member in members.items() if path not in used)
    fields += [_field(scenario, member, member.group) for member in known]
    fields += [
        _field(scenario, Member(path, None, group_of(path), ""), group_of(path))
        for path in _changed_and_unknown(scenario, members, used)
    ]
    order = list(FormGroup)
    return tuple(sorted(fields, key=lambda one: order.index(one.group)))


def matches(shown: FormField, text: str) -> bool:
    """Tell whether a search finds a field: by its path, its value or who reads it."""
    wanted = text.strip().casefold()
    words = (shown.path, str(shown.value), *(reader.name for reader in shown.read_by))
    return any(wanted in word.casefold() for word in words)


def is_offered(shown: FormField) -> bool:
    """Tell whether a field stands in the form without being searched for."""
    return shown.common or shown.changed or shown.group is FormGroup.USED


def with_value(scenario: Scenario, path: str, value: JsonValue) -> Scenario | Problem:
    """Return the scenario with one member set; only what differs from the default is written.

    Args:
        scenario: What is edited.
        path: As ``FormField.path``.
        value: What it is to be; None takes the member out of the login.

    Returns:
        The scenario, or why it cannot be: it is to stay as it was then.
    """
    if not path.startswith(_EVENT):
        return _with_member(scenario, path, value)
    names = path.removeprefix(_EVENT).split(".")
    default = None if scenario.event_base == "empty" else _inside(default_event(), names)
    if same(value, default):
        return reset(scenario, path)
    patch: JsonValue = _patch(default, value) if scenario.event_base == "default" else value
    if scenario.event_base == "empty" and value is None:
        return reset(scenario, path)
    return _with_member(scenario, "event", _set(scenario.event, names, patch))


def reset(scenario: Scenario, path: str) -> Scenario | Problem:
    """Return the scenario that says nothing about a member any more."""
    if not path.startswith(_EVENT):
        return _with_member(scenario, path, None)
    names = path.removeprefix(_EVENT).split(".")
    event = _without(scenario.event, names)
    return _with_member(scenario, "event", event or None)


def same(one: JsonValue, other: JsonValue) -> bool:
    """Tell whether two values are the same JSON; true is not 1."""
    return type(one) is type(other) and one == other


def _field(
    scenario: Scenario, member: Member, group: FormGroup, read_by: tuple[ReadBy, ...] = ()
) -> FormField:
    default: JsonValue
    if member.path.startswith(_EVENT):
        names = member.path.removeprefix(_EVENT).split(".")
        default = None if scenario.event_base == "empty" else _inside(default_event(), names)
        value = _inside(whole_event(scenario), names)
        changed = _says(scenario.event, names)
    else:
        default = None
        value = scenario.model_dump(mode="json", exclude_unset=True).get(member.path)
        changed = member.path in scenario.model_fields_set and value is not None
    return FormField(
        path=member.path,
        label=member.path.removeprefix(_EVENT),
        kind=member.kind or kind_of_value(value if value is not None else default),
        default=default,
        value=value,
        changed=changed,
        group=group,
        read_by=read_by,
        doc=member.doc,
        choices=member.choices,
        common=default is not None or not member.path.startswith(_EVENT),
    )


def _reads(flow: Flow, facts: Mapping[str, SourceFacts]) -> dict[str, tuple[ReadBy, ...]]:
    """Return who reads each member of the event, by path, in the order of the flow."""
    found: dict[str, dict[str, ReadBy]] = {}
    for action in flow.enabled_actions:
        known = facts.get(action.code)
        for read in known.event_reads if known is not None else ():
            readers = found.setdefault(_EVENT + read.path, {})
            readers.setdefault(action.id, ReadBy(action.id, action.name, read.line))
    return {path: tuple(readers.values()) for path, readers in found.items()}


def _can_be_set(path: str, members: Mapping[str, Member]) -> bool:
    name = path.removeprefix(_EVENT)
    if any(name == own or name.startswith(f"{own}.") for own in _ENGINES_OWN):
        return False
    return path in members or not any(known.startswith(f"{path}.") for known in members)


def _changed_and_unknown(
    scenario: Scenario, members: Mapping[str, Member], used: Sequence[str]
) -> Iterator[str]:
    """Yield paths that the scenario sets and neither the table nor the code knows."""
    covered = {*members, *used}
    for path in _leaves(scenario.event, "event"):
        inside = any(path == known or path.startswith(f"{known}.") for known in covered)
        if not inside and not any(known.startswith(f"{path}.") for known in covered):
            yield path


def _leaves(value: JsonObject, path: str) -> Iterator[str]:
    for name, inner in value.items():
        here = f"{path}.{name}"
        if isinstance(inner, dict) and inner:
            yield from _leaves(inner, here)
        else:
            yield here


def _with_member(scenario: Scenario, name: str, value: JsonValue) -> Scenario | Problem:
    members: JsonObject = scenario.model_dump(mode="json", exclude_unset=True)
    members.pop(name, None)
    if value is not None:
        members[name] = value
    ordered = {key: members[key] for key in Scenario.model_fields if key in members}
    read = read_scenario(orjson.dumps({"format": SCENARIO_FORMAT, **ordered}), "scenario.json")
    return read.scenario if read.scenario is not None else read.problems[0]


def _inside(value: JsonValue, names: Sequence[str]) -> JsonValue:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _says(patch: JsonValue, names: Sequence[str]) -> bool:
    """Tell whether a merge patch says something about a member, or about what holds it."""
    for name in names:
        if not isinstance(patch, dict):
            return True
        if name not in patch:
            return False
        patch = patch[name]
    return True


def _patch(default: JsonValue, value: JsonValue) -> JsonValue:
    """Return the merge patch that makes ``value`` of ``default`` (RFC 7396)."""
    if not isinstance(default, dict) or not isinstance(value, dict):
        return value
    gone: JsonObject = {name: None for name in default if name not in value}
    other = {
        name: _patch(default.get(name), inner)
        for name, inner in value.items()
        if name not in default or not same(default[name], inner)
    }
    return {**other, **gone}


def _set(patch: JsonObject, names: Sequence[str], value: JsonValue) -> JsonObject:
    name, *rest = names
    if not rest:
        return {**patch, name: value}
    inner = patch.get(name)
    return {**patch, name: _set(inner if isinstance(inner, dict) else {}, rest, value)}


def _without(patch: JsonObject, names: Sequence[str]) -> JsonObject:
    name, *rest = names
    others = {key: value for key, value in patch.items() if key != name}
    inner = patch.get(name)
    if not rest or not isinstance(inner, dict):
        return others
    left = _without(inner, rest)
    return {**patch, name: left} if left else others
