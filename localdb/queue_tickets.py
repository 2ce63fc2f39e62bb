# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers that people wait with: taken, called, finished."""

from __future__ import annotations

import datetime as dt

from casework.errors import KnownError
from casework.records.queue_ticket import QueueTicket, TicketOutcome
from localdb.connection import Connection, Row
from localdb.moments import from_microseconds, to_microseconds

_SELECT = """SELECT ticket_id, day, series, number, has_priority, taken_at, called_at, called_by, finished_at, outcome,
    dossier_id FROM queue_tickets """


def take(
    connection: Connection,
    ticket_id: str,
    day: dt.date,
    at: dt.datetime,
    *,
    series: str = "",
    has_priority: bool = False,
) -> QueueTicket:
    """Give out the next number of a day and series, from 1.

    It is used up when the transaction is committed, and free again when it is not.
    """
    connection.execute(
        """INSERT INTO queue_tickets (ticket_id, day, series, number, has_priority, taken_at)
            SELECT ?1, ?2, ?3, coalesce(max(number), 0) + 1, ?4, ?5
            FROM queue_tickets WHERE day = ?2 AND series = ?3""",
        (ticket_id, day.isoformat(), series, has_priority, to_microseconds(at)),
    )
    return get(connection, ticket_id)


def get(connection: Connection, ticket_id: str) -> QueueTicket:
    """Give a ticket.

    Raises:
        KnownError: ``no-such-record``.
    """
    row = connection.row(_SELECT + "WHERE ticket_id = ?", (ticket_id,))
    if row is None:
        raise KnownError("no-such-record", kind="queue-ticket", record_id=ticket_id)
    return _ticket(row)


def waiting(connection: Connection, day: dt.date, series: str = "") -> list[QueueTicket]:
    """Give the tickets that were not called yet, the next one first: priority, then number."""
    rows = connection.rows(
        _SELECT + "WHERE day = ? AND series = ? AND called_at IS NULL ORDER BY has_priority DESC, number",
        (day.isoformat(), series),
    )
    return [_ticket(row) for row in rows]


def call(connection: Connection, ticket_id: str, clerk_id: str, at: dt.datetime) -> None:
    """Note that a ticket was called to a counter.

    Raises:
        KnownError: ``no-such-record``; ``ticket-called`` when another counter was faster.
    """
    get(connection, ticket_id)
    changed = connection.execute(
        "UPDATE queue_tickets SET called_at = ?, called_by = ? WHERE ticket_id = ? AND called_at IS NULL",
        (to_microseconds(at), clerk_id, ticket_id),
    )
    if not changed:
        raise KnownError("ticket-called")


def finish(
    connection: Connection, ticket_id: str, at: dt.datetime, outcome: TicketOutcome, dossier_id: str | None = None
) -> None:
    """Note how a called ticket ended, and the dossier (or its draft) that came of it.

    Raises:
        KnownError: ``no-such-record``; ``ticket-not-open`` when it was not called, or is finished.
    """
    get(connection, ticket_id)
    changed = connection.execute(
        """UPDATE queue_tickets SET finished_at = ?, outcome = ?, dossier_id = ?
            WHERE ticket_id = ? AND called_at IS NOT NULL AND finished_at IS NULL""",
        (to_microseconds(at), outcome, dossier_id, ticket_id),
    )
    if not changed:
        raise KnownError("ticket-not-open")


def _ticket(row: Row) -> QueueTicket:
    return QueueTicket(
        ticket_id=row[0],
        day=dt.date.fromisoformat(row[1]),
        series=row[2],
        number=row[3],
        has_priority=bool(row[4]),
        taken_at=from_microseconds(row[5]),
        called_at=None if row[6] is None else from_microseconds(row[6]),
        called_by=row[7],
        finished_at=None if row[8] is None else from_microseconds(row[8]),
        outcome=None if row[9] is None else TicketOutcome(row[9]),
        dossier_id=row[10],
    )
