# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.classify.classifier import ClassGuess, Evidence
from scanning.classify.paper_class import PaperClass
from scanning.extract.field import Field
from scanning.frames import BrokenFrameError, Frame, read_frame, write_frame
from scanning.ocr.text import Box, Line, PageText, Word
from scanning.page_reading import PageReading, QualityFacts, unreadable
from scanning.reading.wire import read_reading, reading_frame, reading_from_json, reading_to_json
from scanning.transforms import Rotation

_PIXELS = st.integers(0, 20_000)
_SHARE = st.floats(0, 1)
_TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
_BOXES = st.builds(Box, _PIXELS, _PIXELS, _PIXELS, _PIXELS)
_WORDS = st.builds(Word, _TEXT, _BOXES, st.integers(0, 1000).map(lambda tenths: tenths / 10))
READINGS = st.builds(
    PageReading,
    transforms=st.lists(st.builds(Rotation, st.floats(-180, 180)), max_size=3).map(tuple),
    blank=st.booleans(),
    text=st.builds(
        PageText,
        st.lists(st.builds(Line, st.lists(_WORDS, min_size=1, max_size=4).map(tuple)), max_size=4).map(tuple),
        _PIXELS,
        _PIXELS,
    ),
    guess=st.builds(ClassGuess, st.sampled_from(PaperClass), _SHARE, st.sampled_from(Evidence)),
    fields=st.lists(
        st.builds(Field, _TEXT, _TEXT, _SHARE, st.lists(_BOXES, min_size=1, max_size=3).map(tuple)), max_size=3
    ).map(tuple),
    quality=st.builds(QualityFacts, _SHARE, _SHARE, _SHARE, _SHARE),
    thumbnail=st.binary(max_size=20),
    fault=st.none() | st.just("page-unreadable"),
)


@given(READINGS)
def test_a_reading_arrives_as_it_left(reading: PageReading) -> None:
    pipe = io.BytesIO()
    write_frame(pipe, reading_frame(reading))
    pipe.seek(0)
    frame = read_frame(pipe)
    assert frame is not None
    assert read_reading(frame) == reading


@given(READINGS)
def test_a_reading_can_be_kept_as_json(reading: PageReading) -> None:
    kept = json.loads(json.dumps(reading_to_json(reading), ensure_ascii=False))
    assert reading_from_json(kept, reading.thumbnail) == reading


@pytest.mark.parametrize(
    "frame",
    [
        Frame("page"),
        Frame("reading"),
        Frame("reading", reading_to_json(unreadable("x")) | {"class": "passport"}),
        Frame("reading", reading_to_json(unreadable("x")) | {"lines": [[["word"]]]}),
        Frame("reading", reading_to_json(unreadable("x")) | {"rotations": None}),
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
