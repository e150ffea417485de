"""Finds links that lead out of ``node_modules``; Node would follow them (security.md 20)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def leaving_links(folder: str) -> Iterator[str]:
    """Yield every link below ``folder`` whose target lies outside of it, or nowhere."""
    top = os.path.realpath(folder)
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_symlink():
                    target = os.path.realpath(entry.path)
                    if os.path.commonpath([top, target]) != top:
                        yield entry.path
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
