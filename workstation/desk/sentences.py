# SPDX-License-Identifier: GPL-3.0-or-later
"""What the clerk is told when something goes wrong: what happened, and what to do now.

The table lies in ``sentences.json``: by code, by language, two sentences. ``{name}`` in a sentence is filled from the
error's details, which hold no personal data.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
from collections.abc import Mapping
from dataclasses import dataclass

from casework.errors import KnownError
from scanning.errors import ScanningError
from signing.errors import SigningError

KNOWN_ERRORS = (KnownError, ScanningError, SigningError)
"""Everything that is the world's fault; catch these, let the rest be a bug."""

UNEXPECTED = "unexpected"
"""Code of the sentence for a fault of our own, and for a code that has no sentence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the clerk reads.

    Attributes:
        code: Of the error, for the telephone call to IT.
        happened: What happened, one sentence.
        next_step: What to do now, one sentence.
    """

    code: str
    happened: str
    next_step: str


def describe(error: BaseException, language: str = "vi") -> Sentence:
    """Give the sentences for an error.

    Args:
        error: Any exception; one that is no known error is described as unexpected.
        language: ``vi`` or ``en``.
    """
    if isinstance(error, KNOWN_ERRORS):
        return sentence(error.code, error.details, language)
    return sentence(UNEXPECTED, {}, language)


def sentence(code: str, details: Mapping[str, str], language: str = "vi") -> Sentence:
    """Give the sentences for a code; a code without sentences is described as unexpected, under its own name."""
    entry = table().get(code) or table()[UNEXPECTED]
    happened, next_step = (text.format_map(_Details(details)) for text in entry[language])
    return Sentence(code, happened, next_step)


@functools.cache
def table() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Give the whole table: two sentences by language by code."""
    text = importlib.resources.files("workstation.desk").joinpath("sentences.json").read_text(encoding="utf-8")
    return {
        code: {language: (happened, next_step) for language, (happened, next_step) in languages.items()}
        for code, languages in json.loads(text).items()
    }


class _Details(dict[str, str]):
    """Details for ``format_map``; what is missing is left out of the sentence instead of breaking it."""

    def __missing__(self, key: str) -> str:
        return "…"
