# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk that anything may happen to, in any order, beside a model of what its clerk was told."""

from __future__ import annotations

import atexit
import contextlib
import datetime as dt
import functools
import itertools
import os
import random
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from casework.errors import KnownError
from localdb import drafts, migrations, secrets
from localdb.migrations import Migration
from tests.localdb import desk_facts, desk_hands
from tests.localdb.desk_facts import DRAFT, NOTHING, DossierFacts
from tests.localdb.quick_disk import QUICK
from tests.workstation.desk import counter, drill
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.enrol_anew import enrol_anew
from workstation.desk.restore_store import ClerkPassword, list_snapshots, restore_store
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in
from workstation.desk.take_snapshot import FOLDER_NAME, take_snapshot

NIGHTLY = 1_300
"""Desks in each of the four parts of a night."""

CHANCES = st.integers(0, 15).map(random.Random)
DAYS = st.sampled_from((-730, -1, 1, 400, 730))


@functools.cache
def _new_desk() -> Path:
    place = Path(tempfile.mkdtemp(prefix="motcua-machine-", dir=QUICK))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    folder = place / "desk"
    desk_hands.set_up(folder)
    return folder


@dataclass
class _Kept:
    """How everything stood when a snapshot was taken; the password is that of the last key file kept with it."""

    told: dict[str, DossierFacts]
    password: str
    rotations: int


