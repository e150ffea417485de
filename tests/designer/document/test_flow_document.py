"""A flow is edited, saved, looked at and shared with other programs, with signals for all of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
import shiboken6

from designer_drafts import closed, done, draft_of, ids, names
from flow_folders import action, document, write_folder
from loginwright_designer.document.action_edits import move_actions, remove_actions, rename_action
from loginwright_designer.document.code_edits import change_code
from loginwright_designer.document.document_changes import (
    HistoryChange,
    NeedsPlace,
    NotWritable,
    OpenElsewhere,
    SaveWouldLose,
)
from loginwright_designer.document.draft import ActionsFocus, Edit, EditRefused
from loginwright_designer.document.flow_document import DocumentSetting, FlowDocument
from loginwright_designer.document.folder import ReadFolder, Saved, SaveRefused, read_folder
from loginwright_designer.document.folder_lock import FolderLock
from loginwright_designer.document.new_actions import action_of_code, actions_of_files, blank_action
from loginwright_designer.document.recovery import Journal
from loginwright_runtime.flow.sample_files import sample
from loginwright_runtime.simulation import scenario_problems
from loginwright_runtime.validation import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from loginwright_designer.document.draft import Draft, EditResult

BLOCK = "actions/block-weekends.js"


@pytest.fixture
def open_flow(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., FlowDocument]]:
    """Opens documents and closes them after the test."""
    documents: list[FlowDocument] = []

    def opened(folder: Path, *, bundled: bool = False) -> FlowDocument:
        read = read_folder(folder)
        assert isinstance(read, ReadFolder)
        state = tmp_path / "state"
        setting = DocumentSetting(FolderLock(read.path, state), state, bundled)
        documents.append(FlowDocument(read, setting))
        return documents[-1]

    yield opened
    for one in filter(shiboken6.isValid, documents):
        closed(one)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the sample that may be written to."""
    return shutil.copytree(sample("customer-login"), tmp_path / "customer-login")


@pytest.fixture
def flow(open_flow: Callable[..., FlowDocument], folder: Path) -> FlowDocument:
    """The sample, opened."""
    return open_flow(folder)


def edit(flow: FlowDocument, make: Callable[[Draft], EditResult]) -> Edit:
    made = done(make(flow.draft))
    assert flow.apply(made) is None
    return made


def is_saved(flow: FlowDocument) -> bool:
    return flow.saved_state.is_saved


def may_edit(flow: FlowDocument) -> bool:
    return flow.read_only is None


def rename(draft: Draft) -> EditResult:
    return rename_action(draft, "block-weekends", "Closed at weekends")


def saved(flow: FlowDocument, qtbot: QtBot) -> object:
    with qtbot.waitSignal(flow.save_finished) as finished:
        flow.save()
    return finished.args[0].answer


def test_edit_is_told_with_what_it_did(flow: FlowDocument, qtbot: QtBot) -> None:
    with qtbot.waitSignals([flow.draft_changed, flow.history_changed, flow.saved_state_changed]):
        made = edit(flow, lambda draft: move_actions(draft, {"ask-favourite-colour"}, 0))
    assert ids(flow.draft)[0] == "ask-favourite-colour"
    assert made.focus == ActionsFocus(("ask-favourite-colour",))
    assert not is_saved(flow)


def test_undo_and_redo_are_told_by_name(flow: FlowDocument, qtbot: QtBot) -> None:
    start = flow.draft
    edit(flow, rename)
    with (
        qtbot.waitSignal(flow.history_changed) as history,
        qtbot.waitSignal(flow.draft_changed) as draft,
    ):
        flow.undo()
    assert history.args[0] == HistoryChange(None, "rename Block weekends")
    assert (draft.args[0].kind, draft.args[0].after) == ("undone", start)
    assert is_saved(flow)
    with qtbot.assertNotEmitted(flow.draft_changed):
        flow.undo()
    flow.redo()
    assert names(flow.draft)[0] == "Closed at weekends"
    with qtbot.assertNotEmitted(flow.draft_changed):
        flow.redo()


