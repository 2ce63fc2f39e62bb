# SPDX-License-Identifier: GPL-3.0-or-later
"""Where in the picture the sheet lies: nowhere else than everywhere (a feeder's page), on a glass, on a table.

Nothing is worse than a page with its edge cut off, so a sheet is only cut out when all of its sides are edges of its
tone and nothing is written around it; otherwise the picture is the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from scanning.imaging.edges import Floats, edge_map, straight_lines
from scanning.imaging.quadrilaterals import Quadrilateral, quadrilaterals
from scanning.imaging.raster import Raster, reduce
from scanning.imaging.scene import DARK_LID, RIM_PX, WHITE_GROUND, Scene, is_rectangle
from scanning.imaging.sheet_edge import settled
from scanning.imaging.sheet_size import (
    MM_PER_INCH,
    SIZE_TOLERANCE_MM,
    assumed_dpi,
    is_believable,
    is_known_size,
    shape_of,
)
from scanning.transforms import Cutout

_SURVEY_PX: Final = 900
_MOST_CANDIDATES: Final = 40
_MOST_SETTLED: Final = 20
_SAME_PX: Final = 8.0
_LEAST_SUPPORT: Final = 0.75
_FEWEST_REAL_SIDES: Final = 2
_LEAST_SUPPORT_ODD: Final = 0.9
_LEAST_SUPPORT_SLANTED: Final = 0.8
_MOST_OVERRUN: Final = 0.7
_MOST_SHARED: Final = 0.1
# Degrees that corners may be off a right angle: as sides are first fitted, and as they are fitted to a sheet on glass.
_ROUGHLY, _EXACTLY = 3.5, 1.2
_ROUGHLY_MM: Final = 12.0  # how far off a known size a sheet may be whose sides are not fitted yet
_OVERRUN_COSTS: Final = 0.25
_CUT_OFF_COSTS: Final = 0.6
_DARKER_COSTS: Final = 0.7


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet in a picture.

    Attributes:
        cutout: Where it lies, and its size at the picture's density.
        confidence: 0 to 1; sheets that one could be wrong about are not given at all.
    """

    cutout: Cutout
    confidence: float


@dataclass(frozen=True, slots=True)
class SheetsFound:
    """What lies in a picture.

    Attributes:
        sheets: From top to bottom; empty when the picture is the page.
        dpi: Density of the picture, of its sheets when there are any: as stated, or estimated from the size that
            such a sheet has when a camera took it.
    """

    sheets: tuple[Sheet, ...]
    dpi: float


def find_sheets(picture: Raster) -> SheetsFound:
    """Look for the sheets in a colour picture, as it was decoded."""
    scale = min(1.0, _SURVEY_PX / max(picture.width_px, picture.height_px))
    survey = reduce(picture, picture.dpi * scale).pixels
    found = edge_map(survey)
    candidates = _distinct(quadrilaterals(found, straight_lines(found), _LEAST_SUPPORT, _FEWEST_REAL_SIDES))
    scene = Scene(survey, found)
    believable = is_believable(picture.width_px, picture.height_px, picture.dpi)
    if believable:
        on_glass = _on_glass(scene, candidates, picture.dpi * scale)
        if on_glass:
            return SheetsFound(tuple(_scanned(each, scale) for each in on_glass), picture.dpi)
    on_table = _on_table(scene, candidates, believable)
    if on_table is not None:
        return _photographed(settled(on_table, scene.edges, scene.gray), picture, scale)
    return SheetsFound((), picture.dpi if believable else assumed_dpi(picture.width_px, picture.height_px))


