# SPDX-License-Identifier: GPL-3.0-or-later
"""Hand-overs of papers between agencies and reception points, with what the receiver confirmed."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass


class TransferKind(enum.StrEnum):
    """What goes where."""

    TO_AGENCY = "to-agency"
    BETWEEN_POINTS = "between-points"
    RESULTS = "results"


class Carrier(enum.StrEnum):
    """How it goes."""

    BY_HAND = "by-hand"
    PUBLIC_POST = "public-post"


class ItemTrouble(enum.StrEnum):
    """What the receiver found amiss with an item."""

    NONE = "none"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class TransferItem:
    """One dossier or result on a hand-over list.

    Attributes:
        dossier_id: Which.
        code: Its code, as printed on the list.
        title: What it is, e.g. the procedure or the result.
        sheets: Number of sheets or papers handed over.
        received_at: Aware moment, or None while nobody has confirmed it.
        received_by: Name of the receiver as she signs; empty while nobody has.
        trouble: What was amiss; a missing item is not received.
        note: Free words.
    """

    dossier_id: str
    code: str
    title: str
    sheets: int
    received_at: dt.datetime | None = None
    received_by: str = ""
    trouble: ItemTrouble = ItemTrouble.NONE
    note: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """A hand-over list with its receipt (giấy bàn giao hồ sơ, two copies).

    Attributes:
        transfer_id: UUIDv7.
        kind: What goes where.
        from_agency: Who hands over: an agency or a reception point.
        to_agency: Who receives.
        carrier: How it goes.
        tracking_number: Of the post; empty when carried by hand or not known yet.
        handed_over_at: Aware moment.
        handed_over_by: ``clerk_id``.
        items: At least one, each dossier once.
    """

    transfer_id: str
    kind: TransferKind
    from_agency: str
    to_agency: str
    carrier: Carrier
    handed_over_at: dt.datetime
    handed_over_by: str
    items: tuple[TransferItem, ...]
    tracking_number: str = ""
