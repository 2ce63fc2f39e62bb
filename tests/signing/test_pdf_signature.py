# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing documents: three phases, PDF/A kept, earlier signatures kept, bad documents named."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import itertools
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from asn1crypto import cms

from demo.soft_token import SoftToken
from signing.certificates import SigningCertificate, read_certificate
from signing.errors import SigningError
from signing.pdf_signature import (
    RESERVED_CHARACTERS,
    PreparedPdf,
    SignatureRequest,
    SignedPdf,
    attributes_to_sign,
    embed,
    prepare,
)
from signing.stamp import Box, StampPlace
from signing.verification import verify_pdf

if TYPE_CHECKING:
    from tests.signing.conftest import PluggedInToken


@pytest.fixture
def certificate(pristine_token: SoftToken) -> SigningCertificate:
    return read_certificate(pristine_token.certificate)


def sign(token: PluggedInToken, pdf: bytes, wish: SignatureRequest) -> SignedPdf:
    with token.start() as program:
        token.log_in(program)
        return program.sign_pdf(pdf, wish)


def words_of(pdf: bytes, *options: str) -> str:
    command = ["pdftotext", "-layout", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def signature_of(signed: SignedPdf) -> pikepdf.Dictionary:
    with pikepdf.open(io.BytesIO(signed.content)) as document:
        (field,) = [f for f in document.Root.AcroForm.Fields if str(f.T) == signed.field_name]
        return pikepdf.Dictionary({key: field.V[key] for key in ("/SubFilter", "/Contents", "/ByteRange", "/M")})


def message_of(signed: SignedPdf) -> cms.SignedData:
    return cms.ContentInfo.load(bytes(signature_of(signed)["/Contents"]))["content"]


# --- what a signature is ---


def test_a_signed_document_is_valid_and_says_who_signed(
    signed: SignedPdf, pristine_token: SoftToken, now: dt.datetime
) -> None:
    (verdict,) = verify_pdf(signed.content, pristine_token.trust, now)
    assert verdict.valid
    assert verdict.level == signed.level == "B-B"
    assert verdict.signer_name == "Nguyễn Thị Ngọc Ánh"
    assert verdict.organisation == "Ủy ban nhân dân xã Tân Lập"
    assert verdict.certificate_sha256 == pristine_token.certificate_sha256
    assert verdict.claimed_time == now
    assert verdict.covers_entire_file
    assert verdict.field_name == signed.field_name
    assert verdict.byte_range_digest == signed.byte_range_digest
    assert verdict.signature_value_sha256 == signed.signature_value_sha256


def test_it_is_pades_with_the_certificate_among_the_signed_attributes(
    signed: SignedPdf, pristine_token: SoftToken
) -> None:
    message = message_of(signed)
    (signer,) = message["signer_infos"]
    attributes = {attribute["type"].native: attribute["values"][0] for attribute in signer["signed_attrs"]}
    assert signature_of(signed)["/SubFilter"] == pikepdf.Name("/ETSI.CAdES.detached")
    assert set(attributes) == {"content_type", "message_digest", "signing_certificate_v2"}
    assert attributes["message_digest"].native.hex() == signed.byte_range_digest
    (named,) = attributes["signing_certificate_v2"]["certs"]
    assert named["cert_hash"].native.hex() == pristine_token.certificate_sha256
    assert signer["digest_algorithm"]["algorithm"].native == "sha256"


def test_the_authorities_between_are_embedded_and_the_root_is_not(signed: SignedPdf, pristine_token: SoftToken) -> None:
    embedded = {found.chosen.dump() for found in message_of(signed)["certificates"]}
    assert embedded == {pristine_token.certificate, *pristine_token.trust.intermediates}


def test_there_is_room_for_a_timestamp_later(signed: SignedPdf) -> None:
    _, start, end, _ = (int(number) for number in signature_of(signed)["/ByteRange"])
    used = len(signature_of(signed)["/Contents"].__bytes__().rstrip(b"\0"))
    assert end - start - 2 == RESERVED_CHARACTERS == 32_768
    assert RESERVED_CHARACTERS // 2 - used > 8 * 1024


def test_other_readers_agree(signed: SignedPdf, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed.content)
    report = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, check=False, text=True).stdout
    assert "Signature is Valid" in report
    assert "Total document signed" in report
    with pikepdf.open(path) as document:
        assert document.check_pdf_syntax() == []


def test_the_document_is_only_appended_to(signed: SignedPdf, pdf: bytes) -> None:
    assert signed.content.startswith(pdf)
    assert hashlib.sha256(pdf).hexdigest() != signed.byte_range_digest


# --- three phases ---


