# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.late_dossiers import (
    AgencyInquiry,
    CampaignItem,
    ExplanationObjection,
    LateFacts,
    NotUpdated,
    Reminder,
    Span,
    campaign,
    is_late,
    judge_explanation,
    late_inquiries,
    not_updated,
    outages_of,
    reminders,
)
from casework.records.dossier import Dossier, DossierState, PortalState
from casework.records.late_explanation import LateCause, LateExplanation
from casework.records.procedure import Channel
from casework.records.result import Result
from casework.work_calendar import VIET_NAM

Local = Callable[[str], dt.datetime]
Against = ExplanationObjection
RECEIVED = dt.datetime(2026, 11, 20, 8, 0, tzinfo=VIET_NAM)
DUE = dt.datetime(2026, 11, 24, 17, 0, tzinfo=VIET_NAM)
FINISHED = dt.datetime(2026, 11, 26, 10, 0, tzinfo=VIET_NAM)
SECOND, HOUR = dt.timedelta(seconds=1), dt.timedelta(hours=1)

FACTS = LateFacts(RECEIVED, DUE, FINISHED)
EXPLANATION = LateExplanation(
    "e", "d", LateCause.STAFF, "Cán bộ thụ lý nghỉ ốm.", "Phân công người khác thay.", FINISHED, "c"
)


def make_dossier(
    dossier_id: str = "d", state: int = 4, due_at: dt.datetime = DUE, code: str = "H56.14-261120-0001"
) -> Dossier:
    return Dossier(
        dossier_id=dossier_id,
        code=code,
        procedure_code="1.001193",
        procedure_name="Đăng ký khai sinh",
        catalogue_version="v",
        state=DossierState(state),
        portal_state=PortalState.ACCEPTED,
        channel=Channel.COUNTER,
        applicant_id="a",
        submitter_id="a",
        received_at=RECEIVED,
        due_at=due_at,
        time_limit_text="",
        fee_amount=None,
        sets=1,
        received_by="c",
        unit_code="H56.14",
    )


@pytest.mark.parametrize(
    ("finished_at", "now", "expected"),
    [
        (None, DUE, False),
        (None, DUE + SECOND, True),
        (DUE, FINISHED, False),
        (DUE + SECOND, FINISHED, True),
        (DUE + SECOND, RECEIVED, True),
    ],
)
def test_late_is_what_comes_after_the_promised_moment(
    finished_at: dt.datetime | None, now: dt.datetime, expected: bool
) -> None:
    assert is_late(DUE, finished_at, now) is expected


# ---- explanations -------------------------------------------------------------------------------------------------

PROVEN = {
    LateCause.STAFF: (EXPLANATION, FACTS),
    LateCause.SYSTEM_OUTAGE: (
        replace(EXPLANATION, cause=LateCause.SYSTEM_OUTAGE),
        replace(FACTS, outages=(Span(DUE - HOUR, DUE),)),
    ),
    LateCause.OTHER_AGENCY: (
        replace(EXPLANATION, cause=LateCause.OTHER_AGENCY),
        replace(FACTS, inquiries=(AgencyInquiry(RECEIVED, DUE),)),
    ),
    LateCause.APPLICANT: (replace(EXPLANATION, cause=LateCause.APPLICANT, evidence_ids=("p",)), FACTS),
    LateCause.FORCE_MAJEURE: (replace(EXPLANATION, cause=LateCause.FORCE_MAJEURE, evidence_ids=("p",)), FACTS),
}


@pytest.mark.parametrize("cause", LateCause)
def test_a_proven_reason_with_a_corrective_action_explains_a_late_dossier(cause: LateCause) -> None:
    assert judge_explanation(*PROVEN[cause]).is_allowed


@pytest.mark.parametrize("cause", LateCause)
@pytest.mark.parametrize("blank", ["", "  "])
def test_every_explanation_needs_its_reason_and_its_corrective_action(cause: LateCause, blank: str) -> None:
    explanation, facts = PROVEN[cause]
    for changed, because in (
        (replace(explanation, reason=blank), Against.NO_REASON),
        (replace(explanation, corrective_action=blank), Against.NO_CORRECTIVE_ACTION),
    ):
        assert judge_explanation(changed, facts).reasons == (because,)


