# SPDX-License-Identifier: GPL-3.0-or-later
"""The envelope: a batch of operations on its way from a desk to the gateway, sealed so that a carrier reads nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework.errors import BugError, KnownError
from casework.identifiers import RandomBytes
from casework.records.operation import Operation
from sync_agent.wire import operation_codec
from sync_agent.wire.canonical_json import JsonValue
from sync_agent.wire.container import CONTENT_KEY_LENGTH, VERSION, ContainerFormat, build, take_apart
from sync_agent.wire.json_fields import JsonFields, binary_text, moment_text
from sync_agent.wire.sealed_key import SealedKeyError, Signer, key_id, open_key, public_half, seal_key

MAX_OPERATIONS = 200
MAX_OBJECTS = 4_000
MAX_RECIPIENTS = 16
FILE_KEY_LENGTH = 32

FORMAT = ContainerFormat(
    magic=b"MCE1",
    noun="envelope",
    max_bytes=8 << 20,
    max_header_bytes=1 << 20,
    max_body_bytes=32 << 20,
)

_INFO = b"motcua/envelope/1"
_OBJECT_PATH = re.compile(r"[0-9A-Za-z_-]{1,64}/[0-9A-Za-z_-]{1,128}\.enc\Z")


@dataclass(frozen=True, slots=True)
class EnvelopeObject:
    """An object that an envelope announces; the object itself travels on its own.

    Attributes:
        object_id: Keyed hash of its plaintext, as operations name it.
        transport_id: SHA-256 (hex) of the sealed file as it lies on disk.
        sealed_size: Bytes of that file.
        path: Where it lies, relative to the objects folder, with forward slashes; only the courier uses it.
        file_key: 32 bytes; sealed inside the envelope's body.
        plaintext_size: Bytes of the content.
        media_type: E.g. ``application/pdf``.
    """

    object_id: str
    transport_id: str
    sealed_size: int
    path: str
    file_key: bytes = field(repr=False)
    plaintext_size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class ObjectReference:
    """What the readable header tells about an object: enough to carry it. Attributes as in ``EnvelopeObject``."""

    transport_id: str
    sealed_size: int
    path: str


@dataclass(frozen=True, slots=True)
class ObjectKey:
    """What the sealed body tells about an object: enough to read it. Attributes as in ``EnvelopeObject``."""

    object_id: str
    transport_id: str
    file_key: bytes = field(repr=False)
    plaintext_size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class EnvelopeHeader:
    """What a carrier may read.

    Attributes:
        envelope_id: UUIDv7.
        device_id: The workstation that sealed it.
        commune: 5-digit code of its commune.
        created_at: On the workstation's clock.
        first_sequence: ``device_sequence`` of the first operation.
        last_sequence: ``device_sequence`` of the last operation.
        operation_count: 1 to 200.
        objects: Announced objects, each once, in the order in which they are wanted.
        sealed_keys: The sealed content key for each receiver's ``key_id``.
    """

    envelope_id: str
    device_id: str
    commune: str
    created_at: dt.datetime
    first_sequence: int
    last_sequence: int
    operation_count: int
    objects: tuple[ObjectReference, ...]
    sealed_keys: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class UnreadableOperation:
    """An operation that cannot be read, or that claims to come from another workstation.

    Attributes:
        position: Its place in the envelope, from 0.
        operation_id: As far as it can be read, else empty.
        code: ``operation-damaged``, ``operation-newer`` or ``operation-foreign``.
    """

    position: int
    operation_id: str
    code: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """An opened envelope.

    Attributes:
        header: Its header, proven by the signature.
        operations: In the order of ``device_sequence``.
        unreadable: Operations to reject one by one.
        object_keys: By ``object_id``.
    """

    header: EnvelopeHeader
    operations: tuple[Operation, ...]
    unreadable: tuple[UnreadableOperation, ...]
    object_keys: Mapping[str, ObjectKey]


def seal(
    *,
    envelope_id: str,
    device_id: str,
    commune: str,
    created_at: dt.datetime,
    operations: Sequence[Operation],
    objects: Sequence[EnvelopeObject],
    recipients: Sequence[bytes],
    signer: Signer,
    random_bytes: RandomBytes,
) -> bytes:
    """Seal operations into an envelope.

    Args:
        envelope_id: UUIDv7.
        device_id: The workstation; every operation must be its own.
        commune: 5-digit code.
        created_at: Aware date and time.
        operations: 1 to 200, ordered by ``device_sequence``.
        objects: The objects that the operations name, each once.
        recipients: Raw X25519 public keys: the gateway's and the commune's.
        signer: The workstation's signing key.
        random_bytes: Source of the content key.

    Raises:
        KnownError: ``envelope-too-large``: give fewer operations.
    """
    sequences = [operation.device_sequence for operation in operations]
    if not 1 <= len(operations) <= MAX_OPERATIONS or sequences != sorted(set(sequences)):
        raise BugError("operations of an envelope: 1 to 200, in order")
    if any(operation.device_id != device_id for operation in operations):
        raise BugError("an envelope carries its own workstation's operations only")
    if not 1 <= len(recipients) <= MAX_RECIPIENTS:
        raise BugError("an envelope has 1 to 16 receivers")
    if len(objects) > MAX_OBJECTS:
        raise FORMAT.error("too-large")
    content_key = random_bytes(CONTENT_KEY_LENGTH)
    info = _INFO + envelope_id.encode()
    header: dict[str, JsonValue] = {
        "version": VERSION,
        "envelope_id": envelope_id,
        "device_id": device_id,
        "commune": commune,
        "created_at": moment_text(created_at),
        "first_sequence": sequences[0],
        "last_sequence": sequences[-1],
        "operation_count": len(operations),
        "objects": [
            {"transport_id": item.transport_id, "size": item.sealed_size, "path": item.path} for item in objects
        ],
        "recipients": [
            {"key_id": key_id(public_key), "sealed_key": binary_text(seal_key(content_key, public_key, info))}
            for public_key in recipients
        ],
    }
    body: dict[str, JsonValue] = {
        "version": VERSION,
        "operations": [operation_codec.encode(operation) for operation in operations],
        "object_keys": [
            {
                "object_id": item.object_id,
                "transport_id": item.transport_id,
                "key": binary_text(item.file_key),
                "plaintext_size": item.plaintext_size,
                "media_type": item.media_type,
            }
            for item in objects
        ],
    }
    return build(FORMAT, header, body, content_key, signer)


def read_header(data: bytes) -> EnvelopeHeader:
    """Read the header without proof of who wrote it.

    Raises:
        KnownError: ``envelope-damaged``, ``envelope-version``, ``envelope-too-large``.
    """
    return _header(take_apart(FORMAT, data).header)


def verify(data: bytes, sign_public: bytes) -> EnvelopeHeader:
    """Check that the workstation with this signing key made exactly these bytes; no secret is needed for that.

    Raises:
        KnownError: ``envelope-signature``, or as ``read_header``.
    """
    container = take_apart(FORMAT, data)
    container.verify(sign_public)
    return _header(container.header)


def unseal(data: bytes, *, private_key: X25519PrivateKey, sign_public: bytes) -> Envelope:
    """Prove the maker, then open.

    Args:
        data: The envelope.
        private_key: One of its receivers': the gateway's or the commune's.
        sign_public: Raw Ed25519 public key of the workstation named in the header.

    Raises:
        KnownError: ``envelope-not-for-us``, or as ``verify``.
    """
    container = take_apart(FORMAT, data)
    container.verify(sign_public)
    header = _header(container.header)
    sealed_key = header.sealed_keys.get(key_id(public_half(private_key)))
    if sealed_key is None:
        raise KnownError("envelope-not-for-us")
    try:
        content_key = open_key(sealed_key, private_key, _INFO + header.envelope_id.encode())
    except SealedKeyError:
        raise FORMAT.error("damaged") from None
    body = container.body(content_key)
    if body.integer("version", minimum=1) != VERSION:
        raise FORMAT.error("version")
    operations, unreadable = _operations(body, header)
    return Envelope(header, operations, unreadable, _object_keys(body))


def _header(fields: JsonFields) -> EnvelopeHeader:
    first = fields.integer("first_sequence", minimum=1)
    return EnvelopeHeader(
        envelope_id=fields.identifier("envelope_id"),
        device_id=fields.identifier("device_id"),
        commune=fields.identifier("commune"),
        created_at=fields.moment("created_at"),
        first_sequence=first,
        last_sequence=fields.integer("last_sequence", minimum=first),
        operation_count=fields.integer("operation_count", minimum=1, maximum=MAX_OPERATIONS),
        objects=tuple(_reference(item) for item in fields.objects("objects", max_length=MAX_OBJECTS)),
        sealed_keys={
            item.identifier("key_id"): item.binary("sealed_key")
            for item in fields.objects("recipients", max_length=MAX_RECIPIENTS)
        },
    )


def _reference(fields: JsonFields) -> ObjectReference:
    path = fields.text("path")
    if not _OBJECT_PATH.match(path):
        raise fields.error("path")
    return ObjectReference(fields.digest("transport_id"), fields.integer("size", minimum=1), path)


def _operations(
    body: JsonFields, header: EnvelopeHeader
) -> tuple[tuple[Operation, ...], tuple[UnreadableOperation, ...]]:
    documents = body.sequence("operations", max_length=MAX_OPERATIONS)
    if len(documents) != header.operation_count:
        raise body.error("operations")
    operations: list[Operation] = []
    unreadable: list[UnreadableOperation] = []
    for position, document in enumerate(documents):
        try:
            operation = operation_codec.decode(document)
        except KnownError as error:
            unreadable.append(UnreadableOperation(position, _operation_id(document), error.code))
            continue
        if operation.device_id != header.device_id:
            unreadable.append(UnreadableOperation(position, operation.operation_id, "operation-foreign"))
        else:
            operations.append(operation)
    sequences = [operation.device_sequence for operation in operations]
    if sequences != sorted(set(sequences)) or any(
        not header.first_sequence <= sequence <= header.last_sequence for sequence in sequences
    ):
        raise body.error("operations")
    return tuple(operations), tuple(unreadable)


def _operation_id(document: JsonValue) -> str:
    try:
        return JsonFields(document, "operation-damaged").identifier("operation_id")
    except KnownError:
        return ""


def _object_keys(body: JsonFields) -> Mapping[str, ObjectKey]:
    keys = {}
    for item in body.objects("object_keys", max_length=MAX_OBJECTS):
        key = ObjectKey(
            object_id=item.identifier("object_id"),
            transport_id=item.digest("transport_id"),
            file_key=item.binary("key", length=FILE_KEY_LENGTH),
            plaintext_size=item.integer("plaintext_size"),
            media_type=item.text("media_type", max_length=128),
        )
        keys[key.object_id] = key
    return keys
