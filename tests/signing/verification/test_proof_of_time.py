# SPDX-License-Identifier: GPL-3.0-or-later
"""Each level of a signature, now and in five years: what is proven by what, without a network."""

from __future__ import annotations

import dataclasses

import pytest

from signing.trust import TrustAnchors
from signing.verdicts.verdict import ChangeKind, Modification, Problem, Remark, Revocation, Verdict
from tests.signing.pki import NOW, PublicKeyInfrastructure
from tests.signing.verification.conftest import Judge
from tests.signing.verification.documents import (
    DAY,
    HOUR,
    YEAR,
    add_store,
    change_message,
    long_term,
    sign,
    stamp_document,
    stamp_inside,
    trust_of,
)

LATER = NOW + 2 * HOUR
IN_FIVE_YEARS = NOW + 5 * YEAR


@pytest.fixture
def nothing_cached(pki: PublicKeyInfrastructure) -> TrustAnchors:
    return trust_of(pki, lists=False)


def test_bb_without_revocation_data_cannot_be_told(bb: bytes, judge: Judge, nothing_cached: TrustAnchors) -> None:
    report = judge(bb, NOW, nothing_cached)
    (signature,) = report.signatures
    assert report.verdict is Verdict.CANNOT_TELL
    assert signature.problem is Problem.REVOCATION_UNKNOWN
    assert signature.revocation is Revocation.UNKNOWN_OFFLINE
    assert (signature.intact, signature.trusted, signature.level) == (True, True, "B-B")


def test_bb_with_cached_lists_is_valid_now_but_its_time_is_a_claim(bb: bytes, judge: Judge) -> None:
    (signature,) = judge(bb).signatures
    assert signature.valid
    assert signature.revocation is Revocation.NOT_REVOKED
    assert signature.proven_time is None
    assert Remark.TIME_NOT_PROVEN in signature.remarks


def test_cached_lists_that_ran_out_say_nothing(bb: bytes, judge: Judge, trust: TrustAnchors) -> None:
    (signature,) = judge(bb, NOW + 30 * DAY, trust).signatures
    assert signature.problem is Problem.REVOCATION_UNKNOWN


