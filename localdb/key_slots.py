# SPDX-License-Identifier: GPL-3.0-or-later
"""Key slots: who can open the key file, and with what.

A slot is an X25519 public key to which the file's main key is sealed (HPKE, RFC 9180), so that the main key can be
changed without anybody's password. What differs is where the private half comes from: a clerk's lies in her slot,
wrapped (AES key wrap, RFC 3394) under Argon2id of her password; the province keeps that of the escrow slot; that of
the recovery sheet is derived from its words.
"""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from casework.errors import KnownError
from casework.identifiers import RandomBytes
from localdb.base64_text import from_text, to_text
from localdb.wiping import wipe, wipe_bytes

_SUITE: Final = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_INFO: Final = b"motcua/key-slot/2"
_FORMER_ESCROW_INFO: Final = b"motcua/escrow/1"
_SHEET_INFO: Final = b"motcua/recovery-sheet/1"
_KEY_SIZE: Final = 32
_SALT_SIZE: Final = 16
_MOST_MEMORY_KIB: Final = 2 * 1024 * 1024
_MOST_ITERATIONS: Final = 64
_MOST_LANES: Final = 64


class SlotKind(enum.StrEnum):
    """Where the private half of a slot comes from. A newer program may know more kinds."""

    CLERK = "clerk"
    ESCROW = "escrow"
    RECOVERY_SHEET = "recovery-sheet"


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """What one try of a password costs.

    Attributes:
        memory_kib: Memory in KiB.
        iterations: Passes over it.
        lanes: Parallel lanes.
    """

    memory_kib: int = 64 * 1024
    iterations: int = 3
    lanes: int = 4

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Read the cost of a slot; a file that asks for more than any of ours must not exhaust the machine.

        Raises:
            ValueError: When it is out of bounds.
        """
        cost = cls(int(value["memory_kib"]), int(value["iterations"]), int(value["lanes"]))
        bounds = ((cost.memory_kib, _MOST_MEMORY_KIB), (cost.iterations, _MOST_ITERATIONS), (cost.lanes, _MOST_LANES))
        if not all(1 <= figure <= most for figure, most in bounds):
            raise ValueError("a cost out of bounds")
        return cost

    def to_json(self) -> dict[str, int]:
        """Give what is stored in the slot."""
        return {"memory_kib": self.memory_kib, "iterations": self.iterations, "lanes": self.lanes}


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to open the key file.

    Attributes:
        kind: A ``SlotKind``, or a word that this program does not know yet.
        created_at: When it was made.
        public_key: 32 bytes; empty for an escrow slot of a version-1 file, which did not keep it.
        sealed: The main key, sealed to the public key.
        own: What belongs to the kind, as it stands in the file.
    """

    kind: str
    created_at: dt.datetime
    public_key: bytes
    sealed: bytes
    own: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Read a slot.

        Raises:
            KeyError, TypeError, ValueError: When it is none.
        """
        own = {name: part for name, part in value.items() if name not in {"kind", "created_at", "public_key", "sealed"}}
        created_at = dt.datetime.fromisoformat(value["created_at"])
        return cls(str(value["kind"]), created_at, from_text(value["public_key"]), from_text(value["sealed"]), own)

    def to_json(self) -> dict[str, Any]:
        """Give what is stored in the file."""
        return {
            **self.own,
            "kind": self.kind,
            "created_at": self.created_at.isoformat(),
            "public_key": to_text(self.public_key),
            "sealed": to_text(self.sealed),
        }

    @property
    def login(self) -> str:
        """Sign-in name of a clerk's slot; empty for another kind."""
        return str(self.own.get("login", ""))

    @property
    def clerk_id(self) -> str:
        """Whose slot it is; empty for another kind."""
        return str(self.own.get("clerk_id", ""))


def for_clerk(
    login: str,
    clerk_id: str,
    password: str,
    main_key: bytearray,
    *,
    created_at: dt.datetime,
    cost: Argon2Cost,
    random_bytes: RandomBytes,
) -> Slot:
    """Make the slot of a clerk."""
    private = bytearray(random_bytes(_KEY_SIZE))
    salt = random_bytes(_SALT_SIZE)
    password_key = derive_password_key(password, salt, cost)
    try:
        own = {
            "login": normal_login(login),
            "clerk_id": clerk_id,
            "salt": to_text(salt),
            "argon2": cost.to_json(),
            "wrapped": to_text(aes_key_wrap(password_key, private)),
        }
        return _slot(SlotKind.CLERK, X25519PrivateKey.from_private_bytes(private), main_key, created_at, own)
    finally:
        wipe(private, password_key)


def for_escrow(public_key: bytes, main_key: bytearray, *, created_at: dt.datetime) -> Slot:
    """Make the slot of the province.

    Args:
        public_key: X25519, 32 raw bytes.
        main_key: What it opens.
        created_at: The present moment.

    Raises:
        KnownError: ``escrow-key-invalid`` when these are not 32 bytes of a usable key.
    """
    require_escrow_key(public_key)
    return Slot(SlotKind.ESCROW, created_at, public_key, seal(public_key, main_key))


