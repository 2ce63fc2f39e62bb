# SPDX-License-Identifier: GPL-3.0-or-later
"""A gateway with its portal that issues enrolments, and desks that are copied, restored and turned back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from pathlib import Path

from casework.records.dossier import PortalState
from demo.national_portal import NationalPortal
from gateway.enrolment import issue_enrolment
from gateway.folder import open_gateway
from gateway.storage import number
from localdb import identity
from localdb.identity import Reason
from localdb.key_file import StoreKeys
from localdb.store import Store
from sync_agent import desk_keys
from sync_agent.data_folder import DataFolder
from sync_agent.wire.enrolment import Enrolment
from tests.sync_agent.material import moment
from tests.sync_agent.open_desk import OpenDesk
from tests.sync_agent.test_with_the_gateway import UNIT, carry, until

OPERATIONS = 3
"""Of a dossier with one scan."""


@dataclasses.dataclass
class Province:
    """A gateway with its portal, that issues enrolments."""

    folder: Path
    url: str
    portal: NationalPortal

    def enrolment(self, slot: int, *, replaces: str = "", beside: str = "") -> Enrolment:
        return self.issue(self.folder, self.url, slot, replaces=replaces, beside=beside)

    @staticmethod
    def issue(folder: Path, url: str, slot: int, *, replaces: str = "", beside: str = "") -> Enrolment:
        with open_gateway(folder) as gateway:
            now = dt.datetime.now(dt.UTC)
            return issue_enrolment(gateway, UNIT, slot, [url], now, replaces=replaces, beside=beside)

    def at_the_portal(self) -> set[str]:
        """Codes of the dossiers that the portal holds."""
        return set(self.portal.dossiers())

    def is_relayed(self, codes: set[str]) -> bool:
        """Whether the portal holds these dossiers, and the gateway has heard so of each: it may be stopped now."""
        with open_gateway(self.folder) as gateway, gateway.database.read() as transaction:
            waiting = number(transaction.rows("SELECT count(*) FROM relay_jobs WHERE state <> 'done'")[0][0])
        return self.at_the_portal() == codes and not waiting

    def operations(self) -> int:
        """How many operations had an effect."""
        with open_gateway(self.folder) as gateway, gateway.database.read() as transaction:
            return number(transaction.rows("SELECT count(*) FROM operations WHERE rejected = ''")[0][0])


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
