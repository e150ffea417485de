"""Modules that are there, and modules that are not."""

from __future__ import annotations

from checked_code import Code, on_execute
from rule_cases.case import marks, passes

_PYTHON = "\nasync def on_execute_post_login(event, api): ...\n"

CASES = (
    marks(
        "missing-package",
        "a package that is not installed",
        on_execute("  const axios = require('axios');"),
        at="actions/action.js:2",
    ),
    marks(
        "missing-package",
        "a scoped package with version and path",
        on_execute("  require('@scope/name@1.2.3/part');"),
        at="actions/action.js:2",
    ),
    marks(
        "missing-package",
        "a package that a module of the flow needs",
        on_execute("  require('../lib/x');"),
        files={"lib/x.js": "\nmodule.exports = import('lodash');"},
        at="lib/x.js:2",
    ),
    marks(
        "missing-package",
        "a Python package that is not installed",
        Code("import no_such_package.part" + _PYTHON, language="python"),
        at="actions/action.py:1",
    ),
    marks(
        "missing-package",
        "a package whose names another ES module passes on",
        on_execute("  import('../lib/x.mjs');"),
        files={"lib/x.mjs": "\nexport { default } from 'lodash';"},
        at="lib/x.mjs:2",
    ),
    passes(
        "missing-package",
        "a module of the platform that stands in lib",
        on_execute("  require('shared'); require('Our Mail'); require('shared@2.0.0');"),
        files={"lib/shared.js": "", "lib/our-mail.js": ""},
    ),
    passes(
        "missing-package",
        "modules of Node",
        on_execute("  require('crypto'); require('node:test'); require('fs/promises');"),
    ),
    passes(
        "missing-package",
        "a package that is tried only",
        on_execute("  try { require('axios'); } catch { /* without it */ }"),
    ),
    passes(
        "missing-package",
        "a name that is known only when the code runs",
        on_execute("  require(event.user.name);"),
    ),
    passes(
        "missing-package",
        "modules of Python, the runtime and an installed package",
        Code(
            "import os.path, json\nfrom loginwright_runtime import Event\nimport pydantic"
            + _PYTHON,
            language="python",
        ),
    ),
    passes(
        "missing-package",
        "a Python package whose absence is handled",
        Code(
            "try:\n    import no_such_package\nexcept ImportError:\n    no_such_package = None"
            + _PYTHON,
            language="python",
        ),
    ),
    marks(
        "missing-module",
        "a path that leads nowhere",
        on_execute("  require('./lib/x'); require('../lib/x');"),
        files={"lib/x.js": ""},
        at="actions/action.js:2",
    ),
    marks(
        "missing-module",
        "a module of the platform that nobody brought along",
        on_execute(
            "  require('actions:shared');\n  require('Our Mail');\n  import('actions:shared');\n"
            "  require('actions:../actions/action.js');"
        ),
        at="actions/action.js:2 actions/action.js:3 actions/action.js:4 actions/action.js:5",
    ),
    marks(
        "missing-module",
        "an address that no flow can import from",
        on_execute("  import('https://example.com/x.mjs');"),
        at="actions/action.js:2",
    ),
    passes(
        "missing-module",
        "modules of the platform, by name and by what ids are made of",
        on_execute(
            "  require('actions:shared'); require('actions:Our Mail'); require('actions:Deep One');"
        ),
        files={"lib/shared/index.js": "", "lib/our-mail.js": "", "lib/Deep One.json": "{}"},
    ),
    marks(
        "missing-module",
        "Python modules that have no file",
        Code("import lib.x\nfrom lib import y\nfrom . import z" + _PYTHON, language="python"),
        at="actions/action.py:1 actions/action.py:2 actions/action.py:3",
    ),
    passes(
        "missing-module",
        "a file, a folder and JSON",
        on_execute("  require('../lib/x'); require('../lib/y'); require('../lib/z.json');"),
        files={"lib/x.js": "", "lib/y/index.js": "", "lib/z.json": "{}"},
    ),
    passes(
        "missing-module",
        "Python modules, packages, and their own relative imports",
        Code("import lib.x.y\nfrom lib import z\nfrom lib.z import f" + _PYTHON, language="python"),
        files={
            "lib/x/y.py": "from . import w\nfrom ..z import f",
            "lib/x/w.py": "",
            "lib/z.py": "def f(): ...",
        },
    ),
    marks(
        "required-es-module",
        "an ES module of the flow, by its path and by its name",
        on_execute("  require('../lib/x.mjs');\n  require('actions:x.mjs').greet(event);"),
        files={"lib/x.mjs": "export const greet = () => {};"},
        at="actions/action.js:2 actions/action.js:3",
    ),
    marks(
        "required-es-module",
        "an ES module that a module of the flow requires",
        on_execute("  require('../lib/y');"),
        files={"lib/y.js": "\nexports.x = require('./x.mjs');", "lib/x.mjs": ""},
        at="lib/y.js:2",
    ),
    passes(
        "required-es-module",
        "an ES module that is imported, also by another one",
        on_execute("  await import('../lib/x.mjs'); await import('actions:x.mjs');"),
        files={
            "lib/x.mjs": "import z from './z.mjs';\nexport * from './z.mjs';\n"
            "export { z } from './z.mjs';",
            "lib/z.mjs": "export default 1;\nexport const z = 2;",
        },
    ),
    passes(
        "required-es-module",
        "an ES module that is imported where it cannot be required",
        on_execute("  try { require('../lib/x.mjs'); } catch { await import('../lib/x.mjs'); }"),
        files={"lib/x.mjs": ""},
    ),
    passes(
        "required-es-module",
        "an ES module that is not there, which is another matter",
        on_execute("  require('../lib/x.mjs');"),
    ),
)
