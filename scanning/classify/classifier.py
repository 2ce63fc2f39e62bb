# SPDX-License-Identifier: GPL-3.0-or-later
"""Says what kind of paper a page is: rules and model each bear witness, and the surer of all classes is named or none.

The model gives each class a probability. What the rules find multiplies the probability of the class that they name, by
how much was measured in training on layouts that the model had not seen. So an exact title wins, a damaged one needs no
contradiction, and where the two disagree the confidence falls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scanning.classify.corrections import Corrections
from scanning.classify.features import features_of
from scanning.classify.guess import ClassGuess, Evidence
from scanning.classify.handwriting import UNRESTED, unrest
from scanning.classify.linear_model import LinearModel, shipped_model
from scanning.classify.page_facts import NO_FACTS, PageFacts
from scanning.classify.paper_class import PaperClass
from scanning.classify.rules import Finding, Ground, by_rules, by_title
from scanning.ocr.text import PageText

# How much of what speaks for a class speaks for its next of kin: a copy whose mark was misread, a card whose other side
# was.
_RELATIVES: Final = {
    PaperClass.BIRTH_CERTIFICATE: {PaperClass.BIRTH_CERTIFICATE_COPY: 0.8},
    PaperClass.IDENTITY_CARD: {PaperClass.IDENTITY_CARD_FRONT: 0.6, PaperClass.IDENTITY_CARD_BACK: 0.6},
    PaperClass.IDENTITY_CARD_FRONT: {PaperClass.IDENTITY_CARD: 0.6, PaperClass.IDENTITY_CARD_BACK: 0.6},
    PaperClass.IDENTITY_CARD_BACK: {PaperClass.IDENTITY_CARD: 0.6, PaperClass.IDENTITY_CARD_FRONT: 0.6},
}
# No page makes the model surer than this of anything, so that its silence can be outvoted.
_SUREST: Final = 0.97
_LEAST_CONFIDENCE: Final = 0.5
_MOST_CONFIDENCE: Final = 0.995
_GLANCE_CONFIDENCE: Final = {Ground.EXACT_TITLE: 0.97, Ground.DAMAGED_TITLE: 0.9, Ground.FOREIGN_TITLE: 0.8}
_EVIDENCE: Final = {
    Ground.EXACT_TITLE: Evidence.TITLE,
    Ground.DAMAGED_TITLE: Evidence.DAMAGED_TITLE,
    Ground.CARD_SIDE: Evidence.PHRASES,
    Ground.FOREIGN_TITLE: Evidence.TITLE,
    Ground.PHRASES: Evidence.PHRASES,
}
# A photograph has hardly a word on it; the grain of a large one is read as some more letters. A portrait of 3 x 4 cm
# takes 0.02 of a page.
_LEAST_PICTURE: Final = 0.01
_PHOTO_LETTERS: Final = 25
_LARGE_PICTURE: Final = 0.2
_LETTERS_OF_GRAIN: Final = 120
# Written by hand: hardly a word that the engine believes itself (print reaches 80 and more, a form filled in by hand 70
# for its print alone), or most of the ink from a blue pen (forms filled in by hand 0.36 at most), or no line at rest.
_FEWEST_INK: Final = 0.002
_SURE_WORD: Final = 75.0
_FEWEST_LETTERS: Final = 30
_SURE_LETTERS_OF_A_FORM: Final = 80
_PEN_SHARE: Final = 0.45
_SURE_OF_A_FORM: Final = 0.8
_HAND_CONFIDENCE: Final = 0.75
_PHOTO_CONFIDENCE: Final = 0.9
_NOT_A_FORM: Final = frozenset((PaperClass.OTHER, PaperClass.UNKNOWN))


def classify(
    text: PageText,
    facts: PageFacts = NO_FACTS,
    corrections: Corrections | None = None,
    model: LinearModel | None = None,
) -> ClassGuess:
    """Guess the class of a page.

    Args:
        text: What was read on it.
        facts: What its picture shows.
        corrections: What the clerks of the place taught.
        model: Another model than the shipped one.

    Raises:
        ScanningError: ``model-damaged``.
    """
    finding = by_rules(text, has_card_code=facts.has_card_code)
    if finding.ground is Ground.NOTHING and _is_photo(text, facts):
        return ClassGuess(PaperClass.PHOTO, _PHOTO_CONFIDENCE, Evidence.LOOK)
    known = model or shipped_model()
    features = features_of(text)
    shares = combined(known.probabilities(features), finding, known.classes, known.grounds)
    if corrections is not None:
        shares = corrections.applied(text, shares, known)
    best = int(np.argmax(shares))
    confidence = min(float(shares[best]), _MOST_CONFIDENCE)
    paper_class = known.classes[best]
    is_form = paper_class not in _NOT_A_FORM and (finding.paper_class is paper_class or confidence >= _SURE_OF_A_FORM)
    if not is_form and _is_written_by_hand(text, facts):
        return ClassGuess(PaperClass.HANDWRITTEN_SHEET, _HAND_CONFIDENCE, Evidence.LOOK, finding.has_title)
    if confidence < _LEAST_CONFIDENCE or paper_class is PaperClass.UNKNOWN:
        evidence = Evidence.TITLE if finding.has_title else Evidence.NONE
        return ClassGuess(PaperClass.UNKNOWN, 0.0, evidence, finding.has_title)
    named = paper_class is finding.paper_class and finding.ground in _EVIDENCE
    evidence = _EVIDENCE[finding.ground] if named else Evidence.MODEL
    return ClassGuess(paper_class, round(confidence, 3), evidence, finding.has_title)


def classify_title(text: PageText) -> ClassGuess:
    """Guess the class by headings alone, for a glance at the upper part of a page."""
    finding = by_title(text)
    if finding.ground not in _GLANCE_CONFIDENCE:
        evidence = Evidence.TITLE if finding.has_title else Evidence.NONE
        return ClassGuess(PaperClass.UNKNOWN, 0.0, evidence, finding.has_title)
    confidence = _GLANCE_CONFIDENCE[finding.ground] * (0.9 + 0.1 * finding.strength)
    return ClassGuess(finding.paper_class, round(confidence, 3), _EVIDENCE[finding.ground], finding.has_title)


def combined(
    probabilities: NDArray[np.float64],
    finding: Finding,
    classes: Sequence[PaperClass],
    grounds: Mapping[Ground, float],
) -> NDArray[np.float64]:
    """Weigh the model's probabilities by what the rules found.

    Args:
        probabilities: One a class.
        finding: What the rules say.
        classes: Of the model.
        grounds: See ``LinearModel``.
    """
    shares = _SUREST * probabilities + (1 - _SUREST) / len(classes)
    if finding.ground in grounds and finding.paper_class in classes:
        firmness = grounds[finding.ground] * finding.strength
        for paper_class, part in {finding.paper_class: 1.0, **_RELATIVES.get(finding.paper_class, {})}.items():
            shares[classes.index(paper_class)] *= np.exp(part * firmness)
    return np.asarray(shares / shares.sum())


def _is_photo(text: PageText, facts: PageFacts) -> bool:
    letters = sum(len(word.text) for word in text.words)
    if facts.picture_share >= _LARGE_PICTURE:
        return letters <= _LETTERS_OF_GRAIN and _sure_letters(text) <= _PHOTO_LETTERS
    return facts.picture_share >= _LEAST_PICTURE and letters <= _PHOTO_LETTERS


def _is_written_by_hand(text: PageText, facts: PageFacts) -> bool:
    if facts.ink_coverage < _FEWEST_INK:
        return False
    letters, sure = sum(len(word.text) for word in text.words), _sure_letters(text)
    unsure = letters >= _FEWEST_LETTERS and sure < min(letters / 2, _SURE_LETTERS_OF_A_FORM)
    return unsure or facts.pen_share >= _PEN_SHARE or unrest(text) >= UNRESTED


def _sure_letters(text: PageText) -> int:
    return sum(len(word.text) for word in text.words if word.confidence >= _SURE_WORD)
