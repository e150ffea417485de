"""The cookie that binds a suspended login to its browser."""

from __future__ import annotations

import hashlib
import re
from http.cookies import SimpleCookie

from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.login.cookies import browser_cookie, browser_cookie_name


def test_each_suspension_has_a_cookie_of_its_own_named_by_its_states_digest() -> None:
    digest = hashlib.sha256(b"a-state").hexdigest()
    assert browser_cookie_name("a-state") == f"__Host-lw-{digest[:8]}"
    assert browser_cookie_name("a-state") != browser_cookie_name("another-state")


def test_the_cookie_comes_back_from_another_site_over_tls_only_and_no_script_reads_it() -> None:
    sent = browser_cookie("a-state", "k" * 43, max_age=60)
    (morsel,) = SimpleCookie(sent).values()
    assert (morsel.key, morsel.value) == (browser_cookie_name("a-state"), "k" * 43)
    assert morsel["secure"]
    assert morsel["httponly"]
    assert (morsel["samesite"], morsel["path"], morsel["max-age"]) == ("None", "/", "60")
    assert morsel["domain"] == ""


def test_the_cookie_lives_as_long_as_a_suspension_by_default() -> None:
    assert "Max-Age=3600;" in browser_cookie("a-state", "k" * 43)


@given(st.text(), st.text(alphabet="abcXYZ019-_", min_size=1))
def test_no_state_breaks_out_of_the_cookies_name(state: str, key: str) -> None:
    assert re.fullmatch(r"__Host-lw-[0-9a-f]{8}", browser_cookie_name(state))
    assert browser_cookie(state, key).count(";") == 5