@pytest.mark.parametrize(
    ("cause", "because"),
    [
        (LateCause.SYSTEM_OUTAGE, Against.NO_OUTAGE_IN_THIS_TIME),
        (LateCause.OTHER_AGENCY, Against.NO_LATE_AGENCY),
        (LateCause.APPLICANT, Against.NO_EVIDENCE),
        (LateCause.FORCE_MAJEURE, Against.NO_EVIDENCE),
        (LateCause.STAFF, None),
    ],
)
def test_who_blames_somebody_else_proves_it(cause: LateCause, because: ExplanationObjection | None) -> None:
    unproven = replace(EXPLANATION, cause=cause)
    assert judge_explanation(unproven, FACTS).reasons == (() if because is None else (because,))
    blank = replace(unproven, reason="", corrective_action="")
    verdict = judge_explanation(blank, FACTS)
    assert verdict.reasons == (
        Against.NO_REASON,
        Against.NO_CORRECTIVE_ACTION,
        *(() if because is None else (because,)),
    )
    for objection in verdict.objections:
        assert re.fullmatch(r"[A-ZĐ].*\.", objection.words)
        assert re.fullmatch(r"NĐ 61/2018/NĐ-CP .*\)", objection.legal_basis)
    assert [bool(objection.instead) for objection in verdict.objections] == [False, False, True][: len(verdict.reasons)]


@pytest.mark.parametrize("cause", [LateCause.SYSTEM_OUTAGE, LateCause.OTHER_AGENCY])
def test_a_picture_does_not_stand_in_for_the_log(cause: LateCause) -> None:
    verdict = judge_explanation(replace(EXPLANATION, cause=cause, evidence_ids=("p",)), FACTS)
    assert not verdict.is_allowed


@pytest.mark.parametrize(
    ("start", "end", "overlaps"),
    [
        (RECEIVED - HOUR, RECEIVED, False),
        (RECEIVED - HOUR, RECEIVED + SECOND, True),
        (RECEIVED - HOUR, None, True),
        (RECEIVED + HOUR, RECEIVED + 2 * HOUR, True),
        (RECEIVED + HOUR, RECEIVED + HOUR, False),
        (RECEIVED + HOUR, RECEIVED, False),
        (FINISHED - SECOND, FINISHED + HOUR, True),
        (FINISHED - SECOND, None, True),
        (FINISHED, FINISHED + HOUR, False),
        (FINISHED, None, False),
        (DUE + HOUR, DUE + 2 * HOUR, True),
        (RECEIVED - 2 * HOUR, FINISHED + HOUR, True),
    ],
)
def test_an_outage_counts_when_it_overlaps_the_work(
    start: dt.datetime, end: dt.datetime | None, overlaps: bool
) -> None:
    outage = Span(start, end)
    assert outages_of(replace(FACTS, outages=(outage,))) == ((outage,) if overlaps else ())


def test_the_work_on_an_unfinished_dossier_ends_for_this_at_the_due_date() -> None:
    before, after = Span(DUE - SECOND), Span(DUE, FINISHED)
    unfinished = replace(FACTS, finished_at=None, outages=(after, before))
    assert outages_of(unfinished) == (before,)
    assert outages_of(replace(unfinished, finished_at=FINISHED)) == (after, before)


def test_one_outage_among_many_is_enough() -> None:
    outages = (Span(RECEIVED - 2 * HOUR, RECEIVED - HOUR), Span(DUE, DUE + HOUR), Span(FINISHED + HOUR))
    assert outages_of(replace(FACTS, outages=outages)) == outages[1:2]


@settings(max_examples=80)
@given(st.integers(-200, 200), st.integers(0, 200))
def test_an_outage_overlaps_exactly_when_some_second_lies_in_both(start: int, length: int) -> None:
    received, finished = RECEIVED, RECEIVED + 50 * SECOND
    outage = Span(received + start * SECOND, received + (start + length) * SECOND)
    shared = set(range(start, start + length)) & set(range(50))
    assert bool(outages_of(LateFacts(received, received, finished, (outage,)))) == bool(shared)


@pytest.mark.parametrize(
    ("asked_at", "answer_by", "answered_at", "is_late_agency"),
    [
        (RECEIVED, DUE, None, True),
        (RECEIVED, DUE, DUE, False),
        (RECEIVED, DUE, DUE + SECOND, True),
        (RECEIVED - SECOND, DUE, None, False),
        (DUE, DUE + HOUR, DUE + 2 * HOUR, True),
        (DUE + SECOND, DUE + HOUR, DUE + 2 * HOUR, False),
        (RECEIVED, FINISHED, None, False),
        (RECEIVED, FINISHED - SECOND, None, True),
    ],
)
def test_an_agency_is_to_blame_when_asked_in_time_and_late_with_its_answer(
    asked_at: dt.datetime, answer_by: dt.datetime, answered_at: dt.datetime | None, is_late_agency: bool
) -> None:
    inquiry = AgencyInquiry(asked_at, answer_by, answered_at)
    assert late_inquiries(replace(FACTS, inquiries=(inquiry,))) == ((inquiry,) if is_late_agency else ())


def test_an_unanswered_request_of_an_unfinished_dossier_is_late_only_when_its_time_ended_before_the_due_date() -> None:
    late, in_time = AgencyInquiry(RECEIVED, DUE - SECOND), AgencyInquiry(RECEIVED, DUE)
    assert late_inquiries(replace(FACTS, finished_at=None, inquiries=(in_time, late))) == (late,)


