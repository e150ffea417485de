"""Calls of the api that do not do what they say."""

from __future__ import annotations

from checked_code import on_execute, on_execute_in_python
from rule_cases.case import marks, passes

CASES = (
    marks(
        "deny-two-arguments",
        "a code and a reason",
        on_execute("  api.access.deny('code', 'reason');"),
        at="actions/action.js:2",
    ),
    passes("deny-two-arguments", "a reason", on_execute("  api.access.deny('reason');")),
    passes(
        "deny-two-arguments",
        "a reason by its name, in Python",
        on_execute_in_python("api.access.deny(reason='no')"),
    ),
    marks(
        "unknown-api-method",
        "a misspelt method and an unknown group",
        on_execute("  api.idToken.setClaim('a', 1);\n  api.mfa.enable('any');"),
        at="actions/action.js:2 actions/action.js:3",
    ),
    marks(
        "unknown-api-method",
        "a misspelt method in Python",
        on_execute_in_python("api.id_token.set_claim('a', 1)"),
        at="actions/action.py:2",
    ),
    marks(
        "unknown-api-method",
        "JavaScript's spelling in Python",
        on_execute_in_python(
            "api.idToken.setCustomClaim('a', 1)\napi.access_token.addScope('a')\n"
            "token = api.accessToken\ntoken.remove_scope('a')"
        ),
        at="actions/action.py:2 actions/action.py:3 actions/action.py:5",
    ),
    passes(
        "unknown-api-method",
        "every spelling of Python's own, and a member that the code makes",
        on_execute_in_python(
            "api.id_token.set_custom_claim('https://a.example.com/x', 1)\n"
            "api.saml_response.set_name_identifier_format('x')\n"
            "api.myHelper = print\napi.myHelper('x')"
        ),
    ),
    passes(
        "unknown-api-method",
        "one that is asked for first, or made by the code",
        on_execute(
            "  if (api.session && api.session.prolong) api.session.prolong();\n"
            "  api.session.prolong?.();\n  api.log = () => {};\n  api.log('x');\n"
            "  api.idToken.setCustomClaim('https://a.example.com/x', 1);"
        ),
    ),
    passes(
        "unknown-api-method",
        "one whose name is looked for with in",
        on_execute(
            "  if ('prolong' in api.session) api.session.prolong();\n"
            "  if (!('log' in api)) return;\n  api.log('x');"
        ),
    ),
    passes(
        "unknown-api-method",
        "one that is called only where it is, by an optional chain",
        on_execute(
            "  api.prolonging?.prolong();\n  api.prolonging?.by.days(1);\n"
            "  api.accessToken.addScope('a').addScope?.('b');\n"
            "  (await api.session).prolong?.();"
        ),
    ),
    marks(
        "unknown-api-method",
        "one behind a question about a part of the api that is always there",
        on_execute(
            "  api.access?.denny('x');\n  api?.prolong();\n  (api.prolonging?.by).days(1);\n"
            "  if (api.session) api.session.prolong();\n  api.session.prolong(api.log?.());"
        ),
        at="actions/action.js:2 actions/action.js:3 actions/action.js:4 actions/action.js:5 "
        "actions/action.js:6",
    ),
    marks(
        "unknown-api-method",
        "one beside another that is looked for",
        on_execute("  if ('log' in api) api.prolong();"),
        at="actions/action.js:2",
    ),
    marks(
        "unknown-api-method",
        "one that is compared with the api, and not looked for in it",
        on_execute("  if ('prolong' === api.session) api.session.prolong();"),
        at="actions/action.js:2",
    ),
    marks(
        "metadata-key-refused",
        "a dot and a reserved name",
        on_execute(
            "  api.user.setUserMetadata('a.b', 1);\n  api.user.setAppMetadata('blocked', 1);"
        ),
        at="actions/action.js:2 actions/action.js:3",
    ),
    passes(
        "metadata-key-refused",
        "an ordinary key",
        on_execute("  api.user.setUserMetadata('blocked', 1);\n  api.user.setAppMetadata('a', 1);"),
    ),
)
