"""How the platform spells the members of the event that Python reads in snake_case."""

from __future__ import annotations

from loginwright_runtime.login.platform_spelling import (
    MAPS_OF_USERS,
    PLATFORM_SPELLING,
    camel_case,
)

_CAMEL_PARTS = frozenset({"geoip", "akamai"})


def platform_path(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return a path of the event as reference §3 spells it.

    Args:
        path: As Python writes it; keys of a user's own maps (metadata, query, …) stay as they are.
    """
    spelt: list[str] = []
    camel = False
    for index, name in enumerate(path):
        spelt.append(camel_case(name) if camel else PLATFORM_SPELLING.get(name, name))
        if name in MAPS_OF_USERS:
            return (*spelt, *path[index + 1 :])
        camel = camel or name in _CAMEL_PARTS
    return tuple(spelt)
