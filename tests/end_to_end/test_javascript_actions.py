"""What real actions do with their event and api, and must find working."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from javascript_actions import JavaScriptHost, handler, javascript_flow
from loginwright_runtime.api.call import ErrorReply, Reply, WorkerCall
from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.extension_points import Returned

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

UNDEFINED: JsonObject = {"$undefined": True}


# --- The event ------------------------------------------------------------------------------------


async def test_event_is_plain_and_may_be_changed(javascript: JavaScriptHost) -> None:
    event: JsonObject = {"user": {"name": "Ada", "roles": ["a"]}, "secrets": {"KEY": "v"}}
    ran = await javascript.run(
        handler(
            """
            event.user.roles.push('b');
            event.configuration = { seen: true };
            event.user.name += '!';
            delete event.user.gone;
            console.log(event.user.hasOwnProperty('name'), Object.keys(event.user),
              event.user.roles, event.configuration.seen, event.secrets.KEY, event.secrets.NONE,
              event.nothing, event.user.name, event instanceof Object,
              Array.isArray(event.user.roles));
            """
        ),
        event=event,
    )
    assert ran.texts == [
        "true [ 'name', 'roles' ] [ 'a', 'b' ] true v undefined undefined Ada! true true"
    ]


async def test_event_is_fresh_for_each_handler_call(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(handler("console.log(event.seen); event.seen = true;"))
    first, second = [await javascript.run(flow) for _ in range(2)]
    assert first.texts == second.texts == ["undefined"]


async def test_event_may_be_laid_out_over_lines(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler("console.log(event.a, event.b)"),
        event=b'{\n"a": "x\\ny",\n"b": 2}',
    )
    assert ran.texts == ["x\ny 2"]


async def test_large_event_arrives_whole(javascript: JavaScriptHost) -> None:
    event: JsonObject = {"text": "ä€😀" * 200_000}
    ran = await javascript.run(handler("console.log(event.text.length)"), event=event)
    assert ran.texts == ["800000"]


# --- The api --------------------------------------------------------------------------------------


async def test_api_is_an_ordinary_object(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler(
            """
            api.mine = { helper: () => 7 };
            api.access.also = 'here';
            console.log(api.mine.helper(), api.access.also, api.nothing, api.access.nothing,
              api.nothing?.member, typeof api.access.deny, Object.isExtensible(api.idToken));
            """
        )
    )
    assert ran.texts == ["7 here undefined undefined undefined function true"]


async def test_every_method_of_the_table_can_be_called(javascript: JavaScriptHost) -> None:
    calls = "\n".join(f"api.{shape.name}('x');" for shape in SHAPES)
    ran = await javascript.run(handler(calls))
    assert [call.method for call in ran.calls] == [shape.name for shape in SHAPES]
    assert [call.line for call in ran.calls] == list(range(2, 2 + len(SHAPES)))


async def test_commands_answer_the_api_so_that_they_chain(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler(
            """
            console.log(api.user.setUserMetadata('a', 1) === api,
              api.idToken.setCustomClaim('b', 2).accessToken.setCustomClaim('c', 3) === api);
            return api.access.deny('no');
            """
        )
    )
    assert isinstance(ran.end, Returned)
    assert ran.texts == ["true true"]
    assert ran.args == [["a", 1], ["b", 2], ["c", 3], ["no"]]


async def test_api_may_be_taken_apart_and_awaited(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler(
            """
            const { access: { deny }, user } = api;
            await deny('why', 'and more', 3);
            (await user.setAppMetadata('k', null));
            ['x', 'y'].forEach((role) => user.setUserMetadata(role, true));
            """
        )
    )
    assert ran.args == [["why", "and more", 3], ["k", None], ["x", True], ["y", True]]


async def test_await_on_a_call_goes_on(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(handler("const got = await api.access.deny('x'); got.mine = 1;"))
    assert isinstance(ran.end, Returned)


async def test_many_calls_and_lines_of_any_size_come_in_order(javascript: JavaScriptHost) -> None:
    seen: list[str] = []

    def answer(call: WorkerCall) -> Reply:
        seen.append(str(call.args[0]))
        return Reply()

    ran = await javascript.run(
        handler(
            """
            for (let n = 0; n < 300; n++) {
              api.user.setUserMetadata(`call ${n}`, 'x'.repeat(n % 7 === 0 ? 9000 : n));
              console.log(`line ${n}`);
              if (n % 100 === 50) api.cache.get(`wait ${n}`);
            }
            """
        ),
        answer=answer,
        listen=lambda line: seen.append(line.text),
    )
    assert isinstance(ran.end, Returned)
    expected: list[str] = []
    for n in range(300):
        expected += [f"call {n}", f"line {n}", *([f"wait {n}"] if n % 100 == 50 else [])]
    assert seen == expected


async def test_calls_come_in_order_with_their_lines(javascript: JavaScriptHost) -> None:
    body = """
    api.user.setUserMetadata('a', 1);
    api.cache.get('b');
    await null;
    api.user.setUserMetadata('c', 1);
    await new Promise((done) => setTimeout(done, 1));
    api.user.setUserMetadata('d', 1);
    """
    for wait in (False, True):
        ran = await javascript.run(handler(body), wait_every_call=wait)
        assert [(call.args[0], call.line) for call in ran.calls] == [
            ("a", 2),
            ("b", 3),
            ("c", 5),
            ("d", 7),
        ]


async def test_line_of_a_call_is_in_the_action_also_when_lib_makes_it(
    javascript: JavaScriptHost,
) -> None:
    flow = javascript_flow(
        "const claims = require('../lib/claims');\n" + handler("\n\nclaims.add(api);"),
        {"lib/claims.js": "exports.add = (api) => api.idToken.setCustomClaim('https://a/b', 1);"},
    )
    ran = await javascript.run(flow)
    assert [call.line for call in ran.calls] == [3]


async def test_call_without_a_frame_of_the_action_has_no_line(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        "const later = require('../lib/later');\n" + handler("await later(api);"),
        {"lib/later.js": "module.exports = async (api) => { await null; api.access.deny('x'); };"},
    )
    ran = await javascript.run(flow)
    assert [call.line for call in ran.calls] == [None]


ARGUMENTS: dict[str, list[JsonValue]] = {
    "undefined, 1": [UNDEFINED, 1],
    "'a', undefined": ["a"],
    "undefined, undefined": [],
    "null": [None],
    "'a', null, undefined, null": ["a", None, UNDEFINED, None],
    "{ a: undefined, b: [undefined], c: () => 1 }": [{"b": [None]}],
    "() => 1, 1": [UNDEFINED, 1],
    "Symbol('s'), 1": [UNDEFINED, 1],
    "NaN, -0, Infinity, 1e21, 0.1, -5": [None, 0, None, 1e21, 0.1, -5],
    "10n, { n: [2n ** 70n] }": ["10", {"n": ["1180591620717411303424"]}],
    "new Date(0), new Map([[1, 2]]), /x/, new Set([1])": ["1970-01-01T00:00:00.000Z", {}, {}, {}],
    "[1, , 3], new String('boxed'), Object(true)": [[1, None, 3], "boxed", True],
    "'\\ud800 \\\\ud800 \\ude00\\ud83d😀', { '\\udfff': '\\udfff' }": [
        "\ufffd \\ud800 \ufffd\ufffd😀",
        {"\ufffd": "\ufffd"},
    ],
    "Buffer.from('ab'), { toJSON: () => undefined }, 1": [
        {"type": "Buffer", "data": [97, 98]},
        UNDEFINED,
        1,
    ],
    "JSON.parse('{\"__proto__\": 1}')": [{"__proto__": 1}],
}


@pytest.mark.parametrize("args", ARGUMENTS)
async def test_any_argument_is_told(javascript: JavaScriptHost, args: str) -> None:
    ran = await javascript.run(handler(f"api.access.deny({args})"))
    assert isinstance(ran.end, Returned), ran.end
    assert ran.args == [ARGUMENTS[args]]


async def test_what_is_undefined_in_the_query_of_a_redirect_is_told(
    javascript: JavaScriptHost,
) -> None:
    query = "{ to: undefined, why: [undefined, 'x'], f: () => 1, n: 2n, when: new Date(0) }"
    ran = await javascript.run(
        handler(f"api.redirect.sendUserTo('https://x.com', {{ query: {query} }});")
    )
    sent: JsonObject = {
        "to": UNDEFINED,
        "why": [UNDEFINED, "x"],
        "n": "2",
        "when": "1970-01-01T00:00:00.000Z",
    }
    assert ran.args == [["https://x.com", {"query": sent}]]


async def test_cyclic_argument_throws_where_it_is_passed(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(handler("const a = {}; a.a = a;\napi.user.setUserMetadata('k', a);"))
    assert (ran.thrown.name, ran.thrown.line) == ("TypeError", 3)
    assert "circular" in ran.thrown.message


async def test_argument_too_large_for_a_frame_throws_where_it_is_passed(
    javascript: JavaScriptHost,
) -> None:
    ran = await javascript.run(handler("api.access.deny('x'.repeat(2 ** 21));"))
    assert (ran.thrown.name, ran.thrown.line) == ("RangeError", 2)
    assert "api.access.deny()" in ran.thrown.message


async def test_large_arguments_arrive_whole(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(handler("api.access.deny('ä'.repeat(300000)); api.access.deny('b')"))
    assert ran.args == [["ä" * 300_000], ["b"]]


async def test_answers_are_given(javascript: JavaScriptHost) -> None:
    values: list[JsonValue] = ["token", {"a": [1, None]}, None, False, UNDEFINED]
    answers = iter(values)
    body = "for (let n = 0; n < 5; n++) console.log(api.cache.get('k'));"
    ran = await javascript.run(handler(body), answer=lambda _call: Reply(value=next(answers)))
    assert ran.texts == ["token", "{ a: [ 1, null ] }", "null", "false", "undefined"]


async def test_large_answer_arrives_whole(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler("console.log(api.cache.get('k').length)"),
        answer=lambda _call: Reply(value="ä" * 300_000),
    )
    assert ran.texts == ["300000"]


@pytest.mark.parametrize("name", ["Error", "TypeError", "RangeError", "SyntaxError"])
async def test_call_throws_what_the_reply_says(javascript: JavaScriptHost, name: str) -> None:
    ran = await javascript.run(
        handler(
            f"""
            try {{ api.redirect.validateToken({{}}); }} catch (error) {{
              console.log(error instanceof {name}, error.constructor === {name}, error.message);
              throw error;
            }}
            """
        ),
        answer=lambda _call: Reply(error=ErrorReply(name, "not so")),
    )
    assert ran.texts == ["true true not so"]
    assert (ran.thrown.name, ran.thrown.message, ran.thrown.line) == (name, "not so", 2)


async def test_promise_of_the_api_is_a_promise(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler(
            """
            const promise = api.roles.getUserEffectiveRoles();
            console.log(promise instanceof Promise, (await promise).roles);
            """
        ),
        answer=lambda _call: Reply(value={"roles": []}),
    )
    assert ran.texts == ["true []"]


async def test_refused_promise_rejects_and_does_not_throw(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler(
            """
            const promise = api.roles.getUserEffectiveRoles();
            await promise.catch((error) => console.log(error.name, error.message));
            """
        ),
        answer=lambda _call: Reply(error=ErrorReply("RangeError", "no")),
    )
    assert ran.texts == ["RangeError no"]


async def test_metadata_of_the_transaction_are_live(javascript: JavaScriptHost) -> None:
    def answer(call: WorkerCall) -> Reply:
        return Reply(merge={"transaction.metadata": {str(call.args[0]): call.args[1]}})

    ran = await javascript.run(
        handler(
            """
            const held = event.transaction.metadata;
            held.old = 1;
            api.transaction.setMetadata('step', 2);
            console.log(held, held === event.transaction.metadata);
            delete event.transaction;
            api.transaction.setMetadata('step', 3);
            console.log(event.transaction);
            """
        ),
        answer=answer,
    )
    assert ran.texts == ["{ step: 2 } true", "undefined"]


async def test_answer_that_takes_longer_than_the_budget_is_not_the_actions_time(
    javascript: JavaScriptHost,
) -> None:
    async def answer() -> Reply:
        await asyncio.sleep(1.2)
        return Reply(value="late")

    ran = await javascript.run(
        handler("console.log(api.cache.get('k'))"),
        answer=lambda _call: answer(),
        budget_seconds=1,
    )
    assert isinstance(ran.end, Returned)
    assert ran.texts == ["late"]


async def test_answer_nobody_waits_for_is_still_awaited(javascript: JavaScriptHost) -> None:
    answered: list[str] = []

    async def answer() -> Reply:
        # While an answer is owed, nobody tells that the handler has ended: only time can.
        await asyncio.sleep(0.05)
        answered.append("yes")
        return Reply()

    ran = await javascript.run(handler("api.access.deny('x')"), answer=lambda _call: answer())
    assert isinstance(ran.end, Returned)
    assert answered == ["yes"]
