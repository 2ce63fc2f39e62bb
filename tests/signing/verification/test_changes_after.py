# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes after signing: honest ones are named, and those that alter what is shown never get a "valid".

Incremental saving attacks are those of "1 Trillion Dollar Refund" (2019).
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from signing.verdicts.verdict import ChangeKind, Problem, Verdict
from tests.signing.pki import PublicKeyInfrastructure
from tests.signing.verification.attacks import (
    ATTACKS,
    Change,
    appearance,
    drop_form,
    entries,
    first_page,
    generic,
    rectangle,
    replace_content,
    stream,
)
from tests.signing.verification.conftest import Judge
from tests.signing.verification.documents import (
    hole_of,
    name,
    objects_appended,
    plain_pdf,
    revise,
    sign,
    verdict_on,
    written,
)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_no_revision_that_changes_what_is_shown_is_borne(attack: Change, bb: bytes, judge: Judge) -> None:
    report = judge(revise(bb, attack))
    assert report.verdict is not Verdict.VALID
    if attack is not drop_form:
        (signature,) = report.signatures
        assert signature.verdict is Verdict.INVALID
        assert signature.intact
        assert signature.problem is Problem.CHANGED_AFTER_SIGNING
        assert signature.changes[-1].kind is ChangeKind.OTHER


@pytest.mark.parametrize("attack", ATTACKS[:2], ids=lambda attack: attack.__name__)
def test_a_change_is_not_washed_clean_by_the_next_signature(
    attack: Change, bb: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    """The second signer vouches for what he saw; for the first one the document was changed."""
    first, second = judge(sign(pki, revise(bb, attack), "chairman")).signatures
    assert first.problem is Problem.CHANGED_AFTER_SIGNING
    assert second.valid


def test_a_change_that_is_taken_back_later_is_still_a_change(bb: bytes, judge: Judge, paper: bytes) -> None:
    content = PdfFileReader(io.BytesIO(paper)).root["/Pages"]["/Kids"][0]["/Contents"].data

    def take_back(writer: Any) -> None:
        page = first_page(writer)
        page[name("/Contents")] = writer.add_object(stream(content))
        writer.update_container(page)

    (signature,) = judge(revise(revise(bb, replace_content), take_back)).signatures
    assert not signature.valid


def test_drawing_on_an_empty_field_of_the_signed_document_is_not_borne(
    judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain_pdf())) as document:
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig,
            T="Chairman",
            Rect=[72, 690, 472, 730],
            P=document.pages[0].obj,
        )
        document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(field)])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=document.pages[0].obj.Annots, SigFlags=3)
        document.save(made)
    signed = sign(pki, made.getvalue())
    assert judge(signed).verdict is Verdict.VALID

    def draw(writer: Any) -> None:
        fields = (one.get_object() for one in writer.root["/AcroForm"]["/Fields"])
        empty = next(field for field in fields if field["/T"] == "Chairman")
        empty[name("/AP")] = appearance(writer)
        writer.update_container(empty)

    assert judge(revise(signed, draw)).verdict is Verdict.INVALID


# --- incremental saving attacks: updates that only a forgiving reader follows ---


def new_sum(content: bytes) -> bytes:
    reader = PdfFileReader(io.BytesIO(content))
    number = reader.root["/Pages"]["/Kids"][0].raw_get("/Contents").idnum
    data = b"BT /F1 24 Tf 72 700 Td (Pay 9 000 000) Tj ET"
    return b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, len(data), data)


@pytest.mark.parametrize(
    "ending",
    [
        b"",
        b"trailer\n<</Size 99>>\n",
        b"xref\n0 0\ntrailer\n<</Size 99>>\nstartxref\n0\n%%EOF\n",
        b"startxref\n0\n%%EOF\n",
        b"startxref\n99999999\n%%EOF\n",
        b"%%EOF\n",
        b"%%EOF",
        b"\0\0\0\n%%EOF\n\n",
    ],
)
def test_an_update_without_an_honest_table_is_not_borne(ending: bytes, bb: bytes, judge: Judge) -> None:
    assert verdict_on(bb + b"\n" + new_sum(bb) + ending, judge) is not Verdict.VALID


def test_the_old_startxref_again_behind_new_objects_is_not_borne(bb: bytes, judge: Judge) -> None:
    """The last table is the signed one, so a strict reader sees nothing new; a forgiving one scans for objects."""
    ending = bb[bb.rindex(b"startxref") :]
    for tail in (new_sum(bb) + ending, b"\n" + new_sum(bb) + b"\n" + ending + b"\n"):
        assert verdict_on(bb + tail, judge) is not Verdict.VALID


