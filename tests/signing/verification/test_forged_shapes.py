# SPDX-License-Identifier: GPL-3.0-or-later
"""Signatures that are none, and signatures that sign something else than they seem to.

Classes of "1 Trillion Dollar Refund": universal signature forgery (no, empty or nonsensical values) and signature
wrapping (the signed bytes moved away, others in their place).
"""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from asn1crypto import cms, core, x509
from pyhanko.pdf_utils.reader import PdfFileReader

from signing.verdicts.verdict import Problem, Verdict
from tests.signing.pki import NOW, PublicKeyInfrastructure
from tests.signing.verification.conftest import Judge
from tests.signing.verification.documents import (
    change_message,
    hole_of,
    objects_appended,
    plain_pdf,
    sign,
    sign_tampered,
    stamp_document,
    verdict_on,
)

RANGES = [
    b"[0 0 0 0]",
    pytest.param(b"[0 10 10 0]", marks=pytest.mark.full),
    b"[]",
    b"null",
    pytest.param(b"[0]", marks=pytest.mark.full),
    pytest.param(b"[0 1 2]", marks=pytest.mark.full),
    b"[0 1 2 3 4 5]",
    b"[-1 10 20 30]",
    pytest.param(b"[0 -10 20 30]", marks=pytest.mark.full),
    b"[0 99999999 99999999 99999999]",
    pytest.param(b"[(a) (b) (c) (d)]", marks=pytest.mark.full),
    pytest.param(b"[0 1.5 2 3]", marks=pytest.mark.full),
    pytest.param(b"[0 1 2 9223372036854775807]", marks=pytest.mark.full),
    pytest.param(b"(text)", marks=pytest.mark.full),
    pytest.param(b"<</A 1>>", marks=pytest.mark.full),
    pytest.param(b"[null null null null]", marks=pytest.mark.full),
    pytest.param(b"[[0 1] [2 3]]", marks=pytest.mark.full),
]


def field_file(value: bytes) -> bytes:
    """A document whose one signature field holds a value."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain_pdf())) as document:
        signature = document.make_indirect(pikepdf.Object.parse(value))
        field = document.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Signature1", V=signature))
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), SigFlags=3)
        document.save(made)
    return made.getvalue()


def without_entry(bb: bytes, key: bytes) -> bytes:
    """Rename a key of the signature dictionary, so that it is gone and no offset moves."""
    reader = PdfFileReader(io.BytesIO(bb))
    start = reader.xrefs[reader.root["/AcroForm"]["/Fields"][0].raw_get("/V").reference]
    where = bb.index(key, start)
    return bb[:where] + b"/X" + key[2:] + bb[where + len(key) :]


# --- universal forgery ---


@pytest.mark.parametrize("byte_range", RANGES)
def test_a_range_that_is_none_is_never_valid(byte_range: bytes, bb: bytes, judge: Judge) -> None:
    message = PdfFileReader(io.BytesIO(bb)).embedded_regular_signatures[0].pkcs7_content.rstrip(b"\0").hex().encode()
    value = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange %s/Contents<%s>>>"
    report = judge(field_file(value % (byte_range, message)))
    (signature,) = report.signatures
    assert signature.verdict is Verdict.INVALID
    assert signature.problem in {Problem.MALFORMED, Problem.BYTE_RANGE}


@pytest.mark.parametrize(
    "contents",
    [
        b"<>",
        b"<00>",
        pytest.param(b"<0000000000000000>", marks=pytest.mark.full),
        b"null",
        pytest.param(b"()", marks=pytest.mark.full),
        pytest.param(b"(text)", marks=pytest.mark.full),
        pytest.param(b"7", marks=pytest.mark.full),
        pytest.param(b"[<30>]", marks=pytest.mark.full),
        pytest.param(b"<</A 1>>", marks=pytest.mark.full),
        b"<3082>",
        pytest.param(b"<3003>", marks=pytest.mark.full),
    ],
)
def test_contents_that_are_no_signature_are_never_valid(contents: bytes, judge: Judge) -> None:
    value = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 10 20 30]/Contents %s>>"
    (signature,) = judge(field_file(value % contents)).signatures
    assert (signature.verdict, signature.problem) == (Verdict.INVALID, Problem.MALFORMED)


def test_a_token_of_a_time_stamping_authority_is_no_signature_of_a_person(
    bb: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    stamped = stamp_document(pki, bb, NOW)
    where = stamped.rindex(b"/DocTimeStamp")
    disguised = stamped[:where] + b"/Sig".ljust(13) + stamped[where + 13 :]
    assert judge(disguised).signatures[1].verdict is Verdict.INVALID


@pytest.mark.parametrize("missing", [b"/ByteRange", b"/Contents", b"/SubFilter", b"/Filter"])
def test_a_missing_entry_is_never_valid(missing: bytes, bb: bytes, judge: Judge) -> None:
    assert missing in bb
    assert verdict_on(without_entry(bb, missing), judge) is not Verdict.VALID


@pytest.mark.parametrize("value", [b"(text)", b"<<>>", b"[]", b"true", b"7"])
def test_a_field_with_another_value_is_never_valid(value: bytes, judge: Judge) -> None:
    assert judge(field_file(value)).verdict is not Verdict.VALID


def test_an_update_that_takes_the_signature_apart_is_never_valid(bb: bytes, judge: Judge) -> None:
    """Universal forgery as an incremental update: the field's value replaced by a hollow one."""
    reader = PdfFileReader(io.BytesIO(bb))
    number = reader.root["/AcroForm"]["/Fields"][0].raw_get("/V").idnum
    start, end = hole_of(bb)
    rest = len(bb) - end
    ranges = b"[0 %d %d %d]" % (start, end, rest)
    for body in (
        b"null",
        b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached>>",
        b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange %s>>" % ranges,
        b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange %s/Contents<>>>" % ranges,
        b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange %s/Contents %s>>"
        % (ranges, bb[start:end]),
    ):
        assert verdict_on(objects_appended(bb, [(number, body)]), judge) is not Verdict.VALID


