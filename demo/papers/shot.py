# SPDX-License-Identifier: GPL-3.0-or-later
"""Shots: sheets laid on glass or a table, seen by a scanner or phone, with the truth of where they lie."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from demo.papers.camera import taken
from demo.papers.copier import copied
from demo.papers.grain import SMOOTH, blotches, times
from demo.papers.inks import inked
from demo.papers.look import Look
from demo.papers.look_parts import Bed, Placing
from demo.papers.press import FORMATS_MM, MM_PER_INCH, SetPage
from demo.papers.wear import worn
from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels
from scanning.transforms import Corners

_Matrix = NDArray[np.float64]
# Cards have corners of 3.18 mm (ISO/IEC 7810).
_CARD_CORNER_MM: Final = 3.18
_CARD_LONGEST_MM: Final = 90.0
# A sheet as wide as the glass is laid along its edge: degrees by which people miss it.
_ALONG_THE_EDGE: Final = 3.0
# How much table a phone sees around a sheet, in parts of the sheet.
_TABLE_AROUND: Final = 1.24
_TABLES: Final = ((148, 108, 72), (92, 66, 48), (186, 182, 174), (70, 74, 82), (205, 190, 160), (120, 60, 52))


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture and how the sheets lie in it.

    Attributes:
        picture: RGB.
        skew_degrees: Of the first sheet, clockwise, besides quarter turns.
        quarter_turns: Clockwise, 0 to 3.
        corners: Of every sheet: its own top left, top right, bottom right, bottom left.
    """

    picture: Image.Image
    skew_degrees: float
    quarter_turns: int
    corners: Sequence[Corners]


def photographed(sheets: Sequence[SetPage], look: Look) -> Shot:
    """Let inks meet paper, time pass, and take the picture.

    Args:
        sheets: One, or two cards that lie on the glass together.
        look: What happens to them.
    """
    chance = np.random.default_rng(look.seed)
    papers = [_paper(sheet, look, chance) for sheet in sheets]
    size, places = _places(papers, look, chance)
    picture = _scene(papers, places, size, look, chance)
    # A phone or scanner sees the scene as it lies; turning it afterwards keeps light and noise where they belong.
    picture = np.ascontiguousarray(np.rot90(taken(picture, look.camera, look.dpi, chance), -look.placing.quarter_turns))
    corners = [
        _corners(paper, place, size, look.placing.quarter_turns) for paper, place in zip(papers, places, strict=True)
    ]
    return Shot(Image.fromarray(picture), _skew(papers[0], places[0]), look.placing.quarter_turns, corners)


def _paper(sheet: SetPage, look: Look, chance: np.random.Generator) -> Pixels:
    page = inked(sheet, look.inks, look.dpi, chance)
    page = copied(worn(page, look.wear, look.placing.lid, look.dpi, chance), look.copier, look.dpi, chance)
    return np.ascontiguousarray(page)


def _places(papers: Sequence[Pixels], look: Look, chance: np.random.Generator) -> tuple[tuple[int, int], list[_Matrix]]:
    """Decide how large the picture is, and how each sheet's pixels go there."""
    placing = look.placing
    height, width = papers[0].shape[:2]
    if placing.bed is Bed.TABLE:
        size = (round(width * _TABLE_AROUND), round(height * _TABLE_AROUND))
        return size, [_seen_from_above(width, height, size, placing, chance)]
    if placing.bed is Bed.FEEDER:
        return (width, height), [_turned(width, height, (width / 2, height / 2), placing.skew_degrees)]
    glass = tuple(round(side / MM_PER_INCH * look.dpi) for side in FORMATS_MM["a4"])
    if width > height and width > glass[0]:
        glass = (glass[1], glass[0])
    parts = len(papers)
    places = []
    for index, paper in enumerate(papers):
        skew = placing.skew_degrees if index == 0 else placing.skew_degrees + float(chance.normal() * 3)
        band = glass[1] / parts
        if paper.shape[1] > 0.9 * glass[0] or paper.shape[0] > 0.9 * band:
            skew = min(max(skew, -_ALONG_THE_EDGE), _ALONG_THE_EDGE)
        turned = _turned(paper.shape[1], paper.shape[0], (0, 0), skew)
        reach = _through(turned, _rectangle(paper.shape[1], paper.shape[0])).max(axis=0)
        room = np.array([max(0.0, glass[0] / 2 - reach[0]), max(0.0, band / 2 - reach[1])]) * 0.94
        middle = np.array([glass[0] / 2, band * (index + 0.5)]) + room * chance.uniform(-1, 1, 2)
        places.append(_turned(paper.shape[1], paper.shape[0], (float(middle[0]), float(middle[1])), skew))
    return (glass[0], glass[1]), places


