# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the bytes of an object are: here, at the gateway, or nobody knows.

The gateway's word that it holds an object counts for one life of its database: when it was restored from a backup, the
word must come again before the object is let go here. Nothing that is only here is ever let go.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from casework.errors import KnownError
from localdb.connection import Connection
from localdb.moments import to_microseconds
from localdb.objects import StoredObject

# Whose answer has not come, who refused, and who is being told anew: what they name stays.
_IS_FREE = """NOT EXISTS (SELECT 1 FROM operation_objects JOIN outbox USING (operation_id)
        WHERE operation_objects.object_id = objects.object_id AND outbox.acknowledged_sequence IS NULL)
    AND NOT EXISTS (SELECT 1 FROM papers JOIN drafts USING (dossier_id)
        WHERE papers.object_id = objects.object_id AND drafts.closed_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM pages JOIN drafts USING (dossier_id)
        WHERE pages.object_id = objects.object_id AND drafts.closed_at IS NULL)"""
_IS_OLD = """NOT EXISTS (SELECT 1 FROM papers JOIN dossiers USING (dossier_id)
        WHERE papers.object_id = objects.object_id AND dossiers.received_at > ?1)
    AND NOT EXISTS (SELECT 1 FROM results
        WHERE results.object_id = objects.object_id AND results.returned_at > ?1)"""
