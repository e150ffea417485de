"""The prompt of ``loginwright debug``: reads commands, one at a time, until it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from loginwright_runtime.cli.debug_prompt.conversation import Conversation
from loginwright_runtime.cli.debug_prompt.places import WORDS
from loginwright_runtime.cli.debug_prompt.standing import prompt_text, standing
from loginwright_runtime.cli.debug_prompt.table import (
    BY_NAME,
    COMMANDS,
    MovingCommand,
    PromptCommand,
    TellingCommand,
    help_lines,
)
from loginwright_runtime.cli.debug_prompt.terminal import Terminal
from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.happenings import AnswerRefused, Ended, PrintedLine
from loginwright_runtime.cli.screen import shown
from loginwright_runtime.errors import BadInputError, LoginwrightError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loginwright_runtime.cli.debug_prompt.loop_thread import LoopThread
    from loginwright_runtime.cli.debugged_login.login import LoginInputs
    from loginwright_runtime.cli.screen import Screen
    from loginwright_runtime.simulation import LoginOutcome

_WITH_PLACES = frozenset({"break", "tbreak", "clear", "until", "log", "list"})


class Prompt:
    """A person, or a script, at a login.

    Args:
        thread: Where logins run.
        inputs: What runs.
        reread: Reads it again, for a restart.
        screen: Where to print.
    """

    def __init__(
        self,
        thread: LoopThread,
        inputs: LoginInputs,
        reread: Callable[[], LoginInputs],
        screen: Screen,
    ) -> None:
        self._terminal = Terminal(screen, self._completions)
        self._talk = Conversation(thread, inputs, reread, self._told)
        self._last: tuple[PromptCommand, str] | None = None

    def run(self) -> LoginOutcome | None:
        """Talk until it is left; return what came of the login, where it ended by itself.

        Raises:
            LoginwrightError: The login could not be begun.
        """
        talk, terminal = self._talk, self._terminal
        terminal.open()
        try:
            talk.begin()
            if isinstance(talk.stand, Ended) and talk.stand.error is not None:
                raise talk.stand.error
            self._say_where()
            while not talk.wants_to_quit:
                self._once()
            outcome = talk.stand.outcome if isinstance(talk.stand, Ended) else None
            talk.give_up()
            return outcome
        finally:
            terminal.close()

    def _once(self) -> None:
        """Take one command."""
        try:
            typed = self._terminal.ask(prompt_text(self._talk))
            if typed is None:
                self._talk.wants_to_quit = True
            else:
                self._take(typed.strip())
        except RefusedError as refused:
            self._terminal.say((shown(str(refused)), "warning"))
        except BadInputError as error:
            for problem in error.problems:
                self._terminal.say((shown(str(problem)), "warning"))
        except KeyboardInterrupt:
            self._terminal.say(("", "plain"))
            self._terminal.say(("quit ends the login.", "dim"))

    def _take(self, typed: str) -> None:
        if not typed:
            if self._last is not None and self._terminal.is_person:
                self._do(*self._last)
            return
        if typed.startswith("#"):
            return
        name, _, text = typed.partition(" ")
        if name in ("help", "h", "?"):
            for line in help_lines():
                self._terminal.say((line, "plain"))
            return
        command = BY_NAME.get(name)
        if command is None:
            raise RefusedError(f'There is no command "{name}". help lists them.')
        self._last = (command, "") if command.repeats else None
        self._do(command, text.strip())

    def _do(self, command: PromptCommand, text: str) -> None:
        match command.does:
            case MovingCommand(run):
                run(self._talk, text)
                if not self._talk.wants_to_quit:
                    self._say_where()
            case TellingCommand(run):
                for line in run(self._talk, text):
                    self._terminal.say(*line)
            case _:
                assert_never(command.does)

    def _say_where(self) -> None:
        stand = self._talk.stand
        if isinstance(stand, Ended) and not isinstance(stand.error, LoginwrightError | None):
            raise stand.error
        for line in standing(self._talk):
            self._terminal.say(*line)

    def _told(self, what: PrintedLine | AnswerRefused | str) -> None:
        match what:
            case PrintedLine():
                for line in what.text.splitlines() or [""]:
                    self._terminal.say(("    console ", "dim"), (shown(line), "plain"))
            case AnswerRefused():
                self._terminal.say(("Refused  ", "warning"), (shown(what.reason), "plain"))
            case _:
                self._terminal.say((what, "dim"))

    def _completions(self, typed: str) -> Sequence[str]:
        """Return what could stand in place of the last word of a line."""
        words = typed.split(" ")
        if len(words) == 1:
            return [one.name for one in COMMANDS] + ["help"]
        command = BY_NAME.get(words[0])
        actions = [action.id for action in self._talk.inputs.flow.actions]
        if command is None:
            return []
        if command.name in _WITH_PLACES:
            return [*actions, *(WORDS if command.name in ("break", "tbreak") else ())]
        if command.name == "answer":
            return ["get", "token"]
        return []
