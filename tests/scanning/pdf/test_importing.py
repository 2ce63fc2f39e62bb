# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import io
import zlib
from collections.abc import Callable

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, ImageDraw

from scanning.errors import ScanningError
from scanning.page_image import ColorMode, PageImage
from scanning.pdf import importing
from scanning.pdf.importing import ActiveContent, open_document
from scanning.pdf.searchable import ScannedPage, build_pdf
from tests.scanning.pdf.written import FORM, written

A4 = (595.0, 842.0)


def saved(pdf: Pdf, encryption: pikepdf.Encryption | None = None) -> bytes:
    content = io.BytesIO()
    pdf.save(content, encryption=encryption)
    return content.getvalue()


def blank(*pages: tuple[float, float]) -> Pdf:
    pdf = Pdf.new()
    for size in pages or (A4,):
        pdf.add_blank_page(page_size=size)
    return pdf


def jpeg(width: int = 827, height: int = 1169, mode: str = "RGB", **options: object) -> bytes:
    picture = Image.new(mode, (width, height), 255 if mode == "L" else "white")
    ImageDraw.Draw(picture).rectangle((50, 50, 200, 100), fill=0 if mode == "L" else "black")
    content = io.BytesIO()
    picture.save(content, "JPEG", **options)
    return content.getvalue()


def picture_of(pdf: Pdf, content: bytes, **entries: object) -> Stream:
    with Image.open(io.BytesIO(content)) as image:
        space = Name.DeviceGray if image.mode == "L" else Name.DeviceRGB
        return Stream(
            pdf, content, Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height,
            BitsPerComponent=8, ColorSpace=space, Filter=Name.DCTDecode, **entries,
        )  # fmt: skip


def scanned(content: bytes, drawing: str = "q 595 0 0 842 0 0 cm /Im Do Q", **entries: object) -> bytes:
    """A PDF as scanners write it: one picture on one page."""
    pdf = blank()
    page = pdf.pages[0].obj
    page.Resources = Dictionary(XObject=Dictionary(Im=picture_of(pdf, content, **entries)))
    page.Contents = Stream(pdf, drawing.encode())
    return saved(pdf)


def first_page(content: bytes, dpi: int = 100) -> PageImage:
    with open_document(content) as document:
        return document.render_page(0, dpi)


def refusal(content: bytes) -> ScanningError:
    with pytest.raises(ScanningError) as caught, open_document(content) as document:
        document.render_page(0)
    return caught.value


def test_a_page_is_drawn_as_it_looks() -> None:
    page = first_page(written(FORM))
    assert (page.width_px, page.height_px, page.dpi) == (827, 1170, 100)
    with Image.open(io.BytesIO(page.content)) as picture:
        assert picture.info["dpi"] == (100, 100)
        pixels = np.asarray(picture.convert("L"))
    assert pixels.shape == (1170, 827)
    assert 0.005 < np.mean(pixels < 128) < 0.2


def test_a_page_without_colour_is_drawn_without_colour() -> None:
    assert first_page(saved(blank())).color_mode is ColorMode.GRAY
    assert first_page(written("#text(red)[Đỏ]")).color_mode is ColorMode.COLOR


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_scanned_jpeg_is_taken_byte_for_byte(mode: str) -> None:
    content = jpeg(mode=mode)
    page = first_page(scanned(content))
    assert page.content == content
    assert (page.width_px, page.height_px, page.dpi) == (827, 1169, 100)
    assert page.color_mode is (ColorMode.COLOR if mode == "RGB" else ColorMode.GRAY)


def test_a_scan_with_somebody_s_text_over_it_is_taken_byte_for_byte_and_read_anew() -> None:
    content = jpeg()
    drawing = f"q 595 0 0 842 0 0 cm /Im Do Q BT 3 Tr /F 12 Tf 50 700 Td ({'poorly read words ' * 20}) Tj ET"
    pdf = blank()
    page = pdf.pages[0].obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(XObject=Dictionary(Im=picture_of(pdf, content)), Font=Dictionary(F=font))
    page.Contents = Stream(pdf, drawing.encode())
    with open_document(saved(pdf)) as document:
        assert document.render_page(0).content == content
        assert document.page_text(0) is None


@pytest.mark.parametrize(
    ("drawing", "entries"),
    [
        ("q 0 842 -595 0 595 0 cm /Im Do Q", {}),  # lying on its side
        ("q 595 0 0 -842 0 842 cm /Im Do Q", {}),  # upside down
        ("q 300 0 0 400 50 50 cm /Im Do Q", {}),  # a part of the page
        ("q 595 0 0 842 0 0 cm /Im Do Q 1 0 0 rg 10 10 50 50 re f", {}),  # a stamp over it
        ("q 595 0 0 842 0 0 cm /Im Do Q", {"Decode": Array([1, 0, 1, 0, 1, 0])}),  # inverted
    ],
)
def test_a_page_that_is_not_just_an_upright_jpeg_is_drawn(drawing: str, entries: dict[str, object]) -> None:
    content = jpeg()
    page = first_page(scanned(content, drawing, **entries))
    assert page.content != content
    assert page.height_px in (1169, 1170)


def test_a_camera_s_mark_that_means_nothing_in_a_document_turns_nothing() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    content = jpeg(exif=exif)
    page = first_page(scanned(content))
    assert page.content != content
    with Image.open(io.BytesIO(page.content)) as picture:
        assert picture.height > picture.width
        assert np.asarray(picture.convert("L"))[75, 120] < 60


