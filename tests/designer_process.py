"""The designer as a process of its own, in which somebody writes code until it is ended."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from typing_extensions import override

from loginwright_designer import serving
from loginwright_designer.app import main

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from loginwright_designer.main_window.wiring.first_frame import FirstFrame
    from loginwright_designer.main_window.wiring.flow_wiring import FlowWiring
    from loginwright_designer.preferences import Loaded

OPENED: Final = "opened"
PAUSE_MS: Final = 40
"""Between two letters, as somebody types."""


@contextmanager
def designer(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Yield a designer in which a flow is open; every letter that is typed comes out as a line."""
    with subprocess.Popen(
        [sys.executable, __file__, str(folder)], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == OPENED
            yield process
        finally:
            process.kill()


def _write_on(flow: FlowWiring) -> None:
    """Open the first action, and write letters at its end without an end."""
    sys.stdout.write(f"{OPENED}\n")
    sys.stdout.flush()
    flow.code.open_action(flow.session.document.draft.flow.actions[0].id)
    editor = flow.code.current
    assert editor is not None
    QTest.keyClicks(editor.view, "//")
    typing = QTimer(flow)
    typing.timeout.connect(lambda: _type_one(flow))
    typing.start(PAUSE_MS)


def _type_one(flow: FlowWiring) -> None:
    editor = flow.code.current
    if editor is not None and not editor.view.isReadOnly():
        QTest.keyClicks(editor.view, "x")
        sys.stdout.write("x\n")
        sys.stdout.flush()


class _Typing(serving.Designer):
    """The designer, written in as soon as its flow is open; its state is where a driver's is."""

    def __init__(
        self,
        application: QApplication,
        loop: AbstractEventLoop,
        *,
        first: FirstFrame,
        loaded: Loaded,
    ) -> None:
        state = Path.home() / "state" / "designer"
        super().__init__(application, loop, state=state, first=first, loaded=loaded)

    @override
    async def serve(self, folder: Path | None = None) -> None:
        self.bench.flow_opened.connect(_write_on)
        await super().serve(folder)


if __name__ == "__main__":
    serving.Designer = _Typing  # type: ignore[misc, assignment]  # only in this process
    sys.exit(main(sys.argv[1:]))
