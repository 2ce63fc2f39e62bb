# SPDX-License-Identifier: GPL-3.0-or-later
"""Find a procedure as the clerk types, and lay out what it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from casework.deadlines import DueDate, due_at, limit_in_words
from casework.errors import KnownError
from casework.guard.demands import DemandAllowed, DemandRefused, is_in_force, judge_demand
from casework.reception import ChecklistItem, ItemState, checklist
from casework.records.paper import Paper
from casework.records.procedure import Channel, Fee, Procedure, TimeLimit
from casework.rights import Right
from localdb import dossiers
from workstation.desk.keep_draft import TICKED, tick_field
from workstation.desk.session import DeskSession

__all__ = [
    "ChecklistItem",
    "DemandAllowed",
    "DemandRefused",
    "ItemState",
    "ProcedureSheet",
    "demand_paper",
    "find_procedures",
    "lay_out_procedure",
]

RECENT: Final = 200
"""How many of the dossiers received last tell which procedures are used here."""


@dataclass(frozen=True, slots=True)
class ProcedureSheet:
    """A procedure as the counter needs it, for the papers that are there.

    Attributes:
        procedure: The version in force.
        items: The check list, in catalogue order.
        ticked: Requirements that the clerk has seen without scanning them.
        time_limit_text: In words, as printed on the receipt.
        fee: What it costs at the counter.
        due: When the result would be due if received now; None when the law gives no time and the
            clerk must name a day.
    """

    procedure: Procedure
    items: tuple[ChecklistItem, ...]
    ticked: frozenset[str]
    time_limit_text: str
    fee: Fee
    due: DueDate | None

    @property
    def missing(self) -> tuple[ChecklistItem, ...]:
        """What must still be handed in before the dossier can be received; of alternatives, one seen is enough."""
        seen = [item.requirement for item in self.items if item.requirement.requirement_id in self.ticked]
        covered = {requirement.alternatives for requirement in seen if requirement.alternatives}
        return tuple(
            item
            for item in self.items
            if item.state in {ItemState.MISSING, ItemState.ONE_OF}
            and item.requirement not in seen
            and item.requirement.alternatives not in covered
        )


def find_procedures(session: DeskSession, query: str, limit: int = 8) -> tuple[Procedure, ...]:
    """Find procedures by code, name with or without accents, or initials; of like hits the recently received first."""
    session.require(Right.LOOK_UP_PROCEDURES)
    with session.store.reading() as connection:
        recent = dossiers.recent_procedures(connection, RECENT)
    return session.catalogue.find(query, limit, recent, session.today())


def lay_out_procedure(
    session: DeskSession, code: str, papers: Iterable[Paper] = (), fields: Mapping[str, str] | None = None
) -> ProcedureSheet:
    """Lay a procedure out for the counter.

    Args:
        session: The desk.
        code: Of the procedure.
        papers: Papers recognised so far.
        fields: The draft's fields, for what the clerk has ticked.

    Raises:
        KnownError: ``procedure-unknown``; ``procedure-not-in-force`` when it has ended or not begun (details
            ``procedure``, ``day``); ``not-at-counter`` when it cannot be handed in at a counter.
    """
    session.require(Right.LOOK_UP_PROCEDURES)
    today = session.today()
    procedure = session.catalogue.get(code, today)
    if not is_in_force(procedure, today):
        raise KnownError("procedure-not-in-force", procedure=code, day=f"{today:%d/%m/%Y}")
    way = procedure.way(Channel.COUNTER)
    if way is None:
        raise KnownError("not-at-counter", procedure=code)
    items = checklist(procedure, Channel.COUNTER, papers)
    ticked = frozenset(
        item.requirement.requirement_id
        for item in items
        if (fields or {}).get(tick_field(item.requirement.requirement_id)) == TICKED
    )
    return ProcedureSheet(
        procedure,
        items,
        ticked,
        limit_in_words(way.time_limit),
        way.fee,
        _due(session, procedure, way.time_limit),
    )


def _due(session: DeskSession, procedure: Procedure, limit: TimeLimit) -> DueDate | None:
    """Compute when the result would be due; not certain where the counter has several limits, each for a case."""
    if limit.amount is None:
        return None
    due = due_at(session.clock(), limit, session.calendar)
    limits = {(way.time_limit.amount, way.time_limit.unit) for way in procedure.ways_through(Channel.COUNTER)}
    return DueDate(due.at, due.is_certain and len(limits) == 1)


def demand_paper(session: DeskSession, code: str, wanted: str, legal_basis: str = "") -> DemandAllowed | DemandRefused:
    """Ask whether a paper may be demanded of the citizen at the counter."""
    session.require(Right.DEMAND_PAPERS)
    today = session.today()
    return judge_demand(session.catalogue.get(code, today), Channel.COUNTER, wanted, today, legal_basis)
