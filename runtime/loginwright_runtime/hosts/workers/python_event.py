"""The event as a Python action reads it: snake_case attributes over the platform's own JSON."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias, cast

from loginwright_runtime.hosts.workers.python_override import override

if TYPE_CHECKING:
    from collections.abc import Callable

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"

USER_MAPS = frozenset(
    {
        "agent_metadata",
        "app_metadata",
        "body",
        "config",
        "configuration",
        "domain_metadata",
        "fields",
        "metadata",
        "profileData",
        "profile_data",
        "query",
        "secrets",
        "user_metadata",
        "vars",
    }
)
"""Members whose keys are the user's own: they stay plain dicts (contract.md, "Python actions")."""

_SECRETS = "secrets"
_set_item = cast(
    "Callable[[dict[str, JsonValue], str, JsonValue], None]",
    dict.__setitem__,  # pyright: ignore[reportUnknownMemberType]  # named by the cast
)
_WORD_ENDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@lru_cache(maxsize=4096)
def snake_case(name: str) -> str:
    """Return a name of the platform as Python writes it: ``continentCode``, ``UntrustedIP``."""
    return _WORD_ENDS.sub("_", name).lower()


class EventPart(dict[str, JsonValue]):
    """An object of the event: a dict with the platform's keys, read by snake_case attributes.

    ``event.request.geoip.continent_code`` reads the key ``continentCode``. What is absent reads
    None, what the reference does not name is there too. Items (``part["continentCode"]``,
    ``part["continent_code"]``), ``in`` and ``get`` know both spellings; an absent item raises
    KeyError. Members can be assigned, deleted and changed in place; the login never sees that.
    A member that is named like a method of dict (``items``) is read as an item.
    """

    __slots__ = ()

    def _key(self, name: str) -> str | None:
        """Return the key that ``name`` means here, or None."""
        if name in self.keys():
            return name
        for key in self:
            if snake_case(key) == name:
                return key
        return None

    def __missing__(self, name: str) -> JsonValue:
        key = self._key(name)
        if key is None:
            raise KeyError(name)
        return self[key]

    def __getattr__(self, name: str) -> JsonValue:
        try:
            return self[name]
        except KeyError:
            if name.startswith("_"):
                raise AttributeError(name) from None
            return None

    @override
    def __setattr__(self, name: str, value: JsonValue) -> None:
        self[name] = value

    @override
    def __delattr__(self, name: str) -> None:
        try:
            del self[name]
        except KeyError:
            raise AttributeError(f"There is no member {name!r} here to delete.") from None

    @override
    def __setitem__(self, name: str, value: JsonValue) -> None:
        super().__setitem__(self._key(name) or name, value)

    @override
    def __delitem__(self, name: str) -> None:
        super().__delitem__(self._key(name) or name)

    @override
    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._key(name) is not None

    @override
    def get(self, name: str, default: JsonValue = None) -> JsonValue:  # type: ignore[override]  # dict's overloads promise more about the default
        """Return a member by either spelling, or ``default``."""
        try:
            return self[name]
        except KeyError:
            return default

    @override
    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *map(snake_case, self)]

    @override
    def __repr__(self) -> str:
        members = (f"{snake_case(key)}={_shown(key, value)}" for key, value in self.items())
        return f"{type(self).__name__}({', '.join(members)})"


class Event(EventPart):
    """The event of one handler call, ``event`` in an action."""

    __slots__ = ()


class Answer(EventPart):
    """What an api method answered, such as ``{value, expires_at}`` of ``api.cache.get``."""

    __slots__ = ()


def _shown(key: str, value: JsonValue) -> str:
    """Return a member for ``repr``: names of secrets, never values (security.md 23)."""
    if key == _SECRETS and isinstance(value, dict):
        return repr(dict.fromkeys(value, "***"))
    return repr(value)


def read_event(members: dict[str, JsonValue]) -> Event:
    """Return the event over decoded JSON, whose objects are replaced in place."""
    event = Event(members)
    _wrap_members(event)
    return event


def read_answer(value: JsonValue) -> JsonValue:
    """Return what a method answered; objects in it get attributes."""
    if isinstance(value, dict):
        answer = Answer(value)
        _wrap_members(answer)
        return answer
    if isinstance(value, list):
        _wrap_items(value)
    return value


def _wrap_members(part: EventPart) -> None:
    for key, value in part.items():
        if type(value) is dict:
            if key not in USER_MAPS:
                inner = EventPart(value)
                _set_item(part, key, inner)
                _wrap_members(inner)
        elif type(value) is list:
            _wrap_items(value)


def _wrap_items(items: list[JsonValue]) -> None:
    for index, value in enumerate(items):
        if type(value) is dict:
            inner = EventPart(value)
            items[index] = inner
            _wrap_members(inner)
        elif type(value) is list:
            _wrap_items(value)


def replace_members(event: Event, path: str, members: dict[str, JsonValue]) -> None:
    """Give an object of the live event new members, in place (``transaction.metadata``).

    Args:
        event: The event of the running handler.
        path: Platform keys joined with dots; an object missing on the way is made.
        members: What the object holds from now on.
    """
    *way, last = path.split(".")
    part: dict[str, JsonValue] = event
    for key in way:
        inner = part.get(key)
        if not isinstance(inner, dict):
            inner = EventPart()
            part[key] = inner
        part = inner
    target = part.get(last)
    if isinstance(target, dict):
        target.clear()
        target.update(members)
    else:
        part[last] = members
