# SPDX-License-Identifier: GPL-3.0-or-later
"""Talking to a token through its PKCS#11 module; loaded by the signer program and by nothing else.

Whoever shares a process with a logged-in session can use its key without a PIN (PKCS#11 v2.40 §2.6.8), and makers'
modules crash; both are reasons for a process of its own.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass
from pkcs11.constants import TokenFlag

from signing.errors import SigningError
from signing.modules import AllowedModule, check_content
from signing.pin import BorrowedPin, PinState

# RFC 8017 §9.2: the start of a DigestInfo for SHA-256. Every RSA token signs DigestInfo; not every one hashes.
_SHA256_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")

# How modules say that the token is no longer there, or is not the one that was logged in to.
_TOKEN_GONE = (
    pkcs11.DeviceError,
    pkcs11.DeviceRemoved,
    pkcs11.GeneralError,
    pkcs11.KeyHandleInvalid,
    pkcs11.ObjectHandleInvalid,
    pkcs11.SessionClosed,
    pkcs11.SessionHandleInvalid,
    pkcs11.SlotIDInvalid,
    pkcs11.TokenNotPresent,
    pkcs11.TokenNotRecognised,
    pkcs11.UserNotLoggedIn,
)


@dataclass(frozen=True, slots=True)
class CertificateObject:
    """A certificate as it lies on the token: DER and ``CKA_ID``."""

    der: bytes
    key_id: bytes


@dataclass(frozen=True, slots=True)
class TokenDescription:
    """What a token tells without a PIN."""

    label: str
    serial: str
    manufacturer: str
    model: str
    pin_state: PinState
    certificates: tuple[CertificateObject, ...]


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """What a successful login gives: the certificate signed with, and the others beside it."""

    certificate: bytes
    others: tuple[bytes, ...]
    pin_state: PinState


class TokenAccess:
    """One loaded PKCS#11 module and at most one logged-in session."""

    def __init__(self, module: AllowedModule) -> None:
        """Load the module.

        Raises:
            SigningError: ``module-missing``, ``module-changed``, ``module-unusable``.
        """
        check_content(module)
        try:
            self._library = pkcs11.lib(str(module.path))
        except pkcs11.PKCS11Error as error:
            raise SigningError("module-unusable", reason=type(error).__name__) from None
        self._session: pkcs11.Session | None = None
        self._key: pkcs11.SignMixin | None = None

    def tokens(self) -> tuple[TokenDescription, ...]:
        """List the tokens that are plugged in and initialised; one that cannot be read is left out.

        Raises:
            SigningError: ``token-gone``, ``token-error``: the module cannot even list its slots.
        """
        descriptions = []
        for token in self._present():
            with contextlib.suppress(pkcs11.PKCS11Error):
                descriptions.append(
                    TokenDescription(
                        label=token.label,
                        serial=_serial(token),
                        manufacturer=token.manufacturer_id,
                        model=token.model,
                        pin_state=_pin_state(token),
                        certificates=_certificates(token),
                    )
                )
        return tuple(descriptions)

    def log_in(
        self, serial: str, certificate_sha256: str, pin: bytearray, *, allow_final_try: bool = False
    ) -> LoggedIn:
        """Log in with one try, and find the private key.

        Everything that can be checked without the PIN is checked first; the PIN is used once, whatever comes.

        Args:
            serial: Serial number of the token.
            certificate_sha256: Hex digest of the certificate to sign with.
            pin: UTF-8 digits; the caller overwrites them.
            allow_final_try: Use the try that would lock the token if it failed.

        Raises:
            SigningError: ``token-gone``, ``certificate-not-found``, ``pin-locked``, ``pin-final-try``, ``wrong-pin``
                (details ``pin_state``: what the token says now), ``pin-expired``, ``pin-not-set``, ``key-not-found``,
                ``key-not-supported``, ``pin-each-signature``, ``token-error``.
        """
        self.log_out()
        with _known_errors():
            token, chosen, others = self._find(serial, certificate_sha256)
            state = _pin_state(token)
            if state is PinState.LOCKED:
                raise SigningError("pin-locked")
            if state is PinState.FINAL_TRY and not allow_final_try:
                raise SigningError("pin-final-try")
            try:
                self._session = token.open(user_pin=BorrowedPin(pin))
            except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange):
                raise SigningError("wrong-pin", pin_state=_pin_state(_fresh(token))) from None
            except pkcs11.PinLocked:
                raise SigningError("pin-locked") from None
            except pkcs11.PinExpired:
                raise SigningError("pin-expired") from None
            except pkcs11.UserPinNotInitialized:
                raise SigningError("pin-not-set") from None
            try:
                self._key = _private_key(self._session, chosen.key_id)
            except BaseException:
                self.log_out()
                raise
            return LoggedIn(chosen.der, others, _pin_state(_fresh(token)))

    def sign(self, digest: bytes) -> bytes:
        """Sign a SHA-256 digest of 32 bytes, RSASSA-PKCS1-v1_5 (RFC 8017 §8.2).

        Raises:
            SigningError: ``not-logged-in``, ``token-gone``, ``token-error``.
        """
        if self._key is None:
            raise SigningError("not-logged-in")
        with _known_errors():
            return self._key.sign(_SHA256_DIGEST_INFO + digest, mechanism=Mechanism.RSA_PKCS)

    def log_out(self) -> None:
        """Log out and close the session; a token that is gone has done so itself."""
        session, self._session, self._key = self._session, None, None
        if session is not None:
            with contextlib.suppress(pkcs11.PKCS11Error):
                session.close()

    def _present(self) -> Iterator[pkcs11.Token]:
        with _known_errors():
            slots = self._library.get_slots(token_present=True)
        for slot in slots:
            try:
                token = slot.get_token()
            except pkcs11.PKCS11Error:
                continue  # pulled out between the two calls, or of no make that this module knows
            if token.flags & TokenFlag.TOKEN_INITIALIZED:
                yield token

    def _find(self, serial: str, certificate_sha256: str) -> tuple[pkcs11.Token, CertificateObject, tuple[bytes, ...]]:
        candidates = [token for token in self._present() if _serial(token) == serial]
        if not candidates:
            raise SigningError("token-gone", retryable=True)
        for token in candidates:  # some makes give every token the same serial number
            certificates = _certificates(token)
            for chosen in certificates:
                if hashlib.sha256(chosen.der).hexdigest() == certificate_sha256.lower():
                    return token, chosen, tuple(other.der for other in certificates if other is not chosen)
        raise SigningError("certificate-not-found")


