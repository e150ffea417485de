"""Secret values come from where they were put, first hit wins, and no error ever shows one."""

from __future__ import annotations

import json
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loginwright_runtime.errors import SecretError
from loginwright_runtime.extension_points import SecretRequest
from loginwright_runtime.stores.secret_sources import (
    ChainedSecrets,
    DirectorySecrets,
    EnvironmentSecrets,
    FileSecrets,
    MappingSecrets,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loginwright_runtime.extension_points import SecretSource

CANARY = "canary-value-7f3a"
LONG = CANARY + "x" * 4096


def asking(*names: str, action: str = "colour") -> SecretRequest:
    return SecretRequest("Customer login", action, names)


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def assert_hides(error: SecretError, *values: str) -> None:
    shown = "".join(traceback.format_exception(error)) + repr(error) + repr(error.problems)
    for value in values:
        assert value not in shown
    cause: BaseException | None = error.__context__
    while cause is not None:
        assert CANARY not in repr(cause.args) + repr(vars(cause))
        cause = cause.__context__


# --- mapping --------------------------------------------------------------------------------------


async def test_value_by_name_is_for_every_action() -> None:
    source = MappingSecrets({"KEY": "v"})
    assert await source.secrets(asking("KEY")) == {"KEY": "v"}
    assert await source.secrets(asking("KEY", action="roles")) == {"KEY": "v"}


async def test_value_by_action_is_for_that_action_and_comes_first() -> None:
    source = MappingSecrets({"KEY": "all", "colour": {"KEY": "mine"}, "roles": {"OTHER": "o"}})
    assert await source.secrets(asking("KEY")) == {"KEY": "mine"}
    assert await source.secrets(asking("KEY", "OTHER", action="roles")) == {
        "KEY": "all",
        "OTHER": "o",
    }
    assert await source.secrets(asking("KEY", "OTHER", action="third")) == {"KEY": "all"}


async def test_name_nobody_knows_is_left_out() -> None:
    assert await MappingSecrets({}).secrets(asking("KEY")) == {}


async def test_only_what_was_asked_for_is_given() -> None:
    assert await MappingSecrets({"KEY": "v", "OTHER": "w"}).secrets(asking("OTHER")) == {
        "OTHER": "w"
    }


async def test_later_change_of_the_mapping_changes_nothing() -> None:
    values = {"KEY": "v"}
    source = MappingSecrets(values)
    values["KEY"] = "w"
    assert await source.secrets(asking("KEY")) == {"KEY": "v"}


async def test_value_of_4096_bytes_will_do_and_one_more_will_not() -> None:
    longest = "ü" * 2048
    assert await MappingSecrets({"KEY": longest}).secrets(asking("KEY")) == {"KEY": longest}
    with pytest.raises(SecretError, match="4097 bytes") as refused:
        MappingSecrets({"KEY": longest + "x"})
    assert refused.value.problems[0].path == "$.KEY"
    assert_hides(refused.value, longest)


@pytest.mark.parametrize("name", ["9KEY", "KEY.NAME", "", "K" * 129, CANARY + "!"])
def test_key_that_is_no_name_is_not_repeated(name: str) -> None:
    with pytest.raises(SecretError, match="key of member 2") as refused:
        MappingSecrets({"KEY": "v", name: CANARY})
    assert refused.value.problems[0].path == "$"
    assert_hides(refused.value, CANARY, *([name] if name else []))


# --- file -----------------------------------------------------------------------------------------


async def test_file_gives_values_by_name_and_by_action(tmp_path: Path) -> None:
    content = json.dumps({"KEY": "v", "colour": {"OTHER": "w"}})
    source = FileSecrets(written(tmp_path / "secrets.json", content))
    assert await source.secrets(asking("KEY", "OTHER")) == {"KEY": "v", "OTHER": "w"}


async def test_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "secrets.json", b'\xef\xbb\xbf{"KEY": "v"}')
    assert await FileSecrets(path).secrets(asking("KEY")) == {"KEY": "v"}


