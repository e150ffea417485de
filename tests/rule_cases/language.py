"""Code that is no program, or no action."""

from __future__ import annotations

from checked_code import Code, on_execute
from rule_cases.case import marks, passes

BROKEN = "exports.onExecutePostLogin = async (event, api) => {\n  if (event.user {\n};\n"

CASES = (
    marks("syntax-error", "a bracket is missing", Code(BROKEN), at="actions/action.js:2"),
    marks(
        "syntax-error",
        "an ES module is no action",
        Code("export const onExecutePostLogin = async () => {};\n"),
        at="actions/action.js:1",
    ),
    marks(
        "syntax-error",
        "code that closes the wrapper it is compiled in",
        Code("});\n(function () {\n"),
        at="actions/action.js:1",
    ),
    marks(
        "syntax-error",
        "Python with a bracket that nothing closes",
        Code("def on_execute_post_login(event, api):\n    api.access.deny(\n", language="python"),
        at="actions/action.py:2",
    ),
    marks(
        "syntax-error",
        "Python that returns outside a function",
        Code("x = 1\nreturn x\n", language="python"),
        at="actions/action.py:2",
    ),
    marks(
        "syntax-error",
        "a module that the action requires",
        on_execute("  require('../lib/rules');"),
        files={"lib/rules.js": "let a = 1;\nlet a = 2;\n"},
        at="lib/rules.js:2",
    ),
    marks(
        "syntax-error",
        "a JSON file that the action requires",
        on_execute("  require('../lib/domains.json');"),
        files={"lib/domains.json": '{\n  "a": 1\n  "b": 2\n}\n'},
        at="lib/domains.json:3",
    ),
    marks(
        "syntax-error",
        "a required file that is not even text",
        on_execute("  require('../lib/domains.json');"),
        files={"lib/domains.json": "[" * 100_000},
        at="lib/domains.json:None",
    ),
    marks(
        "syntax-error",
        "Python that names an encoding nobody knows",
        Code("# coding: nowhere\n", language="python"),
        at="actions/action.py:None",
    ),
    passes(
        "syntax-error",
        "JavaScript as of today, and a return at the top",
        Code(
            "#!/usr/bin/env node\n'use strict';\nclass A { #x = 1; static { A.y = 2; } }\n"
            "exports.onExecutePostLogin = async function* () { yield new A() ?? A?.y; };\nreturn;\n"
        ),
    ),
    passes(
        "syntax-error",
        "Python in another encoding that says so",
        Code(
            "# -*- coding: utf-8 -*-\nasync def on_execute_post_login(event, api):\n"
            "    assert (event, 'è')\n    return event is 'x' or '\\d'\n",
            language="python",
        ),
    ),
    marks("no-handler", "an empty file", Code("// later\n"), at="actions/action.js:None"),
    marks(
        "no-handler",
        "only the handler for those who come back",
        Code("\nexports.onContinuePostLogin = async () => {};\n"),
        at="actions/action.js:2",
    ),
    marks(
        "no-handler",
        "a function on the this of a function",
        Code("function f() { this.onExecutePostLogin = () => {}; }\nf();\n"),
        at="actions/action.js:None",
    ),
    marks(
        "no-handler",
        "the platform's first shape of an action",
        Code("module.exports = async (event, context) => ({});\n"),
        at="actions/action.js:None",
    ),
    marks(
        "no-handler",
        "an object without a handler",
        Code("module.exports = { onExecutePostlogin() {} };\n"),
        at="actions/action.js:None",
    ),
    marks(
        "no-handler",
        "a misspelt handler in Python",
        Code("def on_execute_postlogin(event, api):\n    pass\n", language="python"),
        at="actions/action.py:None",
    ),
    *(
        passes("no-handler", story, Code(text))
        for story, text in {
            "a function on exports": "exports.onExecutePostLogin = function () {};",
            "a function on this, which is the exports": "this.onExecutePostLogin = () => {};",
            "exports handed on as this": "(function (root) { root[f] = 1; })(this);",
            "a mark before the code": "\ufeffexports.onExecutePostLogin = () => {};",
            "a function on module.exports": "module.exports.onExecutePostLogin = () => {};",
            "an object of handlers": "module.exports = { async onExecutePostLogin() {} };",
            "both names at once": "exports = module.exports = { onExecutePostLogin: () => {} };",
            "a declared function": "function f() {}\nmodule.exports = { onExecutePostLogin: f };",
            "a wrapped function": "exports.onExecutePostLogin = wrap(async () => {});",
            "another module's exports": "module.exports = require('../lib/x');",
            "a computed name": "const name = process.title;\nexports[name] = () => {};",
            "exports handed to a function": "Object.assign(exports, require('../lib/x'));",
            "a spread object": "module.exports = { ...require('../lib/x') };",
            "an object that gets its handler later": (
                "var out = {};\nout.onExecutePostLogin = () => {};\nmodule.exports = out;"
            ),
            "what a bundler writes": (
                "var d = Object.defineProperty, put = (to, all) => {\n"
                "  for (var name in all) d(to, name, { get: all[name], enumerable: true });\n};\n"
                "var made = {};\nput(made, { onExecutePostLogin: () => run });\n"
                "module.exports = made;\nvar run = async (event, api) => {};"
            ),
            "an object that a function fills": (
                "const made = {};\nObject.assign(made, { onExecutePostLogin() {} });\n"
                "module.exports = made;"
            ),
            "names out of a list": (
                "for (const n of ['onExecutePostLogin']) exports[n] = async () => {};"
            ),
        }.items()
    ),
    *(
        passes("no-handler", story, Code(text, language="python"))
        for story, text in {
            "an async function": "async def on_execute_post_login(event, api): ...",
            "a sync function": "def on_execute_post_login(event, api): ...",
            "an imported function": "from lib.x import on_execute_post_login",
            "everything of a module": "from lib.x import *",
            "a function under a condition": (
                "if True:\n    def on_execute_post_login(event, api): ..."
            ),
            "a name in globals()": "globals()['on_execute_post_login'] = lambda event, api: None",
            "a name that code in a text makes": "exec('def on_execute_post_login(e, a): ...')",
            "an attribute of the module": (
                "import sys\nsetattr(sys.modules[__name__], 'on_execute_post_login', print)"
            ),
            "a global of a function": (
                "def make():\n    global on_execute_post_login\n"
                "    def on_execute_post_login(event, api): ...\nmake()"
            ),
        }.items()
    ),
    marks(
        "analysis-unavailable",
        "code that is nested too deeply",
        on_execute("  " + "[" * 300 + "]" * 300 + ";"),
        at="actions/action.js:None",
    ),
    passes(
        "analysis-unavailable",
        "a very long concatenation",
        on_execute("  '' + 'a'" + " + 'a'" * 900),
    ),
)
