# SPDX-License-Identifier: GPL-3.0-or-later
"""A day of work leaves nothing readable behind, and what a careless program would leave is found."""

from __future__ import annotations

import base64
import gzip
import io
import itertools
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from demo.commune import CLERK_LOGIN, CLERK_PASSWORD, DemoCommune
from demo.people import FATHER, LANDOWNER, MOTHER, SINGLE_WOMAN
from demo.play import until_delivered
from demo.sample_papers import SAMPLE_PAPERS
from localdb.store_keys import StoreKeys
from tests.end_to_end.working_day import (
    PHONE,
    PIN,
    READING_WORKER,
    WRONG_PASSWORD,
    WorkingDay,
    core_files,
    now,
    until,
)
from tests.localdb.torn_store import damage, whereabouts
from workstation.desk.reconcile import sync_now
from workstation.desk.repair_store import repair_store
from workstation.desk.restore_store import ClerkPassword
from workstation.desk.take_snapshot import take_snapshot

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="the process list is looked at in /proc"
)


@pytest.fixture(scope="module")
def desk_day(commune: DemoCommune) -> WorkingDay:
    """A day that the tests of this module go on with."""
    return WorkingDay(commune)


@pytest.fixture
def day(desk_day: WorkingDay) -> Iterator[WorkingDay]:
    """A day on which everything is watched."""
    with desk_day.watched():
        yield desk_day


def work(day: WorkingDay) -> None:
    """Do what a short day brings, and search after each part of it."""
    day.mistype_the_password()
    with day.signed_in() as session:
        with day.in_the_background(session):
            dossier_id = day.fill_in(session, FATHER)
            assert "ValueError" in day.meet_a_fault().read_text()
            day.scan(session, dossier_id, ["identity-card"], kills_the_reader=True)
            day.hand_in_the_rest(session, dossier_id)
            day.sign(session, dossier_id)
            day.receive(session, dossier_id)
            day.search(session, FATHER.full_name, "thanh", PHONE[-4:])
        day.take_snapshots(session)
        day.fill_in(session, MOTHER)
        assert day.leaks() == ()
        day.change_keys(session)
    with day.signed_in() as session, day.commune.gateway_running():
        day.start_courier()
        sync_now(day.commune.desk)
        until_delivered(day.commune, session, dossier_id)
        day.commune.stop_courier()
    assert day.leaks() == ()


@pytest.mark.expects_log("workstation.desk", "ERROR")
@pytest.mark.expects_log("scanning.reading_worker")
def test_a_day_of_work_leaves_nothing_readable_behind(day: WorkingDay) -> None:
    dumps = core_files(Path.cwd(), day.commune.root)
    work(day)
    assert core_files(Path.cwd(), day.commune.root) == dumps
    assert len(day.keys) >= 7
    assert {READING_WORKER, "signing.program", "workstation.background", "sync_agent", "gateway"} <= day.watch.programs


PLACES = ("desk", "desk/log", "desk/spool", "desk/inbox", "desk/objects", "desk/snapshots", "gateway", "tmp", "stick")


def planted(keys: list[bytes]) -> dict[str, bytes]:
    """Give what careless programs leave, by the name of a file that gives nothing away."""
    name, number = FATHER.full_name, FATHER.personal_number
    page = f"BT ({name}) Tj ET".encode() * 10
    database_key = keys[0]
    return {
        "draft.json": json.dumps({"applicant": name}, ensure_ascii=False).encode(),
        "draft-escaped.json": json.dumps({"applicant": name}).encode(),
        "desk.db-journal": b"\0" * 4096 + number.encode() + b"\0" * 4096,
        "desk.db-wal.old": b"\0" * 4096 + PHONE.encode() + b"\0" * 4096,
        "form.utf16": name.upper().encode("utf-16-le"),
        "form.utf16be": ("x" + number).encode("utf-16-be"),
        "clipboard.nfd": unicodedata.normalize("NFD", name).encode(),
        "clipboard.nfc": unicodedata.normalize("NFC", MOTHER.full_name).encode(),
        "index.txt": b"le van thanh; trung hau",
        "desk.log": f"ERROR login password={CLERK_PASSWORD}".encode(),
        "tries.log": f"wrong: {WRONG_PASSWORD}".encode(),
        "pkcs11-spy.log": f"C_Login pin={PIN}".encode(),
        "crash.log": b"Fatal: key=" + database_key.hex().encode(),
        "core.4711": os.urandom(4000) + database_key + os.urandom(4000),
        "keys.bak": base64.b64encode(b"k1" + keys[1] + b"!"),
        "page.stream": b"stream\r\n" + zlib.compress(page) + b"\r\nendstream",
        "spool.gz": gzip.compress(page),
        "batch.zst": zstandard.compress(page),
        "export.bin": b"\0" * 77 + zipped(page),
        "page.tmp": b"%PDF-1.7\n" + os.urandom(100),
        "thumb.tmp": os.urandom(99) + b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + os.urandom(100),
    }


