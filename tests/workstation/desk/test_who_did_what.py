# SPDX-License-Identifier: GPL-3.0-or-later
"""Who did what to what is told in the trail, for the deeds whose own tests are about something else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.records.paper import PaperClass
from casework.records.workplace import Clerk
from tests.workstation.desk.counter import BIRTH_REGISTRATION, CHEAP, filled_in, hand_in, ready, trail
from tests.workstation.desk.killed_while_managing import HOA, OTHER_PASSWORD
from tests.workstation.desk.retention import draft_with_scans
from workstation.desk.add_clerk import add_clerk
from workstation.desk.assign_paper import assign_paper
from workstation.desk.change_clerk import rename_clerk
from workstation.desk.find_procedure import lay_out_procedure
from workstation.desk.keep_draft import DraftField, keep_fields
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.reset_password import reset_password
from workstation.desk.revoke_clerk import revoke_clerk
from workstation.desk.session import DeskSession
from workstation.desk.set_aside_papers import set_aside_papers
from workstation.desk.show_page import show_page


def added(session: DeskSession) -> Clerk:
    return add_clerk(session, HOA, cost=CHEAP)


def rename(session: DeskSession) -> str:
    return rename_clerk(session, added(session).clerk_id, "Lê Thị Hoa").clerk_id


def revoke(session: DeskSession) -> str:
    clerk = added(session)
    revoke_clerk(session, clerk.clerk_id)
    return clerk.clerk_id


def reset(session: DeskSession) -> str:
    clerk = added(session)
    reset_password(session, clerk.clerk_id, OTHER_PASSWORD, cost=CHEAP)
    return clerk.clerk_id


def assign(session: DeskSession) -> str:
    dossier_id = filled_in(session)
    paper = hand_in(session, dossier_id, PaperClass.UNKNOWN)
    requirement = lay_out_procedure(session, BIRTH_REGISTRATION).items[0].requirement
    assign_paper(session, dossier_id, paper.paper_id, requirement)
    return paper.paper_id


def set_aside(session: DeskSession) -> str:
    dossier_id = filled_in(session)
    paper = hand_in(session, dossier_id, PaperClass.UNKNOWN)
    set_aside_papers(session, dossier_id, [paper.paper_id])
    return paper.paper_id


def show(session: DeskSession) -> str:
    _, pages = draft_with_scans(session)
    show_page(session, pages[0].page_id)
    return pages[0].page_id


def change_person(session: DeskSession) -> str:
    receive_dossier(session, ready(session))
    dossier_id = ready(session)
    keep_fields(session, dossier_id, {DraftField.PHONE: "0912 345 678"})
    return receive_dossier(session, dossier_id).applicant.person_id


DEEDS: dict[str, Callable[[DeskSession], str]] = {
    "desk.set-up": lambda session: session.workstation.device_id,
    "clerk.added": lambda session: added(session).clerk_id,
    "clerk.renamed": rename,
    "clerk.revoked": revoke,
    "clerk.password-reset": reset,
    "paper.assigned": assign,
    "paper.set-aside": set_aside,
    "page.shown": show,
    "person.changed": change_person,
}
"""Does it, and gives the identity of what it was done to."""


@pytest.mark.parametrize("action", DEEDS)
def test_a_deed_is_told_once(session: DeskSession, action: str) -> None:
    subject = DEEDS[action](session)
    assert trail(session, action) == [(session.clerk.clerk_id, action, subject)]
