# SPDX-License-Identifier: GPL-3.0-or-later
"""Handing dossiers over between agencies and reception points, with a receipt for each item.

Until when a dossier must be on its way is said by ``casework.deadlines.forward_by``. Nothing is lost on the way: a list
is closed only when every item on it was received. The control slip (phiếu kiểm soát, Mẫu 06) is read off the lists.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casework.errors import BugError, KnownError
from casework.progress.lateness import Punctuality, punctuality
from casework.records.transfer import Carrier, ItemTrouble, Transfer, TransferItem
from casework.text import clean


@dataclass(frozen=True, slots=True)
class ControlSlipRow:
    """One row of the control slip: a dossier at one agency.

    Attributes:
        agency: Who worked on it (Nhận).
        handed_over_by: Who gave it to the agency (Giao).
        handed_over_at: Aware moment of that.
        received_at: Aware moment at which the agency took it, or None while it is on its way.
        due_at: Until when the agency was to be done, or None when the slip names no time.
        finished_at: Aware moment at which it was done, or None.
        punctuality: None while it is not done, or when no time was named.
        note: Free words.
    """

    agency: str
    handed_over_by: str
    handed_over_at: dt.datetime
    received_at: dt.datetime | None
    due_at: dt.datetime | None
    finished_at: dt.datetime | None
    punctuality: Punctuality | None
    note: str = ""


_S10: Final = re.compile(r"[A-Z]{2}([0-9]{8})([0-9])[A-Z]{2}")
_S10_WEIGHTS: Final = (8, 6, 4, 2, 3, 5, 9, 7)


def check_list(transfer: Transfer) -> None:
    """See that a hand-over list can be printed.

    Raises:
        KnownError: ``transfer-empty``; ``transfer-twice`` when a dossier stands on it twice (details ``dossier``).
        BugError: When both sides are the same.
    """
    if not transfer.items:
        raise KnownError("transfer-empty")
    if transfer.from_agency == transfer.to_agency:
        raise BugError("a transfer from a place to itself")
    codes = [item.code for item in transfer.items]
    for code in codes:
        if codes.count(code) > 1:
            raise KnownError("transfer-twice", dossier=code)


def receive_item(
    transfer: Transfer,
    code: str,
    at: dt.datetime,
    receiver: str,
    trouble: ItemTrouble = ItemTrouble.NONE,
    note: str = "",
) -> Transfer:
    """Confirm one item; a second confirmation changes nothing, so that a list may be scanned twice.

    Args:
        transfer: Before.
        code: Dossier code as scanned from the paper.
        at: Aware moment. Clocks of two agencies differ, so it may lie before the hand-over.
        receiver: Who signs for it.
        trouble: What is amiss; a missing item stays open and may still be confirmed when it is found.
        note: Free words.

    Raises:
        KnownError: ``transfer-item-unknown`` when it does not stand on the list; what was scanned may be anything, so
            it is not repeated.
    """
    if code not in {item.code for item in transfer.items}:
        raise KnownError("transfer-item-unknown")
    items = tuple(
        _received(item, at, receiver, trouble, note) if item.code == code else item for item in transfer.items
    )
    return dataclasses.replace(transfer, items=items)


def receive_all(transfer: Transfer, at: dt.datetime, receiver: str) -> Transfer:
    """Confirm every item that is neither confirmed nor reported missing."""
    items = tuple(
        item if item.trouble is ItemTrouble.MISSING else _received(item, at, receiver, ItemTrouble.NONE, "")
        for item in transfer.items
    )
    return dataclasses.replace(transfer, items=items)


def open_items(transfer: Transfer) -> tuple[TransferItem, ...]:
    """Give the items that nobody has confirmed, missing ones included."""
    return tuple(item for item in transfer.items if item.received_at is None)


def is_closed(transfer: Transfer) -> bool:
    """Whether every item was received."""
    return not open_items(transfer)


def on_their_way(
    transfers: Iterable[Transfer], now: dt.datetime, longer_than: dt.timedelta
) -> tuple[tuple[Transfer, TransferItem], ...]:
    """Give the items that were handed over long ago and are not confirmed, the oldest first."""
    waiting = [
        (transfer, item)
        for transfer in transfers
        if now - transfer.handed_over_at > longer_than
        for item in open_items(transfer)
    ]
    return tuple(sorted(waiting, key=lambda pair: (pair[0].handed_over_at, pair[1].code)))


def with_tracking_number(transfer: Transfer, number: str) -> Transfer:
    """Give the transfer with the number of its postal consignment, which is told in upper case without spaces.

    Raises:
        BugError: When it is carried by hand.
    """
    if transfer.carrier is not Carrier.PUBLIC_POST:
        raise BugError("a tracking number without post")
    return dataclasses.replace(transfer, tracking_number=clean(number).replace(" ", "").upper())


def is_postal_number(number: str) -> bool:
    """Whether a tracking number follows the postal union's pattern (UPU S10) and its check digit is right.

    Other carriers have other numbers: False is a hint to look again, never a ground to refuse one.
    """
    match = _S10.fullmatch(number)
    if match is None:
        return False
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(match.group(1), _S10_WEIGHTS, strict=True)) % 11
    return int(match.group(2)) == {10: 0, 11: 5}.get(rest, rest)


def control_slip_row(
    transfer: Transfer,
    code: str,
    due_at: dt.datetime | None = None,
    finished_at: dt.datetime | None = None,
    note: str = "",
) -> ControlSlipRow:
    """Make the row that a transfer adds to the control slip of one of its dossiers.

    Args:
        transfer: By which the dossier came to the agency.
        code: Of the dossier.
        due_at: Until when the agency was to be done, or None.
        finished_at: When it was, or None.
        note: In front of what the receiver noted.

    Raises:
        KnownError: ``transfer-item-unknown``.
    """
    item = next((item for item in transfer.items if item.code == code), None)
    if item is None:
        raise KnownError("transfer-item-unknown")
    return ControlSlipRow(
        agency=transfer.to_agency,
        handed_over_by=transfer.from_agency,
        handed_over_at=transfer.handed_over_at,
        received_at=item.received_at,
        due_at=due_at,
        finished_at=finished_at,
        punctuality=punctuality(due_at, finished_at) if finished_at and due_at else None,
        note="; ".join(words for words in (note, item.note) if words),
    )


def _received(item: TransferItem, at: dt.datetime, receiver: str, trouble: ItemTrouble, note: str) -> TransferItem:
    if item.received_at is not None:
        return item
    if trouble is ItemTrouble.MISSING:
        return dataclasses.replace(item, trouble=trouble, note=note)
    return dataclasses.replace(item, received_at=at, received_by=receiver, trouble=trouble, note=note)
