# SPDX-License-Identifier: GPL-3.0-or-later
"""Is what lies on the disk the document that was signed, with the signature that the key made?"""

from __future__ import annotations

import hashlib

from asn1crypto import cms, parser

from signing.certificates import SigningCertificate
from signing.pdf_signature import PreparedPdf


def holds(content: bytes, prepared: PreparedPdf, certificate: SigningCertificate, signature: bytes) -> bool:
    """Compare a file with what is known of it, byte by byte; whom to trust is for verification to say.

    A timestamp may have come into the hole since, and revisions behind the end.

    Args:
        content: As it was read from the disk.
        prepared: What it was made of.
        certificate: Whose signature it holds.
        signature: The signature value.
    """
    start, end = prepared.hole_start, prepared.hole_end
    whole = len(prepared.content)
    if content[:start] != prepared.content[:start] or content[end:whole] != prepared.content[end:]:
        return False
    try:
        padded = bytes.fromhex(content[start + 1 : end - 1].decode("ascii"))
        message = cms.ContentInfo.load(padded[: parser.peek(padded)], strict=True)["content"]
        (signer,) = message["signer_infos"]
        embedded = {hashlib.sha256(found.dump()).hexdigest() for found in message["certificates"]}
        value: bytes = signer["signature"].native
    except (ValueError, KeyError, TypeError):
        return False
    return value == signature and certificate.sha256 in embedded
