"""Views learn which cards to redraw."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from designer_drafts import done, draft_of, ids
from loginwright_designer.document.action_changes import ActionChanges, action_changes
from loginwright_designer.document.action_edits import (
    duplicate_actions,
    move_actions,
    remove_actions,
    set_enabled,
)
from loginwright_designer.document.code_edits import change_code

NOTHING = ActionChanges((), (), (), (), reordered=False)


def test_same_draft_has_no_changes() -> None:
    assert action_changes(draft_of("A", "B"), draft_of("A", "B")) == NOTHING


def test_each_kind_of_change_is_told_by_id() -> None:
    start = draft_of("A", "B", "C", "D")
    draft = done(remove_actions(start, {"d"})).after
    draft = done(duplicate_actions(draft, {"a"})).after
    draft = done(set_enabled(draft, {"b"}, enabled=False)).after
    draft = done(change_code(draft, "actions/c.js", b"//")).after
    assert action_changes(start, draft) == ActionChanges(
        ("a-copy",), ("d",), ("b",), ("c",), reordered=False
    )


@given(st.permutations(["a", "b", "c"]))
def test_another_order_is_told(order: list[str]) -> None:
    start = draft_of("A", "B", "C")
    draft = start
    for position, one in enumerate(order):
        draft = done(move_actions(draft, {one}, position)).after
    assert ids(draft) == order
    assert action_changes(start, draft).reordered == (order != ["a", "b", "c"])
