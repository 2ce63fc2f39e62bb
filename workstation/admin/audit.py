# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin audit``: whether the trail is the one that was written, and its content for a reader outside."""

from __future__ import annotations

import argparse
from pathlib import Path

from localdb import durable_file
from workstation.admin.command import DAMAGE_FOUND, DONE, Command, Subcommands, add_group, add_leaf, day_and_time
from workstation.desk.export_audit import ExportForm, export_audit
from workstation.desk.list_anchors import list_anchors
from workstation.desk.verify_audit import Finding, FindingKind, verify_audit

_WORDS = {
    FindingKind.CHANGED: "bị sửa / changed",
    FindingKind.REWRITTEN: "bị viết lại / rewritten",
    FindingKind.REMOVED: "bị xóa / removed",
    FindingKind.REORDERED: "bị đổi chỗ / reordered",
    FindingKind.INSERTED: "bị chèn / inserted",
    FindingKind.CUT_OFF: "bị cắt đuôi / cut off",
}


def add_commands(commands: Subcommands[argparse.ArgumentParser]) -> None:
    """Add the group to the command line."""
    group = add_group(commands, "audit", "nhật ký kiểm toán / the audit trail")
    verify = add_leaf(
        group,
        "verify",
        _verify,
        "kiểm tra nhật ký, chỉ đúng dòng bị sửa, xóa, đổi chỗ / check the trail; names what was tampered with",
    )
    verify.add_argument(
        "--witness",
        type=Path,
        metavar="FILE",
        help="tệp chứng nhận của tỉnh: ./motcua gateway anchors --json / the province's witness file",
    )
    export = add_leaf(group, "export", _export, "ghi nhật ký ra tệp mới / write the trail to a new file")
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("--csv", action="store_true", help="CSV thay vì JSON từng dòng / CSV instead of lines of JSON")
    add_leaf(group, "anchors", _anchors, "mốc ký từng ngày của nhật ký / the day's signed anchors of the trail")


def _verify(command: Command) -> int:
    path: Path | None = command.options.witness
    witness_file = None
    if path is not None:
        command.require_file(path)
        with durable_file.explained():
            witness_file = path.read_bytes()
    with command.session() as session:
        report = verify_audit(session, witness_file)
    lines = [f"{report.entries} dòng / entries, {report.anchors} mốc / anchors"]
    lines += [_line(finding) for finding in report.findings]
    lines += [f"thuộc đời trước / of an earlier life: {finding.first}–{finding.last}" for finding in report.left_behind]
    lines.append(
        "Nhật ký nguyên vẹn / the trail is whole" if report.chain_ok else "NHẬT KÝ BỊ SỬA / THE TRAIL IS NOT WHOLE"
    )
    command.answer(
        {
            "entries": report.entries,
            "anchors": report.anchors,
            "chain_ok": report.chain_ok,
            "findings": [_facts(finding) for finding in report.findings],
            "left_behind": [_facts(finding) for finding in report.left_behind],
        },
        lines,
    )
    return DONE if report.chain_ok else DAMAGE_FOUND


def _export(command: Command) -> int:
    path: Path = command.options.file
    command.require_new_file(path)
    with command.session() as session:
        count = export_audit(session, path, ExportForm.CSV if command.options.csv else ExportForm.JSON_LINES)
    command.answer({"entries": count, "file": str(path)}, [f"{path}: {count} dòng / entries"])
    return DONE


def _anchors(command: Command) -> int:
    with command.session() as session:
        anchors = list_anchors(session)
    facts = [
        {
            "day": anchor.day.isoformat(),
            "entry_number": anchor.entry_number,
            "entry_hash": anchor.entry_hash.hex(),
            "device_id": anchor.device_id,
            "made_at": anchor.made_at.isoformat(),
        }
        for anchor in anchors
    ]
    lines = [
        f"{anchor.day}\t{anchor.entry_number}\t{anchor.entry_hash.hex()[:16]}…\t{day_and_time(anchor.made_at)}"
        for anchor in anchors
    ]
    command.answer({"anchors": facts}, lines)
    return DONE


def _line(finding: Finding) -> str:
    which = f"{finding.first}" if finding.first == finding.last else f"{finding.first}–{finding.last}"
    moved = "" if finding.came_from is None else f" (từ / from {finding.came_from})"
    return f"dòng / entry {which}: {_WORDS[finding.kind]}{moved}"


def _facts(finding: Finding) -> dict[str, object]:
    return {
        "kind": finding.kind.value,
        "first": finding.first,
        "last": finding.last,
        "came_from": finding.came_from,
    }
