"""An installed designer finds its icons, fonts, themes and guide without the checkout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]

ASK = """
from PySide6.QtGui import QGuiApplication
from loginwright_designer.resource_files import resource_files
from loginwright_designer.theme.theme import Theme

application = QGuiApplication([])
files = resource_files()
Theme(files).stylesheet()
print(files.root, len(files.icon_names()), len(files.licences()), files.guide())
"""


def test_wheel_carries_what_the_designer_shows(tmp_path: Path) -> None:
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    installed = tmp_path / "installed"
    with ZipFile(built) as archive:
        archive.extractall(installed)
    asked = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(installed)!r})\n{ASK}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    icons = len(list((ROOT / "resources" / "icons").glob("*.svg")))
    folder = installed / "loginwright_designer" / "_resources"
    assert asked.stderr == ""
    assert asked.stdout.split() == [
        str(folder),
        str(icons),
        "3",
        str(folder / "guide" / "designer.md"),
    ]
