# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk's side of the process that holds a key: start it, ask it, end it whatever it is stuck in."""

from __future__ import annotations

import base64
import contextlib
import io
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Final, Self, cast

from signing.certificates import SigningCertificate, issuers_of, read_certificate
from signing.errors import SigningError
from signing.frames import BrokenFrameError, read_message, write_frame, write_message

IDLE_EXIT: Final = 4
"""Exit code of a program that ended itself because nobody had anything to sign."""

IDLE_SECONDS: Final = 300.0
"""A logged-in key that nobody uses for this long is an open door."""

_EXIT_GRACE_SECONDS: Final = 2.0


class SignerProcess:
    """One running ``python -m signing.program``; a context manager. Kinds of keys add how they are opened.

    Methods may be called from any thread, one call at a time; ``kill`` at any moment.
    """

    def __init__(
        self,
        *,
        environment: Mapping[str, str] | None = None,
        patience_seconds: float = 60.0,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        """Prepare; nothing runs before ``with``.

        Args:
            environment: Variables set on top of ours for the program, e.g. where a module finds its configuration.
            patience_seconds: How long one answer may take before the program is killed. Tokens are slow: a
                signature takes 0.3 s on common makes, a login several seconds.
            idle_seconds: How long an opened key may lie unused before the program ends itself.
        """
        self._environment = dict(environment or {})
        self._patience_seconds = patience_seconds
        self._idle_seconds = idle_seconds
        self._turn = threading.Lock()
        self._replies: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._outgoing: io.RawIOBase | None = None
        self._opened: tuple[SigningCertificate, tuple[bytes, ...]] | None = None

    def __enter__(self) -> Self:
        """Start the program.

        Raises:
            SigningError: ``signer-crashed``, ``signer-timeout``.
        """
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-m", "signing.program"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a maker's module may print what it likes, PINs included
            bufsize=0,
            env={**os.environ, **self._environment},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        # Popen promises IO[bytes]; a pipe that was asked for without a buffer is raw.
        self._outgoing = cast(io.RawIOBase, self._process.stdin)
        incoming = cast(io.RawIOBase, self._process.stdout)
        self._reader = threading.Thread(
            target=self._read_all, args=(incoming,), name="replies of signing.program", daemon=True
        )
        self._reader.start()
        try:
            self._greet()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the program log out and leave by closing its stdin; kill it when it does not within two seconds."""
        self._opened = None
        if self._process is None or self._outgoing is None:
            return
        with contextlib.suppress(OSError):
            self._outgoing.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_EXIT_GRACE_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End the program at once, whatever native code it is stuck in; the token logs out when its process ends."""
        self._opened = None
        if self._process is None or self._reader is None or self._outgoing is None:
            return
        self._process.kill()
        self._process.wait()
        self._reader.join()
        with contextlib.suppress(OSError):
            self._outgoing.close()

    @property
    def pid(self) -> int | None:
        """The process id of the running program; ``None`` when it does not run."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    @property
    def certificate(self) -> SigningCertificate:
        """The certificate of the opened key.

        Raises:
            SigningError: ``not-logged-in``.
        """
        return self._session()[0]

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The intermediate authorities above it that lie beside it, DER, nearest first.

        Raises:
            SigningError: ``not-logged-in``.
        """
        return self._session()[1]

    def sign_digest(self, digest: bytes) -> bytes:
        """Sign a SHA-256 digest of 32 bytes with the opened key.

        Raises:
            SigningError: ``not-logged-in``, ``token-gone``, ``token-error``, ``signer-crashed``, ``signer-idle``,
                ``signer-timeout``.
        """
        return bytes.fromhex(self._ask({"command": "sign", "digest": digest.hex()})["signature"])

    def log_out(self) -> None:
        """Let go of the key; the program stays.

        Raises:
            SigningError: ``signer-crashed``, ``signer-idle``, ``signer-timeout``.
        """
        self._opened = None
        self._ask({"command": "log-out"})

    def _greet(self) -> None:
        """Say what must be said first; the program has been started."""

    def _open(self, command: Mapping[str, object], secret: bytearray) -> dict[str, Any]:
        """Send a command that opens a key with a secret; remember whose the key is."""
        self._opened = None
        reply = self._ask({**command, "idle_seconds": self._idle_seconds}, secret)
        certificate = base64.b64decode(reply["certificate"])
        others = [base64.b64decode(other) for other in reply["others"]]
        self._opened = (read_certificate(certificate), issuers_of(certificate, others))
        return reply

    def _session(self) -> tuple[SigningCertificate, tuple[bytes, ...]]:
        if self._opened is None:
            raise SigningError("not-logged-in")
        return self._opened

    def _ask(self, command: Mapping[str, object], secret: bytearray | None = None) -> dict[str, Any]:
        with self._turn:
            if self._outgoing is None or self._outgoing.closed:
                raise SigningError("signer-crashed", retryable=True)
            try:
                write_message(self._outgoing, command)
                if secret is not None:
                    write_frame(self._outgoing, secret)
            except (OSError, ValueError):
                raise self._ended() from None
            try:
                reply = self._replies.get(timeout=self._patience_seconds)
            except queue.Empty:
                self.kill()
                raise SigningError("signer-timeout", retryable=True) from None
            except BaseException:
                self.kill()  # the answer that still comes would be taken for the answer to the next question
                raise
            if reply is None:
                raise self._ended()
        if error := reply.get("error"):
            raise SigningError(error["code"], retryable=error["retryable"], **error["details"])
        result: dict[str, Any] = reply["result"]
        return result

    def _ended(self) -> SigningError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            if self._process is not None:
                self._process.wait(_EXIT_GRACE_SECONDS)  # a program that is ending itself may need a moment
        self.kill()
        idle = self._process is not None and self._process.returncode == IDLE_EXIT
        return SigningError("signer-idle" if idle else "signer-crashed", retryable=True)

    def _read_all(self, incoming: io.RawIOBase) -> None:
        with incoming:
            try:
                while (reply := read_message(incoming)) is not None:
                    self._replies.put(reply)
            except (BrokenFrameError, OSError, ValueError):
                pass  # a program that stops in the middle of a word has crashed; the caller hears so below
        self._replies.put(None)
