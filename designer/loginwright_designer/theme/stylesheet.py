"""Fills the stylesheet template with the colours, lengths and images of a theme."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loginwright_designer.resource_files import ResourceError
from loginwright_designer.theme.fonts import scaled_size
from loginwright_designer.theme.roles import Role

if TYPE_CHECKING:
    from loginwright_designer.theme.tinted_icons import TintedIcons
    from loginwright_designer.theme.tokens import Tokens

PLACEHOLDER = re.compile(
    r"@image\((?P<icon>[\w-]+), (?P<tint>\w+)\)|@px\((?P<length>\d+(?:\.\d)?)\)|@(?P<role>\w+)"
)
"""``@image(chevron-down, text_muted)``, ``@px(6)`` and ``@surface`` in the template."""

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def filled_stylesheet(template: str, tokens: Tokens, icons: TintedIcons, zoom: int) -> str:
    """Return the stylesheet of the whole application.

    Args:
        template: Qt's style rules with placeholders.
        tokens: What a role's placeholder becomes.
        icons: What an image's placeholder is taken from.
        zoom: In percent; what a length's placeholder is multiplied by.

    Raises:
        ResourceError: A placeholder names no role or no icon.
    """

    def replacement(found: re.Match[str]) -> str:
        if found["icon"]:
            file = icons.file(found["icon"], _role(found["tint"])).as_posix()
            return f'url("{file}")'
        if found["length"]:
            return f"{scaled_size(float(found['length']), zoom)}px"
        return tokens.colour(_role(found["role"])).name()

    return PLACEHOLDER.sub(replacement, COMMENT.sub("", template))


def _role(name: str) -> Role:
    try:
        return Role(name)
    except ValueError:
        raise ResourceError(f'The stylesheet names "{name}", which is not a role.') from None