# --- signature wrapping ---


def test_wrapping_with_the_second_part_moved_away_is_never_valid(bb: bytes, judge: Judge) -> None:
    """Room is made in the middle; the signed tail goes to the end, where the range now points."""
    start, end = hole_of(bb)
    tail = bb[end:]
    for room in (b"", b"\n5 0 obj\n<</Evil true>>\nendobj\n", b" " * 1000):
        moved = bb[:end] + room + b"\nstartxref\n0\n%%EOF\n" + tail
        found = re.search(rb"\[0 (\d+) (\d+) (\d+)\s*\]", moved)
        assert found
        new = b"[0 %d %d %d]" % (start, len(moved) - len(tail), len(tail))
        assert len(new) <= found.end() - found.start() + 8
        changed = moved[: found.start()] + new + moved[found.end() :]
        assert verdict_on(changed, judge) is not Verdict.VALID


@pytest.mark.parametrize("gap", [1, 2, 40, 400])
def test_a_range_with_a_gap_behind_the_signature_is_never_valid(
    gap: int, paper: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    """The digest matches, but some bytes behind the signature are nobody's: anything could be put there later."""

    def widen(content: bytearray, start: int, end: int) -> int:
        content[end - gap - 1 : end] = b">" + b" " * gap
        return end

    (signature,) = judge(sign_tampered(pki, paper, widen)).signatures
    assert (signature.verdict, signature.problem) == (Verdict.INVALID, Problem.BYTE_RANGE)


def test_a_range_that_overlaps_the_signature_is_never_valid(bb: bytes, judge: Judge) -> None:
    start, end = hole_of(bb)
    rest = len(bb) - end
    found = re.search(rb"\[0 \d+ \d+ \d+\s*\]", bb)
    assert found
    for first, second, third in (
        (start + 1, end, rest),
        (start, end - 1, rest + 1),
        (start - 1, end, rest),
        (start, end + 1, rest - 1),
        (start, end, rest - 1),
        (start, end, rest + 1),
        (end, end, rest),
        (len(bb), len(bb), 0),
    ):
        new = (b"[0 %d %d %d]" % (first, second, third)).ljust(found.end() - found.start())
        assert verdict_on(bb[: found.start()] + new + bb[found.end() :], judge) is not Verdict.VALID


def test_a_range_that_does_not_begin_at_the_beginning_is_never_valid(
    paper: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    signed = sign(pki, paper)
    start, end = hole_of(signed)
    found = re.search(rb"\[0 (\d+)", signed)
    assert found
    shifted = signed[: found.start()] + b"[9 %d" % (start - 9) + signed[found.end() :]
    assert verdict_on(shifted, judge) is not Verdict.VALID
    assert end > start


def test_something_hidden_in_the_padding_of_the_hole_is_never_valid(bb: bytes, judge: Judge) -> None:
    _, end = hole_of(bb)
    changed = bytearray(bb)
    changed[end - 9 : end - 1] = b"DEADBEEF"
    (signature,) = judge(bytes(changed)).signatures
    assert (signature.verdict, signature.problem) == (Verdict.INVALID, Problem.BYTE_RANGE)


@pytest.mark.parametrize(
    "second", [b"/ByteRange [0 1 2 3]", b"/Byte#52ange [0 1 2 3]", b"/Contents <00>", b"/Conten#74s <00>"]
)
def test_a_dictionary_that_says_two_things_is_never_valid(
    second: bytes, paper: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    """Some readers take the first of two equal keys, some the last."""

    def add(content: bytearray, start: int, end: int) -> int:
        reason = b"/Reason (%s)" % (b"x" * 40)
        where = content.index(reason)
        content[where : where + len(reason)] = second.ljust(len(reason))
        return end

    signed = sign_tampered(pki, paper, add, reason="x" * 40)
    (signature,) = judge(signed).signatures
    assert (signature.verdict, signature.problem) == (Verdict.CANNOT_TELL, Problem.UNREADABLE)


# --- the message itself ---


def test_no_signer_two_signers_or_no_certificate_is_never_valid(bb: bytes, judge: Judge) -> None:
    def no_signer(message: cms.ContentInfo) -> None:
        message["content"]["signer_infos"] = cms.SignerInfos([])

    def two_signers(message: cms.ContentInfo) -> None:
        (signer,) = message["content"]["signer_infos"]
        message["content"]["signer_infos"] = cms.SignerInfos([signer, signer.copy()])

    def no_certificate(message: cms.ContentInfo) -> None:
        message["content"]["certificates"] = cms.CertificateSet([])

    def content_of_its_own(message: cms.ContentInfo) -> None:
        """A signature over something else entirely, which it carries along."""
        message["content"]["encap_content_info"]["content"] = core.OctetString(b"I agree")

    for change in (no_signer, two_signers, content_of_its_own):
        (signature,) = judge(change_message(bb, change)).signatures
        assert (signature.verdict, signature.problem) == (Verdict.INVALID, Problem.MALFORMED), change.__name__
    (signature,) = judge(change_message(bb, no_certificate)).signatures
    assert (signature.verdict, signature.problem) == (Verdict.CANNOT_TELL, Problem.UNREADABLE)


def test_signed_attributes_that_are_gone_or_changed_are_never_valid(bb: bytes, judge: Judge) -> None:
    def drop_all(message: cms.ContentInfo) -> None:
        del message["content"]["signer_infos"][0]["signed_attrs"]

    def drop_digest(message: cms.ContentInfo) -> None:
        signer = message["content"]["signer_infos"][0]
        kept = [one for one in signer["signed_attrs"] if one["type"].native != "message_digest"]
        signer["signed_attrs"] = cms.CMSAttributes(kept)

    def drop_reference(message: cms.ContentInfo) -> None:
        signer = message["content"]["signer_infos"][0]
        kept = [one for one in signer["signed_attrs"] if one["type"].native != "signing_certificate_v2"]
        signer["signed_attrs"] = cms.CMSAttributes(kept)

    def other_value(message: cms.ContentInfo) -> None:
        message["content"]["signer_infos"][0]["signature"] = bytes(256)

    for change in (drop_all, drop_digest, drop_reference, other_value):
        (signature,) = judge(change_message(bb, change)).signatures
        assert signature.verdict is not Verdict.VALID, change.__name__


def test_the_certificate_of_somebody_else_is_never_valid(bb: bytes, judge: Judge, pki: PublicKeyInfrastructure) -> None:
    """What counts is the certificate that the signed attributes name."""

    def swap(message: cms.ContentInfo) -> None:
        other = x509.Certificate.load(pki.der("chairman"))
        message["content"]["certificates"] = cms.CertificateSet([cms.CertificateChoices("certificate", other)])
        identifier = message["content"]["signer_infos"][0]["sid"].chosen
        identifier["serial_number"] = other.serial_number

    (signature,) = judge(change_message(bb, swap)).signatures
    assert signature.verdict is not Verdict.VALID


def test_the_signature_of_one_document_in_another_is_altered(
    bb: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    other = sign(pki, plain_pdf(fields=True))
    message = PdfFileReader(io.BytesIO(bb)).embedded_regular_signatures[0].pkcs7_content.hex().encode()
    start, end = hole_of(other)
    moved = other[:start] + b"<" + message + b">" + other[end:]
    (signature,) = judge(moved).signatures
    assert (signature.verdict, signature.problem) == (Verdict.INVALID, Problem.ALTERED)
    assert not signature.intact


@pytest.mark.parametrize("kind", [b"/adbe.pkcs7.sha1", b"/adbe.x509.rsa_sha1", b"/ETSI.CAdES.someday"])
def test_a_kind_of_signature_that_cannot_be_judged_is_said_so(
    kind: bytes, paper: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    def rename(content: bytearray, start: int, end: int) -> int:
        where = content.index(b"/ETSI.CAdES.detached")
        content[where : where + 20] = kind.ljust(20)
        return end

    (signature,) = judge(sign_tampered(pki, paper, rename)).signatures
    assert (signature.verdict, signature.problem) == (Verdict.CANNOT_TELL, Problem.UNREADABLE)
