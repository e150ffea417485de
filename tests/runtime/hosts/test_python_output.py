"""What a Python action prints, logs and warns about."""

from __future__ import annotations

from loginwright_runtime.extension_points import LogLine, Returned
from python_actions import PythonHost, handler, python_flow


async def logs(python: PythonHost, body: str) -> list[LogLine]:
    ran = await python.run(handler(body))
    assert isinstance(ran.end, Returned)
    return ran.logs


async def test_print_is_a_log_with_its_line(python: PythonHost) -> None:
    assert await logs(python, "print('a', 1, None)\n\nprint()\nprint('b')") == [
        LogLine("log", "a 1 None", 2),
        LogLine("log", "", 4),
        LogLine("log", "b", 5),
    ]


async def test_text_of_several_lines_is_one_log(python: PythonHost) -> None:
    assert await logs(python, "print('a\\nb')") == [LogLine("log", "a\nb", 2)]


async def test_pieces_are_put_together_until_a_newline(python: PythonHost) -> None:
    assert await logs(python, "print('a', end='', flush=True)\nprint('b')") == [
        LogLine("log", "ab", 2)
    ]


async def test_rest_without_a_newline_comes_at_the_end(python: PythonHost) -> None:
    assert await logs(python, "print('a', end='')") == [LogLine("log", "a", 2)]


async def test_standard_error_is_an_error(python: PythonHost) -> None:
    assert await logs(
        python, "import sys\nprint('a', file=sys.stderr)\nsys.stderr.write('b\\n')"
    ) == [
        LogLine("error", "a", 3),
        LogLine("error", "b", 4),
    ]


async def test_bytes_below_the_stream_are_logs_too(python: PythonHost) -> None:
    assert await logs(python, "import sys\nsys.stdout.buffer.write(b'caf\\xc3\\xa9\\n')") == [
        LogLine("log", "café", 3)
    ]


async def test_levels_of_logging_are_mapped(python: PythonHost) -> None:
    assert await logs(
        python,
        """
        import logging
        log = logging.getLogger("mine")
        log.log(5, "trace")
        log.debug("debug")
        logging.info("info %d", 1)
        log.warning("warning")
        log.error("error")
        log.critical("critical")
        """,
    ) == [
        LogLine("trace", "trace", 4),
        LogLine("debug", "debug", 5),
        LogLine("info", "info 1", 6),
        LogLine("warn", "warning", 7),
        LogLine("error", "error", 8),
        LogLine("error", "critical", 9),
    ]


async def test_logged_exception_brings_its_traceback(python: PythonHost) -> None:
    lines = await logs(
        python,
        "import logging\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    logging.exception('oh')",
    )
    assert lines[0].text.startswith("oh\nTraceback")
    assert lines[0].text.endswith("ZeroDivisionError: division by zero")


async def test_log_arguments_that_do_not_fit_do_not_break_the_handler(python: PythonHost) -> None:
    lines = await logs(python, "import logging\nlogging.info('%d', 'one')")
    assert lines[0].text.startswith("%d (its arguments do not fit:")


async def test_libraries_are_heard_from_warning_on(python: PythonHost) -> None:
    source = "import json\n" + handler(
        """
        exec(compile("import logging\\nlogging.info('quiet')\\nlogging.warning('loud')",
                     json.__file__, "exec"))
        """
    )
    ran = await python.run(source)
    assert [(line.level, line.text) for line in ran.logs] == [("warn", "loud")]


async def test_logging_set_up_by_an_action_does_not_outlive_it(python: PythonHost) -> None:
    flow = python_flow(
        handler(
            """
            import logging
            logging.info("before")
            logging.basicConfig(force=True, level=logging.ERROR)
            logging.info("after")
            """
        )
    )
    first, second = await python.run(flow), await python.run(flow)
    assert first.texts == second.texts == ["before"]


async def test_replaced_stream_is_put_back_for_the_next_run(python: PythonHost) -> None:
    flow = python_flow(handler("import sys\nprint('on')\nsys.stdout = None"))
    first, second = await python.run(flow), await python.run(flow)
    assert first.texts == second.texts == ["on"]


async def test_warning_is_a_log(python: PythonHost) -> None:
    assert await logs(python, "import warnings\nwarnings.warn('odd')") == [
        LogLine("warn", "UserWarning: odd", 3)
    ]


async def test_coroutine_that_nobody_awaits_is_a_warning(python: PythonHost) -> None:
    lines = await logs(python, "async def lost(): ...\nlost()")
    assert [line.level for line in lines] == ["warn"]
    assert "was never awaited" in lines[0].text


async def test_printed_event_shows_no_secret(python: PythonHost) -> None:
    ran = await python.run(handler("print(event)"), event={"secrets": {"KEY": "hunter2"}})
    assert ran.texts == ["Event(secrets={'KEY': '***'})"]


async def test_lone_surrogate_is_printed_as_a_replacement_character(python: PythonHost) -> None:
    assert await logs(python, "print('\\ud800')") == [LogLine("log", "�", 2)]


async def test_line_too_long_for_a_frame_is_cut(python: PythonHost) -> None:
    lines = await logs(python, "print('\\0' * 500_000)\nprint('next')")
    assert lines[0].text.endswith("…")
    assert lines[1].text == "next"


async def test_endless_printing_stops_with_a_note(python: PythonHost) -> None:
    lines = await logs(python, "for number in range(12_000):\n    print(number)")
    assert len(lines) == 10_001
    assert lines[-1].level == "warn"
    assert "the rest is left out" in lines[-1].text


async def test_what_is_written_past_python_is_a_log(python: PythonHost) -> None:
    assert await logs(python, "import os\nos.write(1, b'raw\\n')") == [LogLine("log", "raw")]


async def test_standard_input_cannot_be_read(python: PythonHost) -> None:
    ran = await python.run(handler("import os, sys\nprint(sys.stdin, os.read(0, 10))"))
    assert ran.texts == ["None b''"]
