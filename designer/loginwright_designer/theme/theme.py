"""The look of the application at this moment: scheme and zoom, and all that follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication

from loginwright_designer.theme.fonts import Fonts, load_fonts, scaled_size
from loginwright_designer.theme.palette import palette_of
from loginwright_designer.theme.roles import Role, Scheme, SchemeChoice, TextStyle
from loginwright_designer.theme.stylesheet import filled_stylesheet
from loginwright_designer.theme.tinted_icons import TintedIcons
from loginwright_designer.theme.tokens import read_tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QFont, QPalette

    from loginwright_designer.resource_files import ResourceFiles
    from loginwright_designer.theme.tokens import Tokens

NAME = "loginwright"
ZOOM_STEPS = (100, 110, 125, 150, 175, 200)
"""In percent."""

PLATFORM_SCHEMES = {
    Scheme.LIGHT: Qt.ColorScheme.Light,
    Scheme.DARK: Qt.ColorScheme.Dark,
}


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """What the theme has become.

    Attributes:
        scheme: The colours in use.
        zoom: In percent.
    """

    scheme: Scheme
    zoom: int


class StyledApplication(Protocol):
    """What a theme is put on: Qt's application object."""

    def setFont(self, font: QFont, /) -> None:  # noqa: N802 - Qt's name
        """Set the font of all widgets."""

    def setPalette(self, palette: QPalette, /) -> None:  # noqa: N802 - Qt's name
        """Set the colours of all widgets."""

    def setStyleSheet(self, sheet: str, /) -> None:  # noqa: N802 - Qt's name
        """Set the style rules of all widgets."""


class Theme(QObject):
    """Colours, fonts, icons and the stylesheet, changed together.

    Needs Qt's application object, and shows what it says on Qt's style *Fusion*. With the choice
    ``SYSTEM`` it follows the system's setting while it runs; where the system says nothing, the
    light colours are shown.

    Args:
        resources: Where icons, fonts and colours are.
        choice: Light, dark, or what the system says.
        zoom: In percent, from 100 to 200; what lies outside becomes the nearest of these.
        parent: Qt's owner of this object.

    Raises:
        ResourceError: A file of the theme is missing or malformed.
    """

    theme_changed = Signal(ThemeChange)  # after everything here has its new value

    def __init__(
        self,
        resources: ResourceFiles,
        choice: SchemeChoice = SchemeChoice.SYSTEM,
        zoom: int = 100,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        load_fonts(resources)
        self._tokens = read_tokens(resources.tokens(NAME))
        self._icons = {
            scheme: TintedIcons(resources, tokens) for scheme, tokens in self._tokens.items()
        }
        self._template = resources.stylesheet(NAME).read_text(encoding="utf-8")
        self._choice = choice
        self._zoom = _allowed(zoom)
        self._fonts = Fonts(self._zoom)
        self._lengths: dict[float, int] = {}
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_scheme_changed)
        self._system_scheme = _scheme(hints.colorScheme())
        self._announced = ThemeChange(self.scheme, self._zoom)
        self._ask_platform()

    @property
    def choice(self) -> SchemeChoice:
        """What the user chose."""
        return self._choice

    @property
    def scheme(self) -> Scheme:
        """The colours in use."""
        match self._choice:
            case SchemeChoice.LIGHT:
                return Scheme.LIGHT
            case SchemeChoice.DARK:
                return Scheme.DARK
            case SchemeChoice.SYSTEM:
                return self._system_scheme

    @property
    def zoom(self) -> int:
        """How large everything is, in percent."""
        return self._zoom

    @property
    def tokens(self) -> Tokens:
        """The colours in use, by role."""
        return self._tokens[self.scheme]

    @property
    def icons(self) -> TintedIcons:
        """The icons in the colours in use; icons of an earlier scheme are to be asked for anew."""
        return self._icons[self.scheme]

    @property
    def fonts(self) -> Fonts:
        """A font for every text style, at the zoom in use."""
        return self._fonts

    def colour(self, role: Role) -> QColor:
        """Return a role's colour, as a copy that may be changed."""
        return self.tokens.colour(role)

    def font(self, style: TextStyle) -> QFont:
        """Return a text style's font, as a copy that may be changed."""
        return self._fonts.font(style)

    def px(self, length: float) -> int:
        """Return a length of the design at the zoom in use, in whole logical pixels."""
        found = self._lengths.get(length)
        if found is None:
            found = self._lengths[length] = scaled_size(length, self._zoom)
        return found

    def icon_size(self) -> QSize:
        """Return the size of an icon that stands alone."""
        return QSize(self.px(18), self.px(18))

    def palette(self) -> QPalette:
        """Return Qt's palette in the colours in use."""
        return palette_of(self.tokens)

    def stylesheet(self) -> str:
        """Return the one stylesheet of the application."""
        return filled_stylesheet(self._template, self.tokens, self.icons, self._zoom)

    def apply_to(self, application: StyledApplication) -> None:
        """Give an application font, palette and stylesheet; again after each change.

        A stylesheet that replaces another one makes Qt style each widget once for every widget
        above it (*measured*: 8,500 style changes for 820 widgets); one that replaces none, once.
        """
        application.setStyleSheet("")
        application.setFont(self.font(TextStyle.BODY))
        application.setPalette(self.palette())
        application.setStyleSheet(self.stylesheet())

    def choose_scheme(self, choice: SchemeChoice) -> None:
        """Show light or dark colours, or what the system says from now on."""
        if choice is self._choice:
            return
        self._choice = choice
        self._ask_platform()
        self._announce()

    def choose_zoom(self, percent: int) -> None:
        """Show everything larger or smaller, from 100 to 200 %."""
        zoom = _allowed(percent)
        if zoom == self._zoom:
            return
        self._zoom = zoom
        self._fonts = Fonts(zoom)
        self._lengths = {}
        self._announce()

    def zoom_in(self) -> None:
        """Show everything one step larger."""
        self.choose_zoom(min((step for step in ZOOM_STEPS if step > self._zoom), default=200))

    def zoom_out(self) -> None:
        """Show everything one step smaller."""
        self.choose_zoom(max((step for step in ZOOM_STEPS if step < self._zoom), default=100))

    def _ask_platform(self) -> None:
        """Have title bars and native dialogs match; without a choice, ask what the system says.

        While a choice stands, what the platform reports is that choice; hence the question.
        Platforms without schemes ignore all of it.
        """
        hints = QGuiApplication.styleHints()
        if self._choice is not SchemeChoice.SYSTEM:
            hints.setColorScheme(PLATFORM_SCHEMES[self.scheme])
            return
        hints.unsetColorScheme()
        reported = hints.colorScheme()
        if reported is not Qt.ColorScheme.Unknown:
            self._system_scheme = _scheme(reported)

    def _on_system_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        self._system_scheme = _scheme(scheme)
        self._announce()

    def _announce(self) -> None:
        """Say what has changed, once, whichever way it was noticed."""
        change = ThemeChange(self.scheme, self._zoom)
        if change != self._announced:
            self._announced = change
            self.theme_changed.emit(change)


def _scheme(scheme: Qt.ColorScheme) -> Scheme:
    return Scheme.DARK if scheme is Qt.ColorScheme.Dark else Scheme.LIGHT


def _allowed(zoom: int) -> int:
    return max(ZOOM_STEPS[0], min(ZOOM_STEPS[-1], zoom))
