"""What people call the languages that actions are written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.flow.model import Language

LANGUAGE_NAMES: Mapping[Language, str] = {"javascript": "JavaScript", "python": "Python"}
