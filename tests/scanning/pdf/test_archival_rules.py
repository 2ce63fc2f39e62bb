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
from PIL import Image, ImageDraw

from scanning.ocr.text import Box, Word
from scanning.page_image import PageImage
from scanning.pdf.document_facts import DigitisedKind, DocumentFacts
from scanning.pdf.searchable import ScannedPage, build_pdf
from tests.scanning.pdf.conftest import PageOf

NOON = dt.datetime(2026, 11, 22, 12, 0, 5, tzinfo=dt.timezone(dt.timedelta(hours=7)))
TITLE = 'Hồ sơ <số 12> & "bản sao" 📄'
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "sohoa": "urn:motcua:xmp:so-hoa:1.0:",
}
FACTS = DocumentFacts(
    dossier_code="H56.12.3-261201-0007",
    kind=DigitisedKind.COMPONENT,
    owner_name="Lê Văn Thành",
    document_number="12/2026 <&>\x07\ufffe",
    summary="Về việc “đăng ký” khai sinh",
    issuer="UBND xã Hoằng Phú",
    issue_date=dt.date(2026, 10, 2),
    digitised_by="Nguyễn Thị Lan",
    digitised_at=NOON,
)
OPERATORS = {"q", "Q", "cm", "rg", "Do", "BT", "ET", "Tr", "Tf", "Tz", "Tm", "Tj"}


@pytest.fixture(scope="module")
def content(page_of: PageOf, scan_of: Callable[..., PageImage]) -> bytes:
    """A page of print with a seal, one without print, and one that could not be read."""
    picture = Image.new("RGB", (600, 900), (240, 240, 238))
    draw = ImageDraw.Draw(picture)
    draw.text((60, 60), "TỜ KHAI ĐĂNG KÝ KHAI SINH", font_size=30, fill=(30, 30, 30))
    draw.ellipse((300, 500, 500, 700), outline=(200, 40, 50), width=12)
    words = [Word(text, Box(60 + 80 * index, 60, 70, 30), 90.0) for index, text in enumerate(["TỜ", "KHAI", "ĐĂNG"])]
    gray = Image.new("L", (600, 900), 230)
    pages = [page_of(picture, *words), page_of(gray), ScannedPage(scan_of(gray, 100), None)]
    return build_pdf(pages, TITLE, NOON, FACTS)


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
            assert str(item.Filter) in {"/FlateDecode", "/DCTDecode", "/CCITTFaxDecode"}


def test_the_file_says_that_it_is_pdf_a_2b_and_says_everything_twice_alike(pdf: pikepdf.Pdf) -> None:
    assert "/Filter" not in pdf.Root.Metadata
    packet = pdf.Root.Metadata.read_bytes()
    assert packet.startswith('<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'.encode())
    assert packet.endswith(b'<?xpacket end="w"?>')
    said = statements(packet)

    def value(name: str) -> str:
        return said[qualified(name)]

    assert (value("pdfaid:part"), value("pdfaid:conformance")) == ("2", "B")
    info = pdf.trailer.Info
    assert value("dc:title") == str(info.Title) == TITLE
    assert value("pdf:Producer") == str(info.Producer)
    assert value("xmp:CreatorTool") == str(info.Creator)
    assert value("xmp:CreateDate") == value("xmp:ModifyDate") == NOON.isoformat()
    assert str(info.CreationDate) == str(info.ModDate) == "D:20261122120005+07'00'"
    assert value("dc:description") == str(info.Subject) == FACTS.summary
    assert set(info.keys()) == {"/Title", "/Subject", "/Creator", "/Producer", "/CreationDate", "/ModDate"}


