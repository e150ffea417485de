"""One handler call: answers its api calls, collects its effects, writes them into the record."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from loginwright_runtime.api.arguments import Call, read_call
from loginwright_runtime.api.call import ErrorReply, Reply
from loginwright_runtime.engine.reads import Answer, Reads
from loginwright_runtime.login.json_values import JsonObject
from loginwright_runtime.tracing.recorder import RunRecorder
from loginwright_runtime.transaction.claims import ClaimMode
from loginwright_runtime.transaction.effects import (
    Placed,
    PrimaryUserSet,
    TransactionMetadataSet,
)
from loginwright_runtime.transaction.effects_of_call import (
    CallContext,
    argument_warnings,
    meaning_of,
)
from loginwright_runtime.transaction.state import with_key

if TYPE_CHECKING:
    from loginwright_runtime.api.call import WorkerCall
    from loginwright_runtime.extension_points import HandlerName, LogLine


@dataclass(slots=True)
class HandlerRun:
    """The draft of one handler call; nothing of it counts before the handler has returned.

    Attributes:
        action: Id of the action.
        continuing: The handler is ``onContinuePostLogin``.
        mode: The flow's ``custom_claims``.
        now: The login's clock.
        recorder: The login's book.
        reads: Answers what the action asks.
        metadata: ``event.transaction.metadata`` as the handler sees it.
        primary_user_set: ``setPrimaryUser`` was called before in this login.
        refresh_exchange: The login is a refresh token exchange.
        redirect_hosts: ``EngineOptions.redirect_hosts``.
        after_call: Where a debugger is told of a call, and says whether the code shall stand
            still with the reply; None without one.
        effects: What the handler asked for so far.
    """

    action: str
    continuing: bool
    mode: ClaimMode
    now: Callable[[], float]
    recorder: RunRecorder
    reads: Reads
    metadata: JsonObject
    primary_user_set: bool = False
    refresh_exchange: bool = False
    redirect_hosts: frozenset[str] | None = None
    after_call: Callable[[Call], Awaitable[bool]] | None = None
    effects: list[Placed] = field(default_factory=list[Placed])

    @property
    def handler(self) -> HandlerName:
        """Which handler it is."""
        return "onContinuePostLogin" if self.continuing else "onExecutePostLogin"

    def answer(self, sent: WorkerCall) -> Reply | Awaitable[Reply]:
        """Answer a call; later only for a foreign store or a debugger."""
        call = read_call(sent)
        if call is None:
            return Reply(error=ErrorReply("TypeError", "There is no such api method."))
        answer = self.reads.answer(call)
        if isinstance(answer, Answer):
            reply = self._noted(call, answer, sent.evaluated)
        elif answer is None:
            reply = self._effects(call, sent.evaluated)
        else:
            return self._later(call, answer, sent.evaluated)
        if self.after_call is None or sent.evaluated:
            return reply
        return self._after(call, reply)

    def listen(self, log: LogLine) -> None:
        """Write a line the action printed into the record."""
        self.recorder.log_written(self.action, log.level, log.text, log.line)

    async def _later(self, call: Call, answer: Awaitable[Answer], evaluated: bool) -> Reply:
        reply = self._noted(call, await answer, evaluated)
        return reply if evaluated else await self._after(call, reply)

    async def _after(self, call: Call, reply: Reply) -> Reply:
        if self.after_call is not None and await self.after_call(call):
            return replace(reply, pause=True)
        return reply

    def _noted(self, call: Call, answer: Answer, evaluated: bool) -> Reply:
        """Record the answer of a call that asks something."""
        self.recorder.call_made(
            self.action,
            call.method.name,
            call.args,
            call.line,
            read=call.method.read,
            result=answer.value,
            threw=answer.error,
            evaluated=evaluated,
        )
        if answer.checks:
            self.recorder.token_checked(self.action, call.line, answer.checks)
        for code, message in (*answer.warnings, *argument_warnings(call)):
            self.recorder.warning(code, message, self.action, call.line)
        return Reply(answer.value, answer.error)

    def _effects(self, call: Call, evaluated: bool) -> Reply:
        """Record a call that changes something, and keep what it asks for."""
        context = CallContext(
            self.mode,
            self.continuing,
            self.now(),
            self.refresh_exchange,
            self.primary_user_set,
            self.metadata,
            self.redirect_hosts,
        )
        meaning = meaning_of(call, context)
        self.recorder.call_made(
            self.action,
            call.method.name,
            call.args,
            call.line,
            threw=meaning.error,
            evaluated=evaluated,
        )
        for code, message in meaning.warnings:
            self.recorder.warning(code, message, self.action, call.line)
        if meaning.error is not None:
            return Reply(error=meaning.error)
        if evaluated:
            return Reply()
        merge: JsonObject = {}
        for effect in meaning.effects:
            self.effects.append(Placed(effect, self.action, call.line))
            if isinstance(effect, TransactionMetadataSet):
                self.metadata = with_key(self.metadata, effect.key, effect.value)
                merge["transaction.metadata"] = self.metadata
            elif isinstance(effect, PrimaryUserSet):
                self.primary_user_set = True
        return Reply(merge=merge) if merge else _DONE


_DONE = Reply()
