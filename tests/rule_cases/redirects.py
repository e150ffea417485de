"""Redirects: where they lead, and whether the user can come back."""

from __future__ import annotations

from checked_code import Code, on_execute, on_execute_in_python
from rule_cases.case import marks, passes

_BACK = "exports.onContinuePostLogin = async (event, api) => {};\n"


def _signed(host: str, secret: str) -> str:
    return (
        f"  const secret = event.secrets.{secret};\n"
        "  const t = api.redirect.encodeToken({ secret, payload: {} });\n"
        f"  api.redirect.sendUserTo('https://{host}/', {{ query: {{ session_token: t }} }});"
    )


CASES = (
    marks(
        "redirect-without-continue",
        "nothing goes on with the login",
        on_execute("\n  api.redirect.sendUserTo('https://a.example.com');"),
        at="actions/action.js:3",
    ),
    marks(
        "redirect-without-continue",
        "nor after a form, in Python",
        on_execute_in_python("api.prompt.render('ap_1')"),
        at="actions/action.py:2",
    ),
    passes(
        "redirect-without-continue",
        "an empty handler is enough",
        Code(on_execute("  api.redirect.sendUserTo('https://a.example.com');").text + _BACK),
    ),
    passes(
        "redirect-without-continue",
        "a handler that may come from elsewhere",
        Code(
            on_execute("  api.redirect.sendUserTo('https://a.example.com');").text
            + "Object.assign(exports, require('x'));"
        ),
    ),
    *(
        marks(
            "redirect-target-from-request",
            story,
            on_execute(f"  {body}"),
            at="actions/action.js:2",
        )
        for story, body in {
            "the whole URL": "api.redirect.sendUserTo(event.request.query.returnTo);",
            "the host": "api.redirect.sendUserTo(`https://${event.request.body.host}/x`);",
            "a name that holds it": (
                "const { to } = event.request.query; const u = new URL(to);"
                " u.searchParams.set('a', 'b'); api.redirect.sendUserTo(u.toString());"
            ),
            "one that is only asked for": (
                "if (event.request.query.to) api.redirect.sendUserTo(event.request.query.to);"
            ),
            "an absolute URL overrides the base": (
                "api.redirect.sendUserTo(new URL(event.request.query.p, 'https://a.example.com'));"
            ),
            "a helper that sends": (
                "const go = (to) => api.redirect.sendUserTo(to); go(event.request.query.to);"
            ),
            "one of two": (
                "let to = 'https://a.example.com';"
                " if (event.user.name) to = event.request.query.to;"
                " api.redirect.sendUserTo(to);"
            ),
            "a path that may begin with a second slash is a host": (
                "api.redirect.sendUserTo(new URL(`/${event.request.query.p}`, BASE));"
            ),
            "a path with a slash and a backslash is a host too": (
                "api.redirect.sendUserTo(new URL('/\\\\' + event.request.query.p, BASE));"
            ),
            "a path with two slashes is a host": (
                "api.redirect.sendUserTo(new URL(`//${event.request.query.p}`, BASE));"
            ),
            "a host that goes on": (
                "api.redirect.sendUserTo(`https://a.example.com${event.request.query.p}`);"
            ),
            "a comparison that decides about something else": (
                "const { to } = event.request.query; ALLOWED.includes(to) && count(to);"
                " api.redirect.sendUserTo(to);"
            ),
            "whatever else fails": (
                "try { count(); } finally { api.redirect.sendUserTo(event.request.query.to); }"
            ),
        }.items()
    ),
    marks(
        "redirect-target-from-request",
        "two parts of the request in one URL are one mistake",
        on_execute(
            "  const { host } = event.request.query;\n"
            "  api.redirect.sendUserTo(`https://${host}.${event.request.body.zone}/x`);"
        ),
        at="actions/action.js:3",
    ),
    marks(
        "redirect-target-from-request",
        "the whole URL, in Python",
        on_execute_in_python('api.redirect.send_user_to(event.request.query["to"])'),
        at="actions/action.py:2",
    ),
    marks(
        "redirect-target-from-request",
        "a host between two texts, in Python",
        on_execute_in_python(
            "api.redirect.send_user_to('https://' + event.request.query['host'] + '/' + path)"
        ),
        at="actions/action.py:2",
    ),
    marks(
        "redirect-target-from-request",
        "a host that is filled in, in Python",
        on_execute_in_python(
            "host = event.request.query.get('host')\n"
            "api.redirect.send_user_to('https://{}/x'.format(host))"
        ),
        at="actions/action.py:3",
    ),
    *(
        passes("redirect-target-from-request", story, on_execute(f"  {body}"))
        for story, body in {
            "a path or parameter of a known host": (
                "api.redirect.sendUserTo(`https://a.example.com/${event.request.query.p}`,"
                " { query: { q: event.request.query.q } });"
            ),
            "a host that was looked up": (
                "const to = event.request.query.to;"
                " if (!ALLOWED.includes(to)) return api.access.deny('no');"
                " api.redirect.sendUserTo(to);"
            ),
            "a host that a function made": (
                "api.redirect.sendUserTo(require('x').build(event.request.query.c).href);"
            ),
            "a path below a base": (
                "api.redirect.sendUserTo(new URL('/x?' + event.request.query.p, BASE));"
            ),
            "a path below a host that only the code knows": (
                "api.redirect.sendUserTo(`${BASE}/consent?lang=${event.request.query.lang}`);"
            ),
            "a host of the application": "api.redirect.sendUserTo(event.client.metadata.url);",
        }.items()
    ),
    *(
        marks("redirect-refused", story, on_execute(f"  {body}"), at="actions/action.js:2")
        for story, body in {
            "a relative URL": "api.redirect.sendUserTo('/profile');",
            "another scheme": "api.redirect.sendUserTo('ftp://a.example.com/');",
            "a user name": "api.redirect.sendUserTo('https://me@a.example.com/');",
            "a relative URL with a hole": "api.redirect.sendUserTo(`/p?x=${event.user.name}`);",
        }.items()
    ),
    *(
        passes("redirect-refused", story, on_execute(f"  api.redirect.sendUserTo({url});"))
        for story, url in {
            "an absolute URL": "'https://a.example.com'",
            "one whose beginning is unknown": "`${event.client.metadata.base}/x`",
            "one whose host is unknown": "`https://${event.client.metadata.host}/x`",
        }.items()
    ),
    marks(
        "insecure-redirect",
        "plain http",
        on_execute("  api.redirect.sendUserTo(`http://a.example.com/${event.user.user_id}`);"),
        at="actions/action.js:2",
    ),
    passes(
        "insecure-redirect",
        "this machine, and https",
        on_execute(
            "  api.redirect.sendUserTo('http://localhost:3000/');\n"
            "  api.redirect.sendUserTo('https://a.example.com/');"
        ),
    ),
    passes(
        "insecure-redirect",
        "a host that may be this machine",
        on_execute(
            "  api.redirect.sendUserTo(`http://${event.client.metadata.host}`);\n"
            "  api.redirect.sendUserTo(`http://${event.client.metadata.host}/ask`);"
        ),
    ),
    marks(
        "state-in-redirect",
        "as an entry and in the URL",
        on_execute(
            "  api.redirect.sendUserTo('https://a.example.com', { query: { state: 'x' } });\n"
            "  api.redirect.sendUserTo('https://a.example.com/?state=x');"
        ),
        at="actions/action.js:2 actions/action.js:3",
    ),
    passes(
        "state-in-redirect",
        "another parameter",
        on_execute("  api.redirect.sendUserTo('https://a.example.com', { query: { s: 'x' } });"),
    ),
    marks(
        "redirect-query-missing",
        "the wrapper is forgotten",
        on_execute("  api.redirect.sendUserTo('https://a.example.com', { session_token: 't' });"),
        at="actions/action.js:2",
    ),
    passes(
        "redirect-query-missing",
        "a query, no options, and options nobody knows",
        on_execute(
            "  api.redirect.sendUserTo('https://a.example.com', { query: { a: 1 } });\n"
            "  api.redirect.sendUserTo('https://a.example.com', {});\n"
            "  api.redirect.sendUserTo('https://a.example.com', { ...options });"
        ),
    ),
    passes(
        "redirect-query-missing",
        "a keyword argument in Python",
        on_execute_in_python("api.redirect.send_user_to('https://a.example.com', query={'a': 1})"),
    ),
    marks(
        "secret-shared-by-redirects",
        "two actions, two sites",
        on_execute(_signed("a.example.com", "S"), "First", ("S",)),
        on_execute(_signed("b.example.com", "S"), "Second", ("S",)),
        at="actions/second.js:4",
    ),
    marks(
        "secret-shared-by-redirects",
        "one action whose URL carries the token",
        on_execute(
            "  const t = api.redirect.encodeToken({ secret: event.secrets.S, payload: {} });\n"
            "  if (event.user.name) api.redirect.sendUserTo(`https://a.example.com/?t=${t}`);\n"
            "  else api.redirect.sendUserTo(`https://b.example.com/?t=${t}`);",
            secrets=("S",),
        ),
        at="actions/action.js:4",
    ),
    marks(
        "secret-shared-by-redirects",
        "a token that is put into the URL by a method",
        on_execute(_signed("a.example.com", "S"), "First", ("S",)),
        on_execute(
            "  const u = new URL('https://b.example.com/');\n"
            "  u.searchParams.set('t', api.redirect.encodeToken({ secret: event.secrets.S }));\n"
            "  api.redirect.sendUserTo(u.toString());",
            "Second",
            ("S",),
        ),
        at="actions/second.js:4",
    ),
    passes(
        "secret-shared-by-redirects",
        "which of two secrets signs cannot be told",
        on_execute(_signed("a.example.com", "S"), "First", ("S",)),
        on_execute(
            "  const t = [event.secrets.S, event.secrets.T].map((secret) =>\n"
            "    api.redirect.encodeToken({ secret, payload: {} }));\n"
            "  api.redirect.sendUserTo('https://b.example.com/', { query: pick(t) });",
            "Second",
            ("S", "T"),
        ),
    ),
    passes(
        "secret-shared-by-redirects",
        "a secret that is no secret of the flow",
        on_execute(_signed("a.example.com", "S"), "First", ("S",)),
        on_execute(
            "  api.redirect.encodeToken({ secret: process.title, payload: {} });\n"
            "  api.redirect.encodeToken({ secret: event.secrets.S, payload: {} });\n"
            "  api.redirect.sendUserTo('https://b.example.com/');",
            "Second",
            ("S",),
        ),
    ),
    passes(
        "secret-shared-by-redirects",
        "a site that is known only when the code runs",
        on_execute(
            _signed("${event.client.metadata.host}", "S").replace("'", "`"), "First", ("S",)
        ),
        on_execute(_signed("b.example.com", "S"), "Second", ("S",)),
        on_execute(
            _signed("${event.client.metadata.host}", "S").replace("'", "`"), "Third", ("S",)
        ),
    ),
    passes(
        "secret-shared-by-redirects",
        "a site of which only the beginning is known",
        on_execute(_signed("a.example.com", "S"), "First", ("S",)),
        on_execute(
            _signed("a.${event.client.metadata.zone}", "S").replace("'", "`"), "Two", ("S",)
        ),
    ),
    passes(
        "secret-shared-by-redirects",
        "one site, or a secret for each",
        on_execute(_signed("a.example.com", "S"), "First", ("S",)),
        on_execute(_signed("A.example.com", "S"), "Second", ("S",)),
        on_execute(_signed("b.example.com", "T"), "Third", ("T",)),
    ),
)
