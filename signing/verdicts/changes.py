# SPDX-License-Identifier: GPL-3.0-or-later
"""What was done to a document after one of its signatures, and whether that may be.

Allowed are further signatures, timestamps and validation data. Anything else was not there when the signer looked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, read_certification_data

from signing.pdf_file import elements, signature_fields
from signing.verdicts.byte_range import covers_file, covers_revision, signed_end
from signing.verdicts.second_reader import Difference, differences
from signing.verdicts.verdict import Change, ChangeKind, Modification, Problem

_MODIFICATIONS: Final[Mapping[ModificationLevel, Modification]] = MappingProxyType(
    {
        ModificationLevel.NONE: Modification.NONE,
        ModificationLevel.LTA_UPDATES: Modification.MAINTENANCE,
        ModificationLevel.FORM_FILLING: Modification.FORM_FILLING,
    }
)


# What draws: an appearance, or characteristics from which viewers make one.
_DRAWS: Final = frozenset({"/AP", "/MK"})
# What a signature field needs. Actions are missing on purpose: pyHanko lets a new field bring scripts along.
_FIELD_KEYS: Final = _DRAWS | {
    "/Type", "/Subtype", "/FT", "/Parent", "/Kids", "/T", "/TU", "/TM", "/Ff", "/V", "/DA", "/Q", "/Lock", "/SV",
    "/Rect", "/P", "/NM", "/M", "/F", "/AS", "/Border", "/BS", "/C", "/StructParent", "/Contents", "/Lang",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What happened after one signature.

    Attributes:
        modification: The worst of it.
        changes: Each thing.
        problem: Why the signature does not bear it, if so.
    """

    modification: Modification
    changes: tuple[Change, ...]
    problem: Problem | None


def look_behind(
    content: bytes, reader: PdfFileReader, signature: EmbeddedPdfSignature, later: Sequence[EmbeddedPdfSignature]
) -> Aftermath:
    """Judge what came after a signature whose integrity has been computed.

    Args:
        content: The whole file.
        reader: Its reader.
        signature: The signature.
        later: Signatures and document timestamps of later revisions.
    """
    if covers_file(signature):
        return Aftermath(Modification.NONE, (), None)
    result: Any = signature.diff_result  # pyHanko's types know the value that it starts with only
    level = result.modification_level if isinstance(result, DiffResult) else ModificationLevel.OTHER
    modification = _MODIFICATIONS.get(level, Modification.OTHER)
    whole_revision = covers_revision(signature)
    named: Iterable[str] = result.changed_form_fields if isinstance(result, DiffResult) else ()
    problem = None
    if (
        not whole_revision
        or modification is Modification.OTHER
        or not signature.summarise_integrity_info()["docmdp_ok"]
        or _has_loose_end(content, signature, modification)
        or _is_ambiguous(reader, signature)
        or _has_future_object(reader, signature)
        or _has_strange_field(signature, reader, later)
    ):
        problem = Problem.CHANGED_AFTER_SIGNING
    elif modification is not Modification.NONE:
        problem, named = _second_opinion(content, reader, signature)
    return Aftermath(modification, _changes(reader, signature, later, named, problem), problem)


def _changes(
    reader: PdfFileReader,
    signature: EmbeddedPdfSignature,
    later: Sequence[EmbeddedPdfSignature],
    named: Iterable[str],
    problem: Problem | None,
) -> tuple[Change, ...]:
    changes = [
        Change(
            ChangeKind.TIMESTAMP if one.sig_object_type == "/DocTimeStamp" else ChangeKind.SIGNATURE,
            one.field_name,
            is_visible(one.sig_field),
        )
        for one in later
    ]
    signatures = {name for name, _, _ in signature_fields(reader)}
    changes += [Change(ChangeKind.FIELD, name, visible=True) for name in sorted(set(named) - signatures)]
    if _store_revision(reader) > signature.signed_revision:
        changes.append(Change(ChangeKind.VALIDATION_DATA))
    if problem in {Problem.CHANGED_AFTER_SIGNING, Problem.READERS_DISAGREE}:
        changes.append(Change(ChangeKind.OTHER))
    return tuple(changes)


