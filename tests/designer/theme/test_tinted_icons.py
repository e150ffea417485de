"""An icon has the colour of its role, sharp at every scale, and another colour when disabled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from loginwright_designer.resource_files import ResourceError, ResourceFiles
from loginwright_designer.theme.roles import Role, Scheme
from loginwright_designer.theme.tinted_icons import TintedIcons
from loginwright_designer.theme.tokens import Tokens, read_tokens
from painted_pictures import colours_in

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture(params=Scheme)
def tokens(resources: ResourceFiles, request: pytest.FixtureRequest) -> Tokens:
    return read_tokens(resources.tokens("loginwright"))[request.param]


@pytest.fixture
def icons(qapp: QApplication, resources: ResourceFiles, tokens: Tokens) -> TintedIcons:
    return TintedIcons(resources, tokens)


def opaque_colours(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    return colours_in(icon.pixmap(QSize(48, 48), 1.0, mode).toImage())


def test_every_icon_can_be_drawn_in_a_role_s_colour(
    icons: TintedIcons, tokens: Tokens, resources: ResourceFiles
) -> None:
    wrong = [
        name
        for name in resources.icon_names()
        if tokens.colour(Role.AWAY).name() not in opaque_colours(icons.icon(name, Role.AWAY))
    ]
    assert wrong == []


def test_icon_has_no_colour_but_its_role_s(icons: TintedIcons, tokens: Tokens) -> None:
    assert opaque_colours(icons.icon("globe", Role.PAUSED)) == {tokens.colour(Role.PAUSED).name()}


def test_denied_shows_its_cross_in_the_colour_of_the_ground(
    icons: TintedIcons, tokens: Tokens
) -> None:
    image = icons.pixmap("denied", Role.DANGER, 96).toImage()
    assert image.pixelColor(48, 48) == tokens.colour(Role.SURFACE)
    assert image.pixelColor(48, 12) == tokens.colour(Role.DANGER)


def test_disabled_icon_can_still_be_seen(icons: TintedIcons, tokens: Tokens) -> None:
    disabled = opaque_colours(icons.icon("package"), QIcon.Mode.Disabled)
    assert disabled == {tokens.colour(Role.CONTROL_BORDER).name()}


@pytest.mark.parametrize(("scale", "side"), [(1.0, 18), (1.25, 23), (1.5, 27), (2.0, 36)])
def test_picture_has_the_pixels_of_its_screen(icons: TintedIcons, scale: float, side: int) -> None:
    picture = icons.pixmap("send", Role.TEXT, 18, scale)
    assert (picture.width(), picture.height()) == (side, side)
    assert picture.devicePixelRatio() == scale


def test_picture_is_drawn_once(icons: TintedIcons) -> None:
    first = icons.pixmap("send", Role.TEXT, 18, 1.25)
    assert icons.pixmap("send", Role.TEXT, 18, 1.25).cacheKey() == first.cacheKey()
    assert icons.pixmap("send", Role.ACCENT, 18, 1.25).cacheKey() != first.cacheKey()


def test_state_marks_have_stronger_lines(icons: TintedIcons) -> None:
    thin = icons.pixmap("circle-check", Role.SUCCESS, 48, stroke=1.75).toImage()
    strong = icons.pixmap("circle-check", Role.SUCCESS, 48, stroke=2.0).toImage()
    assert thin != strong


def test_unknown_icon_is_refused(icons: TintedIcons) -> None:
    with pytest.raises(ResourceError, match='no icon "spaceship"'):
        icons.icon("spaceship")


def test_files_go_when_nobody_needs_the_icons_any_more(
    qapp: QApplication, resources: ResourceFiles, tokens: Tokens
) -> None:
    icons = TintedIcons(resources, tokens)
    file = icons.file("globe", Role.TEXT)
    assert file.is_file()
    del icons
    assert not Path(file).exists()
