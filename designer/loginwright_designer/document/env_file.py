"""Reads values out of a ``.env`` file: nothing is expanded, nothing is run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from loginwright_runtime.errors import Problem
from loginwright_runtime.flow.secret_names import is_secret_name

translate = QCoreApplication.translate

MAX_ENV_BYTES = 1_000_000

_LINE_ENDS = re.compile(r"\r\n?|\n")
_ENTRY = re.compile(r"[ \t]*(?:export[ \t]+)?(?P<name>[^\s=#'\"]+)[ \t]*=[ \t]*")
_SINGLE = re.compile(r"'(?P<value>[^']*)'")
_DOUBLE = re.compile(r'"(?P<value>(?:[^"\\]|\\.)*)"', re.DOTALL)
_PLAIN = re.compile(r"(?P<value>[^\n]*)")
_REST = re.compile(r"[ \t]*(?:#[^\n]*)?(?=\n|\Z)")
_COMMENT = re.compile(r"[ \t]+#.*")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}


@dataclass(frozen=True, slots=True)
class EnvFile:
    """What a ``.env`` file gives.

    Attributes:
        values: By name, the last where a name stands twice.
        problems: Lines that give nothing, with their numbers and nothing they say.
    """

    values: Mapping[str, str] = field(repr=False)
    problems: tuple[Problem, ...]


def read_env(content: bytes, file: str = ".env") -> EnvFile:
    r"""Read ``NAME=value`` lines; ``export``, comments and quotes as shells and dotenv tools have.

    In single quotes everything is literal, in double quotes a backslash escapes (``\\n``, ``\\"``);
    both may hold several lines. ``$NAME`` stays as it is written.

    Args:
        content: The file.
        file: What problems call it.
    """
    if len(content) > MAX_ENV_BYTES:
        message = translate("EnvFile", "The file has more than {count} bytes.")
        message = message.format(count=f"{MAX_ENV_BYTES:,}")
        remedy = translate("EnvFile", "Choose a .env file.")
        return EnvFile({}, (_problem(message, remedy, file, None),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = translate("EnvFile", "The file is not UTF-8.")
        remedy = translate("EnvFile", "Save it as UTF-8.")
        return EnvFile({}, (_problem(message, remedy, file, None),))
    return _read(_LINE_ENDS.sub("\n", text), file)


def _read(text: str, file: str) -> EnvFile:
    values: dict[str, str] = {}
    problems: list[Problem] = []
    position, line = 0, 1
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        found = None
        if text[position:end].strip() and not text[position:end].lstrip().startswith("#"):
            found = _entry(text, position)
            if found is None:
                problems.append(_no_value(file, line))
            else:
                values[found[0]] = found[1]
                end = found[2]
        line += text.count("\n", position, end) + 1
        position = end + 1
    return EnvFile(values, tuple(problems))


def _entry(text: str, position: int) -> tuple[str, str, int] | None:
    """Return name, value and where the line ends, or None."""
    head = _ENTRY.match(text, position)
    if head is None or not is_secret_name(head["name"]):
        return None
    for quoted in (_SINGLE, _DOUBLE):
        match = quoted.match(text, head.end())
        rest = match and _REST.match(text, match.end())
        if match and rest:
            value = match["value"]
            value = _ESCAPE.sub(_unescaped, value) if quoted is _DOUBLE else value
            return head["name"], value, rest.end()
    plain = _PLAIN.match(text, head.end())
    value = "" if plain is None else plain["value"]
    end = head.end() + len(value)
    value = "" if value.startswith("#") else _COMMENT.sub("", value, count=1)
    return head["name"], value.strip(), end


def _unescaped(match: re.Match[str]) -> str:
    return _ESCAPED.get(match[1], match[1])


def _no_value(file: str, line: int) -> Problem:
    message = translate("EnvFile", "The line gives no value.")
    remedy = translate("EnvFile", "Write NAME=value; a name has letters, digits, _ and -.")
    return _problem(message, remedy, file, line)


def _problem(message: str, remedy: str, file: str, line: int | None) -> Problem:
    return Problem("env-file", "warning", message, remedy, file, line)
