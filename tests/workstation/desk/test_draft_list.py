# SPDX-License-Identifier: GPL-3.0-or-later
"""Unfinished drafts, what a paper is by the clerk's word, and a receipt that leaves the store."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.errors import KnownError
from casework.records.paper import PaperClass
from demo.people import FATHER, MOTHER
from localdb import papers
from tests.workstation.desk.counter import BIRTH_REGISTRATION, Hand, as_colleague, filled_in, hand_in, ready, trail
from workstation.desk.assign_paper import assign_paper
from workstation.desk.export_receipt import export_receipt
from workstation.desk.find_procedure import ItemState, lay_out_procedure
from workstation.desk.keep_draft import open_draft
from workstation.desk.list_drafts import list_drafts, mark_on_screen
from workstation.desk.make_receipt import make_receipt
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession


def test_drafts_are_listed_last_changed_first_with_what_was_typed(session: DeskSession, clock: Hand) -> None:
    older = filled_in(session, FATHER)
    clock.go_on(minutes=1)
    newer = filled_in(session, MOTHER)
    hand_in(session, newer, PaperClass.BIRTH_PROOF)
    rows = list_drafts(session)
    assert [(row.dossier_id, row.applicant_name) for row in rows] == [
        (newer, MOTHER.full_name),
        (older, FATHER.full_name),
    ]
    assert rows[0].procedure_name == "Thủ tục đăng ký khai sinh"
    assert MOTHER.full_name not in repr(rows)


def test_a_received_dossier_is_no_draft(session: DeskSession) -> None:
    receive_dossier(session, ready(session))
    assert list_drafts(session) == ()


def test_the_form_on_the_screen_is_known_after_a_power_cut_and_not_after_leaving(session: DeskSession) -> None:
    dossier_id = filled_in(session)
    mark_on_screen(session, dossier_id, on_screen=True)
    assert list_drafts(session)[0].was_on_screen
    mark_on_screen(session, dossier_id, on_screen=False)
    assert not list_drafts(session)[0].was_on_screen


def test_the_clerk_s_word_puts_a_paper_to_a_requirement_and_moves_another_aside(session: DeskSession) -> None:
    dossier_id = filled_in(session)
    first = hand_in(session, dossier_id, PaperClass.UNKNOWN)
    second = hand_in(session, dossier_id, PaperClass.UNKNOWN)
    requirement = lay_out_procedure(session, BIRTH_REGISTRATION).items[1].requirement
    for paper in (first, second):
        assign_paper(session, dossier_id, paper.paper_id, requirement)
    handed_in = open_draft(session, dossier_id).papers
    item = lay_out_procedure(session, BIRTH_REGISTRATION, handed_in).items[1]
    assert item.state is ItemState.SATISFIED
    assert item.paper is not None
    assert (item.paper.paper_id, item.paper.title, item.paper.confidence) == (second.paper_id, "Giấy chứng sinh", 1.0)


def test_a_paper_of_another_draft_cannot_be_put_anywhere(session: DeskSession) -> None:
    paper = hand_in(session, filled_in(session), PaperClass.UNKNOWN)
    requirement = lay_out_procedure(session, BIRTH_REGISTRATION).items[0].requirement
    with pytest.raises(KnownError) as caught:
        assign_paper(session, filled_in(session), paper.paper_id, requirement)
    assert caught.value.code == "no-such-record"


def test_what_a_paper_is_says_only_whose_draft_it_is_and_nobody_after_reception(session: DeskSession) -> None:
    dossier_id = ready(session)
    paper = open_draft(session, dossier_id).papers[0]
    requirement = lay_out_procedure(session, BIRTH_REGISTRATION).items[1].requirement
    with pytest.raises(KnownError, match="no-such-draft"):
        assign_paper(as_colleague(session), dossier_id, paper.paper_id, requirement)
    receive_dossier(session, dossier_id)
    with pytest.raises(KnownError, match="no-such-draft"):
        assign_paper(session, dossier_id, paper.paper_id, requirement)
    with session.store.reading() as connection:
        assert papers.get(connection, paper.paper_id).title == paper.title


def test_a_receipt_that_leaves_the_store_is_in_the_audit_trail(session: DeskSession, tmp_path: Path) -> None:
    dossier_id = receive_dossier(session, ready(session)).dossier.dossier_id
    receipt = make_receipt(session, dossier_id)
    export_receipt(session, dossier_id, receipt, tmp_path / "giay" / "hs.pdf")
    assert (tmp_path / "giay" / "hs.pdf").read_bytes() == receipt
    assert trail(session)[-1] == (session.clerk.clerk_id, "receipt.exported", dossier_id)


def test_a_receipt_that_cannot_be_written_is_told(session: DeskSession, tmp_path: Path) -> None:
    dossier_id = receive_dossier(session, ready(session)).dossier.dossier_id
    (tmp_path / "tệp").write_bytes(b"")
    with pytest.raises(KnownError) as caught:
        export_receipt(session, dossier_id, b"%PDF-", tmp_path / "tệp" / "hs.pdf")
    assert caught.value.code == "disk-error"
