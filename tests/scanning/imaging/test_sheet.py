# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from scanning.imaging.raster import Raster
from scanning.imaging.sheet import SheetsFound, find_sheets
from tests.scanning.imaging.scenes import (
    A4,
    A5,
    DPI,
    Color,
    Laid,
    Scene,
    card,
    empty,
    frame,
    mm,
    on_glass,
    on_table,
    print_lines,
    ruled_table,
    scanned,
    seen_from_above,
)

WHITE_LID: Color = (236, 238, 238)
WARM_LID: Color = (246, 246, 246)
BLACK_LID: Color = (25, 25, 28)


def largest_error(scene: Scene, found: SheetsFound) -> float:
    """Distance in pixels of the worst corner, sheets and corners matched as they fit best."""
    assert len(found.sheets) == len(scene.corners)
    return max(
        min(
            float(np.abs(np.array(sheet.cutout.corners) - np.roll(truth, turns, axis=0)).max())
            for sheet in found.sheets
            for turns in range(4)
        )
        for truth in scene.corners
    )


def page_with_photo() -> Image.Image:
    page = print_lines(empty(), lines=12)
    page.paste(Image.fromarray(np.random.default_rng(1).integers(60, 160, (157, 118, 3), dtype=np.uint8)), (600, 500))
    return page


def copied_cards() -> Image.Image:
    page = empty()
    for top in (150, 500):
        page.paste(card(top).convert("L").convert("RGB"), (200, top))
    return page


def card_and_a_note() -> Image.Image:
    page = print_lines(empty(), lines=2, top_mm=240)
    page.paste(card(), (200, 200))
    return page


def dark_copy() -> Image.Image:
    page = print_lines(empty(color=(190, 190, 190)))
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, 14, page.height), fill=(40, 40, 40))
    draw.rectangle((0, 0, page.width, 9), fill=(50, 50, 50))
    return page


def certificate_under_an_open_lid(skew: float) -> Image.Image:
    """A broad frame near the edge, in a shadow, and the dark room in the corners."""
    page = frame(print_lines(empty()), 9, (110, 140, 190), 14)
    page = page.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=BLACK_LID)
    light = np.linspace(0.95, 0.5, page.width)[None, :, None]
    return Image.fromarray((np.asarray(page) * light).astype(np.uint8))


