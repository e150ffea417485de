"""Runs Python actions in real workers, for tests: one pool, sources as text, what came of it."""

from __future__ import annotations

import textwrap
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

import orjson
from typing_extensions import override

from called_handlers import HandlerHost
from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.hosts.pool import WorkerPool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

CODE = "actions/greet.py"


def handler(body: str, *, name: str = "on_execute_post_login", sync: bool = False) -> str:
    """The source of a module with one handler of this body."""
    kind = "def" if sync else "async def"
    return f"{kind} {name}(event, api):\n{textwrap.indent(textwrap.dedent(body).strip(), '    ')}\n"


def python_flow(
    source: str, files: Mapping[str, str] | None = None, *, root: Path | None = None
) -> Flow:
    """A flow of one action, and of other files by their paths."""
    texts = {CODE: source, **(files or {})}
    contents = {path: textwrap.dedent(text).encode() for path, text in texts.items()}
    digest = sha256(orjson.dumps(texts, option=orjson.OPT_SORT_KEYS)).hexdigest()
    action = Action(id="greet", name="Greet", code=CODE, language="python")
    return Flow(
        name="Test", actions=(action,), files=contents, version=f"sha256:{digest}", root=root
    )


class PythonHost(HandlerHost):
    """A pool of Python workers."""

    __slots__ = ()

    @staticmethod
    @override
    def flow_of(source: str) -> Flow:
        return python_flow(source)


@asynccontextmanager
async def python_host(max_workers: int = 1) -> AsyncIterator[PythonHost]:
    """A host whose pool is closed at the end."""
    pool = WorkerPool(SHAPES, max_workers=max_workers)
    try:
        yield PythonHost(pool)
    finally:
        await pool.aclose()