def _turned(width: int, height: int, middle: tuple[float, float], degrees: float) -> _Matrix:
    angle = math.radians(degrees)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    matrix = np.eye(3)
    matrix[:2, :2] = turn
    matrix[:2, 2] = np.array(middle) - turn @ np.array([width / 2, height / 2])
    return matrix


def _seen_from_above(
    width: int, height: int, size: tuple[int, int], placing: Placing, chance: np.random.Generator
) -> _Matrix:
    """A phone over a table, not quite above the middle of the sheet and not quite level."""
    points = _through(_turned(width, height, (0, 0), placing.skew_degrees), _rectangle(width, height))
    towards = chance.uniform(0, 2 * np.pi)
    tilt = math.radians(placing.tilt_degrees)
    # Phones have a focal length of about 0.85 of the longer side of their picture.
    far = 0.95 * max(size)
    axis = np.array([math.cos(towards), math.sin(towards)])
    along = points @ axis
    depth = far + along * math.sin(tilt)
    flat = points - np.outer(along * (1 - math.cos(tilt)), axis)
    seen = flat * (far / depth)[:, None]
    seen -= (seen.max(axis=0) + seen.min(axis=0)) / 2
    spare = np.array(size) * 0.97 / (seen.max(axis=0) - seen.min(axis=0))
    seen *= min(1.0, float(spare.min()))
    room = np.maximum(0, np.array(size) * 0.97 - (seen.max(axis=0) - seen.min(axis=0))) / 2
    seen += np.array(size) / 2 + room * chance.uniform(-0.6, 0.6, 2)
    start = np.asarray(_rectangle(width, height), np.float32)
    return np.asarray(cv2.getPerspectiveTransform(start, seen.astype(np.float32)), np.float64)


def _scene(
    papers: Sequence[Pixels], places: Sequence[_Matrix], size: tuple[int, int], look: Look, chance: np.random.Generator
) -> Pixels:
    if look.placing.bed is Bed.FEEDER and not look.placing.skew_degrees:
        return papers[0]
    scene = (
        _table(size, chance)
        if look.placing.bed is Bed.TABLE
        else np.full((size[1], size[0], 3), look.placing.lid, np.uint8)
    )
    outlines = [
        _through(place, _rectangle(paper.shape[1], paper.shape[0])) for paper, place in zip(papers, places, strict=True)
    ]
    scene = times(scene, _cast_shadows(outlines, size, look, chance))
    for paper, place in zip(papers, places, strict=True):
        _lay(paper, place, scene, look.dpi)
    return scene


def _table(size: tuple[int, int], chance: np.random.Generator) -> Pixels:
    """Wood, cloth or tiles: a colour with a grain that runs one way."""
    width, height = size[0] // 4 + 1, size[1] // 4 + 1
    colour = np.array(_TABLES[int(chance.integers(len(_TABLES)))], np.float32)
    stretched = float(chance.choice((1.0, 14.0)))
    grain = blotches((height, max(2, int(width / stretched))), 3, chance)
    wood = cv2.resize(grain, (width, height), interpolation=cv2.INTER_LINEAR) + blotches((height, width), 90, chance)
    tone = 0.8 + 0.2 * (wood - 1)
    small = np.clip(colour * tone[:, :, None], 0, 255).astype(np.uint8)
    return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_CUBIC), np.uint8)


