"""The stores that live in memory."""

from __future__ import annotations

from loginwright_runtime.stores.memory_cache import MemoryCacheStore
from loginwright_runtime.stores.memory_directory import DirectoryEntry, MemoryDirectory
from loginwright_runtime.stores.memory_suspensions import MemorySuspensionStore
from loginwright_runtime.stores.memory_users import MemoryUserStore

__all__ = [
    "DirectoryEntry",
    "MemoryCacheStore",
    "MemoryDirectory",
    "MemorySuspensionStore",
    "MemoryUserStore",
]
