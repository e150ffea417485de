"""What a flow is made of, by digests, so that two exports can be compared in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_runtime.flow.version import digest

if TYPE_CHECKING:
    from loginwright_designer.document.draft import Draft

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ActionPart:
    """One action as it was exported; its code by digest.

    Attributes:
        id: Its id.
        name: What people call it.
        code: Digest of its source; empty where there is none.
        enabled: Whether it ran.
        secrets: Names of the secrets it declares.
    """

    id: str
    name: str
    code: str
    enabled: bool = True
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportParts:
    """A flow without its code.

    Attributes:
        name: What people call it.
        settings: Its settings in one line.
        actions: In order.
        modules: Every other file, the lock too: path → digest.
        scenarios: Those that went along: path → digest.
    """

    name: str
    settings: str
    actions: tuple[ActionPart, ...]
    modules: Mapping[str, str] = field(default_factory=dict)
    scenarios: Mapping[str, str] = field(default_factory=dict)


def parts_of(draft: Draft, *, with_scenarios: bool = False) -> ExportParts:
    """Return the parts of a draft; digests a few hundred kB at most, so not at every keystroke.

    Args:
        draft: What is on the desk.
        with_scenarios: Whether scenarios go along.
    """
    flow = draft.flow
    sources = {action.code for action in flow.actions}
    settings = flow.settings
    return ExportParts(
        name=flow.name,
        settings=f"{settings.custom_claims} {settings.profile_writes}",
        actions=tuple(
            ActionPart(
                action.id,
                action.name,
                digest(flow.files[action.code]) if action.code in flow.files else "",
                action.enabled,
                action.secrets,
            )
            for action in flow.actions
        ),
        modules={
            path: digest(data) for path, data in sorted(flow.files.items()) if path not in sources
        },
        scenarios={
            entry.file: digest(entry.content) for entry in draft.scenarios if with_scenarios
        },
    )


def changes_between(before: ExportParts, now: ExportParts) -> tuple[str, ...]:
    """Return what is different now, one short sentence a part; empty when nothing is."""
    return (
        *_of_flow(before, now),
        *_of_actions(before, now),
        *_of_secrets(before, now),
        *_of_files(before.modules, now.modules),
        *_of_scenarios(before, now),
    )


def _of_flow(before: ExportParts, now: ExportParts) -> Iterator[str]:
    if before.name != now.name:
        yield translate("Export", "Renamed, it was {name}").format(name=before.name)
    if before.settings != now.settings:
        yield translate("Export", "Settings changed")
    old, new = [part.id for part in before.actions], [part.id for part in now.actions]
    both = set(old) & set(new)
    if [one for one in old if one in both] != [one for one in new if one in both]:
        yield translate("Export", "Order changed")


def _of_actions(before: ExportParts, now: ExportParts) -> Iterator[str]:
    old = {part.id: part for part in before.actions}
    new = {part.id: part for part in now.actions}
    for part in now.actions:
        if part.id in old:
            yield from _of_action(old[part.id], part)
        else:
            yield translate("Export", "{name} added").format(name=part.name)
    for part in before.actions:
        if part.id not in new:
            yield translate("Export", "{name} removed").format(name=part.name)


def _of_action(old: ActionPart, new: ActionPart) -> Iterator[str]:
    if old.name != new.name:
        words = translate("Export", "{old} renamed to {name}")
        yield words.format(old=old.name, name=new.name)
    if old.code != new.code:
        yield translate("Export", "{name} edited").format(name=new.name)
    if old.enabled != new.enabled:
        words = translate("Export", "{name} turned off")
        if new.enabled:
            words = translate("Export", "{name} turned on")
        yield words.format(name=new.name)


def _of_secrets(before: ExportParts, now: ExportParts) -> Iterator[str]:
    old = {name for part in before.actions for name in part.secrets}
    new = {name for part in now.actions for name in part.secrets}
    for name in sorted(new - old):
        yield translate("Export", "Secret {name} is new").format(name=name)
    for name in sorted(old - new):
        yield translate("Export", "Secret {name} is not needed any more").format(name=name)


def _of_files(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for path in sorted(before.keys() | now.keys()):
        if path not in before:
            yield translate("Export", "{name} added").format(name=path)
        elif path not in now:
            yield translate("Export", "{name} removed").format(name=path)
        elif before[path] != now[path]:
            yield translate("Export", "{name} edited").format(name=path)


def _of_scenarios(before: ExportParts, now: ExportParts) -> Iterator[str]:
    if before.scenarios and not now.scenarios:
        yield translate("Export", "Scenarios stay here now")
    elif now.scenarios and not before.scenarios:
        yield translate("Export", "Scenarios go along now")
    else:
        yield from _of_files(before.scenarios, now.scenarios)
