# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents to be stamped, and ways to see what a stamp did to them that share no code with the stamps."""

from __future__ import annotations

import io
import math
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
from PIL import Image, ImageDraw

DPI = 100
MILLIMETRE = DPI / 25.4

HEAD = """
#set document(title: "Quyết định")
#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm))
#set text(font: "Liberation Serif", size: 13pt, lang: "vi")
"""

DECISION = (
    HEAD
    + r"""
#grid(columns: (1fr, 1.3fr), align: center,
  [ỦY BAN NHÂN DÂN \ XÃ TÂN LẬP \ Số: 123/QĐ-UBND],
  [CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM \ Độc lập - Tự do - Hạnh phúc])
#align(center)[\ QUYẾT ĐỊNH \ Về việc thay đổi hộ tịch \ \ CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TÂN LẬP]
#par(justify: true)[#lorem(120)]
#grid(columns: (1fr, 1fr),
  [Nơi nhận: \ - Như Điều 3; \ - Chủ tịch UBND xã; \ - Lưu: VT.],
  align(center)[TM. ỦY BAN NHÂN DÂN \ KT. CHỦ TỊCH \ PHÓ CHỦ TỊCH #v(GAP) Nguyễn Thị Ngọc Ánh])
"""
)

THREE_SIGNERS = (
    HEAD
    + r"""
BIÊN BẢN BÀN GIAO #v(150pt)
#grid(columns: (1fr, 1fr, 1fr), align: center,
  [NGƯỜI LẬP \ (Ký, ghi rõ họ tên) #v(70pt) Trần Văn Bình],
  [KẾ TOÁN \ (Ký, ghi rõ họ tên) #v(70pt) Lê Thị Cúc],
  [CHỦ TỊCH \ (Ký, ghi rõ họ tên) #v(70pt) Nguyễn Thị Ngọc Ánh])
"""
)


def signature_png(ink: tuple[int, int, int] = (20, 40, 190)) -> bytes:
    """A signature, three times as wide as it is high, on a transparent ground with wide borders."""
    image = Image.new("RGBA", (900, 500), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    points = [(150 + 600 * step / 99, 250 + 100 * math.sin(step / 7)) for step in range(100)]
    draw.line(points, fill=(*ink, 255), width=9, joint="curve")
    draw.line([(150, 150), (750, 150)], fill=(*ink, 255), width=3)
    draw.line([(150, 349), (750, 349)], fill=(*ink, 255), width=3)
    return as_png(image)


def seal_png() -> bytes:
    image = Image.new("RGBA", (420, 420), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse([10, 10, 409, 409], outline=(200, 16, 24, 255), width=14)
    draw.ellipse([110, 110, 309, 309], outline=(200, 16, 24, 255), width=6)
    return as_png(image)


def as_png(image: Image.Image, **options: Any) -> bytes:
    output = io.BytesIO()
    image.save(output, "PNG", **options)
    return output.getvalue()


def shown(pdf: bytes, page: int = 0, dpi: float = DPI) -> np.ndarray[Any, np.dtype[np.int16]]:
    """A page as viewers show it, stamps included."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    picture = document[page].render(scale=dpi / 72).to_pil().convert("RGB")
    document.close()
    return np.asarray(picture).astype(np.int16)


def stamped(before: np.ndarray[Any, Any], after: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Where a stamp left ink."""
    return np.asarray(np.abs(after - before).max(axis=2) > 24)


def edges(ink: np.ndarray[Any, np.dtype[np.bool_]]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of some ink, in pixels from the upper left corner."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def words(page: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Where there are words: dark ink, and what lies between two letters."""
    dark: np.ndarray[Any, np.dtype[np.bool_]] = np.asarray(page.max(axis=2) < 128)
    for shift in range(1, 5):
        dark[:, shift:] |= dark[:, :-shift]
    return dark


def turned(pdf: bytes, degrees: int, unit: float = 1, shift: tuple[float, float] = (0, 0)) -> bytes:
    """The same page to look at, in a user space that is turned, stretched and moved, within a larger media box."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            width, height = (float(edge) for edge in page.mediabox[2:])
            matrix = {
                0: (1, 0, 0, 1, 0, 0),
                90: (0, 1, -1, 0, height, 0),
                180: (-1, 0, 0, -1, width, height),
                270: (0, -1, 1, 0, 0, width),
            }[degrees]
            across, up = (height, width) if degrees % 180 else (width, height)
            left, bottom = shift
            numbers = " ".join(f"{number:f}" for number in matrix)
            before = f"q {1 / unit:f} 0 0 {1 / unit:f} {left:f} {bottom:f} cm {numbers} cm"
            page.contents_add(before.encode(), prepend=True)
            page.contents_add(b"Q")
            page.obj.CropBox = [left, bottom, left + across / unit, bottom + up / unit]
            page.obj.MediaBox = [left - 30, bottom - 20, left + across / unit + 10, bottom + up / unit + 40]
            page.obj.Rotate = degrees
            if unit != 1:
                page.obj.UserUnit = unit
        output = io.BytesIO()
        document.save(output)
    return output.getvalue()
