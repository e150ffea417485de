"""Starting a program: what it is given, and what happens when there is none."""

from __future__ import annotations

import ast
import fcntl
import os
import sys
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.hosts import spawn as spawning
from loginwright_runtime.hosts.spawn import spawn
from system_watch import asked_of_the_system

if TYPE_CHECKING:
    from pathlib import Path

TELLS = """
import os
print(sorted(os.environ.items()), os.read(0, 10), os.getpgid(0) == os.getpid(), flush=True)
os.write(5, "über fünf".encode())
"""


@pytest.fixture(params=["by the C library", "by Python"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "by Python":
        monkeypatch.setattr(spawning, "_c_library", lambda: None)


@pytest.mark.usefixtures("_way")
def test_program_gets_its_environment_its_descriptors_and_a_group_of_its_own() -> None:
    output, output_child = os.pipe()
    fifth, fifth_child = os.pipe()
    pid = spawn(
        [sys.executable, "-I", "-c", TELLS],
        {"LANG": "C.UTF-8", "EMPTY": ""},
        [(output_child, 1), (fifth_child, 5)],
    )
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert os.read(output, 1000) == b"[('EMPTY', ''), ('LANG', 'C.UTF-8')] b'' True\n"
    assert os.read(fifth, 1000) == "über fünf".encode()
    for descriptor in (output, output_child, fifth, fifth_child):
        os.close(descriptor)


@pytest.fixture
def _way_of_older_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    class Older:
        """A C library that cannot close what it was not asked to copy."""

        def __init__(self, library: object) -> None:
            self._library = library

        def __getattr__(self, name: str) -> object:
            if name.endswith("closefrom_np"):
                raise AttributeError(name)
            return getattr(self._library, name)

        def __getitem__(self, name: str) -> object:
            return getattr(self._library, name)

    library = spawning._c_library()
    monkeypatch.setattr(spawning, "_c_library", lambda: Older(library))


OPEN_ONES = "import os; print(os.listdir('/proc/self/fd'), flush=True)"


def open_descriptors() -> set[int]:
    """The descriptors of a new process, of which this one passes on a socket that it was given."""
    output, output_child = os.pipe()
    given = fcntl.fcntl(output, fcntl.F_DUPFD, 200)
    pid = spawn([sys.executable, "-I", "-c", OPEN_ONES], {}, [(output_child, 1)])
    os.waitpid(pid, 0)
    names = ast.literal_eval(os.read(output, 1000).decode())
    for descriptor in (output, output_child, given):
        os.close(descriptor)
    return {int(name) for name in names}


@pytest.mark.usefixtures("_way")
def test_program_gets_no_descriptor_that_was_not_meant_for_it() -> None:
    assert max(open_descriptors()) < 200


@pytest.mark.usefixtures("_way_of_older_libraries")
def test_program_gets_none_with_an_older_library_either() -> None:
    assert max(open_descriptors()) < 200


@pytest.mark.usefixtures("_way")
def test_program_that_is_absent_is_named(tmp_path: Path) -> None:
    absent = str(tmp_path / "absent")
    with pytest.raises(FileNotFoundError) as raised:
        spawn([absent], {}, [])
    assert raised.value.filename == absent


@pytest.mark.usefixtures("_way")
def test_argument_with_a_zero_byte_is_refused() -> None:
    with pytest.raises(ValueError, match=r"null|zero"):
        spawn([sys.executable, "-c", "pass\0import os"], {}, [])


@pytest.mark.usefixtures("_way")
def test_whoever_audits_python_is_told() -> None:
    with asked_of_the_system() as asked:
        os.waitpid(spawn([sys.executable, "-I", "-c", ""], {}, []), 0)
    assert any(line.startswith(f"os.posix_spawn {sys.executable}") for line in asked)
