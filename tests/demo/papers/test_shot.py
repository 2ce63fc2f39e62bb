# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from demo.papers.look import CONDITIONS, Look
from demo.papers.look_parts import Bed, Camera, Copier, Inks, Machine, Placing, Wear
from demo.papers.press import SetPage
from demo.papers.shot import Shot, photographed

_DPI = 50
_A5 = (291, 413)
_CARD = (169, 106)
# Green where no ink, lid or table is; every corner in its own shade.
_CORNERS = ((0, 120, 60), (0, 150, 20), (0, 180, 90), (0, 210, 50))


def _sheet(size: tuple[int, int]) -> SetPage:
    picture = Image.new("RGB", size, (0, 240, 0))
    part = (size[0] // 6, size[1] // 6)
    for colour, left, top in zip(_CORNERS, (0, 1, 1, 0), (0, 0, 1, 1), strict=True):
        picture.paste(colour, (left * (size[0] - part[0]), top * (size[1] - part[1]),
                               left * size[0] + part[0], top * size[1] + part[1]))  # fmt: skip
    return SetPage(picture, None, None, "")


def _assert_corners_lie_where_the_truth_says(shot: Shot, corners: tuple[tuple[float, float], ...]) -> None:
    pixels = np.asarray(shot.picture).astype(int)
    middle = np.mean(corners, axis=0)
    for corner, colour in zip(corners, _CORNERS, strict=True):
        inside = np.asarray(corner) + (middle - corner) * 0.12
        outside = np.asarray(corner) + (middle - corner) * -0.06
        across, down = (int(part) for part in inside)
        assert np.abs(pixels[down, across] - colour).max() < 25
        if (outside >= 0).all() and (outside < shot.picture.size).all():
            across, down = (int(part) for part in outside)
            red, green, blue = pixels[down, across]
            assert green < max(red, blue) + 40


@pytest.mark.parametrize("quarter_turns", [0, 1, 2, 3])
@pytest.mark.parametrize(
    "placing",
    [
        Placing(),
        Placing(skew_degrees=4.2),
        Placing(Bed.GLASS, skew_degrees=-11, lid=(30, 30, 30)),
        Placing(Bed.TABLE, skew_degrees=6, tilt_degrees=18),
    ],
    ids=["feeder", "skewed", "glass", "table"],
)
def test_the_corners_are_those_of_the_sheet(placing: Placing, quarter_turns: int) -> None:
    look = Look(seed=5, dpi=_DPI, placing=replace(placing, quarter_turns=quarter_turns))
    shot = photographed([_sheet(_A5)], look)
    _assert_corners_lie_where_the_truth_says(shot, shot.corners[0])
    assert shot.quarter_turns == quarter_turns


def test_two_cards_lie_apart_on_the_glass() -> None:
    look = Look(seed=2, dpi=_DPI, placing=Placing(Bed.GLASS, skew_degrees=8, lid=(30, 30, 30)))
    shot = photographed([_sheet(_CARD), _sheet(_CARD)], look)
    assert shot.picture.size == (413, 585)
    for corners in shot.corners:
        _assert_corners_lie_where_the_truth_says(shot, corners)


@pytest.mark.parametrize("degrees", [-4.7, 0.3, 3.0])
def test_skew_is_clockwise(degrees: float) -> None:
    shot = photographed([_sheet(_A5)], Look(dpi=_DPI, placing=Placing(skew_degrees=degrees)))
    left, right = shot.corners[0][0], shot.corners[0][1]
    assert shot.skew_degrees == pytest.approx(degrees, abs=1e-6)
    assert math.degrees(math.atan2(right[1] - left[1], right[0] - left[0])) == pytest.approx(degrees, abs=1e-6)


def test_a_sheet_as_large_as_the_glass_is_not_turned_off_it() -> None:
    look = Look(dpi=_DPI, placing=Placing(Bed.GLASS, skew_degrees=14))
    assert photographed([_sheet((413, 585))], look).skew_degrees == pytest.approx(3)
    assert photographed([_sheet(_CARD)], look).skew_degrees == pytest.approx(14)


def _printed() -> SetPage:
    page = np.full((413, 291, 3), 255, np.uint8)
    page[40:380:12, 30:260] = 0
    page[41:381:12, 30:260] = 0
    pen = Image.new("RGB", (291, 413), "white")
    pen.paste((30, 50, 150), (60, 300, 200, 304))
    seal = Image.new("L", (291, 413), 255)
    seal.paste(0, (100, 200, 160, 260))
    return SetPage(Image.fromarray(page), pen, seal, "")


@pytest.mark.parametrize(
    "look",
    [
        Look(inks=Inks(Machine.DOT_MATRIX, needles_per_inch=40, ribbon_wear=0.5)),
        Look(inks=Inks(stamps=2, square_stamps=True)),
        Look(inks=Inks(stamps=1)),
        Look(wear=Wear(tint=(240, 230, 200))),
        Look(wear=Wear(age=0.8)),
        Look(wear=Wear(folds=1)),
        Look(wear=Wear(folds=3)),
        Look(wear=Wear(holes=True)),
        Look(wear=Wear(staple=True)),
        Look(wear=Wear(show_through=0.2)),
        Look(copier=Copier(generations=2, dirt=0.6, gray=0.2, edge=5)),
        Look(copier=Copier(fax_dpi=40)),
        Look(camera=Camera(blur_mm=0.4)),
        Look(camera=Camera(ink=30, paper=(240, 236, 220))),
        Look(camera=Camera(light_fall=0.3)),
        Look(camera=Camera(shadow=0.5)),
        Look(camera=Camera(noise=5)),
        Look(camera=Camera(dust=0.001)),
        Look(camera=Camera(jpeg_quality=40)),
    ],
)
def test_every_part_of_a_look_changes_the_picture_but_not_the_words_beyond_reading(look: Look) -> None:
    clean = np.asarray(photographed([_printed()], Look(dpi=_DPI)).picture).astype(int)
    spoilt = np.asarray(photographed([_printed()], replace(look, seed=3, dpi=_DPI)).picture).astype(int)
    assert spoilt.shape == clean.shape
    assert np.abs(spoilt - clean).max() > 10
    dark, bright = spoilt[clean.max(axis=2) < 10].mean(), spoilt[clean.min(axis=2) > 245].mean()
    assert bright - dark > 60


def test_print_stays_black_under_a_seal_that_is_red() -> None:
    picture = np.asarray(photographed([_printed()], Look(dpi=_DPI, inks=Inks(seal_wear=0))).picture).astype(int)
    within = picture[205:255, 105:155]
    print_, seal = within[within.max(axis=2) < 60], within[within[:, :, 0] > 120]
    assert len(print_) > 300
    assert (seal[:, 0] > seal[:, 1] + 60).all()


def test_the_same_look_gives_the_same_pixels_and_another_seed_others() -> None:
    look = replace(CONDITIONS["bad-photocopy"](4), dpi=_DPI)
    first, second, other = (
        np.asarray(photographed([_printed()], each).picture) for each in (look, look, replace(look, seed=5))
    )
    assert np.array_equal(first, second)
    assert not np.array_equal(first, other)
