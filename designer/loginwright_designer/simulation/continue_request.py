"""Reads what a browser brings to ``/continue``: one request, strictly, or why it is none.

Only what a browser sends is read (RFC 9112): GET with a query, POST with a urlencoded form. A
request that two readers could understand in two ways is refused (security.md 17 and 31).
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import parse_qsl

from loginwright_runtime.login.requests import HttpRequest

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

CONTINUE = "/continue"
MAX_BYTES = 64 * 1024
"""Of a request's head, and of its body."""
MAX_FIELDS = 100
FORM = "application/x-www-form-urlencoded"

_REQUEST_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) ([\x21-\x7e]+) HTTP/1\.[01]")
_HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)")
_LENGTH = re.compile(r"[0-9]{1,12}", re.ASCII)
_DROPPED = "__proto__"
_ONCE = frozenset({"host", "content-length", "content-type", "transfer-encoding"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not the answer that is waited for.

    Attributes:
        status: HTTP status.
        reason: One sentence for the browser's page; quotes nothing of the request.
        other_state: It would have been an answer, and came with another state.
    """

    status: int
    reason: str
    other_state: bool = False


@dataclass(frozen=True, slots=True)
class ContinueHead:
    """The head of a request for ``/continue``.

    Attributes:
        method: ``GET`` or ``POST``.
        query: What follows the question mark.
        length: Bytes of the body that follows.
    """

    method: str
    query: str = field(repr=False)
    length: int = 0


@dataclass(frozen=True, slots=True)
class SiteReturn:
    """What a real site sent back with the browser.

    Attributes:
        state: The login's, as it came.
        http: Method, query and body. What describes the browser itself stays as it was when the
            login left, so that a scenario made of it runs as it did.
    """

    state: str = field(repr=False)
    http: HttpRequest = field(repr=False)


HeadRead: TypeAlias = ContinueHead | Refusal
_Headers: TypeAlias = dict[str, list[str]]


def read_head(head: bytes, host: str) -> HeadRead:
    """Read a request's head.

    Args:
        head: Up to the empty line and without it.
        host: The only host and port that are answered, ``127.0.0.1:49152``.
    """
    first, *lines = head.split(b"\r\n")
    request_line = _REQUEST_LINE.fullmatch(first)
    headers = _headers(lines)
    if request_line is None or headers is None:
        return Refusal(400, "This is no request that a browser sends.")
    method, target = (part.decode("ascii") for part in request_line.groups())
    if headers.get("host") != [host]:
        return Refusal(421, "This address answers under its own name only.")
    path = _path(target, host)
    if isinstance(path, Refusal):
        return path
    place, _, query = path.partition("?")
    if place != CONTINUE:
        return Refusal(404, "There is nothing here.")
    if method not in ("GET", "POST"):
        return Refusal(405, "A browser comes back by GET or by POST.")
    length = _body_length(method, headers)
    return length if isinstance(length, Refusal) else ContinueHead(method, query, length)


def read_answer(head: ContinueHead, body: bytes, state: str) -> SiteReturn | Refusal:
    """Read the parameters of a request, and judge its state.

    Args:
        head: Its head.
        body: All of its body.
        state: Of the login that waits.
    """
    query, form = _parameters(head.query), _parameters(_form_text(body))
    if query is None or form is None:
        return Refusal(400, "This has more than 100 parameters, or its body is no form.")
    states = [value for name, value in (*query, *form) if name == "state"]
    if not states:
        return Refusal(400, "The parameter state is missing.", other_state=True)
    same = [hmac.compare_digest(one.encode(), state.encode()) for one in states]
    if not all(same):
        return Refusal(400, "This does not belong to the login that waits.", other_state=True)
    request = HttpRequest(method=head.method, query=_object(query), body=_object(form))
    return SiteReturn(state, request)


def _headers(lines: list[bytes]) -> _Headers | None:
    """Return values by name in lower case; None where a line is none, or one is folded."""
    headers: _Headers = {}
    for line in lines:
        found = _HEADER.fullmatch(line)
        if found is None:
            return None
        name = found[1].decode("ascii").lower()
        headers.setdefault(name, []).append(found[2].decode("latin-1").strip(" \t"))
    return None if any(len(headers.get(name, ())) > 1 for name in _ONCE) else headers


def _path(target: str, host: str) -> str | Refusal:
    """Return path and query of a target; one with its whole address has to name this host."""
    if target.startswith("/"):
        return target
    own = f"http://{host}/"
    if target.startswith(own):
        return target[len(own) - 1 :]
    if "://" in target:
        return Refusal(421, "This address answers under its own name only.")
    return Refusal(400, "This is no request that a browser sends.")


def _body_length(method: str, headers: _Headers) -> int | Refusal:
    if "transfer-encoding" in headers:
        return Refusal(411, "A form comes whole, with its length.")
    length = headers.get("content-length", ["0" if method == "GET" else ""])[0]
    if not length:
        return Refusal(411, "A form comes whole, with its length.")
    if _LENGTH.fullmatch(length) is None:
        return Refusal(400, "This is no request that a browser sends.")
    if int(length) > MAX_BYTES:
        return Refusal(413, "This is larger than 64 kB.")
    if method == "GET":
        return Refusal(400, "A GET has no body.") if int(length) else 0
    kind = headers.get("content-type", [""])[0].partition(";")[0].strip().lower()
    return int(length) if kind == FORM else Refusal(415, "A form is urlencoded.")


def _form_text(body: bytes) -> str | None:
    """Return a form as text; None where it is not what a form is written in."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _parameters(text: str | None) -> list[tuple[str, str]] | None:
    if text is None:
        return None
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        return None
    return [(name, value) for name, value in pairs if name != _DROPPED]


def _object(pairs: list[tuple[str, str]]) -> JsonObject:
    """Return parameters by name; one that came several times is a list, for the engine to judge."""
    values: dict[str, JsonValue] = {}
    for name, value in pairs:
        before = values.get(name)
        if isinstance(before, list):
            before.append(value)
        else:
            values[name] = value if before is None else [before, value]
    return values
