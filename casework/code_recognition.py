# SPDX-License-Identifier: GPL-3.0-or-later
"""What a text is that somebody typed or scanned into the search box.

Case, spaces and dashes are forgiven, and O and I for 0 and 1 where only digits can stand. Where a text could be two
things it is neither: the search goes on with its words.
"""

from __future__ import annotations

import enum
import re
import uuid
from dataclasses import dataclass
from typing import Final

from casework.codes import DossierCode, parse_code, unit_code_scheme
from casework.errors import KnownError
from casework.identity_card import read_card
from casework.paper_codes import PaperCode, TicketCode, is_link, parse_paper_code, parse_ticket_code, ticket_label
from casework.text import clean

_DASHES: Final = re.compile(r"[\u2010-\u2015\u2212]")
_DIGIT: Final = "[0-9OIL]"
_DIGIT_SLIPS: Final = str.maketrans("OIL", "011")
_DOSSIER: Final = re.compile(
    rf"(?:(?P<former>{_DIGIT}{{3}}\.{_DIGIT}{{2}}\.{_DIGIT}{{2}}\.)?(?P<letter>[A-Z])(?P<place>{_DIGIT}{{2}})"
    rf"(?P<levels>(?:\.[0-9A-Z]+){{0,6}}))"
    rf"-(?P<day>{_DIGIT}{{6}})-(?P<number>{_DIGIT}{{4,6}})(?P<suffix>[-./][0-9]{{1,2}})?"
)
_PROCEDURE: Final = re.compile(r"([0-9]\.[0-9]{6})(\.[0-9]{2})?(?:\.([0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}))?")
_RESULT_KIND: Final = re.compile(r"KQ\.[A-Z][0-9]{2}\.[0-9]{5,6}")
_IDENTIFIER: Final = re.compile(r"[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}")
_TICKET: Final = re.compile(r"(?:STT)?([A-Z])-?([0-9]{3,4})|STT-?([0-9]{1,4})")
_PERSON: Final = re.compile(r"[0-9]{12}")
_FORMER_PERSON: Final = re.compile(r"[0-9]{9}")
_PHONE: Final = re.compile(r"(?:0|\+84)([0-9]{9}|2[0-9]{9})")
"""Mobile numbers have nine digits behind the 0, those of the fixed network ten since 2017."""


