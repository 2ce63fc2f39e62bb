# SPDX-License-Identifier: GPL-3.0-or-later
"""Tell what the office looks up itself before it may ask the citizen (NĐ 104/2022/NĐ-CP Điều 14)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from casework.records.procedure import DataSource
from casework.text import fold

_LOOKS_UP: Final = re.compile(
    r"khai thac duoc|khai thac trong|duoc tao lap khi trich xuat|tra cuu thong tin|duoc thay the bang du lieu"
    r"|da co thong tin ve [^.]* trong (?:csdl|co so du lieu)"
    r"|su dung du lieu tuong ung|chua duoc tich hop, ket noi|duoc ket noi, chia se|khong co thong tin ve su thay doi"
)
_DATABASES: Final = (
    (
        DataSource.POPULATION,
        re.compile(r"co so du lieu quoc gia ve dan cu|csdlqg(?:v)?dc|dieu 14 nghi dinh so 104/2022"),
    ),
    (DataSource.CIVIL_STATUS, re.compile(r"co so du lieu ho tich dien tu|csdlhtdt")),
    (DataSource.RESIDENCE, re.compile(r"co so du lieu ve cu tru")),
    (DataSource.LAND, re.compile(r"co so du lieu (?:quoc gia ve )?dat dai")),
    (DataSource.BUSINESS, re.compile(r"co so du lieu (?:quoc gia )?ve dang ky|giay chung nhan dang ky doanh nghiep")),
)
_OTHER_DATABASE: Final = re.compile(
    r"co so du lieu chuyen nganh|du lieu dien tu co ky so|chia se du lieu quoc gia|co so du lieu quoc gia, "
)
_OTHERWISE_PRESENTED: Final = re.compile(
    r"(Trường hợp (?:không khai thác được thông tin|thông tin chưa được kết nối, chia sẻ"
    r"|không có thông tin về sự thay đổi trong Cơ sở dữ liệu hộ tịch điện tử)) thì công dân xuất trình ",
    re.IGNORECASE,
)
_SAID_OF_THE_PAGE: Final = (
    (re.compile(r"giay to tuy than su dung la\b.*\btra cuu thong tin"), re.compile(r"^giay to tuy than$|^ho chieu/")),
    (re.compile(r"da khai thac duoc du lieu dien tu co ky so cua giay chung sinh"), re.compile(r"^giay chung sinh")),
)


@dataclass(frozen=True, slots=True)
class OtherwisePresented:
    """A line that names information in a database, and a paper to be shown when it is not found there.

    Attributes:
        condition: The source's words for "when it is not found".
        paper: The source's words for the paper to be shown.
    """

    condition: str
    paper: str


def sources_looked_up(text: str) -> tuple[DataSource, ...]:
    """Give the databases in which, as a text says, the office looks itself; empty when it says nothing of the kind."""
    folded = fold(text)
    if not _LOOKS_UP.search(folded):
        return ()
    named = tuple(source for source, pattern in _DATABASES if pattern.search(folded))
    if not named or _OTHER_DATABASE.search(folded):
        return (*named, DataSource.OTHER)
    return named


def otherwise_presented(text: str) -> OtherwisePresented | None:
    """Read "Thông tin … được khai thác trong …. Trường hợp không khai thác được … thì công dân xuất trình …"."""
    found = _OTHERWISE_PRESENTED.search(text)
    if found is None or not fold(text).startswith("thong tin"):
        return None
    return OtherwisePresented(found.group(1), text[found.end() :])


def sources_said_of_the_page(head: str, notes: Sequence[str]) -> tuple[DataSource, ...]:
    """Give the databases that a note of the page names for a paper with this head."""
    folded_head = fold(head)
    for said, paper in _SAID_OF_THE_PAGE:
        if paper.search(folded_head):
            for note in notes:
                if said.search(fold(note)):
                    return sources_looked_up(note)
    return ()
