# SPDX-License-Identifier: GPL-3.0-or-later
"""The place and the people of the desk: unit, workstation, clerk."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass


class Role(enum.StrEnum):
    """What a person at the centre may do; a one-person commune holds them all."""

    CLERK = "clerk"
    SIGNER = "signer"
    SUPERVISOR = "supervisor"
    IT_ADMIN = "it-admin"


@dataclass(frozen=True, slots=True)
class Clerk:
    """A person who can sign in to the desk.

    Attributes:
        clerk_id: UUIDv7.
        login: Short sign-in name, lower case without accents.
        full_name: As printed on receipts.
        roles: At least one.
        revoked_at: When she ceased to work at this desk, UTC; None while she does.
    """

    clerk_id: str
    login: str
    full_name: str
    roles: frozenset[Role]
    revoked_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """The receiving unit.

    Attributes:
        code: Identification code per QĐ 20/2020/QĐ-TTg, e.g. ``H56.14``.
        name: E.g. "Trung tâm Phục vụ hành chính công xã Tân Lập".
        parent_name: Line above it on forms, e.g. "ỦY BAN NHÂN DÂN XÃ TÂN LẬP".
        place: Place name in front of dates, e.g. "Tân Lập".
        commune_code: 5-digit code of the administrative unit, e.g. ``14797``.
    """

    code: str
    name: str
    parent_name: str
    place: str
    commune_code: str


@dataclass(frozen=True, slots=True)
class Workstation:
    """One enrolled desk.

    Attributes:
        device_id: UUID given at enrolment.
        slot: Its share of the day's dossier numbers, 0 to 15.
        unit: Where it stands.
    """

    device_id: str
    slot: int
    unit: Unit
