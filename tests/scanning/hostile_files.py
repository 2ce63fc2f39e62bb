# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that mean harm, or were harmed: each small, each made here."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image


def _packed(kind: str, picture: Image.Image, **options: object) -> bytes:
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def _slip(mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (300, 200), "white")


def png_of(width: int, height: int, *, depth: int = 1, rows: int | None = None) -> bytes:
    """A PNG that is all black and packs to almost nothing; ``rows`` fewer than ``height`` cut it off."""
    header = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = b"\0" * (1 + (width * depth + 7) // 8)
    data = b"".join(packer.compress(row) for _ in range(height if rows is None else rows)) + packer.flush()
    chunks = [(b"IHDR", header), (b"IDAT", data), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(piece)) + name + piece + struct.pack(">I", zlib.crc32(name + piece))
        for name, piece in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def _jpeg_claiming(width: int, height: int) -> bytes:
    content = bytearray(_packed("JPEG", _slip()))
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def _tiff_claiming(width: int, height: int) -> bytes:
    entries = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
        (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, 16),
    ]  # fmt: skip
    table = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<I", 8 + 16) + b"\0" * 16 + struct.pack("<H", len(entries)) + table + b"\0" * 4


def _tiff_biting_its_tail() -> bytes:
    content = bytearray(_tiff_claiming(300, 200))
    content[-4:] = struct.pack("<I", 8 + 16)
    return bytes(content)


def _pdf(change: Callable[[pikepdf.Pdf], None], **saving: Any) -> bytes:
    content = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(300, 400))
        change(pdf)
        pdf.save(content, **saving)
    return content.getvalue()


def _with_giant_picture(pdf: pikepdf.Pdf) -> None:
    picture = Stream(pdf, zlib.compress(b"\0" * 1000), Type=Name.XObject, Subtype=Name.Image, Width=60000, Height=60000)
    picture.ColorSpace, picture.BitsPerComponent, picture.Filter = Name.DeviceGray, 8, Name.FlateDecode
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=picture))
    pdf.pages[0].obj.Contents = Stream(pdf, b"q 300 0 0 400 0 0 cm /X Do Q")


def _with_a_form_in_itself(pdf: pikepdf.Pdf) -> None:
    form = Stream(pdf, b"/F Do /F Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form = pdf.make_indirect(form)
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(F=form))
    pdf.pages[0].obj.Contents = Stream(pdf, b"/F Do")


def _with_a_bomb_of_content(pdf: pikepdf.Pdf) -> None:
    bomb = Stream(pdf, zlib.compress(b"0 0 m 9 9 l S\n" * 12_000_000, 9))
    bomb.Filter = Name.FlateDecode
    pdf.pages[0].obj.Contents = bomb


def _many_pages(pdf: pikepdf.Pdf) -> None:
    for _ in range(600):
        pdf.pages.append(pdf.pages[0])


def _huge_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([0, 0, 10_000_000, 10_000_000])


LOCKED: Final = pikepdf.Encryption(owner="owner", user="secret", R=6)

REFUSED: Final[Mapping[str, Callable[[], bytes]]] = {
    "nothing": lambda: b"",
    "a web page": lambda: b"<!doctype html><title>login</title>",
    "a program": lambda: b"\x7fELF" + bytes(200),
    "an old picture format": lambda: b"GIF89a" + bytes(50),
    "30,000 by 30,000 pixels": lambda: png_of(30_000, 30_000, rows=10),
    "a line of 60,000 pixels": lambda: png_of(60_000, 40, rows=40),
    "a JPEG that claims 65,000 pixels": lambda: _jpeg_claiming(65_000, 65_000),
    "a TIFF that claims 30,000 pixels": lambda: _tiff_claiming(30_000, 30_000),
    "a TIFF whose chain bites its tail": _tiff_biting_its_tail,
    "half a JPEG": lambda: _packed("JPEG", _slip())[:-200],
    "the start of a JPEG": lambda: _packed("JPEG", _slip())[:20],
    "floating point": lambda: _packed("TIFF", _slip("L").convert("F")),
    "an empty PDF": lambda: b"%PDF-1.7\n%%EOF",
    "a locked PDF": lambda: _pdf(lambda _: None, encryption=LOCKED),
    "a PDF of 601 pages": lambda: _pdf(_many_pages),
    "half a PDF without a table": lambda: b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj",
}
"""Refused as a whole, or with their only page."""

PAGE_REFUSED: Final[Mapping[str, Callable[[], bytes]]] = {
    "half a PNG": lambda: _packed("PNG", Image.effect_noise((300, 200), 60))[:30_000],
    "a PDF with a form inside itself": lambda: _pdf(_with_a_form_in_itself),
    "a PDF with a picture of 60,000 pixels": lambda: _pdf(_with_giant_picture),
    "a PDF with a bomb of content": lambda: _pdf(_with_a_bomb_of_content),
    "a PDF with a page of kilometres": lambda: _pdf(_huge_page),
}
"""Opened, and their only page refused."""

READ: Final[Mapping[str, Callable[[], bytes]]] = {
    "CMYK": lambda: _packed("JPEG", _slip("CMYK")),
    "16 bits": lambda: _packed("PNG", Image.new("I;16", (300, 200), 65_000)),
    "a palette": lambda: _packed("PNG", _slip("P")),
    "transparency": lambda: _packed("PNG", Image.new("RGBA", (300, 200), (255, 255, 255, 0))),
    "one bit": lambda: _packed("TIFF", _slip("1"), compression="group4"),
}
"""Unusual, and read."""


def fuzzed(seed: int) -> bytes:
    """A small file that was sound before some of its bytes were changed, cut out, doubled or moved."""
    chance = random.Random(seed)
    content = bytearray(chance.choice(_SOUND)())
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        place = chance.randrange(len(content))
        match chance.randrange(5):
            case 0:
                content[place] = chance.randrange(256)
            case 1:
                content[place] ^= 1 << chance.randrange(8)
            case 2:
                del content[place : place + chance.randrange(1, 40)]
            case 3:
                content[place:place] = content[place : place + chance.randrange(1, 40)]
            case _:
                content[place : place + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"))
        if len(content) < 8:
            break
    return bytes(content[: chance.randrange(len(content))]) if chance.random() < 0.1 else bytes(content)


_NOISE: Final = Image.effect_noise((120, 80), 60)
_SOUND: Final[tuple[Callable[[], bytes], ...]] = (
    lambda: _packed("JPEG", _NOISE, dpi=(100, 100)),
    lambda: _packed("JPEG", _NOISE.convert("RGB"), progressive=True, dpi=(100, 100)),
    lambda: _packed("JPEG", _NOISE.convert("CMYK"), dpi=(100, 100)),
    lambda: _packed("PNG", _NOISE, dpi=(100, 100)),
    lambda: _packed("PNG", _NOISE.convert("P"), dpi=(100, 100)),
    lambda: _packed("TIFF", _NOISE, dpi=(100, 100)),
    lambda: _packed("TIFF", _NOISE, compression="tiff_lzw", dpi=(100, 100)),
    lambda: _packed("TIFF", _NOISE.convert("1"), compression="group4", dpi=(100, 100)),
    lambda: _packed("BMP", _NOISE),
    lambda: _packed("WEBP", _NOISE.convert("RGB")),
    lambda: _pdf(lambda _: None),
    lambda: _pdf(_with_a_form_in_itself),
    lambda: _pdf(lambda _: None, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    lambda: _packed("PDF", _NOISE.convert("RGB")),
)
