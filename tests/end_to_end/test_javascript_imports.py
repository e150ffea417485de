"""What ``import()`` brings into an action, and what it must not reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from javascript_actions import (
    JavaScriptHost,
    handler,
    javascript_flow,
    write_files,
)
from loginwright_runtime import hosts
from loginwright_runtime.extension_points import Returned

if TYPE_CHECKING:
    from pathlib import Path

WORKERS = f"{hosts.__path__[0]}/workers"


FILES = {
    "lib/plain.js": "exports.colour = 'teal'; exports.times = (globalThis.times ?? 0) + 1;"
    "globalThis.times = exports.times;",
    "lib/one.js": "module.exports = class One {};",
    "lib/data.json": '{"colour": "teal"}',
    "lib/modern.mjs": "export const colour = 'teal'; export default class Modern {}\n"
    "export const where = import.meta.url.split('/').slice(-2).join('/');\n"
    "export const name = import.meta.filename.split('/').at(-1);",
    "lib/uses.mjs": "import os, { EOL } from 'node:os';\nimport { colour } from './modern.mjs';\n"
    "import * as plain from './plain.js';\nimport data from './data.json' with { type: 'json' };\n"
    "export { default as Again } from './modern.mjs';\n"
    "export const all = [typeof os.cpus, EOL.length, colour, plain.colour, plain.default.colour,"
    " data.colour];\n"
    "export const late = () => import('./one.js');",
    "lib/round.mjs": "import { back } from './back.mjs'; export const name = 'round';\n"
    "export const told = () => back();",
    "lib/back.mjs": "import { name } from './round.mjs'; export const back = () => name + ' back';",
    "lib/waits.mjs": "export const value = await Promise.resolve('waited');",
}


async def test_files_of_the_flow_are_imported(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        handler(
            """
            const plain = await import('../lib/plain.js');
            const required = require('../lib/plain');
            console.log(plain.colour, plain.default.colour, plain.default === required);
            console.log(plain === await import('../lib/plain'), globalThis.times);
            console.log((await import('../lib/one.js')).default.name,
              (await import('../lib/data.json', { with: { type: 'json' } })).default.colour);
            const modern = await import('../lib/modern.mjs');
            console.log(modern.colour, modern.default.name, modern.where, modern.name,
              modern === await import('/loginwright/lib/modern.mjs'),
              modern === await import('file:///loginwright/lib/modern.mjs'));
            console.log((await import('actions:one')).default.name);
            """
        ),
        FILES,
    )
    ran = await javascript.run(flow)
    assert ran.texts == [
        "teal teal true",
        "true 1",
        "One teal",
        "teal Modern lib/modern.mjs modern.mjs true true",
        "One",
    ], ran.end


async def test_es_module_of_the_flow_imports_what_it_needs(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        handler(
            """
            const { all, late, Again } = await import('../lib/uses.mjs');
            console.log(all.join(), (await late()).default.name, Again.name);
            console.log((await import('../lib/round.mjs')).told());
            console.log((await import('../lib/waits.mjs')).value);
            const both = await Promise.all([import('../lib/uses.mjs'), import('../lib/uses.mjs')]);
            console.log(both[0] === both[1]);
            """
        ),
        FILES,
    )
    ran = await javascript.run(flow)
    assert ran.texts == [
        "function,1,teal,teal,teal,teal One Modern",
        "round back",
        "waited",
        "true",
    ], ran.end


async def test_importing_at_once_gives_one_module(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        handler(
            """
            const [a, b, round, back] = await Promise.all([import('../lib/uses.mjs'),
              import('../lib/uses.mjs'), import('../lib/round.mjs'), import('../lib/back.mjs')]);
            console.log(a === b, round.told(), back.back());
            """
        ),
        FILES,
    )
    ran = await javascript.run(flow)
    assert ran.texts == ["true round back round back"], ran.end


async def test_import_in_text_that_is_evaluated_is_the_same(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        handler(
            """
            console.log((await eval("import('../lib/plain.js')")).colour);
            console.log((await new Function("return import('../lib/plain.js')")()).colour);
            """
        ),
        FILES,
    )
    assert (await javascript.run(flow)).texts == ["teal", "teal"]


async def test_modules_are_imported_afresh_where_modules_are(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        handler("console.log((await import('../lib/count.mjs')).next());"),
        {"lib/count.mjs": "let n = 0; export const next = () => ++n;"},
    )
    assert (await javascript.run(flow)).texts == ["1"]
    assert (await javascript.run(flow)).texts == ["2"]
    assert (await javascript.run(flow, fresh_modules=True)).texts == ["1"]


PACKAGES = {
    "node_modules/modern/package.json": '{"name": "modern", "type": "module", "exports": "./m.js"}',
    "node_modules/modern/m.js": "export let count = 0; export const up = () => { count += 1; };",
    "node_modules/colours/index.js": "exports.favourite = 'teal';",
    "node_modules/colours/part.js": "module.exports = 'part';",
    "node_modules/needy/package.json": '{"name": "needy", "type": "module", "main": "m.js"}',
    "node_modules/needy/m.js": "import 'absent';",
    "node_modules/broken/index.mjs": "throw new TypeError('broken inside');",
    "secret.mjs": "export const secret = 1;",
    "actions/greet.js": "on disk",
    "lib/disk.mjs": "export default 'on disk';",
}


async def test_packages_are_imported(javascript: JavaScriptHost, tmp_path: Path) -> None:
    flow = javascript_flow(
        handler(
            """
            const modern = await import('modern');
            modern.up();
            console.log(modern.count, (await import('colours')).favourite,
              (await import('colours/part.js')).default, (await import('../lib/uses.mjs')).default);
            console.log((await import('colours@1.2.3')).favourite);
            """
        ),
        {"lib/uses.mjs": "import { favourite } from 'colours'; export default favourite;"},
        root=tmp_path,
        packages=write_files(tmp_path, PACKAGES),
    )
    ran = await javascript.run(flow)
    assert [line.text for line in ran.logs if line.level == "log"] == [
        "1 teal part teal",
        "teal",
    ], ran.end
    warnings = [line.text for line in ran.logs if line.level == "warn"]
    assert [text.split(" asks")[0] for text in warnings] == ["import('colours@1.2.3')"]


async def test_packages_of_a_folder_with_an_odd_name_are_imported(
    javascript: JavaScriptHost, tmp_path: Path
) -> None:
    folder = write_files(tmp_path / "my #1 flow %20?", PACKAGES)
    flow = javascript_flow(
        handler("console.log((await import('modern')).count, (await import('../lib/x.mjs')).url);"),
        {"lib/x.mjs": "export const url = import.meta.url.split('/').at(-3);"},
        root=folder,
        packages=folder,
    )
    ran = await javascript.run(flow)
    assert ran.texts == ["0 my%20%231%20flow%20%2520%3F"], ran.end


@pytest.mark.parametrize("with_packages", [True, False])
@pytest.mark.parametrize("source", ["await import('axios');", "await import('../lib/uses.mjs');"])
async def test_missing_package_names_package_action_and_remedy(
    javascript: JavaScriptHost, tmp_path: Path, source: str, *, with_packages: bool
) -> None:
    flow = javascript_flow(
        handler(source),
        {"lib/uses.mjs": "import 'axios';"},
        packages=write_files(tmp_path, PACKAGES) if with_packages else None,
    )
    thrown = (await javascript.run(flow)).thrown
    assert thrown.missing_package == "axios"
    for part in ('"greet"', '"axios"', "npm install axios"):
        assert part in thrown.message


async def test_missing_package_of_a_package_names_both(
    javascript: JavaScriptHost, tmp_path: Path
) -> None:
    flow = javascript_flow(
        handler("await import('needy');"), packages=write_files(tmp_path, PACKAGES)
    )
    thrown = (await javascript.run(flow)).thrown
    assert thrown.missing_package == "absent"
    assert '"needy", which needs "absent"' in thrown.message


async def test_error_inside_a_package_is_its_own(
    javascript: JavaScriptHost, tmp_path: Path
) -> None:
    flow = javascript_flow(
        handler("await import('broken/index.mjs');"), packages=write_files(tmp_path, PACKAGES)
    )
    thrown = (await javascript.run(flow)).thrown
    assert (thrown.name, thrown.message) == ("TypeError", "broken inside")


@pytest.mark.parametrize("specifier", ["../lib/absent.js", "./../../x.js", "/etc/passwd", "."])
async def test_absent_file_is_named(javascript: JavaScriptHost, specifier: str) -> None:
    thrown = (await javascript.run(handler(f"await import('{specifier}');"))).thrown
    assert thrown.message.startswith(f"Cannot find module '{specifier}'.")
    assert "actions/greet.js" in thrown.message
    assert thrown.missing_package is None


async def test_import_fails_as_a_promise_does(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        handler(
            """
            for (const name of ['../lib/bad.js', '../lib/bad.mjs', 'absent', 5, '']) {
              await import(name).catch((error) => console.log(error.name, error.code ?? ''));
            }
            """
        ),
        {"lib/bad.js": "throw new RangeError('bad');", "lib/bad.mjs": "throw new RangeError('b');"},
    )
    ran = await javascript.run(flow)
    assert isinstance(ran.end, Returned)
    assert [text.rstrip() for text in ran.texts] == [
        "RangeError",
        "RangeError",
        "Error MODULE_NOT_FOUND",
        "Error MODULE_NOT_FOUND",
        "TypeError",
    ]


async def test_place_in_an_es_module_is_told(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        handler("(await import('../lib/throws.mjs')).fail();"),
        {"lib/throws.mjs": "export function fail() {\n  throw new TypeError('no');\n}"},
    )
    thrown = (await javascript.run(flow)).thrown
    assert thrown.line == 2
    assert thrown.stack[0].startswith("lib/throws.mjs:2:")


async def test_es_module_that_cannot_be_read_names_its_file(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        handler("await import('../lib/bad.mjs');"), {"lib/bad.mjs": "export const = 1;"}
    )
    thrown = (await javascript.run(flow)).thrown
    assert thrown.name == "SyntaxError"
    assert thrown.message.startswith("lib/bad.mjs: ")


async def test_name_that_a_module_does_not_export_is_told(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        handler("await import('../lib/wants.mjs');"),
        {"lib/wants.mjs": "import { b } from './has.mjs'; b();", "lib/has.mjs": "export let a;"},
    )
    thrown = (await javascript.run(flow)).thrown
    assert thrown.name == "SyntaxError"
    assert "'b'" in thrown.message


async def test_es_module_cannot_be_required_and_the_error_says_what_to_do(
    javascript: JavaScriptHost,
) -> None:
    flow = javascript_flow(handler("require('../lib/modern.mjs');"), FILES)
    thrown = (await javascript.run(flow)).thrown
    assert "import('../lib/modern.mjs')" in thrown.message


# --- What it must not reach -----------------------------------------------------------------------

OUTSIDE = (
    "{flow}/secret.mjs",
    "file://{flow}/secret.mjs",
    "file://localhost{flow}/secret.mjs",
    "FILE:{flow}/secret.mjs",
    "../secret.mjs",
    "../lib/disk.mjs",
    "file://{flow}/lib/disk.mjs",
    "colours/../../secret.mjs",
    "colours/%2e%2E/../secret.mjs",
    "colours/..\\\\..\\\\secret.mjs",
    "colours/.\\t./../secret.mjs",
    " file://{flow}/secret.mjs",
    "..",
    "../node_modules/colours/index.js",
    "{workers}/node/wire.mjs",
    "file://{workers}/node/wire.mjs",
    "\\tfile://{workers}/node/wire.mjs",
    "fi\\nle://{workers}/node/wire.mjs",
    "colours/../../../../../../../../../../../../..{workers}/node/wire.mjs",
    "colours/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e{workers}/node/wire.mjs",
    "colours/.%2e/.%2e/.%2e/.%2e/.%2e/.%2e/.%2e/.%2e/.%2e/.%2e/.%2e{workers}/node/wire.mjs",
    "data:text/javascript,export default 1",
    "data:text/javascript,import 'file://{workers}/node/wire.mjs'",
    "blob:nodedata:1",
    "https://example.com/x.mjs",
    "node:sqlite",
    "node:../../x",
    "#wire",
)


@pytest.mark.parametrize("load", ['await import("{}");', 'require("{}");'])
@pytest.mark.parametrize("specifier", OUTSIDE)
async def test_nothing_beside_the_flow_is_reached(
    javascript: JavaScriptHost, tmp_path: Path, specifier: str, load: str
) -> None:
    flow = javascript_flow(
        handler(load.format(specifier.format(flow=tmp_path, workers=WORKERS))),
        root=tmp_path,
        packages=write_files(tmp_path, PACKAGES),
    )
    ran = await javascript.run(flow)
    assert not ran.texts
    assert ran.thrown.name in ("Error", "TypeError"), ran.end


async def test_es_module_of_the_flow_reaches_no_more(
    javascript: JavaScriptHost, tmp_path: Path
) -> None:
    for specifier in (f"{WORKERS}/node/wire.mjs", "../secret.mjs", "../node_modules/colours"):
        flow = javascript_flow(
            handler("await import('../lib/x.mjs');"),
            {"lib/x.mjs": f"import '{specifier}'; console.log('reached');"},
            root=tmp_path,
            packages=write_files(tmp_path, PACKAGES),
        )
        ran = await javascript.run(flow)
        assert not ran.texts
        assert ran.thrown.message.startswith("Cannot find module")
