# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin former``: take over the dossiers of a former system from a table, or tell what would come of it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from casework.former.columns import read_column_file
from casework.former.findings import sentence
from casework.records.former_dossier import FormerColumn
from localdb import durable_file
from workstation.admin.command import DONE, Command, Subcommands, add_group, add_leaf
from workstation.desk.import_dossiers import ImportOutcome, ImportReport, check_import, import_dossiers

_OUTCOMES = {
    ImportOutcome.NEW: "mới / new",
    ImportOutcome.UNCHANGED: "không đổi / unchanged",
    ImportOutcome.CONFLICT: "khác với bản trên máy, giữ bản trên máy / differs from what is here, which stays",
    ImportOutcome.OWN: "trùng mã hồ sơ của trung tâm / code of a dossier of this centre",
    ImportOutcome.REFUSED: "bị từ chối / refused",
}


def add_commands(commands: Subcommands[argparse.ArgumentParser]) -> None:
    """Add the group to the command line."""
    group = add_group(commands, "former", "hồ sơ của hệ thống cũ / dossiers of a former system")
    check = add_leaf(group, "check", _check, "kiểm tra bảng, không ghi gì / check a table, nothing is written")
    _add_table(check)
    take_over = add_leaf(
        group,
        "import",
        _import,
        "nhập các dòng không có lỗi, giữ mã cũ / take in the rows without errors, with their own codes",
    )
    _add_table(take_over)


def _check(command: Command) -> int:
    named = _named_columns(command)
    command.require_file(command.options.table)
    with command.session() as session:
        report = check_import(session, command.options.table, named)
    _answer(command, report)
    return DONE


def _import(command: Command) -> int:
    named = _named_columns(command)
    command.require_file(command.options.table)
    with command.session() as session:
        report = import_dossiers(
            session,
            command.options.table,
            named,
            lambda done, total: command.tell_progress(f"nhập hồ sơ / importing: {done}/{total}"),
        )
    _answer(command, report)
    return DONE


def _named_columns(command: Command) -> Mapping[FormerColumn, str] | None:
    path: Path | None = command.options.columns
    if path is None:
        return None
    command.require_file(path)
    with durable_file.explained():
        return read_column_file(path.read_bytes())


def _answer(command: Command, report: ImportReport) -> None:
    """Tell rows and codes, and nothing of a person."""
    quality = report.table.quality
    facts = {
        "counts": {outcome.value: report.count(outcome) for outcome in ImportOutcome},
        "rows": quality.rows,
        "refused_rows": sorted({finding.row for finding in report.findings if finding.is_error}),
        "repeated_rows": list(report.table.repeated_rows),
        "quality": {
            "right": quality.right,
            "complete": quality.complete,
            "clean": quality.clean,
            "alive": quality.alive,
        },
        "unknown_columns": list(report.table.columns.unknown_headers),
        "conflicts": [
            {"row": row.row, "code": row.code, "differing": list(row.differing)}
            for row in report.rows
            if row.outcome is ImportOutcome.CONFLICT
        ],
        "findings": [
            {
                "row": finding.row,
                "column": finding.column,
                "kind": finding.kind.value,
                "is_error": finding.is_error,
                "sentence": sentence(finding),
            }
            for finding in report.findings
        ],
    }
    lines = [f"{quality.rows} dòng / rows"]
    lines += [f"{report.count(outcome)}\t{words}" for outcome, words in _OUTCOMES.items()]
    lines += [
        f"{quality.right} đúng / right, {quality.complete} đủ / complete, {quality.clean} sạch / clean,"
        f" {quality.alive} sống / kept up"
    ]
    lines += [
        f"{finding.row}\t{'LỖI' if finding.is_error else 'lưu ý'}\t{finding.column}\t{sentence(finding)}"
        for finding in report.findings
    ]
    command.answer(facts, lines)


def _add_table(leaf: argparse.ArgumentParser) -> None:
    leaf.add_argument("table", type=Path, metavar="FILE", help="bảng CSV hoặc XLSX / table, CSV or XLSX")
    leaf.add_argument(
        "--columns",
        type=Path,
        metavar="FILE",
        help="tệp JSON nêu tên cột / JSON file that names the columns:"
        f" {', '.join(column.value for column in FormerColumn)}",
    )
