# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the model that tells classes apart: ``python -m demo.papers.training --out FILE``.

Softmax regression by Adagrad in double precision; only the rounded weights are kept, so the same sources give the same
bytes. The temperature is found on layouts that the model was not trained on: the seen half is parted in two, each part
is read by a model trained on the other. The unseen half of the generator is never touched here.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from demo.papers.misreading import HEAVY, LIGHT, USUAL, laid_out, misread
from demo.papers.training_texts import LEARNT, Sample, drafts, generated
from scanning.classify.classifier import combined
from scanning.classify.features import BODY_BUCKETS, BUCKETS, Features, features_of, heading_lines, pieces_of
from scanning.classify.linear_model import LinearModel, quantised, softmax, to_bytes
from scanning.classify.paper_class import PaperClass
from scanning.classify.rules import NAMING_GROUNDS, Finding, Ground, by_rules
from scanning.folding import fold
from scanning.ocr.text import PageText

_PAGES_A_CLASS: Final = 48
_PAGES_OF: Final = {PaperClass.OTHER: 130}
_DRAFTS_A_CLASS: Final = 48
_DRAFTS_OF: Final = {PaperClass.OTHER: 500, PaperClass.UNKNOWN: 400}
_DAMAGES: Final = (LIGHT, USUAL, HEAVY)
_BATCH: Final = 64
_EPOCHS: Final = 8
_RATE: Final = 0.5
_SHRINK: Final = 1e-6
_TEMPERATURES: Final = tuple(round(0.5 + 0.05 * step, 2) for step in range(40))
_FIRMNESSES: Final = tuple(0.5 * step for step in range(19))
_CALIBRATION_ROUNDS: Final = 3
# Every third read is enough, and falls on each of the four ways to read a page in turn.
_OF_HELD_OUT: Final = 3
# A piece is the form's own when nearly all pages of a layout have it; the most frequent family name is on four of ten.
_OWN_SHARE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Lesson:
    """A page, read and taken to pieces."""

    sample: Sample
    text: PageText
    features: Features
    target: int


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What is said about a page by a model that never saw its layout, and by the rules."""

    scores: NDArray[np.float64]
    finding: Finding
    target: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and write the model."""
    parser = argparse.ArgumentParser(prog="python -m demo.papers.training", description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    blob = to_bytes(train(sys.stdout.write))
    options.out.write_bytes(blob)
    sys.stdout.write(f"{options.out}: {len(blob)} bytes\n")
    return 0


def train(tell: Callable[[str], object], pages_a_class: int = _PAGES_A_CLASS) -> LinearModel:
    """Make the model.

    Args:
        tell: Takes lines about what was measured.
        pages_a_class: How many generated pages of each class to learn from.
    """
    samples = collect(pages_a_class)
    lessons = learn_from(samples)
    tell(f"{len(samples)} pages, {len(lessons)} reads\n")
    held_out = [each for part in (0, 1) for each in _held_out(lessons, part)]
    temperature, grounds = _calibrated(held_out)
    firmness = ", ".join(f"{ground.value} {value:.1f}" for ground, value in grounds.items())
    tell(f"{len(held_out)} held out: temperature {temperature:.2f}, {firmness}\n")
    weights, biases = fit(lessons)
    return quantised(LEARNT, weights, biases, temperature, grounds, _vocabulary(samples))


def collect(pages_a_class: int) -> list[Sample]:
    """Gather the texts."""
    samples: list[Sample] = []
    for paper_class in LEARNT:
        share = pages_a_class / _PAGES_A_CLASS
        samples += generated(paper_class, round(_PAGES_OF.get(paper_class, _PAGES_A_CLASS) * share))
        samples += drafts(paper_class, round(_DRAFTS_OF.get(paper_class, _DRAFTS_A_CLASS) * share))
    return samples


def learn_from(samples: Iterable[Sample]) -> list[Lesson]:
    """Read every page clean and badly."""
    lessons = []
    for number, sample in enumerate(samples):
        chance = random.Random(f"misread {number}")
        texts = [laid_out(sample.text.splitlines())]
        texts += [misread(sample.text, damage, chance) for damage in (_DAMAGES if sample.layout else _DAMAGES[1:])]
        target = LEARNT.index(sample.paper_class)
        lessons += [Lesson(sample, text, features_of(text), target) for text in texts if text.lines]
    return lessons


def fit(lessons: Sequence[Lesson], epochs: int = _EPOCHS) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find weights and biases."""
    weights, biases = np.zeros((BUCKETS, len(LEARNT))), np.zeros(len(LEARNT))
    squares, bias_squares = np.full_like(weights, 1e-6), np.full_like(biases, 1e-6)
    importance = _importance(lessons)
    order = list(range(len(lessons)))
    shuffle = random.Random("order of the lessons")
    for epoch in range(epochs):
        shuffle.shuffle(order)
        rate = _RATE / (1 + epoch)
        for start in range(0, len(order), _BATCH):
            batch = [lessons[index] for index in order[start : start + _BATCH]]
            pages, touched = _side_by_side(batch)
            targets = [lesson.target for lesson in batch]
            error = softmax(pages @ weights[touched] + biases)
            error[np.arange(len(batch)), targets] -= 1.0
            error *= importance[targets, None] / len(batch)
            slope = pages.T @ error + _SHRINK * weights[touched]
            squares[touched] += slope * slope
            weights[touched] -= rate * slope / np.sqrt(squares[touched])
            bias_slope = error.sum(axis=0)
            bias_squares += bias_slope * bias_slope
            biases -= rate * bias_slope / np.sqrt(bias_squares)
    return weights.T.copy(), biases


def _side_by_side(batch: Sequence[Lesson]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Give the weights of some pages, one a row, and which buckets the columns are."""
    touched, columns = np.unique(np.concatenate([lesson.features.buckets for lesson in batch]), return_inverse=True)
    rows = np.repeat(np.arange(len(batch)), [len(lesson.features.buckets) for lesson in batch])
    pages = np.zeros((len(batch), len(touched)))
    pages[rows, columns] = np.concatenate([lesson.features.weights for lesson in batch])
    return pages, touched


def _importance(lessons: Sequence[Lesson]) -> NDArray[np.float64]:
    """Let every class weigh the same, whatever number of pages there is of it."""
    counts = np.bincount([lesson.target for lesson in lessons], minlength=len(LEARNT))
    return np.asarray(len(lessons) / np.count_nonzero(counts) / np.maximum(counts, 1))


def _held_out(lessons: Sequence[Lesson], part: int) -> Iterator[HeldOut]:
    """Score the pages of one part of the layouts by a model trained without them."""
    layouts: dict[tuple[int, str], int] = {}
    for lesson in lessons:
        key = lesson.target, lesson.sample.layout
        if lesson.sample.layout and key not in layouts:
            layouts[key] = sum(target == lesson.target for target, _ in layouts) % 2
    inside = [layouts.get((lesson.target, lesson.sample.layout)) == part for lesson in lessons]
    weights, biases = fit([lesson for lesson, held in zip(lessons, inside, strict=True) if not held])
    for number, (lesson, held) in enumerate(zip(lessons, inside, strict=True)):
        if held and number % _OF_HELD_OUT == 0:
            scores = weights[:, lesson.features.buckets] @ lesson.features.weights + biases
            yield HeldOut(scores, by_rules(lesson.text), lesson.target)


def _calibrated(held_out: Sequence[HeldOut]) -> tuple[float, dict[Ground, float]]:
    """Find the temperature, and how much the grounds of the rules count, that make the truth likeliest."""
    targets = [each.target for each in held_out]
    rows = np.arange(len(targets))
    scores = np.array([each.scores for each in held_out])

    def loss(temperature: float, grounds: Mapping[Ground, float]) -> float:
        shares = [
            combined(probabilities, each.finding, LEARNT, grounds)
            for probabilities, each in zip(softmax(scores / temperature), held_out, strict=True)
        ]
        return float(-np.log(np.array(shares)[rows, targets]).mean())

    temperature, grounds = 1.0, dict.fromkeys(NAMING_GROUNDS, 4.0)
    for _ in range(_CALIBRATION_ROUNDS):
        for ground in NAMING_GROUNDS:
            grounds[ground] = min(_FIRMNESSES, key=lambda value: loss(temperature, {**grounds, ground: value}))
        temperature = min(_TEMPERATURES, key=lambda value: loss(value, grounds))
    return temperature, grounds


def _vocabulary(samples: Sequence[Sample]) -> NDArray[np.bool_]:
    """Find the pieces that forms print: those that nearly all pages of a layout have."""
    seen: dict[tuple[PaperClass, str], Counter[int]] = {}
    pages: Counter[tuple[PaperClass, str]] = Counter()
    for sample in samples:
        if sample.layout:
            key = sample.paper_class, sample.layout
            text = laid_out(sample.text.splitlines())
            headings = pieces_of(heading_lines(text), BUCKETS - BODY_BUCKETS) + BODY_BUCKETS
            body = pieces_of([fold(line.text) for line in text.lines], BODY_BUCKETS)
            seen.setdefault(key, Counter()).update([*body.tolist(), *headings.tolist()])
            pages[key] += 1
    known = np.zeros(BUCKETS, bool)
    for key, counts in seen.items():
        known[[bucket for bucket, count in counts.items() if count >= _OWN_SHARE * pages[key]]] = True
    return known


if __name__ == "__main__":
    raise SystemExit(main())
