"""The server of docs/examples, driven by a browser's cookie jar, with real workers."""

from __future__ import annotations

import importlib.util
import secrets
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

import loginwright_runtime as lw
from loginwright_runtime.flow.new import create_flow

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "login_server.py"
SECRET = secrets.token_urlsafe(32)
ISSUER = "https://login.example.com/"


def example() -> ModuleType:
    spec = importlib.util.spec_from_file_location("login_server_example", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A browser with its own cookies in front of a fresh server."""
    code = ROOT / "resources/samples/customer-login/actions/ask-favourite-colour.js"
    flow = create_flow(
        tmp_path / "flow",
        name="Ask",
        code_files=[code],
        secrets=lambda _language, _code: ("MY_SHARED_SECRET",),
    )
    signer = lw.KeySigner(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    async with (
        lw.SqliteStore(tmp_path / "store" / "logins.db") as store,
        lw.FlowEngine(
            flow,
            users=lw.MemoryUserStore([{"user_id": "auth0|0001", "user_metadata": {}}]),
            suspensions=store.suspensions,
            secrets=lw.MappingSecrets({"MY_SHARED_SECRET": SECRET}),
            signer=signer,
            hostnames={"login.example.com"},
            store_keys=[secrets.token_bytes(32)],
            options=lw.EngineOptions(issuer=ISSUER),
        ) as engine,
    ):
        app = example().login_server(engine, signer, lambda _request: "auth0|0001")
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(
            transport=transport, base_url="https://login.example.com"
        ) as client:
            yield client


def reply(url: str) -> dict[str, str]:
    """What the other site sends back for the redirect it got."""
    sent = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
    before = jwt.decode(sent["session_token"], SECRET, algorithms=["HS256"])
    claims = {name: before[name] for name in ("iss", "sub", "iat", "exp")}
    answer = {**claims, "state": sent["state"], "favorite_color": "teal"}
    return {"state": sent["state"], "session_token": jwt.encode(answer, SECRET, "HS256")}


async def test_a_browser_is_sent_away_comes_back_and_gets_tokens(
    browser: httpx.AsyncClient,
) -> None:
    away = await browser.get("/login")
    assert away.status_code == 303
    assert away.headers["location"].startswith("https://my-app.example.com/?session_token=")
    cookie = away.headers["set-cookie"]
    assert cookie.startswith("__Host-lw-")
    assert "Secure; HttpOnly; SameSite=None" in cookie

    done = await browser.post("/continue", data=reply(away.headers["location"]))
    assert done.status_code == 200
    keys = jwt.PyJWKSet.from_dict((await browser.get("/jwks")).json())
    token = done.json()["tokens"]["id_token"]
    key = keys[jwt.get_unverified_header(token)["kid"]]
    claims = jwt.decode(token, key, algorithms=["RS256"], audience="spa", issuer=ISSUER)
    assert claims["sub"] == "auth0|0001"


async def test_another_browser_cannot_finish_the_login_and_the_first_still_can(
    browser: httpx.AsyncClient,
) -> None:
    away = await browser.get("/login")
    answer = reply(away.headers["location"])
    own_cookies = dict(browser.cookies)
    browser.cookies.clear()

    stolen = await browser.post("/continue", data=answer)
    assert (stolen.status_code, stolen.json()["error"]) == (400, "invalid_request")

    for name, value in own_cookies.items():
        browser.cookies.set(name, value, domain="login.example.com", path="/")
    assert (await browser.post("/continue", data=answer)).status_code == 200
    assert (await browser.post("/continue", data=answer)).status_code == 400


@pytest.mark.parametrize("path", ["/login", "/continue?state=" + 43 * "A"])
async def test_a_request_that_cannot_be_used_is_a_bad_request(
    browser: httpx.AsyncClient, path: str
) -> None:
    foreign = await browser.get(path, headers={"host": "evil.example.com"})
    assert foreign.status_code == 400
    odd = await browser.post("/continue", content=b"state=\xff\xfe&session_token=\x00")
    assert odd.status_code == 400


async def test_the_example_fits_on_a_screen() -> None:
    assert len(EXAMPLE.read_text(encoding="utf-8").splitlines()) <= 60
