# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import itertools
import random
import unicodedata

import pytest
import typst
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from demo.papers import fonts
from demo.papers.fonts import FOLDER, SEEN, UNSEEN, Family, Kind

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
_LETTERS = {unicodedata.normalize("NFC", vowel + tone) for vowel, tone in itertools.product(_VOWELS, _TONES)}
_LETTERS |= set("đĐ0123456789bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ.,:;/-()\"'%&+=<>²")


@pytest.mark.parametrize("file", sorted({file for family in SEEN + UNSEEN for file in family.files}))
def test_every_font_draws_every_vietnamese_letter(file: str) -> None:
    with TTFont(FOLDER / file, lazy=True) as font:
        names, glyphs = font.getBestCmap(), font.getGlyphSet()
        shapes = {}
        for letter in sorted(_LETTERS):
            pen = BoundsPen(glyphs)
            glyphs[names[ord(letter)]].draw(pen)
            shapes[letter] = pen.bounds
    assert None not in shapes.values()
    assert names[ord("ẫ")] != names[ord("â")]


@pytest.mark.parametrize("half", [SEEN, UNSEEN], ids=["seen", "unseen"])
def test_both_halves_have_every_kind_and_enough_families(half: tuple[Family, ...]) -> None:
    assert {family.kind for family in half} == set(Kind)
    assert sum(family.kind is not Kind.HAND for family in half) >= 5
    assert sum(family.kind is Kind.HAND for family in half) >= 2


def test_the_halves_share_no_font() -> None:
    seen, unseen = ({file for family in half for file in family.files} for half in (SEEN, UNSEEN))
    assert not seen & unseen
    assert not {family.name for family in SEEN} & {family.name for family in UNSEEN}


def test_the_press_knows_every_family_by_its_name_and_width() -> None:
    known = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)]).fonts()
    widths = {(font.family, round(font.stretch * 100)) for font in known}
    assert {(family.name, family.stretch) for family in SEEN + UNSEEN} <= widths


def test_the_fonts_stay_small_and_have_their_licences() -> None:
    licences = (FOLDER / "LICENSES.txt").read_text(encoding="utf-8")
    files = [file for file in FOLDER.iterdir() if file.suffix in {".ttf", ".otf"}]
    assert sum(file.stat().st_size for file in files) <= 6 * 2**20
    families = {file.stem.split("-")[0] for file in files}
    assert not [name for name in families if name not in licences and name[:7] not in licences]


def test_most_office_papers_are_set_in_a_serif_and_most_needle_prints_are_not() -> None:
    chance = random.Random(1)
    office = [fonts.choose(chance, seen=True).print.kind for _ in range(100)]
    needles = [fonts.choose(chance, seen=False, needles=True).print.kind for _ in range(100)]
    assert office.count(Kind.SERIF) > 45
    assert needles.count(Kind.TYPEWRITER) > 35
