"""Lays the tokens of a login out as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.panels.inspector.row_values import (
    ClaimHeads,
    ClaimRow,
    CommandRow,
    EmptyRow,
    HeadingRow,
    LeftOutRow,
    Row,
    TextLine,
)
from loginwright_designer.theme.marks import State

if TYPE_CHECKING:
    from collections.abc import Collection

    from loginwright_designer.simulation.token_list import ShownToken, TokenList

translate = QCoreApplication.translate


def token_rows(
    shown: TokenList, opened: Collection[tuple[str, str]] = (), *, wide: bool = False
) -> tuple[Row, ...]:
    """Return the rows of *Tokens*.

    Args:
        shown: The tokens.
        opened: Token and name of the claims whose values are shown as a whole.
        wide: There is room for three columns.
    """
    if not shown.issued:
        empty = _none_issued(shown)
        left_out: list[Row] = [LeftOutRow(one) for one in shown.left_out]
        return (empty, _left_out_title(), *left_out) if left_out else (empty,)
    rows: list[Row] = []
    for number, token in enumerate(shown.tokens):
        rows.append(HeadingRow(token.title, token.ends, large=True, line_above=number > 0))
        rows.extend(_token(token, opened, wide=wide))
    if shown.no_id_token:
        text = translate("Tokens", "No ID token: the login did not ask for the scope openid.")
        rows.append(TextLine(text))
    if shown.left_out:
        rows.append(_left_out_title())
        rows.extend(LeftOutRow(one) for one in shown.left_out)
    else:
        rows.append(TextLine(_whole(shown), State.RAN, line_above=True))
    return tuple(rows)


def _none_issued(shown: TokenList) -> EmptyRow:
    """Say that there are no tokens: not yet, or not at all."""
    icon, never = "badge-check", translate("Tokens", "No tokens")
    match shown.standing:
        case "denied":
            text = translate("Tokens", "The login was denied, so the application gets none.")
            return EmptyRow(icon, never, text)
        case "failed":
            text = translate("Tokens", "The login failed, so the application gets none.")
            return EmptyRow(icon, never, text)
        case _:
            text = translate(
                "Tokens",
                "They are built last, after the last action. Then each claim stands here, with "
                "the line that set it.",
            )
            return EmptyRow(icon, translate("Tokens", "No tokens yet"), text)


def _token(token: ShownToken, opened: Collection[tuple[str, str]], *, wide: bool) -> list[Row]:
    rows: list[Row] = [ClaimHeads()] if wide else []
    by_engine = False
    for claim in token.claims:
        if claim.place is None and not by_engine:
            by_engine = True
            if not wide:
                rows.append(TextLine(translate("Tokens", "Set by the engine")))
        rows.append(ClaimRow(token.key, claim, (token.key, claim.name) in opened))
    if token.header:
        rows.append(TextLine(translate("Tokens", "Header: {header}").format(header=token.header)))
    if token.text:
        rows.append(
            CommandRow(
                "copy",
                translate("Tokens", "Copy token"),
                translate("Tokens", "Copy the {token}").format(token=token.title),
                token.text,
            )
        )
    rows.append(
        CommandRow(
            "braces",
            translate("Tokens", "Copy claims as JSON"),
            translate("Tokens", "Copy the claims of the {token} as JSON").format(token=token.title),
            token.claims_json,
        )
    )
    return rows


def _left_out_title() -> HeadingRow:
    return HeadingRow(translate("Tokens", "Left out"), line_above=True)


def _whole(shown: TokenList) -> str:
    if len(shown.tokens) == 2:
        return translate("Tokens", "Nothing was left out of either token.")
    return translate("Tokens", "Nothing was left out of the token.")
