"""What surrounds a JavaScript action: what it prints, its clock, its network, its memory."""

from __future__ import annotations

import asyncio

import pytest

from javascript_actions import JavaScriptHost, handler, javascript_flow
from loginwright_runtime.extension_points import LogLine, Returned

NOON = 1_795_608_000.25  # 2026-11-25T12:00:00.250Z


# --- Printing -------------------------------------------------------------------------------------


async def test_lines_carry_level_text_and_line(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler(
            """
            console.log('%s is %d', 'Ada', 36, { colour: 'teal' });
            console.info([1, undefined], null);
            console.warn(new Map([['a', 1]]));
            console.error('100%');
            console.debug();
            """
        )
    )
    assert ran.logs == [
        LogLine("log", "Ada is 36 { colour: 'teal' }", 2),
        LogLine("info", "[ 1, undefined ] null", 3),
        LogLine("warn", "Map(1) { 'a' => 1 }", 4),
        LogLine("error", "100%", 5),
        LogLine("debug", "", 6),
    ]


async def test_line_is_known_however_the_console_is_called(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler("['x'].forEach(console.log);\nconst { log } = console; log(1);")
    )
    assert ran.logs == [LogLine("log", "x 0 [ 'x' ]", 2), LogLine("log", "1", 3)]


async def test_line_of_a_print_in_lib_is_the_actions(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        "const { say } = require('../lib/say');\n" + handler("say('a');\nawait null;\nsay('b');"),
        {"lib/say.js": "exports.say = (text) => console.log(text);"},
    )
    assert (await javascript.run(flow)).logs == [LogLine("log", "a", 3), LogLine("log", "b", 5)]


async def test_what_is_printed_past_the_console_is_a_line_too(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler(
            """
            process.stdout.write('one\\ntwo\\n');
            process.stderr.write('three\\n');
            require('fs').writeSync(1, 'four\\n');
            """
        )
    )
    lines = {text for line in ran.logs for text in line.text.split("\n")}
    assert lines >= {"one", "two", "three", "four"}


async def test_lines_past_the_console_stand_where_they_were_printed(
    javascript: JavaScriptHost,
) -> None:
    ran = await javascript.run(
        handler(
            """
            console.log('one');
            process.stderr.write('two\\nthr');
            process.stderr.write(Buffer.from('ee\\n'));
            console.log('four');
            process.stdout.write(new TextEncoder().encode('five'));
            await new Promise((done) => process.stdout.write(' and a half', 'utf8', done));
            console.log(process.stdout.write(''), typeof process.stderr.fd, process.stdout.isTTY);
            """
        )
    )
    assert ran.logs == [
        LogLine("log", "one", 2),
        LogLine("error", "two", 3),
        LogLine("error", "three", 3),
        LogLine("log", "four", 5),
        LogLine("log", "true number undefined", 8),
        LogLine("log", "five and a half", 6),
    ]


async def test_writing_what_is_no_text_past_the_console_throws(javascript: JavaScriptHost) -> None:
    assert (await javascript.run(handler("process.stdout.write(5);"))).thrown.name == "TypeError"


@pytest.mark.parametrize(
    "throws",
    [
        "throw new TypeError('no')",
        "await null; throw Object.assign(new Error('no'), { code: 'E_NO' })",
        "JSON.parse('{')",
    ],
)
async def test_stack_that_is_printed_shows_nothing_of_the_worker(
    javascript: JavaScriptHost, throws: str
) -> None:
    ran = await javascript.run(
        handler(f"try {{ {throws}; }} catch (error) {{ console.log(error); }}"), network="none"
    )
    (text,) = ran.texts
    assert "greet.js:2" in text
    assert "workers" not in text
    assert "node:internal" not in text
    assert text.count("{") == text.count("}") or "JSON" in text


async def test_fetch_that_was_refused_names_its_line_and_nothing_of_the_worker(
    javascript: JavaScriptHost,
) -> None:
    code = handler(
        "try { await fetch('http://127.0.0.1:81/'); }\ncatch (no) { console.log(no); throw no; }"
    )
    ran = await javascript.run(code, network="none")
    (text,) = ran.texts
    assert text.startswith("TypeError: fetch failed: This run has no network")
    assert "workers" not in text
    assert (ran.thrown.name, ran.thrown.line) == ("TypeError", 2)


async def test_reading_standard_input_ends_at_once(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler("for await (const part of process.stdin) console.log(part); console.log('end');")
    )
    assert ran.texts == ["end"]


