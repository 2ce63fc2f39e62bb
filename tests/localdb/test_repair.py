# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import contextlib
import datetime as dt
import os
import random
import shutil
from pathlib import Path

import pytest

from casework.errors import BugError, KnownError
from localdb import audit, clerks, dossiers, drafts, migrations, papers, secrets, workplace
from localdb.audit_findings import Finding, FindingKind
from localdb.cipher_pages import CipherPages
from localdb.connection import Connection, SqlValue
from localdb.donor import Donor
from localdb.lost_parents import LOST
from localdb.repair import repair
from localdb.repair_report import Loss, RepairReport
from localdb.store import Store
from localdb.store_keys import StoreKeys
from tests.localdb import desk_day, torn_store
from tests.localdb.keys_only import open_with_password
from tests.localdb.samples import CLERK, NOON
from tests.localdb.test_versions import VERSIONS, Made
from tests.localdb.torn_store import RowKey, Whole


def pages_of(whole: Whole, table: str) -> list[int]:
    """Give the pages that the rows of a table lie on."""
    return sorted({page for page, _ in whole.places[table].values()})


def tear(whole: Whole, torn: Path, *page_numbers: int) -> None:
    torn_store.damage(torn / "desk.db", page_numbers, random.Random(7))


def without_numbers(rows: dict[RowKey, dict[str, SqlValue]]) -> dict[RowKey, dict[str, SqlValue]]:
    return {key: {name: value for name, value in row.items() if name != "rowid"} for key, row in rows.items()}


def losses_of(report: RepairReport, table: str) -> tuple[Loss, ...]:
    return next(each.losses for each in report.tables if each.table == table)


def test_the_repaired_store_opens_and_a_clerk_goes_on(whole: Whole, torn: Path) -> None:
    tear(whole, torn, pages_of(whole, "history")[1])
    store = Store.open(torn, whole.keys)
    with pytest.raises(KnownError, match="database-damaged"), store.reading() as connection:
        connection.rows("SELECT note FROM history")
    store.close()
    report = repair(torn, whole.keys, NOON)
    assert report.has_losses
    assert not report.needs_enrolment
    store = Store.open(torn, whole.keys)
    desk_day.receive_one(store)
    with store.reading() as connection:
        assert connection.rows("PRAGMA cipher_integrity_check") == []
        assert audit.verify(connection).chain_ok
        triggers = connection.rows("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'")
    with pytest.raises(BugError), store.transaction() as connection:
        connection.execute("DELETE FROM audit_entries")
    store.close()
    untouched = Store.open(whole.folder, whole.keys)
    with untouched.reading() as connection:
        assert triggers == connection.rows("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'")
    untouched.close()


def test_a_damaged_first_page_says_that_only_a_snapshot_helps_and_changes_nothing(whole: Whole, torn: Path) -> None:
    tear(whole, torn, 1)
    with (torn / "desk.db").open("r+b") as file:
        file.seek(200)
        file.write(b"torn")
    before = (torn / "desk.db").read_bytes()
    with pytest.raises(KnownError, match="repair-impossible"):
        repair(torn, whole.keys, NOON)
    assert (torn / "desk.db").read_bytes() == before
    assert sorted(path.name for path in torn.iterdir()) == ["desk.db", "objects"]


def test_the_keys_of_another_store_are_named_as_such(torn: Path) -> None:
    with pytest.raises(KnownError, match="wrong-key"):
        repair(torn, StoreKeys.new(os.urandom), NOON)


def test_a_damaged_salt_is_made_whole_because_the_keys_hold_it(whole: Whole, torn: Path) -> None:
    with (torn / "desk.db").open("r+b") as file:
        file.write(b"\0" * 16)
    report = repair(torn, whole.keys, NOON)
    assert not report.has_losses
    assert torn_store.rows_of(torn / "desk.db", whole.keys) == whole.rows


def test_a_whole_database_needs_no_repair_and_is_left_alone(whole: Whole, torn: Path) -> None:
    before = (torn / "desk.db").read_bytes()
    with pytest.raises(KnownError, match="repair-not-needed"):
        repair(torn, whole.keys, NOON)
    assert (torn / "desk.db").read_bytes() == before
    assert sorted(path.name for path in torn.iterdir()) == ["desk.db", "objects"]


