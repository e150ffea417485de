"""What a browser gets that comes to ``/continue``: one fixed page, nothing of the request in it."""

from __future__ import annotations

from http import HTTPStatus

BACK = "You can go back to Loginwright."
_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Loginwright</title></head>'
    "<body><p>{text}</p></body></html>\n"
)
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_HEADERS = (
    "Content-Type: text/html; charset=utf-8",
    "Cache-Control: no-store",
    "Referrer-Policy: no-referrer",
    f"Content-Security-Policy: {_POLICY}",
    "Cross-Origin-Resource-Policy: same-origin",
    "X-Content-Type-Options: nosniff",
    "Connection: close",
)
"""security.md 31. No header allows another origin anything."""


def page(status: int, text: str) -> bytes:
    """Return a whole response.

    Args:
        status: HTTP status.
        text: One of our own sentences.
    """
    body = _PAGE.format(text=text).encode()
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *_HEADERS]
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        lines.append("Allow: GET, POST")
    lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join((*lines, "", "")).encode("ascii") + body
