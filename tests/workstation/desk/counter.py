# SPDX-License-Identifier: GPL-3.0-or-later
"""What a test needs to stand at the counter: an enrolment, a clock, a filled-in form, paper in the feeder."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from PIL import Image

from casework.errors import KnownError
from casework.records.paper import Paper, PaperClass, PaperForm
from casework.records.workplace import Role, Unit
from demo.escl_scanner import EsclScanner, Sheet
from demo.people import FATHER, Citizen, card_qr_text
from localdb import audit, objects, papers
from localdb.key_file import Argon2Cost
from scanning.devices.driver import ScanRequest
from scanning.page_image import ColorMode, PageImage
from scanning.pdf.searchable import ScannedPage, build_pdf
from scanning.reader import PageReader
from scanning.scanner import Scanner
from sync_agent.wire.enrolment import Enrolment
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.digitise_papers import DigitisingEvent, digitise_papers
from workstation.desk.keep_draft import DraftField, DraftForm, keep_fields, open_draft, start_draft
from workstation.desk.list_drafts import list_drafts
from workstation.desk.read_card import read_card
from workstation.desk.session import DeskSession
from workstation.desk.set_up_desk import FirstClerk, set_up_desk
from workstation.desk.sign_in import sign_in

MONDAY_MORNING = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
"""Nine o'clock in Viet Nam, a working day."""

CHEAP = Argon2Cost(memory_kib=64, iterations=1, lanes=1)
PASSWORD = "một cửa mở cửa"
CLERK = FirstClerk("lan", "Lê Thị Lan", PASSWORD)
UNIT = Unit("H56.15", "Trung tâm Phục vụ hành chính công xã Hoằng Phú", "UBND xã Hoằng Phú", "Hoằng Phú", "15889")
SLOT = 1

BIRTH_REGISTRATION = "1.001193"


class Hand:
    """A clock whose hands a test moves; it goes on by a millisecond whenever somebody looks."""

    def __init__(self, moment: dt.datetime) -> None:
        self.moment = moment

    def __call__(self) -> dt.datetime:
        self.moment += dt.timedelta(milliseconds=1)
        return self.moment

    def go_on(self, **length: float) -> None:
        self.moment += dt.timedelta(**length)


FIRST_DEVICE = "0b1f8a52-8a3e-4c58-9d6e-1f2b3c4d5e6f"


def enrolment(device_id: str = FIRST_DEVICE, lineage: str = "") -> bytes:
    """The file that IT hands out, perhaps in the place of another workstation; its gateway is nowhere."""
    commune = X25519PrivateKey.generate()
    return Enrolment(
        device_id=device_id,
        lineage=lineage or device_id,
        slot=SLOT,
        unit=UNIT,
        one_time_code="once",
        gateway_urls=("http://127.0.0.1:9",),
        gateway_seal_public=X25519PrivateKey.generate().public_key().public_bytes_raw(),
        gateway_sign_public=Ed25519PrivateKey.generate().public_key().public_bytes_raw(),
        commune_seal_private=commune.private_bytes_raw(),
        commune_seal_public=commune.public_key().public_bytes_raw(),
    ).to_json()


def set_up_at(folder: DeskFolder, clock: Hand, file: bytes, clerk: FirstClerk = CLERK) -> None:
    """Set a desk up, with a password that is cheap to try."""
    set_up_desk(folder, file, clerk, escrow_public_key=None, clock=clock, random_bytes=os.urandom, cost=CHEAP)


def sign_in_at(folder: DeskFolder, clock: Hand, file: bytes) -> DeskSession:
    """Set a desk up and sign its clerk in."""
    set_up_at(folder, clock, file)
    return open_desk(folder, clock)


def open_desk(folder: DeskFolder, clock: Hand, login: str = CLERK.login, password: str = PASSWORD) -> DeskSession:
    """Sign in at a desk that was set up."""
    return sign_in(folder, login, password, clock=clock, random_bytes=os.urandom)


def code_of(action: Callable[[], object]) -> str:
    """Give the code with which something is refused."""
    with pytest.raises(KnownError) as caught:
        action()
    return caught.value.code


def reopened(session: DeskSession) -> DeskSession:
    """Sign in again after the program has ended."""
    session.close()
    return sign_in(session.folder, CLERK.login, PASSWORD, clock=session.clock, random_bytes=os.urandom)


