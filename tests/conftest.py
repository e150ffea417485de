"""What every test stands on: guards, a home of its own, and hypothesis without a stopwatch."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["garbage", "guards"]

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the random walks be longer: ``--walk-steps=1250`` takes 10,000 through the designer."""
    parser.addoption("--walk-steps", type=int, default=150, help="steps of each random walk")
    parser.addoption("--debugger-walks", type=int, default=4, help="logins of each debugger walk")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the tests away from the user's files, session bus, screen and settings."""
    folder = tempfile.TemporaryDirectory(prefix="loginwright-tests-", ignore_cleanup_errors=True)
    environment = pytest.MonkeyPatch()
    config.add_cleanup(folder.cleanup)
    config.add_cleanup(environment.undo)

    home = Path(folder.name)
    environment.setenv("HOME", str(home))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        environment.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    runtime_folder = home / "runtime"
    runtime_folder.mkdir(mode=0o700)
    environment.setenv("XDG_RUNTIME_DIR", str(runtime_folder))
    environment.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
    if "QT_QPA_PLATFORM" not in os.environ:
        environment.setenv("QT_QPA_PLATFORM", "offscreen")

    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS", "LINES"):
        environment.delenv(name, raising=False)
    for name in os.environ:
        if name.startswith("LOGINWRIGHT_") and name != "LOGINWRIGHT_NODE":
            environment.delenv(name)
