# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from scanning.errors import ScanningError
from scanning.pdf.importing import open_document
from scanning.pdf.page_weight import check_weight

LINES = b"0 0 m 9 9 l S\n"


def page(pdf: Pdf, content: bytes | Stream, **things: Object) -> None:
    pdf.add_blank_page(page_size=(300, 400))
    shown = pdf.pages[-1].obj
    shown.Resources = Dictionary(XObject=Dictionary({f"/{name}": thing for name, thing in things.items()}))
    shown.Contents = content if isinstance(content, Stream) else Stream(pdf, content)


def form(pdf: Pdf, content: bytes, **things: Object) -> Object:
    made = Stream(pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 300, 400]))
    if things:
        made.Resources = Dictionary(XObject=Dictionary({f"/{name}": thing for name, thing in things.items()}))
    return pdf.make_indirect(made)


def packed(pdf: Pdf, content: bytes, times: int = 1) -> Stream:
    for _ in range(times):
        content = zlib.compress(content, 9)
    stream = Stream(pdf, content)
    stream.Filter = Name.FlateDecode if times == 1 else Array([Name.FlateDecode] * times)
    return stream


def picture(pdf: Pdf, width: int, height: int) -> Object:
    return pdf.make_indirect(Stream(pdf, b"", Subtype=Name.Image, Width=width, Height=height))


def refusal(fill: Callable[[Pdf], None]) -> tuple[str, str]:
    with Pdf.new() as pdf:
        fill(pdf)
        with pytest.raises(ScanningError) as caught:
            check_weight(pdf.pages[0])
        return caught.value.code, caught.value.details.get("reason", "")


def accept(fill: Callable[[Pdf], None]) -> None:
    with Pdf.new() as pdf:
        fill(pdf)
        check_weight(pdf.pages[0])


@pytest.mark.parametrize(
    "content", [b"/F Do", b"q 1 0 0 1 0 0 cm\n/F\n% a remark\nDo Q", b"/#46 Do", b"(text /X Do) Tj /F\x00Do"]
)
@pytest.mark.parametrize("has_own_resources", [True, False])
def test_a_form_that_draws_itself_is_refused(content: bytes, has_own_resources: bool) -> None:
    def fill(pdf: Pdf) -> None:
        endless = form(pdf, content)
        if has_own_resources:
            endless.Resources = Dictionary(XObject=Dictionary(F=endless))
        page(pdf, b"/F Do", F=endless)

    assert refusal(fill) == ("page-unreadable", "draws-itself")


def test_a_form_that_only_could_draw_itself_is_drawn() -> None:
    def fill(pdf: Pdf) -> None:
        shared = form(pdf, LINES)
        shared.Resources = Dictionary(XObject=Dictionary(F=shared))
        page(pdf, b"/F Do /F Do", F=shared)

    accept(fill)


def test_forms_that_multiply_are_refused() -> None:
    def fill(pdf: Pdf) -> None:
        inner = form(pdf, LINES)
        for _ in range(16):
            inner = form(pdf, b"/F Do /F Do", F=inner)
        page(pdf, b"/F Do", F=inner)

    assert refusal(fill) == ("page-too-large", "crowded")


def test_a_very_deep_form_is_refused() -> None:
    def fill(pdf: Pdf) -> None:
        inner = form(pdf, LINES)
        for _ in range(40):
            inner = form(pdf, b"/F Do", F=inner)
        page(pdf, b"/F Do", F=inner)

    assert refusal(fill) == ("page-too-large", "crowded")


@pytest.mark.parametrize("times", [1, 2, 3])
def test_little_that_unpacks_to_very_much_is_refused(times: int) -> None:
    assert refusal(lambda pdf: page(pdf, packed(pdf, LINES * 6_000_000, times))) == ("page-too-large", "content")


def test_content_that_is_spread_over_many_streams_counts_as_one() -> None:
    def fill(pdf: Pdf) -> None:
        page(pdf, b"")
        part = pdf.make_indirect(packed(pdf, LINES * 500_000))
        pdf.pages[0].obj.Contents = Array([part] * 12)

    assert refusal(fill) == ("page-too-large", "content")


def test_a_damaged_stream_is_judged_by_what_can_be_unpacked_of_it() -> None:
    def fill(pdf: Pdf) -> None:
        endless = form(pdf, b"/F Do /F Do")
        page(pdf, b"/F Do", F=endless)
        damaged = packed(pdf, b"/F Do\n" + LINES * 10_000)
        pdf.pages[0].obj.Contents = Stream(pdf, damaged.read_raw_bytes()[:-60] + b"damaged", Filter=Name.FlateDecode)

    assert refusal(fill) == ("page-unreadable", "draws-itself")


def test_a_giant_picture_is_refused_only_where_it_is_drawn() -> None:
    assert refusal(lambda pdf: page(pdf, b"/I Do", I=picture(pdf, 60_000, 60_000)))[0] == "page-too-large"
    assert refusal(lambda pdf: page(pdf, b"/I Do", I=picture(pdf, 30_000, 10)))[0] == "page-too-large"
    accept(lambda pdf: page(pdf, b"/Other Do", I=picture(pdf, 60_000, 60_000), Other=picture(pdf, 3_000, 4_000)))


def test_an_ordinary_page_is_light() -> None:
    def fill(pdf: Pdf) -> None:
        page(pdf, packed(pdf, LINES * 1000), F=form(pdf, LINES), I=picture(pdf, 2480, 3508))
        pdf.pages[0].obj.Contents = packed(pdf, LINES * 1000 + b"/F Do /I Do /Missing Do")

    accept(fill)


def test_the_renderer_sees_the_file_that_was_judged() -> None:
    """Of a damaged file it would make another one: here, with a form that qpdf leaves out."""
    content = io.BytesIO()
    with Pdf.new() as pdf:
        endless = form(pdf, b"/F Do /F Do")
        endless.Resources = Dictionary(XObject=Dictionary(F=endless))
        page(pdf, b"/F Do", F=endless)
        pdf.save(content)
    damaged = content.getvalue().replace(b"/BBox [ 0 0 300 400 ] /Res", b"/BBox [ 0 0 300 400 ] /Resou0 0 9 9 ] /Res")
    assert damaged != content.getvalue()
    with open_document(damaged) as document:
        assert document.render_page(0, 50).width_px == 209


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (Name.ASCII85Decode, lambda content: base64.a85encode(content) + b"~>"),
        (Name.ASCIIHexDecode, lambda content: content.hex().encode() + b">"),
    ],
)
def test_a_page_whose_content_is_written_out_as_text_is_weighed_by_what_it_holds(
    name: Object, written: Callable[[bytes], bytes]
) -> None:
    with Pdf.new() as pdf:
        for content, is_light in ((LINES * 100, True), (LINES * 6_000_000, False)):
            stream = Stream(pdf, written(zlib.compress(content, 9)))
            stream.Filter = Array([name, Name.FlateDecode])
            page(pdf, stream)
            if is_light:
                check_weight(pdf.pages[-1])
            else:
                with pytest.raises(ScanningError, match="page-too-large"):
                    check_weight(pdf.pages[-1])
