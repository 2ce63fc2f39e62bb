# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from scanning.errors import ScanningError
from scanning.jpeg import JpegHeader, read_jpeg_header


def jpeg(mode: str = "RGB", size: tuple[int, int] = (31, 17), **options: object) -> bytes:
    content = io.BytesIO()
    Image.new(mode, size, 0).save(content, "JPEG", **options)
    return content.getvalue()


@pytest.mark.parametrize(("mode", "channels"), [("RGB", 3), ("L", 1)])
@pytest.mark.parametrize("progressive", [False, True])
def test_size_and_channels_are_told_without_decoding(mode: str, channels: int, progressive: bool) -> None:
    assert read_jpeg_header(jpeg(mode, progressive=progressive)) == JpegHeader(31, 17, channels)


def test_what_a_camera_writes_before_the_picture_is_passed_over() -> None:
    exif = Image.Exif()
    exif[0x010E] = "a description" * 100
    assert read_jpeg_header(jpeg(exif=exif.tobytes(), comment=b"\xff\xd9 not the end")) == JpegHeader(31, 17, 3)


@pytest.mark.parametrize("content", [b"", b"\xff", b"%PDF-1.7", b"\x89PNG\r\n", b"\xff\xd8", b"\xff\xd8\xff\xd9"])
def test_what_is_no_jpeg_is_unreadable(content: bytes) -> None:
    with pytest.raises(ScanningError) as caught:
        read_jpeg_header(content)
    assert caught.value.code == "page-unreadable"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_picture_that_was_cut_off_is_unreadable(share: float) -> None:
    content = jpeg(size=(200, 200))
    with pytest.raises(ScanningError) as caught:
        read_jpeg_header(content[: int(len(content) * share)])
    assert caught.value.code == "page-unreadable"


def test_the_four_inks_of_a_print_shop_are_told() -> None:
    assert read_jpeg_header(jpeg("CMYK")).channels == 4


def test_a_picture_that_is_drawn_a_thousand_times_over_is_too_large() -> None:
    content = jpeg(progressive=True)
    last = content.rindex(b"\xff\xda")
    with pytest.raises(ScanningError) as caught:
        read_jpeg_header(content[:last] + content[last:-2] * 1000 + content[-2:])
    assert caught.value.code == "page-too-large"


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_look_at_the_header(tail: bytes) -> None:
    with contextlib.suppress(ScanningError):
        read_jpeg_header(b"\xff\xd8" + tail)


@given(st.integers(0, 400), st.binary(min_size=1, max_size=8))
def test_no_damage_crashes_the_look_at_the_header(position: int, noise: bytes) -> None:
    content = bytearray(jpeg())
    content[position : position + len(noise)] = noise
    with contextlib.suppress(ScanningError):
        read_jpeg_header(bytes(content))
