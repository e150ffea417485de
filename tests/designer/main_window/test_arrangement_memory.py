"""Two arrangements, each remembered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.main_window.arrangement import Mode, Pane, Widths
from loginwright_designer.main_window.arrangement_memory import (
    CLOSED,
    ArrangementMemory,
    Sizes,
    memory_from,
    written,
)
from loginwright_designer.preferences import Arrangement

COMPOSING = ArrangementMemory()


def test_composing_starts_with_the_library_and_without_code() -> None:
    assert COMPOSING.shown(Pane.SIDE) == "library"
    assert COMPOSING.shown(Pane.EDITOR) == CLOSED


def test_a_run_closes_the_side_panel_and_opens_code_and_steps() -> None:
    running = COMPOSING.switched(Mode.RUN)
    assert running.shown(Pane.SIDE) == CLOSED
    assert running.shown(Pane.EDITOR) != CLOSED
    assert running.shown(Pane.BOTTOM) == "steps"


def test_a_panel_opened_by_hand_survives_the_switch() -> None:
    running = COMPOSING.opened(Pane.SIDE, "secrets").switched(Mode.RUN)
    assert running.shown(Pane.SIDE) == "secrets"


def test_a_panel_that_the_program_opened_does_not_survive_it() -> None:
    running = COMPOSING.opened(Pane.SIDE, "secrets", by_hand=False).switched(Mode.RUN)
    assert running.shown(Pane.SIDE) == CLOSED


def test_it_survives_one_switch_not_two() -> None:
    there = COMPOSING.opened(Pane.SIDE, "secrets").switched(Mode.RUN)
    again = there.switched(Mode.COMPOSE).switched(Mode.RUN)
    assert again.shown(Pane.SIDE) == CLOSED


def test_what_was_spared_can_be_closed() -> None:
    running = COMPOSING.opened(Pane.SIDE, "secrets").switched(Mode.RUN).closed(Pane.SIDE)
    assert running.shown(Pane.SIDE) == CLOSED
    assert running.switched(Mode.COMPOSE).shown(Pane.SIDE) == "secrets"


def test_what_was_opened_and_closed_again_by_hand_is_not_spared() -> None:
    opened = COMPOSING.opened(Pane.SIDE, "secrets").closed(Pane.SIDE)
    assert opened.switched(Mode.RUN).shown(Pane.SIDE) == CLOSED


def test_switching_to_the_arrangement_in_use_changes_nothing() -> None:
    opened = COMPOSING.opened(Pane.SIDE, "secrets")
    assert opened.switched(Mode.COMPOSE) is opened


def test_each_arrangement_keeps_its_own_sizes() -> None:
    wide = COMPOSING.resized(Sizes(Widths(300, 500, 400), 200))
    assert wide.switched(Mode.RUN).sizes == COMPOSING.switched(Mode.RUN).sizes
    assert wide.switched(Mode.RUN).switched(Mode.COMPOSE).sizes.widths.side == 300


lengths = st.integers(0, 5000)


@given(
    st.builds(Sizes, st.builds(Widths, lengths, lengths, lengths), lengths),
    st.sampled_from(["", "secrets", "library"]),
)
def test_what_is_written_is_read_again(sizes: Sizes, panel: str) -> None:
    memory = COMPOSING.resized(sizes)
    memory = memory.opened(Pane.SIDE, panel) if panel else memory.closed(Pane.SIDE)
    read = memory_from(written(memory, Mode.COMPOSE), written(memory, Mode.RUN))
    assert read.kept == memory.kept


def test_preferences_of_another_shape_give_the_first_arrangement() -> None:
    odd = Arrangement(sizes={"columns": (1, 2), "rows": ()}, panels={"nowhere": "x"})
    assert memory_from(odd, Arrangement()).kept == ArrangementMemory().kept
