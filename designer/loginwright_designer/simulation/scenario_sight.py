"""What the code of a login saw where it ended: the clock, what it read, what it called."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import orjson
from PySide6.QtCore import QCoreApplication, QLocale

from loginwright_runtime.simulation import whole_event
from loginwright_runtime.tracing.record import CallMade, HandlerBegan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.login.json_values import JsonValue
    from loginwright_runtime.simulation import Scenario, ScenarioRun
    from loginwright_runtime.tracing import RunRecord
    from loginwright_runtime.validation import SourceFacts

translate = QCoreApplication.translate

_MOST_ROWS = 8
_MOST_CHARACTERS = 48


@dataclass(frozen=True, slots=True)
class SeenValue:
    """Something the code saw or did.

    Attributes:
        name: "clock", "line 10".
        value: As the code has it, in one line.
        action_id: Whose code; None for the clock.
        line: Of that code.
    """

    name: str
    value: str = field(repr=False)
    action_id: str | None = None
    line: int | None = None


def what_was_seen(
    scenario: Scenario, run: ScenarioRun, flow: Flow, facts: Mapping[str, SourceFacts]
) -> tuple[SeenValue, ...]:
    """Return the clock, and what the action where the login ended read and called.

    Args:
        scenario: As it ran.
        run: What came of it.
        flow: It ran on.
        facts: What each source does, by file.
    """
    clock = scenario.now or translate("Difference", "the real clock")
    rows = [SeenValue(translate("Difference", "clock"), clock)]
    action_id = _where_it_ended(run)
    action = next((one for one in flow.actions if one.id == action_id), None)
    if action is not None and action_id is not None:
        known = facts.get(action.code)
        reads = _reads(run.record, action_id, known) if known is not None else iter(())
        found = {*reads, *_calls(run.record, action_id)}
        rows += sorted(found, key=lambda row: (row.line or 0, row.value))[: _MOST_ROWS - 1]
    return tuple(rows)


def _where_it_ended(run: ScenarioRun) -> str | None:
    if run.outcome.error is not None and run.outcome.error.action is not None:
        return run.outcome.error.action
    began = [entry.action for entry in run.record.entries if isinstance(entry, HandlerBegan)]
    return began[-1] if began else None


def _reads(record: RunRecord, action_id: str, facts: SourceFacts) -> Iterator[SeenValue]:
    """Yield the members of the event that the last handler of an action reads."""
    last = None
    for entry in record.entries:
        if isinstance(entry, HandlerBegan) and entry.action == action_id:
            last = entry
    if last is None or last.event >= len(record.events):
        return
    event = orjson.loads(record.events[last.event])
    for read in facts.event_reads:
        if read.handler in (last.handler, None):
            value = _text(_inside(event, read.path))
            yield _row(f"event.{read.path} = {value}", action_id, read.line)


def _calls(record: RunRecord, action_id: str) -> Iterator[SeenValue]:
    for entry in record.entries:
        if isinstance(entry, CallMade) and entry.action == action_id and not entry.evaluated:
            inside = "…" if entry.args else ""
            yield _row(f"api.{entry.method}({inside})", action_id, entry.line)


def _row(value: str, action_id: str, line: int | None) -> SeenValue:
    name = "" if line is None else translate("Difference", "line {line}").format(line=line)
    return SeenValue(name, value, action_id, line)


def _inside(value: JsonValue, path: str) -> JsonValue:
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _text(value: JsonValue) -> str:
    text = orjson.dumps(value).decode()
    return text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…"


def weekday_note(scenario: Scenario) -> str:
    """Return a sentence where it is another day at the user's place than where actions run.

    Actions run in UTC, so a rule on days may surprise there (mocks/notes.md). Empty otherwise.
    """
    seconds = scenario.now_seconds
    request = whole_event(scenario).get("request")
    geoip = request.get("geoip") if isinstance(request, dict) else None
    zone = geoip.get("timeZone") if isinstance(geoip, dict) else None
    if seconds is None or not isinstance(zone, str):
        return ""
    try:
        there = datetime.fromtimestamp(seconds, ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""
    here = datetime.fromtimestamp(seconds, UTC)
    if here.isoweekday() == there.isoweekday():
        return ""
    city = geoip.get("cityName") if isinstance(geoip, dict) else None
    text = translate(
        "Difference",
        "Actions run in UTC: at this moment it is {here} in UTC and {there} in {place}.",
    )
    return text.format(here=_day(here), there=_day(there), place=city or zone)


def _day(moment: datetime) -> str:
    return QLocale.c().dayName(moment.isoweekday())
