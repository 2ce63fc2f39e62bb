# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from casework.codes import make_code
from casework.counter.mobile_sessions import (
    LACK_WORDS,
    Lack,
    Preparation,
    lacks,
    strangers,
)
from casework.records.certification import Delegation
from casework.records.mobile_session import MobileSession, SessionEntry, SessionOutcome
from casework.records.workplace import Clerk, Role
from casework.work_calendar import VIET_NAM

DAY = dt.date(2026, 12, 1)
BEGAN = dt.datetime(2026, 12, 1, 8, tzinfo=VIET_NAM)
SESSION = MobileSession(
    "s", "Nhà văn hóa Phù Lưu", DAY, "laptop", "H56.14", 5, "2026-11-22", frozenset({"hoa", "long"}), BEGAN
)
READY = Preparation("2026-11-22", 100, 500, frozenset({2026}), 0)
HOA = Clerk("hoa", "hoa", "Trần Thị Hoa", frozenset({Role.CLERK}))
LONG = Clerk("long", "long", "Phạm Văn Long", frozenset({Role.SIGNER}))


def an_entry(count: int, outcome: SessionOutcome = SessionOutcome.ON_THE_SPOT) -> SessionEntry:
    return SessionEntry("s", f"d{count}", make_code("H56.14", DAY, 5, count), BEGAN, outcome)


def test_a_team_that_lacks_nothing_may_leave() -> None:
    assert lacks(SESSION, [HOA, LONG], READY) == ()


@pytest.mark.parametrize(
    ("team", "change", "expected"),
    [
        ([HOA, LONG], {"newest_catalogue": "2026-12-01"}, (Lack.OLD_CATALOGUE,)),
        ([LONG], {}, (Lack.NO_RECEIVER,)),
        ([HOA], {}, (Lack.NOBODY_DECIDES,)),
        ([HOA, dataclasses.replace(LONG, clerk_id="at-home")], {}, (Lack.NOBODY_DECIDES,)),
        ([HOA, LONG], {"expected_dossiers": 101}, (Lack.NUMBERS_SHORT,)),
        ([HOA, LONG], {"announced_years": frozenset({2025})}, (Lack.HOLIDAYS_UNKNOWN,)),
        ([HOA, LONG], {"unsent_envelopes": 1}, (Lack.UNSENT_ENVELOPES,)),
        ([], {"unsent_envelopes": 1}, (Lack.NO_RECEIVER, Lack.NOBODY_DECIDES, Lack.UNSENT_ENVELOPES)),
    ],
)
def test_what_a_team_lacks_is_told_before_it_leaves(
    team: list[Clerk], change: dict[str, object], expected: tuple[Lack, ...]
) -> None:
    preparation = dataclasses.replace(READY, **change)  # type: ignore[arg-type]
    assert lacks(SESSION, team, preparation) == expected


@pytest.mark.parametrize(
    ("clerk_id", "first", "last", "expected"),
    [
        ("hoa", DAY, DAY, ()),
        ("hoa", DAY, None, ()),
        ("lan", DAY, None, (Lack.NOBODY_DECIDES,)),
        ("hoa", DAY + dt.timedelta(days=1), None, (Lack.NOBODY_DECIDES,)),
        ("hoa", dt.date(2026, 1, 1), DAY - dt.timedelta(days=1), (Lack.NOBODY_DECIDES,)),
    ],
)
def test_an_authorised_clerk_decides_on_the_spot(
    clerk_id: str, first: dt.date, last: dt.date | None, expected: tuple[Lack, ...]
) -> None:
    delegation = Delegation("d", clerk_id, "long", "1/QĐ", frozenset({"2.000815"}), first, last)
    assert lacks(SESSION, [HOA], READY, [delegation]) == expected


def test_every_lack_is_told_in_words() -> None:
    assert set(LACK_WORDS) == set(Lack)


@pytest.mark.parametrize(
    "change",
    [
        {"code": make_code("H56.14", DAY, 4, 600)},
        {"code": make_code("H56.14", DAY, 6, 1)},
        {"code": make_code("H56.15", DAY, 5, 1)},
        {"code": make_code("H56.14", DAY + dt.timedelta(days=1), 5, 1)},
        {"code": "viết tay 12"},
        {"session_id": "another"},
        {"received_at": BEGAN + dt.timedelta(hours=16)},
    ],
)
def test_a_dossier_that_is_not_of_the_session_is_not_merged_as_its_own(change: dict[str, str]) -> None:
    stranger = dataclasses.replace(an_entry(1), **change)  # type: ignore[arg-type]
    assert strangers(SESSION, [an_entry(1), stranger, an_entry(600)]) == (stranger,)
