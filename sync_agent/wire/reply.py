# SPDX-License-Identifier: GPL-3.0-or-later
"""The reply: a stretch of the commune's feed on its way from the gateway to one workstation, sealed to it alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework.errors import BugError, KnownError
from casework.identifiers import RandomBytes
from casework.records.dossier import PortalState
from sync_agent.wire.canonical_json import JsonObject, JsonValue
from sync_agent.wire.container import CONTENT_KEY_LENGTH, VERSION, ContainerFormat, build, take_apart
from sync_agent.wire.json_fields import JsonFields, binary_text, moment_text
from sync_agent.wire.sealed_key import SealedKeyError, Signer, key_id, open_key, public_half, seal_key

MAX_ITEMS = 1_000

FORMAT = ContainerFormat(
    magic=b"MCR1",
    noun="reply",
    max_bytes=8 << 20,
    max_header_bytes=64 << 10,
    max_body_bytes=32 << 20,
)

_INFO = b"motcua/reply/1"

PASSING_REJECTIONS = frozenset({"operation-newer"})
"""Codes of rejections that an update of the gateway lifts; the desk offers such an operation again at each sign-in."""


SEQUENCE_TAKEN = "sequence-taken"
"""Code for an operation under whose sequence its workstation told another one before: it was turned back, or copied.
The operation is not kept; the workstation needs a new enrolment, under which it tells it again."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An operation has had its effect at the gateway.

    Attributes:
        sequence: Position in the commune's feed, from 1, without gaps.
        device_id: The workstation that made it, not always the one that reads this.
        operation_id: The operation, as its maker names it.
    """

    sequence: int
    device_id: str
    operation_id: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The gateway refuses an operation: for good, unless its code is one of ``PASSING_REJECTIONS``.

    Attributes:
        sequence: Position in the feed.
        device_id: The workstation that made it.
        operation_id: The operation, as its maker names it.
        code: Why, kebab-case.
    """

    sequence: int
    device_id: str
    operation_id: str
    code: str


@dataclass(frozen=True, slots=True)
class PortalStatus:
    """The portal has said something about a dossier.

    Attributes:
        sequence: Position in the feed.
        device_id: The first workstation of the lineage that received the dossier.
        dossier_id: The dossier, as that lineage names it.
        portal_state: Where its reconciliation stands now.
        portal_code: Code given by the portal, or empty.
        message: The portal's words; may hold personal data.
        at: When, on the gateway's clock.
    """

    sequence: int
    device_id: str
    dossier_id: str
    portal_state: PortalState
    portal_code: str
    message: str = field(repr=False)
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class ObjectHeld:
    """The gateway holds an object whole: its bytes are there and their hash is right.

    Attributes:
        sequence: Position in the feed.
        device_id: The workstation that announced it.
        object_id: The object, as that workstation names it.
        transport_id: SHA-256 of what is held, 64 hex digits.
    """

    sequence: int
    device_id: str
    object_id: str
    transport_id: str


@dataclass(frozen=True, slots=True)
class UnknownItem:
    """An item that only later releases understand.

    Attributes:
        sequence: Position in the feed.
        kind: Its kind.
    """

    sequence: int
    kind: str


KnownItem = Acknowledged | Rejected | PortalStatus | ObjectHeld
ReplyItem = KnownItem | UnknownItem


@dataclass(frozen=True, slots=True)
class ReplyHeader:
    """What the courier may read: which stretch of the feed it is, (``after``, ``upto``].

    Attributes:
        device_id: The workstation it is sealed to.
        commune: 5-digit code of the commune whose feed it is.
        epoch: Changes when the gateway was restored from a backup.
        after: The position before the first one covered, from 0 (``from`` on the wire).
        upto: The last position covered (``to`` on the wire); greater than ``after``.
        created_at: On the gateway's clock.
    """

    device_id: str
    commune: str
    epoch: str
    after: int
    upto: int
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """An opened reply.

    Attributes:
        header: Its header, proven by the signature.
        items: In the order of their ``sequence``; a position without anything for a desk has no item.
    """

    header: ReplyHeader
    items: tuple[ReplyItem, ...]


def seal(
    header: ReplyHeader, items: Sequence[KnownItem], *, reply_public: bytes, signer: Signer, random_bytes: RandomBytes
) -> bytes:
    """Seal a stretch of the feed.

    Args:
        header: The stretch, and for whom.
        items: At most 1,000, in order, each within the stretch.
        reply_public: The workstation's raw X25519 reply key.
        signer: The gateway's signing key.
        random_bytes: Source of the content key.

    Raises:
        KnownError: ``reply-too-large``: cover fewer positions.
    """
    sequences = [item.sequence for item in items]
    if len(items) > MAX_ITEMS or not _are_in_order(sequences, header):
        raise BugError("items of a reply: at most 1,000, in order, within its stretch")
    content_key = random_bytes(CONTENT_KEY_LENGTH)
    header_document: dict[str, JsonValue] = {
        "version": VERSION,
        "device_id": header.device_id,
        "commune": header.commune,
        "epoch": header.epoch,
        "from": header.after,
        "to": header.upto,
        "created_at": moment_text(header.created_at),
        "key_id": key_id(reply_public),
        "sealed_key": binary_text(seal_key(content_key, reply_public, _INFO)),
    }
    body: dict[str, JsonValue] = {"version": VERSION, "items": [_encode(item) for item in items]}
    return build(FORMAT, header_document, body, content_key, signer)


