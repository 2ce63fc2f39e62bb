# SPDX-License-Identifier: GPL-3.0-or-later
"""The hello: the gateway signs a fresh nonce, which no login page between it and us can do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casework.errors import KnownError
from casework.identifiers import RandomBytes
from sync_agent.wire.canonical_json import dump
from sync_agent.wire.json_fields import JsonFields, binary_text
from sync_agent.wire.sealed_key import SIGNATURE_LENGTH, Signer, signature_is_valid

NONCE_BYTES = 16
PATH = "/v1/hello"

_NONCE = re.compile(r"[0-9a-f]{32}\Z")


@dataclass(frozen=True, slots=True)
class Hello:
    """What a proven hello tells.

    Attributes:
        time: Unix seconds on the gateway's clock.
        epoch: Changes when the gateway was restored from a backup.
    """

    time: int
    epoch: str


def new_nonce(random_bytes: RandomBytes) -> str:
    """Make a nonce: 32 hexadecimal digits."""
    return random_bytes(NONCE_BYTES).hex()


def answer(signer: Signer, *, nonce: str, time: int, epoch: str) -> bytes:
    """Give the gateway's answer to a nonce.

    Args:
        signer: The gateway's signing key.
        nonce: As asked, 32 lower-case hexadecimal digits.
        time: Unix seconds.
        epoch: Of the gateway's database.

    Raises:
        KnownError: ``hello-nonce`` when it is not such a nonce; nothing else is ever signed.
    """
    if not _NONCE.match(nonce):
        raise KnownError("hello-nonce")
    signature = signer.sign(_signed_text(nonce, time, epoch))
    return dump({"nonce": nonce, "time": time, "epoch": epoch, "signature": binary_text(signature)})


def check(body: bytes, *, nonce: str, sign_public: bytes) -> Hello:
    """Prove that the gateway itself answered this nonce.

    Raises:
        KnownError: ``captive-portal``: something else answered.
    """
    try:
        fields = JsonFields.of_bytes(body, "captive-portal")
        found = Hello(fields.integer("time"), fields.identifier("epoch"))
        signature = fields.binary("signature", length=SIGNATURE_LENGTH)
    except KnownError:
        raise KnownError("captive-portal", retryable=True) from None
    if not signature_is_valid(signature, _signed_text(nonce, found.time, found.epoch), sign_public):
        raise KnownError("captive-portal", retryable=True)
    return found


def _signed_text(nonce: str, time: int, epoch: str) -> bytes:
    return "\n".join(["motcua/hello/1", nonce, str(time), epoch]).encode()
