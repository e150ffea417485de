"""What the inspector tells of a whole flow: its settings in words, its limits, what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from PySide6.QtCore import QCoreApplication

from loginwright_runtime.flow.document import MAX_ACTIONS
from loginwright_runtime.flow.flow_files import MAX_CODE_BYTES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from loginwright_runtime.errors import Problem
    from loginwright_runtime.flow.model import Flow

translate = QCoreApplication.translate

SettingName: TypeAlias = Literal["custom_claims", "profile_writes"]


@dataclass(frozen=True, slots=True)
class SettingChoice:
    """A value that a setting can have.

    Attributes:
        value: As it stands in ``flow.json``.
        text: What it is called.
        consequence: What comes of it, one sentence.
    """

    value: str
    text: str
    consequence: str


@dataclass(frozen=True, slots=True)
class FlowSetting:
    """A setting of the flow.

    Attributes:
        name: As it stands in ``flow.json``.
        title: What it is about.
        value: What it is now.
        choices: What it can be.
    """

    name: SettingName
    title: str
    value: str
    choices: tuple[SettingChoice, ...]

    @property
    def chosen(self) -> SettingChoice:
        """What it is now, in words."""
        return next(one for one in self.choices if one.value == self.value)


@dataclass(frozen=True, slots=True)
class NeededSecret:
    """A secret that the flow's server has to supply.

    Attributes:
        name: Its name.
        present: Whether it has a value on this desk.
        actions: Names of the actions that declare it.
    """

    name: str
    present: bool
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlowFact:
    """A name and its value; ``note`` says more."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class FlowSummary:
    """A flow as the inspector shows it.

    Attributes:
        name: What people call it.
        trigger: When it runs, in words.
        settings: Those of ``flow.json``.
        limits: How much of what is allowed it uses.
        secrets: Those that its actions declare, in the order of the flow.
        last_export: What was exported last, in words; empty where nothing was.
        unread: Nothing of it could be read, in words; empty where it was.
    """

    name: str
    trigger: str
    settings: tuple[FlowSetting, ...]
    limits: tuple[FlowFact, ...]
    secrets: tuple[NeededSecret, ...] = ()
    last_export: str = ""
    unread: str = ""


def flow_summary(
    flow: Flow, present: Collection[str] = (), last_export: str = "", unread: Problem | None = None
) -> FlowSummary:
    """Return what the inspector tells of a flow.

    Args:
        flow: Which.
        present: Names of the secrets that have a value on this desk.
        last_export: What was exported last, in words.
        unread: Why nothing of it could be read, or None.
    """
    if unread is not None:
        text = translate("Flow", "Nothing is known of the flow until {file} can be read.")
        return FlowSummary(flow.name, "", (), (), unread=text.format(file=unread.file))
    return FlowSummary(
        name=flow.name,
        trigger=translate("Flow", "After a user signs in (post-login)"),
        settings=(_custom_claims(flow), _profile_writes(flow)),
        limits=tuple(_limits(flow)),
        secrets=tuple(_secrets(flow, present)),
        last_export=last_export,
    )


def unread_title(problem: Problem) -> str:
    """Say that a flow's file could not be read: "flow.json cannot be read."."""
    return translate("Flow", "{file} cannot be read.").format(file=problem.file)


def unread_words(problem: Problem) -> str:
    """Say why nothing of a flow could be read, where, and what helps: "Line 2: This is not…"."""
    text = translate("Flow", "{problem} {remedy}")
    if problem.line is not None:
        text = translate("Flow", "Line {line}: {problem} {remedy}")
    return text.format(line=problem.line, problem=problem.message, remedy=problem.remedy)


def actions_words(flow: Flow, after: int | None = None) -> str:
    """Return how many actions a flow has: "4 of 20 actions, 5 after the drop".

    Args:
        flow: Which has them.
        after: How many it would have once what is dragged is dropped; None: nothing is.
    """
    count = len(flow.actions)
    if after is None or after == count:
        text = translate("Flow", "{count} of {most} actions")
    elif after <= MAX_ACTIONS:
        text = translate("Flow", "{count} of {most} actions, {after} after the drop")
    else:
        text = translate("Flow", "{count} of {most} actions, no room for {more} more")
    return text.format(count=count, most=MAX_ACTIONS, after=after, more=(after or 0) - count)


def _custom_claims(flow: Flow) -> FlowSetting:
    choices = (
        SettingChoice(
            "uri",
            translate("Flow", "URLs and URNs only"),
            translate(
                "Flow",
                "A claim with a plain name is left out of the tokens, with a warning; the login "
                "goes on.",
            ),
        ),
        SettingChoice(
            "any",
            translate("Flow", "Plain names too"),
            translate(
                "Flow",
                "Names such as roles are accepted; restricted names and reserved namespaces "
                "stay refused.",
            ),
        ),
    )
    title = translate("Flow", "Names of custom claims")
    return FlowSetting("custom_claims", title, flow.settings.custom_claims, choices)


def _profile_writes(flow: Flow) -> FlowSetting:
    choices = (
        SettingChoice(
            "end",
            translate("Flow", "Once, at the end"),
            translate(
                "Flow",
                "What actions set is written after the last one. A user who does not come back "
                "from a redirect leaves nothing behind.",
            ),
        ),
        SettingChoice(
            "each-leg",
            translate("Flow", "Also before each redirect"),
            translate(
                "Flow",
                "What was set so far is written before the user leaves, and stays if they never "
                "come back.",
            ),
        ),
    )
    title = translate("Flow", "Profile is written")
    return FlowSetting("profile_writes", title, flow.settings.profile_writes, choices)


def _limits(flow: Flow) -> list[FlowFact]:
    count = translate("Flow", "{count} of {most}").format(count=len(flow.actions), most=MAX_ACTIONS)
    off = sum(not action.enabled for action in flow.actions)
    note = translate("Flow", "{count} turned off").format(count=off) if off else ""
    facts = [FlowFact(translate("Flow", "Actions"), count, note)]
    sizes: Mapping[str, int] = {
        action.code: len(flow.files.get(action.code, b"")) for action in flow.actions
    }
    if sizes:
        largest = max(sizes, key=lambda file: sizes[file])
        text = translate("Flow", "{size} of {most} kB")
        words = text.format(
            size=_kilobytes(sizes[largest]), most=_kilobytes(MAX_CODE_BYTES, whole=True)
        )
        name = largest.rpartition("/")[2]
        facts.append(FlowFact(translate("Flow", "Largest code"), words, name))
    return facts


def _secrets(flow: Flow, present: Collection[str]) -> list[NeededSecret]:
    users: dict[str, list[str]] = {}
    for action in flow.actions:
        for name in action.secrets:
            users.setdefault(name, []).append(action.name)
    return [NeededSecret(name, name in present, tuple(by)) for name, by in users.items()]


def _kilobytes(size: int, *, whole: bool = False) -> str:
    return f"{size / 1000:.0f}" if whole else f"{size / 1000:.1f}"
