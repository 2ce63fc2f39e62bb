# SPDX-License-Identifier: GPL-3.0-or-later
"""The dossiers of a former system come in once, with their own codes, and go nowhere from here."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.records.dossier import DossierState, HistoryAction, PortalState
from casework.records.former_dossier import FORMER_SYSTEM, FindingKind
from casework.records.person import Person
from casework.records.procedure import Channel
from casework.records.workplace import Role
from casework.work_calendar import VIET_NAM
from demo.people import FATHER
from localdb import audit, dossiers, history, outbox, persons
from tests.workstation.desk.counter import code_of, in_roles, ready, trail
from workstation.desk import import_dossiers as verb
from workstation.desk.import_dossiers import ImportOutcome, ImportReport, check_import, import_dossiers
from workstation.desk.list_dossiers import list_dossiers, show_dossier
from workstation.desk.make_receipt import make_receipt
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession

HEADER = "Mã HS;Mã TTHC;Trích yếu;Trạng thái;Chủ HS;CCCD;Địa chỉ;Ngày tiếp nhận;Hẹn trả;Ngày trả;Người nhận;Địa bàn"
DONE = (
    "H56.14-250701-0001;1.001193;Khai sinh;10;Nguyễn Thị Hường;038190001234;Thôn 1;01/07/2025 08:30;02/07/2025 17:00;"
    "02/07/2025 10:00;Nguyễn Văn Nam;Thôn 1"
)
OPEN = "T-12/2019;;Xác nhận khác;4;Đỗ Văn Sỹ;172345678;Thôn 2;02/07/2025 08:30;05/07/2025 17:00;;;"
REFUSED = "H56.14-250701-0003;1.001193;Khai sinh;10;;038190001234;Thôn 1;01/07/2025 08:30;02/07/2025 17:00;;;"


def table(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "register.csv"
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    return path


def outcomes(report: ImportReport) -> list[ImportOutcome]:
    return [row.outcome for row in report.rows]


def contents(session: DeskSession) -> list[object]:
    """Everything that an import may write, row by row."""
    with session.store.reading() as connection:
        return [
            connection.rows(f"SELECT * FROM {name} ORDER BY 1")  # noqa: S608 - our own names
            for name in ("dossiers", "persons", "history", "dossier_identities", "operations", "outbox")
        ]


def test_what_would_come_is_told_and_nothing_is_written(session: DeskSession, tmp_path: Path) -> None:
    before = contents(session), trail(session)
    report = check_import(session, table(tmp_path, DONE, OPEN, REFUSED))
    assert outcomes(report) == [ImportOutcome.NEW, ImportOutcome.NEW]
    assert [(finding.row, finding.kind) for finding in report.findings if finding.is_error] == [
        (4, FindingKind.NAME_MISSING)
    ]
    assert not report.changes
    assert (contents(session), trail(session)) == before


def test_a_finished_dossier_comes_in_with_everything_that_its_row_told(session: DeskSession, tmp_path: Path) -> None:
    report = import_dossiers(session, table(tmp_path, DONE))
    (dossier_id,) = report.changes.dossiers
    assert not report.changes.outbox
    sheet = show_dossier(session, dossier_id)
    dossier = sheet.dossier
    assert (dossier.code, dossier.state, dossier.channel) == (
        "H56.14-250701-0001",
        DossierState.RETURNED,
        Channel.COUNTER,
    )
    assert (dossier.procedure_code, dossier.procedure_name) == ("1.001193", "Thủ tục đăng ký khai sinh")
    assert (dossier.received_by, dossier.catalogue_version) == (FORMER_SYSTEM, FORMER_SYSTEM)
    assert (dossier.unit_code, dossier.portal_code, dossier.portal_state) == ("H56.14", "", PortalState.KEPT_HERE)
    assert dossier.received_at == dt.datetime(2025, 7, 1, 8, 30, tzinfo=VIET_NAM)
    assert dossier.due_at == dt.datetime(2025, 7, 2, 17, 0, tzinfo=VIET_NAM)
    assert (dossier.time_limit_text, dossier.fee_amount, dossier.sets) == ("", None, 1)
    assert (sheet.applicant.full_name, sheet.applicant.id_number) == ("Nguyễn Thị Hường", "038190001234")
    assert sorted((entry.action, entry.actor_id, entry.note) for entry in sheet.history) == [
        (HistoryAction.RECEIVED, FORMER_SYSTEM, "Nhập từ hệ thống cũ; Trích yếu: Khai sinh; Địa bàn: Thôn 1"),
        (HistoryAction.STATE_CHANGED, FORMER_SYSTEM, "Đã trả kết quả ở hệ thống cũ; Người nhận: Nguyễn Văn Nam"),
    ]


def test_the_receipt_of_a_former_system_is_not_printed_again(session: DeskSession, tmp_path: Path) -> None:
    (dossier_id,) = import_dossiers(session, table(tmp_path, DONE)).changes.dossiers
    assert code_of(lambda: make_receipt(session, dossier_id)) == "receipt-of-former-system"


def test_an_open_dossier_keeps_a_code_that_is_nobody_elses_and_a_former_number(
    session: DeskSession, tmp_path: Path
) -> None:
    (dossier_id,) = import_dossiers(session, table(tmp_path, OPEN)).changes.dossiers
    sheet = show_dossier(session, dossier_id)
    assert (sheet.dossier.code, sheet.dossier.state) == ("T-12/2019", DossierState.PROCESSING)
    assert (sheet.dossier.unit_code, sheet.dossier.procedure_name) == (session.workstation.unit.code, "Xác nhận khác")
    assert (sheet.applicant.id_number, sheet.applicant.former_id_number) == (None, "172345678")
    assert len(sheet.history) == 1


def test_the_gateway_is_told_nothing_and_the_trail_everything(session: DeskSession, tmp_path: Path) -> None:
    report = import_dossiers(session, table(tmp_path, DONE, OPEN))
    with session.store.reading() as connection:
        assert all(outbox.operations_of(connection, dossier_id) == [] for dossier_id in report.changes.dossiers)
        assert audit.verify(connection).chain_ok
    entries = trail(session, "dossier.imported")
    assert {subject for _, _, subject in entries} == report.changes.dossiers
    assert {actor for actor, _, _ in entries} == {session.clerk.clerk_id}
    assert len(list_dossiers(session)) == 2


def test_a_second_import_changes_nothing(session: DeskSession, tmp_path: Path) -> None:
    path = table(tmp_path, DONE, OPEN, REFUSED, DONE)
    import_dossiers(session, path)
    before = contents(session), trail(session)
    report = import_dossiers(session, path)
    assert outcomes(report) == [ImportOutcome.UNCHANGED, ImportOutcome.UNCHANGED]
    assert report.table.repeated_rows == (5,)
    assert not report.changes
    assert (contents(session), trail(session)) == before
    assert outcomes(check_import(session, path)) == [ImportOutcome.UNCHANGED, ImportOutcome.UNCHANGED]


@pytest.mark.parametrize(
    ("old", "new", "differing"),
    [
        ("1.001193", "2.000635", "procedure_code"),
        (";10;", ";9;", "state"),
        ("02/07/2025 17:00", "03/07/2025 17:00", "due_at"),
        ("01/07/2025 08:30", "01/07/2025 08:31", "received_at"),
        ("Nguyễn Thị Hường", "Trần Thị Hoa", "applicant_name"),
        ("038190001234", "038190001235", "id_number"),
        ("Nguyễn Văn Nam", "Nguyễn Văn Bắc", "history"),
    ],
)
def test_other_facts_under_a_known_code_are_a_conflict_and_what_is_here_stays(
    session: DeskSession, tmp_path: Path, old: str, new: str, differing: str
) -> None:
    import_dossiers(session, table(tmp_path, DONE))
    before = contents(session)
    report = import_dossiers(session, table(tmp_path, DONE.replace(old, new)))
    assert outcomes(report) == [ImportOutcome.CONFLICT]
    assert differing in report.rows[0].differing
    assert contents(session) == before


def test_what_only_changed_its_spelling_or_was_brought_up_to_date_is_no_conflict(
    session: DeskSession, tmp_path: Path
) -> None:
    import_dossiers(session, table(tmp_path, DONE))
    report = import_dossiers(
        session, table(tmp_path, DONE.replace("Hường", "HƯỜNG").replace(";Thôn 1;01", ";Xóm 9;01"))
    )
    assert outcomes(report) == [ImportOutcome.UNCHANGED]


def test_a_code_of_our_own_dossier_is_left_alone(session: DeskSession, tmp_path: Path) -> None:
    own = receive_dossier(session, ready(session)).dossier
    session.clock.moment += dt.timedelta(days=1)  # type: ignore[attr-defined]
    report = import_dossiers(session, table(tmp_path, DONE.replace("H56.14-250701-0001", own.code)))
    assert outcomes(report) == [ImportOutcome.OWN]
    with session.store.reading() as connection:
        assert dossiers.get(connection, own.dossier_id) == own


def test_a_person_who_is_known_by_her_number_stays_as_she_is(session: DeskSession, tmp_path: Path) -> None:
    with session.store.transaction() as connection:
        known = Person(session.new_identifier(), "Nguyễn thị Hường", id_number="038190001234", address="Phố mới")
        persons.add(connection, known)
    (dossier_id,) = import_dossiers(session, table(tmp_path, DONE)).changes.dossiers
    assert show_dossier(session, dossier_id).applicant == known


def test_a_number_that_belongs_to_somebody_else_keeps_the_row_out(session: DeskSession, tmp_path: Path) -> None:
    receive_dossier(session, ready(session))
    path = table(tmp_path, DONE.replace("038190001234", FATHER.personal_number), OPEN)
    for report in (check_import(session, path), import_dossiers(session, path)):
        assert outcomes(report) == [ImportOutcome.REFUSED, ImportOutcome.NEW]
        assert [(each.row, each.kind) for each in report.findings if each.is_error] == [(2, FindingKind.PERSON_DIFFERS)]


def test_two_names_under_one_number_are_noticed_before_and_at_the_import(session: DeskSession, tmp_path: Path) -> None:
    other = DONE.replace("0001;", "0009;", 1).replace("Nguyễn Thị Hường", "Trần Thị Hoa")
    path = table(tmp_path, DONE, other)
    expected = [ImportOutcome.NEW, ImportOutcome.REFUSED]
    assert outcomes(check_import(session, path)) == expected
    assert outcomes(import_dossiers(session, path)) == expected


def test_what_was_taken_in_before_a_power_cut_stays_and_the_rest_follows(
    session: DeskSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verb, "DOSSIERS_AT_A_TIME", 1)
    path = table(tmp_path, DONE, OPEN)

    def cut(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_dossiers(session, path, None, cut)
    told: list[tuple[int, int]] = []
    report = import_dossiers(session, path, None, lambda done, total: told.append((done, total)))
    assert outcomes(report) == [ImportOutcome.UNCHANGED, ImportOutcome.NEW]
    assert told == [(1, 2), (2, 2)]


def test_a_transaction_has_room_for_as_many_dossiers_as_it_takes(session: DeskSession, tmp_path: Path) -> None:
    assert verb.DOSSIERS_AT_A_TIME * 8 <= 250
    lines = [DONE.replace("0001;", f"{number:04};", 1) for number in range(1, verb.DOSSIERS_AT_A_TIME + 2)]
    report = import_dossiers(session, table(tmp_path, *lines))
    assert report.count(ImportOutcome.NEW) == verb.DOSSIERS_AT_A_TIME + 1
    with session.store.reading() as connection:
        people = connection.rows("SELECT person_id FROM persons")
        assert len(people) == 1
        assert len(history.of_dossier(connection, next(iter(report.changes.dossiers)))) == 2


@pytest.mark.parametrize("role", [Role.SIGNER, Role.IT_ADMIN])
def test_only_clerks_and_supervisors_take_dossiers_over(session: DeskSession, tmp_path: Path, role: Role) -> None:
    somebody = in_roles(session, role)
    assert code_of(lambda: check_import(somebody, tmp_path / "none")) == "not-allowed"
    assert code_of(lambda: import_dossiers(somebody, tmp_path / "none")) == "not-allowed"


@given(
    st.lists(
        st.tuples(st.sampled_from(["A1", "A2", ""]), st.sampled_from(["An", "Bình", ""]), st.sampled_from(["", "9"])),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_importing_twice_is_importing_once(
    session: DeskSession, tmp_path: Path, rows: list[tuple[str, str, str]]
) -> None:
    lines = [f"{code};;x;{state};{name};;;01/07/2025 08:00;02/07/2025 08:00;;;" for code, name, state in rows]
    path = table(tmp_path, *lines)
    first = import_dossiers(session, path)
    before = contents(session)
    second = import_dossiers(session, path)
    assert contents(session) == before
    assert second.count(ImportOutcome.NEW) == 0
    assert [row.row for row in second.rows] == [row.row for row in first.rows]
