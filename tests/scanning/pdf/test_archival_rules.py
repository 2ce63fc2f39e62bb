# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of PDF/A-2b (ISO 19005-2, ISO 32000-1) that apply to a document of scans; no validator installs offline."""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from scanning.ocr.tesseract import TesseractEngine
from scanning.page_image import PageImage
from scanning.pdf.searchable import ScannedPage, build_pdf
from scanning.reading.page_pipeline import read_page

NOON = dt.datetime(2026, 11, 22, 12, 0, 5, tzinfo=dt.timezone(dt.timedelta(hours=7)))
TITLE = 'Hồ sơ <số 12> & "bản sao" 📄'
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
OPERATORS = {"q", "Q", "cm", "Do", "BT", "ET", "Tr", "Tf", "Tz", "Tm", "Tj"}


@pytest.fixture(scope="module")
def content(sample: Callable[..., PageImage], scan_of: Callable[..., PageImage], engine: TesseractEngine) -> bytes:
    declaration = sample("birth-registration-declaration", -1.2, dpi=200)
    gray = scan_of(Image.new("L", (600, 900), 230), 100)
    return build_pdf([ScannedPage(declaration, read_page(declaration, engine)), ScannedPage(gray, None)], TITLE, NOON)


@pytest.fixture
def pdf(content: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


def test_the_file_is_marked_as_binary_and_ends_with_its_end(content: bytes) -> None:
    header, comment = content.split(b"\n", 2)[:2]
    assert header == b"%PDF-1.7"
    assert comment.startswith(b"%")
    assert sum(byte >= 0x80 for byte in comment[1:5]) == 4
    assert content.endswith(b"%%EOF\n")
    assert content.count(b"%%EOF") == 1


def test_the_file_is_sound_named_and_open(pdf: pikepdf.Pdf) -> None:
    assert pdf.check_pdf_syntax() == []
    assert not pdf.is_encrypted
    identifiers = [bytes(part) for part in pdf.trailer.ID]
    assert len(identifiers) == 2
    assert all(identifiers)


def test_nothing_acts_by_itself_and_nothing_lies_outside(pdf: pikepdf.Pdf) -> None:
    assert set(pdf.Root.keys()) == {
        "/Type", "/Pages", "/Lang", "/ViewerPreferences", "/OutputIntents", "/Metadata",
    }  # fmt: skip
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream | pikepdf.Dictionary):
            assert not {"/F", "/FFilter", "/FDecodeParms", "/AA", "/JS", "/JavaScript", "/Ref", "/OPI"} & set(
                item.keys()
            )
        if isinstance(item, pikepdf.Stream) and "/Filter" in item:
            assert str(item.Filter) in {"/FlateDecode", "/DCTDecode"}


def test_the_file_says_that_it_is_pdf_a_2b_and_says_everything_twice_alike(pdf: pikepdf.Pdf) -> None:
    assert "/Filter" not in pdf.Root.Metadata
    packet = pdf.Root.Metadata.read_bytes()
    assert packet.startswith('<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'.encode())
    assert packet.endswith(b'<?xpacket end="w"?>')
    description = ET.fromstring(packet).find(".//rdf:Description", NAMESPACES)  # noqa: S314 — our own
    assert description is not None
    said = {child.tag: "".join(child.itertext()).strip() for child in description}

    def value(name: str) -> str:
        prefix, _, local = name.partition(":")
        return said[f"{{{NAMESPACES[prefix]}}}{local}"]

    assert (value("pdfaid:part"), value("pdfaid:conformance")) == ("2", "B")
    info = pdf.trailer.Info
    assert value("dc:title") == str(info.Title) == TITLE
    assert value("pdf:Producer") == str(info.Producer)
    assert value("xmp:CreatorTool") == str(info.Creator)
    assert value("xmp:CreateDate") == value("xmp:ModifyDate") == NOON.isoformat()
    assert str(info.CreationDate) == str(info.ModDate) == "D:20261122120005+07'00'"
    assert set(info.keys()) == {"/Title", "/Creator", "/Producer", "/CreationDate", "/ModDate"}


def test_colours_mean_srgb(pdf: pikepdf.Pdf) -> None:
    (intent,) = pdf.Root.OutputIntents
    assert (str(intent.S), int(intent.DestOutputProfile.N)) == ("/GTS_PDFA1", 3)
    profile = intent.DestOutputProfile.read_bytes()
    size, version = struct.unpack_from(">I4xB", profile)
    assert size == len(profile)
    assert version < 5
    assert (profile[12:16], profile[16:20], profile[36:40]) == (b"mntr", b"RGB ", b"acsp")


def test_pictures_are_plain(pdf: pikepdf.Pdf) -> None:
    for page, space in zip(pdf.pages, ["/DeviceRGB", "/DeviceGray"], strict=True):
        assert "/Group" not in page.obj
        (image,) = page.Resources.XObject.values()
        assert (str(image.ColorSpace), int(image.BitsPerComponent)) == (space, 8)
        assert not {"/SMask", "/Mask", "/Interpolate", "/Alternates", "/Intent"} & set(image.keys())


def test_pages_draw_with_allowed_operators_and_text_stays_invisible(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        instructions = pikepdf.parse_content_stream(page)
        assert {str(instruction.operator) for instruction in instructions} <= OPERATORS
        modes = [int(entry.operands[0]) for entry in instructions if str(entry.operator) == "Tr"]
        assert all(mode == 3 for mode in modes)
        assert modes or "/Font" not in page.Resources


def test_the_font_is_embedded_and_its_widths_and_letters_are_true(pdf: pikepdf.Pdf) -> None:
    font = pdf.pages[0].Resources.Font["/Text"]
    (descendant,) = font.DescendantFonts
    assert (str(font.Encoding), str(descendant.CIDToGIDMap)) == ("/Identity-H", "/Identity")
    assert str(font.BaseFont) == str(descendant.BaseFont) == str(descendant.FontDescriptor.FontName)
    program = descendant.FontDescriptor.FontFile2
    assert int(program.Length1) == len(program.read_bytes())
    embedded = TTFont(io.BytesIO(program.read_bytes()))
    glyphs = embedded.getGlyphOrder()
    widths = {embedded["hmtx"][name][0] * 1000 / embedded["head"].unitsPerEm for name in glyphs}
    assert widths == {float(descendant.DW)}
    assert "/W" not in descendant
    letters = re.findall(
        r"<([0-9A-F]{4})> <([0-9A-F]+)>\n", font.ToUnicode.read_bytes().decode().split("beginbfchar", 1)[1]
    )
    assert len({code for code, _ in letters}) == len({letter for _, letter in letters}) == len(letters)
    shown = "".join(
        bytes(entry.operands[0]).hex().upper()
        for entry in pikepdf.parse_content_stream(pdf.pages[0])
        if str(entry.operator) == "Tj"
    )
    codes = {shown[start : start + 4] for start in range(0, len(shown), 4)}
    assert codes == {code for code, _ in letters}
    assert "0000" not in codes
    assert max(int(code, 16) for code in codes) < len(glyphs)
