# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk whose gateway is made up: what it announced, what it is told, what is fetched for it."""

from __future__ import annotations

import datetime as dt
import io
import os

from PIL import Image

from casework.records.paper import Page, PaperClass
from localdb import audit, object_file, object_whereabouts, objects, outbox, pages, sync_state
from localdb.objects import StoredObject
from scanning.page_image import ColorMode, PageImage
from scanning.pdf.searchable import ScannedPage, build_pdf
from sync_agent.wanted import WantedObjects
from tests.workstation.desk.counter import MONDAY_MORNING, Hand, filled_in, hand_in, jpeg
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession

EPOCH = "0123456789abcdef"


def picture(number: int, size: int = 160) -> bytes:
    """A scanned page that no other page looks like."""
    noise = Image.frombytes("L", (size, size), os.urandom(size * size))
    noise.putpixel((0, 0), number % 256)
    return jpeg(noise, 50)


def bound(pictures: list[bytes], size: int = 160) -> bytes:
    """The PDF of a paper with these pages."""
    images = [PageImage(content, size, size, 50, ColorMode.GRAY) for content in pictures]
    return build_pdf([ScannedPage(image, None) for image in images], "Giấy", MONDAY_MORNING)


def scan(session: DeskSession, dossier_id: str, paper_class: PaperClass, pictures: list[bytes]) -> list[Page]:
    """Put a paper of some scanned pages into a draft."""
    paper = hand_in(session, dossier_id, paper_class, pdf=bound(pictures))
    made = []
    for content in pictures:
        stored = session.store.objects.write(content, "image/jpeg", session.random_bytes)
        with session.store.transaction() as connection:
            objects.record(connection, stored)
            position = pages.next_position(connection, dossier_id)
            page = Page(
                session.new_identifier(), dossier_id, position, stored.object_id, 160, 160, 50, paper_id=paper.paper_id
            )
            pages.add(connection, page)
        made.append(page)
    return made


def draft_with_scans(session: DeskSession) -> tuple[str, list[Page]]:
    """A draft of a birth registration that can be received: two papers, one of them of two pages."""
    dossier_id = filled_in(session)
    made = scan(session, dossier_id, PaperClass.BIRTH_REGISTRATION_DECLARATION, [picture(1), picture(2)])
    made += scan(session, dossier_id, PaperClass.BIRTH_PROOF, [picture(3)])
    return dossier_id, made


def received(session: DeskSession) -> tuple[str, list[Page]]:
    """A received dossier of three scanned pages in two papers."""
    dossier_id, made = draft_with_scans(session)
    receive_dossier(session, dossier_id)
    return dossier_id, made


def documents(session: DeskSession, dossier_id: str) -> list[StoredObject]:
    """The PDFs of a dossier."""
    with session.store.reading() as connection:
        rows = connection.rows("SELECT object_id FROM papers WHERE dossier_id = ? ORDER BY position", (dossier_id,))
        return [objects.describe(connection, object_id) for (object_id,) in rows if object_id]


def acknowledge(session: DeskSession) -> None:
    """Let the gateway answer every operation."""
    with session.store.transaction() as connection:
        if not sync_state.epoch(connection):
            sync_state.start_epoch(connection, EPOCH)
        for number, operation in enumerate(outbox.unsealed(connection, 1000), start=1):
            outbox.mark_acknowledged(connection, operation.operation_id, number)


def confirm(session: DeskSession, dossier_id: str, at: dt.datetime | None = None) -> None:
    """Let the gateway say that it holds the PDFs of a dossier."""
    with session.store.transaction() as connection:
        epoch = sync_state.epoch(connection)
        for stored in documents(session, dossier_id):
            at = at or session.clock()
            assert object_whereabouts.confirm(connection, stored.object_id, stored.transport_id, epoch, at)


def settled(session: DeskSession) -> tuple[str, list[Page]]:
    """A received dossier that has wholly arrived at the gateway."""
    dossier_id, made = received(session)
    acknowledge(session)
    confirm(session, dossier_id)
    return dossier_id, made


def is_here(session: DeskSession, object_id: str) -> bool:
    """Whether the file of an object lies here."""
    return session.store.objects.path(object_id).exists()


def make_old(session: DeskSession, days: float) -> None:
    """Let every object file look as if it was touched so long before the desk's own time."""
    moment = (session.clock() - dt.timedelta(days=days)).timestamp()
    for path in session.store.objects.folder.glob("??/*.enc"):
        os.utime(path, (moment, moment))


def bring(session: DeskSession, content: bytes, object_id: str) -> None:
    """Do the courier's work: put what is wanted into the inbox, sealed as the gateway keeps it."""
    with session.store.reading() as connection:
        stored = objects.describe(connection, object_id)
    sealed = io.BytesIO()
    object_file.seal(content, object_id, stored.file_key, sealed)
    WantedObjects(session.folder).whole(stored.transport_id).write_bytes(sealed.getvalue())


def days_go_by(session: DeskSession, clock: Hand, days: int) -> None:
    """Let time go by at a desk that is used every day."""
    for _ in range(days):
        clock.go_on(days=1)
        with session.store.transaction() as connection:
            audit.append(
                connection, at=clock(), actor_id="c", action="clerk.signed-in", subject_id=session.clerk.clerk_id
            )
