# SPDX-License-Identifier: GPL-3.0-or-later
"""Randomness with a shape: blotches, speckles and streaks, cheap enough for a whole page."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels

# Differences of light are smooth: they are made at an eighth of the page's size.
SMOOTH: Final = 8
_TILE: Final = 768


def blotches(shape: tuple[int, int], cell_px: float, chance: np.random.Generator) -> NDArray[np.float32]:
    """Soft spots between 0 and 1 of about ``cell_px`` pixels, of the given height and width."""
    height, width = shape
    coarse = chance.random((int(height / cell_px) + 3, int(width / cell_px) + 3), dtype=np.float32)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


def times(picture: Pixels, factors: NDArray[np.float32]) -> Pixels:
    """Multiply a picture by factors from 0 to 1 that may be given at a smaller size; gray or one for each colour."""
    height, width = picture.shape[:2]
    small = np.clip(factors * 255, 0, 255).astype(np.uint8)
    if picture.ndim == 3 and small.ndim == 2:
        small = np.repeat(small[:, :, None], 3, axis=2)
    full = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.multiply(picture, full, scale=1 / 255), np.uint8)


def with_noise(picture: Pixels, deviation: float, chance: np.random.Generator) -> Pixels:
    """Add sensor noise: mostly brightness, a little colour; one tile, laid again and again."""
    height, width = picture.shape[:2]
    noise = chance.standard_normal((_TILE, _TILE, 3), dtype=np.float32) * np.float32(deviation * 0.4)
    noise += chance.standard_normal((_TILE, _TILE, 1), dtype=np.float32) * np.float32(deviation)
    tile = np.clip(np.round(noise) + 128, 0, 255).astype(np.uint8)
    noisy = np.empty_like(picture)
    for top in range(0, height, _TILE):
        for left in range(0, width, _TILE):
            part = picture[top : top + _TILE, left : left + _TILE]
            cut = tile[: part.shape[0], : part.shape[1]]
            noisy[top : top + _TILE, left : left + _TILE] = cv2.addWeighted(part, 1, cut, 1, -128)
    return noisy


def scatter(picture: Pixels, count: int, largest_px: float, value: int, chance: np.random.Generator) -> None:
    """Drop round specks of one value, most of them far smaller than the largest."""
    height, width = picture.shape[:2]
    for across, down, size in chance.random((count, 3)):
        radius = max(0, round(float(largest_px * size**9)))
        centre = (int(across * width), int(down * height))
        cv2.circle(picture, centre, radius, (value,) * 3 if picture.ndim == 3 else value, -1, cv2.LINE_AA)
