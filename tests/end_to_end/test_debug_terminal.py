"""``loginwright debug`` on a terminal of its own: history, completion, Ctrl-C."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import subprocess
import termios
from contextlib import contextmanager
from typing import TYPE_CHECKING

from command_runs import PROGRAM
from debugged_flows import python_flow, spinning_flow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROMPT = "(paused) "
CTRL_C = "\x03"
CTRL_D = "\x04"
UP = "\x1b[A"


class Terminal:
    """A person at a terminal."""

    def __init__(self, descriptor: int, program: subprocess.Popen[bytes]) -> None:
        self.program = program
        self._descriptor = descriptor
        self._unseen = ""

    def sees(self, text: str) -> str:
        """Wait until a text is shown; return all that was shown up to it."""
        while text not in self._unseen:
            assert select.select([self._descriptor], [], [], 60)[0], self._unseen
            self._unseen += os.read(self._descriptor, 65536).decode()
        before, found, self._unseen = self._unseen.partition(text)
        return before + found

    def types(self, text: str) -> None:
        """Press keys."""
        os.write(self._descriptor, text.encode())

    def presses_until(self, key: str, text: str) -> str:
        """Press a key, and again where nothing comes of it, until a text is shown.

        A signal between two of readline's waits is noticed at the next key only (CPython's
        ``readline_until_enter_or_signal``); a person presses Ctrl-C again.
        """
        for _time in range(30):
            self.types(key)
            if select.select([self._descriptor], [], [], 2)[0]:
                break
        return self.sees(text)


@contextmanager
def terminal(flow: Path, state: Path, term: str = "xterm") -> Iterator[Terminal]:
    """Start the prompt on a terminal."""
    ours, theirs = pty.openpty()

    def own_terminal() -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    with subprocess.Popen(
        [PROGRAM, "debug", str(flow)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=own_terminal,
        env={**os.environ, "TERM": term, "NO_COLOR": "1", "XDG_STATE_HOME": str(state)},
    ) as program:
        os.close(theirs)
        try:
            yield Terminal(ours, program)
            program.wait(60)
        finally:
            program.kill()
            os.close(ours)


def test_tab_completes_commands_and_actions(tmp_path: Path) -> None:
    with terminal(python_flow(tmp_path / "flow"), tmp_path / "state") as person:
        person.sees(PROMPT)
        person.types("tb\t")
        person.sees("tbreak ")
        person.types("tot\t")
        person.sees("totals ")
        person.types("\n")
        assert "before totals, once" in person.sees(PROMPT)
        person.types("quit\n")
    assert person.program.returncode == 0


def test_what_was_typed_can_be_had_again_the_next_time(tmp_path: Path) -> None:
    flow, state = python_flow(tmp_path / "flow"), tmp_path / "state"
    with terminal(flow, state) as person:
        person.sees(PROMPT)
        person.types("break totals:4\n")
        person.sees(PROMPT)
        person.types(CTRL_D)
    with terminal(flow, state) as person:
        person.sees(PROMPT)
        person.types(f"{UP}\n")
        assert "Breakpoint 1: actions/totals.py:4" in person.sees(PROMPT)
        person.types("q\n")
    (history,) = state.rglob("debug-history")
    assert history.stat().st_mode & 0o777 == 0o600


def test_an_empty_line_repeats_a_step(tmp_path: Path) -> None:
    with terminal(python_flow(tmp_path / "flow"), tmp_path / "state") as person:
        person.sees(PROMPT)
        person.types("step\n")
        assert "line 2" in person.sees(PROMPT)
        person.types("next\n")
        assert "line 3" in person.sees(PROMPT)
        person.types("\n")
        assert "line 4" in person.sees(PROMPT)
        person.types("quit\n")


def test_ctrl_c_stops_code_that_never_ends(tmp_path: Path) -> None:
    with terminal(spinning_flow(tmp_path / "flow"), tmp_path / "state") as person:
        person.sees(PROMPT)
        person.types("continue\n")
        person.sees("console begun")
        person.types(CTRL_C)
        assert "interrupted" in person.sees(PROMPT)
        person.types("set turns = -10\n")
        person.sees(PROMPT)
        person.types("continue\n")
        assert "Allowed." in person.sees("(over) ")
        person.types("quit\n")


def test_ctrl_c_at_the_prompt_drops_what_was_typed(tmp_path: Path) -> None:
    with terminal(python_flow(tmp_path / "flow"), tmp_path / "state") as person:
        person.sees(PROMPT)
        person.types("quit")
        person.sees("quit")
        person.presses_until(CTRL_C, "quit ends the login.")
        person.types("step\n")
        person.sees("line 2")
        person.sees(PROMPT)
        person.types("quit\n")


def test_a_terminal_that_can_do_nothing_is_enough(tmp_path: Path) -> None:
    with terminal(python_flow(tmp_path / "flow"), tmp_path / "state", "dumb") as person:
        person.sees(PROMPT)
        person.types("step\n")
        assert "line 2" in person.sees(PROMPT)
        person.types("quit\n")
    assert person.program.returncode == 0
