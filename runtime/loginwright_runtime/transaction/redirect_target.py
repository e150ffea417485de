"""Where a redirect may lead, and the URL that goes out (reference §2.2, security.md 15)."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_plus, urlencode

from loginwright_runtime.transaction.url_host import Authority, read_authority

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

MAX_URL_BYTES = 8 * 1024
_URL = re.compile(r"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE)
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_SAFE_PATH = "/%:@!$&'()*+,;=~-._"
_SAFE_QUERY = _SAFE_PATH + "?[]"
_DEFAULT_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class RedirectTarget:
    """A checked target without ``state``.

    Attributes:
        url: Normalised, query entries appended; ASCII throughout.
        host: Host in ASCII and lower case.
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


_TOO_LONG = TargetRefused("Invalid URL: it is longer than 8 kB.")


def redirect_target(
    url: str, query: JsonObject, allowed_hosts: frozenset[str] | None = None
) -> RedirectTarget | TargetRefused:
    """Judge and normalise a redirect.

    Args:
        url: Absolute http(s) URL as the action gave it; its own query is kept as it is spelled.
        query: Entries to append; values become text, undefined ones were dropped before.
        allowed_hosts: ``EngineOptions.redirect_hosts``, or None for any host.
    """
    if _NO_TEXT.search(url):
        return TargetRefused("Invalid URL: it has control characters.")
    if len(url) > MAX_URL_BYTES:
        return _TOO_LONG
    found = _URL.fullmatch(url.strip(" "))
    if found is None:
        return TargetRefused("Invalid URL: it must be absolute and begin with https:// or http://.")
    place = read_authority(found[2])
    if place is None:
        return TargetRefused("Invalid URL: its host or port cannot be used.")
    if place.user_info:
        return TargetRefused("Invalid URL: it must not carry a user name or password.")
    if allowed_hosts is not None and place.host not in set(map(_as_read, allowed_hosts)):
        return TargetRefused(f"Redirects to {place.host} are not allowed by redirect_hosts.")
    own = (found[4] or "").split("&")
    kept = [piece for piece in own if unquote_plus(piece.partition("=")[0]) != "state"]
    entries = [(key, _query_text(value)) for key, value in query.items() if key != "state"]
    scheme = found[1].lower()
    sent = _written(scheme, place, found[3], "&".join(kept), entries) + _fragment(found[5])
    if len(sent) > MAX_URL_BYTES:
        return _TOO_LONG
    insecure = scheme == "http" and not _is_loopback(place.host)
    return RedirectTarget(sent, place.host, insecure, len(kept) < len(own) or "state" in query)


def with_state(url: str, state: str) -> str:
    """Append ``state`` to the query of a target's URL."""
    address, mark, fragment = url.partition("#")
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{urlencode({'state': state})}{mark}{fragment}"


def _written(
    scheme: str, place: Authority, path: str, query: str, entries: list[tuple[str, str]]
) -> str:
    host = f"[{place.host}]" if ":" in place.host else place.host
    if place.port is not None and place.port != _DEFAULT_PORTS[scheme]:
        host = f"{host}:{place.port}"
    asked = quote(query, safe=_SAFE_QUERY)
    added = urlencode(entries, errors="replace")
    text = f"{asked}&{added}" if asked and added else asked or added
    address = f"{scheme}://{host}{quote(path.replace(chr(92), '/'), safe=_SAFE_PATH) or '/'}"
    return f"{address}?{text}" if text else address


def _as_read(host: str) -> str:
    """Return a host of the options in the spelling in which hosts are compared."""
    place = read_authority(host)
    return host.lower() if place is None else place.host


def _fragment(fragment: str | None) -> str:
    return f"#{quote(fragment, safe=_SAFE_QUERY)}" if fragment else ""


def _query_text(value: JsonValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
