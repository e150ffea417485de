"""Which custom claims a token may carry (reference §4.3, security.md 6)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

ClaimMode: TypeAlias = Literal["uri", "any"]

RESTRICTED_CLAIMS: frozenset[str] = frozenset(
    [
        "acr",
        "act",
        "active",
        "amr",
        "at_hash",
        "ath",
        "attest",
        "aud",
        "auth_time",
        "authorization_details",
        "azp",
        "c_hash",
        "client_id",
        "cnf",
        "cty",
        "dest",
        "entitlements",
        "events",
        "exp",
        "groups",
        "gty",
        "htm",
        "htu",
        "iat",
        "internalService",
        "iss",
        "jcard",
        "jku",
        "jti",
        "jwe",
        "jwk",
        "kid",
        "may_act",
        "mky",
        "nbf",
        "nonce",
        "object_id",
        "org_id",
        "org_name",
        "orig",
        "origid",
        "permissions",
        "roles",
        "rph",
        "s_hash",
        "sid",
        "sip_callid",
        "sip_cseq_num",
        "sip_date",
        "sip_from_tag",
        "sip_via_branch",
        "sub",
        "sub_jwk",
        "toe",
        "txn",
        "typ",
        "uuid",
        "vot",
        "vtm",
        "x5t#S256",
    ]
)
"""Names that no action may set."""

PROFILE_CLAIMS: frozenset[str] = frozenset(
    [
        "address",
        "birthdate",
        "email",
        "email_verified",
        "family_name",
        "gender",
        "given_name",
        "locale",
        "middle_name",
        "name",
        "nickname",
        "phone_number",
        "phone_number_verified",
        "picture",
        "preferred_username",
        "profile",
        "updated_at",
        "website",
        "zoneinfo",
    ]
)
"""OpenID Connect's profile claims, free to set where plain names are allowed."""

FORBIDDEN_HOSTS = ("auth0.com", "webtask.io", "webtask.run")
MAX_CLAIMS_BYTES = 100 * 1024
"""Names and values of the custom claims of one token; more fails the login."""

_URN = re.compile(r"\Aurn:[a-z0-9][a-z0-9-]{0,31}:.+\Z", re.IGNORECASE | re.DOTALL)
_SCHEME = re.compile(r"\Ahttps?:", re.IGNORECASE)
_DOT_LIKE = re.compile("[\u3002\uff0e\uff61]")


@dataclass(frozen=True, slots=True)
class ClaimRefusal:
    """Why a claim is left out.

    Attributes:
        code: The warning's code.
        message: One sentence; names the setting where another setting would accept the claim.
    """

    code: Literal["claim-restricted", "claim-namespace", "claim-not-uri"]
    message: str


def refusal(name: str, mode: ClaimMode) -> ClaimRefusal | None:
    """Judge a claim's name.

    Args:
        name: As the action gave it.
        mode: The flow's ``settings.custom_claims``.

    Returns:
        None when the claim may be set.
    """
    if name in RESTRICTED_CLAIMS:
        return ClaimRefusal(
            "claim-restricted", f"The claim {name!r} is restricted and was left out of the token."
        )
    namespace = _namespace(name)
    if namespace is not None:
        if _is_forbidden(namespace):
            return ClaimRefusal(
                "claim-namespace",
                f"The claim {name!r} lies in a namespace no action may use and was left out.",
            )
        return None
    if mode == "any":
        return None
    return ClaimRefusal(
        "claim-not-uri",
        f"The claim {name!r} is not a URI and was left out. Name it like "
        '"https://my-app.example.com/…", or set custom_claims to "any" in the flow\'s settings.',
    )


def _namespace(name: str) -> str | None:
    """Return the host of an http(s) URL, ``urn:<nid>`` of a URN, or None for a plain name."""
    if _URN.match(name):
        return ":".join(name.lower().split(":", 2)[:2])
    if not _SCHEME.match(name):
        return None
    return _host(name)


def _host(url: str) -> str | None:
    """Return the host as a browser reads it (WHATWG: backslashes, dots, case, credentials)."""
    cleaned = re.sub(r"[\t\n\r]", "", url.strip("".join(map(chr, range(33))))).replace("\\", "/")
    cleaned = re.sub(r"\A(https?):/*", r"\1://", cleaned, flags=re.IGNORECASE)
    try:
        host = urlsplit(cleaned).hostname
    except ValueError:
        return None
    if not host:
        return None
    host = _DOT_LIKE.sub(".", _percent_decoded(host))
    return _ascii(host).rstrip(".").lower() or None


def _percent_decoded(host: str) -> str:
    return re.sub(r"%([0-9a-fA-F]{2})", lambda match: chr(int(match.group(1), 16)), host)


def _ascii(host: str) -> str:
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _is_forbidden(namespace: str) -> bool:
    if namespace == "urn:auth0":
        return True
    return any(namespace == host or namespace.endswith(f".{host}") for host in FORBIDDEN_HOSTS)
