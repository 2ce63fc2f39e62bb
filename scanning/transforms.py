# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done to a page's picture before people see it: a list of steps beside the untouched original bytes.

Every step turns the page about its middle. The paper keeps its size: a step near a quarter turn swaps width and
height, a small one (a sheet that went through the feeder askew) leaves them, and the corners that leave are hidden,
never cut.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rotation:
    """Turn the page counter-clockwise.

    Attributes:
        degrees: The angle; negative turns clockwise.
    """

    degrees: float


def total_degrees(transforms: Iterable[Rotation]) -> float:
    """Add the turns up.

    Returns:
        Degrees counter-clockwise, above -180 and up to 180.
    """
    degrees = math.remainder(sum(step.degrees for step in transforms), 360.0)
    return 180.0 if degrees == -180.0 else degrees


def quarter_turns(degrees: float) -> int:
    """Give the nearest number of quarter turns counter-clockwise, 0 to 3."""
    return round(degrees / 90.0) % 4


def upright_size(width: int, height: int, degrees: float) -> tuple[int, int]:
    """Give width and height of the page after a turn, in the unit that they came in."""
    return (height, width) if quarter_turns(degrees) % 2 else (width, height)
