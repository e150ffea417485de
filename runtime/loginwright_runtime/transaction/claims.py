"""Which custom claims a token may carry (reference §4.3, security.md 6)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from loginwright_runtime.transaction.url_host import Authority, folded, read_authority

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
_REMEMBERED_CHARACTERS = 256
MAX_CLAIMS_BYTES = 100 * 1024
"""Names and values of the custom claims of one token; more fails the login."""

_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{0,30}[a-z0-9]:\S+", re.IGNORECASE)
_HTTP_URL = re.compile(r"https?://[^\s/\\][^\s]*", re.IGNORECASE)
_URL_LIKE = re.compile(r"(https?|ftp|wss?):[/\\]*([^/\\?#]*)", re.IGNORECASE)
_FORBIDDEN_ENDINGS = tuple(f".{host}" for host in FORBIDDEN_HOSTS)
_FORBIDDEN_URN = re.compile(r"urn:auth0(?![a-z0-9-])")
_AROUND = "".join(map(chr, range(33)))
_DROPPED = re.compile(r"[\t\n\r]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


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
    if len(name) > _REMEMBERED_CHARACTERS:
        return _judged(name, mode)
    return _remembered(name, mode)


def _judged(name: str, mode: ClaimMode) -> ClaimRefusal | None:
    if name in RESTRICTED_CLAIMS:
        return ClaimRefusal(
            "claim-restricted", f"The claim {name!r} is restricted and was left out of the token."
        )
    read = _as_read(name)
    url = _URL_LIKE.match(read)
    authority = None if url is None else read_authority(url[2])
    if _is_forbidden(read, authority):
        return ClaimRefusal(
            "claim-namespace",
            f"The claim {name!r} lies in a namespace no action may use and was left out.",
        )
    if url is not None and authority is None and url[1].lower().startswith("http"):
        return ClaimRefusal(
            "claim-not-uri", f"The claim {name!r} is a URL without a usable host and was left out."
        )
    if mode == "any" or _is_uri(name):
        return None
    return ClaimRefusal(
        "claim-not-uri",
        f"The claim {name!r} is not a URI and was left out. Name it like "
        '"https://my-app.example.com/…", or set custom_claims to "any" in the flow\'s settings.',
    )


_remembered = lru_cache(maxsize=512)(_judged)


def _as_read(name: str) -> str:
    """Return the name as a browser reads a URL: nothing around it, no line breaks in it."""
    return _DROPPED.sub("", name.strip(_AROUND))


def _is_forbidden(name: str, authority: Authority | None) -> bool:
    """Tell whether the name lies in a forbidden namespace, as a browser would read it."""
    if authority is not None:
        return f".{authority.host.rstrip('.')}".endswith(_FORBIDDEN_ENDINGS)
    return _FORBIDDEN_URN.match(folded(name)) is not None


def _is_uri(name: str) -> bool:
    """Tell whether the name as it stands is an http(s) URL or a URN (RFC 8141)."""
    if _CONTROL.search(name):
        return False
    return (_HTTP_URL.fullmatch(name) or _URN.fullmatch(name)) is not None
