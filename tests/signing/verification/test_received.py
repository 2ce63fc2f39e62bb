# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever comes in gets an answer, in a process of its own that may cost only so much."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import zlib

import pikepdf
import pytest

from signing.trust import TrustAnchors
from signing.verdicts import program
from signing.verdicts.document import judge_document
from signing.verdicts.facts import facts_of, report_of
from signing.verdicts.verdict import Verdict
from signing.verification import Limits, verify_received
from tests.signing.pki import NOW, PublicKeyInfrastructure
from tests.signing.verification.documents import HOUR, hole_of, long_term, plain_pdf, sign, stamp_inside, verdict_on

_MEBIBYTE = 1024 * 1024


def test_the_answer_from_outside_is_the_answer_from_inside(
    bb: bytes, trust: TrustAnchors, pki: PublicKeyInfrastructure
) -> None:
    kept = long_term(pki, stamp_inside(pki, bb, NOW + HOUR), NOW + 2 * HOUR)
    report = verify_received(kept, trust, NOW + 3 * HOUR)
    assert report == judge_document(kept, trust, NOW + 3 * HOUR)
    assert report.verdict is Verdict.VALID
    assert report_of(facts_of(report)) == report


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\n", b"<html><body>502 Bad Gateway</body></html>", bytes(range(256)) * 64, b"%PDF-1.7\n%%EOF"],
    ids=["empty", "header only", "html", "garbage", "nothing in it"],
)
def test_what_is_no_document_is_unreadable(content: bytes, trust: TrustAnchors) -> None:
    with pytest.raises(Exception, match="pdf-unreadable"):
        judge_document(content, trust, NOW)


def test_a_broken_document_is_an_answer_and_no_exception(trust: TrustAnchors) -> None:
    report = verify_received(b"<html>", trust, NOW)
    assert (report.verdict, report.error, report.signatures) == (Verdict.CANNOT_TELL, "pdf-unreadable", ())


def test_a_truncated_document_is_unreadable(bb: bytes, trust: TrustAnchors) -> None:
    start, _ = hole_of(bb)
    for length in (len(bb) - 20, len(bb) - 100, start + 100, 100):
        assert verdict_on(bb[:length], lambda content: judge_document(content, trust, NOW)) is not Verdict.VALID
    assert verify_received(bb[:-20], trust, NOW).error == "pdf-unreadable"


@pytest.mark.parametrize("user", ["", "secret"])
def test_an_encrypted_document_is_not_judged(user: str, bb: bytes, trust: TrustAnchors) -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(bb)) as document:
        document.save(made, encryption=pikepdf.Encryption(owner="owner", user=user))
    with pytest.raises(Exception, match="pdf-encrypted"):
        judge_document(made.getvalue(), trust, NOW)


def test_an_empty_signature_field_is_no_signature(paper: bytes, trust: TrustAnchors) -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as document:
        field = document.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Later"))
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), SigFlags=1)
        document.save(made)
    assert judge_document(made.getvalue(), trust, NOW).verdict is Verdict.NOT_SIGNED


def hybrid_pdf() -> bytes:
    """As an office program saves it: a table for old readers, and a stream beside it."""
    body = plain_pdf()
    start = int(body[body.rindex(b"startxref") + 9 :].split()[0])
    table, trailer = body[start : body.rindex(b"trailer")], body[body.rindex(b"trailer") : body.rindex(b"startxref")]
    hidden = len(body[:start])
    entry = b"\1" + hidden.to_bytes(4, "big") + b"\0"
    stream = b"90 0 obj\n<</Type/XRef/Size 91/W[1 4 1]/Index[90 1]/Length 6>>\nstream\n%s\nendstream\nendobj\n" % entry
    made = body[:start] + stream
    again = len(made)
    made += table + trailer.replace(b"<<", b"<</XRefStm %d " % hidden, 1)
    return made + b"startxref\n%d\n%%%%EOF\n" % again


def test_a_hybrid_document_of_an_office_program_is_signed_and_judged(
    trust: TrustAnchors, pki: PublicKeyInfrastructure
) -> None:
    signed = sign(pki, hybrid_pdf())
    assert b"/XRefStm" in signed
    assert judge_document(signed, trust, NOW).verdict is Verdict.VALID
    two = sign(pki, signed, "chairman")
    assert judge_document(two, trust, NOW).verdict is Verdict.VALID


