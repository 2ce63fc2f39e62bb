# SPDX-License-Identifier: GPL-3.0-or-later
"""A clerk's hands: every verb is done through the desk; what will be and what was done is told, a line of JSON each.

Also a program, to be killed or to have its disk's power cut:
``python -m tests.localdb.desk_hands FOLDER SEED STEPS [SYNCING] [ROOM …]`` works in a desk that is set up and tells to
the file that ``MOTCUA_DISK_SAID`` names. The password comes from standard input.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casework.records.paper import PaperClass
from casework.records.workplace import Role
from localdb import clerks
from tests.localdb.desk_facts import ABANDONED, DRAFT, NOTHING, RECEIVED, DossierFacts, Intention, facts_of
from tests.workstation.desk import counter
from workstation.desk.add_clerk import NewClerk, add_clerk
from workstation.desk.background_program import start_background
from workstation.desk.change_password import change_password
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.keep_draft import DraftField, abandon_draft, keep_fields, start_draft
from workstation.desk.make_recovery_sheet import make_recovery_sheet
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.reconcile import reconcile
from workstation.desk.refresh_search import RefreshSearch
from workstation.desk.revoke_clerk import revoke_clerk
from workstation.desk.rotate_keys import rotate_keys
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in
from workstation.desk.take_snapshot import take_snapshot

FULL, NORMAL, OFF, UNSYNCED_FILES = "FULL", "NORMAL", "OFF", "UNSYNCED_FILES"
"""Ways of syncing: the shipped one, two of the engine, and the shipped one with what Python writes left unsynced."""

Teller = Callable[[dict[str, object]], None]

ROOMS = KEYS, PEOPLE, SEARCH, SNAPSHOTS = "KEYS", "PEOPLE", "SEARCH", "SNAPSHOTS"
"""Rooms in which hands can work besides the counter."""
BACKGROUND = "BACKGROUND"
"""Alone: the background program is at work beside the hands."""
PASSWORD = "password"
SNAPSHOT = "snapshot"
"""Name the clerk's password and the newest snapshot among what stands at a desk; ``clerk:LOGIN`` names a colleague."""

NAMES = ("Nguyễn Thị Ánh Đào", "Trần Văn Bình", "Lê Hoàng Yến", "Phạm Đức Thắng")
NEEDED = (PaperClass.BIRTH_REGISTRATION_DECLARATION, PaperClass.BIRTH_PROOF)


