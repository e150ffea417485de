"""Values are set, kept, shown in outline and handed to engines, and leave no other trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent

from designer_drafts import done, sample_draft
from fake_keyring import ACCEPTED, FakeKeyring, fail_keyring
from loginwright_designer.document.action_edits import set_enabled
from loginwright_designer.document.keyring_store import NO_KEYRING, InKeyring, KeyringStore
from loginwright_designer.document.secret_desk import (
    NOT_ASKED,
    NOT_TRUSTED,
    MissingSecret,
    SecretDesk,
    SecretsChange,
    SecretSetting,
)
from loginwright_runtime.extension_points import SecretRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

CANARY = "canary-5b1f8e0c-a-value-of-some-length"
KEY = bytes(32)
NAME = "MY_SHARED_SECRET"


@pytest.fixture
def backend() -> FakeKeyring:
    """A keyring in memory."""
    return FakeKeyring()


@pytest.fixture
def open_desk(
    tmp_path: Path, backend: FakeKeyring, qtbot: QtBot
) -> Iterator[Callable[..., SecretDesk]]:
    """Opens desks for the folder ``flow`` and closes them after the test."""
    desks: list[SecretDesk] = []

    def opened(
        *, trusted: bool = True, deferred: bool = False, keyring: object = backend
    ) -> SecretDesk:
        store = KeyringStore(tmp_path / "state", lambda: keyring, ACCEPTED)
        desks.append(SecretDesk(tmp_path / "flow", SecretSetting(store, KEY, trusted, deferred)))
        return desks[-1]

    yield opened
    for desk in filter(shiboken6.isValid, desks):
        desk.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def in_keyring(desk: SecretDesk) -> Callable[[], bool]:
    return lambda: isinstance(desk.keeping, InKeyring)


async def asked(desk: SecretDesk, *names: str) -> dict[str, str]:
    return dict(await desk.source().secrets(SecretRequest("Customer login", "a", names)))


async def test_value_that_was_set_reaches_the_engine(open_desk: Callable[..., SecretDesk]) -> None:
    desk = open_desk()
    assert desk.set_values({NAME: CANARY}) is None
    assert await asked(desk, NAME, "OTHER") == {NAME: CANARY}


def test_value_outlives_the_window_in_the_keyring(
    open_desk: Callable[..., SecretDesk], qtbot: QtBot
) -> None:
    first = open_desk()
    first.set_values({NAME: CANARY})
    qtbot.waitUntil(in_keyring(first))
    second = open_desk()
    with qtbot.waitSignal(second.secrets_changed) as told:
        second.load([NAME])
    assert told.args == [SecretsChange((NAME,), InKeyring("Test keyring"))]
    assert second.value(NAME) == CANARY


def test_value_set_while_the_keyring_answers_stays(
    open_desk: Callable[..., SecretDesk], qtbot: QtBot
) -> None:
    first = open_desk()
    first.set_values({NAME: "old-value"})
    qtbot.waitUntil(in_keyring(first))
    second = open_desk()
    with qtbot.waitSignals([second.secrets_changed, second.secrets_changed]):
        second.load([NAME])
        second.set_values({NAME: CANARY})
    assert second.value(NAME) == CANARY


def test_without_a_keyring_values_stay_in_memory_and_it_says_so(
    open_desk: Callable[..., SecretDesk], qtbot: QtBot
) -> None:
    desk = open_desk(keyring=fail_keyring())
    assert desk.keeping == NOT_ASKED
    desk.set_values({NAME: CANARY})
    qtbot.waitUntil(lambda: desk.keeping == NO_KEYRING)
    assert desk.value(NAME) == CANARY


def test_a_folder_that_was_trusted_just_now_is_not_said_to_be_strange(
    open_desk: Callable[..., SecretDesk],
) -> None:
    desk = open_desk(trusted=False)
    assert desk.keeping == NOT_TRUSTED
    desk.allow_keyring()
    assert desk.keeping != NOT_TRUSTED


def test_strange_folder_reaches_no_keyring_until_it_is_trusted(
    open_desk: Callable[..., SecretDesk], backend: FakeKeyring, qtbot: QtBot
) -> None:
    desk = open_desk(trusted=False)
    desk.load([NAME])
    desk.set_values({NAME: CANARY})
    assert desk.keeping == NOT_TRUSTED
    desk.close()
    assert backend.asked == 0
    trusted = open_desk(trusted=False)
    trusted.set_values({NAME: CANARY})
    trusted.allow_keyring()
    qtbot.waitUntil(in_keyring(trusted))
    assert list(backend.entries.values()) == [CANARY]


def test_sample_leaves_the_keyring_alone_until_it_is_saved(
    open_desk: Callable[..., SecretDesk], backend: FakeKeyring, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = open_desk(deferred=True)
    desk.generate(NAME)
    desk.load([NAME])
    facts = desk.facts(NAME)
    assert facts is not None
    assert (facts.characters, facts.is_short) == (43, False)
    assert backend.asked == 0
    desk.move_to(tmp_path / "mine", trusted=True)
    qtbot.waitUntil(in_keyring(desk))
    assert list(backend.entries.values()) == [desk.value(NAME)]


def test_forgotten_value_is_gone_everywhere(
    open_desk: Callable[..., SecretDesk], backend: FakeKeyring, qtbot: QtBot
) -> None:
    desk = open_desk()
    desk.set_values({NAME: CANARY})
    desk.forget(NAME)
    desk.forget("NEVER_THERE")
    assert (desk.value(NAME), desk.facts(NAME)) == (None, None)
    desk.close()
    assert backend.entries == {}


@pytest.mark.parametrize("value", ["", "x" * 5000, "\ud800"])
def test_value_that_cannot_be_is_refused_without_being_told(
    open_desk: Callable[..., SecretDesk], value: str
) -> None:
    desk = open_desk()
    problem = desk.set_values({"GOOD": CANARY, NAME: value})
    assert problem is not None
    assert problem.path == NAME
    assert "xxx" not in str(problem)
    assert desk.value("GOOD") is None


def test_missing_values_are_listed_with_who_needs_them(
    open_desk: Callable[..., SecretDesk],
) -> None:
    desk = open_desk()
    draft = sample_draft()
    assert desk.missing(draft) == (MissingSecret(NAME, ("Ask favourite colour",)),)
    off = done(set_enabled(draft, {"ask-favourite-colour"}, enabled=False)).after
    assert desk.missing(off) == ()
    desk.generate(NAME)
    assert desk.missing(draft) == ()


def test_nothing_that_is_printed_shows_a_value(
    open_desk: Callable[..., SecretDesk], qtbot: QtBot
) -> None:
    desk = open_desk()
    with qtbot.waitSignal(desk.secrets_changed) as told:
        desk.set_values({NAME: CANARY})
    shown = [desk, told.args, desk.facts(NAME), desk.source(), desk.keeping]
    assert CANARY not in "".join(map(repr, shown))


def test_closed_desk_keeps_no_value(open_desk: Callable[..., SecretDesk]) -> None:
    desk = open_desk(trusted=False)
    desk.set_values({NAME: CANARY})
    desk.close()
    assert desk.value(NAME) is None
