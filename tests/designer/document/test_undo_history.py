"""Whatever was edited can be taken back and done again, word by word where somebody typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer_drafts import done, draft_of, ids
from loginwright_designer.document.action_edits import (
    duplicate_actions,
    move_actions,
    remove_actions,
    rename_action,
)
from loginwright_designer.document.code_edits import change_code
from loginwright_designer.document.draft import Draft, Edit, Typing
from loginwright_designer.document.undo_history import MOST_EDITS, UndoHistory, join_typing

FILE = "actions/a.js"


def code_of(history: UndoHistory) -> str:
    return history.current.flow.files[FILE].decode()


def blank() -> UndoHistory:
    draft = done(change_code(draft_of("A"), FILE, b"")).after
    return UndoHistory(draft, saved=draft)


def typed(history: UndoHistory, text: str) -> UndoHistory:
    """Type letter by letter at the end."""
    for letter in text:
        code = (code_of(history) + letter).encode()
        history = history.do(done(change_code(history.current, FILE, code, typed=True)))
    return history


def backspaced(history: UndoHistory, times: int) -> UndoHistory:
    for _ in range(times):
        code = code_of(history)[:-1].encode()
        history = history.do(done(change_code(history.current, FILE, code, typed=True)))
    return history


def test_typing_is_taken_back_word_by_word() -> None:
    history = typed(blank(), "deny the user")
    steps = []
    while history.undo_edit is not None:
        steps.append(code_of(history))
        history = history.undo()
    assert steps == ["deny the user", "deny the ", "deny "]


def test_a_line_is_a_step_of_its_own() -> None:
    history = typed(blank(), "one\ntwo")
    assert code_of(history.undo()) == "one\n"
    assert code_of(history.undo().undo()) == "one"


def test_removed_letters_come_back_word_by_word() -> None:
    history = backspaced(typed(blank(), "deny the user").end_typing(), 13)
    assert code_of(history) == ""
    assert code_of(history.undo()) == "deny"
    assert code_of(history.undo().undo()) == "deny the"


def test_letters_after_the_caret_moved_are_a_step_of_their_own() -> None:
    history = typed(typed(blank(), "de").end_typing(), "ny")
    assert code_of(history.undo()) == "de"


def test_typing_after_a_save_can_be_undone_to_what_was_saved() -> None:
    history = typed(blank(), "de")
    history = typed(history.with_saved(history.current), "ny")
    assert not history.is_saved
    assert history.undo().is_saved
    assert code_of(history.undo()) == "de"


def test_pasted_code_does_not_join_what_was_typed() -> None:
    history = typed(blank(), "de")
    history = history.do(done(change_code(history.current, FILE, b"deny")))
    assert code_of(history.undo()) == "de"


def test_undone_edits_are_gone_after_another_edit() -> None:
    history = UndoHistory(draft_of("A", "B"))
    history = history.do(done(move_actions(history.current, {"b"}, 0))).undo()
    assert history.redo_edit is not None
    assert history.redo_edit.name == "Move B"
    history = history.do(done(rename_action(history.current, "a", "C")))
    assert history.redo_edit is None
    assert history.redo() is history


def test_edit_that_changes_nothing_is_no_step() -> None:
    history = UndoHistory(draft_of("A"))
    assert history.do(done(rename_action(history.current, "a", "A"))) is history
    assert history.undo() is history


def test_edit_of_another_draft_is_refused() -> None:
    with pytest.raises(ValueError, match="another draft"):
        UndoHistory(draft_of("A")).do(done(rename_action(draft_of("B"), "b", "C")))


def test_history_forgets_the_oldest_edits() -> None:
    history = UndoHistory(draft_of("A"))
    for number in range(MOST_EDITS + 5):
        history = history.do(done(rename_action(history.current, "a", f"A{number}")))
    assert len(history.past) == MOST_EDITS


def test_edits_of_two_files_do_not_join() -> None:
    assert join_typing(Typing("a", 0, "", "x"), Typing("b", 1, "", "y")) is None


def test_delete_key_joins_forwards() -> None:
    joined = join_typing(Typing("a", 3, "d", ""), Typing("a", 3, "e", ""))
    assert joined == Typing("a", 3, "de", "")


EDITS = st.lists(st.tuples(st.sampled_from("mrdtx"), st.integers(0, 5)), max_size=12)


def some_edit(draft: Draft, kind: str, number: int) -> Edit | None:
    """An edit of any kind; None where it is refused."""
    known = ids(draft)
    one = {known[number % len(known)]} if known else set()
    match kind:
        case "m":
            result = move_actions(draft, one, number)
        case "r":
            result = rename_action(draft, next(iter(one), ""), f"Name {number}")
        case "d":
            result = duplicate_actions(draft, one)
        case "t":
            old = draft.flow.files.get(FILE, b"")
            result = change_code(draft, FILE, old + b"ab \ncd"[number : number + 1], typed=True)
        case _:
            result = remove_actions(draft, one)
    return result if isinstance(result, Edit) else None


@given(EDITS)
def test_undo_after_any_edits_restores_and_redo_repeats(kinds: list[tuple[str, int]]) -> None:
    start = draft_of("A", "B", "C")
    history = UndoHistory(start, saved=start)
    for kind, number in kinds:
        edit = some_edit(history.current, kind, number)
        history = history if edit is None else history.do(edit)
    end = history.current
    drafts = [end]
    while history.undo_edit is not None:
        history = history.undo()
        drafts.append(history.current)
    assert history.current == start
    assert history.is_saved
    for draft in reversed(drafts[:-1]):
        history = history.redo()
        assert history.current == draft
    assert history.current == end


@given(st.text(st.sampled_from("ab \n"), max_size=30))
def test_words_put_together_again_are_what_was_typed(text: str) -> None:
    history = typed(blank(), text)
    inserted = [edit.typing.inserted for edit in history.past if edit.typing is not None]
    assert "".join(inserted) == text
    assert all(word.strip(" \n").count(" ") == 0 for word in inserted)


def test_changes_apart_from_each_other_do_not_join() -> None:
    apart = [
        (Typing("a", 0, "", "x"), Typing("a", 5, "", "y")),
        (Typing("a", 5, "x", ""), Typing("a", 0, "y", "")),
        (Typing("a", 0, "x", "y"), Typing("a", 1, "y", "z")),
        (Typing("a", 3, "d ", ""), Typing("a", 3, "e", "")),
    ]
    assert [join_typing(first, second) for first, second in apart] == [None] * 4
