"""Draws docs/images/run.svg: what `make run` prints, from a real run in a terminal of its own."""

from __future__ import annotations

import io
import os
import pty
import secrets
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
WIDTH = 96
COMMAND = ["loginwright", "run", "resources/samples/customer-login", "--scenario", "First login"]
THEME = TerminalTheme(
    (27, 30, 37),
    (231, 234, 240),
    [
        (45, 50, 61),
        (255, 160, 166),
        (56, 183, 131),
        (240, 173, 78),
        (122, 182, 248),
        (196, 161, 255),
        (85, 200, 218),
        (176, 184, 198),
    ],
)
SVG = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" \
xmlns="http://www.w3.org/2000/svg" xml:space="preserve" role="img" \
aria-label="A login in the terminal">
<style>
.{unique_id}-matrix {{ font-family: "JetBrains Mono", "DejaVu Sans Mono", monospace; \
font-size: {char_height}px; line-height: {line_height}px; font-variant-ligatures: none; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: Inter, Arial, sans-serif; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" \
height="{terminal_height}" /></clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" \
clip-path="url(#{unique_id}-clip-terminal)">{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g></g></svg>
"""


def printed() -> str:
    """Run the command in a pseudo-terminal and return what it printed, colours included."""
    os.environ |= {
        "LOGINWRIGHT_SECRET_MY_SHARED_SECRET": secrets.token_urlsafe(32),
        "COLUMNS": str(WIDTH),
        "TERM": "xterm-256color",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    output = io.BytesIO()

    def read(descriptor: int) -> bytes:
        data = os.read(descriptor, 65536)
        output.write(data)
        return data if data else b""

    os.chdir(ROOT)
    status = os.waitstatus_to_exitcode(pty.spawn(COMMAND, read))
    if status != 0:
        sys.exit(f"the command ended with {status}")
    return output.getvalue().decode().replace("\r\n", "\n")


def main() -> None:
    """Write the picture."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text("$ " + " ".join(COMMAND[:4]) + ' "First login"', style="bold"))
    console.print(Text.from_ansi(printed()))
    path = ROOT / "docs" / "images" / "run.svg"
    path.parent.mkdir(parents=True, exist_ok=True)
    console.save_svg(str(path), title="make run", theme=THEME, code_format=SVG, unique_id="run")


if __name__ == "__main__":
    main()
