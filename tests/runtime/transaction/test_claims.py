"""Which custom claims a token may carry, and every way somebody might try to spell another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loginwright_runtime.transaction.claims import (
    PROFILE_CLAIMS,
    RESTRICTED_CLAIMS,
    ClaimMode,
    refusal,
)
from spelled_names import spelled_urls, spelled_urns

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

MODES: tuple[ClaimMode, ...] = ("uri", "any")
REFERENCE_NAMES = re.findall(
    r"\S+",
    """
    acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id
    cnf cty dest entitlements events exp groups gty htm htu iat internalService iss jcard jku jti
    jwe jwk kid may_act mky nbf nonce object_id org_id org_name orig origid permissions roles rph
    s_hash sid sip_callid sip_cseq_num sip_date sip_from_tag sip_via_branch sub sub_jwk toe txn typ
    uuid vot vtm x5t#S256
    """,
)
"""Reference §4.3, as it stands there."""

names: SearchStrategy[str] = st.one_of(
    st.text(),
    st.sampled_from(REFERENCE_NAMES),
    st.text().map(lambda rest: f"https://{rest}"),
    st.text().map(lambda rest: f"urn:{rest}"),
    st.text(alphabet="htps:/\\.@%#?[] \tauth0.comurn-A", min_size=1),
)


def code(name: str, mode: ClaimMode) -> str | None:
    """Return why a name is refused in a mode, or None."""
    refused = refusal(name, mode)
    return None if refused is None else refused.code


def test_the_restricted_names_are_those_of_the_reference() -> None:
    assert len(REFERENCE_NAMES) == 60
    assert frozenset(REFERENCE_NAMES) == RESTRICTED_CLAIMS


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", REFERENCE_NAMES)
def test_a_restricted_name_is_refused_in_both_modes(name: str, mode: ClaimMode) -> None:
    assert code(name, mode) == "claim-restricted"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "name",
    [
        "https://auth0.com",
        "https://auth0.com/roles",
        "http://webtask.io/roles",
        "https://webtask.run/roles",
        "https://eu.auth0.com/roles",
        "https://a.b.webtask.run/",
        "HTTPS://AUTH0.COM/roles",
        "https://auth0.com./roles",
        "https://auth0.com../roles",
        "https://auth0.com:8443/roles",
        "https://auth0.com:port/roles",
        "https://ada:pw@auth0.com/roles",
        "https://example.com@auth0.com/roles",
        "https:\\\\auth0.com\\roles",
        "https:/\\auth0.com",
        "https:auth0.com",
        "https:////auth0.com",
        " https://auth0.com/roles",
        "\x00https://auth0.com/roles",
        "ht\ntps://au\tth0.com/roles",
        "https://%61uth0.com/roles",
        "https://auth0%2ecom/roles",
        "https://auth0%E3%80%82com/roles",
        "https://%EF%BD%81uth0.com/roles",
        "https://\uff41uth0.com/roles",
        "https://auth0\u3002com/roles",
        "https://auth0\uff0ecom/roles",
        "https://auth0\uff61com/roles",
        "https://au\u00adth0.com/roles",
        "https://\U0001f130uth0.com/roles",
        "https://\U0001d41auth0.com/roles",
        "https://" + "a" * 64 + ".\uff41uth0.com/roles",
        "https://.auth0.com/roles",
        "https://auth0.com?roles",
        "https://auth0.com#roles",
        "ftp://auth0.com/roles",
        "wss://auth0.com/roles",
        "urn:auth0:roles",
        "URN:Auth0:roles",
        "urn:auth0",
        "urn:auth0:",
        " urn:auth0:roles",
        "urn:%61uth0:roles",
        "urn:\uff41uth0:roles",
        "urn\uff1aauth0\uff1aroles",
        "urn:auth0/roles",
    ],
)
def test_a_forbidden_namespace_is_refused_however_it_is_spelled(name: str, mode: ClaimMode) -> None:
    assert refusal(name, mode) is not None


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "name",
    [
        "https://my-app.example.com/roles",
        "http://my-app.example.com/roles",
        "HTTPS://My-App.example.com/roles",
        "https://my-app.example.com:8443/roles?x#y",
        "https://notauth0.com/roles",
        "https://auth0.com.example.com/roles",
        "https://auth0.community/roles",
        "https://example.com/auth0.com",
        "https://example.com?https://auth0.com",
        "https://auth0.com@example.com/roles",
        "https://m\u00fcnchen.example/roles",
        "https://[::1]/roles",
        "https://127.0.0.1/roles",
        "https://example.com/\u2026",
        "urn:my-app:roles",
        "URN:my-app:roles",
        "urn:auth0-like:roles",
    ],
)
def test_a_name_of_ones_own_is_accepted_in_both_modes(name: str, mode: ClaimMode) -> None:
    assert refusal(name, mode) is None


@pytest.mark.parametrize(
    "name",
    [
        "plain",
        "my-app:roles",
        "example.com/roles",
        "//example.com/roles",
        "ftp://example.com/roles",
        "mailto:ada@example.com",
        "urn:",
        "urn:a",
        "urn:a:b",
        "urn:-app:roles",
        "urn:my-app:",
        "urn:my-app:two words",
        " https://example.com/roles",
        "https://example.com/two words",
        "https:example.com/roles",
        "",
        *sorted(PROFILE_CLAIMS),
    ],
)
def test_plain_names_are_left_out_by_the_uri_rule_and_accepted_with_any(name: str) -> None:
    refused = refusal(name, "uri")
    assert refused is not None
    assert refused.code == "claim-not-uri"
    assert "custom_claims" in refused.message
    assert refusal(name, "any") is None


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "name",
    [
        "https:",
        "https://",
        "https:///",
        "https://exa mple.com/roles",
        "https://exa%25mple.com/roles",
        "https://exa\u200dmple.com/roles",
        "https://auth0.com\uff0froles",
        "https://example.com:99999/roles",
        "https://example.com:x/roles",
        "https://[auth0.com]/roles",
        "https://[::1/roles",
        "https://[::1%25lo]/roles",
        "https://1.2.3.4.5/roles",
        "https://0x7f.1/roles",
        "https://\ud800.example.com/roles",
    ],
)
def test_a_url_whose_host_cannot_be_read_is_refused_in_both_modes(
    name: str, mode: ClaimMode
) -> None:
    assert code(name, mode) == "claim-not-uri"


def test_a_long_name_is_judged_as_a_short_one() -> None:
    rest = "a" * 300
    assert refusal(f"https://example.com/{rest}", "uri") is None
    assert code(f"https://auth0.com/{rest}", "any") == "claim-namespace"
    assert code(rest, "uri") == "claim-not-uri"


def test_a_warning_names_the_setting_only_where_it_would_help() -> None:
    refused = [refusal(name, "uri") for name in ("sub", "urn:auth0:x", "https://x y/", "plain")]
    assert [one is not None and "custom_claims" in one.message for one in refused] == [
        False,
        False,
        False,
        True,
    ]


@given(spelled_urls(), st.sampled_from(MODES))
def test_no_spelling_of_a_forbidden_host_is_ever_accepted(name: str, mode: ClaimMode) -> None:
    assert refusal(name, mode) is not None


@given(spelled_urns(), st.sampled_from(MODES))
def test_no_spelling_of_the_forbidden_urn_is_ever_accepted(name: str, mode: ClaimMode) -> None:
    assert refusal(name, mode) is not None


@given(names)
@example("https://example.com/\n")
@example("urn:x:\n")
def test_the_uri_rule_accepts_nothing_but_http_urls_and_urns(name: str) -> None:
    if refusal(name, "uri") is None:
        assert re.match(r"(?i)https?://[^\s/?#\\]+|urn:[a-z0-9][a-z0-9-]*[a-z0-9]:[^\s]+", name)
        assert not re.search(r"[\s\x00-\x1f]", name)


@given(names)
def test_what_the_uri_rule_accepts_any_accepts_too(name: str) -> None:
    if refusal(name, "uri") is None:
        assert refusal(name, "any") is None


@given(names, st.sampled_from(MODES))
def test_a_refusal_says_which_claim_and_ends_its_sentence(name: str, mode: ClaimMode) -> None:
    refused = refusal(name, mode)
    if refused is not None:
        assert repr(name) in refused.message
        assert refused.message.endswith(".")
