# SPDX-License-Identifier: GPL-3.0-or-later
"""Way A to B-T: a late timestamp goes into the signature itself, into the room that was reserved for it.

The hole of a signature is the one place that it does not sign, and unsigned attributes are the one part of a CMS
message that may come later. So the file keeps its length and every byte outside the hole. It works for the last
signature only: a later revision signs the hole of an earlier one.
"""

from __future__ import annotations

import io
from typing import Final

from asn1crypto import core, parser
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing.errors import SigningError
from signing.levels.document_state import OpenedDocument, SignatureState

# A token with its chain has 2 to 8 KiB: below, asking an authority for one would be in vain.
_LEAST_ROOM: Final = 2 * 1024

_SIGNATURE_TIMESTAMP: Final = "1.2.840.113549.1.9.16.2.14"  # RFC 3161, appendix A
_SET: Final = 17
_UNSIGNED: Final = 0xA1  # [1], the last part of a SignerInfo when it is there (RFC 5652 §5.3)


def has_room(document: OpenedDocument, state: SignatureState) -> bool:
    """Whether it is worth asking for a timestamp for a signature's own hole."""
    signature = _found(document, state)
    used = len(signature.signed_data.dump())
    return state.is_last and (state.hole_end - state.hole_start - 2) // 2 - used >= _LEAST_ROOM


def signature_value(document: OpenedDocument, state: SignatureState) -> bytes:
    """What the timestamp is to stamp."""
    value: bytes = _found(document, state).signer_info["signature"].native
    return value


def insert_timestamp(document: OpenedDocument, state: SignatureState, token: bytes) -> bytes:
    """Put a timestamp token into the hole of a signature.

    Returns:
        The whole file, as long as before.

    Raises:
        SigningError: ``signature-not-last``, ``signature-too-large`` (the hole has no room for it).
    """
    if not state.is_last:
        raise SigningError("signature-not-last")
    encoded = _with_timestamp(_found(document, state).pkcs7_content, token)
    if 2 * len(encoded) > state.hole_end - state.hole_start - 2:
        raise SigningError("signature-too-large", bytes=str(len(encoded)))
    padding = bytes((state.hole_end - state.hole_start - 2) // 2 - len(encoded))
    output = io.BytesIO(document.content)
    PreparedByteRangeDigest(b"", state.hole_start, state.hole_end).fill_with_cms(output, encoded + padding)
    return output.getvalue()


def _with_timestamp(message: bytes, token: bytes) -> bytes:
    """Add the attribute to a CMS message of one signer.

    Every byte that is signed or was made by others stays as it is; only the lengths around the new attribute change. A
    library that encodes anew would mend what others encoded oddly, and so break their signatures.
    """
    attribute = _sequence(core.ObjectIdentifier(_SIGNATURE_TIMESTAMP).dump(), parser.emit(0, 1, _SET, token))
    (content_info,) = _children(message[: parser.peek(message)])
    kind, explicit = _children(_contents(content_info))
    (signed_data,) = _children(_contents(explicit))
    *before, signers = _children(_contents(signed_data))
    (signer,) = _children(_contents(signers))
    parts = _children(_contents(signer))
    attributes = [attribute]
    if parts[-1][0] == _UNSIGNED:
        attributes.extend(_children(_contents(parts.pop())))
    parts.append(parser.emit(2, 1, 1, b"".join(sorted(attributes))))
    signers = parser.emit(0, 1, _SET, _sequence(*parts))
    encoded: bytes = _sequence(kind, parser.emit(2, 1, 0, _sequence(*before, signers)))
    return encoded


def _sequence(*parts: bytes) -> bytes:
    encoded: bytes = parser.emit(0, 1, 16, b"".join(parts))
    return encoded


def _contents(element: bytes) -> bytes:
    contents: bytes = parser.parse(element)[4]
    return contents


def _children(contents: bytes) -> list[bytes]:
    """Split elements that follow each other, each with its header."""
    found = []
    while contents:
        length = parser.peek(contents)
        found.append(contents[:length])
        contents = contents[length:]
    return found


def _found(document: OpenedDocument, state: SignatureState) -> EmbeddedPdfSignature:
    return next(one for one in document.signatures if one.fq_name == state.field_name)
