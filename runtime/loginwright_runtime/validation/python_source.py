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
    if b"\0" in source:
        return ReadSource(fault=_null_byte(source))
    try:
        text = _text(source)
        module = _compiled(file, text)
    except UnicodeDecodeError as error:
        return ReadSource(fault=SyntaxFault(f"The text is not {error.encoding}."))
    except SyntaxError as error:
        return ReadSource(fault=_fault(error))
    except (RecursionError, MemoryError):
        return ReadSource(fault=SyntaxFault(_TOO_DEEP))
    lines = [] if text.isascii() else text.split("\n")
    translator = PythonTranslator(lines)
    tree = translator.block(module.body)
    deep = translator.too_deep
    unread = None if deep is None else f"from line {deep} on it is nested too deeply"
    return ReadSource(tree=tree, unread=unread)


def _text(source: bytes) -> str:
    """Decode a source as Python does; the compiler counts columns right in text only."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    return io.TextIOWrapper(io.BytesIO(source), encoding, newline=None).read()


def _compiled(file: str, text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = compile(text, file, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
        module = cast("ast.Module", tree)
        compile(module, file, "exec", dont_inherit=True)
    return module


def _fault(error: SyntaxError) -> SyntaxFault:
    column = error.offset if error.offset is not None and error.offset > 0 else None
    return SyntaxFault(error.msg, error.lineno, column)


def _null_byte(source: bytes) -> SyntaxFault:
    """Tell where it stands; compilers differ in what they say of it."""
    offset = source.index(b"\0")
    line = source.count(b"\n", 0, offset) + 1
    return SyntaxFault("The code holds a null byte.", line, offset - source.rfind(b"\n", 0, offset))