class Desk:
    """An open desk and what it has told.

    Attributes:
        session: The signed-in clerk.
        told: How each dossier stands, as far as the clerk knows.
        standing: The password, and who works here.
        chance: Chooses what to do.
    """

    def __init__(
        self, session: DeskSession, chance: random.Random, tell: Teller, password: str = counter.PASSWORD
    ) -> None:
        self.session = session
        self.told: dict[str, DossierFacts] = {}
        self.standing = {PASSWORD: password}
        self.chance = chance
        self._tell = tell
        self._people = 0
        self._snapshot: Iterator[None] = iter(())

    def look(self) -> None:
        """See how everything stands, and tell it."""
        self._stands(PASSWORD, self.standing[PASSWORD])
        with self.session.store.reading() as connection:
            for login in clerks.active_logins(connection) - {counter.CLERK.login}:
                self._stands(f"clerk:{login}", "here")
        for dossier_id, facts in facts_of(self.session.store).items():
            self._did(dossier_id, facts)
        self.reconcile()

    def step(self, *rooms: str) -> None:
        """Do one of the things of a day, at the counter or in other rooms."""
        verbs: list[Callable[[], None]] = [self.begin, self.reconcile]
        for room in rooms:
            verbs += {
                KEYS: [self.change_password, self.rotate_keys, self.make_recovery_sheet],
                PEOPLE: [self.add_colleague, self.revoke_colleague],
                SEARCH: [self.index, self.index],
                SNAPSHOTS: [self.go_on_with_snapshot, self.go_on_with_snapshot],
            }[room]
        if self._drafts():
            verbs += [self.type, self.type, self.hand_in, self.hand_in, self.receive, self.receive, self.receive]
            verbs += [self.abandon] if self.chance.random() < 0.2 else []
        self.chance.choice(verbs)()

    def begin(self) -> None:
        """Start an empty draft."""
        self._will(None, DossierFacts(DRAFT))
        draft, _ = start_draft(self.session)
        self._did(draft.dossier_id, DossierFacts(DRAFT))

    def type(self) -> None:
        """Write some fields of a draft, in one go."""
        dossier_id = self._a_draft()
        fields = {
            DraftField.FULL_NAME.value: self.chance.choice(NAMES),
            DraftField.PHONE.value: f"09{self.chance.randrange(10**8):08d}",
            DraftField.ADDRESS.value: "Thôn 3, xã Hoằng Phú " * self.chance.randint(1, 40),
        }
        self._keep(dossier_id, fields)

    def hand_in(self) -> None:
        """Put a paper into a draft: an object file, and its rows."""
        dossier_id = self._a_draft()
        self._add_paper(dossier_id, self.chance.choice(NEEDED))

    def receive(self) -> None:
        """Fill a draft in, as far as something is missing, and receive it."""
        dossier_id = self._a_draft()
        self._people += 1
        self._keep(
            dossier_id,
            {
                DraftField.FULL_NAME.value: self.chance.choice(NAMES),
                DraftField.ID_NUMBER.value: f"0381920{self._people:05d}",
                DraftField.ADDRESS.value: "Thôn 3, xã Hoằng Phú",
                DraftField.PROCEDURE_CODE.value: counter.BIRTH_REGISTRATION,
            },
        )
        for paper_class in NEEDED:
            self._add_paper(dossier_id, paper_class)
        after = DossierFacts(RECEIVED, papers=self.told[dossier_id].papers)
        self._will(dossier_id, after)
        self._wait_for_numbers()
        received = receive_dossier(self.session, dossier_id)
        self._did(dossier_id, dataclasses.replace(after, code=received.dossier.code))

    def _wait_for_numbers(self) -> None:
        """Go on to a Monday that has numbers left: a day of hands that never rest uses up its six hundred."""
        received = sum(facts.state == RECEIVED for facts in self.told.values())
        monday = counter.MONDAY_MORNING + dt.timedelta(weeks=received // 500)
        clock = self.session.clock
        assert isinstance(clock, counter.Hand)
        clock.moment = max(clock.moment, monday)

    def abandon(self) -> None:
        """Close a draft without receiving it."""
        dossier_id = self._a_draft()
        after = DossierFacts(ABANDONED, papers=self.told[dossier_id].papers)
        self._will(dossier_id, after)
        abandon_draft(self.session, dossier_id)
        self._did(dossier_id, after)

    def reconcile(self) -> None:
        """Seal what is new into the spool."""
        self._will(None, None)
        reconcile(self.session)
        self._did(None, None)

    def change_password(self) -> None:
        """Choose another password."""
        new = f"một cửa {self.chance.randrange(10**6):06d}"
        self._will_stand(PASSWORD, new)
        change_password(self.session, self.standing[PASSWORD], new, cost=counter.CHEAP)
        self._stands(PASSWORD, new)

    def rotate_keys(self) -> None:
        """End what goes on in the background, encrypt everything with new keys, and sign in again."""
        self._will(None, None)
        self._snapshot = iter(())
        rotate_keys(self.session)
        self.sign_in_again()
        self._did(None, None)

    def make_recovery_sheet(self) -> None:
        """Make new recovery words."""
        self._will(None, None)
        make_recovery_sheet(self.session)
        self._did(None, None)

    def add_colleague(self) -> None:
        """Add somebody to the desk."""
        login = f"ban{self.chance.randrange(10**9)}"
        self._will_stand(f"clerk:{login}", "here")
        new = NewClerk(login, "Trần Thị Bạn", frozenset({Role.CLERK}), counter.PASSWORD)
        add_clerk(self.session, new, cost=counter.CHEAP)
        self._stands(f"clerk:{login}", "here")

    def revoke_colleague(self) -> None:
        """Let one of them go."""
        here = [name for name, value in self.standing.items() if value == "here"]
        if not here:
            return
        name = self.chance.choice(here)
        with self.session.store.reading() as connection:
            clerk = clerks.with_login(connection, name.removeprefix("clerk:"))
        self._will_stand(name, "gone")
        revoke_clerk(self.session, clerk.clerk_id)
        self._stands(name, "gone")

    def index(self) -> None:
        """Bring the search index a little further."""
        self._will(None, None)
        RefreshSearch(self.session.store).run_slice(self.session.clock())
        self._did(None, None)

    def go_on_with_snapshot(self) -> None:
        """Take some steps of a snapshot; begin one when there is none under way."""
        self._will(None, None)
        for _ in range(self.chance.randint(1, 30)):
            try:
                next(self._snapshot)
            except StopIteration as stop:
                if stop.value is not None:
                    self._stands(SNAPSHOT, str(stop.value.number))
                self._snapshot = take_snapshot(self.session.store, self.session.clock())
        self._did(None, None)

    def sign_in_again(self) -> None:
        """Close, and sign in with the password that stands."""
        old = self.session
        self._snapshot = iter(())
        old.close()
        self.session = sign_in(
            old.folder, counter.CLERK.login, self.standing[PASSWORD], clock=old.clock, random_bytes=os.urandom
        )

    def _drafts(self) -> list[str]:
        return [dossier_id for dossier_id, facts in self.told.items() if facts.state == DRAFT]

    def _a_draft(self) -> str:
        return self.chance.choice(self._drafts())

    def _keep(self, dossier_id: str, fields: dict[str, str]) -> None:
        before = self.told[dossier_id]
        after = dataclasses.replace(before, fields={**before.fields, **fields})
        self._will(dossier_id, after)
        keep_fields(self.session, dossier_id, fields)
        self._did(dossier_id, after)

    def _add_paper(self, dossier_id: str, paper_class: PaperClass) -> None:
        before = self.told[dossier_id]
        after = dataclasses.replace(before, papers=before.papers + 1)
        self._will(dossier_id, after)
        content = self.chance.randbytes(self.chance.choice((200, 3_000, 9_000)))
        counter.hand_in(self.session, dossier_id, paper_class, pdf=content)
        self._did(dossier_id, after)

    def _will(self, dossier_id: str | None, facts: DossierFacts | None) -> None:
        self._tell({"will": dossier_id, "facts": dataclasses.asdict(facts) if facts else None})

    def _did(self, dossier_id: str | None, facts: DossierFacts | None) -> None:
        if dossier_id is not None and facts is not None:
            self.told[dossier_id] = facts
        self._tell({"did": dossier_id, "facts": dataclasses.asdict(facts) if facts else None})

    def _will_stand(self, name: str, value: str) -> None:
        self._tell({"will stand": name, "value": value})

    def _stands(self, name: str, value: str) -> None:
        self.standing[name] = value
        self._tell({"stands": name, "value": value})


@dataclass
class Told:
    """What a clerk was told.

    Attributes:
        dossiers: How each dossier stands.
        standing: The password, and who works here.
        intention: What was about to happen to a dossier.
        about_to_stand: What was about to change besides: name and value.
    """

    dossiers: dict[str, DossierFacts] = field(default_factory=dict)
    standing: dict[str, str] = field(default_factory=dict)
    intention: Intention = NOTHING
    about_to_stand: tuple[str, str] = ("", "")

    @property
    def passwords(self) -> list[str]:
        """Which passwords may be right, the one before first."""
        name, value = self.about_to_stand
        return [self.standing.get(PASSWORD, counter.PASSWORD)] + ([value] if name == PASSWORD else [])


def understand(lines: Iterable[bytes]) -> Told:
    """Give what the clerk was told up to here, and what was about to happen."""
    told = Told()
    for line in lines:
        said = json.loads(line)
        facts = DossierFacts(**said["facts"]) if said.get("facts") else None
        told.intention, told.about_to_stand = NOTHING, ("", "")
        if "will" in said:
            told.intention = Intention(said["will"], facts)
        elif "will stand" in said:
            told.about_to_stand = (said["will stand"], said["value"])
        elif "stands" in said:
            told.standing[said["stands"]] = said["value"]
        elif facts:
            told.dossiers[said["did"]] = facts
    return told


def set_up(folder: Path) -> None:
    """Set a desk up that hands can work in."""
    counter.set_up_at(DeskFolder(folder), counter.Hand(counter.MONDAY_MORNING), counter.enrolment())


def sign_in_later(folder: Path, password: str = counter.PASSWORD, **later: float) -> DeskSession:
    """Sign in some time after Monday morning."""
    clock = counter.Hand(counter.MONDAY_MORNING + dt.timedelta(**later))
    return sign_in(DeskFolder(folder), counter.CLERK.login, password, clock=clock, random_bytes=os.urandom)


def main() -> None:
    """Work for some steps, or until the end."""
    folder, seed, steps, *rooms = sys.argv[1:]
    syncing = rooms.pop(0) if rooms and rooms[0] in {FULL, NORMAL, OFF, UNSYNCED_FILES} else FULL
    password = sys.stdin.read()
    chance = random.Random(int(seed))
    with Path(os.environ["MOTCUA_DISK_SAID"]).open("ab", buffering=0) as world:
        session = sign_in_later(Path(folder), password)
        writer = session.store._writer._engine
        # More checkpoints than a day would see, so that every kind of them is cut.
        writer.execute(f"PRAGMA wal_autocheckpoint = {chance.choice((20, 60, 200, 1000))}").fetchall()
        if syncing == UNSYNCED_FILES:
            os.fsync = lambda fd: None
        elif syncing != FULL:
            # What is shipped must sync by itself.
            writer.execute(f"PRAGMA synchronous = {syncing}")

        def tell(told: dict[str, object]) -> None:
            world.write(json.dumps(told).encode() + b"\n")

        desk = Desk(session, chance, tell, password)
        desk.look()
        program = start_background(session) if rooms == [BACKGROUND] else None
        for _ in range(int(steps)):
            desk.step(*(room for room in rooms if room != BACKGROUND))
            if program is not None:
                time.sleep(0.1)
        if program is not None:
            program.stop()
        desk.session.close()


if __name__ == "__main__":
    main()
