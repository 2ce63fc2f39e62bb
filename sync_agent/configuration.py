# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desk tells the courier at enrolment: where the gateway is and how to know it, and on which machine to run.

Nothing here is secret for long: the one-time code is worth nothing once the gateway has taken the registration.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from casework.errors import KnownError
from localdb import durable_file, machine
from sync_agent.data_folder import DataFolder
from sync_agent.device_key import KeyPlace
from sync_agent.wire.canonical_json import dump, parse
from sync_agent.wire.enrolment import Registration, gateway_urls
from sync_agent.wire.json_fields import JsonFields, binary_text
from sync_agent.wire.sealed_key import PUBLIC_KEY_LENGTH

VERSION = 1
_FINGERPRINT_LENGTH = 32


@dataclass(frozen=True, slots=True)
class CourierConfiguration:
    """The content of ``courier.json``.

    Attributes:
        commune: 5-digit code of the commune.
        gateway_urls: Base URLs, best first.
        gateway_sign_public: Raw Ed25519 key of the gateway.
        key_place: Where the device key lies.
        registration: What is sent at the first contact; also says which workstation this is.
        machine: Fingerprint of the machine that it was enrolled on, 32 bytes, keyed with the device's public key; None
            where that has no identity.
    """

    commune: str
    gateway_urls: tuple[str, ...]
    gateway_sign_public: bytes
    key_place: KeyPlace
    registration: Registration
    machine: bytes | None = None

    @property
    def device_id(self) -> str:
        """The workstation."""
        return self.registration.device_id

    def check_machine(self, this_machine: bytes | None) -> None:
        """See that this is the machine that it was made for: two copies must never speak with one device key.

        Raises:
            KnownError: ``other-machine``.
        """
        if self.machine is None or this_machine is None:
            return
        here = machine.fingerprint(self.registration.sign_public, this_machine)
        if not hmac.compare_digest(here, self.machine):
            raise KnownError("other-machine", device=self.device_id)

    def save(self, folder: DataFolder) -> None:
        """Write it for the courier.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``.
        """
        document = dump(
            {
                "version": VERSION,
                "commune": self.commune,
                "gateway_urls": list(self.gateway_urls),
                "gateway_sign_public": binary_text(self.gateway_sign_public),
                "key_place": self.key_place.value,
                "registration": parse(self.registration.to_json()),
                "machine": None if self.machine is None else binary_text(self.machine),
            }
        )
        with durable_file.replacing(folder.courier_configuration) as file:
            file.write(document)

    @classmethod
    def load(cls, folder: DataFolder) -> CourierConfiguration:
        """Read it.

        Raises:
            KnownError: ``courier-not-configured`` when the workstation was never enrolled or the file is damaged.
        """
        try:
            data = folder.courier_configuration.read_bytes()
        except FileNotFoundError:
            raise KnownError("courier-not-configured") from None
        except OSError as error:
            raise durable_file.explain(error) from error
        fields = JsonFields.of_bytes(data, "courier-not-configured")
        if fields.integer("version") != VERSION:
            raise fields.error("version")
        try:
            key_place = KeyPlace(fields.text("key_place"))
        except ValueError:
            raise fields.error("key_place") from None
        return cls(
            commune=fields.identifier("commune"),
            gateway_urls=gateway_urls(fields),
            gateway_sign_public=fields.binary("gateway_sign_public", length=PUBLIC_KEY_LENGTH),
            key_place=key_place,
            registration=Registration.from_fields(fields.object("registration")),
            machine=_machine(fields),
        )


def _machine(fields: JsonFields) -> bytes | None:
    # Configurations of earlier releases name no machine.
    if not fields.has("machine") or fields.value("machine") is None:
        return None
    return fields.binary("machine", length=_FINGERPRINT_LENGTH)
