"""What the designer is made of, and under which licences."""

from __future__ import annotations

import platform
import re
from dataclasses import dataclass, field
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from loginwright_designer.document.background_thread import BackgroundThread
from loginwright_runtime.errors import LoginwrightError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_designer.resource_files import ResourceFiles

translate = QCoreApplication.translate

OWN = "loginwright"
EXTRAS = ("designer", "node")
FAMILIES = {"JetBrainsMono": "JetBrains Mono"}
"""Typefaces whose files are named otherwise than they are."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_EXTRA = re.compile(r"""extra\s*==\s*['"]([^'"]+)['"]""")
_TEXT = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
_MOST_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True)
class LicensedPart:
    """A library, a typeface or a set of icons.

    Attributes:
        name: What it is called.
        version: Of a library; empty for what has none.
        licence: Its licence in a word or two; empty where nobody says.
        files: Where its licence's text stands.
    """

    name: str
    version: str
    licence: str
    files: tuple[Path, ...] = field(default=(), repr=False)

    def text(self) -> str:
        """Read the licence's text; reads files, some kB."""
        texts = [_read(file) for file in self.files]
        return "\n\n".join(text for text in texts if text)[:_MOST_CHARACTERS]


class LicenceReading(QObject):
    """Reads what the designer is made of on a thread, which ends with it."""

    parts_read = Signal(object)  # tuple[LicensedPart, ...]: what it is made of

    def __init__(self, resources: ResourceFiles, parent: QObject | None = None) -> None:
        """Prepare the thread."""
        super().__init__(parent)
        self._resources = resources
        self._thread = BackgroundThread("licences", self)

    def start(self) -> None:
        """Read; ``parts_read`` follows."""
        self._thread.run(lambda: licensed_parts(self._resources), self.parts_read.emit)

    def close(self) -> None:
        """End the thread."""
        self._thread.close()


def running_versions() -> str:
    """Return what runs here, a line each: Loginwright, Python and Qt, the system."""
    own, qt = (_installed(name) for name in (OWN, "PySide6_Essentials"))
    words = translate("About", "of unknown version")
    versions = [words if one is None else one.version for one in (own, qt)]
    python = platform.python_version()
    return (
        f"Loginwright {versions[0]}\n"
        f"Python {python}, PySide6 {versions[1]}, {platform.system()} {platform.machine()}"
    )


def licensed_parts(resources: ResourceFiles) -> tuple[LicensedPart, ...]:
    """Return Loginwright itself, then fonts and icons, then every library it stands on.

    Reads the metadata of some thirty packages, which takes some 100 ms: not on a GUI thread.
    """
    own, *others = _libraries()
    return (own, *_bundled(resources), *sorted(others, key=lambda part: part.name.lower()))


def _libraries() -> Iterator[LicensedPart]:
    found = _installed(OWN)
    yield LicensedPart(OWN, "", "Apache-2.0") if found is None else _part(found)
    waiting = [] if found is None else list(_needed(found, EXTRAS))
    seen: set[str] = {OWN}
    while waiting:
        name = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        library = None if key in seen else _installed(name)
        seen.add(key)
        if library is not None:
            yield _part(library)
            waiting += _needed(library, ())


def _needed(library: Distribution, extras: tuple[str, ...]) -> Iterator[str]:
    for requirement in library.requires or ():
        extra = _EXTRA.search(requirement)
        name = _NAME.match(requirement)
        if name is not None and (extra is None or extra[1] in extras):
            yield name[0]


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:  # needed elsewhere only, such as on another system
        return None


def _part(library: Distribution) -> LicensedPart:
    metadata = library.metadata
    files = tuple(
        Path(str(library.locate_file(file)))
        for file in library.files or ()
        if _TEXT.search(PurePosixPath(file).name) and "dist-info" in str(file)
    )
    return LicensedPart(metadata["Name"], library.version, _licence(library), files)


def _licence(library: Distribution) -> str:
    metadata = library.metadata
    if "License-Expression" in metadata:
        return str(metadata["License-Expression"])
    for classifier in metadata.get_all("Classifier") or ():
        if classifier.startswith("License ::"):
            return str(classifier.rpartition(" :: ")[2])
    named = str(metadata["License"]) if "License" in metadata else ""
    return named.strip().partition("\n")[0][:60]


def _bundled(resources: ResourceFiles) -> Iterator[LicensedPart]:
    try:
        files = resources.licences()
    except LoginwrightError:
        return
    for file in files:
        if file.name == "LICENSE":
            yield LicensedPart("Lucide icons", "", "ISC", (file,))
        else:
            family = file.stem.removesuffix("-OFL")
            yield LicensedPart(FAMILIES.get(family, family), "", "OFL-1.1", (file,))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
