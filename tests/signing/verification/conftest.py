# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents that are made once, and the judgement of one signature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from signing.trust import TrustAnchors
from signing.verdicts.document import judge_document
from signing.verdicts.verdict import DocumentReport
from tests.signing.pki import NOW, PublicKeyInfrastructure
from tests.signing.verification.documents import (
    HOUR,
    add_store,
    long_term,
    plain_pdf,
    sign,
    stamp_document,
    stamp_inside,
    trust_of,
)
from tests.signing.verification.mutants import Original, original

Judge = Callable[..., DocumentReport]


@pytest.fixture(scope="session")
def paper() -> bytes:
    """An unsigned document."""
    return plain_pdf()


@pytest.fixture(scope="session")
def bb(pki_of_session: PublicKeyInfrastructure, paper: bytes) -> bytes:
    """A document with one honest, invisible signature."""
    return sign(pki_of_session, paper)


@pytest.fixture(scope="session")
def trust(pki_of_session: PublicKeyInfrastructure) -> TrustAnchors:
    """The root and revocation lists of this day."""
    return trust_of(pki_of_session)


@pytest.fixture
def judge(trust: TrustAnchors) -> Judge:
    """Judges a document, today and with today's revocation lists unless told otherwise."""

    def judge_now(content: bytes, moment: dt.datetime = NOW, believed: TrustAnchors = trust) -> DocumentReport:
        return judge_document(content, believed, moment)

    return judge_now


@pytest.fixture(scope="session")
def originals(pki_of_session: PublicKeyInfrastructure, bb: bytes, trust: TrustAnchors) -> tuple[Original, ...]:
    """Valid documents of different build, to be mutated."""
    two = sign(pki_of_session, sign(pki_of_session, plain_pdf(fields=True), visible=True), "chairman", visible=True)
    stamped = stamp_inside(pki_of_session, bb, NOW + HOUR)
    documents = {
        "one": bb,
        "two": two,
        "kept": long_term(pki_of_session, stamped, NOW + 2 * HOUR),
        "stored": add_store(pki_of_session, two, NOW + HOUR),
        "way B": stamp_document(pki_of_session, bb, NOW + HOUR),
    }
    return tuple(original(name, content, trust) for name, content in documents.items())
