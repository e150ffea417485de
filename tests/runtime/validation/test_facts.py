"""What is known of a source before it runs."""

from __future__ import annotations

import pytest

import seed_page_actions as page
from checked_code import Code, facts_of, on_execute, on_execute_in_python
from loginwright_runtime.validation.facts import EventRead, Handler, ReplyRead, SecretRead
from loginwright_runtime.validation.values import EventValue, TextValue


def paths(code: Code) -> list[str]:
    return list(dict.fromkeys(read.path for read in facts_of(code).event_reads))


def test_the_page_s_redirect_is_understood() -> None:
    facts = facts_of(Code(page.REDIRECT))
    assert [(one.name, one.line) for one in facts.handlers] == [
        ("onExecutePostLogin", 5),
        ("onContinuePostLogin", 29),
    ]
    assert [(call.method, call.line, call.handler) for call in facts.api_calls] == [
        ("redirect.encodeToken", 11, "onExecutePostLogin"),
        ("redirect.sendUserTo", 20, "onExecutePostLogin"),
        ("redirect.validateToken", 33, "onContinuePostLogin"),
        ("user.setUserMetadata", 37, "onContinuePostLogin"),
    ]
    assert {read.name for read in facts.secret_reads} == {"MY_SHARED_SECRET"}
    assert [read.line for read in facts.secret_reads] == [12, 34]
    assert paths(Code(page.REDIRECT)) == ["user.user_metadata.favorite_color", "user.email"]
    assert facts.reply_reads == (ReplyRead("favorite_color", 37, 54, "token"),)
    assert facts.redirect_hosts == ("my-app.example.com",)
    assert facts.token_parameters == ("session_token",)
    assert facts.calls("redirect.sendUserTo")[0].redirect_secret == "MY_SHARED_SECRET"


