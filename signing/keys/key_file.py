# SPDX-License-Identifier: GPL-3.0-or-later
"""A key in a PKCS#12 file: opened once in the signer program, which keeps it until it ends."""

from __future__ import annotations

from pathlib import Path

from signing.errors import SigningError
from signing.keys.signer_process import SignerProcess
from signing.keys.signing_key import KeyKind
from signing.pin import wipe


class KeyFileProgram(SignerProcess):
    """A signer program without a module, for a key in a file. Once opened it is a ``SigningKey``."""

    kind = KeyKind.FILE

    def open_file(self, path: Path, passphrase: bytearray, *, certificate_sha256: str = "") -> None:
        """Decrypt the file, once.

        Args:
            path: The PKCS#12 file; nobody but its owner may read it.
            passphrase: UTF-8; overwritten with zeros before this returns or raises. May be empty.
            certificate_sha256: Hex digest of the certificate that must lie in the file; empty = any.

        Raises:
            SigningError: ``p12-missing``, ``p12-open-to-others``, ``p12-unreadable``,
                ``p12-wrong-passphrase``, ``certificate-not-found``, ``key-not-found``, ``key-not-supported``,
                ``signer-crashed``, ``signer-timeout``.
        """
        command = {
            "command": "open-file",
            "path": str(path.absolute()),
            "certificate_sha256": certificate_sha256,
        }
        try:
            self._open(command, passphrase)
        except SigningError as error:
            if error.code == "signer-failed":
                raise SigningError("p12-unreadable") from None
            raise
        finally:
            wipe(passphrase)
