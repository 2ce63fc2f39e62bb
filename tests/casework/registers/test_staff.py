# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may stand at a counter: promises, profiles, certificates."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from casework.records.commitment import Commitment, CommitmentText
from casework.records.signing_certificate import CertificateKind, SigningCertificate
from casework.records.staff_profile import Discipline, StaffComplaint, StaffProfile
from casework.registers import certificates, commitments, staff_profiles
from casework.registers.certificates import CertificateState
from casework.registers.commitments import SHIPPED_TEXT, BlockedDuty, CommitmentFlaw
from casework.registers.staff_profiles import ProfileFlaw
from casework.work_calendar import VIET_NAM

DAY = dt.date(2026, 11, 23)
ACCEPTED = frozenset({"v2"})
SIGNED = Commitment("c1", "lan", "v2", dt.date(2026, 11, 23), dt.date(2026, 11, 23))
PROFILE = StaffProfile("lan", "Công chức", ("Hộ tịch",), dt.date(2024, 11, 23), checked_on=dt.date(2026, 8, 23))
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=VIET_NAM)
CERTIFICATE = SigningCertificate(
    "aa", CertificateKind.PERSON, "lan", "Lê Thị Lan", "CA", NOON - dt.timedelta(days=300), NOON + dt.timedelta(days=91)
)


def test_who_signed_may_be_on_duty_from_that_day_to_the_last_one() -> None:
    assert commitments.flaw_of("lan", [SIGNED], DAY, ACCEPTED) is None
    endless = dataclasses.replace(SIGNED, valid_until=None)
    assert commitments.flaw_of("lan", [endless], dt.date(2036, 1, 1), ACCEPTED) is None


@pytest.mark.parametrize(
    ("signed", "day", "flaw"),
    [
        ([], DAY, CommitmentFlaw.NOT_SIGNED),
        ([dataclasses.replace(SIGNED, clerk_id="mai")], DAY, CommitmentFlaw.NOT_SIGNED),
        ([SIGNED], dt.date(2026, 11, 22), CommitmentFlaw.SIGNED_LATER),
        ([SIGNED], dt.date(2026, 11, 24), CommitmentFlaw.RUN_OUT),
        ([dataclasses.replace(SIGNED, version="v1")], DAY, CommitmentFlaw.OLD_VERSION),
        ([dataclasses.replace(SIGNED, version="v1"), SIGNED], dt.date(2026, 11, 24), CommitmentFlaw.RUN_OUT),
    ],
)
def test_who_has_not_signed_what_counts_blocks_the_roster(
    signed: list[Commitment], day: dt.date, flaw: CommitmentFlaw
) -> None:
    assert commitments.check_roster(["lan"], signed, day, ACCEPTED) == (BlockedDuty("lan", flaw),)


def test_one_promise_that_counts_is_enough_and_others_on_the_roster_are_told_in_order() -> None:
    old = dataclasses.replace(SIGNED, version="v1")
    assert commitments.check_roster(["tu", "lan", "mai"], iter([old, SIGNED]), DAY, ACCEPTED) == (
        BlockedDuty("tu", CommitmentFlaw.NOT_SIGNED),
        BlockedDuty("mai", CommitmentFlaw.NOT_SIGNED),
    )


def test_the_text_to_sign_is_the_last_one_in_force() -> None:
    first = CommitmentText("v1", "…", dt.date(2026, 1, 1), dt.date(2026, 6, 30))
    second = CommitmentText("v2", "…", dt.date(2026, 6, 1))
    texts = [second, first]
    assert commitments.text_in_force(texts, dt.date(2025, 12, 31)) is None
    assert commitments.text_in_force(texts, dt.date(2026, 1, 1)) is first
    assert commitments.text_in_force(texts, dt.date(2026, 6, 1)) is second
    assert commitments.text_in_force([first], dt.date(2026, 6, 30)) is first
    assert commitments.text_in_force([first], dt.date(2026, 7, 1)) is None
    assert "môi giới" in SHIPPED_TEXT.text


def test_two_years_without_discipline_and_complaint_and_a_check_this_quarter_are_enough() -> None:
    assert staff_profiles.check_profile(PROFILE, DAY).is_allowed


@pytest.mark.parametrize(
    ("parts", "flaw"),
    [
        ({"experience_since": dt.date(2024, 11, 24)}, ProfileFlaw.TOO_LITTLE_EXPERIENCE),
        ({"disciplines": (Discipline(DAY, "12/QĐ"),)}, ProfileFlaw.DISCIPLINED),
        ({"complaints": (StaffComplaint(DAY, True),)}, ProfileFlaw.COMPLAINED_OF),
        ({"complaints": (StaffComplaint(DAY),)}, ProfileFlaw.COMPLAINT_OPEN),
        ({"checked_on": None}, ProfileFlaw.NEVER_CHECKED),
        ({"checked_on": dt.date(2026, 8, 22)}, ProfileFlaw.CHECK_RUN_OUT),
        ({"assigned_until": dt.date(2026, 11, 22)}, ProfileFlaw.ASSIGNMENT_ENDED),
    ],
)
def test_each_condition_that_is_not_fulfilled_is_told(parts: dict[str, Any], flaw: ProfileFlaw) -> None:
    verdict = staff_profiles.check_profile(dataclasses.replace(PROFILE, **parts), DAY)
    assert verdict.reasons == (flaw,)


