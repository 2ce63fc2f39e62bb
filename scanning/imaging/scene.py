# SPDX-License-Identifier: GPL-3.0-or-later
"""What a sheet lies on, and whether what looks like one is a sheet at all or only drawn on the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from scanning.imaging._cv import cv2
from scanning.imaging.edges import FINENESS, EdgeMap, Floats
from scanning.imaging.formats import Pixels
from scanning.imaging.quadrilaterals import Quadrilateral
from scanning.imaging.sheet_size import is_card, is_known_size

Mask = npt.NDArray[np.bool_]

RIM_PX: Final = 11  # around a sheet: its shadow
DARK_LID: Final = 90.0
WHITE_GROUND: Final = 190.0

_MARK_DARKNESS: Final = 25
_MOST_MARKS: Final = 0.0004  # of the ground: dust
_MOST_EDGES: Final = 0.0015
_MOST_SPREAD: Final = 30.0
_LEAST_GROUND: Final = 0.02  # of the picture; less is the page's own rim
_LARGEST_ODD_SIZE: Final = 0.6  # of the picture, on a white ground: a tinted certificate has white margins
# Where the tones beside a side are looked at, outward: frames around certificates are up to 7 mm thick.
_FRAME_PX: Final = (-28.0, -14.0, -10.0, -6.0, 0.0, 6.0, 10.0, 14.0, 18.0, 23.0, 28.0)
_FEWEST_SEEN: Final = 9  # of these; the frame of a sheet that lies askew is near the picture's edge
_DEEP_PX: Final = 22
_SAMPLES: Final = 80
_ENDS: Final = 10
_FRAME_STEP: Final = 9.0
_SAME_TONE: Final = 8.0
_NEUTRAL: Final = 8.0
_BRIGHTER: Final = 25.0
_MOST_AS_BRIGHT: Final = 0.1


@dataclass(frozen=True, slots=True)
class Ground:
    """What is seen around the sheets.

    Attributes:
        level: Its middle brightness.
        is_empty: Whether it is one even tone, with nothing on it.
    """

    level: float
    is_empty: bool


class Scene:
    """A survey picture with its edges."""

    def __init__(self, survey: Pixels, found: EdgeMap) -> None:
        self._survey = survey
        self.edges = found
        self._tones: npt.NDArray[np.float32] = found.tones[:, :, 1].astype(np.float32) / np.float32(FINENESS)
        self.gray: Pixels = np.ascontiguousarray(survey[:, :, 1])

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        return self.gray.shape[0], self.gray.shape[1]

    def ground(self, sheets: Iterable[Quadrilateral]) -> Ground:
        """Look at what is outside of the sheets and their shadows."""
        mask = np.ones(self.shape, np.bool_)
        for sheet in sheets:
            mask &= ~sheet.mask(self.shape, grown_px=RIM_PX)
        area = int(mask.sum())
        if area < _LEAST_GROUND * mask.size:
            return Ground(255.0, is_empty=False)
        darkest, level, brightest = np.percentile(self._tones[mask], (5, 50, 95))
        marks = int((self._tones - self.gray > _MARK_DARKNESS)[mask].sum())
        edges = int((self.edges.edges[mask] > 0).sum())
        empty = brightest - darkest < _MOST_SPREAD and marks < _MOST_MARKS * area and edges < _MOST_EDGES * area
        return Ground(float(level), bool(empty))

    def is_paper_on(self, ground: Ground, sheet: Quadrilateral, dpi: float) -> bool:
        """Say whether something on a white ground is a sheet, not a tint or a copied card on the page."""
        sides = sheet.side_lengths()
        size = float(sides[0]), float(sides[1])
        if not is_known_size(size, dpi) and sheet.area > _LARGEST_ODD_SIZE * self.gray.size:
            return False
        middle = sheet.mask(self.shape, grown_px=-_DEEP_PX)
        if not middle.any():
            return True
        darker = float(np.median(self._tones[middle])) < ground.level - _SAME_TONE
        return not (is_card(size, dpi) and darker and self._is_gray(middle))

    def is_framed(self, sheet: Quadrilateral) -> bool:
        """Say whether a candidate is only one edge of a frame: beyond the frame the paper goes on as it was.

        On both sides of such an edge, a little away from it, the tone is the same, and on one of them the frame lies
        between.
        """
        banded = seen = 0
        for begin, end in zip(sheet.corners, np.roll(sheet.corners, -1, axis=0), strict=True):
            profile = self._tones_along(begin, end)
            profile = profile[: _first_unseen(profile)]
            if len(profile) < _FEWEST_SEEN:
                continue
            seen += 1
            inside, outside = profile[0], profile[-1]
            banded += abs(inside - outside) < _SAME_TONE and bool(np.abs(profile - inside).max() > _FRAME_STEP)
        return banded > 0 and banded >= seen - 1

    def _tones_along(self, begin: Floats, end: Floats) -> Floats:
        """Give the middle tones of lines beside a side, from inside to outside; nan outside of the picture."""
        along = (end - begin) / np.linalg.norm(end - begin)
        aside = np.array(_FRAME_PX)[:, None, None] * np.array((along[1], -along[0]))
        points = (np.linspace(begin, end, _SAMPLES)[_ENDS:-_ENDS] + aside).astype(np.float32)
        seen = cv2.remap(
            self._tones,
            points[:, :, 0],
            points[:, :, 1],
            cv2.INTER_NEAREST,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=float("nan"),
        )
        half = np.isnan(seen).mean(axis=1) > 0.5
        return np.where(half, np.nan, np.nanmedian(np.where(half[:, None], 0.0, seen), axis=1))

    def is_bright_on(self, ground: Ground, sheet: Quadrilateral) -> bool:
        """Say whether a sheet is clearly brighter than what it lies on, wherever that is seen."""
        level = float(np.median(self._tones[sheet.mask(self.shape)]))
        around = self._tones[~sheet.mask(self.shape, grown_px=RIM_PX)]
        return level > ground.level + _BRIGHTER and float((around > level - _BRIGHTER).mean()) < _MOST_AS_BRIGHT

    def _is_gray(self, mask: Mask) -> bool:
        pixels = cv2.blur(self._survey, (9, 9))[mask].astype(np.int16)
        return float(np.mean(pixels.max(axis=1) - pixels.min(axis=1))) < _NEUTRAL


def _first_unseen(profile: Floats) -> int:
    unseen = np.nonzero(np.isnan(profile))[0]
    return int(unseen[0]) if len(unseen) else len(profile)


def is_rectangle(candidate: Quadrilateral, tolerance_degrees: float) -> bool:
    """Say whether all corners are right angles, as on a glass."""
    ahead = np.roll(candidate.corners, -1, axis=0) - candidate.corners
    directions = np.degrees(np.arctan2(ahead[:, 1], ahead[:, 0]))
    turns = (np.diff(directions, append=directions[:1]) + 180.0) % 360.0 - 180.0
    return bool(np.abs(turns - 90.0).max() < tolerance_degrees)
