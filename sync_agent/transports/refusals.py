# SPDX-License-Identifier: GPL-3.0-or-later
"""What it means when the gateway, or something in its place, does not answer as hoped."""

from __future__ import annotations

from collections.abc import Mapping

from casework.errors import KnownError
from sync_agent.wire.answers import CODE_HEADER, Refusal
from sync_agent.wire.json_fields import JsonFields

_PASSED_ON = frozenset(
    {
        "clock-skew",
        "replayed",
        "device-unknown",
        "device-revoked",
        "device-registered",
        "device-replaced",
        "one-time-code-wrong",
        "one-time-code-expired",
        "signature-missing",
        "signature-wrong",
        "feed-behind",
        "object-mismatch",
    }
)


LOCKED_PAUSE_S = 1.0
"""An upload stays locked until the gateway has noticed that the connection before is dead."""


def is_page(headers: Mapping[str, str]) -> bool:
    """Tell whether an answer is a page for people, which the gateway never sends."""
    return headers.get("Content-Type", "").partition(";")[0].strip().lower() in {"text/html", "application/xhtml+xml"}


def pause_seconds(headers: Mapping[str, str]) -> float:
    """Read how many seconds the gateway wishes to be left alone; 0 when it does not say."""
    text = headers.get("Retry-After", "")
    return float(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0.0


def complaint(status: int, headers: Mapping[str, str], body: bytes) -> KnownError:
    """Give the error that an answer stands for; see ``Transport`` for the codes.

    Args:
        status: HTTP status.
        headers: A mapping that finds names in any case.
        body: Empty for ``HEAD``; the code then stands in a header.
    """
    if status in {502, 504} or (status == 503 and is_page(headers)):
        return KnownError("gateway-unreachable", retryable=True)
    if 300 <= status < 400 or is_page(headers):
        return KnownError("captive-portal", retryable=True)
    if status == 407:
        return KnownError("proxy-refused", retryable=True)
    if status in {429, 503}:
        return KnownError("gateway-busy", retryable=True, pause_s=str(pause_seconds(headers)))
    if status == 423:
        return KnownError("gateway-busy", retryable=True, pause_s=str(LOCKED_PAUSE_S))
    try:
        refusal = Refusal.from_json(body) if body else _refusal_of_headers(status, headers)
    except KnownError:
        return KnownError("gateway-garbled", retryable=True)
    if refusal.code in _PASSED_ON:
        return KnownError(refusal.code, retryable=refusal.retryable)
    if status == 409:
        return KnownError("upload-moved", retryable=True)
    if status in {404, 410}:
        return KnownError("upload-gone", retryable=True)
    if status >= 500 or refusal.retryable:
        return KnownError("gateway-error", retryable=True, reason=refusal.code)
    if refusal.code.startswith("object-"):
        return KnownError("object-refused", reason=refusal.code)
    if refusal.code.startswith("envelope-") or status == 413:
        return KnownError("envelope-refused", reason=refusal.code)
    return KnownError("gateway-refused", reason=refusal.code)


def _refusal_of_headers(status: int, headers: Mapping[str, str]) -> Refusal:
    """An answer to ``HEAD`` has no body; servers in between know no code."""
    fields = JsonFields({"code": headers.get(CODE_HEADER, f"status-{status}")}, "gateway-garbled")
    return Refusal(fields.identifier("code"), retryable=True)
