"""Where a redirect may lead, and what its URL looks like when it goes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loginwright_runtime.transaction.redirect_target import (
    MAX_URL_BYTES,
    RedirectTarget,
    TargetRefused,
    redirect_target,
    with_state,
)

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

scalars: st.SearchStrategy[JsonValue] = st.one_of(
    st.text(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.none()
)
queries = st.dictionaries(st.one_of(st.text(), st.sampled_from(["state", "a"])), scalars)
odd_urls = st.one_of(
    st.text(),
    st.builds(
        "".join,
        st.tuples(
            st.sampled_from(["https://", "HTTP://", "http:", "javascript:", "data:", "//", " "]),
            st.text(alphabet="ab.@:/\\?#=&%[]\u00fc \t\n+state", max_size=30),
            st.sampled_from(["", "?state=1", "?a=%FF&state=1&&b", "#state=1", "?st%61te=1"]),
        ),
    ),
)


def target(
    url: str, query: JsonObject | None = None, hosts: frozenset[str] | None = None
) -> RedirectTarget:
    """Return the target of a redirect that is not refused."""
    found = redirect_target(url, query or {}, hosts)
    assert isinstance(found, RedirectTarget), found
    return found


def pairs(url: str) -> list[tuple[str, str]]:
    """Return the entries of a URL's query."""
    return parse_qsl(urlsplit(url).query, keep_blank_values=True)


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://x.com", "https://x.com/"),
        ("HTTPS://X.com/Path", "https://x.com/Path"),
        ("https://x.com:443/", "https://x.com/"),
        ("http://localhost:80", "http://localhost/"),
        ("https://x.com:8443?a=1", "https://x.com:8443/?a=1"),
        ("https://x.com/?", "https://x.com/"),
        ("https://x.com/a b?c=d e#f g", "https://x.com/a%20b?c=d%20e#f%20g"),
        ("  https://x.com/  ", "https://x.com/"),
        ("https://x.com/a%2Fb?c=%20+%zz", "https://x.com/a%2Fb?c=%20+%zz"),
        ("https://x.com/\u00fc?\u00fc=\u00fc", "https://x.com/%C3%BC?%C3%BC=%C3%BC"),
        ("https://x.com/?filter[a]=1&&b", "https://x.com/?filter[a]=1&&b"),
        ('https://x.com/"<>?"<>', "https://x.com/%22%3C%3E?%22%3C%3E"),
        ("https://x.com\\", None),
        ("https://x.com/a\\b?c=\\", "https://x.com/a/b?c=%5C"),
        ("https://m\u00fcnchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://[0:0::1]:8443/", "https://[::1]:8443/"),
        ("https://x.com/#", "https://x.com/"),
        ("https://x.com/#/route?a", "https://x.com/#/route?a"),
    ],
)
def test_a_url_is_normalised_before_it_goes_out(url: str, sent: str | None) -> None:
    found = redirect_target(url, {})
    assert (found.url if isinstance(found, RedirectTarget) else None) == sent


def test_entries_are_appended_to_the_query_that_is_there() -> None:
    query: JsonObject = {"session_token": "a.b+c", "n": 1, "yes": True, "no": False, "nil": None}
    found = target("https://my-app.example.com/colour?lang=en#top", query)
    assert found.url == (
        "https://my-app.example.com/colour?lang=en&session_token=a.b%2Bc&n=1&yes=true&no=false"
        "&nil=null#top"
    )


@pytest.mark.parametrize(
    ("url", "query", "sent"),
    [
        ("https://x.com/?state=mine&a=%FF&b=+", {}, "https://x.com/?a=%FF&b=+"),
        ("https://x.com/?a=1&st%61te=mine", {}, "https://x.com/?a=1"),
        ("https://x.com/?state", {}, "https://x.com/"),
        ("https://x.com/?a=1", {"state": "mine"}, "https://x.com/?a=1"),
        ("https://x.com/?state=1&state=2", {"state": "3", "b": "2"}, "https://x.com/?b=2"),
    ],
)
def test_an_own_state_is_dropped_and_nothing_else_changes(
    url: str, query: JsonObject, sent: str
) -> None:
    found = target(url, query)
    assert found.replaced_state
    assert found.url == sent


def test_names_that_only_look_like_state_stay() -> None:
    found = target("https://x.com/?State=1&state2=2&estate=3#state=4")
    assert not found.replaced_state
    assert found.url == "https://x.com/?State=1&state2=2&estate=3#state=4"


