"""The guards of the test suite: each catches what it is for, and lets the rest pass."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

SUITE = """
import asyncio, logging, subprocess, sys, threading
import pytest

WAIT = [sys.executable, "-c", "import time; print(flush=True); time.sleep(600)"]


@pytest.fixture(scope="module")
def shared_process():
    with subprocess.Popen(WAIT, stdout=subprocess.DEVNULL) as process:
        yield process
        process.kill()

@pytest.fixture
async def busy_fixture():
    task = asyncio.create_task(asyncio.sleep(600))
    yield
    task.cancel()

def test_tidy_with_shared_process(shared_process):
    thread = threading.Thread(target=list)
    thread.start()
    logging.info("all is well")

async def test_tidy_with_busy_fixture(busy_fixture):
    await asyncio.to_thread(list)

async def test_tidy_process():
    process = await asyncio.create_subprocess_exec(*WAIT, stdout=subprocess.DEVNULL)
    process.kill()
    await process.wait()

def test_thread_left():
    threading.Thread(target=threading.Event().wait, daemon=True, name="straggler").start()

def test_process_left():
    pytest.kept = subprocess.Popen(WAIT, stdout=subprocess.PIPE)
    pytest.kept.stdout.readline()

def test_process_never_waited_for():
    pytest.also_kept = subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
    pytest.also_kept.stdout.read()

async def test_task_left():
    pytest.task = asyncio.create_task(asyncio.sleep(600), name="straggler")

def test_warning_logged():
    logging.getLogger("somewhere").warning("that was close")

@pytest.mark.allow_logs(reason="it is what the test is about")
def test_warning_excused():
    logging.warning("that was close")

@pytest.mark.allow_logs
def test_warning_excused_without_reason():
    logging.warning("that was close")
"""

TESTS = Path(__file__).parent


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the guards said of each test in SUITE; an empty text when nothing."""
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "test_suite.py").write_text(SUITE, encoding="utf-8")
    report = folder / "report.xml"
    arguments = ["-p", "guards", "-p", "no:cacheprovider", f"--junitxml={report}", "--rootdir=."]
    subprocess.run(
        [sys.executable, "-m", "pytest", *arguments, "-o", "asyncio_mode=auto", "-o", "addopts="],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        stdout=subprocess.DEVNULL,
        check=False,
        timeout=60,
    )
    found: dict[str, str] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        parts = [*case.iter("failure"), *case.iter("error")]
        found[case.attrib["name"]] = "".join(part.text or "" for part in parts)
    return found


def test_tidy_tests_pass(complaints: dict[str, str]) -> None:
    said = {name: text for name, text in complaints.items() if name.startswith("test_tidy")}
    assert said == {
        "test_tidy_with_shared_process": "",
        "test_tidy_with_busy_fixture": "",
        "test_tidy_process": "",
    }


def test_running_thread_is_named(complaints: dict[str, str]) -> None:
    assert "thread straggler" in complaints["test_thread_left"]


def test_running_process_is_named(complaints: dict[str, str]) -> None:
    assert "time.sleep(600)" in complaints["test_process_left"]


def test_process_that_nobody_waited_for_is_noticed(complaints: dict[str, str]) -> None:
    assert "never waited for" in complaints["test_process_never_waited_for"]


def test_running_task_is_named(complaints: dict[str, str]) -> None:
    assert "straggler" in complaints["test_task_left"]


def test_logged_warning_is_shown(complaints: dict[str, str]) -> None:
    assert "WARNING somewhere: that was close" in complaints["test_warning_logged"]


def test_marked_test_may_log(complaints: dict[str, str]) -> None:
    assert complaints["test_warning_excused"] == ""


def test_mark_without_reason_is_refused(complaints: dict[str, str]) -> None:
    assert "needs its reason" in complaints["test_warning_excused_without_reason"]
