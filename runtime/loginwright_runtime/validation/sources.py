"""What reading one source file gave: its syntax tree, its syntax fault, or why there is neither."""

from __future__ import annotations

from dataclasses import dataclass, field

from loginwright_runtime.validation.syntax_tree import Statement


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """Where and why a source is no program of its language.

    Attributes:
        message: As V8 or CPython words it.
        line: From 1, or None where the language does not say.
        column: From 1, or None.
    """

    message: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class ReadSource:
    """One source file, read and not run.

    Attributes:
        tree: Its statements; None with a fault, or where no parser could be had.
        fault: Why it cannot run, or None.
        unread: Why the tree is missing or lacks parts, in words that end a sentence, or None.
    """

    tree: tuple[Statement, ...] | None = field(default=None, repr=False)
    fault: SyntaxFault | None = None
    unread: str | None = None
