# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of a digitised paper beside its pages: the data that an electronic dossier's files carry with them."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, field
from typing import Final


class DigitisedKind(enum.Enum):
    """Why a paper is in a dossier; the value is the one that goes into the file."""

    COMPONENT = 0
    RESULT = 1


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """Facts of one paper; what is not known is ``None``. Those about people are hidden from ``repr``.

    Attributes:
        dossier_code: Of the dossier that it was handed in with (MaHoSo).
        paper_code: Of the kind of paper, in the national catalogue (MaGiayTo).
        kind: Part of a dossier or result of one (LoaiSoHoa).
        owner_number: Personal number of the one whom it is about (MaDinhDanh).
        owner_name: Their name (ChuGiayTo).
        document_number: Number and symbol (SoKyHieu).
        summary: What it is about (TrichYeu).
        issuer: Who issued it (CoQuanBanHanh).
        signer: Who signed it (NguoiKy).
        issue_date: When (NgayBanHanh).
        valid_until: Last day that it is valid (ThoiHanHieuLuc).
        digitised_by: Who scanned it (NguoiSoHoa).
        digitised_at: When, with time zone (ThoiGianSoHoa).
    """

    dossier_code: str | None = None
    paper_code: str | None = None
    kind: DigitisedKind | None = None
    owner_number: str | None = field(default=None, repr=False)
    owner_name: str | None = field(default=None, repr=False)
    document_number: str | None = field(default=None, repr=False)
    summary: str | None = field(default=None, repr=False)
    issuer: str | None = None
    signer: str | None = field(default=None, repr=False)
    issue_date: dt.date | None = None
    valid_until: dt.date | None = None
    digitised_by: str | None = field(default=None, repr=False)
    digitised_at: dt.datetime | None = None

    def __post_init__(self) -> None:
        if self.digitised_at is not None and self.digitised_at.utcoffset() is None:
            raise ValueError("the moment of digitising needs a time zone")


NOTHING_KNOWN: Final = DocumentFacts()
