# SPDX-License-Identifier: GPL-3.0-or-later
"""What a workstation is given to begin with, and what it answers at the first contact.

The enrolment file goes from IT to the desk by hand, because it holds the commune's private key and a one-time code.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from casework.errors import KnownError
from casework.records.workplace import Unit
from sync_agent.wire.canonical_json import dump
from sync_agent.wire.json_fields import JsonFields, binary_text
from sync_agent.wire.sealed_key import PUBLIC_KEY_LENGTH

VERSION = 1
MAX_SLOT = 15
MAX_GATEWAY_URLS = 8


@dataclass(frozen=True, slots=True)
class Enrolment:
    """An enrolment file.

    Attributes:
        device_id: UUID of the new workstation.
        lineage: The first of the workstations in whose place, or beside which, it goes on; itself for a new one.
        slot: Its share of the day's dossier numbers, 0 to 15.
        unit: Where it will stand.
        one_time_code: Lets it register its own keys, once.
        gateway_urls: Base URLs without a trailing slash, best first; the paths of the contract begin with ``/v1``.
        gateway_seal_public: Raw X25519 key that envelopes are sealed to.
        gateway_sign_public: Raw Ed25519 key that hellos and replies are signed with.
        commune_seal_private: Raw X25519 key that every desk of the commune holds.
        commune_seal_public: Its public half.
    """

    device_id: str
    lineage: str
    slot: int
    unit: Unit
    one_time_code: str = field(repr=False)
    gateway_urls: tuple[str, ...]
    gateway_seal_public: bytes
    gateway_sign_public: bytes
    commune_seal_private: bytes = field(repr=False)
    commune_seal_public: bytes

    def to_json(self) -> bytes:
        """Give the file's content."""
        return dump(
            {
                "version": VERSION,
                "device_id": self.device_id,
                "lineage": self.lineage,
                "slot": self.slot,
                "unit": {
                    "code": self.unit.code,
                    "name": self.unit.name,
                    "parent_name": self.unit.parent_name,
                    "place": self.unit.place,
                    "commune_code": self.unit.commune_code,
                },
                "one_time_code": self.one_time_code,
                "gateway_urls": list(self.gateway_urls),
                "gateway_seal_public": binary_text(self.gateway_seal_public),
                "gateway_sign_public": binary_text(self.gateway_sign_public),
                "commune_seal_private": binary_text(self.commune_seal_private),
                "commune_seal_public": binary_text(self.commune_seal_public),
            }
        )

    @classmethod
    def from_json(cls, data: bytes) -> Enrolment:
        """Read the file's content.

        Raises:
            KnownError: ``enrolment-damaged`` or ``enrolment-version``.
        """
        fields = JsonFields.of_bytes(data, "enrolment-damaged")
        if fields.integer("version", minimum=1) != VERSION:
            raise KnownError("enrolment-version")
        unit = fields.object("unit")
        return cls(
            device_id=fields.identifier("device_id"),
            # Files of earlier releases are of workstations that replace nobody.
            lineage=fields.identifier("lineage" if fields.has("lineage") else "device_id"),
            slot=fields.integer("slot", maximum=MAX_SLOT),
            unit=Unit(
                code=unit.identifier("code"),
                name=unit.text("name"),
                parent_name=unit.text("parent_name"),
                place=unit.text("place"),
                commune_code=unit.identifier("commune_code"),
            ),
            one_time_code=fields.text("one_time_code", max_length=256),
            gateway_urls=gateway_urls(fields),
            gateway_seal_public=fields.binary("gateway_seal_public", length=PUBLIC_KEY_LENGTH),
            gateway_sign_public=fields.binary("gateway_sign_public", length=PUBLIC_KEY_LENGTH),
            commune_seal_private=fields.binary("commune_seal_private", length=PUBLIC_KEY_LENGTH),
            commune_seal_public=fields.binary("commune_seal_public", length=PUBLIC_KEY_LENGTH),
        )


@dataclass(frozen=True, slots=True)
class Registration:
    """Body of ``POST /v1/devices``: the keys that the workstation made for itself.

    Attributes:
        device_id: From the enrolment file.
        one_time_code: From the enrolment file.
        sign_public: Raw Ed25519 public key; requests and envelopes are signed with its private half.
        reply_public: Raw X25519 public key; replies are sealed to it.
    """

    device_id: str
    one_time_code: str = field(repr=False)
    sign_public: bytes
    reply_public: bytes

    def to_json(self) -> bytes:
        """Give the request's body."""
        return dump(
            {
                "device_id": self.device_id,
                "one_time_code": self.one_time_code,
                "sign_public": binary_text(self.sign_public),
                "reply_public": binary_text(self.reply_public),
            }
        )

    @classmethod
    def from_json(cls, data: bytes) -> Registration:
        """Read a request's body.

        Raises:
            KnownError: ``registration-damaged``.
        """
        return cls.from_fields(JsonFields.of_bytes(data, "registration-damaged"))

    @classmethod
    def from_fields(cls, fields: JsonFields) -> Registration:
        """Read it from a parsed document."""
        return cls(
            device_id=fields.identifier("device_id"),
            one_time_code=fields.text("one_time_code", max_length=256),
            sign_public=fields.binary("sign_public", length=PUBLIC_KEY_LENGTH),
            reply_public=fields.binary("reply_public", length=PUBLIC_KEY_LENGTH),
        )


def gateway_urls(fields: JsonFields) -> tuple[str, ...]:
    """Read the field ``gateway_urls``: at least one http or https URL; a trailing slash is dropped."""
    urls = []
    for value in fields.sequence("gateway_urls", max_length=MAX_GATEWAY_URLS):
        if not isinstance(value, str) or len(value) > 1024 or not value.startswith(("https://", "http://")):
            raise fields.error("gateway_urls")
        urls.append(value.rstrip("/"))
    if not urls:
        raise fields.error("gateway_urls")
    return tuple(urls)
