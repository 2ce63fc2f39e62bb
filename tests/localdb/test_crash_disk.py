# SPDX-License-Identifier: GPL-3.0-or-later
"""The recorder under the crash tests sees everything, and its disk forgets what a disk may forget."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.localdb import power_cuts
from tests.localdb.crash_disk import Disk, Kind, Record, build, record

if sys.platform != "linux":
    pytest.skip("records through the loader of Linux", allow_module_level=True)

WITNESSED = """
import sys
from sqlcipher3 import dbapi2
connection = dbapi2.connect(":memory:")
connection.enable_load_extension(True)
connection.load_extension(sys.argv.pop(1))
from tests.localdb import desk_hands
desk_hands.main()
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("library"))


@pytest.fixture
def run(library: Path, tmp_path: Path) -> Callable[[str], tuple[Path, Disk, list[Record]]]:
    """Run a piece of Python in a recorded folder."""

    def run(program: str) -> tuple[Path, Disk, list[Record]]:
        folder = tmp_path / "disk"
        folder.mkdir()
        (folder / "old").write_bytes(b"old")
        disk = Disk(folder)
        head = f"import os, shutil; os.chdir({str(folder)!r}); folder = os.open('.', os.O_RDONLY)\n"
        return folder, disk, record(library, folder, ["-c", head + program])

    return run


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): b"" if path.is_dir() else path.read_bytes() for path in folder.rglob("*")
    }


def what_cuts_leave(disk: Disk, target: Path, cuts: int = 200) -> set[tuple[tuple[str, bytes], ...]]:
    chance = random.Random(1)
    left = set()
    target.mkdir(exist_ok=True)
    for number in range(cuts):
        disk.cut(target / str(number), chance)
        left.add(tuple(sorted(contents(target / str(number)).items())))
    return left


def test_a_recorded_day_happens_again_byte_for_byte(library: Path, tmp_path: Path) -> None:
    day = power_cuts.work(library, tmp_path, 7, 25)
    for change in day.records:
        day.disk.happen(change)
    day.disk.lay_out(tmp_path / "again")
    assert contents(tmp_path / "again") == contents(day.folder)
    shared = [change.path for change in day.records if change.kind is Kind.SHARED]
    assert shared == [str(day.folder / "desk.db-shm")]  # the engine rebuilds it; every cut leaves something else in it


def test_the_recorder_sees_what_the_engine_asks_its_file_system_for(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The witness is a file system loaded into the shipped engine as an extension."""
    extension = tmp_path / "witness_vfs.so"
    source = Path(__file__).with_name("witness_vfs.c")
    subprocess.run(["gcc", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", extension, source], check=True)
    lines = tmp_path / "witness.txt"
    monkeypatch.setenv("MOTCUA_WITNESS", str(lines))
    day = power_cuts.work(library, tmp_path, 3, 15, program=("-c", WITNESSED, str(extension)))
    files = {str(day.folder / f"desk.db{end}") for end in ("", "-wal", "-journal")}
    asked = [line.split(" ", 3) for line in lines.read_text().splitlines()]
    inodes: dict[int, str] = {}
    seen = []
    for change in day.records:
        match change.kind:
            case Kind.MADE | Kind.OPENED:
                inodes[change.inode] = change.path
            case Kind.WRITTEN if inodes.get(change.inode) in files:
                seen.append(["W", str(change.number), str(len(change.payload)), inodes[change.inode]])
            case Kind.CUT if inodes.get(change.inode) in files:
                seen.append(["T", str(change.number), "0", inodes[change.inode]])
            case Kind.SYNCED if inodes.get(change.inode) in files:
                seen.append(["S", "0", "0", inodes[change.inode]])
            case Kind.REMOVED if change.path in files:
                seen.append(["U", "0", "0", change.path])
            case _:
                pass
    assert len(seen) > 300
    assert seen == asked


def test_what_was_not_synced_may_be_there_or_not(
    run: Callable[[str], tuple[Path, Disk, list[Record]]], tmp_path: Path
) -> None:
    _, disk, records = run("open('new', 'wb').write(b'new'); os.fsync(folder)")
    for change in records:
        disk.happen(change)
    old = ("old", b"old")
    assert what_cuts_leave(disk, tmp_path) == {(("new", b""), old), (("new", b"new"), old)}


def test_a_name_that_was_not_synced_may_be_there_or_not(
    run: Callable[[str], tuple[Path, Disk, list[Record]]], tmp_path: Path
) -> None:
    _, disk, records = run("file = open('new', 'wb'); file.write(b'new'); file.flush(); os.fsync(file.fileno())")
    for change in records:
        disk.happen(change)
    old = ("old", b"old")
    assert what_cuts_leave(disk, tmp_path) == {(old,), (("new", b"new"), old)}


def test_a_rename_leaves_the_old_content_or_the_new_and_after_the_sync_the_new(
    run: Callable[[str], tuple[Path, Disk, list[Record]]], tmp_path: Path
) -> None:
    _, disk, records = run(
        "file = open('part', 'wb'); file.write(b'new'); file.flush(); os.fsync(file.fileno()); file.close()\n"
        "os.replace('part', 'old'); os.fsync(folder)"
    )
    for change in records[:-1]:
        disk.happen(change)
    assert what_cuts_leave(disk, tmp_path / "before") == {
        (("old", b"old"),),
        (("old", b"old"), ("part", b"new")),
        (("old", b"new"),),
    }
    disk.happen(records[-1])
    assert what_cuts_leave(disk, tmp_path / "after") == {(("old", b"new"),)}


def test_a_large_write_is_torn_between_sectors(
    run: Callable[[str], tuple[Path, Disk, list[Record]]], tmp_path: Path
) -> None:
    _, disk, records = run("file = os.open('old', os.O_RDWR); os.pwrite(file, b'x' * 2048, 1024)")
    for change in records:
        disk.happen(change)
    left = what_cuts_leave(disk, tmp_path)
    assert len(left) > 10
    for ((_, content),) in left:
        sectors = [content[at : at + 512] for at in range(1024, len(content), 512)]
        assert {bytes(set(sector)) for sector in sectors} <= {b"x", b"\0"}


def test_folders_copies_and_second_names_are_followed(
    run: Callable[[str], tuple[Path, Disk, list[Record]]], tmp_path: Path
) -> None:
    folder, disk, records = run(
        "os.makedirs('a/b'); shutil.copy('old', 'a/b/copy'); os.link('old', 'a/second'); os.truncate('a/second', 1)\n"
        "os.rename('a', 'c'); open('c/b/more', 'ab').write(b'1'); open('c/b/more', 'ab').write(b'2')\n"
        "os.mkdir('gone'); os.rmdir('gone'); shutil.copytree('c', 'd'); shutil.rmtree('d')"
    )
    for change in records:
        disk.happen(change)
    disk.lay_out(tmp_path / "again")
    assert contents(tmp_path / "again") == contents(folder)