def _on_glass(scene: Scene, candidates: Sequence[Quadrilateral], dpi: float) -> list[Quadrilateral]:
    """Choose sheets that lie under a lid: rectangles on an even ground with nothing else on it."""
    likely = [each for each in candidates if each.overrun <= _MOST_OVERRUN and is_rectangle(each, _ROUGHLY)]
    exact = [
        settled(each, scene.edges, scene.gray) for each in likely[:_MOST_SETTLED] if _has_a_size(each, dpi, _ROUGHLY_MM)
    ]
    ranked = sorted(
        (each for each in exact if is_rectangle(each, _EXACTLY) and _has_a_size(each, dpi)),
        key=lambda each: (is_known_size(_sides(each), dpi), each.real_sides, each.area),
        reverse=True,
    )
    chosen: list[Quadrilateral] = []
    taken = np.zeros(scene.shape, np.bool_)
    for candidate in ranked:
        inside = candidate.mask(scene.shape)
        if (taken & inside).sum() < _MOST_SHARED * min(inside.sum(), taken.sum() or inside.sum()):
            chosen.append(candidate)
            taken |= candidate.mask(scene.shape, grown_px=RIM_PX)
    ground = scene.ground(chosen)
    if not chosen or not ground.is_empty or any(scene.is_framed(each) for each in chosen):
        return []
    if ground.level > DARK_LID and any(not scene.is_paper_on(ground, each, dpi) for each in chosen):
        return []
    return sorted(chosen, key=lambda each: float(each.corners[:, 1].min()))


def _has_a_size(candidate: Quadrilateral, dpi: float, tolerance_mm: float = SIZE_TOLERANCE_MM) -> bool:
    """Say whether a rectangle of that size is to be expected; of an odd one all sides must show."""
    return is_known_size(_sides(candidate), dpi, tolerance_mm) or (
        candidate.real_sides == 4 and candidate.weakest_support >= _LEAST_SUPPORT_ODD
    )


def _on_table(scene: Scene, candidates: Sequence[Quadrilateral], believable: bool) -> Quadrilateral | None:
    """Choose the sheet that a camera was held over."""
    whole = [each for each in candidates if each.real_sides == 4 or (each.real_sides == 3 and not believable)]
    sure = [each for each in whole if each.weakest_support >= _LEAST_SUPPORT_SLANTED]
    best = next((each for each in sure if not scene.is_framed(each)), None)
    if best is None:
        return None
    ground = scene.ground([best])
    if ground.level > WHITE_GROUND and not ground.is_empty:
        return None
    if believable and is_rectangle(best, _EXACTLY) and not (best.brighter and scene.is_bright_on(ground, best)):
        return None
    return best


def _distinct(candidates: Iterable[Quadrilateral]) -> list[Quadrilateral]:
    """Give the candidates with the most weight first, without those that are nearly the same as a better one."""
    kept: list[Quadrilateral] = []
    for candidate in sorted(candidates, key=_weight, reverse=True):
        if not any(np.abs(candidate.corners - each.corners).max() < _SAME_PX for each in kept):
            kept.append(candidate)
        if len(kept) == _MOST_CANDIDATES:
            break
    return kept


def _weight(candidate: Quadrilateral) -> float:
    weight = math.sqrt(candidate.area) * candidate.weakest_support**3 * (1.0 - _OVERRUN_COSTS * candidate.overrun)
    weight *= 1.0 if candidate.real_sides == 4 else _CUT_OFF_COSTS
    return weight if candidate.brighter else weight * _DARKER_COSTS


def _sides(candidate: Quadrilateral) -> tuple[float, float]:
    top, right, bottom, left = candidate.side_lengths()
    return float(top + bottom) / 2, float(left + right) / 2


def _scanned(sheet: Quadrilateral, scale: float) -> Sheet:
    width, height = _sides(sheet)
    return Sheet(_cutout(sheet.corners / scale, width / scale, height / scale), round(sheet.weakest_support, 2))


def _photographed(sheet: Quadrilateral, picture: Raster, scale: float) -> SheetsFound:
    corners = sheet.corners / scale
    top, right, bottom, left = sheet.side_lengths() / scale
    width, height = max(top, bottom), max(right, left)
    dpi = assumed_dpi(width, height)
    if sheet.real_sides == 4:
        shape = shape_of(corners, picture.width_px, picture.height_px)
        width, height = max(width, height * shape.ratio), max(height, width / shape.ratio)
        dpi = max(width, height) / shape.longer_mm * MM_PER_INCH
    return SheetsFound((Sheet(_cutout(corners, width, height), round(sheet.weakest_support, 2)),), dpi)


def _cutout(corners: Floats, width: float, height: float) -> Cutout:
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
    return Cutout((first, second, third, fourth), round(width), round(height))