@pytest.mark.parametrize(
    ("url", "insecure"),
    [
        ("https://x.com", False),
        ("http://x.com", True),
        ("http://192.168.0.1", True),
        ("http://localhost.example.com", True),
        ("http://localhost:3000/colour", False),
        ("http://LOCALHOST", False),
        ("http://app.localhost", False),
        ("http://127.0.0.1:8080", False),
        ("http://127.8.8.8", False),
        ("http://[::1]:8080", False),
        ("http://[::2]", True),
    ],
)
def test_plain_http_is_noted_unless_it_stays_on_this_machine(url: str, *, insecure: bool) -> None:
    assert target(url).insecure is insecure


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/colour",
        "//x.com/",
        "x.com",
        "https:x.com",
        "https:/x.com",
        "https://",
        "https:///path",
        "https://?a",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,hi",
        "ftp://x.com/",
        "file:///etc/passwd",
        "https://ada@x.com/",
        "https://ada:pw@x.com/",
        "https://@x.com/",
        "https://x.com\\@y.com/",
        "https://x.com\uff20y.com/",
        "https://x.com/\n",
        "https://x.com/\r\nSet-Cookie: a=b",
        "https://x.com/\x00",
        "https://x.com/\x7f",
        "\thttps://x.com/",
        "https://x y.com/",
        "https://x.com:port/",
        "https://x.com:99999/",
        "https://[::1/",
        "https://x.com/\ud800",
        "https://2130706433/",
    ],
)
def test_a_target_that_no_login_may_lead_to_is_refused(url: str) -> None:
    refused = redirect_target(url, {})
    assert isinstance(refused, TargetRefused)
    assert refused.message.startswith("Invalid URL: ")
    assert refused.message.endswith(".")


def test_a_url_of_eight_kilobytes_fits_and_one_byte_more_does_not() -> None:
    start = "https://x.com/"
    longest = start + "a" * (MAX_URL_BYTES - len(start))
    assert target(longest).url == longest
    assert isinstance(redirect_target(f"{longest}a", {}), TargetRefused)
    assert isinstance(redirect_target(longest[:-3], {"ab": "1"}), TargetRefused)
    assert isinstance(redirect_target(start + "\u00fc" * (MAX_URL_BYTES // 4), {}), TargetRefused)


def test_only_the_hosts_of_the_options_may_be_led_to_where_they_are_named() -> None:
    hosts = frozenset({"My-App.example.com", "::1", "m\u00fcnchen.example"})
    assert (
        target("https://xn--mnchen-3ya.example/", hosts=hosts).host
        in target("https://M\u00dcNCHEN.example", hosts=hosts).url
    )
    assert target("https://MY-APP.example.com:8443/", hosts=hosts).host == "my-app.example.com"
    assert target("https://[::1]/", hosts=hosts).host == "::1"
    for url in ("https://evil.example.com/", "https://my-app.example.com.evil.com/"):
        refused = redirect_target(url, {}, hosts)
        assert isinstance(refused, TargetRefused)
        assert "redirect_hosts" in refused.message
    assert isinstance(redirect_target("https://x.com", {}, frozenset()), TargetRefused)


@given(odd_urls, queries)
@example("https://x.com/?a=\u0085", {})
def test_no_text_leads_anywhere_but_to_a_plain_http_url(url: str, query: JsonObject) -> None:
    found = redirect_target(url, query)
    if isinstance(found, TargetRefused):
        return
    parts = urlsplit(found.url)
    assert parts.scheme in ("http", "https")
    assert parts.hostname == found.host
    assert "@" not in parts.netloc
    assert re.fullmatch(r"[!-~]+", found.url)
    assert "\\" not in found.url
    assert len(found.url) <= MAX_URL_BYTES


@given(odd_urls, queries, st.text())
def test_one_state_goes_out_and_every_other_entry_stays(
    url: str, query: JsonObject, state: str
) -> None:
    found = redirect_target(url, query)
    if isinstance(found, TargetRefused):
        return
    own = url.strip(" ").partition("#")[0].partition("?")[2]
    before = [*parse_qsl(own, keep_blank_values=True)]
    kept = [pair for pair in before if pair[0] != "state"]
    sent = pairs(with_state(found.url, state))
    assert sent[: len(kept)] == kept
    assert [pair for pair in sent if pair[0] == "state"] == [("state", state)]
    assert sent[-1] == ("state", state)
    assert [key for key, _ in sent[len(kept) : -1]] == [key for key in query if key != "state"]
    assert found.replaced_state == (len(kept) != len(before) or "state" in query)
    assert urlsplit(with_state(found.url, state)).fragment == urlsplit(found.url).fragment


@given(odd_urls)
def test_a_target_that_went_out_once_would_go_out_the_same_again(url: str) -> None:
    found = redirect_target(url, {})
    if isinstance(found, RedirectTarget):
        assert target(found.url).url == found.url


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://x.com/", "https://x.com/?state=s-1_"),
        ("https://x.com/?a=1", "https://x.com/?a=1&state=s-1_"),
        ("https://x.com/?a=1#top", "https://x.com/?a=1&state=s-1_#top"),
    ],
)
def test_the_state_is_the_last_entry_of_the_query(url: str, sent: str) -> None:
    assert with_state(url, "s-1_") == sent