class DeskMachine(RuleBasedStateMachine):
    """A clerk works; programs die, clocks jump, newer programs come."""

    def __init__(self) -> None:
        super().__init__()
        self._place = Path(tempfile.mkdtemp(prefix="motcua-machine-", dir=QUICK))
        self._folders = (self._place / str(number) for number in itertools.count())
        self._shipped = migrations.shipped
        self._steps = list(migrations.shipped())
        self._clock = counter.Hand(counter.MONDAY_MORNING)
        self._folder = next(self._folders)
        shutil.copytree(_new_desk(), self._folder)
        migrations.shipped = lambda: tuple(self._steps)
        self._desk = desk_hands.Desk(self._sign_in(), random.Random(0), lambda _: None)
        self._is_open = True
        self._rotations = 0
        self._restored = 0
        self._kept: list[_Kept] = []
        self._lost: set[str] = set()

    def _sign_in(self, password: str = counter.PASSWORD) -> DeskSession:
        folder = DeskFolder(self._folder)
        return sign_in(folder, counter.CLERK.login, password, clock=self._clock, random_bytes=os.urandom)

    @property
    def _drafts(self) -> list[str]:
        return [dossier_id for dossier_id, facts in self._desk.told.items() if facts.state == DRAFT]

    def _has_drafts(self) -> bool:
        return bool(self._drafts)

    @initialize(chance=CHANCES)
    def a_first_draft(self, chance: random.Random) -> None:
        self._do(chance, self._desk.begin)

    def _do(self, chance: random.Random, verb: Callable[[], None]) -> None:
        self._desk.chance = chance
        verb()

    @rule(chance=CHANCES)
    def begin(self, chance: random.Random) -> None:
        self._do(chance, self._desk.begin)

    @precondition(_has_drafts)
    @rule(chance=CHANCES)
    def type(self, chance: random.Random) -> None:
        self._do(chance, self._desk.type)

    @precondition(_has_drafts)
    @rule(chance=CHANCES)
    def hand_in(self, chance: random.Random) -> None:
        self._do(chance, self._desk.hand_in)

    @precondition(_has_drafts)
    @rule(chance=CHANCES)
    def receive(self, chance: random.Random) -> None:
        try:
            self._do(chance, self._desk.receive)
        except KnownError as error:
            # Of what was received before a restore the envelopes may know.
            if error.code != "received-before" or not self._lost:
                raise

    @precondition(_has_drafts)
    @rule(chance=CHANCES)
    def abandon(self, chance: random.Random) -> None:
        self._do(chance, self._desk.abandon)

    @rule()
    def reconcile(self) -> None:
        self._desk.reconcile()

    @rule(days=DAYS)
    def set_the_clock(self, days: int) -> None:
        self._clock.moment += dt.timedelta(days=days)

    @rule()
    def sign_in_again(self) -> None:
        self._desk.session.close()
        self._go_on()

    @rule(chance=CHANCES)
    def change_password(self, chance: random.Random) -> None:
        self._do(chance, self._desk.change_password)

    @rule()
    def rotate_keys(self) -> None:
        for kept in self._kept:  # the key file is kept with the snapshots once more
            if kept.rotations == self._rotations:
                kept.password = self._desk.standing[desk_hands.PASSWORD]
        self._is_open = False
        self._desk.rotate_keys()
        self._is_open = True
        self._rotations += 1
        self._compare(self._desk.told)

    @rule(slices=st.integers(1, 3))
    def index(self, slices: int) -> None:
        for _ in range(slices):
            self._desk.index()

    @rule()
    def take_a_snapshot(self) -> None:
        for _ in take_snapshot(self._desk.session.store, self._clock()):
            pass
        self._kept.append(_Kept(dict(self._desk.told), self._desk.standing[desk_hands.PASSWORD], self._rotations))

    @precondition(lambda self: bool(self._kept))
    @rule()
    def restore(self) -> None:
        """The newest snapshot becomes the store, under a new identity."""
        kept = self._kept.pop()
        self._kept.clear()
        self._desk.session.close()
        self._is_open = False
        password = self._desk.standing[desk_hands.PASSWORD]
        if kept.rotations != self._rotations:  # only the key file that was kept with it fits
            password, self._rotations = kept.password, kept.rotations
        folder = DeskFolder(self._folder)
        snapshots = list_snapshots(self._folder / FOLDER_NAME)
        newest = max(snapshots, key=lambda each: each.manifest.number)
        proof = ClerkPassword(counter.CLERK.login, password)
        restore_store(newest, proof, folder, replaces=True, clock=self._clock, random_bytes=os.urandom)
        self._restored += 1
        file = drill.successor(self._restored)
        enrol_anew(folder, counter.CLERK.login, password, file, clock=self._clock, random_bytes=os.urandom)
        self._lost |= self._desk.told.keys()
        self._desk.told, self._desk.standing = kept.told, {desk_hands.PASSWORD: password}
        self._go_on()

    @rule(chance=CHANCES)
    def crash_in_the_middle(self, chance: random.Random) -> None:
        """The program dies in a transaction, with a file that no row names yet; its files are as they lie there."""
        session = self._desk.session
        session.store.objects.write(chance.randbytes(300), "image/jpeg", os.urandom)
        left = next(self._folders)
        with contextlib.suppress(InterruptedError), session.store.transaction() as connection:
            secrets.put(connection, "never-committed", os.urandom(5_000))
            if self._drafts:
                drafts.set_field(connection, chance.choice(self._drafts), "full_name", "nobody", self._clock())
            shutil.copytree(self._folder, left)
            raise InterruptedError
        session.close()
        shutil.rmtree(self._folder)
        self._folder = left
        self._go_on()

    @rule()
    def a_newer_program(self) -> None:
        """Its schema has one step more."""
        number = len(self._steps) + 1
        table = f"later_{number}"
        sql = f"CREATE TABLE {table} (field TEXT NOT NULL) STRICT;\nCREATE INDEX {table}_by_field ON {table} (field);"
        self._steps.append(Migration(number, sql))
        self.sign_in_again()

    def _go_on(self) -> None:
        self._is_open = False
        self._desk.session = self._sign_in(self._desk.standing[desk_hands.PASSWORD])
        self._is_open = True
        self._compare(self._desk.told)

    def _compare(self, told: dict[str, DossierFacts]) -> None:
        wrong = desk_facts.compare(desk_facts.facts_of(self._desk.session.store), told, NOTHING)
        assert not wrong, wrong

    def teardown(self) -> None:
        try:
            if self._is_open:
                self._compare(self._desk.told)
                desk_facts.check_house(self._desk.session.store, self._desk.session.folder, self._lost)
        finally:
            self._desk.session.close()
            migrations.shipped = self._shipped
            shutil.rmtree(self._place)


def run(examples: int, *, derandomize: bool) -> None:
    """Let that many desks live."""
    run_state_machine_as_test(
        DeskMachine,
        settings=settings(
            max_examples=examples, stateful_step_count=12, deadline=None, derandomize=derandomize, database=None
        ),
    )
