# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from scanning.imaging.formats import Pixels
from scanning.imaging.raster import Raster, decode, reduce, stamp_proof_plane
from scanning.imaging.skew import skew_correction_degrees
from scanning.imaging.upright import upright
from scanning.page_image import PageImage
from scanning.transforms import Rotation, view_of
from tests.scanning.imaging.scenes import card, empty, ruled_table, scanned

Sample = Callable[..., PageImage]


def turned(plane: Raster, degrees: float) -> Raster:
    return upright(plane, view_of((Rotation(degrees),), plane.width_px, plane.height_px), plane.dpi)


@pytest.mark.parametrize(
    ("kind", "skew"),
    [
        ("birth-registration-declaration", 1.3),
        ("marital-status-confirmation", -0.4),
        ("land-use-certificate", 4.7),
        ("birth-proof", -5.0),
    ],
)
def test_skew_is_found_to_a_tenth_of_a_degree(sample: Sample, kind: str, skew: float) -> None:
    plane = stamp_proof_plane(decode(sample(kind, skew, seed=3, dpi=150)))
    assert skew_correction_degrees(plane) == pytest.approx(skew, abs=0.1)


def test_every_angle_of_a_feeder_is_found(sample: Sample) -> None:
    plane = reduce(stamp_proof_plane(decode(sample("birth-registration-declaration", dpi=150))), 100)
    for skew in np.arange(-9.5, 9.6, 1.9):
        skewed = turned(plane, float(skew))
        assert skew_correction_degrees(skewed) == pytest.approx(-skew, abs=0.1)


def test_a_page_turned_back_by_the_correction_is_straight(sample: Sample) -> None:
    plane = stamp_proof_plane(decode(sample("land-use-certificate", 4.7, seed=3, dpi=150)))
    level = turned(plane, skew_correction_degrees(plane))
    assert skew_correction_degrees(level) == pytest.approx(0.0, abs=0.05)


def _noise(random: np.random.Generator) -> Pixels:
    return random.integers(0, 256, (1100, 800), dtype=np.uint8)


def _empty(random: np.random.Generator) -> Pixels:
    return (235 + random.normal(0, 6, (1100, 800))).clip(0, 255).astype(np.uint8)


def _dots(random: np.random.Generator) -> Pixels:
    page = np.full((1100, 800), 240, np.uint8)
    for row, column in zip(random.integers(20, 1080, 400), random.integers(20, 780, 400), strict=True):
        page[row : row + 4, column : column + 4] = 20
    return page


@pytest.mark.parametrize("picture", [_noise, _empty, _dots])
def test_a_page_without_lines_of_print_is_left_as_it_is(
    picture: Callable[[np.random.Generator], Pixels],
) -> None:
    assert skew_correction_degrees(Raster(picture(np.random.default_rng(5)), 100.0)) == 0.0


@pytest.mark.parametrize("skew", [-4.3, 0.0, 1.7])
def test_the_short_lines_of_a_card_say_it_too(skew: float) -> None:
    copy = empty(dpi=200)
    copy.paste(card(dpi=200), (600, 400))
    askew = copy.rotate(-skew, resample=Image.Resampling.BICUBIC, fillcolor=(243, 243, 243))
    plane = stamp_proof_plane(Raster(scanned(askew), 200.0))
    assert skew_correction_degrees(plane) == pytest.approx(skew, abs=0.2)


def test_ruled_lines_of_an_empty_table_say_it_too() -> None:
    askew = ruled_table(empty()).rotate(-2.4, resample=Image.Resampling.BICUBIC, fillcolor=(243, 243, 243))
    assert skew_correction_degrees(stamp_proof_plane(Raster(scanned(askew), 100.0))) == pytest.approx(2.4, abs=0.15)
