# SPDX-License-Identifier: GPL-3.0-or-later
"""Judging signatures offline: never a false "valid", never a crash, and the reason by name."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from demo.soft_token import SoftToken, create_soft_token
from signing.errors import SigningError
from signing.pdf_signature import SignatureRequest, SignedPdf, attributes_to_sign, embed, prepare
from signing.trust import TrustAnchors
from signing.verification import Modification, Problem, Revocation, SignatureVerdict, verify_pdf

if TYPE_CHECKING:
    from tests.signing.conftest import PluggedInToken


@pytest.fixture
def judge(pristine_token: SoftToken, now: dt.datetime) -> Callable[[bytes], SignatureVerdict]:
    """Judges a file with one signature, now and with the right root."""

    def judge_one(content: bytes) -> SignatureVerdict:
        (verdict,) = verify_pdf(content, pristine_token.trust, now)
        return verdict

    return judge_one


def revise(content: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Append a revision, as an editor or an attacker does. pyHanko leaves some of what this needs untyped."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    change(writer)
    output = io.BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]
    return output.getvalue()


def sign_tampered(
    token: PluggedInToken, pdf: bytes, wish: SignatureRequest, tamper: Callable[[bytearray, int, int], int]
) -> SignedPdf:
    """Sign a document whose half-way state was changed by a hostile program; ``tamper`` gives the end of the hole."""
    with token.start() as program:
        token.log_in(program)
        prepared = prepare(pdf, wish, program.certificate)
        content = bytearray(prepared.content)
        hole_end = tamper(content, prepared.hole_start, prepared.hole_end)
        digest = hashlib.sha256(content[: prepared.hole_start] + content[hole_end:]).digest()
        changed = dataclasses.replace(prepared, content=bytes(content), document_digest=digest)
        attributes = attributes_to_sign(changed, program.certificate)
        signature = program.sign_digest(hashlib.sha256(attributes).digest())
        return embed(changed, attributes, signature, program.certificate, wish.intermediates)


# --- what holds ---


def test_a_valid_signature_says_what_could_not_be_asked_offline(
    signed: SignedPdf, judge: Callable[[bytes], SignatureVerdict]
) -> None:
    verdict = judge(signed.content)
    assert verdict.valid
    assert verdict.problem is None
    assert verdict.intact
    assert verdict.trusted
    assert verdict.modification is Modification.NONE
    assert verdict.revocation is Revocation.UNKNOWN_OFFLINE


def test_a_document_that_nobody_signed_has_no_verdicts(pdf: bytes, pristine_token: SoftToken) -> None:
    assert verify_pdf(pdf, pristine_token.trust) == ()


def test_the_present_is_the_moment_of_judgement_unless_another_is_named(
    signed: SignedPdf, pristine_token: SoftToken
) -> None:
    (verdict,) = verify_pdf(signed.content, pristine_token.trust)
    assert verdict.valid


def test_blank_bytes_at_the_end_do_not_matter(signed: SignedPdf, judge: Callable[[bytes], SignatureVerdict]) -> None:
    verdict = judge(signed.content + b"\r\n\0\0")
    assert verdict.valid
    assert not verdict.covers_entire_file


# --- whom to believe ---


@pytest.mark.parametrize("roots", ["none", "another one"])
def test_a_root_that_is_not_trusted_here_is_not_enough(
    roots: str, signed: SignedPdf, pristine_token: SoftToken, now: dt.datetime, tmp_path: Path
) -> None:
    trust = TrustAnchors(())
    if roots == "another one":
        trust = create_soft_token(tmp_path / "foreign", now=now).trust
    (verdict,) = verify_pdf(signed.content, trust, now)
    assert not verdict.valid
    assert verdict.problem is Problem.NOT_TRUSTED
    assert verdict.intact
    assert not verdict.trusted


def test_an_authority_between_is_not_a_root(signed: SignedPdf, pristine_token: SoftToken, now: dt.datetime) -> None:
    (verdict,) = verify_pdf(signed.content, TrustAnchors((), pristine_token.trust.intermediates), now)
    assert verdict.problem is Problem.NOT_TRUSTED


def test_an_authority_that_the_document_left_out_is_taken_from_the_list(
    token: PluggedInToken, pdf: bytes, wish: SignatureRequest, now: dt.datetime
) -> None:
    with token.start() as program:
        token.log_in(program)
        short = program.sign_pdf(pdf, dataclasses.replace(wish, intermediates=()))
    (verdict,) = verify_pdf(short.content, token.soft.trust, now)
    assert verdict.valid
    (verdict,) = verify_pdf(short.content, TrustAnchors(token.soft.trust.roots), now)
    assert verdict.problem is Problem.NOT_TRUSTED


@pytest.mark.parametrize(
    ("days", "problem"), [(800, Problem.CERTIFICATE_EXPIRED), (-2, Problem.CERTIFICATE_NOT_YET_VALID)]
)
def test_a_certificate_holds_only_in_its_days(
    days: int, problem: Problem, signed: SignedPdf, pristine_token: SoftToken, now: dt.datetime
) -> None:
    (verdict,) = verify_pdf(signed.content, pristine_token.trust, now + dt.timedelta(days=days))
    assert not verdict.valid
    assert verdict.problem is problem


# --- what was changed ---


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_flipped_byte_in_what_was_signed_is_ever_valid(
    data: st.DataObject, signed: SignedPdf, pristine_token: SoftToken, now: dt.datetime
) -> None:
    start, end = hole_of(signed.content)
    where = data.draw(st.integers(0, len(signed.content) - 1).filter(lambda at: not start <= at < end))
    content = bytearray(signed.content)
    content[where] ^= data.draw(st.integers(1, 255))
    assert not any(verdict.valid for verdict in verdicts_or_none(bytes(content), pristine_token.trust, now))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_mutilated_file_gets_a_verdict_or_a_known_error(
    data: st.DataObject, signed: SignedPdf, pristine_token: SoftToken, now: dt.datetime
) -> None:
    content = bytearray(signed.content)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 200))
        content[at : at + length] = data.draw(st.binary(max_size=40))
    for verdict in verdicts_or_none(bytes(content), pristine_token.trust, now):
        assert not verdict.valid or verdict.byte_range_digest == signed.byte_range_digest


def verdicts_or_none(content: bytes, trust: TrustAnchors, moment: dt.datetime) -> tuple[SignatureVerdict, ...]:
    try:
        return verify_pdf(content, trust, moment)
    except SigningError:
        return ()


def hole_of(content: bytes) -> tuple[int, int]:
    found = re.search(rb"/ByteRange\s*\[0 (\d+) (\d+) \d+\]", content)
    assert found
    return int(found[1]), int(found[2])


def test_one_flipped_byte_of_the_text_is_an_alteration(
    signed: SignedPdf, pdf: bytes, judge: Callable[[bytes], SignatureVerdict]
) -> None:
    where = pdf.index(b"stream") + 20
    content = bytearray(signed.content)
    content[where] ^= 1
    verdict = judge(bytes(content))
    assert not verdict.valid
    assert verdict.problem is Problem.ALTERED
    assert not verdict.intact


def test_an_annotation_added_afterwards_is_noticed_though_the_digest_still_matches(
    signed: SignedPdf, judge: Callable[[bytes], SignatureVerdict]
) -> None:
    def annotate(writer: IncrementalPdfFileWriter) -> None:
        note = {
            "/Type": generic.NameObject("/Annot"),
            "/Subtype": generic.NameObject("/FreeText"),
            "/Rect": generic.ArrayObject(map(generic.FloatObject, (100, 500, 300, 550))),
            "/Contents": generic.TextStringObject("Đồng ý"),
        }
        entries = {generic.NameObject(key): value for key, value in note.items()}
        annotation = writer.add_object(generic.DictionaryObject(entries))  # type: ignore[no-untyped-call]
        page = writer.root["/Pages"]["/Kids"].raw_get(0)
        writer.register_annotation(page, annotation)  # type: ignore[no-untyped-call]

    verdict = judge(revise(signed.content, annotate))
    assert verdict.intact
    assert not verdict.valid
    assert verdict.problem is Problem.CHANGED_AFTER_SIGNING
    assert verdict.modification is Modification.OTHER
    assert not verdict.covers_entire_file


def test_a_page_whose_content_was_replaced_afterwards_is_noticed(
    signed: SignedPdf, judge: Callable[[bytes], SignatureVerdict]
) -> None:
    def replace_page(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        page[generic.NameObject("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b""))
        writer.update_container(page)

    verdict = judge(revise(signed.content, replace_page))
    assert verdict.intact
    assert verdict.problem is Problem.CHANGED_AFTER_SIGNING


def test_bytes_behind_the_end_that_are_no_revision_are_not_accepted(
    signed: SignedPdf, judge: Callable[[bytes], SignatureVerdict]
) -> None:
    verdict = judge(signed.content + b"\n5 0 obj\n<< /Type /Catalog >>\nendobj\n")
    assert verdict.intact
    assert verdict.problem is Problem.CHANGED_AFTER_SIGNING


def test_a_page_that_was_added_while_saving_anew_breaks_the_signature(
    signed: SignedPdf, pristine_token: SoftToken, now: dt.datetime
) -> None:
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed.content)) as document:
        document.add_blank_page()
        document.save(saved)
    assert not any(verdict.valid for verdict in verify_pdf(saved.getvalue(), pristine_token.trust, now))


# --- hostile files ---


def test_a_hole_wider_than_the_signature_is_not_accepted(
    token: PluggedInToken, pdf: bytes, wish: SignatureRequest, judge: Callable[[bytes], SignatureVerdict]
) -> None:
    """The digest matches, but 40 bytes behind the signature are nobody's: anything could be put there later."""

    def widen(content: bytearray, start: int, end: int) -> int:
        content[end - 41 : end] = b">" + b" " * 40
        return end

    verdict = judge(sign_tampered(token, pdf, wish, widen).content)
    assert verdict.intact
    assert not verdict.valid
    assert verdict.problem is Problem.BYTE_RANGE


