"""Says in one sentence what came of a login, for the bar across the window."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_runtime.tracing.record import ProfileWritten, RunRecord, TokensIssued
from loginwright_runtime.transaction.outcome import Denied, ErrorInfo, Failed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.simulation import LoginOutcome

translate = QCoreApplication.translate


class OutcomeState(StrEnum):
    """How a login ended: its shape and colour."""

    ALLOWED = "allowed"
    DENIED = "denied"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """What the outcome bar says.

    Attributes:
        state: How the login ended.
        word: The same in a word, "Allowed".
        sentence: What the application receives.
        action: Id of the action that ended it, or None.
        line: In its code, where known.
    """

    state: OutcomeState
    word: str
    sentence: str = field(repr=False)
    action: str | None = None
    line: int | None = None

    @property
    def spoken(self) -> str:
        """Word and sentence, as they are read out."""
        return f"{self.word}. {self.sentence}" if self.sentence else f"{self.word}."


def outcome_words(
    outcome: LoginOutcome | None,
    names: Mapping[str, str],
    application: str,
    *,
    record: RunRecord | None = None,
    error: str = "",
) -> OutcomeWords:
    """Return what came of a login, in words.

    Args:
        outcome: What came of it; None where it was stopped or could not run.
        names: What people call each action, by id.
        application: Name of the application that asked for the login, "My SPA".
        record: All that happened, earlier legs included.
        error: Why it could not run; empty where somebody stopped it.
    """
    app = application or translate("Outcome", "The application")
    known = _facts(outcome, record)
    match outcome:
        case None:
            return _without_outcome(app, error, known)
        case Denied():
            return _denied(outcome, names, app, known)
        case Failed():
            return _failed(outcome, names, known)
        case _:
            return _allowed(outcome, app, known)


def application_name(event: JsonObject) -> str:
    """Return the name of the application of a login's event; its id where it has no name."""
    client = event.get("client")
    if not isinstance(client, dict):
        return ""
    for key in ("name", "client_id"):
        value = client.get(key)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return ""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a record tells beside the outcome: keys written in any leg, and an ID token's lack."""

    keys: int = 0
    id_token: bool = True


def _facts(outcome: LoginOutcome | None, record: RunRecord | None) -> _Facts:
    update = None if outcome is None else outcome.profile_update
    if record is None:
        keys = 0 if update is None else len(update.user_metadata) + len(update.app_metadata)
        tokens = None if outcome is None else outcome.tokens
        return _Facts(keys, tokens is None or tokens.id_token is not None)
    written: set[tuple[str, str]] = set()
    id_token = True
    for entry in record.entries:
        match entry:
            case ProfileWritten():
                written |= {("user", key) for key in entry.user_metadata}
                written |= {("app", key) for key in entry.app_metadata}
            case TokensIssued():
                id_token = entry.id_token is not None
            case _:
                pass
    return _Facts(len(written), id_token)


def _without_outcome(app: str, error: str, known: _Facts) -> OutcomeWords:
    if error:
        return OutcomeWords(OutcomeState.FAILED, translate("Outcome", "Could not run"), error)
    text = translate("Outcome", "You ended this login. {app} gets nothing; {written}.")
    word = translate("Outcome", "Stopped")
    whole = text.format(app=app, written=_written(known))
    return OutcomeWords(OutcomeState.STOPPED, word, whole)


def _allowed(outcome: LoginOutcome, app: str, known: _Facts) -> OutcomeWords:
    claims = outcome.claims
    issued = _tokens(app, known)
    counts = (0, 0) if claims is None else (len(claims.id_token), len(claims.access_token))
    parts = [_count_claims(*counts)]
    if known.keys:
        parts.append(_profile(known.keys))
    if outcome.scope.removed:
        parts.append(_scopes(len(outcome.scope.removed)))
    said = [part for part in parts if part]
    sentence = f"{', '.join(said)}." if said else translate("Outcome", "No claims of your own.")
    whole = f"{issued} {_capital(sentence)}"
    return OutcomeWords(OutcomeState.ALLOWED, translate("Outcome", "Allowed"), whole)


def _tokens(app: str, known: _Facts) -> str:
    text = (
        translate("Outcome", "{app} gets an ID and an access token.")
        if known.id_token
        else translate("Outcome", "{app} gets an access token.")
    )
    return text.format(app=app)


def _count_claims(of_id: int, of_access: int) -> str:
    count = of_id + of_access
    if not count:
        return ""
    if count == 1:
        return translate("Outcome", "1 claim")
    return translate("Outcome", "{count} claims").format(count=count)


def _profile(keys: int) -> str:
    if keys == 1:
        return translate("Outcome", "profile changed: 1 key")
    return translate("Outcome", "profile changed: {count} keys").format(count=keys)


def _scopes(count: int) -> str:
    if count == 1:
        return translate("Outcome", "1 scope taken away")
    return translate("Outcome", "{count} scopes taken away").format(count=count)


def _written(known: _Facts) -> str:
    return _profile(known.keys) if known.keys else translate("Outcome", "nothing was written")


def _denied(
    outcome: LoginOutcome, names: Mapping[str, str], app: str, known: _Facts
) -> OutcomeWords:
    error = outcome.error
    code = "access_denied" if error is None else error.code
    by = _name(error, names)
    word = (
        translate("Outcome", "Denied by {name}").format(name=by)
        if by
        else translate("Outcome", "Denied")
    )
    reason = "" if error is None else _one_line(error.detail)
    text = translate("Outcome", "{app} gets {code}.").format(app=app, code=code)
    if known.keys:
        text += f" {_capital(_profile(known.keys))}."
    whole = f"{_sentence(reason)} {text}" if reason else text
    return OutcomeWords(OutcomeState.DENIED, word, whole, *_place(error))


def _failed(outcome: LoginOutcome, names: Mapping[str, str], known: _Facts) -> OutcomeWords:
    error = outcome.error
    name = _name(error, names)
    word = translate("Outcome", "Failed")
    if name and error is not None and error.line is not None:
        text = translate("Outcome", "Failed in {name}, line {line}")
        word = text.format(name=name, line=error.line)
    elif name:
        word = translate("Outcome", "Failed in {name}").format(name=name)
    code = "access_denied" if error is None else error.code
    ends = translate("Outcome", "The login failed with {code}; {written}.")
    ends = ends.format(code=code, written=_written(known))
    reason = _message(error)
    whole = f"{_sentence(reason)} {ends}" if reason else ends
    return OutcomeWords(OutcomeState.FAILED, word, whole, *_place(error))


def _message(error: ErrorInfo | None) -> str:
    """Return the platform's own message: what the action threw, else why the login failed."""
    if error is None:
        return ""
    thrown = error.exception
    if thrown is None:
        return _one_line(error.detail)
    message = _one_line(thrown.message)
    if not message:
        return thrown.name
    return message if thrown.name == "Error" else f"{thrown.name}: {message}"


def _place(error: ErrorInfo | None) -> tuple[str | None, int | None]:
    return (None, None) if error is None else (error.action, error.line)


def _name(error: ErrorInfo | None, names: Mapping[str, str]) -> str:
    if error is None or error.action is None:
        return ""
    return names.get(error.action, error.action)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
