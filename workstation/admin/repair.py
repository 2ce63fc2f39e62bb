# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin repair``: save what a damaged database still holds, and say exactly what it does not."""

from __future__ import annotations

import argparse
import json
import secrets
from pathlib import Path

from localdb import durable_file
from localdb.repair_report import RepairReport
from workstation.admin import proof
from workstation.admin.command import DAMAGE_FOUND, DONE, Command, Subcommands, add_leaf, now
from workstation.admin.snapshots import complete_snapshots
from workstation.desk.repair_store import as_document, repair_store


def add_commands(commands: Subcommands[argparse.ArgumentParser]) -> None:
    """Add it to the command line."""
    repair = add_leaf(
        commands,
        "repair",
        _repair,
        "cứu những gì đọc được từ cơ sở dữ liệu hỏng, liệt kê những gì mất"
        " / save what can be read of a damaged database, list what is lost",
        signs_in=False,
    )
    proof.add_options(repair)
    repair.add_argument(
        "--fill-from",
        type=Path,
        metavar="FOLDER",
        help="bù hàng bị mất từ bản sao lưu mới nhất của quầy này ở đó"
        " / fill lost rows from this desk's newest snapshot there",
    )
    repair.add_argument(
        "--report", type=Path, metavar="FILE.json", help="ghi báo cáo ra tệp mới / write the report to a new file"
    )


def _repair(command: Command) -> int:
    path: Path | None = command.options.report
    if path is not None:
        command.require_new_file(path)
    snapshots = complete_snapshots(command.options.fill_from) if command.options.fill_from else []
    report = repair_store(
        command.folder,
        proof.ask(command),
        snapshots=snapshots,
        clock=now,
        random_bytes=secrets.token_bytes,
        on_table=lambda table, done, total: command.tell_progress(f"{done + 1}/{total} {table}"),
    )
    document = as_document(report)
    # Told first: the file may find no room, and nobody can ask for the report another time.
    command.answer(document, _lines(report))
    if path is not None:
        with durable_file.replacing(path) as file:
            file.write(json.dumps(document, indent=1).encode() + b"\n")
    return DAMAGE_FOUND if report.has_losses else DONE


def _lines(report: RepairReport) -> list[str]:
    lines = [f"Trang hỏng / damaged pages: {len(report.damaged_pages)}"]
    if report.lost_commits:
        lines.append(f"Thay đổi bị mất cùng nhật ký / changes lost with the log: {report.lost_commits}+")
    for table in report.tables:
        lost = sum(loss.count or 0 for loss in table.losses)
        unknown = "+?" if any(loss.count is None for loss in table.losses) else ""
        lines.append(
            f"{table.table}\tcứu / saved {table.saved}\tmất / lost {lost}{unknown}\tbù / filled {len(table.filled)}"
        )
    lines.append(f"Tệp hỏng được giữ ở / the damaged file is kept at: {report.kept_aside}")
    if report.needs_enrolment:
        lines.append(
            "Bước tiếp: xin tệp đăng ký máy mới của tỉnh, rồi / next: get a new enrolment file from the province, then"
            " ./motcua admin enrol FILE"
        )
    return lines
