# SPDX-License-Identifier: GPL-3.0-or-later
"""QR codes that the centre prints on papers, receipts and queue tickets, and those that it is shown.

A QR code on a paper states at least the dossier's code, the procedure's code, the identification code of the person or
organisation, and the name of the paper; it stands in the top-left corner (TT 01/2023/TT-VPCP). The list goes on where
the text at hand ends, so readers take what they know and leave the rest. Other one-stop systems print a bare link.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from casework.codes import parse_code
from casework.errors import BugError
from casework.records.queue_ticket import QueueTicket
from casework.text import clean

_SEPARATOR: Final = "|"
_TICKET_MARK: Final = "STT"
_TICKET_NUMBER: Final = re.compile(r"[1-9][0-9]{0,3}")
_LINK: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_CODE_IN_LINK: Final = re.compile(r"(?<![0-9A-Z.])[0-9A-Z.]{3,35}-[0-9]{6}-[0-9]{4,6}(?![0-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PaperCode:
    """What the QR code of a paper says.

    Attributes:
        dossier_code: Mã hồ sơ.
        procedure_code: Mã thủ tục hành chính; empty when the code is a link of another system.
        owner_code: Identification code of the person or organisation: personal data, never logged. Empty on receipts of
            our first generation and in links.
        title: Name of the paper, e.g. "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"; empty as above.
    """

    dossier_code: str
    procedure_code: str
    owner_code: str = ""
    title: str = ""

    @property
    def text(self) -> str:
        """The text in the symbol: the four values, the title last, so that it may hold the separator.

        Raises:
            BugError: When another value holds the separator.
        """
        first = (self.dossier_code, self.procedure_code, self.owner_code)
        if any(_SEPARATOR in value for value in first):
            raise BugError("a code holds the separator of the QR code")
        return _SEPARATOR.join((*first, clean(self.title)))


@dataclass(frozen=True, slots=True)
class TicketCode:
    """What the QR code of a queue ticket says.

    Attributes:
        day: The ticket's day; None when the number alone was shown.
        series: Letter or word in front of the number, or empty.
        number: At least 1.
    """

    day: dt.date | None
    series: str
    number: int


def ticket_label(series: str, number: int) -> str:
    """Write the number of a queue ticket as it is printed, shown and searched for, e.g. "A017"."""
    return f"{series}{number:03}"


def ticket_code_text(ticket: QueueTicket) -> str:
    """Give the text in the QR code of a queue ticket; it names nobody."""
    return _SEPARATOR.join((_TICKET_MARK, ticket.day.isoformat(), ticket.series, str(ticket.number)))


def parse_ticket_code(text: str) -> TicketCode | None:
    """Take the QR code of a queue ticket apart; None when it is none of ours."""
    fields = text.strip().split(_SEPARATOR)
    if len(fields) != 4 or fields[0] != _TICKET_MARK:
        return None
    if _TICKET_NUMBER.fullmatch(fields[3]) is None:
        return None
    try:
        return TicketCode(dt.date.fromisoformat(fields[1]), fields[2], int(fields[3]))
    except ValueError:
        return None


def parse_paper_code(text: str) -> PaperCode | None:
    """Take the QR code of a paper apart, ours of both generations or another system's link; None when it is none.

    Returns:
        With a dossier code that ``parse_code`` knows; of a link only that code.
    """
    content = clean(text)
    if is_link(content):
        code = _code_in_link(content)
        return PaperCode(code, "") if code else None
    fields = content.split(_SEPARATOR, 3)
    if len(fields) < 2 or parse_code(fields[0]) is None:
        return None
    return PaperCode(*fields)


def is_link(text: str) -> bool:
    """Whether a text is a web address and nothing else."""
    return _LINK.fullmatch(text) is not None


def _code_in_link(link: str) -> str:
    codes = {found.upper() for found in _CODE_IN_LINK.findall(unquote(link)) if parse_code(found.upper())}
    return codes.pop() if len(codes) == 1 else ""
