# SPDX-License-Identifier: GPL-3.0-or-later
"""What an office scanner does to a clean print: skew, soft optics, uneven light, noise, dust, worn seal ink."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

_INK_DARKEST: Final = 34
_PAPER_BRIGHTEST: Final = 243
_GRAIN_TILE: Final = 1024


@dataclass(frozen=True, slots=True)
class Condition:
    """How a sheet lay on the glass and what the scanner added; the same values give the same pixels.

    Attributes:
        skew_degrees: Rotation of the sheet, clockwise, -10 to 10.
        seed: Seed of everything random.
        blur_mm: Standard deviation of the optics' softness, in millimetres; 0.05 is an ordinary scanner.
        light_fall: How much darker the far corner is than the near one, 0 to 0.5.
        noise: Standard deviation of the sensor noise in steps of 255.
        dust: Share of pixels that are specks, 0 to 0.01.
    """

    skew_degrees: float = 0.0
    seed: int = 0
    blur_mm: float = 0.05
    light_fall: float = 0.10
    noise: float = 4.0
    dust: float = 0.0003


def scanned(page: Image.Image, condition: Condition, *, dpi: int) -> Image.Image:
    """Apply a condition to a clean RGB page; the size stays."""
    random = np.random.default_rng(condition.seed)
    page = _with_worn_seals(page, random)
    if condition.blur_mm > 0:
        page = page.filter(ImageFilter.GaussianBlur(condition.blur_mm / 25.4 * dpi))
    if condition.skew_degrees:
        page = page.rotate(-condition.skew_degrees, resample=Image.Resampling.BILINEAR, fillcolor=(228, 229, 231))
    pixels = np.array(page, dtype=np.float32)
    height, width = pixels.shape[:2]
    light = _light(height, width, condition.light_fall, random)
    scale = (_PAPER_BRIGHTEST - _INK_DARKEST) / 255
    # In place: a page is 100 MB as floats.
    pixels *= np.float32(scale)
    pixels += np.float32(_INK_DARKEST)
    pixels *= light[:, :, None]
    pixels += _grain(height, width, condition.noise, random)
    _scatter_dust(pixels, condition.dust, random)
    np.clip(pixels, 0, 255, out=pixels)
    return Image.fromarray(pixels.astype(np.uint8))


def _with_worn_seals(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """Let the red ink of seals come out patchy, as a rubber stamp prints."""
    pixels = np.array(page)
    red, green = pixels[:, :, 0], pixels[:, :, 1]
    reddish = (red > 170) & (green < red - np.minimum(red, 70))
    if not reddish.any():
        return page
    height, width = reddish.shape
    patches = random.integers(0, 256, size=(height // 12 + 1, width // 12 + 1), dtype=np.uint8)
    wear = Image.fromarray(patches).resize((width, height), Image.Resampling.BILINEAR)
    thin = reddish & (np.asarray(wear) > 160)
    pixels[thin] = pixels[thin] // 2 + 127
    return Image.fromarray(pixels)


def _light(height: int, width: int, fall: float, random: np.random.Generator) -> NDArray[np.float32]:
    direction = random.uniform(0, 2 * np.pi)
    y = np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None] * np.float32(np.sin(direction))
    x = np.linspace(-0.5, 0.5, width, dtype=np.float32)[None, :] * np.float32(np.cos(direction))
    light: NDArray[np.float32] = np.float32(1 - fall / 2) - np.float32(fall / np.sqrt(2)) * (x + y)
    return light


def _grain(height: int, width: int, deviation: float, random: np.random.Generator) -> NDArray[np.float32]:
    """Sensor noise: mostly brightness, a little colour. One tile, shifted for each repetition."""
    tile = random.standard_normal((_GRAIN_TILE, _GRAIN_TILE, 3), dtype=np.float32) * np.float32(deviation * 0.4)
    tile += random.standard_normal((_GRAIN_TILE, _GRAIN_TILE, 1), dtype=np.float32) * np.float32(deviation)
    repetitions = (height // _GRAIN_TILE + 1, width // _GRAIN_TILE + 1, 1)
    return np.tile(tile, repetitions)[:height, :width]


def _scatter_dust(pixels: NDArray[np.float32], share: float, random: np.random.Generator) -> None:
    height, width = pixels.shape[:2]
    count = int(height * width * share)
    for value in (45.0, 255.0):
        rows = random.integers(0, height, count // 2)
        columns = random.integers(0, width, count // 2)
        pixels[rows, columns] = value
