"""What can be dragged out of a lane and dropped onto one.

Drags carry one or more of these MIME types, read in this order:

- ``application/x-loginwright-lane+json``: ``{"lane": token, "actions": [ids]}``. Counts in the lane
  it came from only, where it is a move; the token tells lanes apart, also those of other windows.
- ``application/x-loginwright-actions+json``: the clipboard's format. Copies of actions, for other
  lanes.
- ``application/x-loginwright-template``: the name of a template of the library, UTF-8.
- ``text/uri-list``: files of a file manager; only local ones with an action's suffix count.
- ``text/plain``: code.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from PySide6.QtCore import QMimeData

from loginwright_designer.canvas.lane_signals import (
    DroppedActions,
    DroppedCode,
    DroppedFiles,
    DroppedTemplate,
)
from loginwright_designer.document.clipboard import CLIPBOARD_MIME_TYPE, read_actions
from loginwright_designer.document.drag_types import TEMPLATE_MIME_TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_designer.canvas.lane_signals import Dropped

LANE_MIME_TYPE = "application/x-loginwright-lane+json"
FILES_MIME_TYPE = "text/uri-list"
TEXT_MIME_TYPE = "text/plain"
MIME_TYPES = (
    LANE_MIME_TYPE,
    CLIPBOARD_MIME_TYPE,
    TEMPLATE_MIME_TYPE,
    FILES_MIME_TYPE,
    TEXT_MIME_TYPE,
)
SUFFIXES = frozenset({".js", ".cjs", ".py"})


def dragged(token: str, actions: Sequence[str], copies: bytes | None) -> QMimeData:
    """Return what a drag of cards carries.

    Args:
        token: Of the lane.
        actions: Ids, in the order of the flow.
        copies: The same actions as the clipboard holds them; None where they stay in this lane.
    """
    data = QMimeData()
    content = orjson.dumps({"lane": token, "actions": list(actions)})
    data.setData(LANE_MIME_TYPE, content)
    if copies is not None:
        data.setData(CLIPBOARD_MIME_TYPE, copies)
    return data


def moved_actions(data: QMimeData, token: str) -> tuple[str, ...]:
    """Return the ids that a drag of this lane carries; none where it is another lane's."""
    if not data.hasFormat(LANE_MIME_TYPE):
        return ()
    try:
        content = orjson.loads(data.data(LANE_MIME_TYPE).data())
    except orjson.JSONDecodeError:
        return ()
    if not isinstance(content, dict) or content.get("lane") != token:
        return ()
    actions = content.get("actions")
    named = actions if isinstance(actions, list) else []
    return tuple(action for action in named if isinstance(action, str))


def dropped(data: QMimeData) -> Dropped | None:
    """Return what came from outside, or None where a lane has no use for it."""
    if data.hasFormat(CLIPBOARD_MIME_TYPE):
        return DroppedActions(bytes(data.data(CLIPBOARD_MIME_TYPE).data()))
    if data.hasFormat(TEMPLATE_MIME_TYPE):
        return DroppedTemplate(
            bytes(data.data(TEMPLATE_MIME_TYPE).data()).decode("utf-8", "replace")
        )
    files = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    code = tuple(file for file in files if file.suffix in SUFFIXES)
    if code:
        return DroppedFiles(code)
    if data.hasText() and not data.hasUrls() and data.text().strip():
        return DroppedCode(data.text())
    return None


def coming_actions(content: Dropped | None) -> int:
    """Return how many actions a drop would bring."""
    match content:
        case DroppedFiles(files):
            return len(files)
        case DroppedActions(copied):
            return len(read_actions(copied) or ("one",))
        case _:
            return 1
