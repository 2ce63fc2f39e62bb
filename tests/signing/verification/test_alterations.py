# SPDX-License-Identifier: GPL-3.0-or-later
"""Bytes that are others than those that were signed, and the little that may differ."""

from __future__ import annotations

import dataclasses
import io

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signing.pdf_signature import sign_pdf
from signing.trust import TrustAnchors
from signing.verdicts.document import judge_document
from signing.verdicts.verdict import Modification, Problem, Verdict
from signing.verification import verify_pdf
from tests.signing.pki import NOW, PublicKeyInfrastructure
from tests.signing.verification.conftest import Judge
from tests.signing.verification.documents import hole_of, request, sign_tampered, verdict_on


def test_a_signature_holds_and_says_by_what(bb: bytes, judge: Judge) -> None:
    (signature,) = judge(bb).signatures
    assert signature.valid
    assert signature.problem is None
    assert (signature.intact, signature.trusted, signature.covers_entire_file) == (True, True, True)
    assert signature.modification is Modification.NONE
    assert signature.claimed_time == NOW


def test_a_document_that_nobody_signed_has_no_verdicts(paper: bytes, trust: TrustAnchors) -> None:
    assert verify_pdf(paper, trust) == ()


def test_the_present_is_the_moment_of_judgement_unless_another_is_named(
    bb: bytes, pki: PublicKeyInfrastructure
) -> None:
    assert not verify_pdf(bb, TrustAnchors(()))[0].valid


def test_one_flipped_byte_of_what_is_shown_is_an_alteration(bb: bytes, judge: Judge) -> None:
    changed = bytearray(bb)
    changed[bb.index(b"/MediaBox") + 20] ^= 1
    (signature,) = judge(bytes(changed)).signatures
    assert (signature.verdict, signature.problem, signature.intact) == (Verdict.INVALID, Problem.ALTERED, False)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_flipped_byte_in_what_was_signed_is_ever_valid(data: st.DataObject, bb: bytes, trust: TrustAnchors) -> None:
    start, end = hole_of(bb)
    where = data.draw(st.integers(0, len(bb) - 1).filter(lambda at: not start <= at < end))
    changed = bytearray(bb)
    changed[where] ^= data.draw(st.integers(1, 255))
    verdict = verdict_on(bytes(changed), lambda content: judge_document(content, trust, NOW))
    assert verdict is not Verdict.VALID


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_valid_after_splices_signs_what_was_signed(
    data: st.DataObject, bb: bytes, trust: TrustAnchors
) -> None:
    changed = bytearray(bb)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed)))
        length = data.draw(st.integers(0, 200))
        changed[at : at + length] = data.draw(st.binary(max_size=40))
    (honest,) = verify_pdf(bb, trust, NOW)

    def judge_one(content: bytes) -> object:
        report = judge_document(content, trust, NOW)
        assert all(one.byte_range_digest == honest.byte_range_digest for one in report.signatures if one.valid)
        return report

    verdict_on(bytes(changed), judge_one)  # type: ignore[arg-type]


def test_blank_bytes_at_the_end_do_not_matter_but_are_seen(bb: bytes, judge: Judge) -> None:
    (signature,) = judge(bb + b"\r\n\0\0").signatures
    assert signature.valid
    assert not signature.covers_entire_file


def test_other_bytes_at_the_end_do(bb: bytes, judge: Judge) -> None:
    (signature,) = judge(bb + b"\n5 0 obj\n<< /Type /Catalog >>\nendobj\n").signatures
    assert signature.intact
    assert (signature.verdict, signature.problem) == (Verdict.INVALID, Problem.CHANGED_AFTER_SIGNING)


def test_a_page_that_was_added_while_saving_anew_breaks_the_signature(bb: bytes, judge: Judge) -> None:
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(bb)) as document:
        document.add_blank_page()
        document.save(saved)
    assert judge(saved.getvalue()).verdict is Verdict.INVALID


def test_an_authority_that_the_document_left_out_is_taken_from_the_list(
    paper: bytes, judge: Judge, pki: PublicKeyInfrastructure, trust: TrustAnchors
) -> None:
    short = sign_pdf(paper, request(), dataclasses.replace(pki.key(), chain=())).content
    assert judge(short).verdict is Verdict.VALID
    (signature,) = judge(short, NOW, dataclasses.replace(trust, intermediates=())).signatures
    assert signature.problem is Problem.NOT_TRUSTED


@pytest.mark.parametrize("kind", [b"/adbe.pkcs7.detached"])
def test_a_signature_of_the_older_kind_is_judged_but_is_not_pades(
    kind: bytes, paper: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    def rename(content: bytearray, start: int, end: int) -> int:
        where = content.index(b"/ETSI.CAdES.detached")
        content[where : where + 20] = kind.ljust(20)
        return end

    (signature,) = judge(sign_tampered(pki, paper, rename)).signatures
    assert signature.valid
    assert signature.level == ""
