"""Actions that stand in an order that hurts, and calls that do not go together."""

from __future__ import annotations

from checked_code import Code, on_execute, on_execute_in_python
from rule_cases.case import marks, passes

_SEND = "  api.redirect.sendUserTo('https://a.example.com');"
_OTHER = "  api.redirect.sendUserTo('https://b.example.com');"
_WRITE = "  api.user.setUserMetadata('a', 1);"
_FORM = "  api.prompt.render('ap_1');"
_LINK = "  api.authentication.setPrimaryUser('auth0|1');"
_DENY = "  if (event.user.name) api.access.deny('no');"
_MFA = "  if (event.user.name) api.multifactor.enable('any');"

_REDIRECT = on_execute(_SEND, "Redirect")


def _two_handlers(on_leaving: str, on_return: str, name: str = "Action") -> Code:
    handlers = (
        f"{on_execute(on_leaving).text}exports.onContinuePostLogin = async (event, api) => {{\n"
    )
    return Code(f"{handlers}{on_return}\n}};\n", name)


CASES = (
    marks(
        "redirect-before-deny",
        "a later action denies",
        _REDIRECT,
        on_execute(_DENY, "Deny"),
        at="actions/redirect.js:2",
    ),
    passes(
        "redirect-before-deny",
        "an earlier action denies, and a later one only who cannot leave or came back",
        on_execute(_DENY, "Deny"),
        _REDIRECT,
        _two_handlers(
            "  if (!api.redirect.canRedirect()) return api.access.deny('no');", _DENY, "Later"
        ),
        Code(on_execute(_DENY).text, "Off", enabled=False),
    ),
    marks(
        "mfa-after-redirect",
        "a later action asks for MFA",
        _REDIRECT,
        on_execute(_MFA, "Mfa"),
        on_execute_in_python("api.authentication.challenge_with({'type': 'otp'})", "Challenge"),
        at="actions/mfa.js:2 actions/challenge.py:2",
    ),
    marks(
        "mfa-after-redirect",
        "one action asks for both",
        on_execute(f"{_MFA}\n{_SEND}"),
        at="actions/action.js:3",
    ),
    passes(
        "mfa-after-redirect",
        "an earlier action asks, a later one cancels",
        on_execute(_MFA, "Mfa"),
        _REDIRECT,
        on_execute("  api.multifactor.enable('none');", "Cancel"),
    ),
    passes(
        "mfa-after-redirect",
        "one or the other in one action",
        on_execute(f"  if (event.user.name) {{ {_SEND} }} else {{ {_MFA} }}"),
    ),
    marks(
        "several-redirects",
        "two actions redirect",
        _REDIRECT,
        on_execute(_OTHER, "Again"),
        at="actions/again.js:2",
    ),
    marks(
        "several-redirects",
        "one action redirects twice",
        on_execute(f"  if (event.user.name) {_SEND}\n{_OTHER}"),
        at="actions/action.js:3",
    ),
    passes(
        "several-redirects",
        "one of two, and none after a return",
        on_execute(f"  if (event.user.name) {{ {_SEND} return; }}\n{_OTHER}"),
    ),
    passes(
        "several-redirects",
        "a redirect from each handler",
        _two_handlers(_SEND, _OTHER),
    ),
    marks(
        "too-many-mfa-commands",
        "five in two actions",
        on_execute(
            "\n".join(["  api.authentication.challengeWith({ type: 'otp' });"] * 3), "First"
        ),
        on_execute("\n".join(["  api.authentication.enrollWith({ type: 'otp' });"] * 3), "Second"),
        at="actions/second.js:3",
    ),
    passes(
        "too-many-mfa-commands",
        "four, and some that a condition guards",
        on_execute(
            "\n".join(["  api.authentication.challengeWith({ type: 'otp' });"] * 4)
            + "\n  if (event.user.name) api.authentication.enrollWith({ type: 'otp' });"
        ),
    ),
    marks(
        "write-after-redirect",
        "in the handler that redirects, in both",
        _two_handlers(f"{_SEND}\n{_WRITE}", f"{_FORM}\n{_WRITE}"),
        at="actions/action.js:3 actions/action.js:7",
    ),
    marks(
        "write-after-redirect",
        "in a helper, after a redirect that may have been",
        on_execute(
            f"  const save = () => {_WRITE}\n  try {{ if (event.user.name) {_SEND} }} catch {{ }}\n"
            "  save();"
        ),
        at="actions/action.js:2",
    ),
    passes(
        "write-after-redirect",
        "before it, instead of it, on return, or in a later action",
        _two_handlers(f"{_WRITE}\n  if (event.user.name) {{ {_SEND} return; }}\n{_WRITE}", _WRITE),
        on_execute(_WRITE, "Later"),
    ),
    marks(
        "primary-user-with-metadata",
        "before and after",
        on_execute(f"{_WRITE}\n{_LINK}\n  api.user.setAppMetadata('b', 1);"),
        at="actions/action.js:2 actions/action.js:4",
    ),
    passes(
        "primary-user-with-metadata",
        "on another way, in another handler, in a later action",
        _two_handlers(f"  if (event.user.name) {{ {_LINK} }} else {{ {_WRITE} }}", _WRITE),
        on_execute(_WRITE, "Later"),
    ),
    marks(
        "redirect-and-form",
        "on one way, either first",
        _two_handlers(f"{_FORM}\n{_SEND}", f"  if (event.user.name) {{ {_SEND} }}\n{_FORM}"),
        at="actions/action.js:3 actions/action.js:7",
    ),
    passes(
        "redirect-and-form",
        "the one or the other, and a redirect once the form has come back",
        _two_handlers(f"  if (event.user.name) {{ {_FORM} return; }}\n{_SEND}", _SEND),
    ),
    passes(
        "redirect-and-form",
        "each in an action of its own",
        on_execute(_FORM, "Form"),
        on_execute(_SEND, "Redirect"),
    ),
    marks(
        "several-forms",
        "two on one way",
        on_execute(f"{_FORM}\n{_FORM}"),
        at="actions/action.js:3",
    ),
    passes(
        "several-forms",
        "one of two",
        on_execute(f"  if (event.user.name) {{\n{_FORM}\n  }} else {{\n{_FORM}\n  }}"),
    ),
    marks(
        "redirect-and-deny",
        "a denial that shows a page of its own",
        on_execute(f"  if (event.user.name) {{\n  api.access.deny('no');\n{_SEND}\n  }}"),
        at="actions/action.js:4",
    ),
    marks(
        "redirect-and-deny",
        "the other way about, in Python",
        on_execute_in_python(
            "api.redirect.send_user_to('https://a.example.com')\napi.access.deny('no')"
        ),
        at="actions/action.py:3",
    ),
    passes(
        "redirect-and-deny",
        "a denial under a condition of its own",
        on_execute(f"{_DENY}\n{_SEND}"),
    ),
)
