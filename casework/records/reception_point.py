# SPDX-License-Identifier: GPL-3.0-or-later
"""A place where the centre of a commune receives people (điểm tiếp nhận); a commune has one or two."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReceptionPoint:
    """A reception point.

    Attributes:
        point_id: UUIDv7.
        name: As printed on lists and receipts, e.g. "Điểm tiếp nhận số 2, nhà văn hóa thôn Đông".
        unit_code: Code of the centre's unit; all points of a commune share it.
        slots: Slots of the workstations that stand there, each 0 to 15.
        is_main: Whether dossiers are brought together there; true of one point of a unit.
        opened_on: First day.
        closed_on: Last day, or None while it is open.
    """

    point_id: str
    name: str
    unit_code: str
    slots: frozenset[int]
    is_main: bool
    opened_on: dt.date
    closed_on: dt.date | None = None

    def is_open(self, on: dt.date) -> bool:
        """Whether it receives people on a day."""
        return self.opened_on <= on and (self.closed_on is None or on <= self.closed_on)


@dataclass(frozen=True, slots=True)
class Places:
    """The three places of a dossier, which boundary-free reception (phi địa giới) keeps apart.

    Attributes:
        supported_at: Where somebody helped to file it; empty when nobody did.
        received_by_unit: Code of the unit that received it officially; its code stands in the dossier code.
        competent_agency: Who has to decide it, as a unit code or, where none is known, a name.
    """

    supported_at: str
    received_by_unit: str
    competent_agency: str

    @property
    def is_boundary_free(self) -> bool:
        """Whether it was received by another unit than the one that decides."""
        return self.received_by_unit != self.competent_agency
