# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents prepared before signing and sprung afterwards, and what is done to certified ones.

The classes are those of "Shadow Attacks" (2021: hide, replace, hide-and-replace) and of "Breaking the Specification:
PDF Certification" (2021: evil annotation, sneaky signature).
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from asn1crypto import keys, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing import pyhanko_calls
from signing.verdicts.verdict import ChangeKind, Modification, Problem, Verdict
from tests.signing.pki import PublicKeyInfrastructure
from tests.signing.verification.attacks import (
    add_annotation,
    amount_of,
    appearance,
    entries,
    generic,
)
from tests.signing.verification.conftest import Judge
from tests.signing.verification.documents import (
    name,
    objects_appended,
    plain_pdf,
    revise,
    sign,
    verdict_on,
)


@pytest.fixture(scope="session")
def form_paper() -> bytes:
    return plain_pdf(fields=True)


@pytest.fixture(scope="session")
def signed_form(pki_of_session: PublicKeyInfrastructure, form_paper: bytes) -> bytes:
    return sign(pki_of_session, form_paper)


# --- shadow attacks: prepared before signing, sprung afterwards ---


def shadow_paper(kind: str) -> bytes:
    """A document with something hidden in it that the signer cannot see."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain_pdf(fields=True))) as document:
        page = document.pages[0].obj
        if kind == "hide":
            cover = document.make_stream(
                b"1 g 0 0 595 842 re f",
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Form,
                BBox=[0, 0, 595, 842],
            )
            page.Resources.XObject = pikepdf.Dictionary(Cover=cover)
            page.Contents = document.make_stream(page.Contents.read_bytes() + b" /Cover Do BT ET")
        if kind == "hide-and-replace":
            document.Root.Hidden = document.make_stream(b"BT /F1 24 Tf 72 700 Td (Pay 9 000 000) Tj ET")
        document.save(made, static_id=True)
    return made.getvalue()


def test_shadow_hide_removing_the_cover_is_not_borne(judge: Judge, pki: PublicKeyInfrastructure) -> None:
    signed = sign(pki, shadow_paper("hide"))
    reader = PdfFileReader(io.BytesIO(signed))
    number = reader.root["/Pages"]["/Kids"][0]["/Resources"]["/XObject"].raw_get("/Cover").idnum
    for body in (b"null", b"<</Type/XObject/Subtype/Form/BBox[0 0 0 0]/Length 0>>stream\n\nendstream"):
        (signature,) = judge(objects_appended(signed, [(number, body)])).signatures
        assert signature.problem is Problem.CHANGED_AFTER_SIGNING


def test_shadow_replace_by_a_field_value_is_not_valid(signed_form: bytes, judge: Judge) -> None:
    """The paper's "replace": a text field shows another value, which viewers call form filling."""

    def fill(writer: Any) -> None:
        field = amount_of(writer)
        field[name("/V")] = generic.TextStringObject("9 000 000")
        field[name("/AP")] = appearance(writer, b"9 000 000")
        writer.update_container(field)

    (signature,) = judge(revise(signed_form, fill)).signatures
    assert (signature.verdict, signature.problem) == (Verdict.CANNOT_TELL, Problem.FILLED_LATER)
    assert signature.modification is Modification.FORM_FILLING
    assert [(change.kind, change.name) for change in signature.changes][:1] == [(ChangeKind.FIELD, "amount")]


def test_shadow_replace_by_the_picture_of_a_field_alone_is_not_valid(signed_form: bytes, judge: Judge) -> None:
    def redraw(writer: Any) -> None:
        field = amount_of(writer)
        field[name("/AP")] = appearance(writer, b"9 000 000")
        writer.update_container(field)

    (signature,) = judge(revise(signed_form, redraw)).signatures
    assert not signature.valid


def test_shadow_replace_by_the_font_of_a_form_is_not_valid(signed_form: bytes, judge: Judge) -> None:
    """Other glyphs for the same text: pyHanko lets a form's default resources change."""

    def change_font(writer: Any) -> None:
        form = writer.root["/AcroForm"]
        font = entries(Type=name("/Font"), Subtype=name("/Type1"), BaseFont=name("/ZapfDingbats"))
        form[name("/DR")] = entries(Font=entries(F1=writer.add_object(font)))
        form[name("/NeedAppearances")] = generic.BooleanObject(True)
        writer.update_container(form)

    (signature,) = judge(revise(signed_form, change_font)).signatures
    assert not signature.valid


def test_shadow_hide_and_replace_by_the_table_alone_is_not_borne(judge: Judge, pki: PublicKeyInfrastructure) -> None:
    """No new object at all: a new table that points the page's content at a hidden stream that was signed along."""
    signed = sign(pki, shadow_paper("hide-and-replace"))
    reader = PdfFileReader(io.BytesIO(signed))
    content = reader.root["/Pages"]["/Kids"][0].raw_get("/Contents")
    hidden = reader.xrefs[reader.root.raw_get("/Hidden").reference]
    start = len(signed) + 1
    previous = int(signed[signed.rindex(b"startxref") + 9 :].split()[0])
    table = b"\nxref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        content.idnum,
        hidden,
        int(reader.trailer["/Size"]),
        reader.root_ref.idnum,
        previous,
        start,
    )
    assert verdict_on(signed + table, judge) is not Verdict.VALID