def test_a_repair_that_is_not_needed_leaves_the_log_where_it_is(whole: Whole, torn: Path, tmp_path: Path) -> None:
    store = Store.open(torn, whole.keys)
    with store.transaction() as connection:
        secrets.put(connection, "last", b"word")
    killed = Path(shutil.copytree(torn, tmp_path / "killed", ignore=shutil.ignore_patterns("*-shm")))
    store.close()
    before = {name: (killed / name).read_bytes() for name in ("desk.db", "desk.db-wal")}
    with pytest.raises(KnownError, match="repair-not-needed"):
        repair(killed, whole.keys, NOON)
    assert before == {name: (killed / name).read_bytes() for name in before}


def test_there_must_be_a_database(whole: Whole, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="database-missing"):
        repair(tmp_path, whole.keys, NOON)


def test_what_only_the_log_holds_is_saved_too(whole: Whole, torn: Path) -> None:
    store = Store.open(torn, whole.keys)
    with store.transaction() as connection:
        secrets.put(connection, "last", b"word")
    for name in ("desk.db", "desk.db-wal"):
        shutil.copy(torn / name, torn / f"{name}.then")
    store.close()
    for name in ("desk.db", "desk.db-wal"):
        (torn / f"{name}.then").replace(torn / name)
    tear(whole, torn, pages_of(whole, "history")[1])
    report = repair(torn, whole.keys, NOON)
    assert ("last",) in torn_store.rows_of(torn / "desk.db", whole.keys)["secrets"]
    assert report.kept_aside.with_name(f"{report.kept_aside.name}-wal").exists()
    assert not (torn / "desk.db-wal").exists()


def test_a_kill_when_the_new_database_has_its_name_leaves_no_index_of_the_old_one(
    whole: Whole, torn: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(BaseException):
        pass

    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        moved = real(self, target)
        if target == torn / "desk.db":
            raise KilledError
        return moved

    tear(whole, torn, pages_of(whole, "history")[1])
    (torn / "search.db").write_bytes(b"what was there before")
    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KilledError):
        repair(torn, whole.keys, NOON)
    assert not (torn / "search.db").exists()
    with pytest.raises(KnownError, match="repair-not-needed"):
        repair(torn, whole.keys, NOON)


