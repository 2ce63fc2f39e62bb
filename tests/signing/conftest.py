# SPDX-License-Identifier: GPL-3.0-or-later
"""A real token, a real document, and ways to look over the signer program's shoulder."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import typst

from demo.soft_token import SoftToken, create_soft_token
from signing.modules import AllowedModule, ModuleAllowList
from signing.pdf_signature import SignatureRequest, SignedPdf
from signing.signer import SignerProgram
from tests.signing.pki import NOW, PublicKeyInfrastructure, running_pki

PIN = "7391846205"

FONTS = Path(__file__).parents[2] / "signing" / "fonts"

BIRTH_CERTIFICATE = r"""
#set document(title: "Giấy khai sinh (bản sao)")
#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm))
#set text(font: "Liberation Serif", size: 13pt, lang: "vi")
#align(center)[CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM \ Độc lập – Tự do – Hạnh phúc]
= GIẤY KHAI SINH
Họ, chữ đệm, tên: Trần Gia Hưng \
Ngày, tháng, năm sinh: 12/02/2026
#pagebreak()
Ghi chú: không.
"""

_SPY_MODULES = (
    Path("/usr/lib/x86_64-linux-gnu/pkcs11-spy.so"),
    Path("/usr/lib/aarch64-linux-gnu/pkcs11-spy.so"),
    Path("/usr/lib64/pkcs11-spy.so"),
)

_ON_TOKEN = """
import os, pkcs11
from pkcs11 import Attribute, KeyType, ObjectClass
token = next(pkcs11.lib(os.environ["MODULE"]).get_tokens(token_flags=pkcs11.TokenFlag.TOKEN_INITIALIZED))
session = token.open(rw=True, user_pin=os.environ["PIN"])
(certificate,) = session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
(key,) = session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})
"""


class PluggedInToken:
    """A copy of a token that one test may wear out."""

    def __init__(self, pristine: SoftToken, folder: Path) -> None:
        tokens = folder / "tokens"
        shutil.copytree(pristine.folder.parent, tokens)
        configuration = folder / "softhsm2.conf"
        configuration.write_text(
            f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = true\n"
        )
        self.soft = dataclasses.replace(
            pristine, environment={"SOFTHSM2_CONF": str(configuration)}, folder=tokens / pristine.folder.name
        )
        self._away = folder / "in-the-drawer"
        self._calls = folder / "calls"

    @property
    def pin(self) -> bytearray:
        """The right PIN, a new buffer each time."""
        return bytearray(self.soft.pin.encode())

    def start(self, *, patience_seconds: float = 60.0, idle_seconds: float = 300.0) -> SignerProgram:
        """A signer program for this token, to be used with ``with``."""
        return SignerProgram(
            self.soft.module_path,
            self.soft.allow_list,
            environment=self.soft.environment,
            patience_seconds=patience_seconds,
            idle_seconds=idle_seconds,
        )

    def start_spied(self) -> SignerProgram:
        """A signer program behind OpenSC's spy module, which writes down every call."""
        spy = next((path for path in _SPY_MODULES if path.is_file()), None)
        if spy is None:
            pytest.skip("opensc-pkcs11 is not installed")
        environment = {
            **self.soft.environment,
            "PKCS11SPY": str(self.soft.module_path),
            "PKCS11SPY_OUTPUT": str(self._calls),
        }
        return SignerProgram(spy, ModuleAllowList((AllowedModule(spy),)), environment=environment)

    def calls(self, function: str) -> int:
        """How often a spied program called one function of the module."""
        return sum(line.endswith(f": {function}") for line in self._calls.read_text().splitlines())

    def log_in(self, program: SignerProgram) -> None:
        """Log in with the right PIN."""
        program.log_in(self.soft.serial, self.soft.certificate_sha256, self.pin)

    def change(self, statements: str) -> None:
        """Run statements about ``session``, ``key`` and ``certificate`` in a process of their own."""
        subprocess.run(
            [sys.executable, "-I", "-c", _ON_TOKEN + statements],
            env={**os.environ, **self.soft.environment, "MODULE": str(self.soft.module_path), "PIN": self.soft.pin},
            check=True,
        )

    def say(self, flags: int) -> None:
        """Add token flags, as a real token does after wrong PINs; SoftHSM itself never locks.

        It keeps them in the vendor attribute 0x8000534B of the token object: type, kind and value, 8 bytes each.
        """
        path = self.soft.folder / "token.object"
        content = bytearray(path.read_bytes())
        where = content.index((0x8000_534B).to_bytes(8, "big")) + 16
        value = int.from_bytes(content[where : where + 8], "big") | flags
        content[where : where + 8] = value.to_bytes(8, "big")
        path.write_bytes(content)

    def pull_out(self) -> None:
        """Take the token away."""
        self.soft.folder.rename(self._away)

    def plug_in(self) -> None:
        """Bring it back."""
        self._away.rename(self.soft.folder)


@pytest.fixture(scope="session")
def now() -> dt.datetime:
    """The moment that everything in this session happens at."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


@pytest.fixture(scope="session")
def typeset() -> Callable[..., bytes]:
    """Makes a PDF from typst source; PDF/A-2b unless told otherwise."""
    compiler = typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)]))

    def compile_source(source: str, standards: Sequence[typst.PDFStandard] = ("a-2b",)) -> bytes:
        made = compiler.compile(source.encode(), format="pdf", pdf_standards=list(standards), timestamp=0)
        assert isinstance(made, bytes)
        return made

    return compile_source


@pytest.fixture(scope="session")
def pdf(typeset: Callable[..., bytes]) -> bytes:
    """A document of two pages, PDF/A-2b."""
    return typeset(BIRTH_CERTIFICATE)


@pytest.fixture(scope="session")
def pristine_token(tmp_path_factory: pytest.TempPathFactory, now: dt.datetime) -> SoftToken:
    """A token that nobody may change."""
    return create_soft_token(tmp_path_factory.mktemp("pristine") / "token", now=now, pin=PIN)


@pytest.fixture
def token(pristine_token: SoftToken, tmp_path: Path) -> PluggedInToken:
    """A token for one test."""
    return PluggedInToken(pristine_token, tmp_path / "token")


@pytest.fixture(scope="session")
def wish(now: dt.datetime, pristine_token: SoftToken) -> SignatureRequest:
    """A visible signature at the default place, now."""
    return SignatureRequest(signing_time=now, intermediates=pristine_token.trust.intermediates)


@pytest.fixture(scope="session")
def signed(
    pristine_token: SoftToken, pdf: bytes, wish: SignatureRequest, tmp_path_factory: pytest.TempPathFactory
) -> SignedPdf:
    """The document, signed once."""
    token = PluggedInToken(pristine_token, tmp_path_factory.mktemp("signed") / "token")
    with token.start() as program:
        token.log_in(program)
        return program.sign_pdf(pdf, wish)


@pytest.fixture(scope="session")
def pki_of_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicKeyInfrastructure]:
    """Authorities, people and services over HTTP; for fixtures of the session, which set the clock themselves."""
    with running_pki(tmp_path_factory.mktemp("pki")) as pki:
        yield pki


@pytest.fixture
def pki(pki_of_session: PublicKeyInfrastructure) -> PublicKeyInfrastructure:
    """The same for one test: the services' clock stands at ``NOW`` and nobody has been asked anything."""
    pki_of_session.clock = NOW
    pki_of_session.asked.clear()
    return pki_of_session
