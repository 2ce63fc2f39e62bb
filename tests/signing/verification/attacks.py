# SPDX-License-Identifier: GPL-3.0-or-later
"""Revisions that an attacker appends to a signed document, and what they are built of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyhanko.pdf_utils import generic as untyped_generic
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from tests.signing.verification.documents import name

# pyHanko leaves some of what an attacker needs untyped.
generic: Any = untyped_generic

Change = Callable[[Any], None]


def entries(**values: object) -> Any:
    return generic.DictionaryObject({name(f"/{key}"): value for key, value in values.items()})


def stream(data: bytes, **values: object) -> Any:
    return generic.StreamObject(entries(**values), stream_data=data)


def first_page(writer: Any) -> Any:
    return writer.root["/Pages"]["/Kids"][0]


def rectangle(*corners: float) -> Any:
    return generic.ArrayObject(map(generic.FloatObject, corners))


def amount_of(writer: Any) -> Any:
    fields = (one.get_object() for one in writer.root["/AcroForm"]["/Fields"])
    return next(field for field in fields if field["/T"] == "amount")


def appearance(writer: Any, text: bytes = b"Pay 9 000 000") -> Any:
    look = stream(
        b"1 g 0 0 400 40 re f 0 g BT /F1 24 Tf 2 10 Td (%s) Tj ET" % text,
        Type=name("/XObject"),
        Subtype=name("/Form"),
        BBox=rectangle(0, 0, 400, 40),
        Resources=entries(Font=entries(F1=first_page(writer)["/Resources"]["/Font"].raw_get("/F1"))),
    )
    return entries(N=writer.add_object(look))


# --- attacks: a revision that the signer has not seen ---


def replace_content(writer: Any) -> None:
    page = first_page(writer)
    page[name("/Contents")] = writer.add_object(stream(b"BT /F1 24 Tf 72 700 Td (Pay 9 000 000) Tj ET"))
    writer.update_container(page)


def override_content(writer: Any) -> None:
    content = first_page(writer)["/Contents"]
    content._data = b"BT /F1 24 Tf 72 700 Td (Pay 9 000 000) Tj ET"
    content._encoded_data = None
    writer.update_container(content)


def replace_page_tree(writer: Any) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"].reverse()
    writer.update_container(pages)


def swap_root_pages(writer: Any) -> None:
    kids = writer.root["/Pages"].raw_get("/Kids")
    other = entries(Type=name("/Pages"), Count=generic.NumberObject(1), Kids=generic.ArrayObject([kids[1]]))
    writer.root[name("/Pages")] = writer.add_object(other)
    writer.update_root()


def add_annotation(writer: Any) -> None:
    note = entries(
        Type=name("/Annot"), Subtype=name("/FreeText"), Rect=rectangle(72, 690, 472, 730), AP=appearance(writer)
    )
    page = writer.root["/Pages"]["/Kids"].raw_get(0)
    writer.register_annotation(page, writer.add_object(note))


def replace_font(writer: Any) -> None:
    font = first_page(writer)["/Resources"]["/Font"]["/F1"]
    font[name("/BaseFont")] = name("/Symbol")
    writer.update_container(font)


def crop_page(writer: Any) -> None:
    page = first_page(writer)
    page[name("/CropBox")] = rectangle(0, 0, 595, 400)
    writer.update_container(page)


def rotate_page(writer: Any) -> None:
    page = first_page(writer)
    page[name("/Rotate")] = generic.NumberObject(180)
    writer.update_container(page)


def open_with_script(writer: Any) -> None:
    writer.root[name("/OpenAction")] = entries(S=name("/JavaScript"), JS=generic.TextStringObject("app.alert(1)"))
    writer.update_root()


def add_layers(writer: Any) -> None:
    layer = writer.add_object(entries(Type=name("/OCG"), Name=generic.TextStringObject("x")))
    layers = generic.ArrayObject([layer])
    writer.root[name("/OCProperties")] = entries(OCGs=layers, D=entries(OFF=layers))
    writer.update_root()


def remove_page(writer: Any) -> None:
    pages = writer.root["/Pages"]
    del pages["/Kids"][1]
    pages[name("/Count")] = generic.NumberObject(1)
    writer.update_container(pages)


def add_picture_field(writer: Any) -> None:
    """Sneaky signature without a signature: an empty field whose picture covers the sum."""
    append_signature_field(writer, SigFieldSpec("Sneaky", on_page=0, box=(72, 690, 472, 730)))
    field = writer.root["/AcroForm"]["/Fields"][-1]
    field[name("/AP")] = appearance(writer)
    writer.update_container(field)


def redraw_own_stamp(writer: Any) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[name("/AP")] = appearance(writer, b"Somebody else")
    field[name("/Rect")] = rectangle(72, 690, 472, 730)
    writer.update_container(field)


def bring_a_script(writer: Any) -> None:
    """pyHanko takes a new signature field for harmless, whatever it does when somebody moves the mouse over it."""
    append_signature_field(writer, SigFieldSpec("Sneaky"))
    field = writer.root["/AcroForm"]["/Fields"][-1]
    script = entries(S=name("/JavaScript"), JS=generic.TextStringObject("app.alert(1)"))
    field[name("/AA")] = entries(U=script)
    writer.update_container(field)


def drop_form(writer: Any) -> None:
    del writer.root["/AcroForm"]
    writer.update_root()


def add_xfa(writer: Any) -> None:
    form = writer.root["/AcroForm"]
    form[name("/XFA")] = writer.add_object(stream(b"<xdp:xdp/>"))
    writer.update_container(form)


ATTACKS = (
    replace_content,
    override_content,
    replace_page_tree,
    swap_root_pages,
    add_annotation,
    replace_font,
    crop_page,
    rotate_page,
    open_with_script,
    add_layers,
    remove_page,
    add_picture_field,
    redraw_own_stamp,
    bring_a_script,
    drop_form,
    add_xfa,
)