WRONG_FILES: list[tuple[str | bytes, str, str | None]] = [
    (f'["{CANARY}"]', "no JSON object", "$"),
    (f'"{CANARY}"', "no JSON object", "$"),
    (f'{{"KEY": "{CANARY}"', "line 1, column", None),
    (f'{{"KEY": "{CANARY}",\n "OTHER": \\x}}', "line 2, column 11", None),
    (f'{{"KEY": ["{CANARY}"]}}', "no text", "$.KEY"),
    ('{"KEY": 7312345}', "no text", "$.KEY"),
    ('{"KEY": null}', "no text", "$.KEY"),
    (f'{{"colour": {{"KEY": {{"a": "{CANARY}"}}}}}}', "no text", "$.colour.KEY"),
    (f'{{"colour": {{"a b": "{CANARY}"}}}}', "key of member 1", "$.colour"),
    (f'{{"{CANARY}!": "KEY"}}', "key of member 1", "$"),
    (f'{{"Colour": {{"KEY": "{CANARY}"}}}}', "no action id", "$"),
    (f'{{"KEY": "{CANARY}", "KEY": "other"}}', "twice", "$"),
    (f'{{"colour": {{"KEY": "a", "KEY": "{CANARY}"}}}}', "twice", "$"),
    (f'{{"KEY": "{LONG}"}}', "at most 4096", "$.KEY"),
    ('{"KEY": "' + CANARY + '\\ud800"}', "no valid Unicode", "$.KEY"),
    (b'{"KEY": "' + CANARY.encode() + b'\xff"}', "no UTF-8", None),
    ("[" * 100_000, "cannot be read as JSON", "$"),
    ('{"KEY": ' + "7" * 5000 + "}", "cannot be read as JSON", "$"),
    (b" " * 4_000_001, "larger than 4 MB", None),
    ("", "line 1, column 1", None),
]


@pytest.mark.parametrize(("content", "reason", "place"), WRONG_FILES)
def test_wrong_file_is_named_with_place_reason_and_remedy_and_no_value(
    tmp_path: Path, content: str | bytes, reason: str, place: str | None
) -> None:
    path = written(tmp_path / "secrets.json", content)
    with pytest.raises(SecretError) as refused:
        FileSecrets(path)
    (problem,) = refused.value.problems
    assert problem.file == str(path)
    assert problem.path == place
    assert reason in problem.message
    assert problem.remedy
    assert problem.severity == "error"
    assert_hides(refused.value, CANARY)


@given(content=st.text(max_size=60) | st.binary(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_content_is_read_or_refused_in_words(tmp_path: Path, content: str | bytes) -> None:
    raw = content if isinstance(content, bytes) else content.encode(errors="surrogatepass")
    path = written(tmp_path / "secrets.json", raw)
    with suppress(SecretError):
        FileSecrets(path)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SecretError, match="cannot be read") as refused:
        FileSecrets(tmp_path / "nowhere.json")
    assert refused.value.problems[0].file == str(tmp_path / "nowhere.json")


def test_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SecretError, match="cannot be read"):
        FileSecrets(tmp_path)


# --- folder ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("v", "v"),
        ("v\n", "v"),
        ("v\r\n", "v"),
        ("v\n\n", "v\n"),
        ("v\r", "v\r"),
        (" v \n", " v "),
        ("one\ntwo\n", "one\ntwo"),
        ("", ""),
        ("\n", ""),
        ("x" * 4096 + "\r\n", "x" * 4096),
    ],
)
async def test_one_line_end_does_not_belong_to_the_value(
    tmp_path: Path, content: str, value: str
) -> None:
    written(tmp_path / "KEY", content)
    assert await DirectorySecrets(tmp_path).secrets(asking("KEY", "OTHER")) == {"KEY": value}


async def test_mounted_secret_that_is_rotated_is_seen(tmp_path: Path) -> None:
    written(tmp_path / "first", "old\n")
    written(tmp_path / "second", "new\n")
    (tmp_path / "KEY").symlink_to("first")
    source = DirectorySecrets(tmp_path)
    assert await source.secrets(asking("KEY")) == {"KEY": "old"}
    swap_link(tmp_path / "KEY", "second")
    assert await source.secrets(asking("KEY")) == {"KEY": "new"}


def swap_link(link: Path, target: str) -> None:
    link.unlink()
    link.symlink_to(target)


async def test_name_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    written(tmp_path / "KEY", CANARY)
    source = DirectorySecrets(tmp_path / "folder")
    assert await source.secrets(asking("../KEY", "folder/../../KEY", str(tmp_path / "KEY"))) == {}


