# SPDX-License-Identifier: GPL-3.0-or-later
"""A batch and a token: one PIN, one more for each time that the token was away, and not a single wrong one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from signing.batch.events import BatchEvent
from signing.batch.signing_batch import SigningBatch
from signing.errors import SigningError
from signing.pin import wipe
from signing.signer import SignerProgram

_NO_MORE_PINS = frozenset({"wrong-pin", "pin-locked", "pin-expired", "pin-not-set"})


class TokenSitting:
    """Signs a batch with one certificate on one token."""

    def __init__(
        self, batch: SigningBatch, start: Callable[[], SignerProgram], token_serial: str, certificate_sha256: str
    ) -> None:
        """Prepare; nothing runs before ``go_on``.

        Args:
            batch: What to sign.
            start: Gives a new signer program, not yet entered: only a new one sees a token that was plugged in again.
            token_serial: Which token.
            certificate_sha256: Hex digest of the certificate to sign with; checked anew with every PIN.
        """
        self._batch = batch
        self._start = start
        self._token_serial = token_serial
        self._certificate_sha256 = certificate_sha256
        self._over = False

    def go_on(self, pin: bytearray, *, allow_final_try: bool = False) -> Iterator[BatchEvent]:
        """Log in with one try, at once, and sign while the events are walked through.

        After ``BatchPaused`` ask for the PIN and call it again. A wrong PIN ends the sitting for good, because the next
        one may lock the token: the batch can be gone on with in a new sitting, when the signer has made sure of it.

        Args:
            pin: UTF-8; overwritten with zeros before this returns or raises.
            allow_final_try: Use the try that would lock the token if it failed; ask the signer first.

        Raises:
            SigningError: As ``SignerProgram.log_in``; ``sitting-over`` after a wrong PIN.
        """
        if self._over:
            wipe(pin)
            raise SigningError("sitting-over")
        with contextlib.ExitStack() as resources:
            resources.callback(wipe, pin)
            program = resources.enter_context(self._start())
            try:
                program.log_in(self._token_serial, self._certificate_sha256, pin, allow_final_try=allow_final_try)
            except SigningError as error:
                self._over = error.code in _NO_MORE_PINS
                raise
            return self._events(program, resources.pop_all())

    def _events(self, program: SignerProgram, resources: contextlib.ExitStack) -> Iterator[BatchEvent]:
        with resources:
            yield from self._batch.run(program)
