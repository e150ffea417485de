"""What a card says of its code before anything has run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loginwright_designer.canvas.card_sketch import sketch_of

if TYPE_CHECKING:
    from lane_samples import Sample


def test_sentence_is_the_first_comment(sample: Sample) -> None:
    card = sample.lane().cards[0]
    assert card.sentence == "Keeps one application closed on Saturdays and Sundays"


def test_code_without_a_sentence_is_described_by_its_calls(sample: Sample) -> None:
    assert sample.lane().cards[2].sentence == "Sends the user away, writes to the profile"


def test_icons_say_what_the_code_is_about(sample: Sample) -> None:
    icons = [card.icon for card in sample.lane().cards]
    assert icons == ["calendar-off", "shield-check", "external-link", "key-round"]


def test_what_stands_before_the_handler_goes_before_a_comment_about_a_constant() -> None:
    source = (
        b"// The identifier of the API.\nconst AUDIENCE = 1;\n\n"
        b"/**\n * Lets no person call one API; only machines may.\n *\n"
        b" * @param {Event} event - it\n */\nexports.onExecutePostLogin = async () => {};\n"
    )
    assert sketch_of(source, None).sentence == "Lets no person call one API; only machines may"


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (b"// Adds the roles.\nexports.x = 1;", "Adds the roles"),
        (b"# Adds the roles.\nimport json\n", "Adds the roles"),
        (b'"""Adds the roles."""\n', "Adds the roles"),
        (b"/** Adds the roles. */\n", "Adds the roles"),
        (b"/**\n * @param {Event} event - it\n */\n", ""),
        (b"const x = 1;\n", ""),
        (b"\xff\xfe", ""),
    ],
)
def test_first_comment_is_found_in_both_languages(source: bytes, sentence: str) -> None:
    assert sketch_of(source, None).sentence == sentence
