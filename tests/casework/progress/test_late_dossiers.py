# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.progress.late_dossiers import (
    AgencyInquiry,
    ExplanationObjection,
    LateFacts,
    is_late,
    judge_explanation,
    late_inquiries,
    outages_of,
)
from casework.records.late_explanation import LateCause, LateExplanation
from casework.records.outage import Outage
from casework.work_calendar import VIET_NAM

Against = ExplanationObjection
RECEIVED = dt.datetime(2026, 11, 20, 8, 0, tzinfo=VIET_NAM)
DUE = dt.datetime(2026, 11, 24, 17, 0, tzinfo=VIET_NAM)
FINISHED = dt.datetime(2026, 11, 26, 10, 0, tzinfo=VIET_NAM)
SECOND, HOUR = dt.timedelta(seconds=1), dt.timedelta(hours=1)

FACTS = LateFacts(RECEIVED, DUE, FINISHED)


def outage(began_at: dt.datetime, ended_at: dt.datetime | None = None) -> Outage:
    """An outage with its screenshot."""
    return Outage("o", "Cổng Dịch vụ công quốc gia", began_at, ended_at, screenshot_id="s")


EXPLANATION = LateExplanation(
    "e", "d", LateCause.STAFF, "Cán bộ thụ lý nghỉ ốm.", "Phân công người khác thay.", FINISHED, "c"
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
        replace(FACTS, outages=(outage(DUE - HOUR, DUE),)),
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
    known = outage(start, end)
    assert outages_of(replace(FACTS, outages=(known,))) == ((known,) if overlaps else ())


def test_the_work_on_an_unfinished_dossier_ends_for_this_at_the_due_date() -> None:
    before, after = outage(DUE - SECOND), outage(DUE, FINISHED)
    unfinished = replace(FACTS, finished_at=None, outages=(after, before))
    assert outages_of(unfinished) == (before,)
    assert outages_of(replace(unfinished, finished_at=FINISHED)) == (after, before)


def test_an_outage_without_a_proof_explains_nothing() -> None:
    known = outage(RECEIVED, FINISHED)
    told = replace(known, screenshot_id="", reference="Phiếu báo lỗi 12")
    unproven = replace(known, screenshot_id="")
    assert outages_of(replace(FACTS, outages=(unproven, told, known))) == (told, known)


def test_one_outage_among_many_is_enough() -> None:
    outages = (outage(RECEIVED - 2 * HOUR, RECEIVED - HOUR), outage(DUE, DUE + HOUR), outage(FINISHED + HOUR))
    assert outages_of(replace(FACTS, outages=outages)) == outages[1:2]


@settings(max_examples=80)
@given(st.integers(-200, 200), st.integers(0, 200))
def test_an_outage_overlaps_exactly_when_some_second_lies_in_both(start: int, length: int) -> None:
    received, finished = RECEIVED, RECEIVED + 50 * SECOND
    known = outage(received + start * SECOND, received + (start + length) * SECOND)
    shared = set(range(start, start + length)) & set(range(50))
    assert bool(outages_of(LateFacts(received, received, finished, (known,)))) == bool(shared)


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


def test_nothing_is_known_that_was_not_told() -> None:
    bare = LateFacts(RECEIVED, DUE)
    assert (bare.finished_at, bare.outages, bare.inquiries) == (None, (), ())
    assert AgencyInquiry(RECEIVED, DUE).answered_at is None
    assert EXPLANATION.evidence_ids == ()


def test_the_stored_names_stay() -> None:
    for member in (*LateCause, *ExplanationObjection):
        assert str(member) == member.name.lower().replace("_", "-")
    assert (len(LateCause), len(ExplanationObjection)) == (5, 5)
