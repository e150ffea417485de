"""Lays the list of changes out as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.panels.inspector.row_values import (
    ChangeRow,
    CodeText,
    EmptyRow,
    FactLine,
    HeadingRow,
    Row,
    TextLine,
)
from loginwright_designer.simulation.change_list import ChangeList, later_words
from loginwright_designer.simulation.changes import ChangeGroup, rows_by_group
from loginwright_designer.simulation.token_list import place_words

if TYPE_CHECKING:
    from loginwright_designer.simulation.changes import Change

translate = QCoreApplication.translate

ICON = "list-tree"


def change_rows(shown: ChangeList) -> tuple[Row, ...]:
    """Return the rows of *Changes*."""
    rows: list[Row] = []
    for group, changes in rows_by_group(shown.rows):
        rows.append(HeadingRow(group_name(group), str(len(changes))))
        rows.extend(change_row(change, shown) for change in changes)
    if shown.rows:
        rows.extend(_not_asked_for(shown))
        rows.extend(_later_line(shown))
    else:
        rows.append(_nothing(shown))
    if shown.pending:
        rows.append(TextLine(shown.pending, line_above=True))
    rows.extend(_outcome(shown))
    if shown.profile:
        title = translate("Changes", "Profile after the write")
        rows.append(HeadingRow(title, line_above=True))
        rows.append(CodeText(title, _without_braces(shown.profile)))
    return tuple(rows)


def recent_rows(shown: ChangeList, most: int) -> tuple[Row, ...]:
    """Return the rows of the short list under the variables: what is new, the newest first.

    Args:
        shown: What *Changes* shows.
        most: How many changes at most.
    """
    new = sorted(shown.new_rows, key=lambda row: row.seq, reverse=True)
    title = translate("Changes", "Changes")
    rows: list[Row] = [HeadingRow(title, _recent_note(shown), line_above=True)]
    latest = new or sorted(shown.rows, key=lambda row: row.seq, reverse=True)
    rows.extend(change_row(change, shown) for change in latest[:most])
    more = len(shown.rows) - min(len(latest), most)
    if not shown.rows:
        rows.append(_nothing(shown))
    elif more:
        text = translate("Changes", "{count} more in Changes.")
        rows.append(TextLine(text.format(count=more)))
    if shown.pending:
        rows.append(TextLine(shown.pending))
    return tuple(rows)


def _recent_note(shown: ChangeList) -> str:
    """Return what the heading says of the rows below it: how many, and whether they are new."""
    if shown.step is not None:
        return translate("Changes", "at step {step}").format(step=shown.step)
    if not shown.rows:
        return ""
    if shown.new_rows:
        words = translate("Changes", "{count} since the last stop")
        return words.format(count=len(shown.new_rows))
    if shown.has_ended:
        words = translate("Changes", "{count} in all")
    elif shown.compared:
        words = translate("Changes", "{count} so far, none new")
    else:
        words = translate("Changes", "{count} so far")
    return words.format(count=shown.count)


def change_row(change: Change, shown: ChangeList) -> ChangeRow:
    """Return the row of a change."""
    return ChangeRow(change, place_words(shown.names, change.action, change.line))


def group_name(group: ChangeGroup) -> str:
    """Return what a group is called."""
    names = {
        ChangeGroup.ACCESS: translate("Changes", "Access"),
        ChangeGroup.MULTIFACTOR: translate("Changes", "Multifactor"),
        ChangeGroup.PROFILE: translate("Changes", "Profile"),
        ChangeGroup.SESSION: translate("Changes", "Session"),
        ChangeGroup.TOKENS: translate("Changes", "Tokens"),
    }
    return names[group]


def _nothing(shown: ChangeList) -> EmptyRow:
    if shown.step is not None:
        return EmptyRow(ICON, translate("Changes", "None at this step"), later_words(shown))
    if shown.has_ended:
        text = translate("Changes", "No action of this login asked for anything.")
        return EmptyRow(ICON, translate("Changes", "No changes"), text)
    text = translate(
        "Changes",
        "So far no action has asked for anything. What this login sets, denies or requires is "
        "listed here, with the line that did it.",
    )
    return EmptyRow(ICON, translate("Changes", "No changes yet"), text)


def _not_asked_for(shown: ChangeList) -> list[Row]:
    asked = {row.group for row in shown.rows}
    words = translate("Changes", "nothing asked for")
    missing = [group for group in ChangeGroup if group not in asked]
    return [
        FactLine(group_name(group), words, at_right=True, line_above=number == 0)
        for number, group in enumerate(missing)
    ]


def _later_line(shown: ChangeList) -> list[Row]:
    return [TextLine(later_words(shown), line_above=True)] if shown.later else []


def _outcome(shown: ChangeList) -> list[Row]:
    if not shown.facts:
        return []
    ended = shown.standing in ("denied", "failed")
    title = translate("Changes", "Outcome") if ended else translate("Changes", "Outcome so far")
    facts = [
        FactLine(fact.name, fact.value, wraps=fact.name == "description") for fact in shown.facts
    ]
    rows: list[Row] = [HeadingRow(title, line_above=True), *facts]
    if shown.standing == "away":
        rows.append(HeadingRow(translate("Changes", "Saved with the login"), line_above=True))
        text = translate(
            "Changes", "Position, event and state. No code is loaded while it is away."
        )
        rows.append(TextLine(text))
    return rows


def _without_braces(text: str) -> str:
    """Return JSON without its outermost pair, as the profile's two members stand alone."""
    lines = text.splitlines()
    return "\n".join(line.removeprefix("  ") for line in lines[1:-1]) or text