@pytest.mark.parametrize(
    "parts",
    [
        {"disciplines": (Discipline(dt.date(2026, 11, 24), "12/QĐ"),)},
        {"complaints": (StaffComplaint(DAY, False),)},
        {"complaints": (StaffComplaint(dt.date(2026, 11, 24), True),)},
        {"assigned_until": DAY},
    ],
)
def test_what_lies_ahead_or_was_unjustified_speaks_against_nobody(parts: dict[str, Any]) -> None:
    assert staff_profiles.check_profile(dataclasses.replace(PROFILE, **parts), DAY).is_allowed


@pytest.mark.parametrize(
    ("checked", "again"),
    [
        (dt.date(2026, 8, 23), dt.date(2026, 11, 23)),
        (dt.date(2026, 11, 30), dt.date(2027, 2, 28)),
        (dt.date(2027, 11, 30), dt.date(2028, 2, 29)),
        (dt.date(2026, 10, 31), dt.date(2027, 1, 31)),
        (dt.date(2026, 9, 30), dt.date(2026, 12, 30)),
        (None, None),
    ],
)
def test_the_next_check_is_three_months_later(checked: dt.date | None, again: dt.date | None) -> None:
    assert staff_profiles.next_check_on(dataclasses.replace(PROFILE, checked_on=checked)) == again


def test_sensitive_fields_are_gone_through_first_then_who_waited_longest() -> None:
    land = dataclasses.replace(PROFILE, clerk_id="dat", fields=("Đất đai",))
    never = dataclasses.replace(PROFILE, clerk_id="moi", checked_on=None)
    fresh = dataclasses.replace(PROFILE, clerk_id="vua", checked_on=dt.date(2026, 8, 24))
    due = staff_profiles.due_for_check([fresh, PROFILE, never, land], DAY)
    assert [profile.clerk_id for profile in due] == ["dat", "moi", "lan"]


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (CERTIFICATE.valid_from - dt.timedelta(seconds=1), CertificateState.NOT_YET_VALID),
        (CERTIFICATE.valid_from, CertificateState.VALID),
        (CERTIFICATE.valid_to, CertificateState.VALID),
        (CERTIFICATE.valid_to + dt.timedelta(seconds=1), CertificateState.RUN_OUT),
    ],
)
def test_a_certificate_is_good_from_its_first_to_its_last_moment(moment: dt.datetime, state: CertificateState) -> None:
    assert certificates.state_of(CERTIFICATE, moment) is state
    revoked = dataclasses.replace(CERTIFICATE, revoked_at=moment)
    assert certificates.state_of(revoked, moment) is CertificateState.REVOKED
    assert certificates.state_of(revoked, moment - dt.timedelta(days=9999)) is CertificateState.NOT_YET_VALID


@pytest.mark.parametrize(
    ("days", "alert"), [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)]
)
def test_somebody_is_told_ninety_thirty_and_seven_days_before_the_end(days: int, alert: int | None) -> None:
    certificate = dataclasses.replace(CERTIFICATE, valid_to=NOON + dt.timedelta(days=days))
    assert certificates.days_left(certificate, NOON) == days
    assert certificates.alert_of(certificate, NOON) == alert


def test_days_are_counted_by_the_calendar_of_viet_nam() -> None:
    midnight = dt.datetime(2026, 11, 24, 0, 30, tzinfo=VIET_NAM)
    certificate = dataclasses.replace(CERTIFICATE, valid_to=midnight.astimezone(dt.UTC))
    assert certificates.days_left(certificate, NOON) == 1


def test_what_runs_out_is_told_soonest_first_unless_it_was_renewed() -> None:
    soon = dataclasses.replace(CERTIFICATE, fingerprint="bb", valid_to=NOON + dt.timedelta(days=5))
    later = dataclasses.replace(soon, fingerprint="cc", holder_id="mai", valid_to=NOON + dt.timedelta(days=50))
    seal = dataclasses.replace(CERTIFICATE, fingerprint="dd", kind=CertificateKind.ORGANISATION)
    assert certificates.running_out([later, soon, seal], NOON) == [soon, later]
    assert certificates.running_out([later, soon, CERTIFICATE], NOON) == [later]
    renewed = dataclasses.replace(soon, fingerprint="ee", valid_to=NOON + dt.timedelta(days=80))
    assert certificates.running_out([soon, renewed], NOON) == [renewed]
    revoked = dataclasses.replace(CERTIFICATE, revoked_at=NOON)
    assert certificates.running_out([soon, revoked], NOON) == [soon]


def test_who_has_no_good_certificate_of_her_own_waits_to_be_signed_for() -> None:
    seal = dataclasses.replace(CERTIFICATE, holder_id="mai", kind=CertificateKind.ORGANISATION)
    old = dataclasses.replace(CERTIFICATE, holder_id="tu", valid_to=NOON - dt.timedelta(seconds=1))
    inventory = [CERTIFICATE, seal, old]
    assert certificates.without_certificate(["tu", "lan", "mai"], inventory, NOON) == ("tu", "mai")
