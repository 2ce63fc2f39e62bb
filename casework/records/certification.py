# SPDX-License-Identifier: GPL-3.0-or-later
"""Certification books (sổ chứng thực), their entries, and who was authorised to certify."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass


class BookKind(enum.StrEnum):
    """Kind of certification that a book holds."""

    COPY = "copy"
    ELECTRONIC_COPY = "electronic-copy"
    SIGNATURE = "signature"
    TRANSLATOR_SIGNATURE = "translator-signature"
    TRANSACTION = "transaction"


@dataclass(frozen=True, slots=True)
class CertificationBook:
    """One volume of one year, kept by one workstation.

    Attributes:
        book_id: UUIDv7.
        kind: What is entered in it.
        year: The year of its numbers.
        volume: Quyển số, from 1; no other workstation of the commune has the same one of this kind and year.
        device_id: The workstation that alone writes in it.
        opened_on: First day.
        opened_by: ``clerk_id``.
        last_number: The number of its last entry; 0 while it is empty.
        closed_on: Day of closing, or None while it is open.
        closed_by: ``clerk_id``, or None while it is open.
    """

    book_id: str
    kind: BookKind
    year: int
    volume: int
    device_id: str
    opened_on: dt.date
    opened_by: str
    last_number: int = 0
    closed_on: dt.date | None = None
    closed_by: str | None = None


@dataclass(frozen=True, slots=True)
class CertificationEntry:
    """One line of a book; it is never taken out, only marked as void.

    Attributes:
        entry_id: UUIDv7.
        book_id: Its book.
        number: Số chứng thực, from 1 without gaps.
        certified_at: Aware moment.
        procedure_code: E.g. ``2.000815``.
        dossier_id: The dossier, or None when none was made.
        requester_name: Who asked for it.
        subject: The paper or transaction that was certified.
        pages: Pages of the original; 0 when they do not count.
        copies: Copies certified from one original at one time: they share the number; 0 when it is not a copy.
        fee_amount: Đồng.
        received_by: ``clerk_id`` who received it.
        certified_by: ``clerk_id`` who certified it and answers for it.
        delegation_id: The authorisation under which it was certified, or None when by virtue of office.
        void_reason: Why the number was not used in the end; empty when it counts.
    """

    entry_id: str
    book_id: str
    number: int
    certified_at: dt.datetime
    procedure_code: str
    dossier_id: str | None
    requester_name: str
    subject: str
    pages: int
    copies: int
    fee_amount: int
    received_by: str
    certified_by: str
    delegation_id: str | None = None
    void_reason: str = ""


@dataclass(frozen=True, slots=True)
class Delegation:
    """A written authorisation of a clerk to decide at the counter (ủy quyền).

    Attributes:
        delegation_id: UUIDv7.
        clerk_id: Who is authorised.
        granted_by: ``clerk_id`` of the head who authorises.
        document_number: Number and sign of the written authorisation.
        procedure_codes: For which procedures.
        effective_from: First day.
        effective_to: Last day, or None while it has no end.
    """

    delegation_id: str
    clerk_id: str
    granted_by: str
    document_number: str
    procedure_codes: frozenset[str]
    effective_from: dt.date
    effective_to: dt.date | None = None

    def is_in_force(self, on: dt.date) -> bool:
        """Whether it counts on a day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)
