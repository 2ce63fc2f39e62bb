# SPDX-License-Identifier: GPL-3.0-or-later
"""What a document says of itself, twice and alike: in the Info dictionary and in XMP (ISO 19005-2, 6.6)."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import Final

from pikepdf import Dictionary, Object, Pdf, String

PRODUCER: Final = "Một Cửa Workstation"

_XMP: Final = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <pdf:Producer>{producer}</pdf:Producer>
   <xmp:CreatorTool>{producer}</xmp:CreatorTool>
   <xmp:CreateDate>{date}</xmp:CreateDate>
   <xmp:ModifyDate>{date}</xmp:ModifyDate>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def info_dictionary(pdf: Pdf, title: str, created_at: dt.datetime) -> Object:
    """Give the Info dictionary."""
    date = String(_pdf_date(created_at))
    return pdf.make_indirect(
        Dictionary(
            Title=String(title),
            Creator=String(PRODUCER),
            Producer=String(PRODUCER),
            CreationDate=date,
            ModDate=date,
        )
    )


def xmp_packet(title: str, created_at: dt.datetime) -> bytes:
    """Give the XMP packet that says the same, and that the file is a PDF/A-2b."""
    return _XMP.format(
        title=escape(title), producer=escape(PRODUCER), date=created_at.isoformat(timespec="seconds")
    ).encode()


def _pdf_date(moment: dt.datetime) -> str:
    offset = moment.utcoffset() or dt.timedelta()
    sign = "-" if offset < dt.timedelta() else "+"
    hours, minutes = divmod(int(abs(offset).total_seconds()) // 60, 60)
    return f"D:{moment:%Y%m%d%H%M%S}{sign}{hours:02d}'{minutes:02d}'"