_IS_CONFIRMED = "objects.confirmed_at IS NOT NULL AND objects.confirmed_epoch = (SELECT epoch FROM sync_state)"
_COLUMNS = """objects.object_id, objects.transport_id, objects.file_key, objects.plaintext_size, objects.sealed_size,
    objects.media_type"""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where an object is.

    Attributes:
        stored: The object.
        is_here: Whether its file should lie here.
        is_at_gateway: Whether the gateway said that it holds it.
    """

    stored: StoredObject
    is_here: bool
    is_at_gateway: bool


@dataclass(frozen=True, slots=True)
class PaperDocument:
    """The PDF of a paper.

    Attributes:
        object_id: The PDF.
        page_count: How many pages the paper has.
    """

    object_id: str
    page_count: int


@dataclass(frozen=True, slots=True)
class PagePicture:
    """The picture of a page, or of several, that lies beside the PDF of its paper.

    Attributes:
        picture: The picture.
        documents: The PDFs, which the gateway holds: of each page that shows the picture.
    """

    picture: StoredObject
    documents: frozenset[PaperDocument]


def find(connection: Connection, object_id: str) -> Whereabouts:
    """Tell where an object is.

    Raises:
        KnownError: ``object-missing`` when no row names it.
    """
    row = connection.row(
        f"SELECT {_COLUMNS}, evicted_at IS NULL AND missing_at IS NULL, confirmed_at IS NOT NULL FROM objects"  # noqa: S608
        " WHERE object_id = ?",
        (object_id,),
    )
    if row is None:
        raise KnownError("object-missing", object_id=object_id)
    return Whereabouts(StoredObject(*row[:6]), bool(row[6]), bool(row[7]))


def confirm(connection: Connection, object_id: str, transport_id: str, epoch: str, at: dt.datetime) -> bool:
    """Note that the gateway holds an object.

    Args:
        connection: Where to write.
        object_id: The object.
        transport_id: What the gateway holds under that name; another file is no confirmation.
        epoch: The life of the gateway's database that says so.
        at: Aware date and time, here.

    Returns:
        Whether it is an object of this store.
    """
    moment = to_microseconds(at)
    changed = connection.execute(
        """UPDATE objects SET confirmed_at = ?, confirmed_epoch = ?, used_at = max(coalesce(used_at, ?), ?)
            WHERE object_id = ? AND transport_id = ?""",
        (moment, epoch, moment, moment, object_id, transport_id),
    )
    return changed == 1


def note_use(connection: Connection, object_id: str, at: dt.datetime) -> None:
    """Note that an object was opened; the local window counts from here anew."""
    connection.execute("UPDATE objects SET used_at = ? WHERE object_id = ?", (to_microseconds(at), object_id))


def note_arrival(connection: Connection, object_id: str, at: dt.datetime) -> None:
    """Note that the file of an object lies here again."""
    connection.execute(
        "UPDATE objects SET evicted_at = NULL, missing_at = NULL, used_at = ? WHERE object_id = ?",
        (to_microseconds(at), object_id),
    )


def note_missing(connection: Connection, object_ids: Sequence[str], at: dt.datetime) -> None:
    """Note that files which should be here are not."""
    connection.execute_many(
        "UPDATE objects SET missing_at = ? WHERE object_id = ? AND evicted_at IS NULL AND missing_at IS NULL",
        [(to_microseconds(at), object_id) for object_id in object_ids],
    )


def note_damaged(connection: Connection, object_id: str, at: dt.datetime) -> bool:
    """Note that the file of an object is no good and goes, if the gateway holds it; remove it after the commit.

    Returns:
        Whether the gateway said in this life of its database that it holds it.
    """
    changed = connection.execute(
        f"""UPDATE objects SET missing_at = CASE WHEN evicted_at IS NULL THEN coalesce(missing_at, ?) END
            WHERE object_id = ? AND {_IS_CONFIRMED}""",  # noqa: S608
        (to_microseconds(at), object_id),
    )
    return changed == 1


def note_found(connection: Connection, object_ids: Sequence[str]) -> None:
    """Note that files which were missing are here."""
    connection.execute_many(
        "UPDATE objects SET missing_at = NULL WHERE object_id = ?", [(object_id,) for object_id in object_ids]
    )


def fetchable(connection: Connection, after: str, limit: int) -> list[StoredObject]:
    """Give objects whose file is missing here and which the gateway said that it holds, in the order of their names.

    Args:
        connection: Where to read.
        after: Only those whose ``object_id`` comes after this one.
        limit: At most so many.
    """
    rows = connection.rows(
        f"""SELECT {_COLUMNS} FROM objects INDEXED BY objects_missing
            WHERE missing_at IS NOT NULL AND confirmed_at IS NOT NULL AND object_id > ? ORDER BY object_id LIMIT ?""",  # noqa: S608
        (after, limit),
    )
    return [StoredObject(*row) for row in rows]


def count_missing(connection: Connection) -> int:
    """Count the objects whose file is missing."""
    row = connection.row("SELECT count(*) FROM objects WHERE missing_at IS NOT NULL")
    return int(row[0]) if row else 0


def evictable(connection: Connection, before: dt.datetime, limit: int) -> list[StoredObject]:
    """Give objects that may be let go, the longest unused first.

    The gateway holds them whole, nobody used them and no dossier with them was received since a moment, every operation
    that names them is acknowledged, and no open draft names them.

    Args:
        connection: Where to read.
        before: That moment.
        limit: At most so many.
    """
    rows = connection.rows(
        f"""SELECT {_COLUMNS} FROM objects INDEXED BY objects_by_use
            WHERE confirmed_at IS NOT NULL AND evicted_at IS NULL AND missing_at IS NULL AND used_at <= ?1
            AND {_IS_CONFIRMED} AND {_IS_FREE} AND {_IS_OLD} ORDER BY used_at LIMIT ?2""",  # noqa: S608
        (to_microseconds(before), limit),
    )
    return [StoredObject(*row) for row in rows]


def evict(connection: Connection, object_id: str, before: dt.datetime, at: dt.datetime) -> bool:
    """Note that the file of an object is removed here, if it still may be; remove the file after the commit.

    Args:
        connection: Where to write.
        object_id: The object.
        before: As for ``evictable``.
        at: Now.

    Returns:
        Whether it may.
    """
    changed = connection.execute(
        f"""UPDATE objects SET evicted_at = ?3 WHERE object_id = ?2 AND evicted_at IS NULL
            AND used_at <= ?1 AND {_IS_CONFIRMED} AND {_IS_FREE} AND {_IS_OLD}""",  # noqa: S608
        (to_microseconds(before), object_id, to_microseconds(at)),
    )
    return changed == 1


def page_pictures(connection: Connection, after: str, before: dt.datetime, limit: int) -> list[PagePicture]:
    """Give pictures of pages that the PDFs of their papers should show too, in the order of their names.

    Of every page with the picture the dossier is received, the gateway holds the PDF since before a moment, and the PDF
    lies here.

    Args:
        connection: Where to read.
        after: Only those whose ``object_id`` comes after this one.
        before: That moment.
        limit: At most so many.
    """
    rows = connection.rows(
        f"""SELECT {_COLUMNS}, group_concat(DISTINCT documents.object_id || ' '
                || (SELECT count(*) FROM pages AS beside WHERE beside.paper_id = papers.paper_id))
            FROM objects INDEXED BY objects_only_here
            JOIN pages ON pages.object_id = objects.object_id
            LEFT JOIN papers ON papers.paper_id = pages.paper_id
            LEFT JOIN dossiers ON dossiers.dossier_id = papers.dossier_id
            LEFT JOIN objects AS documents ON documents.object_id = papers.object_id
                AND documents.confirmed_at <= ?1 AND documents.evicted_at IS NULL AND documents.missing_at IS NULL
                AND documents.confirmed_epoch = (SELECT epoch FROM sync_state)
            WHERE objects.confirmed_at IS NULL AND objects.evicted_at IS NULL AND objects.missing_at IS NULL
            AND objects.object_id > ?2 AND {_IS_FREE}
            AND NOT EXISTS (SELECT 1 FROM papers AS own WHERE own.object_id = objects.object_id)
            AND NOT EXISTS (SELECT 1 FROM operation_objects WHERE operation_objects.object_id = objects.object_id)
            GROUP BY objects.object_id
            HAVING count(documents.object_id) = count(*) AND count(dossiers.dossier_id) = count(*)
            ORDER BY objects.object_id LIMIT ?3""",  # noqa: S608
        (to_microseconds(before), after, limit),
    )
    return [PagePicture(StoredObject(*row[:6]), frozenset(map(_document, row[6].split(",")))) for row in rows]


def _document(text: str) -> PaperDocument:
    object_id, page_count = text.split()
    return PaperDocument(object_id, int(page_count))


def evict_picture(connection: Connection, object_id: str, at: dt.datetime) -> bool:
    """Note that the file of a page's picture is removed here, whose page the PDFs were seen to show.

    Returns:
        Whether it may: no open draft names it by now.
    """
    changed = connection.execute(
        f"""UPDATE objects SET evicted_at = ?2 WHERE object_id = ?1 AND evicted_at IS NULL
            AND {_IS_FREE}""",  # noqa: S608
        (object_id, to_microseconds(at)),
    )
    return changed == 1


def is_wanted_here(connection: Connection, object_id: str) -> bool:
    """Tell whether a row expects the file of an object here."""
    return connection.row("SELECT 1 FROM objects WHERE object_id = ? AND evicted_at IS NULL", (object_id,)) is not None


def dossiers_with(connection: Connection, object_id: str) -> list[str]:
    """Give the dossiers that name an object, as a paper, a page or a result."""
    rows = connection.rows(
        """SELECT dossier_id FROM papers WHERE object_id = ?1 UNION SELECT dossier_id FROM pages WHERE object_id = ?1
            UNION SELECT dossier_id FROM results WHERE object_id = ?1""",
        (object_id,),
    )
    return [dossier_id for (dossier_id,) in rows]