def test_a_form_that_contains_itself_is_survived(paper: bytes, trust: TrustAnchors) -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as document:
        field = document.make_indirect(pikepdf.Dictionary(T="vòng"))
        field.Kids = pikepdf.Array([field])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        document.save(made)
    assert verify_received(made.getvalue(), trust, NOW).verdict is not Verdict.VALID


@pytest.mark.full
def test_nesting_without_end_is_survived(trust: TrustAnchors) -> None:
    deep = b"%PDF-1.7\n1 0 obj\n" + b"[" * 500_000 + b"\nendobj\nstartxref\n9\n%%EOF\n"
    assert verify_received(deep, trust, NOW).error is not None


def test_a_document_that_takes_too_long_is_ended(bb: bytes, trust: TrustAnchors) -> None:
    started = time.monotonic()
    report = verify_received(bb, trust, NOW, Limits(seconds=0.05))
    assert (report.verdict, report.error) == (Verdict.CANNOT_TELL, "verification-timeout")
    assert time.monotonic() - started < 10


def test_a_document_that_is_too_large_is_not_looked_at(bb: bytes, trust: TrustAnchors) -> None:
    assert verify_received(bb, trust, NOW, Limits(document_bytes=1000)).error == "pdf-too-large"


def test_a_process_that_runs_out_of_memory_is_an_answer(bb: bytes, trust: TrustAnchors) -> None:
    report = verify_received(bb, trust, NOW, Limits(memory_bytes=50 * _MEBIBYTE))
    assert report.verdict is Verdict.CANNOT_TELL
    assert report.error == "verification-crashed"


@pytest.mark.full
def test_a_stream_that_unpacks_without_end_does_not_fill_the_memory(
    bb: bytes, trust: TrustAnchors, pki: PublicKeyInfrastructure
) -> None:
    bomb = zlib.compress(bytes(300 * _MEBIBYTE), 1)
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain_pdf())) as document:
        document.Root.Data = pikepdf.Stream(document, b"")
        document.Root.Data.write(bomb, filter=pikepdf.Name.FlateDecode)
        document.pages[0].obj.Contents = document.Root.Data
        document.save(made)
    signed = sign(pki, made.getvalue())
    report = verify_received(signed, trust, NOW)
    assert report.verdict in {Verdict.VALID, Verdict.CANNOT_TELL}
    assert report.signatures or report.error


_REACHES_OUT = """
import socket, subprocess, sys
from signing.verdicts.program import stay_inside
stay_inside()
for reach in (
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: socket.getaddrinfo("example.com", 80),
    lambda: subprocess.run(["true"]),
):
    try:
        reach()
    except PermissionError:
        continue
    sys.exit(1)
"""


def test_the_process_reaches_no_network_and_starts_no_program() -> None:
    subprocess.run([sys.executable, "-I", "-c", _REACHES_OUT], check=True)


@pytest.mark.skipif(sys.platform == "win32", reason="no such ceilings")
def test_the_process_has_ceilings() -> None:
    limits = f"""
import resource
from signing.verdicts.program import limit_resources
limit_resources({600 * _MEBIBYTE}, 3)
assert resource.getrlimit(resource.RLIMIT_AS)[0] == {600 * _MEBIBYTE}
try:
    bytearray({700 * _MEBIBYTE})
except MemoryError:
    pass
else:
    raise SystemExit(1)
"""
    subprocess.run([sys.executable, "-I", "-c", limits], check=True)
    assert program.LENGTH.size == 4


@pytest.mark.full
@pytest.mark.timeout(300)
@pytest.mark.parametrize("revised", [False, True])
def test_200_megabytes_are_answered_within_ten_seconds(
    revised: bool, trust: TrustAnchors, pki: PublicKeyInfrastructure
) -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain_pdf())) as document:
        picture = document.make_stream(os.urandom(200 * _MEBIBYTE))
        document.pages[1].obj.Resources.Picture = picture
        document.save(made)
    signed = sign(pki, made.getvalue())
    if revised:
        signed = sign(pki, signed, "chairman", visible=True)
    started = time.monotonic()
    report = verify_received(signed, trust, NOW)
    seconds = time.monotonic() - started
    print(f"200 MB, {len(report.signatures)} signatures: {seconds:.1f} s")  # noqa: T201 - the figure of the run
    assert (report.verdict, report.error) == (Verdict.VALID, None)
    assert seconds < 10
