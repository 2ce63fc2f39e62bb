# SPDX-License-Identifier: GPL-3.0-or-later
"""The sRGB profile that says what the colours of a scanned page mean."""

from __future__ import annotations

import functools
import struct

from PIL import ImageCms

_CREATION_DATE = slice(24, 36)  # ICC.1:2010 table 17


@functools.cache
def srgb_profile() -> bytes:
    """Give an ICC profile for sRGB; the same bytes each time."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # The library writes the moment of creation; equal pages shall give equal files.
    profile[_CREATION_DATE] = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    return bytes(profile)