# ---- lists --------------------------------------------------------------------------------------------------------


def test_the_campaign_lists_what_the_office_has_to_clear_the_longest_due_first() -> None:
    clear_by = DUE + 2 * HOUR
    late = make_dossier("late", due_at=DUE - HOUR)
    just_due = make_dossier("due", due_at=DUE)
    last = make_dossier("last", due_at=clear_by)
    beyond = make_dossier("beyond", due_at=clear_by + SECOND)
    assert campaign([last, beyond, just_due, late], {"late"}, clear_by, DUE) == (
        CampaignItem(late, is_overdue=True, is_explained=True),
        CampaignItem(just_due, is_overdue=False, is_explained=False),
        CampaignItem(last, is_overdue=False, is_explained=False),
    )
    assert campaign([just_due], (), clear_by, DUE + SECOND)[0].is_overdue


def test_dossiers_of_the_same_moment_are_in_the_order_of_their_codes() -> None:
    second, first = make_dossier("a", code="H56.14-261120-0002"), make_dossier("b", code="H56.14-261120-0001")
    assert [item.dossier.dossier_id for item in campaign([second, first], (), DUE, DUE)] == ["b", "a"]


@pytest.mark.parametrize("state", DossierState)
def test_the_campaign_leaves_out_what_waits_for_the_citizen_or_is_done(state: DossierState) -> None:
    assert bool(campaign([make_dossier(state=state)], (), DUE, DUE)) == (state in {2, 4, 7})


ISSUED = dt.date(2026, 11, 23)
RESULT = Result("r", "d", "KQ.G15.000031", "Giấy khai sinh")


@pytest.mark.parametrize("state", DossierState)
def test_a_result_whose_dossier_is_not_finished_is_reminded_of(state: DossierState) -> None:
    dossier = make_dossier(state=state)
    expected = None if state in {9, 10} else NotUpdated(dossier, Reminder.FINISHED, None)
    assert not_updated(dossier, RESULT) == expected
    signed = not_updated(dossier, None, DUE)
    assert signed == (None if state in {9, 10} else NotUpdated(dossier, Reminder.FINISHED, DUE))
    assert not_updated(dossier, None) is None


@pytest.mark.parametrize("state", DossierState)
def test_a_returned_result_whose_dossier_is_not_is_reminded_of(state: DossierState) -> None:
    dossier = make_dossier(state=state)
    returned = replace(RESULT, returned_at=FINISHED, issued_on=ISSUED)
    expected = None if state == 10 else NotUpdated(dossier, Reminder.RETURNED, FINISHED)
    assert not_updated(dossier, returned, DUE) == expected


@pytest.mark.parametrize(
    ("result", "signed_at", "since"),
    [
        (RESULT, None, None),
        (replace(RESULT, issued_on=ISSUED), None, "2026-11-23 00:00"),
        (replace(RESULT, issued_on=ISSUED), "2026-11-22 16:30", "2026-11-22 16:30"),
        (RESULT, "2026-11-22 16:30", "2026-11-22 16:30"),
    ],
)
def test_the_reminder_says_since_when(result: Result, signed_at: str | None, since: str | None, local: Local) -> None:
    reminder = not_updated(make_dossier(), result, None if signed_at is None else local(signed_at))
    assert reminder is not None
    assert reminder.since == (None if since is None else local(since))
    assert reminder.since is None or reminder.since.utcoffset() == dt.timedelta(hours=7)


def test_the_reminders_begin_with_what_has_been_so_the_longest_and_end_with_what_bears_no_date() -> None:
    undated, old, new = make_dossier("undated"), make_dossier("old"), make_dossier("new")
    twin = make_dossier("twin", code="H56.14-261120-0000")
    twin_undated = make_dossier("twin-undated", code="H56.14-261120-0000")
    settled = make_dossier("settled", state=9)
    listed = reminders(
        [
            (undated, RESULT, None),
            (new, None, DUE),
            (settled, RESULT, DUE),
            (old, RESULT, DUE - SECOND),
            (twin, None, DUE),
            (make_dossier("open"), None, None),
            (twin_undated, RESULT, None),
        ]
    )
    assert [reminder.dossier.dossier_id for reminder in listed] == ["old", "twin", "new", "twin-undated", "undated"]


def test_nothing_is_known_that_was_not_told() -> None:
    bare = LateFacts(RECEIVED, DUE)
    assert (bare.finished_at, bare.outages, bare.inquiries) == (None, (), ())
    assert Span(DUE).end is None
    assert AgencyInquiry(RECEIVED, DUE).answered_at is None
    assert EXPLANATION.evidence_ids == ()


def test_the_stored_names_stay() -> None:
    for member in (*LateCause, *Reminder, *ExplanationObjection):
        assert str(member) == member.name.lower().replace("_", "-")
    assert (len(LateCause), len(Reminder), len(ExplanationObjection)) == (5, 2, 5)
