# SPDX-License-Identifier: GPL-3.0-or-later
"""Give papers back that the procedure does not ask for: what is not needed is not kept (NĐ 61/2018/NĐ-CP Điều 5)."""

from __future__ import annotations

from collections.abc import Iterable

from casework.errors import KnownError
from casework.reception import ItemState
from casework.records.paper import Paper
from casework.rights import Right
from localdb import audit, objects, pages, papers, record_hash
from workstation.desk.change_set import ChangeSet
from workstation.desk.find_procedure import ProcedureSheet
from workstation.desk.keep_draft import require_open
from workstation.desk.session import DeskSession


def surplus_papers(sheet: ProcedureSheet, handed_in: Iterable[Paper]) -> tuple[Paper, ...]:
    """Give the papers that satisfy no requirement of the procedure."""
    needed = {item.paper.paper_id for item in sheet.items if item.state is ItemState.SATISFIED and item.paper}
    return tuple(paper for paper in handed_in if paper.paper_id not in needed)


def set_aside_papers(session: DeskSession, dossier_id: str, paper_ids: Iterable[str]) -> ChangeSet:
    """Take papers out of a draft, with their pictures, for good; the audit trail keeps that it was done.

    Raises:
        KnownError: ``no-such-draft``; ``no-such-record`` when one of them is not the draft's, and none is taken out;
            ``disk-full``.
    """
    session.require(Right.SET_ASIDE_PAPERS)
    now = session.clock()
    forgotten = []
    with session.store.transaction() as connection:
        require_open(connection, session, dossier_id)
        for paper_id in paper_ids:
            paper = papers.get(connection, paper_id)
            if paper.dossier_id != dossier_id:
                raise KnownError("no-such-record", kind="paper", record_id=paper_id)
            pictures = [page.object_id for page in pages.of_paper(connection, paper_id)]
            papers.remove(connection, paper_id)
            for object_id in (*pictures, *filter(None, [paper.object_id])):
                forgotten.append(objects.forget(connection, object_id))
            audit.append(
                connection,
                at=now,
                actor_id=session.clerk.clerk_id,
                action="paper.set-aside",
                subject_id=paper_id,
                before_hash=record_hash.of(connection, paper),
            )
    for stored in filter(None, forgotten):
        session.store.objects.discard(stored)
    return ChangeSet(drafts=frozenset({dossier_id}))
