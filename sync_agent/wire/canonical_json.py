# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON with one spelling: the same document always gives the same bytes, and only such documents are read."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

JsonValue = str | int | float | bool | None | Sequence["JsonValue"] | Mapping[str, "JsonValue"]
JsonObject = Mapping[str, JsonValue]


class MalformedJsonError(ValueError):
    """The bytes are not a JSON object that the wire may carry."""


def dump(document: JsonObject) -> bytes:
    """Write a document as UTF-8: keys sorted, no white space, no NaN or infinity."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def parse(data: bytes) -> JsonObject:
    """Read a JSON object.

    White space and any order of keys are accepted, because other programs may write them; a name that stands twice,
    NaN, infinity, half a surrogate pair and endless nesting are not.

    Raises:
        MalformedJsonError: The bytes are not such an object.
    """
    try:
        document = json.loads(
            data.decode(), object_pairs_hook=_no_name_twice, parse_constant=_no_constant, parse_float=_finite
        )
        if b"\\u" in data:
            json.dumps(document, ensure_ascii=False).encode()  # fails on half a surrogate pair
    except (ValueError, RecursionError) as error:
        raise MalformedJsonError(type(error).__name__) from None
    if not isinstance(document, dict):
        raise MalformedJsonError("not an object")
    return document


def _no_name_twice(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise MalformedJsonError("a name stands twice")
    return document


def _no_constant(name: str) -> float:
    raise MalformedJsonError("not a number of JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise MalformedJsonError("number out of range")
    return number
