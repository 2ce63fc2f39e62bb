# SPDX-License-Identifier: GPL-3.0-or-later
"""Between the pixels of imaging and the planes that engines read."""

from __future__ import annotations

import numpy as np

from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels
from scanning.imaging.raster import Raster
from scanning.ocr.engine import GrayPlane


def gray_plane(raster: Raster) -> GrayPlane:
    """Hand a gray raster to an engine."""
    return GrayPlane(raster.pixels.tobytes(), raster.width_px, raster.height_px, raster.dpi)


def pixels_of(plane: GrayPlane) -> Pixels:
    """Look at a plane as rows of pixels; they cannot be written to."""
    return np.frombuffer(plane.pixels, np.uint8).reshape(plane.height_px, plane.width_px)


def halved(mask: Pixels) -> Pixels:
    """Give a mask in half as many dots each way; what was marked in one of four stays marked."""
    return np.ascontiguousarray(np.asarray(cv2.dilate(mask, np.ones((2, 2), np.uint8), anchor=(0, 0)))[::2, ::2])
