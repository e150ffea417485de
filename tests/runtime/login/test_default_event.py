from __future__ import annotations

import re
from ipaddress import ip_address, ip_network

from login_bench import member
from loginwright_runtime.login.default_event import default_event
from loginwright_runtime.simulation import Scenario, simulated_login
from source_tree import ROOT


def test_every_copy_is_fresh_and_the_same() -> None:
    one, other = default_event(), default_event()
    assert one == other
    user = one["user"]
    assert isinstance(user, dict)
    user["email"] = "changed@example.com"
    assert member(default_event(), "user", "email") == "ada@example.com"


def test_it_is_the_login_of_the_documentation() -> None:
    event = default_event()
    assert member(event, "user", "user_id") == "auth0|0001"
    assert member(event, "user", "email_verified") is True
    assert member(event, "client", "name") == "My SPA"
    assert member(event, "request", "hostname") == "login.example.com"
    assert member(event, "request", "geoip", "continentCode") == "EU"
    assert member(event, "authorization") == {"roles": []}
    assert member(event, "transaction", "requested_scopes") == ["openid", "profile", "email"]


def test_addresses_belong_to_nobody() -> None:
    address = member(default_event(), "request", "ip")
    assert ip_address(str(address)) in ip_network("203.0.113.0/24")
    hosts = set(re.findall(r"https://([^/\"]+)", str(default_event())))
    assert all(host.endswith("example.com") for host in hosts)


def test_it_holds_no_secret_and_nothing_the_engine_decides() -> None:
    event = default_event()
    assert "secrets" not in event
    transaction = event["transaction"]
    assert isinstance(transaction, dict)
    assert "id" not in transaction


def test_the_engine_takes_it_whole() -> None:
    login = simulated_login(Scenario(name="Default"))
    assert login.profile == default_event()["user"]
    assert login.request.token.sid == "session-0001"
    assert login.request.token.nonce == "application-nonce-0001"
    assert login.request.token.auth_time == 1_795_427_970


def test_the_documentation_shows_it_as_it_is() -> None:
    import json

    text = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
    shown = re.search(r"<!-- default event -->\n```json\n(.*?)```", text, re.DOTALL)
    assert shown is not None
    assert json.loads(shown.group(1)) == default_event()
