from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, JsonValue, TypeAdapter, ValidationError

from loginwright_runtime.login.fault_words import fault_in_words


class Inner(BaseModel):
    """An object within another."""

    name: str


WRONG: list[tuple[TypeAdapter[Any], JsonValue, str]] = [
    (TypeAdapter(str), 5, "it is no text"),
    (TypeAdapter(Annotated[str, Field(min_length=1)]), "", "it is empty"),
    (TypeAdapter(tuple[str, ...]), "x", "it is no list"),
    (TypeAdapter(list[str]), {}, "it is no list"),
    (TypeAdapter(frozenset[str]), "x", "it is no list"),
    (TypeAdapter(dict[str, str]), [], "it is no object"),
    (TypeAdapter(Inner), "x", "it is no object"),
    (TypeAdapter(bool), "perhaps", "it is neither true nor false"),
    (TypeAdapter(bool), [], "it is neither true nor false"),
    (TypeAdapter(float), "x", "it is no number"),
    (TypeAdapter(float), {}, "it is no number"),
    (
        TypeAdapter(Annotated[float, Field(allow_inf_nan=False)]),
        float("inf"),
        "it is no finite number",
    ),
    (TypeAdapter(int), 1.5, "it is no whole number"),
    (TypeAdapter(int), "x", "it is no whole number"),
    (TypeAdapter(int), "9" * 5000, "it is no whole number"),
    (TypeAdapter(Annotated[int, Field(ge=1)]), 0, "it has to be at least 1"),
    (TypeAdapter(Annotated[int, Field(le=31_536_000)]), 10**20, "it has to be at most 31,536,000"),
    (TypeAdapter(Annotated[float, Field(gt=0)]), 0, "it has to be more than 0"),
    (TypeAdapter(Annotated[float, Field(lt=2)]), 2, "it has to be less than 2"),
    (TypeAdapter(Literal["open", "none"]), "shut", "it is not 'open' or 'none'"),
]


@pytest.mark.parametrize(("wanted", "value", "words"), WRONG)
def test_a_fault_is_told_without_words_of_python(
    wanted: TypeAdapter[Any], value: JsonValue, words: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        wanted.validate_python(value)
    reason, remedy = fault_in_words(refused.value.errors()[0])
    assert reason == words
    assert remedy.endswith(".")
