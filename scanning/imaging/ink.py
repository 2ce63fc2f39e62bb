# SPDX-License-Identifier: GPL-3.0-or-later
"""How much ink is on a page, of any colour, and whether a person left any: by pen, pencil, stamp or print.

A blank page is only ever flagged: the back of a sheet may be what proves that nothing stands there. So what the paper
and the scanner do alone (dust, holes, staples, folds, streaks, edges, print that shines through from the front) is
not ink, but whatever could be a word is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from scanning.imaging._cv import cv2
from scanning.imaging.faint import grain_of, has_faint_strokes
from scanning.imaging.marks import marks_of_people
from scanning.imaging.picture_share import picture_share
from scanning.imaging.raster import Raster, darkest_plane, reduce
from scanning.imaging.sheet_size import MM_PER_INCH

_SURVEY_DPI: Final = 100.0
_PER_MM: Final = _SURVEY_DPI / MM_PER_INCH
_BACKGROUND_WINDOW_PX: Final = 21  # 5 mm: wider than any stroke of a pen, narrower than the shading along a fold
_COVERAGE_DARKNESS: Final = 0.18
# Print that shines through from the back is 5 to 12 % darker than its surroundings, a hard pencil 14 % and more.
_MARK_DARKNESS: Final = 0.13
_NOISE_DEVIATIONS: Final = 6.0
_GRAIN_WINDOW_PX: Final = 3
# A thin stroke of 1 cm with a hard pencil weighs 6, the digit 1 of a page number 10.
_LEAST_WEIGHT: Final = 4.0
_LEAST_PICTURE: Final = 0.005

_TONE_MARGIN: Final = 0.08
_PAPER_RANGE: Final = 90.0  # a lid left open darkens half a blank sheet by 70; small portraits span 120 and more


@dataclass(frozen=True, slots=True)
class InkFacts:
    """What ink there is on a page.

    Attributes:
        coverage: Share of the page that is ink, 0 to 1; specks, edges and what shines through do not count.
        picture_share: Share of the page that is continuous tone, a photograph for instance.
        is_blank: Whether nothing on the page can be by a person.
    """

    coverage: float
    picture_share: float
    is_blank: bool


def ink_facts(page: Raster) -> InkFacts:
    """Look for ink.

    Args:
        page: The upright page in colour, best at 150 dpi.
    """
    pixels = darkest_plane(reduce(page, _SURVEY_DPI)).pixels
    darkness = _darkness(pixels)
    share = picture_share(page)
    grain = grain_of(darkness)
    dark = darkness > max(_MARK_DARKNESS, _NOISE_DEVIATIONS * grain)
    marks = marks_of_people(dark.astype(np.uint8), _PER_MM)
    ink = marks & (darkness > _COVERAGE_DARKNESS)
    is_blank = float(darkness[marks].sum()) < _LEAST_WEIGHT and share < _LEAST_PICTURE and _is_paper(pixels)
    is_blank = is_blank and not has_faint_strokes(darkness, dark & ~marks, grain, _PER_MM)
    return InkFacts(float(ink.mean()), share, is_blank)


def _is_paper(pixels: npt.NDArray[np.uint8]) -> bool:
    """Say whether a picture without marks is of one tone: paper is under the worst light, a photograph is not."""
    height, width = pixels.shape
    top, left = round(height * _TONE_MARGIN), round(width * _TONE_MARGIN)
    darkest, brightest = np.percentile(pixels[top : height - top : 4, left : width - left : 4], (5, 95))
    return bool(brightest - darkest <= _PAPER_RANGE)


def _darkness(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Give how much darker each dot is than the paper around it, 0 to 1."""
    window = cv2.getStructuringElement(cv2.MORPH_RECT, (_BACKGROUND_WINDOW_PX, _BACKGROUND_WINDOW_PX))
    paper = cv2.morphologyEx(cv2.blur(pixels, (_GRAIN_WINDOW_PX, _GRAIN_WINDOW_PX)), cv2.MORPH_CLOSE, window)
    paper = cv2.blur(paper, (_BACKGROUND_WINDOW_PX, _BACKGROUND_WINDOW_PX)).astype(np.float32)
    return np.asarray(1.0 - pixels / np.maximum(paper, 1.0), np.float32)