def _store_revision(reader: PdfFileReader) -> int:
    """The last revision that touched the security store itself; -1 without one."""
    try:
        raw = reader.root.raw_get("/DSS")
        if isinstance(raw, generic.IndirectObject):
            return int(reader.xrefs.get_last_change(raw.reference))
        return int(reader.xrefs.get_last_change(reader.root_ref))
    except Exception:  # no store, or one that a stranger broke
        return -1


def is_stored_before(reader: PdfFileReader, revision: int) -> bool:
    """Whether there is a security store and all of it is older than a revision."""
    return -1 < _store_revision(reader) <= revision


def _has_loose_end(content: bytes, signature: EmbeddedPdfSignature, modification: Modification) -> bool:
    """Bytes behind the end that are no revision: not for this reader, but another may find something there."""
    tail = content[signed_end(signature) :]
    if modification is not Modification.NONE:
        tail = tail.rpartition(b"%%EOF")[2]
    return bool(tail.strip(b"\0\t\n\f\r "))


def _is_ambiguous(reader: PdfFileReader, signature: EmbeddedPdfSignature) -> bool:
    """Whether a later revision shows one thing to old readers and another to new ones (hybrid cross-references)."""
    revisions = range(signature.signed_revision + 1, reader.xrefs.total_revisions)
    return any(reader.xrefs.get_xref_data(revision).hybrid is not None for revision in revisions)


def _has_future_object(reader: PdfFileReader, signature: EmbeddedPdfSignature) -> bool:
    """Whether a table that was signed points behind the signature: blank when it was signed, and filled in later."""
    end = signed_end(signature)
    for revision in range(signature.signed_revision + 1):
        for reference in reader.xrefs.explicit_refs_in_revision(revision):
            place = reader.xrefs.get_historical_ref(reference, revision)
            if isinstance(place, int) and place >= end:
                return True
    return False


def _has_strange_field(
    signature: EmbeddedPdfSignature, reader: PdfFileReader, later: Sequence[EmbeddedPdfSignature]
) -> bool:
    """Whether a later signature field draws something that nobody signed, or does more than a signature field does."""
    signed = {one.field_name for one in later}
    before: Any = reader.get_historical_resolver(signature.signed_revision)  # reads as a reader does
    older = {name for name, _, _ in signature_fields(before)}
    new = [(name, found) for name, found, _ in signature_fields(reader) if name not in older]
    return any(
        (name not in signed and is_visible(found)) or any(widget.keys() - _FIELD_KEYS for widget in _widgets(found))
        for name, found in new
    )


def _widgets(field: generic.DictionaryObject) -> list[generic.DictionaryObject]:
    return [field, *elements(field, "/Kids")]


def is_visible(field: generic.DictionaryObject) -> bool:
    """Whether a field draws something on a page."""
    return any(not _DRAWS.isdisjoint(widget.keys()) and _area(widget) > 0 for widget in _widgets(field))


def _area(widget: generic.DictionaryObject) -> float:
    try:
        x1, y1, x2, y2 = (float(number.get_object()) for number in widget["/Rect"])
    except KeyError:
        return 0.0
    except (ValueError, TypeError, AttributeError):
        return math.inf  # some viewer will make something of it
    return abs(x1 - x2) * abs(y1 - y2)


def _second_opinion(
    content: bytes, reader: PdfFileReader, signature: EmbeddedPdfSignature
) -> tuple[Problem | None, frozenset[str]]:
    """What another reader says, and the fields that it sees filled in since."""
    try:
        found = differences(content[: signed_end(signature)], content)
    except Exception:  # qpdf refuses what it would have to repair
        return Problem.READERS_DISAGREE, frozenset()
    if found.kinds - {Difference.FIELDS}:
        return (Problem.FILLED_LATER if found.fields else Problem.READERS_DISAGREE), found.fields
    return (Problem.FILLED_LATER if found.fields and not _may_fill(reader) else None), found.fields


def _may_fill(reader: PdfFileReader) -> bool:
    """Whether the author certified the document and left its fields open."""
    try:
        certified = read_certification_data(reader)
    except Exception:  # a certification that cannot be read permits nothing
        return False
    return certified is not None and certified.permission in {MDPPerm.FILL_FORMS, MDPPerm.ANNOTATE}
