# SPDX-License-Identifier: GPL-3.0-or-later
"""Desk, courier, gateway and a simulated portal together, each as it ships, over real HTTP."""

from __future__ import annotations

import datetime as dt
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from casework.records.dossier import PortalState
from casework.records.operation import OperationKind
from casework.records.workplace import Unit
from demo.national_portal import NationalPortal
from gateway.enrolment import issue_enrolment
from gateway.folder import declare_restored, open_gateway
from gateway.server import Settings, address, built_app, listen, make_server
from sync_agent.configuration import CourierConfiguration
from sync_agent.courier import Courier, Until
from sync_agent.data_folder import make_folder
from sync_agent.device_key import FileKeyStore
from sync_agent.portals.mapi import MapiAccount
from sync_agent.spool import Spool, Station
from sync_agent.transports.https import HttpsTransport
from sync_agent.wire import operation_codec
from tests.sync_agent.cutting_line import CuttingLine
from tests.sync_agent.material import code_of_today, moment
from tests.sync_agent.open_desk import OpenDesk

UNIT = Unit("H56.14", "Trung tâm Phục vụ hành chính công xã Tân Lập", "UBND XÃ TÂN LẬP", "Tân Lập", "14797")


@contextmanager
def serving(folder: Path, portal: MapiAccount | None = None, port: int = 0) -> Iterator[str]:
    """The gateway as it ships, in a thread of this process; gives its URL."""
    settings = Settings(folder=folder, portal=portal)
    with listen("127.0.0.1", port) as listener, built_app(settings, address(listener), moment) as app:
        server = make_server(app)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield address(listener)
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def desk_at(root: Path, gateway_folder: Path, url: str) -> Iterator[OpenDesk]:
    """A desk that was enrolled by that gateway."""
    with open_gateway(gateway_folder) as gateway:
        enrolment = issue_enrolment(gateway, UNIT, 1, [url], dt.datetime.now(dt.UTC))
    desk = OpenDesk.create(root, enrolment)
    try:
        yield desk
    finally:
        desk.store.close()


def carry(desk: OpenDesk, url: str = "") -> Courier:
    """One run of the courier until nothing is left to do."""
    make_folder(desk.folder.courier)
    configuration = CourierConfiguration.load(desk.folder)
    transport = HttpsTransport(
        url or configuration.gateway_urls[0],
        device_id=configuration.device_id,
        signer=FileKeyStore(desk.folder.device_key).load(configuration.device_id),
        gateway_sign_public=configuration.gateway_sign_public,
        clock=time.time,
        random_bytes=os.urandom,
    )
    courier = Courier(desk.folder, configuration, [transport], now=moment, steady=time.monotonic, uniform=lambda: 0.0)
    assert courier.run(Until.IDLE)
    transport.close()
    return courier


def pdf(size: int) -> bytes:
    """A file that passes for a PDF."""
    return b"%PDF-1.7\n" + os.urandom(size) + b"\n%%EOF\n"


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_dossier_received_offline_is_accepted_by_the_portal(tmp_path: Path) -> None:
    with NationalPortal({"1.001193"}) as portal:
        account = MapiAccount(portal.url, portal.username, portal.password)
        with serving(tmp_path / "gateway") as url:
            pass
        with desk_at(tmp_path / "data", tmp_path / "gateway", url) as desk:
            dossiers = [desk.receive_dossier([pdf(700_000), pdf(200)]) for _ in range(3)]
            desk.engine.seal_pending()
            assert desk.unsent().count == 12
            with serving(tmp_path / "gateway", account, int(url.rpartition(":")[2])):

                def all_accepted() -> bool:
                    carry(desk)
                    desk.engine.open_replies()
                    return all(desk.portal_state(item.dossier_id)[0] is PortalState.ACCEPTED for item in dossiers)

                until(all_accepted)
            assert (desk.unsent().count, desk.unsent().rejected) == (0, 0)
            assert Spool(desk.folder.spool).count(Station.SENT) == 1


