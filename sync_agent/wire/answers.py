# SPDX-License-Identifier: GPL-3.0-or-later
"""The two small JSON answers of the gateway: an envelope is stored, or a request is refused."""

from __future__ import annotations

from dataclasses import dataclass

from casework.errors import KnownError
from sync_agent.wire.canonical_json import dump
from sync_agent.wire.envelope import MAX_OBJECTS
from sync_agent.wire.json_fields import JsonFields

CODE_HEADER = "X-Motcua-Code"
"""Carries the code of a refusal once more, because an answer to ``HEAD`` has no body."""


@dataclass(frozen=True, slots=True)
class EnvelopeStored:
    """Answer to ``POST /v1/envelopes``.

    Attributes:
        envelope_id: The envelope.
        missing_objects: ``transport_id`` of each announced object that the gateway does not hold completely yet.
    """

    envelope_id: str
    missing_objects: tuple[str, ...]

    def to_json(self) -> bytes:
        """Give the answer's body."""
        missing = list(self.missing_objects)
        return dump({"envelope_id": self.envelope_id, "state": "stored", "missing_objects": missing})

    @classmethod
    def from_json(cls, data: bytes) -> EnvelopeStored:
        """Read an answer's body.

        Raises:
            KnownError: ``gateway-garbled``.
        """
        fields = JsonFields.of_bytes(data, "gateway-garbled")
        if fields.text("state") != "stored":
            raise fields.error("state")
        missing = [
            JsonFields({"missing_objects": value}, "gateway-garbled").digest("missing_objects")
            for value in fields.sequence("missing_objects", max_length=MAX_OBJECTS)
        ]
        return cls(fields.identifier("envelope_id"), tuple(missing))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Body of every answer with a status of 400 or above; the code also goes into ``CODE_HEADER``.

    Attributes:
        code: Kebab-case.
        retryable: Whether the same request may succeed later.
    """

    code: str
    retryable: bool

    def to_json(self) -> bytes:
        """Give the answer's body."""
        return dump({"code": self.code, "retryable": self.retryable})

    @classmethod
    def from_json(cls, data: bytes) -> Refusal:
        """Read an answer's body.

        Raises:
            KnownError: ``gateway-garbled``: the gateway did not write this.
        """
        fields = JsonFields.of_bytes(data, "gateway-garbled")
        return cls(fields.identifier("code"), fields.boolean("retryable"))

    @classmethod
    def of(cls, error: KnownError) -> Refusal:
        """Make the answer for an error."""
        return cls(error.code, error.retryable)
