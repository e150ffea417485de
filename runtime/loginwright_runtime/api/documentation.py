"""Writes docs/api-support.md and the Python author's types from the method table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_runtime.api.methods import METHODS
from loginwright_runtime.api.names import python_method, snake_case

if TYPE_CHECKING:
    from loginwright_runtime.api.method import Kind, Method, Parameter

_HEAD = """# What of the post-login api is supported

Every method of the platform's post-login api works here, in JavaScript as it stands and in Python
with its names in snake_case (`api.idToken.setCustomClaim` is `api.id_token.set_custom_claim`;
members of an options object become keyword arguments). This page is written from the runtime's
own table by `python -m loginwright_runtime.api.documentation`, and a test keeps it true.

A call throws only where this page says so. Any other odd argument is recorded as it was given,
ignored when the call is applied, and warned about. Names of tokens, limits and messages follow the
platform; `docs/semantics.md` says what was decided where its documentation is silent.

| method | arguments | what it does here | returns | source |
|---|---|---|---|---|
"""

_RETURNS = {"api": "`api`", "value": "a value"}

_TYPES: dict[Kind, str] = {
    "any": "JsonInput",
    "string": "str",
    "text": "str",
    "boolean": "bool",
    "milliseconds": "float",
    "object": "Mapping[str, JsonInput]",
    "strings": "Sequence[str]",
    "factor": "Mapping[str, JsonInput]",
    "factors": "Sequence[Mapping[str, JsonInput]]",
    "metadata": "str | None",
    "provider": "str",
    "cookie_mode": "str",
    "attribute": "JsonInput",
    "number": "float",
}


def api_support() -> str:
    """Return docs/api-support.md."""
    return _HEAD + "".join(_row(method) for method in METHODS.values())


def _row(method: Method) -> str:
    arguments = ", ".join(_argument(method, parameter) for parameter in method.parameters)
    returns = _RETURNS[method.answers]
    if method.promise:
        returns = f"a promise of {returns}"
    name = f"`api.{method.name}`"
    return f"| {name} | {arguments or 'none'} | {method.does} | {returns} | {method.source} |\n"


def _argument(method: Method, parameter: Parameter) -> str:
    text = f"`{parameter.name}{'?' if parameter.optional else ''}`"
    if parameter.name == method.options and method.option_names:
        text += " {" + ", ".join(f"`{name}`" for name in method.option_names) + "}"
    return text


def python_types() -> str:
    """Return the source of ``api/python_types.py``: PostLoginAPI as an author's editor sees it."""
    namespaces: dict[str, list[Method]] = {}
    for method in METHODS.values():
        namespaces.setdefault(method.name.partition(".")[0], []).append(method)
    classes = "".join(_namespace(name, methods) for name, methods in namespaces.items())
    members = "".join(f"    {snake_case(name)}: {_class_name(name)}\n" for name in namespaces)
    return (
        '"""The post-login api as Python actions call it; generated, see documentation.py."""\n\n'
        "from __future__ import annotations\n\n"
        "from collections.abc import Awaitable, Mapping, Sequence\n"
        "from typing import Protocol\n\n"
        "from loginwright_runtime.login.json_values import JsonInput, JsonValue\n"
        f"{classes}\n\nclass PostLoginAPI(Protocol):\n"
        '    """Changes what comes of the login: a handler\'s second argument."""\n\n'
        f"{members}"
    )


def _class_name(namespace: str) -> str:
    return f"{namespace[0].upper()}{namespace[1:]}Api"


def _namespace(name: str, methods: list[Method]) -> str:
    body = "".join(_method(method) for method in methods)
    return (
        f'\n\nclass {_class_name(name)}(Protocol):\n    """``api.{snake_case(name)}``."""\n{body}'
    )


def _method(method: Method) -> str:
    name = python_method(method.name).partition(".")[2]
    parts = ["self"]
    keywords: list[str] = []
    for parameter in method.parameters:
        if parameter.name == method.options and method.option_names:
            keywords = [f"{snake_case(one)}: JsonInput = ..." for one in method.option_names]
            continue
        kind = _TYPES[parameter.kind]
        default = " = ..." if parameter.optional else ""
        parts.append(f"{snake_case(parameter.name)}: {kind}{default}")
    if keywords:
        parts += ["*", *keywords]
    returns = {"api": "PostLoginAPI", "value": "JsonValue"}[method.answers]
    if method.promise:
        returns = f"Awaitable[{returns}]"
    lines = f"\n    def {name}(\n" + "".join(f"        {part},\n" for part in parts)
    return lines + f'    ) -> {returns}:\n        """{_summary(method)}"""\n        ...\n'


def _summary(method: Method) -> str:
    first = method.does.partition(". ")[0].partition("; ")[0].rstrip(".")
    return f"{first}."


def write_into(root: Path) -> None:
    """Write both files where a checkout has them."""
    files = {
        "docs/api-support.md": api_support(),
        "runtime/loginwright_runtime/api/python_types.py": python_types(),
    }
    for place, text in files.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_into(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).resolve().parents[3])
