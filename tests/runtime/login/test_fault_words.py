from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field, JsonValue, TypeAdapter, ValidationError

from loginwright_runtime.login.fault_words import fault_in_words


class Inner(BaseModel):
    """An object within another."""

    name: str


WRONG: list[tuple[object, JsonValue, str]] = [
    (str, 5, "it is no text"),
    (Annotated[str, Field(min_length=1)], "", "it is empty"),
    (tuple[str, ...], "x", "it is no list"),
    (list[str], {}, "it is no list"),
    (frozenset[str], "x", "it is no list"),
    (dict[str, str], [], "it is no object"),
    (Inner, "x", "it is no object"),
    (bool, "perhaps", "it is neither true nor false"),
    (bool, [], "it is neither true nor false"),
    (float, "x", "it is no number"),
    (float, {}, "it is no number"),
    (Annotated[float, Field(allow_inf_nan=False)], float("inf"), "it is no finite number"),
    (int, 1.5, "it is no whole number"),
    (int, "x", "it is no whole number"),
    (int, "9" * 5000, "it is no whole number"),
    (Annotated[int, Field(ge=1)], 0, "it has to be at least 1"),
    (Annotated[int, Field(le=31_536_000)], 10**20, "it has to be at most 31,536,000"),
    (Annotated[float, Field(gt=0)], 0, "it has to be more than 0"),
    (Annotated[float, Field(lt=2)], 2, "it has to be less than 2"),
    (Literal["open", "none"], "shut", "it is not 'open' or 'none'"),
]


@pytest.mark.parametrize(("wanted", "value", "words"), WRONG)
def test_a_fault_is_told_without_words_of_python(
    wanted: object, value: JsonValue, words: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(wanted).validate_python(value)
    reason, remedy = fault_in_words(refused.value.errors()[0])
    assert reason == words
    assert remedy.endswith(".")