@pytest.mark.expects_log("gateway.intake")
def test_a_bad_operation_is_rejected_and_its_neighbours_are_not(tmp_path: Path) -> None:
    with (
        serving(tmp_path / "gateway") as url,
        desk_at(tmp_path / "data", tmp_path / "gateway", url) as desk,
    ):
        desk.receive_dossier()
        bad = desk.receive_dossier(code=code_of_today(9999))  # a number of no slot
        desk.receive_dossier()
        desk.engine.seal_pending()
        carry(desk)
        summary = desk.engine.open_replies()
        assert (summary.acknowledged, len(summary.rejected)) == (5, 1)
        assert desk.unsent().rejected == 1
        assert desk.portal_state(bad.dossier_id)[0] is PortalState.WAITING


@pytest.mark.expects_log("gateway.intake")
@pytest.mark.expects_log("sync_agent.engine")
def test_what_an_older_gateway_did_not_understand_is_offered_again_at_the_next_sign_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        serving(tmp_path / "gateway") as url,
        desk_at(tmp_path / "data", tmp_path / "gateway", url) as desk,
    ):
        desk.receive_dossier()

        def sign_in() -> tuple[int, int]:
            desk.crash_and_start_again()
            desk.engine.take_back_refused()
            desk.engine.seal_pending()
            carry(desk)
            desk.engine.open_replies()
            return desk.unsent().count, desk.unsent().rejected

        with monkeypatch.context() as before_the_update:
            before_the_update.setattr(operation_codec, "NEWEST_SCHEMA", dict.fromkeys(OperationKind, 0))
            assert sign_in() == (0, 2)
            assert sign_in() == (0, 2)
        assert sign_in() == (0, 0)
        assert desk.engine.take_back_refused() == 0


def test_operations_sealed_twice_have_their_effect_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        serving(tmp_path / "gateway") as url,
        desk_at(tmp_path / "data", tmp_path / "gateway", url) as desk,
    ):
        desk.receive_dossier([b"%PDF"])
        with monkeypatch.context() as patch:
            patch.setattr("localdb.outbox.mark_sealed", lambda *arguments: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                desk.engine.seal_pending()
        desk.crash_and_start_again()
        desk.engine.seal_pending()
        carry(desk)
        assert Spool(desk.folder.spool).count(Station.SENT) == 2
        summary = desk.engine.open_replies()
        assert (summary.acknowledged, desk.unsent().count) == (3, 0)
        assert summary.replies == 2  # one about the operations, one about the scan


def test_over_a_line_that_breaks_every_megabyte_all_scans_arrive_at_little_cost(tmp_path: Path) -> None:
    sizes = random.Random(7)
    with (
        serving(tmp_path / "gateway") as url,
        desk_at(tmp_path / "data", tmp_path / "gateway", url) as desk,
        CuttingLine(url, mean_bytes=1_000_000, seed=7).open() as line,
    ):
        scans = [os.urandom(sizes.randrange(1_000_000, 2_000_000)) for _ in range(6)]
        for scan in scans:
            desk.receive_dossier([scan])
        desk.engine.seal_pending()
        carry(desk, line.url)
        assert Spool(desk.folder.spool).count(Station.SENT) == 1
        assert line.cuts >= 3
        sealed = sum(path.stat().st_size for path in desk.folder.objects.rglob("*.enc"))
        assert line.sent_bytes < sealed * 1.03
        desk.engine.open_replies()
        assert desk.unsent().count == 0


@pytest.mark.expects_log("sync_agent.courier")
def test_after_a_restore_of_the_gateway_desk_and_gateway_agree_again(tmp_path: Path) -> None:
    folder = tmp_path / "gateway"
    with (
        serving(folder) as url,
        desk_at(tmp_path / "data", folder, url) as desk,
    ):
        desk.receive_dossier()
        desk.engine.seal_pending()
        carry(desk)
        desk.engine.open_replies()
    with open_gateway(folder) as gateway:
        declare_restored(gateway)
    desk.crash_and_start_again()
    try:
        with serving(folder, port=int(url.rpartition(":")[2])):
            desk.receive_dossier()
            desk.engine.seal_pending()
            carry(desk)
            desk.engine.open_replies()
        assert desk.unsent().count == 0
        assert Spool(desk.folder.spool).count(Station.SENT) == 2
    finally:
        desk.store.close()
