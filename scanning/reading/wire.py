# SPDX-License-Identifier: GPL-3.0-or-later
"""Readings as JSON and bytes: how they come from the reading worker, and how they may be kept.

To the worker: ``page`` frames (``scanning.devices.wire``). From the worker: ``ready`` once, then for each page
``reading`` or ``error``; an ``error`` instead of ``ready`` means that it cannot read at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from scanning.classify.classifier import ClassGuess, Evidence
from scanning.classify.paper_class import PaperClass
from scanning.extract.field import Field
from scanning.frames import BrokenFrameError, Frame
from scanning.ocr.text import Box, Line, PageText, Word
from scanning.page_reading import PageReading, QualityFacts
from scanning.transforms import Rotation

READY: Final = Frame("ready")


def reading_frame(reading: PageReading) -> Frame:
    """Hand a reading over."""
    return Frame("reading", reading_to_json(reading), reading.thumbnail)


def read_reading(frame: Frame) -> PageReading:
    """Take the reading out of a ``reading`` frame.

    Raises:
        BrokenFrameError: It is something else.
    """
    if frame.kind != "reading":
        raise BrokenFrameError(f"{frame.kind} frame where a reading was expected")
    try:
        return reading_from_json(frame.fields, frame.payload)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BrokenFrameError("reading frame is not understood") from error


def reading_to_json(reading: PageReading) -> dict[str, object]:
    """Give everything but the thumbnail as JSON values."""
    quality = reading.quality
    return {
        "rotations": [step.degrees for step in reading.transforms],
        "blank": reading.blank,
        "width_px": reading.text.width_px,
        "height_px": reading.text.height_px,
        "lines": [
            [[word.text, round(word.confidence, 1), *_box_to_json(word.box)] for word in line.words]
            for line in reading.text.lines
        ],
        "class": reading.guess.paper_class.value,
        "class_confidence": reading.guess.confidence,
        "class_evidence": reading.guess.evidence.value,
        "fields": [
            [field.name, field.value, field.confidence, [_box_to_json(box) for box in field.boxes]]
            for field in reading.fields
        ],
        "quality": [quality.paper_brightness, quality.contrast, quality.sharpness, quality.ink_coverage],
        "fault": reading.fault,
    }


def reading_from_json(values: Mapping[str, object], thumbnail: bytes = b"") -> PageReading:
    """Make a reading of what ``reading_to_json`` gave.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: It is something else.
    """
    known = cast("Mapping[str, Any]", values)
    return PageReading(
        transforms=tuple(Rotation(float(degrees)) for degrees in known["rotations"]),
        blank=bool(known["blank"]),
        text=PageText(
            tuple(Line(tuple(_word(*word) for word in line)) for line in known["lines"]),
            int(known["width_px"]),
            int(known["height_px"]),
        ),
        guess=ClassGuess(
            PaperClass(known["class"]), float(known["class_confidence"]), Evidence(known["class_evidence"])
        ),
        fields=tuple(
            Field(name, value, float(confidence), tuple(Box(*box) for box in boxes))
            for name, value, confidence, boxes in known["fields"]
        ),
        quality=QualityFacts(*known["quality"]),
        thumbnail=thumbnail,
        fault=known["fault"],
    )


def _word(text: str, confidence: float, left: int, top: int, width: int, height: int) -> Word:
    return Word(text, Box(left, top, width, height), float(confidence))


def _box_to_json(box: Box) -> list[int]:
    return [box.left, box.top, box.width, box.height]
