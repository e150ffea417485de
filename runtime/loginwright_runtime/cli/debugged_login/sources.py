"""The code of a flow as it runs: its text by path, and the lines in it that people ask for."""

from __future__ import annotations

import difflib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_runtime.flow.model import Flow

_MOST_BYTES = 4_000_000
_HANDLERS = {
    "onExecutePostLogin": ("onExecutePostLogin", "on_execute_post_login"),
    "onContinuePostLogin": ("onContinuePostLogin", "on_continue_post_login"),
}


def source_text(flow: Flow, file: str) -> str | None:
    """Return the code of a file as it was loaded; None where the flow has no such file.

    Args:
        flow: As it runs.
        file: Path in the flow; below ``node_modules/`` it is read from its folder.
    """
    data = flow.files.get(file)
    if data is None:
        data = _package_file(flow, PurePosixPath(file))
    return None if data is None else data.decode("utf-8", "replace")


def source_lines(flow: Flow, file: str) -> tuple[str, ...]:
    """Return the lines of a file; empty where there is no such file."""
    return tuple((source_text(flow, file) or "").splitlines())


def _package_file(flow: Flow, file: PurePosixPath) -> bytes | None:
    if flow.packages is None or file.parts[:1] != ("node_modules",):
        return None
    folder = Path(flow.packages).resolve()
    try:
        path = (folder / file).resolve()
        if not path.is_relative_to(folder / "node_modules") or path.stat().st_size > _MOST_BYTES:
            return None
        return path.read_bytes()
    except (OSError, ValueError):
        return None


def handler_line(flow: Flow, file: str, handler: str | None) -> int:
    """Return the first line that names a handler; 1 where none does."""
    for number, line in enumerate(source_lines(flow, file), start=1):
        if any(name in line for name in _HANDLERS.get(handler or "", ())):
            return number
    return 1


def moved_line(before: Sequence[str], after: Sequence[str], line: int) -> int:
    """Return where a line of edited code stands now: breakpoints follow the text."""
    if list(before) == list(after):
        return line
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, there, end in matcher.get_opcodes():
        if first <= line - 1 < last:
            moved = there + (line - 1 - first) if tag == "equal" else min(there, max(end - 1, 0))
            return min(moved, max(len(after) - 1, 0)) + 1
    return min(line, max(len(after), 1))
