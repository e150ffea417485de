"""A login is a fold of effects: its order counts, and where it is cut does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from loginwright_runtime.transaction.effects import (
    ClaimSet,
    CookieModeSet,
    Denied,
    Effect,
    ExpiryShortened,
    FactorAsked,
    FormRendered,
    HolderMetadataEvicted,
    HolderMetadataSet,
    LoginBroken,
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
from loginwright_runtime.transaction.state import LoginTransaction, Note, apply

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject

_T = TypeVar("_T")
START = LoginTransaction(id="0" * 32, user_id="auth0|0001")
PROFILE: JsonObject = {"user_metadata": {"a": "stored"}, "app_metadata": {"b": {"c": 1}}}

keys = st.sampled_from(["a", "b", "c"])
values = st.one_of(st.none(), st.integers(-3, 3), st.text(max_size=3))
holders = st.sampled_from(["session", "refresh_token"])
kinds = st.sampled_from(["user_metadata", "app_metadata"])
factors = st.just(({"type": "otp"},))

staying: st.SearchStrategy[Effect] = st.one_of(
    st.builds(ClaimSet, st.sampled_from(["id_token", "access_token"]), keys, values),
    st.builds(ScopeChanged, keys, st.booleans()),
    st.builds(MetadataSet, kinds, keys, values),
    st.builds(MetadataTakenBack, kinds, keys),
    st.builds(MfaEnabled, st.sampled_from(["any", "none", "duo"])),
    st.builds(MethodRecorded, keys, keys),
    st.builds(ExpiryShortened, holders, st.booleans(), st.integers(0, 5)),
    st.builds(HolderMetadataSet, holders, keys, st.one_of(st.none(), st.just("v"))),
    st.builds(HolderMetadataEvicted, holders),
    st.builds(CookieModeSet, st.sampled_from(["persistent", "non-persistent"])),
    st.builds(TransactionMetadataSet, keys, values),
    st.builds(SamlSet, st.just("audience"), values),
    st.builds(SamlSet, st.just("attribute"), values, keys),
)
leaving: st.SearchStrategy[Effect] = st.one_of(
    st.builds(Denied, keys),
    st.builds(FactorAsked, st.sampled_from(["challenge", "enrollment"]), factors),
    st.builds(PrimaryUserSet, keys),
    st.builds(UserSentAway, st.just("https://x.com/")),
    st.builds(FormRendered, keys),
    st.builds(LoginBroken, st.just("The form is too large.")),
    st.builds(HolderMetadataSet, holders, st.just("a key"), st.just("v")),
)


def placed(effects: list[Effect]) -> tuple[Placed, ...]:
    """Return effects with the place where each was asked for."""
    return tuple(Placed(effect, "one", line) for line, effect in enumerate(effects, start=1))


def fold(effects: list[Effect], tx: LoginTransaction = START) -> LoginTransaction:
    """Return the login after one handler."""
    return apply(tx, placed(effects), PROFILE)[0]


def last(effects: list[Effect], kind: type[_T]) -> list[_T]:
    """Return the effects of a kind, in order."""
    return [effect for effect in effects if isinstance(effect, kind)]


@given(st.lists(st.lists(staying, max_size=5), max_size=5))
def test_a_login_replayed_handler_by_handler_comes_to_the_same(
    handlers: list[list[Effect]],
) -> None:
    stepwise = START
    for effects in handlers:
        stepwise = fold(effects, stepwise)
    at_once = fold([effect for effects in handlers for effect in effects])
    assert stepwise == replace(at_once, position=len(handlers))


@given(st.lists(staying))
def test_the_last_call_of_each_name_is_what_holds(effects: list[Effect]) -> None:
    login = fold(effects)
    claims = {(one.token, one.name): one.value for one in last(effects, ClaimSet)}
    assert {("id_token", name): one for name, one in login.id_claims.items()} | {
        ("access_token", name): one for name, one in login.access_claims.items()
    } == claims
    scopes = {one.scope: one.granted for one in last(effects, ScopeChanged)}
    assert sorted(login.scopes_added) == sorted(name for name in scopes if scopes[name])
    assert sorted(login.scopes_removed) == sorted(name for name in scopes if not scopes[name])
    metadata = {one.key: one.value for one in last(effects, TransactionMetadataSet)}
    assert login.metadata == {key: one for key, one in metadata.items() if one is not None}
    providers = [one.provider for one in last(effects, MfaEnabled)]
    assert (login.multifactor.provider if login.multifactor else None) == (
        providers[-1] if providers else None
    )


@given(st.lists(staying))
def test_the_last_call_of_each_metadata_key_is_what_would_be_written(
    effects: list[Effect],
) -> None:
    pending: dict[tuple[str, str], object] = {}
    for effect in effects:
        if isinstance(effect, MetadataSet):
            pending[effect.kind, effect.key] = effect.value
        elif isinstance(effect, MetadataTakenBack):
            pending.pop((effect.kind, effect.key), None)
    login = fold(effects)
    assert {(key.kind, key.key): key.value for key in login.pending} == pending
    assert len(login.pending) == len(pending)
    for key in login.pending:
        stored = PROFILE[key.kind]
        assert isinstance(stored, dict)
        assert key.expected == stored.get(key.key)


@given(st.lists(staying), st.lists(staying))
def test_a_handler_leaves_the_login_before_it_untouched(
    before: list[Effect], effects: list[Effect]
) -> None:
    login = fold(before)
    copy = replace(login, id_claims=dict(login.id_claims), metadata=dict(login.metadata))
    fold(effects, login)
    assert login == copy == fold(before)


@given(st.lists(st.one_of(staying, leaving)))
def test_a_login_that_is_denied_is_not_also_sent_away(effects: list[Effect]) -> None:
    login = fold(effects)
    assert [denial.reason for denial in login.denials] == [
        effect.reason for effect in last(effects, Denied)
    ]
    if login.denials:
        assert (login.leaving, login.factor_steps) == (None, ())


@given(st.lists(st.one_of(staying, leaving)))
def test_every_warning_of_the_fold_names_its_place(effects: list[Effect]) -> None:
    notes: tuple[Note, ...] = apply(START, placed(effects), PROFILE)[1]
    for note in notes:
        assert note.action == "one"
        assert note.line in range(1, len(effects) + 1)
        assert note.message.endswith(".")


@given(st.lists(st.one_of(staying, leaving)))
def test_a_login_goes_through_json_and_comes_back_the_same(effects: list[Effect]) -> None:
    adapter = TypeAdapter(LoginTransaction)
    login = fold(effects)
    assert adapter.validate_json(adapter.dump_json(login)) == login