class CodeKind(enum.StrEnum):
    """What a text may be."""

    DOSSIER = "dossier"
    PROCEDURE = "procedure"
    RESULT_KIND = "result-kind"
    PORTAL_ID = "portal-id"
    UNIT = "unit"
    PERSON = "person"
    FORMER_PERSON = "former-person"
    IDENTITY_CARD = "identity-card"
    QUEUE_TICKET = "queue-ticket"
    PHONE = "phone"
    LINK = "link"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class ProcedureCode:
    """A procedure code taken apart.

    Attributes:
        base: ``d.dddddd``, the national code, e.g. ``1.003560``.
        case: Two digits of a sub-case, or empty.
        unit_code: The unit or province whose variant it is, e.g. ``000.00.00.H56``, or empty.
    """

    base: str
    case: str = ""
    unit_code: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a text is.

    Attributes:
        kind: What.
        value: The text as it is searched for: codes in upper case without spaces, words cleaned. Personal data when the
            kind is ``PERSON``, ``FORMER_PERSON``, ``IDENTITY_CARD`` or ``PHONE``.
        dossier: The dossier code taken apart; None for other kinds.
        suffix: What another system printed behind the dossier's number, e.g. ``-1``; part of ``value``.
        procedure: The procedure code taken apart; None for other kinds.
        paper: What the QR code of a paper says; None when only a code was given.
        ticket: What a queue ticket says; None for other kinds.
        is_corrected: Whether a letter was taken for the digit that must stand there.
    """

    kind: CodeKind
    value: str
    dossier: DossierCode | None = None
    suffix: str = ""
    procedure: ProcedureCode | None = None
    paper: PaperCode | None = None
    ticket: TicketCode | None = None
    is_corrected: bool = False


def recognise(text: str) -> Recognised:
    """Tell what a typed or scanned text is; ``WORDS`` when it is nothing that is known."""
    content = clean(text)
    compact = _DASHES.sub("-", content.upper()).replace(" ", "")
    return (
        _shown_code(content)
        or _dossier(compact)
        or _other_code(compact)
        or _ticket(compact)
        or Recognised(CodeKind.WORDS, content)
    )


def parse_procedure_code(text: str) -> ProcedureCode | None:
    """Take a procedure code apart, with its suffixes of case and unit; None when the text is none."""
    match = _PROCEDURE.fullmatch(text)
    if match is None:
        return None
    return ProcedureCode(match.group(1), (match.group(2) or "").removeprefix("."), match.group(3) or "")


def _shown_code(content: str) -> Recognised | None:
    """Recognise what only a QR code holds: a paper's, a ticket's, an identity card's, a link."""
    if ticket := parse_ticket_code(content):
        return Recognised(CodeKind.QUEUE_TICKET, ticket_label(ticket.series, ticket.number), ticket=ticket)
    if paper := parse_paper_code(content):
        return Recognised(CodeKind.DOSSIER, paper.dossier_code, dossier=parse_code(paper.dossier_code), paper=paper)
    if is_link(content):
        found = _IDENTIFIER.findall(content.upper())
        return (
            Recognised(CodeKind.PORTAL_ID, found[0].lower()) if len(found) == 1 else Recognised(CodeKind.LINK, content)
        )
    if "|" not in content:
        return None
    try:
        return Recognised(CodeKind.IDENTITY_CARD, read_card(content).id_number)
    except KnownError:
        return None


def _dossier(compact: str) -> Recognised | None:
    match = _DOSSIER.fullmatch(compact)
    if match is None:
        return None
    suffix = match["suffix"] or ""
    given = compact.removesuffix(suffix)
    code = given if parse_code(given) else _with_digits(match)
    dossier = parse_code(code)
    if dossier is None:
        return None
    return Recognised(CodeKind.DOSSIER, code + suffix, dossier=dossier, suffix=suffix, is_corrected=code != given)


def _with_digits(match: re.Match[str]) -> str:
    """Give a dossier code with digits where only digits can stand; the lower levels of a unit may have letters."""
    former, place = (match["former"] or "").translate(_DIGIT_SLIPS), match["place"].translate(_DIGIT_SLIPS)
    order = f"-{match['day']}-{match['number']}".translate(_DIGIT_SLIPS)
    return f"{former}{match['letter']}{place}{match['levels']}{order}"


def _other_code(compact: str) -> Recognised | None:
    if procedure := parse_procedure_code(compact):
        return Recognised(CodeKind.PROCEDURE, compact, procedure=procedure)
    if _RESULT_KIND.fullmatch(compact):
        return Recognised(CodeKind.RESULT_KIND, compact)
    if _IDENTIFIER.fullmatch(compact):
        return Recognised(CodeKind.PORTAL_ID, str(uuid.UUID(compact)))
    if unit_code_scheme(compact):
        return Recognised(CodeKind.UNIT, compact)
    if _PERSON.fullmatch(compact):
        return Recognised(CodeKind.PERSON, compact)
    if _FORMER_PERSON.fullmatch(compact):
        return Recognised(CodeKind.FORMER_PERSON, compact)
    if phone := _PHONE.fullmatch(compact.replace(".", "")):
        return Recognised(CodeKind.PHONE, f"0{phone.group(1)}")
    return None


def _ticket(compact: str) -> Recognised | None:
    match = _TICKET.fullmatch(compact)
    number = int(match.group(2) or match.group(3)) if match else 0
    if match is None or number == 0:
        return None
    series = match.group(1) or ""
    return Recognised(CodeKind.QUEUE_TICKET, ticket_label(series, number), ticket=TicketCode(None, series, number))
