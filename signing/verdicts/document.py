# SPDX-License-Identifier: GPL-3.0-or-later
"""All signatures and timestamps of one document, judged in this process."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing import pyhanko_calls
from signing.errors import SigningError
from signing.pdf_file import elements, entry, open_pdf, signature_fields
from signing.trust import TrustAnchors
from signing.verdicts.byte_range import shape_problem, take_digest
from signing.verdicts.judge import judge_signature
from signing.verdicts.knowledge import Knowledge, gather
from signing.verdicts.proofs import DocumentTimestamp, judge_document_timestamps
from signing.verdicts.verdict import (
    ChangeKind,
    DocumentReport,
    Problem,
    Remark,
    SignatureVerdict,
    TimestampVerdict,
    Verdict,
    verdict_of,
    worst,
)

pyhanko_calls.silence()

# A form with more signatures than any procedure has is made to keep a verification busy.
_MOST_SIGNATURES: Final = 200


@dataclass(frozen=True, slots=True)
class _Found:
    """A filled signature field: what is wrong with its shape, or the signature in it."""

    name: str
    problem: Problem | None = None
    signature: EmbeddedPdfSignature | None = field(default=None, repr=False)


def judge_document(content: bytes, trust: TrustAnchors, moment: dt.datetime) -> DocumentReport:
    """Judge everything that is signed or stamped in a PDF, without a network.

    Raises:
        SigningError: ``pdf-unreadable``, ``pdf-encrypted``.
    """
    reader = open_pdf(content)
    try:
        found = [_look_at(content, reader, name, value) for name, value, filled in signature_fields(reader) if filled]
    except Exception:  # a form that loops or lies about its types
        raise SigningError("pdf-unreadable") from None
    if len(found) > _MOST_SIGNATURES:
        raise SigningError("pdf-unreadable")
    knowledge = gather(trust, reader)
    embedded = [one.signature for one in found if one.signature is not None]
    # Private: else the procedures of the standard would take all signatures apart again, and trip over a broken one.
    private: Any = reader
    private._embedded_signatures = sorted(embedded, key=lambda one: one.signed_revision)
    dated = [one for one in embedded if one.sig_object_type == "/DocTimeStamp"]
    stamps = judge_document_timestamps(content, dated, knowledge, moment)
    signatures: list[SignatureVerdict] = []
    timestamps: list[TimestampVerdict] = []
    for one in found:
        if one.signature is not None and one.signature in dated:
            continue
        verdict, inner = _judge(content, reader, one, embedded, stamps, knowledge, moment)
        signatures.append(verdict)
        timestamps += inner
    timestamps += [stamp.verdict for stamp in reversed(stamps)]
    judged = _without_pictures_of_strangers(signatures, timestamps)
    return DocumentReport(
        verdict=worst(one.verdict for one in judged),
        signatures=judged,
        timestamps=tuple(timestamps),
        remarks=_remarks(reader),
        sha256=hashlib.sha256(content).hexdigest(),
        judged_at=moment,
    )


def _look_at(content: bytes, reader: PdfFileReader, name: str, value: generic.DictionaryObject) -> _Found:
    try:
        if (problem := shape_problem(value)) is not None:
            return _Found(name, problem)
        signature = EmbeddedPdfSignature(reader, value, name)
        take_digest(content, signature)
        return _Found(name, None, signature)
    except Exception:  # foreign files make the checks fail in any way; none of them means "valid"
        return _Found(name, Problem.UNREADABLE)


def _judge(
    content: bytes,
    reader: PdfFileReader,
    found: _Found,
    embedded: Sequence[EmbeddedPdfSignature],
    stamps: Sequence[DocumentTimestamp],
    knowledge: Knowledge,
    moment: dt.datetime,
) -> tuple[SignatureVerdict, tuple[TimestampVerdict, ...]]:
    if found.signature is None:
        problem = found.problem or Problem.UNREADABLE
        return SignatureVerdict(found.name, verdict_of(problem), problem), ()
    signature = found.signature
    later = [one for one in embedded if one.signed_revision > signature.signed_revision]
    try:
        return judge_signature(content, reader, signature, later, stamps, knowledge, moment)
    except Exception:  # as above
        return SignatureVerdict(found.name, verdict_of(Problem.UNREADABLE), Problem.UNREADABLE), ()


def _without_pictures_of_strangers(
    signatures: Sequence[SignatureVerdict], timestamps: Sequence[TimestampVerdict]
) -> tuple[SignatureVerdict, ...]:
    """Withhold "valid" where a later signature that is worth less drew something: it may cover what was signed."""
    worth = {one.field_name: one.verdict for one in signatures}
    worth |= {one.name: one.verdict for one in timestamps if not one.inside_signature}
    judged = []
    for one in signatures:
        pictures = {change.name for change in one.changes if change.visible and change.kind is not ChangeKind.FIELD}
        if one.valid and any(worth.get(name) is not Verdict.VALID for name in pictures):
            one = dataclasses.replace(one, verdict=verdict_of(Problem.STAMPED_LATER), problem=Problem.STAMPED_LATER)
        judged.append(one)
    return tuple(judged)


def _remarks(reader: PdfFileReader) -> tuple[Remark, ...]:
    """What makes a document show other things at other times, whoever signed it."""
    remarks = []
    try:
        root = reader.root
        names = entry(root, "/Names")
        if (names is not None and "/JavaScript" in names) or "/AA" in root or _runs_script(entry(root, "/OpenAction")):
            remarks.append(Remark.SCRIPTS)
        layers = entry(root, "/OCProperties")
        if layers is not None and any(elements(layers, "/OCGs")):
            remarks.append(Remark.LAYERS)
    except Exception:  # a catalogue that a stranger broke
        return tuple(remarks)
    return tuple(remarks)


def _runs_script(action: object) -> bool:
    return isinstance(action, generic.DictionaryObject) and entry(action, "/S") == "/JavaScript"
