"""Rules about the code as a program: its syntax and the handlers it exports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loginwright_runtime.validation.module_files import own_modules
from loginwright_runtime.validation.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.validation.checked_flow import CheckedAction, CheckedFlow
    from loginwright_runtime.validation.facts import SourceFacts

_MODULE_SYNTAX = ("Unexpected token 'export'", "Cannot use import statement")
_COMMON_JS = (
    "Actions are CommonJS: write exports.onExecutePostLogin = … and const name = require('…')."
)
_SIMPLER = "Simplify this code; what the rules did not see they cannot warn of."


def _severity(flow: CheckedFlow, file: str) -> Severity:
    """Code that no enabled action needs stops nothing."""
    return "error" if file in flow.needed else "warning"


def _syntax_errors(flow: CheckedFlow) -> Iterator[Finding]:
    for facts in flow.sources:
        if facts.fault is not None:
            fault = facts.fault
            modern = fault.message.startswith(_MODULE_SYNTAX)
            yield Finding(
                f"The code cannot be read: {fault.message.rstrip('.')}.",
                facts.file,
                fault.line,
                fault.column,
                remedy=_COMMON_JS if modern else None,
                severity=_severity(flow, facts.file),
            )
        yield from _json_errors(flow, facts)


def _json_errors(flow: CheckedFlow, facts: SourceFacts) -> Iterator[Finding]:
    for module in own_modules(facts, flow.flow, flow.analysis.node_modules):
        if module.file is None or not module.file.endswith(".json"):
            continue
        try:
            json.loads(flow.flow.files[module.file].removeprefix(b"\xef\xbb\xbf"))
        except json.JSONDecodeError as error:
            message = f"This is not JSON: {error.msg}."
            severity = _severity(flow, facts.file)
            yield Finding(message, module.file, error.lineno, error.colno, severity=severity)
        except (ValueError, RecursionError):
            severity = _severity(flow, facts.file)
            yield Finding("This is not JSON.", module.file, severity=severity)


def _missing_handlers(flow: CheckedFlow) -> Iterator[Finding]:
    for action in flow.actions:
        facts = action.facts
        unknown = facts.fault is not None or facts.unread is not None or facts.exports_unseen
        if not unknown and not facts.exports("onExecutePostLogin"):
            yield _missing_handler(flow, action)


def _missing_handler(flow: CheckedFlow, action: CheckedAction) -> Finding:
    facts = action.facts
    line = None
    if facts.exports_function:
        message = "It exports a function, the platform's first shape of an action."
    elif facts.handlers:
        line = facts.handlers[0].line
        message = "It exports onContinuePostLogin alone, so nothing ever begins it."
    else:
        message = "It exports no handler."
    python = facts.language == "python"
    remedy = "Define on_execute_post_login(event, api)." if python else None
    severity = _severity(flow, facts.file)
    return Finding(message, facts.file, line, remedy=remedy, severity=severity)


def _not_analysed(flow: CheckedFlow) -> Iterator[Finding]:
    reasons: dict[str, list[str]] = {}
    for facts in flow.sources:
        if facts.unread is not None:
            reasons.setdefault(facts.unread, []).append(facts.file)
    for reason, files in reasons.items():
        read = any(facts.handlers or facts.api_calls for facts in flow.sources)
        yield Finding(
            f"The rules did not see all of the code: {reason}.",
            files[0] if len(files) == 1 else None,
            remedy=_SIMPLER if read and len(files) == 1 else None,
        )


RULES = (
    Rule(
        "syntax-error",
        "Code that V8 or CPython cannot read, or JSON that the code requires and that is none. "
        "Code that no enabled action uses is a warning only.",
        "Correct the code at this place.",
        _syntax_errors,
        "error",
    ),
    Rule(
        "no-handler",
        "An action that does not export `onExecutePostLogin` (`on_execute_post_login`). A disabled "
        "action is a warning only.",
        "Export a handler: exports.onExecutePostLogin = async (event, api) => { … }.",
        _missing_handlers,
        "error",
    ),
    Rule(
        "analysis-unavailable",
        "Code that the other rules did not see: there is no Node 24 to read JavaScript with, or "
        "the code is too long or nested too deeply.",
        'Install "loginwright[node]", or name a Node 24 in LOGINWRIGHT_NODE.',
        _not_analysed,
    ),
)
