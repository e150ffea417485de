"""Between tests everything is collected; while one runs, nothing is, on no thread."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest


class Cycle:
    """Refers to itself, so that only the collector finds it."""

    def __init__(self) -> None:
        self.me = self


left: list[weakref.ref[Cycle]] = []
"""What the first test leaves to the second, weakly."""


def make_garbage_on_a_thread() -> None:
    thread = threading.Thread(target=lambda: [Cycle() for _ in range(50_000)].clear())
    thread.start()
    thread.join()


@pytest.fixture(scope="module")
def what_a_wide_fixture_left() -> weakref.ref[Cycle]:
    """A cycle that nobody holds, after much garbage was made on another thread."""
    gone = weakref.ref(Cycle())
    make_garbage_on_a_thread()
    return gone


@pytest.fixture
def held_by_the_test() -> Cycle:
    """What a test's own fixture made is referred to until its last fixture is gone."""
    return Cycle()


def test_no_thread_collects_even_while_fixtures_of_a_module_are_made(
    what_a_wide_fixture_left: weakref.ref[Cycle], held_by_the_test: Cycle
) -> None:
    assert what_a_wide_fixture_left() is not None
    left.append(what_a_wide_fixture_left)
    left.append(weakref.ref(held_by_the_test))


def test_what_a_test_left_is_gone_before_the_next() -> None:
    assert not gc.isenabled()
    assert [gone() for gone in left] == [None, None]
