# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds labels: where a form says what stands behind, below or beside; the longest label that fits wins."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from scanning.extract.rows import Row, Run, RunLine, is_filler, is_national_heading, lines_of, spelling
from scanning.folding import fold
from scanning.ocr.text import Box, Word, enclosing

_LONG_TOKEN: Final = 4  # from this length on, one misread letter is forgiven
_SAFE_ANYWHERE: Final = 3  # labels of so many words are no accident in running text
_FARTHEST_COLON: Final = 9  # words from a label that goes on to its colon
_FEW_TOKENS: Final = 2
_LONGEST_PAPER: Final = 16
_PAPER_WEIGHT: Final = 4
_MOST_KNOWN: Final = 50_000  # different words whose labels are remembered
_PAPER_WORDS: Final = frozenset(
    {
        "SO", "MA", "LOAI", "CCCD", "CMND", "CMTND", "CC", "CAN", "CUOC", "CONG", "DAN", "CHUNG", "MINH", "NHAN",
        "HO", "CHIEU", "THE", "DINH", "DANH", "CA", "GIAY", "TO", "TUY", "THAN", "PHAP", "LY", "HOAC", "VA",
        "DDCN", "HOP", "LE", "KHAC", "THAY", "SOCCCD", "SOCMND", "SOCC", "CCCL", "CCCP", "CCCO", "GCCD", "CGCD", "CCGD",
    }
)  # fmt: skip
_NOT_LAST: Final = ("HOAC", "VA", "GIAY")
_PAPER: Final = re.compile(
    r"\b(?:SOCCCD|SOCMND|SOCC|CCC[DLPO]|GCCD|CGCD|CCGD|CMND|CMTND|DDCN|CAN CUOC|CHUNG MINH|DINH DANH|HO CHIEU|"
    r"GIAY TO (?:TUY THAN|NHAN THAN|PHAP LY))\b"
)
# Without this, "Lê Văn Minh, CCCD số" would name an identity paper from "Minh" on.
_PAPER_BEGINS: Final = re.compile(
    r"(?:SO|MA SO|MA DINH|LOAI|SOCCCD|SOCMND|SOCC|CCC[DLPO]|GCCD|CGCD|CCGD|CMND|CMTND|CC|DDCN|CAN CUOC|CHUNG MINH|"
    r"DINH DANH|HO CHIEU|GIAY|THE (?:CAN|CC))\b"
)
_FOOTNOTE: Final = re.compile(r"[(\[]\d{1,2}[)\]]:?")
# Words in small letters that values begin with.
_VALUES_BEGIN: Final = frozenset(
    {
        "NAM", "NU", "THON", "XA", "PHUONG", "SO", "TO", "AP", "BAN", "BUON", "KHOM", "XOM", "KHU", "DUONG",
        "HUYEN", "QUAN", "TINH", "THANH", "THI", "LANG", "NGO", "NHA", "PHO", "NGAY", "LUC", "HOI", "ONG", "BA",
        "ANH", "CHI", "CHAU", "DOI", "KIET", "HEM", "NGACH", "TRAM", "BENH",
    }
)  # fmt: skip
_LONE_NUMBER: Final = ("SO",)
_ENUMERATOR: Final = re.compile(
    r"\W*(?:[IVX]{1,4}|[\dIl]{1,2}(?:\.[\dIl]{1,2})?|[a-hđA-HĐ])[.)/:]+|[-–—•*+]+|\(\d{1,2}\)"
)


