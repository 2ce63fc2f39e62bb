# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import itertools

from casework.figures.mobile_report import mobile_report
from casework.figures.share import Share
from casework.records.mobile_session import MobileSession, SessionEntry, SessionOutcome
from casework.work_calendar import VIET_NAM

OUTCOME = SessionOutcome
MORNING = dt.datetime(2026, 11, 2, 8, 0, tzinfo=VIET_NAM)


def session(number: int) -> MobileSession:
    start = MORNING + dt.timedelta(days=number)
    return MobileSession(
        f"s{number}", f"Khu phố {number}", start.date(), "laptop", "H56.14", 3, "2026-11-22", frozenset({"lan"}), start
    )


def entry(session_id: str, number: int, outcome: SessionOutcome) -> SessionEntry:
    return SessionEntry(session_id, f"{session_id}-{number}", f"code {session_id} {number}", MORNING, outcome)


def test_eight_sessions_with_612_dossiers_of_which_594_were_settled_on_the_spot() -> None:
    received = [80, 75, 70, 78, 82, 77, 76, 74]
    appointed = [2, 3, 1, 4, 0, 5, 1, 2]
    assert (sum(received), sum(appointed)) == (612, 18)
    sessions = [session(number) for number in range(8)]
    entries = [
        entry(f"s{day}", number, OUTCOME.APPOINTED if number < appointed[day] else OUTCOME.ON_THE_SPOT)
        for day in range(8)
        for number in range(received[day])
    ]
    report = mobile_report(sessions[::-1], entries[::-1])
    assert report.on_the_spot == Share(594, 612)
    assert report.on_the_spot.in_words() == "97,06 %"
    assert (report.appointed, report.supplement_asked, report.refused) == (18, 0, 0)
    assert [line.session for line in report.lines] == sessions
    assert [(line.on_the_spot, line.appointed) for line in report.lines] == [
        (Share(count - later, count), later) for count, later in zip(received, appointed, strict=True)
    ]


def test_what_was_refused_was_not_received_and_what_lacks_papers_was() -> None:
    entries = [entry("s0", number, outcome) for number, outcome in enumerate([*OUTCOME, OUTCOME.ON_THE_SPOT])]
    report = mobile_report([session(0)], [*entries, entry("other", 1, OUTCOME.ON_THE_SPOT)])
    assert report.on_the_spot == Share(2, 4)
    assert (report.appointed, report.supplement_asked, report.refused) == (1, 1, 1)


def test_a_dossier_counts_once_as_far_as_it_got() -> None:
    for entries in itertools.permutations([entry("s0", 1, outcome) for outcome in OUTCOME]):
        assert mobile_report([session(0)], entries).on_the_spot == Share(1, 1)
    for pair in itertools.permutations([entry("s0", 1, OUTCOME.SUPPLEMENT_ASKED), entry("s0", 1, OUTCOME.APPOINTED)]):
        assert mobile_report([session(0)], pair).appointed == 1


def test_a_session_to_which_nobody_came_is_reported_too() -> None:
    report = mobile_report([session(0)], [])
    assert [line.session for line in report.lines] == [session(0)]
    assert report.on_the_spot.in_words() == "–"
