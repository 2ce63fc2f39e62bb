# SPDX-License-Identifier: GPL-3.0-or-later
"""The routes of an upload: tus 1.0.0, core and creation.

Bytes are taken in as they come: when the line is cut, what has arrived stays.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from casework.errors import KnownError
from gateway.enrolment import Device
from gateway.objects import UploadState
from gateway.service import service_of
from gateway.signed_requests import PIECE_TIMEOUT_S, SignedRequest, hear_out, signed, signed_stream

TUS_VERSION: Final = "1.0.0"

_TRANSPORT_ID: Final = r"^[0-9a-f]{64}$"
_STORE_BYTES: Final = 1_048_576

TransportId = Annotated[str, Path(pattern=_TRANSPORT_ID)]

router = APIRouter(prefix="/v1/objects")


@router.post("")
def begin_upload(request: Request, asked: Annotated[SignedRequest, Depends(signed(0))]) -> Response:
    """Begin or resume the upload of an announced object."""
    service = service_of(request)
    _check_version(request)
    size = _number(request, "Upload-Length")
    transport_id = _named_object(request.headers.get("Upload-Metadata", ""))
    state = service.objects.begin(asked.device, transport_id, size, service.now())
    status = 200 if state.is_complete else 201
    return _answer(status, state, {"Location": f"/v1/objects/{transport_id}"})


@router.head("/{transport_id}")
def tell_offset(
    request: Request, transport_id: TransportId, asked: Annotated[SignedRequest, Depends(signed(0))]
) -> Response:
    """Tell how far an upload has come."""
    service = service_of(request)
    _check_version(request)
    state = service.objects.state(asked.device, transport_id, service.now())
    return _answer(200, state, {"Upload-Length": str(state.size), "Cache-Control": "no-store"})


@router.patch("/{transport_id}")
async def append_bytes(
    request: Request, transport_id: TransportId, device: Annotated[Device, Depends(signed_stream)]
) -> Response:
    """Add bytes to an upload."""
    service = service_of(request)
    try:
        _check_version(request)
        if request.headers.get("Content-Type") != "application/offset+octet-stream":
            raise KnownError("content-type-wrong")
        offset = _number(request, "Upload-Offset")
        state = await run_in_threadpool(service.objects.state, device, transport_id, service.now())
        if offset != state.offset:
            raise KnownError("object-offset")
    except KnownError:
        await hear_out(aiter(request.stream()))
        raise
    state = await _take_in(request, device, transport_id, state)
    if state.is_complete:
        service.wake_relay()
    return _answer(204, state)


async def _take_in(request: Request, device: Device, transport_id: str, state: UploadState) -> UploadState:
    """Store what comes, in pieces of a MiB, and the rest when the body or the client's patience ends."""
    service = service_of(request)
    waiting = bytearray()

    async def store() -> UploadState:
        data = bytes(waiting)
        waiting.clear()
        return await run_in_threadpool(service.objects.append, device, transport_id, state.offset, data, service.now())

    pieces = aiter(request.stream())
    is_cut = False
    while not is_cut:
        try:
            async with asyncio.timeout(PIECE_TIMEOUT_S):
                piece = await anext(pieces, None)
        except (ClientDisconnect, TimeoutError):
            is_cut = True
            piece = None
        if piece is None:
            break
        waiting += piece
        if len(waiting) >= _STORE_BYTES:
            state = await store()
    if waiting:
        state = await store()
    if is_cut:
        raise KnownError("client-too-slow", retryable=True)
    return state


def _answer(status: int, state: UploadState, headers: dict[str, str] | None = None) -> Response:
    offset = {"Tus-Resumable": TUS_VERSION, "Upload-Offset": str(state.offset)}
    return Response(status_code=status, headers=offset | (headers or {}))


def _check_version(request: Request) -> None:
    if request.headers.get("Tus-Resumable") != TUS_VERSION:
        raise KnownError("tus-version")


def _number(request: Request, header: str) -> int:
    value = request.headers.get(header, "")
    if not re.fullmatch(r"[0-9]{1,15}", value):
        raise KnownError("bad-request")
    return int(value)


def _named_object(metadata: str) -> str:
    """Read the ``transport_id`` of ``Upload-Metadata``: pairs ``key base64`` with commas between them."""
    for pair in metadata.split(","):
        key, _, value = pair.strip().partition(" ")
        if key != "transport_id":
            continue
        try:
            transport_id = base64.b64decode(value, validate=True).decode("ascii")
        except (binascii.Error, ValueError):
            break
        if re.fullmatch(_TRANSPORT_ID, transport_id):
            return transport_id
    raise KnownError("bad-request")
