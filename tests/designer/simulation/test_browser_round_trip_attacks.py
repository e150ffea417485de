"""What else comes to the listener than the browser that is waited for (security.md 31)."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx
import pytest

from loginwright_designer.simulation.continue_listener import MAX_CONNECTIONS, ContinueListener
from patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from loginwright_designer.simulation.continue_request import SiteReturn

STATE = "kept-state-0001"
FORM = "application/x-www-form-urlencoded"


class Waiting:
    """A listener that waits, and all that it was told."""

    def __init__(self, seconds: float = PATIENCE) -> None:
        self.came: list[SiteReturn] = []
        self.others = 0
        self.listener = ContinueListener(
            asyncio.get_running_loop(), STATE, self.came.append, self._on_other, seconds
        )
        self.listener.open()

    @property
    def host(self) -> str:
        return self.listener.host

    async def raw(self, data: bytes) -> bytes:
        """Send bytes, and return all that comes until the connection ends."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.listener.port)
        try:
            writer.write(data)
            return await reader.read()
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def status(self, data: bytes) -> int:
        """Send bytes, and return the status of what comes; exactly one response has to."""
        response = await self.raw(data)
        assert response.count(b"HTTP/1.1 ") == 1
        return int(response.split(b" ", 2)[1])

    def get(self, target: str = f"/continue?state={STATE}", *headers: str) -> bytes:
        return self.head(f"GET {target} HTTP/1.1", f"Host: {self.host}", *headers)

    def post(self, body: bytes, *headers: str, length: int | None = None) -> bytes:
        size = len(body) if length is None else length
        first = ("POST /continue HTTP/1.1", f"Host: {self.host}", f"Content-Type: {FORM}")
        return self.head(*first, f"Content-Length: {size}", *headers) + body

    def head(self, *lines: str) -> bytes:
        return "\r\n".join((*lines, "", "")).encode("latin-1")

    async def still_waits(self) -> bool:
        """Tell whether it took nothing until now, and takes the right answer."""
        if self.came:
            return False
        return await self.status(self.get()) == 200 and len(self.came) == 1

    def _on_other(self) -> None:
        self.others += 1


@pytest.fixture
async def waiting() -> AsyncIterator[Waiting]:
    made = Waiting()
    yield made
    await made.listener.gone()


@pytest.mark.parametrize(
    "host",
    [
        "localhost:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "evil.example.com",
        "evil.example.com:{port}",
        "[::1]:{port}",
        "127.0.0.1:{port}.evil.example.com",
        "127.1:{port}",
        "",
    ],
)
async def test_another_host_is_misdirected(waiting: Waiting, host: str) -> None:
    name = host.format(port=waiting.listener.port)
    request = waiting.head(f"GET /continue?state={STATE} HTTP/1.1", f"Host: {name}")
    assert await waiting.status(request) == 421
    assert await waiting.still_waits()


async def test_a_request_without_a_host_or_with_two_is_not_answered(waiting: Waiting) -> None:
    line = f"GET /continue?state={STATE} HTTP/1.1"
    assert await waiting.status(waiting.head(line)) == 421
    twice = waiting.head(line, f"Host: {waiting.host}", f"Host: {waiting.host}")
    assert await waiting.status(twice) == 400
    assert await waiting.still_waits()


async def test_it_listens_on_the_loopback_address_alone(waiting: Waiting) -> None:
    assert waiting.listener.address.startswith("http://127.0.0.1:")
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.2", waiting.listener.port)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get"])
async def test_other_methods_are_not_allowed(waiting: Waiting, method: str) -> None:
    response = await waiting.raw(waiting.get().replace(b"GET", method.encode(), 1))
    assert response.startswith(b"HTTP/1.1 405 ")
    assert b"Allow: GET, POST\r\n" in response
    assert await waiting.still_waits()


async def test_a_page_of_another_origin_gets_no_leave_to_ask(waiting: Waiting) -> None:
    asks = waiting.head(
        "OPTIONS /continue HTTP/1.1",
        f"Host: {waiting.host}",
        "Origin: https://evil.example.com",
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Private-Network: true",
    )
    assert b"access-control" not in (await waiting.raw(asks)).lower()
    assert await waiting.still_waits()


@pytest.mark.parametrize(
    "path", ["/", "/favicon.ico", "/Continue", "/continue/", "/x/../continue", "/%63ontinue"]
)
async def test_there_is_nothing_else(waiting: Waiting, path: str) -> None:
    assert await waiting.status(waiting.get(f"{path}?state={STATE}")) == 404
    assert await waiting.still_waits()


