# SPDX-License-Identifier: GPL-3.0-or-later
"""How a workstation becomes known: IT issues an enrolment, the workstation registers the keys that it made itself."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework.errors import KnownError
from casework.identifiers import new_identifier
from casework.records.workplace import Unit
from casework.work_calendar import VIET_NAM
from gateway.folder import Gateway
from gateway.storage import Transaction, blob, number, text
from sync_agent.wire.enrolment import Enrolment, Registration
from sync_agent.wire.sealed_key import public_half

CODE_LIFETIME: Final = dt.timedelta(days=30)
"""From issue to first contact: the file travels by hand, and a lost one must not open the door for ever."""

_ONE_TIME_CODE_BYTES: Final = 20


@dataclass(frozen=True, slots=True)
class Device:
    """A registered workstation.

    Attributes:
        device_id: Its identity.
        lineage: The first workstation of those whose names it shares; itself when it is the first.
        commune: 5-digit code of its commune.
        numbers: Unit code and slot of each workstation of its lineage: whose dossier numbers it may speak of.
        sign_public: Raw Ed25519 key of its requests and envelopes.
        reply_public: Raw X25519 key that replies to it are sealed to.
    """

    device_id: str
    lineage: str
    commune: str
    numbers: frozenset[tuple[str, int]]
    sign_public: bytes
    reply_public: bytes


def issue_enrolment(
    gateway: Gateway,
    unit: Unit,
    slot: int,
    urls: Sequence[str],
    now: dt.datetime,
    *,
    replaces: str = "",
    beside: str = "",
) -> Enrolment:
    """Make the enrolment of one more workstation, or renew one whose code expired before it was used.

    A renewed one keeps its ``device_id``: the workstation may have worked without a line all the while. A workstation
    that replaces another, or stands beside it as its copy, goes on with the same names. The replaced one is not heard
    any more from this moment on; its slot is free again on the next day.

    Args:
        gateway: The gateway that it will talk to.
        unit: Where it will stand.
        slot: Its share of the day's dossier numbers, 0 to 15.
        urls: Base URLs of this gateway, best first.
        now: Aware date and time.
        replaces: The workstation in whose place it comes, or empty.
        beside: The workstation that it is a copy of, which goes on as well, or empty.

    Raises:
        KnownError: ``slot-taken`` when the unit has a workstation with this slot, had one today, or an enrolment that
            may still be used; ``device-not-enrolled`` or ``device-elsewhere`` (of another commune) for a ``replaces``
            or ``beside`` that does not fit.
    """
    one_time_code = base64.b32encode(os.urandom(_ONE_TIME_CODE_BYTES)).decode()
    with gateway.database.write() as transaction:
        commune_key = _commune_key(transaction, gateway, unit.commune_code)
        device_id = new_identifier(now, os.urandom)
        lineage = _lineage(transaction, replaces or beside, unit.commune_code) if replaces or beside else device_id
        if replaces:
            _fence(transaction, replaces, now)
        if _was_used_today(transaction, unit.code, slot, now):
            raise KnownError("slot-taken", slot=str(slot))
        row = transaction.row(
            "INSERT INTO enrolments (device_id, lineage, commune, unit_code, unit_name, slot, code_digest, issued_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (unit_code, slot) WHERE replaced_at IS NULL"
            " DO UPDATE SET lineage = CASE WHEN excluded.lineage = excluded.device_id THEN enrolments.lineage"
            " ELSE excluded.lineage END, commune = excluded.commune,"
            " unit_name = excluded.unit_name, code_digest = excluded.code_digest, issued_at = excluded.issued_at"
            " WHERE enrolments.issued_at < ? AND enrolments.device_id NOT IN (SELECT device_id FROM devices)"
            " RETURNING device_id, lineage",
            device_id,
            lineage,
            unit.commune_code,
            unit.code,
            unit.name,
            slot,
            _code_digest(one_time_code),
            int(now.timestamp()),
            _oldest_valid(now),
        )
        if row is None:
            raise KnownError("slot-taken", slot=str(slot))
    return Enrolment(
        device_id=text(row[0]),
        lineage=text(row[1]),
        slot=slot,
        unit=unit,
        one_time_code=one_time_code,
        gateway_urls=tuple(urls),
        gateway_seal_public=public_half(gateway.keys.sealing),
        gateway_sign_public=gateway.keys.signing.public_key().public_bytes_raw(),
        commune_seal_private=commune_key.private_bytes_raw(),
        commune_seal_public=public_half(commune_key),
    )


def register_device(gateway: Gateway, registration: Registration, now: dt.datetime) -> None:
    """Let an enrolled workstation register its public keys; doing it again with the same keys changes nothing.

    Raises:
        KnownError: ``one-time-code-wrong`` when no enrolment has this device and code; ``device-replaced``;
            ``device-registered`` when other keys were registered with it before; ``one-time-code-expired`` when none
            were in thirty days.
    """
    with gateway.database.write() as transaction:
        row = transaction.row(
            "SELECT code_digest, issued_at, replaced_at FROM enrolments WHERE device_id = ?", registration.device_id
        )
        if row is None or not hmac.compare_digest(blob(row[0]), _code_digest(registration.one_time_code)):
            raise KnownError("one-time-code-wrong")
        if row[2] is not None:
            raise KnownError("device-replaced")
        if number(row[1]) >= _oldest_valid(now):
            transaction.execute(
                "INSERT INTO devices (device_id, sign_public, reply_public, registered_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                registration.device_id,
                registration.sign_public,
                registration.reply_public,
                int(now.timestamp()),
            )
        keys = transaction.row(
            "SELECT sign_public, reply_public FROM devices WHERE device_id = ?", registration.device_id
        )
    if keys is None and number(row[1]) < _oldest_valid(now):
        raise KnownError("one-time-code-expired")
    if keys != (registration.sign_public, registration.reply_public):
        raise KnownError("device-registered")


def find_device(transaction: Transaction, device_id: str) -> Device:
    """Find a registered workstation that is heard.

    Raises:
        KnownError: ``device-unknown``, ``device-replaced``.
    """
    row = transaction.row(
        "SELECT e.lineage, e.commune, d.sign_public, d.reply_public, e.replaced_at"
        " FROM devices d JOIN enrolments e ON e.device_id = d.device_id WHERE d.device_id = ?",
        device_id,
    )
    if row is None:
        raise KnownError("device-unknown")
    if row[4] is not None:
        raise KnownError("device-replaced")
    lineage = text(row[0])
    numbers = transaction.rows("SELECT unit_code, slot FROM enrolments WHERE lineage = ?", lineage)
    return Device(
        device_id=device_id,
        lineage=lineage,
        commune=text(row[1]),
        numbers=frozenset((text(unit_code), number(slot)) for unit_code, slot in numbers),
        sign_public=blob(row[2]),
        reply_public=blob(row[3]),
    )


def unit_name(transaction: Transaction, unit_code: str) -> str:
    """Give the name of an enrolled unit as its newest enrolment has it; empty when it has none."""
    row = transaction.row(
        "SELECT unit_name FROM enrolments WHERE unit_code = ? ORDER BY issued_at DESC, device_id DESC LIMIT 1",
        unit_code,
    )
    return text(row[0]) if row else ""


def _lineage(transaction: Transaction, device_id: str, commune: str) -> str:
    row = transaction.row("SELECT lineage, commune FROM enrolments WHERE device_id = ?", device_id)
    if row is None:
        raise KnownError("device-not-enrolled", device=device_id)
    if row[1] != commune:
        raise KnownError("device-elsewhere", device=device_id)
    return text(row[0])


def _fence(transaction: Transaction, device_id: str, now: dt.datetime) -> None:
    """Hear a workstation no more."""
    transaction.execute(
        "UPDATE enrolments SET replaced_at = ? WHERE device_id = ? AND replaced_at IS NULL",
        int(now.timestamp()),
        device_id,
    )


def _was_used_today(transaction: Transaction, unit_code: str, slot: int, now: dt.datetime) -> bool:
    """Tell whether somebody who was replaced may have given out numbers of a slot today."""
    morning = now.astimezone(VIET_NAM).replace(hour=0, minute=0, second=0, microsecond=0)
    row = transaction.row(
        "SELECT 1 FROM enrolments WHERE unit_code = ? AND slot = ? AND replaced_at >= ? LIMIT 1",
        unit_code,
        slot,
        int(morning.timestamp()),
    )
    return row is not None


def _commune_key(transaction: Transaction, gateway: Gateway, commune: str) -> X25519PrivateKey:
    """Give the key that all desks of a commune share; made with the commune's first enrolment."""
    row = transaction.row("SELECT sealed FROM communes WHERE commune = ?", commune)
    if row is not None:
        return X25519PrivateKey.from_private_bytes(gateway.columns.open("communes", commune, blob(row[0])))
    key = X25519PrivateKey.generate()
    transaction.execute(
        "INSERT INTO communes (commune, seal_public, sealed) VALUES (?, ?, ?)",
        commune,
        public_half(key),
        gateway.columns.seal("communes", commune, key.private_bytes_raw()),
    )
    transaction.execute("INSERT INTO heads (commune, sequence) VALUES (?, 0)", commune)
    return key


def _oldest_valid(now: dt.datetime) -> int:
    """Give the moment since which a code must have been issued to be good now, in seconds."""
    return int((now - CODE_LIFETIME).timestamp())


def _code_digest(one_time_code: str) -> bytes:
    """The code has 160 random bits; a plain digest of it can not be turned back."""
    return hashlib.sha256(one_time_code.encode()).digest()
