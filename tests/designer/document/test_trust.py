"""A folder runs only when its user made it, or said so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from flow_folders import write_folder
from loginwright_designer.document.trust import FolderTrust, Trust
from loginwright_runtime.cli.trusted_folders import trust as trust_from_the_command_line
from loginwright_runtime.flow.sample_files import sample, template
from loginwright_runtime.tokens.development_signer import state_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record of trusted folders for each test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_what_comes_with_loginwright_is_trusted_and_never_written() -> None:
    trust = FolderTrust()
    assert trust.trust_of(sample("customer-login")) is Trust.BUNDLED
    assert trust.is_bundled(template("allow-list"))
    assert not (state_folder() / "trusted-folders.json").exists()


def test_strange_folder_is_not_trusted(tmp_path: Path) -> None:
    trust = FolderTrust().trust_of(write_folder(tmp_path / "flow"))
    assert trust is Trust.NONE
    assert not trust.may_run


def test_copy_of_the_sample_is_a_strange_folder(tmp_path: Path) -> None:
    name = sample("customer-login").name
    assert FolderTrust().trust_of(write_folder(tmp_path / name)) is Trust.NONE


def test_trust_is_remembered(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flow")
    assert FolderTrust().trust(folder) is Trust.RECORDED
    assert FolderTrust().trust_of(folder) is Trust.RECORDED


def test_folder_made_by_the_command_line_is_trusted(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flow")
    trust_from_the_command_line(folder)
    assert FolderTrust().trust_of(folder).may_run


def test_link_to_a_trusted_folder_is_that_folder(tmp_path: Path) -> None:
    FolderTrust().trust(write_folder(tmp_path / "flow"))
    (tmp_path / "link").symlink_to("flow")
    assert FolderTrust().trust_of(tmp_path / "link") is Trust.RECORDED


def test_folder_below_a_trusted_one_is_strange(tmp_path: Path) -> None:
    FolderTrust().trust(write_folder(tmp_path / "flow"))
    assert FolderTrust().trust_of(write_folder(tmp_path / "flow" / "other")) is Trust.NONE


def test_record_that_cannot_be_written_holds_for_the_window(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"")
    trust = FolderTrust()
    folder = write_folder(tmp_path / "flow")
    assert trust.trust(folder) is Trust.SESSION
    assert trust.trust_of(folder).may_run
    assert FolderTrust().trust_of(folder) is Trust.NONE


def test_spoilt_record_trusts_nobody(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flow")
    state_folder().mkdir(parents=True)
    record = state_folder() / "trusted-folders.json"
    record.write_text(json.dumps({"folders": [str(folder)]}), encoding="utf-8")
    assert FolderTrust().trust_of(folder) is Trust.NONE
