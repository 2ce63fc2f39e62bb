# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of duties agrees with the code, the tests and the rooms that it names."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

NUMBER_OF_DUTIES = 60
MOST_WITHOUT_A_RULE = 5
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Duty:
    """One row of the table."""

    number: int
    words: str
    lives_in: tuple[str, ...]
    shown_by: tuple[str, ...]
    waits_for: str


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "duties.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def duties(page: str) -> list[Duty]:
    lines = re.findall(r"^\| [0-9]+ \|.*$", page, re.MULTILINE)
    return [
        Duty(
            int(number),
            words,
            tuple(re.findall(r"\]\(\.\./([^)]+)\)", code)),
            tuple(re.findall(r"`([^`]+)`", tests)),
            waits,
        )
        for number, words, code, tests, waits in (
            [cell.strip() for cell in line.strip("|").split("|")] for line in lines
        )
    ]


@pytest.fixture(scope="module")
def rooms(root: Path) -> frozenset[str]:
    """Rooms of the architecture page, those that are planned too."""
    text = (root / "docs" / "architecture.md").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^\| `([a-z_/]+)/` \|", text, re.MULTILINE)) | {"installer"}


def test_every_duty_is_there_once_and_in_order(duties: list[Duty]) -> None:
    assert [duty.number for duty in duties] == list(range(1, NUMBER_OF_DUTIES + 1))
    assert all(duty.words for duty in duties)
    assert len({duty.words for duty in duties}) == NUMBER_OF_DUTIES


def test_every_place_in_the_code_is_there_and_shown_as_linked(duties: list[Duty], page: str, root: Path) -> None:
    assert [path for duty in duties for path in duty.lives_in if not (root / path).is_file()] == []
    assert [(shown, path) for shown, path in re.findall(r"\[`([^`]+)`\]\(\.\./([^)]+)\)", page) if shown != path] == []


def test_at_most_five_duties_have_neither_rule_nor_record(duties: list[Duty]) -> None:
    assert sum(not duty.lives_in for duty in duties) <= MOST_WITHOUT_A_RULE


def test_every_duty_with_a_rule_is_shown_by_a_test_that_is_there(duties: list[Duty], root: Path) -> None:
    assert [duty.number for duty in duties if duty.lives_in and not duty.shown_by] == []
    named = {test for duty in duties for test in duty.shown_by}
    there = {
        f"{file}::{node.name}"
        for file in {test.partition("::")[0] for test in named}
        if (root / file).is_file()
        for node in ast.parse((root / file).read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    assert named - there == set()


def test_a_duty_waits_for_nothing_or_for_a_room(duties: list[Duty], rooms: frozenset[str]) -> None:
    assert len(rooms) > 10
    for duty in duties:
        if duty.waits_for != NOTHING:
            named = [name for name in re.findall(r"`([^`]+)`", duty.waits_for) if not name.startswith("./")]
            assert named, duty.number
            assert set(named) <= rooms, duty.number


def test_what_no_use_case_reaches_is_not_called_complete(duties: list[Duty]) -> None:
    for duty in duties:
        if all(path.startswith("casework/") for path in duty.lives_in):
            assert duty.waits_for != NOTHING, duty.number


def test_the_counts_agree_with_the_table(duties: list[Duty], page: str) -> None:
    counts = re.search(
        r"^Complete: (\d+)\. Waiting for a room: (\d+)\. Without rule or record: (\d+)\.$",
        page,
        re.MULTILINE,
    )
    assert counts is not None
    without = [duty for duty in duties if not duty.lives_in]
    complete = [duty for duty in duties if duty.waits_for == NOTHING]
    assert [int(count) for count in counts.groups()] == [
        len(complete),
        NUMBER_OF_DUTIES - len(complete) - len(without),
        len(without),
    ]
