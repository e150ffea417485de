"""What ``flow.json`` says, read as far as it can be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from loginwright_runtime.flow.json_fields import (
    check_keys,
    read_choice,
    read_name,
    report_value,
)
from loginwright_runtime.flow.listed_actions import ListedAction, read_action
from loginwright_runtime.flow.model import FlowSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_runtime.flow.json_places import Place
    from loginwright_runtime.flow.json_text import JsonFile, JsonObject

MAX_ACTIONS = 20

_FLOW_KEYS = ("format", "name", "trigger", "settings", "actions")
_SETTINGS_KEYS = ("custom_claims", "profile_writes")
_TRIGGERS: Sequence[Literal["post-login"]] = ("post-login",)
_CLAIMS: Sequence[Literal["uri", "any"]] = ("uri", "any")
_WRITES: Sequence[Literal["end", "each-leg"]] = ("end", "each-leg")


@dataclass(frozen=True, slots=True)
class FlowDocument:
    """The decoded members of ``flow.json`` (contract.md, "Flow folder")."""

    name: str
    settings: FlowSettings
    actions: tuple[ListedAction, ...]


def read_document(file: JsonFile, members: JsonObject) -> FlowDocument:
    """Decode a flow of the current format; every fault is reported to ``file``.

    What cannot be read is left out or stands as its default, so that the designer can show the
    rest; nothing runs while an error is reported.
    """
    check_keys(file, members, (), _FLOW_KEYS, ("name", "actions"))
    name = read_name(file, members, (), "the flow")
    read_choice(file, members, "trigger", (), _TRIGGERS)
    return FlowDocument(name, _settings(file, members), _actions(file, members))


def _settings(file: JsonFile, members: JsonObject) -> FlowSettings:
    settings = members.get("settings", {})
    place: Place = ("settings",)
    if not isinstance(settings, dict):
        report_value(file, place, "The settings are not a JSON object.", "Write {}.")
        return FlowSettings()
    check_keys(file, settings, place, _SETTINGS_KEYS, ())
    return FlowSettings(
        custom_claims=read_choice(file, settings, "custom_claims", place, _CLAIMS),
        profile_writes=read_choice(file, settings, "profile_writes", place, _WRITES),
    )


def _actions(file: JsonFile, members: JsonObject) -> tuple[ListedAction, ...]:
    listed = members.get("actions", [])
    if not isinstance(listed, list):
        report_value(file, ("actions",), "The actions are not an array.", "Write [].")
        return ()
    if len(listed) > MAX_ACTIONS:
        message = f"The flow has {len(listed)} actions; {MAX_ACTIONS} are allowed."
        file.report("too-many-actions", ("actions",), message, "Merge or remove some.")
    taken: dict[str, Place] = {}
    actions: list[ListedAction] = []
    for index, entry in enumerate(listed):
        place: Place = ("actions", index)
        if isinstance(entry, dict):
            action = read_action(file, entry, place, taken)
            taken[action.action.id] = place
            actions.append(action)
        else:
            report_value(file, place, "The action is not a JSON object.", "Write { … }.")
    return tuple(actions)
