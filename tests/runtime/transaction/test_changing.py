"""A login in progress with other values: as the library would copy it, only sooner."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.transaction.changing import with_changes
from loginwright_runtime.transaction.state import Breakage, Denial, LoginTransaction

if TYPE_CHECKING:
    from collections.abc import Callable

LOGIN = LoginTransaction(
    "0" * 32,
    "auth0|0001",
    position=2,
    id_claims={"https://a.example/roles": ["admin"]},
    denials=(Denial("No.", "deny", "greet", 4),),
)
CHANGES: list[Callable[[Callable[..., LoginTransaction]], LoginTransaction]] = [
    lambda change: change(LOGIN),
    lambda change: change(LOGIN, position=3),
    lambda change: change(LOGIN, position=3, denials=(), breakage=Breakage("Too much.", "a", 1)),
]


@pytest.mark.parametrize("changed_by", CHANGES)
def test_login_is_changed_as_the_library_changes_it(
    changed_by: Callable[[Callable[..., LoginTransaction]], LoginTransaction],
) -> None:
    assert changed_by(with_changes) == changed_by(replace)


def test_every_field_is_taken_over_and_the_login_before_stays_as_it_was() -> None:
    before = [getattr(LOGIN, field.name) for field in fields(LOGIN)]
    after = with_changes(LOGIN, position=7)
    kept = [getattr(after, field.name) for field in fields(LOGIN) if field.name != "position"]
    assert kept == [
        value
        for value, field in zip(before, fields(LOGIN), strict=True)
        if field.name != "position"
    ]
    assert [getattr(LOGIN, field.name) for field in fields(LOGIN)] == before
