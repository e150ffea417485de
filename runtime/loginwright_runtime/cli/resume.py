"""``loginwright resume``: continues a suspended login, also in another process."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from loginwright_runtime.cli.asking import mfa_answers
from loginwright_runtime.cli.engine_parts import (
    engine_options,
    network_of,
    secret_source,
    token_signer,
)
from loginwright_runtime.cli.exit_status import status_of
from loginwright_runtime.cli.peeking import SeenLogin, peek
from loginwright_runtime.cli.run import action_names
from loginwright_runtime.cli.run_report import report
from loginwright_runtime.cli.screen import shown
from loginwright_runtime.cli.trace_file import check_trace_options, write_trace
from loginwright_runtime.cli.values import ValueReader
from loginwright_runtime.cli.workers import worker_pool
from loginwright_runtime.engine import FlowEngine
from loginwright_runtime.engine.beginning import FlowSecrets
from loginwright_runtime.errors import BadInputError, Problem, RequestError
from loginwright_runtime.login.default_event import DEFAULT_HOSTNAME
from loginwright_runtime.login.fault_words import fault_in_words
from loginwright_runtime.login.requests import (
    ChallengeResult,
    EnrollmentResult,
    FormResult,
    HttpRequest,
    NoBrowser,
    RedirectReturn,
    ResumeRequest,
)
from loginwright_runtime.simulation import (
    directory_of_roles,
    is_owed_mfa,
    mfa_answer,
    parse_moment,
)
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.tokens.sealing import Sealer
from loginwright_runtime.tracing.attached import record_of
from loginwright_runtime.tracing.masking import Masker
from loginwright_runtime.transaction.outcome import Suspended

if TYPE_CHECKING:
    from loginwright_runtime.cli.arguments import ResumeArguments
    from loginwright_runtime.cli.early_worker import EarlyWorker
    from loginwright_runtime.cli.screen import Screen
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.simulation import LoginOutcome


def execute(arguments: ResumeArguments, screen: Screen, early: EarlyWorker) -> int:
    """Continue a suspended login and tell what came of it."""
    check_trace_options(arguments.trace, unredacted=arguments.unredacted)
    _check_one_answer(arguments)
    if not Path(arguments.store).is_file():
        message = "There is no such store."
        remedy = "Name the file that run --store was given."
        raise BadInputError(Problem("missing-store", "error", message, remedy, arguments.store))
    return asyncio.run(_Resume(arguments, screen, early).finish())


class _Resume:
    """One ``resume`` command."""

    def __init__(self, arguments: ResumeArguments, screen: Screen, early: EarlyWorker) -> None:
        values = ValueReader()
        self._arguments = arguments
        self._screen = screen
        self._early = early
        self._state = values.text(arguments.state, "--state")
        self._query = values.pairs(arguments.query, "--query")
        self._body = values.pairs(arguments.body, "--body")
        self._fields = values.pairs(arguments.field, "--field")
        self._request = _request(arguments, values)
        self._now = _now(arguments.now)
        options = engine_options(arguments)
        given, fallback = network_of(arguments, options, "open")
        self._options = options.model_copy(update={"network": given or fallback})
        self._secrets = secret_source(arguments, values)
        self._signer = token_signer(arguments, options, screen)

    async def finish(self) -> int:
        """Continue the login, write the trace, report."""
        async with SqliteStore(self._arguments.store) as store:
            seen = await peek(store.suspensions, self._state)
            outcome = await self._outcome(store, seen)
        flow = seen.flow if seen is not None else None
        if self._arguments.trace is not None:
            await self._write_trace(outcome, flow)
        self._tell(outcome, flow)
        return status_of(outcome)

    async def _outcome(self, store: SqliteStore, seen: SeenLogin | None) -> LoginOutcome:
        async with worker_pool(self._options, self._early, spared=1) as pool:
            engine = FlowEngine(
                seen.flow if seen is not None else None,
                users=store.users,
                suspensions=store.suspensions,
                cache=store.cache,
                directory=directory_of_roles(
                    seen.saved.request.event_extras if seen is not None else {}
                ),
                secrets=self._secrets,
                signer=self._signer,
                hostnames=self._hostnames(seen),
                sealer=Sealer.unkeyed(),
                host=pool,
                options=self._options,
                fresh_modules=True,
            )
            outcome = await engine.resume(self._answer(seen), now=self._now)
            if isinstance(outcome, Suspended) and is_owed_mfa(outcome):
                available = seen.saved.request.available_factors if seen is not None else None
                mfa = mfa_answers(self._arguments.mfa, self._screen)
                answer = await mfa_answer(outcome, mfa, available)
                if answer is not None:
                    outcome = await engine.resume(answer)
            return outcome

    def _hostnames(self, seen: SeenLogin | None) -> set[str]:
        """Serve the host the login began on, and the one named: the engine compares the two."""
        began = seen.saved.http.hostname if seen is not None else None
        return {began or DEFAULT_HOSTNAME, self._request.hostname or began or DEFAULT_HOSTNAME}

    def _answer(self, seen: SeenLogin | None) -> ResumeRequest:
        arguments = self._arguments
        factor = arguments.passed or arguments.not_passed
        if factor is not None:
            passed = arguments.passed is not None
            if seen is not None and seen.saved.kind == "enrollment":
                return EnrollmentResult(self._state, factor, passed)
            return ChallengeResult(self._state, factor, passed)
        if self._fields or (seen is not None and seen.saved.kind == "form"):
            request = None if arguments.request is None else self._request
            return FormResult(self._state, self._fields, request=request, browser=NoBrowser())
        return RedirectReturn(self._state, self._returning(), NoBrowser())

    def _returning(self) -> HttpRequest:
        """Return the request; the state stands in the body of a POST, else in the query."""
        method = self._arguments.method or ("POST" if self._body else "GET")
        query, body = dict(self._query), dict(self._body)
        if "state" not in query and "state" not in body:
            (body if method == "POST" else query)["state"] = self._state
        return self._request.model_copy(update={"method": method, "query": query, "body": body})

    async def _write_trace(self, outcome: LoginOutcome, flow: Flow | None) -> None:
        masker = Masker(())
        if flow is not None:
            _secrets, masker = await FlowSecrets(self._secrets).of(flow)
        assert self._arguments.trace is not None
        unredacted = self._arguments.unredacted
        write_trace(self._arguments.trace, record_of(outcome), masker, unredacted=unredacted)

    def _tell(self, outcome: LoginOutcome, flow: Flow | None) -> None:
        if self._screen.json:
            self._screen.document(outcome.model_dump(mode="json"))
            return
        if flow is not None:
            self._screen.line((shown(flow.name), "strong"), ("  resumed", "dim"))
        for line in report(outcome, {} if flow is None else action_names(flow)):
            self._screen.line(*line)
        if isinstance(outcome, Suspended):
            command = f"loginwright resume --store {self._arguments.store} --state {outcome.state}"
            self._screen.line(("    Continue it with", "plain"))
            self._screen.line((f"      {command}", "plain"))


def _check_one_answer(arguments: ResumeArguments) -> None:
    """Refuse options that answer different kinds of suspensions: some would go unused, unsaid."""
    given = {
        "--method": arguments.method,
        "--query": arguments.query,
        "--body": arguments.body,
        "--field": arguments.field,
        "--passed": arguments.passed,
        "--not-passed": arguments.not_passed,
    }
    kinds = {"--field": "a form", "--passed": "a challenge", "--not-passed": "a challenge"}
    names = [name for name, value in given.items() if value]
    answered = {kinds.get(name, "a redirect") for name in names}
    if len(answered) > 1:
        message = f"{' and '.join(names)} answer {' and '.join(sorted(answered))}."
        remedy = "Give those of one kind, the one that the login waits for."
        raise BadInputError(Problem("usage", "error", message, remedy))


def _request(arguments: ResumeArguments, values: ValueReader) -> HttpRequest:
    if arguments.request is None:
        return HttpRequest()
    members, name = values.object(arguments.request, "--request")
    for key in ("method", "query", "body"):
        if key in members:
            message = f"The {key} of the return does not stand in --request."
            problem = Problem("invalid-value", "error", message, f"Give it with --{key}.", name)
            raise RequestError(problem)
    try:
        return HttpRequest.model_validate(members)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)[0]
        reason, remedy = fault_in_words(found)
        message = f"The request cannot be used: {reason}."
        path = "$." + ".".join(str(step) for step in found["loc"])
        raise RequestError(
            Problem("invalid-value", "error", message, remedy, name, path=path)
        ) from None


def _now(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        return parse_moment(text)
    except ValueError as error:
        message = f"The time of --now cannot be used: {error}."
        remedy = "Write --now 2026-11-23T10:05:00Z."
        raise BadInputError(Problem("usage", "error", message, remedy)) from None
