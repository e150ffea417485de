"""Tells people about a login: what ran, what changed, and why it ended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import orjson

from loginwright_runtime.api.call import UNDEFINED
from loginwright_runtime.cli.screen import Span, shown
from loginwright_runtime.tracing.attached import record_of
from loginwright_runtime.tracing.record import CameBack, Left

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loginwright_runtime.login.json_values import JsonValue
    from loginwright_runtime.transaction.outcome import (
        CallInfo,
        ErrorInfo,
        Outcome,
        StepInfo,
        SuspensionInfo,
    )

TOKEN = re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
MOST_CHARACTERS = 96
_UNDEFINED = orjson.dumps(UNDEFINED).decode()


def report(outcome: Outcome, names: Mapping[str, str]) -> Iterator[list[Span]]:
    """Return the lines that tell of a login.

    Args:
        outcome: What came of it.
        names: Action id → what people call it.
    """
    travels = [one for one in record_of(outcome).entries if isinstance(one, Left | CameBack)]
    for step in outcome.steps:
        while travels and travels[0].seq < step.seq:
            yield _travel(travels.pop(0))
        yield from _step(step, outcome, names)
    yield from _profile(outcome)
    for warning in outcome.warnings:
        place = _place(warning.action, warning.line, names)
        yield [("warning", "warning"), (f"  {shown(warning.message)}", "plain"), (place, "dim")]
    yield from _ending(outcome, names)


def _travel(entry: Left | CameBack) -> list[Span]:
    """Return the line of a login that left, or came back, between two handlers."""
    if isinstance(entry, CameBack):
        how = entry.detail.get("method") or entry.detail.get("factor")
        by = f" by {shown(str(how))}" if how else ""
        return [("◂ ", "changed"), (f"Came back{by}.", "strong"), (" A new leg begins.", "dim")]
    host = urlsplit(entry.url).hostname if entry.url else None
    where = f"Away at {shown(host)}." if host else f"Waits for a {entry.kind}."
    return [
        ("▸ ", "changed"),
        (where, "strong"),
        (" The login is saved, no code is loaded.", "dim"),
    ]


def _step(step: StepInfo, outcome: Outcome, names: Mapping[str, str]) -> Iterator[list[Span]]:
    came_back = step.handler == "onContinuePostLogin"
    failed = outcome.error is not None and _is_last(step, outcome) and outcome.status == "failed"
    mark: Span = ("✗ ", "bad") if failed else ("✓ ", "good")
    head: list[Span] = [mark, (shown(names.get(step.action, step.action)), "strong")]
    if came_back:
        head.append(("  onContinuePostLogin", "dim"))
    if step.duration_ms is not None:
        head.append((f"  {step.duration_ms:.1f} ms", "dim"))
    yield head
    written = [call for call in step.calls if not call.read]
    if not written and not failed:
        yield [("    asked for nothing", "dim")]
    for call in written:
        yield _call(call)
    for log in outcome.logs:
        if log.action == step.action and _belongs(log.seq, step, outcome):
            for line in log.text.splitlines() or [""]:
                yield [("    console ", "dim"), (shown(line), "plain")]


def _belongs(seq: int, step: StepInfo, outcome: Outcome) -> bool:
    """Tell whether a line was printed in this step and not in a later one of the same action."""
    later = [other.seq for other in outcome.steps if other.seq > step.seq]
    return seq > step.seq and (not later or seq < min(later))


def _is_last(step: StepInfo, outcome: Outcome) -> bool:
    return step.seq == outcome.steps[-1].seq


def _call(call: CallInfo) -> list[Span]:
    arguments = ", ".join(_value(argument) for argument in call.args)
    spans: list[Span] = [(f"    {call.method}", "changed"), (f"({arguments})", "plain")]
    if call.line is not None:
        spans.append((f"  line {call.line}", "dim"))
    return spans


def json_text(value: JsonValue) -> str:
    """Return a value as JSON, and ``undefined`` as JavaScript writes it."""
    return orjson.dumps(value).decode().replace(_UNDEFINED, "undefined")


def _value(value: JsonValue) -> str:
    text = TOKEN.sub(lambda token: _shortened(token.group()), json_text(value))
    text = shown(text)
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


def _shortened(secret: str) -> str:
    """Return enough of a token or state to tell it from others, and too little to use it."""
    return f"{secret[:8]}…{secret[-4:]}" if len(secret) >= 24 else "…"


def _profile(outcome: Outcome) -> Iterator[list[Span]]:
    if outcome.profile_update is None:
        return
    yield [("Profile written", "strong")]
    for kind in ("user_metadata", "app_metadata"):
        for key, value in getattr(outcome.profile_update, kind).items():
            what = "removed" if value is None else _value(value)
            yield [(f"    {kind}.{shown(key)}", "changed"), (f"  {what}", "plain")]


def _ending(outcome: Outcome, names: Mapping[str, str]) -> Iterator[list[Span]]:
    match outcome.status:
        case "allowed":
            yield from _allowed(outcome)
        case "denied":
            yield from _error("Denied", outcome.error, names)
        case "failed":
            yield from _error("Failed", outcome.error, names)
        case "suspended":
            yield from _suspended(outcome.suspension, names)


def _allowed(outcome: Outcome) -> Iterator[list[Span]]:
    issued = "no tokens"
    if outcome.tokens is not None:
        issued = "an ID token and an access token" if outcome.tokens.id_token else "an access token"
    yield [("Allowed.", "good"), (f" The application gets {issued}.", "plain")]
    if outcome.claims is None:
        return
    for title, claims in (
        ("ID token", outcome.claims.id_token),
        ("access token", outcome.claims.access_token),
    ):
        for name, value in claims.items():
            yield [
                (f"    {title}  ", "dim"),
                (shown(name), "changed"),
                (f"  {_value(value)}", "plain"),
            ]


def _error(word: str, error: ErrorInfo | None, names: Mapping[str, str]) -> Iterator[list[Span]]:
    if error is None:
        yield [(f"{word}.", "bad")]
        return
    first, *more = _reason(error).splitlines() or [""]
    place = _place(error.action, error.line, names)
    yield [(f"{word}: ", "bad"), (shown(first), "plain"), (place, "dim")]
    for line in more:
        yield [(f"    {shown(line)}", "plain")]
    yield [(f"    {_told(error)}", "dim")]
    for frame in error.exception.stack if error.exception is not None else ():
        yield [(f"    at {shown(frame)}", "dim")]


def _reason(error: ErrorInfo) -> str:
    """Return why, with the name of what was thrown: ``KeyError`` has the bare key as message."""
    name = "Error" if error.exception is None else error.exception.name
    if not error.description.strip():
        return name
    return error.description if name == "Error" else f"{name}: {error.description}"


def _told(error: ErrorInfo) -> str:
    """Say who is told: where no login goes on, no application is (security.md 8)."""
    if error.code == "invalid_request":
        return f"a page of the server tells of {error.code}, no application is told"
    return f"the application gets {error.code} ({error.kind})"


def _suspended(waits: SuspensionInfo | None, names: Mapping[str, str]) -> Iterator[list[Span]]:
    if waits is None:
        return
    place = _place(waits.action, None, names)
    match waits.kind:
        case "redirect":
            host = urlsplit(waits.url or "").hostname or ""
            yield [("Away ", "away"), (f"at {shown(host)}", "plain"), (place, "dim")]
            yield from _url(waits.url or "")
        case "form":
            form = (waits.form or {}).get("id")
            yield [("Waits for the form ", "away"), (shown(str(form)), "plain"), (place, "dim")]
        case _:
            factors = ", ".join(waits.factors) or "any factor"
            what = "a challenge" if waits.kind == "challenge" else "an enrolment"
            yield [(f"Waits for {what} ", "away"), (f"({factors})", "plain"), (place, "dim")]
    yield [(f"    until {waits.expires_at}", "dim")]


def _url(url: str) -> Iterator[list[Span]]:
    """Return the URL in parts; tokens and the state are shortened."""
    parts = urlsplit(url)
    yield [(f"    {shown(parts.scheme)}://{shown(parts.netloc)}{shown(parts.path)}", "plain")]
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        secret = name == "state" or TOKEN.fullmatch(value) is not None
        text = _shortened(value) if secret else value
        yield [(f"      {shown(name)}  ", "dim"), (shown(text), "plain")]


def _place(action: str | None, line: int | None, names: Mapping[str, str]) -> str:
    words = [shown(names.get(action, action))] if action else []
    if line is not None:
        words.append(f"line {line}")
    return f"  {', '.join(words)}" if words else ""
