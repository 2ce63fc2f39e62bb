# SPDX-License-Identifier: GPL-3.0-or-later
"""A made-up store of any size, through the real schema: five years of the busiest ward in a quarter of an hour.

It is written without journal and without some indexes, which are made at the end; a file beside it says that it is
whole, so that it can be used again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.made_up_words import MadeUpPerson, MadeUpWords
from casework.catalogue import Catalogue
from casework.records.dossier import DossierState, PortalState
from casework.records.paper import PaperClass, PaperForm
from casework.records.procedure import Channel
from casework.records.workplace import Clerk, Role, Unit, Workstation
from casework.text import fold
from localdb import audit, clerks, migrations, workplace
from localdb.connection import Connection, SqlValue
from localdb.key_file import StoreKeys
from localdb.store import DATABASE_NAME, Store

PAGES_PER_DOSSIER: Final = 5
_FINISHED: Final = "big-store.json"
_YEARS_END: Final = dt.datetime(2026, 11, 20, 17, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
_DOSSIERS_A_DAY: Final = 240
_SEED: Final = 3
_AT_A_TIME: Final = 2_000
_THUMBNAIL: Final = bytes(range(256))
"""Real ones are some kilobytes; they would only make the file longer, for they are never read in a search."""
_LATE_INDEXES: Final = ("pages_by_object", "pages_by_paper", "papers_by_object", "operation_objects_by_object")
_IN_A_HURRY: Final = (
    "journal_mode = OFF",
    "synchronous = OFF",
    "foreign_keys = OFF",
    "secure_delete = OFF",
    "cache_size = -400000",
)
_UNIT: Final = Unit(
    "H56.14", "Trung tâm Phục vụ hành chính công xã Hoằng Phú", "ỦY BAN NHÂN DÂN XÃ HOẰNG PHÚ", "Hoằng Phú", "15889"
)
_DEVICE: Final = "0198b6a0-0000-7000-8000-00000000d0d0"
CLERK: Final = Clerk("0198b6a0-0000-7000-8000-00000000c1e4", "lan", "Lê Thị Lan", frozenset(Role))

_Rows = dict[str, list[tuple[SqlValue, ...]]]
_INSERTS: Final = {
    "persons": "person_id, full_name, folded_name, birth_date, sex, id_number, former_id_number, address, phone",
    "dossier_identities": "dossier_id",
    "drafts": "dossier_id, clerk_id, started_at, changed_at, closed_at, outcome",
    "papers": """paper_id, dossier_id, position, title, paper_class, confidence, form, page_count, object_id,
        signature_level, signature_digest, signed_by""",
    "pages": """page_id, dossier_id, position, object_id, width_px, height_px, resolution_dpi, rotation_degrees,
        is_blank, confidence, paper_id, text, thumbnail""",
    "dossiers": """dossier_id, code, portal_code, procedure_code, procedure_name, catalogue_version, state,
        portal_state, channel, applicant_id, submitter_id, received_at, due_at, time_limit_text, sets, received_by,
        unit_code, version""",
    "history": "entry_id, dossier_id, at, actor_id, action, note",
    "operations": """operation_id, device_id, device_sequence, kind, record_id, dossier_id, base_version, fields,
        actor_id, at, schema""",
    "outbox": "operation_id, acknowledged_sequence",
}


@dataclass(frozen=True, slots=True)
class BigStore:
    """A made-up store.

    Attributes:
        folder: Its data folder.
        keys: Its keys; nobody's, so they are no secret.
        dossiers: Number of dossiers.
        pages: Number of pages.
        seconds: How long it took to make.
        size: Bytes of the database file.
    """

    folder: Path
    keys: StoreKeys
    dossiers: int
    pages: int
    seconds: float
    size: int


def big_store(folder: Path, dossiers: int, say: Callable[[str], None]) -> BigStore:
    """Give the store of a folder when it is whole and of this size; else make it.

    Args:
        folder: Where; its database is thrown away when it is of another size.
        dossiers: How many.
        say: Told how far it is.
    """
    keys = StoreKeys(_bytes("key"), _bytes("salt")[:16], _bytes("name"))
    finished = folder / _FINISHED
    known = json.loads(finished.read_text()) if finished.exists() else {}
    # The schema of a step that is not released yet may still change.
    wanted = {"dossiers": dossiers, "schema": _bytes("".join(step.sql for step in migrations.shipped())).hex()}
    if not wanted.items() <= known.items():
        seconds = _make(folder, keys, dossiers, say)
        known = {**wanted, "seconds": round(seconds)}
        finished.write_text(json.dumps(known))
    size = (folder / DATABASE_NAME).stat().st_size
    return BigStore(folder, keys, dossiers, dossiers * PAGES_PER_DOSSIER, known["seconds"], size)


def _bytes(label: str) -> bytes:
    return hashlib.sha256(label.encode()).digest()


def _make(folder: Path, keys: StoreKeys, dossiers: int, say: Callable[[str], None]) -> float:
    started = time.perf_counter()
    for leftover in (*folder.glob(f"{DATABASE_NAME}*"), *folder.glob("search.db*"), *folder.glob(_FINISHED)):
        leftover.unlink()
    store = Store.create(folder, keys)
    with store.transaction() as connection:
        workplace.save(connection, Workstation(_DEVICE, 1, _UNIT))
        clerks.add(connection, CLERK)
        connection.execute("INSERT INTO catalogue_versions VALUES (?, '', 0, NULL)", (Catalogue.shipped().version,))
    store.close()
    connection = Connection.open(folder / DATABASE_NAME, keys, writing=True)
    for pragma in _IN_A_HURRY:
        connection.rows(f"PRAGMA {pragma}")
    late = [
        str(connection.rows("SELECT sql FROM sqlite_schema WHERE name = ?", (name,))[0][0]) for name in _LATE_INDEXES
    ]
    for name in _LATE_INDEXES:
        connection.execute(f"DROP INDEX {name}")
    _write(connection, dossiers, say)
    say("making the indexes")
    for sql in late:
        connection.execute(sql)
    connection.execute("DELETE FROM search_changes WHERE number < (SELECT max(number) FROM search_changes)")
    connection.rows("PRAGMA journal_mode = WAL")
    connection.close()
    return time.perf_counter() - started


def _write(connection: Connection, dossiers: int, say: Callable[[str], None]) -> None:
    maker = _Maker(dossiers)
    # In the order of their names, which is by chance, as the tree wants them; a page takes the next one by chance.
    object_ids = sorted(_bytes(f"object {number}").hex() for number in range(dossiers * PAGES_PER_DOSSIER))
    with connection.transaction(writing=True):
        connection.execute_many(
            """INSERT INTO objects (object_id, transport_id, file_key, plaintext_size, sealed_size, media_type,
                confirmed_at) VALUES (?, ?, ?, 400000, 400100, 'image/jpeg', 1)""",
            ((object_id, object_id, bytes.fromhex(object_id)) for object_id in object_ids),
        )
    maker.chance.shuffle(object_ids)
    maker.object_ids = object_ids
    moments = _moments(dossiers)
    number = 0
    while number < dossiers:
        with connection.transaction(writing=True):
            rows: _Rows = {table: [] for table in _INSERTS}
            for number in range(number, min(number + _AT_A_TIME, dossiers)):  # noqa: B020 - goes on where it was
                maker.add(rows, number, next(moments))
            number += 1
            for table, columns in _INSERTS.items():
                places = ", ".join("?" * (columns.count(",") + 1))
                connection.execute_many(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows[table])  # noqa: S608
            for dossier_id, at in maker.received:
                audit.append(
                    connection, at=at, actor_id=CLERK.clerk_id, action="dossier.received", subject_id=dossier_id
                )
            maker.received.clear()
        say(f"{number:,} dossiers")


def _moments(dossiers: int) -> Iterator[dt.datetime]:
    """Give moments of reception on working days, oldest first, ending at the end of the years."""
    days: list[dt.date] = []
    day = _YEARS_END.date()
    while len(days) * _DOSSIERS_A_DAY < dossiers:
        if day.weekday() < 5:
            days.append(day)
        day -= dt.timedelta(days=1)
    chance = random.Random(_SEED)  # noqa: S311 - made up, no secret
    for day in reversed(days):
        opens = dt.datetime.combine(day, dt.time(7, 30), _YEARS_END.tzinfo)
        for second in sorted(chance.sample(range(34_000), _DOSSIERS_A_DAY)):
            yield opens + dt.timedelta(seconds=second)


class _Maker:
    """Makes the rows of one dossier after the other."""

    def __init__(self, dossiers: int) -> None:
        self.chance = random.Random(_SEED)  # noqa: S311 - made up, no secret
        self.object_ids: list[str] = []
        self.received: list[tuple[str, dt.datetime]] = []
        self.pages = 0
        self._words = MadeUpWords(_SEED)
        self._people = [self._words.person() for _ in range(max(2, dossiers * 2 // 5))]
        self._person_ids: dict[int, str] = {}
        self._sequence = 0
        self._day = dt.date.min
        self._count = 0
        catalogue = Catalogue.shipped()
        offered = [catalogue.get(code) for code in catalogue.codes]
        self._procedures = [procedure for procedure in offered if procedure.offered_at_counter]
        self._shares = [1 / (rank + 1) for rank in range(len(self._procedures))]

    def add(self, rows: _Rows, number: int, at: dt.datetime) -> None:
        """Add the rows of a dossier that was received at a moment."""
        moment = int(at.timestamp()) * 1_000_000
        dossier_id = self._identifier(at)
        self.received.append((dossier_id, at))
        which = self.chance.randrange(len(self._people))
        other = self._people[self.chance.randrange(len(self._people))]
        person_id = self._person(rows, which, at)
        procedure = self.chance.choices(self._procedures, self._shares)[0]
        self._count = self._count + 1 if at.date() == self._day else 1
        self._day = at.date()
        code = f"{_UNIT.code}-{at:%y%m%d}-{600 + self._count:04}"
        portal_code = f"000.00.{self.chance.randrange(100):02}.H56-{at:%y%m%d}-{number:06}" if number % 3 == 0 else ""
        rows["dossier_identities"].append((dossier_id,))
        rows["drafts"].append((dossier_id, CLERK.clerk_id, moment - 120_000_000, moment, moment, "received"))
        self._add_papers(rows, dossier_id, self._people[which], other, at)
        rows["dossiers"].append(
            (dossier_id, code, portal_code, procedure.code, procedure.name, procedure.catalogue_version,
             DossierState.RETURNED, PortalState.ACCEPTED, Channel.COUNTER, person_id, person_id, moment,
             moment + 86_400_000_000, "1 ngày làm việc", 1, CLERK.clerk_id, _UNIT.code, 1)
        )  # fmt: skip
        rows["history"].append((self._identifier(at), dossier_id, moment, CLERK.clerk_id, "received", ""))
        for kind in ("person-recorded", "dossier-received"):
            self._sequence += 1
            operation_id = self._identifier(at)
            fields = json.dumps({"full_name": self._people[which].full_name, "code": code, "procedure": procedure.name})
            rows["operations"].append(
                (
                    operation_id,
                    _DEVICE,
                    self._sequence,
                    kind,
                    dossier_id,
                    dossier_id,
                    0,
                    fields,
                    CLERK.clerk_id,
                    moment,
                    1,
                )
            )
            rows["outbox"].append((operation_id, self._sequence))

    def _add_papers(
        self, rows: _Rows, dossier_id: str, person: MadeUpPerson, other: MadeUpPerson, at: dt.datetime
    ) -> None:
        for position in range(PAGES_PER_DOSSIER):
            if position % 2 == 0:
                paper_id = self._identifier(at)
                rows["papers"].append(
                    (paper_id, dossier_id, position // 2, "Giấy tờ khác", PaperClass.UNKNOWN, 0.5, PaperForm.PHOTOCOPY,
                     2, self.object_ids[self.pages], "", "", "")
                )  # fmt: skip
            text = self._words.page(person, other, at.date())
            rows["pages"].append(
                (self._identifier(at), dossier_id, position, self.object_ids[self.pages], 1654, 2339, 200, 0.0,
                 int(not text), 0.9, paper_id, text, _THUMBNAIL)
            )  # fmt: skip
            self.pages += 1

    def _person(self, rows: _Rows, which: int, at: dt.datetime) -> str:
        if which not in self._person_ids:
            person = self._people[which]
            self._person_ids[which] = self._identifier(at)
            rows["persons"].append(
                (self._person_ids[which], person.full_name, fold(person.full_name), person.birth_date.isoformat(),
                 "female" if person.is_female else "male", person.id_number, person.former_id_number, person.address,
                 person.phone)
            )  # fmt: skip
        return self._person_ids[which]

    def _identifier(self, at: dt.datetime) -> str:
        """Make a UUIDv7 as the desk does, only faster."""
        head, chance = f"{int(at.timestamp() * 1000):012x}", f"{self.chance.getrandbits(72):018x}"
        return f"{head[:8]}-{head[8:]}-7{chance[:3]}-8{chance[3:6]}-{chance[6:]}"
