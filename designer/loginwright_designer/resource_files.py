"""Finds the icons, fonts, themes and guide that the designer brings, also in the wheel."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import loginwright_designer
from loginwright_runtime.errors import LoginwrightError

FONT_SUFFIXES = frozenset({".otf", ".ttf"})


class ResourceError(LoginwrightError):
    """A file that the designer brings is not where it belongs, or has no such name."""


@dataclass(frozen=True, slots=True)
class ResourceFiles:
    """The folders ``icons``, ``fonts`` and ``themes`` below one root.

    Attributes:
        root: The folder that holds the three.
    """

    root: Path

    def icon(self, name: str) -> Path:
        """Return the SVG file of an icon.

        Raises:
            ResourceError: There is no such icon; names those that there are.
        """
        return self._file("icons", name, ".svg", "icon")

    def icon_names(self) -> tuple[str, ...]:
        """Return the names of all icons, sorted."""
        return self._names("icons", ".svg")

    def tokens(self, name: str) -> Path:
        """Return the JSON file with a theme's colours.

        Raises:
            ResourceError: There is no such theme; names those that there are.
        """
        return self._file("themes", name, ".json", "theme")

    def stylesheet(self, name: str) -> Path:
        """Return the stylesheet template of a theme.

        Raises:
            ResourceError: There is no such theme; names those that there are.
        """
        return self._file("themes", name, ".qss", "stylesheet")

    def fonts(self) -> tuple[Path, ...]:
        """Return the font files, sorted by name.

        Raises:
            ResourceError: There are none.
        """
        fonts = sorted(
            file for file in self._folder("fonts").iterdir() if file.suffix in FONT_SUFFIXES
        )
        if not fonts:
            raise ResourceError("The folder resources/fonts holds no font. Install again.")
        return tuple(fonts)

    def guide(self) -> Path:
        """Return the guide, which a checkout has among its documentation.

        Raises:
            ResourceError: It is missing.
        """
        for file in (self.root / "guide" / "designer.md", self.root.parent / "docs/designer.md"):
            if file.is_file():
                return file
        raise ResourceError("The guide is missing from this installation. Install again.")

    def licences(self) -> tuple[Path, ...]:
        """Return the licences of icons and fonts, for the about box."""
        return (
            self._folder("icons") / "LICENSE",
            *sorted(self._folder("fonts").glob("*-OFL.txt")),
        )

    def _file(self, folder: str, name: str, suffix: str, kind: str) -> Path:
        file = self.root / folder / f"{name}{suffix}"
        if name == Path(name).name and file.is_file():
            return file  # asked for some sixty icons before the first frame: no folder is listed
        known = self._names(folder, suffix)
        near = get_close_matches(name, known, n=3)
        hint = f"Perhaps {' or '.join(near)} is meant. " if near else ""
        raise ResourceError(
            f'There is no {kind} "{name}" in resources/{folder}. {hint}There are: '
            f"{', '.join(known)}."
        )

    def _names(self, folder: str, suffix: str) -> tuple[str, ...]:
        files = self._folder(folder).iterdir()
        return tuple(sorted(file.stem for file in files if file.suffix == suffix))

    def _folder(self, name: str) -> Path:
        folder = self.root / name
        if not folder.is_dir():
            raise ResourceError(
                f"The folder {name} of the designer's resources is missing. Install again."
            )
        return folder


def resource_files() -> ResourceFiles:
    """Return the resources of the installed package, or those of the checkout it stands in.

    Raises:
        ResourceError: Neither is there.
    """
    package = Path(loginwright_designer.__file__).parent
    for root in (package / "_resources", package.parent.parent / "resources"):
        if (root / "icons").is_dir():
            return ResourceFiles(root)
    raise ResourceError(
        "The designer's icons, fonts and themes are missing from this installation. Install again."
    )
