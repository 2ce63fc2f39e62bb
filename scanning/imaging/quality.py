# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be said about a picture for nearly nothing, as ground for an advice to scan again."""

from __future__ import annotations

import numpy as np

from scanning.imaging.raster import Raster
from scanning.page_reading import Quality


def measure(plane: Raster, ink_coverage: float) -> Quality:
    """Measure a page.

    Args:
        plane: The stamp-proof plane at reading resolution.
        ink_coverage: Share of the page that carries ink.
    """
    pixels = plane.pixels[::2]  # every other row says the same in half the time
    paper = float(np.median(pixels))
    contrast = max(0.0, paper - float(np.percentile(pixels, 0.5)))
    steps = np.abs(np.diff(pixels.astype(np.int16), axis=1))
    steepest = float(np.percentile(steps, 99.5))
    sharpness = min(1.0, steepest / contrast) if contrast >= 1 else 0.0
    return Quality(paper, contrast, round(sharpness, 3), ink_coverage)
