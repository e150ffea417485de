"""The host of a URL as a browser reads it, held against Node's own URL parser."""

from __future__ import annotations

import json
import random
import re
import subprocess
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.hosts.node_command import find_node
from loginwright_runtime.transaction.claims import FORBIDDEN_HOSTS, refusal
from loginwright_runtime.transaction.url_host import Authority, folded, read_authority
from spelled_names import LETTERS

READ_ALL = """
const names = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const read = (name) => { try { return new URL(name).hostname; } catch { return null; } };
process.stdout.write(JSON.stringify(names.map(read)));
"""
PIECES = [
    *"abAZ09-_.@:/\\?# %[]\t\n\u00ad\u200b\u200d\u3002\uff0e\uff61\uff0f\u00fc\u00df\u0130\u03a3",
    "auth0",
    "webtask",
    ".com",
    ".io",
    "example",
    "%61",
    "%2e",
    "%C3%BC",
    "%EF%BD%81",
    "%zz",
    "xn--",
    "127.0.0.1",
    "[::1]",
    "0x7f",
    ":443",
    "\U0001d41a",
    "\U0001f130",
    "\u2126",
    "\u1e9e",
    "\ufb01",
]


def browser_hosts(names: list[str]) -> list[str | None]:
    """Return what Node's URL parser takes for the host of each name; None where it throws."""
    node = find_node()
    assert node is not None
    run = subprocess.run(
        [node, "-e", READ_ALL],
        input=json.dumps(names),
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    hosts: list[str | None] = json.loads(run.stdout)
    return hosts


def authorities() -> list[str]:
    """Return many odd authorities, the same ones every time."""
    chance = random.Random(20_261_123)
    mixed = ["".join(chance.choices(PIECES, k=chance.randint(1, 7))) for _ in range(6000)]
    hosts = [*FORBIDDEN_HOSTS, "example.com"]
    spelled = [
        "".join(
            chance.choice(LETTERS)(char) if char != "." else chance.choice(".\u3002\uff0e\uff61")
            for char in chance.choice(hosts)
        )
        for _ in range(3000)
    ]
    return mixed + spelled


@cache
def read_by_a_browser() -> dict[str, str | None]:
    """Return name → host for ``https://`` and each odd authority."""
    names = [f"https://{authority}" for authority in authorities()]
    return dict(zip(names, browser_hosts(names), strict=True))


def test_the_browser_opens_enough_of_the_names_to_learn_from() -> None:
    opened = [host for host in read_by_a_browser().values() if host is not None]
    assert len(opened) > 3000
    assert len([host for host in opened if is_forbidden(host)]) > 500


def is_forbidden(host: str) -> bool:
    """Tell whether a host as the browser gives it is one of the forbidden ones."""
    return f".{host.rstrip('.')}".endswith(tuple(f".{one}" for one in FORBIDDEN_HOSTS))


def test_no_claim_is_accepted_whose_host_a_browser_finds_forbidden() -> None:
    accepted = [
        name
        for name, host in read_by_a_browser().items()
        if host is not None and is_forbidden(host) and refusal(name, "any") is None
    ]
    assert accepted == []


def test_no_other_host_is_read_than_a_browser_reads() -> None:
    different: list[tuple[str, str, str]] = []
    for name, host in read_by_a_browser().items():
        authority = re.sub(r"[\t\n\r]", "", name).removeprefix("https://").lstrip("/\\")
        ours = read_authority(re.split(r"[/\\?#]", authority, maxsplit=1)[0])
        if ours is not None and host is not None and ours.host != host.strip("[]"):
            different.append((name, ours.host, host))
    assert different == []


def test_every_character_in_a_host_is_read_as_a_browser_reads_it() -> None:
    characters = [chr(code) for code in (*range(0x80, 0xD800), *range(0xE000, 0x10000))]
    hosts = browser_hosts([f"https://a{char}b.example" for char in characters])
    assert len([host for host in hosts if host is not None]) > 40_000
    different = [
        char
        for char, host in zip(characters, hosts, strict=True)
        if host is not None and host != _host(f"a{char}b.example") is not None
    ]
    assert different == []


def _host(text: str) -> str | None:
    authority = read_authority(text)
    return None if authority is None else authority.host


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("example.com", Authority("example.com")),
        ("Example.COM.", Authority("example.com.")),
        ("example.com:443", Authority("example.com", 443)),
        ("example.com:", Authority("example.com")),
        ("ada@example.com", Authority("example.com", user_info=True)),
        ("@example.com", Authority("example.com", user_info=True)),
        ("ada:p@w@example.com:1", Authority("example.com", 1, user_info=True)),
        ("[::1]", Authority("::1")),
        ("[0:0:0:0:0:0:0:1]:80", Authority("::1", 80)),
        ("127.0.0.1", Authority("127.0.0.1")),
        ("m\u00fcnchen.example", Authority("xn--mnchen-3ya.example")),
        ("stra\u00dfe.example", Authority("xn--strae-oqa.example")),
        ("\u039f\u0394\u039f\u03a3.example", Authority("xn--pxavbq.example")),
        ("EXAMPLE\u3002com", Authority("example.com")),
        ("exam%70le.com", Authority("example.com")),
        ("1and1.example", Authority("1and1.example")),
        ("xn--mnchen-3ya.example", Authority("xn--mnchen-3ya.example")),
    ],
)
def test_a_host_is_read_as_a_browser_reads_it(text: str, authority: Authority) -> None:
    assert read_authority(text) == authority


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":443",
        "@",
        "exa mple.com",
        "example.com:65536",
        "example.com:x",
        "a:b:c",
        "::1",
        "[::1",
        "[::1]x",
        "[::g]",
        "[1.2.3.4]",
        "1.2.3",
        "01.2.3.4",
        "0x7f.0.0.1",
        "2130706433",
        "example.1",
        "exa%00mple.com",
        "exa\u200dmple.com",
        "exa\ue000mple.com",
        "\ud800.example",
        "{host}.example",
    ],
)
def test_a_host_that_a_browser_would_refuse_or_rewrite_is_none(text: str) -> None:
    assert read_authority(text) is None


@given(st.text())
def test_a_host_is_always_plain_ascii_in_lower_case(text: str) -> None:
    authority = read_authority(text)
    if authority is not None:
        assert re.fullmatch(r"[!-~]+", authority.host)
        assert authority.host == authority.host.lower()
        assert not set(authority.host) & set("/\\?#@[]<>^|%")


@given(st.text())
def test_a_folded_text_stays_as_it_is(text: str) -> None:
    plain = text.replace("%", "")
    assert folded(folded(plain)) == folded(plain)
