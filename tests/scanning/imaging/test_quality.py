# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels
from scanning.imaging.quality import measure
from scanning.imaging.raster import Raster
from scanning.imaging.sheet_planes import SheetPlanes
from scanning.page_reading import Advice, Quality
from scanning.transforms import Cutout, Rotation, Transform
from tests.scanning.imaging.scenes import A5, empty, mm, print_lines, scanned

DPI = 200
LEFT_MM, TOP_MM = 20, 20


@cache
def page(size_pt: float = 12.5, lines: int = 18) -> Pixels:
    sheet = empty((A5[1], A5[0]), dpi=DPI)
    return scanned(
        print_lines(sheet, lines=lines, size_pt=size_pt, left_mm=LEFT_MM, right_mm=15, top_mm=TOP_MM, dpi=DPI)
    )


def judged(pixels: Pixels, *steps: Transform, dpi: float = DPI) -> Quality:
    return measure(SheetPlanes(Raster(pixels, dpi), steps), 0.05)


def blurred(pixels: Pixels, millimetres: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), mm(millimetres, DPI)), np.uint8)


def dimmed(pixels: Pixels, share: float) -> Pixels:
    return (pixels * share).astype(np.uint8)


def paled(pixels: Pixels, share: float) -> Pixels:
    return (240 - (240 - pixels.astype(np.float32)) * share).clip(0, 255).astype(np.uint8)


def copied(pixels: Pixels) -> Pixels:
    gray = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    copy = np.where(cv2.GaussianBlur(gray, (0, 0), 1.2) < 150, 60, 212).astype(np.uint8)
    copy[:, :14] = 50
    return scanned_copy(copy)


def scanned_copy(gray: Pixels) -> Pixels:
    grain = np.random.default_rng(3).normal(0, 4, gray.shape)
    soft = cv2.GaussianBlur(gray, (0, 0), 0.6) + grain
    return np.asarray(cv2.cvtColor(soft.clip(0, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR), np.uint8)


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda pixels: pixels,
        lambda pixels: blurred(pixels, 0.1),
        lambda pixels: dimmed(pixels, 0.55),
        lambda pixels: paled(pixels, 0.5),
        copied,
        lambda pixels: np.full_like(pixels, 240),
    ],
    ids=["scan", "phone", "dim", "worn-ribbon", "copy", "blank"],
)
def test_what_is_good_enough_gives_no_advice(spoilt: Callable[[Pixels], Pixels]) -> None:
    assert judged(spoilt(page())).advice == ()


@pytest.mark.parametrize(
    ("spoilt", "advice"),
    [
        (lambda pixels: blurred(pixels, 0.35), Advice.BLURRED),
        (lambda pixels: dimmed(pixels, 0.3), Advice.TOO_DARK),
        (lambda pixels: paled(pixels, 0.15), Advice.TOO_PALE),
    ],
)
def test_what_cannot_be_read_well_is_to_be_scanned_again(spoilt: Callable[[Pixels], Pixels], advice: Advice) -> None:
    assert judged(spoilt(page())).advice == (advice,)


def test_the_soft_shades_of_a_photograph_are_not_taken_for_blurred_print() -> None:
    coarse = np.random.default_rng(4).integers(20, 240, (60, 44, 3), dtype=np.uint8)
    photo = np.full((1654, 1169, 3), 240, np.uint8)
    photo[300:1300, 200:960] = cv2.resize(coarse, (760, 1000), interpolation=cv2.INTER_CUBIC)
    assert judged(photo).advice == ()


def test_small_print_bears_less_blur() -> None:
    softness = 0.2
    assert judged(blurred(page(13.0), softness)).advice == ()
    assert judged(blurred(page(6.5, lines=30), softness)).advice == (Advice.BLURRED,)


@pytest.mark.parametrize(("dpi", "advice"), [(75, (Advice.LOW_RESOLUTION,)), (130, ())])
def test_print_of_too_few_dots_is_to_be_scanned_finer(dpi: int, advice: tuple[Advice, ...]) -> None:
    coarse = cv2.resize(page(), None, fx=dpi / DPI, fy=dpi / DPI, interpolation=cv2.INTER_AREA)
    assert judged(np.asarray(coarse, np.uint8), dpi=dpi).advice == advice


def test_lines_that_run_off_the_picture_are_cut_off_whichever_way_it_lies() -> None:
    cut = page()[:, round(mm(LEFT_MM + 5, DPI)) :]
    for turns in range(4):
        turned = np.ascontiguousarray(np.rot90(cut, turns))
        assert judged(turned, Rotation(-90.0 * turns)).advice == (Advice.CUT_OFF,)


def test_a_line_cut_through_its_letters_is_cut_off() -> None:
    top = round(mm(TOP_MM, DPI) + 12.5 / 72 * DPI * 0.6)
    assert judged(np.ascontiguousarray(page()[top:])).advice == (Advice.CUT_OFF,)


def test_print_at_the_edge_of_a_cut_out_sheet_is_not_the_scanner_s_fault() -> None:
    cut = np.ascontiguousarray(page()[:, round(mm(LEFT_MM + 5, DPI)) :])
    height, width = cut.shape[:2]
    whole = Cutout(((0.0, 0.0), (width, 0.0), (width, height), (0.0, height)), width, height)
    assert judged(cut, whole).advice == ()


def test_the_facts_follow_the_picture() -> None:
    good, soft, dark = judged(page()), judged(blurred(page(), 0.2)), judged(dimmed(page(), 0.5))
    assert soft.sharpness < 0.6 * good.sharpness
    assert dark.paper_brightness == pytest.approx(good.paper_brightness / 2, abs=2)
    assert dark.contrast == pytest.approx(good.contrast / 2, abs=6)
    assert good.ink_coverage == 0.05


def test_an_evenly_black_page_has_no_contrast_to_measure() -> None:
    assert judged(np.zeros((800, 600, 3), np.uint8)) == Quality(0.0, 0.0, 0.0, 0.05, (Advice.TOO_DARK,))
