# SPDX-License-Identifier: GPL-3.0-or-later
"""A store that was restored, copied or turned back: nothing lost that was in it, nothing twice, nobody speaks twice."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from pathlib import Path

import pytest

from casework.codes import parse_code
from casework.errors import KnownError
from gateway.folder import declare_restored, open_gateway
from localdb import identity
from localdb.identity import Reason
from sync_agent import __main__ as program
from sync_agent import courier_contact, desk_keys
from sync_agent.configuration import CourierConfiguration
from sync_agent.courier import Until
from sync_agent.data_folder import DataFolder
from sync_agent.status import CourierState
from tests.sync_agent.courier_run import courier_of
from tests.sync_agent.material import code_of_today, moment
from tests.sync_agent.open_desk import OpenDesk
from tests.sync_agent.province import OPERATIONS, Province, accepted, copied, device_of, enrolled_anew, opened, sync
from tests.sync_agent.test_with_the_gateway import carry, desk_at, pdf, serving, until

HERE, ELSEWHERE = b"0" * 32, b"1" * 32


def test_after_a_disaster_nothing_that_was_in_the_copy_is_lost_and_nothing_is_there_twice(
    tmp_path: Path, province: Province, first: OpenDesk
) -> None:
    sent = first.receive_dossier([pdf(2000)])
    sync(first)
    accepted(first, sent.dossier_id)
    unsent = first.receive_dossier([pdf(3000)])
    copy = copied(first, tmp_path / "copy")
    after = first.receive_dossier([pdf(1000)])
    sync(first)
    accepted(first, unsent.dossier_id, after.dossier_id)
    old = device_of(first)

    second = enrolled_anew(copy, first.store_keys, province.enrolment(2, replaces=old))
    try:
        assert device_of(second) != old
        new = second.receive_dossier([pdf(500)])
        sync(second)
        accepted(second, sent.dossier_id, unsent.dossier_id, new.dossier_id)
        assert second.unsent().count == second.unsent().rejected == 0
        assert province.at_the_portal() == {item.code for item in (sent, unsent, after, new)}
        assert province.operations() == 4 * OPERATIONS
        numbers = [parse_code(item.code) for item in (after, new)]
        assert [number.slot for number in numbers if number] == [1, 2]

        first.receive_dossier()
        first.engine.seal_pending()
        with courier_of(first.folder) as courier:
            courier.run(Until.TROUBLE)
        assert (courier.status.state, courier.status.code) == (CourierState.NEEDS_HELP, "device-replaced")
        assert len(province.at_the_portal()) == 4
    finally:
        second.store.close()


@pytest.mark.parametrize("years", [-2, 2])
def test_a_clock_that_is_off_by_years_changes_none_of_it(
    tmp_path: Path, province: Province, first: OpenDesk, years: int
) -> None:
    dossier = first.receive_dossier()
    copy = copied(first, tmp_path / "copy")

    def wrong() -> dt.datetime:
        return moment() + dt.timedelta(days=365 * years)

    store = opened(copy, first.store_keys)
    with store.transaction() as connection:
        identity.retire(connection, wrong())
    folder = DataFolder(copy)
    desk_keys.enrol(store, folder, province.enrolment(2, replaces=device_of(first)), now=wrong)
    second = OpenDesk(folder, first.store_keys, store, OpenDesk.start_engine(store, folder, wrong))
    try:
        sync(second)
        accepted(second, dossier.dossier_id)
        assert province.at_the_portal() == {dossier.code}
    finally:
        second.store.close()


def test_a_copy_and_its_original_both_go_on(tmp_path: Path, province: Province, first: OpenDesk) -> None:
    common = first.receive_dossier([pdf(100)])
    copy = copied(first, tmp_path / "copy")
    enrolment = province.enrolment(2, beside=device_of(first))
    second = enrolled_anew(copy, first.store_keys, enrolment, Reason.OTHER_MACHINE)
    try:
        theirs, ours = first.receive_dossier([pdf(9)]), second.receive_dossier([pdf(8)])
        for desk in (second, first):
            sync(desk)
        accepted(first, common.dossier_id, theirs.dossier_id)
        accepted(second, common.dossier_id, ours.dossier_id)
        assert province.at_the_portal() == {item.code for item in (common, theirs, ours)}
        assert province.operations() == 3 * OPERATIONS
        assert first.unsent().count == second.unsent().count == 0
        assert device_of(first) != device_of(second)
    finally:
        second.store.close()


@pytest.mark.expects_log("sync_agent.engine", level="ERROR")
def test_a_store_that_was_turned_back_notices_it_and_falls_silent(
    tmp_path: Path, province: Province, first: OpenDesk
) -> None:
    copy = copied(first, tmp_path / "copy")
    first.receive_dossier()
    sync(first)
    first.store.close()
    shutil.rmtree(first.folder.root)
    copy.rename(first.folder.root)
    first.crash_and_start_again()
    with pytest.raises(KnownError, match="rolled-back"):
        sync(first)
    with first.store.reading() as connection:
        assert identity.former_devices(connection)[-1].reason is Reason.ROLLED_BACK
    for act in (first.engine.seal_pending, first.engine.open_replies, first.receive_dossier):
        with pytest.raises(KnownError, match="rolled-back"):
            act()
    with pytest.raises(KnownError, match="courier-not-configured"):
        CourierConfiguration.load(first.folder)


@pytest.mark.expects_log("gateway.intake", level="ERROR")
@pytest.mark.expects_log("sync_agent.engine", level="ERROR")
def test_what_a_turned_back_store_did_before_it_knew_is_told_under_its_new_identity(
    tmp_path: Path, province: Province, first: OpenDesk
) -> None:
    copy = copied(first, tmp_path / "copy")
    before = first.receive_dossier(code=code_of_today(650))
    sync(first)
    old = device_of(first)
    first.store.close()
    shutil.rmtree(first.folder.root)
    copy.rename(first.folder.root)
    first.crash_and_start_again()
    forked = first.receive_dossier()
    first.engine.seal_pending()
    carry(first)
    with pytest.raises(KnownError, match="rolled-back"):
        first.engine.open_replies()
    first.store.close()
    second = enrolled_anew(first.folder.root, first.store_keys, province.enrolment(2, replaces=old))
    try:
        sync(second)
        accepted(second, forked.dossier_id)
        assert province.at_the_portal() == {before.code, forked.code}
        assert second.unsent().rejected == 0
    finally:
        second.store.close()


def test_what_only_the_spool_still_has_is_taken_back_from_it(
    tmp_path: Path, province: Province, first: OpenDesk
) -> None:
    """The database is restored, the spool and the objects beside it are those of the disaster."""
    copy = copied(first, tmp_path / "copy")
    lost = first.receive_dossier([pdf(5000)])
    first.engine.seal_pending()
    old = device_of(first)
    first.store.close()
    for stale in first.folder.root.glob("desk.db*"):
        stale.unlink()
    shutil.copy(copy / "desk.db", first.folder.root)
    second = enrolled_anew(first.folder.root, first.store_keys, province.enrolment(2, replaces=old))
    try:
        sync(second)
        until(lambda: province.is_relayed({lost.code}))
        assert second.unsent().count == 0
    finally:
        second.store.close()


def test_what_was_answered_is_not_told_again_unless_its_scans_may_be_missing(
    tmp_path: Path, province: Province, first: OpenDesk
) -> None:
    first.receive_dossier()
    scanned = first.receive_dossier([pdf(2000)])
    first.engine.seal_pending()
    with courier_of(first.folder) as courier:
        courier._deliveries.current = lambda now: None  # type: ignore[method-assign]  # the line dies before the scans
        courier.run(Until.IDLE)
    first.engine.open_replies()
    assert first.unsent().count == 0
    copy = copied(first, tmp_path / "copy")
    second = enrolled_anew(copy, first.store_keys, province.enrolment(2, replaces=device_of(first)))
    try:
        assert second.unsent().count == 1
        sync(second)
        accepted(second, scanned.dossier_id)
    finally:
        second.store.close()


def test_a_new_computer_in_the_place_of_an_old_one_hears_of_its_own_dossiers(
    tmp_path: Path, province: Province, first: OpenDesk
) -> None:
    sync(first)
    fresh = OpenDesk.create(tmp_path / "fresh", province.enrolment(2, replaces=device_of(first)))
    try:
        dossier = fresh.receive_dossier()
        sync(fresh)
        accepted(fresh, dossier.dossier_id)
    finally:
        fresh.store.close()


@pytest.mark.expects_log("sync_agent", level="ERROR")
def test_the_courier_of_a_copy_does_not_run_on_another_machine(
    first: OpenDesk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first.folder.courier_configuration.unlink()
    desk_keys.load(first.store, first.folder, this_machine=lambda: HERE)
    monkeypatch.setattr(program, "this_machine", lambda: ELSEWHERE)
    assert program.main(["--data", str(first.folder.root), "--once"]) == program.NOT_CONFIGURED
    assert "other-machine" in capsys.readouterr().err
    status = courier_contact.courier_status(first.folder)
    assert (status.state, status.code) == (CourierState.NOT_RUNNING, "other-machine")
    monkeypatch.setattr(program, "this_machine", lambda: HERE)
    assert program.main(["--data", str(first.folder.root), "--until-idle"]) == program.DONE


def test_a_running_courier_ends_with_the_identity_that_it_speaks_for(first: OpenDesk) -> None:
    sync(first)
    with courier_of(first.folder) as courier:
        thread = threading.Thread(target=courier.run, args=(Until.STOPPED,))
        thread.start()
        until(lambda: courier.status.state is CourierState.ONLINE)
        desk_keys.stop_speaking(first.folder)
        courier._wake.set()
        thread.join(30)
        assert not thread.is_alive()


@pytest.mark.expects_log("sync_agent.courier")
@pytest.mark.expects_log("sync_agent.engine")
def test_a_gateway_that_lost_a_successor_gets_everything_from_the_next(tmp_path: Path) -> None:
    folder, backup = tmp_path / "gateway", tmp_path / "backup"
    with serving(folder) as url, desk_at(tmp_path / "data", folder, url) as first:
        sync(first)
        shutil.copytree(folder, backup)
        dossiers = [first.receive_dossier([pdf(700)])]
        sync(first)
        copy, old, keys = copied(first, tmp_path / "copy"), device_of(first), first.store_keys
        second = enrolled_anew(copy, keys, Province.issue(folder, url, 2, replaces=old))
        dossiers.append(second.receive_dossier([pdf(700)]))
        sync(second)
        assert second.unsent().count == 0
        second.store.close()
    shutil.rmtree(folder)
    backup.rename(folder)
    with open_gateway(folder) as gateway:
        declare_restored(gateway)
    with serving(folder, port=int(url.rpartition(":")[2])):
        third = enrolled_anew(copy, keys, Province.issue(folder, url, 2, replaces=old))
        try:
            for _ in range(2):
                sync(third)
            assert third.unsent().count == third.unsent().rejected == 0
            with open_gateway(folder) as gateway, gateway.database.read() as transaction:
                held = {code for (code,) in transaction.rows("SELECT code FROM dossiers")}
            assert held == {dossier.code for dossier in dossiers}
        finally:
            third.store.close()


@pytest.mark.expects_log("gateway.intake", level="ERROR")
@pytest.mark.expects_log("sync_agent.engine", level="ERROR")
def test_two_copies_that_nothing_tells_apart_are_told_apart_by_what_they_say(
    tmp_path: Path, province: Province, first: OpenDesk
) -> None:
    """Disk images of computers that share their machine identity: both go on as one device, until one was heard."""
    sync(first)
    copy, keys, old = copied(first, tmp_path / "copy"), first.store_keys, device_of(first)
    store = opened(copy, keys)
    twin = OpenDesk(DataFolder(copy), keys, store, OpenDesk.start_engine(store, DataFolder(copy)))
    ours, theirs = first.receive_dossier(), twin.receive_dossier(code=code_of_today(650))
    sync(first)
    twin.engine.seal_pending()
    carry(twin)
    carry(first)
    for desk in (twin, first):
        with pytest.raises(KnownError, match="rolled-back"):
            desk.engine.open_replies()
        desk.store.close()
    second = enrolled_anew(first.folder.root, keys, province.enrolment(2, replaces=old))
    third = enrolled_anew(copy, keys, province.enrolment(3, beside=device_of(second)))
    try:
        for desk, dossier in ((second, ours), (third, theirs)):
            sync(desk)
            accepted(desk, dossier.dossier_id)
            assert desk.unsent().count == desk.unsent().rejected == 0
        assert province.at_the_portal() == {ours.code, theirs.code}
    finally:
        second.store.close()
        third.store.close()
