"""Preferences as the content of their JSON file, and back.

Read by hand and not by a model: this is needed before the first frame, where importing the library
for models costs more time than everything else that is read there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import TYPE_CHECKING, Literal

from loginwright_designer.preferences.values import (
    MOST_RECENT_FLOWS,
    SCHEMES,
    ZOOMS,
    Arrangement,
    LeftOpen,
    Preferences,
    RecentFlow,
    WindowState,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    Part = TypeVar("Part")

Content = dict[str, object]
"""The members of a JSON object."""

LARGEST = 100_000
"""Of a window or one of its panes, in logical pixels."""

MOST_FILES = 100
MOST_HOSTS = 1000


def preferences_of(content: Content) -> Preferences:
    """Return what the content of a file says; members that nobody knows are passed over.

    Raises:
        ValueError: A member is not what it should be.
    """
    return Preferences(
        theme=_scheme(content.get("theme", "system")),
        zoom=_number(content.get("zoom", ZOOMS[0]), ZOOMS),
        reduce_motion=_flag(content, "reduce_motion"),
        recent_flows=_list(content, "recent_flows", _recent_flow, MOST_RECENT_FLOWS),
        window=_part(content, "window", _window),
        compose=_part(content, "compose", _arrangement) or Arrangement(),
        run=_part(content, "run", _arrangement) or Arrangement(),
        coach_dismissed=_flag(content, "coach_dismissed"),
        background_runs=_flag(content, "background_runs", default=True),
        left_open=_part(content, "left_open", _left_open),
        hosts_opened=_list(content, "hosts_opened", _text, MOST_HOSTS),
    )


def content_of(preferences: Preferences) -> Content:
    """Return what is to be written: what differs from the defaults."""
    return _members(preferences)


def object_of(value: object) -> Content:
    """Return the members of a JSON object.

    Raises:
        ValueError: It is no object.
    """
    if not isinstance(value, dict):
        raise ValueError("no object")
    return {_text(name): member for name, member in value.items()}


def _recent_flow(value: object) -> RecentFlow:
    members = object_of(value)
    return RecentFlow(folder=_text(members.get("folder")), name=_text(members.get("name")))


def _window(members: Content) -> WindowState:
    return WindowState(
        left=_number(members.get("left")),
        top=_number(members.get("top")),
        width=_number(members.get("width"), range(1, LARGEST + 1)),
        height=_number(members.get("height"), range(1, LARGEST + 1)),
        maximized=_flag(members, "maximized"),
    )


def _arrangement(members: Content) -> Arrangement:
    sizes = object_of(members.get("sizes", {}))
    panels = object_of(members.get("panels", {}))
    return Arrangement(
        sizes={name: _list(sizes, name, _size, LARGEST) for name in sizes},
        panels={name: _text(shown) for name, shown in panels.items()},
    )


def _left_open(members: Content) -> LeftOpen:
    scenario = members.get("scenario")
    return LeftOpen(
        folder=_text(members.get("folder")),
        scenario=None if scenario is None else _text(scenario),
        files=_list(members, "files", _text, MOST_FILES),
        composing=_flag(members, "composing", default=True),
        in_order=_flag(members, "in_order"),
    )


def _scheme(value: object) -> Literal["light", "dark", "system"]:
    for scheme in SCHEMES:
        if value == scheme:
            return scheme
    raise ValueError("no scheme")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


def _flag(members: Content, name: str, *, default: bool = False) -> bool:
    value = members.get(name, default)
    if not isinstance(value, bool):
        raise ValueError("neither true nor false")
    return value


def _number(value: object, allowed: range | None = None) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("no whole number")
    if allowed is not None and value not in allowed:
        raise ValueError("too small or too large")
    return value


def _size(value: object) -> int:
    return _number(value, range(LARGEST + 1))


def _list(
    members: Content, name: str, read: Callable[[object], Part], most: int
) -> tuple[Part, ...]:
    """Return the first entries of a list; what is beyond them is left out."""
    value = members.get(name, [])
    if not isinstance(value, list):
        raise ValueError("no list")
    return tuple(read(entry) for entry in value[:most])


def _part(members: Content, name: str, read: Callable[[Content], Part]) -> Part | None:
    value = members.get(name)
    return None if value is None else read(object_of(value))


def _members(value: object) -> Content:
    assert is_dataclass(value), "only values of this package come here"
    found: Content = {}
    for one in fields(value):
        member: object = getattr(value, one.name)
        default = one.default if one.default_factory is MISSING else one.default_factory()
        if member != default:
            found[one.name] = _plain(member)
    return found


def _plain(value: object) -> object:
    if is_dataclass(value):
        return _members(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(member) for name, member in value.items()}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return value