def test_a_document_half_way_can_be_stored_and_finished_by_another_program(
    token: PluggedInToken, pdf: bytes, wish: SignatureRequest, certificate: SigningCertificate, now: dt.datetime
) -> None:
    stored = dataclasses.asdict(prepare(pdf, wish, certificate))
    assert {type(value) for value in stored.values()} == {bytes, int, str}
    prepared = PreparedPdf(**stored)
    attributes = attributes_to_sign(prepared, certificate)
    with token.start() as program:
        token.log_in(program)
        signature = program.sign_digest(hashlib.sha256(attributes).digest())
        finished = embed(prepared, attributes, signature, program.certificate, wish.intermediates)
    (verdict,) = verify_pdf(finished.content, token.soft.trust, now)
    assert verdict.valid


def test_a_signature_by_another_key_is_never_embedded(
    pdf: bytes, wish: SignatureRequest, certificate: SigningCertificate
) -> None:
    prepared = prepare(pdf, wish, certificate)
    attributes = attributes_to_sign(prepared, certificate)
    with pytest.raises(SigningError) as caught:
        embed(prepared, attributes, bytes(256), certificate, ())
    assert caught.value.code == "signature-mismatch"


def test_a_signature_for_another_document_is_never_embedded(
    token: PluggedInToken, pdf: bytes, wish: SignatureRequest, certificate: SigningCertificate
) -> None:
    one = prepare(pdf, wish, certificate)
    other = prepare(pdf, dataclasses.replace(wish, reason="Bản khác"), certificate)
    attributes = attributes_to_sign(other, certificate)
    with token.start() as program:
        token.log_in(program)
        signature = program.sign_digest(hashlib.sha256(attributes).digest())
    with pytest.raises(SigningError) as caught:
        embed(one, attributes, signature, certificate, ())
    assert caught.value.code == "signature-mismatch"


def test_a_signature_that_needs_more_than_its_room_is_refused(
    token: PluggedInToken, pdf: bytes, wish: SignatureRequest
) -> None:
    with token.start() as program:
        token.log_in(program)
        prepared = prepare(pdf, wish, program.certificate)
        narrow = dataclasses.replace(prepared, hole_end=prepared.hole_start + 1002)
        attributes = attributes_to_sign(narrow, program.certificate)
        signature = program.sign_digest(hashlib.sha256(attributes).digest())
        with pytest.raises(SigningError) as caught:
            embed(narrow, attributes, signature, program.certificate, ())
    assert caught.value.code == "signature-too-large"


def test_a_batch_needs_one_login(token: PluggedInToken, pdf: bytes, wish: SignatureRequest, now: dt.datetime) -> None:
    with token.start_spied() as program:
        token.log_in(program)
        batch = [program.sign_pdf(pdf, wish) for _ in range(20)]
    assert token.calls("C_Login") == 1
    assert token.calls("C_SignInit") == 20
    for signed in batch:
        (verdict,) = verify_pdf(signed.content, token.soft.trust, now)
        assert verdict.valid


def test_a_second_signature_keeps_the_first_and_its_stamp(
    token: PluggedInToken, signed: SignedPdf, wish: SignatureRequest, now: dt.datetime
) -> None:
    again = sign(token, signed.content, wish)
    first, second = verify_pdf(again.content, token.soft.trust, now)
    assert first.valid
    assert not first.covers_entire_file
    assert first.byte_range_digest == signed.byte_range_digest
    assert second.valid
    assert second.covers_entire_file
    assert first.field_name != second.field_name
    with pikepdf.open(io.BytesIO(again.content)) as document:
        boxes = [Box(*map(float, widget.Rect)) for widget in document.pages[0].Annots]
    assert not boxes[0].overlaps(boxes[1])


def test_a_fifth_stamp_stands_at_the_nearest_free_place_when_the_margins_are_full(
    token: PluggedInToken, pdf: bytes, wish: SignatureRequest
) -> None:
    content = pdf
    with token.start() as program:
        token.log_in(program)
        for _ in range(5):
            content = program.sign_pdf(content, wish).content
    with pikepdf.open(io.BytesIO(content)) as document:
        boxes = [Box(*map(float, widget.Rect)) for widget in document.pages[0].Annots]
    assert len(boxes) == 5
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


# --- the stamp on the page ---


def test_the_stamp_stands_in_the_top_margin_and_the_text_stays(signed: SignedPdf, pdf: bytes) -> None:
    lines = [line.strip() for line in words_of(signed.content, "-l", "1").splitlines() if line.strip()]
    assert lines[0] == "Ký bởi: Nguyễn Thị Ngọc Ánh"
    assert lines[1] == "Cơ quan: Ủy ban nhân dân xã Tân Lập"
    assert re.fullmatch(r"Thời gian ký: \d\d/\d\d/\d{4} \d\d:\d\d:\d\d \+07:00", lines[2])
    assert lines[3:] == [line.strip() for line in words_of(pdf, "-l", "1").splitlines() if line.strip()]