def test_shadow_hide_and_replace_by_another_catalogue_is_not_borne(judge: Judge, pki: PublicKeyInfrastructure) -> None:
    """A second catalogue lay in the signed file; the update makes the trailer point at it."""

    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain_pdf())) as document:
        other = pikepdf.Dictionary(Type=pikepdf.Name.Pages, Count=1, Kids=pikepdf.Array([document.pages[1].obj]))
        second = pikepdf.Dictionary(Type=pikepdf.Name.Catalog, Pages=document.make_indirect(other))
        document.Root.Second = document.make_indirect(second)
        document.save(made, static_id=True)
    signed = sign(pki, made.getvalue())
    second_number = PdfFileReader(io.BytesIO(signed)).root.raw_get("/Second").idnum
    assert verdict_on(objects_appended(signed, [], root=second_number), judge) is not Verdict.VALID


def test_shadow_object_that_was_not_there_yet_is_not_borne(judge: Judge, pki: PublicKeyInfrastructure) -> None:
    """The signed table points behind the end of the signed file: blank then, something in an update that is allowed.

    pyHanko takes the update for maintenance; it says so itself in a comment.
    """
    base, place = plain_pdf(), 80_000
    reader = PdfFileReader(io.BytesIO(base))
    page = reader.root["/Pages"]["/Kids"].raw_get(0)
    content = page.get_object().raw_get("/Contents").idnum
    font = page.get_object()["/Resources"]["/Font"].raw_get("/F1").idnum
    hidden = int(reader.trailer["/Size"])
    tree = page.get_object().raw_get("/Parent").idnum
    body = (
        b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 %d 0 R>>>>/Contents[%d 0 R %d 0 R]>>"
    )
    pages = objects_appended(base, [(page.idnum, body % (tree, font, content, hidden)), (hidden, b"null")])
    table = pages.rindex(b"%d 1\n" % hidden) + len(b"%d 1\n" % hidden)
    signed = sign(pki, pages[:table] + b"%010d" % place + pages[table + 10 :])
    assert judge(signed).verdict is Verdict.VALID
    data = b"1 g 0 0 600 900 re f 0 g BT /F1 24 Tf 72 700 Td (Pay 9 000 000) Tj ET"
    filler = b"\n%" + b" " * (place - len(signed) - 3) + b"\n"
    shown = filler + b"%d 0 obj\n<</Length %d>>stream\n%s\nendstream\nendobj\n" % (hidden, len(data), data)
    title = int(PdfFileReader(io.BytesIO(signed)).trailer["/Size"])
    ending = signed[signed.rindex(b"startxref") :]
    more = b"/Info %d 0 R" % title
    sprung = objects_appended(signed + shown + ending, [(title, b"<</Title(x)>>")], more=more)
    (signature,) = judge(sprung).signatures
    assert (signature.verdict, signature.problem) == (Verdict.INVALID, Problem.CHANGED_AFTER_SIGNING)


# --- certified documents ---


def certified(pki: PublicKeyInfrastructure, pdf: bytes, permission: MDPPerm) -> bytes:
    key = pki.key()
    private = keys.PrivateKeyInfo.load(key.private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    store = SimpleCertificateStore.from_certs([x509.Certificate.load(der) for der in key.chain])  # type: ignore[no-untyped-call]
    signer = SimpleSigner(x509.Certificate.load(key.certificate.der), private, store)
    meta = PdfSignatureMetadata(field_name="Author", certify=True, docmdp_permissions=permission, md_algorithm="sha256")
    signed = pyhanko_calls.finish(PdfSigner(meta, signer).async_sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf))))
    content: bytes = signed.getvalue()
    return content


def fill_amount(writer: Any) -> None:
    field = amount_of(writer)
    field[name("/V")] = generic.TextStringObject("2 000")
    field[name("/AP")] = appearance(writer, b"2 000")
    writer.update_container(field)


@pytest.mark.parametrize(
    ("permission", "expected"),
    [(MDPPerm.NO_CHANGES, Verdict.INVALID), (MDPPerm.FILL_FORMS, Verdict.VALID)],
)
def test_filling_a_certified_form_is_borne_as_far_as_its_author_allows(
    permission: MDPPerm, expected: Verdict, form_paper: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    (signature,) = judge(revise(certified(pki, form_paper, permission), fill_amount)).signatures
    assert signature.verdict is expected


def test_evil_annotation_is_not_valid_even_where_annotations_are_allowed(
    form_paper: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    (signature,) = judge(revise(certified(pki, form_paper, MDPPerm.ANNOTATE), add_annotation)).signatures
    assert not signature.valid


@pytest.mark.parametrize("who", ["foreign", "revoked", "expired"])
def test_sneaky_signature_of_a_stranger_takes_the_verdict_of_the_first_with_it(
    who: str, bb: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    """A stamp by somebody who proves nothing may cover what was signed."""
    first, second = judge(sign(pki, bb, who, visible=True)).signatures
    assert not second.valid
    assert (first.verdict, first.problem) == (Verdict.CANNOT_TELL, Problem.STAMPED_LATER)
    assert first.changes[0].visible
    first, second = judge(sign(pki, bb, who)).signatures
    assert first.valid  # an invisible one covers nothing
    assert not second.valid


def test_a_picture_whose_place_is_garbled_counts_as_one(bb: bytes, judge: Judge, pki: PublicKeyInfrastructure) -> None:
    """Some viewer draws it; which one cannot be known."""
    two = sign(pki, bb, "chairman", visible=True)
    where = two.rindex(b"/Rect [") + len(b"/Rect [ 42.5 789 24")
    garbled = two[:where] + b"/x" + two[where + 2 :]
    first, second = judge(garbled).signatures
    assert second.verdict is Verdict.INVALID
    assert (first.valid, first.changes[0].visible) == (False, True)


@pytest.mark.full
def test_a_second_signature_on_a_form_fills_no_field(
    signed_form: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    first, second = judge(sign(pki, signed_form, "chairman", visible=True)).signatures
    assert first.valid
    assert second.valid
    assert [change.kind for change in first.changes] == [ChangeKind.SIGNATURE]
