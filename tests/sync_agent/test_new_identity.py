# SPDX-License-Identifier: GPL-3.0-or-later
"""A store that was restored, copied or turned back: nothing lost that was in it, nothing twice, nobody speaks twice."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import itertools
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.codes import parse_code
from casework.errors import KnownError
from casework.records.dossier import PortalState
from demo.national_portal import NationalPortal
from gateway.enrolment import issue_enrolment
from gateway.folder import open_gateway
from gateway.storage import number
from localdb import identity, outbox
from localdb.connection import Connection
from localdb.identity import Reason
from localdb.key_file import StoreKeys
from localdb.store import Store
from sync_agent import __main__ as program
from sync_agent import courier_contact, desk_keys, former_identity
from sync_agent.configuration import CourierConfiguration
from sync_agent.courier import Until
from sync_agent.data_folder import DataFolder
from sync_agent.portals.mapi import MapiAccount
from sync_agent.spool import Spool, SpooledEnvelope, Station
from sync_agent.status import CourierState
from sync_agent.wire.enrolment import Enrolment
from tests.sync_agent.courier_run import courier_of
from tests.sync_agent.material import moment
from tests.sync_agent.open_desk import OpenDesk
from tests.sync_agent.test_with_the_gateway import UNIT, carry, desk_at, pdf, serving, until

HERE, ELSEWHERE = b"0" * 32, b"1" * 32

OPERATIONS = 3
"""Of a dossier with one scan."""


@dataclasses.dataclass
class Province:
    """A gateway with its portal, that issues enrolments."""

    folder: Path
    url: str
    portal: NationalPortal

    def enrolment(self, slot: int, *, replaces: str = "", beside: str = "") -> Enrolment:
        with open_gateway(self.folder) as gateway:
            now = dt.datetime.now(dt.UTC)
            return issue_enrolment(gateway, UNIT, slot, [self.url], now, replaces=replaces, beside=beside)

    def at_the_portal(self) -> set[str]:
        """Codes of the dossiers that the portal holds."""
        return set(self.portal.dossiers())

    def operations(self) -> int:
        """How many operations had an effect."""
        with open_gateway(self.folder) as gateway, gateway.database.read() as transaction:
            return number(transaction.rows("SELECT count(*) FROM operations WHERE rejected = ''")[0][0])


@pytest.fixture
def province(tmp_path: Path) -> Iterator[Province]:
    with NationalPortal({"1.001193"}) as portal:
        account = MapiAccount(portal.url, portal.username, portal.password)
        with serving(tmp_path / "gateway", account) as url:
            yield Province(tmp_path / "gateway", url, portal)


@pytest.fixture
def first(tmp_path: Path, province: Province) -> Iterator[OpenDesk]:
    with desk_at(tmp_path / "data", province.folder, province.url) as desk:
        yield desk


def device_of(desk: OpenDesk) -> str:
    return desk_keys.load(desk.store, desk.folder).device_id


def copied(desk: OpenDesk, root: Path) -> Path:
    """The folder as a file copy has it, the store closed for the moment."""
    desk.store.close()
    shutil.copytree(desk.folder.root, root)
    desk.crash_and_start_again()
    return root


def opened(root: Path, keys: StoreKeys) -> Store:
    return Store.open(root, keys)


def enrolled_anew(root: Path, keys: StoreKeys, enrolment: Enrolment, reason: Reason = Reason.RESTORED) -> OpenDesk:
    store = opened(root, keys)
    with store.transaction() as connection:
        identity.retire(connection, moment(), reason)
    folder = DataFolder(root)
    desk_keys.enrol(store, folder, enrolment)
    return OpenDesk(folder, keys, store, OpenDesk.start_engine(store, folder))


def sync(desk: OpenDesk) -> None:
    desk.engine.seal_pending()
    carry(desk)
    desk.engine.open_replies()


def accepted(desk: OpenDesk, *dossier_ids: str) -> None:
    """Wait until the portal has them all, and the desk knows."""

    def all_accepted() -> bool:
        carry(desk)
        desk.engine.open_replies()
        return all(desk.portal_state(dossier_id)[0] is PortalState.ACCEPTED for dossier_id in dossier_ids)

    until(all_accepted)


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
    before = first.receive_dossier(code="H56.14-261122-0650")
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


@pytest.mark.expects_log("sync_agent.former_identity")
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
        until(lambda: province.at_the_portal() == {lost.code})
        assert second.unsent().count == 0
    finally:
        second.store.close()


class Killed(BaseException):
    """The program ends here."""


def enrol_killed(root: Path, keys: StoreKeys, enrolment: Enrolment, step: int, patching: pytest.MonkeyPatch) -> bool:
    """Enrol until so many steps that last are done; tells whether it was killed before the end."""
    transaction, remove, left = Store.transaction, Spool.remove, [step]

    def die_if_due() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Killed

    @contextlib.contextmanager
    def killed_after(store: Store) -> Iterator[Connection]:
        with transaction(store) as connection:
            yield connection
        die_if_due()

    def killed_before(spool: Spool, envelope: SpooledEnvelope) -> None:
        die_if_due()
        remove(spool, envelope)

    store = opened(root, keys)
    with patching.context() as patch:
        patch.setattr(Store, "transaction", killed_after)
        patch.setattr(Spool, "remove", killed_before)
        try:
            desk_keys.enrol(store, DataFolder(root), enrolment)
        except Killed:
            return True
        finally:
            store.close()
    return False


@pytest.mark.expects_log("sync_agent.former_identity")
def test_a_kill_at_any_step_of_enrolling_loses_and_doubles_nothing(
    tmp_path: Path, province: Province, first: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(former_identity, "_AT_A_TIME", 2)
    copy = copied(first, tmp_path / "copy")
    dossiers = [first.receive_dossier([pdf(300)])]
    first.engine.seal_pending()
    shutil.copytree(first.folder.spool, copy / "spool", dirs_exist_ok=True)
    shutil.copytree(first.folder.objects, copy / "objects", dirs_exist_ok=True)
    keys, old = first.store_keys, device_of(first)
    store = opened(copy, keys)
    engine = OpenDesk.start_engine(store, DataFolder(copy))
    desk = OpenDesk(DataFolder(copy), keys, store, engine)
    dossiers += [desk.receive_dossier([pdf(300)], code=f"H56.14-261122-07{number:02}") for number in range(2)]
    with store.transaction() as connection:
        identity.retire(connection, moment())
    store.close()
    enrolment = province.enrolment(2, replaces=old)
    for step in itertools.count():
        root = shutil.copytree(copy, tmp_path / f"killed-{step}")
        was_killed = enrol_killed(root, keys, enrolment, step, monkeypatch)
        store = opened(root, keys)
        desk_keys.enrol(store, DataFolder(root), enrolment)
        second = OpenDesk(DataFolder(root), keys, store, OpenDesk.start_engine(store, DataFolder(root)))
        with store.reading() as connection:
            told = [operation.device_sequence for operation in outbox.unsealed(connection, 100)]
        assert told == list(range(1, OPERATIONS * len(dossiers) + 1)), step
        assert Spool(second.folder.spool).count(Station.WAITING) == 0, step
        if not was_killed:
            break
        store.close()
    assert step >= 10
    try:
        sync(second)
        until(lambda: province.at_the_portal() == {item.code for item in dossiers})
        assert province.operations() == OPERATIONS * len(dossiers)
        assert second.unsent().count == 0
    finally:
        second.store.close()


def test_an_enrolment_that_came_to_nothing_leaves_the_order_as_it_was(
    tmp_path: Path, province: Province, first: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossiers = [first.receive_dossier() for _ in range(3)]
    with first.store.reading() as connection:
        made = [operation.operation_id for operation in outbox.unsealed(connection, 100)]
    old = device_of(first)
    with first.store.transaction() as connection:
        identity.retire(connection, moment())
    with monkeypatch.context() as patch:
        patch.setattr(former_identity, "_AT_A_TIME", 2)
        patch.setattr("sync_agent.device_key.keep", lambda *arguments: (_ for _ in ()).throw(KnownError("disk-full")))
        with pytest.raises(KnownError, match="disk-full"):
            desk_keys.enrol(first.store, first.folder, province.enrolment(2, replaces=old))
    desk_keys.enrol(first.store, first.folder, province.enrolment(3, replaces=old))
    with first.store.reading() as connection:
        assert [operation.operation_id for operation in outbox.unsealed(connection, 100)] == made
    assert len(dossiers) == 3


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


def test_a_store_takes_only_the_enrolment_of_its_own_successor(
    tmp_path: Path, province: Province, first: OpenDesk
) -> None:
    with first.store.reading() as connection:
        known = identity.enrolled(connection)
    with first.store.transaction() as connection:
        identity.retire(connection, moment())
    used = dataclasses.replace(province.enrolment(5), device_id=known.device_id)
    with pytest.raises(KnownError, match="enrolment-used"):
        desk_keys.enrol(first.store, first.folder, used)
    with pytest.raises(KnownError, match="enrolment-lineage") as caught:
        desk_keys.enrol(first.store, first.folder, province.enrolment(6))
    assert caught.value.details["device"] == known.device_id


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
