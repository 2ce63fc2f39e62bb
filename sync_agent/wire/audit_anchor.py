# SPDX-License-Identifier: GPL-3.0-or-later
"""Anchors of the audit trail on the wire: what the device key signs, and how an operation carries it."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Mapping

from casework.errors import KnownError
from casework.records.audit_anchor import AuditAnchor
from casework.records.operation import FieldValue, Operation
from sync_agent.wire.sealed_key import SIGNATURE_LENGTH, Signer, signature_is_valid

_HASH_LENGTH = 32


def sign(
    signer: Signer, *, device_id: str, entry_number: int, entry_hash: bytes, day: dt.date, made_at: dt.datetime
) -> AuditAnchor:
    """Make an anchor.

    Args:
        signer: The device key.
        device_id: The workstation.
        entry_number: Of the last entry.
        entry_hash: Its hash.
        day: In Viet Nam.
        made_at: Aware date and time.
    """
    unsigned = AuditAnchor(device_id, entry_number, entry_hash, day, made_at, b"")
    return AuditAnchor(device_id, entry_number, entry_hash, day, made_at, signer.sign(_signed_text(unsigned)))


def is_signed_by(anchor: AuditAnchor, sign_public: bytes) -> bool:
    """Tell whether the workstation with this raw Ed25519 key made an anchor."""
    return signature_is_valid(anchor.signature, _signed_text(anchor), sign_public)


def to_fields(anchor: AuditAnchor) -> dict[str, FieldValue]:
    """Give the fields of the operation, or of the entry in a witness file."""
    return {
        "device_id": anchor.device_id,
        "entry_number": anchor.entry_number,
        "entry_hash": anchor.entry_hash.hex(),
        "day": anchor.day.isoformat(),
        "made_at": anchor.made_at.astimezone(dt.UTC).isoformat(),
        "signature": base64.b64encode(anchor.signature).decode("ascii"),
    }


def from_operation(operation: Operation) -> AuditAnchor:
    """Read the anchor that an operation carries.

    Raises:
        KnownError: ``anchor-malformed``.
    """
    return from_fields(operation.fields)


def from_fields(fields: Mapping[str, object]) -> AuditAnchor:
    """Read an anchor.

    Raises:
        KnownError: ``anchor-malformed``.
    """
    number = fields.get("entry_number")
    try:
        anchor = AuditAnchor(
            device_id=_text(fields, "device_id"),
            entry_number=number if isinstance(number, int) and not isinstance(number, bool) else 0,
            entry_hash=bytes.fromhex(_text(fields, "entry_hash")),
            day=dt.date.fromisoformat(_text(fields, "day")),
            made_at=dt.datetime.fromisoformat(_text(fields, "made_at")),
            signature=base64.b64decode(_text(fields, "signature"), validate=True),
        )
    except (ValueError, binascii.Error):
        raise KnownError("anchor-malformed") from None
    if (
        not anchor.device_id
        or not 1 <= anchor.entry_number < 2**62
        or len(anchor.entry_hash) != _HASH_LENGTH
        or anchor.made_at.tzinfo is None
        or len(anchor.signature) != SIGNATURE_LENGTH
    ):
        raise KnownError("anchor-malformed")
    return anchor


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _signed_text(anchor: AuditAnchor) -> bytes:
    return "\n".join(
        [
            "motcua/audit-anchor/1",
            anchor.device_id,
            str(anchor.entry_number),
            anchor.entry_hash.hex(),
            anchor.day.isoformat(),
            anchor.made_at.astimezone(dt.UTC).isoformat(),
        ]
    ).encode()
