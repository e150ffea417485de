"""What came of each scenario under ``test``: as JSON, as lines, as JUnit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never
from xml.etree import ElementTree

import orjson

from loginwright_runtime.simulation import (
    Difference,
    ScenarioFile,
    ScenarioResult,
    ScenarioRun,
    UnusableScenario,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loginwright_runtime.login.json_values import JsonObject, JsonValue

_MOST_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One row of the result.

    Attributes:
        status: Of the outcome; ``invalid`` where the scenario could not be run.
        ok: Whether all is as expected.
        differences: Where it is not.
        duration_ms: Of the whole run.
    """

    name: str
    file: str
    status: str
    ok: bool
    differences: tuple[Difference, ...] = field(repr=False)
    duration_ms: float

    def to_json(self) -> JsonObject:
        """Return the row as contract.md has it."""
        return {
            "name": self.name,
            "file": self.file,
            "status": self.status,
            "ok": self.ok,
            "differences": [difference.to_json() for difference in self.differences],
            "duration_ms": round(self.duration_ms, 3),
        }

    def lines(self) -> Iterator[str]:
        """Yield the differences for people."""
        for difference in self.differences:
            yield difference.path
            yield f"  expected {_text(difference.expected)}"
            yield f"  got      {_text(difference.got)}"


def row_of(entry: ScenarioFile, result: ScenarioResult, *, strict: bool) -> ScenarioRow:
    """Return the row of a scenario.

    Args:
        entry: Its file.
        result: What came of it.
        strict: A warning that the scenario does not expect is a difference too.
    """
    name = entry.scenario.name if entry.scenario is not None else entry.stem
    match result:
        case ScenarioRun():
            found = result.differences
            if strict:
                found = (*found, *_warnings(entry, result))
            return ScenarioRow(
                name, entry.file, result.outcome.status, not found, found, result.duration_ms
            )
        case UnusableScenario(problems):
            found = tuple(
                Difference(problem.path or "$", problem.remedy, problem.message)
                for problem in problems
            )
            return ScenarioRow(name, entry.file, "invalid", False, found, 0.0)
        case _:
            assert_never(result)


def _warnings(entry: ScenarioFile, run: ScenarioRun) -> tuple[Difference, ...]:
    expected = entry.scenario.expect if entry.scenario is not None else None
    if "warnings" in (expected or {}) or not run.outcome.warnings:
        return ()
    told: list[JsonValue] = [warning.model_dump(mode="json") for warning in run.outcome.warnings]
    return (Difference("$.warnings", [], told),)


def junit(flow_name: str, entries: Sequence[ScenarioRow]) -> bytes:
    """Return the results as a JUnit report."""
    failed = sum(not entry.ok for entry in entries)
    seconds = sum(entry.duration_ms for entry in entries) / 1000
    counts = {"tests": str(len(entries)), "failures": str(failed), "errors": "0"}
    root = ElementTree.Element("testsuites", {**counts, "time": f"{seconds:.3f}"})
    suite = ElementTree.SubElement(
        root, "testsuite", {"name": _xml(flow_name), **counts, "time": f"{seconds:.3f}"}
    )
    for entry in entries:
        case = ElementTree.SubElement(
            suite,
            "testcase",
            {
                "name": _xml(entry.name),
                "classname": _xml(flow_name),
                "file": _xml(entry.file),
                "time": f"{entry.duration_ms / 1000:.3f}",
            },
        )
        if not entry.ok:
            paths = ", ".join(difference.path for difference in entry.differences)
            failure = ElementTree.SubElement(
                case, "failure", {"message": _xml(f"{entry.status}: {paths}")}
            )
            failure.text = _xml("\n".join(entry.lines()))
    ElementTree.indent(root)
    data: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _xml(text: str) -> str:
    """Return text that XML can hold: characters it has no place for are escaped."""
    return "".join(
        character if _is_xml(ord(character)) else f"\\u{ord(character):04x}" for character in text
    )


def _is_xml(code: int) -> bool:
    if code < 0x20:
        return code in (0x9, 0xA, 0xD)
    return not (0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF))


def _text(value: JsonValue) -> str:
    text = orjson.dumps(value).decode()
    return text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…"
