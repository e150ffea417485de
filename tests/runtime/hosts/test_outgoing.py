"""What the parent says is one JSON object a line, with the event's bytes as they are."""

from __future__ import annotations

from dataclasses import replace

import orjson
from hypothesis import given

from javascript_actions import handler, javascript_flow
from json_strategies import json_values
from loginwright_runtime.api.call import UNDEFINED, ErrorReply, Reply
from loginwright_runtime.api.shapes import MethodShape
from loginwright_runtime.extension_points import Invocation
from loginwright_runtime.hosts.outgoing import Setup, encode_reply, encode_run, encode_setup

FLOW = javascript_flow(handler(""))
INVOCATION = Invocation(
    flow=FLOW,
    action=FLOW.actions[0],
    handler="onContinuePostLogin",
    event=b'{"secrets":{}}',
    budget_seconds=1,
    queue_seconds=1,
    answer=lambda _call: Reply(),
    listen=lambda _line: None,
)


def test_run_says_what_to_call() -> None:
    asked = replace(INVOCATION, now=5.5, network="none", fresh_modules=True, wait_every_call=True)
    frame = encode_run("ab", asked)
    assert frame.endswith(b"}\n")
    assert orjson.loads(frame) == {
        "type": "run",
        "run": "ab",
        "action": "greet",
        "code": "actions/greet.js",
        "handler": "onContinuePostLogin",
        "now": 5.5,
        "network": "none",
        "fresh": True,
        "wait": True,
        "event": {"secrets": {}},
    }


@given(json_values)
def test_event_of_any_layout_is_one_line(event: object) -> None:
    laid_out = orjson.dumps(event, option=orjson.OPT_INDENT_2)
    frame = encode_run("ab", replace(INVOCATION, event=laid_out))
    assert frame.count(b"\n") == 1
    assert orjson.loads(frame)["event"] == event


def test_setup_holds_the_flow_and_the_methods() -> None:
    shape = MethodShape("redirect.encodeToken", True, "value", False, ("options",), "options")
    setup = Setup("javascript", "/flow", None, {"lib/x.js": b"a\xff\n"}, [shape])
    frame = encode_setup(setup)
    assert frame.count(b"\n") == 1
    told = orjson.loads(frame)
    assert told["files"] == {"lib/x.js": "a\ufffd\n"}
    assert told["methods"] == [
        {
            "name": "redirect.encodeToken",
            "waits": True,
            "answers": "value",
            "promise": False,
            "parameters": ["options"],
            "options": "options",
            "tells_undefined": False,
        }
    ]
    assert "exports" not in repr(Setup("javascript", "/", None, {"x": b"exports"}, []))


def test_reply_is_a_value_an_error_or_a_change_of_the_event() -> None:
    assert orjson.loads(encode_reply(Reply())) == {"value": None}
    assert orjson.loads(encode_reply(Reply(value=UNDEFINED))) == {"value": {"$undefined": True}}
    assert orjson.loads(encode_reply(Reply(error=ErrorReply("TypeError", "no")))) == {
        "error": {"name": "TypeError", "message": "no"}
    }
    assert orjson.loads(encode_reply(Reply(value=1, merge={"transaction.metadata": {}}))) == {
        "value": 1,
        "merge": {"transaction.metadata": {}},
    }