@dataclass(frozen=True, slots=True)
class Label:
    """Words that name something.

    Attributes:
        tokens: Folded; may be empty behind a paper.
        spelled: The same words with their marks.
        behind_paper: Whether an identity paper is named before the tokens, in one of its many ways: ``CCCD/Hộ chiếu``.
        goes_on: Whether more words may follow up to a colon: ``Họ và tên người giám hộ:``.
        needs_colon: Whether it counts only with a colon.
        only_beside: Whether its value stands beside it and never below: ``Chủ hộ`` is also printed above signatures.
    """

    tokens: tuple[str, ...]
    spelled: tuple[str, ...] = ()
    behind_paper: bool = False
    goes_on: bool = False
    needs_colon: bool = False
    only_beside: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A label where it is printed; in a narrow cell or at the end of a line it may have several lines.

    Attributes:
        label: Which one.
        row: Index of the row that it begins in.
        run: Index of the run in the row.
        start: First word of it in the run.
        last_row: Index of the row that it ends in.
        last_run: Index of the run in that row.
        end: One past its last word in that run, notes in brackets included.
        box: Where it stands.
        starts_line: Whether nothing but an enumerator stands before it in its run.
        has_colon: Whether a colon ends it.
        has_unit: Whether it names square metres.
    """

    label: Label
    row: int
    run: int
    start: int
    last_row: int
    last_run: int
    end: int
    box: Box = field(repr=False)
    starts_line: bool
    has_colon: bool
    has_unit: bool


@functools.cache
def label(text: str) -> Label:
    """Make a label of how it is printed.

    Args:
        text: ``#`` at the beginning stands for an identity paper, ``…`` at the end for more words; a colon at the end
            must be printed; ``|`` says that the value stands beside it.
    """
    return Label(
        tuple(fold(text).split()),
        tuple(spelling(text)),
        behind_paper=text.startswith("#"),
        goes_on=text.endswith("…"),
        needs_colon=text.endswith(":"),
        only_beside=text.endswith("|"),
    )


class Vocabulary:
    """The labels that may stand on a page.

    Args:
        labels: All that are known for the class.
    """

    def __init__(self, labels: Iterable[Label]) -> None:
        # Behind a paper, more words are the longer label: "CCCD của chủ hộ" is not "CCCD".
        longest_first = sorted(set(labels), key=_order)
        self._behind_paper = [each for each in longest_first if each.behind_paper]
        self._by_first: dict[str, list[Label]] = {}
        for each in longest_first:
            if not each.behind_paper:
                self._by_first.setdefault(each.tokens[0], []).append(each)
        self._known: dict[str, list[Label]] = {}

    def _candidates(self, token: str) -> list[Label]:
        """Give the labels that may begin with a token, longest first."""
        if token not in self._known:
            found = [each for first, labels in self._by_first.items() if same(token, first) for each in labels]
            self._known[token] = sorted(found, key=_order)
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
                return found
        return self._known[token]

    def marks(self, rows: Sequence[Row]) -> list[Mark]:
        """Find the labels of rows, in reading order, none inside another."""
        found: list[Mark] = []
        ends: dict[tuple[int, int], int] = {}
        for row_index, row in enumerate(rows):
            for run_index in range(len(row.runs)):
                if is_national_heading(row.runs[run_index]):
                    continue
                lines = lines_of(rows, row_index, run_index)
                run = lines[0].run
                position = 0
                while position < len(run.tokens):
                    mark = None
                    if run.tokens[position][1] >= ends.get((row_index, run_index), 0):
                        mark = self._mark_at(lines, position)
                    if mark is None:
                        position += 1
                        continue
                    found.append(mark)
                    ends[mark.last_row, mark.last_run] = mark.end
                    for line in lines[1:]:
                        if line.row < mark.last_row:
                            ends[line.row, line.index] = len(line.run.words)
                    if mark.last_row != row_index or mark.last_run != run_index:
                        break
                    position = next(
                        (at for at, (_, word) in enumerate(run.tokens) if word >= mark.end), len(run.tokens)
                    )
        return found

    def _mark_at(self, lines: Sequence[RunLine], position: int) -> Mark | None:
        """Find the longest label that begins at a token of the first line; a label may go on in the lines below."""
        first = lines[0].run
        candidates = self._candidates(first.tokens[position][0])
        begins_paper = first.tokens[position][0] in _PAPER_WORDS
        if not candidates and not begins_paper:
            return None
        whole = Run(tuple(word for line in lines for word in line.run.words)) if len(lines) > 1 else first
        if begins_paper and (paper := paper_tokens(whole, position)):
            candidates = [*self._behind_paper, *candidates]
        else:
            paper = 0
        for candidate in candidates:
            for run in (first, whole) if len(lines) > 1 else (first,):
                tokens = 0
                if candidate.behind_paper:
                    tokens = paper_tokens(first, position)
                    if run is whole:
                        tokens = paper
                    elif not tokens or (paper > tokens and position + tokens == len(first.tokens)):
                        continue  # it goes on in the next line
                end = end_of(run, candidate, position, tokens)
                if run is whole and not candidate.behind_paper and not _is_exact(run, candidate, position):
                    continue  # "Ninh", and in the next line "Ngày, …", is not "Sinh ngày"
                start = run.tokens[position][1]
                if end is not None and end > start and _stands_alone(run, candidate, position, end):
                    return _mark(candidate, lines, start, end)
        return None


def _is_exact(run: Run, candidate: Label, position: int) -> bool:
    """Say whether the words of a short label are there without a wrong letter or mark."""
    if len(candidate.tokens) > _FEW_TOKENS:
        return True
    return _has_tokens(run, candidate, position) and _is_spelled(run, candidate, position, share=1.0)


def _has_tokens(run: Run, candidate: Label, position: int) -> bool:
    found = run.tokens[position : position + len(candidate.tokens)]
    return [token for token, _ in found] == list(candidate.tokens)


def _order(each: Label) -> tuple[int, bool, bool, bool, tuple[str, ...], tuple[str, ...]]:
    """Longest first; of the same length the most demanding one."""
    length = len(each.tokens) + _PAPER_WEIGHT * each.behind_paper
    return -length, each.goes_on, not each.needs_colon, not each.only_beside, each.tokens, each.spelled


def _mark(candidate: Label, lines: Sequence[RunLine], start: int, end: int) -> Mark:
    words = [word for line in lines for word in line.run.words]
    first, last, in_last = lines[0], lines[0], end
    for line in lines:
        last = line
        if in_last <= len(line.run.words):
            break
        in_last -= len(line.run.words)
    return Mark(
        label=candidate,
        row=first.row,
        run=first.index,
        start=start,
        last_row=last.row,
        last_run=last.index,
        end=in_last,
        box=enclosing(word.box for word in words[start:end]),
        starts_line=starts_line(first.run, start),
        has_colon=words[end - 1].text.endswith(":"),
        has_unit=any("m2" in word.text or "m²" in word.text for word in words[start:end]),
    )


def end_of(run: Run, candidate: Label, position: int, paper: int = 0) -> int | None:
    """Say where a label that begins at a token ends: one past its last word; ``None`` when it is not printed there.

    Args:
        run: Where it may be printed.
        candidate: The label.
        position: Its first token.
        paper: How many tokens name an identity paper there.
    """
    following = position + (paper if candidate.behind_paper else 0)
    for expected in candidate.tokens:
        if following >= len(run.tokens) or not same(run.tokens[following][0], expected):
            return None
        before, word = run.tokens[max(position, following - 1)][1], run.tokens[following][1]
        if before != word and run.words[before].text.endswith(":") and run.words[word].text[0].isupper():
            return None  # "Họ và tên: VÕ …" is not "Họ và tên vợ"
        following += 1
    last = run.tokens[following - 1][1]
    if following < len(run.tokens) and run.tokens[following][1] == last:
        return None  # the word goes on: "CCCD/Hộ" is not "CCCD"
    if candidate.goes_on:
        return _past_words(run.words, last + 1)
    return _past_notes(run.words, last + 1)


def paper_tokens(run: Run, position: int) -> int:
    """Count the tokens from here on that name an identity paper or its number; 0 for none."""
    tokens = (token for token, _ in run.tokens[position : position + _LONGEST_PAPER])
    texts = list(takewhile(_PAPER_WORDS.__contains__, tokens))
    while texts and texts[-1] in _NOT_LAST:
        texts.pop()
    named = " ".join(texts)
    return len(texts) if _PAPER.search(named) and _PAPER_BEGINS.match(named) else 0


def same(token: str, expected: str) -> bool:
    """Compare two folded words; in long ones a letter may be wrong, missing or too much."""
    if token == expected:
        return True
    if len(expected) < _LONG_TOKEN or abs(len(token) - len(expected)) > 1:
        return False
    front = 0
    while front < min(len(token), len(expected)) and token[front] == expected[front]:
        front += 1
    back = 0
    while back < min(len(token), len(expected)) - front and token[-1 - back] == expected[-1 - back]:
        back += 1
    return max(len(token), len(expected)) - front - back <= 1


def starts_line(run: Run, word: int) -> bool:
    """Say whether nothing but an enumerator stands before a word of a run."""
    return all(_ENUMERATOR.fullmatch(before.text) or is_filler(before.text) for before in run.words[:word])


def _past_notes(words: Sequence[Word], end: int) -> int:
    """Skip notes in brackets behind a label, and a lone colon: ``Họ và tên (chữ in hoa) :``, ``Nơi cư trú: (2)``."""
    if ":" in words[end - 1].text:
        return end + 1 if end < len(words) and _FOOTNOTE.fullmatch(words[end].text) else end
    position = end
    while position < len(words) and words[position].text.startswith(("(", "[")):
        closing = next(
            (index for index in range(position, len(words)) if ")" in words[index].text or "]" in words[index].text),
            None,
        )
        if closing is None:
            break
        position = closing + 1
        if words[closing].text.endswith(":"):
            return position
    if position < len(words) and words[position].text.lower() in (":", "là", "là:"):
        return position + 1  # "diện tích là 120 m²"
    return position


def _past_words(words: Sequence[Word], end: int) -> int | None:
    """Find the colon that ends a label which goes on, or the end of a cell without capitals and digits."""
    for index in range(end - 1, min(end + _FARTHEST_COLON, len(words))):
        if words[index].text.endswith(":"):
            return index + 1
    rest = words[end:]
    return len(words) if len(rest) <= _FARTHEST_COLON and all(word.text.islower() for word in rest) else None


def _stands_alone(run: Run, candidate: Label, position: int, end: int) -> bool:
    """Say whether a label is one here and not a part of a sentence or of a longer label."""
    start = run.tokens[position][1]
    if position and run.tokens[position - 1][1] == start:
        return False
    last = run.words[end - 1].text
    colon = last.endswith(":") or (last == "là" and bool(run.words[end:]))
    rest = run.words[end:]
    if candidate.needs_colon and not colon:
        return False
    if candidate.tokens == _LONE_NUMBER and not candidate.behind_paper:
        # "Số 12 đường Trần Phú" is a place.
        if not starts_line(run, start):
            return colon and any(map(str.isdigit, run.words[start - 1].text))  # "Quyển số: 12 Số: 345"
        return colon or len(rest) == 1
    if not colon and not candidate.behind_paper and not _is_spelled(run, candidate, position):
        return False
    if not (colon or not rest or last[-1] in ";.,)" or not _goes_on(rest)):
        return False
    if starts_line(run, start):
        return True
    if not colon and not candidate.behind_paper and not _has_tokens(run, candidate, position):
        return False  # "NGUYÊN XUÂN HUY" behind a label is not "Nguyên quán"
    after_stop = run.words[start - 1].text[-1] in ":;.,-–)/"
    if len(candidate.tokens) == 1 and not candidate.behind_paper:
        return after_stop and colon
    if not colon and rest and _begins_value(rest[0]) and _is_spelled(run, candidate, position, share=1.0):
        return True
    return colon or after_stop or candidate.behind_paper or len(candidate.tokens) >= _SAFE_ANYWHERE


def _begins_value(word: Word) -> bool:
    return word.text[0].isdigit() or (word.text[0].islower() and fold(word.text) in _VALUES_BEGIN)


def _is_spelled(run: Run, candidate: Label, position: int, *, share: float = 0.5) -> bool:
    """Say whether enough of the words have their marks: ``Nguyễn Quân`` is not ``Nguyên quán``."""
    if len(run.spelled) != len(run.tokens) or len(candidate.spelled) != len(candidate.tokens):
        return True
    found = run.spelled[position : position + len(candidate.spelled)]
    return sum(map(str.__eq__, found, candidate.spelled)) >= share * len(candidate.spelled)


def _goes_on(rest: Sequence[Word]) -> bool:
    """Say whether the sentence goes on behind a label, and not with a value."""
    first = next((letter for letter in rest[0].text if letter.isalnum()), "")
    return first.islower() and fold(rest[0].text) not in _VALUES_BEGIN and not _joins(rest)


def _joins(rest: Sequence[Word]) -> bool:
    """Say whether another label seems to follow: ``Họ và tên và ngày sinh``."""
    return len(rest) > 1 and rest[0].text == "và" and rest[1].text in ("ngày", "số", "năm", "giới")
