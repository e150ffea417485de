"""Where steps end: stories of functions on a stack, innermost first."""

from __future__ import annotations

import pytest

from loginwright_runtime.hosts.step_target import StepTarget


@pytest.mark.parametrize(
    ("step", "stacks", "reached"),
    [
        ("run", ["a"], [False]),
        ("into", ["ba", "a"], [True, True]),
        ("over", ["ba", "a"], [False, True]),
        ("over", ["ba", "b", "a"], [False, False, True]),
        ("over", [""], [True]),
        ("out", ["ba", "a"], [False, False]),
    ],
)
def test_step_from_one_function(step: str, stacks: list[str], reached: list[bool]) -> None:
    target = StepTarget(step, "a")  # type: ignore[arg-type]  # each is a step
    assert [target.is_reached(stack) for stack in stacks] == reached


def test_out_of_a_helper_ends_in_its_caller_also_where_that_has_awaited() -> None:
    target = StepTarget("out", "ba")
    assert [target.is_reached(stack) for stack in ("ba", "cba", "b", "a")] == [
        False,
        False,
        False,
        True,
    ]


def test_over_at_the_end_of_a_helper_that_has_awaited_ends_in_who_awaits_it() -> None:
    assert StepTarget("over", "b").is_reached("a")


def test_recursion_is_further_inside() -> None:
    target = StepTarget("over", "aa")
    assert [target.is_reached(stack) for stack in ("aaa", "aa", "a")] == [False, True, True]
