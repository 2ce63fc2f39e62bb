# SPDX-License-Identifier: GPL-3.0-or-later
"""Who signed: the name below the last signature block that names an office."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from scanning.extract.field import Field
from scanning.extract.field_values import field_at, field_made
from scanning.extract.found import Found
from scanning.extract.names import find_name
from scanning.extract.provinces import is_cut_off
from scanning.extract.rows import Row, Run
from scanning.extract.titles import as_title_case
from scanning.extract.values import Kind
from scanning.folding import fold

_OFFICE: Final = re.compile(
    r"(?:(?:TM|KT|TL|TUQ|Q|T L|T M) )*"
    r"(?:(?:PHO |QUYEN )?(?:CHU TICH|GIAM DOC|TONG GIAM DOC|CUC TRUONG|CHI CUC TRUONG|TRUONG|BO TRUONG|THU TRUONG|"
    r"VIEN TRUONG|HIEU TRUONG|CHANH VAN PHONG|CHANH AN|TRAM TRUONG)|CONG CHUC|CONG CHUNG VIEN|NGUOI KY|"
    r"THAM PHAN|CHAP HANH VIEN|KIEM SAT VIEN|NGUOI CO THAM QUYEN|NGUOI THUC HIEN|"
    r"DAI DIEN CO (?:QUAN|SO)|XAC NHAN CUA|CAN BO TU PHAP)\b.*|"
    r"(?:TM|T M) ?(?:UY BAN NHAN DAN|UBND)\b.*"  # the title below may be lost under the seal
)
_AUTHORITY: Final = re.compile(r"(?:TM|T M) ?(?:UY BAN NHAN DAN|UBND)\b")
_ON_BEHALF: Final = re.compile(r"(?:TM|KT|TL|TUQ)\b")
_PREFIXES: Final = ("TM", "KT", "TL", "TUQ", "T M")
_AGENCY: Final = re.compile(
    r"(?:TM )?(?:UY BAN NHAN DAN|UBND|SO |CHI NHANH|VAN PHONG|PHONG |BO |CONG AN|TRUNG TAM|BENH VIEN|CUC |CHI CUC)"
)
_MOST_LINES: Final = 5
_NO_NAME: Final = re.compile(
    r"(?:UY BAN|NHAN DAN|UBND|CONG AN|BENH VIEN|TRUNG TAM|CHU TICH|GIAM DOC|HO TICH|SO Y TE|CONG HOA|DOC LAP|TU PHAP|"
    r"CONG CHUC|VAN PHONG|CHI NHANH|NGUOI|BAN SAO|PHONG|NGAY|KHAM BENH|TRAM Y TE|XA|PHUONG|TINH|THANH PHO|HUYEN) .*"
)
_RANK: Final = re.compile(
    r"\W*(?:(?:đại|trung|thượng|thiếu) (?:úy|tá|tướng)|bs\.?(?: ?ck ?[i12]+\.?)?|bác sĩ(?: ck[i12]+)?|ths\.?|ts\.?|"
    r"pgs\.?|gs\.?|ks\.?|cn\.?|luật sư|ls\.?|công chứng viên)[\s.:]+",
    re.IGNORECASE,
)
_LONGEST_TITLE: Final = 12
_NEXT_LINE: Final = 2.8
_FARTHEST: Final = 0.30  # of the page's height between an office and the name below it
_ONE_BLOCK: Final = 0.1  # of the page's height between the offices of those who sign side by side
_SIGNED_FROM: Final = 0.25  # of the page's height


def signature_fields(rows: Sequence[Row], page_height: int, *, with_issuer: bool = False) -> list[Field]:
    """Find who signed with an office, and for whom.

    Args:
        rows: Of the whole page.
        page_height: In the pixels of the rows.
        with_issuer: Whether to look for the issuer above the office, too.
    """
    runs = [run for row in rows for run in row.runs]
    offices = _offices(runs, page_height)
    # The last office wins; of two side by side the right one, as the issuing authority signs there. When its name is
    # lost under a seal, who signed at its left is not the signer.
    offices = [office for office in offices if not any(_is_left_of(office, other, page_height) for other in offices)]
    for office in sorted(
        offices, key=lambda each: (each.box.bottom // max(1, page_height // 12), each.center), reverse=True
    ):
        if signer := _name_below(office, runs, page_height):
            issuer = _agency_above(office, runs) if with_issuer else None
            return [signer, issuer] if issuer else [signer]
    return []


def _offices(runs: Sequence[Run], page_height: int) -> list[Run]:
    """Give the last line of every signature block."""
    offices = [run for run in runs if run.box.top > _SIGNED_FROM * page_height and _is_office(run)]
    return [
        office
        for office in offices
        if not any(
            _is_below(office, other) or (_names_agency(office) and _is_title_of(office, other)) for other in offices
        )
    ]


def _is_title_of(authority: Run, office: Run) -> bool:
    """Say whether an office stands some lines below the name of the authority that it belongs to."""
    distance = office.box.top - authority.box.top
    return 0 < distance < 2 * _NEXT_LINE * authority.box.height and _overlap(authority, office)


def _is_left_of(office: Run, other: Run, page_height: int) -> bool:
    return office.box.right <= other.box.left and abs(office.box.top - other.box.top) < _ONE_BLOCK * page_height


def _is_office(run: Run) -> bool:
    return len(run.tokens) <= _LONGEST_TITLE and ":" not in run.text and _OFFICE.fullmatch(run.folded) is not None


def _agency_above(office: Run, runs: Sequence[Run]) -> Field | None:
    """Read the lines above an office upwards until the one that names an agency."""
    lines: list[Run] = [office] if _names_agency(office) else []
    current = office
    if lines and is_cut_off(office.text) and (end := next((run for run in runs if _is_below(office, run)), None)):
        lines.append(end)
    for _ in range(0 if lines else _MOST_LINES):
        above = max((run for run in runs if _is_below(run, current)), key=lambda run: run.box.top, default=None)
        if above is None:
            return None
        current = above
        behalf = _ON_BEHALF.match(above.folded)
        if behalf and _is_office(above) and not _names_agency(above):
            continue
        lines.insert(0, above)
        if _AGENCY.match(above.folded):
            break
    if not lines or not _AGENCY.match(lines[0].folded):
        return None
    words = [word for line in lines for word in line.words if fold(word.text) not in _PREFIXES]
    value = as_title_case(" ".join(word.text for word in words))
    return field_made("issuer", value, words, Kind.AGENCY)


def _names_agency(run: Run) -> bool:
    """Say whether a line is on behalf of a whole authority: its title below was lost."""
    return _AUTHORITY.match(run.folded) is not None


def _is_below(run: Run, other: Run) -> bool:
    distance = other.box.top - run.box.top
    return 0 < distance < _NEXT_LINE * max(run.box.height, other.box.height) and _overlap(run, other)


def _overlap(run: Run, other: Run) -> bool:
    return run.box.left < other.box.right and other.box.left < run.box.right


def _name_below(office: Run, runs: Sequence[Run], page_height: int) -> Field | None:
    # The line right below a long name of an authority is its end, not who signed.
    nearest = _NEXT_LINE * office.box.height if _names_agency(office) else 0
    reach = max(office.box.width * 0.6, office.box.height * 6)
    below = [
        run
        for run in runs
        if nearest < run.box.top - office.box.bottom < _FARTHEST * page_height
        and abs(run.center - office.center) < reach
    ]
    for run in sorted(below, key=lambda each: each.box.top):
        if field := _as_name(run):
            return field
    return None


def _as_name(run: Run) -> Field | None:
    """Take a run that is a name and nothing else, perhaps with a rank before it."""
    if _NO_NAME.fullmatch(run.folded):
        return None
    rank = _RANK.match(run.text)
    skipped = rank.end() if rank else 0
    found = find_name(run.text[skipped:])
    if found is None:
        return None
    rest = run.text[skipped:]
    around = rest[: found.start] + rest[found.end :]
    if any(letter.isalnum() for letter in around):
        return None
    return field_at(
        "signer", Found(found.value, found.start + skipped, found.end + skipped), run.words, Kind.PERSON_NAME
    )
