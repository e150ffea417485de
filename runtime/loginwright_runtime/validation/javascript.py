"""Reads JavaScript sources for the rules, all of them in one Node process; nothing is executed."""

from __future__ import annotations

import subprocess
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import orjson

from loginwright_runtime.validation.javascript_tree import decode_block
from loginwright_runtime.validation.sources import ReadSource, SyntaxFault
from loginwright_runtime.validation.syntax_tree import MAX_DEPTH

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

_FLAGS = (
    "--permission",
    "--no-addons",
    "--no-warnings",
    "--expose-internals",
    "--max-old-space-size=1024",
)
_READER = Path(__file__).with_name("javascript_reader.cjs")
_TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class JavaScriptSources:
    """What Node said about the sources it was given.

    Attributes:
        sources: By file.
        builtins: Names of the modules that Node brings along, without ``node:``.
    """

    sources: Mapping[str, ReadSource]
    builtins: frozenset[str] = frozenset()


def read_javascript(
    sources: Mapping[str, bytes], node: str | None, *, syntax_only: Collection[str] = ()
) -> JavaScriptSources:
    """Read JavaScript sources.

    V8 judges the syntax inside the wrapper in which an action is compiled; the tree comes from
    the parser that Node carries for itself. The process may touch neither files nor modules, and
    gets no environment (architecture.md, rule 4).

    Args:
        sources: File to content; a name that ends in ``.mjs`` is read as an ES module.
        node: Path of the Node binary, or None when there is none.
        syntax_only: Files of which no tree is wanted.

    Returns:
        One entry a source. Where Node cannot be had or fails, every entry says so in ``unread``.
    """
    if not sources:
        return JavaScriptSources({})
    if node is None:
        return _all_unread(sources, "there is no Node to read it with")
    try:
        done = subprocess.run(  # noqa: S603 - our own reader; sources go through standard input
            [node, *_FLAGS, "--eval", _reader()],
            input=_request(sources, syntax_only),
            capture_output=True,
            env={},
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
    except OSError as error:
        return _all_unread(sources, f"Node cannot be started: {error.strerror}")
    except subprocess.TimeoutExpired:
        return _all_unread(sources, f"Node gave no answer within {_TIMEOUT_SECONDS:g} s")
    if done.returncode != 0:
        return _all_unread(sources, f"Node ended with status {done.returncode}")
    return _answers(sources, done.stdout)


def _reader() -> str:
    return _READER.read_text(encoding="utf-8")


def _request(sources: Mapping[str, bytes], syntax_only: Collection[str]) -> bytes:
    listed = [
        {
            "file": file,
            "text": content.decode("utf-8", errors="replace").removeprefix("\ufeff"),
            "module": file.endswith(".mjs"),
            "syntaxOnly": file in syntax_only,
        }
        for file, content in sources.items()
    ]
    return orjson.dumps({"maxDepth": MAX_DEPTH, "files": listed})


def _all_unread(sources: Mapping[str, bytes], reason: str) -> JavaScriptSources:
    return JavaScriptSources({file: ReadSource(unread=reason) for file in sources})


def _answers(sources: Mapping[str, bytes], output: bytes) -> JavaScriptSources:
    try:
        head, *lines = (orjson.loads(line) for line in output.splitlines())
        builtins = frozenset(cast("list[str]", head["builtins"]))
        read = {answer["file"]: _read(answer) for answer in lines}
    except (ValueError, LookupError, TypeError, RecursionError):
        return _all_unread(sources, "Node gave an answer that cannot be read")
    missing = ReadSource(unread="Node gave no answer about it")
    return JavaScriptSources({file: read.get(file, missing) for file in sources}, builtins)


def _read(answer: JsonObject) -> ReadSource:
    tree = answer["tree"]
    return ReadSource(
        tree=None if tree is None else decode_block(tree),
        fault=_fault(answer["fault"]),
        unread=cast("str | None", answer["unread"]),
    )


def _fault(fault: JsonValue) -> SyntaxFault | None:
    if not isinstance(fault, dict):
        return None
    return SyntaxFault(
        cast("str", fault["message"]),
        cast("int | None", fault["line"]),
        cast("int | None", fault["column"]),
    )
