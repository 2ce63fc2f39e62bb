# SPDX-License-Identifier: GPL-3.0-or-later
"""What a document says of itself, twice and alike: in the Info dictionary and in XMP (ISO 19005-2, 6.6).

The facts of the paper have no names in the schemas that XMP brings. They go by the Vietnamese names that digitising
systems know them by, in a schema of our own, which the file describes as 6.6.2.3 asks.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from dataclasses import dataclass
from html import escape
from typing import Final

from pikepdf import Dictionary, Object, Pdf, String

from scanning.pdf.document_facts import DocumentFacts

PRODUCER: Final = "Một Cửa Workstation"
FACTS_NAMESPACE: Final = "urn:motcua:xmp:so-hoa:1.0:"
FACTS_PREFIX: Final = "sohoa"

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
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{summary}
   <pdf:Producer>{producer}</pdf:Producer>
   <xmp:CreatorTool>{producer}</xmp:CreatorTool>
   <xmp:CreateDate>{date}</xmp:CreateDate>
   <xmp:ModifyDate>{date}</xmp:ModifyDate>
  </rdf:Description>{facts}
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

_SUMMARY: Final = """
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{summary}</rdf:li></rdf:Alt></dc:description>"""

_FACTS: Final = """
  <rdf:Description rdf:about="" xmlns:{prefix}="{namespace}">{values}
  </rdf:Description>
  <rdf:Description rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas>
    <rdf:Bag>
     <rdf:li rdf:parseType="Resource">
      <pdfaSchema:schema>Digitised paper of an administrative dossier</pdfaSchema:schema>
      <pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>
      <pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>
      <pdfaSchema:property>
       <rdf:Seq>{properties}
       </rdf:Seq>
      </pdfaSchema:property>
     </rdf:li>
    </rdf:Bag>
   </pdfaExtension:schemas>
  </rdf:Description>"""

_PROPERTY: Final = """
        <rdf:li rdf:parseType="Resource">
         <pdfaProperty:name>{name}</pdfaProperty:name>
         <pdfaProperty:valueType>{type}</pdfaProperty:valueType>
         <pdfaProperty:category>external</pdfaProperty:category>
         <pdfaProperty:description>{description}</pdfaProperty:description>
        </rdf:li>"""

# Neither XML nor a viewer's title bar knows what to do with these; a misread letter may become one.
_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


@dataclass(frozen=True, slots=True)
class _Property:
    """How a fact is written: the name of its attribute, its own name, and what the schema says of it."""

    attribute: str
    name: str
    type: str
    description: str


_PROPERTIES: Final = (
    _Property("dossier_code", "MaHoSo", "Text", "Mã hồ sơ (code of the dossier)"),
    _Property("paper_code", "MaGiayTo", "Text", "Mã giấy tờ (code of the kind of paper)"),
    _Property("kind", "LoaiSoHoa", "Integer", "0: thành phần hồ sơ (component), 1: kết quả (result)"),
    _Property("owner_number", "MaDinhDanh", "Text", "Số định danh của chủ giấy tờ (owner's personal number)"),
    _Property("owner_name", "ChuGiayTo", "Text", "Chủ giấy tờ (owner of the paper)"),
    _Property("document_number", "SoKyHieu", "Text", "Số, ký hiệu văn bản (number and symbol)"),
    _Property("summary", "TrichYeu", "Text", "Trích yếu nội dung (what the paper is about)"),
    _Property("issuer", "CoQuanBanHanh", "Text", "Cơ quan ban hành (issuing agency)"),
    _Property("signer", "NguoiKy", "Text", "Người ký (signer)"),
    _Property("issue_date", "NgayBanHanh", "Date", "Ngày ban hành (date of issue)"),
    _Property("valid_until", "ThoiHanHieuLuc", "Date", "Thời hạn hiệu lực (last day of validity)"),
    _Property("digitised_by", "NguoiSoHoa", "Text", "Người số hóa (who digitised the paper)"),
    _Property("digitised_at", "ThoiGianSoHoa", "Date", "Thời gian số hóa (when the paper was digitised)"),
)


def info_dictionary(pdf: Pdf, title: str, created_at: dt.datetime, facts: DocumentFacts) -> Object:
    """Give the Info dictionary."""
    date = String(_pdf_date(created_at))
    info = Dictionary(
        Title=String(_printable(title)),
        Creator=String(PRODUCER),
        Producer=String(PRODUCER),
        CreationDate=date,
        ModDate=date,
    )
    if facts.summary:
        info.Subject = String(_printable(facts.summary))
    return pdf.make_indirect(info)


def xmp_packet(title: str, created_at: dt.datetime, facts: DocumentFacts) -> bytes:
    """Give the XMP packet that says the same, that the file is a PDF/A-2b, and what is known of the paper."""
    return _XMP.format(
        title=_escaped(title),
        summary=_SUMMARY.format(summary=_escaped(facts.summary)) if facts.summary else "",
        producer=_escaped(PRODUCER),
        date=created_at.isoformat(timespec="seconds"),
        facts=_facts(facts),
    ).encode()


def _facts(facts: DocumentFacts) -> str:
    known = [(each, value) for each in _PROPERTIES if (value := _written(getattr(facts, each.attribute)))]
    if not known:
        return ""
    values = (
        f"\n   <{FACTS_PREFIX}:{each.name}>{_escaped(value)}</{FACTS_PREFIX}:{each.name}>" for each, value in known
    )
    properties = (
        _PROPERTY.format(name=each.name, type=each.type, description=_escaped(each.description)) for each, _ in known
    )
    return _FACTS.format(
        prefix=FACTS_PREFIX, namespace=FACTS_NAMESPACE, values="".join(values), properties="".join(properties)
    )


def _written(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return str(value.value)
    return str(value or "")


def _escaped(text: str) -> str:
    return escape(_printable(text), quote=False)


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub(" ", text).strip()


def _pdf_date(moment: dt.datetime) -> str:
    offset = moment.utcoffset() or dt.timedelta()
    sign = "-" if offset < dt.timedelta() else "+"
    hours, minutes = divmod(int(abs(offset).total_seconds()) // 60, 60)
    return f"D:{moment:%Y%m%d%H%M%S}{sign}{hours:02d}'{minutes:02d}'"
