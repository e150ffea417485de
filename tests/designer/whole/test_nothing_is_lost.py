"""What is not saved outlives the window, and nobody's work is overwritten unseen (desktop.md)."""

from __future__ import annotations

import shutil
import signal
from typing import TYPE_CHECKING

from designer_process import PAUSE_MS, designer
from flow_folders import write_folder
from loginwright_designer.document.recovery import left_behind
from loginwright_designer.document.trust import FolderTrust
from patience import PATIENCE

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from designer_driver import Driver

MOST_LOST = 2.0
"""Seconds of typing, in letters as quickly as somebody types: a busy machine takes longer."""
LETTERS = int(MOST_LOST * 1000 / PAUSE_MS)
A_FEW = 12


def own(home: Path) -> Path:
    """A flow of this user's."""
    folder = write_folder(home / "own")
    FolderTrust().trust(folder)
    return folder


def type_letters(process: subprocess.Popen[str], letters: int) -> None:
    """Let somebody type so many letters, or a few more."""
    assert process.stdout is not None
    for _ in range(letters):
        assert process.stdout.readline().strip() == "x"


def letters_in(desk: Driver) -> int:
    """How many of the letters stand in the action."""
    draft = desk.flow.session.document.draft.flow
    return draft.files[draft.actions[0].code].decode().count("x") - written_before(desk)


def written_before(desk: Driver) -> int:
    """How many there were."""
    folder = desk.flow.session.document.folder.path
    return (folder / "actions" / "colour.js").read_text().count("x")


def test_a_killed_window_loses_two_seconds_at_most(
    start: Callable[..., Driver], home: Path
) -> None:
    folder = own(home)
    with designer(folder) as process:
        type_letters(process, 2 * LETTERS)
        process.send_signal(signal.SIGKILL)
        process.wait()

    desk = start(folder)
    bar = desk.bench.folder_bars.recovery
    assert bar.isVisible()
    assert letters_in(desk) == 0

    desk.click(desk.button("Bring back", bar))
    assert letters_in(desk) >= LETTERS
    assert not bar.isVisible()


def test_an_asked_end_journals_and_asks_nothing(start: Callable[..., Driver], home: Path) -> None:
    folder = own(home)
    with designer(folder) as process:
        type_letters(process, A_FEW)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE) == 0

    desk = start()
    assert desk.flow.session.document.folder.path == folder
    assert letters_in(desk) >= A_FEW


def test_a_killed_window_says_what_comes_back_also_where_the_one_before_it_was_closed(
    start: Callable[..., Driver], home: Path
) -> None:
    folder = own(home)
    with designer(folder) as process:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE) == 0
    with designer(folder) as process:
        type_letters(process, 2 * LETTERS)
        process.send_signal(signal.SIGKILL)
        process.wait()

    desk = start(folder)
    assert desk.bench.folder_bars.recovery.isVisible()


def test_a_second_window_on_a_folder_only_reads(start: Callable[..., Driver], home: Path) -> None:
    folder = own(home)
    with designer(folder):
        desk = start(folder)
        bar = desk.bench.folder_bars.read_only
        assert bar.isVisible()
        desk.views.lane.setFocus()
        desk.press("Home", "Down", "Return")
        desk.type("mine")
        assert desk.flow.session.document.saved_state.is_saved

    desk.click(desk.button("Try again", bar))
    assert not bar.isVisible()
    desk.views.lane.setFocus()
    desk.press("Home", "Down", "Return")
    desk.type("// mine")
    desk.until(lambda: not desk.flow.session.document.saved_state.is_saved)


def test_a_file_changed_elsewhere_is_shown_before_anything_is_overwritten(
    start: Callable[..., Driver], home: Path
) -> None:
    folder = own(home)
    desk = start(folder)
    desk.views.lane.setFocus()
    desk.press("Home", "Down", "Return")
    desk.type("// mine")
    desk.until(lambda: not desk.flow.session.document.saved_state.is_saved)

    theirs = (folder / "actions" / "colour.js").read_text() + "// theirs\n"
    (folder / "actions" / "colour.js").write_text(theirs)
    sheet = desk.bench.folder_bars.outside
    desk.until(lambda: sheet.is_open)
    assert desk.shows("colour.js", sheet)
    assert (folder / "actions" / "colour.js").read_text() == theirs

    desk.click(desk.button("Keep mine", sheet))
    desk.press("Ctrl+S")
    desk.until(lambda: desk.flow.session.document.saved_state.is_saved)
    assert "// mine" in (folder / "actions" / "colour.js").read_text()


def test_a_folder_that_is_deleted_meanwhile_is_told_and_written_again(
    start: Callable[..., Driver], home: Path
) -> None:
    folder = own(home)
    desk = start(folder)
    desk.views.lane.setFocus()
    desk.press("Home", "Down", "Return")
    desk.type("// mine")
    bar = desk.bench.folder_bars.lost_folder
    assert not bar.isVisible()

    shutil.rmtree(folder)
    desk.until(bar.isVisible)
    assert bar.words.startswith("The folder of this flow is gone.")

    desk.click(desk.button("Save it there again", bar))
    desk.until(lambda: desk.flow.session.document.saved_state.is_saved)
    assert not bar.isVisible()
    assert "// mine" in (folder / "actions" / "colour.js").read_text()


def test_a_flow_whose_folder_was_deleted_is_offered_whole_at_the_next_start(
    start: Callable[..., Driver], home: Path
) -> None:
    folder = own(home)
    code = (folder / "actions" / "colour.js").read_bytes()
    desk = start(folder)
    shutil.rmtree(folder)
    desk.until(desk.bench.folder_bars.lost_folder.isVisible)
    desk.close()

    desk = start()
    left = desk.bench.left_behind
    desk.until(left.bar.isVisible)
    assert desk.shows(str(folder), left.bar)
    left.choose_folder = lambda _name, _start: home / "again"
    desk.click(desk.button("Save as…", left.bar))
    desk.until(lambda: desk.flow.session.document.folder.path == home / "again")
    assert (home / "again" / "actions" / "colour.js").read_bytes() == code
    assert not left.bar.isVisible()
    assert desk.bench.folder_bars.trust.isVisible()
    assert left_behind(home / "state" / "designer") == ()


def test_edits_of_a_folder_that_was_moved_wait_for_it_and_say_so(
    start: Callable[..., Driver], home: Path
) -> None:
    folder = own(home)
    with designer(folder) as process:
        type_letters(process, A_FEW)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE) == 0
    away = folder.rename(home / "elsewhere")

    desk = start()
    bar = desk.bench.left_behind.bar
    desk.until(bar.isVisible)
    assert "once it is there again" in bar.words
    desk.click(desk.button("Later", bar))
    assert not bar.isVisible()
    desk.close()

    away.rename(folder)
    desk = start(folder)
    assert not desk.bench.left_behind.bar.isVisible()
    desk.click(desk.button("Bring back", desk.bench.folder_bars.recovery))
    assert letters_in(desk) >= A_FEW


def test_edits_whose_folder_is_gone_for_good_can_be_dropped(
    start: Callable[..., Driver], home: Path
) -> None:
    folder = own(home)
    with designer(folder) as process:
        type_letters(process, A_FEW)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE) == 0
    shutil.rmtree(folder)

    desk = start()
    bar = desk.bench.left_behind.bar
    desk.until(bar.isVisible)
    desk.click(desk.button("Drop", bar))
    desk.close()
    assert left_behind(home / "state" / "designer") == ()
