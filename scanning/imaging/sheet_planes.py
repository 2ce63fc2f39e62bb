# SPDX-License-Identifier: GPL-3.0-or-later
"""The upright sheet of a picture in whatever plane and density somebody asks for; the original stays as it is."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from scanning.imaging.light import even_light
from scanning.imaging.raster import Raster, stamp_proof_plane
from scanning.imaging.upright import upright
from scanning.transforms import Rotation, Transform, View, view_of


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
