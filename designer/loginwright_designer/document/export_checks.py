"""What has to be in order before a flow is exported: the rows of *Ready*."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.action_obstacles import missing_node
from loginwright_designer.document.language_names import LANGUAGE_NAMES
from loginwright_runtime.flow.flow_files import FLOW_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loginwright_designer.document.document_changes import ProblemsChange
    from loginwright_designer.document.draft import Draft
    from loginwright_designer.document.flow_export import ExportLook
    from loginwright_runtime.errors import Problem
    from loginwright_runtime.validation.facts import SourceFacts

translate = QCoreApplication.translate

_SCENARIOS = "scenarios/"
_MOST_NAMES = 3


class Standing(Enum):
    """How a scenario's last result stands to what is expected, and to what is on the desk."""

    AS_EXPECTED = auto()
    DIFFERS = auto()
    STALE = auto()
    RUNNING = auto()


class Weight(Enum):
    """What a check means for the export."""

    FINE = auto()
    NOTE = auto()
    ASKS = auto()
    WAITS = auto()
    BLOCKS = auto()


class CheckMark(Enum):
    """The shape at a check's left."""

    OK = auto()
    HINT = auto()
    WARNING = auto()
    ERROR = auto()
    DIFFERS = auto()
    STALE = auto()


class Offer(Enum):
    """What a check leads to."""

    SHOW_PROBLEMS = auto()
    SHOW_DIFFERENCES = auto()
    RUN_SCENARIOS = auto()
    SHOW_SECRETS = auto()


@dataclass(frozen=True, slots=True)
class ReadyCheck:
    """A row of *Ready*.

    Attributes:
        weight: What it means for the export.
        mark: Its shape.
        text: What was found.
        note: More of it, said quietly.
        offer: What it leads to, or None.
        agree: What the user has to agree to, "1 stale scenario"; empty where nothing.
    """

    weight: Weight
    mark: CheckMark
    text: str
    note: str = ""
    offer: Offer | None = None
    agree: str = ""


def ready_checks(
    draft: Draft,
    problems: ProblemsChange,
    look: ExportLook | None,
    standings: Mapping[str, Standing],
    missing_secrets: tuple[str, ...],
    *,
    with_scenarios: bool,
) -> tuple[ReadyCheck, ...]:
    """Return the rows of *Ready*, in the order they are read.

    Args:
        draft: What is on the desk.
        problems: What was last found.
        look: What the export would be; None while that is found out.
        standings: How each scenario stands, by file; one without an entry is stale.
        missing_secrets: Names without a value on this desk; they never block.
        with_scenarios: Scenarios go along, so that a malformed one blocks.
    """
    if problems.draft != draft:
        looking = ReadyCheck(
            Weight.WAITS, CheckMark.STALE, translate("Export", "Problems are being looked for…")
        )
        return (looking, *_of_scenarios(draft, standings, with_scenarios=with_scenarios))
    told = [
        problem
        for problem in problems.problems
        if with_scenarios or not (problem.file or "").startswith(_SCENARIOS)
    ]
    return (
        _errors(told),
        _loading(draft, told),
        _secret_texts(told, problems.facts),
        *_packages(look),
        *_of_scenarios(draft, standings, with_scenarios=with_scenarios),
        *_missing(missing_secrets),
    )


def _errors(told: list[Problem]) -> ReadyCheck:
    errors = [problem for problem in told if problem.severity == "error"]
    warnings = len(told) - len(errors)
    note = ""
    if warnings:
        words = translate("Export", "{count} warnings, which do not block")
        if warnings == 1:
            words = translate("Export", "1 warning, which does not block")
        note = words.format(count=warnings)
    offer = Offer.SHOW_PROBLEMS if told else None
    if not errors:
        text = translate("Export", "No errors")
        return ReadyCheck(Weight.FINE, CheckMark.OK, text, note, offer)
    words = translate("Export", "{count} errors")
    if len(errors) == 1:
        words = translate("Export", "1 error")
    text = words.format(count=len(errors))
    return ReadyCheck(Weight.BLOCKS, CheckMark.ERROR, text, errors[0].message, offer)


def _loading(draft: Draft, told: list[Problem]) -> ReadyCheck:
    flow, node = draft.flow, missing_node()
    broken = {problem.file for problem in told if problem.severity == "error"}
    sound = [
        action for action in flow.actions if action.code in flow.files and action.code not in broken
    ]
    loading = [one for one in sound if node is None or one.language != "javascript"]
    if not flow.actions and FLOW_FILE in broken:
        text = translate("Export", "No action could be read")
        return ReadyCheck(Weight.NOTE, CheckMark.ERROR, text, offer=Offer.SHOW_PROBLEMS)
    if not flow.actions:
        text = translate("Export", "The flow has no action yet")
        note = translate("Export", "a login passes as it is")
        return ReadyCheck(Weight.NOTE, CheckMark.WARNING, text, note)
    words = translate("Export", "{loading} of {all} actions load")
    text = words.format(loading=len(loading), all=len(flow.actions))
    if len(loading) < len(flow.actions):
        missing = [action.name for action in flow.actions if action not in loading]
        if node is not None and len(sound) == len(flow.actions):
            mark, note = CheckMark.WARNING, translate("Export", "no Node here to load the others")
            return ReadyCheck(Weight.NOTE, mark, text, note, Offer.SHOW_PROBLEMS)
        weight, mark, note = Weight.NOTE, CheckMark.ERROR, _named(missing)  # the error blocks
        return ReadyCheck(weight, mark, text, note, Offer.SHOW_PROBLEMS)
    counted: Counter[str] = Counter(action.language for action in flow.actions)
    note = ", ".join(
        f"{counted[one]} {name}" for one, name in LANGUAGE_NAMES.items() if counted[one]
    )
    return ReadyCheck(Weight.FINE, CheckMark.OK, text, note)


