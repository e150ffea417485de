"""Flows are opened one after the other, however quickly somebody asks for them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from flow_folders import write_folder
from loginwright_designer.document.action_edits import rename_action
from loginwright_designer.document.folder_lock import FolderLock
from loginwright_designer.document.trust import FolderTrust
from loginwright_designer.preferences import PreferencesFile
from loginwright_designer.serving import Designer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from qasync import QEventLoop

    from designer_driver import Driver
    from loginwright_designer.main_window.wiring.flow_wiring import FlowWiring


HANGS = b"exports.onExecutePostLogin = async () => { for (;;) {} };\n"


def own_folders(home: Path, *names: str) -> list[Path]:
    """Flows of this user's."""
    folders = [write_folder(home / name) for name in names]
    for folder in folders:
        FolderTrust().trust(folder)
    return folders


def ask_at_once(desk: Driver, *folders: Path) -> list[FlowWiring]:
    """Ask for flows while a login runs; the list grows with each that is open."""
    opened: list[FlowWiring] = []
    desk.bench.flow_opened.connect(opened.append)
    desk.press("F5")

    def ask() -> None:
        for folder in folders:
            desk.bench.opening.open(folder)

    desk.inside(ask)
    return opened


def test_of_two_flows_asked_for_at_once_the_last_one_is_open(
    start: Callable[..., Driver], home: Path
) -> None:
    one, other, third = own_folders(home, "one", "other", "third")
    desk = start(one)

    opened = ask_at_once(desk, other, third)
    desk.until(lambda: len(opened) == 2)

    assert [flow.session.document.folder.path for flow in opened] == [other, third]
    assert desk.flow is opened[1]
    other_window = FolderLock(other, home / "state" / "designer")
    assert other_window.take() is None
    other_window.release()


def test_the_keyboard_is_on_the_lane_of_a_flow_that_was_made_from_the_menu(
    start: Callable[..., Driver], home: Path
) -> None:
    [one] = own_folders(home, "one")
    desk = start(one)
    opened: list[FlowWiring] = []
    desk.bench.flow_opened.connect(opened.append)
    desk.window.top_bar.menu_button.setFocus()
    desk.press("Ctrl+N")
    desk.type("Checkout login")
    desk.press("Return")
    desk.until(lambda: bool(opened))
    desk.turn()
    assert desk.focus() is desk.views.lane


def test_a_flow_that_cannot_be_opened_leaves_alone_the_one_that_is_being_opened(
    start: Callable[..., Driver], home: Path
) -> None:
    one, other = own_folders(home, "one", "other")
    desk = start(one)

    opened = ask_at_once(desk, other, home / "nothing here")
    desk.until(lambda: bool(opened) and bool(desk.window.toasts.texts))
    desk.bench.opening.open(one)
    desk.until(lambda: len(opened) > 1)

    assert [flow.session.document.folder.path for flow in opened] == [other, one]


def test_a_window_closed_while_it_opens_another_flow_loses_nothing(
    start: Callable[..., Driver], home: Path
) -> None:
    one, other = own_folders(home, "one", "other")
    (one / "actions" / "colour.js").write_bytes(HANGS)
    desk = start(one)
    document = desk.flow.session.document
    desk.inside(lambda: document.apply(rename_action(document.draft, "colour", "Hue")))
    desk.press("F5")
    left: list[bool] = []

    def close() -> None:
        left.append(desk.bench.flow is None)
        desk.window.close()

    # Behind the task that closes the flow, which waits until its login is gone.
    desk.bench.opening.opened.connect(lambda _: asyncio.get_running_loop().call_soon(close))
    desk.inside(lambda: desk.bench.opening.open(other))
    desk.until(lambda: bool(left))
    desk.close()
    assert left == [True]

    again = start()
    assert again.flow.session.document.folder.path == other
    again.inside(lambda: again.bench.opening.open(one))
    again.until(lambda: again.bench.folder_bars.recovery.isVisible())
    recovered = again.flow.session.document
    again.inside(recovered.recover)
    assert recovered.draft.flow.actions[0].name == "Hue"


def test_a_window_closed_before_anything_was_open_goes_on_there_next_time(
    start: Callable[..., Driver], home: Path, qt_loop: QEventLoop, qapp: QApplication
) -> None:
    (one,) = own_folders(home, "one")
    start(one).close()

    kept = PreferencesFile(home / "config" / "loginwright" / "designer.json")
    designer = Designer(qapp, qt_loop, kept, home / "state" / "designer")
    qt_loop.call_soon(designer.bench.close)
    qt_loop.run_until_complete(designer.serve())
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert start().flow.session.document.folder.path == one
