# SPDX-License-Identifier: GPL-3.0-or-later
"""What waits for a signature (chờ ký): a work list beside the states, for the portal knows no such state.

Not every officer has a token, and tokens expire. A document that nobody here can sign today waits in the list, the
dossier's state stays what it is, and the supervisor sees who could sign instead.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from casework.records.signing_certificate import CertificateKind, SigningCertificate
from casework.registers.certificates import CertificateState, state_of


class WaitsBecause(enum.StrEnum):
    """Why a document is not signed yet."""

    SIGNER_NOT_NAMED = "signer-not-named"
    NO_TOKEN = "no-token"  # noqa: S105 - names a reason
    CERTIFICATE_NOT_VALID = "certificate-not-valid"
    NOT_YET_SIGNED = "not-yet-signed"


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A document that is ready to be signed.

    Attributes:
        document_id: Of the letter, the result or the paper.
        dossier_id: Its dossier.
        prepared_at: Aware moment since which it is ready.
        due_at: Aware moment of the promised result, or None.
        signer_id: ``clerk_id`` of who is to sign, or empty while nobody is named.
    """

    document_id: str
    dossier_id: str
    prepared_at: dt.datetime
    due_at: dt.datetime | None = None
    signer_id: str = ""


@dataclass(frozen=True, slots=True)
class QueuedSignature:
    """A place in the list.

    Attributes:
        document: The document.
        because: Why it waits.
        could_sign: ``clerk_id`` of others who can sign now, in the order given; whether they may, the office decides.
    """

    document: Unsigned
    because: WaitsBecause
    could_sign: tuple[str, ...]


def signing_queue(
    documents: Iterable[Unsigned], certificates: Sequence[SigningCertificate], now: dt.datetime
) -> tuple[QueuedSignature, ...]:
    """List what waits for a signature, what is due first at the top; what is due at no moment comes last.

    Args:
        documents: Unsigned documents, in any order.
        certificates: The inventory; those of persons count.
        now: The present moment.
    """
    personal = [each for each in certificates if each.kind is CertificateKind.PERSON]
    holders = {each.holder_id for each in personal}
    able = tuple(dict.fromkeys(each.holder_id for each in personal if state_of(each, now) is CertificateState.VALID))
    return tuple(
        QueuedSignature(
            document,
            _because(document, holders, able),
            tuple(clerk_id for clerk_id in able if clerk_id != document.signer_id),
        )
        for document in sorted(documents, key=_urgency)
    )


def _because(document: Unsigned, holders: Collection[str], able: Collection[str]) -> WaitsBecause:
    if not document.signer_id:
        return WaitsBecause.SIGNER_NOT_NAMED
    if document.signer_id in able:
        return WaitsBecause.NOT_YET_SIGNED
    return WaitsBecause.CERTIFICATE_NOT_VALID if document.signer_id in holders else WaitsBecause.NO_TOKEN


def _urgency(document: Unsigned) -> tuple[bool, float, dt.datetime, str]:
    due = document.due_at
    return due is None, 0.0 if due is None else due.timestamp(), document.prepared_at, document.document_id
