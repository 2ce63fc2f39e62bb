# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from scanning.errors import ScanningError
from scanning.imaging.light import even_light
from scanning.imaging.raster import (
    Raster,
    darkest_plane,
    decode,
    encode_jpeg,
    reduce,
    stamp_proof_plane,
)
from scanning.page_image import PageImage

ScanOf = Callable[..., PageImage]
PAPER, RED_SEAL, BLUE_PEN, PRINT = (245, 245, 245), (205, 40, 60), (40, 60, 190), (35, 35, 35)


def sheet(size: tuple[int, int] = (400, 600), color: tuple[int, int, int] = PAPER) -> Image.Image:
    return Image.new("RGB", size, color)


def test_gray_and_colour_pages_decode_to_colour(scan_of: ScanOf) -> None:
    for picture in (sheet(), sheet().convert("L")):
        raster = decode(scan_of(picture, 100))
        assert raster.pixels.shape == (600, 400, 3)
        assert (raster.width_px, raster.height_px, raster.dpi) == (400, 600, 100)


@pytest.mark.parametrize("dpi", [-1, 0, 7, 49, 1201, 1_000_000])
def test_a_resolution_that_cannot_be_true_is_refused(scan_of: ScanOf, dpi: int) -> None:
    with pytest.raises(ScanningError) as caught:
        decode(replace(scan_of(sheet(), 100), dpi=dpi))
    assert caught.value.code == "page-resolution-invalid"


@pytest.mark.parametrize(("size", "dpi"), [((1, 1), 100), ((400, 30), 100), ((100, 100), 600)])
def test_a_scrap_is_no_page(scan_of: ScanOf, size: tuple[int, int], dpi: int) -> None:
    with pytest.raises(ScanningError) as caught:
        decode(scan_of(sheet(size), dpi))
    assert caught.value.code == "page-too-small"


@pytest.mark.parametrize("size", [(30_000, 30_000), (65_000, 1_000), (10_001, 10_000)])
def test_a_decompression_bomb_is_refused_before_it_unpacks(scan_of: ScanOf, size: tuple[int, int]) -> None:
    bomb = bytearray(scan_of(sheet(), 300).content)
    frame = bomb.index(b"\xff\xc0")
    bomb[frame + 5 : frame + 9] = size[1].to_bytes(2, "big") + size[0].to_bytes(2, "big")
    with pytest.raises(ScanningError) as caught:
        decode(replace(scan_of(sheet(), 300), content=bytes(bomb)))
    assert caught.value.code == "page-too-large"


def test_a_torn_picture_is_unreadable(scan_of: ScanOf) -> None:
    page = scan_of(sheet(), 100)
    with pytest.raises(ScanningError) as caught:
        decode(replace(page, content=page.content[:-100]))
    assert caught.value.code == "page-unreadable"


def test_a_camera_s_orientation_mark_does_not_turn_the_page(scan_of: ScanOf) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees
    page = scan_of(sheet(), 100)
    tag = b"Exif\x00\x00" + exif.tobytes().removeprefix(b"Exif\x00\x00")
    segment = b"\xff\xe1" + (len(tag) + 2).to_bytes(2, "big") + tag
    marked = page.content[:2] + segment + page.content[2:]
    assert decode(replace(page, content=marked)).pixels.shape == (600, 400, 3)


def test_seals_and_pens_fade_and_print_stays_in_the_plane_that_is_read(scan_of: ScanOf) -> None:
    picture = sheet()
    draw = ImageDraw.Draw(picture)
    for top, color in ((100, RED_SEAL), (200, BLUE_PEN), (300, PRINT)):
        draw.rectangle((100, top, 300, top + 50), fill=color)
    plane = stamp_proof_plane(decode(scan_of(picture, 100))).pixels
    red, blue, ink = (int(plane[top + 25, 200]) for top in (100, 200, 300))
    assert red > 195
    assert blue > 180
    assert ink < 50


@pytest.mark.parametrize("pad", [(134, 20, 36), (158, 26, 88), (150, 14, 28)])
def test_dark_seals_fade_as_far_as_bright_ones_and_no_further(scan_of: ScanOf, pad: tuple[int, int, int]) -> None:
    picture = sheet()
    picture.paste(pad, (100, 100, 200, 200))
    plane = stamp_proof_plane(decode(scan_of(picture, 100, quality=95))).pixels
    assert 185 <= plane[150, 150] <= 205


def test_print_under_a_dark_seal_stays_black(scan_of: ScanOf) -> None:
    picture = sheet()
    picture.paste((134, 20, 36), (100, 100, 200, 200))
    picture.paste((19, 4, 6), (140, 140, 160, 160))
    assert stamp_proof_plane(decode(scan_of(picture, 100, quality=95))).pixels[150, 150] < 40


def test_tinted_paper_bright_seals_and_blue_pens_are_left_as_bright_as_they_are(scan_of: ScanOf) -> None:
    for color in ((252, 232, 232), (205, 40, 60), (40, 60, 160)):
        plane = stamp_proof_plane(decode(scan_of(sheet(color=color), 100, quality=95))).pixels
        assert int(plane.max()) == pytest.approx(max(color), abs=6)


def test_any_colour_of_ink_is_dark_in_the_plane_that_tells_blank_pages(scan_of: ScanOf) -> None:
    for color in (RED_SEAL, BLUE_PEN, PRINT):
        assert darkest_plane(decode(scan_of(sheet(color=color), 100))).pixels.max() < 80


def test_tinted_paper_and_a_shadow_become_white_and_print_stays_black(scan_of: ScanOf) -> None:
    shadow = np.linspace(250, 120, 400)[None, :].repeat(600, axis=0).astype(np.uint8)
    shadow[300:304, 20:380] = 10
    light = even_light(Raster(shadow, 100.0)).pixels
    assert light[100:200].min() > 235
    assert light[301:303, 20:380].max() < 60


def test_reducing_never_enlarges() -> None:
    raster = Raster(np.zeros((600, 400), np.uint8), 150.0)
    assert reduce(raster, 200) is raster
    assert reduce(raster, 75).pixels.shape == (300, 200)


def test_a_thumbnail_is_a_picture_again() -> None:
    content = encode_jpeg(Raster(np.zeros((60, 40, 3), np.uint8), 10.0), 75)
    assert content.startswith(b"\xff\xd8")
    assert content.endswith(b"\xff\xd9")
