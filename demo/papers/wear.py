# SPDX-License-Identifier: GPL-3.0-or-later
"""Paper wears: it yellows, is folded, punched and stapled, and what is on its back shines through."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from demo.papers.grain import SMOOTH, blotches, times
from demo.papers.look_parts import WHITE, Colour, Wear
from demo.papers.press import MM_PER_INCH
from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels


def worn(page: Pixels, wear: Wear, behind: Colour, dpi: int, chance: np.random.Generator) -> Pixels:
    """Let a sheet age.

    Args:
        page: RGB.
        wear: What happens to it.
        behind: What is seen through holes.
        dpi: Resolution.
        chance: Source of everything random.
    """
    per_mm = dpi / MM_PER_INCH
    if wear.show_through > 0:
        page = _shone_through(page, wear.show_through, per_mm)
    if wear.tint != WHITE:
        tables = np.stack([np.arange(256) * (part / 255) for part in wear.tint], axis=1)
        page = np.asarray(cv2.LUT(page, tables.astype(np.uint8).reshape(1, 256, 3)), np.uint8)
    if wear.age > 0:
        page = times(page, _age(page.shape[0], page.shape[1], wear.age, chance))
    for fold in range(wear.folds):
        _crease(page, fold, wear.folds, per_mm, chance)
    if wear.holes:
        _punch(page, behind, per_mm, chance)
    if wear.staple:
        _staple(page, per_mm, chance)
    return page


def _shone_through(page: Pixels, strength: float, per_mm: float) -> Pixels:
    """The back of duplex print: other words of the same density, mirrored and softened by the paper."""
    gray = np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), np.uint8)
    back = cv2.GaussianBlur(np.roll(gray[:, ::-1], round(3.2 * per_mm), axis=0), (0, 0), max(0.5, 0.16 * per_mm))
    faint = cv2.addWeighted(back, strength, np.full_like(back, 255), 1 - strength, 0)
    return np.asarray(cv2.multiply(page, cv2.merge([faint, faint, faint]), scale=1 / 255), np.uint8)


def _age(height: int, width: int, age: float, chance: np.random.Generator) -> NDArray[np.float32]:
    shape = (height // SMOOTH + 1, width // SMOOTH + 1)
    side = min(shape)
    spots = 0.65 * blotches(shape, side / 5, chance) + 0.35 * blotches(shape, side / 40, chance)
    down, across = np.linspace(-1, 1, shape[0])[:, None], np.linspace(-1, 1, shape[1])[None, :]
    rim = np.maximum(np.abs(down), np.abs(across)) ** 14
    loss = age * (0.16 * spots + 0.2 * rim * (0.6 + 0.4 * spots))
    # Old paper turns brown: blue goes first.
    return np.asarray(1 - loss[:, :, None] * np.array([0.55, 0.85, 1.5]), np.float32)


def _crease(page: Pixels, fold: int, folds: int, per_mm: float, chance: np.random.Generator) -> None:
    """A crease: a shadow on one side, a rim of broken fibres, ink rubbed off along it."""
    along = folds > 2 and fold == folds - 1
    view = page.transpose(1, 0, 2) if along else page
    parts = folds if folds <= 2 else folds - 1
    share = 0.5 if along else (fold + 1) / (parts + 1)
    length, across = view.shape[:2]
    middle = share * length + chance.normal() * 0.004 * length
    slope = chance.normal() * 0.004
    reach = max(2, round(5 * per_mm))
    top = max(0, round(middle - reach - abs(slope) * across))
    bottom = min(length, round(middle + reach + abs(slope) * across))
    wobble = cv2.resize(chance.normal(size=(1, 40)).astype(np.float32), (across, 1), interpolation=cv2.INTER_CUBIC)
    line = middle + slope * (np.arange(across) - across / 2) + wobble[0] * 0.12 * per_mm
    away = (np.arange(top, bottom)[:, None] - line[None, :]) / per_mm
    shade = 0.16 * np.exp(-np.clip(away, 0, None) / 1.6) * (away >= 0) + 0.07 * np.exp(np.clip(away, None, 0) / 2.2) * (
        away < 0
    )
    core = np.exp(-((away / 0.16) ** 2))
    rubbed = core * np.clip(blotches(away.shape, max(2, 0.9 * per_mm), chance) * 1.6 - 0.4, 0, 1)
    band = view[top:bottom].astype(np.float32)
    band *= (1 - shade - 0.12 * core)[:, :, None]
    band += (rubbed * 0.5)[:, :, None] * (235 - band)
    view[top:bottom] = np.clip(band, 0, 255).astype(np.uint8)


def _punch(page: Pixels, behind: Colour, per_mm: float, chance: np.random.Generator) -> None:
    """Two holes of a folder, 80 mm apart, 12 mm from the left edge."""
    height = page.shape[0]
    across = (12 + chance.normal() * 0.8) * per_mm
    for side in (-40, 40):
        down = height / 2 + (side + chance.normal() * 0.3) * per_mm
        centre, radius = (round(across), round(down)), max(1, round(3 * per_mm))
        cv2.circle(page, centre, radius, behind, -1, cv2.LINE_AA)
        rim = max(1, round(0.25 * per_mm))
        cv2.ellipse(page, centre, (radius, radius), 0, 160, 340, (105, 105, 108), rim, cv2.LINE_AA)


def _staple(page: Pixels, per_mm: float, chance: np.random.Generator) -> None:
    start = np.array([7.0, 8.0]) + chance.normal(size=2) * 1.5
    angle = chance.uniform(-0.9, 0.1)
    end = start + 11.5 * np.array([np.cos(angle), np.sin(angle) + 0.15])
    for shift, colour, width in ((0.4, (140, 140, 142), 0.6), (0.0, (92, 92, 98), 0.5), (-0.1, (190, 192, 196), 0.15)):
        ends = [tuple(round(float(part + shift) * per_mm) for part in point) for point in (start, end)]
        cv2.line(page, ends[0], ends[1], colour, max(1, round(width * per_mm)), cv2.LINE_AA)