async def test_a_whole_address_has_to_be_its_own(waiting: Waiting) -> None:
    other = waiting.get(f"http://evil.example.com/continue?state={STATE}")
    assert await waiting.status(other) == 421
    secure = waiting.get(f"https://{waiting.host}/continue?state={STATE}")
    assert await waiting.status(secure) == 421
    assert waiting.came == []
    own = waiting.get(f"http://{waiting.host}/continue?state={STATE}")
    assert await waiting.status(own) == 200


async def test_a_body_over_64_kb_is_refused_before_it_is_read(waiting: Waiting) -> None:
    body = urlencode({"state": STATE, "x": "a" * 65_536}).encode()
    assert await waiting.status(waiting.post(body)) == 413
    announced = waiting.post(b"", length=10**11)
    _, writer = await asyncio.open_connection("127.0.0.1", waiting.listener.port)
    writer.write(announced)
    writer.close()
    assert await waiting.still_waits()


async def test_a_body_of_64_kb_is_read(waiting: Waiting) -> None:
    start = f"state={STATE}&x=".encode()
    body = start + b"a" * (64 * 1024 - len(start))
    assert await waiting.status(waiting.post(body)) == 200


async def test_a_head_over_64_kb_is_refused(waiting: Waiting) -> None:
    assert await waiting.status(waiting.get("/continue?x=" + "a" * 70_000)) == 431
    endless = b"GET /continue HTTP/1.1\r\n" + b"X: y\r\n" * 20_000
    assert await waiting.status(endless) == 431
    assert await waiting.still_waits()


async def test_a_head_that_names_two_lengths_is_refused(waiting: Waiting) -> None:
    body = f"state={STATE}".encode()
    assert await waiting.status(waiting.post(body, "Content-Length: 0")) == 400
    for length in ("-1", "+5", "5 5", "0x10", "5, 5", "\u0665"):
        request = waiting.head(
            "POST /continue HTTP/1.1", f"Host: {waiting.host}", f"Content-Type: {FORM}"
        ).removesuffix(b"\r\n")
        header = f"Content-Length: {length}\r\n\r\n".encode()
        assert await waiting.status(request + header + body) == 400
    assert await waiting.still_waits()


async def test_chunks_are_refused_with_a_length_and_without(waiting: Waiting) -> None:
    body = b"%x\r\nstate=%b\r\n0\r\n\r\n" % (len(STATE) + 6, STATE.encode())
    assert await waiting.status(waiting.post(body, "Transfer-Encoding: chunked")) == 411
    alone = waiting.head(
        "POST /continue HTTP/1.1",
        f"Host: {waiting.host}",
        f"Content-Type: {FORM}",
        "Transfer-Encoding: chunked",
    )
    assert await waiting.status(alone + body) == 411
    assert await waiting.still_waits()


@pytest.mark.parametrize(
    "request_of",
    [
        lambda w: w.get("/continue?a=b c"),
        lambda w: w.get("/continue?a=\x00b"),
        lambda w: w.get("/continue?a=\xe9"),
        lambda w: w.get("continue"),
        lambda w: w.get("*"),
        lambda w: w.get().replace(b"HTTP/1.1", b"HTTP/2.0"),
        lambda w: w.get().replace(b"HTTP/1.1", b"HTTP/1.1 x"),
        lambda w: w.get().replace(b" HTTP/1.1", b""),
        lambda w: w.get(f"/continue?state={STATE}", "No-Colon"),
        lambda w: w.get(f"/continue?state={STATE}", "Space : x"),
        lambda w: w.get(f"/continue?state={STATE}", " Folded: x"),
        lambda w: w.get(f"/continue?state={STATE}", "X: a\rSet-Cookie: b"),
        lambda w: w.get(f"/continue?state={STATE}", "X: a\nSet-Cookie: b"),
        lambda w: w.get(f"/continue?state={STATE}", "X: \x00"),
        lambda w: w.get(f"/continue?state={STATE}", ": x"),
        lambda w: b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        lambda w: b"\r\n\r\n",
    ],
)
async def test_what_no_browser_sends_is_refused(
    waiting: Waiting, request_of: Callable[[Waiting], bytes]
) -> None:
    assert await waiting.status(request_of(waiting)) == 400
    assert await waiting.still_waits()


async def test_nothing_of_a_request_reaches_the_response(waiting: Waiting) -> None:
    for target in ("/<script>", "/continue?state=%0d%0aSet-Cookie:%20a=b", "/continue?<b>"):
        response = await waiting.raw(waiting.get(target))
        assert b"script" not in response
        assert b"Set-Cookie" not in response
        assert b"<b>" not in response
    assert await waiting.still_waits()