_TWINS = {
    "claims from a constant": (
        (
            "  const ns = 'https://a.example.com';\n"
            "  api.idToken.setCustomClaim(`${ns}/x`, event.user.name);"
        ),
        "ns = 'https://a.example.com'\napi.id_token.set_custom_claim(f'{ns}/x', event.user.name)",
    ),
    "options": (
        "  api.redirect.encodeToken({ secret: event.secrets.S, payload: { a: 1 } });",
        "api.redirect.encode_token(secret=event.secrets.S, payload={'a': 1})",
    ),
    "options in a dict": (
        "  api.redirect.encodeToken({ secret: event.secrets.S, expiresInSeconds: 5 });",
        "api.redirect.encode_token({'secret': event.secrets.S, 'expires_in_seconds': 5})",
    ),
    "an answer": (
        (
            "  const p = api.redirect.validateToken({ secret: event.secrets.S,"
            " tokenParameterName: 't' });\n  f(p.colour);"
        ),
        (
            "p = api.redirect.validate_token(secret=event.secrets.S, token_parameter_name='t')\n"
            "f(p['colour'])"
        ),
    ),
    "parts of the event": (
        "  const geo = event.request.geoip;\n  if (geo.continentCode == 1) f(event.user.roles);",
        "geo = event.request.geoip\nif geo.continent_code == 1:\n    f(event.user.roles)",
    ),
    "members of the user's own maps": (
        "  f(event.user.app_metadata.is_social, event.request.query.my_query);",
        "f(event.user.app_metadata.get('is_social'), event.request.query['my_query'])",
    ),
    "names in camel case": (
        (
            "  f(event.authentication.riskAssessment.assessments.UntrustedIP.code,"
            " event.user.enrolledFactors);"
        ),
        (
            "f(event.authentication.risk_assessment.assessments.untrusted_ip.code,"
            " event.user.enrolled_factors)"
        ),
    ),
    "a helper": (
        "  const deny = (why) => api.access.deny(why);\n  if (event.user.name) deny('no');",
        "deny = lambda why: api.access.deny(why)\nif event.user.name:\n    deny('no')",
    ),
    "a loop over tokens": (
        "  for (const t of [api.idToken, api.accessToken]) t.setCustomClaim('a', 1);",
        "for t in [api.id_token, api.access_token]:\n    t.set_custom_claim('a', 1)",
    ),
    "an awaited call in a try": (
        (
            "  try { await api.roles.getUserEffectiveRoles({ take: 5 }); }"
            " catch (e) { api.access.deny('no'); } finally { api.access.deny('never'); }"
        ),
        (
            "try:\n    await api.roles.get_user_effective_roles(take=5)\nexcept Exception:\n"
            "    api.access.deny('no')\nfinally:\n    api.access.deny('never')"
        ),
    ),
    "a value that depends": (
        "  const x = event.user.name ? 'a' : 'b';\n  api.access.deny(x);",
        "x = 'a' if event.user.name else 'b'\napi.access.deny(x)",
    ),
    "a value that is assigned later": (
        "  let x;\n  if (event.user.name) { x = event.user.email; }\n  api.access.deny(x);",
        "x = None\nif event.user.name:\n    x = event.user.email\napi.access.deny(x)",
    ),
    "a choice of cases": (
        (
            "  switch (event.client.name) { case 'a': api.access.deny('a'); break;"
            " default: api.access.deny('b'); }"
        ),
        (
            "match event.client.name:\n    case 'a': api.access.deny('a')\n"
            "    case _: api.access.deny('b')"
        ),
    ),
    "a list that is walked through": (
        "  event.authorization.roles.filter((role) => role === event.user.name);",
        "[role for role in event.authorization.roles if role == event.user.name]",
    ),
    "one of two values": (
        "  const s = event.secrets || {};\n  api.access.deny(event.user.name || s.REASON);",
        "s = event.secrets or {}\napi.access.deny(event.user.name or s.REASON)",
    ),
    "what two things decide": (
        (
            "  if (event.user.name && event.user.email) api.access.deny('a');\n"
            "  event.user.nickname && api.access.deny('b');\n"
            "  event.user.picture || api.access.deny('c');"
        ),
        (
            "if event.user.name and event.user.email:\n    api.access.deny('a')\n"
            "event.user.nickname and api.access.deny('b')\n"
            "event.user.picture or api.access.deny('c')"
        ),
    ),
    "a loop with a way out": (
        "  while (event.user.name) { if (event.user.email) break; api.access.deny('no'); }",
        "while event.user.name:\n  if event.user.email:\n    break\n  api.access.deny('no')",
    ),
}


@pytest.mark.parametrize(("javascript", "python"), _TWINS.values(), ids=_TWINS)
def test_both_languages_tell_the_same(javascript: str, python: str) -> None:
    one, other = facts_of(on_execute(javascript)), facts_of(on_execute_in_python(python))
    assert [(call.method, call.arguments, call.earlier) for call in one.api_calls] == [
        (call.method, call.arguments, call.earlier) for call in other.api_calls
    ]
    assert [[guard.sources for guard in call.guards] for call in one.api_calls] == [
        [guard.sources for guard in call.guards] for call in other.api_calls
    ]
    assert {read.path for read in one.event_reads} == {read.path for read in other.event_reads}
    assert [read.name for read in one.reply_reads] == [read.name for read in other.reply_reads]
    assert [read.name for read in one.secret_reads] == [read.name for read in other.secret_reads]
    assert one.token_parameters == other.token_parameters
    assert one.api_calls or one.event_reads


def test_a_call_stands_where_a_stack_trace_will_put_it() -> None:
    facts = facts_of(on_execute("  api\n    .access\n    .deny(\n      'no');"))
    assert [(call.line, call.column) for call in facts.api_calls] == [(4, 6)]
    python = facts_of(on_execute_in_python("(api\n .access\n .deny(\n  'nö'))"))
    assert [(call.line, call.column) for call in python.api_calls] == [(4, 7)]


def test_columns_count_characters_not_bytes() -> None:
    facts = facts_of(on_execute_in_python("x = 'äöü'; api.access.deny('no')"))
    assert [(call.line, call.column) for call in facts.api_calls] == [(2, 27)]


