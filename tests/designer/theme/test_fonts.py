"""Text has three sizes, digits of one width and no ligatures, whatever is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF

from loginwright_designer.resource_files import ResourceError, ResourceFiles
from loginwright_designer.theme.fonts import (
    MOST_KEPT,
    Fonts,
    KeptMetrics,
    load_fonts,
    scaled_size,
)
from loginwright_designer.theme.roles import TextStyle

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

SIZES = {
    TextStyle.TITLE: ("Inter", 15, 600),
    TextStyle.BODY: ("Inter", 13, 400),
    TextStyle.BODY_STRONG: ("Inter", 13, 600),
    TextStyle.SECONDARY: ("Inter", 12, 400),
    TextStyle.SECONDARY_STRONG: ("Inter", 12, 600),
    TextStyle.CODE: ("JetBrains Mono", 13, 400),
    TextStyle.CODE_STRONG: ("JetBrains Mono", 13, 600),
    TextStyle.VALUE: ("JetBrains Mono", 12, 400),
}


@pytest.fixture(autouse=True)
def bundled_fonts(qapp: QApplication, resources: ResourceFiles) -> None:
    load_fonts(resources)


@pytest.mark.parametrize("style", TextStyle)
def test_text_style_shows_in_its_typeface_size_and_weight(style: TextStyle) -> None:
    shown = QFontInfo(Fonts().font(style))
    assert (shown.family(), shown.pixelSize(), shown.weight()) == SIZES[style]
    assert shown.exactMatch()


@pytest.mark.parametrize("style", TextStyle)
def test_zoom_enlarges_every_text_style(style: TextStyle) -> None:
    assert Fonts(200).font(style).pixelSize() == 2 * Fonts(100).font(style).pixelSize()


def test_digits_have_one_width_so_that_times_stand_in_columns() -> None:
    metrics = Fonts().metrics(TextStyle.BODY)
    assert metrics.horizontalAdvance("11:11") == metrics.horizontalAdvance("88:88")


@pytest.mark.parametrize("text", ["=>", "!==", "->", "://"])
def test_characters_of_code_do_not_melt_into_one_another(text: str) -> None:
    metrics = Fonts().metrics(TextStyle.CODE)
    assert metrics.horizontalAdvance(text) == pytest.approx(
        len(text) * metrics.horizontalAdvance("m")
    )
    font = Fonts().font(TextStyle.CODE)
    assert [font.featureValue(QFont.Tag(tag)) for tag in ("calt", "liga")] == [0, 0]


@pytest.mark.parametrize("style", TextStyle)
def test_letters_are_not_bent_to_the_pixel_grid(style: TextStyle) -> None:
    assert Fonts().font(style).hintingPreference() is QFont.HintingPreference.PreferNoHinting


def test_a_font_that_was_handed_out_can_be_changed_without_harm() -> None:
    fonts = Fonts()
    fonts.font(TextStyle.BODY).setPixelSize(99)
    assert fonts.font(TextStyle.BODY).pixelSize() == 13


@pytest.mark.parametrize(
    ("length", "zoom", "pixels"),
    [(13, 100, 13), (13, 150, 20), (1, 110, 1), (0, 200, 0), (0.4, 100, 1)],
)
def test_lengths_grow_by_whole_pixels(length: float, zoom: int, pixels: int) -> None:
    assert scaled_size(length, zoom) == pixels


def test_unreadable_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "Inter-Regular.otf").write_bytes(b"no font")
    with pytest.raises(ResourceError, match=r"The font Inter-Regular\.otf cannot be read"):
        load_fonts(ResourceFiles(tmp_path))


def test_missing_typeface_is_named(tmp_path: Path, resources: ResourceFiles) -> None:
    (tmp_path / "fonts").mkdir()
    inter = next(file for file in resources.fonts() if file.name == "Inter-Regular.otf")
    (tmp_path / "fonts" / inter.name).write_bytes(inter.read_bytes())
    with pytest.raises(ResourceError, match="The typeface JetBrains Mono is not"):
        load_fonts(ResourceFiles(tmp_path))


@pytest.mark.usefixtures("qapp")
def test_measures_that_are_kept_are_those_of_qt(resources: ResourceFiles) -> None:
    load_fonts(resources)
    fonts = Fonts(125)
    kept, fresh = fonts.metrics(TextStyle.BODY), QFontMetricsF(fonts.font(TextStyle.BODY))
    right = Qt.TextElideMode.ElideRight
    for text in ("", "Block weekends", "Wörter · 12/14", "x" * 300):
        for _ in range(2):
            assert kept.horizontalAdvance(text) == fresh.horizontalAdvance(text)
            assert kept.elidedText(text, right, 40) == fresh.elidedText(text, right, 40)
    assert kept.horizontalAdvance("Block", 2) == fresh.horizontalAdvance("Block", 2)


@pytest.mark.usefixtures("qapp")
def test_measures_of_many_texts_are_not_kept_forever(resources: ResourceFiles) -> None:
    load_fonts(resources)
    metrics = Fonts().metrics(TextStyle.BODY)
    assert isinstance(metrics, KeptMetrics)
    for number in range(MOST_KEPT + 10):
        metrics.horizontalAdvance(str(number))
        metrics.elidedText(str(number), Qt.TextElideMode.ElideRight, 10)
    assert metrics.kept < 2 * MOST_KEPT
