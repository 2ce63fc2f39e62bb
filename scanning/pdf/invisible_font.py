# SPDX-License-Identifier: GPL-3.0-or-later
"""A font whose letters have a width and a meaning but no shape, for text that lies over the picture of itself."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Final

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

ADVANCE: Final = 0.5
"""Width of every letter, in units of the font size."""

DESCENT: Final = 0.2
"""Depth of the letters below the line, in units of the font size."""

_EM: Final = 1000
_CREATED: Final = 3_029_529_600  # 2000-01-01 in seconds since 1904: equal text shall give equal files
_FONT_NAME: Final = "MotCuaInvisible"
_LARGEST_BLOCK: Final = 100  # entries of one bfchar block, Adobe technical note 5411


class InvisibleFont:
    """The font of one document: a glyph for each letter in use, so that ToUnicode is exact."""

    def __init__(self, letters: Iterable[str]) -> None:
        # Glyph 0 is .notdef, which a PDF/A file may not show (ISO 19005-2, 6.2.11.8).
        self._glyphs = {letter: index for index, letter in enumerate(sorted(set(letters)), start=1)}

    def encode(self, text: str) -> str:
        """Give text as the hexadecimal string of a content stream."""
        return "<" + "".join(f"{self._glyphs[letter]:04X}" for letter in text) + ">"

    def embed(self, pdf: Pdf) -> Object:
        """Add the font to a document."""
        program = _font_program(self._glyphs)
        descriptor = pdf.make_indirect(
            Dictionary(
                Type=Name.FontDescriptor,
                FontName=Name(f"/{_FONT_NAME}"),
                Flags=4,  # symbolic: its letters are its own
                FontBBox=Array([0, int(-DESCENT * _EM), int(ADVANCE * _EM), int((1 - DESCENT) * _EM)]),
                ItalicAngle=0,
                Ascent=int((1 - DESCENT) * _EM),
                Descent=int(-DESCENT * _EM),
                CapHeight=int((1 - DESCENT) * _EM),
                StemV=80,
                FontFile2=pdf.make_indirect(Stream(pdf, program, Length1=len(program))),
            )
        )
        descendant = pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.CIDFontType2,
                BaseFont=Name(f"/{_FONT_NAME}"),
                CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
                CIDToGIDMap=Name.Identity,
                DW=int(ADVANCE * _EM),
                FontDescriptor=descriptor,
            )
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=Name(f"/{_FONT_NAME}"),
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([descendant]),
                ToUnicode=pdf.make_indirect(Stream(pdf, _to_unicode(self._glyphs))),
            )
        )


def _font_program(glyphs: Mapping[str, int]) -> bytes:
    names = [".notdef", *(f"letter{index}" for index in glyphs.values())]
    builder = FontBuilder(_EM, isTTF=True)
    builder.setupHead(unitsPerEm=_EM, created=_CREATED, modified=_CREATED)
    builder.font.recalcTimestamp = False
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): f"letter{index}" for letter, index in glyphs.items()})
    builder.setupGlyf({name: Glyph() for name in names})
    builder.setupHorizontalMetrics({name: (int(ADVANCE * _EM), 0) for name in names})
    builder.setupHorizontalHeader(ascent=int((1 - DESCENT) * _EM), descent=int(-DESCENT * _EM))
    builder.setupNameTable({"familyName": _FONT_NAME, "styleName": "Regular", "psName": _FONT_NAME})
    builder.setupPost(keepGlyphNames=False)
    program = io.BytesIO()
    builder.save(program)
    return program.getvalue()


def _to_unicode(glyphs: Mapping[str, int]) -> bytes:
    entries = [f"<{index:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for letter, index in glyphs.items()]
    blocks = [entries[start : start + _LARGEST_BLOCK] for start in range(0, len(entries), _LARGEST_BLOCK)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")