def _cast_shadows(
    outlines: Sequence[NDArray[np.float64]], size: tuple[int, int], look: Look, chance: np.random.Generator
) -> NDArray[np.float32]:
    """Sheets lie on what is below them: a thin soft shadow on one side."""
    shade = np.full((size[1] // SMOOTH + 1, size[0] // SMOOTH + 1), 255, np.uint8)
    away = chance.uniform(0, 2 * np.pi)
    per_mm = look.dpi / MM_PER_INCH
    shift = per_mm * (1.6 if look.placing.bed is Bed.TABLE else 0.8) * np.array([np.cos(away), np.sin(away)])
    for outline in outlines:
        cv2.fillPoly(shade, [np.round((outline + shift) / SMOOTH * 16).astype(np.int32)], 158, cv2.LINE_AA, 4)
    soft = cv2.GaussianBlur(shade, (0, 0), max(1.2, per_mm * 0.8 / SMOOTH))
    return np.asarray(soft, np.float32) / np.float32(255)


def _lay(paper: Pixels, place: _Matrix, scene: Pixels, dpi: int) -> None:
    """Put a sheet into the scene, with smooth edges and the round corners of a card."""
    height, width = paper.shape[:2]
    outline = _through(place, _rectangle(width, height))
    left, top = (max(0, int(part) - 2) for part in outline.min(axis=0))
    right, bottom = (
        min(limit, int(part) + 3) for part, limit in zip(outline.max(axis=0), scene.shape[1::-1], strict=True)
    )
    moved = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]], float) @ place
    size = (right - left, bottom - top)
    # Cubic keeps thin strokes; area between pixels does not matter at a scale near one.
    seen = cv2.warpPerspective(paper, moved, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    shape = np.zeros((height, width), np.uint8)
    round_px = (
        round(_CARD_CORNER_MM / MM_PER_INCH * dpi) if max(height, width) < _CARD_LONGEST_MM / MM_PER_INCH * dpi else 0
    )
    shape[round_px : height - round_px] = 255
    shape[:, round_px : width - round_px] = 255
    for across in (round_px, width - 1 - round_px):
        for down in (round_px, height - 1 - round_px):
            cv2.circle(shape, (across, down), round_px, 255, -1, cv2.LINE_AA)
    cover = cv2.warpPerspective(shape, moved, size, flags=cv2.INTER_LINEAR)
    under = scene[top:bottom, left:right]
    edge = (cover > 0) & (cover < 255)
    share = cover[edge].astype(np.float32)[:, None] / 255
    mixed = seen[edge] * share + under[edge] * (1 - share)
    cv2.copyTo(seen, cover, under)
    under[edge] = mixed.astype(np.uint8)


def _rectangle(width: int, height: int) -> NDArray[np.float64]:
    return np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)


def _through(place: _Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    seen = np.column_stack([points, np.ones(len(points))]) @ place.T
    return np.asarray(seen[:, :2] / seen[:, 2:], np.float64)


def _corners(paper: Pixels, place: _Matrix, size: tuple[int, int], quarter_turns: int) -> Corners:
    points = [(float(x), float(y)) for x, y in _through(place, _rectangle(paper.shape[1], paper.shape[0]))]
    width, height = size
    for _ in range(quarter_turns):
        points = [(height - y, x) for x, y in points]
        width, height = height, width
    return (points[0], points[1], points[2], points[3])


def _skew(paper: Pixels, place: _Matrix) -> float:
    """The direction of a line of print through the middle of the sheet."""
    height, width = paper.shape[:2]
    left, right = _through(place, np.array([[width * 0.45, height / 2], [width * 0.55, height / 2]]))
    return math.degrees(math.atan2(right[1] - left[1], right[0] - left[0]))
