# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.classify.guess import ClassGuess, Evidence
from scanning.classify.paper_class import PaperClass
from scanning.codes import PageCode
from scanning.extract.field import Field
from scanning.frames import BrokenFrameError, Frame, read_frame, write_frame
from scanning.ocr.text import Box, Line, PageText, Word
from scanning.page_image import ColorMode, PageImage
from scanning.page_reading import Advice, ArchivePicture, Glance, PageReading, Quality, Suggestion, unreadable
from scanning.reading.wire import (
    ReadRequest,
    glance_frame,
    read_glance,
    read_read_request,
    read_reading,
    read_request_frame,
    reading_frame,
    reading_from_json,
    reading_to_json,
)
from scanning.transforms import Cutout, Rotation

_PIXELS = st.integers(0, 20_000)
_SHARE = st.floats(0, 1)
_TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
_BOXES = st.builds(Box, _PIXELS, _PIXELS, _PIXELS, _PIXELS)
_WORDS = st.builds(Word, _TEXT, _BOXES, st.integers(0, 1000).map(lambda tenths: tenths / 10))
_CORNERS = st.tuples(*[st.tuples(st.floats(-10, 9000), st.floats(-10, 9000))] * 4)
TRANSFORMS = st.lists(
    st.builds(Rotation, st.floats(-180, 180)) | st.builds(Cutout, _CORNERS, _PIXELS, _PIXELS), max_size=3
).map(tuple)
TEXTS = st.builds(
    PageText,
    st.lists(st.builds(Line, st.lists(_WORDS, min_size=1, max_size=4).map(tuple)), max_size=4).map(tuple),
    _PIXELS,
    _PIXELS,
)
GUESSES = st.builds(ClassGuess, st.sampled_from(PaperClass), _SHARE, st.sampled_from(Evidence), st.booleans())
_BYTES = st.binary(max_size=20)
READINGS = st.builds(
    PageReading,
    transforms=TRANSFORMS,
    blank=st.booleans(),
    text=TEXTS,
    suggestions=st.lists(st.builds(Suggestion, _BOXES, _TEXT, _TEXT), max_size=2).map(tuple),
    guess=GUESSES,
    fields=st.lists(
        st.builds(Field, _TEXT, _TEXT, _SHARE, st.lists(_BOXES, min_size=1, max_size=3).map(tuple)), max_size=3
    ).map(tuple),
    codes=st.lists(st.builds(PageCode, _TEXT, _TEXT, _BOXES), max_size=2).map(tuple),
    quality=st.builds(
        Quality, _SHARE, _SHARE, _SHARE, _SHARE, st.lists(st.sampled_from(Advice), max_size=2).map(tuple)
    ),
    archive=st.none()
    | st.builds(
        ArchivePicture,
        _PIXELS,
        _PIXELS,
        st.integers(100, 600),
        _BYTES,
        _BYTES,
        st.tuples(*[st.integers(0, 255)] * 3),
    ),
    thumbnail=_BYTES,
    fault=st.none() | st.just("page-unreadable"),
)


def carried(frame: Frame) -> Frame:
    """The frame at the other end of a pipe."""
    pipe = io.BytesIO()
    write_frame(pipe, frame)
    pipe.seek(0)
    arrived = read_frame(pipe)
    assert arrived is not None
    return arrived


@given(READINGS)
def test_a_reading_arrives_as_it_left(reading: PageReading) -> None:
    assert read_reading(carried(reading_frame(reading))) == reading


@given(GUESSES, st.booleans(), _BYTES)
def test_a_glance_arrives_as_it_left(guess: ClassGuess, blank: bool, thumbnail: bytes) -> None:
    glance = Glance(guess, blank, thumbnail)
    assert read_glance(carried(glance_frame(glance))) == glance


@given(st.booleans(), st.none() | TRANSFORMS, st.none() | TEXTS, _BYTES)
def test_a_request_arrives_as_it_left(
    wants_glance: bool, transforms: tuple[Rotation | Cutout, ...] | None, text: PageText | None, content: bytes
) -> None:
    request = ReadRequest(PageImage(content, 10, 20, 300, ColorMode.COLOR), wants_glance, transforms, text)
    assert read_read_request(carried(read_request_frame(request))) == request


@given(READINGS)
def test_a_reading_can_be_kept_as_json(reading: PageReading) -> None:
    kept = json.loads(json.dumps(reading_to_json(reading), ensure_ascii=False))
    assert reading_from_json(kept, reading.thumbnail, reading.archive) == reading


@pytest.mark.parametrize(
    "frame",
    [
        Frame("page"),
        Frame("reading"),
        Frame("reading", reading_to_json(unreadable("x"))),
        Frame("reading", reading_to_json(unreadable("x")) | {"lengths": [7]}),
        Frame("reading", reading_to_json(unreadable("x")) | {"lengths": [0], "guess": ["passport", 1, "title", True]}),
        Frame("reading", reading_to_json(unreadable("x")) | {"lengths": [0], "text": [1, 1, [[["word"]]]]}),
        Frame("reading", reading_to_json(unreadable("x")) | {"lengths": [0], "steps": None}),
    ],
)
def test_anything_else_is_refused(frame: Frame) -> None:
    with pytest.raises(BrokenFrameError):
        read_reading(frame)


def test_what_was_read_is_not_in_the_repr_of_a_reading() -> None:
    word = Word("Nhung", Box(0, 0, 1, 1), 90.0)
    text = PageText((Line((word,)),), 10, 10)
    assert "Nhung" not in repr(text)
    assert "Nhung" not in repr(reading_frame(unreadable("x")))
