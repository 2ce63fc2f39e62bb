# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway as a web application: the routes of the contract, and one shape for everything that goes wrong."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Final

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from casework.errors import KnownError
from gateway import downloads, uploads
from gateway.enrolment import register_device
from gateway.feed import MAX_POSITIONS, seal_reply
from gateway.intake import receive_envelope
from gateway.service import Service, service_of
from gateway.signed_requests import SignedRequest, read_body, signed
from sync_agent.wire import envelope, hello
from sync_agent.wire.answers import CODE_HEADER, Refusal
from sync_agent.wire.enrolment import Registration

_REGISTRATION_LIMIT: Final = 16_384
_USUAL_POSITIONS: Final = 200
_BUSY_RETRY_S: Final = "5"

_STATUS: Final = {
    "signature-missing": 401,
    "signature-wrong": 401,
    "clock-skew": 401,
    "replayed": 401,
    "device-unknown": 401,
    "one-time-code-wrong": 403,
    "one-time-code-expired": 403,
    "device-replaced": 403,
    "object-unannounced": 403,
    "not-found": 404,
    "object-unknown": 404,
    "client-too-slow": 408,
    "device-registered": 409,
    "object-offset": 409,
    "object-incomplete": 409,
    "feed-behind": 409,
    "link-expired": 410,
    "tus-version": 412,
    "too-large": 413,
    "envelope-too-large": 413,
    "object-too-large": 413,
    "content-type-wrong": 415,
    "range-wrong": 416,
    "object-mismatch": 460,
    "object-damaged": 500,
    "gateway-busy": 503,
    "gateway-disk-full": 507,
}
"""Status of an error code; all others are the request's fault: 400."""

_FRAMEWORK_CODES: Final = {404: "not-found", 405: "method-not-allowed", 413: "too-large", 415: "content-type-wrong"}

_log = logging.getLogger(__name__)
_router = APIRouter()


def create_app(service: Service) -> FastAPI:
    """Make the application.

    Args:
        service: The gateway that it serves; its relay runs as long as the application does.
    """

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        if service.relay is not None:
            service.relay.start()
        try:
            yield
        finally:
            if service.relay is not None:
                await run_in_threadpool(service.relay.stop)

    app = FastAPI(
        title="Một Cửa gateway",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # Addresses hold tickets; no collector shall ever see them.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.service = service
    app.include_router(_router)
    app.include_router(uploads.router)
    app.include_router(downloads.router)
    app.add_exception_handler(KnownError, _refuse_known)
    app.add_exception_handler(HTTPException, _refuse_http)
    app.add_exception_handler(RequestValidationError, _refuse_invalid)
    app.add_exception_handler(ClientDisconnect, _shrug)
    app.add_exception_handler(Exception, _own_up)
    return app


@_router.get("/v1/hello")
def answer_hello(request: Request, nonce: str) -> Response:
    """Prove that this is the gateway and tell its time."""
    service = service_of(request)
    now = int(service.now().timestamp())
    gateway = service.gateway
    return _json(hello.answer(gateway.keys.signing, nonce=nonce, time=now, epoch=gateway.epoch))


@_router.post("/v1/devices")
async def register(request: Request) -> Response:
    """Register the keys of an enrolled workstation."""
    service = service_of(request)
    registration = Registration.from_json(await read_body(request, _REGISTRATION_LIMIT))
    await run_in_threadpool(register_device, service.gateway, registration, service.now())
    return _json(b"{}", status=201)


@_router.post("/v1/envelopes")
def take_envelope(
    request: Request, asked: Annotated[SignedRequest, Depends(signed(envelope.FORMAT.max_bytes))]
) -> Response:
    """Take an envelope in."""
    service = service_of(request)
    stored = receive_envelope(service.gateway, asked.device, asked.body, service.now())
    service.wake_relay()
    return _json(stored.to_json())


@_router.get("/v1/replies")
def give_reply(
    request: Request,
    asked: Annotated[SignedRequest, Depends(signed(0))],
    after: Annotated[int, Query(ge=0, le=2**62)],
    limit: Annotated[int, Query(ge=1, le=MAX_POSITIONS)] = _USUAL_POSITIONS,
) -> Response:
    """Give the stretch of the commune's feed after a position, sealed to the workstation; 204 when there is none."""
    service = service_of(request)
    reply = seal_reply(service.gateway, asked.device, after, limit, service.now())
    if reply is None:
        return Response(status_code=204)
    return Response(reply, media_type="application/octet-stream")


@_router.get("/portal-files/{ticket}")
def give_file(request: Request, ticket: str) -> Response:
    """Give the portal a file in the clear."""
    service = service_of(request)
    file = service.files.find(ticket, service.now())
    headers = {
        "Content-Length": str(file.size),
        "Cache-Control": "no-store",
        "Content-Disposition": "attachment",
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingResponse(service.files.content(file), media_type=file.media_type, headers=headers)


def _json(body: bytes, status: int = 200) -> Response:
    return Response(body, status_code=status, media_type="application/json")


def _refuse(request: Request, refusal: Refusal, status: int) -> Response:
    response = _json(refusal.to_json(), status)
    response.headers[CODE_HEADER] = refusal.code
    if status == 503:
        response.headers["Retry-After"] = _BUSY_RETRY_S
    if request.url.path.startswith("/v1/objects"):
        response.headers["Tus-Resumable"] = uploads.TUS_VERSION
    return response


async def _refuse_known(request: Request, error: Exception) -> Response:
    assert isinstance(error, KnownError)  # noqa: S101 — as registered; this tells the type checker
    status = _STATUS.get(error.code, 400)
    _log.info("request refused status=%d error=%s", status, error)
    return _refuse(request, Refusal.of(error), status)


async def _refuse_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 — as registered; this tells the type checker
    code = _FRAMEWORK_CODES.get(error.status_code, "bad-request")
    return _refuse(request, Refusal(code, retryable=False), error.status_code)


async def _refuse_invalid(request: Request, _error: Exception) -> Response:
    return _refuse(request, Refusal("bad-request", retryable=False), 400)


async def _shrug(_request: Request, _error: Exception) -> Response:
    """The client is gone; nobody reads this answer."""
    return Response(status_code=408)


async def _own_up(request: Request, error: Exception) -> Response:
    """Our own fault; the server logs where it happened, the client learns that it may come back."""
    _log.error("request failed error=%s", type(error).__name__)
    return _refuse(request, Refusal("gateway-fault", retryable=True), 500)
