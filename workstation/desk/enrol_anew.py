# SPDX-License-Identifier: GPL-3.0-or-later
"""Give a desk that was restored, copied or turned back a new identity from a new enrolment file. Needs no network.

Nobody can sign in at such a desk; an administrator opens it for this alone. The same is done for a desk whose device
key is lost, which was replaced by mistake, or which its gateway forgot.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from casework import rights
from casework.identifiers import RandomBytes
from casework.records.workplace import Clerk, Workstation
from casework.rights import Right
from localdb import audit, clerks, identity, machine
from localdb.identity import FormerDevice, Reason
from sync_agent import desk_keys
from sync_agent.courier_contact import stop_courier
from sync_agent.wire.enrolment import Enrolment
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.session import Clock
from workstation.desk.sign_in import OpenedDesk, open_desk


def enrol_anew(
    folder: DeskFolder,
    login: str,
    password: str,
    enrolment_file: bytes,
    *,
    clock: Clock,
    random_bytes: RandomBytes,
    this_machine: Callable[[], bytes | None] = machine.this_machine,
) -> Workstation:
    """Enrol a desk anew; what it said and had no answer to is told again.

    A crash in the middle is mended by doing it again with the same file.

    Args:
        folder: The desk.
        login: Of an administrator.
        password: Hers.
        enrolment_file: Of a workstation that replaces this one, or stands beside the one that it is a copy of.
        clock: The present moment.
        random_bytes: Source of randomness.
        this_machine: Gives the identity of the computer.

    Raises:
        KnownError: ``not-allowed``; ``enrolment-damaged``, ``enrolment-version``, ``enrolment-used``,
            ``enrolment-lineage``; ``already-enrolled`` when the desk is somebody and the file not of its successor; or
            as ``sign_in`` about passwords, key file, database and disk.
    """
    enrolment = Enrolment.from_json(enrolment_file)
    with contextlib.ExitStack() as undo:
        desk = open_desk(undo, folder, login, password, clock=clock, random_bytes=random_bytes)
        clerk = _administrator(desk)
        with desk.store.transaction() as connection:
            identity.check_machine(connection, this_machine(), clock())
        stop_courier(folder)
        with desk.store.transaction() as connection:
            if not identity.is_own(connection, enrolment.device_id) and desk_keys.is_successor(connection, enrolment):
                identity.retire(connection, clock(), Reason.ENROLLED_ANEW)
        with desk.store.transaction() as connection:
            audit.append(
                connection,
                at=clock(),
                actor_id=clerk.clerk_id,
                action="desk.enrolment-given",
                subject_id=enrolment.device_id,
            )
        return desk_keys.enrol(desk.store, folder, enrolment, now=clock, this_machine=this_machine)


def former_identities(
    folder: DeskFolder, login: str, password: str, *, clock: Clock, random_bytes: RandomBytes
) -> list[FormerDevice]:
    """Tell whom a desk was, the last one last: IT needs that for ``--replaces`` or ``--beside``.

    Raises:
        KnownError: ``not-allowed``; or as ``sign_in`` about passwords, key file, database and disk.
    """
    with contextlib.ExitStack() as undo:
        desk = open_desk(undo, folder, login, password, clock=clock, random_bytes=random_bytes)
        _administrator(desk)
        with desk.store.reading() as connection:
            return identity.former_devices(connection)


def _administrator(desk: OpenedDesk) -> Clerk:
    with desk.store.reading() as connection:
        clerk = clerks.with_login(connection, desk.login)
    rights.require(clerk, Right.ENROL)
    return clerk
