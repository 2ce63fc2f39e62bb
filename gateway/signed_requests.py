# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is asking: every request of a workstation is signed, fresh, and heard once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from casework.errors import KnownError
from gateway.enrolment import Device, find_device
from gateway.service import Service, service_of
from sync_agent.wire import request_signature
from sync_agent.wire.request_signature import RequestStamp

PIECE_TIMEOUT_S: Final = 60.0
"""Longest silence of a client in the middle of a body."""

SLOWEST_BYTES_PER_S: Final = 1_024
"""Who is slower than this on the whole, beyond the first minute, is not waited for: his body is still unproven."""

_POLITENESS_BYTES: Final = 2 * 1_048_576
_POLITENESS_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request whose signature is proven.

    Attributes:
        device: Who asks.
        body: The whole body.
    """

    device: Device
    body: bytes


def signed(max_body_bytes: int) -> Callable[[Request], Awaitable[SignedRequest]]:
    """Make the dependency of a route whose requests are signed with their body.

    Args:
        max_body_bytes: Largest body; more is answered with ``too-large``.
    """

    async def dependency(request: Request) -> SignedRequest:
        service = service_of(request)
        try:
            stamp = request_signature.read_stamp(request.headers)
            device = await run_in_threadpool(_device, service, stamp)
        except KnownError:
            await hear_out(aiter(request.stream()))
            raise
        body = await read_body(request, max_body_bytes)
        await run_in_threadpool(_believe, service, request, stamp, device, body)
        return SignedRequest(device, body)

    return dependency


async def signed_stream(request: Request) -> Device:
    """Depend on a request that is signed without its body; the body is still unread."""
    service = service_of(request)
    try:
        stamp = request_signature.read_stamp(request.headers)
        device = await run_in_threadpool(_device, service, stamp)
        await run_in_threadpool(_believe, service, request, stamp, device, None)
    except KnownError:
        await hear_out(aiter(request.stream()))
        raise
    return device


async def read_body(request: Request, max_bytes: int) -> bytes:
    """Read a body into memory.

    Raises:
        KnownError: ``too-large``, or ``client-too-slow`` (retryable) after a minute of silence or at less than a KiB a
            second.
    """
    body = bytearray()
    clock = asyncio.get_running_loop().time
    began = clock()
    pieces = aiter(request.stream())
    try:
        while True:
            too_late = began + PIECE_TIMEOUT_S + len(body) / SLOWEST_BYTES_PER_S
            async with asyncio.timeout_at(min(too_late, clock() + PIECE_TIMEOUT_S)):
                piece = await anext(pieces, None)
            if piece is None:
                return bytes(body)
            body += piece
            if len(body) > max_bytes:
                await hear_out(pieces)
                raise KnownError("too-large")
    except TimeoutError:
        raise KnownError("client-too-slow", retryable=True) from None


async def hear_out(pieces: AsyncIterator[bytes]) -> None:
    """Read a body on for a moment, so that a client that is still sending gets to read why it is refused."""
    left = _POLITENESS_BYTES
    try:
        async with asyncio.timeout(_POLITENESS_S):
            async for piece in pieces:
                left -= len(piece)
                if left < 0:
                    return
    except (TimeoutError, ClientDisconnect):
        return


def _device(service: Service, stamp: RequestStamp) -> Device:
    with service.gateway.database.read() as transaction:
        return find_device(transaction, stamp.device_id)


def _believe(service: Service, request: Request, stamp: RequestStamp, device: Device, body: bytes | None) -> None:
    """Check the signature, then that its nonce is new.

    A nonce that a power cut makes forgotten does no harm: every route may be called twice.
    """
    now = int(service.now().timestamp())
    path = request.scope["raw_path"].decode("latin-1")
    if query := request.scope["query_string"].decode("latin-1"):
        path = f"{path}?{query}"
    request_signature.check(stamp, method=request.method, path=path, body=body, sign_public=device.sign_public, now=now)
    with service.gateway.database.write(durable=False) as transaction:
        transaction.execute("DELETE FROM nonces WHERE seen_at < ?", now - 2 * request_signature.MAX_CLOCK_SKEW_S)
        is_new = transaction.execute(
            "INSERT INTO nonces (device_id, nonce, seen_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            stamp.device_id,
            stamp.nonce,
            now,
        )
    if not is_new:
        raise KnownError("replayed", retryable=True)
