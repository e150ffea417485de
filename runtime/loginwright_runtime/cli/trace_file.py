"""Writes the record of a run where ``--trace`` says (contract.md, "Command line")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.cli.output_file import refuse_missing_folder, write_output
from loginwright_runtime.errors import BadInputError, Problem
from loginwright_runtime.tracing.codec import dumps

if TYPE_CHECKING:
    from loginwright_runtime.tracing.masking import Masker
    from loginwright_runtime.tracing.record import RunRecord


def check_trace_options(trace: str | None, *, unredacted: bool) -> None:
    """Refuse what could not be written once the login is over.

    Raises:
        BadInputError: ``--unredacted`` without a trace, or a trace where there is no folder.
    """
    if trace is None:
        if unredacted:
            message = "--unredacted says how a trace is written, and none is."
            raise BadInputError(Problem("usage", "error", message, "Add --trace FILE."))
        return
    refuse_missing_folder(trace, "trace")


def write_trace(path: str, record: RunRecord, masker: Masker, *, unredacted: bool) -> None:
    """Write a trace, readable by this user only.

    Raises:
        BadInputError: The file cannot be written.
    """
    data = dumps(record, masker, redact=not unredacted)
    write_output(path, data, "trace", private=True)
