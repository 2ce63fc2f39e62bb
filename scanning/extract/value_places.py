# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the value of a label may stand: behind it, going on in the next lines, or below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from scanning.extract.labels import Mark, starts_line
from scanning.extract.names import names_place
from scanning.extract.provinces import ends_with_province, goes_on_with, is_cut_off
from scanning.extract.rows import Row, Run, is_filler
from scanning.extract.values import Kind
from scanning.folding import fold
from scanning.ocr.text import Word, enclosing

_NEXT_LINE: Final = 2.6  # heights between the tops of a line and of the one below it
_BELOW_HEADING: Final = 4.5  # heights from a heading of one line, beside headings of three, to the cell below
_MOST_CONTINUATIONS: Final = 3
_SLACK: Final = 1.5  # heights by which a line may seem to have room for one more word and yet be full
_OTHER_COLUMN: Final = 5  # heights of a gap that is none inside a text
_ENTRY: Final = 2  # pieces of a row with a label and its value; more are the head of a table
_INDENT: Final = 5  # heights
_NEARBY: Final = 8.0  # heights
_LONGEST_REST: Final = 2
_SENTENCE: Final = re.compile(
    r"(?:TOI|CHUNG TOI|GIAY NAY|DE NGHI|KINH|NAY|HAI BEN|CAC BEN|BEN [AB]|TRAN TRONG|VAY|CAN CU|XET|DIEU|NGUOI|LAM TAI|"
    r"GHI CHU|CHU THICH) .*"
)
_PROVINCE: Final = ("TINH", "PHO")


def value_words(kind: Kind, mark: Mark, rows: Sequence[Row], marks: Sequence[Mark]) -> Iterator[tuple[Word, ...]]:
    """Give the words in which the value of a label may be, the likeliest place first.

    Args:
        kind: Places go on in the next line; names do not cross a wide gap.
        mark: The label.
        rows: Those of the section.
        marks: All labels in them.
    """
    page = _Page(rows, marks)
    behind = page.behind(mark)
    if not behind and (joined := page.joined_with(mark)) and page.says_something(joined):
        mark = joined  # "Họ và tên, ngày sinh: …": the values stand behind the last of the labels
        behind = page.behind(mark)
    row = mark.last_row
    if any(not is_filler(word.text) for run in behind for word in run):
        if kind is Kind.PERSON_NAME:
            name = next(run for run in behind if any(not is_filler(word.text) for word in run))
            yield (*name, *page.rest_of_name(row + 1, name, mark))
        words = tuple(word for run in behind for word in run)
    elif mark.label.only_beside:
        return
    elif behind and any(len(word.text) > 1 for run in behind for word in run):
        return  # only the dots of a form: it was left empty
    else:
        below = page.below(mark)
        if below is not None and _may_be_below(kind, mark, below[1]):
            row, words = below
        elif next_line := page.next_line(mark):
            row, words = next_line
        else:
            return
    if kind.goes_on:
        words = _before_next_column(words)
        yield page.with_continuation(row, words, mark)
    else:
        yield words
        if following := page.leading_words(row + 1, words, mark):
            yield (*words, *following)
        # The dots of a form may have been read as letters.
        if behind and (below := page.below(mark)) and _may_be_below(kind, mark, below[1]):
            yield below[1]


