# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures from outside: only their ink comes into the document, and what would hide text is refused."""

from __future__ import annotations

import datetime as dt
import io
import os
import shutil
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from PIL import Image, PngImagePlugin
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from signing.errors import SigningError
from signing.looks.look import CopyLook, Look, PersonLook, QrLook, SealLook, TextLook
from signing.looks.picture import read_picture
from signing.looks.place import AnchorPlace, BesidePlace, CornerPlace, Place
from signing.stamp import StampPlace
from tests.signing.looks.conftest import KeyInMemory, Stamp
from tests.signing.looks.drawn import HEAD, as_png, edges, seal_png, shown, signature_png, stamped

TITLE = AnchorPlace("CHỦ TỊCH")
LOOKS: list[tuple[Place, Look]] = [
    (TITLE, PersonLook(signature_png())),
    (BesidePlace(), SealLook(seal_png())),
    (CornerPlace(), CopyLook("Bản số hóa", "1", "H26")),
    (StampPlace(), TextLook()),
    (StampPlace(), SealLook(width=20)),
    (StampPlace(), QrLook("H26")),
]


def bomb() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("image", "code"),
    [
        (b"", "stamp-image-unreadable"),
        (b"%PDF-1.7", "stamp-image-unreadable"),
        (signature_png()[:-200], "stamp-image-unreadable"),
        (bomb(), "stamp-image-unreadable"),
        (as_png(Image.new("RGB", (90, 30), "white")), "stamp-image-opaque"),
        (as_png(Image.new("RGBA", (90, 30), (0, 0, 200, 255))), "stamp-image-opaque"),
        (as_png(Image.new("RGBA", (90, 30), (0, 0, 200, 0))), "stamp-image-empty"),
    ],
)
def test_a_picture_that_cannot_be_a_signature_is_refused(image: bytes, code: str) -> None:
    with pytest.raises(SigningError) as caught:
        read_picture(image)
    assert caught.value.code == code


def test_a_picture_is_cut_to_its_ink_and_loses_what_else_the_file_says() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "Nguyễn Thị Ngọc Ánh")
    with Image.open(io.BytesIO(signature_png())) as image:
        picture = read_picture(as_png(image, pnginfo=told))
    assert (picture.width, picture.height) == pytest.approx((605, 208), abs=3)
    assert b"Author" not in picture.png


def test_a_picture_of_few_colours_with_a_transparent_one_is_a_picture_too() -> None:
    image = Image.new("P", (90, 30), 0)
    image.putpalette([0, 0, 0, 20, 40, 190])
    image.paste(1, (20, 10, 70, 20))
    picture = read_picture(as_png(image, transparency=0))
    assert (picture.width, picture.height) == (50, 10)


def test_a_picture_of_a_camera_becomes_as_fine_as_a_printer_needs_it() -> None:
    image = Image.new("RGBA", (4000, 1500), (0, 0, 0, 0))
    image.paste((20, 40, 190, 255), (100, 700, 3900, 720))
    assert read_picture(as_png(image)).width == 1200


def test_every_font_of_every_stamp_is_embedded(decision: bytes, stamp: Stamp) -> None:
    pdf = decision
    for place, look in LOOKS:
        pdf = stamp(pdf, place, look)
    fonts = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    rows = fonts.splitlines()[2:]
    assert rows
    assert all(row.split()[-5:-3] == ["yes", "yes"] for row in rows), fonts


def test_signing_with_every_look_leaves_the_pdf_a_markers_alone(decision: bytes, stamp: Stamp) -> None:
    pdf = decision
    for place, look in LOOKS:
        pdf = stamp(pdf, place, look)
    assert pdf.startswith(decision)
    with pikepdf.open(io.BytesIO(decision)) as before, pikepdf.open(io.BytesIO(pdf)) as after:
        packet = after.Root.Metadata.read_bytes()
        assert packet == before.Root.Metadata.read_bytes()
        assert b"<pdfaid:part>2" in packet
        assert {**after.trailer.Info} == {**before.trailer.Info}


def test_a_stamp_on_another_signature_s_stamp_breaks_neither(
    decision: bytes, stamp: Stamp, key: KeyInMemory, now: dt.datetime
) -> None:
    pdf = decision
    for place, look in LOOKS:
        pdf = stamp(pdf, place, look)
    root = asn1_x509.Certificate.load(key.certificate.der)
    signatures = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    assert len(signatures) == len(LOOKS)
    for signature in signatures:
        context = ValidationContext(trust_roots=[root], moment=now, allow_fetching=False)
        assert validate_pdf_signature(signature, context).bottom_line


# --- PDF/A-1 knows no transparency ---

OLD = HEAD + "#h(200pt)CHỦ TỊCH #v(120pt) #h(200pt)Nguyễn Thị Ngọc Ánh"


@pytest.fixture(scope="module")
def signed_archive_copy(typeset: Callable[..., bytes], stamp: Stamp) -> bytes:
    """A PDF/A-1b with every look on it."""
    pdf = typeset(OLD, ["a-1b"])
    for place, look in LOOKS:
        pdf = stamp(pdf, place, look)
    return pdf


def test_in_an_old_archive_copy_pictures_are_drawn_without_transparency(
    signed_archive_copy: bytes, typeset: Callable[..., bytes], stamp: Stamp
) -> None:
    with pikepdf.open(io.BytesIO(signed_archive_copy)) as document:
        streams = [thing for thing in document.objects if isinstance(thing, pikepdf.Stream)]
        states = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary) and "/BM" in thing]
        assert not states
        assert not any("/SMask" in thing for thing in streams)
        assert sum("/Mask" in thing for thing in streams) == 2
    old, new = typeset(OLD, ["a-1b"]), typeset(OLD)
    place, look = LOOKS[0]
    one, other = (edges(stamped(shown(pdf), shown(stamp(pdf, place, look)))) for pdf in (old, new))
    assert one == pytest.approx(other, abs=1)


@pytest.mark.full
def test_pdfbox_has_nothing_against_an_old_archive_copy_with_every_look(
    signed_archive_copy: bytes, tmp_path: Path
) -> None:
    names = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api")
    jars = [Path(os.environ.get("MOTCUA_TEST_JARS", "/usr/share/java")) / f"{name}.jar" for name in names]
    if not shutil.which("java") or not all(jar.is_file() for jar in jars):
        pytest.skip("java or PDFBox is not installed")
    file = tmp_path / "document.pdf"
    file.write_bytes(signed_archive_copy)
    done = subprocess.run(
        ["java", "-cp", ":".join(map(str, jars)), "org.apache.pdfbox.preflight.Validator_A1b", file],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.splitlines()[0].endswith("is a valid PDF/A-1b file")
