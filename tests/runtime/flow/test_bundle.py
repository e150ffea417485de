"""Bundles: exported, verified and loaded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_folders import JAVASCRIPT, PYTHON, action, document, lock, package, write_folder
from loginwright_runtime.errors import FlowError
from loginwright_runtime.flow.archive import write_archive
from loginwright_runtime.flow.archive_reading import read_archive
from loginwright_runtime.flow.bundle import export_bundle, open_bundle, read_bundle
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.migrations import FormatHistory, Migration
from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.flow.version import digest, flow_version, with_version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pydantic import JsonValue

    from loginwright_runtime.flow.json_text import JsonObject

Members = dict[str, bytes]
Manifest = dict[str, "JsonValue"]
SCENARIO = {"scenarios/first-login.json": b'{"format": "loginwright/scenario@1"}'}


def a_flow() -> Flow:
    colour = Action(
        id="colour",
        name="Colour",
        code="actions/colour.js",
        language="javascript",
        secrets=("MY_SHARED_SECRET", "A_KEY"),
    )
    roles = Action(
        id="roles",
        name="Roles",
        code="actions/roles.py",
        language="python",
        enabled=False,
        secrets=("UNUSED",),
    )
    files = {"actions/colour.js": JAVASCRIPT, "actions/roles.py": PYTHON, "lib/a.json": b"{}"}
    return with_version(
        Flow(name="Customer login", actions=(colour, roles), files=files, version="")
    )


BUNDLE = export_bundle(a_flow())


def packed_folder(folder: Path) -> Path:
    """A flow folder with a locked package."""
    files = {
        "actions/colour.js": JAVASCRIPT,
        "package.json": b'{"dependencies": {"words": "^1.0.0"}}',
        "package-lock.json": lock({"node_modules/words": {"version": "1.0.0"}}),
        **package("node_modules/words", files={".rc": b"hidden", "bin/x.js": b""}),
        "node_modules/.package-lock.json": b"{}",
    }
    return write_folder(folder, files=files)


def members_of(data: bytes) -> Members:
    return read_archive(data, "x")


def manifest_of(data: bytes) -> Manifest:
    manifest: Manifest = json.loads(members_of(data)["bundle.json"])
    return manifest


def forged(
    change: Callable[[Members, Manifest], None] | None = None,
    *,
    describe: bool = True,
    bundle: bytes = BUNDLE,
) -> bytes:
    """A bundle whose content was changed by somebody who can also write ``bundle.json``."""
    members = members_of(bundle)
    manifest: Manifest = json.loads(members.pop("bundle.json"))
    if change is not None:
        change(members, manifest)
    if describe:
        manifest["members"] = {
            name: {"digest": digest(data), "size": len(data)} for name, data in members.items()
        }
    return write_archive({**members, "bundle.json": json.dumps(manifest).encode()})


def rules(data: bytes) -> list[str]:
    with pytest.raises(FlowError) as refused:
        read_bundle(data, "x.loginflow")
    for problem in refused.value.problems:
        assert problem.file is not None
        assert problem.file.startswith("x.loginflow")
    return [problem.rule for problem in refused.value.problems]


# --- Export ---------------------------------------------------------------------------------------


def test_a_bundle_holds_the_flow_its_code_and_what_it_says_of_them() -> None:
    members = members_of(BUNDLE)
    assert list(members) == [
        "actions/colour.js",
        "actions/roles.py",
        "bundle.json",
        "flow.json",
        "lib/a.json",
    ]
    flow_json = members["flow.json"]
    assert manifest_of(BUNDLE) == {
        "format": "loginwright/bundle@1",
        "version": a_flow().version,
        "secrets": ["A_KEY", "MY_SHARED_SECRET"],
        "members": {
            "actions/colour.js": {"digest": digest(JAVASCRIPT), "size": len(JAVASCRIPT)},
            "actions/roles.py": {"digest": digest(PYTHON), "size": len(PYTHON)},
            "flow.json": {"digest": digest(flow_json), "size": len(flow_json)},
            "lib/a.json": {"digest": digest(b"{}"), "size": 2},
        },
    }


def test_the_same_flow_gives_the_same_bytes(tmp_path: Path) -> None:
    flow = a_flow()
    turned = flow.model_copy(update={"files": dict(reversed(list(flow.files.items())))})
    assert export_bundle(turned) == BUNDLE
    one = write_folder(tmp_path / "one")
    two = write_folder(tmp_path / "two", dict(reversed(document(action()).items())))
    assert export_bundle(read_flow_folder(one)) == export_bundle(read_flow_folder(two))


def test_a_loaded_bundle_is_exported_as_the_same_bytes() -> None:
    assert export_bundle(read_bundle(BUNDLE, "x")) == BUNDLE


def test_scenarios_go_in_only_when_asked_for() -> None:
    with_scenarios = export_bundle(a_flow(), scenarios=SCENARIO)
    assert set(members_of(with_scenarios)) - set(members_of(BUNDLE)) == set(SCENARIO)
    opened = open_bundle(with_scenarios, "x")
    assert opened.scenarios == SCENARIO
    assert opened.flow == read_bundle(BUNDLE, "x")


@pytest.mark.parametrize(
    "name", ["first.json", "scenarios/a/b.json", "scenarios/x.md", "node_modules", ".env", "lib"]
)
def test_a_scenario_stands_where_scenarios_stand(name: str) -> None:
    with pytest.raises(FlowError, match="no place for"):
        export_bundle(a_flow(), scenarios={name: b"{}"})


def test_no_hidden_file_goes_out() -> None:
    flow = a_flow().model_copy(update={"files": {**a_flow().files, "lib/.env": b"SECRET=1"}})
    with pytest.raises(FlowError, match=r"no place for lib/\.env"):
        export_bundle(flow)


def test_a_flow_that_could_not_be_loaded_again_does_not_go_out() -> None:
    flow = a_flow().model_copy(update={"files": {}})
    with pytest.raises(FlowError) as refused:
        export_bundle(flow)
    assert [problem.rule for problem in refused.value.problems] == ["missing-file"] * 2


def test_a_name_that_no_system_holds_does_not_go_out() -> None:
    flow = a_flow().model_copy(update={"files": {**a_flow().files, "lib/con.js": b""}})
    with pytest.raises(FlowError) as refused:
        export_bundle(flow)
    assert [problem.file for problem in refused.value.problems] == ["lib/con.js"]


def test_packages_that_are_not_those_of_the_lock_do_not_go_out(tmp_path: Path) -> None:
    folder = packed_folder(tmp_path)
    (folder / "node_modules/words/package.json").write_text('{"version": "1.0.1"}')
    with pytest.raises(FlowError, match="Run npm ci"):
        export_bundle(read_flow_folder(folder))


# --- Loading --------------------------------------------------------------------------------------


def test_a_bundle_is_the_flow_that_was_exported() -> None:
    assert read_bundle(BUNDLE, "x.loginflow") == a_flow()


def test_a_bundle_without_packages_never_touches_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGINWRIGHT_CACHE_DIR", str(tmp_path / "cache"))
    flow = read_bundle(BUNDLE, "x.loginflow")
    assert (flow.root, flow.packages) == (None, None)
    assert not (tmp_path / "cache").exists()


def test_a_folder_and_its_bundle_have_the_same_version(tmp_path: Path) -> None:
    flow = read_flow_folder(packed_folder(tmp_path / "flow"))
    loaded = read_bundle(export_bundle(flow), "x", cache=tmp_path / "cache")
    assert loaded.version == flow.version
    assert with_version(loaded) == loaded


def test_packages_are_unpacked_once_into_a_folder_of_their_version(tmp_path: Path) -> None:
    flow = read_flow_folder(packed_folder(tmp_path / "flow"))
    data = export_bundle(flow, scenarios=SCENARIO)
    cache = tmp_path / "cache"
    loaded = read_bundle(data, "x", cache=cache)
    assert loaded.root == loaded.packages == cache / flow.version.removeprefix("sha256:")
    assert loaded.root is not None
    below = {path.relative_to(loaded.root).as_posix() for path in loaded.root.rglob("*.*")}
    assert below == {
        "actions/colour.js",
        "bundle.json",
        "flow.json",
        "package.json",
        "package-lock.json",
        "node_modules/words/.rc",
        "node_modules/words/bin/x.js",
        "node_modules/words/index.js",
        "node_modules/words/package.json",
    }
    before = {path: path.stat() for path in cache.rglob("*")}
    assert read_bundle(data, "x", cache=cache) == loaded
    assert {path: path.stat() for path in cache.rglob("*")} == before


def test_a_bundle_with_packages_is_exported_from_where_it_was_unpacked(tmp_path: Path) -> None:
    data = export_bundle(read_flow_folder(packed_folder(tmp_path / "flow")))
    assert export_bundle(read_bundle(data, "x", cache=tmp_path / "cache")) == data


def test_the_cache_is_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = export_bundle(read_flow_folder(packed_folder(tmp_path / "flow")))
    monkeypatch.setenv("LOGINWRIGHT_CACHE_DIR", str(tmp_path / "cache"))
    root = read_bundle(data, "x").root
    assert root is not None
    assert root.is_relative_to(tmp_path / "cache")


# --- Forgeries ------------------------------------------------------------------------------------


def test_an_honest_copy_is_accepted() -> None:
    assert read_bundle(forged(), "x") == a_flow()


def drop_flow(members: Members, _manifest: Manifest) -> None:
    del members["flow.json"]


def drop_code(members: Members, _manifest: Manifest) -> None:
    del members["actions/colour.js"]


def change_code(members: Members, _manifest: Manifest) -> None:
    members["actions/colour.js"] = JAVASCRIPT.replace(b"event", b"EVENT")


def add_library(members: Members, _manifest: Manifest) -> None:
    members["lib/b.js"] = b""


def add_package(members: Members, _manifest: Manifest) -> None:
    members["node_modules/words/index.js"] = b""


def other_version(_members: Members, manifest: Manifest) -> None:
    manifest["version"] = digest(b"")


def other_secrets(_members: Members, manifest: Manifest) -> None:
    manifest["secrets"] = []


def faulty_flow(members: Members, _manifest: Manifest) -> None:
    members["flow.json"] = members["flow.json"].replace(b'"trigger"', b'"tigger"')


def no_flow(members: Members, _manifest: Manifest) -> None:
    members["flow.json"] = b"[]"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (drop_flow, "bundle-mismatch"),
        (drop_code, "bundle-mismatch"),
        (change_code, "bundle-mismatch"),
        (add_library, "bundle-mismatch"),
        (other_version, "version-mismatch"),
        (other_secrets, "bundle-mismatch"),
    ],
)
def test_a_change_that_bundle_json_does_not_tell_is_refused(
    change: Callable[[Members, Manifest], None], rule: str
) -> None:
    assert rules(forged(change, describe=False)) == [rule]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (drop_code, "missing-file"),
        (change_code, "version-mismatch"),
        (add_library, "version-mismatch"),
        (add_package, "version-mismatch"),
        (faulty_flow, "unknown-key"),
        (no_flow, "invalid-value"),
    ],
)
def test_a_change_that_bundle_json_tells_is_refused_too(
    change: Callable[[Members, Manifest], None], rule: str
) -> None:
    assert rules(forged(change)) == [rule]


def test_a_forged_package_never_reaches_the_disk(tmp_path: Path) -> None:
    flow = read_flow_folder(packed_folder(tmp_path / "flow"))

    def change_package(members: Members, _manifest: Manifest) -> None:
        members["node_modules/words/index.js"] = b"evil()"

    data = forged(change_package, bundle=export_bundle(flow))
    with pytest.raises(FlowError):
        read_bundle(data, "x", cache=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_a_zip_without_bundle_json_is_no_bundle() -> None:
    members = members_of(BUNDLE)
    del members["bundle.json"]
    assert rules(write_archive(members)) == ["bundle-mismatch"]


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "actions",
        "lib/.env",
        "lib/__pycache__/a.pyc",
        "node_modules",
        "scenarios/deep/a.json",
        "bundle.js",
        "src/a.js",
    ],
)
def test_a_member_that_has_no_place_in_a_bundle_is_refused(name: str) -> None:
    members = {
        path: data for path, data in members_of(BUNDLE).items() if not path.startswith(f"{name}/")
    }
    assert rules(write_archive({**members, name: b""})) == ["bundle-name"]


def set_to(key: str, value: JsonValue) -> Callable[[Members, Manifest], None]:
    def change(_members: Members, manifest: Manifest) -> None:
        manifest[key] = value

    return change


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (set_to("format", "loginwright/bundle@2"), "unknown-format"),
        (set_to("format", "loginwright/flow@1"), "unknown-format"),
        (set_to("version", "1"), "invalid-manifest"),
        (set_to("version", None), "invalid-manifest"),
        (set_to("more", 1), "invalid-manifest"),
        (set_to("secrets", {}), "invalid-manifest"),
        (set_to("secrets", ["not a name"]), "invalid-manifest"),
        (set_to("secrets", [1]), "invalid-manifest"),
        (set_to("members", []), "invalid-manifest"),
        (set_to("members", {"flow.json": 1}), "invalid-manifest"),
        (set_to("members", {"flow.json": {"digest": "x", "size": 1}}), "invalid-manifest"),
        (set_to("members", {"flow.json": {"digest": digest(b"")}}), "invalid-manifest"),
        (
            set_to("members", {"flow.json": {"digest": digest(b""), "size": 0, "x": 1}}),
            "invalid-manifest",
        ),
    ],
)
def test_a_manifest_that_export_does_not_write_is_refused(
    change: Callable[[Members, Manifest], None], rule: str
) -> None:
    assert rules(forged(change, describe=False)) == [rule]


@pytest.mark.parametrize(
    ("manifest", "rule"),
    [
        (b"{", "invalid-json"),
        (b"[]", "invalid-manifest"),
        (b'{"a": 1, "a": 1}', "duplicate-json-key"),
    ],
)
def test_a_manifest_that_is_no_object_is_refused(manifest: bytes, rule: str) -> None:
    assert rules(write_archive({**members_of(BUNDLE), "bundle.json": manifest})) == [rule]


MANIFEST_KEYS = st.sampled_from(["format", "version", "secrets", "members", "digest", "size"])
MANIFESTS: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.integers() | st.text(max_size=4) | st.just("loginwright/bundle@1"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(MANIFEST_KEYS, inner),
    max_leaves=10,
)


@given(st.dictionaries(MANIFEST_KEYS, MANIFESTS))
def test_no_invented_manifest_makes_a_bundle(invented: dict[str, JsonValue]) -> None:
    manifest = {"format": "loginwright/bundle@1", **invented}
    data = {**members_of(BUNDLE), "bundle.json": json.dumps(manifest).encode()}
    with pytest.raises(FlowError):
        read_bundle(write_archive(data), "x")


def test_a_newer_bundle_names_the_version_it_needs() -> None:
    with pytest.raises(FlowError, match="Install a Loginwright that reads loginwright/bundle@2"):
        read_bundle(forged(set_to("format", "loginwright/bundle@2")), "x")


@given(offset=st.integers(0, len(BUNDLE) - 1), value=st.integers(1, 255))
def test_a_flipped_byte_never_gives_another_flow(offset: int, value: int) -> None:
    changed = BUNDLE[:offset] + bytes([BUNDLE[offset] ^ value]) + BUNDLE[offset + 1 :]
    try:
        flow = read_bundle(changed, "x")
    except FlowError:
        return
    assert flow == a_flow()


# --- Older formats --------------------------------------------------------------------------------


def rename_title(document: JsonObject) -> JsonObject:
    members = dict(document)
    members["name"] = members.pop("title")
    return members


def older_bundle(name: str) -> tuple[bytes, str]:
    """A bundle that an older Loginwright wrote, where the name was called title."""
    members: Mapping[str, bytes] = members_of(BUNDLE)
    written: JsonObject = json.loads(members["flow.json"])
    del written["name"]
    written["title"] = name
    files = {path: data for path, data in members.items() if path.startswith(("actions/", "lib/"))}
    version = flow_version(written, files, {})

    def change(members: Members, manifest: Manifest) -> None:
        members["flow.json"] = json.dumps(written).encode()
        manifest["version"] = version

    return forged(change), version


def test_a_bundle_of_an_older_format_keeps_the_version_it_was_exported_with() -> None:
    data, version = older_bundle("Old login")
    history = FormatHistory("loginwright/flow", 2, (Migration(1, rename_title),))
    flow = open_bundle(data, "x", history=history).flow
    assert flow.name == "Old login"
    assert flow.version == version