@contextlib.contextmanager
def _known_errors() -> Iterator[None]:
    try:
        yield
    except _TOKEN_GONE:
        raise SigningError("token-gone", retryable=True) from None
    except pkcs11.PKCS11Error as error:
        raise SigningError("token-error", reason=type(error).__name__) from None


def _fresh(token: pkcs11.Token) -> pkcs11.Token:
    """The token with its flags read anew."""
    return token.slot.get_token()


def _serial(token: pkcs11.Token) -> str:
    return token.serial.decode("utf-8", "replace").strip(" \0")


def _pin_state(token: pkcs11.Token) -> PinState:
    flags = token.flags
    if flags & TokenFlag.USER_PIN_LOCKED:
        return PinState.LOCKED
    if flags & TokenFlag.USER_PIN_FINAL_TRY:
        return PinState.FINAL_TRY
    if flags & TokenFlag.USER_PIN_COUNT_LOW:
        return PinState.LOW
    return PinState.OK


def _certificates(token: pkcs11.Token) -> tuple[CertificateObject, ...]:
    session = token.open()
    try:
        return tuple(
            CertificateObject(bytes(found[Attribute.VALUE]), bytes(found[Attribute.ID]))
            for found in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
        )
    finally:
        session.close()


def _private_key(session: pkcs11.Session, key_id: bytes) -> pkcs11.SignMixin:
    """Find the key of a certificate by ``CKA_ID``; labels differ between the two on several makes of token.

    Without a ``CKA_ID`` only a token with a single private key leaves no doubt.
    """
    wanted: dict[Attribute, object] = {Attribute.CLASS: ObjectClass.PRIVATE_KEY}
    if key_id:
        wanted[Attribute.ID] = key_id
    keys = list(session.get_objects(wanted))
    if len(keys) != 1:
        raise SigningError("key-not-found", keys=str(len(keys)))
    (key,) = keys
    if not isinstance(key, pkcs11.SignMixin) or key.key_type != KeyType.RSA:
        raise SigningError("key-not-supported")
    with contextlib.suppress(pkcs11.AttributeTypeInvalid):
        if key[Attribute.ALWAYS_AUTHENTICATE]:
            raise SigningError("pin-each-signature")
    return key
