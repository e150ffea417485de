"""What the inspector tells: one payload for each of its signals."""

from __future__ import annotations

from dataclasses import dataclass, field

from loginwright_designer.document.flow_words import SettingName
from loginwright_designer.simulation.variables import Path
from loginwright_runtime.errors import Problem


@dataclass(frozen=True, slots=True)
class NameEdit:
    """The user typed another name for an action."""

    action_id: str
    name: str


@dataclass(frozen=True, slots=True)
class EnabledToggle:
    """The user turned actions on or off."""

    action_ids: tuple[str, ...]
    enabled: bool


@dataclass(frozen=True, slots=True)
class ActionsDeletion:
    """The user asked to delete actions; nothing is asked, undo is offered."""

    action_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SecretDeclaration:
    """The user asked to declare a secret.

    Attributes:
        action_id: Of which action.
        name: Its name; empty: the user is still to be asked.
    """

    action_id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class SecretRemoval:
    """The user asked to take a secret's name from an action."""

    action_id: str
    name: str


@dataclass(frozen=True, slots=True)
class SecretOpening:
    """The user asked for a secret's value: to set it, or to look at it."""

    name: str


@dataclass(frozen=True, slots=True)
class ScenariosOpening:
    """The user asked for the scenarios that reach an action."""

    action_id: str


@dataclass(frozen=True, slots=True)
class ProblemOpening:
    """The user asked for the place of a problem."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class NameOfFlowEdit:
    """The user typed another name for the flow."""

    name: str


@dataclass(frozen=True, slots=True)
class SettingEdit:
    """The user chose another value for a setting of the flow."""

    name: SettingName
    value: str


@dataclass(frozen=True, slots=True)
class EventEdit:
    """The user typed another value for a member of the event.

    Attributes:
        path: Where below ``event``.
        text: JSON, which was read without a fault.
    """

    path: Path
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class VariableEdit:
    """The user typed another value for a variable of code that stands still.

    Attributes:
        scope: ``Scope.key``.
        path: Where in the scope.
        text: An expression of the code's language.
    """

    scope: str
    path: Path
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LineOpening:
    """The user asked for the line that gave a variable what it holds."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class WatchEdit:
    """The user wants other expressions to be watched.

    Attributes:
        added: One more; empty: none.
        removed: One less; empty: none.
    """

    added: str = field(default="", repr=False)
    removed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class FrameChoice:
    """The user wants to look at another function that stands still.

    Attributes:
        handle: ``Frame.handle``.
    """

    handle: str


@dataclass(frozen=True, slots=True)
class MembersWish:
    """The user opened a value that is still to be read.

    Attributes:
        key: ``Unread.key``.
    """

    key: str


@dataclass(frozen=True, slots=True)
class BreakpointToggle:
    """The user turned a breakpoint on or off; ``key`` as in ``breakpoint_rows``."""

    key: str
    enabled: bool


@dataclass(frozen=True, slots=True)
class BreakpointRemoval:
    """The user asked to remove a breakpoint; ``key`` as in ``breakpoint_rows``."""

    key: str
