"""How a JavaScript action's module is evaluated, its handler found and called, its stack told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from javascript_actions import CODE, JavaScriptHost, handler, javascript_flow
from loginwright_runtime.extension_points import MissingHandler, Returned

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject

UNDEFINED: JsonObject = {"$undefined": True}


async def test_handler_may_be_sync_and_its_value_is_ignored(javascript: JavaScriptHost) -> None:
    for value in ("42", "'x'", "null", "{ then: 5 }", "Promise.resolve(1)"):
        source = f"exports.onExecutePostLogin = (event, api) => ({value});"
        assert isinstance((await javascript.run(source)).end, Returned)


async def test_handler_may_use_hoisted_helpers_and_constants(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        """
        const GREETING = 'hello';
        module.exports = { onExecutePostLogin };
        async function onExecutePostLogin(event, api) { helper(this === module.exports); }
        function helper(self) { console.log(GREETING, self, typeof module, __filename, __dirname); }
        """
    )
    assert ran.texts == [
        "hello true object /loginwright/actions/greet.js /loginwright/actions",
    ]


async def test_module_is_sloppy_unless_it_says_otherwise(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(handler("undeclared = 1; console.log(globalThis.undeclared);"))
    assert ran.texts == ["1"]
    strict = await javascript.run("'use strict';\n" + handler("undeclaredToo = 1;"))
    assert strict.thrown.name == "ReferenceError"


async def test_mark_before_the_first_character_is_no_part_of_the_code(
    javascript: JavaScriptHost,
) -> None:
    source = handler("console.log(require('../lib/x'), require('../lib/y').a);")
    flow = javascript_flow(
        f"\ufeff#!/usr/bin/env node\n{source}",
        {"lib/x.js": "\ufeffmodule.exports = 'x';", "lib/y.json": '\ufeff{"a": "y"}'},
    )
    assert (await javascript.run(flow)).texts == ["x y"]


async def test_missing_handler_names_what_there_is(javascript: JavaScriptHost) -> None:
    source = "exports.onContinuePostLogin = () => {}; exports.other = 1;"
    assert (await javascript.run(source)).end == MissingHandler(("onContinuePostLogin", "other"))
    assert (await javascript.run("module.exports = null")).end == MissingHandler()
    assert (await javascript.run("exports.onExecutePostLogin = 5")).end == MissingHandler(
        ("onExecutePostLogin",)
    )


async def test_other_handler_is_called_by_its_name(javascript: JavaScriptHost) -> None:
    source = handler("console.log('back')", name="onContinuePostLogin")
    ran = await javascript.run(source, handler_name="onContinuePostLogin")
    assert ran.texts == ["back"]


async def test_first_trigger_version_is_refused_with_its_remedy(javascript: JavaScriptHost) -> None:
    ran = await javascript.run("module.exports = async (event, context) => ({});")
    assert "trigger version 1" in ran.thrown.message
    assert "exports.onExecutePostLogin = async (event, api)" in ran.thrown.message


async def test_modules_stay_warm(javascript: JavaScriptHost) -> None:
    flow = javascript_flow("let runs = 0;\n" + handler("console.log(++runs);"))
    assert [(await javascript.run(flow)).texts for _ in range(3)] == [["1"], ["2"], ["3"]]


async def test_fresh_run_sees_nothing_of_those_before(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        "const counter = require('../lib/counter');\nlet runs = 0;\n"
        + handler(
            """
            console.log(++runs, counter.next(), globalThis.left, typeof fetch, typeof Date.now());
            globalThis.left = 'behind';
            globalThis.fetch = globalThis.Date = globalThis.structuredClone = 5;
            delete globalThis.Buffer;
            """
        ),
        {"lib/counter.js": "let n = 0; exports.next = () => ++n;"},
    )
    for fixed in (None, 1_700_000_000.0, None):
        ran = await javascript.run(flow, now=fixed, network="none", fresh_modules=True)
        assert ran.texts == ["1 1 undefined function number"]


async def test_fresh_run_prints_with_the_console_that_node_brings(
    javascript: JavaScriptHost,
) -> None:
    flow = javascript_flow(
        handler(
            """
            const { log } = console;
            console.log = (...args) => log('[mine]', ...args);
            console.log(typeof console.shout, typeof console.table);
            console.shout = () => {};
            delete console.table;
            """
        )
    )
    for _ in range(2):
        ran = await javascript.run(flow, fresh_modules=True)
        assert ran.texts == ["[mine] undefined function"]


async def test_duration_is_the_handlers(javascript: JavaScriptHost) -> None:
    end = (await javascript.run(handler("await new Promise((go) => setTimeout(go, 30))"))).end
    assert isinstance(end, Returned)
    assert 25 < end.duration_ms < 20_000


async def test_stack_names_the_flows_files_nearest_first(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        "const { check } = require('../lib/check');\n" + handler("check(event);"),
        {"lib/check.js": "exports.check = () => {\n  throw new Error('bad');\n};"},
    )
    thrown = (await javascript.run(flow)).thrown
    assert thrown.stack == ("lib/check.js:2:9", "actions/greet.js:3:1")
    assert thrown.line == 3


async def test_async_stack_reaches_the_action(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        "const { check } = require('../lib/check');\n" + handler("await check();"),
        {"lib/check.js": "exports.check = async () => { await null; throw new Error('bad'); };"},
    )
    assert (await javascript.run(flow)).thrown.line == 3


async def test_action_runs_in_the_name_of_its_folder(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(handler("throw new Error(__filename);"), root=Path("/flows/customer"))
    thrown = (await javascript.run(flow)).thrown
    assert thrown.message == f"/flows/customer/{CODE}"
    assert thrown.stack == (f"{CODE}:2:7",)
