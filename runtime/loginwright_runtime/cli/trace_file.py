"""Writes the record of a run where ``--trace`` says (contract.md, "Command line")."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

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
    if not os.path.isdir(os.path.dirname(trace) or os.curdir):
        message = "There is no such folder to write the trace into."
        remedy = "Make it, or name another file."
        raise BadInputError(Problem("missing-folder", "error", message, remedy, trace))


def write_trace(path: str, record: RunRecord, masker: Masker, *, unredacted: bool) -> None:
    """Write a trace, readable by this user only.

    Raises:
        BadInputError: The file cannot be written.
    """
    data = dumps(record, masker, redact=not unredacted)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with open(descriptor, "wb") as file:
            file.write(data)
    except OSError as error:
        message = f"The trace cannot be written: {error.strerror}."
        remedy = "Name a file in a folder that you may write to."
        raise BadInputError(Problem("unwritable-file", "error", message, remedy, path)) from None
