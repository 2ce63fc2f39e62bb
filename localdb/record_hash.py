# SPDX-License-Identifier: GPL-3.0-or-later
"""The hash of a record in the audit trail: it proves later what the record was, and betrays nothing of it.

It is keyed with a secret of the store. A plain hash of an identity number would be found by trying them all.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import hashlib
import hmac
import os
from collections.abc import Mapping

from casework.errors import BugError, KnownError
from localdb import canonical, secrets
from localdb.connection import Connection

_KEY = "record-hash-key"
_KEY_LENGTH = 32


def of(connection: Connection, record: object) -> str:
    """Give the hash of a record: 64 hexadecimal digits; empty for None.

    Args:
        connection: Where to write; the first hash of a store makes its key.
        record: A dataclass, or a mapping, of texts, numbers, flags, dates, moments, enumerations, bytes, records and
            sequences and sets of them.

    Raises:
        BugError: For anything else.
    """
    if record is None:
        return ""
    return hmac.digest(_key(connection), canonical.encode(_plain(record)), hashlib.sha256).hex()


def _plain(value: object) -> object:
    match value:
        case None | bool() | int() | float():
            return value
        case enum.Enum():
            return _plain(value.value)
        case str():
            return value
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat()
        case dt.date():
            return value.isoformat()
        case bytes():
            return value.hex()
        case Mapping():
            return {str(name): _plain(each) for name, each in value.items()}
        case frozenset() | set():
            return sorted((_plain(each) for each in value), key=canonical.encode)
        case list() | tuple():
            return [_plain(each) for each in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    raise BugError(f"a record with a {type(value).__name__}")


def _key(connection: Connection) -> bytes:
    try:
        return secrets.get(connection, _KEY)
    except KnownError:
        key = os.urandom(_KEY_LENGTH)
        secrets.put(connection, _KEY, key)
        return key
