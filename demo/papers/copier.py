# SPDX-License-Identifier: GPL-3.0-or-later
"""Photocopies and faxes: every generation hardens the contrast, eats thin strokes or fattens them, and adds dirt."""

from __future__ import annotations

import numpy as np

from demo.papers.grain import blotches, scatter, times
from demo.papers.look_parts import Copier
from demo.papers.press import MM_PER_INCH
from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels


def copied(page: Pixels, copier: Copier, dpi: int, chance: np.random.Generator) -> Pixels:
    """Copy an RGB page as often as wanted; what comes out is gray, but still RGB."""
    if not copier.generations and not copier.fax_dpi:
        return page
    gray = np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), np.uint8)
    for _ in range(copier.generations):
        gray = _generation(gray, copier, dpi, chance)
    if copier.fax_dpi:
        gray = _faxed(gray, copier.fax_dpi, dpi, chance)
    gray = _on_gray(gray, copier, dpi, chance)
    return np.asarray(cv2.merge([gray, gray, gray]), np.uint8)


def _generation(gray: Pixels, copier: Copier, dpi: int, chance: np.random.Generator) -> Pixels:
    per_mm = dpi / MM_PER_INCH
    soft = cv2.GaussianBlur(gray, (0, 0), max(0.4, 0.045 * per_mm))
    # Toner does not lie evenly: the threshold wanders over the page.
    height, width = gray.shape
    wander = blotches((height // 8 + 1, width // 8 + 1), 0.22 * per_mm, chance) - 0.5
    wander += blotches((height // 8 + 1, width // 8 + 1), 4 * per_mm, chance) - 0.5
    uneven = times(np.asarray(soft, np.uint8), (1 - np.abs(wander) * 0.1).astype(np.float32))
    middle = 255 * (0.46 + 0.34 * (copier.darkness - 0.5) * 2 * 0.6)
    steps = np.arange(256, dtype=np.float32)
    curve = 255 / (1 + np.exp(-(steps - middle) / 17))
    curve = 18 + (curve - curve[0]) / (curve[-1] - curve[0]) * 237
    toner = np.asarray(cv2.LUT(uneven, curve.astype(np.uint8)), np.uint8)
    area = height * width / per_mm**2
    scatter(toner, int(area * 0.022 * copier.dirt), 0.38 * per_mm, 40, chance)
    scatter(toner, int(area * 0.012 * copier.dirt), 0.3 * per_mm, 255, chance)
    return toner


def _faxed(gray: Pixels, fax_dpi: int, dpi: int, chance: np.random.Generator) -> Pixels:
    """Black or white in square dots, some lines torn sideways."""
    height, width = gray.shape
    size = (max(1, round(width * fax_dpi / dpi)), max(1, round(height * fax_dpi / dpi)))
    small = np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)
    dots = np.where(small > 150, 255, 0).astype(np.uint8)
    for row in chance.integers(0, size[1], 3):
        dots[row] = np.roll(dots[row], int(chance.integers(-6, 7)))
    return np.asarray(cv2.resize(dots, (width, height), interpolation=cv2.INTER_NEAREST), np.uint8)


def _on_gray(gray: Pixels, copier: Copier, dpi: int, chance: np.random.Generator) -> Pixels:
    """Background, dark edges of an open lid, and the stripes of a scratched drum."""
    per_mm = dpi / MM_PER_INCH
    height, width = gray.shape
    down, across = np.arange(0, height, 8)[:, None] / per_mm, np.arange(0, width, 8)[None, :] / per_mm
    shape = (down.shape[0], across.shape[1])
    light = 1 - copier.gray * (0.55 + 0.45 * blotches(shape, max(shape) / 4, chance))
    if copier.edge > 0:
        sides = (down, height / per_mm - down, across, width / per_mm - across)
        wide = [copier.edge * chance.uniform(0, 1) ** 2 for _ in sides]
        wide[int(chance.integers(4))] = copier.edge
        for distance, reach in zip(sides, wide, strict=True):
            ragged = reach * (0.8 + 0.4 * blotches(shape, 30, chance))
            light *= np.clip(0.08 + (distance - ragged) / 2.5 + 0.5, 0.08, 1)
    if copier.dirt > 0.3:
        for _ in range(int(chance.integers(1, 4))):
            stripe = int(chance.integers(shape[1]))
            light[:, stripe] *= 1 - 0.3 * copier.dirt * chance.random()
    return times(gray, light.astype(np.float32))
