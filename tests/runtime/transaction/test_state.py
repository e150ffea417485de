"""How the effects of a handler become part of the login."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from api_calls import a_context, meaning
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
from loginwright_runtime.transaction.state import (
    Breakage,
    FactorStep,
    Leaving,
    LoginTransaction,
    Multifactor,
    Note,
    PendingKey,
    apply,
    with_key,
)

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

START = LoginTransaction(id="0" * 32, user_id="auth0|0001")
OTP: JsonObject = {"type": "otp"}
CHALLENGE = FactorAsked("challenge", (OTP,))
AWAY = UserSentAway("https://x.com/")
FORM = FormRendered("ap_1")
CLAIM = "https://my-app.example.com/roles"
USER: MetadataKind = "user_metadata"


def after(
    *effects: Effect, tx: LoginTransaction = START, profile: JsonObject | None = None
) -> tuple[LoginTransaction, tuple[Note, ...]]:
    """Return the login after a handler of the action ``one``, called at lines 1, 2, …"""
    placed = tuple(Placed(effect, "one", line) for line, effect in enumerate(effects, start=1))
    return apply(tx, placed, profile or {})


def login_after(
    *effects: Effect, tx: LoginTransaction = START, profile: JsonObject | None = None
) -> LoginTransaction:
    """Return the login after a handler that earns no warning."""
    login, notes = after(*effects, tx=tx, profile=profile)
    assert notes == ()
    return login


def codes(notes: tuple[Note | tuple[str, str], ...]) -> list[str]:
    """Return the warnings' codes."""
    return [note.code if isinstance(note, Note) else note[0] for note in notes]


def test_a_handler_that_asks_for_nothing_only_moves_the_login_on() -> None:
    assert after() == (replace(START, position=1), ())


def test_the_login_stays_at_an_action_that_sends_the_user_away() -> None:
    continuing = replace(START, position=2, handler="onContinuePostLogin")
    login = login_after(UserSentAway("https://my-app.example.com"), tx=continuing)
    assert (login.position, login.handler) == (2, "onContinuePostLogin")


def test_the_time_of_each_handler_is_taken_from_the_legs_budget() -> None:
    login, _ = apply(START, (), {}, 1.5)
    assert apply(login, (), {}, 0.25)[0].spent_seconds == 1.75


def test_a_later_claim_of_the_same_name_replaces_the_earlier_in_its_token_only() -> None:
    login = login_after(
        ClaimSet("id_token", CLAIM, 1),
        ClaimSet("access_token", CLAIM, 2),
        ClaimSet("id_token", CLAIM, 3),
    )
    assert login.id_claims == {CLAIM: 3}
    assert login.access_claims == {CLAIM: 2}
    assert START.id_claims == {}


def test_a_refused_or_undefined_call_after_an_accepted_one_leaves_it() -> None:
    accepted = meaning("idToken.setCustomClaim", "plan", 1, context=a_context(any_claims=True))
    login = login_after(*accepted.effects)
    refused = meaning("idToken.setCustomClaim", "plan", 2, context=a_context())
    undefined = meaning("idToken.setCustomClaim", "plan", context=a_context(any_claims=True))
    assert codes(refused.warnings) == ["claim-not-uri"]
    login = login_after(*refused.effects, *undefined.effects, tx=login)
    assert login.id_claims == {"plan": 1}


def test_the_last_call_decides_about_a_scope() -> None:
    login = login_after(
        ScopeChanged("a", granted=True),
        ScopeChanged("b", granted=True),
        ScopeChanged("a", granted=False),
        ScopeChanged("c", granted=False),
        ScopeChanged("c", granted=True),
    )
    assert login.scopes_added == ("b", "c")
    assert login.scopes_removed == ("a",)


def test_several_denials_are_warned_about_and_the_last_reason_counts() -> None:
    login, notes = after(Denied("first"), Denied("second", "session", preserve_refresh_tokens=True))
    assert codes(notes) == ["denied-twice"]
    last = login.denials[-1]
    assert (last.reason, last.how, last.action, last.line) == ("second", "session", "one", 2)
    assert last.preserve_refresh_tokens


