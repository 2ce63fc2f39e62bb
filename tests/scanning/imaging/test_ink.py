# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw

from demo.papers.look_parts import Wear
from demo.papers.wear import worn
from demo.scan_look import Condition
from demo.scan_look import scanned as scanned_under
from scanning.imaging._cv import cv2
from scanning.imaging.ink import InkFacts, ink_facts
from scanning.imaging.raster import Raster, decode
from scanning.page_image import PageImage
from tests.scanning.imaging.scenes import Color, empty, font, mm, print_lines

DPI = 150
Draw = Callable[[ImageDraw.ImageDraw], None]
PENCIL, PALE_PENCIL, PALE_BLUE = (190, 190, 192), (205, 205, 207), (150, 170, 225)


def look(page: Image.Image, seed: int = 7, **condition: float) -> InkFacts:
    picture = scanned_under(page, Condition(seed=seed, **condition), dpi=DPI)
    return ink_facts(Raster(np.ascontiguousarray(np.asarray(picture)[:, :, ::-1]), float(DPI)))


def drawn(draw: Draw | None = None) -> Image.Image:
    page = empty(color=(255, 255, 255), dpi=DPI)
    if draw:
        draw(ImageDraw.Draw(page))
    return page


@cache
def front() -> Image.Image:
    return print_lines(empty(color=(255, 255, 255), dpi=DPI), lines=60, ink=(20, 20, 20), dpi=DPI)


def shone_through(strength: float) -> Image.Image:
    back = np.asarray(front().convert("L"))[:, ::-1].astype(np.float32)
    soft = 255 - (255 - cv2.GaussianBlur(back, (0, 0), mm(0.16, DPI))) * strength
    return Image.fromarray(soft.astype(np.uint8)).convert("RGB")


def three_words(seed: int, color: Color, face: str, size: int) -> Image.Image:
    chance = random.Random(seed)
    place = chance.randint(120, 700), chance.randint(150, 1500)
    return drawn(lambda draw: draw.text(place, "chín giờ sáng", fill=color, font=font(face, size)))


def thin_strokes(seed: int, color: Color, width: int) -> Image.Image:
    chance = random.Random(seed)
    page = Image.new("RGB", (2480, 3508), (255, 255, 255))
    draw = ImageDraw.Draw(page)
    left, top = chance.randint(300, 1500), chance.randint(300, 3000)
    for word in range(3):
        points = [
            (left + word * 230 + step * 13 + chance.uniform(-5, 5), top + chance.uniform(-28, 28)) for step in range(12)
        ]
        draw.line(points, fill=color, width=width, joint="curve")
    return page.resize((1240, 1754), Image.Resampling.LANCZOS)


@pytest.mark.parametrize(
    ("color", "face", "size"),
    [
        (PENCIL, "PatrickHand-Regular.ttf", 30),
        (PALE_PENCIL, "PatrickHand-Regular.ttf", 34),
        (PALE_BLUE, "PatrickHand-Regular.ttf", 34),
        ((60, 70, 140), "DancingScript.ttf", 30),
    ],
)
def test_three_words_by_hand_are_never_called_blank(color: Color, face: str, size: int) -> None:
    assert not look(three_words(size, color, face, size), size).is_blank


@pytest.mark.parametrize(("color", "width"), [((150, 150, 155), 3), ((175, 175, 178), 4), ((110, 130, 215), 3)])
def test_thin_strokes_are_never_called_blank(color: Color, width: int) -> None:
    assert not look(thin_strokes(3, color, width), noise=6).is_blank


PALEST = (229, 229, 230)  # a scanner delivers 222 on paper of 243: 9 % darker


@pytest.mark.parametrize("noise", [2, 8])
@pytest.mark.parametrize(("color", "width"), [(PALEST, 4), (PALEST, 7), ((222, 222, 222), 4), ((212, 214, 220), 7)])
def test_the_palest_pencil_is_never_called_blank(color: Color, width: int, noise: float) -> None:
    assert not look(thin_strokes(width, color, width), noise=noise).is_blank


@pytest.mark.parametrize("tint", [(1.0, 0.95, 0.85), (0.9, 0.9, 0.9), (0.88, 0.97, 0.9)])
def test_pale_pencil_on_paper_of_any_colour_is_never_called_blank(tint: tuple[float, float, float]) -> None:
    for page, is_blank in ((thin_strokes(1, PALEST, 5), False), (drawn(), True)):
        tinted = (np.asarray(page).astype(np.float32) * tint).astype(np.uint8)
        assert look(Image.fromarray(tinted)).is_blank is is_blank


@pytest.mark.parametrize("strength", [0.05, 0.1])
def test_pale_pencil_on_the_back_of_print_is_never_called_blank(strength: float) -> None:
    page = np.minimum(np.asarray(shone_through(strength)), np.asarray(thin_strokes(2, (222, 222, 222), 5)))
    assert not look(Image.fromarray(page)).is_blank


def _page_number(draw: ImageDraw.ImageDraw) -> None:
    draw.text((620, 1650), "3", fill=(20, 20, 20), font=font("LiberationSerif-Regular.ttf", 26))