async def test_a_second_request_on_the_same_connection_is_not_answered(waiting: Waiting) -> None:
    wrong = waiting.get("/continue?state=other")
    assert await waiting.status(wrong + waiting.get()) == 400
    assert waiting.came == []
    assert await waiting.status(waiting.get() + waiting.get()) == 200
    assert len(waiting.came) == 1


async def test_of_two_answers_the_first_one_counts(waiting: Waiting) -> None:
    first, second = await asyncio.gather(
        waiting.status(waiting.get(f"/continue?state={STATE}&n=1")),
        waiting.status(waiting.get(f"/continue?state={STATE}&n=2")),
    )
    assert sorted((first, second)) == [200, 410]
    assert len(waiting.came) == 1


async def test_a_dangerous_name_is_dropped_and_the_rest_is_kept(waiting: Waiting) -> None:
    target = f"/continue?state={STATE}&__proto__=x&__proto__[admin]=1&constructor=y"
    assert await waiting.status(waiting.get(target)) == 200
    query = waiting.came[0].http.query
    assert query == {"state": STATE, "__proto__[admin]": "1", "constructor": "y"}


async def test_a_repeated_parameter_stays_repeated_for_the_engine(waiting: Waiting) -> None:
    body = f"state={STATE}&session_token=a&session_token=b&session_token=c".encode()
    assert await waiting.status(waiting.post(body)) == 200
    assert waiting.came[0].http.body["session_token"] == ["a", "b", "c"]


async def test_every_state_has_to_be_right(waiting: Waiting) -> None:
    for target in (f"/continue?state={STATE}&state=other", f"/continue?state=other&state={STATE}"):
        assert await waiting.status(waiting.get(target)) == 400
    differs = waiting.post(f"state={STATE}".encode()).replace(b"/continue", b"/continue?state=x")
    assert await waiting.status(differs) == 400
    assert waiting.others == 3
    assert await waiting.still_waits()


async def test_more_than_100_parameters_are_refused(waiting: Waiting) -> None:
    many = "&".join(f"p{n}=1" for n in range(100))
    assert await waiting.status(waiting.get(f"/continue?state={STATE}&{many}")) == 400
    assert await waiting.status(waiting.post(f"state={STATE}&{many}".encode())) == 400
    assert await waiting.still_waits()


async def test_only_a_form_is_read(waiting: Waiting) -> None:
    body = b'{"state": "%b"}' % STATE.encode()
    json = waiting.post(body).replace(FORM.encode(), b"application/json")
    assert await waiting.status(json) == 415
    assert await waiting.status(waiting.post(b"state=\xff\xfe")) == 400
    with_charset = waiting.post(f"state={STATE}".encode()).replace(
        FORM.encode(), FORM.upper().encode() + b"; charset=UTF-8"
    )
    assert await waiting.status(with_charset) == 200


async def test_a_slow_client_is_cut_off() -> None:
    slow = Waiting(seconds=0.05)
    for begun in (b"", b"GET /continue HTTP/1.1\r\nHo", slow.post(b"state=", length=100)):
        assert b" 200 " not in await slow.raw(begun)
    assert slow.came == []
    await slow.listener.gone()


async def test_a_client_that_goes_away_disturbs_nobody(waiting: Waiting) -> None:
    for begun in (b"", b"GET /cont", waiting.post(b"state=", length=100), waiting.get("/other")):
        _, writer = await asyncio.open_connection("127.0.0.1", waiting.listener.port)
        writer.write(begun)
        writer.transport.abort()
    assert await waiting.still_waits()


async def test_idle_connections_cannot_pile_up(waiting: Waiting) -> None:
    pairs = [
        await asyncio.open_connection("127.0.0.1", waiting.listener.port)
        for _ in range(MAX_CONNECTIONS)
    ]
    with suppress(ConnectionError):
        assert await waiting.raw(waiting.get()) == b""
    assert waiting.came == []
    for _, writer in pairs:
        writer.close()
    for reader, _ in pairs:
        await reader.read()
    while not waiting.came:
        with suppress(ConnectionError):
            await waiting.raw(waiting.get())


async def test_closing_cuts_off_whoever_is_still_talking(waiting: Waiting) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", waiting.listener.port)
    writer.write(b"GET /continue HTTP/1.1\r\n")
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(f"http://{waiting.host}/other")).status_code == 404
    await waiting.listener.gone()
    assert waiting.listener.is_gone
    with suppress(ConnectionError):
        assert await reader.read() == b""
    writer.close()
