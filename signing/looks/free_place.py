# SPDX-License-Identifier: GPL-3.0-or-later
"""The free place nearest to a wished one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from signing.stamp import Box

_GAP = 0.5  # points between a stamp and what it must not cover; capitals with accents reach into the margin
_MOST_BOXES = 2_000  # on a page; a page full of small print has 1,000 words
_CELLS = 150  # along the longer side; on A4 one is as high as small print
_FARTHEST_FOR_DRAWINGS = 100.0
"""Points. Rules, frames and pictures are kept clear of as long as it costs no more than that; text always is."""


def is_free(box: Box, taken: Iterable[Box]) -> bool:
    """Say whether a box keeps clear of others."""
    return not any(_widened(other).overlaps(box) for other in taken)


def coarse(boxes: Sequence[Box], area: Box) -> Sequence[Box]:
    """Cover very many boxes by fewer, so that a page made to be slow is not; a few are left as they are."""
    if len(boxes) <= _MOST_BOXES:
        return boxes
    cell = max(area.width, area.height) / _CELLS
    rows: dict[int, set[int]] = {}
    for box in boxes:
        across = range(_cell(box.left, cell), _cell(box.right, cell) + 1)
        for row in range(_cell(box.bottom, cell), _cell(box.top, cell) + 1):
            rows.setdefault(row, set()).update(across)
    covers = []
    for row, columns in rows.items():
        begins = [column for column in columns if column - 1 not in columns]
        ends = [column + 1 for column in columns if column + 1 not in columns]
        for begin, end in zip(sorted(begins), sorted(ends), strict=True):
            covers.append(Box(begin * cell, row * cell, end * cell, (row + 1) * cell))
    return covers


def _cell(edge: float, cell: float) -> int:
    """On which cell an edge lies; what is far outside the page is as good as just outside."""
    return int(min(max(edge // cell, -1), _CELLS + 1))


def nearest_free(wished: Box, area: Box, taken: Sequence[Box], drawings: Sequence[Box] = ()) -> Box | None:
    """Find where a stamp can be drawn.

    Args:
        wished: Best place, and size.
        area: Where it must stay inside.
        taken: What it must not cover.
        drawings: What it would better not cover.

    Returns:
        The wished place moved as little as possible; ``None`` when there is no room.
    """
    without = _nearest(wished, area, taken)
    if without is None or not drawings or is_free(without, drawings):
        return without
    clear = _nearest(wished, area, [*taken, *drawings])
    if clear is None or _distance(clear, wished) > _FARTHEST_FOR_DRAWINGS:
        return without
    return clear


def _nearest(wished: Box, area: Box, taken: Sequence[Box]) -> Box | None:
    """The nearest place lies at the wished height, or touches something above or below; then one axis is left."""
    width, height = wished.width, wished.height
    highest, farthest = area.top - height, area.right - width
    if highest < area.bottom or farthest < area.left:
        return None
    obstacles = [_widened(box) for box in taken]
    rows = {min(max(wished.bottom, area.bottom), highest), area.bottom, highest}
    rows.update(row for box in obstacles for row in (box.top, box.bottom - height) if area.bottom <= row <= highest)
    best: tuple[float, float, float] | None = None
    for bottom in rows:
        if best is not None and abs(bottom - wished.bottom) >= best[0]:
            continue
        blocked = [
            (box.left - width, box.right) for box in obstacles if box.bottom < bottom + height and bottom < box.top
        ]
        left = _nearest_gap(min(max(wished.left, area.left), farthest), area.left, farthest, blocked)
        if left is None:
            continue
        far = ((left - wished.left) ** 2 + (bottom - wished.bottom) ** 2) ** 0.5
        best = min(best or (far, left, bottom), (far, left, bottom))
    if best is None:
        return None
    _, left, bottom = best
    return Box(left, bottom, left + width, bottom + height)


def _nearest_gap(wished: float, lowest: float, highest: float, blocked: Iterable[tuple[float, float]]) -> float | None:
    """The point nearest to a wished one that lies in no open interval."""
    below = above = wished
    for start, end in sorted(blocked, key=lambda one: one[0]):
        if start < above < end:
            above = end
    for start, end in sorted(blocked, key=lambda one: -one[1]):
        if start < below < end:
            below = start
    found = [point for point in (below, above) if lowest <= point <= highest]
    return min(found, key=lambda point: abs(point - wished)) if found else None


def _widened(box: Box) -> Box:
    return Box(box.left - _GAP, box.bottom - _GAP, box.right + _GAP, box.top + _GAP)


def _distance(one: Box, other: Box) -> float:
    return float(((one.left - other.left) ** 2 + (one.bottom - other.bottom) ** 2) ** 0.5)
