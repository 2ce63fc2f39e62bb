# SPDX-License-Identifier: GPL-3.0-or-later
"""A day at the desk by script, with everything that could leave something readable behind, and the search for it."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import io
import logging
import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator, Set
from pathlib import Path
from typing import Final

import pypdfium2
import pytest
import zxingcpp

from casework.errors import KnownError
from casework.records.paper import PaperClass
from demo.commune import CLERK_LOGIN, CLERK_PASSWORD, DemoCommune
from demo.counter_scanner import sheets_for_feeder
from demo.people import FATHER, LANDOWNER, MOTHER, SINGLE_WOMAN, Citizen, card_qr_text
from demo.plaintext_check import Leak, Traces, find_leaks_apart
from demo.process_watch import ProcessWatch
from demo.sample_papers import SAMPLE_PAPERS
from demo.soft_token import SoftToken, create_soft_token
from localdb import backup_places, secrets
from scanning.devices.driver import ScanRequest
from scanning.reader import PageReader
from scanning.scanner import Scanner
from signing.errors import SigningError
from signing.signer import SignerProgram
from sync_agent.wire.enrolment import Enrolment
from tests.workstation.desk.counter import CHEAP, hand_in, one_page_pdf
from workstation.desk import discreet_log
from workstation.desk.background_program import start_background
from workstation.desk.carry_snapshot import carry_snapshot
from workstation.desk.change_password import change_password
from workstation.desk.digitise_papers import PageArrived, digitise_papers
from workstation.desk.keep_draft import DraftField, keep_fields, start_draft
from workstation.desk.make_receipt import make_receipt
from workstation.desk.make_recovery_sheet import make_recovery_sheet
from workstation.desk.read_card import read_card
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.reconcile import reconcile, start_courier
from workstation.desk.rotate_keys import rotate_keys
from workstation.desk.search_dossiers import search_dossiers
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in
from workstation.desk.sign_papers import sign_papers
from workstation.desk.take_snapshot import take_snapshot

PHONE: Final = "0912804736"
WRONG_PASSWORD: Final = "mot cua dong cua"
NEW_PASSWORD: Final = "hai cua mo cua"
PIN: Final = "83920175"
WRONG_PIN: Final = "83920157"
READING_WORKER: Final = "scanning.reading"


class WorkingDay:
    """One day, from the first sign-in to the last.

    Attributes:
        commune: Where.
        stick: A folder for snapshots that goes home in a pocket.
        token: The signer's, with a PIN of its own.
        watch: Sees the programs of the day.
        keys: Every key that was in use so far.
        password: The clerk's, now.
    """

    def __init__(self, commune: DemoCommune) -> None:
        self.commune = commune
        self.stick = commune.root / "stick"
        self.stick.mkdir()
        self.token: SoftToken = create_soft_token(commune.root / "own-token", now=now(), pin=PIN)
        self.words: list[str] = []
        self.keys: list[bytes] = []
        self.password = CLERK_PASSWORD
        self.watch = self._new_watch()

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Watch the programs and temporary files of the commune; forget what was seen before."""
        before = resource.getrlimit(resource.RLIMIT_CORE)
        # As far as the computer is concerned, a program that crashes may leave a dump of its memory.
        _allow_core_dumps()
        self.watch = self._new_watch()
        try:
            with self.watch:
                yield
        finally:
            resource.setrlimit(resource.RLIMIT_CORE, before)

    @property
    def texts(self) -> list[str]:
        """Everything that nobody may read."""
        people = (FATHER, MOTHER, SINGLE_WOMAN, LANDOWNER)
        told = [text for person in people for text in (person.full_name, person.personal_number, person.address)]
        secrets = [CLERK_PASSWORD, WRONG_PASSWORD, NEW_PASSWORD, PIN, WRONG_PIN, PHONE]
        spoken = [" ".join(self.words[:4]), " ".join(self.words[-4:])] if self.words else []
        return told + secrets + spoken

    def leaks(self) -> tuple[Leak, ...]:
        """Search everything that the commune keeps, and what the programs showed."""
        return self.leaks_on_disk() + self.watch.leaks(Traces(self.texts, self.keys))

    def leaks_on_disk(self) -> tuple[Leak, ...]:
        """Search everything that the commune keeps, the stick included."""
        return find_leaks_apart([self.commune.root], self.texts, self.keys)

    @contextlib.contextmanager
    def signed_in(self) -> Iterator[DeskSession]:
        """Sign in, and leave or lock at the end."""
        session = sign_in(self.commune.desk, CLERK_LOGIN, self.password, clock=now, random_bytes=os.urandom)
        self._note_keys(session)
        try:
            yield session
        finally:
            session.close()

    def mistype_the_password(self) -> None:
        """Somebody types what is nearly the password."""
        with pytest.raises(KnownError, match="wrong-password"):
            sign_in(self.commune.desk, CLERK_LOGIN, WRONG_PASSWORD, clock=now, random_bytes=os.urandom)

    def meet_a_fault(self) -> Path:
        """Meet a fault whose words quote a citizen, and give the log that tells of it."""
        path = self.commune.desk.root / "log" / "desk.log"
        root = logging.getLogger()
        handlers, level = list(root.handlers), root.level
        discreet_log.keep_log(path)
        try:
            raise ValueError(f"{FATHER.full_name} {FATHER.personal_number} {self.password}")
        except ValueError:
            logging.getLogger("workstation.desk").exception("a form could not be read")
        finally:
            root.setLevel(level)
            for handler in set(root.handlers) - set(handlers):
                root.removeHandler(handler)
                handler.close()
        return path

    def fill_in(self, session: DeskSession, citizen: Citizen) -> str:
        """Read a card and type the rest; the papers are still missing."""
        draft, _ = start_draft(session)
        card = read_card(card_qr_text(citizen))
        keep_fields(session, draft.dossier_id, {name.value: value for name, value in card.fields.items()})
        keep_fields(session, draft.dossier_id, {DraftField.PHONE: PHONE, DraftField.PROCEDURE_CODE: "1.001193"})
        return draft.dossier_id

    def scan(self, session: DeskSession, dossier_id: str, kinds: list[str], *, kills_the_reader: bool) -> None:
        """Scan papers; the first reading worker may die over the first page, as native code does."""
        self.commune.scanner.machine.load_feeder(sheets_for_feeder([SAMPLE_PAPERS[kind] for kind in kinds]))
        others = self.watch.pids(READING_WORKER)  # of readers that tests of this process share
        with PageReader(workers=1) as reader, Scanner(environment=self.commune.scanner.environment) as scanner:
            (device,) = scanner.list_devices()
            request = ScanRequest(device.device_id, 200)
            victims = self._running(READING_WORKER, others) if kills_the_reader else set()
            for event in digitise_papers(session, dossier_id, scanner, request, reader, threading.Event()):
                if isinstance(event, PageArrived) and victims:
                    for pid in victims:
                        os.kill(pid, signal.SIGSEGV)
                    victims = set()

    def sign(self, session: DeskSession, dossier_id: str) -> None:
        """Sign with the token, after a slip of the finger."""
        token = self.token
        with SignerProgram(token.module_path, token.allow_list, environment=token.environment) as key:
            with pytest.raises(SigningError, match="wrong-pin"):
                key.log_in(token.serial, token.certificate_sha256, bytearray(WRONG_PIN.encode()))
            key.log_in(token.serial, token.certificate_sha256, bytearray(PIN.encode()))
            list(sign_papers(session, dossier_id, key, intermediates=token.trust.intermediates))

    def receive(self, session: DeskSession, dossier_id: str) -> None:
        """Take the dossier in, print the receipt, seal what the gateway shall know."""
        receive_dossier(session, dossier_id)
        assert make_receipt(session, dossier_id).startswith(b"%PDF-")
        reconcile(session)

    def hand_in_the_rest(self, session: DeskSession, dossier_id: str) -> None:
        """Put the papers that a birth registration needs into a draft without a scanner."""
        for paper_class in (PaperClass.BIRTH_REGISTRATION_DECLARATION, PaperClass.BIRTH_PROOF):
            hand_in(session, dossier_id, paper_class, pdf=one_page_pdf(FATHER.full_name))

    def search(self, session: DeskSession, *texts: str) -> None:
        """Search until the background program has caught up."""
        for text in texts:
            until(functools.partial(_finds, session, text))

    def take_snapshots(self, session: DeskSession) -> None:
        """Take a snapshot and carry it to the stick; the background program is not at it meanwhile."""
        with session.store.transaction() as connection:
            backup_places.add(connection, self.stick, now())
        for _ in take_snapshot(session.store, now()):
            pass
        outcomes = [step for step in carry_snapshot(session.store, now()) if step is not None]
        assert [outcome.code for outcome in outcomes] == [""]

    def change_keys(self, session: DeskSession) -> None:
        """Change the password, print a recovery sheet, and rotate the keys; the session is over then."""
        new = CLERK_PASSWORD if self.password == NEW_PASSWORD else NEW_PASSWORD
        change_password(session, self.password, new, cost=CHEAP)
        self.password = new
        page = pypdfium2.PdfDocument(io.BytesIO(make_recovery_sheet(session).document))[0]
        (code,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
        self.words = code.text.split()
        rotate_keys(session)

    @contextlib.contextmanager
    def in_the_background(self, session: DeskSession) -> Iterator[None]:
        """Let the background program work beside."""
        program = start_background(session)
        listening = threading.Thread(target=lambda: list(program.news()))
        listening.start()
        try:
            yield
        finally:
            program.stop()
            listening.join()

    def start_courier(self) -> None:
        """Start the program that carries."""
        start_courier(self.commune.desk)

    def _new_watch(self) -> ProcessWatch:
        temporary = self.commune.temporary
        return ProcessWatch(f"TMPDIR={temporary}", (temporary,), Traces(self.texts))

    def _note_keys(self, session: DeskSession) -> None:
        keys = session.store.keys
        with session.store.reading() as connection:
            kept = [secrets.get(connection, name) for name in ("sync-reply-key", "sync-enrolment")]
        commune_key = Enrolment.from_json(kept[1]).commune_seal_private
        for key in (keys.database_key, keys.object_name_key, session.key_file._main_key, kept[0], commune_key):
            if bytes(key) not in self.keys:
                self.keys.append(bytes(key))

    def _running(self, name: str, others: Set[int] = frozenset()) -> set[int]:
        until(lambda: self.watch.pids(name) - others)
        return self.watch.pids(name) - others


def _finds(session: DeskSession, text: str) -> bool:
    return bool(search_dossiers(session, text).hits)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def until(fact: Callable[[], object]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + 40
    while not fact():
        assert time.monotonic() < deadline, "it never came to be so"
        time.sleep(0.02)


def _allow_core_dumps() -> None:
    """Allow what this computer allows; only root may take back what a program forbade itself."""
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except (ValueError, PermissionError):
        most = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))


def core_files(*folders: Path) -> set[Path]:
    """Give the dumps of memory that lie in some folders."""
    return {path for folder in folders for path in folder.glob("core*") if path.is_file()}
