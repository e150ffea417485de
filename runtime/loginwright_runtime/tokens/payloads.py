"""What stands in an ID token and in an access token, computed from plain values."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loginwright_runtime.login.json_values import JsonObject, JsonValue
from loginwright_runtime.tokens.base64url import base64url
from loginwright_runtime.tokens.profile_claims import profile_claims
from loginwright_runtime.transaction.claims import PROFILE_CLAIMS, RESTRICTED_CLAIMS, ClaimMode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.login.json_values import JsonValue

ENGINE_CLAIMS = RESTRICTED_CLAIMS | {"scope", "token_use"}
"""Names that never come from an action, whether or not the engine sets them (security.md 6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenInputs:
    """Everything that the tokens of one login are made of.

    Attributes:
        issuer: ``iss`` of both tokens.
        subject: ``sub``: the user, or the primary user after ``setPrimaryUser``.
        client_id: The application: ``aud`` of the ID token, ``client_id`` of the access token.
        access_audience: ``aud`` of the access token: the ``resource_server.identifier``, else
            ``userinfo_audience(hostname)``.
        scopes: Granted scopes, additions and removals applied.
        issued_at: Epoch seconds of the login's clock.
        jti: Fresh id of the access token.
        profile: ``event.user`` as it now is.
        id_claims: Custom claims of the ID token that the claim rules let pass.
        access_claims: The same for the access token.
        id_token_ttl: Seconds.
        access_token_ttl: Seconds.
        custom_claims: The flow's setting: in ``any`` mode a custom claim may replace the
            profile's (reference §4.3, allowed OIDC profile claims).
        nonce: Of the authorization request.
        auth_time: When the user authenticated, epoch seconds.
        sid: Session id.
        acr: Authentication context class, attested (security.md 7).
        amr: Authentication methods, attested (security.md 7).
        azp: Authorized party, where it differs from the client.
        cnf: Proof-of-possession confirmation (RFC 7800).
        code: Authorization code of the hybrid flow, for ``c_hash``.
        organization: ``event.organization``; its id becomes ``org_id`` in both tokens.
    """

    issuer: str
    subject: str = field(repr=False)
    client_id: str
    access_audience: str
    scopes: tuple[str, ...]
    issued_at: int
    jti: str
    profile: JsonObject = field(repr=False)
    id_claims: JsonObject = field(repr=False)
    access_claims: JsonObject = field(repr=False)
    id_token_ttl: int = 36_000
    access_token_ttl: int = 86_400
    custom_claims: ClaimMode = "uri"
    nonce: str | None = field(default=None, repr=False)
    auth_time: int | None = None
    sid: str | None = field(default=None, repr=False)
    acr: str | None = None
    amr: tuple[str, ...] = ()
    azp: str | None = None
    cnf: JsonObject | None = field(default=None, repr=False)
    code: str | None = field(default=None, repr=False)
    organization: JsonObject | None = field(default=None, repr=False)


def userinfo_audience(hostname: str) -> str:
    """Return the access token's audience where no api was asked for (contract.md, "Outcome")."""
    return f"https://{hostname}/userinfo"


def issues_id_token(requested_scopes: tuple[str, ...]) -> bool:
    """Tell whether the login gets an ID token: ``openid`` asked for, or no scopes at all."""
    return not requested_scopes or "openid" in requested_scopes


def access_token_claims(inputs: TokenInputs) -> JsonObject:
    """Return the claims of the access token (RFC 9068 2.2); its header type is ``at+jwt``."""
    own: dict[str, JsonValue] = {
        "iss": inputs.issuer,
        "sub": inputs.subject,
        "aud": inputs.access_audience,
        "client_id": inputs.client_id,
        "iat": inputs.issued_at,
        "exp": inputs.issued_at + inputs.access_token_ttl,
        "jti": inputs.jti,
        "scope": " ".join(dict.fromkeys(inputs.scopes)) or None,
        "cnf": inputs.cnf,
        **_authentication(inputs),
    }
    return _custom(inputs.access_claims, {}, inputs.custom_claims) | _present(own)


def id_token_claims(inputs: TokenInputs, access_token: str | None) -> JsonObject:
    """Return the claims of the ID token (OpenID Connect Core 2, 3.3.2.11 and 5.4).

    Args:
        inputs: The login.
        access_token: The signed access token, for ``at_hash``; None where nothing is signed.
    """
    own: dict[str, JsonValue] = {
        "iss": inputs.issuer,
        "sub": inputs.subject,
        "aud": inputs.client_id,
        "iat": inputs.issued_at,
        "exp": inputs.issued_at + inputs.id_token_ttl,
        "azp": inputs.azp,
        "nonce": inputs.nonce,
        "sid": inputs.sid,
        "at_hash": None if access_token is None else half_hash(access_token),
        "c_hash": None if inputs.code is None else half_hash(inputs.code),
        **_authentication(inputs),
    }
    profile = profile_claims(inputs.profile, inputs.scopes)
    return _custom(inputs.id_claims, profile, inputs.custom_claims) | _present(own)


def half_hash(value: str) -> str:
    """Return ``at_hash`` or ``c_hash``: half of the SHA-256 that RS256 and ES256 both use."""
    return base64url(hashlib.sha256(value.encode("ascii")).digest()[:16])


def _authentication(inputs: TokenInputs) -> dict[str, JsonValue]:
    return {
        "auth_time": inputs.auth_time,
        "acr": inputs.acr,
        "amr": list(inputs.amr) or None,
        "org_id": (inputs.organization or {}).get("id"),
    }


def _present(claims: Mapping[str, JsonValue]) -> JsonObject:
    return {name: value for name, value in claims.items() if value is not None}


def _custom(claims: JsonObject, profile: JsonObject, mode: ClaimMode) -> JsonObject:
    """Lay custom claims over the profile's; outside ``any`` mode the profile's stay."""
    kept = {name: value for name, value in claims.items() if name not in ENGINE_CLAIMS}
    if mode == "any":
        return profile | kept
    return profile | {name: value for name, value in kept.items() if name not in PROFILE_CLAIMS}
