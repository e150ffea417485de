"""Whatever can stand on whatever can be told from it (WCAG 2.2: 4.5 for text, 3 for shapes)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QPalette

from colour_contrast import (
    SHAPE_CONTRAST,
    TEXT_CONTRAST,
    contrast,
    laid_over,
)
from loginwright_designer.theme.marks import CHANGE_ROLES, MARKS
from loginwright_designer.theme.palette import palette_of
from loginwright_designer.theme.roles import Role, Scheme, SyntaxRole
from loginwright_designer.theme.shapes import PillLook, pill_colours
from loginwright_designer.theme.stylesheet import COMMENT
from loginwright_designer.theme.tokens import Tokens, read_tokens

if TYPE_CHECKING:
    from loginwright_designer.resource_files import ResourceFiles

TEXTS = (Role.TEXT, Role.TEXT_SECONDARY, Role.TEXT_MUTED)
PANELS = (
    Role.WINDOW,
    Role.SURFACE,
    Role.SURFACE_MUTED,
    Role.CARD,
    Role.CANVAS,
    Role.BRACKET,
    Role.TILE,
)
ROWS = (Role.SELECTION, Role.HOVER, Role.CURRENT_LINE, Role.ACCENT_TINT)
TINTS = (
    Role.SUCCESS_TINT,
    Role.PAUSED_TINT,
    Role.AWAY_TINT,
    Role.DANGER_TINT,
    Role.INFO_TINT,
    Role.PAST_TINT,
)
STATES = {
    Role.SUCCESS: Role.SUCCESS_TINT,
    Role.PAUSED: Role.PAUSED_TINT,
    Role.AWAY: Role.AWAY_TINT,
    Role.DANGER: Role.DANGER_TINT,
    Role.INFO: Role.INFO_TINT,
    Role.PAST: Role.PAST_TINT,
}
CODE_GROUNDS = (
    Role.SURFACE,
    Role.SURFACE_MUTED,
    Role.CURRENT_LINE,
    Role.HOVER,
    Role.SELECTION,
    Role.PAUSED_TINT,
    Role.PAST_TINT,
    Role.SUCCESS_TINT,
    Role.DANGER_TINT,
    Role.TILE,
    Role.ACCENT_TINT,
)
"""The editor, its bands, and the rows of values."""

TEXT_PAIRS = [
    *product(TEXTS, PANELS + ROWS + TINTS),
    *product((Role.ACCENT_TEXT,), PANELS + ROWS + TINTS),
    *((state, ground) for state, tint in STATES.items() for ground in (*PANELS, *ROWS, tint)),
    (Role.ON_ACCENT, Role.ACCENT),
    (Role.ON_AWAY, Role.AWAY),
    (Role.SURFACE, Role.DANGER),
]
"""Every text on every ground. On ``PAST_HATCH`` stands no text: the bar's words have a ground."""

GROUNDS_OF_CONTROLS = (*PANELS, *ROWS, *(tint for tint in TINTS if tint is not Role.PAUSED_TINT))
"""On ``PAUSED_TINT`` a dark control border has 2.95 only; what stands there is edged in PAUSED."""

SHAPE_PAIRS = [
    *product((Role.CONTROL_BORDER,), GROUNDS_OF_CONTROLS),
    (Role.PAUSED, Role.PAUSED_TINT),
    *product((Role.ACCENT, Role.ACCENT_TEXT), PANELS + ROWS + TINTS),
    *((state, ground) for state, tint in STATES.items() for ground in (*PANELS, *ROWS, tint)),
    *((mark.role, mark.tint) for mark in MARKS.values()),
    *((mark.role, ground) for mark in MARKS.values() for ground in (*PANELS, *ROWS)),
    *((Role.SURFACE, role) for role in CHANGE_ROLES.values()),
    *((role, ground) for role in CHANGE_ROLES.values() for ground in (Role.SURFACE, *TINTS)),
    (Role.ON_ACCENT, Role.ACCENT),
    (Role.PAST, Role.PAST_TINT),
]

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
DECLARATION = re.compile(r"([\w-]+):\s*([^;]+);")
ROLE = re.compile(r"@(?!px|image)(\w+)")
IMAGE = re.compile(r"@image\([\w-]+, (\w+)\)")
ONLY_LINES = {Role.SEPARATOR}
"""Lines that nothing depends on: what they part is told apart by place and heading."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the stylesheet, and the ground it is drawn on."""

    selector: str
    declarations: dict[str, str]
    ground: Role

    def roles(self, prefix: str) -> list[Role]:
        """Roles named by the declarations whose property begins so."""
        return [
            Role(name)
            for key, value in self.declarations.items()
            if key.startswith(prefix)
            for name in ROLE.findall(value)
        ]


@pytest.fixture(scope="module", params=Scheme)
def tokens(resources: ResourceFiles, request: pytest.FixtureRequest) -> Tokens:
    return read_tokens(resources.tokens("loginwright"))[request.param]


