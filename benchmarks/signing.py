# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing: a batch through one session against plain pyHanko, and what a batch costs beside its key."""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import typst
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from PIL import Image

from benchmarks.rows import Row
from demo.slow_key import SlowKey
from demo.soft_token import SoftToken, create_soft_token
from signing.batch.documents import FolderDocuments, name_of
from signing.batch.events import BatchFinished
from signing.batch.signing_batch import BatchItem, SigningBatch
from signing.keys.key_file import KeyFileProgram
from signing.keys.signing_key import SigningKey
from signing.pdf_signature import SignatureRequest, attributes_to_sign, embed, prepare
from signing.signer import SignerProgram

DOCUMENTS: Final = 200
SLOW_DOCUMENTS: Final = 40
SLOW_SECONDS: Final = 0.3
"""What a signature takes on common USB tokens."""

ROUNDS: Final = 5
_FONTS: Final = Path(__file__).parents[1] / "signing" / "fonts"
_PAPER: Final = range(236, 256)
_PAGE: Final = """
#set page(paper: "a4", margin: (x: 25mm, y: 20mm), background: image("paper.jpg", width: 100%))
#set text(font: "Liberation Serif", size: 13pt, lang: "vi")
#align(center)[CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM \\ Độc lập – Tự do – Hạnh phúc]
= TỜ KHAI SỐ NUMBER
#for line in range(24) [Họ, chữ đệm, tên: Trần Gia Hưng, ngày sinh: 12/02/2026, dân tộc: Kinh, tờ NUMBER \\ ]
"""
_PASSPHRASE: Final = b"made-up passphrase"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this area."""
    parser.add_argument(
        "--documents", type=int, default=DOCUMENTS, metavar="N", help=f"size of the batch (default {DOCUMENTS})"
    )


def measure(options: argparse.Namespace) -> list[Row]:
    """Give the rows of this area."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as place:
        folder = Path(place)
        token = create_soft_token(folder / "token", now=_now())
        files = _scans(folder / "scans", options.documents)
        program = SignerProgram(token.module_path, token.allow_list, environment=token.environment)
        with program as key, KeyFileProgram() as key_file:
            key.log_in(token.serial, token.certificate_sha256, bytearray(token.pin.encode()))
            key_file.open_file(_key_file(folder / "key.p12"), bytearray(_PASSPHRASE))
            _batch(files[:3], folder / "warm", token, key)
            ours = _batch(files, folder / "ours", token, key)
            plain = _plain(files, folder, token)
            bare = min(_bare(key) for _ in range(ROUNDS))
            around = min(_around(files[:20], token, key) for _ in range(ROUNDS))
            soft = from_file = float("inf")
            for _ in range(ROUNDS):  # by turns, so that both see the same machine
                soft = min(soft, _one_by_one(files[:20], token, key))
                from_file = min(from_file, _one_by_one(files[:20], token, key_file))
            slow = SlowKey(key, SLOW_SECONDS)
            wall = _batch(files[:SLOW_DOCUMENTS], folder / "slow", token, slow)
    busy = slow.busy_seconds / wall
    each = 1000 / len(files)
    return [
        Row.against("plain_pyhanko", ours * each, plain * each, "pyHanko, a session each", "ms/document"),
        Row.overhead("raw_c_sign", ours * each, bare * 1000, "C_Sign alone", "ms/document"),
        Row.limit("prepare_embed", around * 1000, 20.0, "ms/document"),
        Row("token_busy", round(busy, 4), 0.95, "aim", round(busy / 0.95, 3), "share"),
        Row.overhead("pkcs12_against_softhsm", from_file * 1000, soft * 1000, "SoftHSM", "ms/document"),
    ]


def _batch(files: list[Path], folder: Path, token: SoftToken, key: SigningKey) -> float:
    """Sign files as the desk does, journal and reading back included; give seconds."""
    signed = folder / "signed"
    signed.mkdir(parents=True)
    started = time.perf_counter()
    items = [BatchItem(name_of(file), hashlib.sha256(file.read_bytes()).hexdigest(), _request(token)) for file in files]
    documents = FolderDocuments(files, signed, folder / "work")
    with SigningBatch(items, documents, folder / "journal", clock=_now) as batch:
        *_, last = batch.run(key)
    seconds = time.perf_counter() - started
    assert last == BatchFinished(len(files), 0, len(files)), last
    return seconds


