"""LoginTransaction: a login in progress, folded from effects (architecture.md, rule 1)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from loginwright_runtime.login.json_values import JsonObject, JsonValue
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
from loginwright_runtime.transaction.holders import HolderChanges
from loginwright_runtime.transaction.limits import (
    MAX_PROFILE_METADATA,
    MAX_SAML_ATTRIBUTES,
    MAX_SAML_ATTRIBUTES_TOTAL,
    json_size,
)

HandlerName: TypeAlias = Literal["onExecutePostLogin", "onContinuePostLogin"]
MAX_MFA_COMMANDS = 4


@dataclass(frozen=True, slots=True)
class PendingKey:
    """A metadata key to write.

    Attributes:
        value: None removes the key.
        expected: The stored value when the login first set the key.
    """

    kind: MetadataKind
    key: str
    value: JsonValue = field(repr=False)
    expected: JsonValue = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Denial:
    """Why the login is denied."""

    reason: str = field(repr=False)
    how: Literal["deny", "validation", "session", "refresh_token"]
    action: str
    line: int | None
    preserve_refresh_tokens: bool = False


@dataclass(frozen=True, slots=True)
class Breakage:
    """Why the login must fail, by a limit that an action passed."""

    message: str
    action: str
    line: int | None


@dataclass(frozen=True, slots=True)
class FactorStep:
    """A challenge or enrolment still to do."""

    kind: Literal["challenge", "enrollment"]
    factors: tuple[JsonObject, ...] = field(repr=False)
    action: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Multifactor:
    """MFA owed at the end of the flow."""

    provider: str
    options: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    satisfied: bool = False
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Leaving:
    """A redirect or a form that an action asked for."""

    kind: Literal["redirect", "form"]
    action: str
    line: int | None
    url: str | None = field(default=None, repr=False)
    form_id: str | None = None
    fields: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    vars: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)


@dataclass(frozen=True, slots=True)
class Note:
    """A warning that applying effects raised."""

    code: str
    message: str
    action: str | None
    line: int | None


@dataclass(frozen=True, slots=True)
class LoginTransaction:
    """One login between its start and its end. Mappings are never changed in place.

    Attributes:
        id: 32 hex digits.
        user_id: Whose login it is now; ``setPrimaryUser`` changes it.
        position: Index into the flow's actions of the handler to run next.
        handler: Which handler of it.
        fixed_now: The login's fixed clock, epoch seconds, or None for the real one.
        spent_seconds: What handlers of this leg have used of its budget.
        suspensions: How often the login has been suspended.
        mfa_commands: Challenges and enrolments asked for so far (at most 4 count).
        factor_steps: Those still to do before the login goes on.
        passed_factors: Factors passed in this login.
        methods: Authentication methods to add to ``event.authentication.methods``.
        asked_challenge: A challenge was asked for, which overrides ``multifactor``.
        form_result: What came back from a form, for ``event.prompt``.
    """

    id: str
    user_id: str = field(repr=False)
    position: int = 0
    handler: HandlerName = "onExecutePostLogin"
    fixed_now: float | None = None
    spent_seconds: float = 0.0
    suspensions: int = 0
    redirects: int = 0
    id_claims: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue], repr=False)
    access_claims: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue], repr=False)
    scopes_added: tuple[str, ...] = ()
    scopes_removed: tuple[str, ...] = ()
    pending: tuple[PendingKey, ...] = field(default=(), repr=False)
    metadata: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    multifactor: Multifactor | None = None
    mfa_commands: int = 0
    asked_challenge: bool = False
    factor_steps: tuple[FactorStep, ...] = ()
    passed_factors: tuple[str, ...] = ()
    methods: tuple[JsonObject, ...] = field(default=(), repr=False)
    denials: tuple[Denial, ...] = ()
    breakage: Breakage | None = None
    leaving: Leaving | None = None
    session: HolderChanges = field(default_factory=HolderChanges)
    refresh_token: HolderChanges = field(default_factory=HolderChanges)
    saml: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    primary_asked: str | None = field(default=None, repr=False)
    primary_user: tuple[str, str] | None = field(default=None, repr=False)
    form_result: JsonObject | None = field(default=None, repr=False)


@dataclass(slots=True)
class _Fold:
    """The handler's effects being folded: what is replaced in the transaction at the end."""

    tx: LoginTransaction
    profile: JsonObject
    notes: list[Note]
    id_claims: dict[str, JsonValue]
    access_claims: dict[str, JsonValue]


