"""Colours the icons: each drawing in the colour of a role, as a file, an icon or a picture."""

from __future__ import annotations

import weakref
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTemporaryDir
from PySide6.QtGui import QIcon, QPixmap

from loginwright_designer.resource_files import ResourceError
from loginwright_designer.theme.roles import Role

if TYPE_CHECKING:
    from loginwright_designer.resource_files import ResourceFiles
    from loginwright_designer.theme.tokens import Tokens

STROKE = 1.75
"""Of a drawing 24 wide (mocks/notes.md, "Icons")."""

STATE_STROKE = 2.0
"""The same for state marks."""

SHIPPED_STROKE = 'stroke-width="2"'
SHIPPED_COLOUR = "currentColor"
SHIPPED_GROUND = 'stroke="ground"'


@dataclass(frozen=True, slots=True)
class Tint:
    """How a drawing is to look.

    Attributes:
        name: The icon.
        role: The colour of its lines.
        stroke: How wide they are, of a drawing 24 wide.
    """

    name: str
    role: Role
    stroke: float


class TintedIcons:
    """The icons in the colours of one scheme.

    A tinted drawing is a file in a folder of its own, so that Qt draws it itself at any size and
    scale, also where a stylesheet asks for it; the folder goes when this object does.

    Args:
        resources: Where the drawings are.
        tokens: The colours.

    Raises:
        ResourceError: There is no place for temporary files.
    """

    def __init__(self, resources: ResourceFiles, tokens: Tokens) -> None:
        self._resources = resources
        self._tokens = tokens
        self._folder = QTemporaryDir()
        if not self._folder.isValid():
            raise ResourceError(
                "No temporary folder can be made for the icons. Make room, or set TMPDIR."
            )
        weakref.finalize(self, self._folder.remove)  # what lives on until the exit is not collected
        self._files: dict[Tint, Path] = {}
        self._icons: dict[Tint, QIcon] = {}
        self._pixmaps: dict[tuple[Tint, int, float], QPixmap] = {}

    def file(self, name: str, role: Role, stroke: float = STROKE) -> Path:
        """Return a file with the drawing in the role's colour.

        Raises:
            ResourceError: There is no such icon; names those that there are.
        """
        return self._file(Tint(name, role, stroke))

    def icon(self, name: str, role: Role = Role.TEXT, stroke: float = STROKE) -> QIcon:
        """Return an icon; disabled, it has the colour of a control's border.

        Raises:
            ResourceError: There is no such icon; names those that there are.
        """
        return self._icon(Tint(name, role, stroke))

    def pixmap(
        self, name: str, role: Role, size: int, scale: float = 1.0, stroke: float = STROKE
    ) -> QPixmap:
        """Return a picture for a painter.

        Args:
            name: The icon.
            role: Its colour.
            size: Its width and height in logical pixels.
            scale: Device pixels in a logical one, as the paint device says.
            stroke: How wide its lines are, of a drawing 24 wide.

        Raises:
            ResourceError: There is no such icon; names those that there are.
        """
        key = (Tint(name, role, stroke), size, scale)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._icon(key[0]).pixmap(QSize(size, size), scale)
        return self._pixmaps[key]

    def _icon(self, tint: Tint) -> QIcon:
        if tint not in self._icons:
            icon = QIcon(str(self._file(tint)))
            disabled = self._file(replace(tint, role=Role.CONTROL_BORDER))
            icon.addFile(str(disabled), QSize(), QIcon.Mode.Disabled)
            self._icons[tint] = icon
        return self._icons[tint]

    def _file(self, tint: Tint) -> Path:
        if tint not in self._files:
            file = Path(self._folder.filePath(f"{tint.name}-{tint.role}-{tint.stroke:g}.svg"))
            file.write_text(self._drawing(tint), encoding="utf-8")
            self._files[tint] = file
        return self._files[tint]

    def _drawing(self, tint: Tint) -> str:
        drawing = self._resources.icon(tint.name).read_text(encoding="utf-8")
        ground = self._tokens.colour(Role.SURFACE).name()
        changes = [
            (SHIPPED_COLOUR, self._tokens.colour(tint.role).name()),
            (SHIPPED_GROUND, f'stroke="{ground}"'),
            (SHIPPED_STROKE, f'stroke-width="{tint.stroke:g}"'),
        ]
        for shipped, wanted in changes:
            drawing = drawing.replace(shipped, wanted, 1 if "width" in shipped else -1)
        return drawing
