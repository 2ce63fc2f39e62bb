# SPDX-License-Identifier: GPL-3.0-or-later
"""What any portal is told about a dossier, and what it may answer; no portal's field names here."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, field
from typing import Protocol

from casework.records.dossier import DossierState
from casework.records.procedure import Channel


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What a portal wants to know of a person.

    Attributes:
        full_name: NFC.
        id_number: 12 digits, a foreign document's number, or empty.
        former_id_number: 9 digits, or empty.
        address: As written, or empty.
        phone: As told, or empty.
    """

    full_name: str = field(repr=False)
    id_number: str = field(default="", repr=False)
    former_id_number: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What a portal wants to know of a digitised paper.

    Attributes:
        paper_id: Its identity.
        title: E.g. "Giấy chứng sinh".
        requirement_id: The requirement it satisfies, or empty.
        position: Order within the dossier, from 0.
        object_id: Its PDF in the object store, or empty while there is none.
        file_url: Where the portal may fetch the PDF for some days, or empty while the file is not complete.
    """

    paper_id: str
    title: str = field(repr=False)
    requirement_id: str
    position: int
    object_id: str
    file_url: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """What a portal wants to know of a dossier.

    Attributes:
        code: Mã hồ sơ, e.g. ``H56.14-261122-0601``.
        procedure_code: E.g. ``1.001193``.
        procedure_name: As in the catalogue version in force at reception.
        procedure_field: Lĩnh vực, e.g. "Hộ tịch", or empty when the catalogue does not know the procedure.
        channel: How it came in.
        state: Where the work stands.
        received_at: Aware date and time.
        due_at: Aware date and time of the promised result.
        fee_amount: Đồng, or None when not known.
        unit_code: Code of the receiving unit.
        unit_name: Name of the receiving unit.
        applicant: Who owns the request (chủ hồ sơ).
        papers: In the order of their positions.
    """

    code: str
    procedure_code: str
    procedure_name: str
    procedure_field: str
    channel: Channel
    state: DossierState
    received_at: dt.datetime
    due_at: dt.datetime
    fee_amount: int | None
    unit_code: str
    unit_name: str
    applicant: PersonFacts
    papers: tuple[PaperFacts, ...]


class Verdict(enum.Enum):
    """What a portal made of a dossier."""

    ACCEPTED = enum.auto()
    REFUSED = enum.auto()


@dataclass(frozen=True, slots=True)
class PortalAnswer:
    """A portal's answer to a dossier.

    Attributes:
        verdict: Accepted or refused.
        portal_code: The code that the portal gave the dossier, when it gave another one than ours; else empty.
        message: The portal's words, at most 1,000 characters; may hold personal data, so it never goes into a log.
    """

    verdict: Verdict
    portal_code: str = ""
    message: str = field(default="", repr=False)


class Portal(Protocol):
    """A portal that takes dossiers."""

    def submit(self, facts: DossierFacts, *, update: bool) -> PortalAnswer:
        """Hand over a dossier. Doing it again with the same facts changes nothing at the portal.

        Args:
            facts: The dossier as it is known now.
            update: Whether the portal has the dossier already.

        Raises:
            KnownError: ``portal-unreachable``, ``portal-garbled`` or ``portal-login-failed``, all retryable; the
                portal may or may not have taken the dossier.
        """
        ...
