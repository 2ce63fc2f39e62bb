# SPDX-License-Identifier: GPL-3.0-or-later
"""The witness file: the anchors that the gateway keeps of a workstation's audit trail, signed by the gateway.

IT fetches it from the gateway and takes it to the desk; whoever holds the store alone can not make one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from casework.errors import KnownError
from casework.records.audit_anchor import AuditAnchor
from sync_agent.wire import audit_anchor
from sync_agent.wire.canonical_json import JsonObject, JsonValue, dump
from sync_agent.wire.json_fields import JsonFields, binary_text, moment_text
from sync_agent.wire.sealed_key import SIGNATURE_LENGTH, Signer, signature_is_valid

VERSION = 1
MAX_ANCHORS = 100_000

_INFO = b"motcua/audit-witness/1\n"


@dataclass(frozen=True, slots=True)
class Witness:
    """What the gateway testifies.

    Attributes:
        lineage: The first of the workstations that it speaks of.
        made_at: On the gateway's clock.
        anchors: Of all workstations of that lineage, in the order in which they came.
    """

    lineage: str
    made_at: dt.datetime
    anchors: tuple[AuditAnchor, ...]


def sign(witness: Witness, signer: Signer) -> bytes:
    """Give the file's content.

    Args:
        witness: What is testified.
        signer: The gateway's signing key.
    """
    document = _document(witness)
    return dump({**document, "signature": binary_text(signer.sign(_INFO + dump(document)))})


def read(data: bytes, sign_public: bytes) -> Witness:
    """Read a file, after proof that the gateway wrote it.

    Args:
        data: The content.
        sign_public: The gateway's raw Ed25519 key, from the enrolment.

    Raises:
        KnownError: ``witness-damaged`` when it is no witness file; ``witness-signature`` when this gateway did not
            write it, or not so.
    """
    fields = JsonFields.of_bytes(data, "witness-damaged")
    if fields.integer("version", minimum=1) != VERSION:
        raise fields.error("version")
    try:
        anchors = tuple(
            audit_anchor.from_fields({name: item.value(name) for name in _NAMES})
            for item in fields.objects("anchors", max_length=MAX_ANCHORS)
        )
    except KnownError:
        raise fields.error("anchors") from None
    witness = Witness(fields.identifier("lineage"), fields.moment("made_at"), anchors)
    signature = fields.binary("signature", length=SIGNATURE_LENGTH)
    if not signature_is_valid(signature, _INFO + dump(_document(witness)), sign_public):
        raise KnownError("witness-signature")
    return witness


_NAMES: Sequence[str] = ("device_id", "entry_number", "entry_hash", "day", "made_at", "signature")


def _document(witness: Witness) -> JsonObject:
    anchors: list[JsonValue] = [dict(audit_anchor.to_fields(anchor)) for anchor in witness.anchors]
    return {
        "version": VERSION,
        "lineage": witness.lineage,
        "made_at": moment_text(witness.made_at),
        "anchors": anchors,
    }
