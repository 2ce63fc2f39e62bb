# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import contextlib
import io
import struct
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from scanning.errors import ScanningError
from scanning.imaging.formats import (
    PictureFormat,
    decode_pixels,
    exif_quarter_turns,
    frames,
    read_picture_header,
)

SIZE = (90, 60)
LEFT, RIGHT = (200, 40, 20), (20, 60, 180)  # red, green, blue
BombOf = Callable[[int, int], bytes]
FORMATS = ["JPEG", "PNG", "TIFF", "BMP", "WEBP"]


def halves() -> Image.Image:
    picture = Image.new("RGB", SIZE, LEFT)
    picture.paste(RIGHT, (45, 0, 90, 60))
    return picture


def packed(picture: Image.Image, kind: str, **options: object) -> bytes:
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def code_of(content: bytes) -> str:
    with pytest.raises(ScanningError) as caught:
        decode_pixels(content)
    return caught.value.code


def test_every_format_gives_the_same_blue_green_red_pixels() -> None:
    for kind in FORMATS:
        pixels = decode_pixels(
            packed(halves(), kind, quality=95) if kind in ("JPEG", "WEBP") else packed(halves(), kind)
        )
        assert pixels.shape == (60, 90, 3)
        assert pixels.dtype == np.uint8
        assert np.abs(pixels[30, 20].astype(int) - LEFT[::-1]).max() < 12, kind
        assert np.abs(pixels[30, 70].astype(int) - RIGHT[::-1]).max() < 12, kind


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"])
def test_the_compressions_of_tiff_are_read(compression: str) -> None:
    pixels = decode_pixels(packed(halves(), "TIFF", compression=compression))
    assert np.abs(pixels[30, 20].astype(int) - LEFT[::-1]).max() < 12


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP"])
def test_gray_bits_and_palettes_become_colour(kind: str) -> None:
    stripes = Image.fromarray(np.where(np.arange(90) < 45, 0, 255).astype(np.uint8)[None, :].repeat(60, axis=0))
    for mode in ("1", "L", "P"):
        pixels = decode_pixels(packed(stripes.convert(mode), kind))
        assert pixels[30, 20].tolist() == [0, 0, 0]
        assert pixels[30, 70].tolist() == [255, 255, 255]


def test_fax_bits_keep_black_black_whichever_way_they_are_stored() -> None:
    stripes = Image.fromarray((np.arange(90) < 45)[None, :].repeat(60, axis=0))
    for photometric in (0, 1):
        pixels = decode_pixels(packed(stripes, "TIFF", compression="group4", tiffinfo={262: photometric}))
        dark, bright = (70, 20) if photometric == 1 else (20, 70)
        assert (pixels[30, dark, 0], pixels[30, bright, 0]) in ((0, 255), (255, 0))


def test_sixteen_bits_are_read_as_their_upper_eight() -> None:
    ramp = np.linspace(0, 65535, 90).astype(np.uint16)[None, :].repeat(60, axis=0)
    for kind in ("PNG", "TIFF"):
        pixels = decode_pixels(packed(Image.fromarray(ramp), kind))
        assert np.array_equal(pixels[:, :, 0], (ramp >> 8).astype(np.uint8))


def test_inverted_sixteen_bits_are_set_right() -> None:
    content = bytearray(packed(Image.fromarray(np.full((60, 90), 60_000, np.uint16)), "TIFF"))
    entry = content.index(struct.pack("<HHI", 262, 3, 1))
    content[entry + 8 : entry + 10] = b"\x00\x00"
    assert decode_pixels(bytes(content))[0, 0].tolist() == [255 - (60_000 >> 8)] * 3


@pytest.mark.parametrize(("mode", "kind"), [("RGBA", "PNG"), ("LA", "PNG"), ("RGBA", "WEBP"), ("RGBA", "TIFF")])
def test_what_is_transparent_becomes_paper(mode: str, kind: str) -> None:
    picture = halves().convert(mode)
    picture.putalpha(Image.fromarray(np.where(np.arange(90) < 45, 0, 255).astype(np.uint8)[None, :].repeat(60, axis=0)))
    options = {"lossless": True} if kind == "WEBP" else {}
    pixels = decode_pixels(packed(picture, kind, **options))
    assert pixels[30, 20].tolist() == [255, 255, 255]
    assert pixels[30, 70].max() < 200


def test_a_transparent_colour_of_a_palette_becomes_paper() -> None:
    palette = halves().convert("P", palette=Image.Palette.ADAPTIVE, colors=2)
    content = packed(palette, "PNG", transparency=palette.getpixel((20, 30)))
    assert decode_pixels(content)[30, 20].tolist() == [255, 255, 255]


def test_inks_of_a_print_shop_become_colours() -> None:
    inks = Image.new("CMYK", SIZE, (0, 200, 200, 20))  # red
    for content in (packed(inks, "TIFF"), packed(inks, "JPEG", quality=95)):
        blue, green, red = decode_pixels(content)[30, 40].tolist()
        assert red > 220
        assert max(blue, green) < 70


def test_inks_that_adobe_did_not_invert_become_the_same_colours() -> None:
    content = packed(Image.new("CMYK", SIZE, (255, 55, 55, 235)), "JPEG", quality=95)
    start = content.index(b"\xff\xee")
    (length,) = struct.unpack_from(">H", content, start + 2)
    blue, green, red = decode_pixels(content[:start] + content[start + 2 + length :])[30, 40].tolist()
    assert red > 220
    assert max(blue, green) < 70


