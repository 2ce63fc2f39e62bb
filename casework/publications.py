# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules that the province publishes without a network: a catalogue or local decisions in one signed file.

A publication is one line of JSON, one line with the signature in hex, and the body as it is. The signature (Ed25519)
covers the line and the SHA-256 of the body. What signs and what checks is passed in: this room holds no cryptography.
"""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from casework.errors import KnownError

Sign = Callable[[bytes], bytes]
"""Signs a message; gives 64 bytes."""

Check = Callable[[str, bytes, bytes], bool]
"""Whether a signature (third) over a message (second) is one of the trusted publisher with this number (first)."""

LARGEST: Final = 16 * 1024 * 1024
"""Bytes of a publication; the shipped catalogue has 0.3 MB."""

_CONTEXT: Final = b"motcua-publication/1\n"
_FORMAT: Final = 1
_LONGEST_LINE: Final = 4096


class PublicationKind(enum.StrEnum):
    """What the body is."""

    CATALOGUE = "catalogue"
    DECISIONS = "decisions"


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication whose signature was checked.

    Attributes:
        kind: What the body is.
        publisher: Number of the key that signed it.
        issued_at: Aware moment of signing, on the publisher's clock.
        body: A gzipped catalogue pack, or a file of local decisions.
    """

    kind: PublicationKind
    publisher: str
    issued_at: dt.datetime
    body: bytes

    @property
    def content_hash(self) -> str:
        """SHA-256 of the body in hex."""
        return hashlib.sha256(self.body).hexdigest()


def publish(kind: PublicationKind, body: bytes, *, publisher: str, issued_at: dt.datetime, sign: Sign) -> bytes:
    """Make a publication.

    Args:
        kind: What the body is.
        body: Its bytes.
        publisher: Number of the signing key.
        issued_at: Aware moment.
        sign: Signs with that key.
    """
    head = {"format": _FORMAT, "kind": kind.value, "publisher": publisher, "issued_at": issued_at.isoformat()}
    line = json.dumps(head, ensure_ascii=True, sort_keys=True).encode()
    return b"\n".join((line, sign(_message(line, body)).hex().encode(), body))


def read_publication(data: bytes, check: Check) -> Publication:
    """Read a publication and check who made it.

    Raises:
        KnownError: ``publication-damaged`` when it is none; ``publication-version`` when it is made for a later
            program; ``publication-not-trusted`` when its signature is wrong or its publisher is none of ours (details
            ``publisher``).
    """
    line, first, rest = data[: LARGEST + 1].partition(b"\n")
    signature, second, body = rest.partition(b"\n")
    if len(data) > LARGEST or not first or not second or len(line) > _LONGEST_LINE:
        raise KnownError("publication-damaged")
    try:
        head: Mapping[str, Any] = json.loads(line)
        if head["format"] != _FORMAT:
            raise KnownError("publication-version")
        publisher = str(head["publisher"])
        issued_at = dt.datetime.fromisoformat(head["issued_at"])
        kind = PublicationKind(head["kind"])
        signed = bytes.fromhex(signature.decode("ascii"))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise KnownError("publication-damaged") from None
    if issued_at.tzinfo is None:
        raise KnownError("publication-damaged")
    if not check(publisher, _message(line, body), signed):
        raise KnownError("publication-not-trusted", publisher=publisher[:32])
    return Publication(kind, publisher, issued_at, body)


def _message(line: bytes, body: bytes) -> bytes:
    return _CONTEXT + line + b"\n" + hashlib.sha256(body).digest()
