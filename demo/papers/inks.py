# SPDX-License-Identifier: GPL-3.0-or-later
"""Inks meet paper: the needles of a printer, pens over print, rubber stamps over both."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from demo.papers import press
from demo.papers.fonts import FOLDER
from demo.papers.grain import blotches
from demo.papers.look_parts import Colour, Inks, Machine
from demo.papers.plan import PagePlan, signatures, signer
from demo.papers.press import SealStyle, SetPage, Setting
from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels

# Darkness of the print under a needle from which on it strikes, and the softness of a dot in parts of the pitch.
_NEEDLE_STRIKES: Final = 88
_NEEDLE_REACH: Final = 0.4
_SQUARE_STAMPS: Final = (
    ("BẢN SAO",),
    ("ĐÃ THU TIỀN",),
    (
        "CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH",
        "Số chứng thực: ......... Quyển số: .....",
        "Ngày ..... tháng ..... năm 20.....",
    ),
    ("CÔNG VĂN ĐẾN", "Số: ..............", "Ngày: ......../......../20....."),
    ("SAO Y BẢN CHÍNH",),
    ("ĐÃ TIẾP NHẬN HỒ SƠ", "Ngày: ......../......../20....."),
)
_ROUND_STAMPS: Final = (
    ("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "HOẰNG PHÚ"),
    ("VĂN PHÒNG CÔNG CHỨNG NGHĨA ĐÔ", "HÀ NỘI"),
    ("CÔNG AN XÃ DIỄN CHÂU", "NGHỆ AN"),
    ("CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", "TÂY NINH"),
)


def inked(layers: SetPage, inks: Inks, dpi: int, chance: np.random.Generator) -> Pixels:
    """Bring the layers of a page together on paper, RGB."""
    page: Pixels = np.array(layers.print)
    if inks.machine is Machine.DOT_MATRIX:
        page = _needled(page, inks, dpi, chance)
    if layers.pen is not None:
        page = np.asarray(cv2.multiply(page, np.asarray(layers.pen), scale=1 / 255), np.uint8)
    if layers.seal is not None:
        _press_on(page, np.asarray(layers.seal), (0, 0), inks, dpi, chance)
    for index in range(inks.stamps):
        stamp = (
            _square(dpi, int(chance.integers(len(_SQUARE_STAMPS))), float(chance.uniform(-9, 9)))
            if (inks.square_stamps)
            else _round(dpi, int(chance.integers(len(_ROUND_STAMPS))), index % 2 == 0, int(chance.integers(-30, 30)))
        )
        room = (max(1, page.shape[1] - stamp.shape[1]), max(1, page.shape[0] - stamp.shape[0]))
        corner = (int(chance.integers(room[0])), int(chance.integers(room[1])))
        _press_on(page, stamp[: page.shape[0], : page.shape[1]], corner, inks, dpi, chance)
    return page


def _needled(page: Pixels, inks: Inks, dpi: int, chance: np.random.Generator) -> Pixels:
    """Print again with needles: round dots on a grid, through a ribbon that is used up in bands."""
    height, width = page.shape[:2]
    darkness = 255 - np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), np.uint8)
    pitch = dpi / inks.needles_per_inch
    grid = (max(1, int(width / pitch)), max(1, int(height / pitch)))
    struck = np.asarray(cv2.resize(darkness, grid, interpolation=cv2.INTER_AREA)) > _NEEDLE_STRIKES
    rows, columns = np.nonzero(struck)
    # Each needle strikes with its own force; the ribbon fades along the line.
    force = 1 - inks.ribbon_wear * 0.3 * chance.random(rows.size, dtype=np.float32)
    force *= (
        1 - inks.ribbon_wear * 0.55 * blotches((grid[1], grid[0]), inks.needles_per_inch * 1.5, chance)[rows, columns]
    )
    jitter = chance.uniform(-0.12, 0.12, (2, rows.size))
    down = np.clip(((rows + 0.5 + jitter[0]) * pitch).astype(np.intp), 0, height - 1)
    across = np.clip(((columns + 0.5 + jitter[1]) * pitch).astype(np.intp), 0, width - 1)
    dots = np.zeros((height, width), np.float32)
    reach = _NEEDLE_REACH * pitch
    dots[down, across] = force * np.float32(255 * 2 * np.pi * reach**2)
    ink = np.clip(cv2.GaussianBlur(dots, (0, 0), reach), 0, 255 * (0.94 - 0.3 * inks.ribbon_wear)).astype(np.uint8)
    paper = page.reshape(-1, 3).max(axis=0)
    bare = np.full_like(page, paper)
    return np.asarray(cv2.multiply(bare, cv2.merge([255 - ink] * 3), scale=1 / 255), np.uint8)


def _press_on(
    page: Pixels, stamp: Pixels, corner: tuple[int, int], inks: Inks, dpi: int, chance: np.random.Generator
) -> None:
    """Press a seal (0 where rubber is) on the page in place: patchy, and through it the print stays dark."""
    rows, columns = np.flatnonzero(stamp.min(axis=1) < 250), np.flatnonzero(stamp.min(axis=0) < 250)
    if not rows.size:
        return
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    force = 1 - stamp[top:bottom, left:right].astype(np.float32) / 255
    patches = 0.6 * blotches(force.shape, dpi * 0.22, chance) + 0.4 * blotches(
        force.shape, max(2.0, dpi * 0.012), chance
    )
    dry = np.clip((patches - (1 - inks.seal_wear * 0.75)) * 4, 0, 0.9)
    force *= (1 - dry) * (0.86 + 0.14 * blotches(force.shape, dpi * 0.5, chance))
    over = page[corner[1] + top : corner[1] + bottom, corner[0] + left : corner[0] + right]
    over[:] = (over * (1 - force[:, :, None] * _lack(inks.seal))).astype(np.uint8)


def _lack(colour: Colour) -> NDArray[np.float32]:
    return (1 - np.asarray(colour, np.float32) / 255).astype(np.float32)


@functools.lru_cache(maxsize=16)
def _round(dpi: int, words: int, emblem: bool, tilt: int) -> Pixels:
    plan = PagePlan("other", "stamp", [signatures(signer([], "", seal=_ROUND_STAMPS[words], pen="none"))], format="a5")
    layer = press.set_page(plan, Setting(seal=SealStyle(emblem=emblem, tilt=tilt)), dpi).seal
    if layer is None:
        raise ValueError("a stamp without rubber")
    return _trimmed(layer)


@functools.lru_cache(maxsize=16)
def _square(dpi: int, words: int, tilt: float) -> Pixels:
    lines: Sequence[str] = _SQUARE_STAMPS[words]
    big = ImageFont.truetype(FOLDER / "LiberationSans-Bold.ttf", dpi * (0.2 if len(lines) == 1 else 0.13))
    small = ImageFont.truetype(FOLDER / "LiberationSans-Regular.ttf", dpi * 0.12)
    margin = dpi * 0.07
    faces = [big, *[small] * (len(lines) - 1)]
    widest = max(face.getlength(line) for face, line in zip(faces, lines, strict=True))
    size = (int(widest + 2 * margin), int(sum(face.size * 1.35 for face in faces) + 2 * margin))
    stamp = Image.new("L", size, 255)
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((0, 0, size[0] - 1, size[1] - 1), outline=0, width=max(1, round(dpi * 0.02)))
    top = margin
    for face, line in zip(faces, lines, strict=True):
        pen.text((size[0] / 2, top), line, fill=0, font=face, anchor="ma")
        top += face.size * 1.35
    return _trimmed(stamp.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor=255))


def _trimmed(stamp: Image.Image) -> Pixels:
    ink: Pixels = np.asarray(stamp)
    rows, columns = np.flatnonzero(ink.min(axis=1) < 250), np.flatnonzero(ink.min(axis=0) < 250)
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
