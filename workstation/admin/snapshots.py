# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin snapshot``: take snapshots, see which there are, and choose where they are carried to."""

from __future__ import annotations

import argparse
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

from casework.errors import KnownError
from casework.rights import Right
from workstation.admin.command import (
    DONE,
    NOTHING_THERE,
    REFUSED,
    Command,
    Subcommands,
    add_group,
    add_leaf,
    day_and_time,
    now,
)
from workstation.desk.carry_snapshot import SnapshotOutcome, carry_snapshot
from workstation.desk.choose_backup_places import add_backup_place, backup_overview, remove_backup_place
from workstation.desk.restore_store import KeptSnapshot, list_snapshots
from workstation.desk.sentences import sentence
from workstation.desk.take_snapshot import FOLDER_NAME, take_snapshot

Result = TypeVar("Result")


def add_commands(commands: Subcommands[argparse.ArgumentParser]) -> None:
    """Add the group to the command line."""
    group = add_group(commands, "snapshot", "bản sao lưu / snapshots")
    add_leaf(group, "now", _now, "sao lưu ngay, cả ra các nơi đã chọn / take one now, also to the chosen places")
    listing = add_leaf(
        group, "list", _list, "các bản sao lưu, mới nhất trước / the snapshots, newest first", signs_in=False
    )
    add_folder(listing)
    add_leaf(group, "places", _places, "các nơi đã chọn / the chosen places")
    for name, run, about in (
        (
            "add-place",
            _add_place,
            "thêm một nơi: ổ đĩa khác, USB, thư mục mạng / add a place: another disk, a stick, a share",
        ),
        (
            "remove-place",
            _remove_place,
            "không sao lưu ra đó nữa; các bản cũ còn nguyên / carry nothing there any more",
        ),
    ):
        leaf = add_leaf(group, name, run, about)
        leaf.add_argument("folder", type=Path, metavar="FOLDER", help="đường dẫn đầy đủ / full path")


def add_folder(leaf: argparse.ArgumentParser) -> None:
    """Add the folder whose snapshots are meant."""
    leaf.add_argument(
        "folder",
        type=Path,
        nargs="?",
        metavar="FOLDER",
        help="nơi có bản sao lưu; mặc định: trong thư mục dữ liệu / where they lie; default: in the data folder",
    )


def snapshots_of(command: Command) -> list[KeptSnapshot]:
    """Give the snapshots that the command line means, newest first.

    Raises:
        KnownError: As ``list_snapshots``.
    """
    chosen: Path | None = command.options.folder
    folder = chosen or command.folder.root / FOLDER_NAME
    if chosen is None and not folder.exists():
        return []  # it is made with the first snapshot
    return list_snapshots(folder)


def complete_snapshots(folder: Path) -> list[KeptSnapshot]:
    """Give the snapshots in a folder that have all their blocks, of whichever desks, newest first.

    Raises:
        KnownError: ``no-snapshot``, and as ``list_snapshots``.
    """
    found = [kept for kept in list_snapshots(folder) if kept.is_complete]
    if not found:
        raise KnownError("no-snapshot")
    return found


def snapshot_line(number: int, kept: KeptSnapshot) -> str:
    """Write a snapshot as a line of a list; its desk by the device_id, as the recovery sheet and ``identity`` do."""
    whole = "" if kept.is_complete else "\tthiếu khối / blocks are missing"
    size = kept.manifest.database_size / 10**6
    desk = kept.manifest.device_id or "-"
    return f"{number}\t{day_and_time(kept.manifest.taken_at)}\t{size:.1f} MB\t{desk}{whole}"


def _now(command: Command) -> int:
    with command.session() as session:
        session.require(Right.TAKE_SNAPSHOT)
        manifest = _finished(take_snapshot(session.store, now()))
        outcomes = [outcome for outcome in carry_snapshot(session.store, now()) if outcome]
    command.answer(
        {
            "taken_at": manifest.taken_at.isoformat(),
            "places": [{"folder": str(each.folder), "code": each.code} for each in outcomes],
        },
        [
            f"{day_and_time(manifest.taken_at)}\t{manifest.database_size / 10**6:.1f} MB",
            *(f"{each.folder}\t{_how_it_went(each)}" for each in outcomes),
        ],
    )
    return REFUSED if any(each.code for each in outcomes) else DONE


def _how_it_went(outcome: SnapshotOutcome) -> str:
    if not outcome.code:
        return "xong / done"
    details = {"folder": str(outcome.folder)}
    return " / ".join(sentence(outcome.code, details, language).happened for language in ("vi", "en"))


def _list(command: Command) -> int:
    found = snapshots_of(command)
    facts = [
        {
            "number": number,
            "taken_at": kept.manifest.taken_at.isoformat(),
            "store_id": kept.manifest.store_id,
            "device_id": kept.manifest.device_id,
            "schema_version": kept.manifest.schema_version,
            "database_size": kept.manifest.database_size,
            "objects": kept.manifest.object_count,
            "is_complete": kept.is_complete,
        }
        for number, kept in enumerate(found, start=1)
    ]
    command.answer({"snapshots": facts}, [snapshot_line(number, kept) for number, kept in enumerate(found, start=1)])
    return DONE if found else NOTHING_THERE


def _places(command: Command) -> int:
    with command.session() as session:
        overview = backup_overview(session)
    facts = [
        {
            "folder": str(place.folder),
            "last_snapshot_at": place.last_snapshot_at.isoformat() if place.last_snapshot_at else None,
            "last_error_code": place.last_error_code,
        }
        for place in overview.places
    ]
    lines = [
        f"{place.folder}\t{day_and_time(place.last_snapshot_at)}\t{place.last_error_code}" for place in overview.places
    ]
    newest = overview.newest_at.isoformat() if overview.newest_at else None
    command.answer({"newest_at": newest, "places": facts}, [line.rstrip("\t") for line in lines])
    return DONE


def _add_place(command: Command) -> int:
    with command.session() as session:
        add_backup_place(session, command.options.folder)
    return _told(command)


def _remove_place(command: Command) -> int:
    with command.session() as session:
        remove_backup_place(session, command.options.folder)
    return _told(command)


def _told(command: Command) -> int:
    command.answer({"folder": str(command.options.folder)}, [f"{command.options.folder}: xong / done"])
    return DONE


def _finished(steps: Generator[object, None, Result]) -> Result:
    """Take all steps and give what comes out."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Result = end.value
            return result