@pytest.mark.parametrize("dropped", [AWAY, FORM, CHALLENGE, FactorAsked("enrollment", (OTP,))])
@pytest.mark.parametrize("first", [True, False])
def test_a_denial_wins_over_redirect_form_and_challenge_of_the_same_action(
    dropped: Effect, *, first: bool
) -> None:
    effects = (Denied("no"), dropped) if first else (dropped, Denied("no"))
    login, notes = after(*effects)
    assert [denial.reason for denial in login.denials] == ["no"]
    assert (login.leaving, login.factor_steps, login.breakage) == (None, (), None)
    assert codes(notes) == ["denied-and-left"]
    assert (notes[0].action, notes[0].line) == ("one", 2 if first else 1)


@pytest.mark.parametrize(
    "forbidden",
    [
        (FORM, AWAY),
        (CHALLENGE,) * 5,
        (LoginBroken("The fields of a form must not be larger than 24 kB."),),
    ],
)
def test_a_denial_wins_over_what_the_action_must_not_leave_by(
    forbidden: tuple[Effect, ...],
) -> None:
    for effects in ((*forbidden, Denied("no")), (Denied("no"), *forbidden)):
        login, _ = after(*effects)
        assert login.breakage is None
        assert [denial.reason for denial in login.denials] == ["no"]
        assert (login.leaving, login.factor_steps) == (None, ())


def test_a_user_sent_away_twice_goes_where_the_last_call_says() -> None:
    login, notes = after(AWAY, UserSentAway("https://y.com/"))
    assert login.leaving == Leaving("redirect", "one", 2, url="https://y.com/")
    assert codes(notes) == ["redirect-twice"]


def test_redirects_in_several_actions_are_allowed_with_a_warning() -> None:
    first = login_after(AWAY)
    away_again, notes = after(AWAY, tx=replace(first, leaving=None))
    assert away_again.leaving is not None
    assert codes(notes) == ["redirected-again"]
    assert away_again.redirects == 2
    assert login_after(FORM, tx=replace(first, leaving=None)).leaving is not None
    assert after(AWAY, Denied("no"), tx=replace(first, leaving=None))[0].redirects == 1


def test_a_form_is_shown_with_its_fields_and_variables() -> None:
    login = login_after(FormRendered("ap_2", {"a": 1}, {"b": 2}))
    assert login.leaving == Leaving("form", "one", 1, "", "ap_2", {"a": 1}, {"b": 2})


def test_a_second_form_in_one_action_fails_the_login() -> None:
    login, notes = after(FORM, FormRendered("ap_2"))
    assert login.breakage == Breakage("An action must not ask for two forms.", "one", 2)
    assert codes(notes) == []


@pytest.mark.parametrize("effects", [(AWAY, FORM), (FORM, AWAY)])
def test_a_redirect_and_a_form_in_one_action_fail_the_login(effects: tuple[Effect, ...]) -> None:
    login = login_after(*effects)
    assert login.breakage == Breakage(
        "An action must not ask for a form and a redirect together.", "one", 2
    )


def test_a_challenge_and_a_redirect_in_one_action_are_both_kept_with_a_warning() -> None:
    login, notes = after(AWAY, CHALLENGE)
    assert login.leaving is not None
    assert login.factor_steps == (FactorStep("challenge", (OTP,), "one", 2),)
    assert codes(notes) == ["challenge-before-leaving"]


def test_several_challenges_of_one_action_are_kept_in_call_order() -> None:
    login = login_after(CHALLENGE, FactorAsked("enrollment", ({"type": "phone"},)))
    assert [step.kind for step in login.factor_steps] == ["challenge", "enrollment"]
    assert [step.line for step in login.factor_steps] == [1, 2]
    assert login.mfa_commands == 2


def test_the_fifth_challenge_or_enrolment_of_a_login_fails_it() -> None:
    four = login_after(*[CHALLENGE] * 2, *[FactorAsked("enrollment", (OTP,))] * 2)
    assert four.breakage is None
    done = LoginTransaction(id=four.id, user_id=four.user_id, mfa_commands=four.mfa_commands)
    five = login_after(CHALLENGE, CHALLENGE, tx=done)
    assert five.breakage is not None
    assert "More than 4" in five.breakage.message
    assert five.breakage.line == 1


@pytest.mark.parametrize(
    ("effect", "overrides"), [(CHALLENGE, True), (FactorAsked("enrollment", (OTP,)), False)]
)
def test_a_challenge_overrides_owed_mfa_and_an_enrolment_does_not(
    effect: Effect, *, overrides: bool
) -> None:
    assert login_after(MfaEnabled("any"), effect).asked_challenge is overrides
    assert login_after(tx=login_after(effect)).asked_challenge is overrides


