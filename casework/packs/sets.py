# SPDX-License-Identifier: GPL-3.0-or-later
"""Find what everybody hands in among the sets of a page.

Some pages ask for nothing but whole sets, one for each case, and list the declaration anew in each of them. What stands
in every set is asked of whoever comes, whichever set applies.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from casework.packs import wording
from casework.packs.papers import ReadPaper, in_order
from casework.text import fold

_NO_SET_OF_ITS_OWN: Final = re.compile(r"^--$|^truong hop uy quyen|^tuy tung truong hop|^ngoai ")
"""Folded headings of lines that come on top of a set."""
_OF_SOME: Final = re.compile(r"\bdoi voi\b|\bneu\b|\btruong hop\b")
"""Folded words of a paper that names whose it is."""


def asked_in_every_set(demands: Sequence[ReadPaper]) -> list[ReadPaper]:
    """Let the papers that stand in every set be asked of everybody.

    The first of them is asked without a case. The others are dropped when their words are the same, and are its
    alternatives when each set says something else about the paper ("của từng người"). Nothing changes on a page that
    asks something of everybody: its cases need not be all that there are.
    """
    sets = list(dict.fromkeys(demand.group for demand in demands if not _NO_SET_OF_ITS_OWN.search(demand.group)))
    if len(sets) < 2 or not all(demand.condition for demand in demands):
        return list(demands)
    found: dict[str, list[ReadPaper]] = {}
    for demand in sorted(demands, key=lambda demand: demand.line):
        has_case_of_set_only = fold(demand.condition) in demand.group and not _OF_SOME.search(fold(demand.head))
        if demand.group in sets and has_case_of_set_only and not demand.alternatives:
            found.setdefault(fold(demand.head), []).append(demand)
    asked = list(demands)
    for head, papers in found.items():
        if {paper.group for paper in papers} == set(sets):
            first, *others = papers
            name = f"in every set: {head}" if any(_words(other) != _words(first) for other in others) else ""
            asked = [
                replace(demand, condition="", is_for_delegation=False, alternatives=name)
                if demand == first
                else replace(demand, alternatives=name)
                if demand in others
                else demand
                for demand in asked
                if demand not in others or _words(demand) != _words(first)
            ]
    return in_order(asked)


def _words(demand: ReadPaper) -> str:
    return fold(wording.unnumbered(demand.name)).rstrip(" .;")