def test_the_stamp_goes_where_it_is_told(pdf: bytes, wish: SignatureRequest, certificate: SigningCertificate) -> None:
    box = Box(100, 200, 330, 260)
    prepared = prepare(pdf, dataclasses.replace(wish, place=StampPlace(1, box), unit="Sở Tư pháp"), certificate)
    with pikepdf.open(io.BytesIO(prepared.content)) as document:
        (widget,) = document.pages[1].Annots
        assert [float(edge) for edge in widget.Rect] == [100, 200, 330, 260]
    crop = ("-f", "2", "-l", "2", "-x", "100", "-y", "582", "-W", "230", "-H", "60")
    assert words_of(prepared.content, *crop).split("\n")[1].strip() == "Cơ quan: Sở Tư pháp"


def test_an_invisible_signature_shows_nothing(
    token: PluggedInToken, pdf: bytes, wish: SignatureRequest, now: dt.datetime
) -> None:
    unseen = sign(token, pdf, dataclasses.replace(wish, place=None))
    (verdict,) = verify_pdf(unseen.content, token.soft.trust, now)
    assert verdict.valid
    assert words_of(unseen.content) == words_of(pdf)


# --- PDF/A ---


def test_metadata_and_output_intent_of_an_archive_copy_survive(signed: SignedPdf, pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as before, pikepdf.open(io.BytesIO(signed.content)) as after:
        assert after.Root.Metadata.objgen == before.Root.Metadata.objgen
        assert after.Root.Metadata.read_raw_bytes() == before.Root.Metadata.read_raw_bytes()
        assert b"<pdfaid:part>2</pdfaid:part>" in after.Root.Metadata.read_bytes()
        assert repr(after.trailer.get("/Info")) == repr(before.trailer.get("/Info"))
        assert len(after.Root.OutputIntents) == len(before.Root.OutputIntents) == 1
        assert after.Root.OutputIntents[0].objgen == before.Root.OutputIntents[0].objgen


def test_what_is_added_to_an_archive_copy_is_allowed_in_pdf_a_2(signed: SignedPdf) -> None:
    """ISO 19005-2: fonts embedded (6.2.11.4), printed annotations with one appearance (6.3), no actions (6.5)."""
    with pikepdf.open(io.BytesIO(signed.content)) as document:
        (widget,) = document.pages[0].Annots
        assert int(widget.F) & 0b111 == 0b100, "printed, neither hidden nor invisible"
        assert set(widget.AP.keys()) == {"/N"}
        assert "/A" not in widget
        assert "/AA" not in widget
        assert "/NeedAppearances" not in document.Root.AcroForm
        forms = [widget.AP.N, *widget.AP.N.Resources.XObject.values()]
        for form in forms:
            assert "/Group" not in form
            for state in form.Resources.get("/ExtGState", {}).values():
                assert float(state.get("/ca", 1)) == float(state.get("/CA", 1)) == 1
        fonts = list(forms[1].Resources.Font.values())
        assert fonts
        for font in fonts:
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
            assert "/ToUnicode" in font


# --- documents of others ---


def test_field_names_that_are_taken_are_not_used_again(
    typeset: Callable[..., bytes], wish: SignatureRequest, certificate: SigningCertificate
) -> None:
    with_form = io.BytesIO()
    with pikepdf.open(io.BytesIO(typeset("xin chào"))) as document:
        names = ["Signature1", "Họ tên", "Signature2"]
        fields = [document.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=name)) for name in names]
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields))
        document.save(with_form)
    assert prepare(with_form.getvalue(), wish, certificate).field_name == "Signature3"


def test_a_document_of_an_office_program_with_hybrid_references_can_be_signed(
    token: PluggedInToken, wish: SignatureRequest, now: dt.datetime, typeset: Callable[..., bytes]
) -> None:
    hybrid = make_hybrid(typeset("xin chào", ["1.7"]))
    finished = sign(token, hybrid, wish)
    (verdict,) = verify_pdf(finished.content, token.soft.trust, now)
    assert verdict.valid


def make_hybrid(pdf: bytes) -> bytes:
    """A file with a classic cross-reference table whose trailer points to a cross-reference stream (7.5.8.4)."""
    classic = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(classic, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    content = classic.getvalue()
    start = int(content[content.rindex(b"startxref") + 9 :].split()[0])
    body, table = content[:start], content[start:]
    stream_at = len(body)
    size = int(re.search(rb"/Size (\d+)", table)[1])  # type: ignore[index]  # pikepdf writes a trailer
    entry = b"\1" + stream_at.to_bytes(4, "big") + b"\0"
    stream = (
        b"%d 0 obj\n<< /Type /XRef /Size %d /Index [%d 1] /W [1 4 1] /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        % (size, size + 1, size, len(entry), entry)
    )
    table = table.replace(b"/Size %d" % size, b"/Size %d /XRefStm %d" % (size + 1, stream_at))
    table = table[: table.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF\n" % (stream_at + len(stream))
    return body + stream + table
