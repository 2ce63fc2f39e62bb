# SPDX-License-Identifier: GPL-3.0-or-later
"""Cameras: what the lens, the lamp, the sensor and the compression of a scanner or phone do to a picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from demo.papers.grain import SMOOTH, scatter, times, with_noise
from demo.papers.look_parts import WHITE, Camera
from demo.papers.press import MM_PER_INCH
from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels


def taken(picture: Pixels, camera: Camera, dpi: int, chance: np.random.Generator) -> Pixels:
    """Take the picture of a scene, RGB."""
    height, width = picture.shape[:2]
    softness = camera.blur_mm / MM_PER_INCH * dpi
    if softness > 0.2:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), softness), np.uint8)
    if camera.ink or camera.paper != WHITE:
        tables = [np.linspace(min(camera.ink, white), white, 256) for white in camera.paper]
        picture = np.asarray(cv2.LUT(picture, np.stack(tables, axis=1).astype(np.uint8).reshape(1, 256, 3)), np.uint8)
    if camera.light_fall or camera.shadow:
        light = _light(height // SMOOTH + 1, width // SMOOTH + 1, camera, chance)
        picture = times(picture, light)
    if camera.dust:
        picture = np.ascontiguousarray(picture)
        count = int(height * width * camera.dust)
        scatter(picture, count // 2, 0.007 * dpi, 50, chance)
        scatter(picture, count // 2, 0.007 * dpi, 255, chance)
    if camera.noise:
        picture = with_noise(picture, camera.noise, chance)
    if camera.jpeg_quality:
        _, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, camera.jpeg_quality])
        picture = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
    return picture


def _light(height: int, width: int, camera: Camera, chance: np.random.Generator) -> NDArray[np.float32]:
    direction = chance.uniform(0, 2 * np.pi)
    down, across = np.linspace(-0.5, 0.5, height)[:, None], np.linspace(-0.5, 0.5, width)[None, :]
    slope = down * np.sin(direction) + across * np.cos(direction)
    light = 1 - camera.light_fall * (0.5 + slope / np.sqrt(2))
    if camera.shadow:
        # The edge of a hand or a lid: dark beyond a bent line that a soft lamp blurs.
        direction = chance.uniform(0, 2 * np.pi)
        along = down * np.cos(direction) - across * np.sin(direction)
        bend = 0.08 * np.sin(along * chance.uniform(4, 14) + chance.uniform(0, 6))
        beyond = down * np.sin(direction) + across * np.cos(direction) + bend - chance.uniform(0.05, 0.3)
        light *= 1 - camera.shadow / (1 + np.exp(-beyond / chance.uniform(0.015, 0.06)))
    return np.asarray(light, np.float32)
