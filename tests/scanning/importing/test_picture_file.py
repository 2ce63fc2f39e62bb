# SPDX-License-Identifier: GPL-3.0-or-later
"""Picture files become pages; their bytes stay what they were."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from scanning.errors import ScanningError
from scanning.importing.imported_file import FileKind
from scanning.importing.picture_file import PictureFile


def packed(kind: str, *pictures: Image.Image, **options: object) -> bytes:
    content = io.BytesIO()
    first, *more = pictures
    if more:
        options |= {"save_all": True, "append_images": more}
    first.save(content, kind, **options)
    return content.getvalue()


def page(level: int = 200, size: tuple[int, int] = (850, 1100)) -> Image.Image:
    return Image.new("RGB", size, (level, level, level))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "BMP", "WEBP"])
def test_a_lone_picture_is_one_page_with_the_bytes_that_came(kind: str) -> None:
    content = packed(kind, page())
    opened = PictureFile(content)
    assert (opened.facts.kind, opened.facts.page_count) == (FileKind.PICTURE, 1)
    image = opened.page(0).image
    assert image is not None
    assert image.content == content
    assert (image.width_px, image.height_px) == (850, 1100)


def test_every_frame_of_a_tiff_is_a_page_without_loss() -> None:
    shades = [10, 120, 250]
    opened = PictureFile(packed("TIFF", *(page(shade) for shade in shades), dpi=(200, 200)))
    assert opened.facts.page_count == 3
    for index, shade in enumerate(shades):
        image = opened.page(index).image
        assert image is not None
        assert image.dpi == 200
        with Image.open(io.BytesIO(image.content)) as frame:
            assert frame.format == "PNG"
            assert frame.getpixel((5, 5)) == (shade, shade, shade)


def test_a_fax_with_pixels_that_are_not_square_gets_its_true_shape() -> None:
    content = packed("TIFF", Image.new("1", (1728, 1100), 1), dpi=(204, 98), compression="group4")
    image = PictureFile(content).page(0).image
    assert image is not None
    assert (image.width_px, image.dpi) == (1728, 204)
    assert image.height_px == pytest.approx(1100 * 204 / 98, abs=1)


@pytest.mark.parametrize(
    ("stated", "size", "dpi"),
    [
        (300, (2480, 3508), 300),
        (72, (2480, 3508), 300),  # a camera's word
        (96, (1654, 2339), 200),  # a screen's word
        (None, (1240, 1754), 150),
        (None, (20, 30), 50),
    ],
)
def test_a_density_that_nobody_meant_is_taken_from_a_sheet_of_a4(
    stated: int | None, size: tuple[int, int], dpi: int
) -> None:
    options = {"dpi": (stated, stated)} if stated else {}
    image = PictureFile(packed("PNG", page(size=size), **options)).page(0).image
    assert image is not None
    assert image.dpi == dpi


@pytest.mark.parametrize("content", [b"GIF89a", b"\x00" * 100, b"%!PS", b"\xff\xd8", b"II*\x00\xff\xff\xff\x7f"])
def test_anything_else_is_refused_with_a_code(content: bytes) -> None:
    with pytest.raises(ScanningError) as caught:
        PictureFile(content)
    assert caught.value.code in {"page-format-unsupported", "page-unreadable"}
