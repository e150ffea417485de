"""The wall clock of Python actions: fixed where the run says so, right in every module."""

from __future__ import annotations

import time

import pytest

from python_actions import PythonHost, handler, python_flow

NOON = 1_795_428_000.25
"""2026-11-23 10:00:00.25 UTC."""


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        ("time.time()", "1795428000.25"),
        ("time.time_ns()", "1795428000250000000"),
        ("time.clock_gettime(time.CLOCK_REALTIME)", "1795428000.25"),
        ("time.clock_gettime_ns(time.CLOCK_REALTIME)", "1795428000250000000"),
        ("time.gmtime()[:6]", "(2026, 11, 23, 10, 0, 0)"),
        ("time.localtime()[:6]", "(2026, 11, 23, 10, 0, 0)"),
        ("time.ctime()", "Mon Nov 23 10:00:00 2026"),
        ("time.asctime()", "Mon Nov 23 10:00:00 2026"),
        ("time.strftime('%H:%M')", "10:00"),
        ("datetime.datetime.now()", "2026-11-23 10:00:00.250000"),
        ("datetime.datetime.now(datetime.UTC)", "2026-11-23 10:00:00.250000+00:00"),
        ("datetime.datetime.utcnow()", "2026-11-23 10:00:00.250000"),
        ("datetime.datetime.today()", "2026-11-23 10:00:00.250000"),
        ("datetime.date.today()", "2026-11-23"),
        ("repr(datetime.date.today())", "datetime.date(2026, 11, 23)"),
        ("repr(datetime.datetime.now())", "datetime.datetime(2026, 11, 23, 10, 0, 0, 250000)"),
        ("email.utils.formatdate()", "Mon, 23 Nov 2026 10:00:00 -0000"),
    ],
)
async def test_every_reading_tells_the_fixed_time(
    python: PythonHost, reading: str, expected: str
) -> None:
    source = "import datetime, email.utils, time\n" + handler(f"print({reading})")
    ran = await python.run(source, now=NOON)
    assert ran.texts == [expected]


async def test_weekday_of_the_seed_page_follows_the_fixed_clock(python: PythonHost) -> None:
    flow = python_flow(
        "from datetime import date\n"
        + handler("if date.today().weekday() >= 5:\n    api.access.deny('weekdays only')")
    )
    sunday, monday = NOON - 86_400, NOON
    assert (await python.run(flow, now=sunday)).args == [["weekdays only"]]
    assert (await python.run(flow, now=monday)).args == []


async def test_module_that_stays_warm_tells_each_runs_own_time(python: PythonHost) -> None:
    flow = python_flow(
        "from datetime import datetime\nfrom time import time\nfrom lib.clock import year\n"
        + handler("print(datetime.now().year, int(time()), year())"),
        {"lib/clock.py": "from datetime import date\ndef year():\n    return date.today().year\n"},
    )
    first = await python.run(flow, now=0.0)
    second = await python.run(flow, now=NOON)
    third = await python.run(flow)
    assert first.texts == ["1970 0 1970"]
    assert second.texts == ["2026 1795428000 2026"]
    assert abs(int(third.texts[0].split()[1]) - time.time()) < 60


async def test_clock_stands_still_and_timers_go_on(python: PythonHost) -> None:
    ran = await python.run(
        handler(
            """
            import asyncio, time
            before = time.time(), time.monotonic()
            await asyncio.sleep(0.001)
            after = time.time(), time.monotonic()
            print(before[0] == after[0], before[1] < after[1])
            """
        ),
        now=NOON,
    )
    assert ran.texts == ["True True"]


async def test_dates_that_actions_make_are_of_the_types_they_import(python: PythonHost) -> None:
    ran = await python.run(
        handler(
            """
            import copy, pickle
            from datetime import date, datetime, timedelta, timezone
            now = datetime.now(timezone.utc)
            later = now + timedelta(days=1)
            print(isinstance(later, datetime), type(later) is datetime, later > now)
            print(isinstance(now.date(), date), isinstance(now, date), issubclass(datetime, date))
            print(now.date() == date.today(), {date.today(): 1}[now.date()], later - now)
            print(pickle.loads(pickle.dumps(now)) == copy.copy(now) == now)
            print(isinstance(datetime.min, datetime), datetime.fromisoformat("2026-01-01").year)
            class Birthday(date): ...
            born = Birthday.today()
            print(isinstance(date.today(), Birthday), born, type(born).__name__)
            """
        ),
        now=NOON,
    )
    assert ran.texts == [
        "True True True",
        "True True True",
        "True 1 1 day, 0:00:00",
        "True",
        "True 2026",
        "False 2026-11-23 Birthday",
    ]


async def test_real_dates_of_the_standard_library_are_dates(python: PythonHost) -> None:
    ran = await python.run(
        handler(
            """
            import sqlite3, email.utils
            from datetime import datetime
            parsed = email.utils.parsedate_to_datetime("Mon, 23 Nov 2026 10:00:00 -0000")
            print(isinstance(parsed, datetime), parsed == datetime.now())
            """
        ),
        now=NOON - 0.25,
    )
    assert ran.texts == ["True True"]


async def test_workers_run_in_utc(python: PythonHost) -> None:
    ran = await python.run(
        handler("import os, time\nprint(time.tzname[0], time.timezone, os.environ['TZ'])")
    )
    assert ran.texts == ["UTC 0 UTC"]
