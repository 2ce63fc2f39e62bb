# SPDX-License-Identifier: GPL-3.0-or-later
"""What ``./motcua scan --in`` tells of every page, as JSON: a stable contract, other programs read it.

A list with one entry a page:

==================== ==================================================================================================
``file``             Name of the file in the folder; what is no Unicode in it is replaced.
``page``             Which page of it, from 1.
``pdf``              Name of the PDF that was written, or ``null``.
``text``             What stands on the page, one line of print a line.
``class``            Kind of paper, a value of ``scanning.classify.paper_class.PaperClass``.
``class_confidence`` 0 to 1, calibrated.
``class_evidence``   What the class rests on.
``fields``           By name: ``{"value", "confidence", "place"}``; ``place`` is left, top, width, height in shares of
                     the upright page.
``rotation``         0, 90, 180 or 270: how far the page lay turned clockwise.
``skew``             Degrees that the sheet lay askew, clockwise positive; what is left beside ``rotation``.
``blank``            Whether there is no ink.
``qr``               What the first QR code says, or ``null``.
``codes``            All QR and bar codes: ``{"symbology", "text"}``.
``advice``           Why to scan again, e.g. ``blurred``; empty for a good page.
``suggestions``      Words that were probably misread: ``{"read", "proposed"}``.
``error``            Code of what kept the page from being read, or ``null``.
==================== ==================================================================================================
"""

from __future__ import annotations

import os
from typing import Final

from scanning.extract.field import Field
from scanning.folder_reading import PageFound
from scanning.ocr.text import PageText, enclosing
from scanning.transforms import quarter_turns, tilt_degrees

_QR: Final = "qr"
_DECIMALS: Final = 4


def page_entry(page: PageFound) -> dict[str, object]:
    """Give the entry of a page; see the module."""
    reading = page.reading
    tilt = tilt_degrees(reading.transforms)
    turns = quarter_turns(tilt)
    skew = (tilt - 90.0 * turns + 180.0) % 360.0 - 180.0
    return {
        "file": os.fsencode(page.file).decode(errors="replace"),
        "page": page.number,
        "pdf": page.document or None,
        "text": reading.text.text,
        "class": reading.guess.paper_class.value,
        "class_confidence": reading.guess.confidence,
        "class_evidence": reading.guess.evidence.value,
        "fields": {field.name: _field(field, reading.text) for field in reading.fields},
        "rotation": 90 * turns,
        "skew": round(skew, 2) + 0.0,
        "blank": reading.blank,
        "qr": next((code.text for code in reading.codes if code.symbology == _QR), None),
        "codes": [{"symbology": code.symbology, "text": code.text} for code in reading.codes],
        "advice": [advice.value for advice in reading.quality.advice],
        "suggestions": [{"read": each.read, "proposed": each.proposed} for each in reading.suggestions],
        "error": reading.fault,
    }


def _field(field: Field, text: PageText) -> dict[str, object]:
    box = enclosing(field.boxes)
    place = (
        box.left / text.width_px, box.top / text.height_px, box.width / text.width_px, box.height / text.height_px,
    )  # fmt: skip
    return {
        "value": field.value,
        "confidence": field.confidence,
        "place": [round(share, _DECIMALS) for share in place],
    }
