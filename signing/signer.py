# SPDX-License-Identifier: GPL-3.0-or-later
"""A key on a token: the signer program with one PKCS#11 module; one login, any number of signatures."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from signing.certificates import read_certificate
from signing.errors import SigningError
from signing.keys.signer_process import IDLE_SECONDS, SignerProcess
from signing.keys.signing_key import KeyKind
from signing.modules import AllowedModule, ModuleAllowList
from signing.pin import PinState, wipe
from signing.tokens import Token, TokenCertificate

if TYPE_CHECKING:
    from signing.pdf_signature import SignatureRequest, SignedPdf


class SignerProgram(SignerProcess):
    """A signer program that has loaded one PKCS#11 module.

    A program serves one sitting: after ``token-gone``, ``signer-crashed``, ``signer-idle`` or ``signer-timeout`` leave
    it and start a new one, which is how a token that was pulled out and plugged in again is found.

    Once logged in it is a ``SigningKey``.
    """

    kind = KeyKind.TOKEN

    def __init__(
        self,
        module: Path,
        allow_list: ModuleAllowList,
        *,
        environment: Mapping[str, str] | None = None,
        patience_seconds: float = 60.0,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        """Prepare; nothing runs before ``with``, which may raise what ``ModuleAllowList.resolve`` raises, too.

        Args:
            module: Absolute path of the PKCS#11 module.
            allow_list: What may be loaded.
            environment: As ``SignerProcess``.
            patience_seconds: As ``SignerProcess``.
            idle_seconds: As ``SignerProcess``.
        """
        super().__init__(environment=environment, patience_seconds=patience_seconds, idle_seconds=idle_seconds)
        self._requested_module = module
        self._allow_list = allow_list
        self._module: AllowedModule | None = None

    def __enter__(self) -> Self:
        """Start the program and load the module.

        Raises:
            SigningError: ``module-not-allowed``, ``module-missing``, ``module-changed``, ``module-unsafe``,
                ``module-unusable``, ``signer-crashed``, ``signer-timeout``.
        """
        self._module = self._allow_list.resolve(self._requested_module)
        return super().__enter__()

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
        command = {
            "command": "log-in",
            "token_serial": token_serial,
            "certificate_sha256": certificate_sha256,
            "allow_final_try": allow_final_try,
        }
        try:
            if not pin:
                raise SigningError("pin-empty")  # a token would count it as a wrong one
            reply = self._open(command, pin)
        finally:
            wipe(pin)
        return PinState(reply["pin_state"])

    def sign_pdf(self, pdf: bytes, request: SignatureRequest) -> SignedPdf:
        """Prepare, sign and embed in one go; see ``signing.pdf_signature.sign_pdf``."""
        from signing.pdf_signature import sign_pdf  # pyHanko takes 0.4 s to load; listing tokens does without

        return sign_pdf(pdf, request, self)

    def _greet(self) -> None:
        assert self._module is not None  # noqa: S101 - set where the program is started
        self._ask({"command": "load", "path": str(self._module.path), "sha256": self._module.sha256})


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
