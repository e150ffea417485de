"""Comparisons that do not say what they seem to say."""

from __future__ import annotations

from checked_code import on_execute, on_execute_in_python
from rule_cases.case import marks, passes

_EMAIL = "email-suffix-without-at"
_DAY = "local-day-in-utc"

_LOOSE = {
    "a suffix without the at": "event.user.email.endsWith('example.com');",
    "in lower case, through a variable": (
        "const email = event.user.email.toLowerCase(); email.endsWith('example.com');"
    ),
    "a suffix of the part behind the at": (
        "const domain = event.user.email.split('@')[1]; domain.endsWith('example.com');"
    ),
    "a parameter called email": "const f = (email) => email.endsWith('example.com'); f(x);",
    "a text somewhere inside": "event.user.email.includes('@example.com');",
    "a position": "if (event.user.email.indexOf('@example.com') !== -1) {}",
    "a pattern without an end": "/@example\\.com/.test(event.user.email);",
    "a pattern without the at": "event.user.email.match(/example\\.com$/);",
    "a pattern that is made": "new RegExp('example.com$').test(event.user.email);",
}

_TIGHT = {
    "a suffix with the at": "event.user.email.endsWith('@example.com');",
    "a suffix that is a whole label": "event.user.email.endsWith('.edu');",
    "the part behind the at, as a whole": "event.user.email.split('@')[1] === 'example.com';",
    "a list of domains": "['example.com'].includes(event.user.email.split('@')[1]);",
    "a pattern with both": "/@(example\\.com|example\\.org)$/i.test(event.user.email);",
    "a whole domain by a pattern": "/^example\\.com$/.test(event.user.email.split('@')[1]);",
    "a suffix that is a whole domain below another": ("event.user.email.endsWith('.example.com');"),
    "a suffix that is no domain": "event.user.email.endsWith('-contractor');",
    "a pattern of the part before the at": "/^admin-/.test(event.user.email);",
    "a file name": "event.user.picture.endsWith('avatar.png');",
    "a tag in the address": "event.user.email.includes('+test');",
    "a key that is looked for, which is not what in does to a text": (
        "'@example.com' in event.user.email;"
    ),
    "a text known only when the code runs": "event.user.email.endsWith(event.secrets.DOMAIN);",
}

_LOCAL = {
    "the weekday of now": "new Date().getDay();",
    "the hour of a variable": "const now = new Date(); now.getHours();",
    "the day of a number": "new Date(Date.now()).getDate();",
}

_NAMED = {
    "UTC by name": "new Date().getUTCDay();",
    "another moment": "new Date(event.user.created_at).getDay();",
    "a named zone": (
        "new Date(new Date().toLocaleString('en-US', { timeZone: 'Pacific/Auckland' })).getDay();"
    ),
}

CASES = (
    *(
        marks(_EMAIL, story, on_execute(f"  {body}"), at="actions/action.js:2")
        for story, body in _LOOSE.items()
    ),
    marks(
        _EMAIL,
        "three ways in Python",
        on_execute_in_python(
            "event.user.email.endswith('example.com')\n'@example.com' in event.user.email\n"
            "import re\nre.search(r'example\\.com$', event.user.email)\n"
            "event.user.email.endswith(('@a.com', 'b.com'))\n"
            "re.compile('@example.com').match(event.user.email)\n"
            "re.match('.*@example.com', event.user.email)\n"
            "'@example.com' not in event.user.email"
        ),
        at="actions/action.py:2 actions/action.py:3 actions/action.py:5 actions/action.py:6"
        " actions/action.py:7 actions/action.py:8 actions/action.py:9",
    ),
    passes(
        _EMAIL,
        "comparisons of the whole address in Python",
        on_execute_in_python(
            "'@example.com' == event.user.email\nevent.user.email != '@example.com'\n"
            "'example.com' in event.user.email.split('@')"
        ),
    ),
    *(passes(_EMAIL, story, on_execute(f"  {body}")) for story, body in _TIGHT.items()),
    passes(
        _EMAIL,
        "whole domains in Python",
        on_execute_in_python(
            "event.user.email.endswith('@example.com')\n"
            "event.user.email.split('@')[1] in ('example.com',)\n"
            "import re\nre.fullmatch(r'[^@]+@example\\.com', event.user.email)"
        ),
    ),
    *(
        marks(_DAY, story, on_execute(f"  {body}"), at="actions/action.js:2")
        for story, body in _LOCAL.items()
    ),
    marks(
        _DAY,
        "three ways in Python",
        on_execute_in_python(
            "from datetime import date, datetime\nimport datetime as dt\n"
            "datetime.now().weekday()\ndt.datetime.now().hour\ndate.today().isoweekday()"
        ),
        at="actions/action.py:4 actions/action.py:5 actions/action.py:6",
    ),
    *(passes(_DAY, story, on_execute(f"  {body}")) for story, body in _NAMED.items()),
    passes(
        _DAY,
        "a named zone in Python",
        on_execute_in_python(
            "from datetime import datetime\nfrom zoneinfo import ZoneInfo\n"
            "datetime.now(ZoneInfo('Pacific/Auckland')).weekday()\n"
            "datetime.now(tz=ZoneInfo('UTC')).hour"
        ),
    ),
)
