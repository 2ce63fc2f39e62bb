# SPDX-License-Identifier: GPL-3.0-or-later
"""One bit of one file turns over: the desk mends it or says so. Nothing is lost in silence, nothing is a traceback.

That nothing is said is right where nothing is lost: a page of which the log has a newer copy, an index that is made
anew, the configuration of the courier that is written anew, an older snapshot, an envelope that the gateway will refuse
and the desk seals again.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from casework.errors import KnownError
from localdb import audit
from tests.localdb import desk_facts, desk_hands, power_cuts
from tests.localdb.desk_facts import NOTHING, DossierFacts
from tests.localdb.quick_disk import QUICK
from workstation.desk.check_integrity import check_integrity
from workstation.desk.reconcile import reconcile
from workstation.desk.session import DeskSession
from workstation.desk.take_snapshot import check_snapshot

NOTHING_SAID = ""
KINDS = {
    "desk.db": {NOTHING_SAID, "database-damaged", "damage-found"},
    "desk.db-wal": {NOTHING_SAID, "rolled-back"},
    "keys.json": {"key-file-mended"},
    "keys.json.previous": {"key-file-mended"},
    "objects/*/*.enc": {"object-damaged"},
    "search.db": {NOTHING_SAID},
    "snapshots/*/manifests/*": {NOTHING_SAID, "snapshot-damaged"},
    "snapshots/*/blocks/*/*": {NOTHING_SAID, "snapshot-damaged"},
    "snapshots/*/keys/*": {NOTHING_SAID, "snapshot-damaged"},
    "spool/*.envelope": {NOTHING_SAID},
    "device.key": {"device-key-missing", "device-key-damaged"},
    "courier.json": {NOTHING_SAID},
    "tries.json": {NOTHING_SAID},
}
"""Every kind of file, and what may be said about it first."""
MENDED = {"key-file-mended"}
"""What is said when all is well again."""


@dataclass
class Evening:
    """A desk whose program was killed, with every kind of file.

    Attributes:
        folder: Its data folder.
        told: How each dossier stands.
        told_before: The same before the last commit, which a damaged log cannot be told from an unfinished one.
    """

    folder: Path
    told: dict[str, DossierFacts]
    told_before: dict[str, DossierFacts]

    def files(self, kind: str) -> list[Path]:
        return sorted(path for path in self.folder.glob(kind) if path.is_file() and path.stat().st_size)


@pytest.fixture(scope="module")
def evening() -> Iterator[Evening]:
    with tempfile.TemporaryDirectory(prefix="motcua-flips-", dir=QUICK) as place:
        folder = Path(place) / "working"
        desk_hands.set_up(folder)
        with contextlib.suppress(KnownError):
            desk_hands.sign_in_later(folder, "wrong")
        session = desk_hands.sign_in_later(folder)
        desk = desk_hands.Desk(session, random.Random(1), lambda _: None)
        for verb in (desk.begin, desk.receive, desk.reconcile, desk.begin, desk.type):
            verb()
        power_cuts.find_all(session)
        power_cuts.take_whole_snapshot(session)
        for verb in (desk.begin, desk.receive, desk.reconcile, desk.begin, desk.hand_in):
            verb()
        told_before = dict(desk.told)
        desk.type()
        left = Path(place) / "left"
        shutil.copytree(folder, left)
        (left / "tries.json").write_text('{"failures": 1, "wall": 1.0, "ticks": 1.0}')
        session.close()
        yield Evening(left, desk.told, told_before)


@pytest.fixture(autouse=True)
def _damage_is_expected() -> Iterator[None]:
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


def flipped(content: bytes, bit: int) -> bytes:
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def walk_through(folder: Path, *may_be: dict[str, DossierFacts]) -> list[str]:
    """Do everything once; give what the desk said was wrong. What is wrong and was not said is an assertion."""
    said: list[str] = []
    try:
        session = desk_hands.sign_in_later(folder, days=1)
    except KnownError as error:
        return [error.code]
    try:
        said += session.notices
        said += _look_at(session)
        if set(said) <= MENDED:
            there = desk_facts.facts_of(session.store)
            wrong = [desk_facts.compare(there, told, NOTHING) for told in may_be]
            assert [] in wrong, wrong[0]
        for step in (reconcile, power_cuts.find_all, _check_snapshot, power_cuts.take_whole_snapshot):
            said += _code_of(step, session)
    finally:
        session.close()
    return said


def _look_at(session: DeskSession) -> list[str]:
    said = _code_of(_check_integrity, session) + _code_of(_verify_trail, session)
    with contextlib.suppress(KnownError), session.store.reading() as connection:
        for (object_id,) in connection.rows("SELECT object_id FROM objects"):
            said += _code_of(functools.partial(_read_object, object_id), session)
    return said


def _check_integrity(session: DeskSession) -> None:
    if not check_integrity(session.store).is_whole:
        raise KnownError("damage-found")


def _check_snapshot(session: DeskSession) -> None:
    for _ in check_snapshot(session.store, session.clock()):
        pass


def _verify_trail(session: DeskSession) -> None:
    with session.store.reading() as connection:
        if not audit.verify(connection).chain_ok:
            raise KnownError("trail-broken")


def _read_object(object_id: str, session: DeskSession) -> None:
    with session.store.reading() as connection:
        session.store.objects.read(connection, object_id)


def _code_of(step: Callable[[DeskSession], object], session: DeskSession) -> list[str]:
    try:
        step(session)
    except KnownError as error:
        return [error.code]
    return []


def flip(evening: Evening, kind: str, flips: int, seed: int) -> None:
    """Flip bits of a kind of file, one at a time, and see that what is said is what may be said."""
    chance = random.Random(f"{kind}{seed}")
    files = evening.files(kind)
    assert files, kind
    for _ in range(flips):
        victim = chance.choice(files)
        content = victim.read_bytes()
        bit = chance.randrange(len(content) * 8)
        folder = evening.folder.with_name("flipped")
        shutil.copytree(evening.folder, folder)
        (folder / victim.relative_to(evening.folder)).write_bytes(flipped(content, bit))
        # A damaged log cannot be told from an unfinished commit when it is the last one that it loses.
        may_be = [evening.told] + [evening.told_before] * (kind == "desk.db-wal")
        try:
            said = [*walk_through(folder, *may_be), NOTHING_SAID][0]
            assert said in KINDS[kind], said
        except Exception as error:
            raise AssertionError(f"{victim.name} bit {bit} of {len(content) * 8}") from error
        finally:
            shutil.rmtree(folder)


@pytest.mark.parametrize("kind", KINDS)
def test_a_flipped_bit_is_mended_or_told(evening: Evening, kind: str) -> None:
    flip(evening, kind, 1, 1)


@pytest.mark.full
@pytest.mark.timeout(590)
@pytest.mark.parametrize("kind", KINDS)
def test_sixty_flipped_bits_are_mended_or_told(evening: Evening, kind: str) -> None:
    flip(evening, kind, 60, 2)