@dataclass(frozen=True)
class _Page:
    rows: Sequence[Row]
    marks: Sequence[Mark]

    def behind(self, mark: Mark) -> list[tuple[Word, ...]]:
        """Give the pieces behind a label, up to the next label of the row."""
        pieces = []
        for row in range(mark.row, mark.last_row + 1):
            for index, run in enumerate(self.rows[row].runs):
                is_own = row == mark.last_row and index == mark.last_run
                if not is_own and (run.box.left < mark.box.right - run.box.height or self._is_of(mark, row, index)):
                    continue
                start = mark.end if is_own else 0
                end = self._next_mark(row, index, start, len(run.words))
                words, is_cut = _before_unknown_label(run.words[start:end], is_behind_label=is_own)
                if end < len(run.words) and words and starts_line(Run(words), len(words)):
                    words = ()  # the number of the next label
                if words:
                    pieces.append(words)
                if is_cut or end < len(run.words):
                    break
        return pieces

    def says_something(self, mark: Mark) -> bool:
        """Say whether a value follows a label; in a row of headings it is the next heading that follows."""
        runs = self.rows[mark.last_row].runs
        at_once = mark.has_colon or mark.end < len(runs[mark.last_run].words)
        return at_once or (len(runs) <= _ENTRY and bool(self.behind(mark)))

    def joined_with(self, mark: Mark) -> Mark | None:
        """Give the last of the labels that follow each other without a value between."""
        last = None
        for other in self.marks:
            current = last or mark
            if (other.row, other.run) != (current.last_row, current.last_run) or other.start < current.end:
                continue
            between = self.rows[other.row].runs[other.run].words[current.end : other.start]
            if current.has_colon or not all(is_filler(word.text) or word.text == "và" for word in between):
                break
            last = other
        return last

    def below(self, mark: Mark) -> tuple[int, tuple[Word, ...]] | None:
        """Give the row and the words below a label; below the heading of a table there may be more room."""
        is_heading = not mark.has_colon and self._has_neighbour(mark)
        farthest = _BELOW_HEADING if is_heading else _NEXT_LINE
        left, right = self._cell_of(mark) if is_heading else (mark.box.left, mark.box.right)
        for index in range(mark.last_row + 1, min(mark.last_row + 4, len(self.rows))):
            for place, run in enumerate(self.rows[index].runs):
                distance = run.box.bottom - mark.box.bottom
                over = run.box.left < right and left < run.box.right
                if over and 0 < distance < farthest * max(_height(mark), run.box.height):
                    if self._next_mark(index, place, 0, 1) == 0 or _names_something(run.words):
                        return None
                    return index, run.words
        return None

    def _has_neighbour(self, mark: Mark) -> bool:
        """Say whether something stands beside a label; headings of a table have one, two or three lines."""
        nearby = self.rows[max(0, mark.row - 2) : mark.last_row + 3]
        return len(self.rows[mark.row].runs) > 1 or any(
            (run.box.right <= mark.box.left or mark.box.right <= run.box.left)
            and run.box.top < mark.box.bottom
            and mark.box.top < run.box.bottom
            for row in nearby
            for run in row.runs
        )

    def _cell_of(self, mark: Mark) -> tuple[float, float]:
        """Give how far a cell of a table's heading may reach: half of the way to its neighbours."""
        beside = [
            run.box
            for row in self.rows[max(0, mark.row - 2) : mark.last_row + 3]
            for run in row.runs
            if run.box.top < mark.box.bottom + run.box.height and mark.box.top - run.box.height < run.box.bottom
        ]
        before = [box.right for box in beside if box.right <= mark.box.left]
        after = [box.left for box in beside if box.left >= mark.box.right]
        left = (max(before) + mark.box.left) / 2 if before else 0.0
        right = (min(after) + mark.box.right) / 2 if after else mark.box.right + _height(mark) * 2.0
        return left, right

    def next_line(self, mark: Mark) -> tuple[int, tuple[Word, ...]] | None:
        """Give the words behind a label that ends a full line of running text."""
        runs, row = self.rows[mark.last_row].runs, mark.last_row + 1
        if mark.last_run != len(runs) - 1 or row >= len(self.rows) or self.rows[row].runs[0].box.left >= mark.box.left:
            return None
        label_words = runs[-1].words[: mark.end]
        following = self.leading_words(row, label_words, mark)
        return (row, following) if following and self._is_full(label_words, following[0]) else None

    def leading_words(self, row: int, words: Sequence[Word], mark: Mark) -> tuple[Word, ...]:
        """Give the words with which a row goes on with a text; none when it begins with something of its own."""
        box = enclosing(word.box for word in words)
        height = max(word.box.height for word in words)
        # An enumerator may stand before the label: "5. Nơi cư trú: …" goes on below the number.
        left = min(self.rows[mark.row].runs[mark.run].box.left, box.left)
        if not mark.run:
            left = min(left, max(0, left - _INDENT * height))  # the first line of a paragraph begins further right
        if row < len(self.rows) and not any(
            run.box.left < box.right and run.box.right > left for run in self.rows[row].runs
        ):
            row += 1  # the row belongs to what stands beside
        if row >= len(self.rows) or self.rows[row].box.top - words[-1].box.top > _NEXT_LINE * height:
            return ()
        runs = self.rows[row].runs
        first = _first_run(runs, (box.left, mark.box.left, left), height)
        if any(run.box.right > mark.box.left and run.box.left < mark.box.right for run in runs[:first]):
            return ()  # the next row of a table
        end = self._next_mark(row, first, 0, len(runs[first].words))
        leading, _ = _before_unknown_label(runs[first].words[:end], is_behind_label=False)
        if not leading and (rest := _rest_of_place(words, runs[first].words[:end])):
            return rest
        if end < len(runs[first].words) and leading and _begins_sentence(leading):
            return ()  # the first words of a longer label: "Trong thời gian cư trú tại: …"
        if (
            not leading
            or starts_line(Run(leading), 1)
            or _SENTENCE.match(fold(" ".join(word.text for word in leading)))
        ):
            return ()
        return leading

    def rest_of_name(self, row: int, words: Sequence[Word], mark: Mark) -> tuple[Word, ...]:
        """Give the end of a name that did not fit: one or two words alone below its beginning or its label."""
        following = self.leading_words(row, words, mark)
        if not following or len(following) > _LONGEST_REST or not self._is_full(words, following[0]):
            return ()
        before = next((word.text for word in reversed(words) if not is_filler(word.text)), "")
        fits = all(word.text.isalpha() and word.text[0].isupper() for word in following)
        return following if fits and before[-1:].isalpha() and before.isupper() == following[0].text.isupper() else ()

    def with_continuation(self, row: int, words: tuple[Word, ...], mark: Mark) -> tuple[Word, ...]:
        """Add the lines that a long value goes on in: only a full line goes on, or one that ends with a comma."""
        for _ in range(_MOST_CONTINUATIONS):
            last = next((word for word in reversed(words) if not is_filler(word.text)), words[-1])
            following = self.leading_words(row + 1, words, mark)
            if not following or last.text.endswith(";"):
                return words
            if ends_with_province(_text(words)):
                return words
            is_end = goes_on_with(_text(words), _text(following))
            if not is_end and not self._ends_run(words[-1]):
                return words
            if not is_end and not last.text.endswith(",") and not self._is_full(words, following[0]):
                return words
            if last.text.endswith(".") and any(fold(word.text) in _PROVINCE for word in words[-5:]):
                return words
            # A place that goes on in the next line has no full stop at the end of this one: it was dirt.
            cleaned = replace(words[-1], text=words[-1].text.rstrip("."))
            words = (*words[:-1], *((cleaned,) if cleaned.text else ()), *following)
            row = next(index for index, other in enumerate(self.rows) if following[0] in other.words)
        return words

    def _ends_run(self, word: Word) -> bool:
        """Say whether a word is the last one before a gap, and not before a label."""
        return any(word is run.words[-1] for row in self.rows for run in row.runs)

    def _is_full(self, words: Sequence[Word], following: Word) -> bool:
        """Say whether the first word of the next line would not have fitted behind a text."""
        last = next((word for word in reversed(words) if not is_filler(word.text)), words[-1])
        height = max(word.box.height for word in words)
        own = next((row for row in self.rows if last in row.words), None)
        beside = [word.box.left for word in own.words if word.box.left > last.box.right] if own else []
        nearby = [row.box.right for row in self.rows if abs(row.box.top - last.box.top) < _NEARBY * height]
        edge = min(beside, default=max(nearby, default=last.box.right))
        return last.box.right + following.box.width > edge - _SLACK * height

    def _next_mark(self, row: int, run: int, start: int, end: int) -> int:
        """Give the word of a run at which the next label begins, or the end."""
        begins = [mark.start for mark in self.marks if (mark.row, mark.run) == (row, run) and mark.start >= start]
        ends_here = any(mark.last_row == row and mark.last_run == run and mark.row < row for mark in self.marks)
        return 0 if ends_here and not start else min([*begins, end])

    def _is_of(self, mark: Mark, row: int, run: int) -> bool:
        """Say whether a run holds a line of the label itself."""
        box = self.rows[row].runs[run].box
        return box.left < mark.box.right and box.top >= mark.box.top and box.bottom <= mark.box.bottom


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _rest_of_place(words: Sequence[Word], following: Sequence[Word]) -> tuple[Word, ...]:
    """Give the end of a cut-off place before a comma: ``…, tỉnh Lào`` and ``Cai, là người yêu cầu:``."""
    comma = next((index for index, word in enumerate(following) if word.text.endswith(",")), len(following))
    rest = tuple(following[: comma + 1])
    return rest if is_cut_off(_text(words)) and goes_on_with(_text(words), _text(rest)) else ()


