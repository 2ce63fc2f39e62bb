# SPDX-License-Identifier: GPL-3.0-or-later
"""The key file: who can open the store, and with what.

``keys.json`` lies beside the database. A random *main key* encrypts the store's keys; every slot holds that main key
once more, wrapped for one clerk's password (Argon2id, AES key wrap) or sealed to the province's escrow key (HPKE). So a
clerk comes, goes or changes a password without the database being touched.

The store's keys are encrypted with AES-256-GCM whose associated data is the rest of the file: whoever opens a slot also
learns whether anything else in the file was changed. A plain checksum tells a damaged file from a wrong password before
any password is tried; ``revision`` grows with every change of the file. Kinds of slots that this program does not know
are left alone, and are covered all the same.
"""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from casework.errors import KnownError
from casework.identifiers import RandomBytes
from localdb import canonical, durable_file

_VERSION = 1
_ESCROW_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_ESCROW_INFO = b"motcua/escrow/1"
_LARGEST_MEMORY_KIB = 2 * 1024 * 1024
"""A file that asks for more is not ours, and must not be able to exhaust the machine."""

_Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoreKeys:
    """The random keys of one store; they exist only in memory and inside the key file.

    Attributes:
        database_key: 32 bytes, the raw SQLCipher key.
        database_salt: 16 bytes, the salt at the start of the database file.
        object_name_key: 32 bytes, the key of the hash that names object files.
    """

    database_key: bytes = field(repr=False)
    database_salt: bytes = field(repr=False)
    object_name_key: bytes = field(repr=False)

    @classmethod
    def new(cls, random_bytes: RandomBytes) -> Self:
        """Draw the keys of a new store."""
        return cls(random_bytes(32), random_bytes(16), random_bytes(32))


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


def create_key_file(
    path: Path,
    *,
    login: str,
    password: str,
    escrow_public_key: bytes | None,
    random_bytes: RandomBytes,
    cost: Argon2Cost = Argon2Cost(),
) -> StoreKeys:
    """Make the keys of a new store and the file that opens them.

    A second copy is written beside it (``keys.json.previous``): losing this one small file means losing everything.

    Args:
        path: Where the file shall lie.
        login: The first clerk's sign-in name.
        password: That clerk's password, any text.
        escrow_public_key: The province's X25519 public key, 32 raw bytes, or None when the province has none yet.
        random_bytes: Source of all keys, salts and nonces.
        cost: Price of one try of the password.

    Raises:
        KnownError: ``key-file-exists``; ``disk-full``, ``no-access``, ``disk-error``.
    """
    with durable_file.explained():
        if path.exists():
            raise KnownError("key-file-exists")
    keys = StoreKeys.new(random_bytes)
    main_key = random_bytes(32)
    slots = [_clerk_slot(login, password, main_key, random_bytes(16), cost)]
    if escrow_public_key is not None:
        slots.append(_escrow_slot(escrow_public_key, main_key))
    document: _Document = {"version": _VERSION, "revision": 1, "slots": slots}
    nonce = random_bytes(12)
    secret = canonical.encode(
        {
            "database_key": _text(keys.database_key),
            "database_salt": _text(keys.database_salt),
            "object_name_key": _text(keys.object_name_key),
        }
    )
    document["keys"] = {
        "nonce": _text(nonce),
        "sealed": _text(AESGCM(main_key).encrypt(nonce, secret, canonical.encode(document))),
    }
    document["checksum"] = _checksum(document)
    content = json.dumps(document, indent=1, sort_keys=True).encode()
    for copy in (path, path.with_name(f"{path.name}.previous")):
        with durable_file.replacing(copy) as file:
            file.write(content)
    return keys