def require_escrow_key(public_key: bytes) -> None:
    """See that something can be sealed to a key.

    Raises:
        KnownError: ``escrow-key-invalid`` when these are not 32 bytes of a usable key.
    """
    try:
        seal(public_key, bytearray(_KEY_SIZE))
    except ValueError as error:
        raise KnownError("escrow-key-invalid") from error


def for_recovery_sheet(entropy: bytearray, main_key: bytearray, *, created_at: dt.datetime) -> Slot:
    """Make the slot of a recovery sheet from what its words say."""
    return _slot(SlotKind.RECOVERY_SHEET, sheet_private_key(entropy), main_key, created_at, {})


def resealed(slot: Slot, main_key: bytearray) -> Slot:
    """Give the slot for another main key; needs no secret of its owner.

    Raises:
        KnownError: ``escrow-key-needed`` for an escrow slot of a version-1 file, which did not keep its public key.
    """
    if not slot.public_key:
        raise KnownError("escrow-key-needed")
    return Slot(slot.kind, slot.created_at, slot.public_key, seal(slot.public_key, main_key), slot.own)


def seal(public_key: bytes, main_key: bytearray) -> bytes:
    """Seal the main key to a public key.

    Raises:
        ValueError: When that is no usable public key.
    """
    return _SUITE.encrypt(main_key, X25519PublicKey.from_public_bytes(public_key), _INFO)


def main_key_of(slot: Slot, private: X25519PrivateKey) -> bytearray:
    """Give the main key.

    Raises:
        KnownError: ``key-file-damaged``.
    """
    info = _INFO if slot.public_key else _FORMER_ESCROW_INFO
    try:
        opened = _SUITE.decrypt(slot.sealed, private, info)
    except (InvalidTag, ValueError) as error:
        raise KnownError("key-file-damaged") from error
    main_key = bytearray(opened)
    wipe_bytes(opened)
    return main_key


def clerk_private_key(slot: Slot, password: str) -> X25519PrivateKey:
    """Give the private half of a clerk's slot.

    Raises:
        KnownError: ``wrong-password``; ``key-file-damaged``.
    """
    try:
        salt, wrapped = from_text(slot.own["salt"]), from_text(slot.own["wrapped"])
        password_key = derive_password_key(password, salt, Argon2Cost.from_json(slot.own["argon2"]))
    except (KeyError, TypeError, ValueError) as error:
        raise KnownError("key-file-damaged") from error
    try:
        private = aes_key_unwrap(password_key, wrapped)
    except InvalidUnwrap as error:
        raise KnownError("wrong-password", retryable=True) from error
    finally:
        wipe(password_key)
    try:
        return X25519PrivateKey.from_private_bytes(private)
    except ValueError as error:
        raise KnownError("key-file-damaged") from error
    finally:
        wipe_bytes(private)


def sheet_private_key(entropy: bytearray) -> X25519PrivateKey:
    """Derive the private half of a recovery sheet's slot; the words are strong enough to need no slow hash."""
    private = bytearray(_KEY_SIZE)
    HKDF(algorithm=SHA256(), length=_KEY_SIZE, salt=None, info=_SHEET_INFO).derive_into(entropy, private)
    try:
        return X25519PrivateKey.from_private_bytes(private)
    finally:
        wipe(private)


def derive_password_key(password: str, salt: bytes, cost: Argon2Cost) -> bytearray:
    """Derive the key that a password stands for; a password in composed or decomposed letters is the same one."""
    # Vietnamese typing programs send the same letter either way; both must open the same slot.
    encoded = unicodedata.normalize("NFC", password).encode()
    secret = bytearray(encoded)
    wipe_bytes(encoded)
    key = bytearray(_KEY_SIZE)
    try:
        _argon2(secret, salt, cost, key)
    finally:
        wipe(secret)
        # The library leaves a copy of the password in memory that it has freed (measured: docs/adr/0018). The same call
        # with as many zeros, as cheap as can be, is given the same places and overwrites them.
        _argon2(secret, bytes(_SALT_SIZE), Argon2Cost(8 * cost.lanes, 1, cost.lanes), bytearray(_KEY_SIZE))
    return key


def former_key_id(public_key: bytes) -> str:
    """Give the name under which version 1 knew the province's key."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def normal_login(login: str) -> str:
    """Give a sign-in name as it stands in the file."""
    return unicodedata.normalize("NFC", login)


def _argon2(secret: bytearray, salt: bytes, cost: Argon2Cost, key: bytearray) -> None:
    argon2 = Argon2id(
        salt=salt, length=_KEY_SIZE, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    argon2.derive_into(secret, key)  # type: ignore[arg-type]  # takes any buffer, whatever its stub says


def _slot(
    kind: SlotKind, private: X25519PrivateKey, main_key: bytearray, created_at: dt.datetime, own: Mapping[str, Any]
) -> Slot:
    public_key = private.public_key().public_bytes_raw()
    return Slot(kind, created_at, public_key, seal(public_key, main_key), own)
