"""Reads the arguments of a client's request; whatever is odd in them is said, never a crash."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.login.json_values import JsonObject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.login.json_values import JsonValue

MOST_NUMBER = 2**31 - 1


@dataclass(frozen=True, slots=True)
class RequestArguments:
    """The members of ``arguments``.

    Attributes:
        members: As they came.
    """

    members: JsonObject = field(repr=False)

    def text(self, name: str) -> str:
        """Return a text that has to be there.

        Raises:
            RefusedError: It is not, or is no text.
        """
        value = self.optional_text(name)
        if value is None:
            raise RefusedError(f'"{name}" is missing.')
        return value

    def optional_text(self, name: str) -> str | None:
        """Return a text, or None; RefusedError where it is something else."""
        value = self.members.get(name)
        if value is None or isinstance(value, str):
            return value
        raise RefusedError(f'"{name}" is no text.')

    def number(self, name: str, otherwise: int | None = None) -> int:
        """Return a whole number from 0; RefusedError where there is none and no ``otherwise``."""
        value = self.members.get(name)
        if value is None and otherwise is not None:
            return otherwise
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_NUMBER:
            return value
        raise RefusedError(f'"{name}" is no whole number from 0.')

    def flag(self, name: str, *, otherwise: bool) -> bool:
        """Return true or false; RefusedError where it is something else."""
        value = self.members.get(name)
        if value is None:
            return otherwise
        if isinstance(value, bool):
            return value
        raise RefusedError(f'"{name}" is neither true nor false.')

    def object(self, name: str) -> RequestArguments:
        """Return an object, empty where it is missing; RefusedError where it is something else."""
        value = self.members.get(name)
        if value is None:
            return RequestArguments({})
        if isinstance(value, dict):
            return RequestArguments(value)
        raise RefusedError(f'"{name}" is no object.')

    def objects(self, name: str) -> tuple[RequestArguments, ...]:
        """Return a list of objects, empty where it is missing; RefusedError for others."""
        return tuple(self._objects(name))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, empty where it is missing; RefusedError for others."""
        found = tuple(self._list(name))
        texts = tuple(one for one in found if isinstance(one, str))
        if len(texts) != len(found):
            raise RefusedError(f'"{name}" holds something that is no text.')
        return texts

    def _objects(self, name: str) -> Iterator[RequestArguments]:
        for one in self._list(name):
            if not isinstance(one, dict):
                raise RefusedError(f'"{name}" holds something that is no object.')
            yield RequestArguments(one)

    def _list(self, name: str) -> list[JsonValue]:
        value = self.members.get(name)
        if value is None:
            return []
        if isinstance(value, list):
            return value
        raise RefusedError(f'"{name}" is no list.')
