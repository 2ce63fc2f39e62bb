# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows: what stands side by side on a page, whatever blocks the engine saw; in pieces parted by wide gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from scanning.folding import fold
from scanning.ocr.text import Box, Line, PageText, Word, enclosing

_WIDE_GAP: Final = 1.8  # of the line's height
_CELL_GAP: Final = 0.8  # of the line's height, where other cells begin exactly below or above
_WIDER: Final = 1.5  # times the usual gap of the line: what parts cells that a long entry has filled
_ALIGNED: Final = 0.35  # of the line's height
_FEWEST_ALIGNED: Final = 2
_NEARBY_ROWS: Final = 8
_NATIONAL: Final = (
    ("CONG", "HOA", "XA", "HOI", "CHU", "NGHIA", "VIET", "NAM"),
    ("DOC", "LAP", "TU", "DO", "HANH", "PHUC"),
)
# Share of the lower piece's height that lies beside the other one; digits in boxes stand half a line below their label.
_NEXT_LINE: Final = 2.6  # heights between the tops of a line and of the one that it goes on in
_MOST_LINES: Final = 3
_SAME_ROW: Final = 0.3
_GLUED: Final = re.compile(r"(?<=[^\W\d_][:;])(?=[^\W_])|(?<=[^\W_]…)(?=[^\W_])|(?<=[^\W_]\.\.)(?=[^\W_])")
_TOKEN: Final = re.compile(r"[^\W_]+")
_CERTIFIED: Final = re.compile(r"(?:CHUNG THUC BAN SAO|SAO Y BAN CHINH|BAN SAO DUNG VOI|CHUNG THUC SAO Y|SAO Y )")
_FILLER: Final = re.compile(r"[\W_]*")


@dataclass(frozen=True)
class Run:
    """Neighbouring words without a wide gap; at least one."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        """The smallest box around the words."""
        return enclosing(word.box for word in self.words)

    @cached_property
    def folded(self) -> str:
        """The words as they are compared."""
        return fold(self.text)

    @cached_property
    def tokens(self) -> tuple[tuple[str, int], ...]:
        """Folded words and the index of the word that each comes from."""
        return tuple((token, index) for index, word in enumerate(self.words) for token in fold(word.text).split())

    @cached_property
    def spelled(self) -> tuple[str, ...]:
        """The same words in small letters with their marks."""
        return tuple(token for word in self.words for token in spelling(word.text))

    @property
    def center(self) -> float:
        """Column in the middle."""
        return self.box.left + self.box.width / 2


@dataclass(frozen=True)
class Row:
    """Runs side by side, from left to right; at least one."""

    runs: tuple[Run, ...]

    @cached_property
    def box(self) -> Box:
        """The smallest box around the runs."""
        return enclosing(run.box for run in self.runs)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words."""
        return tuple(word for run in self.runs for word in run.words)

    @cached_property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join(run.text for run in self.runs)

    def between(self, left: float, right: float) -> Row | None:
        """Give what lies between two columns: words by their middle."""
        runs = []
        for run in self.runs:
            words = tuple(word for word in run.words if left <= word.box.left + word.box.width / 2 < right)
            if words:
                runs.append(Run(words))
        return Row(tuple(runs)) if runs else None


@dataclass(frozen=True)
class RunLine:
    """A run and where it is.

    Attributes:
        row: Index of its row.
        index: Its index in the row.
        run: The run.
    """

    row: int
    index: int
    run: Run


def lines_of(rows: Sequence[Row], row: int, index: int) -> list[RunLine]:
    """Give a run and the runs that it may go on in: below it in a cell, or the next line of a paragraph."""
    lines = [RunLine(row, index, rows[row].runs[index])]
    while len(lines) < _MOST_LINES:
        following = _next_line(rows, lines[-1])
        if following is None:
            break
        lines.append(following)
    return lines


def _next_line(rows: Sequence[Row], line: RunLine) -> RunLine | None:
    box = line.run.box
    for row in range(line.row + 1, min(line.row + 3, len(rows))):
        for index, run in enumerate(rows[row].runs):
            if run.box.top - box.top > _NEXT_LINE * max(box.height, run.box.height):
                return None
            over = run.box.left < box.right and box.left < run.box.right
            flush = abs(run.box.left - box.left) <= box.height or abs(run.center - line.run.center) <= box.height / 2
            is_paragraph = index == 0 and line.index == len(rows[line.row].runs) - 1 and run.box.left < box.left
            if (over and flush) or (is_paragraph and _is_full(line.run, run, rows)):
                return RunLine(row, index, run)
    return None


def _is_full(run: Run, following: Run, rows: Sequence[Row]) -> bool:
    """Say whether the first word of the next line would not have fitted behind a run."""
    return run.box.right + following.words[0].box.width > max(row.box.right for row in rows) - 2 * run.box.height


def spelling(text: str) -> list[str]:
    """Split text into words as ``fold`` does, but in small letters with their marks."""
    return _TOKEN.findall(text.lower())