def zipped(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("trang.txt", content)
    return file.getvalue()


def test_what_a_careless_program_leaves_is_found_in_every_place_and_form(day: WorkingDay) -> None:
    with day.signed_in():
        pass
    assert day.leaks() == ()
    files: set[Path] = set()
    for place, (name, content) in zip(itertools.cycle(PLACES), planted(day.keys).items(), strict=False):
        path = day.commune.root / place / "careless" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        files.add(path)
    named = day.commune.temporary / f"{FATHER.full_name}.pdf"
    named.touch()
    try:
        assert {leak.path for leak in day.leaks_on_disk()} == files | {named}
    finally:
        named.unlink()
        for place in PLACES:
            shutil.rmtree(day.commune.root / place / "careless", ignore_errors=True)
    assert day.leaks_on_disk() == ()


def test_what_a_careless_program_shows_to_others_is_found(day: WorkingDay) -> None:
    nap = [sys.executable, "-S", "-c", "import time; time.sleep(0.3)"]
    for arguments, environment in (
        ([FATHER.full_name], {}),
        ([], {"MOTCUA_PIN": PIN}),
        (["--key", day.texts[0].encode("utf-16-le").hex()], {}),
    ):
        subprocess.run([*nap, *arguments], check=True, env={**os.environ, **environment})
    assert sorted(leak.path.name for leak in day.watch.leaks()) == ["cmdline", "cmdline", "environ"]


def test_a_file_that_lay_open_for_a_moment_is_found(day: WorkingDay) -> None:
    path = day.commune.temporary / "scan.pnm"
    path.write_bytes(b"P6 " + FATHER.personal_number.encode())
    until(lambda: day.watch.leaks())
    path.unlink()
    assert [leak.path for leak in day.watch.leaks()] == [path]


@pytest.mark.skipif(
    Path("/proc/sys/kernel/core_pattern").exists()
    and Path("/proc/sys/kernel/core_pattern").read_text().strip() != "core",
    reason="this computer gives dumps of memory to a program",
)
def test_a_program_that_does_not_forbid_it_leaves_a_dump_of_its_memory(day: WorkingDay, tmp_path: Path) -> None:
    if resource.getrlimit(resource.RLIMIT_CORE)[0] == 0:
        pytest.skip("this computer allows no dumps of memory")
    dies = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
    subprocess.run([sys.executable, "-S", "-c", dies], check=False, cwd=tmp_path)
    assert core_files(tmp_path)


@pytest.mark.full
@pytest.mark.timeout(590)
@pytest.mark.expects_log("workstation.desk", "ERROR")
@pytest.mark.expects_log("scanning.reading_worker")
def test_a_long_day_leaves_nothing_readable_behind(day: WorkingDay) -> None:
    dumps = core_files(Path.cwd(), day.commune.root)
    work(day)
    for citizen in (SINGLE_WOMAN, LANDOWNER):
        with day.signed_in() as session:
            with day.in_the_background(session):
                dossier_id = day.fill_in(session, citizen)
                day.scan(session, dossier_id, list(SAMPLE_PAPERS)[:4], kills_the_reader=False)
                day.hand_in_the_rest(session, dossier_id)
                day.sign(session, dossier_id)
                day.receive(session, dossier_id)
                day.search(session, citizen.full_name)
                assert day.leaks() == ()
            for _ in take_snapshot(session.store, now()):
                pass
        day.mistype_the_password()
        with day.commune.gateway_running(), day.signed_in() as session:
            day.start_courier()
            sync_now(day.commune.desk)
            until_delivered(day.commune, session, dossier_id)
            day.commune.stop_courier()
        assert day.leaks() == ()
    tear_and_repair(day)
    assert day.leaks() == ()
    assert core_files(Path.cwd(), day.commune.root) == dumps


def tear_and_repair(day: WorkingDay) -> None:
    """Damage a page of the database, and repair it."""
    with day.signed_in() as session:
        database = session.folder.root / "desk.db"
        keys = StoreKeys(session.store.keys.database_key, session.store.keys.database_salt, os.urandom(32))
    torn = {page for page, _ in whereabouts(database, keys)["persons"].values()}
    damage(database, torn, random.Random(4))
    proof = ClerkPassword(CLERK_LOGIN, day.password)
    report = repair_store(day.commune.desk, proof, clock=now, random_bytes=os.urandom)
    assert report.has_losses
