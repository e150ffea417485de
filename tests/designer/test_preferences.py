"""Preferences outlive the session, a broken file, an update, and the way back from it."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.preferences import (
    MOST_BYTES,
    Arrangement,
    Content,
    Preferences,
    PreferencesFile,
    RecentFlow,
    WindowState,
    preferences_file,
)

CHANGED = Preferences(
    theme="dark",
    zoom=150,
    reduce_motion=True,
    recent_flows=(RecentFlow(folder="/home/ada/customer-login", name="Customer login"),),
    window=WindowState(left=10, top=-20, width=1440, height=900, maximized=True),
    compose=Arrangement(sizes={"main": (240, 656, 336)}, panels={"side": "library"}),
    run=Arrangement(sizes={"main": (0, 320, 736, 336)}, panels={"side": ""}),
    coach_dismissed=True,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "loginwright" / "designer.json"


def written(file: Path, content: object) -> PreferencesFile:
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(content), encoding="utf-8")
    return PreferencesFile(file)


def test_first_start_has_the_defaults_and_writes_nothing(file: Path) -> None:
    loaded = PreferencesFile(file).load()
    assert loaded.preferences == Preferences()
    assert (loaded.preferences.theme, loaded.preferences.zoom) == ("system", 100)
    assert loaded.problem is None
    assert not file.parent.exists()


def test_what_was_saved_is_there_at_the_next_start(file: Path) -> None:
    assert PreferencesFile(file).save(CHANGED) is None
    loaded = PreferencesFile(file).load()
    assert loaded.preferences == CHANGED
    assert loaded.problem is None


def test_only_its_user_can_read_the_file(file: Path) -> None:
    PreferencesFile(file).save(CHANGED)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_file_says_what_differs_from_the_defaults_and_its_version(file: Path) -> None:
    PreferencesFile(file).save(Preferences(zoom=125))
    assert json.loads(file.read_text(encoding="utf-8")) == {
        "format": "loginwright/preferences@1",
        "zoom": 125,
    }


def test_place_is_the_user_s_folder_for_configuration() -> None:
    config = Path(os.environ["XDG_CONFIG_HOME"])
    assert preferences_file() == config / "loginwright" / "designer.json"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"format": 1}',
        b'{"format": "loginwright/flow@1"}',
        b'{"format": "loginwright/preferences@0"}',
        b'{"format": "loginwright/preferences@x"}',
        b'{"format": "loginwright/preferences@1", "zoom": 20}',
        b'{"format": "loginwright/preferences@1", "theme": "pink"}',
        b'{"format": "loginwright/preferences@1", "window": {"left": 1}}',
        b" " * (MOST_BYTES + 1),
        b"[" * 10_000,
    ],
)
def test_malformed_file_is_kept_and_the_defaults_are_used(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(data)
    loaded = PreferencesFile(file).load()
    assert loaded.preferences == Preferences()
    assert loaded.problem is not None
    assert loaded.problem.severity == "warning"
    assert str(loaded.problem).endswith(
        "It is kept as designer.malformed.json; the defaults are used."
    )
    assert file.with_name("designer.malformed.json").read_bytes() == data
    assert not file.exists()
    assert PreferencesFile(file).save(CHANGED) is None


def test_message_repeats_nothing_from_the_file(file: Path) -> None:
    preferences = written(file, {"format": "loginwright/preferences@1", "theme": "ada@example.com"})
    assert "ada" not in str(preferences.load().problem)


def test_members_nobody_knows_are_passed_over(file: Path) -> None:
    preferences = written(file, {"format": "loginwright/preferences@1", "zoom": 110, "fog": 1})
    assert preferences.load().preferences == Preferences(zoom=110)


def test_file_that_cannot_be_read_is_told(file: Path) -> None:
    file.mkdir(parents=True)
    loaded = PreferencesFile(file).load()
    assert loaded.preferences == Preferences()
    assert str(loaded.problem) == (
        "designer.json: The file of preferences cannot be read (Is a directory). "
        "The defaults are used."
    )


def test_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").write_bytes(b"in the way")
    problem = PreferencesFile(tmp_path / "config" / "designer.json").save(CHANGED)
    assert problem is not None
    assert "cannot be written (File exists)" in problem.message


def test_save_over_a_folder_is_told(file: Path) -> None:
    file.mkdir(parents=True)
    problem = PreferencesFile(file).save(CHANGED)
    assert problem is not None
    assert file.is_dir()


def enlarge(content: Content) -> Content:
    """Version 2 writes the zoom in percent, version 1 wrote it as a factor."""
    factor = content["magnification"]
    assert isinstance(factor, (int, float))
    return {"theme": content.get("theme", "system"), "zoom": round(factor * 100)}


V1 = {"format": "loginwright/preferences@1", "magnification": 1.5, "theme": "dark"}


def test_older_file_is_carried_over_step_by_step(file: Path) -> None:
    def rename(content: Content) -> Content:
        return {**content, "reduce_motion": True}

    written(file, V1)
    loaded = PreferencesFile(file, 3, {1: enlarge, 2: rename}).load()
    assert loaded.preferences == Preferences(theme="dark", zoom=150, reduce_motion=True)
    assert loaded.problem is None


def test_older_file_is_kept_for_the_way_back(file: Path) -> None:
    written(file, V1)
    newer = PreferencesFile(file, 2, {1: enlarge})
    newer.save(newer.load().preferences)
    assert json.loads(file.with_name("designer.v1.json").read_text(encoding="utf-8")) == V1


def test_migration_that_fails_changes_nothing(file: Path) -> None:
    def stumble(content: Content) -> Content:
        content["zoom"] = 7
        raise KeyError("magnification")

    written(file, V1)
    loaded = PreferencesFile(file, 2, {1: stumble}).load()
    assert loaded.preferences == Preferences()
    assert loaded.problem is not None
    aside = file.with_name("designer.malformed.json")
    assert json.loads(aside.read_text(encoding="utf-8")) == V1


def test_migration_to_values_that_are_not_allowed_changes_nothing(file: Path) -> None:
    written(file, {**V1, "magnification": 9})
    loaded = PreferencesFile(file, 2, {1: enlarge}).load()
    assert loaded.preferences == Preferences()
    assert loaded.problem is not None


def test_older_loginwright_goes_back_to_the_file_that_was_its_own(file: Path) -> None:
    first = PreferencesFile(file)
    first.save(Preferences(zoom=110))
    newer = PreferencesFile(file, 2, {1: lambda content: content})
    newer.save(replace(newer.load().preferences, zoom=175))

    again = first.load()
    assert again.preferences == Preferences(zoom=110)
    assert "was written by a newer Loginwright (2)" in str(again.problem)
    assert file.with_name("designer.v2.json").is_file()


def test_way_back_that_is_broken_leads_to_the_defaults(file: Path) -> None:
    preferences = written(file, {"format": "loginwright/preferences@7"})
    file.with_name("designer.v1.json").write_bytes(b"{")
    loaded = preferences.load()
    assert loaded.preferences == Preferences()
    assert loaded.problem is not None


def test_file_that_cannot_be_set_aside_stays(file: Path) -> None:
    preferences = written(file, {"format": "loginwright/preferences@1", "zoom": 3})
    file.with_name("designer.malformed.json").mkdir()
    loaded = preferences.load()
    assert "It stays where it is (Is a directory)" in str(loaded.problem)
    assert file.is_file()


def test_newer_file_without_a_way_back_is_kept(file: Path) -> None:
    loaded = written(file, {"format": "loginwright/preferences@7", "zoom": {"x": 2}}).load()
    assert loaded.preferences == Preferences()
    assert "It is kept as designer.v7.json" in str(loaded.problem)


def test_opened_flow_comes_first_and_stands_once() -> None:
    opened = Preferences()
    for number in range(12):
        opened = opened.with_recent_flow(Path("/flows", str(number)), f"Flow {number}")
    again = opened.with_recent_flow(Path("/flows/5"), "Renamed")
    assert [flow.name for flow in again.recent_flows][:3] == ["Renamed", "Flow 11", "Flow 10"]
    assert len(again.recent_flows) == 10
    assert len({flow.folder for flow in again.recent_flows}) == 10


@given(
    st.builds(
        Preferences,
        theme=st.sampled_from(["light", "dark", "system"]),
        zoom=st.integers(100, 200),
        recent_flows=st.lists(
            st.builds(
                RecentFlow,
                folder=st.text(st.characters(exclude_categories=["Cs"])),
                name=st.text(st.characters(exclude_categories=["Cs"])),
            ),
            max_size=10,
        ).map(tuple),
    )
)
def test_whatever_is_preferred_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, preferences: Preferences
) -> None:
    file = tmp_path_factory.mktemp("preferences") / "designer.json"
    assert PreferencesFile(file).save(preferences) is None
    assert PreferencesFile(file).load().preferences == preferences
