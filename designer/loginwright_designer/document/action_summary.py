"""What the inspector tells of one action before it runs: what it is, needs and may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.action_deeds import Deed, deeds_of
from loginwright_designer.document.action_obstacles import Obstacle, problems_of
from loginwright_designer.document.language_names import LANGUAGE_NAMES
from loginwright_designer.document.secret_facts import SecretFacts
from loginwright_runtime.errors import Problem
from loginwright_runtime.validation.module_files import is_installed, packages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loginwright_runtime.flow.model import Action, Flow
    from loginwright_runtime.validation.facts import SourceFacts

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class SecretUse:
    """A secret that an action declares or reads.

    Attributes:
        name: Its name.
        state: Its value is there or not; or the action reads it and does not declare it.
        words: The state in words: "set · 43 characters".
        note: What else is to be said of it: where it is kept, and which lines read it.
        lines: Where the code reads it.
    """

    name: str
    state: Literal["set", "missing", "undeclared"]
    words: str
    note: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PackageUse:
    """A package that the code needs.

    Attributes:
        name: Its name.
        present: Whether a worker would find it.
        line: Where it is asked for.
    """

    name: str
    present: bool
    line: int


@dataclass(frozen=True, slots=True)
class ScenarioReach:
    """How many scenarios came to an action when they last ran.

    Attributes:
        reached: How many did.
        total: How many there are.
    """

    reached: int
    total: int


@dataclass(frozen=True, slots=True)
class LineReach:
    """How many lines of an action's code the scenarios came to when that was last measured.

    Attributes:
        reached: How many they did.
        total: How many there are.
    """

    reached: int
    total: int


@dataclass(frozen=True, slots=True)
class ActionSummary:
    """An action as the inspector shows it.

    Attributes:
        id: Its id.
        name: What people call it.
        file: Path of its code below the flow folder.
        language: In words.
        enabled: Whether it runs.
        secrets: Those it declares, then those it only reads.
        deeds: What it may do, in the order of its code.
        packages: What it needs, each once.
        problems: Those of its code.
        reach: Scenarios that reach it; None while nobody knows.
        lines: Lines that they reach; None while nobody knows.
        read: Whether its code has been looked at; else ``deeds`` and ``packages`` are unknown.
        unread: Why its code could not be followed as a whole, in words; else empty.
        obstacle: What keeps it from running here, or None.
    """

    id: str
    name: str
    file: str
    language: str
    enabled: bool
    secrets: tuple[SecretUse, ...] = ()
    deeds: tuple[Deed, ...] = ()
    packages: tuple[PackageUse, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    reach: ScenarioReach | None = None
    lines: LineReach | None = None
    read: bool = False
    unread: str = ""
    obstacle: Obstacle | None = None

    @property
    def file_name(self) -> str:
        """The code's file without its folder."""
        return self.file.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class ActionSurroundings:
    """What is known around an action.

    Attributes:
        problems: All of the flow.
        secrets: What may be shown of each value, by name; a name without a value is absent.
        secret_note: Where values are kept, where that is worth saying: "Sample value, not stored".
        reach: Scenarios that reach it; None while nobody knows.
        lines: Lines that they reach; None while nobody knows.
        node_modules: Modules that Node brings along (``Analysis.node_modules``).
        obstacle: What keeps it from running here, or None.
    """

    problems: Sequence[Problem] = field(default=(), repr=False)
    secrets: Mapping[str, SecretFacts] = field(default_factory=dict[str, SecretFacts], repr=False)
    secret_note: str = ""
    reach: ScenarioReach | None = None
    lines: LineReach | None = None
    node_modules: frozenset[str] = frozenset()
    obstacle: Obstacle | None = None


def action_summary(
    flow: Flow, action: Action, facts: SourceFacts | None, around: ActionSurroundings
) -> ActionSummary:
    """Return what the inspector tells of an action.

    Args:
        flow: The flow it stands in.
        action: Which.
        facts: What is known of its code; None while it is being read.
        around: What else is known.
    """
    return ActionSummary(
        id=action.id,
        name=action.name,
        file=action.code,
        language=LANGUAGE_NAMES[action.language],
        enabled=action.enabled,
        secrets=tuple(_secrets(action, facts, around)),
        deeds=() if facts is None else deeds_of(facts),
        packages=() if facts is None else _packages(facts, around.node_modules, flow),
        problems=problems_of(flow, action, around.problems),
        reach=around.reach,
        lines=around.lines,
        read=facts is not None,
        unread="" if facts is None else facts.unread or "",
        obstacle=around.obstacle,
    )


def lines_words(lines: Sequence[int]) -> str:
    """Return lines in words: "line 13", "lines 13, 35"; empty for none."""
    if not lines:
        return ""
    listed = ", ".join(map(str, lines))
    words = translate("Action", "line {lines}")
    if len(lines) > 1:
        words = translate("Action", "lines {lines}")
    return words.format(lines=listed)


def _secrets(
    action: Action, facts: SourceFacts | None, around: ActionSurroundings
) -> Iterable[SecretUse]:
    reads = () if facts is None else facts.secret_reads
    known = facts is not None and facts.unread is None
    names = dict.fromkeys((*action.secrets, *(read.name for read in reads)))
    for name in names:
        lines = tuple(dict.fromkeys(read.line for read in reads if read.name == name))
        yield _secret(name, lines, around, declared=name in action.secrets, known=known)


def _secret(
    name: str, lines: tuple[int, ...], around: ActionSurroundings, *, declared: bool, known: bool
) -> SecretUse:
    where = lines_words(lines)
    if not where and known:
        where = translate("Action", "read nowhere")
    if not declared:
        words = translate("Action", "not declared")
        note = translate("Action", "The action finds no value · {lines}").format(lines=where)
        return SecretUse(name, "undeclared", words, note, lines)
    value = around.secrets.get(name)
    if value is None:
        return SecretUse(name, "missing", translate("Action", "missing"), where, lines)
    words = translate("Action", "set · {length}").format(length=_length(value.characters))
    note = " · ".join(part for part in (around.secret_note, where) if part)
    return SecretUse(name, "set", words, note, lines)


def _length(characters: int) -> str:
    if characters == 1:
        return translate("Action", "1 character")
    return translate("Action", "{count} characters").format(count=characters)


def _packages(
    facts: SourceFacts, node_modules: frozenset[str], flow: Flow
) -> tuple[PackageUse, ...]:
    found: dict[str, PackageUse] = {}
    for package in packages(facts, flow, node_modules):
        present = is_installed(facts, package, flow.packages)
        found.setdefault(package.name, PackageUse(package.name, present, package.use.line))
    return tuple(found.values())
