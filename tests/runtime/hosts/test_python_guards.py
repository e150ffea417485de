"""Guard rails of the Python worker: what an action should not reach, and why it was refused."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.extension_points import HostFailed, Returned, Threw
from python_actions import CODE, PythonHost, handler, python_flow

if TYPE_CHECKING:
    from pathlib import Path


async def refusal(python: PythonHost, body: str, error: str = "PermissionError") -> str:
    """The message with which the action's only statement is refused."""
    ran = await python.run(handler(body))
    assert isinstance(ran.end, Threw), ran.end
    assert ran.end.name == error
    assert ran.end.line is not None
    return ran.end.message


@pytest.mark.parametrize(
    "code",
    [
        "import socket\nsocket.create_connection(('192.0.2.1', 443))",
        "import socket\nsocket.socket().connect(('127.0.0.1', 1))",
        "import socket\nsocket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
        "import socket\nsocket.getaddrinfo('example.invalid', 443)",
        "import http.client\nhttp.client.HTTPConnection('127.0.0.1', 1).request('GET', '/')",
        "import asyncio\nawait asyncio.open_connection('127.0.0.1', 1)",
    ],
)
async def test_no_network_refuses_every_connection(python: PythonHost, code: str) -> None:
    ran = await python.run(handler(code), network="none")
    assert isinstance(ran.end, Threw)
    assert ran.end.name == "ConnectionRefusedError"
    assert "'network' is 'none'" in ran.end.message


async def test_network_is_a_matter_of_each_run(python: PythonHost) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        flow = python_flow(
            handler(f"import socket\nsocket.create_connection(('127.0.0.1', {port})).close()")
        )
        first = await python.run(flow, network="open")
        second = await python.run(flow, network="none")
        third = await python.run(flow, network="open")
    assert isinstance(first.end, Returned)
    assert isinstance(second.end, Threw)
    assert f"127.0.0.1:{port} cannot be reached" in second.end.message
    assert isinstance(third.end, Returned)


@pytest.mark.parametrize(
    "code",
    [
        "import subprocess\nsubprocess.run(['true'])",
        "import os\nos.system('true')",
        "import os\nos.fork()",
        "import os\nos.execv('/bin/true', ['true'])",
        "import os\nos.posix_spawn('/bin/true', ['true'], {})",
        "import pty\npty.spawn('true')",
        "import multiprocessing\nmultiprocessing.Process(target=print).start()",
        "import asyncio\nawait asyncio.create_subprocess_exec('true')",
    ],
)
async def test_no_process_is_started(python: PythonHost, code: str) -> None:
    assert "cannot start, signal or replace a process" in await refusal(python, code)


async def test_engine_cannot_be_signalled(python: PythonHost) -> None:
    message = await refusal(python, f"import os\nos.kill({os.getpid()}, 0)")
    assert "cannot start, signal or replace a process (os.kill)" in message


@pytest.mark.parametrize("code", ["os._exit(3)", "os.abort()", "posix = os; posix._exit(0)"])
async def test_process_is_not_ended_from_within(python: PythonHost, code: str) -> None:
    message = await refusal(python, f"import os\n{code}")
    assert message == "An action cannot end its process; return from the handler instead."


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "/proc/{engine}/environ", "/proc/self/environ", "~/.netrc"]
)
async def test_files_that_are_not_the_flows_are_not_read(python: PythonHost, path: str) -> None:
    there = path.format(engine=os.getpid())
    message = await refusal(python, f"import os\nopen(os.path.expanduser({there!r}))")
    assert message.startswith("An action can read its flow's code and its packages only, not '")


