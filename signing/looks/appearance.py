# SPDX-License-Identifier: GPL-3.0-or-later
"""A settled stamp as pyHanko draws it into a signature field."""

from __future__ import annotations

import io

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import PdfContent, ResourceType
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

from signing.looks.settling import SettledStamp


class DrawnStamp(PdfContent):
    """The page of a drawn stamp, imported from memory, upright on its page."""

    def __init__(self, stamp: SettledStamp) -> None:
        super().__init__(box=BoxConstraints(width=stamp.rectangle.width, height=stamp.rectangle.height))
        self._stamp = stamp

    def render(self) -> bytes:
        """Give the operators; see ``PdfContent``."""
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._stamp.drawing.pdf)))
        self.resources.xobject[generic.pdf_name("/Stamp")] = page
        mixing = b""
        if self._stamp.drawing.is_see_through:
            multiply = generic.DictionaryObject(  # type: ignore[no-untyped-call]  # pyHanko's gap
                {generic.pdf_name("/BM"): generic.pdf_name("/Multiply")}
            )
            self.set_resource(ResourceType.EXT_G_STATE, generic.pdf_name("/SeeThrough"), multiply)
            mixing = b"/SeeThrough gs "
        matrix = " ".join(f"{number:.5f}" for number in self._stamp.matrix)
        return mixing + matrix.encode() + b" cm /Stamp Do"


def stamp_style(stamp: SettledStamp) -> StaticStampStyle:
    """Give the style that draws a stamp as it is, without frame or scaling."""
    return StaticStampStyle(
        background=DrawnStamp(stamp),
        background_layout=SimpleBoxLayoutRule(
            x_align=AxisAlignment.ALIGN_MIN, y_align=AxisAlignment.ALIGN_MIN, margins=Margins()
        ),
        border_width=0,
    )
