# SPDX-License-Identifier: GPL-3.0-or-later
"""What satisfies a demand: classes of scanned paper, and kinds of result that an office has issued before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from casework.packs import wording
from casework.records.paper import PaperClass
from casework.text import fold

_ORIGINAL_ITSELF: Final = re.compile(r"^ban (?:goc|chinh)\b(?!.*\bban sao\b)|\(ban goc\)|\bnop lai\b")
"""Folded words of a demand for the very original, which is handed back or changed; no earlier scan can stand for it."""


@dataclass(frozen=True, slots=True)
class PaperClassRule:
    """Which demands a class of scanned paper satisfies; patterns are regular expressions over folded text."""

    paper_class: PaperClass
    head: re.Pattern[str]
    fields: frozenset[str]

    def matches(self, head: str, field: str) -> bool:
        """Whether the rule speaks about a demand with this head in this field of administration."""
        return (not self.fields or field in self.fields) and self.head.search(fold(head)) is not None


@dataclass(frozen=True, slots=True)
class ResultRule:
    """Which demands a kind of result satisfies (mapi ``MA_KQ_THAYTHE``).

    Attributes:
        results: Codes of the kinds of result, e.g. ``KQ.G15.000031``.
        head: Regular expression over the folded head of a demand, or of one of its options.
        not_in: Regular expression over the folded name of demands that the rule must not touch, or None.
        codes: Codes of the procedures it is confined to; empty means all.
    """

    results: tuple[str, ...]
    head: re.Pattern[str]
    not_in: re.Pattern[str] | None
    codes: frozenset[str]

    def matches(self, heads: Sequence[str], name: str, code: str) -> bool:
        """Whether a result of these kinds satisfies a demand of a procedure with these heads and this full name."""
        if self.codes and code not in self.codes:
            return False
        folded = wording.unnumbered(fold(name))
        if _ORIGINAL_ITSELF.search(folded) or (self.not_in is not None and self.not_in.search(folded)):
            return False
        return any(self.head.search(fold(head)) for head in heads)


def read_paper_class_rules(rules: Sequence[Mapping[str, object]]) -> tuple[PaperClassRule, ...]:
    """Read ``paper_classes.json``: a list of ``{"class", "head", "fields"?}``."""
    return tuple(
        PaperClassRule(PaperClass(str(rule["class"])), re.compile(str(rule["head"])), _strings(rule, "fields"))
        for rule in rules
    )


def read_result_rules(rules: Sequence[Mapping[str, object]]) -> tuple[ResultRule, ...]:
    """Read ``result_rules.json``: a list of ``{"results", "head", "not_in"?, "codes"?, "reason"}``."""
    read = []
    for rule in rules:
        results = rule["results"]
        assert isinstance(results, list)  # noqa: S101 – our own file, checked at compile time
        not_in = re.compile(str(rule["not_in"])) if "not_in" in rule else None
        read.append(ResultRule(tuple(results), re.compile(str(rule["head"])), not_in, _strings(rule, "codes")))
    return tuple(read)


def _strings(rule: Mapping[str, object], key: str) -> frozenset[str]:
    strings = rule.get(key, [])
    assert isinstance(strings, list)  # noqa: S101 – our own file, checked at compile time
    return frozenset(strings)
