# SPDX-License-Identifier: GPL-3.0-or-later
"""What IT settles for a workstation: which scanner, how it scans, what reads, which token modules may be loaded.

It lies in a file that only an administrator may write, because a token module is native code that sees the PIN.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

import platformdirs
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from casework.errors import KnownError
from localdb import escrow_key
from scanning.devices.driver import PaperSource
from scanning.page_image import ColorMode
from signing.certificates import read_certificate_file
from signing.modules import AllowedModule
from workstation.desk import publisher_keys
from workstation.desk.reading_engine import Engine

FILE_NAME: Final = "desk.json"
LOWEST_DPI: Final = 200
"""The rules for digitised papers ask for at least this much."""
HIGHEST_DPI: Final = 600

_PARTS: Final = frozenset(
    {
        *("scanner", "reading", "signing_modules", "signing_intermediates"),
        *("escrow_public_key", "publisher_public_keys", "teacher_public_keys"),
    }
)


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """The settings of a workstation; the defaults serve a desk with one scanner and one token.

    Attributes:
        scanner_id: Device id as ``./motcua scan --list`` gives it; empty for the first one that is found.
        resolution_dpi: 200 to 600.
        color_mode: Colour or gray.
        source: Where the paper lies.
        engine: What reads the print.
        signing_modules: What may be loaded; None for the modules that lie in the usual places of the system.
        signing_intermediates: Certificates of authorities that the tokens do not hold, DER.
        escrow_public_key_file: Where the province's key lies that opens the store of a new desk when no clerk is left;
            None when it has none yet. Only setting a desk up reads it.
        publisher_key_files: Where the public keys lie of those whose catalogues and decisions may be installed.
        teacher_key_files: Where the public keys lie of the desks from which corrected classes may be taken over.
        scanner_environment: Variables for the scan worker, on top of ours.
        signer_environment: Variables for the signer program, on top of ours.
    """

    scanner_id: str = ""
    resolution_dpi: int = 300
    color_mode: ColorMode = ColorMode.COLOR
    source: PaperSource = PaperSource.FEEDER
    engine: Engine = Engine.AUTOMATIC
    signing_modules: tuple[AllowedModule, ...] | None = None
    signing_intermediates: tuple[bytes, ...] = field(default=(), repr=False)
    escrow_public_key_file: Path | None = None
    publisher_key_files: tuple[Path, ...] = ()
    teacher_key_files: tuple[Path, ...] = ()
    scanner_environment: Mapping[str, str] = field(default_factory=dict)
    signer_environment: Mapping[str, str] = field(default_factory=dict)

    def read_escrow_public_key(self) -> bytes | None:
        """Read the province's key, 32 raw bytes; None when it has none yet.

        Raises:
            KnownError: ``no-such-file``, ``escrow-file-damaged`` (details ``file``); ``no-access``, ``disk-error``.
        """
        file = self.escrow_public_key_file
        if file is None:
            return None
        if not file.exists():
            raise KnownError("no-such-file", file=file.name)
        return escrow_key.read_public(file)

    def read_publisher_keys(self) -> tuple[Ed25519PublicKey, ...]:
        """Read the keys of those whose rules may be installed; none when IT named none.

        Raises:
            KnownError: ``no-such-file``, ``publisher-key-damaged`` (details ``file``); ``no-access``, ``disk-error``.
        """
        return _public_keys(self.publisher_key_files)

    def read_teacher_keys(self) -> tuple[Ed25519PublicKey, ...]:
        """Read the keys of the desks from which corrected classes may be taken over; none when IT named none.

        Raises:
            KnownError: As ``read_publisher_keys``.
        """
        return _public_keys(self.teacher_key_files)

    @classmethod
    def of_this_computer(cls) -> Self:
        """Read the administrator's file; the defaults where there is none.

        Raises:
            KnownError: ``settings-damaged``.
        """
        return cls.load(Path(platformdirs.site_config_dir("motcua", appauthor=False)) / FILE_NAME)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a settings file.

        It holds ``{"scanner": {"id", "resolution_dpi", "color_mode", "source"}, "reading": {"engine"},
        "signing_modules": [{"path", "sha256"}], "signing_intermediates": [path], "escrow_public_key": path,
        "publisher_public_keys": [path], "teacher_public_keys": [path]}``, each part optional.

        Raises:
            KnownError: ``settings-damaged`` when the file cannot be read or says something unknown.
        """
        damaged = KnownError("settings-damaged", file=path.name)
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError):
            raise damaged from None
        try:
            return cls._of_document(document)
        except (AttributeError, KeyError, KnownError, OSError, TypeError, ValueError):
            raise damaged from None

    @classmethod
    def _of_document(cls, document: Mapping[str, Any]) -> Self:
        scanner, reading = dict(document.get("scanner", {})), dict(document.get("reading", {}))
        modules = document.get("signing_modules")
        escrow = document.get("escrow_public_key")
        if set(document) - _PARTS:
            raise ValueError("unknown part")
        resolution = int(scanner.pop("resolution_dpi", 300))
        if not LOWEST_DPI <= resolution <= HIGHEST_DPI:
            raise ValueError("resolution")
        settings = cls(
            scanner_id=str(scanner.pop("id", "")),
            resolution_dpi=resolution,
            color_mode=ColorMode(scanner.pop("color_mode", ColorMode.COLOR.value)),
            source=PaperSource(scanner.pop("source", PaperSource.FEEDER.value)),
            engine=Engine(reading.pop("engine", Engine.AUTOMATIC.value)),
            signing_modules=None if modules is None else tuple(_module(entry) for entry in modules),
            signing_intermediates=tuple(
                certificate
                for place in document.get("signing_intermediates", ())
                for certificate in read_certificate_file(Path(place).read_bytes())
            ),
            escrow_public_key_file=None if escrow is None else Path(escrow),
            publisher_key_files=tuple(Path(place) for place in document.get("publisher_public_keys", ())),
            teacher_key_files=tuple(Path(place) for place in document.get("teacher_public_keys", ())),
        )
        if scanner or reading:
            raise ValueError("unknown setting")
        return settings


def _public_keys(files: Sequence[Path]) -> tuple[Ed25519PublicKey, ...]:
    for file in files:
        if not file.exists():
            raise KnownError("no-such-file", file=file.name)
    return tuple(publisher_keys.read_public(file) for file in files)


def _module(entry: Mapping[str, str]) -> AllowedModule:
    path = Path(entry["path"])
    if not path.is_absolute():
        raise ValueError("relative path")
    return AllowedModule(path, entry.get("sha256"))
