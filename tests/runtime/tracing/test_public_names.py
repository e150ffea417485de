"""What ``from loginwright_runtime import tracing`` offers."""

from __future__ import annotations

import pytest

from loginwright_runtime import tracing
from loginwright_runtime.tracing.codec import loads
from loginwright_runtime.tracing.masking import Masker


@pytest.mark.parametrize("name", tracing.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert name in dir(tracing)
    assert getattr(tracing, name).__name__ == name


def test_public_names_are_the_modules_own() -> None:
    assert tracing.loads is loads
    assert tracing.Masker is Masker


def test_an_unknown_name_is_refused_by_name() -> None:
    with pytest.raises(AttributeError, match=r"loginwright_runtime\.tracing.*no attribute 'fold'"):
        _ = tracing.fold
