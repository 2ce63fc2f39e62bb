# SPDX-License-Identifier: GPL-3.0-or-later
"""Archive pictures put together again, for tests: how a viewer would show them."""

from __future__ import annotations

import io
import struct

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from scanning.page_reading import ArchivePicture


def ink_bits(archive: ArchivePicture) -> NDArray[np.bool_]:
    """Where there is print, at the density of the page."""
    if not archive.ink:
        return np.zeros((archive.height_px, archive.width_px), np.bool_)
    entries = [
        (256, 4, archive.width_px), (257, 4, archive.height_px), (258, 3, 1), (259, 3, 4), (262, 3, 1),
        (273, 4, 8 + 2 + 8 * 12 + 4), (278, 4, archive.height_px), (279, 4, len(archive.ink)),
    ]  # fmt: skip
    table = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    header = b"II*\0" + struct.pack("<IH", 8, len(entries)) + table + bytes(4)
    with Image.open(io.BytesIO(header + archive.ink), formats=("TIFF",)) as image:
        return np.asarray(image).astype(np.bool_)


def composed(archive: ArchivePicture) -> NDArray[np.uint8]:
    """Red, green, blue of the page at its density."""
    with Image.open(io.BytesIO(archive.background)) as image:
        size = (archive.width_px, archive.height_px)
        page = np.array(image.convert("RGB").resize(size, Image.Resampling.BILINEAR))
    page[ink_bits(archive)] = archive.ink_color
    return page