def _before_next_column(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Leave off what stands far at the right of a text."""
    for index, (before, word) in enumerate(pairwise(words), start=1):
        if word.box.left - before.box.right > _OTHER_COLUMN * max(before.box.height, word.box.height):
            return words[:index]
    return words


def _height(mark: Mark) -> int:
    return mark.box.height // (1 + mark.last_row - mark.row) or 1


def _may_be_below(kind: Kind, mark: Mark, words: Sequence[Word]) -> bool:
    """Say whether words below a label can be its value: not the next item of a list, and no more than a name."""
    if starts_line(Run(tuple(words)), 1) or not (mark.has_colon or mark.starts_line):
        return False
    if kind is Kind.PLACE:
        return names_place(" ".join(word.text for word in words))
    return kind is not Kind.PERSON_NAME or not any(letter.isdigit() for word in words for letter in word.text)


def _first_run(runs: Sequence[Run], lefts: Sequence[int], height: int) -> int:
    """Say which run goes on with a text: the one that begins below it or below its label, else the first."""
    for left in lefts:
        for index, run in enumerate(runs):
            if abs(run.box.left - left) <= height:
                return index
    return 0


def _begins_sentence(words: Sequence[Word]) -> bool:
    """Say whether only the first of several words has a capital."""
    return len(words) > 1 and words[0].text[0].isupper() and all(word.text[0].islower() for word in words[1:])


def _names_something(words: Sequence[Word]) -> bool:
    return any(word.text.endswith(":") for word in words)


def _before_unknown_label(words: tuple[Word, ...], *, is_behind_label: bool) -> tuple[tuple[Word, ...], bool]:
    """Cut words before a label that is not known: it ends with a colon and begins with its last capital."""
    colon = next(
        (
            index
            for index, word in enumerate(words)
            if word.text.endswith(":") and not is_filler(word.text) and (index or not is_behind_label)
        ),
        None,
    )
    if colon is None:
        return words, False
    start = colon
    while start and not words[start].text[0].isupper():
        start -= 1
    return words[:start], True
