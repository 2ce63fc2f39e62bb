# SPDX-License-Identifier: GPL-3.0-or-later
"""A new revision with a timestamp over the whole document, and the validation data that it is to preserve.

Alone it is way B to B-T, for signatures whose hole a later revision has closed. With validation data (DSS) in the same
revision it makes B-LT and B-LTA in one go, and later renews the archive: data first, so that the timestamp covers it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Final

from asn1crypto import crl, ocsp
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils import generic
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore

from signing.errors import SigningError
from signing.levels.document_state import OpenedDocument
from signing.levels.revocation_data import RevocationData
from signing.pdf_file import elements, entry
from signing.quiet_writer import QuietWriter

# Hex characters: twice the largest token that was seen. Fixed, so that no token has to be asked for just to measure it.
_RESERVED: Final = 2 * 16 * 1024


def append_timestamp(document: OpenedDocument, data: RevocationData | None, stamp: Callable[[bytes], bytes]) -> bytes:
    """Append one revision: validation data, if any, and a document timestamp over all of it.

    Args:
        document: What to append to.
        data: To be preserved; joins what the file holds already.
        stamp: Gives a checked token for a SHA-256 digest.

    Raises:
        SigningError: ``pdf-not-signable``; ``signature-too-large`` (a token larger than any that was ever seen);
            whatever ``stamp`` raises.
    """
    try:
        writer = QuietWriter(io.BytesIO(document.content), strict=False)
        if data is not None:
            DocumentSecurityStore.supply_dss_in_writer(
                writer,
                None,
                certs=[asn1_x509.Certificate.load(der) for der in data.certificates],
                ocsps=[ocsp.OCSPResponse.load(der) for der in data.ocsps],
                crls=[crl.CertificateList.load(der) for der in data.crls],
            )
        if writer.output_version < (2, 0):
            writer.register_extension(ESIC_EXTENSION_1)  # PAdES is an extension of PDF 1.7, and part of 2.0
        field_name = _free_name(document)
        steps = PdfCMSEmbedder(new_field_spec=SigFieldSpec(field_name)).write_cms(field_name, writer)
        _give_appearance(writer, next(steps))
        placeholder = DocumentTimestamp(bytes_reserved=_RESERVED)  # type: ignore[no-untyped-call]  # pyHanko's gap
        steps.send(SigObjSetup(sig_placeholder=placeholder))
        prepared, output = steps.send(SigIOSetup(md_algorithm="sha256"))
        token = stamp(prepared.document_digest)
        if 2 * len(token) > _RESERVED:
            raise SigningError("signature-too-large", bytes=str(len(token)))
        prepared.fill_with_cms(output, token)
    except SigningError:
        raise
    except Exception as error:  # a file that opens can still be broken where the revision hooks in
        raise SigningError("pdf-not-signable", reason=type(error).__name__) from None
    content: bytes = output.getvalue()
    return content


def _give_appearance(writer: QuietWriter, field: generic.IndirectObject) -> None:
    """PDF/A-1 wants every annotation to have one, even a field without a size; PDF/A-2 does not mind."""
    name, number = generic.pdf_name, generic.NumberObject
    nothing = generic.StreamObject(
        {
            name("/Type"): name("/XObject"),
            name("/Subtype"): name("/Form"),
            name("/BBox"): generic.ArrayObject(number(0) for _ in range(4)),  # type: ignore[no-untyped-call]
        },
        stream_data=b"",
    )
    appearances = generic.DictionaryObject()  # type: ignore[no-untyped-call]  # pyHanko's gaps
    appearances[name("/N")] = writer.add_object(nothing)
    widget: generic.DictionaryObject = field.get_object()  # type: ignore[no-untyped-call]
    widget[name("/AP")] = appearances


def _free_name(document: OpenedDocument) -> str:
    """Numbered, not random: the same step on the same file makes the same revision but for the token."""
    form: generic.DictionaryObject | None = entry(document.reader.root, "/AcroForm")
    taken = {str(entry(field, "/T")) for field in elements(form, "/Fields")}
    number = 1
    while f"Timestamp{number}" in taken:
        number += 1
    return f"Timestamp{number}"
