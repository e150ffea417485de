"""Runs JavaScript actions in real workers, for tests: sources as text, and what came of them."""

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

    from loginwright_runtime.login.json_values import JsonObject

CODE = "actions/greet.js"
MISBEHAVE: JsonObject = {"misbehave": True}


def handler(body: str, *, name: str = "onExecutePostLogin") -> str:
    """The source of a module with one handler; its body begins in line 2."""
    return f"exports.{name} = async (event, api) => {{\n{textwrap.dedent(body).strip()}\n}};\n"


def misbehaving(body: str, before: str = "") -> str:
    """A module that is well-behaved but for events that ask for it; the body begins in line 3."""
    first = before.replace("\n", " ")
    return f"{first}\n{handler(f'if (!event.misbehave) return;{chr(10)}{body.strip()}')}".replace(
        f"{first}\nexports", f"{first} exports"
    )


def javascript_flow(
    source: str,
    files: Mapping[str, str] | None = None,
    *,
    root: Path | None = None,
    packages: Path | None = None,
) -> Flow:
    """A flow of one action, and of other files by their paths."""
    texts = {CODE: source, **(files or {})}
    digest = sha256(orjson.dumps([texts, str(packages)], option=orjson.OPT_SORT_KEYS)).hexdigest()
    return Flow(
        name="Test",
        actions=(Action(id="greet", name="Greet", code=CODE, language="javascript"),),
        files={path: text.encode() for path, text in texts.items()},
        version=f"sha256:{digest}",
        root=root,
        packages=packages,
    )


def write_files(folder: Path, files: dict[str, str]) -> Path:
    """Write texts below a folder, and return it."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


class JavaScriptHost(HandlerHost):
    """A pool of JavaScript workers."""

    __slots__ = ()

    @staticmethod
    @override
    def flow_of(source: str) -> Flow:
        return javascript_flow(source)


@asynccontextmanager
async def javascript_host(max_workers: int = 1, **options: object) -> AsyncIterator[JavaScriptHost]:
    """A host whose pool is closed at the end; ``options`` as WorkerPool's."""
    pool = WorkerPool(SHAPES, max_workers=max_workers, **options)  # type: ignore[arg-type]  # as given
    try:
        yield JavaScriptHost(pool)
    finally:
        await pool.aclose()
