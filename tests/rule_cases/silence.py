"""Redirects, forms, challenges and enrolments that a silent login goes round."""

from __future__ import annotations

from checked_code import Code, on_execute, on_execute_in_python
from rule_cases.case import marks, passes

_RULE = "redirect-skipped-when-silent"
_SEND = "api.redirect.sendUserTo('https://a.example.com');"
_DENY = "api.access.deny('no');"

_BYPASSES = {
    "a guard with nothing beside it": f"if (api.redirect.canRedirect()) {{ {_SEND} }}",
    "an early return": f"if (!api.redirect.canRedirect()) return; {_SEND}",
    "a test of the protocol": (
        f"if (event.transaction.protocol !== 'oauth2-refresh-token') {{ {_SEND} }}"
    ),
    "a protocol that is returned on": (
        f"if (event.transaction?.protocol === 'oauth2-refresh-token') {{ return; }} {_SEND}"
    ),
    "a list of protocols": f"if (!WEB.includes(event.transaction.protocol)) return; {_SEND}",
    "a test of the prompt": (
        f"if (event.transaction?.prompt?.includes('none')) {{ return; }} {_SEND}"
    ),
    "a prompt in the query": f"if (event.request.query.prompt === 'none') return; {_SEND}",
    "a guard in a variable": f"const can = api.redirect.canRedirect(); if (can) {{ {_SEND} }}",
    "a protocol out of a pattern": (
        f"const {{ protocol }} = event.transaction; if (protocol == 'samlp') {{ {_SEND} }}"
    ),
    "a guard among other tests": (
        f"if (!event.user.name && api.redirect.canRedirect()) {{ {_SEND} }}"
    ),
    "a return for several reasons": (
        f"if (event.user.name || !api.redirect.canRedirect()) return; {_SEND}"
    ),
    "a short circuit": f"api.redirect.canRedirect() && {_SEND}",
    "a choice": "api.redirect.canRedirect() ? api.prompt.render('ap_1') : null;",
    "a switch without default": f"switch (event.transaction.protocol) {{ case 'samlp': {_SEND} }}",
    "a switch whose default returns": (
        f"switch (event.transaction.protocol) {{ case 'samlp': {_SEND} break; default: return; }}"
    ),
    "a denial that is not for all": (
        f"if (api.redirect.canRedirect()) {{ {_SEND} }} else if (event.user.name) {{ {_DENY} }}"
    ),
    "a return before the denial": (
        f"if (!api.redirect.canRedirect()) {{ if (event.user.name) return; {_DENY} return; }}"
        f" {_SEND}"
    ),
    "a return inside another test": (
        f"if (event.user.name) {{ if (!api.redirect.canRedirect()) return; }} {_SEND}"
    ),
    "a challenge": "if (api.redirect.canRedirect()) api.authentication.challengeWithAny([]);",
    "an enrolment": "if (api.redirect.canRedirect()) api.authentication.enrollWith({});",
    "a helper that decides": (
        "const silent = (event) => event.transaction.protocol === 'x';"
        f" if (silent(event)) return; {_SEND}"
    ),
    "a helper that decides by returning": (
        "const web = (event) => {"
        " if (event.transaction.protocol === 'x') return false; return true; };"
        f" if (web(event)) {_SEND}"
    ),
    "a helper that sends": (
        f"const go = () => {{ if (api.redirect.canRedirect()) {{ {_SEND} }} }}; go();"
    ),
    "a denial that an error handler skips": (
        "if (!api.redirect.canRedirect()) { try { check(); } catch { return; } return; } " + _SEND
    ),
}

_CLOSED = {
    "no guard at all": _SEND,
    "a guard about something else": f"if (event.user.name) {{ {_SEND} }}",
    "a denial on the other way": (
        f"if (api.redirect.canRedirect()) {{ {_SEND} }} else {{ {_DENY} }}"
    ),
    "a denial before": f"if (!api.redirect.canRedirect()) {{ {_DENY} return; }} {_SEND}",
    "a denial that is returned": f"if (!api.redirect.canRedirect()) return {_DENY} {_SEND}",
    "a denial without return": f"if (!api.redirect.canRedirect()) {{ {_DENY} }} {_SEND}",
    "a denial behind the guard": f"if (api.redirect.canRedirect()) {{ {_SEND} return; }} {_DENY}",
    "a denial much later": (
        f"if (event.user.name) {{ if (api.redirect.canRedirect()) {{ {_SEND} return; }} }} {_DENY}"
    ),
    "an error on the other way": (
        f"if (!api.redirect.canRedirect()) {{ throw new Error('no'); }} {_SEND}"
    ),
    "a revoked session": (
        f"if (!api.redirect.canRedirect()) {{ api.session.revoke('no'); return; }} {_SEND}"
    ),
    "a helper that denies": (
        f"const refuse = () => {{ {_DENY} }};"
        f" if (!api.redirect.canRedirect()) {{ refuse(); return; }} {_SEND}"
    ),
    "another redirect on the other way": (
        f"if (event.transaction.protocol === 'samlp') {{ {_SEND} }} else {{ {_SEND} }}"
    ),
    "a denial on both ways of the other way": (
        f"if (api.redirect.canRedirect()) {{ {_SEND} }}"
        f" else {{ if (event.user.name) {{ {_DENY} }} else {{ throw 1; }} }}"
    ),
    "a switch whose default denies": (
        f"switch (event.transaction.protocol) {{ case 'samlp': {_SEND} break; default: {_DENY} }}"
    ),
    "a denial whose error handler denies": (
        f"if (!api.redirect.canRedirect()) {{ try {{ {_DENY} }} catch {{ {_DENY} }} return; }}"
        f" {_SEND}"
    ),
    "a choice that denies": (
        "api.redirect.canRedirect() ? api.prompt.render('ap_1') : api.access.deny('no');"
    ),
    "MFA at the end, which is no suspension of its own": (
        "if (event.transaction.protocol !== 'x') api.multifactor.enable('any');"
    ),
}

CASES = (
    *(
        marks(_RULE, story, on_execute(f"  {body}"), at="actions/action.js:2")
        for story, body in _BYPASSES.items()
    ),
    marks(
        _RULE,
        "an early return in Python",
        on_execute_in_python(
            "if not api.redirect.can_redirect():\n    return\n"
            "api.redirect.send_user_to('https://a.example.com')"
        ),
        at="actions/action.py:4",
    ),
    marks(
        _RULE,
        "a match in Python",
        on_execute_in_python(
            "match event.transaction.protocol:\n    case 'samlp':\n"
            "        api.authentication.challenge_with({'type': 'otp'})"
        ),
        at="actions/action.py:4",
    ),
    marks(
        _RULE,
        "a helper outside the handler",
        Code(
            "function send(api) {\n  if (!api.redirect.canRedirect()) { return; }\n"
            f"  {_SEND}\n}}\n"
            "exports.onExecutePostLogin = async (event, api) => { send(api); };\n"
        ),
        at="actions/action.js:3",
    ),
    *(passes(_RULE, story, on_execute(f"  {body}")) for story, body in _CLOSED.items()),
    passes(
        _RULE,
        "a denial in Python",
        on_execute_in_python(
            "if not api.redirect.can_redirect():\n    return api.access.deny('no')\n"
            "api.redirect.send_user_to('https://a.example.com')"
        ),
    ),
)
