# SPDX-License-Identifier: GPL-3.0-or-later
"""Typesetting of official forms with typst, in memory only.

A form is a template file plus JSON facts; the result is PDF/A-2b with its fonts inside. Nothing is written to disk:
the facts name people.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Mapping
from pathlib import Path

import segno
import typst
from fontTools.ttLib import TTFont

from casework.text import clean

_HERE = Path(__file__).parent
_EMPTY_BOX = "\u25a1"


def typeset(template: str, facts: Mapping[str, object], *, made_at: dt.datetime, qr_text: str = "") -> bytes:
    """Typeset one form.

    Args:
        template: File name in ``workstation/forms/templates``.
        facts: What the template reads; JSON values only. A letter that our fonts lack is printed as an empty box, for
            the clerk to fill in by hand; PDF/A would not allow it at all.
        made_at: Aware date and time for the document's metadata; the same input gives the same bytes.
        qr_text: Content of the form's QR code; empty for a form without one.

    Returns:
        PDF/A-2b.
    """
    inputs = {"facts": json.dumps(_drawable(facts), ensure_ascii=False)}
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


def _drawable(value: object) -> object:
    """Give a JSON value whose texts our fonts can draw."""
    if isinstance(value, Mapping):
        return {name: _drawable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_drawable(item) for item in value]
    if not isinstance(value, str):
        return value
    letters = _letters()
    return "".join(letter if ord(letter) in letters else _EMPTY_BOX for letter in clean(value))


@functools.cache
def _letters() -> frozenset[int]:
    """Code points that every one of our fonts can draw."""
    maps = []
    for path in sorted((_HERE / "fonts").glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            maps.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*maps)