def test_bb_cannot_be_told_once_the_certificate_has_ended(
    bb: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    moment = NOW + 4 * YEAR
    (signature,) = judge(bb, moment, trust_of(pki, moment)).signatures
    assert (signature.verdict, signature.problem) == (Verdict.CANNOT_TELL, Problem.CERTIFICATE_EXPIRED)


def test_way_a_timestamp_counts_with_cached_lists(bb: bytes, judge: Judge, pki: PublicKeyInfrastructure) -> None:
    stamped = stamp_inside(pki, bb, NOW + HOUR)
    report = judge(stamped, LATER)
    (signature,) = report.signatures
    assert signature.valid
    assert signature.level == "B-T"
    assert signature.proven_time == NOW + HOUR
    assert Remark.TIME_NOT_PROVEN not in signature.remarks
    assert [one.verdict for one in report.timestamps] == [Verdict.VALID]


@pytest.mark.full
def test_way_a_timestamp_alone_does_not_help_without_revocation_data(
    bb: bytes, judge: Judge, pki: PublicKeyInfrastructure, nothing_cached: TrustAnchors
) -> None:
    report = judge(stamp_inside(pki, bb, NOW + HOUR), LATER, nothing_cached)
    assert report.signatures[0].problem is Problem.REVOCATION_UNKNOWN
    assert report.timestamps[0].problem is Problem.REVOCATION_UNKNOWN


@pytest.mark.parametrize("way", ["A", "B"])
def test_blta_is_valid_now_and_in_five_years_by_what_it_carries(
    way: str, bb: bytes, judge: Judge, pki: PublicKeyInfrastructure, nothing_cached: TrustAnchors
) -> None:
    stamped = (stamp_inside if way == "A" else stamp_document)(pki, bb, NOW + HOUR)
    kept = long_term(pki, stamped, LATER)
    for moment in (LATER, IN_FIVE_YEARS):
        # The desk of then knows the list of its day; the certificate of the time stamping authority must hold then.
        report = judge(kept, moment, nothing_cached if moment == LATER else trust_of(pki, moment))
        (signature,) = report.signatures
        assert report.verdict is Verdict.VALID, (moment, report)
        assert signature.level == "B-LTA"
        assert signature.proven_time == NOW + HOUR
        assert signature.modification is (Modification.MAINTENANCE)
        kinds = {change.kind for change in signature.changes}
        assert kinds == {ChangeKind.TIMESTAMP, ChangeKind.VALIDATION_DATA}


def test_way_a_blt_without_an_archive_timestamp_is_valid_only_while_its_lists_hold(
    bb: bytes, judge: Judge, pki: PublicKeyInfrastructure, nothing_cached: TrustAnchors
) -> None:
    kept = add_store(pki, stamp_inside(pki, bb, NOW + HOUR), LATER)
    (signature,) = judge(kept, LATER, nothing_cached).signatures
    assert (signature.valid, signature.level) == (True, "B-LT")
    (signature,) = judge(kept, IN_FIVE_YEARS, nothing_cached).signatures
    assert signature.verdict is Verdict.CANNOT_TELL


@pytest.mark.full
def test_a_refreshed_archive_holds_when_the_first_authority_has_ended(
    bb: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    kept = stamp_document(pki, add_store(pki, stamp_inside(pki, bb, NOW + HOUR, "tsa-ends-soon"), LATER), LATER)
    moment = NOW + 201 * DAY
    (signature,) = judge(kept, moment, trust_of(pki, moment)).signatures
    assert signature.valid
    assert signature.proven_time == NOW + HOUR


@pytest.mark.full
def test_two_offline_signers_upgraded_later_are_both_valid(
    bb: bytes, judge: Judge, pki: PublicKeyInfrastructure, nothing_cached: TrustAnchors
) -> None:
    two = sign(pki, bb, "chairman", visible=True)
    kept = long_term(pki, stamp_inside(pki, two, NOW + HOUR), LATER)
    first, second = judge(kept, LATER, nothing_cached).signatures
    assert first.valid
    assert second.valid
    assert first.proven_time == LATER  # frozen by the second signature, so only the document's timestamp proves it
    assert second.proven_time == NOW + HOUR


def test_a_signature_that_is_proven_older_than_the_revocation_stays_valid(
    bb: bytes, judge: Judge, pki: PublicKeyInfrastructure, paper: bytes
) -> None:
    kept = long_term(pki, stamp_inside(pki, sign(pki, paper, "revoked-later"), NOW + HOUR), LATER)
    moment = NOW + 3 * DAY
    (signature,) = judge(kept, moment, trust_of(pki, moment)).signatures
    assert signature.valid
    without = sign(pki, paper, "revoked-later")
    (signature,) = judge(without, moment, trust_of(pki, moment)).signatures
    assert signature.problem is Problem.REVOKED
    assert not signature.valid


def test_a_signature_that_is_proven_younger_than_the_revocation_is_invalid(
    judge: Judge, pki: PublicKeyInfrastructure, paper: bytes
) -> None:
    moment = NOW + 3 * DAY
    backdated = stamp_inside(pki, sign(pki, paper, "revoked-later"), moment)
    (signature,) = judge(backdated, moment + HOUR, trust_of(pki, moment)).signatures
    assert (signature.verdict, signature.problem) == (Verdict.INVALID, Problem.REVOKED)


@pytest.mark.parametrize(
    ("authority", "problem"),
    [
        ("tsa-revoked", Problem.REVOKED),
        ("tsa-foreign", Problem.NOT_TRUSTED),
        ("tsa-not-for-stamping", Problem.NOT_FOR_SIGNING),
    ],
)
@pytest.mark.parametrize("way", ["A", pytest.param("B", marks=pytest.mark.full)])
def test_a_timestamp_of_an_authority_that_does_not_count_is_never_part_of_a_valid_answer(
    way: str, authority: str, problem: Problem, bb: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    stamped = (stamp_inside if way == "A" else stamp_document)(pki, bb, NOW + HOUR, authority)
    report = judge(stamped, LATER)
    assert report.timestamps[0].problem is problem
    assert report.timestamps[0].verdict is not Verdict.VALID
    (signature,) = report.signatures
    assert (signature.verdict, signature.problem) == (Verdict.CANNOT_TELL, Problem.TIMESTAMP)
    assert signature.proven_time is None


@pytest.mark.full
def test_a_timestamp_by_an_authority_that_had_ended_proves_nothing(
    bb: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    report = judge(stamp_inside(pki, bb, NOW, "tsa-expired"), LATER)
    assert report.timestamps[0].verdict is not Verdict.VALID
    assert report.signatures[0].proven_time is None


def test_a_timestamp_from_the_future_is_a_lie(bb: bytes, judge: Judge, pki: PublicKeyInfrastructure) -> None:
    (signature,) = judge(stamp_inside(pki, bb, NOW + DAY), NOW).signatures
    assert signature.problem is Problem.TIMESTAMP


@pytest.mark.full
def test_a_timestamp_older_than_the_certificate_is_a_lie(bb: bytes, judge: Judge, pki: PublicKeyInfrastructure) -> None:
    (signature,) = judge(stamp_inside(pki, bb, NOW - 2 * YEAR), NOW).signatures
    assert not signature.valid


@pytest.mark.full
def test_a_timestamp_of_another_signature_is_a_lie(bb: bytes, judge: Judge, pki: PublicKeyInfrastructure) -> None:
    other = stamp_inside(pki, sign(pki, bb, "chairman"), NOW + HOUR)
    stolen: list[object] = []
    change_message(other, lambda message: stolen.append(message["content"]["signer_infos"][0]["unsigned_attrs"]))
    moved = change_message(
        bb, lambda message: message["content"]["signer_infos"][0].__setitem__("unsigned_attrs", stolen[0])
    )
    report = judge(moved, LATER)
    assert report.timestamps[0].verdict is Verdict.INVALID
    assert report.signatures[0].problem is Problem.TIMESTAMP


def test_a_list_made_after_the_certificate_ended_does_not_prove_that_it_was_never_revoked(
    judge: Judge, pki: PublicKeyInfrastructure, paper: bytes
) -> None:
    """Authorities drop revoked certificates from their lists once these have ended (RFC 5280 §3.3)."""
    moment = NOW + 40 * DAY
    stamped = stamp_inside(pki, sign(pki, paper, "ends-soon"), NOW + HOUR)
    (signature,) = judge(stamped, moment, trust_of(pki, moment)).signatures
    assert signature.verdict is Verdict.CANNOT_TELL
    early = dataclasses.replace(trust_of(pki, moment), revocation_lists=())
    both = early.joined_with(trust_of(pki, NOW + HOUR)).joined_with(trust_of(pki, moment))
    (signature,) = judge(stamped, moment, both).signatures
    assert signature.valid
