"""Finds the flows that are shipped as templates and samples."""

from __future__ import annotations

from pathlib import Path

import loginwright_runtime
from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.flow_files import FLOW_FILE


def template_folders() -> tuple[Path, Path]:
    """Return where samples and templates stand: in the installed package, or in the checkout."""
    package = Path(loginwright_runtime.__file__).parent
    if (package / "_templates").is_dir():
        return package / "_samples", package / "_templates"
    resources = package.parent.parent / "resources"
    return resources / "samples", resources / "templates"


def templates() -> dict[str, Path]:
    """Return every template by its name; of a sample of the same name the template counts."""
    found: dict[str, Path] = {}
    for folder in template_folders():
        if folder.is_dir():
            flows = (entry for entry in folder.iterdir() if (entry / FLOW_FILE).is_file())
            found.update({entry.name: entry for entry in flows})
    return dict(sorted(found.items()))


def find_template(name: str) -> Path:
    """Return a template; FlowError that lists what there is."""
    known = templates()
    if name in known:
        return known[name]
    message = f'There is no template "{name}".'
    remedy = f"There are {', '.join(known)}." if known else "This installation has none."
    raise FlowError(Problem("unknown-template", "error", message, remedy))
