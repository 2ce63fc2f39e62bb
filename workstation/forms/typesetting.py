# SPDX-License-Identifier: GPL-3.0-or-later
"""Typesetting of official forms with typst, in memory only.

A form is a template file plus JSON facts; the result is PDF/A-2b with its fonts inside. Nothing is written to disk:
the facts name people.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

import segno
import typst

_HERE = Path(__file__).parent


def typeset(template: str, facts: Mapping[str, object], *, made_at: dt.datetime, qr_text: str = "") -> bytes:
    """Typeset one form.

    Args:
        template: File name in ``workstation/forms/templates``.
        facts: What the template reads; JSON values only.
        made_at: Aware date and time for the document's metadata; the same input gives the same bytes.
        qr_text: Content of the form's QR code; empty for a form without one.

    Returns:
        PDF/A-2b.
    """
    inputs = {"facts": json.dumps(facts, ensure_ascii=False)}
    if qr_text:
        inputs["qr"] = qr_code_svg(qr_text)
    return typst.compile(
        _HERE / "templates" / template,
        font_paths=[_HERE / "fonts"],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=["a-2b"],
        timestamp=int(made_at.timestamp()),
    )


def qr_code_svg(text: str) -> str:
    """Draw a QR code (ISO/IEC 18004, error correction M) as SVG, one unit a module with the quiet zone of four."""
    code = segno.make(text, error="m", micro=False)
    drawing: str = code.svg_inline(border=4, svgclass=None, lineclass=None, omitsize=True, encoding="utf-8")
    return drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
