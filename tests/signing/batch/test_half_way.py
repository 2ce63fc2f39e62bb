# SPDX-License-Identifier: GPL-3.0-or-later
"""The half-way state survives a restart, and nothing that was changed passes for it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from signing.batch.half_way import HalfWay, from_bytes, to_bytes
from signing.errors import SigningError
from signing.pdf_signature import SignatureRequest, attributes_to_sign, embed, prepare
from tests.signing.software_person import NAME, person

_HEAD = len(b"motcua half-way\n")

ANOTHER_PROCESS = """
import hashlib, sys
from pathlib import Path
from signing.batch.half_way import from_bytes
from signing.pdf_signature import attributes_to_sign, embed
folder = Path(sys.argv[1])
half_way = from_bytes((folder / "half-way").read_bytes(), (folder / "original").read_bytes())
attributes = attributes_to_sign(half_way.prepared, half_way.certificate)
signed = embed(half_way.prepared, attributes, (folder / "signature").read_bytes(), half_way.certificate, half_way.chain)
(folder / "signed").write_bytes(signed.content)
"""


@pytest.fixture(scope="module")
def half_way(pdf: bytes) -> HalfWay:
    now = dt.datetime.now(dt.UTC)
    prepared = prepare(pdf, SignatureRequest(signing_time=now), person().certificate)
    return HalfWay(prepared, person().certificate, (person(1).certificate.der,), now)


def rewrite(
    content: bytes, change: Callable[[dict[str, object]], None] = lambda header: None, tail: bytes = b""
) -> bytes:
    """Change a header, with the outer digest made anew, as somebody would who knows the format."""
    version, length = struct.unpack_from(">HI", content, _HEAD)
    start = _HEAD + 6
    header = json.loads(content[start : start + length])
    change(header)
    text = json.dumps(header).encode()
    rest = zlib.compress(tail) if tail else content[start + length : -32]
    body = content[:_HEAD] + struct.pack(">HI", version, len(text)) + text + rest
    return body + hashlib.sha256(body).digest()


def code_of(content: bytes, original: bytes) -> str:
    with pytest.raises(SigningError) as caught:
        from_bytes(content, original)
    return caught.value.code


def test_it_comes_back_as_it_was_with_and_without_the_document(half_way: HalfWay, pdf: bytes) -> None:
    assert from_bytes(to_bytes(half_way, pdf), pdf) == half_way
    assert from_bytes(to_bytes(half_way)) == half_way
    assert len(to_bytes(half_way, pdf)) < len(pdf), "what the store has already is not kept twice"


def test_another_process_finishes_what_this_one_prepared(half_way: HalfWay, pdf: bytes, tmp_path: Path) -> None:
    attributes = attributes_to_sign(half_way.prepared, half_way.certificate)
    signature = person().sign_digest(hashlib.sha256(attributes).digest())
    (tmp_path / "half-way").write_bytes(to_bytes(half_way, pdf))
    (tmp_path / "original").write_bytes(pdf)
    (tmp_path / "signature").write_bytes(signature)
    subprocess.run([sys.executable, "-I", "-c", ANOTHER_PROCESS, str(tmp_path)], check=True)
    here = embed(half_way.prepared, attributes, signature, half_way.certificate, half_way.chain)
    assert (tmp_path / "signed").read_bytes() == here.content


def test_no_flipped_bit_and_no_cut_passes(half_way: HalfWay, pdf: bytes) -> None:
    content = to_bytes(half_way, pdf)
    for place in range(0, len(content), 97):
        flipped = bytearray(content)
        flipped[place] ^= 0x10
        assert code_of(bytes(flipped), pdf) == "half-way-damaged"
    for length in (0, 1, 16, 22, 60, len(content) // 2, len(content) - 1):
        assert code_of(content[:length], pdf) == "half-way-damaged"
    assert code_of(content + b"\0", pdf) == "half-way-damaged"


def test_another_document_is_refused(half_way: HalfWay, pdf: bytes) -> None:
    content = to_bytes(half_way, pdf)
    assert code_of(content, pdf.replace(b"%PDF-1.7", b"%PDF-1.6")) == "half-way-damaged"
    assert code_of(content, b"") == "half-way-damaged"
    with pytest.raises(ValueError, match="original"):
        to_bytes(half_way, b"another document")


def test_a_change_with_the_outer_digest_made_anew_is_refused(half_way: HalfWay, pdf: bytes) -> None:
    content = to_bytes(half_way, pdf)
    start, end = half_way.prepared.hole_start, half_way.prepared.hole_end
    tail = half_way.prepared.content[len(pdf) :]
    assert from_bytes(rewrite(content), pdf) == half_way
    for change in (
        lambda header: header.update(hole=[start - 2, end]),
        lambda header: header.update(hole=[start, end + 10_000_000]),
        lambda header: header.update(hole=[0, 10]),
        lambda header: header.update(document_digest="00" * 32),
        lambda header: header.update(tail=len(tail) - 1),
        lambda header: header.update(certificates=[]),
        lambda header: header.update(certificates=["AAAA"]),
        lambda header: header.update(signing_time="2026-12-01T08:00:00"),
        lambda header: header.pop("original"),
        lambda header: header.update(field_name=None, hole=None),
    ):
        assert code_of(rewrite(content, change), pdf) == "half-way-damaged"
    assert code_of(rewrite(content, tail=tail.replace(b"/Sig", b"/Gis")), pdf) == "half-way-damaged"
    assert code_of(rewrite(content, tail=bytes(len(tail))), pdf) == "half-way-damaged"


def test_a_small_file_cannot_swell_to_fill_the_memory(half_way: HalfWay, pdf: bytes) -> None:
    bomb = rewrite(to_bytes(half_way, pdf), tail=bytes(64 * 1024 * 1024))
    assert len(bomb) < 100_000
    assert code_of(bomb, pdf) == "half-way-damaged"


def test_a_newer_format_is_said_to_be_newer(half_way: HalfWay) -> None:
    content = bytearray(to_bytes(half_way)[:-32])
    struct.pack_into(">H", content, _HEAD, 2)
    assert code_of(bytes(content) + hashlib.sha256(content).digest(), b"") == "half-way-version"


def test_its_text_for_people_names_nobody(half_way: HalfWay) -> None:
    assert NAME not in repr(half_way)
    assert dataclasses.asdict(half_way)["certificate"]["subject_name"] == NAME
