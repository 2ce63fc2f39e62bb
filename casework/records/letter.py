# SPDX-License-Identifier: GPL-3.0-or-later
"""A letter (phiếu, thông báo, văn bản) that the office issues on a dossier."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass


class LetterKind(enum.StrEnum):
    """What a letter says.

    ``REFUSAL`` refuses the reception; ``REFUSAL_OF_MATTER`` refuses the matter and is a result; ``RETURN_LETTER`` hands
    the dossier back.
    """

    SUPPLEMENT_REQUEST = "supplement-request"
    REFUSAL = "refusal"
    REFUSAL_OF_MATTER = "refusal-of-matter"
    EXTENSION_LETTER = "extension-letter"
    STOP_NOTICE = "stop-notice"
    RETURN_LETTER = "return-letter"


class LetterGround(enum.StrEnum):
    """What a stop notice or a return letter gives as its reason: the citizen's wish, or a provision of the law."""

    CITIZEN_REQUEST = "citizen-request"
    LEGAL = "legal"


class LetterMark(enum.StrEnum):
    """What makes a letter valid: a hand-written or personal digital signature, the agency's signature, its seal."""

    HANDWRITTEN = "handwritten"
    PERSONAL_SIGNATURE = "personal-signature"
    AGENCY_SIGNATURE = "agency-signature"
    SEAL = "seal"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter.

    Attributes:
        letter_id: UUIDv7.
        dossier_id: Its dossier.
        kind: What it says.
        issued_at: Aware date and time.
        reason: The specific reason, as the citizen reads it.
        legal_basis: The provision that the reason rests on.
        issued_by: ``clerk_id`` of who issues it.
        signed_by: Who signs, as printed; empty while unsigned.
        marks: What makes it valid.
        signature_level: "B-B", "B-T", "B-LTA", or empty without a digital signature.
        demands: What a supplement request asks for: ``requirement_id``, or free words.
        ground: Of a stop notice or a return letter; None for the other kinds.
        apology: Words of apology, or empty.
        corrective_action: What the office does to make it good, or empty.
        states_due_at: The moment that an extension letter promises instead, aware; None for the other kinds.
        result_id: The result as which a refusal of the matter is entered, or empty.
        approved_by: ``clerk_id`` of the supervisor who allowed a further supplement request, or empty.
        object_id: The document in the object store, or None while there is only paper.
        evidence_ids: Requests, consents and other records it rests on.
    """

    letter_id: str
    dossier_id: str
    kind: LetterKind
    issued_at: dt.datetime
    reason: str
    legal_basis: str
    issued_by: str
    signed_by: str = ""
    marks: frozenset[LetterMark] = frozenset()
    signature_level: str = ""
    demands: tuple[str, ...] = ()
    ground: LetterGround | None = None
    apology: str = ""
    corrective_action: str = ""
    states_due_at: dt.datetime | None = None
    result_id: str = ""
    approved_by: str = ""
    object_id: str | None = None
    evidence_ids: tuple[str, ...] = ()
