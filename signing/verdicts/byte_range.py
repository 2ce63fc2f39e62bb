# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a signature lies in its file: that the signed range leaves out exactly the signature, and nothing else.

pyHanko counts bytes; this looks at them. The known forgeries live between what a checker counts and what a viewer
reads: a range with gaps, a signature that is somewhere else than the hole, a dictionary with two ranges or none.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any, Final

from asn1crypto import cms, parser
from pyhanko.pdf_utils import generic
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from signing.pdf_file import entry
from signing.verdicts.verdict import Problem

_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_JUDGED: Final = frozenset({"/ETSI.CAdES.detached", "/adbe.pkcs7.detached", "/ETSI.RFC3161"})
_ONCE: Final = (b"/ByteRange", b"/Contents", b"/SubFilter")


def shape_problem(field: generic.DictionaryObject) -> Problem | None:
    """Whether a field's value is made like a signature at all; looked at before any library takes it apart."""
    value = entry(field, "/V")
    if not isinstance(value, generic.DictionaryObject):
        return Problem.MALFORMED
    numbers = entry(value, "/ByteRange")
    if not isinstance(numbers, generic.ArrayObject) or not all(_is_offset(number) for number in numbers):
        return Problem.MALFORMED
    if len(numbers) != 4:
        return Problem.BYTE_RANGE
    if entry(value, "/SubFilter") not in _JUDGED:
        return Problem.UNREADABLE
    message = entry(value, "/Contents")
    if not isinstance(message, (generic.ByteStringObject, generic.TextStringObject)):
        return Problem.MALFORMED
    is_timestamp = entry(value, "/Type") == "/DocTimeStamp"
    return None if _is_signature(bytes(message.original_bytes), is_timestamp=is_timestamp) else Problem.MALFORMED


def hole_problem(content: bytes, signature: EmbeddedPdfSignature) -> Problem | None:
    """Whether the signed range is the file from its start, without exactly the hexadecimal signature and its padding.

    The hole must be the value of ``/Contents`` in the signature's own object, and that object must say everything once.
    """
    start, first, second, rest = (int(number) for number in signature.byte_range)
    if start != 0 or not 0 < first < second or second + rest > len(content):
        return Problem.BYTE_RANGE
    if content[first:second].lower() != b"<%s>" % signature.pkcs7_content.hex().encode():
        return Problem.BYTE_RANGE
    padding = signature.pkcs7_content[parser.peek(signature.pkcs7_content) :]
    if padding.strip(b"\0"):
        return Problem.BYTE_RANGE
    where = signature.reader.xrefs[signature.sig_object.container_ref]
    if not isinstance(where, int) or not 0 <= where < first:
        return Problem.BYTE_RANGE
    before, behind = content[where:first], content[second : second + rest].partition(b"endobj")[0]
    if b"endobj" in before or not before.rstrip().endswith(b"/Contents"):
        return Problem.BYTE_RANGE
    dictionary = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), before + b" " + behind)
    return Problem.UNREADABLE if any(dictionary.count(key) != 1 for key in _ONCE) else None


def take_digest(content: bytes, signature: EmbeddedPdfSignature) -> None:
    """Compute the digest over the signed range for pyHanko, which would read the file in pieces of 4 KiB."""
    algorithm = signature.external_md_algorithm
    _, first, second, rest = (int(number) for number in signature.byte_range)
    view = memoryview(content)
    try:
        digest = hashlib.new(algorithm, view[:first])
    except ValueError:
        return  # pyHanko knows others
    digest.update(view[second : second + rest])
    signature.external_digests[algorithm] = digest.digest()


def covers_revision(signature: EmbeddedPdfSignature) -> bool:
    """Whether pyHanko, asked before, found the signed range to end where a revision ends."""
    coverage: Any = signature.coverage  # pyHanko's types know the value that it starts with only
    return coverage is not None and coverage >= SignatureCoverageLevel.ENTIRE_REVISION


def covers_file(signature: EmbeddedPdfSignature) -> bool:
    """Whether it found nothing at all behind the signed range."""
    coverage: Any = signature.coverage
    return coverage is SignatureCoverageLevel.ENTIRE_FILE


def signed_end(signature: EmbeddedPdfSignature) -> int:
    """Offset behind the last signed byte."""
    return int(signature.byte_range[2]) + int(signature.byte_range[3])


def _is_offset(number: object) -> bool:
    return isinstance(number, generic.NumberObject) and number >= 0


def _is_signature(message: bytes, *, is_timestamp: bool) -> bool:
    """Whether this is CMS with one signer, who signed attributes and, but for a timestamp, nothing inside."""
    try:
        signed = cms.ContentInfo.load(message)["content"]
        (signer,) = signed["signer_infos"]
        kinds = [attribute["type"].native for attribute in signer["signed_attrs"]]
        inside = signed["encap_content_info"]
        about = "tst_info" if is_timestamp else "data"
        return (
            isinstance(signed, cms.SignedData)
            and kinds.count("message_digest") == 1
            and kinds.count("content_type") == 1
            and inside["content_type"].native == about
            and (is_timestamp or inside["content"].native is None)
            and bool(signer["signature"].native)
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
