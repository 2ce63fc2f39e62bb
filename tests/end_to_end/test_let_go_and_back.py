# SPDX-License-Identifier: GPL-3.0-or-later
"""A scan goes to the gateway, is let go at the desk, and comes back when the clerk opens it: every part as it ships."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from gateway.enrolment import issue_enrolment
from gateway.folder import open_gateway
from sync_agent.courier import Until
from tests.gateway.conftest import serving
from tests.sync_agent.courier_run import run
from tests.workstation.desk.counter import UNIT, Hand, sign_in_at
from tests.workstation.desk.retention import days_go_by, documents, make_old, received
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.evict_objects import EvictObjects
from workstation.desk.fetch_object import FetchState
from workstation.desk.reconcile import reconcile
from workstation.desk.show_page import show_page


def test_a_scan_that_was_let_go_comes_back_when_it_is_opened(tmp_path: Path) -> None:
    with serving(tmp_path / "gateway") as running:
        with open_gateway(running.folder) as gateway:
            file = issue_enrolment(gateway, UNIT, 1, [running.url], dt.datetime.now(dt.UTC)).to_json()
        clock = Hand(dt.datetime.now(dt.UTC))
        session = sign_in_at(DeskFolder(tmp_path / "desk"), clock, file)
        dossier_id, pages = received(session)
        before = [session.store.objects.content(stored) for stored in documents(session, dossier_id)]
        pictures = [show_page(session, page.page_id).picture for page in pages]
        reconcile(session)
        run(session.folder, Until.IDLE)
        reconcile(session)

        days_go_by(session, clock, 100)
        make_old(session, 2)
        job = EvictObjects(session.store, lambda _: None, lambda: 1 << 50)
        while job.run_slice(session.clock()):
            pass
        assert list(session.store.objects.folder.glob("??/*.enc")) == []

        shown = show_page(session, pages[2].page_id)
        assert shown.fetch is not None
        assert shown.fetch.state is FetchState.OFFLINE
        run(session.folder, Until.IDLE)
        assert dossier_id in reconcile(session).dossiers
        assert show_page(session, pages[2].page_id).picture == pictures[2]
        assert session.store.objects.content(documents(session, dossier_id)[1]) == before[1]
        assert len(list(session.store.objects.folder.glob("??/*.enc"))) == 1
        session.close()
