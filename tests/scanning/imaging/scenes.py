# SPDX-License-Identifier: GPL-3.0-or-later
"""Small pictures of paper with known truth: pages as a feeder gives them, sheets on a glass, sheets on a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

import demo
from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels
from scanning.imaging.raster import Raster

FONTS = Path(demo.__file__).parent / "papers" / "fonts"
DPI = 100
A4, A5, CARD = (210.0, 297.0), (148.0, 210.0), (85.6, 54.0)
Color = tuple[int, int, int]
Corners = npt.NDArray[np.float64]
Canvas = npt.NDArray[np.float32]
_WORDS = ("Cộng", "hòa", "xã", "hội", "chủ", "nghĩa", "Việt", "Nam", "ủy", "ban", "nhân", "dân", "số", "ngày", "quyền")


def mm(length: float, dpi: float = DPI) -> float:
    """Millimetres in pixels."""
    return length / 25.4 * dpi


@lru_cache(maxsize=32)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / name, size)


def empty(size_mm: tuple[float, float] = A4, color: Color = (243, 243, 243), dpi: float = DPI) -> Image.Image:
    return Image.new("RGB", (round(mm(size_mm[0], dpi)), round(mm(size_mm[1], dpi))), color)


def print_lines(
    page: Image.Image,
    *,
    lines: int = 30,
    seed: int = 1,
    ink: Color = (35, 35, 35),
    size_pt: float = 12.5,
    top_mm: float = 25,
    left_mm: float = 25,
    right_mm: float = 18,
    face: str = "LiberationSerif-Regular.ttf",
    dpi: float = DPI,
) -> Image.Image:
    """Set lines of Vietnamese words, each paragraph of five ending early."""
    random = np.random.default_rng(seed)
    draw = ImageDraw.Draw(page)
    face_font = font(face, round(size_pt / 72 * dpi))
    for line in range(lines):
        width = page.width - mm(left_mm + right_mm, dpi)
        if line % 5 == 4:
            width *= random.uniform(0.2, 0.8)
        words: list[str] = []
        while True:
            words.append(str(random.choice(_WORDS)))
            if draw.textlength(" ".join(words), font=face_font) > width:
                break
        y = mm(top_mm, dpi) + line * size_pt * 1.4 / 72 * dpi
        if y > page.height - mm(15, dpi):
            break
        draw.text((mm(left_mm, dpi), y), " ".join(words[:-1]), fill=ink, font=face_font)
    return page


def ruled_table(page: Image.Image, *, rows: int = 12, columns: int = 4, ink: Color = (30, 30, 30)) -> Image.Image:
    draw = ImageDraw.Draw(page)
    left, right, top = mm(20), page.width - mm(15), mm(60)
    for row in range(rows + 1):
        draw.line((left, top + row * mm(12), right, top + row * mm(12)), fill=ink, width=2)
    for column in range(columns + 1):
        x = left + (right - left) * column / columns
        draw.line((x, top, x, top + rows * mm(12)), fill=ink, width=2)
    return page


def frame(page: Image.Image, margin_mm: float, ink: Color, width_px: int = 3) -> Image.Image:
    inset = mm(margin_mm)
    ImageDraw.Draw(page).rectangle((inset, inset, page.width - inset, page.height - inset), outline=ink, width=width_px)
    return page


def card(seed: int = 1, tint: Color = (196, 222, 214), dpi: float = DPI) -> Image.Image:
    """An identity card: tinted plastic, a portrait, a few lines."""
    picture = empty(CARD, tint, dpi)
    draw = ImageDraw.Draw(picture)
    draw.rectangle([mm(v, dpi) for v in (4, 18, 24, 46)], fill=(150, 140, 135))
    draw.ellipse([mm(v, dpi) for v in (9, 22, 19, 34)], fill=(190, 160, 140))
    print_lines(picture, lines=6, seed=seed, size_pt=7, top_mm=16, left_mm=27, right_mm=6, dpi=dpi)
    draw.text((mm(30, dpi), mm(5, dpi)), "CĂN CƯỚC", fill=(190, 30, 40), font=font("LiberationSerif-Bold.ttf", 14))
    return picture


def scanned(page: Image.Image, seed: int = 1, noise: float = 2.0, blur: float = 0.6) -> Pixels:
    """Blue, green, red with soft optics and noise."""
    random = np.random.default_rng(seed)
    return _seen(np.asarray(page)[:, :, ::-1].astype(np.float32), blur, noise, random)


@dataclass(frozen=True)
class Laid:
    """A sheet lying somewhere.

    Attributes:
        sheet: Its picture.
        left_mm: Where its middle lies.
        top_mm: Where its middle lies.
        degrees: Turn, clockwise.
    """

    sheet: Image.Image
    left_mm: float
    top_mm: float
    degrees: float = 0.0


@dataclass(frozen=True)
class Scene:
    picture: Raster
    corners: tuple[Corners, ...]


def on_glass(
    laid: Sequence[Laid],
    *,
    lid: Color = (236, 238, 238),
    shadow: float = 25.0,
    glass_mm: tuple[float, float] = A4,
    seed: int = 1,
    noise: float = 2.0,
) -> Scene:
    """Scan sheets under a lid; the shadow falls below and to the right of them."""
    height, width = round(mm(glass_mm[1])), round(mm(glass_mm[0]))
    canvas: Canvas = np.full((height, width, 3), lid[::-1], np.float32)
    truths = []
    for each in laid:
        corners = _rectangle(each)
        canvas = _shadow(canvas, corners, shadow)
        canvas = _pasted(canvas, each.sheet, corners)
        truths.append(corners)
    seen = _seen(canvas, 0.6, noise, np.random.default_rng(seed))
    return Scene(Raster(seen, float(DPI)), tuple(truths))


def on_table(
    sheet: Image.Image,
    corners: Sequence[tuple[float, float]],
    *,
    size: tuple[int, int] = (750, 1000),
    table: Color = (92, 66, 44),
    texture: float = 12.0,
    light: tuple[float, float] = (1.0, 0.7),
    shadow: bool = False,
    seed: int = 1,
) -> Scene:
    """Photograph a sheet: corners as shares of the picture, light falling off to the right, a shadow across."""
    random = np.random.default_rng(seed)
    width, height = size
    grain = cv2.GaussianBlur(random.normal(0, 1, (height, width)).astype(np.float32), (0, 0), sigmaX=25, sigmaY=1.2)
    grain = grain / grain.std() * texture
    canvas = np.asarray(np.full((height, width, 3), table[::-1], np.float32) + grain[:, :, None], np.float32)
    truth = np.array(corners) * (width, height)
    canvas = _shadow(canvas, truth, 0.25 * float(np.mean(table)), reach=8)
    canvas = _pasted(canvas, sheet, truth)
    canvas *= np.linspace(*light, width, dtype=np.float32)[None, :, None]
    if shadow:
        mask = np.zeros((height, width), np.float32)
        cv2.fillPoly(mask, [np.array(((0, 0), (width * 0.55, 0), (width * 0.3, height), (0, height)), np.int32)], 1.0)
        canvas *= 1.0 - 0.35 * cv2.GaussianBlur(mask, (0, 0), 15)[:, :, None]
    return Scene(Raster(_seen(canvas, 0.8, 3.0, random), 50.0), (truth,))


def seen_from_above(
    size_mm: tuple[float, float], *, tilt: float, turn: float = 0.0, towards: float = 30.0
) -> tuple[tuple[float, float], ...]:
    """Give the corners of a sheet for ``on_table`` as a phone sees it: 0.8 as far away as its picture is high."""
    width, height = size_mm
    points = np.array(((-width, -height), (width, -height), (width, height), (-width, height))) / 2 / height
    angle = np.deg2rad(turn)
    points = points @ np.array(((np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))))
    axis = np.array((np.cos(np.deg2rad(towards)), np.sin(np.deg2rad(towards))))
    along = points @ axis
    flat = points - np.outer(along * (1 - np.cos(np.deg2rad(tilt))), axis)
    seen = flat / (1.0 + along[:, None] * np.sin(np.deg2rad(tilt)))
    seen *= 0.82 / np.ptp(seen, axis=0).max()
    seen -= (seen.max(axis=0) + seen.min(axis=0)) / 2
    return tuple((0.5 + x * 4 / 3, 0.5 + y) for x, y in seen.tolist())


def _rectangle(laid: Laid) -> Corners:
    width, height = laid.sheet.width / 2, laid.sheet.height / 2
    angle = np.deg2rad(laid.degrees)
    turn = np.array(((np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))))
    corners = np.array(((-width, -height), (width, -height), (width, height), (-width, height))) @ turn
    return np.asarray(corners + np.array((mm(laid.left_mm), mm(laid.top_mm))), np.float64)


def _seen(canvas: Canvas, blur: float, noise: float, random: np.random.Generator) -> Pixels:
    soft = np.asarray(cv2.GaussianBlur(canvas, (0, 0), blur), np.float32)
    grain = random.standard_normal(canvas.shape, dtype=np.float32) * np.float32(noise)
    return (soft + grain).clip(0, 255).astype(np.uint8)


def _pasted(canvas: Canvas, sheet: Image.Image, corners: Corners) -> Canvas:
    width, height = sheet.size
    source = np.array(((0, 0), (width, 0), (width, height), (0, height)), np.float32) - np.float32(0.5)
    matrix = cv2.getPerspectiveTransform(source, (corners - 0.5).astype(np.float32))
    size = (canvas.shape[1], canvas.shape[0])
    pixels = np.asarray(sheet)[:, :, ::-1].astype(np.float32)
    shrink = float(np.linalg.norm(corners[1] - corners[0])) / width
    if shrink < 0.8:
        pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 0.5 / shrink), np.float32)
    warped = cv2.warpPerspective(pixels, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    cover = cv2.warpPerspective(np.ones((height, width), np.float32), matrix, size, flags=cv2.INTER_LINEAR)
    return np.asarray(canvas + (warped - canvas) * cover[:, :, None], np.float32)


def _shadow(canvas: Canvas, corners: Corners, darkness: float, reach: float = 1.5) -> Canvas:
    mask = np.zeros(canvas.shape[:2], np.float32)
    cv2.fillPoly(mask, [np.round(corners + reach * 0.7).astype(np.int32)], darkness)
    return np.asarray(canvas - cv2.GaussianBlur(mask, (0, 0), reach)[:, :, None], np.float32)
