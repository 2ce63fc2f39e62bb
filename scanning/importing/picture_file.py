# SPDX-License-Identifier: GPL-3.0-or-later
"""A picture file as pages: one, or the frames of a TIFF."""

from __future__ import annotations

import io
import warnings
from typing import Final

from PIL import Image

from scanning.errors import ScanningError
from scanning.imaging.formats import MAXIMUM_PIXELS, frames, read_picture_header
from scanning.importing.imported_file import FileFacts, FileKind, ImportedPage
from scanning.page_image import ColorMode, PageImage

_A4_LONG_SIDE_INCHES: Final = 297 / 25.4
# Cameras and screens write 72 or 96 into pictures of any density; nobody scans a paper so coarsely.
_MEANT_DPI: Final = range(100, 1201)
_LIKELY_DPI: Final = range(50, 1201)
_UNEQUAL: Final = 0.02


class PictureFile:
    """See ``scanning.importing.opening.OpenedFile``."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._header = read_picture_header(content)
        self.facts = FileFacts(FileKind.PICTURE, frames(content))

    def page(self, index: int) -> ImportedPage:
        """Give a page.

        The bytes of a lone picture stay as they came; a frame of several is packed as PNG, and so is a picture whose
        pixels are not square, as faxes have them.

        Raises:
            ScanningError: As ``scanning.imaging.formats``.
        """
        content, header = self._content, self._header
        if self.facts.page_count > 1 or _is_squashed(self._content):
            content = _frame(self._content, index)
            header = read_picture_header(content)
        dpi = _density(header.stated_dpi, max(header.width_px, header.height_px))
        return ImportedPage(PageImage(content, header.width_px, header.height_px, dpi, ColorMode.COLOR))


def _frame(content: bytes, index: int) -> bytes:
    """Pack one frame of a TIFF as a file of its own, without loss, with square pixels."""
    packed = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of damaged metadata; the size is judged here
        try:
            with Image.open(io.BytesIO(content), formats=("TIFF",)) as file:
                file.seek(index)
                image: Image.Image = file
                across, down = _densities(image)
                if image.width * image.height > MAXIMUM_PIXELS:
                    raise ScanningError("page-too-large", size=f"{image.width}x{image.height}")
                if image.mode in ("CMYK", "YCbCr", "LAB"):
                    image = image.convert("RGB")
                if _differ(across, down):
                    down_scale = max(across, down) / down
                    size = (round(image.width * max(across, down) / across), round(image.height * down_scale))
                    if size[0] * size[1] > MAXIMUM_PIXELS:
                        raise ScanningError("page-too-large", size=f"{size[0]}x{size[1]}")
                    image = image.convert("L" if image.mode in ("1", "L") else "RGB").resize(size)
                    across = down = max(across, down)
                image.save(packed, "PNG", compress_level=1, dpi=(across, down) if across else None)
        except ScanningError:
            raise
        except Exception as error:  # the library has no common class for what damaged bytes do to it
            raise ScanningError("page-unreadable", reason=type(error).__name__) from None
    return packed.getvalue()


def _is_squashed(content: bytes) -> bool:
    if not content.startswith((b"II*\0", b"MM\0*")):
        return False
    with Image.open(io.BytesIO(content), formats=("TIFF",)) as image:
        return _differ(*_densities(image))


def _densities(image: Image.Image) -> tuple[float, float]:
    """Give the stated dots per inch across and down; 0 when they are not stated."""
    stated = image.info.get("dpi") or (0.0, 0.0)
    across, down = float(stated[0]), float(stated[1])
    return (across, down) if across >= 1 and down >= 1 else (0.0, 0.0)


def _differ(across: float, down: float) -> bool:
    return across > 0 and abs(across - down) > _UNEQUAL * max(across, down)


def _density(stated: float | None, longest_px: int) -> int:
    """Believe what was meant as a density; else take the picture for a sheet of A4."""
    if stated is not None and round(stated) in _MEANT_DPI:
        return round(stated)
    return min(max(round(longest_px / _A4_LONG_SIDE_INCHES), _LIKELY_DPI.start), _LIKELY_DPI.stop - 1)