def test_a_scan_that_is_no_jpeg_is_drawn_as_dense_as_it_is() -> None:
    pdf = blank()
    pixels = Stream(pdf, zlib.compress(bytes([255]) * (595 * 842)), Type=Name.XObject, Subtype=Name.Image)
    pixels.Width, pixels.Height, pixels.BitsPerComponent = 595, 842, 8
    pixels.ColorSpace, pixels.Filter = Name.DeviceGray, Name.FlateDecode
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im=pixels))
    pdf.pages[0].obj.Contents = Stream(pdf, b"q 595 0 0 842 0 0 cm /Im Do Q")
    page = first_page(saved(pdf), dpi=300)
    assert (page.width_px, page.height_px, page.dpi) == (595, 842, 72)


def test_pages_that_are_turned_in_the_file_are_drawn_turned() -> None:
    pdf = blank(A4)
    pdf.pages[0].obj.Rotate = 90
    assert first_page(saved(pdf)).width_px == 1170


def test_a_very_large_page_is_drawn_less_densely_and_one_of_kilometres_refused() -> None:
    page = first_page(saved(blank((5000, 6000))), dpi=300)
    assert 100 <= page.dpi < 150
    assert page.width_px * page.height_px <= 100_000_000
    assert refusal(saved(blank((14_000, 14_000)))).code == "page-too-large"
    kilometres = blank()
    kilometres.pages[0].obj.MediaBox = Array([0, 0, 10_000_000, 500])
    assert refusal(saved(kilometres)).code == "page-too-large"
    assert refusal(saved(blank((10, 500)))).code == "page-too-small"


def test_a_locked_document_is_refused_and_one_that_anybody_may_open_is_read() -> None:
    locked = saved(blank(), encryption=pikepdf.Encryption(owner="o", user="u"))
    assert refusal(locked).code == "document-encrypted"
    assert first_page(saved(blank(), encryption=pikepdf.Encryption(owner="o", user=""))).height_px == 1170


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n%%EOF", b"%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj"])
def test_what_is_no_document_is_refused(content: bytes) -> None:
    assert refusal(content).code == "document-unreadable"


def test_a_document_is_refused_for_its_length() -> None:
    pdf = blank()
    for _ in range(importing.MOST_PAGES - 1):
        pdf.pages.append(pdf.pages[0])
    with open_document(saved(pdf)) as document:
        assert document.facts.page_count == importing.MOST_PAGES
    pdf.pages.append(pdf.pages[0])
    error = refusal(saved(pdf))
    assert (error.code, error.details["pages"], error.details["limit"]) == ("document-too-long", "501", "500")


def with_giant_picture(pdf: Pdf) -> Dictionary:
    picture = Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Image, Width=60_000, Height=60_000)
    return Dictionary(XObject=Dictionary(Im=picture))


def with_giant_mask(pdf: Pdf) -> Dictionary:
    mask = pdf.make_indirect(Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Image, Width=60_000, Height=60_000))
    return Dictionary(XObject=Dictionary(Im=picture_of(pdf, jpeg(), SMask=mask)))


def with_giant_picture_in_a_form(pdf: Pdf) -> Dictionary:
    form = Stream(pdf, b"/Im Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form.Resources = with_giant_picture(pdf)
    return Dictionary(XObject=Dictionary(Form=form))


def with_a_bomb_in_a_form(pdf: Pdf) -> Dictionary:
    form = Stream(pdf, zlib.compress(b"0 0 m 9 9 l S\n" * 6_000_000, 9), Type=Name.XObject, Subtype=Name.Form)
    form.BBox, form.Filter = Array([0, 0, 9, 9]), Name.FlateDecode
    return Dictionary(XObject=Dictionary(Form=form))


@pytest.mark.parametrize(
    "resources", [with_giant_picture, with_giant_mask, with_giant_picture_in_a_form, with_a_bomb_in_a_form]
)
def test_a_bomb_is_refused_before_it_goes_off(resources: Callable[[Pdf], Dictionary]) -> None:
    pdf = blank()
    pdf.pages[0].obj.Resources = resources(pdf)
    pdf.pages[0].obj.Contents = Stream(pdf, b"/Im Do /Form Do")
    assert refusal(saved(pdf)).code == "page-too-large"


def test_a_signature_is_noticed_however_it_is_written_down() -> None:
    plain = saved(blank())
    with open_document(plain) as document:
        assert not document.facts.is_signed
    by_range, by_flags, by_permission = blank(), blank(), blank()
    by_range.Root.Sig = Dictionary(Type=Name.Sig, ByteRange=Array([0, 10, 20, 30]), Contents=String("x"))
    by_flags.Root.AcroForm = Dictionary(SigFlags=3, Fields=Array([]))
    by_permission.Root.Perms = Dictionary(DocMDP=Dictionary(Type=Name.Sig))
    for pdf in (by_range, by_flags, by_permission):
        with open_document(saved(pdf)) as document:
            assert document.facts.is_signed


def test_what_a_document_could_do_is_noticed() -> None:
    pdf = blank()
    with open_document(saved(pdf)) as document:
        assert document.facts.active == frozenset()
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([])))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("x.exe")))
    link.Rect = Array([0, 0, 9, 9])
    pdf.pages[0].obj.Annots = Array([link])
    with open_document(saved(pdf)) as document:
        assert document.facts.active == frozenset(ActiveContent)


def test_our_own_document_is_read_again(scan_of: Callable[..., PageImage]) -> None:
    image = scan_of(Image.new("L", (600, 900), 200), 100)
    ours = build_pdf([ScannedPage(image, None)], "Giấy", dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert first_page(ours).content == image.content
