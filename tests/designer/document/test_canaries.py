"""A secret's value is looked for in all that a window leaves behind, in every form it may take."""

from __future__ import annotations

import base64
import gc
import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from designer_drafts import closed
from fake_keyring import ACCEPTED, FakeKeyring
from loginwright_designer.document.action_edits import duplicate_actions, rename_action
from loginwright_designer.document.clipboard import copy_actions
from loginwright_designer.document.env_file import read_env
from loginwright_designer.document.flow_document import DocumentSetting, FlowDocument
from loginwright_designer.document.folder import ReadFolder, new_folder, read_folder
from loginwright_designer.document.folder_lock import FolderLock
from loginwright_designer.document.keyring_store import KeyringStore, check_key
from loginwright_designer.document.secret_desk import SecretDesk, SecretSetting
from loginwright_runtime.flow.sample_files import sample

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

CANARY = 'canary/5b1f8e0c+"a value" of some length'
NAME = "MY_SHARED_SECRET"


def forms(value: str) -> list[bytes]:
    """The value as it is, in JSON, in a URL, in base64 and in hex."""
    plain = value.encode()
    encoded = [base64.b64encode(plain), base64.urlsafe_b64encode(plain)]
    return [
        plain,
        json.dumps(value)[1:-1].encode(),
        quote(value, safe="").encode(),
        *(one.rstrip(b"=") for one in encoded),
        plain.hex().encode(),
    ]


def test_no_value_is_left_in_any_file_or_copy(tmp_path: Path, qtbot: QtBot) -> None:
    folder, state = tmp_path / "flow", tmp_path / "state"
    opened = read_folder(sample("customer-login"))
    assert isinstance(opened, ReadFolder)
    new_folder(folder, opened.draft)
    store = KeyringStore(state, FakeKeyring, ACCEPTED)
    desk = SecretDesk(folder, SecretSetting(store, check_key(state), trusted=True))
    read = read_folder(folder)
    assert isinstance(read, ReadFolder)
    flow = FlowDocument(read, DocumentSetting(FolderLock(folder, state), state))

    desk.set_values(read_env(f"{NAME}='{CANARY}'".encode()).values)
    assert desk.value(NAME) == CANARY
    flow.apply(rename_action(flow.draft, "ask-favourite-colour", "Ask"))
    with qtbot.waitSignal(flow.save_finished):
        flow.save()
    flow.apply(duplicate_actions(flow.draft, {"ask-favourite-colour"}))
    flow.journal_now()
    left = [copy_actions(flow.draft, {"ask-favourite-colour"})]
    left += [
        repr(one).encode() for one in (flow.history, flow.draft, flow.problems, desk.facts(NAME))
    ]
    desk.close()
    closed(flow)
    gc.collect()

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.parent.name for path in files} >= {"recovery", "state", "actions", "scenarios"}
    left += [path.read_bytes() for path in files]
    assert [form for form in forms(CANARY) for one in left if form in one] == []