def test_something_hidden_in_the_padding_of_the_hole_is_not_accepted(
    signed: SignedPdf, judge: Callable[[bytes], SignatureVerdict]
) -> None:
    _, end = hole_of(signed.content)
    content = bytearray(signed.content)
    content[end - 9 : end - 1] = b"DEADBEEF"
    assert judge(bytes(content)).problem is Problem.BYTE_RANGE


def test_a_kind_of_signature_that_cannot_be_judged_is_not_passed_over(
    token: PluggedInToken, pdf: bytes, wish: SignatureRequest, judge: Callable[[bytes], SignatureVerdict]
) -> None:
    def rename(content: bytearray, start: int, end: int) -> int:
        where = content.index(b"/ETSI.CAdES.detached")
        content[where : where + 20] = b"/ETSI.CAdES.someday_"
        return end

    verdict = judge(sign_tampered(token, pdf, wish, rename).content)
    assert not verdict.valid
    assert verdict.problem is Problem.UNREADABLE


def test_a_signature_of_the_older_kind_is_judged_but_is_not_pades(
    token: PluggedInToken, pdf: bytes, wish: SignatureRequest, judge: Callable[[bytes], SignatureVerdict]
) -> None:
    def rename(content: bytearray, start: int, end: int) -> int:
        where = content.index(b"/ETSI.CAdES.detached")
        content[where : where + 20] = b"/adbe.pkcs7.detached"
        return end

    verdict = judge(sign_tampered(token, pdf, wish, rename).content)
    assert verdict.valid
    assert verdict.level == ""


