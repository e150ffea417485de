"""Remembers which flow versions were checked and found sound, so that a second run begins at once.

Checking code means starting Node and importing every rule, which takes longer than a short login.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from loginwright_runtime.errors import FlowError
from loginwright_runtime.flow.bundle_cache import bundle_cache
from loginwright_runtime.whole_file import kept_private

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_runtime.flow.model import Flow

_MOST = 200


def refuse_broken_code(flow: Flow) -> None:
    """Check a flow's code before any of it runs; nothing is executed.

    A syntax error, a missing handler, or too much code stops a run (contract.md, "Command line").

    Raises:
        FlowError: Every error found; warnings are left to ``validate``.
    """
    if flow.version in _remembered():
        return
    from loginwright_runtime.validation import analyse, flow_problems

    analysis = analyse(flow)
    found = flow_problems(flow, analysis)
    errors = [problem for problem in found if problem.severity == "error"]
    if errors:
        raise FlowError(*errors)
    if all(facts.unread is None for facts in analysis.sources.values()):
        _remember(flow.version)


def _file() -> Path:
    return bundle_cache().parent / f"sound-code-{version('loginwright')}.txt"


def _remembered() -> list[str]:
    try:
        return _file().read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return []


def _remember(flow_version: str) -> None:
    """Add a version, forgetting the oldest; where that fails the next run checks again."""
    versions = [*_remembered(), flow_version][-_MOST:]
    kept_private(_file(), "\n".join((*versions, "")).encode("ascii"))