def in_roles(session: DeskSession, *roles: Role) -> DeskSession:
    """The same desk with somebody in other roles."""
    return dataclasses.replace(session, clerk=dataclasses.replace(session.clerk, roles=frozenset(roles)))


def as_colleague(session: DeskSession) -> DeskSession:
    """The same desk with somebody else, who is nobody's clerk on the list."""
    return dataclasses.replace(session, clerk=dataclasses.replace(session.clerk, clerk_id=session.new_identifier()))


def trail(session: DeskSession, *actions: str) -> list[tuple[str, str, str]]:
    """Who did what to what by the audit trail, oldest first; only some deeds if they are named."""
    with session.store.reading() as connection:
        assert audit.verify(connection).chain_ok
        entries = connection.rows("SELECT actor_id, action, subject_id FROM audit_entries ORDER BY number")
    return [entry for entry in entries if not actions or entry[1] in actions]


def filled_in(session: DeskSession, citizen: Citizen = FATHER, procedure: str = BIRTH_REGISTRATION) -> str:
    """Start a draft with a card and a procedure; the papers are still missing."""
    draft, _ = start_draft(session)
    card = read_card(card_qr_text(citizen))
    keep_fields(session, draft.dossier_id, {name.value: value for name, value in card.fields.items()})
    keep_fields(session, draft.dossier_id, {DraftField.PROCEDURE_CODE: procedure})
    return draft.dossier_id


def latest_draft(session: DeskSession) -> DraftForm | None:
    """Open the draft that stands first in the clerk's list."""
    rows = list_drafts(session)
    return open_draft(session, rows[0].dossier_id) if rows else None


def hand_in(session: DeskSession, dossier_id: str, paper_class: PaperClass, *, pdf: bytes = b"") -> Paper:
    """Put a recognised paper into a draft without a scanner."""
    stored = session.store.objects.write(pdf or os.urandom(500), "application/pdf", session.random_bytes)
    with session.store.transaction() as connection:
        objects.record(connection, stored)
        paper = Paper(
            paper_id=session.new_identifier(),
            dossier_id=dossier_id,
            position=len(papers.of_dossier(connection, dossier_id)),
            title=paper_class.value,
            paper_class=paper_class,
            confidence=0.9,
            form=PaperForm.ORIGINAL,
            page_count=1,
            object_id=stored.object_id,
        )
        papers.add(connection, paper)
    return paper


def ready(session: DeskSession, citizen: Citizen = FATHER) -> str:
    """Start a draft of a birth registration that can be received."""
    dossier_id = filled_in(session, citizen)
    hand_in(session, dossier_id, PaperClass.BIRTH_REGISTRATION_DECLARATION)
    hand_in(session, dossier_id, PaperClass.BIRTH_PROOF)
    return dossier_id


def empty_sheet(dpi: int) -> Image.Image:
    """A sheet with nothing on it."""
    return Image.new("RGB", (round(210 / 25.4 * dpi), round(297 / 25.4 * dpi)), "white")


def jpeg(picture: Image.Image, dpi: int) -> bytes:
    """A picture as a scanner sends it."""
    content = io.BytesIO()
    picture.save(content, "JPEG", dpi=(dpi, dpi))
    return content.getvalue()


def one_page_pdf(title: str) -> bytes:
    """A scanned paper as it is bound."""
    picture = empty_sheet(50).convert("L")
    image = PageImage(jpeg(picture, 50), picture.width, picture.height, 50, ColorMode.GRAY)
    return build_pdf([ScannedPage(image, None)], title, MONDAY_MORNING)


@dataclass
class Counter:
    """A desk with a scanner and reading workers.

    Attributes:
        session: The desk.
        machine: The scanner itself: load it, let it fail.
        scanner: The desk's side of it.
        device_id: Its name.
        reader: Reads pages.
        cancel: The clerk's stop key.
    """

    session: DeskSession
    machine: EsclScanner
    scanner: Scanner
    device_id: str
    reader: PageReader

    def __post_init__(self) -> None:
        self.cancel = threading.Event()

    def scan(
        self, dossier_id: str, sheets: Sequence[Sheet], *, dpi: int = 100, color_mode: ColorMode = ColorMode.GRAY
    ) -> Iterator[DigitisingEvent]:
        """Load the feeder and digitise."""
        self.machine.load_feeder(sheets)
        request = ScanRequest(self.device_id, dpi, color_mode)
        return digitise_papers(self.session, dossier_id, self.scanner, request, self.reader, self.cancel)