def test_the_last_call_decides_about_owed_mfa() -> None:
    login = login_after(MfaEnabled("any"), MfaEnabled("duo", {"allowRememberBrowser": True}))
    assert login.multifactor == Multifactor("duo", {"allowRememberBrowser": True})
    none = login_after(MfaEnabled("none"), tx=login).multifactor
    assert none is not None
    assert none.provider == "none"


def test_a_metadata_key_remembers_what_was_stored_when_it_was_first_set() -> None:
    profile: JsonObject = {"user_metadata": {"colour": "teal"}, "app_metadata": "odd"}
    login = login_after(
        MetadataSet(USER, "colour", "red"),
        MetadataSet("app_metadata", "plan", {"a": 1}),
        MetadataSet(USER, "new", None),
        profile=profile,
    )
    later: JsonObject = {"user_metadata": {"colour": "blue"}}
    again = login_after(MetadataSet(USER, "colour", "green"), tx=login, profile=later)
    assert login.pending == (
        PendingKey(USER, "colour", "red", "teal"),
        PendingKey("app_metadata", "plan", {"a": 1}, None),
        PendingKey(USER, "new", None, None),
    )
    assert again.pending[-1] == PendingKey(USER, "colour", "green", "teal")
    assert len(again.pending) == 3


def test_undefined_takes_an_earlier_call_back() -> None:
    login = login_after(MetadataSet(USER, "colour", "red"), MetadataSet(USER, "size", "L"))
    taken = login_after(
        MetadataTakenBack(USER, "colour"), MetadataTakenBack(USER, "never set"), tx=login
    )
    assert [key.key for key in taken.pending] == ["size"]
    other_kind = login_after(MetadataTakenBack("app_metadata", "colour"), tx=login)
    assert other_kind.pending == login.pending


def test_null_asks_to_remove_a_key() -> None:
    login = login_after(MetadataSet(USER, "colour", None), profile={USER: {"colour": "teal"}})
    assert login.pending == (PendingKey(USER, "colour", None, "teal"),)


def test_more_than_32_kilobytes_of_one_kind_fail_the_login() -> None:
    half = "v" * (16 * 1024 - 8)
    fits = login_after(
        MetadataSet(USER, "a", half),
        MetadataSet(USER, "b", half),
        MetadataSet("app_metadata", "c", half),
    )
    assert fits.breakage is None
    over = login_after(MetadataSet(USER, "c", "one more"), tx=fits)
    assert over.breakage == Breakage("The login sets more than 32 kB of user_metadata.", "one", 1)
    replaced = login_after(MetadataSet(USER, "a", "small"), MetadataSet(USER, "c", "x"), tx=fits)
    assert replaced.breakage is None


@pytest.mark.parametrize("kind", ["user_metadata", "app_metadata"])
def test_a_login_sets_exactly_32_kilobytes_of_metadata_and_not_one_more(kind: MetadataKind) -> None:
    around = len(b'{"a":"","b":1}')
    whole = "v" * (32 * 1024 - around)
    assert login_after(MetadataSet(kind, "a", whole), MetadataSet(kind, "b", 1)).breakage is None
    over = login_after(MetadataSet(kind, "a", whole + "v"), MetadataSet(kind, "b", 1))
    message = f"The login sets more than 32 kB of {kind}."
    assert over.breakage == Breakage(message, "one", 2)


def test_metadata_set_in_the_action_that_changes_the_primary_user_are_lost() -> None:
    earlier = login_after(
        MetadataSet(USER, "colour", "red"), MetadataSet(USER, "transient", "secret")
    )
    login, notes = after(
        MetadataSet(USER, "colour", "green"),
        PrimaryUserSet("auth0|0002"),
        MetadataSet("app_metadata", "plan", "v" * 40_000),
        MetadataTakenBack(USER, "transient"),
        tx=earlier,
    )
    assert login.primary_asked == "auth0|0002"
    assert [(key.key, key.value) for key in login.pending] == [("colour", "red")]
    assert login.breakage is None
    assert codes(notes) == ["metadata-lost"]
    assert notes[0].line == 1


def test_changing_the_primary_user_alone_loses_nothing() -> None:
    earlier = login_after(MetadataSet(USER, "colour", "red"))
    assert login_after(PrimaryUserSet("auth0|0002"), tx=earlier).pending == earlier.pending


