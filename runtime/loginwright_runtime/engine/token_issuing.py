"""Makes the tokens of a login that is allowed: claims first, signatures last."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from loginwright_runtime.engine.outcomes import amr_of, granted_scopes
from loginwright_runtime.errors import SignerError
from loginwright_runtime.extension_points import SigningRequest, TokenSigner
from loginwright_runtime.tokens.development_signer import DEVELOPMENT_ISSUER
from loginwright_runtime.tokens.payloads import (
    TokenInputs,
    access_token_claims,
    id_token_claims,
    issues_id_token,
    userinfo_audience,
)
from loginwright_runtime.tracing.record import CallMade
from loginwright_runtime.transaction.claims import MAX_CLAIMS_BYTES
from loginwright_runtime.transaction.limits import json_size
from loginwright_runtime.transaction.outcome import Claims, Tokens

if TYPE_CHECKING:
    from loginwright_runtime.engine.leg import Leg
    from loginwright_runtime.engine.options import EngineOptions
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.transaction.state import LoginTransaction


@dataclass(frozen=True, slots=True)
class Issued:
    """Tokens, and the custom claims that went into them."""

    tokens: Tokens | None
    claims: Claims = field(repr=False)


def oversize(tx: LoginTransaction) -> str | None:
    """Return why the custom claims are too large for a token, or None (reference §4.3)."""
    for name, claims in (("ID token", tx.id_claims), ("access token", tx.access_claims)):
        if json_size(claims) > MAX_CLAIMS_BYTES:
            return f"The custom claims of the {name} are larger than 100 KB."
    return None


async def issue_tokens(leg: Leg, options: EngineOptions, signer: TokenSigner | None) -> Issued:
    """Build both payloads and sign them.

    Args:
        leg: A login of which nothing more is owed.
        options: Lives and algorithm.
        signer: None leaves the tokens out; the claims are told all the same.

    Raises:
        SignerError: The signer failed, or gave what is no token.
    """
    inputs = _inputs(leg, options)
    wants_id_token = issues_id_token(leg.request.transaction.requested_scopes)
    access = access_token_claims(inputs)
    access_token = None
    if signer is not None:
        access_token = await _signed(signer, access, options, "at+jwt")
    identity = id_token_claims(inputs, access_token) if wants_id_token else None
    leg.recorder.tokens_issued(identity, access)
    claims = Claims.of(
        id_token=_kept(leg, "idToken", leg.tx.id_claims, identity),
        access_token=_kept(leg, "accessToken", leg.tx.access_claims, access),
    )
    if signer is None or access_token is None:
        return Issued(None, claims)
    id_token = None
    if identity is not None:
        id_token = await _signed(signer, identity, options, "JWT")
    tokens = Tokens.of(
        id_token=id_token,
        access_token=access_token,
        token_type="Bearer",  # noqa: S106 - a kind of token, no password
        expires_in=inputs.access_token_ttl,
        scope=" ".join(inputs.scopes),
    )
    return Issued(tokens, claims)


async def _signed(
    signer: TokenSigner, claims: JsonObject, options: EngineOptions, token_type: str
) -> str:
    token = await signer.sign(SigningRequest(claims, options.algorithm, token_type))
    if not _is_text(token):
        raise SignerError("The signer gave no token.", "Let it return the compact form as text.")
    return token


def _is_text(token: object) -> bool:
    return isinstance(token, str) and bool(token)


def _inputs(leg: Leg, options: EngineOptions) -> TokenInputs:
    request, tx = leg.request, leg.tx
    token = request.token
    audience = (
        request.resource_server.identifier
        if request.resource_server is not None
        else userinfo_audience(request.request.hostname or "")
    )
    return TokenInputs(
        issuer=token.issuer or options.issuer or DEVELOPMENT_ISSUER,
        subject=tx.user_id,
        client_id=request.client.client_id,
        access_audience=audience,
        scopes=granted_scopes(leg),
        issued_at=int(leg.now()),
        jti=secrets.token_urlsafe(16),
        id_token_ttl=token.id_token_ttl or options.id_token_seconds,
        access_token_ttl=token.access_token_ttl or options.access_token_seconds,
        profile=leg.profile,
        id_claims=tx.id_claims,
        access_claims=tx.access_claims,
        custom_claims=leg.flow.settings.custom_claims,
        nonce=token.nonce,
        auth_time=token.auth_time,
        sid=token.sid,
        acr=token.acr,
        amr=amr_of(leg),
        azp=token.azp,
        cnf=token.cnf,
        code=token.code,
        organization=request.organization,
    )


_NAMES = {"idToken": "ID token", "accessToken": "access token"}


def _kept(
    leg: Leg,
    token: Literal["idToken", "accessToken"],
    asked: JsonObject,
    payload: JsonObject | None,
) -> JsonObject:
    """Return the custom claims that stand in the payload; warn about those that lost."""
    kept: JsonObject = {}
    for claim, value in asked.items():
        if payload is None or (claim in payload and payload[claim] == value):
            kept[claim] = value
        else:
            note = f"The {_NAMES[token]} sets {claim!r} itself; the action's value was left out."
            leg.recorder.warning("claim-overridden", note, *_set_at(leg, token, claim))
    return kept if payload is not None else {}


def _set_at(leg: Leg, token: str, claim: str) -> tuple[str | None, int | None]:
    """Return the action and line that set a claim last."""
    method = f"{token}.setCustomClaim"
    for entry in reversed(leg.recorder.record.entries):
        if not isinstance(entry, CallMade) or entry.evaluated:
            continue
        if (entry.method, *entry.args[:1]) == (method, claim):
            return entry.action, entry.line
    return None, None
