# SPDX-License-Identifier: GPL-3.0-or-later
"""The upright sheet of a picture in whatever plane and density somebody asks for; the original stays as it is."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Final

from scanning.imaging.light import even_light, even_light_of_piece, light_on
from scanning.imaging.raster import Raster, stamp_proof_plane
from scanning.imaging.upright import quarter_turns_of, upright, upright_piece
from scanning.transforms import Rotation, Transform, View, view_of

_LIGHT_DPI: Final = 150.0


class SheetPlanes:
    """One sheet under the steps that set it upright."""

    def __init__(self, picture: Raster, transforms: Sequence[Transform] = ()) -> None:
        """Take a sheet as it lies.

        Args:
            picture: The original, in colour.
            transforms: What sets it upright.
        """
        self.picture = picture
        self.transforms = tuple(transforms)
        self.stamp_proof = functools.cache(lambda: stamp_proof_plane(picture))
        self._colors: dict[float, Raster] = {}
        self._planes: dict[float, Raster] = {}

    def turned(self, degrees: float) -> SheetPlanes:
        """Give the same sheet turned further, counter-clockwise."""
        if not degrees:
            return self
        turned = SheetPlanes(self.picture, (*self.transforms, Rotation(degrees)))
        turned.stamp_proof = self.stamp_proof
        return turned

    @property
    def dpi(self) -> float:
        """Density of the original."""
        return self.picture.dpi

    @functools.cached_property
    def view(self) -> View:
        """Where the sheet's corners lie in the original."""
        return view_of(self.transforms, self.picture.width_px, self.picture.height_px)

    def color(self, dpi: float) -> Raster:
        """Give the sheet in colour."""
        if dpi not in self._colors:
            self._colors[dpi] = upright(self.picture, self.view, dpi, is_soft=True)
        return self._colors[dpi]

    def plane(self, dpi: float) -> Raster:
        """Give the plane in which stamps and pens are pale, as it was scanned."""
        if dpi not in self._planes:
            self._planes[dpi] = upright(self.stamp_proof(), self.view, dpi)
        return self._planes[dpi]

    def reading_plane(self, dpi: float) -> Raster:
        """Give that plane with the light made even, for reading."""
        return even_light(self.plane(dpi))

    def reading_piece(self, box: tuple[int, int, int, int], dpi: float) -> Raster:
        """Give a piece of the reading plane without making all of it, where that can be.

        Args:
            box: Left, top, width and height on the plane of that density.
            dpi: Its density.
        """
        left, top, width, height = box
        if self.dpi > dpi or quarter_turns_of(self.picture, self.view) is not None:
            whole = self._whole(dpi)
            return Raster(whole.pixels[top : top + height, left : left + width], whole.dpi)
        return even_light_of_piece(upright_piece(self.stamp_proof(), self.view, dpi, box), left, top, self._light)

    @functools.cached_property
    def _light(self) -> Raster:
        return light_on(self.plane(max(self._planes, default=_LIGHT_DPI)))

    @functools.cached_property
    def _whole(self) -> Callable[[float], Raster]:
        return functools.cache(self.reading_plane)
