"""Icons, fonts and themes are found, or it is said what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loginwright_designer.resource_files import ResourceError, ResourceFiles, resource_files

if TYPE_CHECKING:
    from pathlib import Path


def test_checkout_holds_icons_fonts_and_theme(resources: ResourceFiles) -> None:
    assert resources.icon("globe").is_file()
    assert resources.tokens("loginwright").is_file()
    assert resources.stylesheet("loginwright").is_file()
    assert {file.name for file in resources.fonts()} == {
        "Inter-Regular.otf",
        "Inter-SemiBold.otf",
        "JetBrainsMono-Regular.ttf",
        "JetBrainsMono-SemiBold.ttf",
    }


def test_each_kind_of_borrowed_work_comes_with_its_licence(resources: ResourceFiles) -> None:
    licences = [file.read_text(encoding="utf-8") for file in resources.licences()]
    assert [text.splitlines()[0].partition(" (")[0] for text in licences] == [
        "ISC License",
        "Copyright 2020 The Inter Project Authors",
        "Copyright 2020 The JetBrains Mono Project Authors",
    ]


def test_unknown_icon_is_refused_with_the_names_that_there_are(resources: ResourceFiles) -> None:
    with pytest.raises(ResourceError) as refusal:
        resources.icon("hourglas")
    assert str(refusal.value).startswith(
        'There is no icon "hourglas" in resources/icons. Perhaps hourglass is meant. There are: '
    )


@pytest.mark.parametrize("name", ["../icons/globe", "GLOBE", "globe.svg", ""])
def test_icon_is_named_not_pathed(resources: ResourceFiles, name: str) -> None:
    with pytest.raises(ResourceError):
        resources.icon(name)


def test_missing_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "icons").mkdir()
    with pytest.raises(ResourceError, match=r"The folder fonts .* is missing\. Install again\."):
        ResourceFiles(tmp_path).fonts()


def test_folder_without_a_font_is_told(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    with pytest.raises(ResourceError, match="holds no font"):
        ResourceFiles(tmp_path).fonts()


def test_installed_package_is_looked_into_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "loginwright_designer"
    (package / "_resources" / "icons").mkdir(parents=True)
    (tmp_path / "resources" / "icons").mkdir(parents=True)
    monkeypatch.setattr("loginwright_designer.__file__", str(package / "__init__.py"))
    assert resource_files().root == package / "_resources"


def test_installation_without_resources_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loginwright_designer.__file__", str(tmp_path / "a" / "b" / "__init__.py"))
    with pytest.raises(ResourceError, match="missing from this installation"):
        resource_files()
