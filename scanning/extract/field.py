# SPDX-License-Identifier: GPL-3.0-or-later
"""A value found on a page."""

from __future__ import annotations

from dataclasses import dataclass, field

from scanning.ocr.text import Box


@dataclass(frozen=True, slots=True)
class Field:
    """One value, in a form that programs compare.

    Attributes:
        name: What it is, e.g. ``child_birth_date``; ``scanning.extract.layouts`` lists the names of every class.
        value: Canonical: names as people write them, dates ``YYYY-MM-DD``, numbers without separators, sex ``male`` or
            ``female``, areas in square metres with a decimal point. Hidden from ``repr``.
        confidence: 0 to 1: the engine's belief in the worst word; at most 0.3 when another field contradicts it.
        boxes: Where its words stand, in pixels of the plane that was read; at least one.
    """

    name: str
    value: str = field(repr=False)
    confidence: float
    boxes: tuple[Box, ...]
