"""What a command prints: one JSON document for programs, plain or coloured lines for people."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, TextIO, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from rich.console import Console

    from loginwright_runtime.errors import Problem

Tone: TypeAlias = Literal["plain", "strong", "dim", "good", "bad", "warning", "away", "changed"]
Span: TypeAlias = tuple[str, Tone]

_STYLES: dict[Tone, str] = {
    "plain": "",
    "strong": "bold",
    "dim": "dim",
    "good": "green",
    "bad": "bold red",
    "warning": "yellow",
    "away": "cyan",
    "changed": "magenta",
}
_INVISIBLE = frozenset(
    "\u200b\u200e\u200f\u061c\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
"""Characters that change how a line reads without being seen (security.md 33)."""


def shown(text: str) -> str:
    """Return a stranger's text on one line: control characters and invisible ones are escaped."""
    return "".join(
        character.encode("unicode_escape").decode("ascii") if _is_hidden(character) else character
        for character in text
    )


def _harmless(text: str) -> str:
    """Return what is printed without anything that a terminal would act on but the end of a line.

    Whoever prints a stranger's text on one line calls ``shown`` besides; this is for who forgot.
    """
    return text if text.isprintable() else "\n".join(map(shown, text.split("\n")))


def _is_hidden(character: str) -> bool:
    return character in _INVISIBLE or unicodedata.category(character) in ("Cc", "Cs")


class OutputError(Exception):
    """Standard output cannot be written; says why."""


class Screen:
    """Where a command prints.

    Results go to standard output, everything else to standard error. With ``json`` standard output
    gets exactly one JSON document.
    """

    def __init__(self, *, json: bool) -> None:
        self.json = json
        self._console: Console | None = None

    def document(self, document: Mapping[str, object]) -> None:
        """Print the command's one JSON document."""
        data = _document_bytes(document)
        with _telling_of_output():
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()

    def line(self, *spans: Span) -> None:
        """Print a line of a result for people; nothing with ``json``."""
        if not self.json:
            with _telling_of_output():
                self._print(sys.stdout, spans)

    def note(self, *texts: str) -> None:
        """Print a line beside the result, on standard error."""
        self._print(sys.stderr, [(text, "plain") for text in texts])

    def problems(self, problems: Sequence[Problem]) -> None:
        """Print problems on standard error, each with its place, reason and remedy."""
        for problem in problems:
            for span in _problem_spans(problem):
                self._print(sys.stderr, span)

    def invalid(self, problems: Sequence[Problem]) -> None:
        """Say that the input cannot be used."""
        if self.json:
            self.document(
                {"status": "invalid", "problems": [problem.to_json() for problem in problems]}
            )
        self.problems(problems)

    def finish(self) -> None:
        """Let everything printed reach standard output; OutputError when it does not."""
        with _telling_of_output():
            sys.stdout.flush()

    def _print(self, stream: TextIO, spans: Sequence[Span]) -> None:
        spans = [(_harmless(text), tone) for text, tone in spans]
        if not is_colourful(stream):
            stream.write(_encodable("".join(text for text, _ in spans), stream) + "\n")
            return
        from rich.console import Console
        from rich.text import Text

        console = Console(file=stream, highlight=False, soft_wrap=True)
        console.print(Text.assemble(*((text, _STYLES[tone]) for text, tone in spans)))


@contextmanager
def _telling_of_output() -> Generator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.strerror) from None


def _document_bytes(document: Mapping[str, object]) -> bytes:
    import orjson

    try:
        return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # the name of a file that is not UTF-8
        return f"{json.dumps(document, indent=2)}\n".encode()


def is_colourful(stream: TextIO) -> bool:
    """Tell whether colours may be printed: to a terminal that has them, unless NO_COLOR is set."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def _encodable(text: str, stream: TextIO) -> str:
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _problem_spans(problem: Problem) -> list[list[Span]]:
    tone: Tone = "bad" if problem.severity == "error" else "warning"
    place = _place(problem)
    head: list[Span] = [(problem.severity, tone), (f"  {shown(problem.message)}", "plain")]
    lines = [head]
    if place:
        lines.append([(f"  at {shown(place)}", "dim")])
    lines.extend([(f"  {shown(line)}", "plain")] for line in problem.remedy.splitlines())
    return lines


def _place(problem: Problem) -> str:
    place = problem.file or ""
    if problem.line is not None:
        place += f":{problem.line}"
        if problem.column is not None:
            place += f":{problem.column}"
    return f"{place} {problem.path}".strip() if problem.path else place
