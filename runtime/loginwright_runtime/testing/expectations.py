"""The checks of the conformance suites; they also hold under ``python -O``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable


def expect(got: object, wanted: object, rule: str) -> None:
    """Raise AssertionError, naming the rule, unless ``got`` equals ``wanted``."""
    if got != wanted:
        raise AssertionError(f"{rule} Expected {wanted!r}, got {got!r}.")


async def expect_store_error(step: Awaitable[object], rule: str) -> None:
    """Raise AssertionError, naming the rule, unless ``step`` raises StoreError."""
    try:
        got = await step
    except StoreError:
        return
    raise AssertionError(f"{rule} Expected StoreError, got {got!r}.")
