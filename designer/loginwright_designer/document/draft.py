"""What is being designed, as one immutable value: the flow and its scenarios."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from loginwright_runtime.flow.flow_files import FLOW_FILE
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.flow.version import UNKNOWN_VERSION
from loginwright_runtime.flow.writing import flow_json
from loginwright_runtime.simulation.reading import ScenarioFile, as_people_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loginwright_runtime.flow.model import Action


@dataclass(frozen=True, slots=True)
class Draft:
    """A flow and its scenarios as they stand on the desk, saved or not.

    Attributes:
        flow: Order, settings and code, without its place and version: where it stands is the
            folder's business, and a keystroke shall hash nothing. ``ReadFolder.placed`` adds both.
        scenarios: In the order of their names. One that cannot be read keeps its text in
            ``content``.
    """

    flow: Flow = field(repr=False)
    scenarios: tuple[ScenarioFile, ...] = field(default=(), repr=False)

    @staticmethod
    def of(flow: Flow, scenarios: tuple[ScenarioFile, ...] = ()) -> Draft:
        """Return the draft of a flow that was read or made."""
        plain = flow.model_copy(update={"version": UNKNOWN_VERSION, "root": None, "packages": None})
        return Draft(plain, _in_order(scenarios))

    @staticmethod
    def blank(name: str) -> Draft:
        """Return the draft of a flow that has no action yet."""
        return Draft(Flow(name=name, version=UNKNOWN_VERSION))

    def action(self, action_id: str) -> Action | None:
        """Return an action by its id."""
        return next((one for one in self.flow.actions if one.id == action_id), None)

    def scenario(self, file: str) -> ScenarioFile | None:
        """Return a scenario by its file, ``scenarios/first-login.json``."""
        return next((one for one in self.scenarios if one.file == file), None)

    def declared_secrets(self) -> tuple[str, ...]:
        """Return the names that actions declare, each once, in the order of the flow."""
        names = (name for action in self.flow.actions for name in action.secrets)
        return tuple(dict.fromkeys(names))

    def with_flow(self, **changes: object) -> Draft:
        """Return the draft with members of its flow changed."""
        return replace(self, flow=self.flow.model_copy(update=changes))

    def with_scenarios(self, *scenarios: ScenarioFile) -> Draft:
        """Return the draft with these scenarios in place of its own."""
        return Draft(
            self.flow, tuple(sorted(scenarios, key=lambda entry: as_people_count(entry.file)))
        )

    def content(self) -> Mapping[str, bytes]:
        """Return every file of the folder that the draft stands for, by POSIX path."""
        scenarios = {entry.file: entry.content for entry in self.scenarios}
        return {FLOW_FILE: flow_json(self.flow), **self.flow.files, **scenarios}


@dataclass(frozen=True, slots=True)
class ActionsFocus:
    """The actions to select, in order; the first is the current one."""

    action_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeFocus:
    """A source file to show, and where in it the edit ended, in characters from its start."""

    file: str
    position: int


@dataclass(frozen=True, slots=True)
class ScenarioFocus:
    """The scenario to select."""

    file: str


@dataclass(frozen=True, slots=True)
class FlowFocus:
    """The flow itself: its name and settings."""


Focus: TypeAlias = ActionsFocus | CodeFocus | ScenarioFocus | FlowFocus


@dataclass(frozen=True, slots=True)
class Typing:
    """How an edit changed one source text, so that edits of one word become one.

    Attributes:
        file: The source.
        start: Where it changed, in characters.
        removed: What went.
        inserted: What came.
    """

    file: str
    start: int
    removed: str = field(repr=False)
    inserted: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Edit:
    """One undoable change.

    Attributes:
        name: What it did, "Move Ask favourite colour".
        before: The draft it was made on.
        after: The draft it leads to.
        focus: What to show after it, and after undoing it where that still exists.
        typing: Set while somebody types.
    """

    name: str
    before: Draft
    after: Draft
    focus: Focus
    typing: Typing | None = None

    @property
    def changes_nothing(self) -> bool:
        """Whether there is nothing to undo."""
        return self.before == self.after

    @property
    def name_in_sentence(self) -> str:
        """The name as it follows "Undo: "."""
        return self.name[:1].lower() + self.name[1:]


@dataclass(frozen=True, slots=True)
class EditRefused:
    """Why an edit cannot be made, for the person who tried.

    Attributes:
        message: What is in the way, one sentence.
        remedy: What to do about it, one sentence.
    """

    message: str
    remedy: str


EditResult: TypeAlias = Edit | EditRefused


def _in_order(scenarios: Iterable[ScenarioFile]) -> tuple[ScenarioFile, ...]:
    return tuple(sorted(scenarios, key=lambda entry: as_people_count(entry.file)))
