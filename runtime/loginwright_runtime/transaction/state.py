"""Folds what a handler asked for into the login in progress (architecture.md, rule 1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from loginwright_runtime.login.json_values import JsonObject, JsonValue
from loginwright_runtime.transaction.changing import with_changes
from loginwright_runtime.transaction.effects import (
    ClaimSet,
    CookieModeSet,
    Denied,
    ExpiryShortened,
    FactorAsked,
    FormRendered,
    HolderMetadataEvicted,
    HolderMetadataSet,
    LoginBroken,
    MetadataKind,
    MetadataSet,
    MetadataTakenBack,
    MethodRecorded,
    MfaEnabled,
    Placed,
    PrimaryUserSet,
    SamlSet,
    ScopeChanged,
    TransactionMetadataSet,
    UserSentAway,
)
from loginwright_runtime.transaction.limits import (
    MAX_PROFILE_METADATA,
    MAX_SAML_ATTRIBUTES,
    MAX_SAML_ATTRIBUTES_TOTAL,
    json_size,
)
from loginwright_runtime.transaction.login_transaction import (
    NO_REASON,
    Breakage,
    Denial,
    FactorStep,
    HandlerName,
    Leaving,
    LoginTransaction,
    Multifactor,
    Note,
    PendingKey,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Breakage",
    "Denial",
    "FactorStep",
    "HandlerName",
    "Leaving",
    "LoginTransaction",
    "Multifactor",
    "Note",
    "PendingKey",
    "apply",
    "with_key",
]

MAX_MFA_COMMANDS = 4


@dataclass(slots=True)
class _Fold:
    """The handler's effects being folded.

    Attributes:
        tx: The login so far; claims stand beside it, since a handler often sets several.
        changes_user: The handler sets a primary user, which loses the metadata it sets.
        forbidden: How the action must not leave, which fails the login unless it is denied.
    """

    tx: LoginTransaction
    profile: JsonObject
    notes: list[Note]
    id_claims: dict[str, JsonValue]
    access_claims: dict[str, JsonValue]
    changes_user: bool
    forbidden: Breakage | None = None


def apply(
    tx: LoginTransaction, effects: Sequence[Placed], profile: JsonObject, spent_seconds: float = 0.0
) -> tuple[LoginTransaction, tuple[Note, ...]]:
    """Fold a handler that returned into the login, which stands at the next handler then.

    Args:
        tx: The login before.
        effects: What it asked for, in that order.
        profile: The stored profile as read for this leg; gives pending keys what they expect.
        spent_seconds: How long it ran.

    Returns:
        The login after, and the warnings that came up.
    """
    changes_user = any(isinstance(placed.effect, PrimaryUserSet) for placed in effects)
    fold = _Fold(tx, profile, [], tx.id_claims, tx.access_claims, changes_user)
    for placed in effects:
        fold.tx = _one(fold, placed)
    folded = _settled(fold)
    stays = folded.leaving is not None
    after = with_changes(
        folded,
        id_claims=fold.id_claims,
        access_claims=fold.access_claims,
        spent_seconds=tx.spent_seconds + spent_seconds,
        form_result=None,
        position=tx.position if stays else tx.position + 1,
        handler=tx.handler if stays else "onExecutePostLogin",
    )
    return after, tuple(fold.notes)


def _one(fold: _Fold, placed: Placed) -> LoginTransaction:  # noqa: C901 - one flat match a kind
    tx = fold.tx
    match placed.effect:
        case ClaimSet("id_token", name, value):
            fold.id_claims = {**fold.id_claims, name: value}
            return tx
        case ClaimSet(_, name, value):
            fold.access_claims = {**fold.access_claims, name: value}
            return tx
        case MetadataSet() | MetadataTakenBack():
            return _metadata(fold, placed)
        case Denied():
            return _denied(fold, placed)
        case ScopeChanged(scope, granted):
            return _scope(tx, scope, granted)
        case MfaEnabled(provider, options):
            return with_changes(tx, multifactor=Multifactor(provider, options))
        case FactorAsked(kind, factors):
            return _factor_asked(fold, FactorStep(kind, factors, placed.action, placed.line))
        case MethodRecorded(name, at):
            return with_changes(tx, methods=(*tx.methods, {"name": name, "timestamp": at}))
        case PrimaryUserSet(user_id):
            return with_changes(tx, primary_asked=user_id)
        case UserSentAway(url):
            return _leave(fold, Leaving("redirect", placed.action, placed.line, url=url))
        case FormRendered(form_id, fields, variables):
            form = Leaving("form", placed.action, placed.line, "", form_id, fields, variables)
            return _leave(fold, form)
        case ExpiryShortened() | HolderMetadataSet() | HolderMetadataEvicted() | CookieModeSet():
            return _holder(fold, placed)
        case TransactionMetadataSet(key, value):
            return with_changes(tx, metadata=with_key(tx.metadata, key, value))
        case SamlSet():
            return _saml(fold, placed)
        case LoginBroken(message):
            return _forbidden(fold, message, placed.action, placed.line)
        case _ as unreachable:
            assert_never(unreachable)


def with_key(metadata: JsonObject, key: str, value: JsonValue) -> JsonObject:
    """Return metadata with one key set, or without it when ``value`` is None."""
    if value is not None:
        return {**metadata, key: value}
    return {name: member for name, member in metadata.items() if name != key}


def _scope(tx: LoginTransaction, scope: str, granted: bool) -> LoginTransaction:
    added = tuple(name for name in tx.scopes_added if name != scope)
    removed = tuple(name for name in tx.scopes_removed if name != scope)
    if granted:
        return with_changes(tx, scopes_added=(*added, scope), scopes_removed=removed)
    return with_changes(tx, scopes_added=added, scopes_removed=(*removed, scope))


def _metadata(fold: _Fold, placed: Placed) -> LoginTransaction:
    effect, tx = placed.effect, fold.tx
    assert isinstance(effect, MetadataSet | MetadataTakenBack)
    if fold.changes_user and isinstance(effect, MetadataSet):
        return _lost(fold, placed)
    before = next((k for k in tx.pending if (k.kind, k.key) == (effect.kind, effect.key)), None)
    others = tuple(key for key in tx.pending if key is not before)
    if isinstance(effect, MetadataTakenBack):
        return with_changes(tx, pending=others)
    expected = before.expected if before else _stored(fold.profile, effect.kind, effect.key)
    pending = (*others, PendingKey(effect.kind, effect.key, effect.value, expected))
    size = json_size({key.key: key.value for key in pending if key.kind == effect.kind})
    if size > MAX_PROFILE_METADATA:
        return _broken(tx, f"The login sets more than 32 kB of {effect.kind}.", placed)
    return with_changes(tx, pending=pending)


def _lost(fold: _Fold, placed: Placed) -> LoginTransaction:
    """Metadata set in the action that changes the primary user are lost (reference §2)."""
    if all(note.code != "metadata-lost" for note in fold.notes):
        note = "Metadata set in the action that called setPrimaryUser are lost."
        fold.notes.append(Note("metadata-lost", note, placed.action, placed.line))
    return fold.tx


def _stored(profile: JsonObject, kind: MetadataKind, key: str) -> JsonValue:
    metadata = profile.get(kind)
    return metadata.get(key) if isinstance(metadata, dict) else None


def _denied(fold: _Fold, placed: Placed) -> LoginTransaction:
    effect, tx = placed.effect, fold.tx
    assert isinstance(effect, Denied)
    if tx.denials:
        note = "The login was denied more than once; the last reason counts."
        fold.notes.append(Note("denied-twice", note, placed.action, placed.line))
    reason = effect.reason if effect.reason.strip() else NO_REASON
    denial = Denial(reason, effect.how, placed.action, placed.line, effect.preserve_refresh_tokens)
    return with_changes(tx, denials=(*tx.denials, denial))


def _factor_asked(fold: _Fold, step: FactorStep) -> LoginTransaction:
    tx = with_changes(
        fold.tx,
        mfa_commands=fold.tx.mfa_commands + 1,
        asked_challenge=fold.tx.asked_challenge or step.kind == "challenge",
        factor_steps=(*fold.tx.factor_steps, step),
    )
    if tx.mfa_commands <= MAX_MFA_COMMANDS:
        return tx
    message = f"More than {MAX_MFA_COMMANDS} challenges and enrolments were asked for in one login."
    _forbidden(fold, message, step.action, step.line)
    return tx


def _leave(fold: _Fold, leaving: Leaving) -> LoginTransaction:
    before = fold.tx.leaving
    if before is not None and "form" in (before.kind, leaving.kind):
        both = "two forms" if before.kind == leaving.kind else "a form and a redirect together"
        return _forbidden(fold, f"An action must not ask for {both}.", leaving.action, leaving.line)
    if before is not None:
        note = "The user was sent away more than once in one action; the last call counts."
        fold.notes.append(Note("redirect-twice", note, leaving.action, leaving.line))
    return with_changes(fold.tx, leaving=leaving)


def _forbidden(fold: _Fold, message: str, action: str, line: int | None) -> LoginTransaction:
    fold.forbidden = fold.forbidden or Breakage(message, action, line)
    return fold.tx


def _holder(fold: _Fold, placed: Placed) -> LoginTransaction:
    tx, effect = fold.tx, placed.effect
    if isinstance(effect, CookieModeSet):
        return with_changes(tx, session=replace(tx.session, cookie_mode=effect.mode))
    assert isinstance(effect, ExpiryShortened | HolderMetadataSet | HolderMetadataEvicted)
    changes = tx.session if effect.holder == "session" else tx.refresh_token
    changed, problem = changes.after(effect)
    if problem is not None:
        return _broken(tx, problem, placed)
    if effect.holder == "session":
        return with_changes(tx, session=changed)
    return with_changes(tx, refresh_token=changed)


def _saml(fold: _Fold, placed: Placed) -> LoginTransaction:
    effect, tx = placed.effect, fold.tx
    assert isinstance(effect, SamlSet)
    if effect.attribute is None:
        return with_changes(tx, saml={**tx.saml, effect.setting: effect.value})
    before = tx.saml.get("attributes")
    attributes = with_key(
        before if isinstance(before, dict) else {}, effect.attribute, effect.value
    )
    too_many = len(attributes) > MAX_SAML_ATTRIBUTES
    if too_many or json_size(attributes) > MAX_SAML_ATTRIBUTES_TOTAL:
        note = "samlResponse.setAttribute: over 100 attributes or 10 kB; the call was ignored."
        fold.notes.append(Note("argument-ignored", note, placed.action, placed.line))
        return tx
    return with_changes(tx, saml={**tx.saml, "attributes": attributes})


def _broken(tx: LoginTransaction, message: str, placed: Placed) -> LoginTransaction:
    return with_changes(tx, breakage=tx.breakage or Breakage(message, placed.action, placed.line))


def _settled(fold: _Fold) -> LoginTransaction:
    """Decide what holds where one handler asked for things that exclude each other."""
    tx = fold.tx
    leaving = tx.leaving
    if tx.denials:
        return _denied_and_left(fold)
    if fold.forbidden is not None:
        tx = with_changes(tx, breakage=tx.breakage or fold.forbidden)
    if leaving is not None and tx.factor_steps:
        note = f"A challenge and a {leaving.kind} in one action: the challenge comes first."
        fold.notes.append(Note("challenge-before-leaving", note, leaving.action, leaving.line))
    if leaving is not None and leaving.kind == "redirect":
        if tx.redirects:
            note = "The user is sent away more than once in this login."
            fold.notes.append(Note("redirected-again", note, leaving.action, leaving.line))
        tx = with_changes(tx, redirects=tx.redirects + 1)
    return tx


def _denied_and_left(fold: _Fold) -> LoginTransaction:
    """A denial wins over every way in which the same action would have left."""
    tx = fold.tx
    dropped = tx.leaving or next(iter(tx.factor_steps), None) or fold.forbidden
    if dropped is None:
        return tx
    what = "form" if isinstance(dropped, Breakage) else dropped.kind
    note = f"The {what} was dropped: the same action denied the login."
    fold.notes.append(Note("denied-and-left", note, dropped.action, dropped.line))
    return with_changes(tx, leaving=None, factor_steps=())
