"""What debugging a handler's code line by line has to do, whichever language it is in."""

from __future__ import annotations

from loginwright_runtime.testing.line_looking_conformance import LineLookingConformance
from loginwright_runtime.testing.line_stopping_conformance import LineStoppingConformance


class LineDebuggingConformance(LineStoppingConformance, LineLookingConformance):
    """Inherit, give ``language`` and ``make_host``, and let pytest collect the subclass."""
