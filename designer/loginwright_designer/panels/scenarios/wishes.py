"""What somebody wishes about scenarios: one value for each signal of the views."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Models stay out of the first frame; nobody evaluates these annotations.
    from loginwright_runtime.login.json_values import JsonValue  # noqa: TC004
    from loginwright_runtime.simulation import Scenario  # noqa: TC004


@dataclass(frozen=True, slots=True)
class RunWish:
    """Run scenarios.

    Attributes:
        files: Which; empty is all of them.
    """

    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScenarioWish:
    """Do something with one scenario; the signal says what.

    Attributes:
        file: ``scenarios/first-login.json``.
    """

    file: str


@dataclass(frozen=True, slots=True)
class PresetWish:
    """Add a scenario made from a preset.

    Attributes:
        key: Of the preset.
    """

    key: str


@dataclass(frozen=True, slots=True)
class RenameWish:
    """Give a scenario another name."""

    file: str
    name: str


@dataclass(frozen=True, slots=True)
class ImportWish:
    """Add a scenario file from elsewhere."""

    path: Path


@dataclass(frozen=True, slots=True)
class KeepWish:
    """Expect from now on what came.

    Attributes:
        file: Of the scenario.
        paths: Of the outcome; those that were ticked.
    """

    file: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A field of the form was given a value.

    Attributes:
        path: As ``FormField.path``.
        value: None takes the member out of the login.
    """

    path: str
    value: JsonValue = field(repr=False)


@dataclass(frozen=True, slots=True)
class FieldReset:
    """A field of the form is to be its default again."""

    path: str


@dataclass(frozen=True, slots=True)
class ScenarioEdit:
    """A scenario was edited in the form.

    Attributes:
        file: Where it stands.
        scenario: What it says now.
    """

    file: str
    scenario: Scenario = field(repr=False)


@dataclass(frozen=True, slots=True)
class ScenarioTextEdit:
    """A scenario's JSON was edited, whether it can be read or not; the text is kept as it is.

    Attributes:
        file: Where it stands.
        content: What it says now.
    """

    file: str
    content: bytes = field(repr=False)
