# SPDX-License-Identifier: GPL-3.0-or-later
"""How well classes are told on layouts that nothing was trained on: ``python -m demo.papers.class_accuracy``.

The pages are misread by simulation, three times each. The picture is left out: what only a look tells is not judged.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from demo.papers.misreading import HEAVY, LIGHT, USUAL, Damage, misread
from demo.papers.training_texts import LEARNT, generated
from scanning.classify.classifier import classify
from scanning.classify.guess import ClassGuess
from scanning.classify.paper_class import PaperClass

CONFIDENT: Final = 0.8
_BINS: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)
_DAMAGES: Final = {"light": LIGHT, "usual": USUAL, "heavy": HEAVY}


@dataclass(frozen=True, slots=True)
class Judged:
    """A guess beside the truth.

    Attributes:
        truth: What the page is.
        layout: Its layout.
        guess: What it was taken for.
    """

    truth: PaperClass
    layout: str
    guess: ClassGuess

    @property
    def is_right(self) -> bool:
        """Whether the class was named."""
        return self.guess.paper_class is self.truth

    @property
    def is_confidently_wrong(self) -> bool:
        """Whether another class was named as if it were certain."""
        return not self.is_right and self.guess.confidence >= CONFIDENT


def simulated(pages_a_class: int, damage: Damage, *, seen: bool = False) -> Iterator[Judged]:
    """Judge pages of one half of the layouts, misread in one way."""
    for paper_class in LEARNT:
        if paper_class is PaperClass.UNKNOWN:
            continue
        for number, sample in enumerate(generated(paper_class, pages_a_class, seen=seen, start=10_000)):
            text = misread(sample.text, damage, random.Random(f"{paper_class.value} {number}"))
            yield Judged(paper_class, sample.layout, classify(text))


def table(judged: Iterable[Judged]) -> str:
    """Say in lines how good the guesses are, and whether a confidence is a probability."""
    pages = list(judged)
    right = sum(page.is_right for page in pages)
    unknown = sum(page.guess.paper_class is PaperClass.UNKNOWN for page in pages)
    confident = sum(page.is_confidently_wrong for page in pages)
    lines = [
        f"{len(pages)} pages: right {right / len(pages):.2%}, unknown {unknown / len(pages):.2%}, "
        f"confident and wrong {confident / len(pages):.2%}"
    ]
    for low, high in itertools.pairwise(_BINS):
        within = [page for page in pages if low <= page.guess.confidence < high and page.guess.confidence > 0]
        if within:
            mean = sum(page.guess.confidence for page in within) / len(within)
            share = sum(page.is_right for page in within) / len(within)
            lines.append(
                f"  {low:.2f} to {min(high, 1.0):.2f}: {len(within):5} pages, said {mean:.3f}, right {share:.3f}"
            )
    mistakes = Counter(
        (page.truth.value, page.layout, page.guess.paper_class.value, page.is_confidently_wrong)
        for page in pages
        if not page.is_right
    )
    for (truth, layout, named, sure), count in mistakes.most_common(25):
        lines.append(f"  {count:4} {truth} ({layout}) taken for {named}{', confidently' if sure else ''}")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m demo.papers.class_accuracy", description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=20, help="pages a class")
    parser.add_argument("--seen", action="store_true", help="the half of the layouts that may be tuned on")
    options = parser.parse_args(arguments)
    for name, damage in _DAMAGES.items():
        sys.stdout.write(f"{name}: {table(simulated(options.pages, damage, seen=options.seen))}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