def test_a_hand_made_update_is_not_borne(bb: bytes, judge: Judge) -> None:
    reader = PdfFileReader(io.BytesIO(bb))
    number = reader.root["/Pages"]["/Kids"][0].raw_get("/Contents").idnum
    data = b"BT /F1 24 Tf 72 700 Td (Pay 9 000 000) Tj ET"
    changed = objects_appended(bb, [(number, b"<</Length %d>>stream\n%s\nendstream" % (len(data), data))])
    (signature,) = judge(changed).signatures
    assert signature.problem is Problem.CHANGED_AFTER_SIGNING


def test_a_later_revision_that_is_two_files_in_one_is_not_borne(bb: bytes, judge: Judge) -> None:
    """Hybrid cross-references: old readers follow the table, new ones the stream beside it."""
    changed = objects_appended(bb, [(90, b"<</Nothing true>>")])
    position = len(changed)
    entry = b"\1" + position.to_bytes(4, "big") + b"\0"
    stream_object = (
        b"91 0 obj\n<</Type/XRef/Size 92/W[1 4 1]/Index[91 1]/Length 6>>\nstream\n%s\nendstream\nendobj\n" % entry
    )
    hybrid = changed + stream_object
    start = len(hybrid)
    previous = int(changed[changed.rindex(b"startxref") + 9 :].split()[0])
    root = PdfFileReader(io.BytesIO(bb)).root_ref.idnum
    hybrid += b"xref\n0 0\ntrailer\n<</Size 92/Root %d 0 R/Prev %d/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        root,
        previous,
        position,
        start,
    )
    assert judge(hybrid).verdict is not Verdict.VALID


# --- honest changes, and the signature itself ---


def test_an_honest_second_signature_is_named(bb: bytes, judge: Judge, pki: PublicKeyInfrastructure) -> None:
    first, second = judge(sign(pki, bb, "chairman", visible=True)).signatures
    assert first.valid
    assert second.valid
    assert [(change.kind, change.name, change.visible) for change in first.changes] == [
        (ChangeKind.SIGNATURE, "Signature2", True)
    ]
    assert second.changes == ()


def test_a_new_title_in_the_metadata_is_no_change_of_the_document(bb: bytes, judge: Judge) -> None:
    def retitle(writer: Any) -> None:
        writer.set_info(writer.add_object(entries(Title=generic.TextStringObject("Giấy khai sinh"))))

    (signature,) = judge(revise(bb, retitle)).signatures
    assert signature.valid


def test_reordering_the_signature_dictionary_in_a_later_revision_is_not_borne(bb: bytes, judge: Judge) -> None:
    """The signature object itself is written again, with another name and reason."""

    def rewrite(writer: Any) -> None:
        signature = writer.root["/AcroForm"]["/Fields"][0]["/V"]
        signature[name("/Name")] = generic.TextStringObject("Chủ tịch")
        writer.update_container(signature)

    report = judge(revise(bb, rewrite))
    assert report.verdict is not Verdict.VALID


def test_pointing_the_field_at_a_copy_of_the_signature_is_not_borne(bb: bytes, judge: Judge) -> None:
    def copy(writer: Any) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        clone = generic.DictionaryObject(field["/V"])
        clone[name("/Name")] = generic.TextStringObject("Chủ tịch")
        field[name("/V")] = writer.add_object(clone)
        writer.update_container(field)

    report = judge(revise(bb, copy))
    assert report.verdict is not Verdict.VALID


def test_a_second_field_for_the_same_signature_is_not_valid_twice(bb: bytes, judge: Judge) -> None:
    def add(writer: Any) -> None:
        form = writer.root["/AcroForm"]
        value = form["/Fields"][0].raw_get("/V")
        page = writer.root["/Pages"]["/Kids"].raw_get(0)
        field = entries(
            Type=name("/Annot"),
            Subtype=name("/Widget"),
            FT=name("/Sig"),
            T=generic.TextStringObject("Chairman"),
            V=value,
            P=page,
            Rect=rectangle(72, 690, 472, 730),
            AP=appearance(writer),
        )
        reference = writer.add_object(field)
        form["/Fields"].append(reference)
        writer.update_container(form["/Fields"])
        writer.register_annotation(page, reference)

    report = judge(revise(bb, add))
    assert report.verdict is not Verdict.VALID


def test_helpers_agree_on_where_the_hole_is(bb: bytes) -> None:
    start, end = hole_of(bb)
    assert bb[start : start + 1] == b"<"
    assert bb[end - 1 : end] == b">"
    assert written(IncrementalPdfFileWriter(io.BytesIO(bb))).startswith(bb)
