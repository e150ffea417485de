"""What JavaScript actions require: files of the flow, packages, Node's own modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from javascript_actions import (
    JavaScriptHost,
    handler,
    javascript_flow,
    write_files,
)
from loginwright_runtime.errors import HostError
from loginwright_runtime.extension_points import Returned

if TYPE_CHECKING:
    from pathlib import Path


PACKAGES = {
    "node_modules/colours/package.json": '{"name": "colours", "version": "3.0.0"}',
    "node_modules/colours/index.js": "exports.favourite = 'teal';",
    "node_modules/colours/part.js": "module.exports = require('./index').favourite + '!';",
    "node_modules/@scope/shapes/package.json": '{"name": "@scope/shapes", "main": "main.js"}',
    "node_modules/@scope/shapes/main.js": "module.exports = class Shape {};",
    "node_modules/@scope/shapes/deep/part.js": "module.exports = 'part';",
    "node_modules/modern/package.json": '{"name": "modern", "type": "module", "exports": "./m.js"}',
    "node_modules/modern/m.js": "export const modern = true; export default 'yes';",
    "node_modules/needy/index.js": "require('absent');",
    "node_modules/broken/index.js": "throw new TypeError('broken inside');",
    "node_modules/native/index.js": "require('./build/addon.node');",
    "node_modules/native/build/addon.node": "no library",
    ".env": "SECRET=1",
    "actions/greet.js": "on disk",
}


# --- Files of the flow ----------------------------------------------------------------------------

REQUIRED = {
    "../lib/plain": "plain",
    "../lib/plain.js": "plain",
    "./beside": "beside",
    "./beside.js": "beside",
    "../lib/data.json": "{ colour: 'teal' }",
    "../lib/data": "{ colour: 'teal' }",
    "../lib/folder": "index",
    "../lib/folder/": "index",
    "../lib/folder/../plain": "plain",
    "../lib/told": "main",
    "/loginwright/lib/plain.js": "plain",
}


@pytest.mark.parametrize("specifier", REQUIRED)
async def test_file_of_the_flow_is_found_as_node_finds_it(
    javascript: JavaScriptHost, specifier: str
) -> None:
    flow = javascript_flow(
        handler(f"console.log(require('{specifier}'));"),
        {
            "lib/plain.js": "module.exports = 'plain';",
            "actions/beside.js": "module.exports = 'beside';",
            "lib/data.json": '{"colour": "teal"}',
            "lib/folder/index.js": "module.exports = 'index';",
            "lib/told/package.json": '{"main": "./inner/main"}',
            "lib/told/inner/main.js": "module.exports = 'main';",
        },
    )
    assert (await javascript.run(flow)).texts == [REQUIRED[specifier]]


async def test_modules_are_evaluated_once_and_may_need_each_other(
    javascript: JavaScriptHost,
) -> None:
    flow = javascript_flow(
        handler(
            """
            const one = require('../lib/one');
            console.log(one.name, one.other().name, one === require('../lib/one.js'));
            const file = require.resolve("../lib/two");
            console.log(file, require.cache[file].loaded);
            """
        ),
        {
            "lib/one.js": (
                "console.log('one'); exports.name = 'one'; const two = require('./two');"
                "exports.other = () => two;"
            ),
            "lib/two.js": "exports.name = 'two after ' + require('./one').name;",
        },
    )
    assert (await javascript.run(flow)).texts == [
        "one",
        "one two after one true",
        "/loginwright/lib/two.js true",
    ]


@pytest.mark.parametrize("specifier", ["../lib/absent", "../../etc/passwd", "/etc/passwd", "."])
async def test_absent_file_is_named(javascript: JavaScriptHost, specifier: str) -> None:
    thrown = (await javascript.run(handler(f"require('{specifier}');"))).thrown
    assert thrown.message.startswith(f"Cannot find module '{specifier}'.")
    assert "actions/greet.js" in thrown.message
    assert thrown.line == 2
    assert thrown.missing_package is None


async def test_json_that_is_none_names_its_file(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(handler("require('../lib/data.json');"), {"lib/data.json": "{"})
    thrown = (await javascript.run(flow)).thrown
    assert thrown.name == "SyntaxError"
    assert thrown.message.startswith("lib/data.json: ")


async def test_module_that_threw_is_tried_again(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        handler(
            """
            for (let n = 0; n < 2; n++) {
              try { require('../lib/bad'); } catch (error) { console.log(error.message); }
            }
            """
        ),
        {"lib/bad.js": "globalThis.tries = (globalThis.tries ?? 0) + 1; throw new Error(tries);"},
    )
    assert (await javascript.run(flow)).texts == ["1", "2"]


async def test_require_wants_a_name(javascript: JavaScriptHost) -> None:
    for argument in ("5", "''", "undefined"):
        thrown = (await javascript.run(handler(f"require({argument});"))).thrown
        assert thrown.name == "TypeError"


# --- Packages -------------------------------------------------------------------------------------


async def test_packages_of_the_flow_are_found(javascript: JavaScriptHost, tmp_path: Path) -> None:
    flow = javascript_flow(
        handler(
            """
            console.log(require('colours').favourite, require('colours/part'));
            console.log(typeof require('@scope/shapes'), require('@scope/shapes/deep/part'));
            console.log(require('modern').modern, (await import('modern')).default);
            console.log((await import('colours')).favourite, require('../lib/uses'));
            console.log(require.resolve('colours').endsWith('node_modules/colours/index.js'));
            """
        ),
        {"lib/uses.js": "module.exports = require('colours').favourite;"},
        root=tmp_path,
        packages=write_files(tmp_path, PACKAGES),
    )
    ran = await javascript.run(flow)
    assert ran.texts == ["teal teal!", "function part", "true yes", "teal teal", "true"], ran.end


async def test_version_in_a_specifier_is_left_out_with_a_warning(
    javascript: JavaScriptHost, tmp_path: Path
) -> None:
    flow = javascript_flow(
        handler(
            """
            console.log(require('colours@1.2.3').favourite, require('colours@1.2.3/part'));
            console.log(typeof require('@scope/shapes@2'));
            """
        ),
        packages=write_files(tmp_path, PACKAGES),
    )
    ran = await javascript.run(flow)
    warnings = [line.text for line in ran.logs if line.level == "warn"]
    assert [text.split(" asks")[0] for text in warnings] == [
        "require('colours@1.2.3')",
        "require('colours@1.2.3/part')",
        "require('@scope/shapes@2')",
    ]
    assert [line.text for line in ran.logs if line.level == "log"] == ["teal teal!", "function"]


@pytest.mark.parametrize("with_packages", [True, False])
async def test_missing_package_names_package_action_and_remedy(
    javascript: JavaScriptHost, tmp_path: Path, *, with_packages: bool
) -> None:
    packages = write_files(tmp_path, PACKAGES) if with_packages else None
    source = "\n" + handler("") + "require('axios/lib/core');"
    thrown = (await javascript.run(javascript_flow(source, packages=packages))).thrown
    assert thrown.missing_package == "axios"
    assert thrown.line == 5
    for part in ("'axios/lib/core'", '"greet"', '"axios"', "npm install axios"):
        assert part in thrown.message


@pytest.mark.parametrize("load", ["require('{}')", "await import('{}')"])
@pytest.mark.parametrize("specifier", ["axios", "needy", "@scope/absent"])
async def test_package_of_a_folder_above_the_flow_is_missing_too(
    javascript: JavaScriptHost, tmp_path: Path, load: str, specifier: str
) -> None:
    for name in ("axios", "absent", "@scope/absent"):
        write_files(tmp_path, {f"node_modules/{name}/index.js": ""})
    folder = write_files(tmp_path / "flow", PACKAGES)
    flow = javascript_flow(handler(load.format(specifier) + ";"), root=folder, packages=folder)
    thrown = (await javascript.run(flow)).thrown
    assert thrown.missing_package == {"needy": "absent"}.get(specifier, specifier)
    assert "install it in the flow folder" in thrown.message


async def test_module_of_the_flow_is_found_below_a_folder_with_packages(
    javascript: JavaScriptHost, tmp_path: Path
) -> None:
    write_files(tmp_path, {"node_modules/other/index.js": ""})
    folder = write_files(tmp_path / "flow", PACKAGES)
    flow = javascript_flow(
        handler("console.log(require('mail'));"),
        {"lib/mail.js": "module.exports = 'ours';"},
        root=folder,
        packages=folder,
    )
    assert (await javascript.run(flow)).texts == ["ours"]


async def test_missing_package_of_a_package_names_both(
    javascript: JavaScriptHost, tmp_path: Path
) -> None:
    flow = javascript_flow(handler("require('needy');"), packages=write_files(tmp_path, PACKAGES))
    thrown = (await javascript.run(flow)).thrown
    assert thrown.missing_package == "absent"
    assert '"needy", which needs "absent"' in thrown.message


async def test_missing_package_of_an_import_is_told(
    javascript: JavaScriptHost, tmp_path: Path
) -> None:
    flow = javascript_flow(
        handler("await import('@absent/package');"),
        root=tmp_path,
        packages=write_files(tmp_path, PACKAGES),
    )
    thrown = (await javascript.run(flow)).thrown
    assert thrown.missing_package == "@absent/package"
    assert "npm install @absent/package" in thrown.message


async def test_missing_package_may_be_optional(javascript: JavaScriptHost) -> None:
    body = "try { require('absent'); } catch (error) { console.log(error.code); }"
    ran = await javascript.run(handler(body))
    assert isinstance(ran.end, Returned)
    assert ran.texts == ["MODULE_NOT_FOUND"]


async def test_error_inside_a_package_is_its_own(
    javascript: JavaScriptHost, tmp_path: Path
) -> None:
    flow = javascript_flow(handler("require('broken');"), packages=write_files(tmp_path, PACKAGES))
    thrown = (await javascript.run(flow)).thrown
    assert (thrown.name, thrown.message, thrown.line) == ("TypeError", "broken inside", 2)
    assert thrown.missing_package is None


async def test_native_addon_is_refused(javascript: JavaScriptHost, tmp_path: Path) -> None:
    flow = javascript_flow(handler("require('native');"), packages=write_files(tmp_path, PACKAGES))
    assert "native addon" in (await javascript.run(flow)).thrown.message


@pytest.mark.parametrize("path", [".env", "actions/greet.js", "../secret.txt"])
async def test_only_packages_can_be_read_from_disk(
    javascript: JavaScriptHost, tmp_path: Path, path: str
) -> None:
    folder = write_files(tmp_path / "flow", PACKAGES)
    write_files(tmp_path, {"secret.txt": "mine"})
    flow = javascript_flow(
        handler(f"require('fs').readFileSync('{folder / path}');"), root=folder, packages=folder
    )
    assert "permission" in (await javascript.run(flow)).thrown.message


async def test_link_that_leaves_the_packages_is_refused(
    javascript: JavaScriptHost, tmp_path: Path
) -> None:
    folder = write_files(tmp_path / "flow", PACKAGES)
    write_files(tmp_path, {"secret.txt": "mine"})
    (folder / "node_modules" / "colours" / "out").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(HostError, match="colours/out is a link that leads out of node_modules"):
        await javascript.run(javascript_flow(handler(""), packages=folder))


async def test_link_inside_the_packages_is_followed(
    javascript: JavaScriptHost, tmp_path: Path
) -> None:
    folder = write_files(tmp_path, PACKAGES)
    (folder / "node_modules" / "linked").symlink_to("colours", target_is_directory=True)
    flow = javascript_flow(handler("console.log(require('linked').favourite);"), packages=folder)
    assert (await javascript.run(flow)).texts == ["teal"]


# --- Node's own -----------------------------------------------------------------------------------


async def test_modules_of_node_are_there(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler(
            """
            const { createHash } = require('crypto');
            const { randomUUID } = require('node:crypto');
            const fs = await import('node:fs');
            console.log(createHash('sha256').update('x').digest('hex').slice(0, 8));
            console.log(randomUUID().length, require('util/types').isDate(new Date()));
            console.log(typeof fs.readFile);
            for (const name of ['assert', 'buffer', 'events', 'http', 'https', 'path', 'url',
              'querystring', 'stream', 'string_decoder', 'timers/promises', 'tls', 'util', 'zlib',
              'node:test', 'dns/promises', 'net', 'os', 'perf_hooks', 'vm']) require(name);
            """
        )
    )
    assert isinstance(ran.end, Returned), ran.end
    assert ran.texts == ["2d711642", "36 true", "function"]


async def test_globals_of_node_are_there_in_one_realm(javascript: JavaScriptHost) -> None:
    ran = await javascript.run(
        handler(
            """
            console.log(new URL('https://a.example/?b=1').searchParams.get('b'),
              Buffer.from('aGk=', 'base64').toString(), structuredClone(new Map([[1, 2]])).get(1),
              typeof fetch, typeof AbortController, new TextDecoder().decode(new Uint8Array([104])),
              typeof crypto.subtle, atob('aGk='), typeof queueMicrotask, typeof WebSocket);
            console.log(new Error() instanceof Error, [] instanceof Array, {} instanceof Object,
              Buffer.from('') instanceof Uint8Array,
              require('util').types.isPromise((async () => {})()));
            const ticks = [];
            setImmediate(() => ticks.push(1));
            await new Promise((done) => setTimeout(done, 2));
            const stop = setInterval(() => {}, 1); clearInterval(stop);
            console.log(ticks, await new Intl.NumberFormat('de').format(1.5),
              `${new Date(0)}`, process.version.split('.')[0], typeof process.hrtime.bigint());
            """
        )
    )
    assert ran.texts == [
        "1 hi 2 function function h object hi function function",
        "true true true true true",
        "[ 1 ] 1,5 Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time) v24 bigint",
    ]
