# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk's side of the signer program: start it, log in once, have digests signed, end it whatever it is stuck in."""

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
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, cast

from signing.certificates import SigningCertificate, issuers_of, read_certificate
from signing.errors import SigningError
from signing.frames import BrokenFrameError, read_message, write_frame, write_message
from signing.modules import ModuleAllowList
from signing.pin import PinState, wipe
from signing.tokens import Token, TokenCertificate

if TYPE_CHECKING:
    from signing.pdf_signature import SignatureRequest, SignedPdf

_EXIT_GRACE_SECONDS: Final = 2.0


class SignerProgram:
    """One running ``python -m signing.program`` with one PKCS#11 module; a context manager.

    A program serves one sitting: after ``token-gone``, ``signer-crashed`` or ``signer-timeout`` leave it and start a
    new one, which is how a token that was pulled out and plugged in again is found. Methods may be called from any
    thread, one call at a time; ``kill`` at any moment.

    Once logged in it is a ``signing.pdf_signature.SigningKey``.
    """

    def __init__(
        self,
        module: Path,
        allow_list: ModuleAllowList,
        *,
        environment: Mapping[str, str] | None = None,
        patience_seconds: float = 60.0,
    ) -> None:
        """Prepare; nothing runs before ``with``.

        Args:
            module: Absolute path of the PKCS#11 module.
            allow_list: What may be loaded.
            environment: Variables set on top of ours for the program, e.g. where the module finds its configuration.
            patience_seconds: How long one answer may take before the program is killed. Tokens are slow: a
                signature takes 0.3 s on common makes, a login several seconds.
        """
        self._requested_module = module
        self._allow_list = allow_list
        self._environment = dict(environment or {})
        self._patience_seconds = patience_seconds
        self._turn = threading.Lock()
        self._replies: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._outgoing: io.RawIOBase | None = None
        self._logged_in: tuple[SigningCertificate, tuple[bytes, ...]] | None = None

    def __enter__(self) -> Self:
        """Start the program and load the module.

        Raises:
            SigningError: ``module-not-allowed``, ``module-missing``, ``module-changed``, ``module-unusable``,
                ``signer-crashed``, ``signer-timeout``.
        """
        module = self._allow_list.resolve(self._requested_module)
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
            self._ask({"command": "load", "path": str(module.path), "sha256": module.sha256})
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the program log out and leave by closing its stdin; kill it when it does not within two seconds."""
        self._logged_in = None
        if self._process is None or self._outgoing is None:
            return
        with contextlib.suppress(OSError):
            self._outgoing.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_EXIT_GRACE_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End the program at once, whatever native code it is stuck in; the token logs out when its process ends."""
        self._logged_in = None
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

    def tokens(self) -> tuple[Token, ...]:
        """List the tokens that were plugged in when the module was loaded, as they are now. Needs no PIN.

        Certificates that cannot be read are left out.

        Raises:
            SigningError: ``token-gone``, ``token-error``, ``signer-crashed``, ``signer-timeout``.
        """
        return tuple(_token(found) for found in self._ask({"command": "tokens"})["tokens"])

    def log_in(
        self, token_serial: str, certificate_sha256: str, pin: bytearray, *, allow_final_try: bool = False
    ) -> PinState:
        """Log in with one try; the program never repeats a PIN, and neither must the caller.

        Args:
            token_serial: Which token.
            certificate_sha256: Hex digest of the certificate to sign with.
            pin: UTF-8; overwritten with zeros before this returns or raises.
            allow_final_try: Use the try that would lock the token if it failed; ask the clerk first.

        Returns:
            What the token says of its PIN counter now.

        Raises:
            SigningError: ``pin-empty``, ``wrong-pin`` (details ``pin_state``), ``pin-locked``, ``pin-final-try``,
                ``pin-expired``, ``pin-not-set``, ``certificate-not-found``, ``key-not-found``, ``key-not-supported``,
                ``pin-each-signature``, ``token-gone``, ``token-error``, ``signer-crashed``, ``signer-timeout``.
        """
        self._logged_in = None
        command = {
            "command": "log-in",
            "token_serial": token_serial,
            "certificate_sha256": certificate_sha256,
            "allow_final_try": allow_final_try,
        }
        try:
            if not pin:
                raise SigningError("pin-empty")  # a token would count it as a wrong one
            reply = self._ask(command, pin)
        finally:
            wipe(pin)
        certificate = base64.b64decode(reply["certificate"])
        others = [base64.b64decode(other) for other in reply["others"]]
        self._logged_in = (read_certificate(certificate), issuers_of(certificate, others))
        return PinState(reply["pin_state"])

    def log_out(self) -> None:
        """Log out of the token; the program stays.

        Raises:
            SigningError: ``signer-crashed``, ``signer-timeout``.
        """
        self._logged_in = None
        self._ask({"command": "log-out"})

    @property
    def certificate(self) -> SigningCertificate:
        """The certificate logged in with.

        Raises:
            SigningError: ``not-logged-in``.
        """
        return self._session()[0]

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The intermediate authorities above it that lie on the token, DER, nearest first.

        Raises:
            SigningError: ``not-logged-in``.
        """
        return self._session()[1]

    def sign_digest(self, digest: bytes) -> bytes:
        """Sign a SHA-256 digest of 32 bytes with the key logged in with.

        Raises:
            SigningError: ``not-logged-in``, ``token-gone``, ``token-error``, ``signer-crashed``, ``signer-timeout``.
        """
        return bytes.fromhex(self._ask({"command": "sign", "digest": digest.hex()})["signature"])

    def sign_pdf(self, pdf: bytes, request: SignatureRequest) -> SignedPdf:
        """Prepare, sign and embed in one go; see ``signing.pdf_signature.sign_pdf``."""
        from signing.pdf_signature import sign_pdf  # pyHanko takes 0.4 s to load; listing tokens does without

        return sign_pdf(pdf, request, self)

    def _session(self) -> tuple[SigningCertificate, tuple[bytes, ...]]:
        if self._logged_in is None:
            raise SigningError("not-logged-in")
        return self._logged_in

    def _ask(self, command: Mapping[str, object], secret: bytearray | None = None) -> dict[str, Any]:
        with self._turn:
            if self._outgoing is None or self._outgoing.closed:
                raise SigningError("signer-crashed", retryable=True)
            try:
                write_message(self._outgoing, command)
                if secret is not None:
                    write_frame(self._outgoing, secret)
            except (OSError, ValueError):
                raise self._crashed() from None
            try:
                reply = self._replies.get(timeout=self._patience_seconds)
            except queue.Empty:
                self.kill()
                raise SigningError("signer-timeout", retryable=True) from None
            except BaseException:
                self.kill()  # the answer that still comes would be taken for the answer to the next question
                raise
            if reply is None:
                raise self._crashed()
        if error := reply.get("error"):
            raise SigningError(error["code"], retryable=error["retryable"], **error["details"])
        result: dict[str, Any] = reply["result"]
        return result

    def _crashed(self) -> SigningError:
        self.kill()
        return SigningError("signer-crashed", retryable=True)

    def _read_all(self, incoming: io.RawIOBase) -> None:
        with incoming:
            try:
                while (reply := read_message(incoming)) is not None:
                    self._replies.put(reply)
            except (BrokenFrameError, OSError, ValueError):
                pass  # a program that stops in the middle of a word has crashed; the caller hears so below
        self._replies.put(None)


def _token(found: Mapping[str, Any]) -> Token:
    certificates = []
    for certificate in found["certificates"]:
        with contextlib.suppress(ValueError):
            read = read_certificate(base64.b64decode(certificate["der"]))
            certificates.append(TokenCertificate(read, certificate["key_id"]))
    return Token(
        label=found["label"],
        serial=found["serial"],
        manufacturer=found["manufacturer"],
        model=found["model"],
        pin_state=PinState(found["pin_state"]),
        certificates=tuple(certificates),
    )
