"""Which file of the flow a name that a language gives to code means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

_PACKAGES = "node_modules/"
# What Node leaves as it is when it makes a file's URL.
_PLAIN = "/!$&'()*+,-.:;=@_~[]|^"


@dataclass(frozen=True, slots=True)
class CodePlaces:
    """Maps paths in the flow to the names code has, and back.

    Attributes:
        root: Folder in whose name the flow's code runs.
        lines: How many lines each of the flow's files has, by path.
        packages: Folder that holds ``node_modules``, or None.
    """

    root: str
    lines: Mapping[str, int]
    packages: str | None

    def name(self, path: str) -> str:
        """Return the file name under which code at ``path`` runs."""
        if path.startswith(_PACKAGES) and self.packages is not None:
            return f"{self.packages.rstrip('/')}/{path}"
        return f"{self.root.rstrip('/')}/{path}"

    def path(self, name: str) -> str | None:
        """Return the path of code in the flow or its packages; None for other code."""
        root = self.root.rstrip("/") + "/"
        if name.startswith(root) and name[len(root) :] in self.lines:
            return name[len(root) :]
        if self.packages is not None:
            packages = f"{self.packages.rstrip('/')}/"
            if name.startswith(packages + _PACKAGES):
                return name[len(packages) :]
        return None

    def url(self, path: str) -> str:
        """Return the URL that Node gives to code at ``path``."""
        return "file://" + quote(self.name(path), safe=_PLAIN)

    def path_of_url(self, url: str) -> str | None:
        """Return the path of the code that a script's URL means."""
        if not url.startswith("file://"):
            return None
        return self.path(unquote(url.removeprefix("file://")))


def is_package(path: str) -> bool:
    """Tell a file of a package from one of the flow's own."""
    return path.startswith(_PACKAGES)
