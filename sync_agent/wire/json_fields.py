# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading a JSON object that a stranger wrote: each field has a type and a limit, and a wrong one names itself."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from casework.errors import KnownError
from sync_agent.wire.canonical_json import JsonObject, JsonValue, MalformedJsonError, parse

MAX_INTEGER = 2**63 - 1

_IDENTIFIER = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,127}\Z")
_HEX_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


class JsonFields:
    """The fields of one JSON object, read one by one.

    Every method raises ``KnownError`` with the code given here and the name of the field in its details; names come
    from our own code, so nothing that the stranger wrote gets into the error.
    """

    def __init__(self, document: JsonValue, error_code: str) -> None:
        self._error_code = error_code
        if not isinstance(document, Mapping):
            raise self.error("document")
        self._document: JsonObject = document

    @classmethod
    def of_bytes(cls, data: bytes, error_code: str) -> JsonFields:
        """Parse bytes as a JSON object."""
        try:
            return cls(parse(data), error_code)
        except MalformedJsonError:
            raise KnownError(error_code, field="document") from None

    def error(self, name: str) -> KnownError:
        """Make the error that complains about one field."""
        return KnownError(self._error_code, field=name)

    def has(self, name: str) -> bool:
        """Tell whether a field is there; later releases add some."""
        return name in self._document

    def value(self, name: str) -> JsonValue:
        """Give a field as it stands; it must be there."""
        try:
            return self._document[name]
        except KeyError:
            raise self.error(name) from None

    def text(self, name: str, *, max_length: int = 1024) -> str:
        """Read text of at most ``max_length`` characters."""
        value = self.value(name)
        if not isinstance(value, str) or len(value) > max_length:
            raise self.error(name)
        return value

    def identifier(self, name: str) -> str:
        """Read an identifier: 1 to 128 ASCII letters, digits, dots, hyphens or underscores; safe in paths and logs."""
        value = self.text(name)
        if not _IDENTIFIER.match(value):
            raise self.error(name)
        return value

    def digest(self, name: str) -> str:
        """Read a SHA-256 digest: 64 lower-case hexadecimal digits."""
        value = self.text(name)
        if not _HEX_DIGEST.match(value):
            raise self.error(name)
        return value

    def integer(self, name: str, *, minimum: int = 0, maximum: int = MAX_INTEGER) -> int:
        """Read an integer within both bounds, inclusive."""
        value = self.value(name)
        if not isinstance(value, int) or isinstance(value, bool) or not minimum <= value <= maximum:
            raise self.error(name)
        return value

    def boolean(self, name: str) -> bool:
        """Read true or false."""
        value = self.value(name)
        if not isinstance(value, bool):
            raise self.error(name)
        return value

    def binary(self, name: str, *, length: int | None = None) -> bytes:
        """Read base64, of exactly ``length`` bytes when that is given."""
        try:
            value = base64.b64decode(self.text(name, max_length=4096), validate=True)
        except (binascii.Error, ValueError):
            raise self.error(name) from None
        if length is not None and len(value) != length:
            raise self.error(name)
        return value

    def moment(self, name: str) -> dt.datetime:
        """Read a date and time with its offset from UTC (ISO 8601) and give it in UTC."""
        try:
            value = dt.datetime.fromisoformat(self.text(name, max_length=64))
            if value.tzinfo is None:
                raise self.error(name)
            return value.astimezone(dt.UTC)
        except (ValueError, OverflowError):
            raise self.error(name) from None

    def sequence(self, name: str, *, max_length: int) -> Sequence[JsonValue]:
        """Read an array of at most ``max_length`` values."""
        value = self.value(name)
        if not isinstance(value, list) or len(value) > max_length:
            raise self.error(name)
        return value

    def objects(self, name: str, *, max_length: int) -> Iterator[JsonFields]:
        """Read an array of at most ``max_length`` objects."""
        for value in self.sequence(name, max_length=max_length):
            yield JsonFields(value, self._error_code)

    def object(self, name: str) -> JsonFields:
        """Read an object."""
        return JsonFields(self.value(name), self._error_code)


def moment_text(moment: dt.datetime) -> str:
    """Write an aware date and time as ISO 8601 in UTC."""
    return moment.astimezone(dt.UTC).isoformat()


def binary_text(value: bytes) -> str:
    """Write bytes as base64."""
    return base64.b64encode(value).decode("ascii")
