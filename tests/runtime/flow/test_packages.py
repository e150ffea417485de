"""npm packages against their lock."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_folders import lock, package, write_files
from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow import package_check
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.flow.package_check import check_packages, locked_files, package_warnings
from loginwright_runtime.flow.package_lock import LockedPackage, PackageLock, read_lock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

ONE: dict[str, JsonValue] = {"version": "1.0.0"}
WORDS = "node_modules/words"


def problems(folder: Path, locked: Mapping[str, JsonValue] | None) -> list[tuple[str, str | None]]:
    files = {} if locked is None else {"package-lock.json": lock(locked)}
    checked = check_packages(files, folder.resolve())
    return [(problem.rule, problem.file) for problem in checked.problems]


def installed(folder: Path, *packages: dict[str, bytes]) -> Path:
    for files in packages:
        write_files(folder, files)
    return folder


def decoded(data: bytes, name: str = "package-lock.json") -> PackageLock:
    read = read_lock({name: data})
    assert isinstance(read, PackageLock)
    return read


def test_locked_packages_are_taken_whole(tmp_path: Path) -> None:
    scoped, inner = "node_modules/@team/words", "node_modules/@team/words/node_modules/deep"
    parts = [package(WORDS, files={".rc": b"x"}), package(scoped), package(inner, "2.0.0")]
    installed(tmp_path, *parts)
    locked: dict[str, JsonValue] = {WORDS: ONE, scoped: ONE, inner: {"version": "2.0.0"}}
    taken = locked_files({"package-lock.json": lock(locked)}, tmp_path.resolve())
    assert taken == {**parts[0], **parts[1], **parts[2]}


def test_a_package_that_is_not_installed_is_named(tmp_path: Path) -> None:
    installed(tmp_path, package(WORDS))
    locked: dict[str, JsonValue] = {WORDS: ONE, "node_modules/other": ONE}
    assert problems(tmp_path, locked) == [("package-missing", "node_modules/other")]


def test_a_lock_without_node_modules_asks_for_an_installation(tmp_path: Path) -> None:
    assert problems(tmp_path, {WORDS: ONE}) == [("package-missing", "node_modules")]
    with pytest.raises(FlowError, match="Run npm ci"):
        locked_files({"package-lock.json": lock({WORDS: ONE})}, None)


@pytest.mark.parametrize("mark", ["dev", "optional", "devOptional"])
def test_what_need_not_be_there_may_be_missing(tmp_path: Path, mark: str) -> None:
    locked: dict[str, JsonValue] = {"node_modules/lint": {**ONE, mark: True}}
    assert problems(tmp_path, locked) == []
    installed(tmp_path, {"node_modules/.package-lock.json": b"{}"})
    assert problems(tmp_path, locked) == []


@pytest.mark.parametrize("mark", ["optional", "devOptional"])
def test_an_optional_package_that_is_there_is_taken(tmp_path: Path, mark: str) -> None:
    installed(tmp_path, package(WORDS))
    files = {"package-lock.json": lock({WORDS: {**ONE, mark: True}})}
    assert locked_files(files, tmp_path.resolve()) == package(WORDS)


def test_a_development_package_is_never_taken(tmp_path: Path) -> None:
    lint = "node_modules/lint"
    installed(tmp_path, package(WORDS), package(lint), package(f"{lint}/node_modules/deep"))
    locked: dict[str, JsonValue] = {
        WORDS: ONE,
        lint: {**ONE, "dev": True},
        f"{lint}/node_modules/deep": {**ONE, "dev": True},
    }
    files = {"package-lock.json": lock(locked)}
    assert locked_files(files, tmp_path.resolve()) == package(WORDS)


def test_another_version_is_told_from_the_locked_one(tmp_path: Path) -> None:
    installed(tmp_path, package(WORDS, "1.0.1"))
    files = {"package-lock.json": lock({WORDS: ONE})}
    (problem,) = check_packages(files, tmp_path.resolve()).problems
    assert (problem.rule, problem.file) == ("package-version", WORDS)
    assert "1.0.1" in problem.message
    assert "1.0.0" in problem.message


@pytest.mark.parametrize("manifest", [b"{", b"[]", b"{}", b'{"version": 1}'])
def test_a_package_that_does_not_tell_its_version_is_another(
    tmp_path: Path, manifest: bytes
) -> None:
    installed(tmp_path, {f"{WORDS}/package.json": manifest})
    assert problems(tmp_path, {WORDS: ONE}) == [("package-version", WORDS)]


def test_a_lock_that_does_not_tell_the_version_matches_none(tmp_path: Path) -> None:
    installed(tmp_path, {f"{WORDS}/package.json": b"{}"})
    assert problems(tmp_path, {WORDS: {}}) == [("package-version", WORDS)]


@pytest.mark.parametrize(
    "other",
    ["node_modules/other", "node_modules/@team/other", "node_modules/words/node_modules/other"],
)
def test_a_package_that_is_not_locked_is_named_once(tmp_path: Path, other: str) -> None:
    installed(tmp_path, package(WORDS), package(other))
    assert problems(tmp_path, {WORDS: ONE}) == [("package-not-locked", other)]


def test_a_stray_file_is_not_locked_either(tmp_path: Path) -> None:
    installed(tmp_path, package(WORDS), {"node_modules/stray.js": b""})
    assert problems(tmp_path, {WORDS: ONE}) == [("package-not-locked", "node_modules/stray.js")]


def test_what_a_package_calls_node_modules_deep_inside_is_its_own(tmp_path: Path) -> None:
    sample = {f"{WORDS}/test/sample/node_modules/fake/index.js": b""}
    installed(tmp_path, package(WORDS), sample)
    files = {"package-lock.json": lock({WORDS: ONE})}
    assert locked_files(files, tmp_path.resolve()) == {**package(WORDS), **sample}


def test_packages_without_a_lock_are_refused(tmp_path: Path) -> None:
    installed(tmp_path, package(WORDS))
    assert problems(tmp_path, None) == [("missing-lock", "node_modules")]


def test_neither_lock_nor_packages_is_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, None) == []
    (tmp_path / "node_modules").mkdir()
    assert problems(tmp_path, None) == []
    assert locked_files({}, None) == {}


def test_a_linked_package_is_refused_once(tmp_path: Path) -> None:
    installed(tmp_path, package("lib/words"), {"node_modules/.keep": b""})
    (tmp_path / WORDS).symlink_to("../lib/words")
    locked: dict[str, JsonValue] = {WORDS: {"resolved": "lib/words", "link": True}, "lib/words": {}}
    assert problems(tmp_path, locked) == [("linked-package", WORDS)]


def test_a_link_without_a_lock_needs_one(tmp_path: Path) -> None:
    installed(tmp_path, package("lib/words"), {"node_modules/.keep": b""})
    (tmp_path / WORDS).symlink_to("../lib/words")
    assert problems(tmp_path, None) == [("missing-lock", "node_modules")]


def test_packages_beyond_20_mb_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert package_check.MAX_PACKED_BYTES == 20_000_000
    installed(tmp_path, package(WORDS))
    size = sum(map(len, package(WORDS).values()))
    monkeypatch.setattr(package_check, "MAX_PACKED_BYTES", size)
    assert problems(tmp_path, {WORDS: ONE}) == []
    monkeypatch.setattr(package_check, "MAX_PACKED_BYTES", size - 1)
    assert problems(tmp_path, {WORDS: ONE}) == [("packages-too-large", "node_modules")]


def test_a_package_file_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(tmp_path, package(WORDS))
    read_bytes = Path.read_bytes

    def refuse_one(path: Path) -> bytes:
        if path.name == "index.js":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse_one)
    assert problems(tmp_path, {WORDS: ONE}) == [("unreadable-file", f"{WORDS}/index.js")]


def test_in_its_folder_a_flow_is_only_warned_of_its_packages(tmp_path: Path) -> None:
    installed(tmp_path, package(WORDS))
    flow = Flow(name="x", version="", packages=tmp_path.resolve())
    (warning,) = package_warnings(flow)
    assert (warning.rule, warning.severity) == ("missing-lock", "warning")
    assert package_warnings(flow.model_copy(update={"packages": None})) == ()


# --- The lock -------------------------------------------------------------------------------------


def test_a_shrinkwrap_goes_before_the_lock() -> None:
    read = read_lock({"package-lock.json": lock({}), "npm-shrinkwrap.json": lock({WORDS: ONE})})
    assert isinstance(read, PackageLock)
    assert (read.file, set(read.packages)) == ("npm-shrinkwrap.json", {WORDS})


def test_no_lock_is_no_lock() -> None:
    assert read_lock({"package.json": b"{}"}) is None


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"{", "invalid-json"),
        (b"[]", "unreadable-lock"),
        (b'{"lockfileVersion": 1, "dependencies": {}}', "unreadable-lock"),
        (b'{"packages": []}', "unreadable-lock"),
    ],
)
def test_a_lock_that_lists_no_packages_is_refused(data: bytes, rule: str) -> None:
    read = read_lock({"package-lock.json": data})
    assert isinstance(read, Problem)
    assert (read.rule, read.file) == (rule, "package-lock.json")
    assert check_packages({"package-lock.json": data}, None).problems == (read,)


KEYS = st.sampled_from(["packages", "", WORDS, "node_modules/", "version", "dev", "link"])
DOCUMENTS: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS | st.text(), inner),
    max_leaves=10,
)


@given(document=DOCUMENTS, packages=DOCUMENTS)
def test_whatever_stands_in_a_lock_it_is_read_or_refused(
    document: JsonValue, packages: JsonValue
) -> None:
    for content in (document, {"packages": packages}):
        read = read_lock({"package-lock.json": json.dumps(content).encode()})
        if isinstance(read, PackageLock):
            assert all(path.startswith("node_modules/") for path in read.packages)
        else:
            assert isinstance(read, Problem)


def test_entries_that_are_no_packages_below_node_modules_are_passed_over() -> None:
    entries: dict[str, JsonValue] = {
        "lib/words": ONE,
        "node_modules/../x": ONE,
        "node_modules//x": ONE,
        "node_modules/odd": [],
    }
    assert decoded(lock(entries)).packages == {"node_modules/odd": LockedPackage(None)}


@given(st.lists(st.sampled_from(["a", "b", "@s/c"]), min_size=1, max_size=3), st.booleans())
def test_a_file_belongs_to_the_innermost_package_around_it(names: list[str], own: bool) -> None:
    paths = ["/".join(f"node_modules/{name}" for name in names[:end]) for end in (1, 2, 3)]
    locked = decoded(lock(dict.fromkeys(paths, ONE)))
    owner = paths[-1]
    file = f"{owner}/src/index.js" if own else f"{owner}/node_modules/z/index.js"
    assert locked.owner(file) == (owner if own else None)


def test_a_package_folder_itself_is_no_file_of_its_own() -> None:
    assert decoded(lock({WORDS: ONE})).owner(WORDS) is None
