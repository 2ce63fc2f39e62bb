# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts a page into its sections: one below the other, or columns side by side."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from scanning.extract.labels import Label, end_of, label, same, starts_line
from scanning.extract.layout import ANYWHERE
from scanning.extract.names import find_name
from scanning.extract.rows import Row, Run, lines_of
from scanning.extract.wordings import NAME
from scanning.ocr.text import Box, Word, enclosing

_NAMES: Final = frozenset(map(label, NAME))  # the first label of a person without heading
_OTHER_ROLES: Final = ("mẹ", "cha", "và", "hoặc")
_ROLE: Final = re.compile(r"(?:NGUOI|BEN|THONG TIN|PHAN|VO|CHONG|CHA|ME|CON|TRE|NAM|NU)\b.*|\S+")
_LONGEST_HEADING: Final = 8
_LONGEST_REST: Final = 5  # words that a heading on its own may have more than those that are known
_SAFE_ANYWHERE: Final = 4  # words of a heading that is no accident in the middle of a line
_SAME_HEIGHT: Final = 1.6  # heights between the tops of headings side by side, of which one may have two lines
_FEWEST_CELLS: Final = 2  # that begin in the same place make a column
_HEADING_GAP: Final = 0.9  # of the line's height
_WIDER: Final = 1.3  # times the usual gap of the line
_CELL_GAP: Final = 0.5  # of the line's height
_LABEL_COLUMN: Final = 0.12  # of the page's width: left of two columns of values there is room for labels


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a section begins.

    Attributes:
        section: Which one.
        row: Index of the row.
        run: The run that it begins in.
        word: The word of the run.
        weight: Words of the heading; longer ones are surer.
    """

    section: str
    row: int
    run: Run
    word: int
    weight: int

    @property
    def box(self) -> Box:
        """Where it stands; a narrow gap may leave other words in its run."""
        return enclosing(word.box for word in self.run.words[self.word :])

    @property
    def center(self) -> float:
        """Column in the middle."""
        return self.box.left + self.box.width / 2


def regions_of(
    rows: Sequence[Row], sections: Mapping[str, tuple[str, ...]], page_width: int
) -> Mapping[str, Sequence[Sequence[Row]]]:
    """Give the rows of every section; several readings of a page are possible, the likeliest first."""
    regions: dict[str, list[Sequence[Row]]] = {ANYWHERE: [rows]}
    headings = _headings(rows, sections)
    # Who signs stands side by side as well, below; where a heading above was misread, that is not where columns begin.
    found = [each for each in (_beside(headings), _lone_column(rows, headings, tuple(sections))) if each]
    if found:
        highest = min(found, key=lambda each: min(heading.row for heading in each))
        for section, column in _columns(rows, highest, page_width).items():
            regions.setdefault(section, []).append(column)
    for section, part in _one_below_the_other(rows, headings).items():
        regions.setdefault(section, []).append(part)
    return regions


@functools.lru_cache(maxsize=64)
def _heading_labels(sections: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, list[tuple[str, Label, bool]]]:
    """Sort headings by their first word; longest first: section, heading, whether it stands alone."""
    labels = [(name, label(text.removesuffix(":")), text.endswith(":")) for name, texts in sections for text in texts]
    by_first: dict[str, list[tuple[str, Label, bool]]] = {}
    for entry in sorted(labels, key=lambda entry: -len(entry[1].tokens)):
        by_first.setdefault(entry[1].tokens[0], []).append(entry)
    return by_first


def _headings(rows: Sequence[Row], sections: Mapping[str, tuple[str, ...]]) -> list[Heading]:
    by_first = _heading_labels(tuple(sections.items()))
    return [
        heading
        for index, row in enumerate(rows)
        for place, run in enumerate(row.runs)
        for position in range(len(run.tokens))
        if (heading := _heading_at(rows, (index, place), position, by_first))
    ]


def _heading_at(
    rows: Sequence[Row], place: tuple[int, int], position: int, by_first: Mapping[str, list[tuple[str, Label, bool]]]
) -> Heading | None:
    run = rows[place[0]].runs[place[1]]
    token, word = run.tokens[position]
    whole: Run | None = None
    for first, entries in by_first.items():
        if not same(token, first):
            continue
        for section, heading, is_whole in entries:
            begins = _begins(run, heading, position, is_whole=is_whole)
            if not begins and len(heading.tokens) >= _SAFE_ANYWHERE and starts_line(run, word):
                if whole is None:
                    lines = lines_of(rows, *place)
                    whole = Run((*run.words, *lines[1].run.words)) if len(lines) > 1 else run
                begins = _begins(whole, heading, position, is_whole=is_whole)
            if begins:
                return Heading(section, place[0], run, word, 0 if heading in _NAMES else len(heading.tokens))
    return None


def _begins(run: Run, heading: Label, position: int, *, is_whole: bool) -> bool:
    end = end_of(run, heading, position)
    if end is None:
        return False
    start = run.tokens[position][1]
    begins = starts_line(run, start) or _is_behind_gap(run, start)
    if not begins and (is_whole or len(heading.tokens) < _SAFE_ANYWHERE):
        return False
    rest = run.words[end:]
    ends = run.words[end - 1].text.endswith((",", "/")) and heading not in _NAMES
    if ends or (rest and rest[0].text.lower() in _OTHER_ROLES):
        return False  # "Phần khai về cha, mẹ" is above both
    if is_whole:
        last = run.words[end - 1].text[-1]
        first = next((letter for letter in rest[0].text if letter.isalnum()), "") if rest else ""
        if len(heading.tokens) == 1 and rest and last != ":":
            return False
        if len(heading.tokens) > 1 and len(rest) <= _LONGEST_REST and all(_is_plain(word) for word in rest):
            return True
        return last in ":;.,)" or not first.islower()
    return len(heading.tokens) > 1 or not rest


def _is_behind_gap(run: Run, word: int) -> bool:
    """Say whether a cell of a table seems to begin at a word."""
    gaps = sorted(after.box.left - before.box.right for before, after in pairwise(run.words))
    gap = run.words[word].box.left - run.words[word - 1].box.right
    return gap > _HEADING_GAP * run.box.height and (len(gaps) < 3 or gap > _WIDER * gaps[len(gaps) // 2])


def _is_plain(word: Word) -> bool:
    """Say whether a word may go on in a heading: no name, no number."""
    letters = [letter for letter in word.text if letter.isalnum()]
    return bool(letters) and (letters[0].islower() or word.text.isupper()) and not any(map(str.isdigit, letters))


def _beside(headings: Sequence[Heading]) -> list[Heading]:
    """Find the first place where two sections begin beside each other."""
    for heading in headings:
        once = {heading.section: heading}
        for other in headings:
            if all(_is_beside(other.box, each.box) for each in once.values()):
                once.setdefault(other.section, other)
        if len(once) > 1:
            return sorted(once.values(), key=lambda each: each.box.left)
    return []


def _is_beside(box: Box, other: Box) -> bool:
    """Say whether two headings stand beside each other; one of them may have two lines."""
    apart = box.right <= other.left or other.right <= box.left
    return apart and abs(box.top - other.top) < _SAME_HEIGHT * max(box.height, other.height)


def _lone_column(rows: Sequence[Row], headings: Sequence[Heading], sections: Sequence[str]) -> list[Heading]:
    """Take the run beside the heading of a column for the other one when there are two: it was misread or is new."""
    if len(sections) != 2:
        return []
    for heading in headings:
        runs = rows[heading.row].runs
        others = [run for run in runs if run is not heading.run]
        if heading.word or not 2 <= len(runs) <= 3 or not all(_is_short(run) for run in runs):
            continue
        # Of three the first stands above the labels.
        other = others[-1] if len(runs) == 2 or heading.run is not runs[-1] else runs[1]
        if not _ROLE.fullmatch(other.folded) or find_name(other.text):
            continue
        section = next(section for section in sections if section != heading.section)
        both = [heading, Heading(section, heading.row, other, 0, 1)]
        return sorted(both, key=lambda each: each.box.left)
    return []


def _is_short(run: Run) -> bool:
    return len(run.tokens) <= _LONGEST_HEADING and not any(letter.isdigit() or letter == ":" for letter in run.text)


def _columns(rows: Sequence[Row], headings: Sequence[Heading], page_width: int) -> dict[str, Sequence[Row]]:
    """Cut the rows below headings side by side where their columns begin."""
    below = rows[min(heading.row for heading in headings) :]
    edges = [
        _cells_begin(below, before.center, after.center, after.box.height)
        or _stripe(below, before.center, after.box.left)
        for before, after in pairwise(headings)
    ]
    below = _until_a_whole_line(below, edges)
    left_edge = _labels_end(below, headings[0], page_width)
    bounds = [left_edge, *edges, float(page_width) * 2]
    columns: dict[str, Sequence[Row]] = {}
    for index, heading in enumerate(headings):
        column = []
        for row in below:
            cell = row.between(bounds[index], bounds[index + 1])
            names = row.between(0.0, left_edge) if left_edge else None
            runs = (*(names.runs if names else ()), *(cell.runs if cell else ()))
            if runs:
                column.append(Row(runs))
        columns[heading.section] = column
    return columns


def _labels_end(rows: Sequence[Row], heading: Heading, page_width: int) -> float:
    """Find where a column of labels left of the first column of values ends; 0 when there is none."""
    margin = min(row.box.left for row in rows)
    if heading.box.left - margin < _LABEL_COLUMN * page_width:
        return 0.0
    height = heading.box.height
    edge = _cells_begin(rows, margin + height, heading.center, height, fewest=max(_FEWEST_CELLS, len(rows) // 3))
    if edge:
        return edge
    edge = _stripe(rows[1:] or rows, margin + 1, heading.box.left)
    crossing = sum(word.box.left < edge < word.box.right for row in rows for word in row.words)
    return edge if crossing <= len(rows) // 8 else 0.0


def _cells_begin(
    rows: Sequence[Row], left: float, right: float, tolerance: int, *, fewest: int = _FEWEST_CELLS
) -> float | None:
    """Find the place between two columns of pixels where most runs begin that have another one before them."""
    lefts = [run.box.left for row in rows[1:] for run in row.runs[1:] if left < run.box.left <= right]
    if not lefts:
        return None
    best = max(lefts, key=lambda place: (sum(abs(other - place) <= tolerance for other in lefts), place))
    same_place = [other for other in lefts if abs(other - best) <= tolerance]
    return min(same_place) - tolerance / 2 if len(same_place) >= fewest else None


def _until_a_whole_line(rows: Sequence[Row], edges: Sequence[float]) -> Sequence[Row]:
    """Leave off what follows the columns: from the first print on that reaches over all edges."""
    for index, row in enumerate(rows):
        if index and all(any(_reaches_over(run, edge) for run in row.runs) for edge in edges):
            return rows[:index]
    return rows


def _reaches_over(run: Run, edge: float) -> bool:
    """Say whether print goes on over an edge without the gap of two cells."""
    if not run.box.left < edge < run.box.right - run.box.height:  # a full cell may end a little behind the edge
        return False
    return not any(
        before.box.right <= edge <= word.box.left and word.box.left - before.box.right > _CELL_GAP * run.box.height
        for before, word in pairwise(run.words)
    )


def _stripe(rows: Sequence[Row], left: float, right: float) -> float:
    """Find the column of pixels between two others that the fewest words cross: in the middle of the widest stripe."""
    if right <= left:
        return right
    crossed = [0] * (int(right - left) + 1)
    for row in rows:
        for word in row.words:
            start = max(0, int(word.box.left - left))
            end = min(len(crossed), int(word.box.right - left) + 1)
            for column in range(start, end):
                crossed[column] += 1
    fewest = min(crossed)
    best, start = (0, 0), 0
    for column, count in enumerate([*crossed, fewest + 1]):
        if count != fewest:
            if column > start and column - start >= best[1]:
                best = start, column - start
            start = column + 1
    return left + best[0] + best[1] / 2


def _one_below_the_other(rows: Sequence[Row], headings: Sequence[Heading]) -> dict[str, Sequence[Row]]:
    begun: dict[str, Heading] = {}
    for heading in _without_signatures(rows, headings):
        if heading.section not in begun or heading.weight > begun[heading.section].weight:
            begun[heading.section] = heading
    order = sorted(begun.values(), key=lambda each: (each.row, each.box.left))
    parts: dict[str, Sequence[Row]] = {}
    for index, heading in enumerate(order):
        following = order[index + 1] if index + 1 < len(order) else None
        parts[heading.section] = _cut(rows, heading, following)
    return parts


def _without_signatures(rows: Sequence[Row], headings: Sequence[Heading]) -> list[Heading]:
    """Leave off who signs below the form, where the same role stands above it, too."""
    end = max((index for index, row in enumerate(rows) if ":" in row.text), default=len(rows))
    above = {heading.section for heading in headings if heading.row <= end}
    return [heading for heading in headings if heading.row <= end or heading.section not in above]


def _cut(rows: Sequence[Row], start: Heading, end: Heading | None) -> Sequence[Row]:
    last = len(rows) if end is None else end.row + 1
    part: list[Row] = []
    for index in range(start.row, last):
        runs: list[Run] = []
        for run in rows[index].runs:
            words: tuple[Word, ...] = run.words
            if end is not None and index == end.row:
                words = () if run.box.left > end.run.box.left else words[: end.word] if run is end.run else words
            if index == start.row:
                skipped = start.word if run is start.run else 0
                words = () if run.box.left < start.run.box.left else words[skipped:]
            if words:
                runs.append(Run(words) if words != run.words else run)
        if runs:
            part.append(Row(tuple(runs)))
    return part
