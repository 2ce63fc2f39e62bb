# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys by which a desk seals and opens, from the day it is enrolled.

The device key lies outside the database, because the courier needs it. All else is in the encrypted database: the
enrolment as it was given, and the reply key, which nobody but an opened desk can use.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework.errors import KnownError
from casework.records.workplace import Workstation
from localdb import durable_file, identity, machine, secrets, workplace
from localdb.connection import Connection
from localdb.store import Store
from sync_agent import device_key, former_identity
from sync_agent.configuration import CourierConfiguration
from sync_agent.data_folder import DataFolder
from sync_agent.device_key import KeyPlace
from sync_agent.wire.enrolment import Enrolment, Registration
from sync_agent.wire.sealed_key import public_half

_ENROLMENT = "sync-enrolment"
_REPLY_KEY = "sync-reply-key"
_DEVICE_KEY_PLACE = "sync-device-key-place"
_DEVICE_PUBLIC = "sync-device-public"


@dataclass(frozen=True, slots=True)
class DeskKeys:
    """What sealing and opening need.

    Attributes:
        device_id: This workstation.
        own_devices: Whose news are about this store: itself, whom it was before, and the first of its lineage.
        commune: 5-digit code of its commune.
        signer: The device key.
        reply_private: Opens replies.
        gateway_seal_public: Raw X25519 key of the gateway.
        gateway_sign_public: Raw Ed25519 key of the gateway.
        commune_seal_public: Raw X25519 key whose private half every desk of the commune holds.
    """

    device_id: str
    own_devices: frozenset[str]
    commune: str
    signer: Ed25519PrivateKey
    reply_private: X25519PrivateKey
    gateway_seal_public: bytes
    gateway_sign_public: bytes
    commune_seal_public: bytes


def enrol(
    store: Store,
    folder: DataFolder,
    enrolment: Enrolment,
    *,
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    this_machine: Callable[[], bytes | None] = machine.this_machine,
) -> Workstation:
    """Make this store the workstation of an enrolment; needs no network.

    Doing so again with the same enrolment changes nothing, so a crash in the middle is mended by doing it again. A
    renewed enrolment of the same workstation brings another one-time code; its keys stay.

    A store that was somebody else before tells what had no answer again, under its new identity: first everything is
    given to the new device, then the store becomes it, last the envelopes of the old one are removed.

    Args:
        store: The open store.
        folder: Its data folder.
        enrolment: From IT's file.
        now: The clock, aware.
        this_machine: Gives the identity of the computer.

    Raises:
        KnownError: ``already-enrolled`` when the store belongs to another workstation; ``enrolment-used`` when it is
            the one that it was before; ``enrolment-lineage`` when the file is not of a successor of this store;
            ``disk-full``, ``no-access``, ``disk-error``.
    """
    workstation = Workstation(enrolment.device_id, enrolment.slot, enrolment.unit)
    with store.reading() as connection:
        before = _enrolled_as(connection)
        past = [former.device_id for former in identity.former_devices(connection)]
    if before is None:
        if past:
            known = _check_succession(store, past, enrolment)
            former_identity.hand_over(store, folder, known, enrolment.device_id)
        signer = Ed25519PrivateKey.generate()
        place = device_key.keep(enrolment.device_id, signer, folder.device_key)
        with store.transaction() as connection:
            secrets.put(connection, _DEVICE_PUBLIC, signer.public_key().public_bytes_raw())
            secrets.put(connection, _ENROLMENT, enrolment.to_json())
            secrets.put(connection, _REPLY_KEY, X25519PrivateKey.generate().private_bytes_raw())
            secrets.put(connection, _DEVICE_KEY_PLACE, place.value.encode())
            workplace.save(connection, workstation)
            identity.begin(connection, now())
            identity.check_machine(connection, this_machine(), now())
    elif before.device_id != enrolment.device_id:
        raise KnownError("already-enrolled")
    else:
        with store.transaction() as connection:
            known = Enrolment.from_json(secrets.get(connection, _ENROLMENT))
            renewed = dataclasses.replace(known, one_time_code=enrolment.one_time_code)
            secrets.put(connection, _ENROLMENT, renewed.to_json())
        stop_speaking(folder)
    load(store, folder, this_machine=this_machine)
    return workstation


