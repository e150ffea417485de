"""Importing modules without Qt's binding reading the source of each."""

from __future__ import annotations

import builtins


def import_plainly() -> None:
    """Take back what PySide6 puts around every import, from now on.

    It reads the source of each imported module, whoever's it is, to see whether it speaks of Qt
    and may want snake_case names of it. Python then keeps all that text: 19 MB once the designer
    stands, and a fifteenth of its start. Nothing here asks for such names.
    """
    before = getattr(builtins, "__orig_import__", None)
    if before is not None:
        builtins.__import__ = before
