"""The seal of a suspended login: it opens for the state it was made with and nobody else."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.errors import OptionsError
from loginwright_runtime.login.requests import BindBrowser
from loginwright_runtime.tokens.sealing import (
    SealBroken,
    SealedFor,
    Sealer,
    digest_of,
    new_browser_key,
    new_state,
)

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
LOGIN = b'{"user":"auth0|0001"}'


def row_for(state: str) -> SealedFor:
    digest = digest_of(state)
    assert digest is not None
    return SealedFor(digest, "sha256:3fa9", "tx-1", 1_795_431_600.125)


def test_who_brings_the_state_opens_the_seal() -> None:
    state = new_state()
    sealed = Sealer([KEY]).seal(LOGIN, state, row_for(state))
    assert Sealer([KEY]).open(sealed, state, row_for(state)) == LOGIN


def test_another_state_opens_nothing() -> None:
    state, other = new_state(), new_state()
    sealer = Sealer([KEY])
    sealed = sealer.seal(LOGIN, state, row_for(state))
    assert sealer.open(sealed, other, row_for(state)) == SealBroken()
    assert sealer.open(sealed, other, row_for(other)) == SealBroken()


@pytest.mark.parametrize("state", ["", "short", "é" * 43, "x" * 44, "x" * 42 + "\n"])
def test_what_cannot_be_a_state_opens_nothing(state: str) -> None:
    right = new_state()
    sealer = Sealer([KEY])
    sealed = sealer.seal(LOGIN, right, row_for(right))
    assert digest_of(state) is None
    assert sealer.open(sealed, state, row_for(right)) == SealBroken()
    assert sealer.open(sealed, state, replace(row_for(right), state_digest="")) == SealBroken()


def test_another_server_s_key_opens_nothing() -> None:
    state = new_state()
    sealed = Sealer([KEY]).seal(LOGIN, state, row_for(state))
    assert Sealer([OTHER_KEY]).open(sealed, state, row_for(state)) == SealBroken()
    assert Sealer.unkeyed().open(sealed, state, row_for(state)) == SealBroken()


def test_keys_rotate_the_first_seals_and_any_opens() -> None:
    state = new_state()
    before = Sealer([KEY]).seal(LOGIN, state, row_for(state))
    rotated = Sealer([OTHER_KEY, KEY])
    after = rotated.seal(LOGIN, state, row_for(state))
    assert rotated.open(before, state, row_for(state)) == LOGIN
    assert rotated.open(after, state, row_for(state)) == LOGIN
    assert Sealer([OTHER_KEY]).open(after, state, row_for(state)) == LOGIN
    assert Sealer([KEY]).open(after, state, row_for(state)) == SealBroken()


def test_the_command_line_seals_without_a_server_key() -> None:
    state = new_state()
    sealed = Sealer.unkeyed().seal(LOGIN, state, row_for(state))
    assert Sealer.unkeyed().open(sealed, state, row_for(state)) == LOGIN
    assert Sealer([KEY]).open(sealed, state, row_for(state)) == SealBroken()


@pytest.mark.parametrize(
    "changed",
    [
        lambda row: replace(row, flow_version="sha256:3fa8"),
        lambda row: replace(row, transaction_id="tx-2"),
        lambda row: replace(row, expires_at=row.expires_at + 0.001),
        lambda row: replace(row, state_digest="0" * 64),
        lambda row: replace(row, flow_version="sha256:3fa9,4:tx-1", transaction_id=""),
    ],
    ids=["version", "transaction", "expiry", "digest", "text moved over a border"],
)
def test_a_row_whose_columns_were_changed_no_longer_opens(
    changed: Callable[[SealedFor], SealedFor],
) -> None:
    state = new_state()
    sealed = Sealer([KEY]).seal(LOGIN, state, row_for(state))
    assert Sealer([KEY]).open(sealed, state, changed(row_for(state))) == SealBroken()


def test_two_rows_swapped_by_a_writer_of_the_store_do_not_open() -> None:
    sealer, mine, theirs = Sealer([KEY]), new_state(), new_state()
    sealed_mine = sealer.seal(b"mine", mine, row_for(mine))
    sealed_theirs = sealer.seal(b"theirs", theirs, row_for(theirs))
    assert sealer.open(sealed_theirs, mine, row_for(mine)) == SealBroken()
    assert sealer.open(sealed_mine, theirs, row_for(theirs)) == SealBroken()


@given(st.binary(max_size=300), st.data())
def test_one_flipped_bit_anywhere_breaks_the_seal(content: bytes, data: st.DataObject) -> None:
    state = new_state()
    sealer = Sealer([KEY])
    sealed = bytearray(sealer.seal(content, state, row_for(state)))
    position = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[position // 8] ^= 1 << (position % 8)
    assert sealer.open(bytes(sealed), state, row_for(state)) == SealBroken()


@given(st.integers(0, 48))
def test_a_seal_cut_short_anywhere_is_broken(length: int) -> None:
    state = new_state()
    sealer = Sealer([KEY])
    sealed = sealer.seal(LOGIN, state, row_for(state))
    assert length < len(sealed)
    assert sealer.open(sealed[:length], state, row_for(state)) == SealBroken()


def test_the_store_sees_nothing_of_the_login_or_its_state() -> None:
    state = new_state()
    sealed = Sealer([KEY]).seal(LOGIN, state, row_for(state))
    assert LOGIN not in sealed
    assert len(sealed) == 12 + len(LOGIN) + 16
    assert state.encode() not in sealed
    assert Sealer([KEY]).seal(LOGIN, state, row_for(state)) != sealed


@pytest.mark.parametrize("keys", [[], [b""], [b"k" * 31], [b"k" * 33], [KEY, b"short"]])
def test_server_keys_have_32_bytes(keys: list[bytes]) -> None:
    with pytest.raises(OptionsError, match="32 random bytes") as caught:
        Sealer(keys)
    (problem,) = caught.value.problems
    assert str(problem.path).startswith("store_keys")
    assert "kkkk" not in str(caught.value)


def test_states_and_browser_keys_are_fresh_url_safe_and_256_bits() -> None:
    made = {make() for make in (new_state, new_browser_key) for _ in range(50)}
    assert len(made) == 100
    assert {len(name) for name in made} == {43}
    assert all(name.replace("-", "").replace("_", "").isalnum() for name in made)


def test_a_browser_key_is_one_that_a_request_accepts() -> None:
    assert BindBrowser(new_browser_key()).digest() is not None


def test_a_digest_is_sha_256_of_the_state() -> None:
    state = "A" * 43
    assert digest_of(state) == hashlib.sha256(state.encode()).hexdigest()
    assert BindBrowser(state).digest() == digest_of(state)


def test_neither_key_nor_state_stands_in_a_repr() -> None:
    secret_key = os.urandom(32)
    assert repr(Sealer([secret_key, KEY])) == "Sealer(2 keys)"
