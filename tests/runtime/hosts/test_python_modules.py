"""Modules of a Python flow: from memory, warm or fresh, lib, packages and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.extension_points import Returned, Threw
from python_actions import CODE, PythonHost, handler, python_flow

if TYPE_CHECKING:
    from pathlib import Path

COUNTING = "times = 0\n" + handler("global times\ntimes += 1\nprint(times)")


async def test_module_stays_warm_between_logins(python: PythonHost) -> None:
    flow = python_flow(COUNTING)
    first, second = await python.run(flow), await python.run(flow)
    assert (first.texts, second.texts) == (["1"], ["2"])


async def test_fresh_modules_begin_anew(python: PythonHost) -> None:
    flow = python_flow(
        "import lib.count\n" + handler("lib.count.more()"),
        {"lib/count.py": "times = []\ndef more():\n    times.append(1)\n    print(len(times))\n"},
    )
    warm = [await python.run(flow) for _ in range(2)]
    fresh = [await python.run(flow, fresh_modules=True) for _ in range(2)]
    assert [ran.texts for ran in warm] == [["1"], ["2"]]
    assert [ran.texts for ran in fresh] == [["1"], ["1"]]


async def test_fresh_modules_find_builtins_as_they_were(python: PythonHost) -> None:
    flow = python_flow(
        handler("import builtins\nprint(hasattr(builtins, 'left'))\nbuiltins.left = 1")
    )
    warm = [await python.run(flow) for _ in range(2)]
    fresh = await python.run(flow, fresh_modules=True)
    assert [ran.texts for ran in warm] == [["False"], ["True"]]
    assert fresh.texts == ["False"]


async def test_module_that_failed_is_evaluated_again(python: PythonHost) -> None:
    flow = python_flow(
        "import lib.state\nlib.state.tries += 1\nif lib.state.tries == 1:\n    1 / 0\n"
        + handler("print(lib.state.tries)"),
        {"lib/state.py": "tries = 0\n"},
    )
    first, second = await python.run(flow), await python.run(flow)
    assert isinstance(first.end, Threw)
    assert (first.end.name, first.end.line) == ("ZeroDivisionError", 4)
    assert second.texts == ["2"]


@pytest.mark.parametrize(
    "statement",
    [
        "import lib.words as words",
        "from lib import words",
        "from lib.words import GREETING\nclass words: GREETING = GREETING",
        "import importlib\nwords = importlib.import_module('lib.words')",
    ],
)
async def test_lib_is_imported_from_memory(python: PythonHost, statement: str) -> None:
    flow = python_flow(
        statement + "\n" + handler("print(words.GREETING)"), {"lib/words.py": "GREETING = 'hello'"}
    )
    assert (await python.run(flow)).texts == ["hello"]


async def test_lib_may_be_a_package_with_packages_in_it(python: PythonHost) -> None:
    flow = python_flow(
        "import lib\nfrom lib.deep.er import words\n"
        + handler("print(lib.NAME, words.GREETING, words.__name__)"),
        {
            "lib/__init__.py": "NAME = 'lib'",
            "lib/deep/er/__init__.py": "",
            "lib/deep/er/words.py": "from .more import GREETING",
            "lib/deep/er/more.py": "GREETING = 'hello'",
        },
    )
    assert (await python.run(flow)).texts == ["lib hello lib.deep.er.words"]


async def test_data_file_in_lib_is_read_as_package_data(python: PythonHost) -> None:
    flow = python_flow(
        handler("import pkgutil\nprint(pkgutil.get_data('lib', 'countries.json').decode())"),
        {"lib/__init__.py": "", "lib/countries.json": '["DE"]'},
    )
    assert (await python.run(flow)).texts == ['["DE"]']


async def test_missing_module_of_lib_is_no_missing_package(python: PythonHost) -> None:
    flow = python_flow(handler("import lib.nothing"), {"lib/words.py": ""})
    ran = await python.run(flow)
    assert isinstance(ran.end, Threw)
    assert ran.end.message == "No module named 'lib.nothing'"
    assert ran.end.missing_package is None


@pytest.mark.parametrize(
    ("statement", "file", "remedy"),
    [
        ("import shared", "actions/shared.py", "move actions/shared.py to lib/, and write: from"),
        ("import shared", "lib/shared.py", "write: from lib import shared."),
        ("from shared.part import x", "lib/shared/__init__.py", "write: from lib import shared."),
        ("from . import shared", "actions/shared.py", "Put the module under lib/"),
        ("from .shared import x", "actions/shared.py", "Put the module under lib/"),
    ],
)
async def test_module_of_the_flow_is_not_taken_for_a_package_that_can_be_installed(
    python: PythonHost, statement: str, file: str, remedy: str
) -> None:
    ran = await python.run(python_flow(statement + "\n" + handler("pass"), {file: ""}))
    assert isinstance(ran.end, Threw)
    assert ran.end.missing_package is None
    assert remedy in ran.end.message
    assert "pip" not in ran.end.message


@pytest.mark.parametrize("place", ["module", "handler"])
async def test_missing_package_is_named_with_its_remedy(python: PythonHost, place: str) -> None:
    statement = "import surely_not_installed.part\n"
    source = statement + handler("pass") if place == "module" else handler(statement)
    ran = await python.run(source)
    assert isinstance(ran.end, Threw)
    assert ran.end.missing_package == "surely_not_installed"
    assert ran.end.message.startswith(
        "Action 'greet' (actions/greet.py) needs the Python package 'surely_not_installed'"
    )
    assert "python -m pip install surely_not_installed" in ran.end.message
    assert ran.end.line == (1 if place == "module" else 2)


async def test_missing_part_of_a_package_that_is_there_is_no_missing_package(
    python: PythonHost,
) -> None:
    ran = await python.run(handler("import json.nothing"))
    assert isinstance(ran.end, Threw)
    assert ran.end.missing_package is None


async def test_packages_of_the_interpreter_can_be_imported(python: PythonHost) -> None:
    ran = await python.run(
        "import typing_extensions, pydantic\n"
        "from datetime import datetime\n"
        "class Seen(pydantic.BaseModel):\n    at: datetime\n"
        + handler("print(Seen(at='2026-01-01T00:00:00Z').at.year)")
    )
    assert isinstance(ran.end, Returned)
    assert ran.texts == ["2026"]


async def test_action_may_use_dataclasses_and_annotations(python: PythonHost) -> None:
    ran = await python.run(
        "from __future__ import annotations\nimport dataclasses, typing\n"
        "@dataclasses.dataclass\nclass Seen:\n"
        "    times: typing.ClassVar[int] = 1\n    at: int = 2\n"
        + handler("print(Seen(), typing.get_type_hints(Seen)['at'])")
    )
    assert ran.texts == ["Seen(at=2) <class 'int'>"]


async def test_traceback_shows_the_lines_of_the_source(python: PythonHost, tmp_path: Path) -> None:
    source = handler(
        """
        import traceback
        try:
            1 / 0
        except ZeroDivisionError:
            print(traceback.format_exc())
        """
    )
    flow = python_flow(source, root=tmp_path)
    ran = await python.run(flow)
    assert f'File "{tmp_path}/{CODE}", line 4, in on_execute_post_login\n    1 / 0' in ran.texts[0]


async def test_stack_names_files_of_the_flow_nearest_first(python: PythonHost) -> None:
    flow = python_flow(
        "from lib.sums import divide\nimport json\n"
        + handler("json.loads('1', object_hook=None, parse_int=divide)"),
        {"lib/sums.py": "def divide(number):\n    return int(number) / 0\n"},
    )
    ran = await python.run(flow)
    assert isinstance(ran.end, Threw)
    assert ran.end.stack == ("lib/sums.py:2", "actions/greet.py:4")
    assert ran.end.line == 4


async def test_syntax_error_tells_its_line(python: PythonHost) -> None:
    ran = await python.run("x = 1\nif x\n    pass\n")
    assert isinstance(ran.end, Threw)
    assert (ran.end.name, ran.end.message) == ("SyntaxError", "expected ':'")
    assert (ran.end.line, ran.end.stack) == (2, ("actions/greet.py:2",))


async def test_syntax_error_in_lib_tells_its_place(python: PythonHost) -> None:
    flow = python_flow("\nimport lib.bad\n", {"lib/bad.py": "\n\nx = = 1\n"})
    ran = await python.run(flow)
    assert isinstance(ran.end, Threw)
    assert ran.end.stack == ("lib/bad.py:3", "actions/greet.py:2")
    assert ran.end.line == 2


async def test_source_that_is_no_utf8_is_still_a_source(python: PythonHost) -> None:
    flow = python_flow("")
    latin = b"# caf\xe9\n" + handler("print('on')").encode()
    ran = await python.run(flow.model_copy(update={"files": {CODE: latin}}))
    assert ran.texts == ["on"]
