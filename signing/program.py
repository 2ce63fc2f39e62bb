# SPDX-License-Identifier: GPL-3.0-or-later
"""The signer program, ``python -m signing.program``: the only process that holds a key or a PIN.

It answers commands that come as frames on stdin, one reply each on stdout. It ends when stdin does, and by itself when
an opened key lies unused for the seconds that were named when it was opened:

========= =========================================================== =================================================
command   fields                                                      reply
========= =========================================================== =================================================
load      ``path``, ``sha256`` (hex or null) of a PKCS#11 module      –
tokens    –                                                           ``tokens``
log-in    ``token_serial``, ``certificate_sha256``,                   ``certificate``, ``others``, ``pin_state``
          ``allow_final_try``, ``idle_seconds``; the next frame is
          the bare PIN
open-file ``path`` of a PKCS#12 file, ``certificate_sha256``,         ``certificate``, ``others``
          ``idle_seconds``; the next frame is the bare passphrase
sign      ``digest`` (hex, SHA-256)                                   ``signature`` (hex)
log-out   –                                                           –
========= =========================================================== =================================================

A reply is ``{"result": {…}}`` or ``{"error": {"code", "retryable", "details"}}``. It reaches for no network: it imports
nothing that could.
"""

from __future__ import annotations

import base64
import contextlib
import io
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any, Protocol

from signing.errors import SigningError
from signing.frames import BrokenFrameError, read_frame, read_message, write_message
from signing.keys.signer_process import IDLE_EXIT
from signing.modules import AllowedModule
from signing.pin import wipe
from signing.token_access import TokenAccess

_PR_SET_DUMPABLE = 4


def forbid_memory_dumps() -> None:
    """See that neither a crash nor a debugger of the same user writes this process's memory anywhere (Linux)."""
    if sys.platform == "linux":
        import ctypes
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def claim_standard_streams() -> tuple[io.RawIOBase, io.RawIOBase]:
    """Take stdin and stdout for frames, unbuffered; what a maker's module prints to stdout reaches stderr instead.

    Returns:
        The stream to read frames from and the stream to write frames to.
    """
    incoming = os.fdopen(os.dup(0), "rb", buffering=0)
    outgoing = os.fdopen(os.dup(1), "wb", buffering=0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return incoming, outgoing


class OpenedKey(Protocol):
    """A key that signs: on a token or out of a file."""

    def sign(self, digest: bytes) -> bytes:
        """Sign a SHA-256 digest."""

    def log_out(self) -> None:
        """Let go of the key."""


class Conversation:
    """Commands in, replies out, until the desk hangs up or has nothing to say for too long."""

    def __init__(self, incoming: io.RawIOBase, outgoing: io.RawIOBase) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self._access: TokenAccess | None = None
        self._opened: OpenedKey | None = None
        self._idle_seconds = 0.0

    def run(self) -> None:
        """Answer until the other side closes its end.

        Raises:
            BrokenFrameError: The other side does not speak frames.
            OSError: The other side is gone.
        """
        while (message := self._next()) is not None:
            try:
                reply: dict[str, object] = {"result": self._answer(message)}
            except SigningError as error:
                reply = _refusal(error)
            except (BrokenFrameError, OSError):
                raise
            except Exception as error:  # a maker's module may fail in any way; the desk must hear of it
                reply = _refusal(SigningError("signer-failed", reason=type(error).__name__))
            write_message(self._outgoing, reply)
        self._close_key()

    def _next(self) -> dict[str, Any] | None:
        """Wait for a command; with an opened key not for ever: then the process ends, and with it the login."""
        if self._opened is None:
            return read_message(self._incoming)
        alarm = threading.Timer(self._idle_seconds, os._exit, (IDLE_EXIT,))
        alarm.daemon = True
        alarm.start()
        try:
            return read_message(self._incoming)
        finally:
            alarm.cancel()

    def _answer(self, message: dict[str, Any]) -> dict[str, object]:
        command = message["command"]
        if command in ("log-in", "open-file"):
            return self._open(message)
        if command == "load":
            self._access = TokenAccess(AllowedModule(Path(message["path"]), message["sha256"]))
            return {}
        if command == "sign":
            if self._opened is None:
                raise SigningError("not-logged-in")
            return {"signature": self._opened.sign(bytes.fromhex(message["digest"])).hex()}
        if command == "log-out":
            self._close_key()
            return {}
        if command == "tokens":
            return {"tokens": _describe(self._loaded())}
        raise SigningError("command-unknown")

    def _open(self, message: dict[str, Any]) -> dict[str, object]:
        self._close_key()
        secret = read_frame(self._incoming)
        if secret is None:
            raise BrokenFrameError("no frame with the secret")
        try:
            self._idle_seconds = float(message["idle_seconds"])
            return self._log_in(message, secret) if message["command"] == "log-in" else self._open_file(message, secret)
        finally:
            wipe(secret)

    def _log_in(self, message: dict[str, Any], pin: bytearray) -> dict[str, object]:
        access = self._loaded()
        logged_in = access.log_in(
            message["token_serial"], message["certificate_sha256"], pin, allow_final_try=message["allow_final_try"]
        )
        self._opened = access
        return {
            "certificate": _text(logged_in.certificate),
            "others": [_text(other) for other in logged_in.others],
            "pin_state": logged_in.pin_state,
        }

    def _open_file(self, message: dict[str, Any], passphrase: bytearray) -> dict[str, object]:
        from signing.keys.key_file_access import KeyFileAccess  # a token does without

        access = KeyFileAccess(Path(message["path"]), passphrase, message["certificate_sha256"])
        self._opened = access
        return {"certificate": _text(access.certificate), "others": [_text(other) for other in access.others]}

    def _loaded(self) -> TokenAccess:
        if self._access is None:
            raise SigningError("module-not-loaded")
        return self._access

    def _close_key(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.log_out()


def _describe(access: TokenAccess) -> list[dict[str, object]]:
    return [
        {
            "label": token.label,
            "serial": token.serial,
            "manufacturer": token.manufacturer,
            "model": token.model,
            "pin_state": token.pin_state,
            "certificates": [
                {"der": _text(certificate.der), "key_id": certificate.key_id.hex()}
                for certificate in token.certificates
            ],
        }
        for token in access.tokens()
    ]


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _refusal(error: SigningError) -> dict[str, object]:
    return {"error": {"code": error.code, "retryable": error.retryable, "details": dict(error.details)}}


def main() -> int:
    """Serve one desk until it hangs up."""
    forbid_memory_dumps()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is for the program that started this one
    incoming, outgoing = claim_standard_streams()
    with contextlib.suppress(BrokenFrameError, OSError):
        Conversation(incoming, outgoing).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
