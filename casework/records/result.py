# SPDX-License-Identifier: GPL-3.0-or-later
"""The result (kết quả giải quyết) that the authority issues on a dossier."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """What was issued, and to whom it was handed (NĐ 61/2018 Đ20).

    Attributes:
        result_id: UUIDv7.
        dossier_id: Its dossier.
        kind_code: Kind of result in the national catalogue, e.g. ``KQ.G15.000031``.
        title: What the citizen calls it, e.g. "Giấy khai sinh".
        document_number: Number and sign of the document, or empty.
        issued_on: Day on the document, or None when it bears none.
        issued_by: Who issued it, e.g. "UBND xã Hoằng Phú".
        object_id: The document in the object store, or None when there is only paper.
        signature_level: "B-B", "B-T", "B-LTA", or empty when unsigned.
        signature_digest: SHA-256 (hex) of the signed byte range, or empty.
        signed_by: Common name of the signer's certificate, or empty.
        returned_at: Aware moment of the return (trả kết quả), or None while it waits.
        returned_to: ``person_id`` of who took it; None while it waits.
    """

    result_id: str
    dossier_id: str
    kind_code: str
    title: str
    document_number: str = ""
    issued_on: dt.date | None = None
    issued_by: str = ""
    object_id: str | None = None
    signature_level: str = ""
    signature_digest: str = ""
    signed_by: str = ""
    returned_at: dt.datetime | None = None
    returned_to: str | None = None
