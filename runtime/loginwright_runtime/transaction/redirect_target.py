"""Where a redirect may lead, and the URL that goes out (reference §2.2, security.md 15)."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_plus, urlencode

from loginwright_runtime.api.arguments import is_undefined
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
        url: Normalised, with the query's entries; ASCII throughout.
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
        query: Entries to append, also where the URL has one of the name; values become text.
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
    kept = [piece for piece in own if _name(piece) != "state"]
    scheme = found[1].lower()
    sent = _written(scheme, place, found[3], _asked(kept, query)) + _fragment(found[5])
    if len(sent) > MAX_URL_BYTES:
        return _TOO_LONG
    insecure = scheme == "http" and not _is_loopback(place.host)
    return RedirectTarget(sent, place.host, insecure, len(kept) < len(own) or "state" in query)


def with_state(url: str, state: str) -> str:
    """Append ``state`` to the query of a target's URL."""
    address, mark, fragment = url.partition("#")
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{urlencode({'state': state})}{mark}{fragment}"


def _name(piece: str) -> str:
    return unquote_plus(piece.partition("=")[0])


def _asked(own: list[str], query: JsonObject) -> str:
    """Return the whole query: the URL's own stays and the entries follow (reference §2.2)."""
    entries = [(key, query_text(value)) for key, value in query.items() if key != "state"]
    kept = quote("&".join(own), safe=_SAFE_QUERY)
    added = urlencode(entries, errors="replace")
    return f"{kept}&{added}" if kept and added else kept or added


def _written(scheme: str, place: Authority, path: str, query: str) -> str:
    host = f"[{place.host}]" if ":" in place.host else place.host
    if place.port is not None and place.port != _DEFAULT_PORTS[scheme]:
        host = f"{host}:{place.port}"
    address = f"{scheme}://{host}{quote(path.replace(chr(92), '/'), safe=_SAFE_PATH) or '/'}"
    return f"{address}?{query}" if query else address


def _as_read(host: str) -> str:
    """Return a host of the options in the spelling in which hosts are compared."""
    place = read_authority(host)
    return host.lower() if place is None else place.host


def _fragment(fragment: str | None) -> str:
    return f"#{quote(fragment, safe=_SAFE_QUERY)}" if fragment else ""


def query_text(value: JsonValue) -> str:
    """Return what JavaScript writes for a value where it wants text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(_item_text(item) for item in value)
    if isinstance(value, dict):
        return "undefined" if is_undefined(value) else "[object Object]"
    return "null" if value is None else str(value)


def _item_text(item: JsonValue) -> str:
    return "" if item is None or is_undefined(item) else query_text(item)


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
