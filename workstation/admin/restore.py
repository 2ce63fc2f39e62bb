# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin restore``: from a snapshot back to a desk, step by step."""

from __future__ import annotations

import argparse
import secrets
import sys

from casework.errors import KnownError
from workstation.admin import proof
from workstation.admin.command import DONE, Command, Subcommands, add_leaf, day_and_time, now
from workstation.admin.snapshots import add_folder, snapshot_line, snapshots_of
from workstation.desk.restore_store import (
    KeptSnapshot,
    RestoreProgress,
    RestoreStage,
    restore_store,
)

_STAGES = {
    RestoreStage.DATABASE: "ghép cơ sở dữ liệu / the database",
    RestoreStage.CHECKING: "kiểm tra / checking",
    RestoreStage.OBJECTS: "bản quét / scans",
    RestoreStage.FINISHING: "hoàn tất / finishing",
}


def add_commands(commands: Subcommands[argparse.ArgumentParser]) -> None:
    """Add it to the command line."""
    restore = add_leaf(
        commands,
        "restore",
        _restore,
        "khôi phục kho từ một bản sao lưu, có hướng dẫn / restore a store from a snapshot, step by step",
        signs_in=False,
    )
    add_folder(restore)
    proof.add_options(restore)
    restore.add_argument(
        "--number",
        type=int,
        metavar="N",
        help="số trong danh sách; không có thì hỏi / number in the list; else it asks",
    )
    restore.add_argument(
        "--replace",
        action="store_true",
        help="dời kho hỏng đang có sang một bên, không xóa / set a store that is there aside; it is not deleted",
    )


def _restore(command: Command) -> int:
    snapshot = _chosen(command, snapshots_of(command))
    report = restore_store(
        snapshot,
        proof.ask(command),
        command.folder,
        replaces=command.options.replace,
        clock=now,
        random_bytes=secrets.token_bytes,
        on_progress=lambda progress: command.tell_progress(_percent(progress)),
    )
    command.answer(
        {
            "taken_at": report.taken_at.isoformat(),
            "copied_objects": report.copied_objects,
            "found_objects": report.found_objects,
            "missing_objects": list(report.missing_objects),
            "set_aside": str(report.set_aside) if report.set_aside else None,
        },
        [
            f"Kho như lúc / the store as of {day_and_time(report.taken_at)}",
            f"Bản quét / scans: {report.copied_objects} từ bản sao / copied, {report.found_objects} tại chỗ / found,"
            f" {len(report.missing_objects)} thiếu / missing",
            *([f"Kho cũ / the store before: {report.set_aside}"] if report.set_aside else []),
            "Bước tiếp: xin tệp đăng ký máy mới của tỉnh, rồi / next: get a new enrolment file from the province, then"
            " ./motcua admin enrol FILE",
        ],
    )
    return DONE


def _chosen(command: Command, found: list[KeptSnapshot]) -> KeptSnapshot:
    if not found:
        raise KnownError("no-snapshot")
    number: int | None = command.options.number
    if number is None:
        sys.stderr.writelines(f"{snapshot_line(each, kept)}\n" for each, kept in enumerate(found, start=1))
        newest = next((str(each) for each, kept in enumerate(found, start=1) if kept.is_complete), "")
        if len({kept.manifest.store_id for kept in found}) > 1:
            newest = ""  # which desk is meant is for a person to say
        answer = command.ask(f"Khôi phục bản số / Restore number{f' [{newest}]' if newest else ''}: ") or newest
        number = int(answer) if answer.isdecimal() else 0
    if not 1 <= number <= len(found):
        raise KnownError("no-snapshot")
    return found[number - 1]


def _percent(progress: RestoreProgress) -> str:
    return f"{_STAGES[progress.stage]}: {100 * progress.done // max(progress.total, 1)} %"
