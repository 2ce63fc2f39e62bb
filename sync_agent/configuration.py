# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desk tells the courier at enrolment: where the gateway is and how to know it.

Nothing here is secret for long: the one-time code is worth nothing once the gateway has taken the registration.
"""

from __future__ import annotations

from dataclasses import dataclass

from casework.errors import KnownError
from localdb import durable_file
from sync_agent.data_folder import DataFolder
from sync_agent.device_key import KeyPlace
from sync_agent.wire.canonical_json import dump, parse
from sync_agent.wire.enrolment import Registration, gateway_urls
from sync_agent.wire.json_fields import JsonFields, binary_text
from sync_agent.wire.sealed_key import PUBLIC_KEY_LENGTH

VERSION = 1


@dataclass(frozen=True, slots=True)
class CourierConfiguration:
    """The content of ``courier.json``.

    Attributes:
        commune: 5-digit code of the commune.
        gateway_urls: Base URLs, best first.
        gateway_sign_public: Raw Ed25519 key of the gateway.
        key_place: Where the device key lies.
        registration: What is sent at the first contact; also says which workstation this is.
    """

    commune: str
    gateway_urls: tuple[str, ...]
    gateway_sign_public: bytes
    key_place: KeyPlace
    registration: Registration

    @property
    def device_id(self) -> str:
        """The workstation."""
        return self.registration.device_id

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
        )
