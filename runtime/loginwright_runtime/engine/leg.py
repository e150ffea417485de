"""One leg of a login: what it works with, and the handlers it runs one after another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import TYPE_CHECKING, TypeAlias

import orjson

from loginwright_runtime.engine.failures import Failure, failure_of
from loginwright_runtime.engine.handler_run import HandlerRun
from loginwright_runtime.engine.options import EngineOptions
from loginwright_runtime.engine.primary_user import change_primary_user
from loginwright_runtime.engine.reads import CameBackWith, Reads
from loginwright_runtime.engine.stops import Stop
from loginwright_runtime.engine.surroundings import REFRESH_PROTOCOL, surroundings
from loginwright_runtime.extension_points import (
    ActionHost,
    CacheChange,
    CacheScope,
    CacheStore,
    Directory,
    Invocation,
    Returned,
    TimedOut,
    UserStore,
)
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.login.event_building import LoginSoFar, event_for_handler
from loginwright_runtime.login.json_values import JsonObject
from loginwright_runtime.login.requests import HttpRequest, LoginRequest
from loginwright_runtime.tracing.recorder import RunRecorder
from loginwright_runtime.transaction.changing import with_changes
from loginwright_runtime.transaction.next_step import (
    EndAllowed,
    EndDenied,
    EndWithError,
    LeaveByFactor,
    LeaveByForm,
    LeaveByRedirect,
    RunHandler,
    SkipFactorStep,
    next_step,
)
from loginwright_runtime.transaction.state import LoginTransaction, apply

if TYPE_CHECKING:
    from loginwright_runtime.api.arguments import Call
    from loginwright_runtime.engine.code_stops import CodeStops  # noqa: TC004 - loaded only where somebody debugs
    from loginwright_runtime.engine.stepping import Stepping  # noqa: TC004 - loaded only where somebody debugs
    from loginwright_runtime.flow.model import Action

LegEnd: TypeAlias = (
    LeaveByRedirect | LeaveByForm | LeaveByFactor | EndDenied | EndWithError | EndAllowed | Failure
)


@dataclass(frozen=True, slots=True)
class Ports:
    """What a leg reaches the world through."""

    host: ActionHost
    users: UserStore
    cache: CacheStore | None
    directory: Directory | None
    options: EngineOptions
    fresh_modules: bool


@dataclass(frozen=True, slots=True)
class BuiltEvent:
    """An event and what it was built from."""

    profile: JsonObject = field(repr=False)
    tx: LoginTransaction = field(repr=False)
    data: bytes = field(repr=False)

    def is_for(self, profile: JsonObject, tx: LoginTransaction) -> bool:
        """Tell whether the same would be built again; False when it merely could be."""
        was = self.tx
        return (
            self.profile is profile
            and was.pending is tx.pending
            and was.metadata is tx.metadata
            and was.methods is tx.methods
            and was.enrolled_factors is tx.enrolled_factors
            and was.session is tx.session
            and was.refresh_token is tx.refresh_token
            and was.form_result is tx.form_result
        )


@dataclass(slots=True)
class Leg:
    """A leg in progress.

    Attributes:
        tx: The login; replaced as it goes on.
        profile: The stored profile as read for this leg.
        frame: The part of the event that stays the same.
        secrets: Action id → its secrets.
        came_back: What a redirect brought, for the leg's first handler.
        now: The login's clock, epoch seconds.
        stepping: Where a debugger looks on, or None.
        code: Where a debugger looks on line by line, or lines are recorded; else None.
        last_event: The event of the last handler.
        has_begun: A handler of it got a worker; before, nothing has run (security.md 12).
    """

    flow: Flow
    request: LoginRequest
    http: HttpRequest
    tx: LoginTransaction
    profile: JsonObject = field(repr=False)
    frame: JsonObject = field(repr=False)
    secrets: Mapping[str, Mapping[str, str]] = field(repr=False)
    recorder: RunRecorder
    now: Callable[[], float]
    came_back: CameBackWith | None = None
    stepping: Stepping | None = None
    code: CodeStops | None = None
    last_event: BuiltEvent | None = field(default=None, repr=False)
    has_begun: bool = False


async def run_leg(leg: Leg, ports: Ports) -> LegEnd:
    """Run handlers until the login leaves or ends; the leg holds what came of it."""
    around = surroundings(leg.request, leg.profile, ports.options.max_suspensions_per_login)
    while True:
        step = next_step(leg.tx, leg.flow.actions, around)
        match step:
            case RunHandler():
                failure = await _run_handler(leg, ports, step, around.interactive)
                if failure is not None:
                    return failure
            case SkipFactorStep():
                leg.tx = with_changes(leg.tx, factor_steps=leg.tx.factor_steps[1:])
            case LeaveByRedirect() | LeaveByForm() | LeaveByFactor():
                if leg.stepping is not None:
                    await leg.stepping.at(Stop("before_leaving", step.action, line=step.line))
                return step
            case _:
                return step


async def _run_handler(
    leg: Leg, ports: Ports, step: RunHandler, interactive: bool
) -> Failure | EndWithError | None:
    """Run one handler and fold what it asked for; its failure, if it failed."""
    action = leg.flow.actions[step.position]
    if (leg.tx.position, leg.tx.handler) != (step.position, step.handler):
        leg.tx = with_changes(leg.tx, position=step.position, handler=step.handler)
    event = _event(leg)
    if leg.stepping is not None:
        edited = await leg.stepping.at(Stop("before_handler", action.id, step.handler), event)
        event = edited if edited is not None else event
    leg.recorder.handler_began(action.id, step.handler, event)
    run = _handler_run(leg, ports, action, step, interactive)
    left = ports.options.leg_seconds - leg.tx.spent_seconds
    try:
        end = (
            await ports.host.run(_invocation(leg, ports, action, run, event, left))
            if left > 0
            else TimedOut()
        )
    finally:
        if leg.code is not None:
            leg.code.handler_ended()
    leg.has_begun = leg.has_begun or not (isinstance(end, TimedOut) and end.waiting)
    if not isinstance(end, Returned):
        return failure_of(end, leg, action, step.handler, ports.options)
    leg.recorder.handler_ended(action.id, step.handler, "returned", end.duration_ms)
    await _commit_cache(leg, ports, run)
    return await _fold(leg, ports, action, run, end)


async def _fold(
    leg: Leg, ports: Ports, action: Action, run: HandlerRun, end: Returned
) -> EndWithError | None:
    leg.tx, notes = apply(leg.tx, run.effects, leg.profile, end.duration_ms / 1000)
    for note in notes:
        leg.recorder.warning(note.code, note.message, note.action, note.line)
    leg.came_back = None
    if leg.tx.primary_asked is not None and leg.tx.primary_user is None:
        problem = await change_primary_user(leg, ports.users, action.id)
        if problem is not None:
            return problem
    if leg.stepping is not None:
        await leg.stepping.at(Stop("after_handler", action.id))
    return None


def _handler_run(
    leg: Leg, ports: Ports, action: Action, step: RunHandler, interactive: bool
) -> HandlerRun:
    organization = leg.request.organization or {}
    organization_id = organization.get("id")
    reads = Reads(
        user_id=leg.tx.user_id,
        hostname=leg.http.hostname or "",
        ip=leg.http.ip,
        interactive=interactive,
        now=leg.now,
        scope=CacheScope(leg.flow.name),
        cache=ports.cache,
        directory=ports.directory,
        organization_id=organization_id if isinstance(organization_id, str) else None,
        came_back=leg.came_back,
    )
    return HandlerRun(
        action=action.id,
        continuing=step.handler == "onContinuePostLogin",
        mode=leg.flow.settings.custom_claims,
        now=leg.now,
        recorder=leg.recorder,
        reads=reads,
        metadata=leg.tx.metadata,
        primary_user_set=leg.tx.primary_asked is not None,
        refresh_exchange=leg.request.protocol == REFRESH_PROTOCOL,
        redirect_hosts=ports.options.redirect_hosts,
        after_call=_call_stop(leg, action, step) if leg.stepping is not None else None,
    )


def _call_stop(leg: Leg, action: Action, step: RunHandler) -> Callable[[Call], Awaitable[bool]]:
    async def stop(call: Call) -> bool:
        method = call.method.name
        place = Stop("call", action.id, step.handler, method, call.line, action.code)
        stops = None if leg.code is None else leg.code.stops_at_call(place)
        if stops is None and leg.stepping is not None:
            await leg.stepping.at(place)
        return stops is True

    return stop


def _invocation(
    leg: Leg, ports: Ports, action: Action, run: HandlerRun, event: bytes, left: float
) -> Invocation:
    recorder, action_id = leg.recorder, action.id
    return Invocation(
        flow=leg.flow,
        action=action,
        handler=run.handler,
        event=with_secrets(event, leg.secrets.get(action.id, {})),
        budget_seconds=left,
        queue_seconds=ports.options.queue_seconds,
        answer=run.answer,
        listen=run.listen,
        now=leg.tx.fixed_now,
        network=ports.options.network,
        fresh_modules=ports.fresh_modules,
        wait_every_call=leg.stepping is not None or leg.code is not None,
        lost_call=lambda note: recorder.warning("late-call", note, action_id, None),
        watcher=None if leg.code is None else leg.code.watcher(action_id, run.handler),
    )


def _event(leg: Leg) -> bytes:
    """Return the event of the next handler; the last one's where nothing of it has changed."""
    if leg.last_event is not None and leg.last_event.is_for(leg.profile, leg.tx):
        return leg.last_event.data
    data = orjson.dumps(event_for_handler(leg.frame, leg.profile, _so_far(leg.tx)))
    leg.last_event = BuiltEvent(leg.profile, leg.tx, data)
    return data


def with_secrets(event: bytes, secrets: Mapping[str, str]) -> bytes:
    """Return the event with ``secrets`` as its first member; the record keeps it without."""
    head = b'{"secrets":' + orjson.dumps(dict(secrets))
    return head + (b"}" if event == b"{}" else b"," + event[1:])


def _so_far(tx: LoginTransaction) -> LoginSoFar:
    pending: dict[str, JsonObject] = {}
    for key in tx.pending:
        pending.setdefault(key.kind, {})[key.key] = key.value
    return LoginSoFar(
        pending=pending,
        metadata=tx.metadata,
        methods=tx.methods,
        enrolled=tx.enrolled_factors,
        session_metadata=tx.session.metadata,
        refresh_token_metadata=tx.refresh_token.metadata,
        prompt=tx.form_result,
    )


async def _commit_cache(leg: Leg, ports: Ports, run: HandlerRun) -> None:
    view = run.reads.view
    if view is None or not view.changes or ports.cache is None:
        return
    written = ports.cache.commit(CacheChange(CacheScope(leg.flow.name), dict(view.changes)))
    if isawaitable(written):
        await written
