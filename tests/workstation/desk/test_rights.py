# SPDX-License-Identifier: GPL-3.0-or-later
"""Who has not the role is refused before anything happened."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from casework.errors import KnownError
from casework.records.workplace import Role
from casework.rights import ROLES, Right
from tests.workstation.desk.counter import BIRTH_REGISTRATION, in_roles, ready
from workstation.desk.assign_paper import assign_paper
from workstation.desk.counter_devices import CounterDevices
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.digitise_papers import digitise_papers, read_left_pages
from workstation.desk.export_receipt import export_receipt
from workstation.desk.fetch_object import fetch_object, fetch_state
from workstation.desk.find_procedure import demand_paper, find_procedures, lay_out_procedure
from workstation.desk.keep_draft import abandon_draft, keep_fields, open_draft, start_draft
from workstation.desk.learn_class import learn_class
from workstation.desk.list_dossiers import list_dossiers, show_dossier
from workstation.desk.list_drafts import list_drafts, mark_on_screen
from workstation.desk.list_past_retention import list_past_retention
from workstation.desk.make_receipt import make_receipt
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.reconcile import glance, reconcile
from workstation.desk.remove_page import remove_page
from workstation.desk.session import DeskSession
from workstation.desk.set_aside_papers import set_aside_papers
from workstation.desk.show_page import show_page
from workstation.desk.sign_papers import sign_papers, unsigned_papers

UNTOUCHED: Any = None
"""Stands for a scanner, a reader or a key that nobody gets to touch: the right is asked for before."""

Verb = Callable[[DeskSession, str], object]

REFUSED: dict[Right, tuple[Verb, ...]] = {
    Right.RECEIVE: (
        lambda session, _: start_draft(session),
        lambda session, draft: keep_fields(session, draft, {"phone": "0912345678"}),
        open_draft,
        abandon_draft,
        lambda session, draft: mark_on_screen(session, draft, on_screen=True),
        receive_dossier,
        lambda session, draft: assign_paper(session, draft, "", UNTOUCHED),
        lambda session, _: learn_class(session, UNTOUCHED, ""),
        lambda session, _: CounterDevices(DeskSettings()).learn_class(session, ""),
    ),
    Right.SCAN: (
        lambda session, draft: digitise_papers(session, draft, UNTOUCHED, UNTOUCHED, UNTOUCHED, threading.Event()),
        lambda session, draft: read_left_pages(session, draft, UNTOUCHED),
        lambda session, draft: CounterDevices(DeskSettings()).digitise(session, draft, threading.Event()),
        lambda session, draft: CounterDevices(DeskSettings()).read_left_pages(session, draft),
    ),
    Right.SIGN: (unsigned_papers, lambda session, draft: sign_papers(session, draft, UNTOUCHED)),
    Right.SET_ASIDE_PAPERS: (
        lambda session, draft: set_aside_papers(session, draft, ()),
        lambda session, draft: remove_page(session, draft, ""),
    ),
    Right.DEMAND_PAPERS: (lambda session, _: demand_paper(session, BIRTH_REGISTRATION, "Sổ hộ khẩu"),),
    Right.SEE_DOSSIERS: (
        lambda session, _: list_dossiers(session),
        lambda session, _: list_drafts(session),
        lambda session, _: list_past_retention(session),
        lambda session, _: fetch_object(session, ""),
        lambda session, _: fetch_state(session, ""),
    ),
    Right.SEE_PERSONS: (show_dossier, make_receipt, lambda session, _: show_page(session, "")),
    Right.EXPORT: (
        lambda session, draft: export_receipt(session, draft, b"%PDF", session.folder.root / "receipt.pdf"),
    ),
}


def everything(session: DeskSession) -> dict[str, object]:
    """All rows of all tables, and the names of all files of the desk."""
    with session.store.reading() as connection:
        tables = [name for (name,) in connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        content: dict[str, object] = {
            name: sorted(connection.rows(f"SELECT * FROM {name}"), key=repr)  # noqa: S608 - names of our own tables
            for name in tables
            if not name.startswith("sqlite_")
        }
    content["files"] = sorted(path for path in session.folder.root.rglob("*"))
    return content


@pytest.mark.parametrize(
    ("right", "number"), [(right, number) for right, verbs in REFUSED.items() for number in range(len(verbs))]
)
def test_without_the_role_nothing_is_done(session: DeskSession, right: Right, number: int) -> None:
    dossier_id = ready(session)
    other = in_roles(session, *frozenset(Role) - ROLES[right])
    before = everything(session)
    with pytest.raises(KnownError) as refused:
        _run(REFUSED[right][number](other, dossier_id))
    assert (refused.value.code, refused.value.details["right"]) == ("not-allowed", right.value)
    assert everything(session) == before


def _run(answer: object) -> None:
    """Take the first step of a use case that goes step by step."""
    if isinstance(answer, Iterator):
        next(answer)


@pytest.mark.parametrize("role", Role)
def test_in_any_role_one_can_look_up_a_procedure_and_see_the_line(session: DeskSession, role: Role) -> None:
    somebody = in_roles(session, role)
    assert find_procedures(somebody, "khai sinh")
    assert lay_out_procedure(somebody, BIRTH_REGISTRATION).items
    reconcile(somebody)
    assert glance(somebody).unsent == 1


def test_a_counter_clerk_alone_can_do_the_whole_reception(session: DeskSession) -> None:
    clerk = in_roles(session, Role.CLERK)
    dossier_id = ready(clerk)
    assert receive_dossier(clerk, dossier_id).dossier.dossier_id == dossier_id
    assert make_receipt(clerk, dossier_id).startswith(b"%PDF")


def test_the_window_can_ask_beforehand_what_is_allowed(session: DeskSession) -> None:
    it = in_roles(session, Role.IT_ADMIN)
    assert it.may(Right.MANAGE_CLERKS)
    assert not it.may(Right.RECEIVE)
