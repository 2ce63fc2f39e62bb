# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page says about a whole procedure besides its papers: who decides, whose system, where it may be handed in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from casework.records.procedure import Channel, Level, Route, Way
from casework.text import clean, fold

LEVELS: Final = {
    "Cấp xã": Level.COMMUNE,
    "Cấp tỉnh": Level.PROVINCE,
    "Cấp bộ": Level.MINISTRY,
    "Cơ quan khác": Level.OTHER,
}

NO_CONDITIONS: Final = frozenset({"", "khong co thong tin", "khong", "khong co", "khong quy dinh"})
"""Folded words by which a page says that there are none."""

_SUBJECT_END: Final = re.compile(r",\s*(?=[A-ZĐ])(?![^()]*\))")
_ANYWHERE: Final = re.compile(r"(?:trong ca nuoc|trong pham vi cap tinh) khong phu thuoc (?:vao )?noi cu tru")
_NEEDS_VERIFICATION: Final = re.compile(r"\bphai tien hanh xac minh\b")

Page = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RouteRule:
    """Which system confirms the states of the procedures of some fields.

    Attributes:
        fields: Fields of administration.
        route: The system.
    """

    fields: frozenset[str]
    route: Route


@dataclass(frozen=True, slots=True)
class EmptyListReason:
    """Why some pages list no paper.

    Attributes:
        fields: Fields of administration whose pages list none; may be empty.
        codes: Codes of single pages; may be empty.
        reason: The reason, for the clerk.
    """

    fields: frozenset[str]
    codes: frozenset[str]
    reason: str


def read_route_rules(rules: Sequence[Mapping[str, Any]]) -> tuple[RouteRule, ...]:
    """Read ``routes.json``: a list of ``{"fields", "route", "basis"}``."""
    return tuple(RouteRule(frozenset(rule["fields"]), Route(rule["route"])) for rule in rules)


def read_empty_list_reasons(entries: Sequence[Mapping[str, Any]]) -> tuple[EmptyListReason, ...]:
    """Read ``empty_lists.json``: a list of ``{"fields"?, "codes"?, "reason"}``."""
    return tuple(
        EmptyListReason(frozenset(entry.get("fields", ())), frozenset(entry.get("codes", ())), entry["reason"])
        for entry in entries
    )


def levels(page: Page) -> tuple[Level, ...]:
    """Give who decides."""
    return tuple(LEVELS[level.strip()] for level in (page["levels"] or "").split(",") if level.strip())


def subjects(page: Page) -> tuple[str, ...]:
    """Give who may ask for it."""
    return tuple(_SUBJECT_END.split(clean(page["subjects"]))) if page["subjects"] else ()


def conditions(page: Page) -> str:
    """Give what the law asks besides papers; empty where the page says that it asks nothing."""
    words = clean(page["conditions"] or "")
    return "" if fold(words).strip(" .") in NO_CONDITIONS else words


def route(field: str, ways: Sequence[Way], rules: Sequence[RouteRule]) -> Route:
    """Give the system that confirms the states: none where there is no online way, undecided where nobody has said."""
    if ways and not any(way.channel is Channel.ONLINE for way in ways):
        return Route.OFFLINE
    return next((rule.route for rule in rules if field in rule.fields), Route.UNDECIDED)


def is_boundary_free(ways: Sequence[Way]) -> bool | None:
    """Whether a page says that it may be handed in wherever one lives; None where it says nothing."""
    return True if any(_ANYWHERE.search(fold(way.note)) for way in ways) else None


def may_come_without_appointment(ways: Sequence[Way]) -> bool | None:
    """False where a page says that the office must verify first, so that nobody leaves with a result; else None."""
    return False if any(_NEEDS_VERIFICATION.search(fold(way.note)) for way in ways) else None


def no_papers_because(code: str, field: str, entries: Sequence[EmptyListReason]) -> str:
    """Give the reason why a page without papers has none; empty where nobody has looked at it."""
    return next((entry.reason for entry in entries if code in entry.codes or field in entry.fields), "")
