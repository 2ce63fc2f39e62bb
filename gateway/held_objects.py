# SPDX-License-Identifier: GPL-3.0-or-later
"""Telling workstations that their objects are here, whole: only then may a desk let go of its own copy.

Each lineage is told once of each object that it announced; the position of the news in the feed is kept beside the
object's key. News that is not true any more, because a backup did not hold the object, is left out of replies.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Final

from gateway import feed
from gateway.folder import Gateway
from gateway.storage import Transaction, number, text
from sync_agent.wire.reply import ObjectHeld

_AT_A_TIME: Final = 250
_log = logging.getLogger(__name__)


def tell_held(transaction: Transaction, gateway: Gateway, transport_id: str, now: dt.datetime) -> None:
    """Tell every lineage that announced an object, and was not told yet, that it is here; if it is."""
    rows = transaction.rows(
        "SELECT k.lineage, k.commune, k.object_id, k.transport_id FROM object_keys k"
        " JOIN objects o ON o.transport_id = k.transport_id"
        " WHERE k.transport_id = ? AND k.held_sequence = 0 AND o.complete = 1 ORDER BY k.lineage",
        transport_id,
    )
    for row in rows:
        _tell(transaction, gateway, text(row[0]), text(row[1]), text(row[2]), text(row[3]), now)


def tell_all_held(gateway: Gateway, now: dt.datetime) -> int:
    """Tell what an earlier release did not tell; before the gateway serves.

    Returns:
        Number of news.
    """
    with gateway.database.read() as transaction:
        communes = [text(row[0]) for row in transaction.rows("SELECT commune FROM communes")]
    told = 0
    for commune in communes:
        while batch := _tell_some(gateway, commune, now):
            told += batch
    return told


def miss_lost_objects(gateway: Gateway, holds: Callable[[str, int], bool]) -> int:
    """Note which objects are not there any more, after a backup was restored; they are asked for again.

    Args:
        gateway: The gateway; nobody serves it.
        holds: Tells whether an object's file is there and right, by ``transport_id`` and size. It reads the whole file,
            as the news that is left standing says so; some terabytes take hours.

    Returns:
        Their number.
    """
    lost, after = 0, ""
    while True:
        with gateway.database.read() as transaction:
            rows = transaction.rows(
                "SELECT transport_id, size FROM objects WHERE transport_id > ? AND complete = 1"
                " ORDER BY transport_id LIMIT ?",
                after,
                _AT_A_TIME,
            )
        if not rows:
            return lost
        after = text(rows[-1][0])
        missing = [text(row[0]) for row in rows if not holds(text(row[0]), number(row[1]))]
        with gateway.database.write() as transaction:
            for transport_id in missing:
                transaction.execute("UPDATE objects SET complete = 0, arrived = 0 WHERE transport_id = ?", transport_id)
                transaction.execute("UPDATE object_keys SET held_sequence = 0 WHERE transport_id = ?", transport_id)
        for transport_id in missing:
            _log.error("object is not held any more object=%s", transport_id)
        lost += len(missing)


def _tell_some(gateway: Gateway, commune: str, now: dt.datetime) -> int:
    with gateway.database.write() as transaction:
        rows = transaction.rows(
            "SELECT k.lineage, k.commune, k.object_id, k.transport_id FROM object_keys k"
            " JOIN objects o ON o.transport_id = k.transport_id"
            " WHERE k.commune = ? AND k.held_sequence = 0 AND o.complete = 1 LIMIT ?",
            commune,
            _AT_A_TIME,
        )
        for row in rows:
            _tell(transaction, gateway, text(row[0]), text(row[1]), text(row[2]), text(row[3]), now)
    return len(rows)


def _tell(
    transaction: Transaction,
    gateway: Gateway,
    lineage: str,
    commune: str,
    object_id: str,
    transport_id: str,
    now: dt.datetime,
) -> None:
    sequence = feed.next_sequence(transaction, commune)
    news = ObjectHeld(sequence, lineage, object_id, transport_id)
    feed.append(transaction, gateway, commune, news, now)
    transaction.execute(
        "UPDATE object_keys SET held_sequence = ? WHERE lineage = ? AND transport_id = ?",
        sequence,
        lineage,
        transport_id,
    )