def is_filler(text: str) -> bool:
    """Say whether there is neither letter nor digit: the dots and rules of a form."""
    return _FILLER.fullmatch(text) is not None


def rows_of(text: PageText) -> list[Row]:
    """Lay the words of a page out in rows, from top to bottom."""
    pieces = sorted(
        (run for line in text.lines for run in _split(line)), key=lambda run: run.box.top + run.box.height / 2
    )
    rows: list[list[Run]] = []
    for piece in pieces:
        home = next((row for row in reversed(rows[-3:]) if _beside(piece, row)), None)
        if home is None:
            rows.append([piece])
        else:
            home.append(piece)
    return _with_cells([Row(tuple(sorted(row, key=lambda run: run.box.left))) for row in rows])


def is_national_heading(run: Run) -> bool:
    """Say whether a run is one of the two lines that head every official paper (NĐ 30/2020)."""
    return any(run.folded == " ".join(heading) for heading in _NATIONAL)


def without_certification(rows: Sequence[Row]) -> list[Row]:
    """Leave off what was stamped below a certified copy: it is no part of the paper that was copied."""
    for index, row in enumerate(rows):
        if index > len(rows) // 3 and any(_CERTIFIED.match(run.folded) for run in row.runs):
            return list(rows[:index])
    return list(rows)


def _with_cells(rows: Sequence[Row]) -> list[Row]:
    """Part what stands in neighbouring cells with a narrow gap, where other rows of the table show an edge."""
    begins = [(index, run.box.left) for index, row in enumerate(rows) for run in row.runs[1:]]
    return [
        Row(tuple(part for run in row.runs for part in _cells(run, index, begins))) for index, row in enumerate(rows)
    ]


def _cells(run: Run, row: int, begins: Sequence[tuple[int, int]]) -> Iterator[Run]:
    height = run.box.height
    gaps = [word.box.left - before.box.right for before, word in pairwise(run.words)]
    usual = sorted(gaps)[len(gaps) // 2] if len(gaps) > 1 else 0
    start = 0
    for index, gap in enumerate(gaps, start=1):
        if gap < max(_CELL_GAP * height, _WIDER * usual):
            continue
        left = run.words[index].box.left
        aligned = {
            other
            for other, begin in begins
            if other != row and abs(other - row) <= _NEARBY_ROWS and abs(begin - left) <= _ALIGNED * height
        }
        if len(aligned) >= _FEWEST_ALIGNED:
            yield Run(run.words[start:index])
            start = index
    yield Run(run.words[start:]) if start else run


def _beside(piece: Run, row: Sequence[Run]) -> bool:
    """Say whether a piece stands in a row; the nearest neighbour decides, as rows of photographs bend."""
    nearest = min(row, key=lambda run: max(run.box.left - piece.box.right, piece.box.left - run.box.right))
    if nearest.box.left < piece.box.right - 2 and piece.box.left < nearest.box.right - 2:
        return False
    common = min(piece.box.bottom, nearest.box.bottom) - max(piece.box.top, nearest.box.top)
    return common >= _SAME_ROW * min(piece.box.height, nearest.box.height)


def _split(line: Line) -> Iterator[Run]:
    words = [part for word in line.words for part in _parts(word)]
    heights = sorted(word.box.height for word in words if not is_filler(word.text)) or [words[0].box.height]
    widest = _WIDE_GAP * heights[len(heights) // 2]
    parted = _national_edges(words)
    piece = [words[0]]
    for index, (before, word) in enumerate(pairwise(words), start=1):
        if word.box.left - before.box.right > widest or index in parted:
            yield Run(tuple(piece))
            piece = []
        piece.append(word)
    yield Run(tuple(piece))


def _national_edges(words: Sequence[Word]) -> set[int]:
    """Find where the national heading begins and ends: what stands beside it may be near."""
    tokens = [(token, index) for index, word in enumerate(words) for token in fold(word.text).split()]
    edges = set()
    for heading in _NATIONAL:
        for start in range(len(tokens) - len(heading) + 1):
            same = sum(tokens[start + place][0] == expected for place, expected in enumerate(heading))
            if same >= len(heading) - 1:  # one word may be misread
                edges |= {tokens[start][1], tokens[start + len(heading) - 1][1] + 1}
    return edges


def _parts(word: Word) -> Iterable[Word]:
    """Part a label from the value that was printed close behind it."""
    texts = _GLUED.split(word.text)
    return (word,) if len(texts) == 1 else _pieces(word, texts)


def split_word(word: Word, separator: str) -> list[Word]:
    """Part a word at a letter; the letter goes."""
    texts = word.text.split(separator)
    return [word] if len(texts) == 1 else [piece for piece in _pieces(word, texts) if piece.text]


def _pieces(word: Word, texts: Sequence[str]) -> list[Word]:
    pieces = []
    position = 0
    letters = max(1, sum(map(len, texts)))
    for text in texts:
        left = word.box.left + word.box.width * position // letters
        position += len(text)
        right = word.box.left + word.box.width * position // letters
        pieces.append(Word(text, Box(left, word.box.top, max(1, right - left), word.box.height), word.confidence))
    return pieces
