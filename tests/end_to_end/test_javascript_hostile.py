"""A JavaScript action that tries to leave, break or deceive its worker only fails itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from javascript_actions import (
    MISBEHAVE,
    JavaScriptHost,
    handler,
    javascript_flow,
    misbehaving,
)
from loginwright_runtime.api.call import Reply
from loginwright_runtime.extension_points import HostFailed, Returned

if TYPE_CHECKING:
    from pathlib import Path


ENDS = ["process.exit(3)", "process.reallyExit(3)", "process.abort()", "process.exit()"]


@pytest.mark.parametrize("call", ENDS)
async def test_action_that_ends_the_process_fails(javascript: JavaScriptHost, call: str) -> None:
    flow = javascript_flow(misbehaving(f"try {{ {call} }} catch {{}}"))
    ran = await javascript.run(flow, event=MISBEHAVE)
    assert ran.thrown.message.startswith(call.split("(")[0])
    assert ran.thrown.line == 3
    assert isinstance((await javascript.run(flow)).end, Returned)


REFUSED = [
    "process.kill(process.pid, 'SIGKILL')",
    "process.kill(process.ppid, 0)",
    "process.setuid(0)",
    "process.dlopen({}, '/x.node')",
    "process.binding('fs')",
    "process._linkedBinding('fs')",
    "process._debugProcess(process.ppid)",
    "process.setUncaughtExceptionCaptureCallback(() => {})",
    "require('v8').setFlagsFromString('--no-opt')",
    "require('os').setPriority(0, 19)",
    "process.report.writeReport('/tmp/loginwright-was-here')",
    "require('v8').setHeapSnapshotNearHeapLimit(1)",
    "require('v8').writeHeapSnapshot('/tmp/loginwright-was-here')",
    "require('trace_events').createTracing({ categories: ['node'] }).enable()",
    "require('child_process').execSync('true')",
    "new (require('worker_threads').Worker)('1', { eval: true })",
    "require('fs').readFileSync('/etc/hostname')",
    "require('fs').writeFileSync('/tmp/loginwright-was-here', '')",
    "require('node:sqlite')",
    "require('inspector').open(0)",
    "new (require('wasi').WASI)({ version: 'preview1' })",
]


@pytest.mark.parametrize("call", REFUSED)
async def test_what_would_leave_the_worker_is_refused(
    javascript: JavaScriptHost, call: str
) -> None:
    ran = await javascript.run(handler(call))
    assert ran.thrown.line == 2


async def test_traces_are_not_written_to_disk_whichever_node_it_is(
    javascript: JavaScriptHost,
) -> None:
    ran = await javascript.run(
        handler("const { createTracing } = await import('trace_events'); createTracing({})")
    )
    assert ran.thrown.message == "An action cannot have files written."


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_full_heap_writes_no_report_to_disk(
    javascript: JavaScriptHost, tmp_path: Path
) -> None:
    body = f"""
        Object.assign(process.report, {{
          directory: {str(tmp_path)!r}, filename: 'report.json', reportOnFatalError: true
        }});
        const all = [];
        for (;;) all.push(new Array(1000).fill({{}}));
    """
    ran = await javascript.run(handler(body))
    assert isinstance(ran.end, HostFailed)
    assert files_in(tmp_path) == []


async def test_packages_can_still_ask_for_a_report(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler("console.log(process.report.getReport().header.nodejsVersion)")
    )
    assert ran.texts[0].startswith("v")


async def test_environment_is_empty(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(handler("console.log(JSON.stringify(process.env), process.argv)"))
    assert ran.texts[0].startswith('{"PATH":"","TZ":"UTC","LANG":"C.UTF-8"} [')
    assert ".mjs" not in ran.texts[0]


async def test_closed_descriptors_are_a_dead_worker(javascript: JavaScriptHost) -> None:
    body = "const fs = require('fs'); for (let n = 3; n < 40; n++) try { fs.closeSync(n) } catch {}"
    flow = javascript_flow(misbehaving(body))
    ran = await javascript.run(flow, event=MISBEHAVE, budget_seconds=2)
    assert isinstance(ran.end, HostFailed)
    assert isinstance((await javascript.run(flow)).end, Returned)


def writing(text: str, descriptor: int = 4) -> str:
    """The body of a handler that writes to a descriptor of the worker."""
    return f"require('fs').writeSync({descriptor}, {text}); await new Promise(() => {{}});"


FORGED = {
    "no JSON": "'hello\\n'",
    "no object": "'[]\\n'",
    "unknown type": """'{"type":"reply"}\\n'""",
    "made-up run": """'{"type":"done","run":"' + '0'.repeat(32) + '","duration_ms":1}\\n'""",
    "no run": """'{"type":"done","duration_ms":1}\\n'""",
    "ready again": """'{"type":"ready","version":"v99.0.0"}\\n'""",
    "wrong member": (
        """'{"type":"call","run":"x","method":7,"args":{},"line":-1,"waits":"no"}\\n'"""
    ),
    "endless": "'x'.repeat(2 * 1024 * 1024)",
    "oversized": "'\"' + 'x'.repeat(2 * 1024 * 1024) + '\"\\n'",
    "no UTF-8": "Buffer.from([0xff, 0xfe, 10])",
    "deep": "'['.repeat(5000) + ']'.repeat(5000) + '\\n'",
}


@pytest.mark.parametrize("descriptor", [4, 6], ids=["rpc", "aside"])
@pytest.mark.parametrize("name", FORGED)
async def test_forged_frame_ends_the_worker(
    javascript: JavaScriptHost, name: str, descriptor: int
) -> None:
    flow = javascript_flow(misbehaving(writing(FORGED[name], descriptor)))
    ran = await javascript.run(flow, event=MISBEHAVE, budget_seconds=5)
    assert isinstance(ran.end, HostFailed), ran.end
    assert ran.end.reason.startswith("The worker was ended: ")
    assert "x" * 20 not in ran.end.reason
    assert isinstance((await javascript.run(flow)).end, Returned)


REPLACED = {
    "JSON": "JSON.stringify = JSON.parse = () => { throw new Error('mine') }",
    "Buffer": "Buffer.from = Buffer.byteLength = () => { throw new Error('mine') }",
    "then": "Promise.prototype.then = () => { throw new Error('mine') }",
    "Promise": "globalThis.Promise = class {}",
    "arrays": (
        "for (const name of Object.getOwnPropertyNames(Array.prototype)) "
        "if (name !== 'constructor' && name !== 'length') Array.prototype[name] = () => 0"
    ),
    "array iteration": (
        "Array.prototype[Symbol.iterator] = () => ({ next: () => ({ done: true }) })"
    ),
    "strings": (
        "for (const name of Object.getOwnPropertyNames(String.prototype)) "
        "if (name !== 'constructor' && name !== 'length') String.prototype[name] = () => 'mine'"
    ),
    "toJSON": "Object.prototype.toJSON = () => 'mine'",
    "members of every object": (
        "for (const name of ['merge', 'value', 'line', 'get', 'set', 'over', 'cause', 'name']) "
        "Object.prototype[name] = 'mine'"
    ),
    "Reflect": "for (const name of Reflect.ownKeys(Reflect)) Reflect[name] = () => 0",
    "Object": (
        "for (const name of Object.getOwnPropertyNames(Object)) "
        "if (typeof Object[name] === 'function') Object[name] = () => 0"
    ),
    "functions": "Function.prototype.call = Function.prototype.apply = () => 0",
    "fs": "require('fs').writeSync = require('fs').readSync = () => 0",
    "call sites": "require('util').getCallSites = () => []",
    "what the worker imports": (
        "const fs = require('fs'), util = require('util'); fs.writeSync = fs.readSync = () => 0; "
        "util.getCallSites = () => []; util.inspect = util.format = () => { throw 'mine' }; "
        "require('vm').compileFunction = () => 0; require('module').syncBuiltinESMExports()"
    ),
    "immediate": "globalThis.setImmediate = globalThis.queueMicrotask = () => 0",
    "clock": "performance.now = () => NaN; Date.now = () => NaN",
    "Error": "Error.stackTraceLimit = 0; Error.prepareStackTrace = () => 'mine'",
    "contexts": (
        "const { AsyncLocalStorage: A } = require('async_hooks'); "
        "A.prototype.run = A.prototype.getStore = () => 0"
    ),
}


@pytest.mark.parametrize("name", REPLACED)
async def test_replaced_primordials_do_not_reach_the_protocol(
    javascript: JavaScriptHost, name: str
) -> None:
    flow = javascript_flow(
        handler(
            f"""
            if (event.misbehave) {{ {REPLACED[name]} }}
            api.user.setUserMetadata('key', 'plain');
            const token = api.redirect.encodeToken('secret');
            if (token !== 'answer') throw token;
            """
        )
    )

    for event in (MISBEHAVE, None):
        ran = await javascript.run(flow, event=event, answer=lambda _call: Reply(value="answer"))
        assert isinstance(ran.end, Returned), ran.end
        assert ran.args == [["key", "plain"], ["secret"]]
