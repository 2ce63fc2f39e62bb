# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys and operations that the tests of the wire and the courier share."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework.records.operation import Operation, OperationKind
from casework.work_calendar import VIET_NAM
from sync_agent.data_folder import DataFolder
from sync_agent.spool import Spool
from sync_agent.wire import envelope
from sync_agent.wire.envelope import EnvelopeObject

NOON = dt.datetime(2026, 11, 22, 5, 0, tzinfo=dt.UTC)
DEVICE = "0b1f8a52-8a3e-4c58-9d6e-1f2b3c4d5e6f"
COMMUNE = "14797"


@dataclass(frozen=True)
class Keyring:
    """Everybody's private keys, in one hand for once."""

    device: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    reply: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)
    gateway_sign: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    gateway_seal: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)
    commune: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)

    @property
    def device_public(self) -> bytes:
        return self.device.public_key().public_bytes_raw()

    @property
    def gateway_sign_public(self) -> bytes:
        return self.gateway_sign.public_key().public_bytes_raw()

    @property
    def gateway_seal_public(self) -> bytes:
        return self.gateway_seal.public_key().public_bytes_raw()

    @property
    def commune_public(self) -> bytes:
        return self.commune.public_key().public_bytes_raw()

    @property
    def reply_public(self) -> bytes:
        return self.reply.public_key().public_bytes_raw()


def make_operation(sequence: int, **changes: object) -> Operation:
    """One operation of the workstation ``DEVICE``."""
    values: dict[str, object] = {
        "operation_id": f"019adf00-0000-7000-8000-{sequence:012d}",
        "device_id": DEVICE,
        "device_sequence": sequence,
        "kind": OperationKind.DOSSIER_RECEIVED,
        "record_id": "019adf00-0000-7000-8000-00000000aaaa",
        "dossier_id": "019adf00-0000-7000-8000-00000000aaaa",
        "base_version": 0,
        "fields": {"code": f"H56.14-261122-{sequence:04d}", "fee_amount": 8000, "note": None},
        "object_ids": (),
        "actor_id": "019adf00-0000-7000-8000-00000000cccc",
        "at": NOON,
        **changes,
    }
    return Operation(**values)  # type: ignore[arg-type]  # a table of defaults


def make_object(content: bytes) -> EnvelopeObject:
    """The announcement of an object whose sealed file is ``content``."""
    name = hashlib.sha256(b"name" + content).hexdigest()
    return EnvelopeObject(
        object_id=name,
        transport_id=hashlib.sha256(content).hexdigest(),
        sealed_size=len(content),
        path=f"{name[:2]}/{name}.enc",
        file_key=os.urandom(32),
        plaintext_size=max(0, len(content) - 100),
        media_type="application/pdf",
    )


def seal_envelope(
    keyring: Keyring,
    operations: Sequence[Operation],
    objects: Sequence[EnvelopeObject] = (),
    envelope_id: str = "e-1",
) -> bytes:
    """An envelope of the workstation ``DEVICE``, for the gateway and the commune."""
    return envelope.seal(
        envelope_id=envelope_id,
        device_id=DEVICE,
        commune=COMMUNE,
        created_at=NOON,
        operations=operations,
        objects=objects,
        recipients=[keyring.gateway_seal_public, keyring.commune_public],
        signer=keyring.device,
        random_bytes=os.urandom,
    )


def file_envelope(
    folder: DataFolder, keyring: Keyring, sequences: Sequence[int], contents: Sequence[bytes] = ()
) -> list[EnvelopeObject]:
    """Put an envelope into a workstation's spool and the objects that it announces into its objects folder."""
    announced = [make_object(content) for content in contents]
    for item, content in zip(announced, contents, strict=True):
        path = folder.objects / item.path
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    envelope_id = f"e-{sequences[0]}"
    object_ids = tuple(item.object_id for item in announced)
    operations = [make_operation(sequence, object_ids=object_ids) for sequence in sequences]
    Spool(folder.spool).put(sequences[0], envelope_id, seal_envelope(keyring, operations, announced, envelope_id))
    return announced


def moment() -> dt.datetime:
    """Now, aware."""
    return dt.datetime.now(dt.UTC)


def code_of_today(number: int) -> str:
    """A dossier code of the commune with today's date, which in Viet Nam begins seven hours earlier."""
    return f"H56.14-{moment().astimezone(VIET_NAM):%y%m%d}-{number:04d}"
