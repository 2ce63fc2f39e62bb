# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan of a made-up page: what is printed where, and what a reader should find; before it is set and scanned."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from demo.papers.made_up import MadeUp

Block = Mapping[str, object]
"""One piece of a page; ``press.typ`` knows how every ``kind`` is set. Made by the functions below only."""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One side of a sheet.

    Attributes:
        paper_class: Value of ``scanning.classify.paper_class.PaperClass``.
        layout: Name of the layout, unique within the class, e.g. ``2020-form``.
        blocks: From top to bottom.
        fields: What should be found, canonical as in ``demo.sheets.Truth.fields``.
        format: ``a4``, ``a4-landscape``, ``a5``, ``a5-landscape`` or ``card`` (ID-1, 85.6 x 54 mm).
        fill: Colour of the paper, ``#rrggbb``.
        border: Ornamental border as certificates have.
        size_pt: Size of the running print.
        margins_mm: Top, right, bottom, left.
    """

    paper_class: str
    layout: str
    blocks: Sequence[Block]
    fields: Mapping[str, str] = field(default_factory=dict)
    format: str = "a4"
    fill: str = "#ffffff"
    border: bool = False
    size_pt: float = 12.5
    margins_mm: tuple[float, float, float, float] = (18, 16, 15, 27)


Layout = Callable[[MadeUp], PagePlan]
"""One way in which a kind of paper is laid out: fills it in for somebody made up."""


def heading() -> Block:
    """The national heading, centred."""
    return {"kind": "heading"}


def letterhead(agency: Sequence[str], number: str = "", place_and_date: str = "") -> Block:
    """Agency on the left (its last line bold), national heading on the right, number and date below (NĐ 30/2020)."""
    return {"kind": "letterhead", "agency": list(agency), "number": number, "place_and_date": place_and_date}


def form_code(text: str) -> Block:
    """A small line at the top right, e.g. ``Mẫu CT01 ban hành kèm theo Thông tư …``."""
    return {"kind": "form_code", "text": text}


def title(main: str, sub: str = "", size_pt: float = 15) -> Block:
    r"""The title, centred and bold; ``\n`` breaks lines. ``sub`` is smaller and not bold."""
    return {"kind": "title", "main": main, "sub": sub, "size_pt": size_pt}


def entry(label: str, value: str, *, bold: bool = False, by_hand: bool = False, rule: str = "dots") -> Block:
    """``label: value`` on a line.

    Args:
        label: Without colon; may be empty.
        value: What was filled in; may be longer than a line.
        bold: Whether the value is bold.
        by_hand: Whether it was written with a pen.
        rule: What it stands on: ``dots``, ``line`` or ``none``.
    """
    return {"kind": "entry", "label": label, "value": value, "bold": bold, "by_hand": by_hand, "rule": rule}


def row(*blocks: Block, shares: Sequence[float] = ()) -> Block:
    """Blocks side by side; ``shares`` of the width, equal by default."""
    return {"kind": "row", "blocks": list(blocks), "shares": list(shares) or [1.0] * len(blocks)}


def column(*blocks: Block) -> Block:
    """Blocks below each other, to be used inside ``row``."""
    return {"kind": "column", "blocks": list(blocks)}


def boxes(label: str, characters: str) -> Block:
    """A label and one box for each character, as forms have for personal numbers."""
    return {"kind": "boxes", "label": label, "characters": characters}


def ticks(label: str, options: Sequence[tuple[str, bool]]) -> Block:
    """A label and boxes to tick, each with its words."""
    return {"kind": "ticks", "label": label, "options": [list(option) for option in options]}


def paragraph(
    text: str, *, style: str = "plain", align: str = "left", size_pt: float = 0, indent_mm: float = 0
) -> Block:
    r"""Running text.

    Args:
        text: What it says; ``\n`` breaks lines.
        style: ``plain``, ``bold``, ``italic`` or ``bold-italic``.
        align: ``left``, ``center``, ``right`` or ``justify``.
        size_pt: 0 for the page's size.
        indent_mm: Of the first line.
    """
    return {
        "kind": "paragraph",
        "text": text,
        "style": style,
        "align": align,
        "size_pt": size_pt,
        "indent_mm": indent_mm,
    }


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float] = ()) -> Block:
    """A ruled table with a heading row (left out when all headings are empty)."""
    return {"kind": "table", "columns": list(columns), "rows": [list(each) for each in rows], "shares": list(shares)}


def signatures(*signers: Mapping[str, object]) -> Block:
    """Who signs, side by side; each made by ``signer``."""
    return {"kind": "signatures", "signers": list(signers)}


def signer(titles: Sequence[str], name: str, *, note: str = "", seal: Sequence[str] = (), pen: str = "blue") -> Block:
    """One signature: titles above, the pen stroke, the name below.

    Args:
        titles: Lines in bold; empty strings leave the place empty.
        name: Below; may be empty.
        note: E.g. ``(Ký, ghi rõ họ tên)``.
        seal: Words around and below in the red seal; empty for none.
        pen: ``blue``, ``black`` or ``none``.
    """
    return {"kind": "signer", "titles": list(titles), "name": name, "note": note, "seal": list(seal), "pen": pen}


def handwriting(text: str) -> Block:
    r"""Lines written with a pen on unruled paper; ``\n`` breaks lines."""
    return {"kind": "handwriting", "text": text}


def photo(width_mm: float, height_mm: float) -> Block:
    """A made-up photograph: a portrait when it is higher than wide, else a landscape."""
    return {"kind": "photo", "width_mm": width_mm, "height_mm": height_mm}


def qr(text: str, side_mm: float = 20, align: str = "left") -> Block:
    """A QR code."""
    return {"kind": "qr", "text": text, "side_mm": side_mm, "align": align}


def parcel_plan(number: str, area: str) -> Block:
    """The sketch of a parcel of land, with lengths of its sides."""
    return {"kind": "parcel_plan", "number": number, "area": area}


def space(millimetres: float) -> Block:
    """Empty height."""
    return {"kind": "space", "millimetres": millimetres}


def machine_readable(lines: Sequence[str]) -> Block:
    """A machine-readable zone (OCR-B-like letters)."""
    return {"kind": "machine_readable", "lines": list(lines)}


def card(*blocks: Block) -> Block:
    """One side of an identity card (ID-1, 85.6 x 54 mm), lying on a larger sheet; its print is small and sans serif."""
    return {"kind": "card", "blocks": list(blocks)}
