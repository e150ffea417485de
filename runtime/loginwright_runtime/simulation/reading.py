"""Decodes a scenario file, naming every fault with its place."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pydantic import ValidationError

from loginwright_runtime.errors import Problem, ScenarioError
from loginwright_runtime.flow.json_text import JsonFile, JsonObject, read_json
from loginwright_runtime.flow.migrations import Current, FormatHistory, Unknown
from loginwright_runtime.login.fault_words import fault_in_words
from loginwright_runtime.simulation.model import Scenario

if TYPE_CHECKING:
    from pydantic import JsonValue
    from pydantic_core import ErrorDetails

    from loginwright_runtime.flow.json_places import Place

SCENARIO_HISTORY = FormatHistory("loginwright/scenario", 1)
_NUMBERED = re.compile(r"([^0-9]*)([0-9]*)")


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """A scenario as a file holds it, also one that cannot be used.

    Attributes:
        file: Path as people know it: ``scenarios/first-login.json`` in a flow.
        scenario: The scenario; None where the file has an error.
        problems: What is wrong with it.
        content: What the file holds, as it was read.
        newer_format: The format it needs, where that is newer than this version reads; such a file
            is shown and never written.
    """

    file: str
    scenario: Scenario | None = field(repr=False)
    problems: tuple[Problem, ...] = ()
    content: bytes = field(default=b"", repr=False)
    newer_format: str | None = None

    @property
    def stem(self) -> str:
        """The file's name without its folder and ``.json``."""
        return _stem(self.file)

    def usable(self) -> Scenario:
        """Return the scenario; ScenarioError with every problem when there is none."""
        if self.scenario is None:
            raise ScenarioError(*self.problems)
        return self.scenario


def read_scenario(data: bytes, file: str) -> ScenarioFile:
    """Decode a scenario; never raises for what stands in it.

    Args:
        data: The whole file.
        file: What problems call it; its stem names a scenario that does not name itself.
    """
    document = read_json(data, file)
    if isinstance(document, Problem):
        return ScenarioFile(file, None, (document,), data)
    if not isinstance(document.value, dict):
        document.report("invalid-value", (), "The file holds no JSON object.", "Write { … }.")
        return ScenarioFile(file, None, tuple(document.problems), data)
    members = _current(document, document.value)
    if members is None:
        newer = document.value.get("format") if _is_newer(document.value) else None
        name = newer if isinstance(newer, str) else None
        return ScenarioFile(file, None, tuple(document.problems), data, name)
    scenario = _decode(document, members, file)
    return ScenarioFile(file, scenario, tuple(document.problems), data)


def as_people_count(file: str) -> tuple[tuple[tuple[str, int], ...], str]:
    """Return what puts scenarios' files in order: ``login``, ``login-2``, then ``login-10``."""
    parts = _NUMBERED.findall(_stem(file))
    return tuple((text, int(number[:18] or -1)) for text, number in parts), file


def _stem(file: str) -> str:
    return PurePosixPath(file.replace(os.sep, "/")).stem


def _current(document: JsonFile, members: JsonObject) -> JsonObject | None:
    """Return the members without ``format``, or None with the problem reported."""
    if "format" not in members:
        remedy = f'Write "format": "{SCENARIO_HISTORY.current}" as the first member.'
        document.report("missing-key", ("format",), "The file does not name its format.", remedy)
        return None
    match SCENARIO_HISTORY.upgrade(members):
        case Unknown(message, remedy):
            document.report("unknown-format", ("format",), message, remedy)
            return None
        case Current(upgraded, migrated):
            document.located = not migrated
            return {key: value for key, value in upgraded.items() if key != "format"}


def _is_newer(members: JsonObject) -> bool:
    name, _, version = str(members.get("format")).partition("@")
    known = name == SCENARIO_HISTORY.name and version.isascii() and version.isdigit()
    return known and int(version[:9]) > SCENARIO_HISTORY.version


def _decode(document: JsonFile, members: JsonObject, file: str) -> Scenario | None:
    named = {"name": PurePosixPath(file.replace(os.sep, "/")).stem, **members}
    try:
        scenario = Scenario.model_validate(named)
    except ValidationError as error:
        for detail in error.errors(include_input=False, include_url=False):
            _report(document, members, detail)
        return None
    return None if document.problems else scenario


def _report(document: JsonFile, members: JsonObject, detail: ErrorDetails) -> None:
    place = _place(members, detail["loc"])
    last = place[-1] if place else ""
    match detail["type"]:
        case "extra_forbidden":
            message = f'The key "{last}" is unknown here.'
            document.report("unknown-key", place, message, "Remove it.", at_key=True)
        case "missing":
            document.report("missing-key", place, f'The key "{last}" is missing.', f'Add "{last}".')
        case _:
            reason, remedy = fault_in_words(detail)
            document.report("invalid-value", place, f"This cannot be used: {reason}.", remedy)


def _place(members: JsonObject, location: tuple[int | str, ...]) -> Place:
    """Return where in the document a fault stands; names of kinds of replies are no keys."""
    place: list[str | int] = []
    here: JsonValue = members
    for position, step in enumerate(location):
        inside = _inside(here, step)
        if inside is not None:
            here = inside[0]
            place.append(step)
        elif position == len(location) - 1 and isinstance(here, dict) and isinstance(step, str):
            place.append(step)
    return tuple(place)


def _inside(value: JsonValue, step: int | str) -> tuple[JsonValue] | None:
    if isinstance(value, dict) and isinstance(step, str) and step in value:
        return (value[step],)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return (value[step],)
    return None
