# SPDX-License-Identifier: GPL-3.0-or-later
"""A document that waits for its signature, as bytes: it can be put away and taken up by another program.

Version 1: a magic word, the version, a header in JSON, what was appended to the original (deflate), and the SHA-256 of
all that. Reading it back checks this digest, the original, the hole, and the digest that was or will be signed; so what
was altered on purpose, with all digests made anew, is at the most another unsigned document, which the recorded digest
in the journal tells from the real one.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import struct
import zlib
from dataclasses import dataclass, field
from typing import Any, Final

from signing.certificates import SigningCertificate, read_certificate
from signing.errors import SigningError
from signing.pdf_signature import PreparedPdf

_MAGIC: Final = b"motcua half-way\n"
_VERSION: Final = 1
_LENGTHS: Final = struct.Struct(">HI")
_DIGEST_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class HalfWay:
    """A prepared document and who is going to sign it.

    Attributes:
        prepared: The document with its hole.
        certificate: Whose key signs.
        chain: Authorities to embed, DER.
        signing_time: Aware; what the document already says.
    """

    prepared: PreparedPdf
    certificate: SigningCertificate = field(repr=False)
    chain: tuple[bytes, ...] = field(repr=False)
    signing_time: dt.datetime


def to_bytes(half_way: HalfWay, original: bytes = b"") -> bytes:
    """Write it down.

    Args:
        half_way: What to write.
        original: The document before it was prepared: left out of the bytes, and wanted again for reading them. Empty
            = the bytes hold all there is.
    """
    prepared = half_way.prepared
    tail = prepared.content[len(original) :]
    if not prepared.content.startswith(original):
        raise ValueError("another original")
    header = {
        "field_name": prepared.field_name,
        "hole": [prepared.hole_start, prepared.hole_end],
        "document_digest": prepared.document_digest.hex(),
        "original": [len(original), hashlib.sha256(original).hexdigest()],
        "tail": len(tail),
        "signing_time": half_way.signing_time.isoformat(),
        "certificates": [base64.b64encode(der).decode() for der in (half_way.certificate.der, *half_way.chain)],
    }
    text = json.dumps(header).encode()
    body = _MAGIC + _LENGTHS.pack(_VERSION, len(text)) + text + zlib.compress(tail, 1)
    return body + hashlib.sha256(body).digest()


def from_bytes(content: bytes, original: bytes = b"") -> HalfWay:
    """Read it back.

    Args:
        content: From ``to_bytes``.
        original: The same as there.

    Raises:
        SigningError: ``half-way-version`` (a newer program wrote it), ``half-way-damaged`` (anything in it, or the
            original, is not what it was).
    """
    header, compressed = _split(content)
    try:
        half_way = _read(header, compressed, original)
    except (KeyError, TypeError, ValueError, zlib.error):
        raise SigningError("half-way-damaged") from None
    if document_digest(half_way.prepared) != half_way.prepared.document_digest:
        raise SigningError("half-way-damaged")
    return half_way


def original_length(content: bytes) -> int:
    """Give the length of the original; a signed document begins with it.

    Raises:
        SigningError: ``half-way-version``, ``half-way-damaged``.
    """
    header, _ = _split(content)
    try:
        return int(header["original"][0])
    except (KeyError, IndexError, TypeError, ValueError):
        raise SigningError("half-way-damaged") from None


def document_digest(prepared: PreparedPdf) -> bytes:
    """Compute the SHA-256 of everything but the hole anew."""
    view = memoryview(prepared.content)
    digest = hashlib.sha256(view[: prepared.hole_start])
    digest.update(view[prepared.hole_end :])
    return digest.digest()


def _split(content: bytes) -> tuple[dict[str, Any], bytes]:
    """Check the outer digest and the version; give header and compressed tail."""
    body, digest = content[:-_DIGEST_BYTES], content[-_DIGEST_BYTES:]
    start = len(_MAGIC) + _LENGTHS.size
    if not body.startswith(_MAGIC) or len(body) < start or hashlib.sha256(body).digest() != digest:
        raise SigningError("half-way-damaged")
    version, length = _LENGTHS.unpack_from(body, len(_MAGIC))
    if version != _VERSION:
        raise SigningError("half-way-version")
    try:
        header = json.loads(body[start : start + length])
    except ValueError:
        header = None
    if not isinstance(header, dict):
        raise SigningError("half-way-damaged")
    return header, body[start + length :]


def _read(header: dict[str, Any], compressed: bytes, original: bytes) -> HalfWay:
    if header["original"] != [len(original), hashlib.sha256(original).hexdigest()]:
        raise ValueError("original")
    unpacker = zlib.decompressobj()
    tail = unpacker.decompress(compressed, header["tail"] + 1)  # never more than was announced
    if len(tail) != header["tail"] or not unpacker.eof or unpacker.unused_data:
        raise ValueError("tail")
    content = original + tail
    start, end = (int(edge) for edge in header["hole"])
    hole = content[start:end]
    if start < len(original) or hole != b"<" + b"0" * (end - start - 2) + b">":
        raise ValueError("hole")
    moment = dt.datetime.fromisoformat(header["signing_time"])
    if moment.tzinfo is None:
        raise ValueError("time")
    certificate, *chain = (base64.b64decode(der, validate=True) for der in header["certificates"])
    prepared = PreparedPdf(
        content=content,
        document_digest=bytes.fromhex(header["document_digest"]),
        hole_start=start,
        hole_end=end,
        field_name=str(header["field_name"]),
    )
    return HalfWay(prepared, read_certificate(certificate), tuple(chain), moment)
