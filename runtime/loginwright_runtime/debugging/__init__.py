"""Where a login can stop, what is seen there, and how it goes on: values and one protocol."""

from loginwright_runtime.debugging.protocol import (
    ActionBreakpoint,
    Breakpoint,
    Debugger,
    Meaning,
    MeaningBreakpoint,
    Pause,
    Resume,
    StepLevel,
    StopKind,
)

__all__ = [
    "ActionBreakpoint",
    "Breakpoint",
    "Debugger",
    "Meaning",
    "MeaningBreakpoint",
    "Pause",
    "Resume",
    "StepLevel",
    "StopKind",
]
