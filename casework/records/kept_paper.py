# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers of a person that are kept as files already, and the decision of a clerk to use one again."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from casework.records.paper import PaperClass, PaperForm


class ReuseSource(enum.StrEnum):
    """Where a paper is kept that need not be scanned again."""

    OWN_RESULT = "own-result"
    NATIONAL_STORE = "national-store"
    OWN_DOSSIER = "own-dossier"


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """A paper or a result of a person, digitised in an earlier dossier, issued, or found in the national store.

    Attributes:
        kept_id: ``paper_id`` or ``result_id`` here, or the store's own name of the file.
        source: Where it is kept.
        owner_number: Identification number of the person whom the paper is about.
        owner_name: That person's name, NFC.
        title: What the citizen calls it.
        linked_numbers: Identification numbers of parents, guardians and others whose right to the paper is on record,
            e.g. the parents of the child on a birth certificate.
        paper_class: As recognised or corrected.
        form: From what it was digitised.
        satisfied: The requirement that it satisfied, in the catalogue's full words, or empty.
        result_code: Kind of result, e.g. ``KQ.G15.000031``, or empty.
        document_number: Number and sign of the document, or empty.
        issued_by: Who issued it, or empty.
        issued_on: Day on the document, or None when it bears none or it was not read.
        valid_until: Last day of validity that the document or the store states, or None.
        signature_level: "B-B", "B-T", "B-LTA", or empty when unsigned.
        object_id: The file in the object store, or None while it is only known to exist elsewhere.
        dossier_id: The earlier dossier, or empty.
    """

    kept_id: str
    source: ReuseSource
    owner_number: str
    owner_name: str
    title: str
    linked_numbers: frozenset[str] = frozenset()
    paper_class: PaperClass = PaperClass.UNKNOWN
    form: PaperForm = PaperForm.ORIGINAL
    satisfied: str = ""
    result_code: str = ""
    document_number: str = ""
    issued_by: str = ""
    issued_on: dt.date | None = None
    valid_until: dt.date | None = None
    signature_level: str = ""
    object_id: str | None = None
    dossier_id: str = ""


@dataclass(frozen=True, slots=True)
class AcceptedReuse:
    """A clerk's decision to use a kept paper; goes into the trail as it is, and holds no personal data.

    Attributes:
        dossier_id: The dossier that it is used for.
        requirement_id: The requirement that it satisfies there.
        source: Where it is kept.
        kept_id: The kept paper.
        result_code: Kind of result that stands in for the paper, or empty.
        accepted_by: ``clerk_id``.
        accepted_at: Aware.
    """

    dossier_id: str
    requirement_id: str
    source: ReuseSource
    kept_id: str
    result_code: str
    accepted_by: str
    accepted_at: dt.datetime
