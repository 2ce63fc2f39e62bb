# SPDX-License-Identifier: GPL-3.0-or-later
"""What every use case works with while a clerk is signed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from casework.catalogue import Catalogue
from casework.identifiers import RandomBytes, new_identifier
from casework.records.workplace import Clerk, Workstation
from casework.rights import Right, may, require
from casework.work_calendar import VIET_NAM, WorkCalendar
from localdb.open_key_file import OpenKeyFile
from localdb.store import Store
from localdb.wiping import give_back_freed_memory
from sync_agent.engine import Engine
from workstation.desk.desk_folder import DeskFolder

Clock = Callable[[], dt.datetime]
"""Gives the present moment, aware."""


@dataclass(frozen=True, slots=True)
class DeskSession:
    """An open store and who works with it; made by ``sign_in``, ended by ``close``.

    Attributes:
        folder: Where the workstation keeps its things.
        key_file: Who can open the store, and the store's keys; wiped with the session.
        store: The open database and object files.
        engine: Seals operations and opens replies.
        clerk: Who is signed in.
        workstation: This desk.
        catalogue: Procedures in force.
        calendar: Working days and opening hours of the unit.
        clock: The present moment.
        random_bytes: Source of randomness.
        held: Keeps other programs out of the folder until it is closed.
        notices: Codes of the sentences that whoever signed in should read.
    """

    folder: DeskFolder
    key_file: OpenKeyFile
    store: Store
    engine: Engine
    clerk: Clerk
    workstation: Workstation
    catalogue: Catalogue
    calendar: WorkCalendar
    clock: Clock
    random_bytes: RandomBytes
    held: BinaryIO
    notices: tuple[str, ...] = ()

    def today(self) -> dt.date:
        """Give the day that it is in Viet Nam."""
        return self.clock().astimezone(VIET_NAM).date()

    def new_identifier(self) -> str:
        """Make an identity for a new record."""
        return new_identifier(self.clock(), self.random_bytes)

    def may(self, right: Right) -> bool:
        """Tell whether the signed-in clerk holds a right, so that a window offers only what is allowed."""
        return may(self.clerk, right)

    def require(self, right: Right) -> None:
        """See that the signed-in clerk holds a right; the first line of every use case.

        Roles count as they were at sign-in: what changed since counts from the next one.

        Raises:
            KnownError: ``not-allowed`` (details ``right``).
        """
        require(self.clerk, right)

    def close(self) -> None:
        """Close the database and wipe the keys, as far as Python allows (docs/keys.md)."""
        try:
            self.store.close()
        finally:
            self.key_file.wipe()
            give_back_freed_memory()
            self.held.close()
