"""New flows, recent flows, the log, licences, and folders that are trusted no longer."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from designer_drafts import names
from loginwright_designer.document.folder import Saved, SaveRefused
from loginwright_designer.document.licences import (
    LicenceReading,
    licensed_parts,
    running_versions,
)
from loginwright_designer.document.log_ring import MOST_LINES, LogRing, log_text
from loginwright_designer.document.new_flow import (
    FolderKind,
    NewFlowWanted,
    beginnings,
    folder_kind,
    make_flow,
    plan_new_flow,
    proposed_folder,
    typed_folder,
)
from loginwright_designer.document.recent_flows import recent_entries, short_path
from loginwright_designer.preferences import RecentFlow
from loginwright_runtime.flow.sample_files import sample
from loginwright_runtime.tracing.masking import Masker

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loginwright_designer.resource_files import ResourceFiles


def test_an_empty_flow_is_made_where_it_was_asked_for(tmp_path: Path) -> None:
    saved = make_flow(NewFlowWanted(" Checkout login ", tmp_path / "checkout")).result
    assert isinstance(saved, Saved)
    assert saved.folder.draft.flow.name == "Checkout login"
    assert names(saved.folder.draft) == []


def test_a_flow_that_begins_with_a_sample_has_its_actions_and_scenarios(tmp_path: Path) -> None:
    saved = make_flow(NewFlowWanted("Mine", tmp_path / "mine", "customer-login")).result
    assert isinstance(saved, Saved)
    assert len(names(saved.folder.draft)) == 4
    assert len(saved.folder.draft.scenarios) == 5
    assert saved.folder.draft.flow.name == "Mine"


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert folder_kind(str(tmp_path)) is FolderKind.NOT_EMPTY
    assert isinstance(make_flow(NewFlowWanted("Mine", tmp_path)).result, SaveRefused)


def test_the_folder_of_a_new_flow_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    assert folder_kind(str(tmp_path / "empty")) is FolderKind.FREE
    assert folder_kind(str(tmp_path / "new" / "one")) is FolderKind.FREE
    assert folder_kind(str(tmp_path / "file")) is FolderKind.FILE
    assert folder_kind(" ") is FolderKind.UNNAMED
    assert typed_folder("~/a") == typed_folder("a") == Path.home() / "a"


@pytest.mark.parametrize(
    ("name", "kind", "can_make"),
    [
        ("Checkout", FolderKind.FREE, True),
        ("  ", FolderKind.FREE, False),
        ("Checkout", FolderKind.NOT_EMPTY, False),
        ("Checkout", FolderKind.UNNAMED, False),
    ],
)
def test_a_flow_needs_a_name_and_a_free_folder(name: str, kind: FolderKind, can_make: bool) -> None:
    plan = plan_new_flow(name, kind)
    assert plan.can_make is can_make
    assert bool(plan.where) is (kind is not FolderKind.FREE)


def test_a_new_flow_is_proposed_empty_and_under_its_name() -> None:
    assert proposed_folder("Checkout login") == "~/Loginwright/checkout-login"
    assert beginnings()[0].sample is None
    assert "customer-login" in [one.sample for one in beginnings()]


def test_a_recent_flow_that_is_gone_is_told() -> None:
    there = str(sample("customer-login"))
    gone = str(Path.home() / "gone")
    entries = recent_entries(
        (RecentFlow(folder=there, name="Here"), RecentFlow(folder=gone, name="Gone"))
    )
    assert [entry.is_there for entry in entries] == [True, False]
    assert entries[1].shown_folder == "~/gone"
    assert short_path(Path("/srv/a")) == "/srv/a"


@pytest.mark.allow_logs(reason="Lines of the log are what is tested.")
def test_the_log_masks_secrets_and_tells_no_message_of_an_exception(qtbot: QtBot) -> None:
    ring = LogRing(lambda: Masker(["a-secret-value"]))
    logger = logging.getLogger("loginwright_designer.test")
    ring.install(logger)
    with qtbot.waitSignal(ring.line_added):
        logger.warning("sent %s away", "a-secret-value")
    try:
        raise ValueError("ada@example.com")
    except ValueError:
        logger.exception("It failed")
    ring.uninstall(logger)
    logger.warning("after")
    text = log_text(ring.lines)
    assert "sent *** away" in text
    assert "It failed (ValueError)" in text
    assert "ada@example.com" not in text
    assert "after" not in text


@pytest.mark.allow_logs(reason="Lines of the log are what is tested.")
def test_the_log_forgets_its_oldest_lines() -> None:
    ring = LogRing(lambda: Masker(()))
    logger = logging.getLogger("loginwright_designer.test")
    ring.install(logger)
    for number in range(MOST_LINES + 1):
        logger.warning("line %d", number)
    ring.uninstall(logger)
    assert len(ring.lines) == MOST_LINES
    assert ring.lines[0].text == "line 1"


@pytest.mark.allow_logs(reason="Lines of the log are what is tested.")
def test_a_line_that_cannot_be_written_stops_nothing() -> None:
    def broken() -> Masker:
        raise RuntimeError("no secrets now")

    ring = LogRing(broken)
    logger = logging.getLogger("loginwright_designer.test")
    ring.install(logger)
    logger.warning("a-secret-value")
    ring.uninstall(logger)
    assert "a-secret-value" not in log_text(ring.lines)


def test_licences_name_fonts_icons_and_libraries(resources: ResourceFiles) -> None:
    parts = {part.name: part for part in licensed_parts(resources)}
    assert next(iter(parts)) == "loginwright"
    assert parts["Lucide icons"].licence == "ISC"
    assert "SIL OPEN FONT LICENSE" in parts["JetBrains Mono"].text().upper()
    assert parts["Inter"].text()
    assert parts["PySide6_Essentials"].version
    assert "Permission is hereby granted" in parts["pydantic"].text()
    assert "pytest" not in parts


def test_licences_are_read_on_a_thread(resources: ResourceFiles, qtbot: QtBot) -> None:
    reading = LicenceReading(resources)
    with qtbot.waitSignal(reading.parts_read) as read:
        reading.start()
    assert read.args[0][0].name == "loginwright"
    reading.close()


def test_versions_name_the_program_and_no_person() -> None:
    said = running_versions()
    assert said.startswith("Loginwright ")
    assert "PySide6" in said
    assert os.environ.get("USER", "nobody@") not in said
