# SPDX-License-Identifier: GPL-3.0-or-later
"""Days of work whose disk loses its power: record a day, cut it anywhere, sign in again and look."""

from __future__ import annotations

import random
import shutil
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casework.errors import BugError, KnownError
from localdb import clerks
from tests.localdb import desk_facts, desk_hands
from tests.localdb.crash_disk import Disk, Kind, Record, record
from tests.workstation.desk import counter
from workstation.desk.check_integrity import check_integrity
from workstation.desk.refresh_search import RefreshSearch
from workstation.desk.search_dossiers import search_dossiers
from workstation.desk.session import DeskSession
from workstation.desk.take_snapshot import beside_the_database, check_snapshot, take_snapshot


@dataclass
class Verdict:
    """What came of some cuts.

    Attributes:
        cuts: Number of cuts.
        lost: Cuts after which something that was told was not there.
        broken: Cuts after which the desk did not open, or did not agree with itself.
        reasons: What was seen, how often.
    """

    cuts: int = 0
    lost: int = 0
    broken: int = 0
    reasons: Counter[str] = field(default_factory=Counter)


@dataclass
class Day:
    """A recorded day.

    Attributes:
        folder: As the day left it.
        disk: The disk in the morning.
        records: What happened.
    """

    folder: Path
    disk: Disk
    records: Sequence[Record]


def work(
    library: Path, place: Path, seed: int, steps: int, *how: str, program: Sequence[str] = ("-m", desk_hands.__name__)
) -> Day:
    """Set a desk up and let it work while its disk is recorded."""
    folder = place / "day"
    place.mkdir(exist_ok=True)
    desk_hands.set_up(folder)
    disk = Disk(folder)
    arguments = [*program, str(folder), str(seed), str(steps), *how]
    return Day(folder, disk, record(library, folder, arguments, stdin=counter.PASSWORD))


def cut_points(records: Sequence[Record], count: int, chance: random.Random) -> list[int]:
    """Choose moments: half of them right after something was told, the others anywhere."""
    told = [number + 1 for number, record in enumerate(records) if record.kind is Kind.SAID]
    anywhere = range(1, len(records) + 1)
    return sorted(chance.choice(told if turn % 2 else anywhere) for turn in range(count))


def cut_day(day: Day, cuts: int, seed: int, look: Callable[[Path, Sequence[bytes]], str] | None = None) -> Verdict:
    """Cut a day's power so many times, at moments that are drawn, and judge what is left.

    Args:
        day: The recorded day; its disk is used up.
        cuts: How often.
        seed: Of the moments and of what survives.
        look: Judges a folder by what was told; gives ``ok`` or why not. A desk's morning after, when not given.
    """
    look = look or morning_after
    chance = random.Random(seed)
    verdict = Verdict()
    said: list[bytes] = []
    happened = 0
    left = day.folder.with_name("left")
    for point in cut_points(day.records, cuts, chance):
        for change in day.records[happened:point]:
            day.disk.happen(change)
            if change.kind is Kind.SAID:
                said.append(change.payload)
        happened = point
        shutil.rmtree(left, ignore_errors=True)
        day.disk.cut(left, chance)
        reason = look(left, said)
        verdict.cuts += 1
        verdict.lost += reason.startswith("lost")
        verdict.broken += not reason.startswith(("ok", "lost"))
        verdict.reasons[reason] += 1
    return verdict


def open_again(folder: Path, told: desk_hands.Told) -> tuple[DeskSession, str]:
    """Sign in with the password that was told last, or the one that was about to be; give it too."""
    *others, last = told.passwords
    for password in others:
        try:
            return desk_hands.sign_in_later(folder, password, hours=1), password
        except KnownError as error:
            if error.code != "wrong-password":
                raise
    return desk_hands.sign_in_later(folder, last, hours=1), last


def morning_after(folder: Path, said: Sequence[bytes]) -> str:
    """Sign in, compare with what was told, check everything, and work on."""
    told = desk_hands.understand(said)
    try:
        session, password = open_again(folder, told)
    except (KnownError, BugError) as error:
        return f"not opened: {error}"
    try:
        wrong = desk_facts.compare(desk_facts.facts_of(session.store), told.dossiers, told.intention)
        wrong += _compare_people(session, told)
        if wrong:
            return f"lost: {wrong[0]}"
        if desk_hands.SNAPSHOT in told.standing:
            newest = beside_the_database(session.store).newest()
            assert newest is not None, "a snapshot is lost"
            assert newest.number >= int(told.standing[desk_hands.SNAPSHOT]), "a snapshot is lost"
            _prove_newest_snapshot(session)
        assert check_integrity(session.store).is_whole
        desk_facts.check_house(session.store, session.folder)
        desk = desk_hands.Desk(session, random.Random(0), lambda _: None, password)
        desk.begin()
        desk.receive()
        desk.reconcile()
        find_all(session)
        take_whole_snapshot(session)
    except (AssertionError, KnownError, BugError) as error:
        return f"inconsistent: {traceback.extract_tb(error.__traceback__)[-1].line} {error}"
    finally:
        session.close()
    return "ok"


def _compare_people(session: DeskSession, told: desk_hands.Told) -> list[str]:
    with session.store.reading() as connection:
        here = clerks.active_logins(connection)
    return [
        f"told that {name} is {value}"
        for name, value in told.standing.items()
        if name.startswith("clerk:")
        and name != told.about_to_stand[0]
        and (name.removeprefix("clerk:") in here) != (value == "here")
    ]


def find_all(session: DeskSession) -> None:
    """Finish the index, and see that it finds every dossier."""
    refresh = RefreshSearch(session.store)
    while refresh.run_slice(session.clock()):
        pass
    with session.store.reading() as connection:
        codes = [row[0] for row in connection.rows("SELECT code FROM dossiers")]
    for code in codes:
        found = [hit.row.dossier.code for hit in search_dossiers(session, code).hits]
        assert code in found, f"{found} instead of {code}"


def take_whole_snapshot(session: DeskSession) -> None:
    """Take a snapshot to its end, and prove it."""
    for _ in take_snapshot(session.store, session.clock()):
        pass
    _prove_newest_snapshot(session)


def _prove_newest_snapshot(session: DeskSession) -> None:
    for _ in check_snapshot(session.store, session.clock()):
        pass