def test_refused_edit_changes_nothing(flow: FlowDocument, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(flow.draft_changed):
        refused = flow.apply(rename_action(flow.draft, "nobody", "X"))
    assert isinstance(refused, EditRefused)


def test_problems_are_those_of_the_command_line(
    flow: FlowDocument, qtbot: QtBot, folder: Path
) -> None:
    with qtbot.waitSignal(flow.problems_changed):
        flow.end_typing()
    told = validate(folder, extra_checks=[scenario_problems])
    assert flow.problems.problems == told
    assert flow.problems.facts["actions/ask-favourite-colour.js"].redirect_hosts == (
        "my-app.example.com",
    )


def test_problem_that_was_typed_is_found(flow: FlowDocument, qtbot: QtBot) -> None:
    def is_found(change: object) -> bool:
        return any(one.file == BLOCK for one in flow.problems.problems)

    with qtbot.waitSignal(flow.problems_changed, check_params_cb=is_found):
        edit(flow, lambda draft: change_code(draft, BLOCK, b"exports.onExec = (", typed=True))
    assert "syntax-error" in {problem.rule for problem in flow.problems.problems}


def test_saved_flow_is_on_disk_and_can_still_be_undone(
    flow: FlowDocument, qtbot: QtBot, folder: Path
) -> None:
    edit(flow, rename)
    assert isinstance(saved(flow, qtbot), Saved)
    assert is_saved(flow)
    assert "Closed at weekends" in (folder / "flow.json").read_text(encoding="utf-8")
    flow.undo()
    assert not is_saved(flow)
    assert isinstance(saved(flow, qtbot), Saved)
    assert "Closed at weekends" not in (folder / "flow.json").read_text(encoding="utf-8")


def test_edits_made_while_saving_are_saved_by_the_next_save(
    flow: FlowDocument, qtbot: QtBot, folder: Path
) -> None:
    edit(flow, rename)
    with qtbot.waitSignal(flow.save_finished):
        flow.save()
        edit(flow, lambda draft: change_code(draft, BLOCK, b"// mine"))
        flow.save()
    assert is_saved(flow)
    assert (folder / BLOCK).read_bytes() == b"// mine"


def test_file_written_by_another_editor_appears(
    flow: FlowDocument, qtbot: QtBot, folder: Path
) -> None:
    edit(flow, rename)
    with qtbot.waitSignal(
        flow.draft_changed, check_params_cb=lambda change: change.name != "Rename Block weekends"
    ) as change:
        (folder / BLOCK).write_bytes(b"// theirs")
    assert change.args[0].name == "Take changes made outside"
    assert flow.draft.flow.files[BLOCK] == b"// theirs"
    assert names(flow.draft)[0] == "Closed at weekends"
    assert not is_saved(flow)
    flow.undo()
    assert flow.draft.flow.files[BLOCK] != b"// theirs"


def test_file_changed_on_both_sides_is_shown_before_anything_is_overwritten(
    flow: FlowDocument, qtbot: QtBot, folder: Path
) -> None:
    edit(flow, lambda draft: change_code(draft, BLOCK, b"// mine"))
    with qtbot.waitSignal(flow.outside_change_found) as found:
        (folder / BLOCK).write_bytes(b"// theirs")
    change = found.args[0]
    assert [conflict.file for conflict in change.conflicts] == [BLOCK]
    assert flow.draft.flow.files[BLOCK] == b"// mine"
    flow.keep_mine(change)
    assert flow.draft.flow.files[BLOCK] == b"// mine"
    assert isinstance(saved(flow, qtbot), Saved)
    assert (folder / BLOCK).read_bytes() == b"// mine"


def test_save_over_an_unseen_change_asks_first(
    flow: FlowDocument, qtbot: QtBot, folder: Path
) -> None:
    edit(flow, lambda draft: change_code(draft, BLOCK, b"// mine"))
    with qtbot.waitSignals([flow.outside_change_found, flow.save_finished]):
        (folder / BLOCK).write_bytes(b"// theirs")
        flow.save()
    assert (folder / BLOCK).read_bytes() == b"// theirs"


def test_their_version_can_be_taken_and_undone(
    flow: FlowDocument, qtbot: QtBot, folder: Path
) -> None:
    edit(flow, lambda draft: change_code(draft, BLOCK, b"// mine"))
    with qtbot.waitSignal(flow.outside_change_found) as found:
        (folder / BLOCK).write_bytes(b"// theirs")
    flow.take_theirs(found.args[0])
    assert flow.draft.flow.files[BLOCK] == b"// theirs"
    assert is_saved(flow)
    flow.undo()
    assert flow.draft.flow.files[BLOCK] == b"// mine"


def test_removed_folder_makes_the_draft_unsaved(
    flow: FlowDocument, qtbot: QtBot, folder: Path
) -> None:
    with qtbot.waitSignal(
        flow.saved_state_changed, check_params_cb=lambda state: not state.is_saved
    ):
        shutil.rmtree(folder)
    assert isinstance(saved(flow, qtbot), Saved)
    assert (folder / BLOCK).exists()


def test_folder_that_was_written_again_is_watched_as_before(
    flow: FlowDocument, qtbot: QtBot, folder: Path
) -> None:
    with qtbot.waitSignal(
        flow.saved_state_changed, check_params_cb=lambda state: not state.is_saved
    ):
        shutil.rmtree(folder)
    assert isinstance(saved(flow, qtbot), Saved)
    with qtbot.waitSignal(flow.draft_changed):
        (folder / BLOCK).write_bytes(b"// theirs")
    assert flow.draft.flow.files[BLOCK] == b"// theirs"
    with qtbot.waitSignal(
        flow.saved_state_changed, check_params_cb=lambda state: not state.is_saved
    ):
        shutil.rmtree(folder)


def has_lost(flow: FlowDocument, rule: str | None) -> Callable[[], bool]:
    return lambda: (flow.lost_folder.rule if flow.lost_folder else None) == rule


@pytest.mark.parametrize("edited", [True, False])
def test_a_folder_that_is_moved_away_and_back_is_lost_and_found(
    flow: FlowDocument, qtbot: QtBot, folder: Path, *, edited: bool
) -> None:
    if edited:
        edit(flow, rename)
    draft = flow.draft
    away = folder.rename(folder.parent / "elsewhere")
    qtbot.waitUntil(has_lost(flow, "missing-folder"))
    assert not is_saved(flow)
    assert flow.draft == draft

    away.rename(folder)
    qtbot.waitUntil(has_lost(flow, None))
    assert is_saved(flow) is not edited
    assert flow.draft == draft
    with qtbot.waitSignal(flow.draft_changed):
        (folder / BLOCK).write_bytes(b"// theirs")


def test_a_folder_is_seen_to_come_back_also_with_all_that_was_around_it(
    open_flow: Callable[..., FlowDocument], qtbot: QtBot, tmp_path: Path
) -> None:
    around = tmp_path / "projects"
    inner = shutil.copytree(sample("customer-login"), around / "flows" / "customer-login")
    flow = open_flow(inner)
    shutil.rmtree(around)
    qtbot.waitUntil(has_lost(flow, "missing-folder"))
    for place in (around, around / "flows"):
        with qtbot.waitSignal(flow.saved_state_changed):
            place.mkdir()
        assert flow.lost_folder is not None
    shutil.copytree(sample("customer-login"), inner)
    qtbot.waitUntil(has_lost(flow, None))
    assert is_saved(flow)


def test_another_folder_of_the_same_name_is_read_in_its_place(
    flow: FlowDocument, qtbot: QtBot, folder: Path
) -> None:
    other = shutil.copytree(folder, folder.parent / "other")
    (other / BLOCK).write_bytes(b"// of the other")
    with qtbot.waitSignal(flow.draft_changed):
        folder.rename(folder.parent / "elsewhere")
        other.rename(folder)
    assert flow.draft.flow.files[BLOCK] == b"// of the other"
    with qtbot.waitSignal(flow.draft_changed):
        (folder / BLOCK).write_bytes(b"// theirs")


def test_a_folder_without_its_flow_is_lost_too_and_saved_again(
    flow: FlowDocument, qtbot: QtBot, folder: Path
) -> None:
    (folder / "flow.json").unlink()
    qtbot.waitUntil(has_lost(flow, "missing-file"))
    assert isinstance(saved(flow, qtbot), Saved)
    assert flow.lost_folder is None
    assert (folder / "flow.json").exists()


def test_a_flow_whose_folder_has_gone_is_journalled_whole(
    flow: FlowDocument, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    shutil.rmtree(folder)
    qtbot.waitUntil(has_lost(flow, "missing-folder"))
    draft = flow.draft
    flow.journal_now()
    kept = Journal(folder, tmp_path / "state").read()
    assert kept is not None
    assert kept.files == draft.content()


def test_second_window_looks_on(
    flow: FlowDocument, open_flow: Callable[..., FlowDocument], folder: Path, qtbot: QtBot
) -> None:
    second = open_flow(folder)
    assert isinstance(second.read_only, OpenElsewhere)
    refused = second.apply(rename(second.draft))
    assert isinstance(refused, EditRefused)
    assert isinstance(saved(second, qtbot), SaveRefused)
    edit(flow, rename)
    with qtbot.waitSignal(second.draft_changed):
        flow.save()
    assert names(second.draft)[0] == "Closed at weekends"


def test_second_window_may_edit_once_the_first_is_closed(
    flow: FlowDocument, open_flow: Callable[..., FlowDocument], folder: Path
) -> None:
    second = open_flow(folder)
    assert isinstance(second.edit_here(), OpenElsewhere)
    closed(flow)
    assert second.edit_here() is None
    assert second.apply(rename(second.draft)) is None


def test_user_can_edit_although_another_window_does(
    flow: FlowDocument, open_flow: Callable[..., FlowDocument], folder: Path
) -> None:
    second = open_flow(folder)
    assert second.edit_here(take_over=True) is None


def test_flow_that_was_repaired_outside_can_be_edited(
    open_flow: Callable[..., FlowDocument], tmp_path: Path, qtbot: QtBot
) -> None:
    folder = write_folder(tmp_path / "broken")
    whole = (folder / "flow.json").read_bytes()
    (folder / "flow.json").write_bytes(b"{ half")
    flow = open_flow(folder)
    assert not may_edit(flow)
    with qtbot.waitSignal(flow.draft_changed):
        (folder / "flow.json").write_bytes(whole)
    assert may_edit(flow)
    assert names(flow.draft) == ["Colour"]


def test_newer_format_is_looked_at(
    open_flow: Callable[..., FlowDocument], tmp_path: Path, qtbot: QtBot
) -> None:
    newer = document(action(), format="loginwright/flow@2")
    flow = open_flow(write_folder(tmp_path / "newer", newer))
    assert isinstance(flow.read_only, NotWritable)
    assert isinstance(flow.apply(remove_actions(flow.draft, {"colour"})), EditRefused)
    assert isinstance(saved(flow, qtbot), SaveRefused)


def test_save_that_would_lose_something_says_what(
    open_flow: Callable[..., FlowDocument], tmp_path: Path, qtbot: QtBot
) -> None:
    folder = write_folder(tmp_path / "odd", document(action(), surprise=1))
    flow = open_flow(folder)
    edit(flow, lambda draft: rename_action(draft, "colour", "B"))
    answer = saved(flow, qtbot)
    assert isinstance(answer, SaveWouldLose)
    assert answer.problems[0].rule == "unknown-key"
    with qtbot.waitSignal(flow.save_finished):
        flow.save(accept_loss=True)
    assert "surprise" not in (folder / "flow.json").read_text(encoding="utf-8")


def test_bundled_sample_is_saved_elsewhere_and_goes_on_there(
    open_flow: Callable[..., FlowDocument], folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    flow = open_flow(folder, bundled=True)
    edit(flow, rename)
    assert saved(flow, qtbot) == NeedsPlace()
    with qtbot.waitSignal(flow.save_finished) as finished:
        flow.save_as(tmp_path / "mine")
    assert isinstance(finished.args[0].answer, Saved)
    assert flow.saved_state.path == tmp_path / "mine"
    assert is_saved(flow)
    edit(flow, lambda draft: change_code(draft, BLOCK, b"// mine"))
    assert isinstance(saved(flow, qtbot), Saved)
    assert (tmp_path / "mine" / BLOCK).read_bytes() == b"// mine"
    assert (folder / BLOCK).read_bytes() != b"// mine"
    free = FolderLock(folder, tmp_path / "state")
    assert free.take() is None
    free.release()


def test_pasted_action_is_added_with_the_secrets_it_reads(flow: FlowDocument, qtbot: QtBot) -> None:
    code = flow.draft.flow.files["actions/ask-favourite-colour.js"]
    with qtbot.waitSignal(flow.draft_changed) as change:
        flow.bring(lambda: [action_of_code(code)], 0)
    added = flow.draft.flow.actions[0]
    assert change.args[0].name == "Add Redirect to my-app.example.com"
    assert change.args[0].focus == ActionsFocus((added.id,))
    assert (added.language, added.secrets) == ("javascript", ("MY_SHARED_SECRET",))
    assert flow.draft.flow.source(added) == code


def test_dropped_file_that_is_no_action_is_refused(
    flow: FlowDocument, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(flow.edit_refused) as refused:
        flow.bring(lambda: actions_of_files([tmp_path / "notes.txt"]))
    assert refused.args[0].message.startswith("notes.txt is no action")


def test_files_that_do_not_fit_are_refused(flow: FlowDocument, qtbot: QtBot) -> None:
    with qtbot.waitSignal(flow.edit_refused) as refused:
        flow.bring(lambda: [blank_action("python")] * 17)
    assert refused.args[0].message == "The flow has 4 of 20 actions; 17 more do not fit."


def test_nothing_to_recover_is_said(flow: FlowDocument) -> None:
    assert isinstance(flow.recover(), EditRefused)


def test_edit_of_another_document_is_a_mistake(flow: FlowDocument) -> None:
    with pytest.raises(ValueError, match="another draft"):
        flow.apply(rename_action(draft_of("A"), "a", "B"))
