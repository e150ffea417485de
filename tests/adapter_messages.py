"""The messages of a debug adapter as the Debug Adapter Protocol defines them, to judge ours by.

Written from the protocol's specification, and from nothing of the adapter. Members that the
protocol does not know are refused.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from pydantic.alias_generators import to_camel

Line = Annotated[int, Field(ge=0)]
Reference = Annotated[int, Field(ge=0, le=2**31 - 1)]


class Part(BaseModel):
    """Base of all: strict about names and types."""

    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel)


class Empty(Part):
    """A body without members."""


class Source(Part):
    name: str | None = None
    path: str | None = None
    source_reference: Reference | None = None
    presentation_hint: Literal["normal", "emphasize", "deemphasize"] | None = None
    origin: str | None = None


class Breakpoint(Part):
    id: int | None = None
    verified: bool
    message: str | None = None
    source: Source | None = None
    line: int | None = None
    column: int | None = None


class StackFrame(Part):
    id: int
    name: str
    source: Source | None = None
    line: Line
    column: Line
    presentation_hint: Literal["normal", "label", "subtle"] | None = None


class Scope(Part):
    name: str
    presentation_hint: Literal["arguments", "locals", "registers", "returnValue"] | None = None
    variables_reference: Reference
    named_variables: int | None = None
    indexed_variables: int | None = None
    expensive: bool


class PresentationHint(Part):
    lazy: bool | None = None


class Variable(Part):
    name: str
    value: str
    type: str | None = None
    presentation_hint: PresentationHint | None = None
    evaluate_name: str | None = None
    variables_reference: Reference
    named_variables: int | None = None
    indexed_variables: int | None = None


class Breakpoints(Part):
    breakpoints: list[Breakpoint]


class StackTrace(Part):
    stack_frames: list[StackFrame]
    total_frames: int | None = None


class Scopes(Part):
    scopes: list[Scope]


class Variables(Part):
    variables: list[Variable]


class Evaluated(Part):
    result: str
    type: str | None = None
    presentation_hint: PresentationHint | None = None
    variables_reference: Reference
    indexed_variables: int | None = None


class VariableSet(Part):
    value: str
    type: str | None = None
    variables_reference: Reference | None = None
    indexed_variables: int | None = None


class Completion(Part):
    label: str
    text: str | None = None
    type: Literal["variable", "property"] | None = None
    start: int | None = None
    length: int | None = None


class Completions(Part):
    targets: list[Completion]


class Thread(Part):
    id: int
    name: str


class Threads(Part):
    threads: list[Thread]


class ExceptionDetails(Part):
    message: str | None = None
    type_name: str | None = None
    stack_trace: str | None = None


class ExceptionInfo(Part):
    exception_id: str
    description: str | None = None
    break_mode: Literal["never", "always", "unhandled", "userUnhandled"]
    details: ExceptionDetails | None = None


class Content(Part):
    content: str
    mime_type: str | None = None


class Sources(Part):
    sources: list[Source]


class Continued(Part):
    all_threads_continued: bool | None = None


class Filter(Part):
    filter: str
    label: str
    description: str | None = None
    default: bool | None = None


class Capabilities(Part):
    supports_configuration_done_request: bool
    supports_function_breakpoints: bool
    supports_conditional_breakpoints: bool
    supports_hit_conditional_breakpoints: bool
    supports_evaluate_for_hovers: bool
    exception_breakpoint_filters: list[Filter]
    supports_step_back: bool
    supports_set_variable: bool
    supports_restart_request: bool
    supports_exception_info_request: bool
    supports_delayed_stack_trace_loading: bool
    supports_loaded_sources_request: bool
    supports_log_points: bool
    supports_terminate_request: bool
    supports_clipboard_context: bool
    supports_set_expression: bool
    supports_completions_request: bool
    completion_trigger_characters: list[str]


class Stopped(Part):
    reason: str
    description: str | None = None
    thread_id: int | None = None
    text: str | None = None
    all_threads_stopped: bool | None = None
    hit_breakpoint_ids: list[int] | None = None


class Output(Part):
    category: Literal["console", "important", "stdout", "stderr", "telemetry"] | None = None
    output: str
    source: Source | None = None
    line: int | None = None


class Exited(Part):
    exit_code: int


class GoesOn(Part):
    thread_id: int
    all_threads_continued: bool | None = None


class ThreadEvent(Part):
    reason: Literal["started", "exited"]
    thread_id: int


class Process(Part):
    name: str
    start_method: Literal["launch", "attach", "attachForSuspendedLaunch"] | None = None


class Message(Part):
    id: int
    format: str
    variables: dict[str, str] | None = None
    show_user: bool | None = None


class Error(Part):
    error: Message | None = None


BODIES: dict[str, type[Part]] = {
    "initialize": Capabilities,
    "setBreakpoints": Breakpoints,
    "setFunctionBreakpoints": Breakpoints,
    "setExceptionBreakpoints": Breakpoints,
    "threads": Threads,
    "stackTrace": StackTrace,
    "scopes": Scopes,
    "variables": Variables,
    "evaluate": Evaluated,
    "setVariable": VariableSet,
    "setExpression": VariableSet,
    "completions": Completions,
    "exceptionInfo": ExceptionInfo,
    "source": Content,
    "loadedSources": Sources,
    "continue": Continued,
}
"""Bodies of responses; others have none."""
EVENTS: dict[str, type[Part]] = {
    "stopped": Stopped,
    "output": Output,
    "exited": Exited,
    "continued": GoesOn,
    "thread": ThreadEvent,
    "process": Process,
    "initialized": Empty,
    "terminated": Empty,
}


class Response(Part):
    seq: int
    type: Literal["response"]
    request_seq: int = Field(alias="request_seq")
    success: bool
    command: str
    message: str | None = None
    body: dict[str, object] = Field(default_factory=dict)


class Event(Part):
    seq: int
    type: Literal["event"]
    event: str
    body: dict[str, object] = Field(default_factory=dict)


_MESSAGES: TypeAdapter[Response | Event] = TypeAdapter(Response | Event)


def judge(message: object, number: int) -> None:
    """Check a message that came as the adapter's ``number``-th.

    Raises:
        ValidationError: It is not as the protocol defines it.
    """
    read = _MESSAGES.validate_python(message)
    assert read.seq == number
    if isinstance(read, Event):
        EVENTS[read.event].model_validate(read.body)
    elif read.success:
        BODIES.get(read.command, Empty).model_validate(read.body)
    else:
        assert read.message
        Error.model_validate(read.body)
