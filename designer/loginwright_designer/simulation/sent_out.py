"""What a login sent out with its browser: the address in parts, its tokens read, who set what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.states import minutes
from loginwright_runtime.login.json_values import JsonValue
from loginwright_runtime.tokens.shared_secret import UnusableSecret, read_secret
from loginwright_runtime.tokens.strict_jwt import Unreadable, read_unverified
from loginwright_runtime.tracing.record import CallMade

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.simulation import Away
    from loginwright_runtime.tracing import RunRecord

translate = QCoreApplication.translate

ENGINE_PARAMETER = "state"


@dataclass(frozen=True, slots=True)
class SentClaim:
    """A claim of a token that went out.

    Attributes:
        name: Its name.
        value: Its value.
        from_code: The action's payload set it; else it was set for the action.
        line: Where in the action's code, where known.
        words: What its value means, for times: "10:15:00, in 15:00 on the login's clock".
    """

    name: str
    value: JsonValue = field(repr=False)
    from_code: bool
    line: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class SentToken:
    """A token that went out.

    Attributes:
        algorithm: ``alg`` of its header, or empty.
        secret: Name of the secret that signed it; None where no known one did.
        claims: In the order of the payload.
    """

    algorithm: str
    secret: str | None
    claims: tuple[SentClaim, ...]

    def claim(self, name: str) -> SentClaim | None:
        """Return a claim by its name, or None."""
        return next((claim for claim in self.claims if claim.name == name), None)


@dataclass(frozen=True, slots=True)
class SentParameter:
    """A parameter of the address.

    Attributes:
        name: Its name.
        value: Its value.
        by_engine: The engine added it, not the action.
        token: The token in it, read; None where it holds none.
    """

    name: str
    value: str = field(repr=False)
    by_engine: bool = False
    token: SentToken | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """All that went out.

    Attributes:
        url: The whole address.
        address: The address without its parameters.
        host: Where the browser is.
        parameters: In order.
    """

    url: str = field(repr=False)
    address: str
    host: str
    parameters: tuple[SentParameter, ...] = ()

    @property
    def token(self) -> SentParameter | None:
        """The first parameter that holds a token, or None."""
        return next((one for one in self.parameters if one.token is not None), None)


def sent_out(away: Away, record: RunRecord | None = None) -> Sent:
    """Return what went out with a login.

    Args:
        away: Where it waits.
        record: What happened so far; tells which claims came from code.
    """
    url = away.suspension.url or ""
    parts = urlsplit(url)
    parameters = tuple(
        SentParameter(name, value, name == ENGINE_PARAMETER, _token(value, away, record))
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
    )
    address = f"{parts.scheme}://{parts.netloc}{parts.path}" if url else ""
    return Sent(url, address, away.site, parameters)


def signing_secret(token: str, secrets: Mapping[str, str]) -> str | None:
    """Return the name of the secret that a token's signature verifies with, or None."""
    for name, value in secrets.items():
        shared = read_secret(value)
        if not isinstance(shared, UnusableSecret) and shared.verifies(token):
            return name
    return None


def moment_words(seconds: float, now: float) -> str:
    """Return a moment on the login's clock: ``10:15:00, in 15:00`` or ``10:15:00, 0:30 ago``."""
    try:
        clock = datetime.fromtimestamp(seconds, UTC).strftime("%H:%M:%S")
    except (ValueError, OverflowError, OSError):
        return ""
    left = round(seconds - now)
    if left >= 0:
        text = translate("Simulation", "{clock}, in {time} on the login's clock")
    else:
        text = translate("Simulation", "{clock}, {time} ago on the login's clock")
    return text.format(clock=clock, time=minutes(abs(left)))


def sent_at(sent: Sent, now: float) -> Sent:
    """Return what went out in the words of another time: ``10:15:00, in 14:18``."""
    return replace(
        sent,
        parameters=tuple(
            one if one.token is None else replace(one, token=_token_at(one.token, now))
            for one in sent.parameters
        ),
    )


def _token_at(token: SentToken, now: float) -> SentToken:
    claims = tuple(
        replace(claim, words=_words(claim.name, claim.value, now)) for claim in token.claims
    )
    return replace(token, claims=claims)


def _token(value: str, away: Away, record: RunRecord | None) -> SentToken | None:
    read = read_unverified(value)
    if isinstance(read.header, Unreadable) or isinstance(read.payload, Unreadable):
        return None
    call = _made_by(value, record)
    own = _payload_of(call)
    line = None if call is None else call.line
    claims = tuple(
        SentClaim(
            name, one, name in own, line if name in own else None, _words(name, one, away.now)
        )
        for name, one in read.payload.items()
    )
    algorithm = read.header.get("alg")
    secret = signing_secret(value, away.secrets)
    return SentToken(algorithm if isinstance(algorithm, str) else "", secret, claims)


def _made_by(token: str, record: RunRecord | None) -> CallMade | None:
    """Return the call that made a token."""
    for entry in reversed(record.entries if record is not None else ()):
        if isinstance(entry, CallMade) and entry.result == token:
            return entry
    return None


def _payload_of(call: CallMade | None) -> frozenset[str]:
    options = call.args[0] if call is not None and call.args else None
    payload = options.get("payload") if isinstance(options, dict) else None
    return frozenset(payload) if isinstance(payload, dict) else frozenset()


def _words(name: str, value: JsonValue, now: float) -> str:
    if name in ("exp", "iat") and isinstance(value, int | float) and not isinstance(value, bool):
        return moment_words(value, now)
    return ""