async def test_flood_of_lines_is_cut_with_one_note(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(handler("for (let n = 0; n < 30000; n++) console.log(n);"))
    assert isinstance(ran.end, Returned)
    assert len(ran.logs) == 10_001
    assert ran.texts[9_999] == "9999"
    assert ran.logs[-1].level == "warn"
    assert "printed more than" in ran.logs[-1].text


async def test_flood_of_bytes_is_cut_with_one_note(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler("for (let n = 0; n < 500; n++) console.log('ä'.repeat(2500));")
    )
    assert isinstance(ran.end, Returned)
    assert len(ran.logs) == 201
    assert "printed more than" in ran.logs[-1].text


async def test_flood_past_the_console_is_cut_too(javascript: JavaScriptHost) -> None:
    body = """
    for (let n = 0; n < 200; n++) {
      await new Promise((done) => process.stdout.write('x\\n'.repeat(1000), done));
    }
    """
    ran = await javascript.run(handler(body))
    assert isinstance(ran.end, Returned)
    assert len(ran.logs) == 10_001


async def test_endless_line_is_shortened(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(handler("console.log('x'.repeat(2 ** 20))"))
    assert ran.texts == ["x" * 65_536 + "… (shortened)"]


async def test_warnings_of_node_are_lines_but_for_those_about_the_worker(
    javascript: JavaScriptHost,
) -> None:
    ran = await javascript.run(
        handler(
            """
            await import('node:path');
            process.emitWarning('own', 'DeprecationWarning', 'OWN001');
            require('punycode');
            await new Promise((done) => setTimeout(done, 5));
            """
        )
    )
    assert ran.logs == [LogLine("warn", "DeprecationWarning: own", None)]


async def test_lines_of_a_long_run_are_told_while_it_runs(javascript: JavaScriptHost) -> None:
    told = asyncio.Event()
    running = asyncio.create_task(
        javascript.run(
            handler("console.log('started'); await new Promise(() => {});"),
            listen=lambda _line: told.set(),
        )
    )
    await asyncio.wait_for(told.wait(), 60)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


# --- Clock ----------------------------------------------------------------------------------------

CLOCK = """
const started = performance.now();
await new Promise((done) => setTimeout(done, 5));
class Mine extends Date { year() { return this.getUTCFullYear(); } }
const date = new Date();
console.log(date.toISOString(), Date.now(), Date().slice(0, 24), new Date(0).getTime(),
  new Date(2020, 0, 2).getDate(), new Mine().year(), new Mine(0).year());
console.log(date instanceof Date, new Mine() instanceof Date, date.constructor === Date,
  Object.prototype.toString.call(date), Date.UTC(1970, 0), Date.parse('1970-01-01'), Date.length,
  Date.name, typeof Date, structuredClone(date) instanceof Date, new Date(date) - date);
console.log(performance.now() - started > 3);
"""


async def test_fixed_clock_stands_still_and_timers_go_on(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(handler(CLOCK), now=NOON)
    assert ran.texts == [
        "2026-11-25T12:00:00.250Z 1795608000250 Wed Nov 25 2026 12:00:00 0 2 2026 1970",
        "true true true [object Date] 0 0 7 Date function true 0",
        "true",
    ]


INTL = """
const utc = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'long', year: 'numeric' });
const text = (parts) => parts.map((part) => part.value).join('');
console.log(utc.format(), utc.format(undefined), text(utc.formatToParts()));
console.log(utc.format(0), [new Date(0)].map(utc.format)[0], text(utc.formatToParts(0)));
console.log(utc.format === utc.format, utc.format.length, utc.format.name === '');
"""


async def test_a_date_that_is_formatted_without_being_named_is_the_fixed_one(
    javascript: JavaScriptHost,
) -> None:
    ran = await javascript.run(handler(INTL), now=NOON)
    assert ran.texts == [
        "2026 Wednesday 2026 Wednesday 2026 Wednesday",
        "1970 Thursday 1970 Thursday 1970 Thursday",
        "true 1 true",
    ]


async def test_clock_is_real_again_afterwards(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        "const { Date: Held } = globalThis;\n"
        + handler("console.log(Date.now() > 1.5e12, new Held().getTime(), Held === Date);")
    )
    fixed = await javascript.run(flow, now=1.0)
    assert fixed.texts[0].split()[:2] == ["false", "1000"]
    real = await javascript.run(flow)
    assert real.texts[0].startswith("true 1")
    assert int(real.texts[0].split()[1]) > 1.5e12


async def test_module_constant_sees_the_fixed_clock(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        "const at = Date.now();\n" + handler("console.log(at)"), now=12.5, fresh_modules=True
    )
    assert ran.texts == ["12500"]


# --- Network --------------------------------------------------------------------------------------

CONNECTIONS = {
    "fetch": "await fetch('http://127.0.0.1:81/')",
    "http": (
        "await new Promise((done, fail) => require('http').get('http://127.0.0.1:9/', done)"
        ".on('error', fail))"
    ),
    "https": (
        "await new Promise((done, fail) => require('https').get('https://127.0.0.1:9/', done)"
        ".on('error', fail))"
    ),
    "https by name": (
        "await new Promise((done, fail) => require('https').request({ host: 'api.example.com',"
        " method: 'POST' }, done).on('error', fail).end('{}'))"
    ),
    "tls": (
        "await new Promise((done, fail) => require('tls').connect({ host: 'a.example', port: 443,"
        " servername: 'a.example' }, done).on('error', fail).write('x'))"
    ),
    "net": (
        "await new Promise((done, fail) => require('net').connect(9, '127.0.0.1', done)"
        ".on('error', fail))"
    ),
    "unix socket": (
        "await new Promise((done, fail) => require('net').connect('/tmp/no.sock', done)"
        ".on('error', fail))"
    ),
    "dns": "await new Promise((d, fail) => require('dns').lookup('a.example', (e) => fail(e)))",
    "dns promise": "await require('dns').promises.resolve4('a.example')",
    "dns resolver": "await new (require('dns/promises').Resolver)().resolveTxt('a.example')",
    "datagram": "require('dgram').createSocket('udp4').send('x', 9, '127.0.0.1')",
    "http2": (
        "await new Promise((d, fail) => require('http2').connect('http://127.0.0.1:9')"
        ".on('error', fail))"
    ),
}


@pytest.mark.parametrize("way", CONNECTIONS)
async def test_without_network_every_way_out_says_why(javascript: JavaScriptHost, way: str) -> None:
    ran = await javascript.run(handler(CONNECTIONS[way]), network="none")
    assert 'This run has no network ("network": "none")' in ran.thrown.message
    assert "--network open" in ran.thrown.message


async def test_without_network_fetch_fails_as_where_a_host_cannot_be_reached(
    javascript: JavaScriptHost,
) -> None:
    ran = await javascript.run(
        handler(
            """
            for (const url of ['https://api.example.com/v1?key=hidden', 'http://127.0.0.1:81/']) {
              try {
                await fetch(url, { method: 'POST', body: '{}' });
              } catch (error) {
                console.log(error instanceof TypeError, error.message.split(':')[0]);
                console.log(error.cause.code, /hidden/.test(error.message));
              }
            }
            """
        ),
        network="none",
    )
    refused = ["true fetch failed", "ERR_LOGINWRIGHT_NETWORK false"]
    assert ran.texts == refused * 2


async def test_without_network_fetch_does_all_that_needs_none(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler(
            """
            console.log(await (await fetch('data:text/plain,here')).text());
            await fetch('no address').catch((error) => console.log(error.message));
            const stopped = { signal: AbortSignal.abort() };
            await fetch('http://127.0.0.1:81/', stopped).catch((error) => console.log(error.name));
            """
        ),
        network="none",
    )
    assert ran.texts == ["here", "Failed to parse URL from no address", "AbortError"]


async def test_network_can_be_open_and_closed_run_by_run(javascript: JavaScriptHost) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
        await reader.read()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1")
    port = server.sockets[0].getsockname()[1]
    flow = javascript_flow(
        handler(f"console.log(await (await fetch('http://127.0.0.1:{port}/')).text());")
    )
    try:
        for _ in range(2):
            assert (await javascript.run(flow)).texts == ["hi"]
            refused = await javascript.run(flow, network="none")
            assert f"so 127.0.0.1:{port} cannot be reached" in refused.thrown.message
    finally:
        server.close()


async def test_connection_kept_alive_is_closed_with_the_network(
    javascript: JavaScriptHost,
) -> None:
    gone = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"hello")
        await reader.read()
        gone.set()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1")
    port = server.sockets[0].getsockname()[1]
    flow = javascript_flow(
        "let socket;\n"
        + handler(
            f"""
            socket ??= require('net').connect({port}, '127.0.0.1');
            if (event.first) await new Promise((done) => socket.once('data', done));
            console.log(socket.destroyed);
            """
        )
    )
    try:
        assert (await javascript.run(flow, event={"first": True})).texts == ["false"]
        assert (await javascript.run(flow, network="none")).texts == ["true"]
        await asyncio.wait_for(gone.wait(), 60)
    finally:
        server.close()
