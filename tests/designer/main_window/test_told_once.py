"""What is told of one step of a login: once, however many hear of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.simulation import states

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from designer_driver import Driver
    from loginwright_designer.panels.bars.bar_signals import StatusWords


def finished(start: Callable[..., Driver]) -> Driver:
    desk = start()
    desk.press("Ctrl+F5")
    desk.until_state(states.Finished)
    return desk


def test_a_position_is_said_once_when_all_is_said_and_done(
    start: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = finished(start)
    told: list[StatusWords] = []
    monkeypatch.setattr(desk.views.status, "show_status", told.append)
    login = desk.flow.session.login

    def look_back() -> None:
        for position in (4, 3, 2):
            login.look_at(position)
        assert told == []

    desk.inside(look_back)
    desk.turn()
    assert [words.text.split()[:3] for words in told] == [["Past:", "step", "2"]]


def test_keys_follow_a_state_before_anything_is_said_of_it(start: Callable[..., Driver]) -> None:
    desk = finished(start)
    commands = desk.window.commands
    allowed = []

    def look_back() -> None:
        desk.flow.session.login.look_at(2)
        allowed.append(commands.state(CommandId.BACK_TO_NOW).enabled)

    desk.inside(look_back)
    assert allowed == [True]