def test_floating_point_is_refused() -> None:
    assert code_of(packed(Image.fromarray(np.zeros((60, 90), np.float32)), "TIFF")) == "page-format-unsupported"
    assert code_of(packed(Image.fromarray(np.zeros((60, 90), np.int32)), "TIFF")) == "page-format-unsupported"


@pytest.mark.parametrize("content", [b"", b"GIF89a" + bytes(100), b"%PDF-1.7", b"II+\x00" + bytes(50), b"\x00" * 64])
def test_other_formats_are_refused(content: bytes) -> None:
    assert code_of(content) == "page-format-unsupported"


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_file_that_was_cut_off_is_unreadable(kind: str, share: float) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 256, (60, 90, 3), dtype=np.uint8))
    content = packed(noise, kind)
    assert code_of(content[: int(len(content) * share)]) == "page-unreadable"


def _png_bomb(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(10_000_000), 9))


def _bmp_bomb(width: int, height: int) -> bytes:
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, *[0] * 6)


def _tiff_bomb(width: int, height: int) -> bytes:
    content = bytearray(packed(halves(), "TIFF"))
    for tag, value in ((256, width), (257, height)):
        entry = content.index(struct.pack("<H", tag), 8)
        content[entry : entry + 12] = struct.pack("<HHII", tag, 4, 1, value)
    return bytes(content)


@pytest.mark.parametrize("bomb_of", [_png_bomb, _bmp_bomb, _tiff_bomb])
@pytest.mark.parametrize("size", [(30_000, 30_000), (65_000, 1_000), (12_000, 12_000)])
def test_a_decompression_bomb_is_refused_by_its_header(bomb_of: BombOf, size: tuple[int, int]) -> None:
    assert code_of(bomb_of(*size)) == "page-too-large"


def test_a_picture_that_is_drawn_a_thousand_times_over_is_refused() -> None:
    content = packed(halves(), "JPEG", progressive=True)
    last = content.rindex(b"\xff\xda")
    assert code_of(content[:last] + content[last:-2] * 1000 + content[-2:]) == "page-too-large"


def test_pages_of_a_tiff_are_counted() -> None:
    for count in (1, 3):
        content = packed(halves(), "TIFF", save_all=True, append_images=[halves().convert("L")] * (count - 1))
        assert frames(content) == count
        assert decode_pixels(content).shape == (60, 90, 3)
    assert frames(packed(halves(), "PNG")) == 1


def test_a_chain_of_pages_that_bites_its_tail_is_unreadable() -> None:
    content = bytearray(packed(halves(), "TIFF"))
    (first,) = struct.unpack_from("<I", content, 4)
    (entries,) = struct.unpack_from("<H", content, first)
    struct.pack_into("<I", content, first + 2 + 12 * entries, first)
    with pytest.raises(ScanningError) as caught:
        frames(bytes(content))
    assert caught.value.code == "page-unreadable"


def test_a_chain_of_ten_thousand_pages_is_too_long() -> None:
    links = b"".join(struct.pack("<HI", 0, 8 + 6 * (page + 1)) for page in range(10_000))
    with pytest.raises(ScanningError) as caught:
        frames(b"II*\x00" + struct.pack("<I", 8) + links)
    assert caught.value.code == "page-too-large"


@pytest.mark.parametrize(("orientation", "turns"), [(1, 0), (3, 2), (6, 3), (8, 1), (2, 0), (99, 0)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_how_the_camera_was_held_is_told_and_not_done(kind: str, orientation: int, turns: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = packed(halves(), kind, exif=exif.tobytes())
    assert exif_quarter_turns(content) == turns
    assert decode_pixels(content).shape == (60, 90, 3)


def test_a_turn_set_right_stands_as_the_camera_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera's right side is up
    upright = halves().rotate(90, expand=True)
    content = packed(upright, "JPEG", exif=exif.tobytes(), quality=95)
    turned = np.rot90(decode_pixels(content), exif_quarter_turns(content))
    assert np.abs(turned[30, 20].astype(int) - LEFT[::-1]).max() < 20


def test_broken_camera_marks_do_not_matter() -> None:
    content = packed(halves(), "JPEG")
    segment = b"Exif\x00\x00MM\x00*\xff\xff\xff\xff"
    marked = content[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + content[2:]
    assert exif_quarter_turns(marked) == 0


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "BMP"])
def test_the_header_tells_size_and_density(kind: str) -> None:
    header = read_picture_header(packed(halves(), kind, dpi=(300, 300)))
    assert (header.format, header.width_px, header.height_px) == (PictureFormat(kind), 90, 60)
    assert header.stated_dpi == pytest.approx(300, abs=0.1)
    assert read_picture_header(packed(halves(), "WEBP")).stated_dpi is None


SEEDS = [packed(halves(), kind) for kind in FORMATS]
SEEDS += [packed(halves().convert("CMYK"), "JPEG"), packed(halves().convert("1"), "TIFF", compression="group4")]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 400), st.binary(min_size=1, max_size=4)), max_size=6))
def test_no_damage_gives_anything_but_a_picture_or_a_reason(seed: bytes, damages: list[tuple[int, bytes]]) -> None:
    content = bytearray(seed)
    for position, noise in damages:
        content[position : position + len(noise)] = noise
    for look in (decode_pixels, frames, exif_quarter_turns):
        with contextlib.suppress(ScanningError):
            look(bytes(content))