PAGES = {
    "empty": empty(),
    "print": print_lines(empty(), lines=50),
    "table": ruled_table(print_lines(empty(), lines=4)),
    "table-alone": ruled_table(empty()),
    "frame": frame(print_lines(empty()), 12, (60, 60, 60)),
    "thick-frame": frame(print_lines(empty()), 12, (200, 60, 60), 24),
    "pale-frame": frame(print_lines(empty()), 31, (225, 225, 225)),
    "pink-certificate": frame(print_lines(empty(color=(250, 220, 225))), 10, (200, 90, 120), 6),
    "photo": page_with_photo(),
    "copied-cards": copied_cards(),
    "card-and-a-note": card_and_a_note(),
    "gray-copy": print_lines(empty(color=(205, 205, 205))),
    "dark-copy": dark_copy(),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_feeder_s_page_is_the_page(page: str) -> None:
    assert find_sheets(Raster(scanned(PAGES[page]), float(DPI))) == SheetsFound((), DPI)


@pytest.mark.parametrize("page", ["empty", "table", "thick-frame", "pink-certificate", "copied-cards"])
@pytest.mark.parametrize("behind", [WHITE_LID, BLACK_LID])
def test_a_page_that_went_through_the_feeder_askew_is_still_the_page(page: str, behind: Color) -> None:
    picture = PAGES[page].rotate(2.0, resample=Image.Resampling.BICUBIC, fillcolor=behind)
    assert find_sheets(Raster(scanned(picture), float(DPI))) == SheetsFound((), DPI)


@pytest.mark.parametrize("lid", [WHITE_LID, WARM_LID, BLACK_LID])
@pytest.mark.parametrize(
    "laid",
    [
        Laid(print_lines(empty(A5)), 100, 120, 3.0),
        Laid(empty(A5), 100, 150, -1.0),
        Laid(card(), 70, 90, 8.0),
        Laid(card(), 120, 200, 41.0),
        Laid(card(), 120, 200, -90.0),
    ],
)
def test_a_sheet_on_the_glass_is_cut_out_to_a_millimetre(laid: Laid, lid: Color) -> None:
    scene = on_glass([laid], lid=lid)
    found = find_sheets(scene.picture)
    assert largest_error(scene, found) < mm(1.0)
    sides = sorted((found.sheets[0].cutout.width_px, found.sheets[0].cutout.height_px))
    assert sides == pytest.approx(sorted(laid.sheet.size), abs=mm(1.0))
    assert found.dpi == DPI


@pytest.mark.parametrize("lid", [WHITE_LID, BLACK_LID])
def test_every_card_on_the_glass_is_found(lid: Color) -> None:
    scene = on_glass([Laid(card(1), 60, 60, 10), Laid(card(2), 120, 150, -5), Laid(card(3), 60, 230, 0.5)], lid=lid)
    found = find_sheets(scene.picture)
    assert largest_error(scene, found) < mm(1.0)
    tops = [min(y for _, y in sheet.cutout.corners) for sheet in found.sheets]
    assert tops == sorted(tops)


@pytest.mark.parametrize("skew", [0.0, 3.5, -3.5])
def test_a_frame_is_no_edge_of_a_sheet_in_any_light(skew: float) -> None:
    picture = scanned(certificate_under_an_open_lid(skew))
    assert find_sheets(Raster(picture, float(DPI))).sheets == ()


def test_a_sheet_with_writing_beside_it_is_not_cut_out() -> None:
    scene = on_glass([Laid(card(), 70, 90, 8.0), Laid(print_lines(empty((60, 20)), lines=2, top_mm=4), 120, 200)])
    pixels = scene.picture.pixels.copy()
    pixels[900:904, 100:500] = 30
    assert find_sheets(Raster(pixels, float(DPI))).sheets == ()


TABLES: dict[str, Color] = {
    "wood": (92, 66, 44),
    "dark": (40, 40, 45),
    "gray": (120, 120, 125),
    "bright": (210, 205, 200),
}


@pytest.mark.parametrize(
    ("table", "tilt", "turn", "shadow"),
    [
        ("wood", 2.0, 1.0, False),
        ("wood", 25.0, 4.0, True),
        ("dark", 18.0, -6.0, True),
        ("gray", 12.0, 7.0, False),
        ("bright", 25.0, -2.0, False),
    ],
)
def test_a_photographed_sheet_is_found_to_a_hundredth_of_the_width(
    table: str, tilt: float, turn: float, shadow: bool
) -> None:
    corners = seen_from_above(A4, tilt=tilt, turn=turn)
    scene = on_table(print_lines(empty()), corners, table=TABLES[table], shadow=shadow)
    found = find_sheets(scene.picture)
    assert largest_error(scene, found) < 0.01 * scene.picture.width_px
    cutout = found.sheets[0].cutout
    assert cutout.width_px / cutout.height_px == pytest.approx(210 / 297, rel=0.01)
    assert cutout.width_px / found.dpi == pytest.approx(210 / 25.4, rel=0.01)


def test_a_photographed_card_has_the_size_of_a_card() -> None:
    corners = np.array(seen_from_above((85.6, 54), tilt=3.0)) * (0.6, 0.6) + (0.2, 0.2)
    scene = on_table(card(dpi=300), [(float(x), float(y)) for x, y in corners], table=TABLES["wood"])
    found = find_sheets(scene.picture)
    assert largest_error(scene, found) < 0.01 * scene.picture.width_px
    assert found.sheets[0].cutout.width_px / found.dpi == pytest.approx(85.6 / 25.4, rel=0.01)


def test_a_picture_without_a_sheet_is_left_whole() -> None:
    random = np.random.default_rng(2)
    noise = random.integers(0, 256, (900, 700, 3), dtype=np.uint8)
    assert find_sheets(Raster(noise, 100.0)) == SheetsFound((), 100.0)


@pytest.mark.parametrize(("stated", "believed"), [(72.0, 300.0), (96.0, 300.0), (300.0, 300.0)])
def test_a_density_that_no_scanner_can_have_is_replaced_by_that_of_a4(stated: float, believed: float) -> None:
    page = Raster(np.full((3508, 2480, 3), 240, np.uint8), stated)
    assert find_sheets(page).dpi == pytest.approx(believed, abs=0.5)


@pytest.mark.parametrize("shape", [(30, 3000), (3000, 30), (40, 40)])
def test_pictures_of_any_shape_are_looked_at(shape: tuple[int, int]) -> None:
    assert find_sheets(Raster(np.full((*shape, 3), 128, np.uint8), 100.0)).sheets == ()
