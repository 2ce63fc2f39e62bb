# SPDX-License-Identifier: GPL-3.0-or-later
"""The shipped model: a softmax over hashed pieces of text, small, in one file that vouches for its own bytes.

File: ``MCPC``, format version (u8), SHA-256 of all that follows; then, compressed with zlib: a JSON header (length
u32, little-endian) with the classes, the temperature, the grounds and the sizes of the features; a scale (float32) and
a bias (float64) a class; the weights as signed bytes, class by class; one bit a bucket: whether forms print a piece
that falls into it.
"""

from __future__ import annotations

import functools
import hashlib
import json
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scanning.classify.features import BODY_BUCKETS, BUCKETS, HEADING_BUCKETS, Features
from scanning.classify.model_file import FORMAT, MAGIC, MODEL_PATH, PREFIX, version_of
from scanning.classify.paper_class import PaperClass
from scanning.classify.rules import NAMING_GROUNDS, Ground
from scanning.errors import ScanningError

_HEADER_LENGTH: Final = struct.Struct("<I")
_LARGEST_WEIGHT: Final = 127


@dataclass(frozen=True, slots=True)
class LinearModel:
    """What was learnt.

    Attributes:
        classes: One a row of the weights.
        weights: Classes x buckets, signed bytes.
        scales: What a weight of one means, one a class.
        biases: One a class.
        temperature: What the scores are divided by, so that shares are probabilities.
        grounds: How much each ground of the rules speaks for the class that it names: added to the logarithm of its
            probability.
        vocabulary: For each bucket, whether a piece that forms print falls into it.
        version: First half of the file's SHA-256; empty for a model that no file holds.
    """

    classes: tuple[PaperClass, ...]
    weights: NDArray[np.int8]
    scales: NDArray[np.float32]
    biases: NDArray[np.float64]
    temperature: float
    grounds: Mapping[Ground, float]
    vocabulary: NDArray[np.bool_]
    version: str = ""

    def probabilities(self, features: Features) -> NDArray[np.float64]:
        """Give the probability of each class; they add up to one."""
        return softmax(self.scores(features) / self.temperature)

    def scores(self, features: Features) -> NDArray[np.float64]:
        """Give the score of each class."""
        used = self.weights[:, features.buckets].astype(np.float64)
        return used @ features.weights * self.scales + self.biases


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn scores into shares of one, along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def quantised(
    classes: Sequence[PaperClass],
    weights: NDArray[np.float64],
    biases: NDArray[np.float64],
    temperature: float,
    grounds: Mapping[Ground, float],
    vocabulary: NDArray[np.bool_],
) -> LinearModel:
    """Round weights to signed bytes, class by class."""
    scales = (np.abs(weights).max(axis=1) / _LARGEST_WEIGHT).astype(np.float32)
    scales[scales == 0] = 1.0
    rounded = np.rint(weights / scales[:, None]).astype(np.int8)
    return LinearModel(tuple(classes), rounded, scales, biases.astype(np.float64), temperature, grounds, vocabulary)


def to_bytes(model: LinearModel) -> bytes:
    """Write a model."""
    header = json.dumps(
        {
            "body_buckets": BODY_BUCKETS,
            "heading_buckets": HEADING_BUCKETS,
            "classes": [paper_class.value for paper_class in model.classes],
            "temperature": model.temperature,
            "grounds": {ground.value: model.grounds[ground] for ground in NAMING_GROUNDS},
        },
        separators=(",", ":"),
        sort_keys=True,
    ).encode()
    content = zlib.compress(
        _HEADER_LENGTH.pack(len(header))
        + header
        + model.scales.astype("<f4").tobytes()
        + model.biases.astype("<f8").tobytes()
        + model.weights.tobytes()
        + np.packbits(model.vocabulary).tobytes(),
        9,
    )
    return PREFIX.pack(MAGIC, FORMAT, hashlib.sha256(content).digest()) + content


def from_bytes(blob: bytes) -> LinearModel:
    """Read a model.

    Raises:
        ScanningError: ``model-damaged``.
    """
    try:
        magic, version, digest = PREFIX.unpack_from(blob)
        content = blob[PREFIX.size :]
        if (magic, version) != (MAGIC, FORMAT) or hashlib.sha256(content).digest() != digest:
            raise ValueError("not a model of this format, or not whole")
        return _parsed(zlib.decompress(content), version_of(digest))
    except (ValueError, KeyError, struct.error, zlib.error) as error:
        raise ScanningError("model-damaged") from error


@functools.cache
def shipped_model() -> LinearModel:
    """Load the model that comes with the program, once.

    Raises:
        ScanningError: ``model-damaged``; also when it is missing.
    """
    try:
        blob = MODEL_PATH.read_bytes()
    except OSError as error:
        raise ScanningError("model-damaged") from error
    return from_bytes(blob)


def _parsed(content: bytes, version: str) -> LinearModel:
    (header_length,) = _HEADER_LENGTH.unpack_from(content)
    start = _HEADER_LENGTH.size + header_length
    header = json.loads(content[_HEADER_LENGTH.size : start])
    if (header["body_buckets"], header["heading_buckets"]) != (BODY_BUCKETS, HEADING_BUCKETS):
        raise ValueError("other features")
    classes = tuple(PaperClass(value) for value in header["classes"])
    count = len(classes)
    scales = np.frombuffer(content, "<f4", count, start)
    start += scales.nbytes
    biases = np.frombuffer(content, "<f8", count, start)
    start += biases.nbytes
    weights = np.frombuffer(content, np.int8, count * BUCKETS, start).reshape(count, BUCKETS)
    start += weights.nbytes
    bits = np.frombuffer(content, np.uint8, BUCKETS // 8, start)
    return LinearModel(
        classes=classes,
        weights=weights,
        scales=scales.astype(np.float32),
        biases=biases.astype(np.float64),
        temperature=float(header["temperature"]),
        grounds={ground: float(header["grounds"][ground.value]) for ground in NAMING_GROUNDS},
        vocabulary=np.unpackbits(bits).astype(bool),
        version=version,
    )
