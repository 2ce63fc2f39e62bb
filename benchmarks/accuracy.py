# SPDX-License-Identifier: GPL-3.0-or-later
"""Accuracy of reading made-up pages of layouts and fonts that the classifier never saw, by condition."""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from benchmarks.accuracy_tables import PageScore, Summary, tables
from benchmarks.page_accuracy import character_errors
from benchmarks.rows import Row
from demo.papers.generator import CLASSES, PageTruth, generate
from demo.papers.look import CONDITIONS
from scanning.page_image import ColorMode, PageImage
from scanning.page_reading import PageReading
from scanning.reader import PageReader, outcome
from scanning.transforms import tilt_degrees

_QUALITY: Final = 88
_PROCESSES: Final = 2
_LETTER_LIMITS: Final = {"scan-seal": 0.3, "bad-photocopy": 2.0}
_WITHOUT_SKEW: Final = frozenset({"phone"})  # a sheet in perspective has no one angle; its corners are tested instead
_FIRST_SEED: Final = 500_000


@dataclass(frozen=True, slots=True)
class Job:
    """A page to make: class, seed, condition, and whether the classifier knows its layouts and fonts."""

    paper_class: str
    seed: int
    condition: str
    seen: bool


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say which options this area has."""
    parser.add_argument("--pages", type=int, default=2, help="pages of each class and condition, 2")
    parser.add_argument("--condition", action="append", choices=sorted(CONDITIONS), help="only this one; repeatable")
    parser.add_argument("--paper-class", action="append", choices=sorted(CLASSES), help="only this one; repeatable")
    parser.add_argument("--seen", action="store_true", help="the half that the classifier was trained on")
    parser.add_argument("--write", type=Path, metavar="FILE", help="also write the tables as Markdown")


def measure(options: argparse.Namespace) -> list[Row]:
    """Measure; see the module."""
    jobs = [
        Job(paper_class, _seed(paper_class, condition, number), condition, options.seen)
        for condition in options.condition or CONDITIONS
        for paper_class in options.paper_class or CLASSES
        for number in range(options.pages)
    ]
    scores = list(scored(jobs))
    if options.write:
        options.write.write_text(tables(scores), encoding="utf-8")
    return _rows(scores)


def _seed(paper_class: str, condition: str, number: int) -> int:
    """Give each page its own typeface, seal and strength of its condition."""
    kinds = list(CONDITIONS)
    page = number * len(kinds) + kinds.index(condition)
    return _FIRST_SEED + page * len(CLASSES) + list(CLASSES).index(paper_class)


def scored(jobs: Sequence[Job]) -> Iterator[PageScore]:
    """Make pages in one process, read them in two, and compare."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as maker, PageReader(_PROCESSES) as reader:
        waiting: list[tuple[PageTruth, Future[PageReading]]] = []
        for image, truth in maker.map(_made, jobs):
            waiting.append((truth, reader.submit(image)))
            if len(waiting) > 2 * _PROCESSES:
                yield _score(*waiting.pop(0))
        for truth, reading in waiting:
            yield _score(truth, reading)


def _made(job: Job) -> tuple[PageImage, PageTruth]:
    page = generate(
        job.paper_class, job.seed, seen=job.seen, condition=CONDITIONS[job.condition](job.seed, seen=job.seen)
    )
    content = io.BytesIO()
    page.picture.save(content, "JPEG", quality=_QUALITY, dpi=(page.dpi, page.dpi))
    return PageImage(content.getvalue(), *page.picture.size, page.dpi, ColorMode.COLOR), replace(
        page.truth, fields=dict(page.truth.fields)
    )


def _score(truth: PageTruth, future: Future[PageReading]) -> PageScore:
    reading = outcome(future)
    # What a pen filled in is no print, and what was made of it cannot be told from made-up letters.
    wrong, letters = (0, 0) if truth.hand_text else character_errors(truth.text, reading.text.text)
    return PageScore(truth, letters, wrong, reading, _skew_error(truth, reading))


def _skew_error(truth: PageTruth, reading: PageReading) -> float | None:
    if not truth.has_print or reading.fault or truth.condition in _WITHOUT_SKEW:
        return None
    return abs((tilt_degrees(reading.transforms) - truth.skew_degrees + 45.0) % 90.0 - 45.0)


def _rows(scores: Sequence[PageScore]) -> list[Row]:
    whole = Summary.of(scores)
    rows = [
        Row.limit("class_wrong", 100 - whole.class_right, 3, "% of the pages"),
        Row.limit("class_confident_and_wrong", whole.confident_and_wrong, 1, "% of the pages"),
        Row.limit("numbers_and_dates_wrong", 100 - whole.exact_fields, 3, "% of the fields"),
        Row.limit("skew_error", whole.skew_error, 0.2, "degrees, p95"),
        Row.limit("called_blank", whole.called_blank, 1, "pages with print or handwriting"),
    ]
    for condition, limit in _LETTER_LIMITS.items():
        chosen = [score for score in scores if score.truth.condition == condition]
        if chosen:
            rows.append(Row.limit(f"letters_wrong_{condition}", Summary.of(chosen).letters_wrong, limit, "%"))
    return rows
