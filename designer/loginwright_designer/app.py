"""Starts the designer: the first frame is painted, then everything else is loaded."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_designer.plain_imports import import_plainly

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_DISPLAY = """loginwright-designer: There is no display to show the designer on.
  Set DISPLAY or WAYLAND_DISPLAY. In the terminal, a flow runs without one:
      loginwright new my-flow && loginwright run my-flow
"""

NOT_INSTALLED = """loginwright-designer: {missing}.
  What the designer needs comes with: pip install "loginwright[designer]"
"""

NO_LIBRARY = """loginwright-designer: A library of the system is missing: {missing}.
  On Debian and Ubuntu:
      apt install libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the designer, and return its exit status once its window is closed.

    Args:
        arguments: Without the program's name; None takes those of the process.
    """
    gc.disable()  # a start makes no garbage worth looking for; a timer collects later
    parsed = _parser().parse_args(arguments)
    if parsed.version:
        sys.stdout.write(f"{_version()}\n")
        return 0
    if not has_display():
        sys.stderr.write(NO_DISPLAY)
        return 2
    try:
        from PySide6.QtWidgets import QApplication

        import_plainly()
        from loginwright_designer.main_window.wiring.first_frame import FirstFrame
        from loginwright_designer.preferences import PreferencesFile, preferences_file
    except ImportError as missing:
        return _not_installed(missing)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Loginwright")
    application.setDesktopFileName("loginwright-designer")
    application.setStyle("Fusion")
    loaded = PreferencesFile(preferences_file()).load()
    first = FirstFrame(application, loaded.preferences)
    first.paint()
    # Engine, models and panels take longer than the first frame may, so they come after it.
    try:
        from loginwright_designer.serving import serve
    except ImportError as missing:
        return _not_installed(missing)
    serve(application, first, loaded, parsed.flow)
    return 0


def has_display() -> bool:
    """Tell whether Qt can show a window; where it cannot, it would end the process."""
    if sys.platform != "linux":
        return True
    wanted = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in wanted)


def _not_installed(missing: ImportError) -> int:
    """Say what the designer lacks: the base package brings its command, and not its libraries."""
    text = NOT_INSTALLED if isinstance(missing, ModuleNotFoundError) else NO_LIBRARY
    sys.stderr.write(text.format(missing=missing))
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="loginwright-designer",
        description="Compose a login flow, step through a simulated login, and export it.",
    )
    parser.add_argument(
        "flow", nargs="?", type=Path, help="folder of the flow; else what was open last"
    )
    parser.add_argument("--version", action="store_true", help="show the version, and end")
    return parser


def _version() -> str:
    # Reads the installed package, which costs a tenth of the first frame; few ask for it.
    from importlib.metadata import version

    return version("loginwright")