def apply(
    tx: LoginTransaction, effects: tuple[Placed, ...], profile: JsonObject
) -> tuple[LoginTransaction, tuple[Note, ...]]:
    """Fold the effects of a handler that returned into the login.

    Args:
        tx: The login before.
        effects: In the order in which they were asked for.
        profile: The stored profile as read for this leg; gives pending keys what they expect.

    Returns:
        The login after, and the warnings that came up.
    """
    fold = _Fold(tx, profile, [], tx.id_claims, tx.access_claims)
    for placed in effects:
        fold.tx = _one(fold, placed)
    folded = _settle_conflicts(fold, effects)
    if fold.id_claims is tx.id_claims and fold.access_claims is tx.access_claims:
        return folded, tuple(fold.notes)
    claims = replace(folded, id_claims=fold.id_claims, access_claims=fold.access_claims)
    return claims, tuple(fold.notes)


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
            return replace(tx, multifactor=Multifactor(provider, options))
        case FactorAsked(kind, factors):
            return _factor_asked(tx, FactorStep(kind, factors, placed.action, placed.line))
        case MethodRecorded(name, at):
            return replace(tx, methods=(*tx.methods, {"name": name, "timestamp": at}))
        case PrimaryUserSet(user_id):
            return replace(tx, primary_asked=user_id)
        case UserSentAway(url, line):
            return _leave(fold, Leaving("redirect", placed.action, line, url=url))
        case FormRendered(form_id, fields, variables):
            form = Leaving("form", placed.action, placed.line, None, form_id, fields, variables)
            return _leave(fold, form)
        case ExpiryShortened() | HolderMetadataSet() | HolderMetadataEvicted() | CookieModeSet():
            return _holder(fold, placed)
        case TransactionMetadataSet(key, value):
            return replace(tx, metadata=with_key(tx.metadata, key, value))
        case SamlSet():
            return _saml(fold, placed)
        case LoginBroken(message):
            return _broken(tx, message, placed)


def with_key(metadata: JsonObject, key: str, value: JsonValue) -> JsonObject:
    """Return metadata with one key set, or without it when ``value`` is None."""
    if value is not None:
        return {**metadata, key: value}
    return {name: member for name, member in metadata.items() if name != key}


def _scope(tx: LoginTransaction, scope: str, granted: bool) -> LoginTransaction:
    added = tuple(name for name in tx.scopes_added if name != scope)
    removed = tuple(name for name in tx.scopes_removed if name != scope)
    if granted:
        return replace(tx, scopes_added=(*added, scope), scopes_removed=removed)
    return replace(tx, scopes_added=added, scopes_removed=(*removed, scope))


def _metadata(fold: _Fold, placed: Placed) -> LoginTransaction:
    effect, tx = placed.effect, fold.tx
    assert isinstance(effect, MetadataSet | MetadataTakenBack)
    before = next((k for k in tx.pending if (k.kind, k.key) == (effect.kind, effect.key)), None)
    others = tuple(key for key in tx.pending if key is not before)
    if isinstance(effect, MetadataTakenBack):
        return replace(tx, pending=others)
    expected = before.expected if before else _stored(fold.profile, effect.kind, effect.key)
    pending = (*others, PendingKey(effect.kind, effect.key, effect.value, expected))
    size = json_size({key.key: key.value for key in pending if key.kind == effect.kind})
    if size > MAX_PROFILE_METADATA:
        return _broken(tx, f"The login sets more than 32 kB of {effect.kind}.", placed)
    return replace(tx, pending=pending)


def _stored(profile: JsonObject, kind: MetadataKind, key: str) -> JsonValue:
    metadata = profile.get(kind)
    return metadata.get(key) if isinstance(metadata, dict) else None


def _denied(fold: _Fold, placed: Placed) -> LoginTransaction:
    effect, tx = placed.effect, fold.tx
    assert isinstance(effect, Denied)
    if tx.denials:
        note = "The login was denied more than once; the last reason counts."
        fold.notes.append(Note("denied-twice", note, placed.action, placed.line))
    denial = Denial(
        effect.reason, effect.how, placed.action, placed.line, effect.preserve_refresh_tokens
    )
    return replace(tx, denials=(*tx.denials, denial))


