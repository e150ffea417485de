"""Secrets that are declared, read, or written into code."""

from __future__ import annotations

from checked_code import Code, on_execute, on_execute_in_python
from rule_cases.case import marks, passes

_RANDOM = "qT7vXw2LkZ9RmB4nYc8JfH6sPd3GaE5uWxQ0"

CASES = (
    marks(
        "undeclared-secret",
        "a member, a key and a pattern",
        on_execute(
            "  event.secrets.A;\n  event.secrets['B'];\n  const { C, D: d } = event.secrets;\n"
            "  const { secrets } = event; secrets.E;"
        ),
        at="actions/action.js:2 actions/action.js:3 actions/action.js:4 actions/action.js:4 "
        "actions/action.js:5",
    ),
    marks(
        "undeclared-secret",
        "in Python a member, a key and get",
        on_execute_in_python(
            'event.secrets.A\nevent.secrets["B"]\nevent.secrets.get("C", "")\n"x".get("D")'
        ),
        at="actions/action.py:2 actions/action.py:3 actions/action.py:4",
    ),
    marks(
        "undeclared-secret",
        "names that are only asked for, in Python",
        on_execute_in_python('"A" in event.secrets\n"B" not in event.secrets\n"C" in event.user'),
        at="actions/action.py:2 actions/action.py:3",
    ),
    passes(
        "undeclared-secret",
        "what is compared with all of them asks for none",
        on_execute("  'A' === event.secrets; 'A' in event.user;", secrets=("B",)),
    ),
    marks(
        "undeclared-secret",
        "a helper that has its own names for event and api",
        Code(
            "const key = (e) => e.secrets.KEY;\n"
            "exports.onExecutePostLogin = async (event, api) => { key(event); };\n"
        ),
        at="actions/action.js:1",
    ),
    marks(
        "undeclared-secret",
        "a module that the action uses",
        on_execute("  require('../lib/x').use(event);"),
        files={"lib/x.js": "exports.use = (event) => event.secrets.KEY;"},
        at="lib/x.js:1",
    ),
    marks(
        "undeclared-secret",
        "a module of the platform, which reads those of the action",
        on_execute("  require('actions:mail').send();", secrets=("HOST",)),
        files={"lib/mail.js": "actions.secrets.HOST; exports.send = () => actions.secrets.KEY;"},
        at="lib/mail.js:1",
    ),
    marks(
        "undeclared-secret",
        "names by other ways: an alias, a helper, a default, a test, a way of several",
        on_execute(
            "  const s = event.secrets || {}; s.A;\n  use(event.client ? event.secrets : {});\n"
            "  'C' in event.secrets;\n  const { D } = event.secrets ?? {};\n}\n"
            "function use(secrets, { E } = {}) { secrets.B;"
        ),
        at="actions/action.js:2 actions/action.js:7 actions/action.js:4 actions/action.js:5",
    ),
    *(
        marks(
            "undeclared-secret",
            f"names that nobody can tell, read by an action that declares none: {story}",
            on_execute(f"  {body}"),
            at="actions/action.js:2",
        )
        for story, body in {
            "a computed one": "event.secrets[event.client.name];",
            "all of them": "connect(event.secrets);",
            "a copy of them": "const all = Object.assign({}, event.secrets); all.A;",
            "the rest of a pattern": "const { ...rest } = event.secrets; rest.A;",
            "a member of something": "this.secrets = event.secrets;",
            "one of two things": "const s = event.client ? event.secrets : process.env; s.A;",
            "a parameter's default": "((s = process.env) => s.A)(event.secrets);",
            "an argument nobody names": "(function () { arguments[0].A; })(event.secrets);",
            "what may be something else": "let s = process.env; if (x) s = event.secrets; s.A;",
        }.items()
    ),
    passes(
        "undeclared-secret",
        "names that nobody can tell, where the action declares some",
        on_execute("  connect(event.secrets);", secrets=("A",)),
    ),
    passes(
        "undeclared-secret",
        "a test that there are secrets",
        on_execute("  if (event.secrets) f(); event.secrets && f(); connect(event);"),
    ),
    passes(
        "undeclared-secret",
        "declared ones, and other things called secrets",
        on_execute("  event.secrets.A; const secrets = {}; secrets.B;", secrets=("A",)),
    ),
    marks("unused-secret", "nothing reads it", on_execute("", secrets=("A",)), at="flow.json:None"),
    *(
        marks(
            "unused-secret",
            f"the code that gets all secrets is seen: {story}",
            Code(
                "const use = ({ B }) => B; class C { static use(s) { return s.B; } }\n"
                f"exports.onExecutePostLogin = async (event, api) => {{ {body} }};",
                secrets=("A", "B"),
            ),
            at="flow.json:None",
        )
        for story, body in {
            "a helper": "use(event.secrets);",
            "an alias": "const s = event.secrets || {}; if (s) use(s);",
        }.items()
    ),
    passes(
        "unused-secret",
        "a module reads it",
        on_execute("  require('../lib/x')(1);", secrets=("KEY",)),
        files={"lib/x.js": "module.exports = (event) => event.secrets.KEY;"},
    ),
    passes(
        "unused-secret",
        "a module of the platform reads it",
        on_execute("  require('Mail')();", secrets=("KEY", "HOST")),
        files={"lib/mail.js": "const { KEY } = actions.secrets; use(actions.secrets['HOST']);"},
    ),
    *(
        passes("unused-secret", story, on_execute(f"  {body}", secrets=("A",)))
        for story, body in {
            "it is asked for": "'A' in event.secrets;",
            "a computed name reads it": "event.secrets[event.client.name];",
            "all of them go to a function": "connect(event.secrets);",
            "the event goes to a function": "require('x').run(event, api);",
            "the rest of a pattern holds it": "const { B, ...rest } = event.secrets;",
        }.items()
    ),
    marks(
        "unused-secret",
        "printing the event is no use of it",
        on_execute("  console.log(event.user); event.hasOwnProperty('x');", secrets=("A",)),
        at="flow.json:None",
    ),
    *(
        marks("secret-in-code", story, on_execute(f"  {body}"), at="actions/action.js:2")
        for story, body in {
            "a private key": "const pem = `-----BEGIN RSA PRIVATE KEY-----\\nMII`;",
            "a JSON Web Token": "f('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLXBhcnQtMQ');",
            "an access key of a cloud": "const aws = 'AKIAIOSFODNN7ABCDEFG';",
            "a password in a URL": "connect('postgres://admin:hunter2@db.internal/app');",
            "a text given to a telling name": "const apiKey = 'a1b2c3d4e5';",
            "a member with a telling name": "login({ client_secret: 'a1b2c3d4e5' });",
            "a telling member of an object": "config.password = 'correct8horse';",
            "random text": f"sign(payload, '{_RANDOM}AbCdEf12');",
            "a secret of a redirect in plain words": (
                "api.redirect.encodeToken({ secret: 'hello', payload: {} });"
            ),
        }.items()
    ),
    marks(
        "secret-in-code",
        "once where the secret of a redirect also looks like one",
        on_execute("  api.redirect.encodeToken({ secret: 'a1b2c3d4e5', payload: {} });"),
        at="actions/action.js:2",
    ),
    marks(
        "secret-in-code",
        "a keyword argument in Python",
        on_execute_in_python('connect(api_key="a1b2c3d4e5")'),
        at="actions/action.py:2",
    ),
    *(
        passes("secret-in-code", story, on_execute(f"  {body}"))
        for story, body in {
            "the name of a parameter": "f({ tokenParameterName: 'session_token' });",
            "an address": "const tokenUrl = 'https://example.com/oauth/token';",
            "a client id that is compared": (
                f"if (event.client.client_id === '{_RANDOM}AbCdEf12') {{}}"
            ),
            "client ids in a list": f"const allowed = ['{_RANDOM}AbCdEf12'];",
            "an id by its name": f"const clientId = '{_RANDOM}AbCdEf12';",
            "a key of a cache": "api.cache.get('sf_access_token');",
            "a plain word": "const token = 'anonymous-user';",
            "a placeholder": "const secret = '<your secret here 1>';",
            "a message": "console.log('The password 4 of the user is not set: reset it');",
            "a secret read properly": "const secret = event.secrets.API_KEY;",
            "a long word of letters": "const x = 'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrst';",
            "the hash of a script": f"const integrity = 'sha384-{_RANDOM}AbCdEf12';",
        }.items()
    ),
    marks(
        "weak-redirect-secret",
        "a literal of a few bytes",
        on_execute("  api.redirect.encodeToken({ secret: 'short', payload: {} });"),
        at="actions/action.js:2",
    ),
    marks(
        "weak-redirect-secret",
        "a literal that Python checks a token with",
        on_execute_in_python("api.redirect.validate_token(secret='short')"),
        at="actions/action.py:2",
    ),
    passes(
        "weak-redirect-secret",
        "32 bytes, and a secret that nobody knows here",
        on_execute(
            f"  api.redirect.encodeToken({{ secret: '{'x' * 32}', payload: {{}} }});\n"
            "  api.redirect.encodeToken({ secret: event.secrets.A, payload: {} });",
            secrets=("A",),
        ),
    ),
)
