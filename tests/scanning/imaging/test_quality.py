# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from demo.sample_papers import SAMPLE_PAPERS
from demo.scan_look import Condition
from demo.sheets import render_sheet
from scanning.imaging.quality import measure
from scanning.imaging.raster import decode, stamp_proof_plane
from scanning.page_image import PageImage
from scanning.page_reading import QualityFacts

ScanOf = Callable[..., PageImage]
DPI = 150


def facts(scan_of: ScanOf, **condition: float) -> QualityFacts:
    picture = render_sheet(SAMPLE_PAPERS["birth-proof"], dpi=DPI, condition=Condition(seed=2, **condition))
    return measure(stamp_proof_plane(decode(scan_of(picture, DPI))), 0.05)


def test_soft_optics_show_in_the_sharpness(scan_of: ScanOf) -> None:
    assert facts(scan_of, blur_mm=0.25).sharpness < 0.6 * facts(scan_of).sharpness


def test_a_dark_scan_shows_in_paper_and_contrast(scan_of: ScanOf) -> None:
    bright = facts(scan_of)
    picture = render_sheet(SAMPLE_PAPERS["birth-proof"], dpi=DPI, condition=Condition(seed=2))
    dark = measure(stamp_proof_plane(decode(scan_of(picture.point(lambda value: value // 2), DPI))), 0.05)
    assert dark.paper_brightness < 0.6 * bright.paper_brightness
    assert dark.contrast < 0.6 * bright.contrast


def test_an_evenly_black_page_has_no_contrast_to_measure(scan_of: ScanOf) -> None:
    black = measure(stamp_proof_plane(decode(scan_of(Image.new("RGB", (300, 400)), DPI))), 0.0)
    assert black == QualityFacts(paper_brightness=0.0, contrast=0.0, sharpness=0.0, ink_coverage=0.0)
