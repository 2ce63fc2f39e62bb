# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of signatures and seals: cut to their ink, without anything else that the file may carry."""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass, field
from typing import Final

from PIL import Image

from signing.errors import SigningError

_MOST_BYTES: Final = 20_000_000
_MOST_PIXELS: Final = 25_000_000
_WIDEST: Final = 1200  # pixels: 50 mm at 600 dpi
_INK: Final = 16  # of 255 opaque; less is dirt that nobody sees
_PAINTED: Final = 64  # of 255 opaque; more is ink where there is nothing between ink and ground
_LEAST_GROUND: Final = 0.05  # of the picture must be transparent; round seals have a fifth, signatures nearly all
_STRIPS: Final = 24


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that can be drawn.

    Attributes:
        pixels: RGBA.
        width: Pixels.
        height: Pixels.
        strips: From the top down, the share of the width where the ink of each of equal strips begins and ends.
    """

    pixels: bytes = field(repr=False)
    width: int
    height: int
    strips: tuple[tuple[float, float], ...] = field(repr=False)

    @property
    def png(self) -> bytes:
        """As a file, with the pixels and nothing else."""
        return _as_png(Image.frombytes("RGBA", (self.width, self.height), self.pixels))

    @property
    def png_on_white(self) -> bytes:
        """As a file without transparency."""
        ground = Image.new("RGBA", (self.width, self.height), "white")
        ground.alpha_composite(Image.frombytes("RGBA", (self.width, self.height), self.pixels))
        return _as_png(ground.convert("RGB"))

    @property
    def mask(self) -> bytes:
        """A bit for each pixel, set where the ground is, rows padded to bytes."""
        alpha = Image.frombytes("RGBA", (self.width, self.height), self.pixels).getchannel("A")
        return (
            alpha.point(lambda value: 0 if value >= _PAINTED else 255).convert("1", dither=Image.Dither.NONE).tobytes()
        )


@functools.lru_cache(maxsize=8)
def read_picture(png: bytes) -> Picture:
    """Read a PNG with a transparent ground.

    Raises:
        SigningError: ``stamp-image-unreadable`` (no PNG, a broken or a huge one), ``stamp-image-opaque`` (it would hide
            what lies under it), ``stamp-image-empty``.
    """
    image = _decoded(png)
    alpha = image.getchannel("A").point(lambda value: 255 if value >= _INK else 0)
    box = alpha.getbbox()
    if box is None:
        raise SigningError("stamp-image-empty")
    if alpha.histogram()[0] < _LEAST_GROUND * image.width * image.height:
        raise SigningError("stamp-image-opaque")
    image, alpha = image.crop(box), alpha.crop(box)
    strips = _strips(alpha)
    if max(image.size) > _WIDEST:
        image.thumbnail((_WIDEST, _WIDEST), Image.Resampling.LANCZOS)
    return Picture(image.tobytes(), image.width, image.height, strips)


def _decoded(png: bytes) -> Image.Image:
    if len(png) > _MOST_BYTES:
        raise SigningError("stamp-image-unreadable")
    try:
        image = Image.open(io.BytesIO(png), formats=("PNG",))
        if image.width * image.height > _MOST_PIXELS:
            raise SigningError("stamp-image-unreadable")
        return image.convert("RGBA")
    except SigningError:
        raise
    except Exception:  # a broken picture makes the decoder raise nearly anything
        raise SigningError("stamp-image-unreadable") from None


def _as_png(image: Image.Image) -> bytes:
    output = io.BytesIO()
    image.save(output, "PNG")
    return output.getvalue()


def _strips(alpha: Image.Image) -> tuple[tuple[float, float], ...]:
    strips = []
    for number in range(_STRIPS):
        top = number * alpha.height // _STRIPS
        bottom = max(top + 1, (number + 1) * alpha.height // _STRIPS)
        found = alpha.crop((0, top, alpha.width, bottom)).getbbox()
        strips.append((0.5, 0.5) if found is None else (found[0] / alpha.width, found[2] / alpha.width))
    return tuple(strips)
