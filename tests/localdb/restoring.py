# SPDX-License-Identifier: GPL-3.0-or-later
"""Restoring the newest snapshot of a stick, and what is in the store afterwards."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from localdb.store import Store
from tests.localdb import desk_facts
from tests.localdb.desk_facts import DossierFacts
from tests.localdb.keys_only import open_with_password
from tests.workstation.desk import counter
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.restore_store import ClerkPassword, list_snapshots, restore_store


def restore(stick: Path, folder: Path, **later: float) -> None:
    """Make the newest snapshot the store of a folder, whatever is there."""
    restore_store(
        list_snapshots(stick)[0],
        ClerkPassword(counter.CLERK.login, counter.PASSWORD),
        DeskFolder(folder),
        replaces=True,
        clock=counter.Hand(counter.MONDAY_MORNING + dt.timedelta(**later)),
        random_bytes=os.urandom,
    )


def facts_in(folder: Path) -> dict[str, DossierFacts]:
    """Open the store, check it, and give how every dossier stands."""
    keys = open_with_password(DeskFolder(folder).key_file, counter.CLERK.login, counter.PASSWORD)
    store = Store.open(folder, keys)
    try:
        desk_facts.check_store(store)
        return desk_facts.facts_of(store)
    finally:
        store.close()
