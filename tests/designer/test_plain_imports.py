"""Importing modules without keeping their source."""

from __future__ import annotations

import builtins
import importlib
import linecache
from typing import TYPE_CHECKING

from loginwright_designer.plain_imports import import_plainly

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_source_of_an_imported_module_is_not_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert hasattr(builtins, "__orig_import__"), "Qt's binding has put itself around imports"
    monkeypatch.setattr(builtins, "__import__", builtins.__import__)
    monkeypatch.syspath_prepend(tmp_path)
    imported = tmp_path / "imported_plainly.py"
    imported.write_text("answer = 42\n", encoding="utf-8")
    (tmp_path / "asks.py").write_text(
        "import imported_plainly\nanswer = imported_plainly.answer\n", encoding="utf-8"
    )
    import_plainly()
    assert importlib.import_module("asks").answer == 42
    assert str(imported) not in linecache.cache


def test_is_harmless_without_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(builtins, "__orig_import__")
    before = builtins.__import__
    import_plainly()
    assert builtins.__import__ is before
