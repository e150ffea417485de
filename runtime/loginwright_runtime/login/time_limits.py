"""How far times may lie, so that all that is reckoned with them can be written as a date."""

from __future__ import annotations

LONGEST_SECONDS = 315_360_000
"""Ten years: the longest life of a token or a suspended login."""
LATEST_NOW = 221_845_391_999
"""The end of the year 8999: the latest clock a simulated login may begin on."""
LATEST_DATE = 253_402_300_799
"""The end of the year 9999, the latest moment that ISO 8601 writes with four digits."""
