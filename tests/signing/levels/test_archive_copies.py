# SPDX-License-Identifier: GPL-3.0-or-later
"""PDF/A survives signing and every step up (ISO 19005): what describes the file stays, nothing forbidden comes.

No validator of PDF/A-2b installs offline (veraPDF needs Maven); so the rules that concern what is added are looked at
here, and PDFBox's preflight, which knows PDF/A-1b only, is asked what it has against a file that it had nothing against
before. Whether veraPDF agrees is not proven.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest

from demo.sample_papers import SAMPLE_PAPERS
from demo.scan_look import Condition
from demo.sheets import render_sheet
from scanning.imaging.archive import archive_picture
from scanning.imaging.raster import Raster
from scanning.imaging.sheet_planes import SheetPlanes
from scanning.page_image import ColorMode, PageImage
from scanning.page_reading import unreadable
from scanning.pdf.searchable import ScannedPage, build_pdf
from signing.levels.policy import UpgradePolicy
from signing.levels.upgrade import Step, next_step
from signing.pdf_signature import SignatureRequest, sign_pdf
from signing.stamp import StampPlace
from tests.signing.levels.conftest import policy_for
from tests.signing.pki import NOW, PublicKeyInfrastructure

VIETNAM = dt.timezone(dt.timedelta(hours=7))
_JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api")


def upgraded(content: bytes, policy: UpgradePolicy) -> list[bytes]:
    """All that becomes of a signed file on its way up."""
    found = [content]
    while (upgrade := next_step(found[-1], NOW, policy)).step is not Step.NOTHING:
        found.append(upgrade.content)
    return found


@pytest.fixture(scope="session")
def archive_copy() -> bytes:
    """A scanned sample paper as the scanning room writes it, PDF/A-2b; a picture without a text layer."""
    dpi = 60
    picture = render_sheet(SAMPLE_PAPERS["birth-proof"], dpi=dpi, condition=Condition(seed=1)).convert("RGB")
    scanned = io.BytesIO()
    picture.save(scanned, "JPEG", quality=88, dpi=(dpi, dpi))
    image = PageImage(scanned.getvalue(), *picture.size, dpi, ColorMode.COLOR)
    sheet = SheetPlanes(Raster(np.ascontiguousarray(np.asarray(picture)[:, :, ::-1]), float(dpi)))
    reading = dataclasses.replace(unreadable(""), fault=None, archive=archive_picture(sheet))
    return build_pdf([ScannedPage(image, reading)], "Giấy chứng sinh", dt.datetime(2026, 12, 1, 8, tzinfo=VIETNAM))


@pytest.fixture(scope="session")
def stages(pki_of_session: PublicKeyInfrastructure, archive_copy: bytes) -> list[bytes]:
    """The copy signed by two people, with a stamp each, and everything that becomes of it."""
    signed = archive_copy
    for name in ("signer", "seal"):
        signed = sign_pdf(signed, SignatureRequest(NOW, place=StampPlace()), pki_of_session.key(name)).content
    with pki_of_session.at(NOW):
        return upgraded(signed, policy_for(pki_of_session))


def test_the_copy_goes_all_the_way(stages: list[bytes]) -> None:
    assert len(stages) == 3


def test_metadata_and_output_intent_of_the_copy_survive_every_step(stages: list[bytes], archive_copy: bytes) -> None:
    with pikepdf.open(io.BytesIO(archive_copy)) as before:
        described = bytes(before.Root.Metadata.read_raw_bytes())
        profile = before.Root.OutputIntents[0].objgen
        info = repr(before.trailer.get("/Info"))
    assert b"<pdfaid:part>2</pdfaid:part>" in described
    for content in stages:
        assert content.startswith(archive_copy)
        with pikepdf.open(io.BytesIO(content)) as after:
            assert after.Root.Metadata.read_raw_bytes() == described
            assert after.Root.OutputIntents[0].objgen == profile
            assert repr(after.trailer.get("/Info")) == info
            assert after.check_pdf_syntax() == []


def test_what_is_added_is_allowed_in_pdf_a_2(stages: list[bytes]) -> None:
    """§6.1.12 strings, §6.1.13 filters, §6.3 annotations, §6.4.1 forms, §6.4.3 signatures."""
    with pikepdf.open(io.BytesIO(stages[-1])) as document:
        assert "/NeedAppearances" not in document.Root.AcroForm
        assert "/XFA" not in document.Root.AcroForm
        kinds = []
        for field in document.Root.AcroForm.Fields:
            assert int(field.F) & 0b1111 == 0b100, "printed; not hidden, invisible or without a view"
            assert "/A" not in field
            assert "/AA" not in field
            left, bottom, right, top = (float(edge) for edge in field.Rect)
            assert "/AP" in field or left == right or bottom == top, "seen, or of no size"
            kinds.append(str(field.V.get("/Type", "/Sig")))
            assert len(bytes(field.V.Contents)) <= 32_767
            assert "/Reference" not in field.V, "no transform that locks the document"
        assert kinds == ["/Sig", "/Sig", "/DocTimeStamp"]
        assert "/Perms" not in document.Root
        for stream in [*document.Root.DSS.Certs, *document.Root.DSS.CRLs, *document.Root.DSS.OCSPs]:
            assert stream.get("/Filter") in (None, pikepdf.Name.FlateDecode)


def test_signed_ranges_cover_whole_revisions(stages: list[bytes]) -> None:
    """§6.4.3: all of the file but the signature, as it was then."""
    with pikepdf.open(io.BytesIO(stages[-1])) as document:
        for field in document.Root.AcroForm.Fields:
            start, _, second, rest = (int(number) for number in field.V.ByteRange)
            assert start == 0
            assert stages[-1][: second + rest].rstrip().endswith(b"%%EOF")


# --- the opinion of others ---


@pytest.mark.full
def test_qpdf_finds_nothing_broken_at_any_stage(stages: list[bytes], tmp_path: Path) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    for number, content in enumerate(stages):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(content)
        checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.full
def test_pdfbox_has_nothing_more_against_a_pdf_a_1_after_all_steps(
    pki: PublicKeyInfrastructure, typeset: Callable[..., bytes], tmp_path: Path
) -> None:
    """What it has against PDF/A-2 as such, it has before signing too."""
    plain = typeset("Ủy ban nhân dân xã", ("a-1b",))
    before = preflight(plain, tmp_path)
    signed = sign_pdf(plain, SignatureRequest(NOW), pki.key()).content
    for content in upgraded(signed, policy_for(pki)):
        assert preflight(content, tmp_path) <= before


@pytest.mark.full
def test_pdfbox_has_nothing_more_against_an_archive_copy_after_all_steps(
    archive_copy: bytes, stages: list[bytes], tmp_path: Path
) -> None:
    before = preflight(archive_copy, tmp_path)
    for content in stages:
        assert preflight(content, tmp_path) <= before


def preflight(content: bytes, folder: Path) -> set[str]:
    """What PDFBox has against a file as a PDF/A-1b."""
    jars = Path(os.environ.get("MOTCUA_TEST_JARS", "/usr/share/java"))
    found = [jars / f"{name}.jar" for name in _JARS]
    if shutil.which("java") is None or not all(jar.is_file() for jar in found):
        pytest.skip("java, or one of the jars of PDFBox's preflight, is missing")
    path = folder / "paper.pdf"
    path.write_bytes(content)
    command = ["java", "-cp", os.pathsep.join(map(str, found)), "org.apache.pdfbox.preflight.Validator_A1b", str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120).stdout
    if "is a valid PDF/A-1b file" in said:
        return set()
    complaints = {line.strip() for line in said.splitlines()[1:] if line.strip()}
    assert complaints, said
    return complaints
