# SPDX-License-Identifier: GPL-3.0-or-later
"""Ways in which a service of the test infrastructure can go wrong: slow, busy, down, or lying."""

from __future__ import annotations

import datetime as dt
import io
import threading
import time
from collections.abc import Iterator

from asn1crypto import core, tsp
from certomancer.integrations._animator_shared import FAKE_TIME_HEADER
from certomancer.registry import ServiceLabel
from werkzeug.wrappers import Request, Response

from tests.signing.pki import Answer, Fault, PublicKeyInfrastructure


def slow(seconds: float) -> Fault:
    """Answers honestly, after a while."""

    def fault(request: Request, honest: Answer) -> Response:
        time.sleep(seconds)
        return honest(request)

    return fault


def hanging(until: threading.Event) -> Fault:
    """Does not answer before the test is over."""

    def fault(request: Request, honest: Answer) -> Response:
        until.wait(30)
        return honest(request)

    return fault


def trickling(pause: float, until: threading.Event) -> Fault:
    """Sends a byte, waits, sends a byte …, so that no single wait is ever long."""

    def fault(request: Request, honest: Answer) -> Response:
        body = honest(request).get_data()

        def pieces() -> Iterator[bytes]:
            for byte in body:
                if until.wait(pause):
                    return
                yield bytes([byte])

        return Response(pieces(), mimetype="application/timestamp-reply")

    return fault


def busy(retry_after: int | str | None, status: int = 429) -> Fault:
    """Says that it has had enough for now."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return lambda _request, _honest: Response(b"", status, headers)


def after(count: int, fault: Fault) -> Fault:
    """Answers honestly so many times, and then does something else."""
    left = iter(range(count))
    return lambda request, honest: fault(request, honest) if next(left, None) is None else honest(request)


def failing(status: int = 500) -> Fault:
    """Answers with an HTTP error."""
    return lambda _request, _honest: Response(b"<h1>Error</h1>", status, mimetype="text/html")


def saying(body: bytes, mimetype: str = "application/timestamp-reply") -> Fault:
    """Says something else: a login page, rubbish, too much."""
    return lambda _request, _honest: Response(body, 200, mimetype=mimetype)


def elsewhere(url: str) -> Fault:
    """Sends the caller away."""
    return lambda _request, _honest: Response(b"", 302, {"Location": url})


def refusing() -> Fault:
    """A proper answer that says no."""
    status = tsp.PKIStatusInfo({"status": "rejection", "fail_info": {"time_not_available"}}).dump()
    return saying(bytes([0x30, len(status)]) + status)


def wrong_imprint() -> Fault:
    """Stamps another document."""
    return _asked_for(lambda asked: asked["message_imprint"].__setitem__("hashed_message", bytes(32)))


def wrong_nonce() -> Fault:
    """Answers another question, as somebody who replays would."""
    return _asked_for(lambda asked: asked.__setitem__("nonce", core.Integer(4711)))


def without_nonce() -> Fault:
    """Leaves the nonce out."""
    return _asked_for(lambda asked: asked.__setitem__("nonce", None))


def off_by(difference: dt.timedelta, pki: PublicKeyInfrastructure) -> Fault:
    """Has another clock."""

    def fault(request: Request, honest: Answer) -> Response:
        return honest(_changed(request, request.get_data(), (pki.clock + difference).isoformat()))

    return fault


def impersonating(name: str, pki: PublicKeyInfrastructure) -> Fault:
    """Signs with the certificate of another time stamping authority of the tree."""

    def fault(request: Request, _honest: Answer) -> Response:
        stamper = pki.architecture.service_registry.summon_timestamper(ServiceLabel(name), pki.clock)
        return _stamped(stamper.request_tsa_response(tsp.TimeStampReq.load(request.get_data())))

    return fault


def with_policy(oid: str, pki: PublicKeyInfrastructure) -> Fault:
    """Stamps under another policy than the one agreed on."""

    def fault(request: Request, _honest: Answer) -> Response:
        stamper = pki.architecture.service_registry.summon_timestamper(ServiceLabel("tsa"), pki.clock)
        stamper.policy = tsp.ObjectIdentifier(oid)
        return _stamped(stamper.request_tsa_response(tsp.TimeStampReq.load(request.get_data())))

    return fault


def with_broken_signature() -> Fault:
    """A token whose signature is nobody's."""

    def fault(request: Request, honest: Answer) -> Response:
        answer = tsp.TimeStampResp.load(honest(request).get_data())
        (signer,) = answer["time_stamp_token"]["content"]["signer_infos"]
        signer["signature"] = bytes(256)
        return _stamped(answer)

    return fault


def _stamped(answer: tsp.TimeStampResp) -> Response:
    return Response(answer.dump(force=True), mimetype="application/timestamp-reply")


def _asked_for(change: object) -> Fault:
    def fault(request: Request, honest: Answer) -> Response:
        asked = tsp.TimeStampReq.load(request.get_data())
        assert callable(change)
        change(asked)
        return honest(_changed(request, asked.dump(force=True), None))

    return fault


def _changed(request: Request, body: bytes, moment: str | None) -> Request:
    environ = {**request.environ, "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    environ.pop("werkzeug.request", None)
    if moment is not None:
        environ["HTTP_" + FAKE_TIME_HEADER.upper().replace("-", "_")] = moment
    return Request(environ, populate_request=False)
