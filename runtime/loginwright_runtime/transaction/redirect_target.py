"""Where a redirect may lead, and the URL that goes out (reference §2.2, security.md 15)."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

MAX_URL_BYTES = 8 * 1024
_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")
_SAFE_PATH = "/%:@!$&'()*+,;=~-._"
_SAFE_QUERY = _SAFE_PATH + "?"


@dataclass(frozen=True, slots=True)
class RedirectTarget:
    """A checked target without ``state``.

    Attributes:
        url: Normalised, query entries appended.
        host: Host, lower case.
        insecure: Plain http to something that is not loopback.
        replaced_state: It carried a ``state`` of its own, which is dropped.
    """

    url: str = field(repr=False)
    host: str
    insecure: bool
    replaced_state: bool


@dataclass(frozen=True, slots=True)
class TargetRefused:
    """Why the call throws."""

    message: str


def redirect_target(
    url: str, query: JsonObject, allowed_hosts: frozenset[str] | None = None
) -> RedirectTarget | TargetRefused:
    """Judge and normalise a redirect.

    Args:
        url: Absolute http(s) URL as the action gave it; its own query is kept.
        query: Entries to append; values become text, undefined ones were dropped before.
        allowed_hosts: ``EngineOptions.redirect_hosts``, or None for any host.
    """
    if _CONTROL.search(url):
        return TargetRefused("Invalid URL: it has white space, a backslash or control characters.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return TargetRefused("Invalid URL: it cannot be parsed.")
    problem = _problem(parts.scheme.lower(), host, "@" in parts.netloc)
    if problem is not None or host is None:
        return TargetRefused(problem or "Invalid URL: it has no host.")
    if allowed_hosts is not None and host not in allowed_hosts:
        return TargetRefused(f"Redirects to {host} are not allowed by redirect_hosts.")
    own = parse_qsl(parts.query, keep_blank_values=True)
    entries = [*own, *((key, _query_text(value)) for key, value in query.items())]
    kept = [(key, value) for key, value in entries if key != "state"]
    text = _join(parts.query, own, kept)
    result = urlunsplit(
        (
            parts.scheme.lower(),
            _netloc(parts.scheme.lower(), host, port),
            quote(parts.path, safe=_SAFE_PATH) or "/",
            text,
            quote(parts.fragment, safe=_SAFE_QUERY),
        )
    )
    if len(result.encode()) > MAX_URL_BYTES:
        return TargetRefused("Invalid URL: it is longer than 8 kB.")
    insecure = parts.scheme.lower() == "http" and not _is_loopback(host)
    return RedirectTarget(result, host, insecure, len(kept) != len(entries))


def with_state(url: str, state: str) -> str:
    """Append ``state`` to the query of a target's URL."""
    parts = urlsplit(url)
    entry = urlencode({"state": state})
    return urlunsplit(parts._replace(query=f"{parts.query}&{entry}" if parts.query else entry))


def _problem(scheme: str, host: str | None, has_user_info: bool) -> str | None:
    if scheme not in ("http", "https"):
        return "Invalid URL: it must be absolute and begin with https:// or http://."
    if not host:
        return "Invalid URL: it has no host."
    if has_user_info:
        return "Invalid URL: it must not carry a user name or password."
    return None


def _join(original: str, own: list[tuple[str, str]], kept: list[tuple[str, str]]) -> str:
    """Keep the original query's spelling where nothing of it was dropped."""
    untouched = not any(key == "state" for key, _ in own)
    if untouched and original:
        added = kept[len(own) :]
        safe = quote(original, safe=_SAFE_QUERY)
        return f"{safe}&{urlencode(added)}" if added else safe
    return urlencode(kept)


def _query_text(value: JsonValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def _netloc(scheme: str, host: str, port: int | None) -> str:
    name = f"[{host}]" if ":" in host else host
    default = 443 if scheme == "https" else 80
    return name if port is None or port == default else f"{name}:{port}"


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
