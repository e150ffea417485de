"""Reads Python sources for the rules: syntax by ``compile``, the tree by ``ast``; nothing runs."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from typing import cast

from loginwright_runtime.validation.python_tree import PythonTranslator
from loginwright_runtime.validation.sources import ReadSource, SyntaxFault

_TOO_DEEP = "The code is nested more deeply than Python can compile."


def read_python(file: str, source: bytes) -> ReadSource:
    """Read one Python source.

    Args:
        file: Its name, for nothing but the compiler.
        source: The bytes as they stand in the file; an encoding declaration (PEP 263) is followed.

    Returns:
        The tree, or the fault with line and column. Warnings of the compiler are no concern of
        this place and are dropped.
    """
    try:
        module = _compiled(file, source)
    except SyntaxError as error:
        return ReadSource(fault=_fault(error))
    except ValueError as error:
        return ReadSource(fault=SyntaxFault(str(error).capitalize() + ".", *_null_byte(source)))
    except (RecursionError, MemoryError):
        return ReadSource(fault=SyntaxFault(_TOO_DEEP))
    translator = PythonTranslator(_lines(source))
    tree = translator.block(module.body)
    deep = translator.too_deep
    unread = None if deep is None else f"from line {deep} on it is nested too deeply"
    return ReadSource(tree=tree, unread=unread)


def _compiled(file: str, source: bytes) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = cast(
            "ast.Module", compile(source, file, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
        )
        compile(module, file, "exec", dont_inherit=True)
    return module


def _fault(error: SyntaxError) -> SyntaxFault:
    column = error.offset if error.offset is not None and error.offset > 0 else None
    return SyntaxFault(error.msg, error.lineno, column)


def _null_byte(source: bytes) -> tuple[int | None, int | None]:
    """Return line and column of the null byte, the one ValueError that ``compile`` raises."""
    offset = source.find(b"\0")
    if offset < 0:
        return None, None
    return source.count(b"\n", 0, offset) + 1, offset - source.rfind(b"\n", 0, offset)


def _lines(source: bytes) -> list[str]:
    """Return the decoded lines, so that columns can be counted in characters."""
    if source.isascii():
        return []
    encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    return io.TextIOWrapper(io.BytesIO(source), encoding, newline=None).read().split("\n")
