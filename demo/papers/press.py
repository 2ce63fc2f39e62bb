# SPDX-License-Identifier: GPL-3.0-or-later
"""The press: sets the plan of a page in memory, each kind of ink apart, and tells cheaply what text it printed.

Print, pen and seal come as separate layers because they meet on paper as real inks do, one through the other, and
because a photocopier, a worn ribbon or a rubber stamp spoils only one of them.
"""

from __future__ import annotations

import contextlib
import ctypes
import enum
import functools
import io
import json
import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pypdfium2
import segno
import typst
from PIL import Image

from demo.papers import fonts
from demo.papers.fonts import Typefaces
from demo.papers.plan import Block, PagePlan
from demo.sheets import pdfium_lock

FORMATS_MM: Final[Mapping[str, tuple[float, float]]] = {
    "a4": (210.0, 297.0),
    "a4-landscape": (297.0, 210.0),
    "a5": (148.0, 210.0),
    "a5-landscape": (210.0, 148.0),
    "card": (85.6, 54.0),
}
"""Width and height of every format, as ``press.typ`` sets them."""
MM_PER_INCH: Final = 25.4

_HERE: Final = Path(__file__).parent
# A wide face makes a full page overflow; offices then choose a smaller size. Below three quarters nobody would.
_SHRINKING: Final = (1.0, 0.96, 0.92, 0.88, 0.84, 0.8, 0.76, 0.72)
# PDFium marks a hyphen at the end of a line with one of these.
_LINE_END_HYPHENS: Final = re.compile("[\x02\ufffe]")
# Baselines of one line differ by less, those of two lines by more, even on a card (8 points apart).
_SAME_LINE_PT: Final = 4.0
_typst_lock: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class SealStyle:
    """How the seals of a page are cut.

    Attributes:
        rings: 1 to 3.
        ring_mm: Width of the outer ring.
        emblem: Whether the middle shows an emblem instead of a star.
        tilt: Degrees, clockwise.
    """

    rings: int = 2
    ring_mm: float = 1.3
    emblem: bool = False
    tilt: float = -8.0


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything that the plan of a page leaves open.

    Attributes:
        typefaces: Of print and pen.
        seed: Of the jitter of the pen, the colours of borders and the made-up photographs.
        fields_pen: Colour of what is filled in by hand: ``blue`` or ``black``.
        blue: Colour of blue pens.
        black: Colour of black pens.
        seal: How seals are cut.
    """

    typefaces: Typefaces = fonts.OFFICE
    seed: int = 0
    fields_pen: str = "blue"
    blue: str = "#1c3096"
    black: str = "#1e1e26"
    seal: SealStyle = SealStyle()


class Layer(enum.Enum):
    """What of a page is set; all of them are laid out in the same way."""

    TEXT = "text"
    """Printed words only, those in boxes as one word: what a reader should get."""

    PRINT = "print"
    PEN = "pen"
    SEAL = "seal"


@dataclass(frozen=True, slots=True)
class SetPage:
    """A page before its inks meet on paper; all pictures of one size.

    Attributes:
        print: RGB, on the colour of the paper.
        pen: RGB on white; ``None`` when nobody wrote or signed.
        seal: Grey, 0 where a stamp touched the paper; ``None`` when nobody stamped.
        text: What is printed, as ``printed_text``.
    """

    print: Image.Image
    pen: Image.Image | None
    seal: Image.Image | None
    text: str


def set_page(plan: PagePlan, setting: Setting, dpi: int) -> SetPage:
    """Set a page.

    Args:
        plan: What to print.
        setting: What the plan leaves open.
        dpi: Resolution, 50 to 600.

    Raises:
        ValueError: It does not fit on one page, even in small letters.
    """
    data = _data(plan, setting)
    shrink, text = _fitted(data)
    width, height = (round(side / MM_PER_INCH * dpi) for side in FORMATS_MM[plan.format])

    def picture(layer: Layer) -> Image.Image:
        with pdfium_lock, _opened(_typeset(data, layer, shrink)) as document:
            bitmap = document[0].render(scale=dpi / 72, rev_byteorder=True, grayscale=layer is Layer.SEAL)
            raster: Image.Image = bitmap.to_pil().convert("L" if layer is Layer.SEAL else "RGB")
        return raster.crop((0, 0, width, height))

    blocks = list(_walk(plan.blocks))
    ticks = any(block["kind"] == "ticks" for block in blocks)
    return SetPage(
        print=picture(Layer.PRINT),
        pen=picture(Layer.PEN) if ticks or has_hand(plan) else None,
        seal=picture(Layer.SEAL) if any(each["seal"] for each in _signers(blocks)) else None,
        text=_lines(text),
    )


def typeset(plan: PagePlan, setting: Setting, layer: Layer) -> bytes:
    """Set one layer of a page as PDF."""
    data = _data(plan, setting)
    return _typeset(data, layer, _fitted(data)[0])


def printed_text(plan: PagePlan, typefaces: Typefaces = fonts.OFFICE) -> str:
    """Everything that is printed, NFC, one line of print a line, in the order of the blocks.

    Without what a pen wrote, without the letters inside seals. The typefaces decide only where lines break.
    """
    return _lines(_fitted(_data(plan, Setting(typefaces)))[1])


def hand_text(plan: PagePlan) -> str:
    """Everything that a pen wrote, NFC, one block a line; without signatures."""
    written = []
    for block in _walk(plan.blocks):
        if block["kind"] == "handwriting":
            written.append(str(block["text"]))
        elif block["kind"] == "entry" and block["by_hand"]:
            written.append(str(block["value"]))
    return unicodedata.normalize("NFC", "\n".join(text for text in written if text))


def has_pictures(plan: PagePlan) -> bool:
    """Whether something is printed that is no text."""
    return any(block["kind"] in {"photo", "qr", "parcel_plan"} for block in _walk(plan.blocks))


def has_hand(plan: PagePlan) -> bool:
    """Whether a pen touched the page; signatures count."""
    return bool(hand_text(plan)) or any(signer["pen"] != "none" for signer in _signers(_walk(plan.blocks)))


def _walk(blocks: Sequence[Block]) -> Iterator[Mapping[str, Any]]:
    for block in blocks:
        yield block
        inner = block.get("blocks")
        if isinstance(inner, Sequence):
            yield from _walk(inner)


def _signers(blocks: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for block in blocks:
        if block["kind"] == "signatures":
            yield from block["signers"]


def _data(plan: PagePlan, setting: Setting) -> str:
    faces = setting.typefaces
    return json.dumps(
        {
            "plan": {
                "blocks": [_for_typst(block) for block in plan.blocks],
                "format": plan.format,
                "fill": plan.fill,
                "border": plan.border,
                "size_pt": plan.size_pt,
                "margins_mm": list(plan.margins_mm),
            },
            "faces": {
                "family": faces.print.name,
                "stretch": faces.print.stretch,
                "scale": faces.print.scale,
                "card": faces.card.name,
                "card_scale": faces.card.scale,
                "hand": faces.hand.name,
                "hand_scale": faces.hand.scale,
            },
            "seed": setting.seed % 9973,
            "pens": {
                "fields": setting.fields_pen,
                "blue": setting.blue,
                "black": setting.black,
                "used": bool(hand_text(plan)),
            },
            "seal": {
                "rings": setting.seal.rings,
                "ring_mm": setting.seal.ring_mm,
                "emblem": setting.seal.emblem,
                "tilt": setting.seal.tilt,
            },
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def _for_typst(block: Block) -> dict[str, Any]:
    prepared: dict[str, Any] = dict(block)
    if "blocks" in prepared:
        prepared["blocks"] = [_for_typst(inner) for inner in prepared["blocks"]]
    if prepared["kind"] == "qr":
        picture = io.BytesIO()
        segno.make(prepared["text"], micro=False).save(picture, kind="svg", border=0, xmldecl=False)
        prepared["svg"] = picture.getvalue().decode()
    return prepared


@functools.cache
def _compiler() -> typst.Compiler:
    families = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)])
    return typst.Compiler(input=str(_HERE / "press.typ"), root=str(_HERE), font_paths=families)


def _typeset(data: str, layer: Layer, shrink: float) -> bytes:
    inputs = {"data": data, "layer": layer.value, "shrink": f"{shrink:.2f}", "ink": "no"}
    with _typst_lock:
        pdf = _compiler().compile(format="pdf", sys_inputs=inputs, pdf_tags=False)
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned no single document")
    return pdf


@contextlib.contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


@functools.lru_cache(maxsize=64)
def _fitted(data: str) -> tuple[float, str]:
    """How far a page must shrink to fit on one sheet, and the text on it."""
    for shrink in _SHRINKING:
        with pdfium_lock, _opened(_typeset(data, Layer.TEXT, shrink)) as document:
            if len(document) == 1:
                return shrink, _words(document[0].get_textpage())
    raise ValueError("the page does not fit on one sheet")


def _words(text: pypdfium2.PdfTextPage) -> str:
    """The characters of a page with the breaks that PDFium sees, and those that it takes for spaces."""

    def height(index: int) -> float:
        across, down = ctypes.c_double(), ctypes.c_double()
        pypdfium2.raw.FPDFText_GetCharOrigin(text, index, across, down)
        return down.value

    letters = []
    count = pypdfium2.raw.FPDFText_CountChars(text)
    for index in range(count):
        letter = chr(pypdfium2.raw.FPDFText_GetUnicode(text, index))
        if letter == " " and 0 < index < count - 1 and pypdfium2.raw.FPDFText_IsGenerated(text, index) == 1:
            letter = "\n" if abs(height(index - 1) - height(index + 1)) > _SAME_LINE_PT else " "
        letters.append(letter)
    return "".join(letters)


def _lines(raw: str) -> str:
    whole = _LINE_END_HYPHENS.sub("-", unicodedata.normalize("NFC", raw))
    lines = (re.sub(r"\s+", " ", line).strip() for line in whole.splitlines())
    return "\n".join(line for line in lines if line)
