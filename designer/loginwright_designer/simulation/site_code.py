"""Code for the other site, as it has to answer this login; the secret is a placeholder."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_designer.simulation.desk import Answer, Desk
    from loginwright_runtime.login.json_values import JsonValue

SECRET_VARIABLE = "SHARED_SECRET"  # noqa: S105 - the name of a variable, no secret
_LIFETIME_SECONDS = 900

_PYTHON = '''\
import os
import time

import jwt  # pip install pyjwt


def reply_token(state: str, session_token: str) -> str:
    """Return what goes back as {parameter}, in a POST to {action}."""
    secret = os.environ["{variable}"]
    came = jwt.decode(
        session_token, secret, algorithms=["HS256"], options={{"verify_aud": False}}
    )
    now = int(time.time())
    claims = {{
        **{claims},
        "iss": {host},
        "sub": came["sub"],
        "iat": now,
        "exp": now + {lifetime},
        "state": state,
    }}
    return jwt.encode(claims, secret, algorithm="HS256")
'''

_NODE = """\
const crypto = require("node:crypto");

// Returns what goes back as {parameter}, in a POST to {action}.
function replyToken(state, sessionToken) {{
  const secret = process.env.{variable};
  const sign = (text) =>
    crypto.createHmac("sha256", secret).update(text).digest("base64url");
  const [header, payload, signature] = sessionToken.split(".");
  const expected = Buffer.from(sign(`${{header}}.${{payload}}`));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !crypto.timingSafeEqual(expected, given)) {{
    throw new Error("The session token was not signed with the shared secret.");
  }}
  const came = JSON.parse(Buffer.from(payload, "base64url"));
  const now = Math.floor(Date.now() / 1000);
  if (came.exp <= now) {{
    throw new Error("The session token has expired.");
  }}
  const claims = {{
    ...{claims},
    iss: {host},
    sub: came.sub,
    iat: now,
    exp: now + {lifetime},
    state,
  }};
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${{encode({{ alg: "HS256", typ: "JWT" }})}}.${{encode(claims)}}`;
  return `${{text}}.${{sign(text)}}`;
}}

module.exports = {{ replyToken }};
"""

_FORM = """\
<form method="{method}" action="{action}">
  <input type="hidden" name="state" value="the state that came in the address">
{inputs}  <button>Continue</button>
</form>
"""


@dataclass(frozen=True, slots=True)
class SiteCode:
    """Code for the other site.

    Attributes:
        html: The form that sends the browser back.
        node: Makes the reply token with Node's own modules; empty where none is asked for.
        python: The same with PyJWT; empty where none is asked for.
    """

    html: str = field(repr=False)
    node: str = field(default="", repr=False)
    python: str = field(default="", repr=False)


def site_code(answer: Answer, desk: Desk) -> SiteCode:
    """Return code that answers as the desk would.

    Args:
        answer: What the desk would send; its values stand as examples.
        desk: The login; its state and its secrets are not in the code.
    """
    action = f"https://{desk.away.hostname}/continue"
    names: dict[str, str] = {
        one.name: one.value if isinstance(one.value, str) else "" for one in answer.fields
    }
    if answer.parameter is not None:
        names = {answer.parameter: "the reply token", **names}
    inputs = "".join(
        f'  <input type="hidden" name="{escape(name)}" value="{escape(value)}">\n'
        for name, value in names.items()
    )
    html = _FORM.format(method=answer.method.lower(), action=escape(action), inputs=inputs)
    if answer.parameter is None:
        return SiteCode(html)
    claims = {one.name: one.value for one in answer.claims}
    filled = {
        "variable": SECRET_VARIABLE,
        "lifetime": _LIFETIME_SECONDS,
        "parameter": _in_a_line(answer.parameter),
        "action": action,
        "host": json.dumps(desk.away.site),
    }
    return SiteCode(
        html,
        _NODE.format(claims=_javascript(claims), **filled),
        _PYTHON.format(claims=_python(claims), **filled),
    )


def _in_a_line(text: str) -> str:
    """Return a name as a comment may carry it, whatever it holds."""
    return json.dumps(text).strip('"').replace("\\", "")


def _javascript(claims: Mapping[str, JsonValue]) -> str:
    return json.dumps(claims)


def _python(claims: Mapping[str, JsonValue]) -> str:
    return repr(dict(claims))
