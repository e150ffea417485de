"""What makes another version of a flow, and what does not."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from flow_folders import JAVASCRIPT, action, document, lock, package, write_files, write_folder
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.model import Action, Flow, FlowSettings
from loginwright_runtime.flow.version import (
    digest,
    flow_document,
    flow_version,
    installed_digests,
    with_version,
)

if TYPE_CHECKING:
    import random
    from pathlib import Path

CODE = {"actions/colour.js": JAVASCRIPT, "lib/a.js": b"1", "lib/b.js": b"2"}


def version(folder: Path) -> str:
    return read_flow_folder(folder).version


def a_flow() -> Flow:
    entry = Action(id="colour", name="Colour", code="actions/colour.js", language="javascript")
    return Flow(name="Customer login", actions=(entry,), files=CODE, version="")


def test_a_version_is_a_sha_256(tmp_path: Path) -> None:
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", version(write_folder(tmp_path, files=CODE)))


def test_a_known_flow_keeps_its_version_for_ever() -> None:
    assert with_version(a_flow()).version == (
        "sha256:53fbfd323361d7b865cf4469a9d46778cdaad6108fbb24c2e694f20c56fc6881"
    )


def test_the_formatting_of_flow_json_does_not_matter(tmp_path: Path) -> None:
    written = document(action())
    one = write_folder(tmp_path / "one", written, CODE)
    two = write_folder(tmp_path / "two", written, CODE)
    explicit = document(
        {**action(), "language": "javascript", "enabled": True, "secrets": []},
        settings={"profile_writes": "end"},
        trigger="post-login",
    )
    turned = dict(reversed(explicit.items()))
    (two / "flow.json").write_text(json.dumps(turned))
    assert version(one) == version(two)


@given(st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(order: random.Random) -> None:
    names = list(CODE)
    order.shuffle(names)
    turned = a_flow().model_copy(update={"files": {name: CODE[name] for name in names}})
    assert with_version(turned).version == with_version(a_flow()).version


def test_scenarios_and_other_files_do_not_matter(tmp_path: Path) -> None:
    one = write_folder(tmp_path / "one", files=CODE)
    two = write_folder(tmp_path / "two", files=CODE)
    write_files(two, {"scenarios/x.json": b"{}", "README.md": b"x", "lib/.DS_Store": b"x"})
    assert version(one) == version(two)


def test_whatever_decides_how_a_flow_runs_makes_another_version() -> None:
    flow = a_flow()
    (entry,) = flow.actions
    others: list[dict[str, object]] = [
        {"name": "Another"},
        {"settings": FlowSettings(custom_claims="any")},
        {"settings": FlowSettings(profile_writes="each-leg")},
        {"actions": ()},
        {"actions": (entry, entry.model_copy(update={"id": "again"}))},
        {"actions": (entry.model_copy(update={"id": "other"}),)},
        {"actions": (entry.model_copy(update={"name": "Other"}),)},
        {"actions": (entry.model_copy(update={"code": "lib/a.js"}),)},
        {"actions": (entry.model_copy(update={"language": "python"}),)},
        {"actions": (entry.model_copy(update={"enabled": False}),)},
        {"actions": (entry.model_copy(update={"secrets": ("A",)}),)},
        {"files": {**CODE, "lib/a.js": b"other"}},
        {"files": {**CODE, "lib/c.js": b""}},
        {"files": {**CODE, "package.json": b"{}"}},
        {"files": {"actions/colour.js": JAVASCRIPT, "lib/a.js": b"2", "lib/b.js": b"1"}},
    ]
    versions = {with_version(flow.model_copy(update=update)).version for update in others}
    versions.add(with_version(flow).version)
    assert len(versions) == len(others) + 1


def test_the_order_of_actions_makes_another_version() -> None:
    flow = a_flow()
    again = flow.actions[0].model_copy(update={"id": "again"})
    forth = flow.model_copy(update={"actions": (*flow.actions, again)})
    back = flow.model_copy(update={"actions": (again, *flow.actions)})
    assert with_version(forth).version != with_version(back).version


def test_the_content_of_packages_makes_another_version(tmp_path: Path) -> None:
    plain = write_folder(tmp_path / "plain", files=CODE)
    one = write_folder(tmp_path / "one", files={**CODE, **package("node_modules/words")})
    two = write_folder(
        tmp_path / "two", files={**CODE, **package("node_modules/words", files={"x.js": b"1"})}
    )
    assert len({version(plain), version(one), version(two)}) == 3


def test_where_a_package_link_leads_makes_another_version(tmp_path: Path) -> None:
    versions = set()
    for target in ("a", "b"):
        files = {**CODE, **package("node_modules/a"), **package("node_modules/b")}
        folder = write_folder(tmp_path / target, files=files)
        (folder / "node_modules/words").symlink_to(target)
        versions.add(version(folder))
    assert len(versions) == 2


def test_development_packages_and_tools_do_not_matter(tmp_path: Path) -> None:
    locked = lock(
        {
            "node_modules/words": {"version": "1.0.0"},
            "node_modules/lint": {"version": "1.0.0", "dev": True},
        }
    )
    files = {**CODE, "package-lock.json": locked, **package("node_modules/words")}
    one = write_folder(tmp_path / "one", files=files)
    tools = {**package("node_modules/lint"), "node_modules/.package-lock.json": b"{}"}
    two = write_folder(tmp_path / "two", files={**files, **tools})
    assert version(one) == version(two)


def test_without_a_readable_lock_every_package_matters(tmp_path: Path) -> None:
    files = {**CODE, "package-lock.json": b"{", **package("node_modules/words")}
    one = write_folder(tmp_path / "one", files=files)
    two = write_folder(tmp_path / "two", files={**files, **package("node_modules/lint")})
    assert version(one) != version(two)


def test_packages_of_another_package_manager_matter(tmp_path: Path) -> None:
    one = write_folder(tmp_path / "one", files={**CODE, "node_modules/.pnpm/a@1/x.js": b"1"})
    two = write_folder(tmp_path / "two", files={**CODE, "node_modules/.pnpm/a@1/x.js": b"2"})
    assert version(one) != version(two)


def test_an_editor_tells_the_version_without_reading_packages_again(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, files={**CODE, **package("node_modules/words")})
    flow = read_flow_folder(folder)
    known = installed_digests(flow)
    edited = flow.model_copy(update={"name": "Another"})
    expected = with_version(edited).version
    (folder / "node_modules/words/index.js").unlink()
    assert with_version(edited, known).version == expected
    assert with_version(edited).version != expected


def test_packages_that_were_removed_meanwhile_have_no_files(tmp_path: Path) -> None:
    flow = a_flow().model_copy(update={"packages": tmp_path})
    assert installed_digests(flow) == {}


def test_a_flow_without_packages_has_no_installed_files() -> None:
    assert installed_digests(a_flow()) == {}


def test_a_version_covers_document_files_and_packages() -> None:
    document = flow_document(a_flow())
    versions = {
        flow_version(document, CODE, {}),
        flow_version(document, {}, {}),
        flow_version({**document, "name": "x"}, CODE, {}),
        flow_version(document, CODE, {"node_modules/words/index.js": digest(b"")}),
    }
    assert len(versions) == 4
