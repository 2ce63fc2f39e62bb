# SPDX-License-Identifier: GPL-3.0-or-later
"""What an engine read on a page: words where they stand, in lines, in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the upright page, in pixels of the plane that was read, from its top left corner."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """First column to the right of the box."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """First row below the box."""
        return self.top + self.height


def enclosing(boxes: Iterable[Box]) -> Box:
    """Give the smallest box around boxes, of which there must be at least one."""
    several = list(boxes)
    left = min(box.left for box in several)
    top = min(box.top for box in several)
    return Box(left, top, max(box.right for box in several) - left, max(box.bottom for box in several) - top)


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word.

    Attributes:
        text: NFC, without spaces, never empty. Hidden from ``repr``: it may be somebody's name.
        box: Where it stands.
        confidence: The engine's own belief, 0 to 100.
    """

    text: str = field(repr=False)
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line of print, from left to right; at least one."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        """The smallest box around the words."""
        return enclosing(word.box for word in self.words)

    @property
    def mean_confidence(self) -> float:
        """Mean confidence of the words weighted by their length, 0 to 100."""
        return _mean_confidence(self.words)


@dataclass(frozen=True, slots=True)
class PageText:
    """All print on a page.

    Attributes:
        lines: In reading order.
        width_px: Width of the plane that the boxes lie on.
        height_px: Its height.
    """

    lines: tuple[Line, ...]
    width_px: int
    height_px: int

    @property
    def text(self) -> str:
        """The lines, one below the other."""
        return "\n".join(line.text for line in self.lines)

    @property
    def words(self) -> tuple[Word, ...]:
        """Every word, in reading order."""
        return tuple(word for line in self.lines for word in line.words)

    @property
    def mean_confidence(self) -> float:
        """Mean confidence of the words weighted by their length, 0 to 100; 0 on a page without words."""
        return _mean_confidence(self.words)


def _mean_confidence(words: tuple[Word, ...]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0
