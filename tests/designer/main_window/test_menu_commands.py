"""The one table of commands."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtGui import QKeySequence

from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.main_window.menu_command import Keys, Menu, MenuCommand
from loginwright_designer.main_window.menu_commands import COMMANDS

EVERYWHERE = {Keys.WINDOW, Keys.CODE}


def share_a_context(first: MenuCommand, second: MenuCommand) -> bool:
    """Whether both may listen to a key at the same time."""
    if first.keys is second.keys:
        return True
    both = {first.keys, second.keys}
    return bool(both & EVERYWHERE) and Keys.GRID not in both


def test_every_command_has_one_row() -> None:
    assert sorted(row.id for row in COMMANDS) == sorted(CommandId)


@pytest.mark.parametrize("mac", [False, True])
def test_no_two_commands_share_a_key_where_both_listen(mac: bool) -> None:
    shared = [
        (first.id, second.id)
        for first, second in combinations(COMMANDS, 2)
        if share_a_context(first, second)
        and {QKeySequence(key).toString() for key in first.keys_on(mac=mac)}
        & {QKeySequence(key).toString() for key in second.keys_on(mac=mac)}
    ]
    assert shared == []


def test_every_row_has_a_text_and_a_menu() -> None:
    assert [row.id for row in COMMANDS if not row.text.strip()] == []
    assert {row.menu for row in COMMANDS} == set(Menu)


def test_every_key_is_one_that_qt_can_read() -> None:
    keys = [key for row in COMMANDS for mac in (False, True) for key in row.keys_on(mac=mac)]
    assert [key for key in keys if QKeySequence(key).isEmpty()] == []


def test_time_moves_with_other_keys_on_macos() -> None:
    rows = {row.id: row for row in COMMANDS}
    assert rows[CommandId.BACK_IN_TIME].keys_on(mac=False) == ("Alt+Left",)
    assert rows[CommandId.BACK_IN_TIME].keys_on(mac=True) == ("Ctrl+Alt+Left",)
