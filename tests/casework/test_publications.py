# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import KnownError
from casework.publications import LARGEST, PublicationKind, publish, read_publication

AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
KEY = "1234 5678"


def sign(message: bytes) -> bytes:
    return hashlib.sha512(b"a key of the test" + message).digest()


def check(publisher: str, message: bytes, signature: bytes) -> bool:
    return publisher == KEY and signature == sign(message)


def made(body: bytes = b"rules\nof two lines", kind: PublicationKind = PublicationKind.CATALOGUE) -> bytes:
    return publish(kind, body, publisher=KEY, issued_at=AT, sign=sign)


def refused(data: bytes) -> str:
    with pytest.raises(KnownError) as caught:
        read_publication(data, check)
    return caught.value.code


@given(st.binary(max_size=200), st.sampled_from(PublicationKind))
def test_what_was_published_is_read_as_it_was(body: bytes, kind: PublicationKind) -> None:
    publication = read_publication(made(body, kind), check)
    assert (publication.kind, publication.body, publication.publisher) == (kind, body, KEY)
    assert publication.issued_at == AT
    assert publication.content_hash == hashlib.sha256(body).hexdigest()


@given(st.integers(0, len(made()) - 1), st.integers(1, 255))
def test_no_byte_of_it_can_be_changed(position: int, difference: int) -> None:
    data = bytearray(made())
    data[position] ^= difference
    assert refused(bytes(data)) in {"publication-damaged", "publication-not-trusted", "publication-version"}


def test_who_published_it_must_be_known() -> None:
    data = publish(PublicationKind.CATALOGUE, b"rules", publisher="8765 4321", issued_at=AT, sign=sign)
    assert refused(data) == "publication-not-trusted"


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"{}", b"{}\n\nbody", b"[]\n00\n", b"{\n00\n", b"x" * 5000 + b"\n00\nbody"]
)
def test_what_is_no_publication_is_said_to_be_damaged(data: bytes) -> None:
    assert refused(data) == "publication-damaged"


def test_one_of_a_later_program_is_told_from_a_damaged_one() -> None:
    assert refused(made().replace(b'"format": 1', b'"format": 2')) == "publication-version"


def test_a_moment_without_a_time_zone_is_damage() -> None:
    assert refused(made().replace(b"+00:00", b"")) == "publication-damaged"


def test_one_that_is_too_large_is_refused_before_anything_is_checked() -> None:
    assert refused(made(b"x" * LARGEST)) == "publication-damaged"
    assert read_publication(made(b"x" * (LARGEST - 400)), check).body
