"""What each call of the api comes to: effects, warnings, or an error inside the action."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api_calls import UNDEFINED, a_context, codes, effect, meaning
from loginwright_runtime.transaction.claims import RESTRICTED_CLAIMS
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
    PrimaryUserSet,
    SamlSet,
    ScopeChanged,
    TransactionMetadataSet,
    UserSentAway,
)
from loginwright_runtime.transaction.effects_of_call import Meaning, iso_time

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

CLAIM = "https://my-app.example.com/roles"
FACTOR: JsonObject = {"type": "otp"}


@pytest.mark.parametrize(
    ("method", "args", "asked"),
    [
        ("access.deny", ["no"], Denied("no")),
        ("access.deny", [], Denied("")),
        ("access.deny", [None], Denied("")),
        ("validation.error", ["code-1", "no"], Denied("no", "validation", "code-1")),
        ("session.revoke", ["no"], Denied("no", "session")),
        (
            "session.revoke",
            ["no", {"preserveRefreshTokens": True}],
            Denied("no", "session", preserve_refresh_tokens=True),
        ),
        ("session.revoke", ["no", {"preserveRefreshTokens": None}], Denied("no", "session")),
        ("idToken.setCustomClaim", [CLAIM, ["a"]], ClaimSet("id_token", CLAIM, ["a"])),
        ("accessToken.setCustomClaim", [CLAIM, None], ClaimSet("access_token", CLAIM, None)),
        ("accessToken.addScope", ["read:a"], ScopeChanged("read:a", granted=True)),
        ("accessToken.removeScope", ["read:a"], ScopeChanged("read:a", granted=False)),
        (
            "user.setUserMetadata",
            ["colour", "teal"],
            MetadataSet("user_metadata", "colour", "teal"),
        ),
        ("user.setAppMetadata", ["plan", None], MetadataSet("app_metadata", "plan", None)),
        ("user.setAppMetadata", ["plan"], MetadataTakenBack("app_metadata", "plan")),
        ("multifactor.enable", ["any"], MfaEnabled("any")),
        ("multifactor.enable", ["none"], MfaEnabled("none")),
        (
            "multifactor.enable",
            ["duo", {"allowRememberBrowser": True, "providerOptions": UNDEFINED}],
            MfaEnabled("duo", {"allowRememberBrowser": True}),
        ),
        ("authentication.challengeWith", [FACTOR], FactorAsked("challenge", (FACTOR,))),
        ("authentication.challengeWithAny", [[FACTOR]], FactorAsked("challenge", (FACTOR,))),
        ("authentication.enrollWith", [FACTOR], FactorAsked("enrollment", (FACTOR,))),
        ("authentication.enrollWithAny", [[FACTOR]], FactorAsked("enrollment", (FACTOR,))),
        ("authentication.setPrimaryUser", ["auth0|2"], PrimaryUserSet("auth0|2")),
        ("prompt.render", ["ap_1"], FormRendered("ap_1")),
        (
            "prompt.render",
            ["ap_1", {"fields": {"a": 1}, "vars": {"b": 2}}],
            FormRendered("ap_1", {"a": 1}, {"b": 2}),
        ),
        (
            "redirect.sendUserTo",
            ["https://x.com", {"query": {"a": "b", "c": "d"}}],
            UserSentAway("https://x.com/?a=b&c=d"),
        ),
        ("session.setExpiresAt", [1000.9], ExpiryShortened("session", idle=False, at_ms=1000)),
        ("session.setIdleExpiresAt", [1], ExpiryShortened("session", idle=True, at_ms=1)),
        ("refreshToken.setExpiresAt", [1], ExpiryShortened("refresh_token", idle=False, at_ms=1)),
        (
            "refreshToken.setIdleExpiresAt",
            [1],
            ExpiryShortened("refresh_token", idle=True, at_ms=1),
        ),
        ("session.setMetadata", ["k", "v"], HolderMetadataSet("session", "k", "v")),
        ("session.setMetadata", ["k", None], HolderMetadataSet("session", "k", None)),
        ("session.deleteMetadata", ["k"], HolderMetadataSet("session", "k", None)),
        ("session.evictMetadata", [], HolderMetadataEvicted("session")),
        ("refreshToken.setMetadata", ["k", "v"], HolderMetadataSet("refresh_token", "k", "v")),
        ("refreshToken.deleteMetadata", ["k"], HolderMetadataSet("refresh_token", "k", None)),
        ("refreshToken.evictMetadata", [], HolderMetadataEvicted("refresh_token")),
        ("session.setCookieMode", ["non-persistent"], CookieModeSet("non-persistent")),
        ("transaction.setMetadata", ["k", 1.5], TransactionMetadataSet("k", 1.5)),
        ("transaction.setMetadata", ["k"], TransactionMetadataSet("k", None)),
        ("samlResponse.setAudience", ["urn:a"], SamlSet("audience", "urn:a")),
        ("samlResponse.setAttribute", ["a", [1]], SamlSet("attribute", [1], "a")),
        ("samlResponse.setAttribute", ["a"], SamlSet("attribute", None, "a")),
    ],
)
def test_a_usable_call_asks_for_one_thing(
    method: str, args: list[JsonValue], asked: Effect
) -> None:
    assert effect(method, *args) == asked


@pytest.mark.parametrize(
    "method",
    ["cache.get", "cache.set", "redirect.encodeToken", "redirect.canRedirect", "rules.wasExecuted"],
)
def test_what_only_asks_changes_nothing(method: str) -> None:
    assert meaning(method, "k", "v") == Meaning()


def test_an_undefined_claim_is_left_out() -> None:
    assert meaning("idToken.setCustomClaim", CLAIM) == Meaning()
    assert meaning("idToken.setCustomClaim", CLAIM, UNDEFINED) == Meaning()


@pytest.mark.parametrize("token", ["idToken", "accessToken"])
def test_plain_claim_names_are_left_out_with_uri_and_accepted_with_any(token: str) -> None:
    method = f"{token}.setCustomClaim"
    assert codes(meaning(method, "plan", "gold")) == ["claim-not-uri"]
    assert meaning(method, "plan", "gold").effects == ()
    assert isinstance(effect(method, "plan", "gold", context=a_context(any_claims=True)), ClaimSet)


@pytest.mark.parametrize("any_claims", [False, True])
@pytest.mark.parametrize("token", ["idToken", "accessToken"])
@pytest.mark.parametrize("name", sorted(RESTRICTED_CLAIMS))
def test_a_restricted_name_is_left_out_of_both_tokens_in_both_modes(
    name: str, token: str, *, any_claims: bool
) -> None:
    context = a_context(any_claims=any_claims)
    found = meaning(f"{token}.setCustomClaim", name, ["admin"], context=context)
    assert (found.effects, found.error, codes(found)) == ((), None, ["claim-restricted"])


@pytest.mark.parametrize("any_claims", [False, True])
@pytest.mark.parametrize("token", ["idToken", "accessToken"])
def test_a_forbidden_namespace_is_left_out_of_both_tokens_in_both_modes(
    token: str, *, any_claims: bool
) -> None:
    context = a_context(any_claims=any_claims)
    for name in ("https://eu.auth0.com/x", "https://webtask.run/x", "urn:auth0:x"):
        found = meaning(f"{token}.setCustomClaim", name, 1, context=context)
        assert (found.effects, codes(found)) == ((), ["claim-namespace"])


@pytest.mark.parametrize("method", ["accessToken.addScope", "accessToken.removeScope"])
@pytest.mark.parametrize("scope", [" read:a", "read:a\n", "\t read:a\u00a0"])
def test_white_space_around_a_scope_is_dropped(method: str, scope: str) -> None:
    found = meaning(method, scope)
    assert (found.error, found.warnings) == (None, ())
    assert found.effects == (ScopeChanged("read:a", granted=method == "accessToken.addScope"),)


@pytest.mark.parametrize("method", ["accessToken.addScope", "accessToken.removeScope"])
@pytest.mark.parametrize("scope", ["", " ", "a b", "a\tb", "a\u00a0b", 7, None, UNDEFINED, ["a"]])
def test_an_odd_scope_throws_a_type_error(method: str, scope: JsonValue) -> None:
    found = meaning(method, scope)
    assert found.error is not None
    assert (found.error.name, found.effects) == ("TypeError", ())


@pytest.mark.parametrize("reason", [{"headers": {"Authorization": "x"}}, ["no"], 42, True])
@pytest.mark.parametrize(
    ("method", "before"),
    [
        ("access.deny", []),
        ("session.revoke", []),
        ("refreshToken.revoke", []),
        ("validation.error", ["code-1"]),
    ],
)
def test_a_denial_stands_without_a_reason_that_is_no_text(
    method: str, before: list[JsonValue], reason: JsonValue
) -> None:
    found = meaning(method, *before, reason, context=a_context(refresh_exchange=True))
    (denied,) = found.effects
    assert isinstance(denied, Denied)
    assert denied.reason == ""
    assert codes(found) == ["argument-ignored"]
    assert "must be a string" in found.warnings[0][1]


@pytest.mark.parametrize(
    ("method", "options", "stays"),
    [
        ("session.revoke", {"preserveRefreshTokens": "yes"}, Denied("no", "session")),
        ("multifactor.enable", {"allowRememberBrowser": "yes"}, MfaEnabled("any")),
        ("multifactor.enable", {"providerOptions": "host"}, MfaEnabled("any")),
        ("multifactor.enable", {"remember": True}, MfaEnabled("any")),
    ],
)
def test_an_odd_option_is_left_out_of_what_stands(
    method: str, options: JsonObject, stays: Effect
) -> None:
    found = meaning(method, "no" if method == "session.revoke" else "any", options)
    assert found.effects == (stays,)
    assert codes(found) == ["argument-ignored"]


def test_more_arguments_than_a_method_takes_are_ignored_with_a_warning() -> None:
    found = meaning("access.deny", "suspicious_tls_fingerprint", "Your browser is odd.")
    assert found.effects == (Denied("suspicious_tls_fingerprint"),)
    assert codes(found) == ["extra-arguments"]
    assert "access.deny takes 1 argument;" in found.warnings[0][1]
    saml = meaning("samlResponse.setAttribute", "a", "b", "c")
    assert codes(saml) == ["extra-arguments"]
    assert "takes 2 arguments;" in saml.warnings[0][1]


@pytest.mark.parametrize(
    ("method", "args"),
    [
        ("user.setUserMetadata", [7, "v"]),
        ("session.setExpiresAt", ["soon"]),
        ("session.setCookieMode", ["ephemeral"]),
        ("samlResponse.setSignResponse", ["yes"]),
        ("prompt.render", [7]),
    ],
)
def test_any_other_odd_argument_leaves_the_call_ignored_with_a_warning(
    method: str, args: list[JsonValue]
) -> None:
    found = meaning(method, *args)
    assert (found.effects, found.error, codes(found)) == ((), None, ["argument-ignored"])
    assert method in found.warnings[0][1]


@pytest.mark.parametrize(
    ("method", "args", "asked"),
    [
        ("multifactor.enable", ["any", "options"], MfaEnabled("any")),
        ("session.revoke", ["no", True], Denied("no", "session")),
        ("authentication.challengeWith", [FACTOR, 7], FactorAsked("challenge", (FACTOR,))),
        ("authentication.enrollWith", [FACTOR, []], FactorAsked("enrollment", (FACTOR,))),
        ("prompt.render", ["ap_1", "fields"], FormRendered("ap_1")),
        ("redirect.sendUserTo", ["https://x.com", "a=b"], UserSentAway("https://x.com/")),
    ],
)
def test_odd_options_never_undo_what_was_asked_for(
    method: str, args: list[JsonValue], asked: Effect
) -> None:
    found = meaning(method, *args)
    assert found.effects == (asked,)
    assert codes(found) == ["argument-ignored"]


def test_a_forgotten_query_wrapper_is_warned_about() -> None:
    found = meaning("redirect.sendUserTo", "https://x.com", {"session_token": "t"})
    assert found.effects == (UserSentAway("https://x.com/"),)
    assert found.warnings == (
        (
            "argument-ignored",
            "redirect.sendUserTo knows no option 'session_token'; it was ignored.",
        ),
    )


@pytest.mark.parametrize("query", ["a=b", 7, [["a", "b"]]])
def test_a_query_that_is_no_object_is_left_out(query: JsonValue) -> None:
    found = meaning("redirect.sendUserTo", "https://x.com", {"query": query})
    assert found.effects == (UserSentAway("https://x.com/"),)
    assert codes(found) == ["argument-ignored"]


def test_a_query_entry_that_is_no_text_goes_out_as_javascript_writes_it() -> None:
    query: JsonObject = {
        "a": {"b": 1},
        "c": ["x", 1, None, [True, UNDEFINED]],
        "d": 2,
        "e": None,
        "f": UNDEFINED,
    }
    found = meaning("redirect.sendUserTo", "https://x.com", {"query": query})
    sent = "a=%5Bobject+Object%5D&c=x%2C1%2C%2Ctrue%2C&d=2&e=null&f=undefined"
    assert found.effects == (UserSentAway(f"https://x.com/?{sent}"),)
    note = "query 'a', 'c', 'f' is no text and went out as JavaScript writes it."
    assert found.warnings == (("query-not-text", f"redirect.sendUserTo: {note}"),)


def test_an_entry_of_the_query_follows_those_of_the_url_also_of_its_name() -> None:
    query: JsonObject = {"lang": "de", "t": "1"}
    url = "https://x.com/?l%61ng=en&b=2&lang=fr"
    found = meaning("redirect.sendUserTo", url, {"query": query})
    assert (found.effects, found.warnings) == (
        (UserSentAway("https://x.com/?l%61ng=en&b=2&lang=fr&lang=de&t=1"),),
        (),
    )


@pytest.mark.parametrize(
    ("url", "name"),
    [("nowhere", "TypeError"), ("javascript:alert(1)", "TypeError"), (7, "TypeError")],
)
def test_a_target_that_is_no_url_throws(url: JsonValue, name: str) -> None:
    found = meaning("redirect.sendUserTo", url)
    assert found.error is not None
    assert (found.error.name, found.effects) == (name, ())


def test_an_own_state_and_plain_http_are_warned_about() -> None:
    found = meaning("redirect.sendUserTo", "http://x.com/?state=mine")
    assert found.effects == (UserSentAway("http://x.com/"),)
    assert codes(found) == ["state-replaced", "insecure-redirect"]


def test_a_redirect_to_a_host_outside_the_options_throws() -> None:
    context = a_context(redirect_hosts=frozenset({"x.com"}))
    assert meaning("redirect.sendUserTo", "https://x.com", context=context).error is None
    assert meaning("redirect.sendUserTo", "https://y.com", context=context).error is not None


@pytest.mark.parametrize(
    ("method", "holder"),
    [("session.setMetadata", "session"), ("refreshToken.setMetadata", "refresh token")],
)
@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (["k", 5], "value must be a string"),
        (["k", True], "value must be a string"),
        (["k", {"a": "b"}], "value must be a string"),
        (["k"], "value must be a string"),
        ([5, "v"], "key must be a string"),
        ([], "key must be a string"),
    ],
)
def test_metadata_of_a_session_or_refresh_token_that_are_no_text_fail_the_login(
    method: str, holder: str, args: list[JsonValue], reason: str
) -> None:
    found = meaning(method, *args)
    words = f"Failed to set {holder} metadata: Invalid metadata: Metadata {reason}"
    assert (found.effects, found.warnings) == ((LoginBroken(words),), ())


@pytest.mark.parametrize("provider", ["Any", "sms", "", None, UNDEFINED, 7, True])
def test_an_unknown_provider_still_owes_mfa(provider: JsonValue) -> None:
    found = meaning("multifactor.enable", provider)
    assert found.effects == (MfaEnabled("any"),)
    assert codes(found) == ["argument-ignored"]


def test_a_challenge_that_names_no_usable_factor_is_asked_for_all_the_same() -> None:
    found = meaning("authentication.challengeWithAny", [{"type": "carrier-pigeon"}])
    assert found.effects == (FactorAsked("challenge", ()),)
    assert codes(found) == ["argument-ignored"]
    assert "fail" in found.warnings[0][1]


def test_an_unknown_factor_among_others_is_left_out_with_a_warning() -> None:
    found = meaning("authentication.challengeWithAny", [{"type": "carrier-pigeon"}, FACTOR])
    assert found.effects == (FactorAsked("challenge", (FACTOR,)),)
    assert codes(found) == ["argument-ignored"]


def test_a_custom_method_is_recorded_in_the_continuing_handler_only() -> None:
    outside = meaning("authentication.recordMethod", "https://mfa.example.com")
    assert outside.error is not None
    assert "onContinuePostLogin" in outside.error.message
    recorded = effect(
        "authentication.recordMethod",
        "https://mfa.example.com",
        context=a_context(continuing=True),
    )
    assert recorded == MethodRecorded("https://mfa.example.com", "2026-11-23T10:00:00.000Z")


@pytest.mark.parametrize(
    "url", ["mfa", "urn:mfa", "https://", "https://u@x.com", 7, None, UNDEFINED]
)
def test_a_custom_method_that_is_no_http_url_is_ignored(url: JsonValue) -> None:
    found = meaning("authentication.recordMethod", url, context=a_context(continuing=True))
    assert (found.effects, found.error, codes(found)) == ((), None, ["argument-ignored"])


def test_the_primary_user_can_be_set_once() -> None:
    again = meaning(
        "authentication.setPrimaryUser", "auth0|2", context=a_context(primary_user_set=True)
    )
    assert again.error is not None
    assert again.error.message == (
        "`authentication.setPrimaryUser` can only be set once per transaction"
    )


@pytest.mark.parametrize("user_id", ["", "u" * 129, 7, None, UNDEFINED])
def test_an_odd_primary_user_is_ignored(user_id: JsonValue) -> None:
    found = meaning("authentication.setPrimaryUser", user_id)
    assert (found.effects, found.error, codes(found)) == ((), None, ["argument-ignored"])
    assert meaning("authentication.setPrimaryUser", "u" * 128).effects != ()


def test_a_refresh_token_is_revoked_in_an_exchange_only() -> None:
    outside = meaning("refreshToken.revoke", "no")
    assert (outside.effects, codes(outside)) == ((), ["not-available"])
    inside = effect("refreshToken.revoke", "no", context=a_context(refresh_exchange=True))
    assert inside == Denied("no", "refresh_token")


@pytest.mark.parametrize(
    ("at_ms", "kept"), [(-5, 0), (0, 0), (-1e300, 0), (253_402_300_799_999, 253_402_300_799_999)]
)
def test_a_time_that_has_passed_ends_the_session_at_once(at_ms: float, kept: int) -> None:
    asked = effect("session.setExpiresAt", at_ms)
    assert asked == ExpiryShortened("session", idle=False, at_ms=kept)


@pytest.mark.parametrize("at_ms", [253_402_300_800_000, 2**63, 1e300])
def test_a_time_beyond_the_calendar_shortens_nothing(at_ms: float) -> None:
    found = meaning("session.setExpiresAt", at_ms)
    assert (found.effects, codes(found)) == ((), ["argument-ignored"])


def test_transaction_metadata_over_a_limit_throw_and_name_the_limit() -> None:
    found = meaning("transaction.setMetadata", "k" * 65, 1)
    assert found.error is not None
    assert (found.error.name, found.effects) == ("Error", ())
    assert "64 characters" in found.error.message
    full = a_context(transaction_metadata={"a": "v" * 8000, "b": "v" * 8000})
    assert meaning("transaction.setMetadata", "c", "v" * 500, context=full).error is not None


def test_a_transaction_metadata_key_that_is_no_text_throws() -> None:
    found = meaning("transaction.setMetadata", 7, 1)
    assert found.error is not None
    assert found.error.name == "TypeError"


def test_a_transaction_metadata_value_nested_too_deeply_throws_and_removes_nothing() -> None:
    deep: JsonValue = "core"
    for _ in range(300):
        deep = [deep]
    found = meaning("transaction.setMetadata", "k", deep)
    assert found.error is not None
    assert found.effects == ()


@pytest.mark.parametrize("method", ["user.setUserMetadata", "user.setAppMetadata"])
def test_an_invalid_metadata_key_is_ignored_with_a_warning(method: str) -> None:
    assert codes(meaning(method, "a.b", 1)) == ["metadata-key-ignored"]
    assert meaning(method, "$set", 1).effects == ()


def test_a_form_over_24_kilobytes_breaks_the_login() -> None:
    fits: JsonObject = {"a": "v" * (24 * 1024 - 8)}
    assert isinstance(effect("prompt.render", "ap_1", {"fields": fits}), FormRendered)
    over: JsonObject = {"a": "v" * (24 * 1024 - 7)}
    broken = effect("prompt.render", "ap_1", {"fields": over})
    assert isinstance(broken, LoginBroken)
    assert "24 kB" in broken.message


def test_odd_members_of_a_form_are_left_out_with_a_warning() -> None:
    found = meaning("prompt.render", "ap_1", {"fields": "a=b", "vars": [1]})
    assert found.effects == (FormRendered("ap_1"),)
    assert codes(found) == ["argument-ignored", "argument-ignored"]


@pytest.mark.parametrize(
    ("now", "text"),
    [
        (0, "1970-01-01T00:00:00.000Z"),
        (1_795_428_000.25, "2026-11-23T10:00:00.250Z"),
        (1_795_428_000.9999, "2026-11-23T10:00:00.999Z"),
    ],
)
def test_times_are_written_as_javascript_writes_them(now: float, text: str) -> None:
    assert iso_time(now) == text
