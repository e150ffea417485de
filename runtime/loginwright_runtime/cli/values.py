"""Values on the command line that are read from elsewhere: ``-`` and ``@file`` (security.md 27)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_runtime.errors import BadInputError, Problem
from loginwright_runtime.flow.json_text import read_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_runtime.login.json_values import JsonObject

MAX_BYTES = 16_000_000
STDIN = "-"


class ValueReader:
    """Reads values that stand in a file or come on standard input, which can be read once."""

    def __init__(self) -> None:
        self._stdin_taken_by: str | None = None

    def text(self, given: str, option: str) -> str:
        """Return a value: ``-`` is standard input, ``@file`` a file, ``@@x`` the text ``@x``.

        One line end at the end of what is read does not belong to the value.

        Args:
            given: As it stands on the command line.
            option: Whose value it is, for problems.

        Raises:
            BadInputError: It cannot be read, or standard input was read before.
        """
        if given == STDIN:
            return _without_line_end(_decoded(self._stdin(option), option))
        if given.startswith("@@"):
            return given[1:]
        if given.startswith("@"):
            return _without_line_end(_decoded(_file(given[1:], option), option))
        return given

    def content(self, given: str, option: str) -> tuple[bytes, str]:
        """Return a file's content and what problems call it; ``-`` is standard input.

        Args:
            given: A path, also as ``@path``.
            option: Whose value it is, for problems.

        Raises:
            BadInputError: It cannot be read, or standard input was read before.
        """
        if given == STDIN:
            return self._stdin(option), "standard input"
        path = given.removeprefix("@")
        return _file(path, option), path

    def object(self, given: str, option: str) -> tuple[JsonObject, str]:
        """Return the JSON object in a file, and what problems call the file.

        Raises:
            BadInputError: It cannot be read, or is no JSON object.
        """
        data, name = self.content(given, option)
        document = read_json(data, name)
        if isinstance(document, Problem):
            raise BadInputError(document)
        if document.problems:
            raise BadInputError(*document.problems)
        if isinstance(document.value, dict):
            return document.value, name
        raise BadInputError(
            Problem(
                "invalid-value", "error", "The file holds no JSON object.", "Write { … }.", name
            )
        )

    def pairs(self, given: Sequence[str], option: str) -> JsonObject:
        """Return ``K=V`` options as an object; a key that is repeated gets a list of its values.

        Raises:
            BadInputError: One is no ``K=V``, or its value cannot be read.
        """
        values: JsonObject = {}
        for pair in given:
            key, equals, value = pair.partition("=")
            if not equals or not key:
                message = f"What follows {option} is no K=V."
                raise BadInputError(_usage(message, f"Write {option} name=value."))
            text = self.text(value, option)
            before = values.get(key)
            if before is None:
                values[key] = text
            else:
                values[key] = [*before, text] if isinstance(before, list) else [before, text]
        return values

    def _stdin(self, option: str) -> bytes:
        if self._stdin_taken_by is not None:
            message = f"Standard input is read for {self._stdin_taken_by} already."
            raise BadInputError(_usage(message, f"Give {option} as @file."))
        self._stdin_taken_by = option
        return sys.stdin.buffer.read(MAX_BYTES)


def _file(path: str, option: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES)
    except OSError as error:
        message = f"The file for {option} cannot be read: {error.strerror}."
        remedy = "Name a file that you may read."
        raise BadInputError(Problem("unreadable-file", "error", message, remedy, path)) from None


def _decoded(data: bytes, option: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInputError(_usage(f"The value of {option} is no UTF-8.", "Write UTF-8.")) from None


def _without_line_end(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")


def _usage(message: str, remedy: str) -> Problem:
    return Problem("usage", "error", message, remedy)
