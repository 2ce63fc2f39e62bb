# SPDX-License-Identifier: GPL-3.0-or-later
"""Readings as JSON and bytes: how they come from the reading worker, and how they may be kept.

To the worker: ``read``, a page and how to read it; ``corrections``, what is known from now on of the clerks'
corrections; ``learn``, one more of them. From the worker: ``ready`` once; then for ``read`` perhaps ``glance``, and
``reading`` or ``error``; for ``corrections`` nothing; for ``learn`` all ``corrections``. An ``error`` instead of
``ready`` means that it cannot read at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from scanning.classify.guess import ClassGuess, Evidence
from scanning.classify.paper_class import PaperClass
from scanning.codes import PageCode
from scanning.devices.wire import page_frame, read_page
from scanning.extract.field import Field
from scanning.frames import BrokenFrameError, Frame
from scanning.ocr.text import Box, Line, PageText, Word
from scanning.page_image import PageImage
from scanning.page_reading import Advice, ArchivePicture, Glance, PageReading, Quality, Suggestion
from scanning.transforms import Cutout, Rotation, Transform

READY: Final = Frame("ready")

_MISUNDERSTOOD: Final = (KeyError, TypeError, ValueError, AttributeError, IndexError)


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """A page to read.

    Attributes:
        page: The page.
        wants_glance: Whether to tell at once what the title says.
        transforms: The steps that set it upright, when a person decided them; ``None`` to find out.
        text: What it says, when its file knows; ``None`` to read.
    """

    page: PageImage
    wants_glance: bool = False
    transforms: tuple[Transform, ...] | None = None
    text: PageText | None = None


def corrections_frame(corrections: bytes) -> Frame:
    """Tell what was learnt from the clerks' corrections."""
    return Frame("corrections", {}, corrections)


def read_corrections(frame: Frame) -> bytes:
    """Take what was learnt out of a ``corrections`` frame.

    Raises:
        BrokenFrameError: It is something else.
    """
    _require(frame, "corrections")
    return frame.payload


def learn_frame(text: PageText, paper_class: PaperClass) -> Frame:
    """Tell what a page with this text really is."""
    return Frame("learn", {"text": text_to_json(text), "class": paper_class.value})


def read_learn(frame: Frame) -> tuple[PageText, PaperClass]:
    """Take the correction out of a ``learn`` frame.

    Raises:
        BrokenFrameError: It is something else.
    """
    _require(frame, "learn")
    try:
        return text_from_json(cast("Any", frame.fields["text"])), PaperClass(cast("str", frame.fields["class"]))
    except _MISUNDERSTOOD as error:
        raise BrokenFrameError("learn frame is not understood") from error


def read_request_frame(request: ReadRequest) -> Frame:
    """Ask for a page to be read."""
    page = page_frame(request.page)
    steps = None if request.transforms is None else transforms_to_json(request.transforms)
    text = None if request.text is None else text_to_json(request.text)
    return Frame("read", {**page.fields, "glance": request.wants_glance, "steps": steps, "text": text}, page.payload)


def read_read_request(frame: Frame) -> ReadRequest:
    """Take the request out of a ``read`` frame.

    Raises:
        BrokenFrameError: It is something else.
    """
    _require(frame, "read")
    try:
        steps, text = frame.fields["steps"], frame.fields["text"]
        return ReadRequest(
            read_page(frame),
            bool(frame.fields["glance"]),
            None if steps is None else transforms_from_json(cast("Any", steps)),
            None if text is None else text_from_json(cast("Any", text)),
        )
    except _MISUNDERSTOOD as error:
        raise BrokenFrameError("read frame is not understood") from error


def glance_frame(glance: Glance) -> Frame:
    """Hand a first look over."""
    return Frame("glance", {"guess": _guess_to_json(glance.guess), "blank": glance.blank}, glance.thumbnail)


def read_glance(frame: Frame) -> Glance:
    """Take the first look out of a ``glance`` frame.

    Raises:
        BrokenFrameError: It is something else.
    """
    _require(frame, "glance")
    try:
        return Glance(_guess_from_json(cast("Any", frame.fields["guess"])), bool(frame.fields["blank"]), frame.payload)
    except _MISUNDERSTOOD as error:
        raise BrokenFrameError("glance frame is not understood") from error


def reading_frame(reading: PageReading) -> Frame:
    """Hand a reading over."""
    archive = reading.archive
    pictures = [reading.thumbnail, *((archive.background, archive.ink) if archive else ())]
    facts = reading_to_json(reading) | {"lengths": [len(picture) for picture in pictures]}
    if archive:
        facts["archive"] = [archive.width_px, archive.height_px, archive.dpi, list(archive.ink_color)]
    return Frame("reading", facts, b"".join(pictures))


def read_reading(frame: Frame) -> PageReading:
    """Take the reading out of a ``reading`` frame.

    Raises:
        BrokenFrameError: It is something else.
    """
    _require(frame, "reading")
    try:
        pictures = _parts(frame.payload, cast("list[int]", frame.fields["lengths"]))
        archive = None
        if "archive" in frame.fields:
            width, height, dpi, color = cast("list[Any]", frame.fields["archive"])
            archive = ArchivePicture(int(width), int(height), int(dpi), pictures[1], pictures[2], _color(color))
        return reading_from_json(frame.fields, pictures[0], archive)
    except _MISUNDERSTOOD as error:
        raise BrokenFrameError("reading frame is not understood") from error