def _secret_texts(told: list[Problem], facts: Mapping[str, SourceFacts]) -> ReadyCheck:
    found = [problem for problem in told if problem.rule == "secret-in-code"]
    if not found and any(known.unread is not None for known in facts.values()):
        text = translate("Export", "Not all of the code was looked through for secrets")
        return ReadyCheck(Weight.NOTE, CheckMark.WARNING, text, offer=Offer.SHOW_PROBLEMS)
    if not found:
        text = translate("Export", "Nothing in the code looks like a secret")
        return ReadyCheck(Weight.FINE, CheckMark.OK, text)
    words = translate("Export", "{count} texts in the code look like a secret")
    if len(found) == 1:
        words = translate("Export", "1 text in the code looks like a secret")
    places = [f"{problem.file}:{problem.line}" for problem in found if problem.file]
    text, note = words.format(count=len(found)), _named(places)
    return ReadyCheck(Weight.NOTE, CheckMark.WARNING, text, note, Offer.SHOW_PROBLEMS)


def _packages(look: ExportLook | None) -> Iterator[ReadyCheck]:
    if look is None:
        text = translate("Export", "Packages are being looked at…")
        yield ReadyCheck(Weight.WAITS, CheckMark.STALE, text)
    elif look.package_problems:
        first = look.package_problems[0]
        text = translate("Export", "The packages cannot go into a bundle")
        note = f"{first.file or ''}: {first.message} {first.remedy}".removeprefix(": ")
        yield ReadyCheck(Weight.BLOCKS, CheckMark.ERROR, text, note)


def _of_scenarios(
    draft: Draft, standings: Mapping[str, Standing], *, with_scenarios: bool
) -> Iterator[ReadyCheck]:
    if not draft.scenarios:
        text = translate("Export", "No scenario yet")
        note = translate("Export", "nothing says that the flow does what it should")
        yield ReadyCheck(Weight.NOTE, CheckMark.HINT, text, note)
        return
    unread = [entry.stem for entry in draft.scenarios if entry.scenario is None]
    names: dict[Standing, list[str]] = {standing: [] for standing in Standing}
    for entry in draft.scenarios:
        if entry.scenario is not None:
            names[standings.get(entry.file, Standing.STALE)].append(entry.scenario.name)
    if unread:
        yield _unread(unread, with_scenarios=with_scenarios)
    fine = len(names[Standing.AS_EXPECTED])
    if fine == len(draft.scenarios):
        words = translate("Export", "{count} scenarios end as expected")
        if fine == 1:
            words = translate("Export", "1 scenario ends as expected")
        yield ReadyCheck(Weight.FINE, CheckMark.OK, words.format(count=fine))
    yield from _running(names[Standing.RUNNING])
    yield from _differing(names[Standing.DIFFERS])
    yield from _stale(names[Standing.STALE])


def _running(names: list[str]) -> Iterator[ReadyCheck]:
    if names:
        words = translate("Export", "{count} scenarios are running…")
        if len(names) == 1:
            words = translate("Export", "1 scenario is running…")
        text = words.format(count=len(names))
        yield ReadyCheck(Weight.WAITS, CheckMark.STALE, text, _named(names))


def _differing(names: list[str]) -> Iterator[ReadyCheck]:
    if not names:
        return
    count = len(names)
    text = translate("Export", "{count} scenarios differ").format(count=count)
    agree = translate("Export", "{count} differing scenarios").format(count=count)
    if count == 1:
        text = translate("Export", "1 scenario differs")
        agree = translate("Export", "1 differing scenario")
    yield ReadyCheck(
        Weight.ASKS, CheckMark.DIFFERS, text, _named(names), Offer.SHOW_DIFFERENCES, agree
    )


def _stale(names: list[str]) -> Iterator[ReadyCheck]:
    if not names:
        return
    count = len(names)
    text = translate("Export", "{count} scenarios are stale").format(count=count)
    agree = translate("Export", "{count} stale scenarios").format(count=count)
    if count == 1:
        text = translate("Export", "1 scenario is stale")
        agree = translate("Export", "1 stale scenario")
    yield ReadyCheck(Weight.ASKS, CheckMark.STALE, text, _named(names), Offer.RUN_SCENARIOS, agree)


def _unread(names: list[str], *, with_scenarios: bool) -> ReadyCheck:
    count = len(names)
    text = translate("Export", "{count} scenarios cannot be read").format(count=count)
    agree = translate("Export", "{count} scenarios that cannot be read").format(count=count)
    if count == 1:
        text = translate("Export", "1 scenario cannot be read")
        agree = translate("Export", "1 scenario that cannot be read")
    weight = Weight.BLOCKS if with_scenarios else Weight.ASKS
    asked = "" if with_scenarios else agree
    return ReadyCheck(weight, CheckMark.ERROR, text, _named(names), Offer.SHOW_PROBLEMS, asked)


def _missing(names: tuple[str, ...]) -> Iterator[ReadyCheck]:
    if names:
        words = translate("Export", "{count} secrets have no value on this desk")
        if len(names) == 1:
            words = translate("Export", "1 secret has no value on this desk")
        text = words.format(count=len(names))
        yield ReadyCheck(Weight.NOTE, CheckMark.HINT, text, _named(names), Offer.SHOW_SECRETS)


def _named(names: list[str] | tuple[str, ...]) -> str:
    """Return the first names, and how many more there are."""
    shown = ", ".join(names[:_MOST_NAMES])
    rest = len(names) - _MOST_NAMES
    if rest <= 0:
        return shown
    return translate("Export", "{names} and {count} more").format(names=shown, count=rest)
