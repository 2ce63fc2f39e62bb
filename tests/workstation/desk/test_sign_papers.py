# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers are signed one by one, so that a token that goes away takes nothing with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from casework.errors import KnownError
from casework.records.operation import OperationKind
from casework.records.paper import PaperClass
from demo.soft_token import SIGNER, SoftToken
from localdb import objects, outbox
from signing.errors import SigningError
from signing.pin import PinState
from signing.signer import SignerProgram
from signing.verification import verify_pdf
from tests.workstation.desk.counter import filled_in, hand_in, one_page_pdf, reopened
from workstation.desk.keep_draft import open_draft
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession
from workstation.desk.sign_papers import sign_papers, unsigned_papers


@contextmanager
def plugged_in(token: SoftToken) -> Iterator[SignerProgram]:
    """A signer program that has loaded the token's module and is not logged in."""
    with SignerProgram(token.module_path, token.allow_list, environment=token.environment) as program:
        yield program


@contextmanager
def logged_in(token: SoftToken) -> Iterator[SignerProgram]:
    with plugged_in(token) as program:
        program.log_in(token.serial, token.certificate_sha256, bytearray(token.pin.encode()))
        yield program


@pytest.fixture
def dossier_id(session: DeskSession) -> str:
    """A draft with the two papers of a birth registration, not signed."""
    dossier_id = filled_in(session)
    for paper_class in (PaperClass.BIRTH_REGISTRATION_DECLARATION, PaperClass.BIRTH_PROOF):
        hand_in(session, dossier_id, paper_class, pdf=one_page_pdf(paper_class.value))
    return dossier_id


def content_of(session: DeskSession, object_id: str | None) -> bytes:
    with session.store.reading() as connection:
        return session.store.objects.read(connection, object_id or "")


def is_stored(session: DeskSession, object_id: str | None) -> tuple[bool, bool]:
    """Whether there is a row, and whether there is a file."""
    with session.store.reading() as connection:
        row = objects.find(connection, object_id or "")
    return row is not None, session.store.objects.path(object_id or "").exists()


def test_a_signed_paper_takes_the_place_of_the_unsigned_one(
    session: DeskSession, dossier_id: str, token: SoftToken
) -> None:
    unsigned = open_draft(session, dossier_id).papers
    with logged_in(token) as program:
        events = list(sign_papers(session, dossier_id, program, intermediates=token.trust.intermediates))
    assert [(event.done, event.total) for event in events] == [(1, 2), (2, 2)]
    again = reopened(session)
    signed = open_draft(again, dossier_id).papers
    assert signed == tuple(event.paper for event in events)
    assert unsigned_papers(again, dossier_id) == ()
    for before, after in zip(unsigned, signed, strict=True):
        assert (after.paper_id, after.signature_level, after.signed_by) == (before.paper_id, "B-B", SIGNER)
        (verdict,) = verify_pdf(content_of(again, after.object_id), token.trust)
        assert (verdict.valid, verdict.level, verdict.signer_name) == (True, "B-B", SIGNER)
        assert is_stored(again, before.object_id) == (False, False)
    with again.store.reading() as connection:
        noted = connection.rows("SELECT before_hash, after_hash FROM audit_entries WHERE action = 'paper.signed'")
    assert noted == [(before.object_id, after.signature_digest) for before, after in zip(unsigned, signed, strict=True)]
    again.close()


def test_each_paper_is_stored_before_the_next_one_is_begun(
    session: DeskSession, dossier_id: str, token: SoftToken
) -> None:
    with logged_in(token) as program:
        signing = sign_papers(session, dossier_id, program)
        event = next(signing)
        first, second = open_draft(session, dossier_id).papers
        assert (first, second.signature_level) == (event.paper, "")
        assert event.changes.drafts == {dossier_id}


def test_what_was_signed_before_the_token_went_stays_signed_and_the_rest_follows(
    session: DeskSession, dossier_id: str, token: SoftToken
) -> None:
    drawer = token.folder.with_name("in-the-drawer")
    with logged_in(token) as program:
        signing = sign_papers(session, dossier_id, program)
        first = next(signing).paper
        token.folder.rename(drawer)
        with pytest.raises(SigningError) as caught:
            next(signing)
    assert caught.value.code == "token-gone"
    papers = open_draft(session, dossier_id).papers
    assert [paper.signature_level for paper in papers] == ["B-B", ""]
    assert is_stored(session, papers[1].object_id) == (True, True)

    drawer.rename(token.folder)
    with logged_in(token) as program:
        (event,) = sign_papers(session, dossier_id, program)
    assert (event.done, event.total) == (1, 1)
    papers = open_draft(session, dossier_id).papers
    assert papers[0] == first
    assert [paper.signature_level for paper in papers] == ["B-B", "B-B"]


def test_a_wrong_pin_signs_nothing_and_costs_one_try(session: DeskSession, dossier_id: str, token: SoftToken) -> None:
    before = open_draft(session, dossier_id)
    with plugged_in(token) as program:
        with pytest.raises(SigningError) as caught:
            program.log_in(token.serial, token.certificate_sha256, bytearray(b"999999"))
        assert caught.value.code == "wrong-pin"
        with pytest.raises(SigningError, match="not-logged-in"):
            next(sign_papers(session, dossier_id, program))
        (found,) = program.tokens()
        assert found.pin_state is PinState.LOW
    assert open_draft(session, dossier_id) == before
    with logged_in(token) as program:
        assert len(list(sign_papers(session, dossier_id, program))) == 2


def test_the_gateway_is_told_of_the_signature_and_gets_the_signed_file(
    session: DeskSession, dossier_id: str, token: SoftToken
) -> None:
    with logged_in(token) as program:
        signed = [event.paper for event in sign_papers(session, dossier_id, program)]
    receive_dossier(session, dossier_id)
    with session.store.reading() as connection:
        told = [
            operation
            for operation in outbox.operations_of(connection, dossier_id)
            if operation.kind is OperationKind.PAPER_ADDED
        ]
    assert [operation.object_ids for operation in told] == [(paper.object_id,) for paper in signed]
    assert [operation.fields["signature_digest"] for operation in told] == [paper.signature_digest for paper in signed]


def test_what_was_received_is_not_signed_behind_the_gateway_s_back(
    session: DeskSession, dossier_id: str, token: SoftToken
) -> None:
    with logged_in(token) as program:
        signing = sign_papers(session, dossier_id, program)
        next(signing)
        receive_dossier(session, dossier_id)
        with pytest.raises(KnownError, match="no-such-draft"):
            next(signing)
        with pytest.raises(KnownError, match="no-such-draft"):
            next(sign_papers(session, dossier_id, program))
    assert [paper.signature_level for paper in open_draft(session, dossier_id).papers] == ["B-B", ""]


def test_a_paper_whose_file_is_damaged_is_not_signed(session: DeskSession, dossier_id: str, token: SoftToken) -> None:
    first = open_draft(session, dossier_id).papers[0]
    path = session.store.objects.path(first.object_id or "")
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with logged_in(token) as program, pytest.raises(KnownError, match="object-damaged"):
        next(sign_papers(session, dossier_id, program))
    assert len(unsigned_papers(session, dossier_id)) == 2
