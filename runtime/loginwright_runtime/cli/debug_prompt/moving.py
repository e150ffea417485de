"""Commands that move a login on, back and to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.cli.debug_prompt.places import line_at
from loginwright_runtime.cli.debugged_login.answers import typed_answer
from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.happenings import WentAway
from loginwright_runtime.cli.debugged_login.stepper import GoOn, Move

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_runtime.cli.debug_prompt.conversation import Conversation


def going(how: GoOn) -> Callable[[Conversation, str], None]:
    """Return the command that goes on so far."""

    def go(talk: Conversation, _text: str) -> None:
        if not returned_to_now(talk):
            talk.move(Move(how))

    return go


def go_until(talk: Conversation, text: str) -> None:
    """Go on to a line."""
    if returned_to_now(talk):
        return
    place = talk.place()
    point = line_at(text, talk.inputs.flow, None if place is None else place[0])
    talk.move(Move("run", run_to=point))


def give_answer(talk: Conversation, text: str) -> None:
    """Answer a suspension, and run on."""
    if returned_to_now(talk):
        return
    if not isinstance(talk.stand, WentAway):
        raise RefusedError("The login is not away: nobody waits for an answer.")
    reply = typed_answer(text, talk.stand.away, talk.login.next_reply())
    talk.answer(reply, Move("run"))


def returned_to_now(talk: Conversation) -> bool:
    """Return from the past, where every command that runs code does that and nothing else."""
    if talk.past is None:
        return False
    talk.past, talk.listed = None, None
    return True


def go_to_now(talk: Conversation, _text: str) -> None:
    """Return from the past."""
    returned_to_now(talk)


def go_back(talk: Conversation, text: str) -> None:
    """Look at an earlier step."""
    steps = talk.moments()
    if not steps:
        raise RefusedError("Nothing has happened yet.")
    before = len(steps) if talk.past is None else talk.past
    if before == 0:
        raise RefusedError("This is the first step.")
    talk.past, talk.listed = max(before - _count(text), 0), None


def go_forward(talk: Conversation, text: str) -> None:
    """Look at a later step; after the last one it is now."""
    if talk.past is None:
        raise RefusedError("This is now. back looks at what has happened.")
    after = talk.past + _count(text)
    talk.past, talk.listed = after if after < len(talk.moments()) else None, None


def restart(talk: Conversation, _text: str) -> None:
    """Begin again."""
    talk.restart()


def leave(talk: Conversation, _text: str) -> None:
    """End the login and the prompt."""
    talk.wants_to_quit = True


def _count(text: str) -> int:
    if not text:
        return 1
    if not text.isascii() or not text.isdigit() or not int(text[:9]) > 0:
        raise RefusedError("How many steps? Write a number.")
    return int(text[:9])