def test_recorded_methods_follow_those_of_earlier_actions() -> None:
    earlier = login_after(MethodRecorded("https://a.example.com", "2026-11-23T10:00:00.000Z"))
    login = login_after(
        MethodRecorded("https://b.example.com", "2026-11-23T10:00:01.000Z"), tx=earlier
    )
    assert login.methods == (
        {"name": "https://a.example.com", "timestamp": "2026-11-23T10:00:00.000Z"},
        {"name": "https://b.example.com", "timestamp": "2026-11-23T10:00:01.000Z"},
    )


def test_transaction_metadata_are_set_and_removed() -> None:
    login = login_after(TransactionMetadataSet("a", 1), TransactionMetadataSet("b", False))
    assert login.metadata == {"a": 1, "b": False}
    assert login_after(TransactionMetadataSet("a", None), tx=login).metadata == {"b": False}


def test_session_and_refresh_token_are_changed_each_for_itself() -> None:
    login = login_after(
        HolderMetadataSet("session", "a", "1"),
        HolderMetadataSet("refresh_token", "b", "2"),
        ExpiryShortened("session", idle=False, at_ms=5),
        ExpiryShortened("refresh_token", idle=True, at_ms=6),
        CookieModeSet("persistent"),
        CookieModeSet("non-persistent"),
    )
    assert (login.session.metadata, login.refresh_token.metadata) == ({"a": "1"}, {"b": "2"})
    assert (login.session.expires_at_ms, login.refresh_token.idle_expires_at_ms) == (5, 6)
    assert login.session.cookie_mode == "non-persistent"
    assert login_after(HolderMetadataEvicted("session"), tx=login).session.metadata == {}


def test_session_metadata_against_the_rules_fail_the_login_with_the_platforms_text() -> None:
    login = login_after(HolderMetadataSet("session", "a key", "v"))
    assert login.breakage == Breakage(
        "Failed to set session metadata: Invalid metadata: Metadata keys may only include "
        "letters, numbers, underscores, or hyphens",
        "one",
        1,
    )


def test_saml_settings_are_kept_and_attributes_by_their_name() -> None:
    login = login_after(
        SamlSet("audience", "urn:a"),
        SamlSet("attribute", "x", "a"),
        SamlSet("attribute", ["y"], "b"),
        SamlSet("attribute", None, "a"),
        SamlSet("audience", "urn:b"),
    )
    assert login.saml == {"audience": "urn:b", "attributes": {"b": ["y"]}}


@pytest.mark.parametrize(
    ("count", "value", "fits"),
    [(100, "v", True), (101, "v", False), (5, "v" * 2030, True), (6, "v" * 2030, False)],
)
def test_more_than_100_attributes_or_10_kilobytes_are_ignored_with_a_warning(
    count: int, value: str, *, fits: bool
) -> None:
    effects = [SamlSet("attribute", value, f"a{number}") for number in range(count)]
    login, notes = after(*effects)
    attributes = login.saml["attributes"]
    assert isinstance(attributes, dict)
    assert len(attributes) == (count if fits else count - 1)
    assert codes(notes) == ([] if fits else ["argument-ignored"])


def test_saml_attributes_have_exactly_10_kilobytes() -> None:
    whole = "v" * (10 * 1024 - len(b'{"a":""}'))
    assert login_after(SamlSet("attribute", whole, "a")).saml == {"attributes": {"a": whole}}
    login, notes = after(SamlSet("attribute", whole + "v", "a"))
    assert "attributes" not in login.saml
    assert codes(notes) == ["argument-ignored"]


def test_of_several_breakages_the_first_is_told() -> None:
    login = login_after(
        HolderMetadataSet("session", "a key", "v"),
        LoginBroken("The fields of a form must not be larger than 24 kB."),
        AWAY,
        FORM,
    )
    assert login.breakage is not None
    assert login.breakage.message.startswith("Failed to set session metadata")


def test_data_that_cannot_be_kept_fails_a_denied_login_too() -> None:
    login, _ = after(MetadataSet(USER, "a", "v" * 40_000), Denied("no"))
    assert login.breakage is not None


@pytest.mark.parametrize(
    ("value", "metadata"), [(1, {"a": 1, "b": 2}), (None, {"b": 2}), (False, {"a": False, "b": 2})]
)
def test_a_key_is_set_or_removed_without_touching_the_original(
    value: JsonValue, metadata: JsonObject
) -> None:
    before: JsonObject = {"a": 0, "b": 2}
    assert with_key(before, "a", value) == metadata
    assert before == {"a": 0, "b": 2}
