"""How the command behaves as a process: pipes, signals, terminals, other users' eyes."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from command_runs import PROGRAM, command, write_json
from flow_folders import write_folder
from source_tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

LOOPS = """\
exports.onExecutePostLogin = async (event, api) => {{
  await new Promise((done) => require("node:net").connect({port}, "127.0.0.1", done));
  for (;;) {{}}
}};
"""
READS_ITS_PARENT = b"""\
import os

def on_execute_post_login(event, api):
    try:
        with open(f"/proc/{os.getppid()}/environ", "rb") as file:
            found = b"CANARY" in file.read()
    except OSError as error:
        found = type(error).__name__
    print(found)
"""


def terminal_output(words: list[str], environment: dict[str, str]) -> str:
    """Run the program on a terminal of its own; return what it shows there."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [PROGRAM, *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", **environment},
    ) as program:
        os.close(theirs)
        shown = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                chunk = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            shown += chunk
        program.wait(60)
    os.close(ours)
    return shown.decode()


def test_a_terminal_shows_colours(tmp_path: Path) -> None:
    flow = str(write_folder(tmp_path / "flow"))
    assert "\x1b[32mAllowed." in terminal_output(["run", flow], {})


def test_no_color_means_none(tmp_path: Path) -> None:
    flow = str(write_folder(tmp_path / "flow"))
    shown = terminal_output(["run", flow], {"NO_COLOR": "1"})
    assert "Allowed." in shown
    assert "\x1b" not in shown


def test_a_reader_that_goes_is_no_error(tmp_path: Path) -> None:
    flow = str(write_folder(tmp_path / "flow"))
    with subprocess.Popen(
        [PROGRAM, "run", flow, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait(60) == 141


def test_closed_streams_are_no_error(tmp_path: Path) -> None:
    flow = str(write_folder(tmp_path / "flow"))
    script = 'exec "$0" run "$1" >&- 2>&-'
    done = subprocess.run(["sh", "-c", script, PROGRAM, flow], check=False, timeout=60)
    assert done.returncode == 0


def test_ctrl_c_ends_a_running_action_and_its_worker(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        code = LOOPS.format(port=server.getsockname()[1]).encode()
        flow = str(write_folder(tmp_path / "flow", None, {"actions/colour.js": code}))
        with subprocess.Popen(
            [PROGRAM, "run", flow], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as program:
            connection, _address = server.accept()
            with connection:
                program.send_signal(signal.SIGINT)
                out, err = program.communicate(timeout=60)
                assert (program.returncode, out, err) == (130, "", "Interrupted.\n")
                connection.settimeout(60)
                assert connection.recv(1) == b"", "the worker has ended, and its connection"


def test_ctrl_c_is_heard_while_a_question_is_open(tmp_path: Path) -> None:
    sample = str(ROOT / "resources" / "samples" / "mfa-by-region")
    event = write_json(tmp_path / "na.json", {"request": {"geoip": {"continentCode": "NA"}}})
    with subprocess.Popen(
        [PROGRAM, "run", sample, "--event", str(event), "--mfa", "ask"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stderr is not None
        assert "[pass/fail]" in program.stderr.readline()
        program.send_signal(signal.SIGINT)
        _out, err = program.communicate(timeout=60)
        assert (program.returncode, err) == (130, "Interrupted.\n")


@pytest.mark.parametrize(
    ("variable", "dumpable"), [({}, "0"), ({"LOGINWRIGHT_DUMPABLE": "1"}, "1")]
)
def test_other_processes_cannot_read_the_command(variable: dict[str, str], dumpable: str) -> None:
    code = (
        "import ctypes; from loginwright_runtime.cli import main; main(['--version']);"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **variable},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == dumpable


def test_secrets_of_the_command_reach_no_action(tmp_path: Path) -> None:
    flow = write_folder(
        tmp_path / "flow",
        {
            "format": "loginwright/flow@1",
            "name": "Curious",
            "actions": [{"id": "look", "name": "Look", "code": "actions/look.py"}],
        },
        {"actions/look.py": READS_ITS_PARENT},
    )
    result = command("run", str(flow), environment={"LOGINWRIGHT_SECRET_CANARY": "CANARY"})
    assert "console True" not in result.out


def test_keys_and_help_need_no_flow() -> None:
    assert command("keys", "--jwks").document["keys"]
    assert command("--help").out.startswith("usage: loginwright COMMAND")


@pytest.mark.parametrize("words", [["keys"], ["keys", "--jwks"], ["run", "nowhere", "--json"]])
def test_full_disk_behind_standard_output_is_told(words: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )
    told = done.stderr.decode()
    assert done.returncode == 2
    assert told.startswith("error  Standard output cannot be written: No space left on device.")
    assert "Traceback" not in told


@pytest.mark.parametrize("words", [["new"], ["run"], ["validate"], ["test"]])
def test_folder_whose_path_is_no_text_is_refused(tmp_path: Path, words: list[str]) -> None:
    folder = os.fsencode(tmp_path) + b"/n\xff"
    if words != ["new"]:
        os.mkdir(folder)
    done = subprocess.run(
        [PROGRAM, *words, folder, "--json"], capture_output=True, check=False, timeout=60
    )
    (problem,) = json.loads(done.stdout)["problems"]
    assert problem["rule"] == "invalid-name"
    assert done.returncode == (1 if words == ["validate"] else 2)


def test_node_that_is_not_there_is_named_with_reason_and_remedy(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flow")
    ran = command("run", str(folder), "--json", environment={"LOGINWRIGHT_NODE": "/no/node"})
    error = ran.document["error"]
    assert isinstance(error, dict)
    assert str(error["description"]).startswith(
        "No worker could be started with /no/node: No such file or directory. Install it with"
    )