def test_the_event_is_followed_through_names_and_patterns() -> None:
    body = (
        "  const { user: { email, ...rest }, client = {} } = event;\n"
        "  const name = client.name;\n"
        "  let [first] = event.user.identities;\n"
        "  f(email.length, name, event?.['transaction']?.requested_scopes.includes('x'));"
    )
    assert paths(on_execute(body)) == [
        "user.email",
        "client.name",
        "user.identities",
        "transaction.requested_scopes",
    ]


def test_what_a_site_sends_back_is_told_by_where_it_stands() -> None:
    body = (
        "  const { colour, size: s } = api.redirect.validateToken({ secret: 1 });\n"
        "  f(event.request.query.page, event.request.body['answer'].text);"
    )
    told = [(read.name, read.source) for read in facts_of(on_execute(body)).reply_reads]
    assert told == [("colour", "token"), ("size", "token"), ("page", "query"), ("answer", "body")]


def test_a_helper_is_followed_with_what_it_is_given() -> None:
    code = Code(
        "const claim = (token, name, value) => token.setCustomClaim(`https://a.example.com/${name}`,"
        " value);\n"
        "exports.onExecutePostLogin = async (e, a) => { claim(a.idToken, 'x', e.user.name); };\n"
    )
    call = facts_of(code).api_calls[0]
    assert call.method == "idToken.setCustomClaim"
    assert call.handler == "onExecutePostLogin"
    assert call.arguments == (
        TextValue(("https://a.example.com/x",)),
        EventValue(("user", "name")),
    )


def test_a_function_nobody_calls_is_read_by_the_names_of_its_parameters() -> None:
    facts = facts_of(Code("function f(event, api) { api.access.deny(event.user.name); }"))
    assert [(call.method, call.handler) for call in facts.api_calls] == [("access.deny", None)]
    assert facts.event_reads == (EventRead("user.name", 1, 53, None),)


def test_functions_that_call_each_other_come_to_an_end() -> None:
    code = on_execute(
        "  function a(n) { api.access.deny('a'); b(n); b(n); }\n"
        "  function b(n) { a(n); a(n); c(n); c(n); }\n"
        "  function c(n) { a(n); b(n); c(n); }\n  a(1);"
    )
    assert [call.method for call in facts_of(code).api_calls] == ["access.deny"]


def test_more_code_than_can_be_followed_is_said_to_be_so() -> None:
    statements = "x(1);" * 2000
    functions = "".join(f"function f{n}() {{ {statements} }}\n" for n in range(4))
    calls = "".join(f"f{n}();" for n in range(4) for _ in range(9))
    facts = facts_of(Code(f"{functions}{on_execute(calls).text}"))
    assert facts.unread == "there is more code than can be followed"


def test_exports_are_found_wherever_they_are_written() -> None:
    text = (
        "const wrap = require('x');\n"
        "module.exports = {\n"
        "  onExecutePostLogin: wrap(async (event, api) => {}),\n"
        "  async onContinuePostLogin(event, api) {},\n"
        "};\n"
    )
    assert facts_of(Code(text)).handlers == (
        Handler("onExecutePostLogin", 3, 23),
        Handler("onContinuePostLogin", 4, 28),
    )


def test_a_wrapped_handler_still_owns_its_calls() -> None:
    text = "exports.onExecutePostLogin = wrap(async (event, api) => { api.access.deny('x'); });"
    assert [call.handler for call in facts_of(Code(text)).api_calls] == ["onExecutePostLogin"]


def test_values_that_may_be_secrets_show_in_no_repr() -> None:
    facts = facts_of(
        on_execute("  api.redirect.encodeToken({ secret: 'hunter2-hunter2', payload: {} });")
    )
    assert "hunter2" not in repr(facts)
    assert "hunter2" not in repr(facts.api_calls[0].arguments)
    assert [like.kind for like in facts.secret_likes] == ["secret"]


def test_each_read_of_a_secret_has_its_place() -> None:
    code = on_execute("  f(event.secrets.A,\n    event.secrets['B-1']);")
    assert facts_of(code).secret_reads == (SecretRead("A", 2, 19), SecretRead("B-1", 3, 19))
