"""What somebody wishes of the library."""

from __future__ import annotations

from dataclasses import dataclass

from loginwright_runtime.flow.model import Language


@dataclass(frozen=True, slots=True)
class TemplateChoice:
    """Add the action of a template, behind the card that is selected.

    Attributes:
        name: Of the template's folder, ``deny-by-audience``.
    """

    name: str


@dataclass(frozen=True, slots=True)
class BlankChoice:
    """Add an action that does nothing yet.

    Attributes:
        language: Of its code.
    """

    language: Language