def reading_to_json(reading: PageReading) -> dict[str, object]:
    """Give everything but the pictures as JSON values."""
    quality = reading.quality
    return {
        "steps": transforms_to_json(reading.transforms),
        "blank": reading.blank,
        "text": text_to_json(reading.text),
        "suggestions": [[each.read, each.proposed, *_box_to_json(each.box)] for each in reading.suggestions],
        "guess": _guess_to_json(reading.guess),
        "fields": [
            [field.name, field.value, field.confidence, [_box_to_json(box) for box in field.boxes]]
            for field in reading.fields
        ],
        "codes": [[code.symbology, code.text, *_box_to_json(code.box)] for code in reading.codes],
        "quality": [quality.paper_brightness, quality.contrast, quality.sharpness, quality.ink_coverage],
        "advice": [advice.value for advice in quality.advice],
        "fault": reading.fault,
    }


def reading_from_json(
    values: Mapping[str, object], thumbnail: bytes = b"", archive: ArchivePicture | None = None
) -> PageReading:
    """Make a reading of what ``reading_to_json`` gave.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: It is something else.
    """
    known = cast("Mapping[str, Any]", values)
    return PageReading(
        transforms=transforms_from_json(known["steps"]),
        blank=bool(known["blank"]),
        text=text_from_json(known["text"]),
        suggestions=tuple(Suggestion(Box(*box), read, proposed) for read, proposed, *box in known["suggestions"]),
        guess=_guess_from_json(known["guess"]),
        fields=tuple(
            Field(name, value, float(confidence), tuple(Box(*box) for box in boxes))
            for name, value, confidence, boxes in known["fields"]
        ),
        codes=tuple(PageCode(symbology, text, Box(*box)) for symbology, text, *box in known["codes"]),
        quality=_quality(known["quality"], known["advice"]),
        archive=archive,
        thumbnail=thumbnail,
        fault=known["fault"],
    )


def transforms_to_json(transforms: Sequence[Transform]) -> list[object]:
    """Give steps as JSON values: a turn is its degrees, a cutout its corners and size."""
    return [
        step.degrees if isinstance(step, Rotation) else [step.corners, step.width_px, step.height_px]
        for step in transforms
    ]


def transforms_from_json(values: Sequence[Any]) -> tuple[Transform, ...]:
    """Make steps of what ``transforms_to_json`` gave.

    Raises:
        TypeError, ValueError: It is something else.
    """
    return tuple(_cutout(*step) if isinstance(step, list | tuple) else Rotation(float(step)) for step in values)


def text_to_json(text: PageText) -> list[object]:
    """Give text as JSON values: width, height, and the words of each line."""
    lines = [
        [[word.text, round(word.confidence, 1), *_box_to_json(word.box)] for word in line.words] for line in text.lines
    ]
    return [text.width_px, text.height_px, lines]


def text_from_json(values: Sequence[Any]) -> PageText:
    """Make text of what ``text_to_json`` gave.

    Raises:
        TypeError, ValueError: It is something else.
    """
    width, height, lines = values
    return PageText(tuple(Line(tuple(_word(*word) for word in line)) for line in lines), int(width), int(height))


def _cutout(corners: Sequence[Sequence[float]], width_px: int, height_px: int) -> Cutout:
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
    return Cutout((first, second, third, fourth), int(width_px), int(height_px))


def _guess_to_json(guess: ClassGuess) -> list[object]:
    return [guess.paper_class.value, guess.confidence, guess.evidence.value, guess.starts_paper]


def _guess_from_json(values: Sequence[Any]) -> ClassGuess:
    paper_class, confidence, evidence, starts_paper = values
    return ClassGuess(PaperClass(paper_class), float(confidence), Evidence(evidence), bool(starts_paper))


def _quality(measures: Sequence[float], advice: Sequence[str]) -> Quality:
    brightness, contrast, sharpness, coverage = measures
    return Quality(brightness, contrast, sharpness, coverage, tuple(Advice(each) for each in advice))


def _word(text: str, confidence: float, left: int, top: int, width: int, height: int) -> Word:
    return Word(text, Box(left, top, width, height), float(confidence))


def _box_to_json(box: Box) -> list[int]:
    return [box.left, box.top, box.width, box.height]


def _color(values: Sequence[int]) -> tuple[int, int, int]:
    red, green, blue = (int(value) for value in values)
    return red, green, blue


def _parts(content: bytes, lengths: Sequence[int]) -> list[bytes]:
    if sum(lengths) != len(content):
        raise ValueError("lengths do not add up")
    parts, start = [], 0
    for length in lengths:
        parts.append(content[start : start + length])
        start += length
    return parts


def _require(frame: Frame, kind: str) -> None:
    if frame.kind != kind:
        raise BrokenFrameError(f"{frame.kind} frame where {kind} was expected")
