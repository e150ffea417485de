"""Python actions in real workers: handlers, the api, and what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from called_handlers import EVENT
from loginwright_runtime.api.call import UNDEFINED, ErrorReply, Reply, WorkerCall
from loginwright_runtime.api.methods import METHODS
from loginwright_runtime.extension_points import MissingHandler, Returned, Threw
from python_actions import PythonHost, handler, python_flow

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_runtime.login.json_values import JsonValue

SEED = '''
"""Asks for a favourite colour."""
from loginwright_runtime import Event, PostLoginAPI


async def on_execute_post_login(event: Event, api: PostLoginAPI) -> None:
    if event.user.user_metadata.get("favorite_color"):
        return
    token = api.redirect.encode_token(
        secret=event.secrets["MY_SHARED_SECRET"], payload={"email": event.user.email}
    )
    api.redirect.send_user_to("https://my-app.example.com", query={"session_token": token})


async def on_continue_post_login(event: Event, api: PostLoginAPI) -> None:
    payload = api.redirect.validate_token(secret=event.secrets["MY_SHARED_SECRET"])
    api.user.set_user_metadata("favorite_color", payload["favorite_color"])
'''


def answering(**values: JsonValue) -> Callable[[WorkerCall], Reply]:
    """Answers each method, named ``cache_get`` for ``cache.get``, with its value."""

    def answer(call: WorkerCall) -> Reply:
        return Reply(values.get(call.method.replace(".", "_")))

    return answer


def refusing(name: str, message: str) -> Callable[[WorkerCall], Reply]:
    return lambda _call: Reply(error=ErrorReply(name, message))


async def test_user_is_sent_away_with_a_token_and_their_answer_is_kept(python: PythonHost) -> None:
    flow = python_flow(SEED)
    event = EVENT | {"secrets": {"MY_SHARED_SECRET": "shh"}}

    left = await python.run(flow, event=event, answer=answering(redirect_encodeToken="eyJ"))
    assert isinstance(left.end, Returned)
    assert [(call.method, call.args, call.line) for call in left.calls] == [
        (
            "redirect.encodeToken",
            [{"secret": "shh", "payload": {"email": "ada@example.com"}}],
            9,
        ),
        (
            "redirect.sendUserTo",
            ["https://my-app.example.com", {"query": {"session_token": "eyJ"}}],
            12,
        ),
    ]

    back = await python.run(
        flow,
        event=event,
        handler_name="onContinuePostLogin",
        answer=answering(redirect_validateToken={"favorite_color": "teal"}),
    )
    assert isinstance(back.end, Returned)
    assert back.calls[1].args == ["favorite_color", "teal"]


async def test_handler_may_be_a_plain_function(python: PythonHost) -> None:
    ran = await python.run(handler("api.access.deny('no')", sync=True))
    assert isinstance(ran.end, Returned)
    assert ran.args == [["no"]]


async def test_handler_may_be_any_callable_that_gives_an_awaitable(python: PythonHost) -> None:
    source = handler("api.access.deny('no')", name="check") + (
        "import functools\non_execute_post_login = functools.partial(check)\n"
    )
    ran = await python.run(source)
    assert isinstance(ran.end, Returned)
    assert ran.args == [["no"]]


@pytest.mark.parametrize("kind", ["def", "async def"])
async def test_handler_with_a_yield_fails_instead_of_running_nothing(
    python: PythonHost, kind: str
) -> None:
    code = f"\n{kind} on_execute_post_login(event, api):\n    yield\n    api.access.deny('no')\n"
    told = await python.run(python_flow(code))
    assert isinstance(told.end, Threw)
    assert (told.end.name, told.end.line) == ("TypeError", 2)
    assert "has a yield" in told.end.message


@pytest.mark.parametrize("parameters", ["event", "", "event, api, cache", "*, event, api"])
async def test_handler_with_other_parameters_is_told_with_its_line(
    python: PythonHost, parameters: str
) -> None:
    code = f"import json\n\n\nasync def on_execute_post_login({parameters}):\n    pass\n"
    told = await python.run(python_flow(code))
    assert isinstance(told.end, Threw)
    assert told.end.name == "TypeError"
    assert "positional argument" in told.end.message
    assert told.end.line == 4


async def test_error_with_a_place_of_its_own_keeps_it(python: PythonHost) -> None:
    """Also where a call with too few arguments is what the handler did wrong."""
    code = "async def on_execute_post_login(event, api):\n    (lambda one: one)()\n"
    told = await python.run(python_flow(code))
    assert isinstance(told.end, Threw)
    assert told.end.line == 2


async def test_what_a_handler_returns_is_ignored(python: PythonHost) -> None:
    code = "def on_execute_post_login(event, api):\n    return (one for one in 'ab')\n"
    assert isinstance((await python.run(python_flow(code))).end, Returned)


async def test_breakpoints_left_in_code_are_passed_by_where_nobody_debugs(
    python: PythonHost,
) -> None:
    told = await python.run(python_flow(handler("breakpoint()\nbreakpoint(header='x')\nprint(1)")))
    assert isinstance(told.end, Returned)
    assert [line.text for line in told.logs] == ["1"]


async def test_module_without_the_handler_says_what_it_has(python: PythonHost) -> None:
    source = handler("pass", name="onExecutePostLogin") + "def _hidden(): ...\nNUMBER = 1\n"
    ran = await python.run(source)
    assert ran.end == MissingHandler(("onExecutePostLogin",))


async def test_calls_can_be_chained_as_on_the_platform(python: PythonHost) -> None:
    ran = await python.run(
        handler(
            """
            api.id_token.set_custom_claim("https://a/b", 1).access.deny("no").session.revoke("x")
            """
        )
    )
    assert [call.method for call in ran.calls] == [
        "idToken.setCustomClaim",
        "access.deny",
        "session.revoke",
    ]


@pytest.mark.parametrize("wait", [False, True])
async def test_calls_come_in_the_order_they_were_made(python: PythonHost, *, wait: bool) -> None:
    ran = await python.run(
        handler(
            """
            for number in range(1000):
                api.id_token.set_custom_claim("https://a/b" * 10, number)
                if number % 200 == 0:
                    api.cache.get("key")
            """
        ),
        wait_every_call=wait,
    )
    numbers = [call.args[1] for call in ran.calls if call.method == "idToken.setCustomClaim"]
    assert numbers == list(range(1000))
    assert [ran.calls[index].method for index in (1, 202)] == ["cache.get"] * 2


async def test_every_method_of_the_table_can_be_called(python: PythonHost) -> None:
    names = [name.split(".") for name in METHODS]
    ran = await python.run(
        handler(
            f"""
            import re
            def snake(name):
                return re.sub("(?<=[a-z])(?=[A-Z])", "_", name).lower()
            for group, name in {names!r}:
                result = getattr(getattr(api, snake(group)), snake(name))()
                if hasattr(result, "__await__"):
                    await result
            """
        )
    )
    assert isinstance(ran.end, Returned)
    assert [call.method for call in ran.calls] == list(METHODS)


async def test_cache_answers_a_record_with_attributes(python: PythonHost) -> None:
    ran = await python.run(
        handler(
            """
            record = api.cache.get("key")
            print(record.value, record["expires_at"], record.nothing)
            """
        ),
        answer=answering(cache_get={"value": "v", "expires_at": 5}),
    )
    assert ran.texts == ["v 5 None"]


async def test_undefined_is_none(python: PythonHost) -> None:
    ran = await python.run(
        handler("print(api.cache.get('key'))"), answer=answering(cache_get=UNDEFINED)
    )
    assert ran.texts == ["None"]


async def test_payload_of_a_token_is_a_plain_dict(python: PythonHost) -> None:
    ran = await python.run(
        handler("print(type(api.redirect.validate_token(secret='s')).__name__)"),
        answer=answering(redirect_validateToken={"favorite_color": "teal"}),
    )
    assert ran.texts == ["dict"]


async def test_promise_is_awaited(python: PythonHost) -> None:
    ran = await python.run(
        handler(
            """
            import asyncio
            answer = await api.roles.get_user_effective_roles(take=5)
            first, second = await asyncio.gather(
                api.roles.get_user_effective_roles_by_ids(["a"]),
                api.roles.get_user_effective_roles_by_ids(["b"]),
            )
            print(answer.roles[0].name, first == second)
            """
        ),
        answer=lambda _call: Reply({"roles": [{"name": "admin"}]}),
    )
    assert ran.texts == ["admin True"]


async def test_promise_that_nobody_awaits_is_quiet(python: PythonHost) -> None:
    ran = await python.run(handler("api.roles.get_user_effective_roles()"))
    assert isinstance(ran.end, Returned)
    assert ran.logs == []


async def test_promise_tells_that_it_has_to_be_awaited(python: PythonHost) -> None:
    ran = await python.run(handler("api.roles.get_user_effective_roles().roles"))
    assert isinstance(ran.end, Threw)
    assert "write (await api.roles.get_user_effective_roles(…)).roles" in ran.end.message


async def test_rejection_is_raised_by_await(python: PythonHost) -> None:
    ran = await python.run(
        handler(
            """
            answer = api.roles.get_user_effective_roles()
            try:
                await answer
            except api.Error as error:
                print(error)
            """
        ),
        answer=refusing("Error", "no directory"),
    )
    assert isinstance(ran.end, Returned)
    assert ran.texts == ["no directory"]


async def test_rejection_that_nobody_awaits_ends_the_handler(python: PythonHost) -> None:
    ran = await python.run(
        handler("api.roles.get_user_effective_roles()\nprint('on')"),
        answer=refusing("Error", "no directory"),
    )
    assert isinstance(ran.end, Threw)
    assert (ran.end.name, ran.end.message, ran.end.line) == ("Error", "no directory", 2)


async def test_error_of_a_call_is_caught_as_api_error(python: PythonHost) -> None:
    ran = await python.run(
        handler(
            """
            try:
                api.redirect.validate_token(secret="s")
            except api.Error as error:
                api.access.deny(str(error))
            """
        ),
        answer=refusing("Error", "Token has expired."),
    )
    assert ran.args[1] == ["Token has expired."]


async def test_error_of_a_call_that_nobody_catches_has_the_platforms_name(
    python: PythonHost,
) -> None:
    ran = await python.run(
        handler("\napi.redirect.validate_token(secret='s')"),
        answer=refusing("Error", "Token has expired."),
    )
    assert isinstance(ran.end, Threw)
    assert (ran.end.name, ran.end.message, ran.end.line) == ("Error", "Token has expired.", 2)


async def test_wrong_argument_is_a_type_error(python: PythonHost) -> None:
    ran = await python.run(
        handler("api.redirect.encode_token(secret='', payload={})"),
        answer=refusing("TypeError", "secret must not be empty"),
    )
    assert isinstance(ran.end, Threw)
    assert (ran.end.name, ran.end.message) == ("TypeError", "secret must not be empty")


async def test_argument_that_is_no_json_is_named(python: PythonHost) -> None:
    ran = await python.run(handler("api.user.set_app_metadata('seen', {1, 2})"))
    assert isinstance(ran.end, Threw)
    assert ran.end.name == "TypeError"
    assert "argument 'value' is not JSON" in ran.end.message
    assert ran.calls == []


async def test_argument_too_large_for_a_frame_is_refused_before_it_is_sent(
    python: PythonHost,
) -> None:
    ran = await python.run(handler("api.user.set_app_metadata('big', 'x' * 2_000_000)"))
    assert isinstance(ran.end, Threw)
    assert ran.end.name == "Error"
    assert "at most 1048576 can be sent" in ran.end.message


async def test_lone_surrogate_arrives_as_a_replacement_character(python: PythonHost) -> None:
    ran = await python.run(handler("api.access.deny('\\ud800!')"))
    assert ran.args == [["�!"]]


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("api.idtoken", "api has no member 'idtoken'; did you mean 'id_token'?"),
        ("api.idToken", "api has no member 'idToken'; did you mean 'id_token'?"),
        (
            "api.id_token.set_claim",
            "api.id_token has no member 'set_claim'; did you mean 'set_custom_claim'?",
        ),
    ],
)
async def test_unknown_member_names_the_nearest(python: PythonHost, code: str, hint: str) -> None:
    ran = await python.run(handler(code))
    assert isinstance(ran.end, Threw)
    assert (ran.end.name, ran.end.message) == ("AttributeError", hint)


async def test_unknown_member_of_a_group_without_a_likeness_lists_what_there_is(
    python: PythonHost,
) -> None:
    ran = await python.run(handler("api.cache.zzzzz"))
    assert isinstance(ran.end, Threw)
    assert ran.end.message == "api.cache has no member 'zzzzz'; it has delete, get, set."


async def test_action_may_add_members_to_its_api(python: PythonHost) -> None:
    flow = python_flow(
        handler(
            """
            print(hasattr(api, "mine"))
            api.mine = lambda: "mine"
            print(api.mine())
            """
        )
    )
    first, second = await python.run(flow), await python.run(flow)
    assert first.texts == second.texts == ["False", "mine"]


async def test_api_tells_what_it_has(python: PythonHost) -> None:
    ran = await python.run(handler("print('id_token' in dir(api), api.id_token)"))
    assert ran.texts == ["True <api.id_token: set_custom_claim>"]


async def test_transaction_metadata_is_live(python: PythonHost) -> None:
    ran = await python.run(
        handler(
            """
            held = event.transaction.metadata
            api.transaction.set_metadata("step", 2)
            print(held, event.transaction.metadata is held)
            """
        ),
        answer=lambda _call: Reply(merge={"transaction.metadata": {"step": 2}}),
    )
    assert ran.texts == ["{'step': 2} True"]


async def test_changes_to_the_event_end_with_the_handler(python: PythonHost) -> None:
    flow = python_flow(
        handler(
            """
            print(event.user.nickname)
            event.user.nickname = "Ada"
            print(event.user.nickname)
            """
        )
    )
    first, second = await python.run(flow), await python.run(flow)
    assert first.texts == second.texts == ["None", "Ada"]


async def test_line_of_a_call_is_in_the_action_also_when_lib_makes_it(python: PythonHost) -> None:
    flow = python_flow(
        "from lib.claims import add\n" + handler("\n\nadd(api)"),
        {"lib/claims.py": "def add(api):\n    api.id_token.set_custom_claim('https://a/b', 1)\n"},
    )
    ran = await python.run(flow)
    assert ran.calls[0].line == 3


async def test_line_of_a_call_in_a_coroutine_is_the_coroutines(python: PythonHost) -> None:
    ran = await python.run(
        "async def add(api):\n    api.access.deny('no')\n" + handler("await add(api)")
    )
    assert ran.calls[0].line == 2


async def test_call_from_a_thread_during_the_handler_counts(python: PythonHost) -> None:
    ran = await python.run(
        handler(
            """
            import asyncio
            await asyncio.gather(*(
                asyncio.to_thread(lambda: [api.cache.get("k") for _ in range(20)])
                for _ in range(4)
            ))
            """
        )
    )
    assert isinstance(ran.end, Returned)
    assert len(ran.calls) == 80


async def test_type_names_are_imported_without_a_package(python: PythonHost) -> None:
    ran = await python.run(
        "from loginwright_runtime import Event, PostLoginAPI\n"
        + handler("print(isinstance(event, Event), isinstance(api, PostLoginAPI))")
    )
    assert ran.texts == ["True True"]


async def test_runtime_itself_cannot_be_imported(python: PythonHost) -> None:
    ran = await python.run(handler("import loginwright_runtime.engine"))
    assert isinstance(ran.end, Threw)
    assert ran.end.name == "ModuleNotFoundError"
    assert ran.end.missing_package is None


async def test_context_variables_of_one_run_are_not_the_nexts(python: PythonHost) -> None:
    flow = python_flow(
        "import contextvars\nseen = contextvars.ContextVar('seen', default=None)\n"
        + handler("print(seen.get())\nseen.set(event.user.user_id)")
    )
    first, second = await python.run(flow), await python.run(flow)
    assert first.texts == second.texts == ["None"]
