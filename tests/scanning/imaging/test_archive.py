# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from scanning.imaging.archive import archive_picture
from scanning.imaging.formats import decode_pixels
from scanning.imaging.raster import Raster
from scanning.imaging.sheet_planes import SheetPlanes
from scanning.page_image import PageImage
from scanning.page_reading import ArchivePicture
from tests.scanning.pdf.layers import composed, ink_bits

PAPER = (240, 238, 236)
BLACK = (35, 35, 37)
RED = (205, 40, 50)
BLUE = (40, 60, 150)


def raster(picture: Image.Image, dpi: float = 300.0) -> Raster:
    return Raster(np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1]), dpi)


def archived(page: Raster) -> ArchivePicture:
    return archive_picture(SheetPlanes(page))


def drawn(width: int = 1800, height: int = 1500) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (width, height), PAPER)
    return picture, ImageDraw.Draw(picture)


def scanned(picture: Image.Image, noise: float = 4.0) -> Image.Image:
    """Soft and grainy, as scanners are."""
    soft = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.7)), np.float32)
    grain = np.random.default_rng(1).normal(0, noise, soft.shape[:2])[:, :, None]
    return Image.fromarray(np.clip(soft + grain, 0, 255).astype(np.uint8))


def lines_of_print(draw: ImageDraw.ImageDraw, width: int, height: int) -> None:
    for top in range(60, height - 60, 45):
        draw.text((60, top), "Họ, chữ đệm, tên: 038094012745 " * (width // 600), font_size=28, fill=BLACK)


def background(archive: ArchivePicture) -> NDArray[np.uint8]:
    with Image.open(io.BytesIO(archive.background)) as image:
        return np.asarray(image.convert("RGB"))


@pytest.fixture(scope="module")
def proof(sample: Callable[..., PageImage]) -> Raster:
    page = sample("birth-proof")
    return Raster(decode_pixels(page.content), float(page.dpi))


@pytest.fixture(scope="module")
def proof_archive(proof: Raster) -> ArchivePicture:
    return archived(proof)


def test_a_page_of_print_with_seal_and_signatures_is_a_twentieth_of_the_scan(proof_archive: ArchivePicture) -> None:
    assert (proof_archive.width_px, proof_archive.height_px, proof_archive.dpi) == (2480, 3508, 300)
    assert len(proof_archive.background) + len(proof_archive.ink) < 125_000
    assert background(proof_archive).shape == (2339, 1653, 3)


def test_black_print_is_sharp_bits_and_gone_from_the_background(proof: Raster, proof_archive: ArchivePicture) -> None:
    bits = ink_bits(proof_archive)
    dark = proof.pixels.max(axis=2) < 90
    assert np.mean(bits[dark]) > 0.97
    assert np.mean(bits) == pytest.approx(np.mean(dark), rel=0.5)
    assert max(proof_archive.ink_color) < 60
    assert np.mean(background(proof_archive).max(axis=2) < 110) < 0.0005


def test_seals_and_pens_keep_their_colour_and_contrast(proof: Raster, proof_archive: ArchivePicture) -> None:
    shown = composed(proof_archive).astype(np.int16)
    page = proof.pixels[:, :, ::-1].astype(np.int16)
    for channel, other in ((0, 2), (2, 0)):  # red ink, blue ink
        inked = page[:, :, channel] - page[:, :, other] > 70
        assert np.count_nonzero(inked) > 2_000
        difference = (shown - page)[inked]
        assert np.abs(np.median(difference, axis=0)).max() < 16
        kept = (shown[:, :, channel] - shown[:, :, other])[inked]
        assert np.mean(kept > 40) > 0.9


def test_the_same_page_gives_the_same_bytes(proof: Raster, proof_archive: ArchivePicture) -> None:
    assert archived(proof) == proof_archive


def test_small_letters_of_a_seal_are_as_clear_as_at_the_200_dpi_that_the_law_asks_for() -> None:
    picture, draw = drawn(600, 300)
    draw.text((40, 40), "ỦY BAN NHÂN DÂN XÃ HOẰNG PHÚ", font_size=24, fill=RED)  # 2 mm
    page = scanned(picture)
    inside = np.asarray(picture)[:, :, 1] < 100
    around = np.asarray(Image.fromarray(inside).filter(ImageFilter.MaxFilter(9))) & ~inside

    def contrast(shown: Image.Image) -> float:
        light = np.asarray(shown.convert("L"), np.float32)
        return float(light[around].mean() - light[inside].mean())

    at_200_dpi = page.resize((400, 200), Image.Resampling.BOX).resize(page.size, Image.Resampling.BILINEAR)
    assert contrast(Image.fromarray(composed(archived(raster(page))))) > 0.95 * contrast(at_200_dpi)


def test_where_a_blue_pen_crosses_a_red_seal_nothing_turns_black() -> None:
    picture, draw = drawn()
    draw.ellipse((250, 150, 650, 550), outline=RED, width=24)
    for step in range(6):
        draw.line((100, 200 + 60 * step, 800, 240 + 60 * step), fill=BLUE, width=7)
    crossed = Image.fromarray(np.minimum(np.asarray(picture), np.asarray(picture.filter(ImageFilter.GaussianBlur(2)))))
    archive = archived(raster(scanned(crossed)))
    assert archive.ink == b""
    assert background(archive).shape[2] == 3


def test_print_under_a_seal_is_print() -> None:
    picture, draw = drawn()
    draw.ellipse((100, 100, 800, 600), outline=RED, width=60)
    draw.text((60, 330), "CHỦ TỊCH Nguyễn Văn An", font_size=60, fill=BLACK)
    archive = archived(raster(scanned(picture)))
    black = np.asarray(picture)[:, :, 0] < 100
    assert np.mean(ink_bits(archive)[black]) > 0.95
    red = np.asarray(picture)[:, :, 0] - np.asarray(picture)[:, :, 1].astype(np.int16) > 100
    assert np.mean(ink_bits(archive)[red]) < 0.01


@pytest.mark.parametrize("shade", [150, 170, 190])
def test_pencil_stays_as_pale_as_it_is(shade: int) -> None:
    picture, draw = drawn()
    lines_of_print(draw, 900, 300)
    for step in range(5):
        draw.line((80, 400 + 40 * step, 820, 420 + 40 * step), fill=(shade, shade, shade), width=4)
    page = raster(scanned(picture))
    archive = archived(page)
    stroke = np.asarray(picture)[:, :, 0] == shade
    stroke[:380] = False
    shown = composed(archive)[:, :, 0][stroke]
    assert np.median(shown) == pytest.approx(np.median(page.pixels[:, :, 2][stroke]), abs=20)
    assert not ink_bits(archive)[stroke].any()


def test_a_photograph_on_a_page_of_print_is_not_torn_into_bits() -> None:
    picture, draw = drawn(1800, 1800)
    lines_of_print(draw, 1800, 700)
    photo = Image.linear_gradient("L").resize((700, 500)).point(lambda value: 30 + value * 0.7)
    photo.paste(25, (200, 80, 480, 300))  # hair
    picture.paste(photo.convert("RGB"), (200, 800))
    page = raster(scanned(picture))
    archive = archived(page)
    bits = ink_bits(archive)
    assert bits[:700].any()
    assert not bits[800:1300, 200:900].any()
    shown = composed(archive)[830:1270, 230:870].astype(np.int16)
    assert np.abs(shown - page.pixels[830:1270, 230:870, ::-1]).mean() < 8


def test_a_page_that_is_a_photograph_has_no_bits_and_fits() -> None:
    noise = np.random.default_rng(3).normal(0, 30, (2339 // 6, 1654 // 6, 3))
    scene = Image.fromarray(np.clip(100 + noise, 0, 255).astype(np.uint8)).resize(
        (1654, 2339), Image.Resampling.BICUBIC
    )
    archive = archived(raster(scene, 200.0))
    assert archive.ink == b""
    assert 20_000 < len(archive.background) < 400_000


def test_faint_lines_of_security_printing_survive_and_grain_does_not() -> None:
    picture, draw = drawn()
    for step in range(60):
        draw.line((0, 25 * step, 1800, 25 * step + 60), fill=(215, 222, 212), width=3)
    archive = archived(raster(scanned(picture)))
    shown = background(archive)[:, :, 0].astype(np.int16)
    assert np.percentile(shown, 90) - np.percentile(shown, 5) > 10
    plain = background(archived(raster(scanned(drawn()[0]))))
    assert np.std(plain[20:-20, 20:-20].astype(np.float32)) < 1.0


def test_a_page_without_colour_is_stored_without_colour() -> None:
    picture, draw = drawn()
    lines_of_print(draw, 900, 700)
    with Image.open(io.BytesIO(archived(raster(scanned(picture))).background)) as image:
        assert image.mode == "L"
    draw.line((600, 600, 720, 640), fill=BLUE, width=6)
    with Image.open(io.BytesIO(archived(raster(scanned(picture))).background)) as image:
        assert image.mode == "RGB"


@pytest.mark.parametrize(("dpi", "print_dpi"), [(100, 200), (200, 200), (240, 240), (300, 300), (600, 300)])
def test_the_true_size_of_the_page_stays(dpi: int, print_dpi: int) -> None:
    picture, draw = drawn(6 * dpi, 6 * dpi)
    draw.text((dpi // 2, dpi), "TỜ KHAI", font_size=dpi // 4, fill=BLACK)
    archive = archived(raster(picture, float(dpi)))
    assert archive.dpi == print_dpi
    assert (archive.width_px, archive.height_px) == (6 * print_dpi, 6 * print_dpi)
    width = background(archive).shape[1]
    assert width == pytest.approx(6 * min(dpi, 200), abs=1)
    dark = np.asarray(picture.resize((archive.width_px, archive.height_px)).convert("L")) < 60
    assert np.mean(ink_bits(archive)[dark]) > 0.9


def test_a_card_by_itself_is_kept_whole_at_the_density_of_the_scan() -> None:
    picture, draw = drawn(1011, 638)
    for step in range(26):
        draw.line((0, 25 * step, 1011, 25 * step + 60), fill=(232, 234, 228), width=3)
    draw.text((400, 200), "Họ và tên / Full name", font_size=24, fill=BLACK)
    page = raster(scanned(picture, noise=1.0))
    archive = archived(page)
    assert (archive.ink, archive.dpi) == (b"", 300)
    assert background(archive).shape == (638, 1011, 3)
    difference = background(archive).astype(np.int16) - page.pixels[:, :, ::-1]
    assert np.abs(difference).mean() < 2.5


def test_a_blank_page_is_only_paper() -> None:
    archive = archived(raster(scanned(drawn(1654, 2339)[0]), 200.0))
    assert archive.ink == b""
    assert len(archive.background) < 35_000


def test_a_worn_ribbon_stays_as_it_was_printed() -> None:
    picture, draw = drawn()
    draw.text((60, 100), "GIẤY XÁC NHẬN", font_size=60, fill=(150, 150, 152))
    draw.text((60, 300), "Cư trú", font_size=60, fill=(150, 150, 152))
    draw.rectangle((400, 320, 412, 332), fill=BLACK)  # one dark spot makes no print of the page
    archive = archived(raster(scanned(picture)))
    assert archive.ink == b""
