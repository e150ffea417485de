"""The names and values of secrets: what may stand in a secrets file (contract.md, "Secrets")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias, cast

from typing_extensions import override

from loginwright_runtime.errors import Problem, SecretError
from loginwright_runtime.flow.action_names import is_action_id
from loginwright_runtime.flow.secret_names import is_secret_name

MAX_SECRET_BYTES = 4096

SecretsByName: TypeAlias = Mapping[str, str]
SecretValues: TypeAlias = Mapping[str, str | SecretsByName]

_HALF_PAIR = re.compile("[\ud800-\udfff]")


def secret_problem(
    message: str, remedy: str, *, file: str | None = None, path: str | None = None
) -> SecretError:
    """Return an error that names the place of a secret and never its value."""
    return SecretError(Problem("secrets", "error", message, remedy, file=file, path=path))


def check_value(value: str, *, file: str | None = None, path: str | None = None) -> str:
    """Return ``value`` when it is valid Unicode of at most 4,096 bytes; SecretError otherwise."""
    if _HALF_PAIR.search(value):  # looked for, because a failed encode() carries the value
        raise secret_problem(
            "The secret is no valid Unicode.", "Write it in UTF-8.", file=file, path=path
        )
    size = len(value.encode())
    if size > MAX_SECRET_BYTES:
        raise secret_problem(
            f"The secret has {size} bytes; at most {MAX_SECRET_BYTES} are kept.",
            "Keep large material elsewhere and its key here.",
            file=file,
            path=path,
        )
    return value


class SecretTable:
    """Secrets by name, and by action and name; shows names, never values."""

    __slots__ = ("_by_action", "_by_name")

    def __init__(self, values: Mapping[str, object], *, file: str | None = None) -> None:
        """Check and keep ``values``.

        Args:
            values: ``{"NAME": "v"}``, ``{"action-id": {"NAME": "v"}}``, or both side by side.
            file: Where they come from, for errors.

        Raises:
            SecretError: A member has another shape; names the file, the JSON path and the remedy.
        """
        self._by_name: dict[str, str] = {}
        self._by_action: dict[str, dict[str, str]] = {}
        for position, (key, value) in enumerate(values.items(), start=1):
            if isinstance(value, Mapping):
                self._by_action[_action_id(key, position, file)] = {
                    name: _named(name, secret, place, file, f"$.{key}")
                    for place, (name, secret) in enumerate(_members(cast("object", value)), start=1)
                }
            else:
                self._by_name[key] = _named(key, value, position, file, "$")

    def of(self, action_id: str, names: tuple[str, ...]) -> dict[str, str]:
        """Return the values of ``names``; what stands under the action comes first."""
        known = self._by_name | self._by_action.get(action_id, {})
        return {name: known[name] for name in names if name in known}

    @override
    def __repr__(self) -> str:
        names = set(self._by_name).union(*self._by_action.values())
        return f"<{', '.join(sorted(names)) or 'no secrets'}>"


def _members(values: object) -> list[tuple[str, object]]:
    members = cast("Mapping[object, object]", values)
    return [(str(name), value) for name, value in members.items()]


def _action_id(key: str, position: int, file: str | None) -> str:
    if is_action_id(key):
        return key
    # Not quoted: where names and values were exchanged, the key is the secret.
    raise secret_problem(
        f"Member {position} holds an object, but its key is no action id.",
        'Write {"NAME": "value"} or {"action-id": {"NAME": "value"}}.',
        file=file,
        path="$",
    )


def _named(name: str, value: object, position: int, file: str | None, path: str) -> str:
    if not is_secret_name(name):
        raise secret_problem(
            f"The key of member {position} is no name of a secret.",
            "A name has letters, digits, _ and -, begins with a letter or _, and stands before"
            " its value.",
            file=file,
            path=path,
        )
    if not isinstance(value, str):
        raise secret_problem(
            "The value is no text.", "Put it in quotes.", file=file, path=f"{path}.{name}"
        )
    return check_value(value, file=file, path=f"{path}.{name}")
