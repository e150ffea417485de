"""``loginwright debug``: stepping through a login, in a terminal or from a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.cli.debug_prompt.loop_thread import LoopThread
from loginwright_runtime.cli.debug_prompt.prompt import Prompt
from loginwright_runtime.cli.debugged_login.opening import Wanted, read_inputs
from loginwright_runtime.cli.engine_parts import engine_options
from loginwright_runtime.cli.exit_status import OK, status_of

if TYPE_CHECKING:
    from loginwright_runtime.cli.arguments import DebugArguments
    from loginwright_runtime.cli.debugged_login.login import LoginInputs
    from loginwright_runtime.cli.early_worker import EarlyWorker
    from loginwright_runtime.cli.screen import Screen


def execute(arguments: DebugArguments, screen: Screen, early: EarlyWorker) -> int:
    """Debug logins until the prompt is left."""
    options = engine_options(arguments)
    wanted = Wanted(arguments.flow, arguments.scenario, arguments.record_lines)

    def read() -> LoginInputs:
        return read_inputs(wanted, arguments, options, screen)

    inputs = read()
    with LoopThread(options, early) as thread:
        outcome = Prompt(thread, inputs, read, screen).run()
    if outcome is None:
        return OK
    if screen.json:
        screen.document(outcome.model_dump(mode="json"))
    return status_of(outcome)
