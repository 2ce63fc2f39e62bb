# SPDX-License-Identifier: GPL-3.0-or-later
"""The signature under every request of a workstation: who asks, for what, when, and never twice.

It covers the whole body, except where bytes are appended to an upload: those are taken in as they arrive, so that a cut
line costs none of them, and are proven all together by the SHA-256 that names the object.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from casework.errors import KnownError
from casework.identifiers import RandomBytes
from sync_agent.wire.sealed_key import SIGNATURE_LENGTH, Signer, signature_is_valid

DEVICE_HEADER = "X-Motcua-Device"
TIME_HEADER = "X-Motcua-Time"
NONCE_HEADER = "X-Motcua-Nonce"
SIGNATURE_HEADER = "X-Motcua-Signature"

MAX_CLOCK_SKEW_S = 600
NONCE_BYTES = 16

_STREAMED = "streamed"

_DEVICE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,127}\Z")
_TIME = re.compile(r"[0-9]{1,12}\Z")
_NONCE = re.compile(r"[0-9a-f]{32}\Z")


@dataclass(frozen=True, slots=True)
class RequestStamp:
    """The four headers of a signed request.

    Attributes:
        device_id: Who says to be asking.
        time: Unix seconds; the workstation reckons them on the gateway's clock, as the last hello told it.
        nonce: 32 lower-case hexadecimal digits, never used twice.
        signature: 64 bytes, not proven yet.
    """

    device_id: str
    time: int
    nonce: str
    signature: bytes


def sign(
    signer: Signer, *, device_id: str, method: str, path: str, body: bytes | None, time: int, random_bytes: RandomBytes
) -> dict[str, str]:
    """Give the four headers for a request.

    Args:
        signer: The workstation's signing key.
        device_id: The workstation.
        method: Upper case.
        path: From ``/v1`` on, with the query string as it is sent; what a proxy puts in front does not count.
        body: The whole body; empty bytes when there is none; None for the streamed body of an upload (``PATCH``).
        time: Unix seconds on the gateway's clock.
        random_bytes: Source of the nonce.
    """
    nonce = random_bytes(NONCE_BYTES).hex()
    signature = signer.sign(_signed_text(method, path, body, device_id, time, nonce))
    return {
        DEVICE_HEADER: device_id,
        TIME_HEADER: str(time),
        NONCE_HEADER: nonce,
        SIGNATURE_HEADER: base64.b64encode(signature).decode("ascii"),
    }


def read_stamp(headers: Mapping[str, str]) -> RequestStamp:
    """Read the four headers.

    Args:
        headers: A mapping that finds names in any case, as web frameworks give.

    Raises:
        KnownError: ``signature-missing`` when one is absent or malformed.
    """
    device_id = headers.get(DEVICE_HEADER, "")
    time = headers.get(TIME_HEADER, "")
    nonce = headers.get(NONCE_HEADER, "")
    try:
        signature = base64.b64decode(headers.get(SIGNATURE_HEADER, ""), validate=True)
    except (binascii.Error, ValueError):
        signature = b""
    if not (_DEVICE.match(device_id) and _TIME.match(time) and _NONCE.match(nonce)):
        raise KnownError("signature-missing")
    if len(signature) != SIGNATURE_LENGTH:
        raise KnownError("signature-missing")
    return RequestStamp(device_id, int(time), nonce, signature)


def check(stamp: RequestStamp, *, method: str, path: str, body: bytes | None, sign_public: bytes, now: int) -> None:
    """Check a request against the key of the workstation that it names.

    Whether its nonce is new is the caller's to know.

    Args:
        stamp: From ``read_stamp``.
        method: Upper case.
        path: From ``/v1`` on, with the query string, percent-encoded as it was received.
        body: The whole body; None for the streamed body of an upload, by the route and never by the client's wish.
        sign_public: Raw Ed25519 public key of ``stamp.device_id``.
        now: Unix seconds.

    Raises:
        KnownError: ``signature-wrong``, or ``clock-skew`` when it is genuine but not of these ten minutes.
    """
    text = _signed_text(method, path, body, stamp.device_id, stamp.time, stamp.nonce)
    if not signature_is_valid(stamp.signature, text, sign_public):
        raise KnownError("signature-wrong")
    if abs(stamp.time - now) > MAX_CLOCK_SKEW_S:
        raise KnownError("clock-skew", retryable=True)


def _signed_text(method: str, path: str, body: bytes | None, device_id: str, time: int, nonce: str) -> bytes:
    digest = _STREAMED if body is None else hashlib.sha256(body).hexdigest()
    return "\n".join([method, path, digest, device_id, str(time), nonce]).encode()
