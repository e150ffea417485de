"""Whether a flow can be exported, what would go out, and where to: one value a view shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.document_changes import ProblemsChange
from loginwright_designer.document.draft import Draft
from loginwright_designer.document.export_checks import (
    ReadyCheck,
    Standing,
    Weight,
    ready_checks,
)
from loginwright_designer.document.export_history import LastExport, middle_version
from loginwright_designer.document.export_parts import changes_between, parts_of
from loginwright_designer.document.flow_export import ExportLook
from loginwright_runtime.flow.action_names import slug
from loginwright_runtime.flow.manifest import needed_secrets

if TYPE_CHECKING:
    from collections.abc import Sequence

translate = QCoreApplication.translate

SUFFIX = ".loginflow"


class TargetKind(Enum):
    """What stands where the file is to be written."""

    NOTHING = auto()
    FILE = auto()
    FOLDER = auto()
    NO_FOLDER = auto()
    UNNAMED = auto()


@dataclass(frozen=True, slots=True)
class ExportInputs:
    """What a plan is made from; nothing of it depends on the sheet.

    Attributes:
        draft: What is on the desk.
        problems: What was last found; of an older draft perhaps.
        look: What an export would be; None, or of an older draft, while that is found out.
        standings: How each scenario stands, by its file.
        missing_secrets: Names without a value on this desk.
        last: The last export of this flow.
        may_run: Whether its actions may run here (security.md 29).
    """

    draft: Draft = field(repr=False)
    problems: ProblemsChange = field(repr=False)
    look: ExportLook | None = field(default=None, repr=False)
    standings: Mapping[str, Standing] = field(default_factory=dict)
    missing_secrets: tuple[str, ...] = ()
    last: LastExport | None = None
    may_run: bool = True


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """What was chosen on the sheet.

    Attributes:
        target: The file to write; as it was typed, with ``~``.
        with_scenarios: Whether scenarios go along.
        agreed: What was ticked to go out although scenarios differ or are stale: the sentence
            that was agreed to, so that it does not hold for another one.
    """

    target: str
    with_scenarios: bool = False
    agreed: str = ""

    @property
    def path(self) -> Path:
        """The target as a path, with its suffix."""
        return target_path(self.target)


@dataclass(frozen=True, slots=True)
class OutgoingFact:
    """A row of *What goes out*.

    Attributes:
        name: What the row is about.
        value: What goes out.
        note: Said quietly at its right.
        code: Whether the value is code or a name in it.
    """

    name: str
    value: str
    note: str = ""
    code: bool = False


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What the sheet shows.

    Attributes:
        title: "Export Customer login".
        checks: The rows of *Ready*, in order.
        verdict: "nothing blocks", or what does, in few words.
        tick: The sentence to agree to; empty when there is nothing to agree to.
        is_agreed: Whether it was.
        facts: The rows of *What goes out*.
        since: "First export of this flow", or since when something changed.
        changes: What changed since the last export.
        scenarios: How many there are.
        where: What becomes of the file that stands there, or why nothing can.
        where_blocks: Whether nothing can be written there.
    """

    title: str
    checks: tuple[ReadyCheck, ...]
    verdict: str
    tick: str
    is_agreed: bool
    facts: tuple[OutgoingFact, ...]
    since: str
    changes: tuple[str, ...]
    scenarios: int
    where: str
    where_blocks: bool

    @property
    def can_export(self) -> bool:
        """Whether nothing is left that has to be done first."""
        held = any(check.weight in (Weight.BLOCKS, Weight.WAITS) for check in self.checks)
        return not held and not self.where_blocks and (self.is_agreed or not self.tick)


def plan_export(inputs: ExportInputs, choices: ExportChoices, target: TargetKind) -> ExportPlan:
    """Return what the sheet shows.

    Args:
        inputs: The flow and what is known of it.
        choices: What was chosen.
        target: What stands where the file is to be written, see ``target_kind``.
    """
    checks = ready_checks(
        inputs.draft,
        inputs.problems,
        None if inputs.look is None or inputs.look.draft != inputs.draft else inputs.look,
        inputs.standings,
        inputs.missing_secrets,
        with_scenarios=choices.with_scenarios,
    )
    tick = _tick(checks)
    blocking = sum(check.weight is Weight.BLOCKS for check in checks)
    since, changes = _since(inputs, with_scenarios=choices.with_scenarios)
    words = translate("Export", "Export {name}")
    where, where_blocks = _where(target, choices.path)
    return ExportPlan(
        title=words.format(name=inputs.draft.flow.name),
        checks=checks,
        verdict=_verdict(checks, blocking, agreed=choices.agreed == tick),
        tick=tick,
        is_agreed=bool(tick) and choices.agreed == tick,
        facts=tuple(_facts(inputs)),
        since=since,
        changes=changes,
        scenarios=len(inputs.draft.scenarios),
        where=where,
        where_blocks=where_blocks,
    )


