"""Secrets go into keyrings that keep them, under ids that no folder can guess."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringLocked

from fake_keyring import ACCEPTED, FakeKeyring, chained_keyrings, fail_keyring, null_keyring
from loginwright_designer.document.keyring_store import (
    ACCEPTED_KEYRINGS,
    KEYRING_FAILED,
    NO_KEYRING,
    NO_SCOPE,
    InKeyring,
    KeptValues,
    KeyringStore,
    accepted_keyring,
    check_key,
)

if TYPE_CHECKING:
    from pathlib import Path

KEPT = InKeyring("Test keyring")


@pytest.fixture
def backend() -> FakeKeyring:
    """A keyring in memory."""
    return FakeKeyring()


@pytest.fixture
def store(tmp_path: Path, backend: FakeKeyring) -> KeyringStore:
    """A store on that keyring."""
    return KeyringStore(tmp_path / "state", lambda: backend, ACCEPTED)


def test_kept_value_comes_back(store: KeyringStore, tmp_path: Path) -> None:
    assert store.keep(tmp_path, {"A": "canary", "B": "other"}) == KEPT
    assert store.load(tmp_path, ["A", "C"]) == KeptValues({"A": "canary"}, KEPT)


def test_forgotten_value_is_gone(store: KeyringStore, tmp_path: Path) -> None:
    store.keep(tmp_path, {"A": "canary"})
    store.keep(tmp_path, {"A": None, "NEVER": None})
    assert store.load(tmp_path, ["A"]).values == {}


def test_entry_is_named_by_a_random_id(
    store: KeyringStore, backend: FakeKeyring, tmp_path: Path
) -> None:
    store.keep(tmp_path / "one", {"A": "1"})
    store.keep(tmp_path / "two", {"A": "2"})
    first, second = (service for service, _ in backend.entries)
    assert first != second
    assert first.startswith("loginwright/")
    assert len(first) == len("loginwright/") + 32
    assert store.load(tmp_path / "one", ["A"]).values == {"A": "1"}


def test_folder_without_entries_asks_the_keyring_nothing(
    store: KeyringStore, backend: FakeKeyring, tmp_path: Path
) -> None:
    assert store.load(tmp_path, ["A"]) == KeptValues({}, KEPT)
    assert backend.asked == 0


@pytest.mark.parametrize("backend", [fail_keyring(), null_keyring(), object()])
def test_other_backends_count_as_none(backend: object, tmp_path: Path) -> None:
    store = KeyringStore(tmp_path, lambda: backend)
    assert store.keep(tmp_path, {"A": "canary"}) == NO_KEYRING
    assert store.load(tmp_path, ["A"]) == KeptValues({}, NO_KEYRING)


def test_subclass_of_an_accepted_backend_is_another_class(tmp_path: Path) -> None:
    class Plaintext(FakeKeyring):
        """Writes values anywhere."""

    store = KeyringStore(tmp_path, Plaintext, ACCEPTED)
    assert store.keep(tmp_path, {"A": "canary"}) == NO_KEYRING


def test_accepted_one_of_several_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ChainerBackend, "backends", [null_keyring(), FakeKeyring()])
    found = accepted_keyring(chained_keyrings(), ACCEPTED)
    assert found is not None
    assert isinstance(found[0], FakeKeyring)


def test_only_four_kinds_of_keyring_are_accepted() -> None:
    assert {*ACCEPTED_KEYRINGS.values()} == {
        "Secret Service",
        "KWallet",
        "macOS Keychain",
        "Windows Credential Manager",
    }


def test_locked_keyring_is_told(store: KeyringStore, backend: FakeKeyring, tmp_path: Path) -> None:
    store.keep(tmp_path, {"A": "canary"})
    backend.error = KeyringLocked("locked")
    assert store.load(tmp_path, ["A"]) == KeptValues({}, KEYRING_FAILED)
    assert store.keep(tmp_path, {"A": "new"}) == KEYRING_FAILED


def test_notes_hold_no_value_and_are_private(store: KeyringStore, tmp_path: Path) -> None:
    store.keep(tmp_path, {"A": "canary"})
    (notes,) = (tmp_path / "state").iterdir()
    assert stat.S_IMODE(notes.stat().st_mode) == 0o600
    assert "canary" not in notes.read_text(encoding="utf-8")


def test_place_that_cannot_be_written_keeps_nothing(backend: FakeKeyring, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_bytes(b"")
    store = KeyringStore(tmp_path / "blocked", lambda: backend, ACCEPTED)
    assert store.keep(tmp_path, {"A": "canary"}) == NO_SCOPE
    assert backend.entries == {}


def test_spoilt_notes_are_begun_anew(store: KeyringStore, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state/keyring-scopes.json").write_bytes(b"{")
    assert store.keep(tmp_path, {"A": "1"}) == KEPT


def test_what_was_kept_is_not_shown(store: KeyringStore, tmp_path: Path) -> None:
    store.keep(tmp_path, {"A": "canary"})
    assert "canary" not in repr(store.load(tmp_path, ["A"]))


def test_check_key_stays_the_same(tmp_path: Path) -> None:
    assert check_key(tmp_path) == check_key(tmp_path)
    assert stat.S_IMODE((tmp_path / "check-key").stat().st_mode) == 0o600
    (tmp_path / "check-key").write_text("short", encoding="ascii")
    assert len(check_key(tmp_path)) == 32
