# SPDX-License-Identifier: GPL-3.0-or-later
"""A report that a clerk reads: Vietnamese, the verdict first, then why, what to do, and what was changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from signing.verdicts.sentences import CHANGES, ERRORS, PROBLEMS, REMARKS, VERDICTS
from signing.verdicts.verdict import Change, DocumentReport, SignatureVerdict, TimestampVerdict, Verdict

_ZONE: Final = dt.timezone(dt.timedelta(hours=7))


def write_report(name: str, report: DocumentReport) -> str:
    """Write the report on one file, lines without a break at the end."""
    return "\n".join(_lines(name, report))


def _lines(name: str, report: DocumentReport) -> Iterator[str]:
    yield f"{name}: {VERDICTS[report.verdict]}"
    if report.error is not None:
        found, advice = ERRORS.get(report.error, (report.error, ""))
        yield f"  {found} {advice}".rstrip()
    for remark in report.remarks:
        yield f"  Lưu ý: {REMARKS[remark]}"
    for signature in report.signatures:
        yield from _signature(signature)
    for timestamp in report.timestamps:
        yield from _timestamp(timestamp)


def _signature(one: SignatureVerdict) -> Iterator[str]:
    yield f"  Chữ ký {_plain(one.field_name)}: {VERDICTS[one.verdict]}"
    if one.problem is not None:
        found, advice = PROBLEMS[one.problem]
        yield f"    {found}"
        yield f"    Việc cần làm: {advice}"
    if one.signer_name:
        who = ", ".join(_plain(part) for part in (one.signer_name, one.organisation) if part)
        yield f"    Người ký{'' if one.trusted else ' (tự khai)'}: {who}"
    if one.claimed_time is not None:
        yield f"    Thời điểm ký tự khai: {_time(one.claimed_time)}"
    if one.proven_time is not None:
        yield f"    Dấu thời gian chứng minh đã ký trước: {_time(one.proven_time)}"
    if one.revoked_since is not None:
        yield f"    Chứng thư bị thu hồi từ: {_time(one.revoked_since)}"
    if one.level:
        yield f"    Mức chữ ký: PAdES {one.level}"
    if one.changes:
        yield f"    Sau chữ ký này: {'; '.join(map(_change, one.changes))}"
    for remark in one.remarks:
        yield f"    Lưu ý: {REMARKS[remark]}"


def _timestamp(one: TimestampVerdict) -> Iterator[str]:
    where = "trong chữ ký" if one.inside_signature else "của tệp"
    time = "" if one.time is None else f", {_time(one.time)}"
    yield f"  Dấu thời gian {where} {_plain(one.name)}{time}: {VERDICTS[one.verdict]}"
    if one.verdict is not Verdict.VALID and one.problem is not None:
        yield f"    {PROBLEMS[one.problem][0].replace('của người ký', 'của nơi cấp')}"


def _change(change: Change) -> str:
    name = f" {_plain(change.name)}" if change.name else ""
    return f"{CHANGES[change.kind]}{name}{' (thấy trên trang)' if change.visible else ''}"


def _time(moment: dt.datetime) -> str:
    return f"{moment.astimezone(_ZONE):%H:%M:%S ngày %d/%m/%Y}"


def _plain(text: str) -> str:
    """A stranger's words on one line, without what moves a terminal's cursor or turns the direction of writing."""
    return "".join(character if character.isprintable() else " " for character in text)[:200]
