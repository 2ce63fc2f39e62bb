# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk's own enrolment: its device, number slot and unit."""

from __future__ import annotations

from casework.errors import KnownError
from casework.records.workplace import Unit, Workstation
from localdb.connection import Connection


def save(connection: Connection, workstation: Workstation) -> None:
    """Write the enrolment, in the place of an earlier one."""
    unit = workstation.unit
    connection.execute("DELETE FROM workstation")
    connection.execute(
        """INSERT INTO workstation
            (only_row, device_id, slot, unit_code, unit_name, unit_parent_name, unit_place, commune_code)
            VALUES (1, ?, ?, ?, ?, ?, ?, ?)""",
        (
            workstation.device_id,
            workstation.slot,
            unit.code,
            unit.name,
            unit.parent_name,
            unit.place,
            unit.commune_code,
        ),
    )


def load(connection: Connection) -> Workstation:
    """Give the enrolment.

    Raises:
        KnownError: ``not-enrolled``.
    """
    row = connection.row(
        """SELECT device_id, slot, unit_code, unit_name, unit_parent_name, unit_place, commune_code FROM workstation"""
    )
    if row is None:
        raise KnownError("not-enrolled")
    device_id, slot, *unit = row
    return Workstation(device_id, slot, Unit(*unit))
