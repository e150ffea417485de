"""Two texts are compared character by character, and every one of them is kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.simulation.char_differences import (
    MAX_CHARACTERS,
    Span,
    char_differences,
)


def text_of(spans: tuple[Span, ...]) -> str:
    """Stretches as the text they are of."""
    return "".join(span.text for span in spans)


def shared(spans: tuple[Span, ...]) -> str:
    """What the other text has as well."""
    return "".join(span.text for span in spans if not span.differs)


def test_one_changed_character_is_marked_alone() -> None:
    found = char_differences("auth0|0001", "auth0|0007")
    assert found.expected == (Span("auth0|000"), Span("1", differs=True))
    assert found.got == (Span("auth0|000"), Span("7", differs=True))


def test_what_is_missing_is_marked_where_it_should_stand() -> None:
    found = char_differences("aOFwEY1h", "aOFEY1h")
    assert found.expected == (Span("aOF"), Span("w", differs=True), Span("EY1h"))
    assert found.got == (Span("aOF"), Span("EY1h"))


def test_texts_without_anything_in_common_differ_as_a_whole() -> None:
    found = char_differences("K7xQ29fa", "no state")
    assert found.expected == (Span("K7xQ29fa", differs=True),)
    assert found.got == (Span("no state", differs=True),)


def test_an_empty_text_lacks_all_of_the_other() -> None:
    assert char_differences("abc", "").expected == (Span("abc", differs=True),)
    assert char_differences("abc", "").got == ()


TEXTS = st.text(max_size=40) | st.text("ab", max_size=12) | st.text("x", max_size=700)


@given(TEXTS, TEXTS)
def test_no_character_is_lost_and_what_is_not_marked_is_the_same(expected: str, got: str) -> None:
    found = char_differences(expected, got)
    assert (text_of(found.expected), text_of(found.got)) == (expected, got)
    assert shared(found.expected) == shared(found.got)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    found = char_differences(text, text)
    assert not any(span.differs for span in (*found.expected, *found.got))


@given(st.text("ab", min_size=1, max_size=5))
def test_of_long_texts_the_two_ends_are_compared(middle: str) -> None:
    head = tail = "x" * MAX_CHARACTERS
    found = char_differences(f"{head}{middle}{tail}", f"{head}{tail}")
    marked = "".join(span.text for span in found.expected if span.differs)
    assert marked == middle
    assert not any(span.differs for span in found.got)
