"""A tenant that the platform's tool exported becomes a flow without a terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loginwright_designer.dialogs.import_receipt import ImportReceipt
from loginwright_designer.dialogs.new_flow_sheet import NewFlowSheet
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.main_window.toasts import Toast
from platform_exports import exported, triggers, write_export
from window_states import given

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QLineEdit

    from designer_driver import Driver

CODE = b"exports.onExecutePostLogin = async (event, api) => { event.secrets.COLOUR_KEY; };\n"


def a_tenant(home: Path) -> Path:
    """Two actions in order, one that was bought, one that no trigger runs, a package, a secret."""
    return write_export(
        home / "my-tenant",
        exported("Add Roles", packages={"lodash": "4.17.21"}),
        exported("Ask for a colour", CODE, secrets=["COLOUR_KEY"]),
        exported("Old idea"),
        triggers("Ask for a colour", "Add Roles", "Bought"),
    )


def sheet_of(desk: Driver) -> NewFlowSheet:
    (sheet,) = desk.window.findChildren(NewFlowSheet)
    return sheet


def receipt_of(desk: Driver) -> ImportReceipt:
    (receipt,) = desk.window.findChildren(ImportReceipt)
    return receipt


def test_an_export_that_is_opened_becomes_a_flow_and_says_what_is_not_in_it(
    start: Callable[..., Driver], home: Path
) -> None:
    desk = start(a_tenant(home))
    sheet = sheet_of(desk)
    desk.until(lambda: sheet.is_open)
    assert sheet.name.text() == "My tenant"
    assert sheet.export.text() == str(home / "my-tenant")

    desk.press("Return")
    folder = home / "Loginwright" / "my-tenant"
    desk.until(lambda: desk.flow.session.document.folder.path == folder)
    names = [action.name for action in desk.flow.session.document.draft.flow.actions]
    assert names == ["Ask for a colour", "Add Roles"]
    assert desk.flow.session.may_run

    receipt = receipt_of(desk)
    for said in (
        "2 actions, in the platform's order: Ask for a colour, Add Roles.",
        "Bought: runs on the platform, but its code is not exported.",
        "Old idea: is bound to no trigger.",
        "COLOUR_KEY",
    ):
        assert desk.shows(said, receipt), said
    desk.press("Return")
    desk.until(lambda: not desk.window.findChildren(ImportReceipt))


def test_a_new_flow_begins_with_an_export_of_ones_choice(
    start: Callable[..., Driver], home: Path
) -> None:
    tenant = a_tenant(home)
    desk = start()
    given(desk, CommandId.NEW_FLOW)
    sheet = sheet_of(desk)
    assert not sheet.export_row.isVisible()
    sheet.beginning.setCurrentIndex(sheet.beginning.count() - 1)
    assert sheet.export_row.isVisible()
    assert not sheet.make_button.isEnabled()
    fill(sheet.export, str(tenant))
    fill(sheet.name, "Customers")
    desk.click(sheet.make_button)
    desk.until(lambda: desk.flow.session.document.draft.flow.name == "Customers")


def test_an_export_that_cannot_be_used_says_where_and_writes_nothing(
    start: Callable[..., Driver], home: Path
) -> None:
    tenant = a_tenant(home)
    described = tenant / "actions" / "Add Roles.json"
    described.write_text('{\n  "name": @@NAME@@}')
    desk = start(tenant)
    sheet = sheet_of(desk)
    desk.until(lambda: sheet.is_open)
    desk.press("Return")
    desk.until(sheet.failure.isVisible)
    assert sheet.failure.message.startswith(f"{described}:2: ")
    assert sheet.export.hasFocus()
    assert not desk.window.findChildren(Toast)
    assert not (home / "Loginwright").exists()

    described.write_text(json.dumps({"name": "Add Roles", "supported_triggers": []}))
    fill(sheet.export, str(tenant))
    assert not sheet.failure.isVisible()
    desk.click(sheet.make_button)
    desk.until(lambda: desk.flow.session.document.draft.flow.name == "My tenant")


def fill(field: QLineEdit, text: str) -> None:
    """Type a text in place of what is there."""
    field.selectAll()
    field.insert(text)
    field.textEdited.emit(text)
