"""Exit statuses (contract.md, "Command line")."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loginwright_runtime.transaction.outcome import Outcome

OK = 0
DIFFERENT = 1

_OF_OUTCOME = {"allowed": 0, "denied": 3, "suspended": 4, "failed": 5}


def status_of(outcome: Outcome) -> int:
    """Return the exit status of ``run`` and ``resume``."""
    return _OF_OUTCOME[outcome.status]
