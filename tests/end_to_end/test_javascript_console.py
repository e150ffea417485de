"""What the methods of a JavaScript action's console print: the text and level of Node's own."""

from __future__ import annotations

import re

from javascript_actions import JavaScriptHost, handler, javascript_flow
from loginwright_runtime.extension_points import LogLine

HANDLER = "    at exports.onExecutePostLogin (/loginwright/actions/greet.js:"
TABLE = """\
┌─────────┬───┐
│ (index) │ b │
├─────────┼───┤
│ 0       │ 2 │
└─────────┴───┘"""


async def test_lines_of_a_group_are_indented(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler(
            """
            console.group('Ada', 36);
            console.log('one\\ntwo');
            console.groupCollapsed();
            console.warn({ colour: 'teal' });
            console.dir([1]);
            console.table([{ a: 1, b: 2 }], ['b']);
            console.groupEnd();
            console.error('%s', 'three');
            console.groupEnd();
            console.groupEnd();
            console.debug('four');
            """
        )
    )
    assert ran.logs == [
        LogLine("log", "Ada 36", 2),
        LogLine("log", "  one\n  two", 3),
        LogLine("warn", "    { colour: 'teal' }", 5),
        LogLine("log", "    [ 1 ]", 6),
        LogLine("log", "\n".join(f"    {row}" for row in TABLE.split("\n")), 7),
        LogLine("error", "  three", 9),
        LogLine("debug", "four", 12),
    ]


async def test_group_that_was_left_open_ends_with_its_handler(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(handler("console.log('begin');\nconsole.group('open');"))
    assert (await javascript.run(flow)).texts == ["begin", "open"]
    assert (await javascript.run(flow)).texts == ["begin", "open"]


async def test_groups_without_end_indent_only_so_far(javascript: JavaScriptHost) -> None:
    body = "for (let n = 0; n < 1e6; n += 1) console.group();\nconsole.log('\\n'.repeat(60000));"
    (line,) = (await javascript.run(handler(body))).logs
    assert line.text.startswith("  " * 100 + "\n  ")
    assert len(line.text) < 70_000
    assert line.line == 3


async def test_trace_shows_where_it_was_called(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        "const { look } = require('../lib/look');\n"
        + handler("look();\nconsole.group();\nconsole.trace();"),
        {"lib/look.js": "exports.look = () => console.trace('here %s', 'x', { a: 1 });"},
    )
    assert (await javascript.run(flow)).logs == [
        LogLine(
            "trace",
            "Trace: here x { a: 1 }\n    at exports.look (/loginwright/lib/look.js:1:30)\n"
            f"{HANDLER}3:1)",
            3,
        ),
        LogLine("trace", f"  Trace\n  {HANDLER}5:9)", 5),
    ]


async def test_values_are_shown_in_full_where_node_does(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler(
            """
            const deep = { a: { b: { c: { d: 1 } } } };
            console.dir(deep);
            console.dir(deep, { depth: 0 });
            console.dir('text');
            console.dirxml(deep, 2);
            console.table([{ a: 1, b: 2 }], ['b']);
            console.table('no table');
            """
        )
    )
    assert ran.logs == [
        LogLine("log", "{ a: { b: { c: [Object] } } }", 3),
        LogLine("log", "{ a: [Object] }", 4),
        LogLine("log", "'text'", 5),
        LogLine("log", "{ a: { b: { c: [Object] } } } 2", 6),
        LogLine("log", TABLE, 7),
        LogLine("log", "no table", 8),
    ]


async def test_assertion_that_fails_is_a_warning(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler(
            """
            console.assert(true, 'not shown');
            console.assert(false);
            console.assert(1 === 2, '%s is odd', 'one');
            console.assert(0, { a: 1 });
            """
        )
    )
    assert ran.logs == [
        LogLine("warn", "Assertion failed", 3),
        LogLine("warn", "Assertion failed: one is odd", 4),
        LogLine("warn", "Assertion failed { a: 1 }", 5),
    ]


async def test_counts_begin_anew_with_every_handler_call(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        handler(
            """
            console.count();
            console.group();
            console.count('n');
            console.count();
            console.countReset();
            console.count();
            """
        )
    )
    for _ in range(2):
        assert (await javascript.run(flow)).logs == [
            LogLine("log", "default: 1", 2),
            LogLine("log", "  n: 1", 4),
            LogLine("log", "  default: 2", 5),
            LogLine("log", "  default: 1", 7),
        ]


async def test_timers_say_how_long_it_took(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler(
            """
            console.time();
            console.timeLog('default', 'so far', 5);
            console.group();
            console.timeEnd();
            """
        )
    )
    took = r"default: \d+(\.\d{1,3})?ms"
    assert [(line.level, line.line) for line in ran.logs] == [("log", 3), ("log", 5)]
    assert re.fullmatch(f"{took} so far 5", ran.texts[0])
    assert re.fullmatch(f"  {took}", ran.texts[1])


async def test_timer_of_an_earlier_handler_call_is_unknown(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(handler("console.time('t');\nawait new Promise(setImmediate);"))
    for _ in range(2):
        assert (await javascript.run(flow)).logs == []


async def test_unknown_labels_are_warned_about(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler(
            """
            console.countReset('a');
            console.timeEnd('b');
            await new Promise(setImmediate);
            """
        )
    )
    assert [(line.level, line.text) for line in ran.logs] == [
        ("warn", "Warning: Count for 'a' does not exist"),
        ("warn", "Warning: No such label 'b' for console.timeEnd()"),
    ]


async def test_replaced_log_is_what_the_other_methods_print_with(
    javascript: JavaScriptHost,
) -> None:
    ran = await javascript.run(
        handler(
            """
            const { log, warn } = console;
            console.log = (...args) => log('[mine]', ...args);
            console.warn = (...args) => warn('[mine]', ...args);
            console.count();
            console.group('group');
            console.assert(false, 'odd');
            console.log = log;
            console.warn = warn;
            """
        )
    )
    assert ran.texts == ["[mine] default: 1", "[mine] group", "  [mine] Assertion failed: odd"]
    assert ran.logs[0] == LogLine("log", "[mine] default: 1", 3)