def test_lost_rows_are_filled_from_an_older_database_and_told(whole: Whole, torn: Path) -> None:
    lost = {
        table: pages_of(whole, table)[len(pages_of(whole, table)) // 2]
        for table in ("persons", "draft_fields", "papers")
    }
    tear(whole, torn, *lost.values())
    report = repair(
        torn, whole.keys, NOON, donor=Donor(Path(shutil.copy(whole.folder / "desk.db", torn / "donor.db")), whole.keys)
    )
    now = torn_store.rows_of(torn / "desk.db", whole.keys)
    for table, page in lost.items():
        assert without_numbers(now[table]) == without_numbers(whole.rows[table])
        filled = next(each.filled for each in report.tables if each.table == table)
        assert set(filled) == {key for key, (place, _) in whole.places[table].items() if place == page}
    assert report.mending.stand_ins == ()


def test_an_older_database_of_an_older_schema_fills_as_well(tmp_path: Path) -> None:
    made = Made(VERSIONS[0], tmp_path / "data")
    donor = Path(shutil.copy(made.folder / "desk.db", tmp_path / "donor.db"))
    store = made.open()
    keys = StoreKeys(store.keys.database_key, store.keys.database_salt, store.keys.object_name_key)
    store.close()
    before = torn_store.rows_of(made.folder / "desk.db", keys)
    torn = {page for page, _ in torn_store.whereabouts(made.folder / "desk.db", keys)["audit_entries"].values()}
    torn_store.damage(made.folder / "desk.db", torn, random.Random(2))
    repair(made.folder, keys, NOON, donor=Donor(donor, keys))
    now = torn_store.rows_of(made.folder / "desk.db", keys)
    assert now["audit_entries"] == before["audit_entries"]


def test_what_was_typed_in_a_draft_that_has_ended_does_not_come_back(whole: Whole, torn: Path, tmp_path: Path) -> None:
    donor = Path(shutil.copy(whole.folder / "desk.db", tmp_path / "donor.db"))
    store = Store.open(torn, whole.keys)
    with store.transaction() as connection:
        (ended, *_) = drafts.open_drafts(connection, CLERK.clerk_id)
        drafts.close(connection, ended.dossier_id, NOON, drafts.DraftOutcome.ABANDONED)
    store.close()
    places = torn_store.whereabouts(torn / "desk.db", whole.keys)["draft_fields"]
    torn_store.damage(torn / "desk.db", {page for page, _ in places.values()}, random.Random(2))
    repair(torn, whole.keys, NOON, donor=Donor(donor, whole.keys))
    kept = {key[0] for key in torn_store.rows_of(torn / "desk.db", whole.keys)["draft_fields"]}
    assert kept == {key[0] for key in whole.rows["draft_fields"]} - {ended.dossier_id}


def test_a_database_whose_pages_are_whole_but_whose_trees_disagree_is_made_anew(whole: Whole, torn: Path) -> None:
    connection = Connection.open(torn / "desk.db", whole.keys, writing=True)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("DELETE FROM sqlite_schema WHERE name = 'history_by_dossier'")
    connection.close()
    report = repair(torn, whole.keys, NOON)
    assert not report.has_losses
    assert torn_store.rows_of(torn / "desk.db", whole.keys) == whole.rows
    store = Store.open(torn, whole.keys)
    with store.reading() as reading:
        assert reading.rows("SELECT count(*) FROM sqlite_schema WHERE name = 'history_by_dossier'") == [(1,)]
    store.close()


def test_entries_that_the_trail_lost_are_named_by_its_check(whole: Whole, torn: Path) -> None:
    page = pages_of(whole, "audit_entries")[2]
    tear(whole, torn, page)
    report = repair(torn, whole.keys, NOON)
    lost = sorted(int(str(key[0])) for key, (place, _) in whole.places["audit_entries"].items() if place == page)
    (loss,) = losses_of(report, "audit_entries")
    assert (loss.after, loss.before, loss.count) == ((lost[0] - 1,), (lost[-1] + 1,), len(lost))
    store = Store.open(torn, whole.keys)
    with store.reading() as connection:
        checked = audit.verify(connection)
    store.close()
    assert checked.findings == (Finding(FindingKind.REMOVED, lost[0], lost[-1]),)


def test_papers_of_a_lost_dossier_hang_on_a_marked_one_that_the_clerk_sees(whole: Whole, torn: Path) -> None:
    page = pages_of(whole, "dossiers")[1]
    tear(whole, torn, page)
    report = repair(torn, whole.keys, NOON)
    lost = {str(key[0]) for key, (place, _) in whole.places["dossiers"].items() if place == page}
    assert {row.key[0] for row in report.mending.stand_ins if row.table == "dossiers"} == lost
    store = Store.open(torn, whole.keys)
    with store.reading() as connection:
        for dossier_id in lost:
            dossier = dossiers.get(connection, dossier_id)
            assert (dossier.code, dossier.procedure_name) == (f"?{dossier_id}", LOST)
            assert len(papers.of_dossier(connection, dossier_id)) == 2
        shown = {row.dossier.dossier_id for row in dossiers.newest(connection, 1000)}
        assert lost <= shown
    store.close()


def test_a_dossier_whose_applicant_was_lost_stays(whole: Whole, torn: Path) -> None:
    page = pages_of(whole, "persons")[1]
    tear(whole, torn, page)
    report = repair(torn, whole.keys, NOON)
    lost = {key for key, (place, _) in whole.places["persons"].items() if place == page}
    assert {row.key for row in report.mending.stand_ins if row.table == "persons"} == lost
    now = torn_store.rows_of(torn / "desk.db", whole.keys)
    assert now["dossiers"] == whole.rows["dossiers"]
    assert {now["persons"][key]["full_name"] for key in lost} == {LOST}


def test_a_page_whose_text_was_lost_is_one_that_was_not_read_yet(whole: Whole, torn: Path) -> None:
    key, (_, further) = next((key, place) for key, place in whole.places["pages"].items() if len(place[1]) == 1)
    tear(whole, torn, *further)
    report = repair(torn, whole.keys, NOON)
    assert next(each.shortened for each in report.tables if each.table == "pages") == (key,)
    row = torn_store.rows_of(torn / "desk.db", whole.keys)["pages"][key]
    assert row["thumbnail"] == b""
    assert row["object_id"] == whole.rows["pages"][key]["object_id"]


def test_a_store_that_lost_what_the_gateway_may_know_must_be_enrolled_anew(whole: Whole, torn: Path) -> None:
    tear(whole, torn, pages_of(whole, "operations")[-1])
    assert repair(torn, whole.keys, NOON).needs_enrolment
    store = Store.open(torn, whole.keys)
    with store.reading() as connection, pytest.raises(KnownError, match="not-enrolled"):
        workplace.load(connection)
    store.close()


def test_a_clerk_who_was_lost_cannot_sign_in_as_somebody(whole: Whole, torn: Path) -> None:
    tear(whole, torn, *pages_of(whole, "clerks"))
    report = repair(torn, whole.keys, NOON)
    assert [row.key for row in report.mending.stand_ins] == [(CLERK.clerk_id,)]
    store = Store.open(torn, whole.keys)
    with store.reading() as connection, pytest.raises(KnownError, match="no-such-clerk"):
        clerks.with_login(connection, CLERK.login)
    store.close()


class Killed(BaseException):
    pass


@pytest.mark.parametrize(("call", "after"), [("link", 0), ("replace", 0), ("replace", 1)])
def test_a_repair_that_is_killed_leaves_the_damaged_database_or_the_new_one(
    whole: Whole, torn: Path, monkeypatch: pytest.MonkeyPatch, call: str, after: int
) -> None:
    store = Store.open(torn, whole.keys)
    with store.transaction() as connection:
        secrets.put(connection, "last", b"word")
    for name in ("desk.db", "desk.db-wal"):
        shutil.copy(torn / name, torn / f"{name}.then")
    store.close()
    for name in ("desk.db", "desk.db-wal"):
        (torn / f"{name}.then").replace(torn / name)
    tear(whole, torn, pages_of(whole, "history")[1])
    calls = 0
    place: object = {"link": os, "replace": Path}[call]
    real = getattr(place, call)

    def kill(*arguments: object) -> object:
        nonlocal calls
        calls += 1
        if calls > after:
            raise Killed
        return real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(place, call, kill)
        with pytest.raises(Killed):
            repair(torn, whole.keys, NOON)
    # Somebody works on before the repair is done again.
    store = Store.open(torn, whole.keys)
    with store.transaction() as connection:
        assert secrets.get(connection, "last") == b"word"
        secrets.put(connection, "after", b"word")
    store.close()
    with contextlib.suppress(KnownError):
        repair(torn, whole.keys, NOON + dt.timedelta(minutes=1))
    with pytest.raises(KnownError, match="repair-not-needed"):
        repair(torn, whole.keys, NOON + dt.timedelta(minutes=2))
    assert {("last",), ("after",)} <= set(torn_store.rows_of(torn / "desk.db", whole.keys)["secrets"])
    Store.open(torn, whole.keys).close()
    assert len(list(torn.glob("damaged-*.db"))) == 1
    assert list(torn.glob("desk.db.repaired*")) == []


def test_a_database_of_an_older_schema_is_repaired_and_brought_up_to_date(tmp_path: Path) -> None:
    made = Made(VERSIONS[0], tmp_path / "data")
    keys = open_with_password(made.desk.key_file, made.secrets["login"], made.secrets["password"])
    with CipherPages(made.folder / "desk.db", keys) as file:
        torn_page = next(number for number in range(file.count, 1, -1) if (file.page(number) or b"\0")[0] == 10)
    torn_store.damage(made.folder / "desk.db", [torn_page], random.Random(3))
    report = repair(made.folder, keys, NOON)
    assert report.damaged_pages == (torn_page,)
    store = Store.open(made.folder, keys)
    with store.reading() as connection:
        assert migrations.version(connection) == len(migrations.shipped())
        assert {row.dossier.code for row in dossiers.newest(connection, 9)} == {
            row["code"] for row in made.truth["dossiers"]
        }
    store.close()
