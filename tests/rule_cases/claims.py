"""Claims that are refused, and claims that are set twice."""

from __future__ import annotations

from checked_code import Code, on_execute, on_execute_in_python
from rule_cases.case import marks, passes

_URI = "https://my-app.example.com"

CASES = (
    marks(
        "claim-refused",
        "restricted names, in both modes",
        on_execute(
            "  api.idToken.setCustomClaim('roles', 1);\n  api.accessToken.setCustomClaim('sub', 1);"
        ),
        claims="any",
        at="actions/action.js:2 actions/action.js:3",
    ),
    marks(
        "claim-refused",
        "a namespace of the platform",
        on_execute("  api.idToken.setCustomClaim(`https://x.AUTH0.com/${event.user.name}`, 1);"),
        claims="any",
        at="actions/action.js:2",
    ),
    marks(
        "claim-refused",
        "a plain name where a URI is asked for",
        on_execute("  api.idToken.setCustomClaim('colour', 1);"),
        at="actions/action.js:2",
    ),
    marks(
        "claim-refused",
        "a constant of the module, in Python",
        Code(
            'NAME = "colour"\ndef on_execute_post_login(event, api):\n'
            "    api.id_token.set_custom_claim(NAME, 1)\n",
            language="python",
        ),
        at="actions/action.py:3",
    ),
    marks(
        "claim-refused",
        "both tokens of a loop",
        on_execute(
            "  for (const t of [api.idToken, api.accessToken])\n    t.setCustomClaim('colour', 1);"
        ),
        at="actions/action.js:3",
    ),
    marks(
        "claim-refused",
        "both tokens of a list, by names that were frozen",
        on_execute(
            "  const names = Object.freeze({ colour: 'colour' });\n"
            "  [api.idToken, api.accessToken].forEach((t) => {\n"
            "    t.setCustomClaim(names.colour, 1);\n  });\n"
            "  ['idToken'].forEach((t) => api[t].setCustomClaim(names['colour'], 1));"
        ),
        at="actions/action.js:4 actions/action.js:6",
    ),
    passes(
        "claim-refused",
        "a plain name where any is allowed",
        on_execute("  api.idToken.setCustomClaim('colour', 1);"),
        claims="any",
    ),
    passes(
        "claim-refused",
        "URIs, and names that are known only when the code runs",
        Code(
            f"const ns = '{_URI}';\nexports.onExecutePostLogin = async (event, api) => {{\n"
            "  api.idToken.setCustomClaim(ns + '/roles', 1);\n"
            "  api.idToken.setCustomClaim(`${event.secrets.NS}/roles`, 1);\n"
            "  api.idToken.setCustomClaim(`https://${event.secrets.HOST}/roles`, 1);\n"
            "  api.idToken.setCustomClaim('urn:example:roles', 1);\n};\n",
            secrets=("NS", "HOST"),
        ),
    ),
    marks(
        "claim-set-twice",
        "two actions, in two languages",
        on_execute(f"  api.idToken.setCustomClaim('{_URI}/a', 1);", "First"),
        on_execute_in_python(f"api.id_token.set_custom_claim('{_URI}/a', 2)", "Second"),
        at="actions/second.py:2",
    ),
    marks(
        "claim-set-twice",
        "one action, for certain",
        on_execute(
            f"  api.idToken.setCustomClaim('{_URI}/a', 1);\n"
            f"  api.idToken.setCustomClaim('{_URI}/a', 2);"
        ),
        at="actions/action.js:3",
    ),
    passes(
        "claim-set-twice",
        "a default and an exception",
        on_execute(
            f"  api.idToken.setCustomClaim('{_URI}/a', 1);\n"
            f"  if (event.user.name) api.idToken.setCustomClaim('{_URI}/a', 2);"
        ),
    ),
    marks(
        "claim-set-twice",
        "only once where a later action sets it on two ways",
        on_execute(f"  api.idToken.setCustomClaim('{_URI}/a', 1);", "First"),
        on_execute(
            f"  if (event.user.name) api.idToken.setCustomClaim('{_URI}/a', 2);\n"
            f"  else api.idToken.setCustomClaim('{_URI}/a', 3);",
            "Second",
        ),
        at="actions/second.js:2",
    ),
    passes(
        "claim-set-twice",
        "one name, for certain, in each of the two tokens",
        on_execute(
            f"  api.idToken.setCustomClaim('{_URI}/a', 1);\n"
            f"  api.accessToken.setCustomClaim('{_URI}/a', 1);"
        ),
    ),
    passes(
        "claim-set-twice",
        "two tokens, two names, two ways",
        on_execute(
            f"  api.idToken.setCustomClaim('{_URI}/a', 1);\n"
            f"  api.accessToken.setCustomClaim('{_URI}/a', 1);\n"
            f"  if (event.user.name) api.idToken.setCustomClaim('{_URI}/b', 1);\n"
            f"  else api.idToken.setCustomClaim('{_URI}/b', 2);",
            "First",
        ),
        Code(
            on_execute(f"  api.idToken.setCustomClaim('{_URI}/a', 1);").text,
            "Second",
            enabled=False,
        ),
    ),
)