def _seal(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((700, 1200, 900, 1400), outline=(205, 40, 60), width=6)


def _tick(draw: ImageDraw.ImageDraw) -> None:
    draw.line([(300, 700), (315, 720), (345, 670)], fill=(40, 60, 190), width=3)


def _words_on_a_fold(draw: ImageDraw.ImageDraw) -> None:
    _fold(draw)
    draw.text((300, 862), "đã nhận đủ", fill=(40, 60, 190), font=font("PatrickHand-Regular.ttf", 34))


def _fold(draw: ImageDraw.ImageDraw) -> None:
    for piece in range(20):
        draw.line((piece * 62 + 20, 877 + piece // 5, piece * 62 + 55, 877 + piece // 5), fill=(190, 190, 190), width=2)


@pytest.mark.parametrize("draw", [_page_number, _seal, _tick, _words_on_a_fold])
def test_the_smallest_mark_of_a_person_is_ink(draw: Draw) -> None:
    assert not look(drawn(draw)).is_blank


def test_an_empty_sheet_with_noise_dust_and_uneven_light_is_blank() -> None:
    assert look(drawn()).is_blank
    assert look(drawn(), noise=9, dust=0.001, light_fall=0.25).is_blank


@pytest.mark.parametrize(
    ("strength", "noise"), [(0.06, 2), (0.06, 8), (0.09, 8), (0.12, 2), (0.12, 4), (0.12, 8), (0.15, 5)]
)
def test_print_that_shines_through_from_the_front_is_not_ink(strength: float, noise: float) -> None:
    assert look(shone_through(strength), noise=noise).is_blank


@pytest.mark.parametrize("kind", ["birth-proof", "marriage-certificate", "land-use-certificate"])
def test_the_back_of_a_printed_sheet_is_blank(back_of: Callable[..., PageImage], kind: str) -> None:
    assert ink_facts(decode(back_of(kind, 150))).is_blank


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    "wear",
    [
        Wear(folds=2, show_through=0.1),
        Wear(folds=1, holes=True, age=0.6),
        Wear(holes=True, staple=True, show_through=0.12),
    ],
)
def test_worn_paper_is_blank(wear: Wear, seed: int) -> None:
    page = worn(np.array(drawn()), replace(wear, show_through=0.0), (40, 40, 42), DPI, np.random.default_rng(seed))
    if wear.show_through:
        page = np.minimum(page, np.asarray(shone_through(wear.show_through)))
    assert look(Image.fromarray(page), seed, dust=0.0006).is_blank


def _holes(draw: ImageDraw.ImageDraw) -> None:
    for middle in (877 - mm(40, DPI), 877 + mm(40, DPI)):
        left, radius = mm(12, DPI), mm(3, DPI)
        draw.ellipse((left - radius, middle - radius, left + radius, middle + radius), fill=(40, 40, 42))


def _staple(draw: ImageDraw.ImageDraw) -> None:
    draw.line((50, 62, 112, 45), fill=(110, 110, 114), width=6)


def _streak(draw: ImageDraw.ImageDraw) -> None:
    draw.line((700, 0, 702, 1754), fill=(120, 120, 120), width=3)


def _lid(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((1222, 0, 1240, 1754), fill=(50, 50, 50))
    draw.polygon([(0, 900), (26, 1754), (0, 1754)], fill=(40, 40, 40))


@pytest.mark.parametrize("draw", [_holes, _staple, _streak, _fold, _lid])
def test_traces_of_office_and_scanner_are_not_ink(draw: Draw) -> None:
    facts = look(drawn(draw))
    assert facts.is_blank
    assert facts.coverage < 0.0001


def test_one_round_zero_near_the_edge_is_no_punch_hole() -> None:
    left, radius = mm(14, DPI), mm(3, DPI)
    box = (left - radius, 800, left + radius, 800 + 2 * radius)
    assert not look(drawn(lambda draw: draw.ellipse(box, outline=(60, 60, 160), width=3))).is_blank


def test_print_covers_some_hundredths_of_a_page() -> None:
    facts = look(front())
    assert 0.02 < facts.coverage < 0.2
    assert not facts.is_blank
    assert facts.picture_share == 0.0


def _photo(seed: int, size: tuple[int, int]) -> Image.Image:
    coarse = np.random.default_rng(seed).integers(40, 210, (12, 9, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)


def test_photographs_are_told_by_their_share_of_the_page() -> None:
    page = drawn()
    page.paste(_photo(1, (620, 877)), (300, 400))
    assert look(page).picture_share == pytest.approx(0.25, abs=0.06)
    page = front().copy()
    page.paste(_photo(2, (118, 157)), (150, 200))
    assert 0.004 < look(page).picture_share < 0.02


def test_shadows_seals_tints_and_copied_edges_are_no_photographs() -> None:
    def marked(draw: ImageDraw.ImageDraw) -> None:
        _seal(draw)
        _lid(draw)

    assert look(drawn(marked), light_fall=0.45).picture_share == 0.0
    tinted = Image.fromarray((np.asarray(front()).astype(np.float32) * (0.98, 0.86, 0.88)).astype(np.uint8))
    assert look(tinted).picture_share == 0.0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_photograph_that_fills_its_page_is_not_blank(seed: int) -> None:
    tones = np.random.default_rng(seed).integers(20, 245, (5, 4), np.uint8)
    portrait = Image.fromarray(tones).resize((round(mm(30, DPI)), round(mm(40, DPI))), Image.Resampling.BICUBIC)
    assert not look(portrait.convert("RGB")).is_blank