def load(
    store: Store, folder: DataFolder, *, this_machine: Callable[[], bytes | None] = machine.this_machine
) -> DeskKeys:
    """Give the keys of an enrolled desk; writes the courier's configuration anew if it is gone or not as it should be.

    Raises:
        KnownError: ``not-enrolled``, ``other-machine``, ``rolled-back``; ``device-key-missing`` (after a restore on
            another machine: enrol anew), ``device-key-damaged``; ``disk-full``, ``no-access``, ``disk-error``.
    """
    with store.reading() as connection:
        identity.enrolled(connection)
        past = [former.device_id for former in identity.former_devices(connection)]
        enrolment = Enrolment.from_json(secrets.get(connection, _ENROLMENT))
        reply_private = X25519PrivateKey.from_private_bytes(secrets.get(connection, _REPLY_KEY))
        place = KeyPlace(secrets.get(connection, _DEVICE_KEY_PLACE).decode())
    signer = device_key.key_store(place, folder.device_key).load(enrolment.device_id)
    _check_device_key(store, signer.public_key().public_bytes_raw())
    keys = DeskKeys(
        device_id=enrolment.device_id,
        own_devices=frozenset([enrolment.device_id, enrolment.lineage, *past]),
        commune=enrolment.unit.commune_code,
        signer=signer,
        reply_private=reply_private,
        gateway_seal_public=enrolment.gateway_seal_public,
        gateway_sign_public=enrolment.gateway_sign_public,
        commune_seal_public=enrolment.commune_seal_public,
    )
    former_identity.forget(store, folder, enrolment.device_id, signer.public_key().public_bytes_raw())
    here = this_machine()
    configuration = _configuration(enrolment, keys, place, here)
    if not _is_configured(folder, configuration):
        configuration.save(folder)
    return keys


def is_successor(connection: Connection, enrolment: Enrolment) -> bool:
    """Tell whether an enrolment is of somebody who goes on with the names of this store, and is not this store."""
    known = Enrolment.from_json(secrets.get(connection, _ENROLMENT))
    own = {known.device_id, known.lineage, *(former.device_id for former in identity.former_devices(connection))}
    return enrolment.lineage in own and enrolment.device_id not in own


def stop_speaking(folder: DataFolder) -> None:
    """Take the courier its configuration: the running one ends, and none can be started for this identity.

    Raises:
        KnownError: ``no-access``, ``disk-error``.
    """
    with durable_file.explained():
        folder.courier_configuration.unlink(missing_ok=True)


def _check_succession(store: Store, past: list[str], enrolment: Enrolment) -> Enrolment:
    """See that the gateway will know the names of this store as the new workstation's own; give the one before."""
    if enrolment.device_id in past:
        raise KnownError("enrolment-used")
    with store.reading() as connection:
        known = Enrolment.from_json(secrets.get(connection, _ENROLMENT))
    if enrolment.lineage not in {*past, known.lineage} or enrolment.unit.commune_code != known.unit.commune_code:
        raise KnownError("enrolment-lineage", device=past[-1])
    return known


def _check_device_key(store: Store, public: bytes) -> None:
    """See that the device key is the enrolled one: any 32 bytes are a key, also those in which a bit turned over."""
    with store.reading() as connection:
        known = secrets.find(connection, _DEVICE_PUBLIC)
    if known is None:  # enrolled by an earlier release
        with store.transaction() as connection:
            secrets.put(connection, _DEVICE_PUBLIC, public)
    elif known != public:
        raise KnownError("device-key-damaged")


def _is_configured(folder: DataFolder, wanted: CourierConfiguration) -> bool:
    """Tell whether the courier has this configuration; where the machine has no identity, whatever one it names."""
    try:
        found = CourierConfiguration.load(folder)
    except KnownError as error:
        if error.code != "courier-not-configured":
            raise
        return False
    return found == (wanted if wanted.machine else dataclasses.replace(wanted, machine=found.machine))


def _configuration(
    enrolment: Enrolment, keys: DeskKeys, place: KeyPlace, this_machine: bytes | None
) -> CourierConfiguration:
    sign_public = keys.signer.public_key().public_bytes_raw()
    return CourierConfiguration(
        commune=keys.commune,
        gateway_urls=enrolment.gateway_urls,
        gateway_sign_public=keys.gateway_sign_public,
        key_place=place,
        registration=Registration(
            device_id=keys.device_id,
            one_time_code=enrolment.one_time_code,
            sign_public=sign_public,
            reply_public=public_half(keys.reply_private),
        ),
        machine=None if this_machine is None else machine.fingerprint(sign_public, this_machine),
    )


def _enrolled_as(connection: Connection) -> Workstation | None:
    try:
        return workplace.load(connection)
    except KnownError as error:
        if error.code != "not-enrolled":
            raise
        return None
