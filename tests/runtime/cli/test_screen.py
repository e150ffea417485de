from __future__ import annotations

import io
import json
import sys
import unicodedata
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from loginwright_runtime.cli.screen import Screen, is_colourful, shown
from loginwright_runtime.errors import Problem

if TYPE_CHECKING:
    import pytest


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    @override
    def isatty(self) -> bool:
        return True


PROBLEM = Problem(
    "missing-file", "error", "There is no x.js.", "Create it.", "flow.json", 3, 7, "$.actions[0]"
)


@given(st.text())
def test_strangers_text_stays_on_one_line_and_steers_no_terminal(text: str) -> None:
    line = shown(text)
    assert not {unicodedata.category(character) for character in line} & {"Cc", "Cs"}
    assert len(line.splitlines()) <= 1


def test_bidirectional_controls_are_seen() -> None:
    assert shown("a\u202eb\u200fc") == "a\\u202eb\\u200fc"


def test_ordinary_text_is_left_alone() -> None:
    assert shown("Löst - 日本語 👩‍💻") == "Löst - 日本語 👩‍💻"


def test_colours_go_to_terminals_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert is_colourful(Terminal())
    assert not is_colourful(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not is_colourful(Terminal())
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not is_colourful(Terminal())


def test_a_terminal_gets_colours_and_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    Screen(json=False).line(("[bold]not markup[/bold]", "good"), (" plain", "plain"))
    assert "\x1b[32m" in terminal.getvalue()
    assert "[bold]not markup[/bold]" in terminal.getvalue()


def test_a_pipe_gets_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    Screen(json=False).line(("✓ ", "good"), ("Allowed.", "strong"))
    assert capsys.readouterr().out == "✓ Allowed.\n"


def test_a_stream_without_the_character_gets_its_escape(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", write_through=True)
    monkeypatch.setattr(sys, "stdout", stream)
    Screen(json=False).line(("✓", "plain"))
    assert raw.getvalue() == b"\\u2713\n"


def test_a_problem_tells_place_reason_and_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    Screen(json=False).invalid((PROBLEM,))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        "error  There is no x.js.\n  at flow.json:3:7 $.actions[0]\n  Create it.\n"
    )


def test_json_goes_to_standard_output_and_words_to_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    screen = Screen(json=True)
    screen.line(("for people", "plain"))
    screen.invalid((PROBLEM,))
    captured = capsys.readouterr()
    assert captured.out.startswith('{\n  "status": "invalid"')
    assert "for people" not in captured.out
    assert "There is no x.js." in captured.err


def test_name_that_is_no_text_is_escaped_in_the_document(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    Screen(json=True).document({"file": "n\udcff"})
    assert json.loads(capsysbinary.readouterr().out) == {"file": "n\udcff"}


def test_nothing_printed_can_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen(json=False)
    screen.line(("Customer\x1b]0;mine\x07 login\x9b2J", "strong"), ("\u202eeldit\nnext", "dim"))
    screen.note("a\rb")
    printed = capsys.readouterr()
    assert printed.out == "Customer\\x1b]0;mine\\x07 login\\x9b2J\\u202eeldit\nnext\n"
    assert printed.err == "a\\rb\n"
