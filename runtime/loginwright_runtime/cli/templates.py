"""Finds the flows and actions that are shipped as templates."""

from __future__ import annotations

from pathlib import Path

import loginwright_runtime
from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.action_names import language_of
from loginwright_runtime.flow.flow_files import FLOW_FILE


def template_folder() -> Path:
    """Return where templates stand: in the installed package, or in the checkout beside it."""
    package = Path(loginwright_runtime.__file__).parent
    installed = package / "_samples"
    return installed if installed.is_dir() else package.parent.parent / "resources" / "samples"


def templates() -> dict[str, Path]:
    """Return every template by its name: folders with a flow, files with one action."""
    folder = template_folder()
    if not folder.is_dir():
        return {}
    entries = sorted(folder.iterdir())
    flows = {entry.name: entry for entry in entries if (entry / FLOW_FILE).is_file()}
    actions = {
        entry.stem: entry for entry in entries if entry.is_file() and language_of(entry.name)
    }
    return {**actions, **flows}


def find_template(name: str) -> Path:
    """Return a template; FlowError that lists what there is."""
    known = templates()
    if name in known:
        return known[name]
    message = f'There is no template "{name}".'
    remedy = f"There are {', '.join(known)}." if known else "This installation has none."
    raise FlowError(Problem("unknown-template", "error", message, remedy))