def _factor_asked(tx: LoginTransaction, step: FactorStep) -> LoginTransaction:
    count = tx.mfa_commands + 1
    tx = replace(
        tx,
        mfa_commands=count,
        asked_challenge=tx.asked_challenge or step.kind == "challenge",
        factor_steps=(*tx.factor_steps, step),
    )
    if count <= MAX_MFA_COMMANDS:
        return tx
    message = f"More than {MAX_MFA_COMMANDS} challenges and enrolments were asked for in one login."
    return replace(tx, breakage=tx.breakage or Breakage(message, step.action, step.line))


def _leave(fold: _Fold, leaving: Leaving) -> LoginTransaction:
    tx = fold.tx
    if tx.leaving is not None and tx.leaving.kind != leaving.kind:
        message = "An action must not ask for a form and a redirect together."
        return replace(tx, breakage=Breakage(message, leaving.action, leaving.line))
    if tx.leaving is not None:
        what = "sent away" if leaving.kind == "redirect" else "shown a form"
        note = f"The user was {what} more than once in one action; the last call counts."
        fold.notes.append(Note(f"{leaving.kind}-twice", note, leaving.action, leaving.line))
    return replace(tx, leaving=leaving)


def _holder(fold: _Fold, placed: Placed) -> LoginTransaction:
    tx, effect = fold.tx, placed.effect
    if isinstance(effect, CookieModeSet):
        return replace(tx, session=replace(tx.session, cookie_mode=effect.mode))
    assert isinstance(effect, ExpiryShortened | HolderMetadataSet | HolderMetadataEvicted)
    changes = tx.session if effect.holder == "session" else tx.refresh_token
    changed, problem = changes.after(effect)
    if problem is not None:
        return _broken(tx, problem, placed)
    if effect.holder == "session":
        return replace(tx, session=changed)
    return replace(tx, refresh_token=changed)


def _saml(fold: _Fold, placed: Placed) -> LoginTransaction:
    effect, tx = placed.effect, fold.tx
    assert isinstance(effect, SamlSet)
    if effect.attribute is None:
        return replace(tx, saml={**tx.saml, effect.setting: effect.value})
    before = tx.saml.get("attributes")
    attributes = with_key(
        before if isinstance(before, dict) else {}, effect.attribute, effect.value
    )
    too_many = len(attributes) > MAX_SAML_ATTRIBUTES
    if too_many or json_size(attributes) > MAX_SAML_ATTRIBUTES_TOTAL:
        note = "samlResponse.setAttribute: over 100 attributes or 10 kB; the call was ignored."
        fold.notes.append(Note("argument-ignored", note, placed.action, placed.line))
        return tx
    return replace(tx, saml={**tx.saml, "attributes": attributes})


def _broken(tx: LoginTransaction, message: str, placed: Placed) -> LoginTransaction:
    return replace(tx, breakage=tx.breakage or Breakage(message, placed.action, placed.line))


def _settle_conflicts(fold: _Fold, effects: tuple[Placed, ...]) -> LoginTransaction:
    """Decide what holds where one handler asked for things that exclude each other."""
    tx = fold.tx
    leaving = tx.leaving
    if tx.denials and (leaving is not None or tx.factor_steps):
        if leaving is not None:
            note = f"The {leaving.kind} was dropped: the same action denied the login."
            fold.notes.append(Note("denied-and-left", note, leaving.action, leaving.line))
        tx = replace(tx, leaving=None, factor_steps=())
    elif leaving is not None and tx.factor_steps:
        note = "A challenge and a redirect in one action: the challenge comes first."
        fold.notes.append(Note("challenge-before-leaving", note, leaving.action, leaving.line))
    if any(isinstance(placed.effect, PrimaryUserSet) for placed in effects):
        tx = _drop_metadata(fold, tx, effects)
    return tx


def _drop_metadata(
    fold: _Fold, tx: LoginTransaction, effects: tuple[Placed, ...]
) -> LoginTransaction:
    """Metadata set in the action that changes the primary user are lost (reference §2)."""
    lost = {
        (placed.effect.kind, placed.effect.key)
        for placed in effects
        if isinstance(placed.effect, MetadataSet)
    }
    if not lost:
        return tx
    first = next(placed for placed in effects if isinstance(placed.effect, MetadataSet))
    note = "Metadata set in the action that called setPrimaryUser are lost."
    fold.notes.append(Note("metadata-lost", note, first.action, first.line))
    kept = tuple(key for key in tx.pending if (key.kind, key.key) not in lost)
    return replace(tx, pending=kept)
