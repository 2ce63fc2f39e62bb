# SPDX-License-Identifier: GPL-3.0-or-later
"""A mark on a page before anybody signs: the QR code to look the dossier up. Afterwards it would break signatures."""

from __future__ import annotations

import io

from pyhanko.pdf_utils.layout import BoxConstraints

from signing.errors import SigningError
from signing.looks.appearance import stamp_style
from signing.looks.look import CopyLook, QrLook, SignerFacts
from signing.looks.place import AnchorPlace, CornerPlace
from signing.looks.settling import settle
from signing.pdf_file import open_pdf, signature_fields
from signing.quiet_writer import QuietWriter
from signing.stamp import StampPlace


def add_mark(
    pdf: bytes, look: QrLook | CopyLook, place: StampPlace | CornerPlace | AnchorPlace, facts: SignerFacts
) -> bytes:
    """Draw a mark into a page as an incremental revision; metadata stay as they are.

    Args:
        pdf: A document that nobody has signed.
        look: What the mark looks like.
        place: Where it is wished to stand; text is never covered.
        facts: What it may tell.

    Raises:
        SigningError: ``mark-after-signature``, ``pdf-unreadable``, ``pdf-encrypted``, ``pdf-not-signable``, and those
            of ``settle``.
    """
    reader = open_pdf(pdf)
    try:
        if any(is_signed for _, _, is_signed in signature_fields(reader)):
            raise SigningError("mark-after-signature")
        stamp = settle(reader, pdf, place, look, facts)
        writer = QuietWriter.from_reader(reader)
        box = BoxConstraints(width=stamp.rectangle.width, height=stamp.rectangle.height)
        drawn = stamp_style(stamp).create_stamp(writer, box, {})
        drawn.apply(stamp.page, stamp.rectangle.left, stamp.rectangle.bottom)  # type: ignore[arg-type]  # fractions too
        output = io.BytesIO()
        writer.write(output)  # type: ignore[no-untyped-call]  # pyHanko's gap
    except SigningError:
        raise
    except Exception as error:  # a file that opens can still be broken where the revision hooks in
        raise SigningError("pdf-not-signable", reason=type(error).__name__) from None
    return output.getvalue()
