"""Python's syntax is understood wherever an action may use it."""

from __future__ import annotations

import pytest

from checked_code import Code, facts_of, on_execute_in_python
from loginwright_runtime.validation.facts import DEFAULT_TOKEN_PARAMETER
from loginwright_runtime.validation.values import ConstantValue, TextValue, literal

READS = {
    "an annotated name": "x: str = event.user.email\napi.access.deny(x)",
    "an annotated name without value": "x: str\napi.access.deny(event.user.email)",
    "a text that grows": "x = 'a'\nx += event.user.email\napi.access.deny(x)",
    "a number that grows": "x = 1\nx -= event.user.email\napi.access.deny(x)",
    "two names at once": "x = y = event.user.email\napi.access.deny(y)",
    "a pair taken apart": "x, *y = (event.user.email, 1)\napi.access.deny(x)",
    "a with": "with open('x') as f, g(event.user.email):\n    api.access.deny(f)",
    "an async with and for": (
        "async with f() as g:\n    async for x in g:\n        pass\n    else:\n"
        "        api.access.deny(event.user.email)"
    ),
    "a while with an else": "while f():\n  continue\nelse:\n  api.access.deny(event.user.email)",
    "an assertion": "assert event.user.email\napi.access.deny('x')",
    "a deletion": "x = event.user\ndel x.email\napi.access.deny(x.email)",
    "a raised error": "try:\n    raise f(event.user.email)\nexcept E:\n    api.access.deny('x')",
    "a group of errors": (
        "try:\n    f()\nexcept* E:\n    api.access.deny(event.user.email)\nelse:\n    g()"
    ),
    "a pattern with a condition": (
        "match f():\n    case [a, *_] if event.user.email: api.access.deny('x')\n    case {}: pass"
    ),
    "a pattern that takes all with a condition": (
        "match f():\n    case x if event.user.email: api.access.deny('x')"
    ),
    "a class": (
        "class A:\n    x = event.user.email\n    def f(self, api):\n        api.access.deny('x')"
    ),
    "a lambda with a default": "f = lambda x=event.user.email, *, y=1: api.access.deny(x)\nf()",
    "a walrus": "if (x := event.user.email):\n    api.access.deny(x)",
    "a comprehension of pairs": "api.access.deny({k: event.user.email for k in f() if k})",
    "a generator": "api.access.deny(any(x == event.user.email for x in f()))",
    "a chain of comparisons": "if 1 < f(event.user.email) < 3:\n    api.access.deny('x')",
    "operators": "api.access.deny(not -event.user.email * 2)",
    "a formatted text": "api.access.deny('{} {}'.format('x', event.user.email))",
    "a slice": "api.access.deny(event.user.email[1:2])",
    "stars in a call": "api.access.deny(*[event.user.email], **{'a': 1})",
    "stars in a dict": "api.access.deny({**f(), 'a': event.user.email, g(): 1})",
    "a decorator": "@f(event.user.email)\ndef g():\n    api.access.deny('x')",
    "a nested function with defaults": (
        "def g(x, /, y=event.user.email, *a, z=1, **k):\n    api.access.deny(y)\ng(1)"
    ),
    "a global and a nonlocal": "global q\nq = event.user.email\napi.access.deny(q)",
    "awaiting and yielding": "await f((yield event.user.email))\napi.access.deny('x')",
    "bytes, numbers and dots": "f(b'x', 1j, ..., 10**30)\napi.access.deny(event.user.email)",
}


@pytest.mark.parametrize("body", READS.values(), ids=READS)
def test_a_read_and_a_call_are_found(body: str) -> None:
    facts = facts_of(on_execute_in_python(body))
    assert "user.email" in {read.path for read in facts.event_reads}
    assert {call.method for call in facts.api_calls} == {"access.deny"}
    assert facts.unread is None


def test_keyword_arguments_stand_in_javascript_s_order() -> None:
    facts = facts_of(
        on_execute_in_python(
            "api.id_token.set_custom_claim(value=1, key='a')\n"
            "api.prompt.render('ap_1', vars={'x_y': 1})\n"
            "api.redirect.validate_token(secret='s')"
        )
    )
    claim, form, check = facts.api_calls
    assert claim.arguments == (TextValue(("a",)), ConstantValue(1))
    assert form.option(1, "vars") != ConstantValue()
    assert literal(check.option(0, "secret")) == "s"
    assert facts.token_parameters == (DEFAULT_TOKEN_PARAMETER,)


def test_long_numbers_and_other_constants_do_not_matter() -> None:
    assert facts_of(Code(f"x = {'9' * 4000}\n", language="python")).fault is None
