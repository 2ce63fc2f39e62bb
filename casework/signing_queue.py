# SPDX-License-Identifier: GPL-3.0-or-later
"""What waits for a signature (chờ ký): a work list beside the states, for the portal knows no such state.

Not every officer has a token, and tokens expire. A document that nobody here can sign today waits in the list, the
dossier's state stays what it is, and the supervisor sees who could sign instead.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


class WaitsBecause(enum.StrEnum):
    """Why a document is not signed yet."""

    SIGNER_NOT_NAMED = "signer-not-named"
    NO_TOKEN = "no-token"  # noqa: S105 - names a reason
    CERTIFICATE_NOT_VALID = "certificate-not-valid"
    NOT_YET_SIGNED = "not-yet-signed"


@dataclass(frozen=True, slots=True)
class SigningMeans:
    """A person's means to sign.

    Attributes:
        clerk_id: Who.
        valid_from: Aware moment from which the certificate on the token is valid; None without a token.
        valid_until: Aware last moment of it; None without a token.
    """

    clerk_id: str
    valid_from: dt.datetime | None = None
    valid_until: dt.datetime | None = None

    def can_sign_at(self, moment: dt.datetime) -> bool:
        """Whether there is a certificate and it is valid at a moment."""
        if self.valid_from is None or self.valid_until is None:
            return False
        return self.valid_from <= moment <= self.valid_until


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
    documents: Iterable[Unsigned], signers: Sequence[SigningMeans], now: dt.datetime
) -> tuple[QueuedSignature, ...]:
    """List what waits for a signature, what is due first at the top; what is due at no moment comes last.

    Args:
        documents: Unsigned documents, in any order.
        signers: Everybody who may sign at this centre.
        now: The present moment.
    """
    able = [signer.clerk_id for signer in signers if signer.can_sign_at(now)]
    return tuple(
        QueuedSignature(
            document,
            _because(document, signers, able),
            tuple(clerk_id for clerk_id in able if clerk_id != document.signer_id),
        )
        for document in sorted(documents, key=_urgency)
    )


def expiring(
    signers: Iterable[SigningMeans], now: dt.datetime, within: dt.timedelta = dt.timedelta(days=30)
) -> tuple[SigningMeans, ...]:
    """Give the tokens whose certificates have expired or expire within some time, the first to expire at the top."""
    with_end = [(signer.valid_until, signer) for signer in signers if signer.valid_until is not None]
    soon = [(end, signer) for end, signer in with_end if end <= now + within]
    return tuple(signer for _, signer in sorted(soon, key=lambda pair: (pair[0], pair[1].clerk_id)))


def _because(document: Unsigned, signers: Iterable[SigningMeans], able: Iterable[str]) -> WaitsBecause:
    if not document.signer_id:
        return WaitsBecause.SIGNER_NOT_NAMED
    if document.signer_id in able:
        return WaitsBecause.NOT_YET_SIGNED
    has_token = any(signer.clerk_id == document.signer_id and signer.valid_until is not None for signer in signers)
    return WaitsBecause.CERTIFICATE_NOT_VALID if has_token else WaitsBecause.NO_TOKEN


def _urgency(document: Unsigned) -> tuple[bool, float, dt.datetime, str]:
    due = document.due_at
    return due is None, 0.0 if due is None else due.timestamp(), document.prepared_at, document.document_id
