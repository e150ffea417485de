"""JSON files decoded strictly: every key once, no half characters, nothing but JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Literal, NoReturn, TypeAlias

from pydantic import JsonValue

from loginwright_runtime.errors import Problem
from loginwright_runtime.flow.json_places import (
    JsonPlaces,
    Place,
    find_places,
    json_path,
    line_and_column,
)

JsonObject: TypeAlias = dict[str, JsonValue]

_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")
_TWO_HALVES = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_REPAIR = "Correct the text so that it is valid JSON in UTF-8."


@dataclass(slots=True)
class JsonFile:
    """A decoded JSON file that can say where in its text a problem stands.

    Attributes:
        file: Name that problems carry.
        text: The whole text.
        value: What it says.
        problems: What is wrong with it, in the order found.
        located: False once the value is no longer what the text says (after a migration).
    """

    file: str
    text: str = field(repr=False)
    value: JsonValue = field(repr=False)
    problems: list[Problem] = field(default_factory=list[Problem])
    located: bool = True
    _places: JsonPlaces | None = field(default=None, repr=False)

    @property
    def places(self) -> JsonPlaces:
        """Where everything stands; computed when first asked for."""
        if self._places is None:
            self._places = find_places(self.text)
        return self._places

    def report(
        self,
        rule: str,
        place: Place,
        message: str,
        remedy: str,
        *,
        at_key: bool = False,
        severity: Literal["error", "warning"] = "error",
    ) -> None:
        """Note a problem with the member at ``place``.

        Line and column are those of its value, of its key with ``at_key``, or of the nearest
        object around it when the member is missing.
        """
        line, column = self._position(place, at_key=at_key)
        path = json_path(place)
        self.problems.append(
            Problem(rule, severity, message, remedy, self.file, line, column, path)
        )

    def _position(self, place: Place, *, at_key: bool) -> tuple[int | None, int | None]:
        if not self.located:
            return None, None
        offset = self.places.keys.get(place) if at_key else self.places.values.get(place)
        while offset is None:
            place = place[:-1]
            offset = self.places.values.get(place)
        return line_and_column(self.text, offset)


class _RefusedJsonError(ValueError):
    """Something Python reads but JSON does not allow."""


def read_json(data: bytes, file: str) -> JsonFile | Problem:
    """Decode a JSON file; a problem when it is no JSON at all.

    A repeated key (RFC 8259 section 4) is one problem among the file's own, since the rest of the
    file can still be read; the last value counts.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _invalid(file, "The text is not UTF-8.", line)
    return _decode(text, file)


def _decode(text: str, file: str) -> JsonFile | Problem:
    repeated = False

    def members(pairs: list[tuple[str, JsonValue]]) -> JsonObject:
        nonlocal repeated
        value = dict(pairs)
        repeated = repeated or len(value) != len(pairs)
        return value

    try:
        value: JsonValue = json.loads(text, object_pairs_hook=members, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        return _invalid(file, f"This is not JSON: {error.msg}.", error.lineno, error.colno)
    except _RefusedJsonError as error:
        return _invalid(file, str(error))
    except ValueError:
        return _invalid(file, "A number has too many digits.")
    except RecursionError:
        return _invalid(file, "The document is nested too deeply.")
    if _holds_half_character(text):
        return _invalid(file, "A \\u escape gives half of a character.")
    document = JsonFile(file, text, value)
    if repeated:
        _report_repeated_keys(document)
    return document


def _report_repeated_keys(document: JsonFile) -> None:
    for place, offset in document.places.repeated:
        line, column = line_and_column(document.text, offset)
        message = f"The key {json.dumps(place[-1])} stands twice in one object."
        document.problems.append(
            Problem(
                "duplicate-json-key",
                "error",
                message,
                "Keep one of the two.",
                document.file,
                line,
                column,
                json_path(place),
            )
        )


def _refuse(name: str) -> NoReturn:
    raise _RefusedJsonError(f"{name} is no JSON number.")


def _holds_half_character(text: str) -> bool:
    if _HALF_CHARACTER.search(text) is None:
        return False
    rest = _TWO_HALVES.sub("", text.replace("\\\\", " "))
    return _HALF_CHARACTER.search(rest) is not None


def _invalid(
    file: str, message: str, line: int | None = None, column: int | None = None
) -> Problem:
    return Problem("invalid-json", "error", message, _REPAIR, file, line, column)