@pytest.mark.parametrize("value", ["(text)", "<<>>", "<</ByteRange[0 1 2 3]/Contents<00>>>"])
def test_a_field_with_nonsense_for_a_signature_is_unreadable(
    value: str, typeset: Callable[..., bytes], pristine_token: SoftToken, now: dt.datetime
) -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(typeset("xin chào"))) as document:
        signature = document.make_indirect(pikepdf.Object.parse(value.encode()))
        field = document.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Signature1", V=signature))
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), SigFlags=3)
        document.save(made)
    assert not any(verdict.valid for verdict in verdicts_or_none(made.getvalue(), pristine_token.trust, now))


def test_a_form_that_contains_itself_is_survived(
    typeset: Callable[..., bytes], pristine_token: SoftToken, now: dt.datetime
) -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(typeset("xin chào"))) as document:
        field = document.make_indirect(pikepdf.Dictionary(T="vòng"))
        field.Kids = pikepdf.Array([field])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        document.save(made)
    assert verdicts_or_none(made.getvalue(), pristine_token.trust, now) == ()


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\n", b"<html><body>502 Bad Gateway</body></html>", bytes(range(256)) * 64],
    ids=["empty", "header only", "html", "garbage"],
)
def test_what_is_no_document_is_unreadable(content: bytes, pristine_token: SoftToken) -> None:
    with pytest.raises(SigningError) as caught:
        verify_pdf(content, pristine_token.trust)
    assert caught.value.code == "pdf-unreadable"


def test_a_truncated_signed_document_is_unreadable(signed: SignedPdf, pristine_token: SoftToken) -> None:
    with pytest.raises(SigningError) as caught:
        verify_pdf(signed.content[:-2000], pristine_token.trust)
    assert caught.value.code == "pdf-unreadable"


def test_an_encrypted_document_is_not_judged(signed: SignedPdf, pristine_token: SoftToken) -> None:
    encrypted = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed.content)) as document:
        document.save(encrypted, encryption=pikepdf.Encryption(owner="owner", user="secret"))
    with pytest.raises(SigningError) as caught:
        verify_pdf(encrypted.getvalue(), pristine_token.trust)
    assert caught.value.code == "pdf-encrypted"


def test_names_stay_out_of_the_representation(signed: SignedPdf, judge: Callable[[bytes], SignatureVerdict]) -> None:
    assert "Nguyễn" not in repr(judge(signed.content))
