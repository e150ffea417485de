"""Says in words what the steps strip shows; what is spoken is never less than what is drawn."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.steps import Glyph

if TYPE_CHECKING:
    from loginwright_designer.simulation.steps import StepCell, StepGroup, Steps

translate = QCoreApplication.translate

_ENDS = frozenset({Glyph.TOKENS, Glyph.DENIED, Glyph.FAILED})


def group_of(steps: Steps, number: int) -> StepGroup:
    """Return the group that a step, counted from 1, stands in."""
    index = bisect_right(steps.groups, number, key=lambda group: group.cells[0].number)
    return steps.groups[index - 1]


def is_over(steps: Steps) -> bool:
    """Tell whether the login has ended as its record says."""
    if not steps.groups or steps.groups[-1].kind != "end":
        return False
    return steps.groups[-1].cells[-1].glyph in _ENDS


def short_name(cell: StepCell) -> str:
    """Return what stands below the step that is shown: its line, else what it is."""
    if cell.glyph is Glyph.LINE and cell.line is not None:
        return translate("Steps", "line {line}").format(line=cell.line)
    return cell.label


def spoken_step(steps: Steps, cell: StepCell, shown: int | None) -> str:
    """Return a step in words: "Step 8 of 21, sendUserTo, Ask favourite colour, line 21".

    Args:
        steps: All of them.
        cell: The one.
        shown: Number of the step that is looked at; None is now.
    """
    text = translate("Steps", "Step {number} of {total}")
    said = [text.format(number=cell.number, total=steps.total), cell.label]
    group = group_of(steps, cell.number)
    if group.kind == "away":
        said.insert(1, translate("Steps", "away at"))
        said[1:3] = [" ".join(said[1:3])]
    elif cell.action is not None:
        said.append(cell.breadcrumb[1])
    if cell.line is not None:
        said.append(translate("Steps", "line {line}").format(line=cell.line))
    if shown is not None and cell.number > shown:
        said.append(translate("Steps", "later"))
    elif cell.number == shown:
        said.append(translate("Steps", "shown"))
    return ", ".join(said)


def past_announcement(steps: Steps, shown: int) -> str:
    """Return what is said when somebody looks at a recorded step."""
    text = translate("Steps", "Past, step {number} of {total}")
    told = text.format(number=shown, total=steps.total)
    cell = steps.numbered(shown)
    if cell is None:
        return told
    return f"{told}. {', '.join((cell.label, *cell.breadcrumb[1:2]))}"


def strip_note(steps: Steps, shown: int | None, *, away: bool) -> str:
    """Return what stands at the right of the strip's header.

    Args:
        steps: All of them.
        shown: Number of the step that is looked at; None is now.
        away: The login waits for an answer.
    """
    if not steps.total:
        return ""
    if shown is not None:
        text = translate("Steps", "Hollow: step {shown}, shown · Solid: step {now}, now")
        return text.format(shown=shown, now=steps.total)
    if is_over(steps):
        text = translate("Steps", "Step {number} of {number} · leg {leg} · finished")
    elif away:
        text = translate("Steps", "Step {number} · leg {leg} · nothing after this is known yet")
    else:
        text = translate("Steps", "Step {number} · leg {leg}")
    return text.format(number=steps.total, leg=steps.groups[-1].leg)
