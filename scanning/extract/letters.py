# SPDX-License-Identifier: GPL-3.0-or-later
"""The head of an official letter: at the left whose it is, at the right the national heading (NĐ 30/2020)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from scanning.extract.field import Field
from scanning.extract.field_values import field_made
from scanning.extract.rows import Row, Run
from scanning.extract.titles import as_title_case
from scanning.extract.values import Kind

_HEAD: Final = 0.35  # of the page's height
_NATIONAL: Final = re.compile(r".*\b(?:CONG HOA XA HOI|CHU NGHIA VIET|DOC LAP|TU DO HANH PHUC)\b.*")
_AGENCY: Final = re.compile(
    r"(?:UY BAN NHAN DAN|UBND|CONG AN|SO|PHONG|BENH VIEN|TRUNG TAM|CHI NHANH|VAN PHONG|TRAM Y TE|BO|CUC|CHI CUC|BAN|"
    r"TOA AN|TRUONG|HOI|DANG UY|HOI DONG|VIEN|CONG TY|TONG CUC|BAO HIEM)\b.*"
)
_END: Final = re.compile(r"(?:SO|MAU|QUYEN SO|PHIEU|V V|NGAY)\b.*\d.*|(?:V V|VE VIEC)\b.*|SO")


def letter_issuer(rows: Sequence[Row], page_width: int, page_height: int) -> Field | None:
    """Find the issuer of a letter: the last agency at the left of the national heading.

    Args:
        rows: Of the whole page.
        page_width: In the pixels of the rows.
        page_height: Likewise.
    """
    lines = _lines_at_the_left(rows, page_width, page_height)
    starts = [index for index, run in enumerate(lines) if _AGENCY.fullmatch(run.folded)]
    if not starts:
        return None
    runs = lines[starts[-1] :]
    words = [word for run in runs for word in run.words]
    value = as_title_case(" ".join(run.text for run in runs))
    return field_made("issuer", value, words, Kind.AGENCY)


def _lines_at_the_left(rows: Sequence[Row], page_width: int, page_height: int) -> list[Run]:
    heading = next(
        (
            run
            for row in rows
            for run in row.runs
            if run.box.top < _HEAD * page_height and _NATIONAL.fullmatch(run.folded) and run.box.left > 0.3 * page_width
        ),
        None,
    )
    if heading is None:
        return []
    lines: list[Run] = []
    for row in rows:
        for run in row.runs:
            if run.center >= heading.box.left or not run.folded:
                continue
            if lines and run.box.top - lines[-1].box.top > 3 * lines[-1].box.height:
                return lines
            if run.box.top < heading.box.top - 2 * heading.box.height:
                continue
            if _END.fullmatch(run.folded) or ":" in run.text or run.box.top > _HEAD * page_height:
                return lines
            if len(run.folded) > 1:
                lines.append(run)
    return lines
