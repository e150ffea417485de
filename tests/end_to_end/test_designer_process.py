"""The designer as a process: without a display, its version, and how it ends on a signal."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from command_runs import PROGRAM
from loginwright_runtime.cli.trusted_folders import trust
from loginwright_runtime.flow.sample_files import sample
from source_tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

DESIGNER = PROGRAM.with_name("loginwright-designer")
PATIENCE = 60
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
EDITS_AT_ONCE = """
import sys

from loginwright_designer import app, serving


class Edited(serving.Designer):
    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.bench.flow_opened.connect(edit)


def edit(flow):
    flow.lane.add_blank("javascript")
    print("edited", flush=True)


serving.Designer = Edited
sys.exit(app.main(sys.argv[1:]))
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's home with nothing in it."""
    for name, folder in (("HOME", ""), ("XDG_STATE_HOME", "state"), ("XDG_CONFIG_HOME", "config")):
        monkeypatch.setenv(name, str(tmp_path / folder))
    return tmp_path


@pytest.fixture
def folder(home: Path) -> Path:
    """A flow of the user's own."""
    copy = Path(shutil.copytree(sample("customer-login"), home / "customer-login"))
    trust(copy)
    return copy


def without_display() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in DISPLAYS}


@contextmanager
def started(
    command: list[str | Path], environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program in a group of its own; nothing of it is left afterwards."""
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as program:
        try:
            yield program
        finally:
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)


def wait_until(reached: Callable[[], bool], program: subprocess.Popen[bytes]) -> None:
    """Wait for something that a running program does."""
    for _ in range(PATIENCE * 20):
        if reached():
            return
        with suppress(subprocess.TimeoutExpired):
            program.wait(0.05)
            break
    _, said = program.communicate(timeout=PATIENCE)
    raise AssertionError(said.decode())


WITHOUT = """
import sys

sys.modules[sys.argv[1]] = None  # as where it is not installed
from loginwright_designer.app import main

sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize("missing", ["PySide6", "PySide6.QtWidgets", "qasync", "pygments"])
def test_what_is_not_installed_is_named_with_a_way_to_have_it(home: Path, missing: str) -> None:
    command = [sys.executable, "-c", WITHOUT, missing]
    environment = {**without_display(), "QT_QPA_PLATFORM": "offscreen"}
    told = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert told.returncode == 2
    assert told.stdout == ""
    assert missing in told.stderr
    assert 'pip install "loginwright[designer]"' in told.stderr
    assert "Traceback" not in told.stderr

    told = subprocess.run(
        [*command, "--version"], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert (told.returncode, told.stderr) == (0, "")


NO_LIBRARY = """
import sys


class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "PySide6.QtWidgets":
            raise ImportError("libEGL.so.1: cannot open shared object file")


sys.meta_path.insert(0, Finder())
from loginwright_designer.app import main

sys.exit(main([]))
"""


def test_a_library_that_the_system_lacks_is_named_with_a_way_to_have_it(home: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", NO_LIBRARY],
        env={**without_display(), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert told.returncode == 2
    assert "libEGL.so.1" in told.stderr
    assert "apt install libegl1" in told.stderr
    assert "Traceback" not in told.stderr


def test_without_a_display_make_run_says_so_and_logs_in_in_the_terminal(home: Path) -> None:
    assert "\n\t@packaging/run_sample.sh\n" in (ROOT / "Makefile").read_text(encoding="utf-8")
    run = subprocess.run(
        [ROOT / "packaging" / "run_sample.sh"],
        env=without_display(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("There is no display for the designer")
    assert "Ask favourite colour" in run.stdout
    assert "Add roles to tokens" in run.stdout


def test_the_designer_tells_its_version_without_a_display(home: Path) -> None:
    run = subprocess.run(
        [DESIGNER, "--version"],
        env=without_display(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert run.stdout.strip() == "0.1.0"


def test_the_designer_does_not_start_without_a_display(home: Path) -> None:
    run = subprocess.run(
        [PROGRAM, "designer"],
        env=without_display(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 2
    assert "no display" in run.stderr


def test_a_signal_ends_the_designer_and_nothing_of_it_is_left(home: Path, folder: Path) -> None:
    temporary = home / "temporary"
    temporary.mkdir()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(temporary)}
    locks = home / "state" / "loginwright" / "designer" / "locks"
    with started([PROGRAM, "designer", folder], environment) as program:
        wait_until(lambda: any(locks.glob("*.lock")), program)
        program.send_signal(signal.SIGTERM)
        _, said = program.communicate(timeout=PATIENCE)
        assert program.returncode == 0, said.decode()
        assert b"Traceback" not in said
        with pytest.raises(ProcessLookupError):
            os.killpg(program.pid, 0)
    assert not any(locks.glob("*.lock"))
    assert not list(temporary.iterdir())


def test_what_was_not_saved_is_journalled_when_a_signal_comes(home: Path, folder: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    journals = home / "state" / "loginwright" / "designer" / "recovery"
    before = (folder / "flow.json").read_bytes()
    with started([sys.executable, "-c", EDITS_AT_ONCE, folder], environment) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"edited\n"
        program.send_signal(signal.SIGTERM)
        _, said = program.communicate(timeout=PATIENCE)
        assert program.returncode == 0, said.decode()
        with pytest.raises(ProcessLookupError):
            os.killpg(program.pid, 0)
    (journal,) = journals.glob("*.json")
    assert b"New action" in journal.read_bytes()
    assert (folder / "flow.json").read_bytes() == before
