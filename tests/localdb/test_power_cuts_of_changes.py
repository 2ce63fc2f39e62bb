# SPDX-License-Identifier: GPL-3.0-or-later
"""Power cuts while a desk is set up, brought to a newer schema, or encrypted with other keys."""

from __future__ import annotations

import json
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from casework.errors import BugError, KnownError
from localdb import key_file, migrations
from localdb.connection import Connection
from localdb.store import DATABASE_NAME
from tests.localdb import desk_facts, desk_hands, power_cuts, restoring
from tests.localdb.crash_disk import Disk, build, record
from tests.localdb.power_cuts import Day
from tests.localdb.quick_disk import QUICK
from tests.localdb.test_versions import NEWEST, VERSIONS, Made
from tests.workstation.desk import counter, drill
from workstation.desk.check_integrity import check_integrity

if sys.platform != "linux":
    pytest.skip("records through the loader of Linux", allow_module_level=True)

SET_UP = """
import os, sys
from pathlib import Path
from tests.localdb import desk_hands
desk_hands.set_up(Path(sys.argv[1]))
open(os.environ["MOTCUA_DISK_SAID"], "ab", buffering=0).write(b"done")
"""
UPGRADE = """
import json, os, sys
from pathlib import Path
from localdb.store import Store
from tests.localdb.keys_only import open_with_password
folder, who = Path(sys.argv[1]), json.load(sys.stdin)
Store.open(folder, open_with_password(folder / "keys.json", who["login"], who["password"])).close()
open(os.environ["MOTCUA_DISK_SAID"], "ab", buffering=0).write(b"done")
"""
ROTATE = """
import os, sys
from pathlib import Path
from tests.localdb import desk_hands
from workstation.desk.rotate_keys import rotate_keys
rotate_keys(desk_hands.sign_in_later(Path(sys.argv[1])))
open(os.environ["MOTCUA_DISK_SAID"], "ab", buffering=0).write(b"done")
"""
RESTORE = """
import os, sys
from pathlib import Path
from tests.localdb import restoring
restoring.restore(Path(sys.argv[1]), Path(sys.argv[2]))
open(os.environ["MOTCUA_DISK_SAID"], "ab", buffering=0).write(b"done")
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("library"))


@pytest.fixture
def place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="motcua-cuts-", dir=QUICK) as folder:
        yield Path(folder)


def cut_setting_up(library: Path, place: Path, cuts: int, seed: int) -> power_cuts.Verdict:
    folder = place / "day"
    folder.mkdir()
    disk = Disk(folder)
    records = record(library, folder, ["-c", SET_UP, str(folder / "desk")])

    def look(left: Path, said: Sequence[bytes]) -> str:
        try:
            session = desk_hands.sign_in_later(left / "desk")
        except KnownError as error:
            if said:
                return f"lost: {error}"
            # Nothing was received yet: IT moves it away and begins anew.
            return "ok, begin anew" if error.code in BEGIN_ANEW else f"not opened: {error}"
        desk_facts.check_house(session.store, session.folder)
        session.close()
        return "ok"

    return power_cuts.cut_day(Day(folder, disk, records), cuts, seed, look)


BEGIN_ANEW = {"key-file-missing", "database-missing", "not-enrolled", "device-key-missing", "database-damaged"}


def cut_upgrading(library: Path, place: Path, cuts: int, seed: int) -> power_cuts.Verdict:
    made = Made(VERSIONS[-1], place / "day")
    disk = Disk(made.folder)
    records = record(library, made.folder, ["-c", UPGRADE, str(made.folder)], stdin=json.dumps(made.secrets))

    def look(left: Path, said: Sequence[bytes]) -> str:
        made.folder = left
        try:
            store = made.open()
        except KnownError as error:
            return f"not opened: {error}"
        try:
            desk_facts.check_store(store)
            with store.reading() as connection:
                assert migrations.version(connection) == NEWEST
                made.assert_kept_in(connection)
        except AssertionError as error:
            return f"lost: {error}"
        finally:
            store.close()
        return "ok"

    return power_cuts.cut_day(Day(place / "day", disk, records), cuts, seed, look)


def cut_rotating(library: Path, place: Path, cuts: int, seed: int) -> power_cuts.Verdict:
    folder = place / "day"
    desk_hands.set_up(folder)
    session = desk_hands.sign_in_later(folder)
    desk = desk_hands.Desk(session, random.Random(seed), lambda _: None)
    for verb in (desk.begin, desk.receive, desk.begin, desk.type):
        verb()
    power_cuts.find_all(session)
    facts = desk_facts.facts_of(session.store)
    old_key = bytes(session.store.keys.database_key)
    session.close()
    disk = Disk(folder)
    records = record(library, folder, ["-c", ROTATE, str(folder)])

    def look(left: Path, said: Sequence[bytes]) -> str:
        # Signing in finishes what was begun, so what was told must be there before.
        if said and (reason := unfinished_rotation(left, old_key)):
            return f"lost: {reason}"
        try:
            session = desk_hands.sign_in_later(left, hours=1)
        except KnownError as error:
            return f"not opened: {error}"
        try:
            assert check_integrity(session.store).is_whole
            desk_facts.check_house(session.store, session.folder)
            power_cuts.find_all(session)
            assert desk_facts.facts_of(session.store) == facts
        except AssertionError as error:
            return f"lost: {error}"
        finally:
            session.close()
        return "ok"

    return power_cuts.cut_day(Day(folder, disk, records), cuts, seed, look)


def unfinished_rotation(folder: Path, old_key: bytes) -> str:
    """Give what is missing in a rotation that was told, or an empty text."""
    opened = key_file.unlock_with_password(folder / "keys.json", counter.CLERK.login, counter.PASSWORD)
    if opened.next_keys is not None:
        return "the key file still holds two keys"
    if opened.keys.database_key == old_key:
        return "the old key is in use"
    Connection.open(folder / DATABASE_NAME, opened.keys, writing=False).close()
    return ""


def cut_restoring(
    library: Path, place: Path, cuts: int, seed: int, *, onto_nothing: bool = False
) -> power_cuts.Verdict:
    """A restore that was cut off is done again; one that was told is there."""
    source, stick, folder = place / "source", place / "stick", place / "day"
    desk_hands.set_up(source)
    session = desk_hands.sign_in_later(source)
    desk = desk_hands.Desk(session, random.Random(seed), lambda _: None)
    for verb in (desk.begin, desk.receive, desk.begin, desk.hand_in):
        verb()
    drill.choose_place(session, stick)
    drill.snapshot(session)
    facts = desk_facts.facts_of(session.store)
    session.close()
    if onto_nothing:
        folder.mkdir()
    else:
        shutil.copytree(source, folder / "desk")
    disk = Disk(folder)
    records = record(library, folder, ["-c", RESTORE, str(stick), str(folder / "desk")])

    def look(left: Path, said: Sequence[bytes]) -> str:
        try:
            if said and restoring.facts_in(left / "desk") != facts:
                return "lost: what was restored"
            if not said and not onto_nothing:
                before_or_after = restoring.facts_in(put_back(left / "desk", place / "put-back"))
                assert before_or_after == facts, "neither the store before nor the one after is there"
            restoring.restore(stick, left / "desk", hours=1)
            return "ok" if restoring.facts_in(left / "desk") == facts else "lost: what was restored again"
        except (KnownError, BugError, AssertionError) as error:
            return f"not restored: {error}"

    return power_cuts.cut_day(Day(folder, disk, records), cuts, seed, look)


def put_back(desk: Path, copy: Path) -> Path:
    """Make a copy of what a cut left, in which what was set aside is back wherever nothing took its place."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(desk, copy)
    for path in copy.glob("set-aside-*/*"):
        if not (copy / path.name).exists():
            path.rename(copy / path.name)
    return copy


def cut_restoring_onto_nothing(library: Path, place: Path, cuts: int, seed: int) -> power_cuts.Verdict:
    """The computer is a new one."""
    return cut_restoring(library, place, cuts, seed, onto_nothing=True)


CHANGES = [cut_setting_up, cut_upgrading, cut_rotating, cut_restoring, cut_restoring_onto_nothing]


@pytest.mark.parametrize("change", CHANGES)
def test_a_power_cut_while_a_desk_changes_leaves_it_before_or_after(
    library: Path, place: Path, change: Callable[[Path, Path, int, int], power_cuts.Verdict]
) -> None:
    verdict = change(library, place, 10, 1)
    assert (verdict.cuts, verdict.lost, verdict.broken) == (10, 0, 0), verdict.reasons


@pytest.mark.full
@pytest.mark.timeout(590)
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("seed", [11, 12])
def test_a_hundred_power_cuts_while_a_desk_changes_leave_it_before_or_after(
    library: Path, place: Path, change: Callable[[Path, Path, int, int], power_cuts.Verdict], seed: int
) -> None:
    verdict = change(library, place, 100, seed)
    assert (verdict.cuts, verdict.lost, verdict.broken) == (100, 0, 0), verdict.reasons
