# SPDX-License-Identifier: GPL-3.0-or-later
"""Features: which short pieces of folded text are on a page, hashed; those of its headings apart.

A piece is two to five letters, a space at each end of a line and one between words among them. Numbers are all the
same: they are somebody's. Longer pieces say more and weigh more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scanning.classify.headings import in_capitals
from scanning.folding import fold
from scanning.ocr.text import PageText

Buckets = NDArray[np.int64]

BODY_BUCKETS: Final = 1 << 15
HEADING_BUCKETS: Final = 1 << 13
BUCKETS: Final = BODY_BUCKETS + HEADING_BUCKETS

_LETTERS: Final = 38  # padding, space, 26 letters, 10 digits
_LENGTH_WEIGHTS: Final = {2: 0.3, 3: 0.6, 4: 1.0, 5: 1.0}
_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)  # of Fibonacci hashing
_SALT: Final = 0x632BE59BD9B4E019  # pieces of different lengths fall into different buckets
_LONGEST_CODE: Final = 5  # letters; CT01 says what a page is, a longer mixture of letters and digits who somebody is
_HEADING_DEPTH: Final = 0.6
_MOST_HEADING_LINES: Final = 12
# Above the title of almost every paper; they would drown it.
_NATIONAL_HEADING: Final = ("CONG HOA XA HOI", "DOC LAP TU DO", "CHU NGHIA VIET NAM")


@dataclass(frozen=True, slots=True)
class Features:
    """Buckets of a page and how much each weighs; the body's and the headings' weights have length one each.

    Attributes:
        buckets: Ascending, below ``BUCKETS``.
        weights: One a bucket.
    """

    buckets: Buckets
    weights: NDArray[np.float64]


def features_of(text: PageText) -> Features:
    """Give the features of a page."""
    body, body_weights = _weighed(_folded_lines(line.text for line in text.lines), BODY_BUCKETS)
    heading, heading_weights = _weighed(heading_lines(text), HEADING_BUCKETS)
    return Features(
        np.concatenate((body, heading + BODY_BUCKETS)),
        np.concatenate((body_weights, heading_weights)),
    )


def heading_lines(text: PageText) -> list[str]:
    """Give the lines in capitals in the upper part of a page, folded, without the national heading."""
    upper = (line.text for line in text.lines if line.box.top < text.height_px * _HEADING_DEPTH)
    lines = (line for line in _folded_lines(line for line in upper if in_capitals(line)) if not _is_national(line))
    return [line for line, _ in zip(lines, range(_MOST_HEADING_LINES), strict=False)]


def pieces_of(lines: Iterable[str], buckets: int) -> Buckets:
    """Give the buckets of the pieces of folded lines, ascending, each once."""
    return _weighed(lines, buckets)[0]


def _is_national(folded: str) -> bool:
    return any(piece in folded for piece in _NATIONAL_HEADING)


def _folded_lines(lines: Iterable[str]) -> list[str]:
    folded = (" ".join(_without_number(token) for token in fold(line).split()) for line in lines)
    return [line for line in folded if line]


def _without_number(token: str) -> str:
    if token.isalpha():
        return token
    if token.isdigit():
        return "0"
    return token if len(token) <= _LONGEST_CODE else "".join("0" if letter.isdigit() else letter for letter in token)


def _weighed(lines: Iterable[str], bucket_count: int) -> tuple[Buckets, NDArray[np.float64]]:
    # Padding keeps the pieces of two lines apart; pieces with padding in them are dropped.
    joined = "\0".join(f" {line} " for line in lines).encode("ascii", "replace")
    if not joined:
        return np.empty(0, np.int64), np.empty(0, np.float64)
    codes = _CODES[np.frombuffer(joined, np.uint8)]
    buckets, weights = [], []
    for length, weight in _LENGTH_WEIGHTS.items():
        count = len(codes) - length + 1
        if count <= 0:
            continue
        piece = np.zeros(count, np.uint64)
        whole = np.ones(count, bool)
        for offset in range(length):
            letters = codes[offset : offset + count]
            piece = piece * np.uint64(_LETTERS) + letters
            whole &= letters != 0
        hashed = np.unique(_hash(piece[whole], length, bucket_count))
        buckets.append(hashed)
        weights.append(np.full(len(hashed), weight))
    together, where = np.unique(np.concatenate(buckets), return_inverse=True)
    summed = np.zeros(len(together))
    np.maximum.at(summed, where, np.concatenate(weights))
    length_of_all = float(np.sqrt(np.sum(summed * summed)))
    return together, summed / length_of_all if length_of_all else summed


def _hash(pieces: NDArray[np.uint64], length: int, bucket_count: int) -> Buckets:
    mixed = (pieces + np.uint64(_SALT * length % (1 << 64))) * _MULTIPLIER
    shift = np.uint64(64 - (bucket_count.bit_length() - 1))
    return (mixed >> shift).astype(np.int64)


def _letter_codes() -> NDArray[np.uint64]:
    codes = np.zeros(256, np.uint64)
    for index, letter in enumerate(" ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", start=1):
        codes[ord(letter)] = index
    return codes


_CODES: Final = _letter_codes()
