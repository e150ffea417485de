"""How long tests wait for what comes in its own time."""

from __future__ import annotations

from typing import Final

PATIENCE: Final = 60
"""Seconds, however busy the machine is; only what hangs takes them."""
