"""The theme follows its user, or the system when the user says so, and announces each change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from loginwright_designer.resource_files import ResourceError
from loginwright_designer.theme.roles import Role, Scheme, SchemeChoice, TextStyle
from loginwright_designer.theme.stylesheet import filled_stylesheet
from loginwright_designer.theme.theme import Theme, ThemeChange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def system_says() -> Iterator[Callable[[Qt.ColorScheme], None]]:
    """Lets the system say light, dark or nothing; no screen is needed for it."""
    signal = QGuiApplication.styleHints().colorSchemeChanged
    yield signal.emit
    signal.emit(Qt.ColorScheme.Unknown)


def changes_of(theme: Theme) -> list[ThemeChange]:
    seen: list[ThemeChange] = []
    theme.theme_changed.connect(seen.append)
    return seen


def test_chosen_scheme_counts_whatever_the_system_says(
    make_theme: Callable[..., Theme], system_says: Callable[[Qt.ColorScheme], None]
) -> None:
    theme = make_theme(SchemeChoice.LIGHT)
    changes = changes_of(theme)
    system_says(Qt.ColorScheme.Dark)
    assert theme.scheme is Scheme.LIGHT
    assert changes == []


def test_theme_follows_the_system_while_it_runs(
    make_theme: Callable[..., Theme], system_says: Callable[[Qt.ColorScheme], None]
) -> None:
    theme = make_theme(SchemeChoice.SYSTEM)
    changes, before = changes_of(theme), theme.scheme
    system_says(Qt.ColorScheme.Dark)
    assert (before, theme.scheme) == (Scheme.LIGHT, Scheme.DARK)
    assert theme.colour(Role.WINDOW) == QColor("#14161b")
    system_says(Qt.ColorScheme.Dark)
    assert changes == [ThemeChange(Scheme.DARK, 100)]


def test_what_the_system_said_meanwhile_is_known_when_it_is_asked_again(
    make_theme: Callable[..., Theme], system_says: Callable[[Qt.ColorScheme], None]
) -> None:
    theme = make_theme(SchemeChoice.LIGHT)
    system_says(Qt.ColorScheme.Dark)
    changes = changes_of(theme)
    theme.choose_scheme(SchemeChoice.SYSTEM)
    assert changes == [ThemeChange(Scheme.DARK, 100)]


def test_choice_that_changes_no_colour_is_not_announced(
    make_theme: Callable[..., Theme],
) -> None:
    theme = make_theme(SchemeChoice.SYSTEM)
    changes = changes_of(theme)
    theme.choose_scheme(SchemeChoice.LIGHT)
    theme.choose_scheme(SchemeChoice.LIGHT)
    assert theme.choice is SchemeChoice.LIGHT
    assert changes == []


class Platform(QObject):
    """A platform with schemes, as desktops have them: what is chosen is what it then reports."""

    colorSchemeChanged = Signal(Qt.ColorScheme)  # noqa: N815 - what it reports now; Qt's name

    def __init__(self, system: Qt.ColorScheme) -> None:
        super().__init__()
        self.system = system
        self.chosen: Qt.ColorScheme | None = None

    def colorScheme(self) -> Qt.ColorScheme:
        return self.system if self.chosen is None else self.chosen

    def setColorScheme(self, scheme: Qt.ColorScheme) -> None:
        self._choose(scheme)

    def unsetColorScheme(self) -> None:
        self._choose(None)

    def _choose(self, scheme: Qt.ColorScheme | None) -> None:
        before = self.colorScheme()
        self.chosen = scheme
        if self.colorScheme() is not before:
            self.colorSchemeChanged.emit(self.colorScheme())


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Platform:
    platform = Platform(Qt.ColorScheme.Light)
    monkeypatch.setattr(
        "loginwright_designer.theme.theme.QGuiApplication.styleHints", lambda: platform
    )
    return platform


def test_title_bars_are_asked_to_match_what_the_user_chose(
    platform: Platform, make_theme: Callable[..., Theme]
) -> None:
    theme = make_theme(SchemeChoice.DARK)
    first = platform.chosen
    theme.choose_scheme(SchemeChoice.LIGHT)
    second = platform.chosen
    theme.choose_scheme(SchemeChoice.SYSTEM)
    assert [first, second, platform.chosen] == [
        Qt.ColorScheme.Dark,
        Qt.ColorScheme.Light,
        None,
    ]


def test_own_choice_is_not_taken_for_what_the_system_says(
    platform: Platform, make_theme: Callable[..., Theme]
) -> None:
    theme = make_theme(SchemeChoice.DARK)
    changes = changes_of(theme)
    theme.choose_scheme(SchemeChoice.SYSTEM)
    assert changes == [ThemeChange(Scheme.LIGHT, 100)]


def test_listener_of_a_change_sees_the_new_values(make_theme: Callable[..., Theme]) -> None:
    theme = make_theme(SchemeChoice.LIGHT)
    seen: list[tuple[QColor, int]] = []
    theme.theme_changed.connect(
        lambda _: seen.append((theme.colour(Role.SURFACE), theme.font(TextStyle.BODY).pixelSize()))
    )
    theme.choose_scheme(SchemeChoice.DARK)
    theme.choose_zoom(200)
    assert seen == [(QColor("#1b1e25"), 13), (QColor("#1b1e25"), 26)]


def test_zoom_goes_in_steps_to_200_percent_and_back(make_theme: Callable[..., Theme]) -> None:
    theme = make_theme()
    up: list[int] = []
    while not up or up[-1] != theme.zoom:
        up.append(theme.zoom)
        theme.zoom_in()
    down: list[int] = []
    while not down or down[-1] != theme.zoom:
        down.append(theme.zoom)
        theme.zoom_out()
    assert up == [100, 110, 125, 150, 175, 200]
    assert down == up[::-1]


@pytest.mark.parametrize(("asked", "given"), [(20, 100), (137, 137), (900, 200)])
def test_zoom_stays_between_100_and_200_percent(
    make_theme: Callable[..., Theme], asked: int, given: int
) -> None:
    assert make_theme(zoom=asked).zoom == given


def test_zoom_scales_lengths_and_icons(make_theme: Callable[..., Theme]) -> None:
    theme = make_theme(zoom=150)
    assert [theme.px(length) for length in (1, 4, 48)] == [2, 6, 72]
    assert theme.icon_size().toTuple() == (27, 27)


@pytest.mark.parametrize("choice", [SchemeChoice.LIGHT, SchemeChoice.DARK])
def test_widgets_show_the_theme_s_colours_and_fonts(
    make_theme: Callable[..., Theme],
    styled: Callable[[Theme], None],
    qtbot: QtBot,
    choice: SchemeChoice,
) -> None:
    theme = make_theme(choice, 150)
    styled(theme)
    title, link = QLabel("Redirect desk"), QPushButton("Copy URL")
    title.setProperty("text_style", "title")
    link.setProperty("kind", "link")
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(title)
    layout.addWidget(link)
    window.show()

    assert window.palette().color(QPalette.ColorRole.Window) == theme.colour(Role.SURFACE)
    assert link.palette().color(QPalette.ColorRole.ButtonText) == theme.colour(Role.ACCENT_TEXT)
    assert (title.font().family(), title.font().pixelSize(), title.font().weight()) == (
        "Inter",
        23,
        600,
    )
    assert {bytes(tag.toString().data()) for tag in title.font().featureTags()} >= {
        b"calt",
        b"liga",
        b"tnum",
    }


def test_widgets_are_restyled_when_the_theme_changes(
    make_theme: Callable[..., Theme], styled: Callable[[Theme], None], qtbot: QtBot
) -> None:
    theme = make_theme(SchemeChoice.LIGHT)
    theme.theme_changed.connect(lambda _: styled(theme))
    styled(theme)
    button = QPushButton("Run")
    qtbot.addWidget(button)
    button.show()
    theme.choose_scheme(SchemeChoice.DARK)
    assert button.palette().color(QPalette.ColorRole.ButtonText) == theme.colour(Role.TEXT)
    assert button.grab().toImage().pixelColor(4, 16) == theme.colour(Role.SURFACE)


def test_stylesheet_has_no_placeholder_left(make_theme: Callable[..., Theme]) -> None:
    sheet = make_theme(SchemeChoice.DARK, 125).stylesheet()
    assert "@" not in sheet
    assert "url(" in sheet


@pytest.mark.parametrize("template", ["QLabel { color: @texte; }", "a { image: @image(x, blue); }"])
def test_stylesheet_that_names_no_role_is_refused(
    make_theme: Callable[..., Theme], template: str
) -> None:
    theme = make_theme()
    with pytest.raises(ResourceError, match="which is not a role"):
        filled_stylesheet(template, theme.tokens, theme.icons, 100)


def test_lengths_in_the_stylesheet_follow_the_zoom(make_theme: Callable[..., Theme]) -> None:
    theme = make_theme()
    template = "/* @anything */ QLabel { padding: @px(6); color: @text; }"
    assert filled_stylesheet(template, theme.tokens, theme.icons, 150) == (
        " QLabel { padding: 9px; color: #1a1f2b; }"
    )