def open_with_password(path: Path, login: str, password: str) -> StoreKeys:
    """Open the slot of a clerk.

    Raises:
        KnownError: ``wrong-password``, ``no-such-clerk``; ``key-file-missing``, ``key-file-damaged``,
            ``key-file-newer``.
    """
    document = _load(path)
    login = unicodedata.normalize("NFC", login)
    slot = _slot(document, "clerk", login=login)
    if slot is None:
        raise KnownError("no-such-clerk")
    try:
        cost = Argon2Cost(**{name: int(value) for name, value in slot["argon2"].items()})
        if cost.memory_kib > _LARGEST_MEMORY_KIB:
            raise ValueError(cost.memory_kib)
        password_key = _password_key(password, _bytes(slot["salt"]), cost)
        wrapped = _bytes(slot["wrapped"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KnownError("key-file-damaged") from error
    try:
        main_key = aes_key_unwrap(password_key, wrapped)
    except InvalidUnwrap as error:
        raise KnownError("wrong-password", retryable=True) from error
    return _store_keys(document, main_key)


def open_with_escrow(path: Path, private_key: bytes) -> StoreKeys:
    """Open the slot of the province, when no clerk's password is left.

    Args:
        path: The key file.
        private_key: The province's X25519 private key, 32 raw bytes.

    Raises:
        KnownError: ``no-escrow-slot``, ``wrong-escrow-key``; ``key-file-missing``, ``key-file-damaged``,
            ``key-file-newer``.
    """
    document = _load(path)
    private = X25519PrivateKey.from_private_bytes(private_key)
    if _slot(document, "escrow") is None:
        raise KnownError("no-escrow-slot")
    slot = _slot(document, "escrow", key_id=_key_id(private.public_key().public_bytes_raw()))
    if slot is None:
        raise KnownError("wrong-escrow-key")
    try:
        main_key = _ESCROW_SUITE.decrypt(_bytes(slot["sealed"]), private, _ESCROW_INFO)
    except (InvalidTag, KeyError, TypeError, ValueError) as error:
        raise KnownError("key-file-damaged") from error
    return _store_keys(document, main_key)


def _clerk_slot(login: str, password: str, main_key: bytes, salt: bytes, cost: Argon2Cost) -> _Document:
    return {
        "kind": "clerk",
        "login": unicodedata.normalize("NFC", login),
        "salt": _text(salt),
        "argon2": {"memory_kib": cost.memory_kib, "iterations": cost.iterations, "lanes": cost.lanes},
        "wrapped": _text(aes_key_wrap(_password_key(password, salt, cost), main_key)),
    }


def _escrow_slot(public_key: bytes, main_key: bytes) -> _Document:
    public = X25519PublicKey.from_public_bytes(public_key)
    return {
        "kind": "escrow",
        "key_id": _key_id(public_key),
        "sealed": _text(_ESCROW_SUITE.encrypt(main_key, public, _ESCROW_INFO)),
    }


def _password_key(password: str, salt: bytes, cost: Argon2Cost) -> bytes:
    # Vietnamese typing programs send the same letter composed or decomposed; both must open the same slot.
    secret = unicodedata.normalize("NFC", password).encode()
    argon2 = Argon2id(salt=salt, length=32, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return argon2.derive(secret)


def _load(path: Path) -> _Document:
    with durable_file.explained():
        try:
            content = path.read_bytes()
        except FileNotFoundError as error:
            raise KnownError("key-file-missing") from error
    try:
        document = json.loads(content)
        checksum = document["checksum"]
        version = int(document["version"])
    except (ValueError, KeyError, TypeError) as error:
        raise KnownError("key-file-damaged") from error
    if version > _VERSION:
        raise KnownError("key-file-newer")
    if checksum != _checksum(document):
        raise KnownError("key-file-damaged")
    return dict(document)


def _slot(document: _Document, kind: str, **wanted: str) -> Mapping[str, Any] | None:
    try:
        slots = [slot for slot in document["slots"] if slot["kind"] == kind]
        return next((slot for slot in slots if all(slot[name] == value for name, value in wanted.items())), None)
    except (KeyError, TypeError) as error:
        raise KnownError("key-file-damaged") from error


def _store_keys(document: _Document, main_key: bytes) -> StoreKeys:
    covered = {name: value for name, value in document.items() if name not in {"keys", "checksum"}}
    try:
        nonce, sealed = _bytes(document["keys"]["nonce"]), _bytes(document["keys"]["sealed"])
        secret = json.loads(AESGCM(main_key).decrypt(nonce, sealed, canonical.encode(covered)))
        return StoreKeys(
            database_key=_bytes(secret["database_key"]),
            database_salt=_bytes(secret["database_salt"]),
            object_name_key=_bytes(secret["object_name_key"]),
        )
    except (InvalidTag, KeyError, TypeError, ValueError) as error:
        raise KnownError("key-file-damaged") from error


def _checksum(document: _Document) -> str:
    covered = {name: value for name, value in document.items() if name != "checksum"}
    return hashlib.sha256(canonical.encode(covered)).hexdigest()


def _key_id(public_key: bytes) -> str:
    return hashlib.sha256(public_key).hexdigest()[:16]


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _bytes(value: str) -> bytes:
    return base64.b64decode(value, validate=True)
