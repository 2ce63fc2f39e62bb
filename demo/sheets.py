# SPDX-License-Identifier: GPL-3.0-or-later
"""Sheets: a paper typeset in memory, as a picture that an office scanner could have made, with the truth for tests.

Each kind of paper has a typst template ``papers/<kind>.typ``. Nothing is written to disk.
"""

from __future__ import annotations

import functools
import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pypdfium2
import typst
from PIL import Image

from demo.scan_look import Condition, scanned

_TEMPLATES: Final = Path(__file__).parent / "papers"
_FONTS: Final = _TEMPLATES / "fonts"
_A4_MM: Final = (210.0, 297.0)
_MM_PER_INCH: Final = 25.4
# PDFium keeps global state and may only be entered by one thread at a time.
pdfium_lock: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Truth:
    """What a reader of the paper should find.

    Attributes:
        kind: Class id of the paper, e.g. ``birth-proof``.
        fields: Canonical values: names as people write them (not in capitals), dates ``YYYY-MM-DD``, numbers without
            separators, sex ``male`` or ``female``, areas in square metres with a decimal point.
        text: Everything printed, NFC, one line of print a line, in the order of the template; without the letters
            inside seals.
    """

    kind: str
    fields: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class SamplePaper:
    """One side of an A4 sheet.

    Attributes:
        kind: Class id and name of the template.
        data: What the template prints.
        fields: Canonical values, see ``Truth.fields``.
    """

    kind: str
    data: Mapping[str, object]
    fields: Mapping[str, str]

    def truth(self) -> Truth:
        """The kind, the fields and the printed text."""
        return Truth(self.kind, self.fields, _printed_text(self.kind, _canonical(self.data)))


def render_sheet(paper: SamplePaper, *, dpi: int = 300, condition: Condition | None = None) -> Image.Image:
    """Typeset a paper and make it look as if it had been scanned.

    Args:
        paper: What to print.
        dpi: Resolution, 75 to 600.
        condition: How the paper lay and what the scanner did; ``None`` for the clean print.

    Returns:
        RGB, A4 upright: 2480 x 3508 pixels at 300 dpi.
    """
    page = _printed_page(paper.kind, _canonical(paper.data), dpi)
    return page.copy() if condition is None else scanned(page, condition, dpi=dpi)


def render_back(paper: SamplePaper, *, dpi: int = 300, condition: Condition | None = None) -> Image.Image:
    """The empty back of a paper, with the front shining through faintly."""
    front = _printed_page(paper.kind, _canonical(paper.data), dpi)
    mirrored = front.convert("L").transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    paper_white = Image.new("L", front.size, 255)
    back = Image.blend(paper_white, mirrored, 0.06).convert("RGB")
    return back if condition is None else scanned(back, condition, dpi=dpi)


def _canonical(data: Mapping[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def _typeset(kind: str, data: str, *, ink: bool) -> bytes:
    pdf = typst.compile(
        str(_TEMPLATES / f"{kind}.typ"),
        root=str(_TEMPLATES),
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": data, "ink": "yes" if ink else "no"},
        format="pdf",
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned no single document")
    return pdf


@functools.lru_cache(maxsize=4)
def _printed_page(kind: str, data: str, dpi: int) -> Image.Image:
    width, height = (round(side / _MM_PER_INCH * dpi) for side in _A4_MM)
    with pdfium_lock:
        document = pypdfium2.PdfDocument(_typeset(kind, data, ink=True))
        try:
            if len(document) != 1:
                raise ValueError(f"{kind} does not fit on one page")
            bitmap = document[0].render(scale=dpi / 72, rev_byteorder=True)
            page: Image.Image = bitmap.to_pil().convert("RGB")
        finally:
            document.close()
    return page.crop((0, 0, width, height))


@functools.lru_cache(maxsize=32)
def _printed_text(kind: str, data: str) -> str:
    with pdfium_lock:
        document = pypdfium2.PdfDocument(_typeset(kind, data, ink=False))
        try:
            text = document[0].get_textpage().get_text_range()
        finally:
            document.close()
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)