@pytest.fixture(scope="module")
def rules(resources: ResourceFiles) -> list[Rule]:
    sheet = COMMENT.sub("", resources.stylesheet("loginwright").read_text(encoding="utf-8"))
    found = []
    for selector, body in RULE.findall(sheet):
        declarations = dict(DECLARATION.findall(body))
        ground = ROLE.search(declarations.get("background", ""))
        found.append(
            Rule(selector.strip(), declarations, Role(ground[1]) if ground else Role.SURFACE)
        )
    return found


def too_faint(tokens: Tokens, pairs: list[tuple[Role, Role]], least: float) -> list[str]:
    return [
        f"{role} on {ground}: {ratio:.2f}"
        for role, ground in pairs
        if (ratio := contrast(tokens.colour(role), tokens.colour(ground))) < least
    ]


def test_every_text_can_be_read_on_every_ground(tokens: Tokens) -> None:
    assert too_faint(tokens, TEXT_PAIRS, TEXT_CONTRAST) == []


def test_every_shape_can_be_told_from_every_ground(tokens: Tokens) -> None:
    assert too_faint(tokens, SHAPE_PAIRS, SHAPE_CONTRAST) == []


def test_code_can_be_read_on_every_band_and_row(tokens: Tokens) -> None:
    faint = [
        f"{role} on {ground}: {ratio:.2f}"
        for role, ground in product(SyntaxRole, CODE_GROUNDS)
        if (ratio := contrast(tokens.code_colour(role), tokens.colour(ground))) < TEXT_CONTRAST
    ]
    assert faint == []


@pytest.mark.parametrize("look", PillLook)
def test_words_on_a_pill_can_be_read(tokens: Tokens, look: PillLook) -> None:
    colours = pill_colours(look)
    assert too_faint(tokens, [(colours.text, colours.ground)], TEXT_CONTRAST) == []
    assert too_faint(tokens, [(colours.edge, Role.CANVAS)], SHAPE_CONTRAST) == []
    assert too_faint(tokens, [(colours.edge, Role.BRACKET)], SHAPE_CONTRAST) == []


def test_texts_of_the_stylesheet_can_be_read(tokens: Tokens, rules: list[Rule]) -> None:
    pairs = [(role, rule.ground) for rule in rules for role in rule.roles("color")]
    assert len(pairs) > 30
    assert too_faint(tokens, pairs, TEXT_CONTRAST) == []


def test_borders_and_images_of_the_stylesheet_can_be_seen(
    tokens: Tokens, rules: list[Rule]
) -> None:
    lines = [
        (role, Role.SURFACE if rule.ground is role else rule.ground)
        for rule in rules
        for role in [*rule.roles("border"), *rule.roles("outline")]
        if role not in ONLY_LINES
    ]
    images = [
        (Role(role), rule.ground)
        for rule in rules
        for role in IMAGE.findall(rule.declarations.get("image", ""))
    ]
    assert len(lines) > 30
    assert len(images) > 10
    assert too_faint(tokens, without_filled_ones(lines) + images, SHAPE_CONTRAST) == []


def without_filled_ones(lines: list[tuple[Role, Role]]) -> list[tuple[Role, Role]]:
    """See the dark edge of what is filled with the accent against what lies around it."""
    filled = (Role.TEXT, Role.ACCENT)
    return [(Role.TEXT, Role.SURFACE) if pair == filled else pair for pair in lines]


@pytest.mark.parametrize("group", ["Active", "Inactive", "Disabled"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("WindowText", "Window"),
        ("Text", "Base"),
        ("Text", "AlternateBase"),
        ("PlaceholderText", "Base"),
        ("ButtonText", "Button"),
        ("HighlightedText", "Highlight"),
        ("ToolTipText", "ToolTipBase"),
        ("Link", "Base"),
        ("LinkVisited", "Base"),
    ],
)
def test_texts_that_qt_paints_itself_can_be_read(
    tokens: Tokens, group: str, text: str, ground: str
) -> None:
    palette = palette_of(tokens)
    colours = [
        palette.color(QPalette.ColorGroup[group], QPalette.ColorRole[name])
        for name in (text, ground)
    ]
    assert contrast(*colours) >= TEXT_CONTRAST


def test_contrast_is_that_of_the_standard() -> None:
    black, white = QColor("#000000"), QColor("#ffffff")
    assert contrast(black, white) == contrast(white, black) == pytest.approx(21)
    assert contrast(white, white) == 1
    assert contrast(QColor("#767676"), white) == pytest.approx(4.54, abs=0.01)


def test_translucent_colour_counts_as_it_looks() -> None:
    half = QColor(0, 0, 0, 128)
    assert laid_over(half, QColor("#ffffff")).name() == "#7f7f7f"
    assert contrast(half, QColor("#ffffff")) == pytest.approx(
        contrast(QColor("#7f7f7f"), QColor("#ffffff")), abs=0.01
    )
