"""Edits of the flow as a whole: its name and its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError
from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.draft import Draft, Edit, EditRefused, EditResult, FlowFocus

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import FlowSettings

translate = QCoreApplication.translate


def rename_flow(draft: Draft, name: str) -> EditResult:
    """Give the flow another name; the folder keeps its own."""
    plain = " ".join(name.split())
    if not plain:
        return EditRefused(
            translate("Edits", "A flow needs a name."),
            translate("Edits", "Write what people should call it."),
        )
    what = translate("Edits", "Rename the flow")
    return Edit(what, draft, draft.with_flow(name=plain), FlowFocus())


def change_settings(draft: Draft, settings: FlowSettings) -> Edit:
    """Decide anew about claims and profile writes."""
    what = translate("Edits", "Change the flow's settings")
    return Edit(what, draft, draft.with_flow(settings=settings), FlowFocus())


def change_setting(draft: Draft, name: str, value: str) -> EditResult:
    """Give one setting another value.

    Args:
        draft: What is on the desk.
        name: As it stands in ``flow.json``; ``name`` is the flow's own.
        value: What it shall be.
    """
    if name == "name":
        return rename_flow(draft, value)
    settings = draft.flow.settings
    try:
        changed = type(settings).model_validate({**settings.model_dump(), name: value})
    except ValidationError:
        return EditRefused(
            translate("Edits", "The flow has no such setting."),
            translate("Edits", "Choose one of the values that are offered."),
        )
    return change_settings(draft, changed)
