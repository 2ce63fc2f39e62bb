# SPDX-License-Identifier: GPL-3.0-or-later
"""What clerks taught: sketches of forms that were recognised wrongly, each with the class that it was corrected to.

A page that is like a corrected one takes over its class, the more alike the more firmly; all other pages are left to
the shipped model. When pages alike were corrected to different classes, the latest correction counts. Two desks merge
what they learnt in any order and as often as they like, with the same outcome. Nothing can be read back from a sketch,
see ``scanning.classify.sketch``. Sketches rest on the vocabulary of one shipped model and are of no use with another.

File: ``MCLC``, format version (u8), model version (16 bytes), number of entries (u16); an entry is the count of the
correction (u32), the length of the class (u8), the class, and the sketch; at the end the SHA-256 of all before.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scanning.classify.linear_model import LinearModel, shipped_model
from scanning.classify.paper_class import PaperClass
from scanning.classify.sketch import SLOTS, likeness, sketch_of
from scanning.errors import ScanningError
from scanning.ocr.text import PageText

MOST_CORRECTIONS: Final = 200
"""The oldest are forgotten; with them a file stays below 64 KB."""

_MAGIC: Final = b"MCLC"
_FORMAT: Final = 1
_PREFIX: Final = struct.Struct("<4sB16sH")
_ENTRY: Final = struct.Struct("<IB")
_DIGEST_BYTES: Final = 32
_SKETCH_BYTES: Final = 2 * SLOTS
# Two reads of one form are 0.7 to 1 alike, bad reads 0.5 to 0.9; the sides of a card 0.6, other forms below 0.45. Half
# way between the two bounds the shipped model is outvoted, unless it is sure.
_UNLIKE: Final = 0.45
_ALIKE: Final = 0.75
_FIRMNESS: Final = 0.93
_ABOUT_AS_ALIKE: Final = 0.08


@dataclass(frozen=True, slots=True, order=True)
class _Lesson:
    count: int
    paper_class: str


@dataclass(frozen=True, slots=True)
class Corrections:
    """All that was learnt on top of one shipped model; never changed, every step gives a new one.

    Attributes:
        model_version: Version of the model, 32 hexadecimal digits.
    """

    model_version: str
    _lessons: Mapping[bytes, _Lesson] = field(repr=False)

    @classmethod
    def empty(cls, model_version: str) -> Corrections:
        """Begin anew."""
        return cls(model_version, {})

    def __len__(self) -> int:
        return len(self._lessons)

    def learn(self, text: PageText, paper_class: PaperClass, model: LinearModel | None = None) -> Corrections:
        """Take a correction in.

        Args:
            text: What was read on the page.
            paper_class: What it really is.
            model: Another model than the shipped one.

        Returns:
            The same when too little of a form is on the page to know it again.

        Raises:
            ScanningError: ``corrections-of-other-model``.
        """
        known = model or shipped_model()
        self._require(known.version)
        sketch = sketch_of(text, known.vocabulary)
        if sketch is None:
            return self
        count = 1 + max((lesson.count for lesson in self._lessons.values()), default=0)
        lesson = _Lesson(min(count, 0xFFFFFFFF), paper_class.value)
        return self._with({**self._lessons, sketch.astype("<u2").tobytes(): lesson})

    def merge(self, other: Corrections) -> Corrections:
        """Take over what another desk learnt.

        Raises:
            ScanningError: ``corrections-of-other-model``.
        """
        self._require(other.model_version)
        lessons = dict(self._lessons)
        for sketch, lesson in other._lessons.items():
            lessons[sketch] = max(lesson, lessons.get(sketch, lesson))
        return self._with(lessons)

    def applied(self, text: PageText, shares: NDArray[np.float64], model: LinearModel) -> NDArray[np.float64]:
        """Give the probabilities of the classes of ``model`` after what was taught about pages alike.

        Raises:
            ScanningError: ``corrections-of-other-model``.
        """
        self._require(model.version)
        if not self._lessons or (sketch := sketch_of(text, model.vocabulary)) is None:
            return shares
        lessons = list(self._lessons.values())
        alike = likeness(sketch, np.frombuffer(b"".join(self._lessons), "<u2").reshape(-1, SLOTS))
        most = float(alike.max())
        firmness = _FIRMNESS * min(1.0, max(0.0, (most - _UNLIKE) / (_ALIKE - _UNLIKE)))
        latest = max(lesson for lesson, each in zip(lessons, alike, strict=True) if each >= most - _ABOUT_AS_ALIKE)
        taught = np.array([paper_class.value == latest.paper_class for paper_class in model.classes], float)
        if firmness == 0 or not taught.any():
            return shares
        return np.asarray((1 - firmness) * shares + firmness * taught)

    def to_bytes(self) -> bytes:
        """Write down; equal corrections give equal bytes."""
        content = bytearray(_PREFIX.pack(_MAGIC, _FORMAT, bytes.fromhex(self.model_version), len(self._lessons)))
        for sketch, lesson in sorted(self._lessons.items()):
            name = lesson.paper_class.encode()
            content += _ENTRY.pack(lesson.count, len(name)) + name + sketch
        return bytes(content) + hashlib.sha256(content).digest()

    @classmethod
    def from_bytes(cls, blob: bytes) -> Corrections:
        """Read what ``to_bytes`` wrote.

        Raises:
            ScanningError: ``corrections-damaged``.
        """
        content, digest = blob[:-_DIGEST_BYTES], blob[-_DIGEST_BYTES:]
        if hashlib.sha256(content).digest() != digest:
            raise ScanningError("corrections-damaged")
        try:
            magic, version, model, count = _PREFIX.unpack_from(content)
            if (magic, version) != (_MAGIC, _FORMAT) or count > MOST_CORRECTIONS:
                raise ValueError("not corrections of this format")
            return cls(model.hex(), dict(_entries(content, count)))
        except (ValueError, struct.error) as error:
            raise ScanningError("corrections-damaged") from error

    def _with(self, lessons: Mapping[bytes, _Lesson]) -> Corrections:
        latest = sorted(lessons.items(), key=lambda entry: (entry[1], entry[0]), reverse=True)
        return Corrections(self.model_version, dict(latest[:MOST_CORRECTIONS]))

    def _require(self, model_version: str) -> None:
        if model_version != self.model_version:
            raise ScanningError("corrections-of-other-model")


def _entries(content: bytes, count: int) -> Iterable[tuple[bytes, _Lesson]]:
    position = _PREFIX.size
    for _ in range(count):
        number, length = _ENTRY.unpack_from(content, position)
        name_end = position + _ENTRY.size + length
        paper_class = PaperClass(content[position + _ENTRY.size : name_end].decode("ascii"))
        position = name_end + _SKETCH_BYTES
        if position > len(content):
            raise ValueError("cut off")
        yield content[name_end:position], _Lesson(number, paper_class.value)
    if position != len(content):
        raise ValueError("something behind the end")
