"""Says of each recorded login what its row shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.outcome_words import OutcomeState
from loginwright_designer.simulation.visible_text import visible_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from loginwright_designer.simulation.recorded_logins import RecordedLogin

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class RecordedRow:
    """A row of the panel.

    Attributes:
        key: Of the login.
        state: Its mark.
        word: How it ended.
        scenario: Which login it was.
        time: When, "10:42" today, else the day.
        facts: "2 legs, 17 steps", and what else is known.
        kept: It stands in a file.
        is_open: It is the one that is shown now.
        when: Day and time.
    """

    key: str
    state: OutcomeState
    word: str
    scenario: str
    time: str
    facts: str
    kept: bool = False
    is_open: bool = False
    when: str = ""

    @property
    def spoken(self) -> str:
        """All of it, as it is read out."""
        parts = [self.word, self.scenario, self.when or self.time, self.facts]
        if self.is_open:
            parts.append(translate("RecordedLogins", "shown now"))
        return ", ".join(part for part in parts if part)


def recorded_rows(
    logins: Iterable[RecordedLogin], now: datetime, shown: str | None = None
) -> tuple[RecordedRow, ...]:
    """Return the rows of the panel.

    Args:
        logins: In their order.
        now: In the time zone that times are shown in.
        shown: Key of the login that is shown now.
    """
    return tuple(_row(login, now, shown) for login in logins)


def count_words(legs: int, steps: int) -> str:
    """Return ``2 legs, 17 steps``."""
    of_legs = (
        translate("RecordedLogins", "1 leg")
        if legs == 1
        else translate("RecordedLogins", "{count} legs").format(count=legs)
    )
    of_steps = (
        translate("RecordedLogins", "1 step")
        if steps == 1
        else translate("RecordedLogins", "{count} steps").format(count=steps)
    )
    return f"{of_legs}, {of_steps}"


def _row(login: RecordedLogin, now: datetime, shown: str | None) -> RecordedRow:
    local = login.at.astimezone(now.tzinfo)
    today = local.date() == now.date()
    facts = [count_words(login.legs, login.steps)]
    if login.inputs is None:
        facts.append(translate("RecordedLogins", "trace"))
    if login.kept:
        facts.append(translate("RecordedLogins", "kept"))
    if login.problems:
        facts.append(_problems_words(len(login.problems)))
    return RecordedRow(
        key=login.key,
        state=login.state,
        word=visible_line(login.word),
        scenario=visible_line(login.scenario),
        time=f"{local:%H:%M}" if today else f"{local:%Y-%m-%d}",
        facts=" · ".join(facts),
        kept=login.kept,
        is_open=login.key == shown,
        when=f"{local:%H:%M}" if today else f"{local:%Y-%m-%d %H:%M}",
    )


def _problems_words(count: int) -> str:
    if count == 1:
        return translate("RecordedLogins", "1 line cannot be read")
    return translate("RecordedLogins", "{count} lines cannot be read").format(count=count)
