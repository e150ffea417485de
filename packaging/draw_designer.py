"""Draws docs/images/designer/: the designer's states, from real runs of the sample."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# Where whoever installed Loginwright as its guide says has it, too.
os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"

from fixed_world import FixedWorld, fixed_world
from picture_scenes import SCENES, Scene
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit
from small_png import write_small_png

from designer_driver import Driver
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.theme.roles import SchemeChoice
from loginwright_runtime.cli.trusted_folders import trust
from loginwright_runtime.flow.sample_files import sample, template

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "images" / "designer"
WHOLE = (1440, 900)
USER = "ada"
"""Whose home the pictures may show; one run at a time has it."""

SMALLER = ((1280, 720), (720, 450))


class Studio:
    """Starts the designer for a scene, and takes its pictures.

    Args:
        application: Qt's.
        world: What is fixed.
        target: Folder that the pictures go to.
    """

    def __init__(self, application: QApplication, world: FixedWorld, target: Path) -> None:
        self._application = application
        self._world = world
        self._target = target
        self._home = Path(tempfile.gettempdir(), USER)
        self._driver: Driver | None = None

    @property
    def home(self) -> Path:
        """The home of the scene's user, in which nothing is but what the scene puts there."""
        return self._home

    def play(self, scene: Scene) -> None:
        """Play one scene, with a user of its own."""
        self._home.mkdir()
        os.environ |= {
            "HOME": str(self._home),
            "XDG_STATE_HOME": str(self._home / "state"),
            "XDG_CONFIG_HOME": str(self._home / "config"),
        }
        self._world.begin_anew()
        try:
            scene(self)
        finally:
            self.close()
            shutil.rmtree(self._home)

    def open(self, folder: Path | None = None, *, coached: bool = True) -> Driver:
        """Start the designer.

        Args:
            folder: Of the flow; None opens the sample.
            coached: The line for the first start has been sent away.
        """
        self._driver = driver = Driver(self._application, self._home, folder, WHOLE)
        driver.window.commands.trigger(CommandId.REDUCE_MOTION)
        if coached:
            driver.views.coach.dismissed.emit()
        driver.until(lambda: driver.views.library.isVisible())
        driver.turn()
        return driver

    def copy_of_sample(self, *, trusted: bool = True) -> Path:
        """Copy the sample into the user's home and return its folder.

        Args:
            trusted: It is a flow of theirs; else it came from elsewhere.
        """
        return self._copy(sample("customer-login"), trusted=trusted)

    def copy_of_template(self, name: str) -> Path:
        """Copy a template into the user's home, as a flow that is theirs, and return its folder."""
        return self._copy(template(name), trusted=True)

    def _copy(self, flow: Path, *, trusted: bool) -> Path:
        folder = self._home / "flows" / flow.name
        shutil.copytree(flow, folder)
        if trusted:
            trust(folder)
        return folder

    def close(self) -> None:
        """End the designer."""
        if self._driver is not None:
            self._driver.close()
            self._driver = None

    def take_dialog(self, name: str, dialog: QDialog) -> None:
        """Take a picture of a window of its own, in light and in dark, and close it."""
        dialog.show()
        for scheme in (SchemeChoice.LIGHT, SchemeChoice.DARK):
            self._choose(scheme, 100)
            self._write(f"{name}-{scheme.value}", dialog)
        self._choose(SchemeChoice.LIGHT, 100)
        dialog.close()
        dialog.deleteLater()
        self._shown().turn()

    def take(self, name: str, *, sizes: bool = False, size: tuple[int, int] = WHOLE) -> None:
        """Take a picture, in light and in dark.

        Args:
            name: Of the picture.
            sizes: Take it at 150 % and in smaller windows too.
            size: Of the window.
        """
        self._fit(size)
        self._save(name, SchemeChoice.LIGHT)
        self._save(name, SchemeChoice.DARK)
        if sizes:
            self._choose(SchemeChoice.LIGHT, 150)
            self._fit(WHOLE)
            self._write(f"{name}-150")
            self._choose(SchemeChoice.LIGHT, 100)
            for width, height in SMALLER:
                self._fit((width, height))
                self._write(f"{name}-{width}x{height}")
        self._choose(SchemeChoice.LIGHT, 100)
        self._fit(WHOLE)

    def _save(self, name: str, scheme: SchemeChoice) -> None:
        self._choose(scheme, 100)
        self._write(f"{name}-{scheme.value}")

    def _choose(self, scheme: SchemeChoice, zoom: int) -> None:
        theme = self._shown().bench.theme
        theme.choose_scheme(scheme)
        theme.choose_zoom(zoom)
        self._shown().turn()

    def _fit(self, size: tuple[int, int]) -> None:
        if self._shown().window.size() != QSize(*size):
            self._shown().window.resize(*size)
            self._shown().turn()

    def _write(self, name: str, dialog: QDialog | None = None) -> None:
        driver = self._shown()
        driver.turn()
        window = dialog or driver.window
        texts = driver.texts(window) + [
            text.toPlainText() for text in window.findChildren(QPlainTextEdit)
        ]
        if any(str(ROOT) in text for text in texts):
            sys.exit(f"{name} would show where Loginwright lies on this machine.")
        write_small_png(window.grab().toImage(), self._target / f"{name}.png")

    def _shown(self) -> Driver:
        if self._driver is None:
            raise RuntimeError("A scene opens the designer before it takes a picture.")
        return self._driver


def main() -> None:
    """Draw all pictures, or those of the scenes that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenes", nargs="*", choices=[[], *SCENES], help="which; else all")
    parser.add_argument("--into", type=Path, default=PICTURES, help="folder for the pictures")
    asked = parser.parse_args()
    asked.into.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Loginwright")
    application.setCursorFlashTime(0)
    with fixed_world() as world:
        studio = Studio(application, world, asked.into)
        for name in asked.scenes or SCENES:
            studio.play(SCENES[name])
            print(name, flush=True)


if __name__ == "__main__":
    main()
