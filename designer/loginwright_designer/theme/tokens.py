"""Reads a theme's colours from its JSON file into a value with a colour for every role."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from loginwright_designer.resource_files import ResourceError
from loginwright_designer.theme.roles import Role, Scheme, SyntaxRole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

COLOUR = re.compile(r"#[0-9a-f]{6}(?:[0-9a-f]{2})?", re.IGNORECASE)
"""Red, green, blue and, where the colour is not opaque, how opaque it is (as in CSS)."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme.

    Attributes:
        scheme: Which of the two it is.
        colours: A colour for every role.
        syntax: A colour for every kind of code.
    """

    scheme: Scheme
    colours: Mapping[Role, QColor]
    syntax: Mapping[SyntaxRole, QColor]

    def colour(self, role: Role) -> QColor:
        """Return a colour, as a copy that may be changed."""
        return QColor(self.colours[role])

    def code_colour(self, role: SyntaxRole) -> QColor:
        """Return the colour of a kind of code, as a copy that may be changed."""
        return QColor(self.syntax[role])


def read_tokens(file: Path) -> Mapping[Scheme, Tokens]:
    """Return both schemes of a theme.

    Raises:
        ResourceError: The file cannot be read, is not JSON, lacks a role, has one too many, or
            holds a value that is no colour; names the file and the place in it.
    """
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ResourceError(
            f"{file.name} cannot be read as JSON ({type(error).__name__}). Install again."
        ) from error
    return {scheme: _tokens(file.name, content, scheme) for scheme in Scheme}


def _tokens(file: str, content: object, scheme: Scheme) -> Tokens:
    colours = _colours(file, _member(content, scheme), f"$.{scheme}", Role)
    syntax = _colours(
        file, _member(_member(content, "syntax"), scheme), f"$.syntax.{scheme}", SyntaxRole
    )
    return Tokens(
        scheme,
        {role: colours[role] for role in Role},
        {role: syntax[role] for role in SyntaxRole},
    )


def _member(content: object, key: str) -> object:
    return content.get(key) if isinstance(content, dict) else None


def _colours(file: str, values: object, path: str, roles: Iterable[str]) -> dict[str, QColor]:
    if not isinstance(values, dict):
        raise ResourceError(f"{file} {path}: an object with a colour for each role is expected.")
    expected = set(roles)
    for role in sorted(expected ^ set(values)):
        wrong = "has no colour" if role in expected else "is not a role the designer knows"
        raise ResourceError(f"{file} {path}.{role}: the role {wrong}.")
    return {role: _colour(file, value, f"{path}.{role}") for role, value in values.items()}


def _colour(file: str, value: object, path: str) -> QColor:
    """Qt reads eight digits as opacity, red, green, blue; the file has the opacity last."""
    if not isinstance(value, str) or not COLOUR.fullmatch(value):
        raise ResourceError(f"{file} {path}: #rrggbb or #rrggbbaa is expected.")
    channels = bytes.fromhex(value[1:])
    return QColor(*channels)
