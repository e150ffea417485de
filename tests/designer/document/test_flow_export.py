"""An export is written, read back, remembered; and told in words where it cannot be."""

from __future__ import annotations

import errno
import stat
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from designer_drafts import done, sample_draft
from exported_flows import exported
from loginwright_designer.document.action_edits import rename_action
from loginwright_designer.document.export_history import (
    ExportHistory,
    export_status,
    middle_version,
    short_version,
)
from loginwright_designer.document.export_parts import parts_of
from loginwright_designer.document.flow_export import (
    ExportFailed,
    ExportLook,
    ExportOrder,
    ExportWritten,
    FlowExport,
    copy_with_scenarios,
    unwritable,
    write_export,
)
from loginwright_runtime.errors import FlowError
from loginwright_runtime.flow.bundle import open_bundle
from loginwright_runtime.flow.version import with_version

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from loginwright_designer.document.draft import Draft


def order(target: Path, draft: Draft | None = None, *, with_scenarios: bool = False) -> ExportOrder:
    draft = sample_draft() if draft is None else draft
    return ExportOrder(draft, with_version(draft.flow), target, with_scenarios)


def test_the_file_is_the_bundle_that_the_command_line_would_write(tmp_path: Path) -> None:
    written = exported(tmp_path / "a.loginflow", with_scenarios=False)
    bundle = open_bundle(written.file.read_bytes(), "a.loginflow")
    assert bundle.manifest.version == written.version
    assert written.secrets == ("MY_SHARED_SECRET",)
    assert written.size == written.file.stat().st_size
    assert bundle.scenarios == {}


def test_scenarios_go_along_only_when_asked(tmp_path: Path) -> None:
    written = exported(tmp_path / "a.loginflow", with_scenarios=True)
    assert len(open_bundle(written.file.read_bytes(), "a").scenarios) == 5


def test_the_folder_is_made_and_nothing_but_the_file_is_left(tmp_path: Path) -> None:
    exported(tmp_path / "new" / "a.loginflow", with_scenarios=False)
    exported(tmp_path / "new" / "a.loginflow", with_scenarios=True)
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["a.loginflow"]


def test_a_failed_export_leaves_what_stood_there(tmp_path: Path) -> None:
    (tmp_path / "a.loginflow").mkdir()
    result = write_export(order(tmp_path / "a.loginflow"))
    assert isinstance(result, ExportFailed)
    assert result.problems[0].remedy
    assert [file.name for file in tmp_path.iterdir()] == ["a.loginflow"]


def test_a_flow_that_could_not_be_loaded_again_is_not_written(tmp_path: Path) -> None:
    draft = sample_draft()
    without = draft.with_flow(files={})
    result = write_export(order(tmp_path / "a.loginflow", without))
    assert isinstance(result, ExportFailed)
    assert not (tmp_path / "a.loginflow").exists()


def test_a_malformed_scenario_does_not_go_along(tmp_path: Path) -> None:
    draft = sample_draft()
    problem = unwritable(tmp_path, OSError(errno.EACCES, "denied"))
    broken = replace(draft.scenarios[0], scenario=None, problems=(problem,))
    draft = draft.with_scenarios(broken, *draft.scenarios[1:])
    result = write_export(order(tmp_path / "a.loginflow", draft, with_scenarios=True))
    assert result == ExportFailed((problem,))


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.ENOSPC, "There is no room left on the disk."),
        (errno.EACCES, "You may not write there."),
        (errno.EROFS, "That disk can only be read."),
        (errno.EISDIR, "There is a folder of this name."),
        (errno.ENOTDIR, "A file stands where a folder is needed."),
        (errno.ENAMETOOLONG, "The name is too long."),
        (errno.EIO, "The file cannot be written: it broke."),
    ],
)
def test_each_fault_of_the_disk_is_told_in_words(tmp_path: Path, number: int, message: str) -> None:
    problem = unwritable(tmp_path / "a", OSError(number, "it broke"))
    assert problem.message == message
    assert problem.remedy


def test_the_last_export_is_remembered_without_code_or_values(tmp_path: Path) -> None:
    history = ExportHistory(tmp_path / "flow", tmp_path / "state")
    assert history.last() is None
    written = write_export(order(tmp_path / "a.loginflow", with_scenarios=True), history)
    assert isinstance(written, ExportWritten)
    last = history.last()
    assert last is not None
    assert (last.version, last.file) == (written.version, written.file)
    assert last.with_scenarios
    (file,) = (tmp_path / "state" / "exports").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "onExecutePostLogin" not in file.read_text(encoding="utf-8")
    assert "teal" not in file.read_text(encoding="utf-8")


def test_a_history_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    history = ExportHistory(tmp_path / "flow", tmp_path / "state")
    write_export(order(tmp_path / "a.loginflow"), history)
    (file,) = (tmp_path / "state" / "exports").iterdir()
    file.write_text('{"format": "loginwright/export@9"}', encoding="utf-8")
    assert history.last() is None


def test_the_status_bar_counts_edits_since_the_export(tmp_path: Path) -> None:
    draft = sample_draft()
    history = ExportHistory(tmp_path / "flow", tmp_path / "state")
    assert export_status(history.last(), parts_of(draft)) == ""
    write_export(order(tmp_path / "a.loginflow", draft), history)
    last = history.last()
    assert last is not None
    short = short_version(last.version)
    assert export_status(last, parts_of(draft)) == f"exported {short}"
    renamed = done(rename_action(draft, "block-weekends", "Block Sundays")).after
    assert export_status(last, parts_of(renamed)) == f"exported {short} · 1 edit since"


def test_versions_are_shown_shortened() -> None:
    version = f"sha256:295e9feb{'0' * 48}2510fc47"
    assert short_version(version) == "295e…"
    assert middle_version(version) == "sha256:295e9feb…2510fc47"


def test_a_copy_with_scenarios_has_the_same_version(tmp_path: Path) -> None:
    written = exported(tmp_path / "a.loginflow", with_scenarios=False)
    copy = copy_with_scenarios(written)
    bundle = open_bundle(copy.read_bytes(), copy.name)
    assert bundle.manifest.version == written.version
    assert len(bundle.scenarios) == 5
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    copy.unlink()
    copy.parent.rmdir()


def test_a_file_that_was_replaced_meanwhile_is_not_checked(tmp_path: Path) -> None:
    written = exported(tmp_path / "a.loginflow", with_scenarios=False)
    other = done(rename_action(sample_draft(), "block-weekends", "Block Sundays")).after
    exported(tmp_path / "a.loginflow", other, with_scenarios=False)
    with pytest.raises(FlowError, match="another version"):
        copy_with_scenarios(written)


def test_looking_and_writing_happen_on_a_thread_and_are_told(tmp_path: Path, qtbot: QtBot) -> None:
    export = FlowExport()
    draft = sample_draft()
    flow = draft.flow
    with qtbot.waitSignal(export.looked) as looked:
        export.look(draft, flow)
    assert isinstance(looked.args[0], ExportLook)
    assert looked.args[0].version == with_version(flow).version
    with qtbot.waitSignal(export.finished) as finished:
        export.write(ExportOrder(draft, flow, tmp_path / "a.loginflow"))
    assert isinstance(finished.args[0], ExportWritten)
    assert finished.args[0].version == looked.args[0].version
    export.close()