def _plain(files: list[Path], folder: Path, token: SoftToken) -> float:
    """Sign the same files the plain way, in a process of its own; give seconds without its start."""
    order = {
        "files": [str(file) for file in files],
        "output": str(folder / "plain"),
        "module": str(token.module_path),
        "label": token.label,
        "pin": token.pin,
        "authority": token.trust.intermediates[0].hex(),
    }
    (folder / "plain").mkdir()
    ended = subprocess.run(
        [sys.executable, "-m", "benchmarks.plain_pyhanko"],
        input=json.dumps(order).encode(),
        env={**os.environ, **token.environment},
        stdout=subprocess.PIPE,
        check=True,
    )
    seconds: float = json.loads(ended.stdout)
    return seconds


def _bare(key: SignerProgram) -> float:
    """Seconds of one signature, pipes included."""
    started = time.perf_counter()
    for number in range(50):
        key.sign_digest(hashlib.sha256(bytes([number])).digest())
    return (time.perf_counter() - started) / 50


def _around(files: list[Path], token: SoftToken, key: SigningKey) -> float:
    """Seconds of everything but the key, for one document."""
    spent = 0.0
    for number, file in enumerate(files):
        pdf = file.read_bytes()
        started = time.perf_counter()
        prepared = prepare(pdf, _request(token, number), key.certificate)
        attributes = attributes_to_sign(prepared, key.certificate)
        spent += time.perf_counter() - started
        signature = key.sign_digest(hashlib.sha256(attributes).digest())
        started = time.perf_counter()
        embed(prepared, attributes, signature, key.certificate, token.trust.intermediates)
        spent += time.perf_counter() - started
    return spent / len(files)


def _one_by_one(files: list[Path], token: SoftToken, key: SigningKey) -> float:
    """Seconds of all three phases of one document, without the disk."""
    contents = [file.read_bytes() for file in files]
    started = time.perf_counter()
    for number, pdf in enumerate(contents):
        prepared = prepare(pdf, _request(token, number), key.certificate)
        attributes = attributes_to_sign(prepared, key.certificate)
        signature = key.sign_digest(hashlib.sha256(attributes).digest())
        embed(prepared, attributes, signature, key.certificate, token.trust.intermediates)
    return (time.perf_counter() - started) / len(files)


def _request(token: SoftToken, second: int = 0) -> SignatureRequest:
    """A visible signature; no two stamps are the same when their second is not."""
    moment = _now() + dt.timedelta(seconds=second)
    return SignatureRequest(signing_time=moment, intermediates=token.trust.intermediates)


def _scans(folder: Path, count: int) -> list[Path]:
    """Make A4 pages like archive copies of scans: a picture of some 70 kB over the whole page, and its text."""
    folder.mkdir()
    chance = random.Random(6)  # noqa: S311 - pixels
    files = []
    for number in range(count):
        paper = Image.frombytes("L", (310, 438), bytes(chance.choices(_PAPER, k=310 * 438))).resize((1240, 1754))
        with io.BytesIO() as picture:
            paper.save(picture, "JPEG", quality=60)
            (folder / "paper.jpg").write_bytes(picture.getvalue())
        source = folder / "page.typ"
        source.write_text(_PAGE.replace("NUMBER", str(number)), encoding="utf-8")
        files.append(folder / f"{number:04}.pdf")
        typst.compile(source, output=files[-1], font_paths=[_FONTS], ignore_system_fonts=True, pdf_standards=["a-2b"])
    return files


def _key_file(path: Path) -> Path:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Nguyễn Thị Ngọc Ánh")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(_now() - dt.timedelta(days=1))
        .not_valid_after(_now() + dt.timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    path.touch(mode=0o600)
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"k", key, certificate, None, BestAvailableEncryption(_PASSPHRASE))
    )
    return path


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
