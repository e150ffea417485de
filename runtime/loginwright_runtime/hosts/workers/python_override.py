"""``override`` for type checkers; a worker has only the standard library of Python 3.11."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

__all__ = ["override"]

if TYPE_CHECKING:
    from typing_extensions import override
else:
    _Method = TypeVar("_Method")

    def override(method: _Method) -> _Method:
        """Return the method; what it overrides is checked before it runs."""
        return method
