# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers (giấy tờ) of a dossier and their scanned pages."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class PaperClass(enum.StrEnum):
    """Kinds of paper that can be told apart; the values are those of ``scanning.classify``."""

    IDENTITY_CARD = "identity-card"
    IDENTITY_CARD_FRONT = "identity-card-front"
    IDENTITY_CARD_BACK = "identity-card-back"
    BIRTH_CERTIFICATE = "birth-certificate"
    BIRTH_CERTIFICATE_COPY = "birth-certificate-copy"
    MARRIAGE_CERTIFICATE = "marriage-certificate"
    MARRIAGE_EXTRACT = "marriage-extract"
    DEATH_EXTRACT = "death-extract"
    CIVIL_STATUS_EXTRACT = "civil-status-extract"
    MARITAL_STATUS_CONFIRMATION = "marital-status-confirmation"
    BIRTH_PROOF = "birth-proof"
    DEATH_NOTICE = "death-notice"
    LAND_USE_CERTIFICATE = "land-use-certificate"
    LAND_USE_CERTIFICATE_CHANGES = "land-use-certificate-changes"
    RESIDENCE_CHANGE_DECLARATION = "residence-change-declaration"
    RESIDENCE_CONFIRMATION = "residence-confirmation"
    BIRTH_REGISTRATION_DECLARATION = "birth-registration-declaration"
    DEATH_REGISTRATION_DECLARATION = "death-registration-declaration"
    MARRIAGE_REGISTRATION_DECLARATION = "marriage-registration-declaration"
    MARITAL_STATUS_DECLARATION = "marital-status-declaration"
    CIVIL_STATUS_CHANGE_DECLARATION = "civil-status-change-declaration"
    CIVIL_STATUS_COPY_REQUEST = "civil-status-copy-request"
    POWER_OF_ATTORNEY = "power-of-attorney"
    WILL = "will"
    LAND_TRANSFER_CONTRACT = "land-transfer-contract"
    LAND_CHANGE_APPLICATION = "land-change-application"
    BUILDING_PERMIT_APPLICATION = "building-permit-application"
    HOUSEHOLD_BUSINESS_APPLICATION = "household-business-application"
    HOUSEHOLD_BUSINESS_CERTIFICATE = "household-business-certificate"
    DOSSIER_RECEIPT = "dossier-receipt"
    FEE_RECEIPT = "fee-receipt"
    HOUSEHOLD_BOOK = "household-book"
    HANDWRITTEN_SHEET = "handwritten-sheet"
    PHOTO = "photo"
    OTHER = "other"
    UNKNOWN = "unknown"


UNNAMED_CLASSES = frozenset({PaperClass.HANDWRITTEN_SHEET, PaperClass.PHOTO, PaperClass.OTHER, PaperClass.UNKNOWN})
"""Classes that do not say which demanded paper a page is."""


class PaperForm(enum.StrEnum):
    """In what form the citizen handed the paper in (the three columns of Mẫu 01)."""

    ORIGINAL = "original"
    CERTIFIED_COPY = "certified-copy"
    PHOTOCOPY = "photocopy"


@dataclass(frozen=True, slots=True)
class Page:
    """One scanned page; the bytes lie in the object store.

    Attributes:
        page_id: UUIDv7.
        dossier_id: The dossier (or its draft) that it was scanned for.
        position: Order of arrival in the dossier, from 0.
        object_id: The original picture (JPEG) in the object store.
        width_px: Width of the original picture.
        height_px: Height of the original picture.
        resolution_dpi: Dots per inch.
        rotation_degrees: Turn that makes it upright, counter-clockwise positive; the picture itself is never changed.
        is_blank: Flagged as blank; never dropped.
        text: What was read, in reading order; empty before reading.
        confidence: Mean word confidence, 0 to 1; 0 before reading.
        thumbnail: Small upright JPEG, or empty before reading.
        paper_id: The paper it belongs to, or None before grouping.
        steps: How a person set it upright, as JSON; empty while the reader finds it out.
        advice: Why it had better be scanned again; empty for a good page.
    """

    page_id: str
    dossier_id: str
    position: int
    object_id: str
    width_px: int
    height_px: int
    resolution_dpi: int
    rotation_degrees: float = 0.0
    is_blank: bool = False
    text: str = ""
    confidence: float = 0.0
    thumbnail: bytes = b""
    paper_id: str | None = None
    steps: str = ""
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtractedField:
    """A value read from a paper.

    Attributes:
        name: E.g. ``full_name``, ``id_number``, ``birth_date``, ``document_number``.
        value: As read, NFC.
        confidence: 0 to 1.
    """

    name: str
    value: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a dossier: some pages, a class, and a signed PDF.

    Attributes:
        paper_id: UUIDv7.
        dossier_id: Its dossier (or draft).
        position: Order within the dossier, from 0.
        title: What the clerk sees, e.g. "Giấy chứng sinh".
        paper_class: As recognised or corrected.
        confidence: Of the class, 0 to 1; 1 when the clerk chose it.
        form: As handed in.
        page_count: Number of pages, blank ones included.
        requirement_id: The requirement it satisfies, or None.
        fields: Values read from it.
        object_id: The PDF/A in the object store (signed when ``signature_level`` is set), or None before it is made.
        signature_level: "B-B", "B-T", "B-LTA", or empty when unsigned.
        signature_digest: SHA-256 (hex) of the signed byte range, or empty; names the signature through later upgrades.
        signed_by: Common name of the signer's certificate, or empty.
    """

    paper_id: str
    dossier_id: str
    position: int
    title: str
    paper_class: PaperClass
    confidence: float
    form: PaperForm
    page_count: int
    requirement_id: str | None = None
    fields: tuple[ExtractedField, ...] = ()
    object_id: str | None = None
    signature_level: str = ""
    signature_digest: str = ""
    signed_by: str = ""
