# SPDX-License-Identifier: GPL-3.0-or-later
"""The one door to OpenCV: quiet, on one thread, and without its traces in the environment."""

from __future__ import annotations

import os

# Looking for a graphics card costs seconds on some office PCs and wins nothing on one page.
os.environ.setdefault("OPENCV_OPENCL_RUNTIME", "disabled")
os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")

import cv2

# The wheel with windows points Qt at its own Qt 5 plug-ins; a program started from here must not inherit that.
for _variable in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
    os.environ.pop(_variable, None)

# One page, one core: the pages are what runs in parallel.
cv2.setNumThreads(1)

__all__ = ["cv2"]