async def test_file_beside_the_flows_code_is_not_read(python: PythonHost, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TOKEN=hunter2")
    (tmp_path / "actions").mkdir()
    source = handler(
        """
        print(open(__file__).readline().strip())
        open(__file__.replace("actions/greet.py", ".env"))
        """
    )
    (tmp_path / CODE).write_text(source)
    ran = await python.run(python_flow(source, root=tmp_path))
    assert ran.texts == ["async def on_execute_post_login(event, api):"]
    assert isinstance(ran.end, Threw)
    assert ran.end.message.endswith(".env'.")


async def test_link_out_of_what_may_be_read_is_not_followed(
    python: PythonHost, tmp_path: Path
) -> None:
    (tmp_path / "actions").mkdir()
    (tmp_path / CODE).symlink_to("/etc/passwd")
    ran = await python.run(python_flow(handler("open(__file__)"), root=tmp_path))
    assert isinstance(ran.end, Threw)
    assert ran.end.name == "PermissionError"


@pytest.mark.parametrize(
    "code",
    [
        "open('left', 'w')",
        "open(__file__, 'a')",
        "os.open('left', os.O_CREAT | os.O_RDWR)",
        "pathlib.Path('left').write_text('x')",
        "os.remove('left')",
        "os.mkdir('left')",
        "os.rename('a', 'b')",
        "os.symlink('a', 'b')",
        "os.chmod(__file__, 0o777)",
    ],
)
async def test_nothing_is_written(python: PythonHost, code: str) -> None:
    await refusal(python, f"import os, pathlib\n{code}")


LIES = {
    "text that equals everything": (
        "class Name(str):\n    def __eq__(self, other): return True\nopen(Name('/etc/hostname'))"
    ),
    "name beside another folder": (
        "import os\nos.chdir(os.path.dirname(os.__file__) + '/json')\n"
        "os.open('../hostname', 0, dir_fd=os.open('/etc/ssl', 0))"
    ),
}


@pytest.mark.parametrize("lie", LIES)
async def test_file_is_not_read_by_a_name_that_lies(python: PythonHost, lie: str) -> None:
    assert "An action can" in await refusal(python, LIES[lie])


SILENT = [
    "import os\nos.mkfifo('/tmp/loginwright-was-here')",
    "import os\nos.mknod('/tmp/loginwright-was-here')",
    "import os\nos.pidfd_open(os.getppid())",
    "import os\nos.setpriority(os.PRIO_PROCESS, os.getppid(), 19)",
    "import os\nos.sched_setaffinity(os.getppid(), {0})",
    "import socket\nsocket.socket(socket.AF_UNIX).bind('/tmp/loginwright-was-here')",
]


@pytest.mark.parametrize("code", SILENT)
async def test_what_announces_itself_by_no_event_is_refused_too(
    python: PythonHost, code: str
) -> None:
    assert "cannot change files" in await refusal(python, code)


async def test_system_log_is_not_written(python: PythonHost) -> None:
    assert "print instead" in await refusal(python, "import syslog\nsyslog.syslog('teal')")


async def test_path_objects_open_what_may_be_read(python: PythonHost) -> None:
    body = "import pathlib\nopen(pathlib.Path(pathlib.__file__))\nopen(pathlib.Path('/dev/null'))"
    assert isinstance((await python.run(handler(body))).end, Returned)


async def test_there_is_no_folder_for_temporary_files(python: PythonHost) -> None:
    code = "import tempfile\ntempfile.TemporaryFile()"
    assert "No usable temporary directory" in await refusal(python, code, "FileNotFoundError")


async def test_folders_are_not_listed(python: PythonHost) -> None:
    assert "list the folders" in await refusal(python, "import os\nos.listdir('/')")
    assert "list the folders" in await refusal(python, "import os\nos.listdir()")


async def test_database_is_opened_in_memory_only(python: PythonHost) -> None:
    ran = await python.run(handler("import sqlite3\nsqlite3.connect(':memory:').close()"))
    assert isinstance(ran.end, Returned)
    message = await refusal(python, "import sqlite3\nsqlite3.connect('left.db')")
    assert message == "An action can open databases in memory only, not 'left.db'."


async def test_limits_are_not_raised(python: PythonHost) -> None:
    code = "import resource\nresource.setrlimit(resource.RLIMIT_CORE, (0, 0))"
    assert "cannot change limits" in await refusal(python, code)


async def test_what_a_handler_needs_of_the_system_is_open(python: PythonHost) -> None:
    ran = await python.run(
        handler(
            """
            import os, secrets, ssl, uuid, zoneinfo
            zoneinfo.ZoneInfo("Europe/Berlin"), uuid.uuid4(), secrets.token_hex()
            ssl.create_default_context()
            open(os.devnull, "w").close()
            print(os.read(os.open("/dev/urandom", os.O_RDONLY), 1) is not None)
            """
        )
    )
    assert ran.texts == ["True"]


async def test_environment_holds_nothing_of_the_engines(
    python: PythonHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGINWRIGHT_SECRET_KEY", "hunter2")
    ran = await python.run(handler("import os\nprint(sorted(os.environ))"))
    assert set(eval(ran.texts[0])) <= {"LANG", "LC_CTYPE", "PATH", "TZ"}


async def test_worker_has_no_privileges_to_gain_and_leaves_no_core(python: PythonHost) -> None:
    ran = await python.run(
        handler(
            """
            import ctypes, resource
            no_new_privileges = ctypes.CDLL(None).prctl(39, 0, 0, 0, 0)
            print(no_new_privileges, *resource.getrlimit(resource.RLIMIT_CORE))
            """
        )
    )
    assert ran.texts == ["1 0 0"]


async def test_worker_that_ends_itself_all_the_same_is_replaced(python: PythonHost) -> None:
    flow = python_flow(
        handler("import ctypes\nif event.user.email is None:\n    ctypes.CDLL(None)._exit(3)")
    )
    first = await python.run(flow, event={"user": {}})
    second = await python.run(flow)
    assert first.end == HostFailed("The worker ended with exit status 3.")
    assert isinstance(second.end, Returned)
