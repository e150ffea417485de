"""What the guide to the designer shows and names is there: its pictures, commands and keys."""

from __future__ import annotations

import re
import subprocess

from command_runs import PROGRAM
from loginwright_designer.main_window.menu_commands import COMMANDS
from source_tree import ROOT

GUIDE = (ROOT / "docs" / "designer.md").read_text(encoding="utf-8")
PICTURES = ROOT / "docs" / "images" / "designer"
MOST_BYTES = 110_000
KEY = re.compile(r"(?<![\w+])(?:(?:Ctrl|Alt|Shift)\+)+(?:\w+|\+)|\bF\d{1,2}\b")
OF_THE_LANE = {"Alt+Up", "Alt+Down"}
"""Keys that only mean something on a card; the lane answers them itself."""


def test_every_picture_of_the_guide_is_there() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", GUIDE)
    assert len(shown) >= 20
    assert [picture for picture in shown if not (ROOT / "docs" / picture).exists()] == []


def test_every_state_is_drawn_in_light_and_in_dark() -> None:
    names = {file.stem for file in PICTURES.iterdir()}
    light = {name.removesuffix("-light") for name in names if name.endswith("-light")}
    dark = {name.removesuffix("-dark") for name in names if name.endswith("-dark")}
    assert light == dark
    assert len(light) >= 20


def test_pictures_are_small() -> None:
    large = {file.name: file.stat().st_size for file in PICTURES.iterdir()}
    assert {name: size for name, size in large.items() if size > MOST_BYTES} == {}


def test_every_link_of_the_guide_leads_somewhere() -> None:
    anchors = {heading_anchor(title) for title in re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)}
    targets = re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", GUIDE)
    for target in targets:
        file, _, anchor = target.partition("#")
        assert not file or (ROOT / "docs" / file).exists(), target
        assert file or anchor in anchors, target


def test_every_key_of_the_guide_gives_a_command() -> None:
    known = {key for command in COMMANDS for key in command.shortcuts} | OF_THE_LANE
    assert {key for key in KEY.findall(GUIDE) if key not in known} == set()


def test_every_command_of_the_guide_exists() -> None:
    targets = set(re.findall(r"(?:^|`)make (\w+)", GUIDE, re.MULTILINE))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert targets
    assert [target for target in targets if f"\n{target}:" not in makefile] == []
    for name in set(re.findall(r"^loginwright (\w+)", GUIDE, re.MULTILINE)):
        words = [PROGRAM, name, "--help"]
        assert subprocess.run(words, capture_output=True, timeout=60, check=False).returncode == 0


def heading_anchor(title: str) -> str:
    """Return the anchor that a page of Markdown gives a heading."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