@pytest.mark.parametrize(
    ("content", "reason"), [(LONG, "at most 4096"), (CANARY.encode() + b"\xff", "no UTF-8")]
)
async def test_file_that_is_no_secret_is_named(
    tmp_path: Path, content: str | bytes, reason: str
) -> None:
    written(tmp_path / "KEY", content)
    with pytest.raises(SecretError, match=reason) as refused:
        await DirectorySecrets(tmp_path).secrets(asking("KEY"))
    assert refused.value.problems[0].file == str(tmp_path / "KEY")
    assert_hides(refused.value, CANARY)


async def test_folder_in_place_of_a_secret_is_named(tmp_path: Path) -> None:
    (tmp_path / "KEY").mkdir()
    with pytest.raises(SecretError, match="cannot be read") as refused:
        await DirectorySecrets(tmp_path).secrets(asking("KEY"))
    assert refused.value.problems[0].file == str(tmp_path / "KEY")


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SecretError, match="no such folder") as refused:
        DirectorySecrets(tmp_path / "nowhere")
    assert refused.value.problems[0].file == str(tmp_path / "nowhere")


# --- environment ----------------------------------------------------------------------------------


async def test_environment_gives_what_has_the_prefix() -> None:
    environ = {"LOGINWRIGHT_SECRET_KEY": "v", "LOGINWRIGHT_SECRET_a-b": "w", "OTHER": "o"}
    source = EnvironmentSecrets(environ)
    assert await source.secrets(asking("KEY", "a-b", "OTHER")) == {"KEY": "v", "a-b": "w"}


@pytest.mark.parametrize("value", [LONG, f"{CANARY}\udcff"])
async def test_variable_that_is_no_secret_is_named(value: str) -> None:
    source = EnvironmentSecrets({"LOGINWRIGHT_SECRET_KEY": value})
    with pytest.raises(SecretError) as refused:
        await source.secrets(asking("KEY"))
    assert refused.value.problems[0].file == "LOGINWRIGHT_SECRET_KEY"
    assert_hides(refused.value, CANARY)


# --- one after another ----------------------------------------------------------------------------


class Recording:
    """A source that remembers what it was asked."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values = values
        self.asked: list[tuple[str, ...]] = []

    async def secrets(self, request: SecretRequest) -> dict[str, str]:
        self.asked.append(request.names)
        return self.values


async def test_first_hit_wins_and_only_missing_names_are_asked_for() -> None:
    first, second = Recording({"A": "1"}), Recording({"B": "2"})
    third = Recording({})
    source = ChainedSecrets(first, second, third)
    assert await source.secrets(asking("A", "B")) == {"A": "1", "B": "2"}
    assert (first.asked, second.asked, third.asked) == ([("A", "B")], [("B",)], [])


async def test_empty_value_is_a_hit() -> None:
    chain = ChainedSecrets(MappingSecrets({"A": ""}), MappingSecrets({"A": "later"}))
    assert await chain.secrets(asking("A")) == {"A": ""}


async def test_chain_without_sources_finds_nothing() -> None:
    assert await ChainedSecrets().secrets(asking("A")) == {}


SOURCES: list[Callable[[Path], SecretSource]] = [
    lambda _folder: MappingSecrets({"KEY": CANARY, "colour": {"OTHER": CANARY}}),
    lambda folder: FileSecrets(written(folder / "s.json", json.dumps({"KEY": CANARY}))),
    lambda folder: DirectorySecrets(written(folder / "KEY", CANARY).parent),
    lambda _folder: EnvironmentSecrets({"LOGINWRIGHT_SECRET_KEY": CANARY}),
    lambda _folder: ChainedSecrets(MappingSecrets({"KEY": CANARY})),
]


@pytest.mark.parametrize("make", SOURCES)
async def test_repr_never_shows_a_value(
    tmp_path: Path, make: Callable[[Path], SecretSource]
) -> None:
    source = make(tmp_path)
    assert await source.secrets(asking("KEY")) == {"KEY": CANARY}
    assert CANARY not in repr(source) + str(source) + f"{source}"
    assert repr(source).startswith(type(source).__name__)
