"""The record of a run, every step as data: fold, write, read, redact.

The names below are public and loaded when they are first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loginwright_runtime.tracing.attached import record_of
    from loginwright_runtime.tracing.codec import OpenedTrace, dumps, loads, open_trace
    from loginwright_runtime.tracing.folds import logs_of, steps_of, warnings_of
    from loginwright_runtime.tracing.masking import Masker, masked
    from loginwright_runtime.tracing.record import RunRecord
    from loginwright_runtime.tracing.redaction import redacted

_HOME_OF = {
    "Masker": "masking",
    "OpenedTrace": "codec",
    "RunRecord": "record",
    "dumps": "codec",
    "loads": "codec",
    "logs_of": "folds",
    "masked": "masking",
    "open_trace": "codec",
    "record_of": "attached",
    "redacted": "redaction",
    "steps_of": "folds",
    "warnings_of": "folds",
}

__all__ = [
    "Masker",
    "OpenedTrace",
    "RunRecord",
    "dumps",
    "loads",
    "logs_of",
    "masked",
    "open_trace",
    "record_of",
    "redacted",
    "steps_of",
    "warnings_of",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for (PEP 562)."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
