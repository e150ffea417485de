"""What the user prefers, and how the window was left, kept in one JSON file."""

from __future__ import annotations

from loginwright_designer.preferences.content import Content
from loginwright_designer.preferences.file import (
    FORMAT_PREFIX,
    MOST_BYTES,
    VERSION,
    Loaded,
    PreferencesFile,
    preferences_file,
)
from loginwright_designer.preferences.values import (
    MOST_RECENT_FLOWS,
    Arrangement,
    LeftOpen,
    Preferences,
    RecentFlow,
    WindowState,
)

__all__ = [
    "FORMAT_PREFIX",
    "MOST_BYTES",
    "MOST_RECENT_FLOWS",
    "VERSION",
    "Arrangement",
    "Content",
    "LeftOpen",
    "Loaded",
    "Preferences",
    "PreferencesFile",
    "RecentFlow",
    "WindowState",
    "preferences_file",
]
