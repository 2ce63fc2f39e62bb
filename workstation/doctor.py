# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua doctor``: what this computer has and lacks for the desk. It opens no database and asks for no password.

Exit codes:

- 0: nothing stands in the way of the desk; a warning is something that it can work without
- 1: at least one problem
- 2: wrong use of the command line
"""

from __future__ import annotations

import argparse
import enum
import json
import os
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.errors import KnownError
from scanning.errors import ScanningError
from scanning.ocr.language_data import language_folder
from scanning.scanner import Scanner
from signing.errors import SigningError
from signing.modules import AllowedModule, ModuleAllowList
from signing.signer import SignerProgram
from sync_agent.configuration import CourierConfiguration
from sync_agent.data_folder import DataFolder
from sync_agent.transports.https import HttpsTransport
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.reading_engine import Engine, engine_in_use, is_there

_MODULE_SECONDS: Final = 10.0

_LITTLE_SPACE_BYTES: Final = 5 << 30
"""About a week of the busiest commune's scans (350 dossiers of 2.5 MB a day)."""

_NO_SPACE_BYTES: Final = 500 << 20

_MODULE_PLACES: Final = (
    "usr/lib/softhsm/libsofthsm2.so",
    "usr/lib/*/opensc-pkcs11.so",
    "usr/lib/**/libbit4[ix]pki.so",
    "usr/lib/**/libeTPkcs11.so",
)

_LACKING: Final = {Engine.TESSEROCR: "reading-unavailable", Engine.PYTESSERACT: "ocr-program-missing"}

Facts = Mapping[str, str | int | Sequence[str]]


class Verdict(enum.StrEnum):
    """How a finding bears on the work at the desk."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check saw.

    Attributes:
        check: Name of the check.
        verdict: What it means.
        code: Code of the error, or empty; the sentences are those of the desk.
        facts: Names, places and numbers of the machine; never personal data.
    """

    check: str
    verdict: Verdict
    code: str = ""
    facts: Facts = field(default_factory=dict)


def examine(folder: DeskFolder) -> list[Finding]:
    """Make all checks; the slow ones look for scanners on the network and for the gateway, some seconds each."""
    return [
        check_reading(),
        check_scanners(),
        check_tokens(token_modules(Path("/"))),
        check_space(folder),
        check_desk(folder),
        check_gateway(folder),
    ]


def check_reading() -> Finding:
    """Look for Tesseract, as the desk would take it, and for the language data that it reads Vietnamese with."""
    facts: dict[str, str] = {}
    try:
        engine = engine_in_use(DeskSettings.of_this_computer().engine)
        facts["engine"] = engine.value
        if not is_there(engine):
            return Finding("reading", Verdict.PROBLEM, _LACKING[engine], facts)
        facts["folder"] = str(language_folder())
    except (KnownError, ScanningError) as error:
        return Finding("reading", Verdict.PROBLEM, error.code, facts)
    return Finding("reading", Verdict.OK, facts=facts)


def check_scanners() -> Finding:
    """Look for scanners, also on the network."""
    try:
        with Scanner() as scanner:
            devices = scanner.list_devices()
    except ScanningError as error:
        return Finding("scanners", Verdict.PROBLEM, error.code)
    if not devices:
        return Finding("scanners", Verdict.WARNING, "no-scanner")
    return Finding("scanners", Verdict.OK, facts={"devices": [device.device_id for device in devices]})


def token_modules(root: Path) -> list[Path]:
    """Find PKCS#11 modules in the usual places, each real file once."""
    found = {path.resolve(): path for place in _MODULE_PLACES for path in sorted(root.glob(place), reverse=True)}
    return sorted(found.values())


def check_tokens(modules: Sequence[Path]) -> Finding:
    """Ask every module for its tokens, each in a program of its own."""
    tokens: list[str] = []
    unusable: list[str] = []
    usable: list[str] = []
    for module in modules:
        allowed = ModuleAllowList((AllowedModule(module),))
        try:
            with SignerProgram(module, allowed, patience_seconds=_MODULE_SECONDS) as program:
                # Not the label: makers and offices put the owner's name there.
                tokens += [f"{module.name}: PIN {token.pin_state}" for token in program.tokens()]
            usable.append(str(module))
        except SigningError as error:
            unusable.append(f"{module}: {error.code}")
    facts: Facts = {"modules": usable, "unusable": unusable, "tokens": tokens}
    return Finding("tokens", Verdict.OK if tokens else Verdict.WARNING, "" if tokens else "no-token", facts)


def check_space(folder: DeskFolder) -> Finding:
    """Measure the disk that the data folder lies on, or will lie on."""
    place = next(path for path in (folder.root, *folder.root.parents) if path.exists())
    free = shutil.disk_usage(place).free
    facts: Facts = {"folder": str(place), "free_megabytes": free >> 20}
    if free < _NO_SPACE_BYTES:
        return Finding("space", Verdict.PROBLEM, "disk-full", facts)
    return Finding("space", Verdict.OK if free >= _LITTLE_SPACE_BYTES else Verdict.WARNING, facts=facts)


def check_desk(folder: DeskFolder) -> Finding:
    """See whether a desk was set up here and may be written to."""
    facts = {"folder": str(folder.root)}
    if not folder.is_set_up:
        return Finding("desk", Verdict.WARNING, "desk-not-set-up", facts)
    if not os.access(folder.root, os.R_OK | os.W_OK | os.X_OK):
        return Finding("desk", Verdict.PROBLEM, "no-access", facts)
    return Finding("desk", Verdict.OK, facts=facts)


def check_gateway(folder: DataFolder) -> Finding:
    """Ask the gateways for a signed hello until one gives it; without a line the desk works all the same."""
    try:
        configuration = CourierConfiguration.load(folder)
    except KnownError as error:
        return Finding("gateway", Verdict.WARNING, error.code)
    code = "gateway-unreachable"
    for url in configuration.gateway_urls:
        try:
            line = HttpsTransport(
                url,
                device_id=configuration.device_id,
                signer=Ed25519PrivateKey.generate(),  # a hello is not signed by us
                gateway_sign_public=configuration.gateway_sign_public,
                clock=time.time,
                random_bytes=os.urandom,
            )
            try:
                skew = round(line.hello().time - time.time())
            finally:
                line.close()
            return Finding("gateway", Verdict.OK, facts={"url": url, "seconds_ahead": skew})
        except KnownError as error:
            code = error.code
    return Finding("gateway", Verdict.WARNING, code, {"urls": list(configuration.gateway_urls)})


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the findings and give the exit code."""
    parser = argparse.ArgumentParser(prog="motcua doctor", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.add_argument("--data", type=Path, help="another data folder than the one of this user")
    options = parser.parse_args(arguments)
    findings = examine(DeskFolder(options.data) if options.data else DeskFolder.of_this_user())
    if options.json:
        rows = [{"check": f.check, "verdict": f.verdict, "code": f.code, "facts": dict(f.facts)} for f in findings]
        sys.stdout.write(json.dumps({"findings": rows}, ensure_ascii=False, indent=1) + "\n")
    else:
        for finding in findings:
            facts = "  ".join(f"{name}={value}" for name, value in finding.facts.items())
            sys.stdout.write(f"{finding.verdict:8} {finding.check:9} {finding.code or '-':22} {facts}\n")
    return 1 if any(finding.verdict is Verdict.PROBLEM for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main())
