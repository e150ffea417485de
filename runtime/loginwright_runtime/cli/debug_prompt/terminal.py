"""Asks for commands on a terminal or from a pipe, and says what comes of them."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from loginwright_runtime.cli.screen import shown
from loginwright_runtime.tokens.development_signer import state_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import ModuleType

    from loginwright_runtime.cli.screen import Screen, Span

MOST_HISTORY = 500
MOST_CHARACTERS = 100_000


def _readline() -> ModuleType | None:
    """Return readline where this Python has it."""
    try:
        import readline
    except ImportError:
        return None
    return readline


class Terminal:
    """Where a person, or a script, types.

    What is typed on a terminal has a history, kept from one time to the next, and completion,
    where this Python has readline. Commands from a pipe are shown, so that what comes of them
    reads as a conversation.

    Args:
        screen: Shows results; with ``--json`` all that is said goes to standard error.
        complete: Returns the words that a line could go on with, for its text up to the cursor.
    """

    def __init__(self, screen: Screen, complete: Callable[[str], Sequence[str]]) -> None:
        self._screen = screen
        self._complete = complete
        self._found: Sequence[str] = ()
        self.is_person = sys.stdin is not None and sys.stdin.isatty()
        self._readline = _readline() if self.is_person and not screen.json else None

    def say(self, *spans: Span) -> None:
        """Say one line."""
        if self._screen.json:
            self._screen.note("".join(text for text, _tone in spans))
        else:
            self._screen.line(*spans)
            sys.stdout.flush()

    def ask(self, prompt: str) -> str | None:
        """Return what is typed; None at the end."""
        if self._readline is not None:
            try:
                return input(prompt)
            except EOFError:
                sys.stdout.write("\n")
                return None
        stream = sys.stderr if self._screen.json else sys.stdout
        if self.is_person:
            stream.write(prompt)
            stream.flush()
        line = sys.stdin.readline(MOST_CHARACTERS) if sys.stdin is not None else ""
        if not line:
            return None
        typed = line.removesuffix("\n")
        if not self.is_person:
            self.say((prompt, "dim"), (shown(typed), "plain"))
        return typed

    def open(self) -> None:
        """Prepare history and completion."""
        readline = self._readline
        if readline is None:
            return
        with suppress(OSError):
            readline.read_history_file(_history())
        readline.set_history_length(MOST_HISTORY)
        readline.set_completer_delims(" ")
        readline.set_completer(self._completion)
        libedit = "libedit" in (readline.__doc__ or "")
        readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")

    def close(self) -> None:
        """Keep the history, readable for its owner alone: it holds what was typed as answers."""
        readline = self._readline
        if readline is None:
            return
        readline.set_completer(None)
        path = _history()
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))
            readline.write_history_file(path)

    def _completion(self, word: str, state: int) -> str | None:
        if state == 0:
            typed = self._readline.get_line_buffer() if self._readline is not None else word
            self._found = [one for one in self._complete(typed) if one.startswith(word)]
        return f"{self._found[state]} " if state < len(self._found) else None


def _history() -> Path:
    return state_folder() / "debug-history"
