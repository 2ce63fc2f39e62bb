# SPDX-License-Identifier: GPL-3.0-or-later
"""Between the pixels of imaging and the planes that engines read."""

from __future__ import annotations

import numpy as np

from scanning.imaging.formats import Pixels
from scanning.imaging.raster import Raster
from scanning.ocr.engine import GrayPlane


def gray_plane(raster: Raster) -> GrayPlane:
    """Hand a gray raster to an engine."""
    return GrayPlane(raster.pixels.tobytes(), raster.width_px, raster.height_px, raster.dpi)


def pixels_of(plane: GrayPlane) -> Pixels:
    """Look at a plane as rows of pixels; they cannot be written to."""
    return np.frombuffer(plane.pixels, np.uint8).reshape(plane.height_px, plane.width_px)