def qualified(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def statements(packet: bytes) -> dict[str, str]:
    descriptions = ET.fromstring(packet).iterfind(".//rdf:Description", NAMESPACES)  # noqa: S314 — our own
    return {child.tag: "".join(child.itertext()).strip() for each in descriptions for child in each}


def test_what_is_known_of_the_paper_is_in_a_schema_that_the_file_describes(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    said = statements(packet)
    ours = {tag.partition("}")[2]: value for tag, value in said.items() if tag.startswith(f"{{{NAMESPACES['sohoa']}}}")}
    assert ours == {
        "MaHoSo": "H56.12.3-261201-0007", "LoaiSoHoa": "0", "ChuGiayTo": "Lê Văn Thành", "SoKyHieu": "12/2026 <&>",
        "TrichYeu": "Về việc “đăng ký” khai sinh", "CoQuanBanHanh": "UBND xã Hoằng Phú", "NgayBanHanh": "2026-10-02",
        "NguoiSoHoa": "Nguyễn Thị Lan", "ThoiGianSoHoa": "2026-11-22T12:00:05+07:00",
    }  # fmt: skip
    (schema,) = ET.fromstring(packet).findall(".//pdfaExtension:schemas/rdf:Bag/rdf:li", NAMESPACES)  # noqa: S314
    resource = f"{{{NAMESPACES['rdf']}}}parseType"
    assert schema.get(resource) == "Resource"
    assert schema.findtext("pdfaSchema:schema", None, NAMESPACES)
    assert schema.findtext("pdfaSchema:namespaceURI", None, NAMESPACES) == NAMESPACES["sohoa"]
    assert schema.findtext("pdfaSchema:prefix", None, NAMESPACES) == "sohoa"
    properties = schema.findall("pdfaSchema:property/rdf:Seq/rdf:li", NAMESPACES)
    assert [each.findtext("pdfaProperty:name", None, NAMESPACES) for each in properties] == list(ours)
    for each in properties:
        assert each.get(resource) == "Resource"
        assert each.findtext("pdfaProperty:valueType", None, NAMESPACES) in {"Text", "Date", "Integer"}
        assert each.findtext("pdfaProperty:category", None, NAMESPACES) == "external"
        assert each.findtext("pdfaProperty:description", None, NAMESPACES)


def test_a_document_of_which_nothing_is_known_describes_no_schema(scan_of: Callable[..., PageImage]) -> None:
    page = ScannedPage(scan_of(Image.new("L", (60, 90), 230), 100), None)
    with pikepdf.open(io.BytesIO(build_pdf([page], "Giấy\x00tờ", NOON))) as pdf:
        said = statements(pdf.Root.Metadata.read_bytes())
        assert {qualified("dc:description"), qualified("pdfaExtension:schemas")}.isdisjoint(said)
        assert said[qualified("dc:title")] == str(pdf.trailer.Info.Title) == "Giấy tờ"


def test_facts_about_people_are_not_shown_by_accident() -> None:
    assert "Thành" not in repr(FACTS)
    assert "Lan" not in repr(FACTS)
    with pytest.raises(ValueError, match="time zone"):
        DocumentFacts(digitised_at=NOON.replace(tzinfo=None))


def test_colours_mean_srgb(pdf: pikepdf.Pdf) -> None:
    (intent,) = pdf.Root.OutputIntents
    assert (str(intent.S), int(intent.DestOutputProfile.N)) == ("/GTS_PDFA1", 3)
    profile = intent.DestOutputProfile.read_bytes()
    size, version = struct.unpack_from(">I4xB", profile)
    assert size == len(profile)
    assert version < 5
    assert (profile[12:16], profile[16:20], profile[36:40]) == (b"mntr", b"RGB ", b"acsp")


def test_pictures_are_plain(pdf: pikepdf.Pdf) -> None:
    pictures = [
        picture for page in pdf.pages for picture in page.Resources.XObject.values() if "/ImageMask" not in picture
    ]
    assert [str(picture.ColorSpace) for picture in pictures] == ["/DeviceRGB", "/DeviceGray", "/DeviceGray"]
    for image in pictures:
        assert (str(image.Filter), int(image.BitsPerComponent)) == ("/DCTDecode", 8)
        assert not {"/SMask", "/Mask", "/Interpolate", "/Alternates", "/Intent", "/Decode"} & set(image.keys())
    assert all("/Group" not in page.obj for page in pdf.pages)


def test_print_is_a_stencil_of_plain_group_4_bits(pdf: pikepdf.Pdf) -> None:
    stencils = [page.Resources.XObject.get("/Print") for page in pdf.pages]
    assert [stencil is not None for stencil in stencils] == [True, False, False]
    stencil = stencils[0]
    assert stencil is not None
    assert set(stencil.keys()) == {
        "/Type", "/Subtype", "/Width", "/Height", "/ImageMask", "/BitsPerComponent", "/Decode", "/Filter",
        "/DecodeParms", "/Length",
    }  # fmt: skip
    assert bool(stencil.ImageMask)
    assert (str(stencil.Filter), int(stencil.BitsPerComponent)) == ("/CCITTFaxDecode", 1)
    assert [int(value) for value in stencil.Decode] == [1, 0]
    parameters = stencil.DecodeParms
    assert (int(parameters.K), bool(parameters.BlackIs1)) == (-1, True)
    assert (int(parameters.Columns), int(parameters.Rows)) == (int(stencil.Width), int(stencil.Height))


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
