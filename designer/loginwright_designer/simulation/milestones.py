"""A login without its calls: what views go through again at every position of a scrub."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loginwright_runtime.tracing.record import CallMade

if TYPE_CHECKING:
    from loginwright_runtime.tracing.record import RunRecord


def milestones(record: RunRecord) -> RunRecord:
    """Return a record without the calls in it; who began, left, came back and ended stays.

    A handler may make thousands of calls; what of them counts is folded once
    (``AskedChanges``), and the rest of a login is a few entries an action.

    Args:
        record: The login so far.
    """
    kept = tuple(entry for entry in record.entries if not isinstance(entry, CallMade))
    return replace(record, entries=kept)
