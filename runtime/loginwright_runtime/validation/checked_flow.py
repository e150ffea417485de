"""A flow together with the facts of its sources: what the rules look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.validation.analysis import Analysis
from loginwright_runtime.validation.facts import ApiCall, SourceFacts
from loginwright_runtime.validation.module_files import own_modules


@dataclass(frozen=True, slots=True)
class CheckedAction:
    """An action and what its code does.

    Attributes:
        action: As the flow lists it.
        index: Its place in ``flow.json``.
        facts: Of its own code.
        reached: Of its code and of every module of the flow that it uses.
    """

    action: Action
    index: int
    facts: SourceFacts
    reached: tuple[SourceFacts, ...]

    def calls(self, *methods: str) -> tuple[ApiCall, ...]:
        """Return the calls of some methods in its own code."""
        return self.facts.calls(*methods)


@dataclass(frozen=True, slots=True)
class CheckedFlow:
    """What the rules look at.

    Attributes:
        flow: The flow.
        analysis: The facts of its sources.
        actions: Those whose code is there, in execution order, disabled ones included.
        needed: Sources that an enabled action needs.
        secrets: Values by action id and name, where they are known.
    """

    flow: Flow
    analysis: Analysis
    actions: tuple[CheckedAction, ...]
    needed: frozenset[str]
    secrets: Mapping[str, Mapping[str, str]] = field(repr=False)

    @property
    def enabled(self) -> tuple[CheckedAction, ...]:
        """The actions that run, in order."""
        return tuple(action for action in self.actions if action.action.enabled)

    @property
    def sources(self) -> tuple[SourceFacts, ...]:
        """The facts of every source, used or not."""
        return tuple(self.analysis.sources.values())

    def calls(self, *methods: str) -> Iterator[tuple[SourceFacts, ApiCall]]:
        """Return the calls of some methods in every source."""
        for facts in self.sources:
            for call in facts.calls(*methods):
                yield facts, call


def check(flow: Flow, analysis: Analysis, secrets: Mapping[str, Mapping[str, str]]) -> CheckedFlow:
    """Put a flow and the facts of its sources together."""
    actions = tuple(
        CheckedAction(action, index, facts, _reached(facts, flow, analysis))
        for index, action in enumerate(flow.actions)
        if (facts := analysis.sources.get(action.code)) is not None
    )
    needed = (facts.file for action in actions if action.action.enabled for facts in action.reached)
    return CheckedFlow(flow, analysis, actions, frozenset(needed), secrets)


def _reached(facts: SourceFacts, flow: Flow, analysis: Analysis) -> tuple[SourceFacts, ...]:
    reached = {facts.file: facts}
    waiting = [facts]
    while waiting:
        for module in own_modules(waiting.pop(), flow, analysis.node_modules):
            found = analysis.sources.get(module.file or "")
            if found is not None and found.file not in reached:
                reached[found.file] = found
                waiting.append(found)
    return tuple(reached.values())
