# SPDX-License-Identifier: GPL-3.0-or-later
"""Every procedure that the counter offers: received at the desk, else filed online; then to its return by the rules.

The steps after the reception have no verb at the desk yet, so ``casework`` alone judges them here.
"""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from casework.catalogue import Catalogue
from casework.deadlines import due_at
from casework.lifecycle import TransitionRequest, confirming_system, judge, replay
from casework.progress.lateness import standing
from casework.progress.online_dossiers import acceptance, judge_answer
from casework.progress.transitions import Actor, Evidence
from casework.reception import ItemState, checklist, missing
from casework.records.dossier import DossierState
from casework.records.online_dossier import AnswerToOnline, OnlineAnswer, OnlineDossier
from casework.records.procedure import Channel, Procedure
from casework.records.state_change import StateChange
from casework.work_calendar import VIET_NAM, WorkCalendar
from localdb import dossiers, papers
from tests.workstation.desk.counter import MONDAY_MORNING, filled_in
from workstation.desk.find_procedure import find_procedures, lay_out_procedure
from workstation.desk.keep_draft import TICKED, DraftField, keep_fields, tick_field
from workstation.desk.receive_dossier import Received, receive_dossier
from workstation.desk.session import DeskSession

PARTS = 4
"""The procedures are shared out among so many tests, each with a desk of its own."""

PROMISED = "30/12/2026"
WAYS_TO_THE_END = (DossierState.PROCESSING, DossierState.FINISHED, DossierState.RETURNED)
ON_FILE = {
    DossierState.PROCESSING: frozenset({Evidence.RECEIPT}),
    DossierState.FINISHED: frozenset({Evidence.RESULT}),
    DossierState.RETURNED: frozenset({Evidence.RESULT, Evidence.RECIPIENT}),
}


def offered(*, at_the_counter: bool) -> list[Procedure]:
    catalogue = Catalogue.shipped()
    procedures = [catalogue.get(code) for code in catalogue.codes]
    return [
        procedure
        for procedure in procedures
        if procedure.offered_at_counter and (procedure.way(Channel.COUNTER) is not None) is at_the_counter
    ]


def handed_in(session: DeskSession, procedure: Procedure) -> Received:
    """Receive a dossier for which everything is there that the procedure asks of everybody."""
    dossier_id = filled_in(session, procedure=procedure.code)
    sheet = lay_out_procedure(session, procedure.code)
    for item in sheet.missing:
        keep_fields(session, dossier_id, {tick_field(item.requirement.requirement_id): TICKED})
    if sheet.due is None:
        keep_fields(session, dossier_id, {DraftField.DUE_ON: PROMISED})
    return receive_dossier(session, dossier_id)


def brought_to_its_end(procedure: Procedure, dossier_id: str, received_at: dt.datetime, due: dt.datetime) -> None:
    """Process, finish and return a received dossier in time, each step by whose work it is and with what it needs."""
    before, finished = DossierState.RECEIVED, received_at + dt.timedelta(minutes=3)
    life = [StateChange("0", dossier_id, received_at, None, DossierState.RECEIVED, "clerk")]
    for minutes, after in enumerate(WAYS_TO_THE_END, start=1):
        at = received_at + dt.timedelta(minutes=minutes)
        request = TransitionRequest(
            before,
            after,
            at,
            due,
            procedure.route,
            frozenset({Actor.CLERK, Actor.SIGNER}),
            ON_FILE[after],
            confirming_system(procedure.route, after),
            finished if after is DossierState.RETURNED else None,
        )
        verdict = judge(request)
        assert verdict.is_allowed, (procedure.code, after, verdict.reasons)
        life.append(StateChange(str(minutes), dossier_id, at, before, after, "clerk"))
        before = after
    assert replay(life) is DossierState.RETURNED
    assert not standing(due, finished, finished, WorkCalendar.shipped()).is_late


@pytest.mark.parametrize("part", range(PARTS))
def test_every_counter_procedure_goes_from_the_card_to_the_returned_result(session: DeskSession, part: int) -> None:
    codes = set()
    for procedure in itertools.islice(offered(at_the_counter=True), part, None, PARTS):
        assert find_procedures(session, procedure.code)[0].code == procedure.code
        received = handed_in(session, procedure)
        dossier = received.dossier
        assert (dossier.procedure_name, dossier.state) == (procedure.name, DossierState.RECEIVED)
        assert dossier.due_at > dossier.received_at
        assert session.calendar.is_working_day(dossier.due_at.astimezone(VIET_NAM).date())
        with session.store.reading() as connection:
            stored = dossiers.get(connection, dossier.dossier_id)
            kept = papers.of_dossier(connection, dossier.dossier_id)
        assert stored == dossier
        standing_now = checklist(procedure, Channel.COUNTER, kept)
        assert missing(standing_now) == ()
        seen = {item.requirement.requirement_id for item in standing_now if item.state is ItemState.SATISFIED}
        assert seen == {paper.requirement_id for paper in received.papers}
        brought_to_its_end(procedure, dossier.dossier_id, dossier.received_at, dossier.due_at)
        codes.add(dossier.code)
    assert len(codes) > 80


def test_what_has_no_counter_way_is_filed_online_and_comes_to_its_end_too() -> None:
    calendar = WorkCalendar.shipped()
    procedures = offered(at_the_counter=False)
    assert procedures
    for procedure in procedures:
        way = procedure.way(Channel.ONLINE)
        assert way is not None, procedure.code
        asked = {item.requirement.requirement_id for item in missing(checklist(procedure, Channel.ONLINE, ()))}
        filed = OnlineDossier("d", "G01-261123-0001", procedure.code, "038094012745", MONDAY_MORNING, MONDAY_MORNING)
        answer = AnswerToOnline(OnlineAnswer.ACCEPT, MONDAY_MORNING, "clerk")
        assert judge_answer(filed, answer, frozenset(), frozenset()).is_allowed
        assert judge_answer(filed, answer, frozenset(asked), frozenset(asked)).is_allowed is not bool(asked)
        accepted = acceptance(filed, answer)
        due = due_at(accepted.received_at, way.time_limit, calendar).at if way.time_limit.amount is not None else None
        brought_to_its_end(
            procedure, filed.dossier_id, accepted.received_at, due or MONDAY_MORNING + dt.timedelta(days=30)
        )


def test_no_offered_procedure_asks_for_nothing_without_a_reason() -> None:
    silent = [p.code for p in offered(at_the_counter=True) if not p.requirements and not p.no_papers_because]
    assert silent == []
    assert len(offered(at_the_counter=True)) + len(offered(at_the_counter=False)) == 353
    assert len(Catalogue.shipped().codes) == 588
