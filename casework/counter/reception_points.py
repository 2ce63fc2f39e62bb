# SPDX-License-Identifier: GPL-3.0-or-later
"""A second reception point of the same commune.

The points of a commune share the unit code, so a dossier code looks the same wherever it was given; each workstation
has its own slot, so no two points give the same. Papers received at another point travel to the main one on a hand-over
list, and the code of a dossier tells where it was received.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from casework.codes import SLOTS, parse_code
from casework.errors import KnownError
from casework.records.reception_point import ReceptionPoint
from casework.records.transfer import Transfer, TransferItem, TransferKind


def check_points(points: Iterable[ReceptionPoint], on: dt.date) -> None:
    """See that the open points of a commune can work side by side.

    Raises:
        KnownError: ``reception-point-unit`` when they have different unit codes; ``reception-point-slot`` when two
            claim the same slot, or one claims a slot that does not exist (details ``slot``); ``reception-point-main``
            when not exactly one of them is the main one.
    """
    open_points = [point for point in points if point.is_open(on)]
    if len({point.unit_code for point in open_points}) > 1:
        raise KnownError("reception-point-unit")
    claimed: set[int] = set()
    for point in open_points:
        for slot in sorted(point.slots):
            if slot in claimed or not 0 <= slot < SLOTS:
                raise KnownError("reception-point-slot", slot=str(slot))
            claimed.add(slot)
    if open_points and sum(point.is_main for point in open_points) != 1:
        raise KnownError("reception-point-main")


def point_of(code: str, points: Iterable[ReceptionPoint]) -> ReceptionPoint | None:
    """Give the point that received a dossier, or None when its code is of another unit or another system."""
    dossier = parse_code(code)
    if dossier is None or dossier.slot is None:
        return None
    return next(
        (
            point
            for point in points
            if point.unit_code == dossier.unit_code and dossier.slot in point.slots and point.is_open(dossier.day)
        ),
        None,
    )


def to_hand_over(
    point: ReceptionPoint, received: Iterable[TransferItem], transfers: Iterable[Transfer]
) -> tuple[TransferItem, ...]:
    """Give the items of the next hand-over list of a point: what it received and has not handed over yet.

    Args:
        point: Which.
        received: Dossiers of the commune whose papers are to be brought together, as items nobody has confirmed.
        transfers: Lists so far; only those between points count.

    Returns:
        In the order of the codes.
    """
    gone = {item.code for made in transfers if made.kind is TransferKind.BETWEEN_POINTS for item in made.items}
    return tuple(
        item
        for item in sorted(received, key=lambda item: item.code)
        if item.code not in gone and point_of(item.code, (point,)) is not None
    )
