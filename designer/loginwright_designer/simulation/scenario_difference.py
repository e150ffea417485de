"""Where a login differs from what its scenario expects: as rows, and what the code saw."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import orjson
from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.kept_expectation import expectable, value_at
from loginwright_designer.simulation.scenario_outcome import ends_as
from loginwright_designer.simulation.scenario_sight import SeenValue, weekday_note, what_was_seen
from loginwright_runtime.login.json_values import JsonValue
from loginwright_runtime.simulation import ABSENT
from loginwright_runtime.transaction.outcome import Allowed, Denied, Failed, Suspended

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.simulation import (
        Difference,
        LoginOutcome,
        Scenario,
        ScenarioFile,
        ScenarioRun,
    )
    from loginwright_runtime.validation import SourceFacts

translate = QCoreApplication.translate

_MOST_CHARACTERS = 60


class RowKind(StrEnum):
    """What became of an expected value."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One place where what came is not what was expected.

    Attributes:
        path: In the outcome, ``$.error.code``.
        label: The same as people read it, ``error.code``.
        kind: What became of it.
        before: What was expected, in a few words; "none" where nothing was.
        after: What came.
        expected: What was expected, as JSON.
        got: What came, as JSON.
        stated: Whether the scenario says something about this place.
        can_keep: Whether it can be expected from now on.
    """

    path: str
    label: str
    kind: RowKind
    before: str
    after: str
    expected: JsonValue = field(default=None, repr=False)
    got: JsonValue = field(default=None, repr=False)
    stated: bool = True
    can_keep: bool = True


@dataclass(frozen=True, slots=True)
class DifferenceReport:
    """All that the difference view shows of a scenario.

    Attributes:
        file: Of the scenario.
        name: What people call it.
        sentence: What was expected and what came.
        rows: Where they differ; empty when it ended as expected.
        seen: What the code saw.
        note: One more sentence on that, or empty.
        is_stale: It belongs to an earlier flow or scenario.
    """

    file: str
    name: str
    sentence: str
    rows: tuple[DifferenceRow, ...] = ()
    seen: tuple[SeenValue, ...] = ()
    note: str = ""
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class NoReport:
    """A scenario of which no run is known.

    Attributes:
        file: Of the scenario.
        title: What is missing.
        text: Why, and what would help.
        readable: It can be run; else its file has to be corrected first.
    """

    file: str
    title: str
    text: str
    readable: bool


def no_report(entry: ScenarioFile) -> NoReport:
    """Return what is said of a scenario that has not run yet, or that cannot be read."""
    if entry.scenario is not None:
        title = translate("Difference", "{name} has not run yet")
        text = translate("Difference", "Run it to see what comes of it.")
        return NoReport(entry.file, title.format(name=entry.scenario.name), text, readable=True)
    title = translate("Difference", "{name} cannot be read")
    text = ""
    problem = next(iter(entry.problems), None)
    if problem is not None:
        text = translate("Difference", "{problem} {remedy}")
        if problem.line is not None:
            text = translate("Difference", "Line {line}: {problem} {remedy}")
        text = text.format(line=problem.line, problem=problem.message, remedy=problem.remedy)
    return NoReport(entry.file, title.format(name=entry.stem), text, readable=False)


def difference_report(
    file: str,
    scenario: Scenario,
    run: ScenarioRun,
    flow: Flow,
    facts: Mapping[str, SourceFacts],
    *,
    is_stale: bool = False,
) -> DifferenceReport:
    """Return what the difference view shows.

    Args:
        file: Of the scenario.
        scenario: As it ran.
        run: What came of it.
        flow: It ran on.
        facts: What each source does, by file.
        is_stale: It belongs to an earlier flow or scenario.
    """
    names = {action.id: action.name for action in flow.actions}
    rows = difference_rows(scenario, run)
    return DifferenceReport(
        file=file,
        name=scenario.name,
        sentence=_sentence(scenario, run, rows, names),
        rows=rows,
        seen=what_was_seen(scenario, run, flow, facts),
        note=weekday_note(scenario),
        is_stale=is_stale,
    )


def difference_rows(scenario: Scenario, run: ScenarioRun) -> tuple[DifferenceRow, ...]:
    """Return where a run differs; of a scenario that expects nothing, what it could expect."""
    outcome = run.outcome.model_dump(mode="json")
    if scenario.expect is None:
        paths = expectable(outcome)
        unstated = [_unstated(path, value_at(outcome, path)) for path in paths]
        return (*map(_stated, run.differences), *unstated)
    rows = [_stated(difference) for difference in run.differences]
    if any(row.path == "$.status" for row in rows):
        told = {row.path for row in rows}
        rows[1:1] = [row for row in _of_error(scenario, outcome) if row.path not in told]
    return tuple(rows)


def _of_error(scenario: Scenario, outcome: Mapping[str, JsonValue]) -> list[DifferenceRow]:
    """Return what a login that should have been allowed says of its end, or the other way."""
    error = outcome.get("error")
    stated = (scenario.expect or {}).get("error")
    if stated is not None or not isinstance(error, dict):
        return []
    wanted = [("$.error.code", "code"), ("$.error.action", "action"), ("$.error.line", "line")]
    return [_unstated(path, error[name]) for path, name in wanted if error.get(name) is not None]


def _stated(difference: Difference) -> DifferenceRow:
    before, after = difference.expected, difference.got
    absent = before is None or before == ABSENT
    kind = RowKind.ADDED if absent else RowKind.REMOVED if after is None else RowKind.CHANGED
    if difference.path == "$.status":
        kind = RowKind.CHANGED
    return DifferenceRow(
        path=difference.path,
        label=difference.path.removeprefix("$."),
        kind=kind,
        before=value_words(None if absent else before),
        after=value_words(after),
        expected=before,
        got=after,
        can_keep=not difference.path.startswith("$.resume"),
    )


def _unstated(path: str, got: JsonValue) -> DifferenceRow:
    return DifferenceRow(
        path=path,
        label=path.removeprefix("$."),
        kind=RowKind.ADDED,
        before=value_words(None),
        after=value_words(got),
        got=got,
        stated=False,
    )


def value_words(value: JsonValue) -> str:
    """Return a JSON value in one short line: texts as they are, large values by their size."""
    match value:
        case None:
            return translate("Difference", "none")
        case str():
            return value
        case _:
            text = orjson.dumps(value).decode()
    if len(text) <= _MOST_CHARACTERS:
        return text
    size = len(value) if isinstance(value, dict | list) else 0
    return translate("Difference", "{count} members").format(count=size)


def _sentence(
    scenario: Scenario,
    run: ScenarioRun,
    rows: tuple[DifferenceRow, ...],
    names: Mapping[str, str],
) -> str:
    came = _came(run.outcome, names)
    if scenario.expect is None:
        return translate("Difference", "Nothing is expected yet. {came}").format(came=came)
    status = next((row for row in rows if row.path == "$.status"), None)
    if status is not None:
        expected = translate("Difference", "Expected {status}. {came}")
        return expected.format(status=status.before.capitalize(), came=came)
    if rows:
        return translate("Difference", "{came} What came of it is not what was expected.").format(
            came=came
        )
    return translate("Difference", "{came} That is what was expected.").format(came=came)


def _came(outcome: LoginOutcome, names: Mapping[str, str]) -> str:
    words = ends_as(outcome, names)
    match outcome:
        case Allowed() | Denied():
            text = translate("Difference", "The login was {words}.")
        case Failed():
            text = translate("Difference", "The login {words}.")
        case Suspended():
            text = translate("Difference", "The login is {words}.")
    return text.format(words=words[:1].lower() + words[1:])