def target_path(typed: str) -> Path:
    """Return the file that somebody typed: below the home folder, and with its suffix."""
    path = Path.home() / Path(typed.strip()).expanduser()
    return path if path.suffix == SUFFIX or not path.name else path.with_name(path.name + SUFFIX)


def target_kind(typed: str) -> TargetKind:
    """Look what stands where a file is to be written; asks the disk, which takes no time."""
    if not typed.strip() or "\0" in typed or typed.strip().endswith(("/", "\\")):
        return TargetKind.UNNAMED
    try:
        path = target_path(typed)
        if path.is_dir():
            return TargetKind.FOLDER
        if path.exists():
            return TargetKind.FILE
        return TargetKind.NOTHING if path.parent.is_dir() else TargetKind.NO_FOLDER
    except (OSError, RuntimeError, ValueError):
        return TargetKind.UNNAMED


def proposed_target(draft: Draft, last: LastExport | None, home: Path) -> str:
    """Return where an export goes unless its user says otherwise: where the last one went."""
    path = home / "exports" / f"{slug(draft.flow.name)}{SUFFIX}" if last is None else last.file
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)


def _tick(checks: Sequence[ReadyCheck]) -> str:
    asked = [check.agree for check in checks if check.weight is Weight.ASKS]
    if not asked:
        return ""
    and_ = translate("Export", " and ")
    words = translate("Export", "Export with {what}")
    return words.format(what=and_.join(asked))


def _verdict(checks: Sequence[ReadyCheck], blocking: int, *, agreed: bool) -> str:
    if blocking:
        words = translate("Export", "{count} things block")
        if blocking == 1:
            words = translate("Export", "1 thing blocks")
        return words.format(count=blocking)
    if any(check.weight is Weight.WAITS for check in checks):
        return translate("Export", "looking…")
    if any(check.weight is Weight.ASKS for check in checks) and not agreed:
        return translate("Export", "needs your word")
    return translate("Export", "nothing blocks")


def _facts(inputs: ExportInputs) -> tuple[OutgoingFact, ...]:
    flow = inputs.draft.flow
    enabled = len(flow.enabled_actions)
    off = len(flow.actions) - enabled
    order = translate("Export", "in the order of the flow")
    if off:
        words = translate("Export", "{count} of them turned off")
        order = words.format(count=off)
    names = needed_secrets(flow)
    supplied = translate("Export", "names only, the server supplies the values")
    if len(names) == 1:
        supplied = translate("Export", "name only, the server supplies the value")
    look = inputs.look if inputs.look is not None and inputs.look.draft == inputs.draft else None
    version = look.version if look is not None else None
    shown = (
        translate("Export", "is being found out…")
        if look is None
        else translate("Export", "unknown")
    )
    return (
        OutgoingFact(translate("Export", "Actions"), str(len(flow.actions)), order),
        OutgoingFact(
            translate("Export", "Secret names"),
            ", ".join(names) or translate("Export", "none"),
            supplied if names else "",
            code=bool(names),
        ),
        OutgoingFact(
            translate("Export", "Version"),
            shown if version is None else middle_version(version),
            translate("Export", "of every file, same input gives same bytes"),
            code=version is not None,
        ),
    )


def _since(inputs: ExportInputs, *, with_scenarios: bool) -> tuple[str, tuple[str, ...]]:
    last = inputs.last
    if last is None:
        return translate("Export", "First export of this flow"), ()
    changes = changes_between(last.parts, parts_of(inputs.draft, with_scenarios=with_scenarios))
    when = last.exported_at.astimezone().strftime("%Y-%m-%d %H:%M")
    if not changes:
        words = translate("Export", "Nothing changed since {when}")
    elif len(changes) == 1:
        words = translate("Export", "1 change since {when}")
    else:
        words = translate("Export", "{count} changes since {when}")
    return words.format(count=len(changes), when=when), changes


def _where(target: TargetKind, path: Path) -> tuple[str, bool]:
    match target:
        case TargetKind.NOTHING:
            return "", False
        case TargetKind.FILE:
            words = translate("Export", "Replaces {name}, which stands there already.")
            return words.format(name=path.name), False
        case TargetKind.NO_FOLDER:
            words = translate("Export", "The folder {name} is made.")
            return words.format(name=path.parent.name or str(path.parent)), False
        case TargetKind.FOLDER:
            return translate("Export", "This is a folder. Name a file."), True
        case TargetKind.UNNAMED:
            return translate("Export", "Name a file."), True
