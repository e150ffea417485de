"""Where a row of one of Qt's models is."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

Index: TypeAlias = QModelIndex | QPersistentModelIndex
"""A place as Qt asks for it."""

NOWHERE = QModelIndex()
"""What the rows of a list stand below."""
