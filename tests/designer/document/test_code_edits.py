"""Code changes byte for byte, and an edit knows where."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from designer_drafts import done, draft_of
from loginwright_designer.document.code_edits import change_code
from loginwright_designer.document.draft import CodeFocus, EditRefused, Typing
from loginwright_designer.document.source_text import SourceText

FILE = "actions/a.js"
TEXTS = st.text(st.sampled_from("ab \n\r\u00e4"), max_size=12)


def test_typed_letter_knows_its_place() -> None:
    draft = done(change_code(draft_of("A"), FILE, b"let x;")).after
    edit = done(change_code(draft, FILE, b"let xy;", typed=True))
    assert edit.typing == Typing(FILE, 5, "", "y")
    assert edit.focus == CodeFocus(FILE, 6)
    assert edit.name == "Type in A"


def test_replaced_code_is_no_typing() -> None:
    edit = done(change_code(draft_of("A"), FILE, b"\xff\xfe"))
    assert edit.typing is None
    assert edit.after.flow.files[FILE] == b"\xff\xfe"


def test_file_that_is_not_there_is_refused() -> None:
    assert isinstance(change_code(draft_of("A"), "actions/b.js", b""), EditRefused)


@given(TEXTS, TEXTS)
def test_difference_leads_from_old_to_new(old: str, new: str) -> None:
    draft = done(change_code(draft_of("A"), FILE, old.encode())).after
    typing = done(change_code(draft, FILE, new.encode(), typed=True)).typing
    assert typing is not None
    end = typing.start + len(typing.removed)
    assert old[: typing.start] + typing.inserted + old[end:] == new
    assert old[typing.start : end] == typing.removed


@given(st.binary(max_size=40))
def test_text_that_is_not_edited_gives_back_its_bytes(content: bytes) -> None:
    source = SourceText.of(content)
    assert not source.editable or source.to_bytes(source.text) == content


@given(st.text(st.sampled_from("ab\r\n"), max_size=20))
def test_lines_keep_their_ends(written: str) -> None:
    content = b"\xef\xbb\xbf" + written.encode()
    source = SourceText.of(content)
    assert source.marked
    assert "\r" not in source.text
    assert source.to_bytes(source.text) == content


def test_new_lines_end_as_most_do_and_others_keep_theirs() -> None:
    source = SourceText.of(b"one\r\ntwo\nthree\r\n")
    assert source.text == "one\ntwo\nthree\n"
    assert source.to_bytes("one\nnew\ntwo\nthree\n") == b"one\r\nnew\r\ntwo\nthree\r\n"


def test_code_that_is_not_utf_8_is_shown_and_kept() -> None:
    source = SourceText.of(b"caf\xe9")
    assert (source.text, source.editable) == ("caf\ufffd", False)
