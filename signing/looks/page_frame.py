# SPDX-License-Identifier: GPL-3.0-or-later
"""A page as its reader sees it: upright, in points of 1/72 inch from the lower left corner of what is visible.

PDF user space may be turned (``/Rotate``), shifted (a media or crop box that does not begin at 0, 0) and stretched
(``/UserUnit``). Stamps have a real size and stand upright, so their places are sought in this frame and carried over at
the end.
"""

from __future__ import annotations

from dataclasses import dataclass

from signing.stamp import Box

_A4 = Box(0, 0, 595.28, 841.89)


@dataclass(frozen=True, slots=True)
class PageFrame:
    """How a page lies.

    Attributes:
        visible: The crop box within the media box, in user space.
        quarter_turns: Clockwise, 0 to 3: how far the page is turned before it is shown.
        unit: Points in one unit of user space.
    """

    visible: Box = _A4
    quarter_turns: int = 0
    unit: float = 1.0

    @property
    def area(self) -> Box:
        """All of the page as it is seen."""
        width, height = self.visible.width * self.unit, self.visible.height * self.unit
        return Box(0, 0, height, width) if self.quarter_turns % 2 else Box(0, 0, width, height)

    def seen(self, box: Box) -> Box:
        """Carry a box from user space to the page as it is seen."""
        left, bottom = (box.left - self.visible.left) * self.unit, (box.bottom - self.visible.bottom) * self.unit
        right, top = (box.right - self.visible.left) * self.unit, (box.top - self.visible.bottom) * self.unit
        if not self.quarter_turns:
            return Box(left, bottom, right, top)
        across, up = self.area.right, self.area.top
        match self.quarter_turns:
            case 1:
                return Box(bottom, up - right, top, up - left)
            case 2:
                return Box(across - right, up - top, across - left, up - bottom)
            case _:
                return Box(across - top, left, across - bottom, right)

    def in_user_space(self, box: Box) -> Box:
        """Carry a box from the page as it is seen to user space."""
        back = PageFrame(Box(0, 0, self.area.right, self.area.top), -self.quarter_turns % 4)
        turned = back.seen(box)
        return Box(
            turned.left / self.unit + self.visible.left,
            turned.bottom / self.unit + self.visible.bottom,
            turned.right / self.unit + self.visible.left,
            turned.top / self.unit + self.visible.bottom,
        )

    def upright(self, width: float, height: float) -> tuple[float, float, float, float, float, float]:
        """Give the matrix that draws an upright picture of so many points into a box of user space at 0, 0."""
        scale = 1 / self.unit
        across, up = width * scale, height * scale
        match self.quarter_turns:
            case 1:
                return (0, scale, -scale, 0, up, 0)
            case 2:
                return (-scale, 0, 0, -scale, across, up)
            case 3:
                return (0, -scale, scale, 0, 0, across)
            case _:
                return (scale, 0, 0, scale, 0, 0)
