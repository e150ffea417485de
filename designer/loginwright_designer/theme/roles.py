"""The roles that a colour can have on the screen, and the text styles and schemes."""

from __future__ import annotations

from enum import StrEnum


class Scheme(StrEnum):
    """One of the two sets of colours."""

    LIGHT = "light"
    DARK = "dark"


class SchemeChoice(StrEnum):
    """What the user chose: a set of colours, or whatever the system says."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Role(StrEnum):
    """What a colour is for; each has a value in both schemes.

    Grounds come first, then lines, text, the accent, and the states. Colour is for state only:
    ``PAUSED``, ``AWAY``, ``SUCCESS``, ``DANGER``, ``PAST``; the accent is selection, focus,
    "new" and the primary button (desktop.md, "Rules of the surface").
    """

    WINDOW = "window"
    SURFACE = "surface"
    SURFACE_MUTED = "surface_muted"
    CARD = "card"
    TILE = "tile"
    CANVAS = "canvas"
    BRACKET = "bracket"
    SEPARATOR = "separator"
    BORDER = "border"
    CONTROL_BORDER = "control_border"
    TEXT = "text"
    TEXT_SECONDARY = "text_secondary"
    TEXT_MUTED = "text_muted"
    ACCENT = "accent"
    ACCENT_TEXT = "accent_text"
    ACCENT_TINT = "accent_tint"
    ON_ACCENT = "on_accent"
    SUCCESS = "success"
    SUCCESS_TINT = "success_tint"
    PAUSED = "paused"
    PAUSED_TINT = "paused_tint"
    AWAY = "away"
    AWAY_TINT = "away_tint"
    ON_AWAY = "on_away"
    DANGER = "danger"
    DANGER_TINT = "danger_tint"
    INFO = "info"
    INFO_TINT = "info_tint"
    PAST = "past"
    PAST_TINT = "past_tint"
    PAST_HATCH = "past_hatch"
    SELECTION = "selection"
    HOVER = "hover"
    CURRENT_LINE = "current_line"
    SCRIM = "scrim"


class SyntaxRole(StrEnum):
    """What a piece of code is, as far as it has a colour."""

    COMMENT = "comment"
    STRING = "string"
    KEYWORD = "keyword"
    FUNCTION = "function"
    CLASS = "class"
    BUILTIN = "builtin"
    NUMBER = "number"
    OPERATOR = "operator"
    REGEX = "regex"
    INTERPOLATION = "interpolation"
    PLAIN = "plain"


class TextStyle(StrEnum):
    """How text looks: three sizes, the two smaller ones also strong, and code in two sizes.

    Strong marks the active tab, a card's name, a heading; nothing is under 12 pixels
    (mocks/notes.md, "Type").
    """

    TITLE = "title"
    BODY = "body"
    BODY_STRONG = "body_strong"
    SECONDARY = "secondary"
    SECONDARY_STRONG = "secondary_strong"
    CODE = "code"
    CODE_STRONG = "code_strong"
    VALUE = "value"
