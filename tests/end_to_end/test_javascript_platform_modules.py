"""Modules as the platform has them: ``actions:NAME``, a plain name, and ``actions.secrets``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest

from javascript_actions import CODE, JavaScriptHost, handler, javascript_flow
from loginwright_runtime.extension_points import Returned
from loginwright_runtime.flow.bundle import export_bundle, read_bundle
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.model import Action

if TYPE_CHECKING:
    from pathlib import Path

    from loginwright_runtime.flow.model import Flow


def event(**secrets: str) -> bytes:
    return orjson.dumps({"user": {"user_id": "auth0|ada"}, "secrets": secrets})


HOMES = {
    "lib/shared-mail.js": ("actions:shared-mail", "shared-mail", "actions:Shared Mail"),
    "lib/Shared Mail.js": ("actions:Shared Mail", "Shared Mail"),
    "lib/mail/index.js": ("actions:mail", "mail", "Mail"),
    "lib/mail.json": ("actions:mail", "mail"),
    "lib/team/mail.js": ("actions:team/mail",),
}


@pytest.mark.parametrize(
    ("file", "specifier"), [(file, name) for file, names in HOMES.items() for name in names]
)
async def test_module_of_the_platform_stands_in_lib(
    javascript: JavaScriptHost, file: str, specifier: str
) -> None:
    text = '{"from": "ada"}' if file.endswith(".json") else "exports.from = 'ada';"
    flow = javascript_flow(handler(f"console.log(require('{specifier}').from);"), {file: text})
    ran = await javascript.run(flow)
    assert ran.texts == ["ada"], ran.end


@pytest.mark.parametrize("specifier", ["actions:absent", "actions:Our Mail", "Our Mail"])
@pytest.mark.parametrize("load", ["require('{}')", "await import('{}')"])
async def test_missing_module_names_module_action_and_remedy(
    javascript: JavaScriptHost, specifier: str, load: str
) -> None:
    thrown = (await javascript.run(handler(load.format(specifier) + ";"))).thrown
    name = specifier.removeprefix("actions:")
    for part in (f"'{specifier}'", 'Action "greet"', f'"{name}"', "lib/"):
        assert part in thrown.message
    assert thrown.missing_package is None
    assert thrown.line == 2 or load.startswith("await")


@pytest.mark.parametrize(
    "specifier", ["actions:", "actions:../actions/greet", "actions:/etc/passwd", "actions:../x"]
)
async def test_module_name_leads_nowhere_but_into_lib(
    javascript: JavaScriptHost, specifier: str
) -> None:
    flow = javascript_flow(handler(f"require('{specifier}');"), {"lib/x.js": ""})
    assert "Cannot find module" in (await javascript.run(flow)).thrown.message


async def test_what_node_brings_goes_before_a_module_of_the_flow(
    javascript: JavaScriptHost,
) -> None:
    flow = javascript_flow(
        handler("console.log(typeof require('crypto').createHash, require('actions:crypto'));"),
        {"lib/crypto.js": "module.exports = 'ours';"},
    )
    assert (await javascript.run(flow)).texts == ["function ours"]


async def test_package_goes_before_a_module_of_the_same_name(
    javascript: JavaScriptHost, tmp_path: Path
) -> None:
    package = tmp_path / "node_modules" / "mail"
    package.mkdir(parents=True)
    (package / "index.js").write_text("module.exports = 'package';")
    flow = javascript_flow(
        handler("console.log(require('mail'), require('actions:mail'), require('post'));"),
        {"lib/mail.js": "module.exports = 'ours';", "lib/post.js": "module.exports = 'post';"},
        packages=tmp_path,
    )
    assert (await javascript.run(flow)).texts == ["package ours post"]


async def test_module_reads_the_secrets_of_the_action_that_uses_it(
    javascript: JavaScriptHost,
) -> None:
    flow = javascript_flow(
        handler("const mail = require('actions:mail'); console.log(mail.held, mail.read());"),
        {
            "lib/mail.js": "exports.held = actions.secrets.KEY;\n"
            "exports.read = () => [actions.secrets.KEY, actions.secrets.OTHER];"
        },
    )
    ran = await javascript.run(flow, event=event(KEY="one"))
    assert ran.texts == ["one [ 'one', undefined ]"]


def of_two(flow: Flow) -> Flow:
    """The flow with its one action under two ids."""
    first = flow.actions[0]
    second = Action(id="second", name="Second", code=CODE, language="javascript")
    return flow.model_copy(update={"actions": (first, second)})


async def test_each_action_has_a_module_of_its_own(javascript: JavaScriptHost) -> None:
    flow = of_two(
        javascript_flow(
            handler(
                """
                const mail = require('actions:mail');
                console.log(mail.held, mail.read(), mail.next(), require('mail') === mail);
                """
            ),
            {
                "lib/mail.js": "let n = 0; exports.held = actions.secrets.KEY;\n"
                "exports.read = () => actions.secrets.KEY; exports.next = () => ++n;"
            },
        )
    )
    first, second = flow.actions
    texts = [
        (await javascript.run(flow, event=event(KEY=key), action=action)).texts
        for action, key in ((first, "one"), (second, "two"), (first, "one"))
    ]
    assert texts == [["one one 1 true"], ["two two 1 true"], ["one one 2 true"]]


async def test_module_starts_afresh_where_modules_do(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        handler("console.log(require('actions:count').next());"),
        {"lib/count.js": "let n = 0; exports.next = () => ++n;"},
    )
    for _ in range(2):
        assert (await javascript.run(flow, fresh_modules=True)).texts == ["1"]


async def test_code_may_use_the_name_actions_for_its_own(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        "const actions = 'mine';\n" + handler("console.log(actions, require('actions:x'));"),
        {"lib/x.js": "const actions = ['ours']; module.exports = actions;"},
    )
    assert (await javascript.run(flow)).texts == ["mine [ 'ours' ]"]


async def test_late_code_keeps_the_secrets_of_its_own_run(javascript: JavaScriptHost) -> None:
    flow = javascript_flow(
        handler(
            """
            const read = () => actions.secrets.KEY;
            await new Promise((done) => setTimeout(done, 1));
            console.log(read());
            """
        )
    )
    for key in ("one", "two"):
        assert (await javascript.run(flow, event=event(KEY=key))).texts == [key]


async def test_module_travels_in_the_bundle(javascript: JavaScriptHost, tmp_path: Path) -> None:
    folder = tmp_path / "flow"
    for path, text in {
        "flow.json": '{"format": "loginwright/flow@1", "name": "Mail", "trigger": "post-login",'
        ' "settings": {}, "actions": [{"id": "greet", "name": "Greet", "secrets": ["KEY"],'
        ' "code": "actions/greet.js"}]}',
        "actions/greet.js": handler("console.log(require('actions:Our Mail').key);"),
        "lib/Our Mail.js": "exports.key = actions.secrets.KEY;",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    flow = read_bundle(export_bundle(read_flow_folder(folder)), "mail.loginflow")
    ran = await javascript.run(flow, event=event(KEY="teal"))
    assert isinstance(ran.end, Returned), ran.end
    assert ran.texts == ["teal"]
