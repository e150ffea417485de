"""Reads what came back from a real site: an address, a form's body or a bare token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlsplit

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.desk import Answer, AnswerField, Desk
from loginwright_runtime.tokens.strict_jwt import Unreadable, read_unverified

translate = QCoreApplication.translate

MAX_CHARACTERS = 65_536


@dataclass(frozen=True, slots=True)
class PasteRefused:
    """Why a text is no answer.

    Attributes:
        reason: One sentence, for the person who pasted it; quotes nothing of it.
    """

    reason: str


def _nothing() -> PasteRefused:
    return PasteRefused(
        translate(
            "Simulation",
            "This is no address, no form's body and no token: "
            "paste what the browser came back with, from https:// to its end.",
        )
    )


def _too_long() -> PasteRefused:
    return PasteRefused(translate("Simulation", "This is longer than any answer may be (64 kB)."))


@dataclass(frozen=True, slots=True)
class _Came:
    """What came, before it is an answer."""

    values: Mapping[str, str] = field(repr=False)
    posted: bool


def pasted_answer(text: str, desk: Desk) -> Answer | PasteRefused:
    """Return the answer that a pasted text is.

    Args:
        text: An address with its query, ``name=value&…``, or a compact token.
        desk: The login it is for; a token alone comes in the parameter its handler reads.
            A text without ``state`` is sent with this login's.
    """
    if len(text) > MAX_CHARACTERS:
        return _too_long()
    stripped = "".join(text.split())
    if not isinstance(read_unverified(stripped).header, Unreadable):
        alone = Answer("GET", desk.parameter, desk.signing_secret, token=stripped)
        return replace(alone, method="POST") if desk.validates else alone
    came = _came(stripped)
    if came is None:
        return _nothing()
    return _answer(came, desk)


def _came(text: str) -> _Came | None:
    """Return the parameters of an address or of a form's body; None where there are none."""
    if not text:
        return None
    is_address = "://" in text.partition("?")[0] or text.startswith(("/", "?"))
    try:
        query = urlsplit(text).query if is_address else text
        values = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=True))
    except ValueError:
        return None
    return _Came(values, posted=not is_address) if values else None


def _answer(came: _Came, desk: Desk) -> Answer:
    values = dict(came.values)
    state = values.pop("state", None)
    token = values.pop(desk.parameter, None)
    answer = Answer(
        "POST" if came.posted else "GET",
        fields=tuple(AnswerField(name, value) for name, value in values.items()),
        state=None if state == desk.away.suspension.state else state,
    )
    if token is None:
        return answer
    return replace(answer, parameter=desk.parameter, secret=desk.signing_secret, token=token)
