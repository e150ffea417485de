"""Drafts for tests of the designer, made as somebody would have written them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent

from loginwright_designer.document.action_edits import NewAction, add_actions
from loginwright_designer.document.draft import Draft, Edit
from loginwright_designer.document.outside_changes import FileChange
from loginwright_designer.document.text_differences import FileDifference, file_difference
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.sample_files import sample
from loginwright_runtime.simulation import list_scenarios

if TYPE_CHECKING:
    from loginwright_designer.document.draft import EditResult
    from loginwright_designer.document.flow_document import FlowDocument

JAVASCRIPT = b"exports.onExecutePostLogin = async (event, api) => {};\n"
PYTHON = b"async def on_execute_post_login(event, api): ...\n"


def done(result: EditResult) -> Edit:
    """The edit, which has to have been made."""
    assert isinstance(result, Edit), result
    return result


def empty_draft() -> Draft:
    """A flow without actions."""
    return Draft.blank("Checkout login")


def draft_of(*names: str) -> Draft:
    """A flow with a JavaScript action of each name."""
    new = [NewAction(name, "javascript", JAVASCRIPT) for name in names]
    return done(add_actions(empty_draft(), new)).after


def sample_draft() -> Draft:
    """The sample "Customer login" with its scenarios."""
    folder = sample("customer-login")
    return Draft.of(read_flow_folder(folder), list_scenarios(folder))


def names(draft: Draft) -> list[str]:
    """What the cards say, from the top."""
    return [action.name for action in draft.flow.actions]


def ids(draft: Draft) -> list[str]:
    """The ids of the actions, from the top."""
    return [action.id for action in draft.flow.actions]


def closed(document: FlowDocument) -> None:
    """Close a document, and let Qt delete it."""
    document.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def text_difference(file: str, before: str, after: str) -> FileDifference:
    """How two versions of one text differ."""
    return file_difference(FileChange(file, before.encode(), after.encode(), conflict=False))
