# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that loses its power: records what programs do to a folder, and makes the folders that a cut could leave.

The recorder (``crash_disk.c``) stands between the programs and the operating system, so it sees the database engine
and Python alike, in one order. The model of the disk is a hard one: what was not synced may be there or not, sector by
sector and in any order; a name that was given, changed or removed may be there or not until its folder was synced; of
a file of shared memory anything at all may be left.
"""

from __future__ import annotations

import enum
import os
import random
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SOURCE = Path(__file__).with_name("crash_disk.c")
SECTORS = (512, 4096)
_HEAD = struct.Struct("=c3xIQQ")


class Kind(enum.Enum):
    """What a record tells; ``crash_disk.c`` has the list."""

    MADE = b"C"
    FOLDER_MADE = b"M"
    OPENED = b"O"
    WRITTEN = b"W"
    CUT = b"T"
    SYNCED = b"S"
    RENAMED = b"R"
    LINKED = b"L"
    REMOVED = b"U"
    FOLDER_REMOVED = b"D"
    SHARED = b"P"
    SAID = b"Y"
    NOT_FOLLOWED = b"X"


@dataclass(frozen=True, slots=True)
class Record:
    """One change, or one thing said.

    Attributes:
        kind: What happened.
        inode: Of the file it happened to.
        number: Offset or size in bytes.
        payload: What was written or said, or the names, each ended by a zero byte but the last.
    """

    kind: Kind
    inode: int
    number: int
    payload: bytes = field(repr=False)

    @property
    def path(self) -> str:
        """The first name."""
        return self.payload.split(b"\0")[0].decode()

    @property
    def other_path(self) -> str:
        """The second name."""
        return self.payload.split(b"\0")[1].decode()


def build(folder: Path) -> Path:
    """Build the recorder; give the library."""
    library = folder / "crash_disk.so"
    options = ["-Wall", "-Wextra", "-Werror", "-O2", "-shared", "-fPIC", "-pthread"]
    subprocess.run(["gcc", *options, "-o", library, SOURCE, "-ldl"], check=True, capture_output=True)
    return library


def record(library: Path, disk: Path, program: Sequence[str], stdin: str = "") -> list[Record]:
    """Run a Python program whose changes below ``disk`` are recorded; it ends by itself.

    What it has told the world it writes to the file named by ``MOTCUA_DISK_SAID``.
    """
    log, said = disk.with_name(f"{disk.name}.log"), disk.with_name(f"{disk.name}.said")
    log.unlink(missing_ok=True)
    said.touch()
    environment = {
        **os.environ,
        "LD_PRELOAD": str(library),
        "MOTCUA_DISK": str(disk.resolve()),
        "MOTCUA_DISK_LOG": str(log),
        "MOTCUA_DISK_SAID": str(said.resolve()),
    }
    done = subprocess.run(
        [sys.executable, *program], input=stdin, env=environment, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return list(_records(log.read_bytes()))


def _records(log: bytes) -> Iterator[Record]:
    at = 0
    while at < len(log):
        kind, length, inode, number = _HEAD.unpack_from(log, at)
        at += _HEAD.size
        yield Record(Kind(kind), inode, number, log[at : at + length])
        at += length


@dataclass(slots=True, eq=False)
class _File:
    """A file or folder: what the disk is sure to have, and what was done since."""

    content: bytearray = field(default_factory=bytearray)
    names: dict[str, _File] | None = None
    changes: list[tuple[int, bytes | None]] = field(default_factory=list)
    renamings: list[dict[str, _File | None]] = field(default_factory=list)

    def sync(self) -> None:
        for change in self.changes:
            _apply(self.content, change)
        for renaming in self.renamings:
            assert self.names is not None
            _rename(self.names, renaming)
        self.changes, self.renamings = [], []


def _apply(content: bytearray, change: tuple[int, bytes | None]) -> None:
    at, written = change
    if written is None:
        del content[at:]
        content.extend(bytes(at - len(content)))
    else:
        content.extend(bytes(max(0, at - len(content))))
        content[at : at + len(written)] = written


def _rename(names: dict[str, _File], renaming: dict[str, _File | None]) -> None:
    for name, file in renaming.items():
        if file is None:
            names.pop(name, None)
        else:
            names[name] = file


class Disk:
    """What programs believe is on the disk, and what is on it for sure."""

    def __init__(self, folder: Path) -> None:
        """Begin with a folder as it lies there, all of it synced."""
        self._root = str(folder.resolve())
        self._by_path: dict[str, _File] = {}
        self._by_inode: dict[int, _File] = {}
        self._take(folder.resolve())

    def _take(self, path: Path) -> _File:
        file = _File(names={}) if path.is_dir() else _File(bytearray(path.read_bytes()))
        self._by_path[str(path)] = file
        self._by_inode[path.stat().st_ino] = file
        if file.names is not None:
            for below in path.iterdir():
                file.names[below.name] = self._take(below)
        return file

    def happen(self, record: Record) -> None:
        """Let a recorded change happen."""
        match record.kind:
            case Kind.MADE | Kind.FOLDER_MADE:
                file = _File(names={} if record.kind is Kind.FOLDER_MADE else None)
                self._by_inode[record.inode] = file
                self._name(record.path, file)
            case Kind.WRITTEN:
                self._by_inode[record.inode].changes.append((record.number, record.payload))
            case Kind.CUT:
                self._by_inode[record.inode].changes.append((record.number, None))
            case Kind.SYNCED:
                self._by_inode[record.inode].sync()
            case Kind.RENAMED:
                self._move(record.path, record.other_path)
            case Kind.LINKED:
                self._name(record.other_path, self._by_path[record.path])
            case Kind.REMOVED | Kind.FOLDER_REMOVED:
                self._name(record.path, None)
            case Kind.SHARED if record.path.endswith("-shm"):
                pass
            case Kind.NOT_FOLLOWED | Kind.SHARED:
                raise AssertionError(f"the recorder does not follow {record.path}")
            case Kind.OPENED | Kind.SAID:
                pass

    def _name(self, path: str, file: _File | None) -> None:
        parent, _, name = path.rpartition("/")
        self._by_path[parent].renamings.append({name: file})
        if file is None:
            del self._by_path[path]
        else:
            self._by_path[path] = file

    def _move(self, old: str, new: str) -> None:
        file = self._by_path.pop(old)
        (old_parent, _, old_name), (new_parent, _, new_name) = old.rpartition("/"), new.rpartition("/")
        if old_parent == new_parent:  # one step: never both names, never none
            self._by_path[old_parent].renamings.append({old_name: None, new_name: file})
        else:
            self._by_path[old_parent].renamings.append({old_name: None})
            self._by_path[new_parent].renamings.append({new_name: file})
        self._by_path[new] = file
        for path in [path for path in self._by_path if path.startswith(f"{old}/")]:
            self._by_path[new + path.removeprefix(old)] = self._by_path.pop(path)

    def lay_out(self, target: Path) -> None:
        """Write the folder as the programs see it."""
        self._lay_out(self._by_path[self._root], target, None)

    def cut(self, target: Path, chance: random.Random) -> None:
        """Write a folder that a power cut at this moment could leave."""
        self._lay_out(self._by_path[self._root], target, chance)

    def _lay_out(self, file: _File, target: Path, chance: random.Random | None) -> None:
        if file.names is None:
            content = _survived(file, target.name, chance)
            target.write_bytes(content)
            return
        target.mkdir()
        names = dict(file.names)
        for renaming in _kept(file.renamings, chance):
            _rename(names, renaming)
        for name, below in names.items():
            self._lay_out(below, target / name, chance)


def _kept(
    renamings: Sequence[dict[str, _File | None]], chance: random.Random | None
) -> Sequence[dict[str, _File | None]]:
    if chance is None:
        return renamings
    if chance.random() < 0.7:  # a journal keeps their order
        return renamings[: chance.randint(0, len(renamings))]
    return [renaming for renaming in renamings if chance.random() < 0.5]


def _survived(file: _File, name: str, chance: random.Random | None) -> bytes:
    content = bytearray(file.content)
    if chance is None:
        for change in file.changes:
            _apply(content, change)
        return bytes(content)
    if name.endswith("-shm"):
        return chance.choice((b"", bytes(32768), chance.randbytes(32768)))
    sector, survival = chance.choice(SECTORS), chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
    for at, written in file.changes:
        if written is None:
            if chance.random() < survival:
                _apply(content, (at, None))
            continue
        for begin, end in _sectors(at, len(written), sector):
            if chance.random() < survival:
                _apply(content, (begin, written[begin - at : end - at]))
    return bytes(content)


def _sectors(at: int, length: int, sector: int) -> Iterator[tuple[int, int]]:
    begin = at
    while begin < at + length:
        end = min((begin // sector + 1) * sector, at + length)
        yield begin, end
        begin = end
