# SPDX-License-Identifier: GPL-3.0-or-later
"""A reception is there whole or not at all, and tells the gateway everything in the order it needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from casework.codes import NUMBERS_PER_SLOT, parse_code
from casework.errors import BugError, KnownError
from casework.records.dossier import DossierState, HistoryAction, PortalState
from casework.records.operation import Operation, OperationKind
from casework.records.paper import PaperClass
from casework.records.person import Sex
from casework.records.procedure import Channel
from demo.people import MOTHER
from localdb import audit, code_numbers, objects, outbox, pages, papers
from tests.workstation.desk.counter import (
    BIRTH_REGISTRATION,
    MONDAY_MORNING,
    Hand,
    empty_sheet,
    filled_in,
    hand_in,
    ready,
    reopened,
)
from workstation.desk.change_set import ChangeSet
from workstation.desk.keep_draft import (
    TICKED,
    DraftField,
    abandon_draft,
    keep_fields,
    open_draft,
    start_draft,
    tick_field,
)
from workstation.desk.list_dossiers import list_dossiers, show_dossier
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession

NO_TIME_LIMIT = "1.001612"
RE_REGISTRATION = "1.004884"
WRITTEN_BY_A_RECEPTION = (
    "persons",
    "dossiers",
    "history",
    "operations",
    "operation_objects",
    "outbox",
    "code_numbers",
    "audit_entries",
)


def count_rows(session: DeskSession) -> dict[str, int]:
    with session.store.reading() as connection:
        return {
            table: connection.rows(f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608 - names above
            for table in WRITTEN_BY_A_RECEPTION
        }


def operations_of(session: DeskSession, dossier_id: str) -> list[Operation]:
    with session.store.reading() as connection:
        return outbox.operations_of(connection, dossier_id)


def refusal(session: DeskSession, dossier_id: str) -> tuple[str, Mapping[str, str]]:
    with pytest.raises(KnownError) as caught:
        receive_dossier(session, dossier_id)
    return caught.value.code, caught.value.details


def test_a_received_dossier_is_there_with_everything_that_was_typed(session: DeskSession) -> None:
    dossier_id = ready(session)
    received = receive_dossier(session, dossier_id)
    assert received.changes == ChangeSet(frozenset({dossier_id}), frozenset({dossier_id}), outbox=True)

    again = reopened(session)
    sheet = show_dossier(again, dossier_id)
    assert (sheet.dossier, sheet.applicant, sheet.papers) == (received.dossier, received.applicant, received.papers)
    dossier = sheet.dossier
    assert dossier.code == "H56.15-261123-0601"
    assert (dossier.procedure_code, dossier.procedure_name) == (BIRTH_REGISTRATION, "Thủ tục đăng ký khai sinh")
    assert (dossier.state, dossier.portal_state) == (DossierState.RECEIVED, PortalState.WAITING)
    assert (dossier.channel, dossier.sets, dossier.time_limit_text) == (Channel.COUNTER, 1, "1 ngày làm việc")
    assert dossier.due_at == dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
    assert (dossier.received_by, dossier.unit_code) == (again.clerk.clerk_id, "H56.15")
    person = sheet.applicant
    assert (person.full_name, person.id_number, person.former_id_number) == (
        "Lê Văn Thành",
        "038094012745",
        "174102358",
    )
    assert (person.birth_date, person.sex, person.unit_code) == (dt.date(1994, 3, 17), Sex.MALE, "15889")
    assert [paper.requirement_id for paper in sheet.papers] == ["1.001193/01", "1.001193/02"]
    assert [entry.action for entry in sheet.history] == [HistoryAction.RECEIVED]
    with again.store.reading() as connection:
        assert audit.verify(connection).chain_ok
    again.close()


def test_the_gateway_is_told_of_the_person_first_then_dossier_papers_and_history(session: DeskSession) -> None:
    dossier_id = ready(session)
    received = receive_dossier(session, dossier_id)
    told = operations_of(session, dossier_id)
    assert [operation.kind for operation in told] == [
        OperationKind.PERSON_RECORDED,
        OperationKind.DOSSIER_RECEIVED,
        OperationKind.PAPER_ADDED,
        OperationKind.PAPER_ADDED,
        OperationKind.HISTORY_ADDED,
    ]
    assert [operation.device_sequence for operation in told] == [2, 3, 4, 5, 6]  # the first told of the clerk
    assert [operation.object_ids for operation in told] == [
        (),
        (),
        *((paper.object_id,) for paper in received.papers),
        (),
    ]
    assert {operation.device_id for operation in told} == {session.workstation.device_id}
    assert {operation.actor_id for operation in told} == {session.clerk.clerk_id}
    person, dossier = told[0].fields, told[1].fields
    assert (person["full_name"], person["id_number"]) == ("Lê Văn Thành", "038094012745")
    assert (dossier["code"], dossier["applicant_id"]) == (received.dossier.code, received.applicant.person_id)
    assert told[2].fields["requirement_id"] == "1.001193/01"


def test_the_second_dossier_of_the_day_gets_the_next_number_and_the_next_day_begins_anew(
    session: DeskSession, clock: Hand
) -> None:
    codes = [receive_dossier(session, ready(session)).dossier.code for _ in range(2)]
    clock.go_on(days=2)
    codes.append(receive_dossier(session, ready(session)).dossier.code)
    assert codes == ["H56.15-261123-0601", "H56.15-261123-0602", "H56.15-261125-0601"]
    assert {code.slot for code in map(parse_code, codes) if code} == {session.workstation.slot}
    assert [row.dossier.code for row in list_dossiers(session)] == codes[::-1]


def test_the_day_of_a_code_is_that_of_viet_nam(session: DeskSession, clock: Hand) -> None:
    clock.moment = dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.UTC)
    assert receive_dossier(session, ready(session)).dossier.code == "H56.15-261123-0601"


def test_a_citizen_who_comes_again_is_recorded_once_with_what_is_new(session: DeskSession) -> None:
    first = receive_dossier(session, ready(session)).applicant
    dossier_id = ready(session)
    keep_fields(
        session,
        dossier_id,
        {DraftField.PHONE: "0912 345 678", DraftField.BIRTH_DATE: "", DraftField.ADDRESS: "Thôn Trung Tây"},
    )
    second = receive_dossier(session, dossier_id).applicant
    assert second.person_id == first.person_id
    assert (second.phone, second.address) == ("0912 345 678", "Thôn Trung Tây")
    assert second.birth_date == first.birth_date
    assert count_rows(session)["persons"] == 1
    assert receive_dossier(session, ready(session, MOTHER)).applicant.person_id != first.person_id
    assert count_rows(session)["persons"] == 2


def test_papers_that_were_seen_and_ticked_need_no_scan(session: DeskSession) -> None:
    dossier_id = filled_in(session)
    keep_fields(session, dossier_id, {tick_field(f"1.001193/0{number}"): TICKED for number in (1, 2)})
    received = receive_dossier(session, dossier_id)
    assert [paper.requirement_id for paper in received.papers] == ["1.001193/01", "1.001193/02"]
    assert {(paper.object_id, paper.page_count, paper.confidence) for paper in received.papers} == {(None, 0, 1.0)}


def test_papers_that_were_only_seen_stand_on_the_dossier_and_are_told_to_the_gateway(session: DeskSession) -> None:
    dossier_id = filled_in(session)
    keep_fields(session, dossier_id, {tick_field(f"1.001193/0{number}"): TICKED for number in (1, 2)})
    received = receive_dossier(session, dossier_id)
    assert show_dossier(session, dossier_id).papers == received.papers
    told = [
        operation for operation in operations_of(session, dossier_id) if operation.kind is OperationKind.PAPER_ADDED
    ]
    assert [operation.fields["title"] for operation in told] == ["Tờ khai đăng ký khai sinh", "Giấy chứng sinh"]
    assert all(operation.object_ids == () for operation in told)


@pytest.mark.parametrize(
    "broken",
    ["operations", "outbox", "audit_entries", "history", "dossiers", "persons", "code_numbers"],
)
def test_when_any_part_of_it_fails_nothing_is_there_and_the_draft_is_as_it_was(
    session: DeskSession, broken: str
) -> None:
    dossier_id = ready(session)
    draft, rows = open_draft(session, dossier_id), count_rows(session)
    with session.store.transaction() as connection:
        connection.execute(f"CREATE TRIGGER broken BEFORE INSERT ON {broken} BEGIN SELECT raise(ABORT, 'broken'); END")
    with pytest.raises(BugError, match="broken"):
        receive_dossier(session, dossier_id)
    assert count_rows(session) == rows
    assert open_draft(session, dossier_id) == draft
    assert list_dossiers(session) == []
    with session.store.transaction() as connection:
        connection.execute("DROP TRIGGER broken")
    assert receive_dossier(session, dossier_id).dossier.code == "H56.15-261123-0601"


def test_a_desk_that_has_used_its_numbers_says_so_and_keeps_the_draft(session: DeskSession) -> None:
    dossier_id = ready(session)
    with session.store.transaction() as connection:
        for _ in range(NUMBERS_PER_SLOT):
            code_numbers.next_number(connection, MONDAY_MORNING.date())
    draft, rows = open_draft(session, dossier_id), count_rows(session)
    code, details = refusal(session, dossier_id)
    assert (code, details["numbers"]) == ("code-numbers-exhausted", str(NUMBERS_PER_SLOT))
    assert count_rows(session) == rows
    assert open_draft(session, dossier_id) == draft


def test_a_full_disk_is_said_the_draft_stays_and_with_room_it_is_received(session: DeskSession) -> None:
    dossier_id = ready(session)
    keep_fields(session, dossier_id, {DraftField.ADDRESS: "Thôn Trung Hậu, " * 5000})
    draft, rows = open_draft(session, dossier_id), count_rows(session)
    let_the_database_grow(session, by_pages=0)
    assert refusal(session, dossier_id)[0] == "disk-full"
    assert count_rows(session) == rows
    assert open_draft(session, dossier_id) == draft
    let_the_database_grow(session, by_pages=10_000)
    assert receive_dossier(session, dossier_id).dossier.code == "H56.15-261123-0601"


def let_the_database_grow(session: DeskSession, *, by_pages: int) -> None:
    with session.store.transaction() as connection:
        ((now,),) = connection.rows("PRAGMA page_count")
        connection.execute(f"PRAGMA max_page_count = {now + by_pages}")


@pytest.mark.parametrize(
    ("emptied", "named"),
    [
        ((DraftField.FULL_NAME,), "full_name"),
        ((DraftField.ID_NUMBER, DraftField.ADDRESS), "id_number,address"),
        ((DraftField.PROCEDURE_CODE,), "procedure_code"),
    ],
)
def test_a_form_with_gaps_names_them(session: DeskSession, emptied: tuple[DraftField, ...], named: str) -> None:
    dossier_id = ready(session)
    for nothing in ("", "  ", "\u200b"):
        keep_fields(session, dossier_id, dict.fromkeys(emptied, nothing))
        assert refusal(session, dossier_id) == ("form-incomplete", {"fields": named})


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (DraftField.BIRTH_DATE, "31/02/1994"),
        (DraftField.BIRTH_DATE, "1994-03-17"),
        (DraftField.ID_ISSUED_ON, "soon"),
        (DraftField.SEX, "x"),
        (DraftField.SETS, "0"),
        (DraftField.SETS, "-1"),
        (DraftField.SETS, "two"),
        (DraftField.SETS, "1000"),
        (DraftField.SETS, "٢"),
    ],
)
def test_what_makes_no_sense_names_its_field_and_uses_up_no_number(
    session: DeskSession, field: DraftField, typed: str
) -> None:
    dossier_id = ready(session)
    right = open_draft(session, dossier_id).fields.get(field, "")
    keep_fields(session, dossier_id, {field: typed})
    rows = count_rows(session)
    assert refusal(session, dossier_id) == ("form-invalid", {"field": field.value})
    assert count_rows(session) == rows
    keep_fields(session, dossier_id, {field: right})
    assert receive_dossier(session, dossier_id).dossier.code == "H56.15-261123-0601"


def test_missing_papers_are_counted(session: DeskSession) -> None:
    dossier_id = filled_in(session)
    assert refusal(session, dossier_id) == ("papers-missing", {"count": "2"})
    hand_in(session, dossier_id, PaperClass.BIRTH_PROOF)
    assert refusal(session, dossier_id) == ("papers-missing", {"count": "1"})


def test_papers_of_which_one_is_enough_count_once(session: DeskSession) -> None:
    assert refusal(session, filled_in(session, procedure=RE_REGISTRATION)) == ("papers-missing", {"count": "2"})


def test_pages_that_are_not_read_yet_hold_the_reception_up(session: DeskSession) -> None:
    """A page that belongs to no paper would never reach the gateway."""
    dossier_id = ready(session)
    picture = session.store.objects.write(empty_sheet(50).tobytes(), "image/jpeg", session.random_bytes)
    with session.store.transaction() as connection:
        objects.record(connection, picture)
        connection.execute(
            "INSERT INTO pages VALUES ('page', ?, 0, ?, 413, 585, 50, 0.0, 0, 0.0, NULL, '', x'', NULL, NULL)",
            (dossier_id, picture.object_id),
        )
    assert refusal(session, dossier_id) == ("pages-unread", {"count": "1"})
    with session.store.transaction() as connection:
        pages.assign(connection, ["page"], papers.of_dossier(connection, dossier_id)[0].paper_id)
    receive_dossier(session, dossier_id)


def test_where_the_law_gives_no_time_the_clerk_names_a_working_day(session: DeskSession) -> None:
    dossier_id = filled_in(session, procedure=NO_TIME_LIMIT)
    items = [f"{NO_TIME_LIMIT}/{number:02}" for number in range(1, 20)]
    keep_fields(session, dossier_id, {tick_field(item): TICKED for item in items})
    assert refusal(session, dossier_id) == ("form-incomplete", {"fields": "due_on"})
    for impossible in ("22/11/2026", "28/11/2026", "24/11/2026", "tomorrow"):  # gone by, a Saturday, a holiday
        keep_fields(session, dossier_id, {DraftField.DUE_ON: impossible})
        assert refusal(session, dossier_id) == ("form-invalid", {"field": "due_on"})
    keep_fields(session, dossier_id, {DraftField.DUE_ON: "27/11/2026"})
    dossier = receive_dossier(session, dossier_id).dossier
    assert (dossier.due_at.isoformat(), dossier.time_limit_text) == ("2026-11-27T17:00:00+07:00", "")


def test_no_result_is_promised_for_an_office_that_has_closed(session: DeskSession, clock: Hand) -> None:
    dossier_id = filled_in(session, procedure=NO_TIME_LIMIT)
    keep_fields(session, dossier_id, {tick_field(f"{NO_TIME_LIMIT}/{number:02}"): TICKED for number in range(1, 20)})
    keep_fields(session, dossier_id, {DraftField.DUE_ON: "23/11/2026"})
    clock.moment = dt.datetime(2026, 11, 23, 10, 30, tzinfo=dt.UTC)
    assert refusal(session, dossier_id) == ("form-invalid", {"field": "due_on"})
    clock.moment = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
    assert receive_dossier(session, dossier_id).dossier.due_at > clock.moment


@pytest.mark.parametrize("ended", [receive_dossier, abandon_draft])
def test_a_draft_is_received_once(session: DeskSession, ended: object) -> None:
    dossier_id = ready(session)
    assert callable(ended)
    ended(session, dossier_id)
    rows = count_rows(session)
    assert refusal(session, dossier_id)[0] == "no-such-draft"
    assert count_rows(session) == rows


def test_a_draft_that_was_never_started_is_not_received(session: DeskSession) -> None:
    assert refusal(session, session.new_identifier())[0] == "no-such-draft"


def test_a_draft_of_another_clerk_is_not_received_under_the_wrong_name(session: DeskSession) -> None:
    draft, _ = start_draft(session)
    with session.store.transaction() as connection:
        connection.execute("INSERT INTO clerks (clerk_id, login, full_name) VALUES ('other', 'hoa', 'Trần Thị Hoa')")
        connection.execute("UPDATE drafts SET clerk_id = 'other' WHERE dossier_id = ?", (draft.dossier_id,))
    assert refusal(session, draft.dossier_id)[0] == "no-such-draft"


def test_what_a_restored_desk_knows_to_be_received_is_not_received_again(session: DeskSession) -> None:
    """The draft is from the snapshot, the operation from an envelope: the citizen holds a receipt."""
    dossier_id = ready(session)
    with session.store.transaction() as connection:
        said = Operation(
            operation_id=session.new_identifier(),
            device_id=session.workstation.device_id,
            device_sequence=outbox.next_device_sequence(connection),
            kind=OperationKind.DOSSIER_RECEIVED,
            record_id=dossier_id,
            dossier_id=dossier_id,
            base_version=0,
            fields={"code": "H56.15-261122-0007"},
            object_ids=(),
            actor_id=session.clerk.clerk_id,
            at=session.clock(),
        )
        outbox.append(connection, said)
    before = count_rows(session)
    with pytest.raises(KnownError) as refused:
        receive_dossier(session, dossier_id)
    assert (refused.value.code, refused.value.details) == ("received-before", {"dossier_code": "H56.15-261122-0007"})
    assert count_rows(session) == before
    abandon_draft(session, dossier_id)
