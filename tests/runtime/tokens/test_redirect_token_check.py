"""The token that came back: accepted, or refused in the platform's own words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey

from forged_tokens import NOW, SECRET, STATE, USER_ID, forge, honest_claims
from loginwright_runtime.api.call import UNDEFINED, ErrorReply
from loginwright_runtime.tokens.redirect_tokens import (
    EncodedRedirectToken,
    RedirectTokenReport,
    check_redirect_token,
    encode_redirect_token,
)

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonValue

ROWS = ["found", "signature", "state", "claims", "type", "sub", "time"]


def check(
    token: str | None, *, secret: JsonValue = SECRET, now: float = NOW
) -> RedirectTokenReport:
    return check_redirect_token(
        token=token,
        parameter="session_token",
        secret=secret,
        state=STATE,
        user_id=USER_ID,
        now=now,
    )


def refusal(report: RedirectTokenReport) -> str:
    assert report.payload is None
    assert report.error is not None
    assert report.error.name == "Error"
    return report.error.message


def failed_rows(report: RedirectTokenReport) -> list[str]:
    return [row.check for row in report.checks if not row.passed]


def test_a_correct_reply_gives_the_whole_payload_and_seven_ticks() -> None:
    report = check(forge(honest_claims()))
    assert report.error is None
    assert report.payload == honest_claims()
    assert [row.check for row in report.checks] == ROWS
    assert all(row.passed and row.reached for row in report.checks)


def test_a_reply_signed_by_an_independent_library_is_accepted() -> None:
    key = OctKey.import_key(SECRET)
    token = jwt.encode({"alg": "HS256"}, honest_claims(), key, algorithms=["HS256"])
    assert check(token).payload == honest_claims()


@pytest.mark.parametrize("token", [None, ""])
def test_no_parameter_is_said_without_the_prefix(token: str | None) -> None:
    report = check_redirect_token(
        token=token, parameter="reply", secret=SECRET, state=STATE, user_id=USER_ID, now=NOW
    )
    assert refusal(report) == (
        "There is no parameter called 'reply' available in either the POST body or query string."
    )
    assert failed_rows(report) == ROWS
    assert [row.reached for row in report.checks] == [True] + [False] * 6


@pytest.mark.parametrize(
    ("row", "token", "message"),
    [
        ("signature", forge(honest_claims(), secret="another"), "Failed signature validation"),
        (
            "state",
            forge(honest_claims(state="another")),
            "State in the token does not match the /continue state.",
        ),
        ("claims", forge(honest_claims(iss=None)), "Missing or invalid standard claims"),
        (
            "type",
            forge(honest_claims(), header={"alg": "HS256", "typ": "at+jwt"}),
            "Unexpected token payload type",
        ),
        ("sub", forge(honest_claims(sub="other")), "The sub claim does not match the user_id."),
        ("time", forge(honest_claims(exp=NOW)), "Token has expired."),
    ],
)
def test_each_refusal_uses_the_platforms_own_words(row: str, token: str, message: str) -> None:
    report = check(token)
    assert refusal(report) == f"The session token is invalid: {message}"
    assert failed_rows(report) == [row]


def test_the_first_row_that_fails_names_the_reason() -> None:
    everything_wrong = forge(
        honest_claims(state="x", iss=None, sub="x", exp=1), header={"alg": "HS256"}, secret="x"
    )
    assert "Failed signature" in refusal(check(everything_wrong))
    unsigned_for_another_state = forge(honest_claims(state="x", iss=None, sub="x", exp=1))
    assert "does not match the /continue state" in refusal(check(unsigned_for_another_state))


def test_rows_after_the_first_failure_are_judged_but_not_reached() -> None:
    report = check(forge(honest_claims(state="another", exp=NOW - 1)))
    outcome = {row.check: (row.passed, row.reached) for row in report.checks}
    assert outcome == {
        "found": (True, True),
        "signature": (True, True),
        "state": (False, True),
        "claims": (True, False),
        "type": (True, False),
        "sub": (True, False),
        "time": (False, False),
    }


def test_the_token_that_was_sent_out_cannot_be_echoed_because_it_has_no_state() -> None:
    sent = encode_redirect_token(
        secret=SECRET, payload={}, hostname="h", user_id=USER_ID, ip="127.0.0.1", now=NOW
    )
    assert isinstance(sent, EncodedRedirectToken)
    report = check(sent.token)
    assert refusal(report) == (
        "The session token is invalid: State in the token does not match the /continue state."
    )
    assert failed_rows(report) == ["state"]
    assert report.checks[2].got == "no state"


def test_the_rows_show_what_was_expected_and_what_came() -> None:
    report = check(forge(honest_claims(state="another", sub="auth0|0002", exp=NOW - 60)))
    shown = {row.check: (row.expected, row.got) for row in report.checks}
    assert shown["state"] == (STATE, "another")
    assert shown["sub"] == (USER_ID, "auth0|0002")
    assert shown["time"] == ("exp after 2026-11-23T10:00:00Z", "2026-11-23T09:59:00Z")
    assert shown["claims"] == ("sub, iss, exp, iat", "sub, iss, exp, iat")


def test_a_clock_between_two_seconds_is_shown_to_the_millisecond() -> None:
    report = check(forge(honest_claims()), now=NOW + 0.123456)
    (time,) = [row for row in report.checks if row.check == "time"]
    assert time.expected == "exp after 2026-11-23T10:00:00.123Z"


@pytest.mark.parametrize("claim", ["sub", "iss", "exp", "iat"])
@pytest.mark.parametrize("value", [None, ""])
def test_each_standard_claim_must_be_there(claim: str, value: str | None) -> None:
    report = check(forge(honest_claims(**{claim: value})))
    assert refusal(report) == "The session token is invalid: Missing or invalid standard claims"
    assert report.checks[3].got == f"no {claim}"


def test_a_claim_that_is_null_is_missing() -> None:
    report = check(forge({**honest_claims(), "iat": None}))
    assert refusal(report) == "The session token is invalid: Missing or invalid standard claims"


@pytest.mark.parametrize(
    "extra",
    [
        {"aud": "somebody else"},
        {"nbf": NOW + 3600},
        {"jti": 7},
        {"iat": NOW + 3600},
        {"iat": "yesterday"},
        {"iss": ["any", "value"]},
    ],
)
def test_what_the_platform_does_not_judge_is_not_judged(extra: dict[str, object]) -> None:
    assert check(forge(honest_claims(**extra))).error is None


@pytest.mark.parametrize("typ", ["JWT", "jwt", "Jwt"])
def test_the_type_is_compared_without_case(typ: str) -> None:
    assert check(forge(honest_claims(), header={"alg": "HS256", "typ": typ})).error is None


@pytest.mark.parametrize("header", [{"alg": "HS256"}, {"alg": "HS256", "typ": ["JWT"]}])
def test_a_type_that_is_absent_or_no_text_is_refused(header: dict[str, object]) -> None:
    report = check(forge(honest_claims(), header=header))
    assert refusal(report) == "The session token is invalid: Unexpected token payload type"


@pytest.mark.parametrize(
    ("exp", "passes"), [(NOW - 0.001, False), (NOW, False), (NOW + 0.001, True)]
)
def test_expiry_has_no_leeway(exp: float, passes: bool) -> None:
    assert (check(forge(honest_claims(exp=exp))).error is None) is passes


def test_a_state_that_is_no_text_does_not_match() -> None:
    report = check(forge(honest_claims(state=[STATE])))
    assert failed_rows(report) == ["state"]
    assert report.checks[2].got == json.dumps([STATE])


def test_an_empty_state_matches_nothing() -> None:
    report = check_redirect_token(
        token=forge(honest_claims(state="")),
        parameter="session_token",
        secret=SECRET,
        state="",
        user_id=USER_ID,
        now=NOW,
    )
    assert failed_rows(report) == ["state"]


@pytest.mark.parametrize("secret", [None, UNDEFINED, ""])
def test_without_a_secret_nothing_is_judged_and_a_type_error_is_thrown(secret: JsonValue) -> None:
    report = check(forge(honest_claims()), secret=secret)
    assert report.error is not None
    assert report.error.name == "TypeError"
    assert report.error.message.startswith("api.redirect.validateToken: secret must ")
    assert (report.payload, report.checks, report.short_secret) == (None, (), False)


@pytest.mark.parametrize(("secret", "short"), [("k" * 31, True), ("k" * 32, False)])
def test_a_short_secret_still_verifies_and_is_reported(secret: str, short: bool) -> None:
    report = check(forge(honest_claims(), secret=secret), secret=secret)
    assert report.error is None
    assert report.short_secret is short


def test_long_values_are_shown_shortened() -> None:
    report = check(forge(honest_claims(sub="x" * 5000)))
    assert len(report.checks[5].got) == 256


def test_neither_payload_nor_rows_stand_in_a_repr() -> None:
    report = check(forge(honest_claims(email="ada@example.com")))
    assert "ada@example.com" not in repr(report)
    assert STATE not in repr(report)


def test_the_error_never_quotes_token_or_secret() -> None:
    token = forge(honest_claims(), secret="another")
    report = check(token)
    assert isinstance(report.error, ErrorReply)
    shown = " ".join(f"{row.expected} {row.got}" for row in report.checks)
    for hidden in (token, token.split(".")[2], SECRET):
        assert hidden not in report.error.message
        assert hidden not in shown


@given(st.binary(max_size=200) | st.text().map(str.encode))
def test_no_bytes_make_the_check_raise_or_accept(garbage: bytes) -> None:
    report = check(garbage.decode("latin-1"))
    assert report.error is not None
    assert len(report.checks) == 7


@given(st.integers(0, 10_000), st.sampled_from("ABCxyz019-_."))
def test_one_changed_character_anywhere_refuses_the_token(position: int, character: str) -> None:
    token = forge(honest_claims())
    index = position % len(token)
    changed = token[:index] + character + token[index + 1 :]
    assert (check(changed).error is None) is (changed == token)


@given(
    st.dictionaries(
        st.sampled_from(["state", "sub", "iss", "iat", "exp", "aud"]),
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    )
)
def test_accepted_means_every_rule_holds(changes: dict[str, object]) -> None:
    claims = {**honest_claims(), **changes}
    if check(forge(claims)).error is None:
        assert claims["state"] == STATE
        assert claims["sub"] == USER_ID
        assert all(claims[name] not in (None, "") for name in ("iss", "iat"))
        exp = claims["exp"]
        assert isinstance(exp, int | float)
        assert not isinstance(exp, bool)
        assert exp > NOW
