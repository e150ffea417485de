"""What somebody answers for a second factor or a form."""

from __future__ import annotations

from dataclasses import dataclass, field

from loginwright_runtime.simulation import AnyReply


@dataclass(frozen=True, slots=True)
class ReplyGiven:
    """Answer a challenge, an enrolment or a form.

    Attributes:
        reply: As a scenario holds it.
        run: Do not stop before what comes next (Ctrl+Shift+Enter).
    """

    reply: AnyReply = field(repr=False)
    run: bool = False