def read_header(data: bytes) -> ReplyHeader:
    """Read the header without proof of who wrote it.

    Raises:
        KnownError: ``reply-damaged``, ``reply-version``, ``reply-too-large``.
    """
    return _header(take_apart(FORMAT, data).header)


def verify(data: bytes, sign_public: bytes) -> ReplyHeader:
    """Check that the gateway with this signing key made exactly these bytes; the courier does so before it keeps them.

    Raises:
        KnownError: ``reply-signature``, or as ``read_header``.
    """
    container = take_apart(FORMAT, data)
    container.verify(sign_public)
    return _header(container.header)


def unseal(data: bytes, *, private_key: X25519PrivateKey, sign_public: bytes) -> Reply:
    """Prove the maker, then open.

    Args:
        data: The reply.
        private_key: The workstation's reply key.
        sign_public: The gateway's raw Ed25519 public key.

    Raises:
        KnownError: ``reply-not-for-us``, or as ``verify``.
    """
    container = take_apart(FORMAT, data)
    container.verify(sign_public)
    header = _header(container.header)
    if container.header.identifier("key_id") != key_id(public_half(private_key)):
        raise KnownError("reply-not-for-us")
    try:
        content_key = open_key(container.header.binary("sealed_key"), private_key, _INFO)
    except SealedKeyError:
        raise FORMAT.error("damaged") from None
    body = container.body(content_key)
    if body.integer("version", minimum=1) != VERSION:
        raise FORMAT.error("version")
    items = tuple(_decode(item) for item in body.objects("items", max_length=MAX_ITEMS))
    if not _are_in_order([item.sequence for item in items], header):
        raise body.error("items")
    return Reply(header, items)


def _are_in_order(sequences: list[int], header: ReplyHeader) -> bool:
    within = all(header.after < sequence <= header.upto for sequence in sequences)
    return header.after < header.upto and within and sequences == sorted(set(sequences))


def _header(fields: JsonFields) -> ReplyHeader:
    after = fields.integer("from")
    return ReplyHeader(
        device_id=fields.identifier("device_id"),
        commune=fields.identifier("commune"),
        epoch=fields.identifier("epoch"),
        after=after,
        upto=fields.integer("to", minimum=after + 1),
        created_at=fields.moment("created_at"),
    )


def _encode(item: KnownItem) -> JsonObject:
    match item:
        case Acknowledged():
            return {
                "sequence": item.sequence,
                "kind": "acknowledged",
                "device_id": item.device_id,
                "operation_id": item.operation_id,
            }
        case Rejected():
            return {
                "sequence": item.sequence,
                "kind": "rejected",
                "device_id": item.device_id,
                "operation_id": item.operation_id,
                "code": item.code,
            }
        case PortalStatus():
            return {
                "sequence": item.sequence,
                "kind": "portal-status",
                "device_id": item.device_id,
                "dossier_id": item.dossier_id,
                "portal_state": item.portal_state.value,
                "portal_code": item.portal_code,
                "message": item.message,
                "at": moment_text(item.at),
            }
        case ObjectHeld():
            return {
                "sequence": item.sequence,
                "kind": "object-held",
                "device_id": item.device_id,
                "object_id": item.object_id,
                "transport_id": item.transport_id,
            }


def _decode(fields: JsonFields) -> ReplyItem:
    sequence = fields.integer("sequence", minimum=1)
    kind = fields.identifier("kind")
    if kind == "acknowledged":
        return Acknowledged(sequence, fields.identifier("device_id"), fields.identifier("operation_id"))
    if kind == "rejected":
        return Rejected(
            sequence, fields.identifier("device_id"), fields.identifier("operation_id"), fields.identifier("code")
        )
    if kind == "portal-status":
        try:
            portal_state = PortalState(fields.text("portal_state"))
        except ValueError:
            return UnknownItem(sequence, kind)
        return PortalStatus(
            sequence=sequence,
            device_id=fields.identifier("device_id"),
            dossier_id=fields.identifier("dossier_id"),
            portal_state=portal_state,
            portal_code=fields.text("portal_code", max_length=256),
            message=fields.text("message", max_length=10_000),
            at=fields.moment("at"),
        )
    if kind == "object-held":
        return ObjectHeld(
            sequence, fields.identifier("device_id"), fields.identifier("object_id"), fields.digest("transport_id")
        )
    return UnknownItem(sequence, kind)
