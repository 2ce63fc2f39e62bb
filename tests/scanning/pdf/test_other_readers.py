# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs of others on our documents. They are not part of the set-up; where one is missing its test says so.

pdf.js: ``npm install pdfjs-dist`` in a folder that ``MOTCUA_TEST_NODE`` names. PDFBox: Debian's libpdfbox2-java,
libactivation-java and libjaxb-api-java, or a folder with their jars that ``MOTCUA_TEST_JARS`` names. PDFBox knows
PDF/A-1b only, so it proves the rules that both have in common; veraPDF, which knows 2b, installs from no registry here.
"""

from __future__ import annotations

import dataclasses
import io
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from scanning.ocr.text import PageText
from scanning.page_image import PageImage
from scanning.pdf.own_text import own_text
from scanning.pdf.searchable import ScannedPage, build_pdf
from tests.scanning.pdf.conftest import PageOf
from tests.scanning.pdf.test_archival_rules import FACTS, NOON, TITLE
from tests.scanning.pdf.written import FORM, written

pytestmark = pytest.mark.full

_JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api")
_EXTRACT = """
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import fs from "fs";
const file = await getDocument({ data: new Uint8Array(fs.readFileSync(process.argv[2])), verbosity: 0 }).promise;
const pages = [];
for (let number = 1; number <= file.numPages; number++) {
  const { items } = await (await file.getPage(number)).getTextContent();
  pages.push(items.map((item) => item.str + (item.hasEOL ? "\\n" : "")).join(""));
}
process.stdout.write(JSON.stringify(pages));
"""
# What PDF/A-1 forbids and PDF/A-2 asks for or allows: our part is 2, and profiles of ICC version 4.
_ONLY_IN_1 = {
    "7.11.2 : Error on MetaData, part must be 1",
    "2.1.6 : Invalid graphics object, Invalid version of the ICCProfile",
}


@pytest.fixture(scope="module")
def text() -> PageText:
    document = pypdfium2.PdfDocument(written(FORM))
    try:
        found = own_text(document[0])
    finally:
        document.close()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def content(
    text: PageText, page_of: PageOf, sample: Callable[..., PageImage], scan_of: Callable[..., PageImage]
) -> bytes:
    """Pages in colour, in gray, and one that was not read."""
    pages = []
    for kind in ("birth-proof", "identity-card"):
        with Image.open(io.BytesIO(sample(kind).content)) as picture:
            page = page_of(picture, dpi=300)
        assert page.reading is not None
        pages.append(ScannedPage(page.image, dataclasses.replace(page.reading, text=text)))
    gray = ScannedPage(scan_of(Image.new("L", (600, 900), 230), 100), None)
    return build_pdf([*pages, gray], TITLE, NOON, FACTS)


def test_pdf_js_finds_the_text_line_by_line(content: bytes, text: PageText, tmp_path: Path) -> None:
    folder = os.environ.get("MOTCUA_TEST_NODE", "")
    if not shutil.which("node") or not (Path(folder) / "node_modules" / "pdfjs-dist").is_dir():
        pytest.skip("node or pdfjs-dist is not installed")
    (tmp_path / "node_modules").symlink_to(Path(folder) / "node_modules")
    program, file = tmp_path / "extract.mjs", tmp_path / "document.pdf"
    program.write_text(_EXTRACT, encoding="utf-8")
    file.write_bytes(content)
    done = subprocess.run(["node", program, file], capture_output=True, check=True, timeout=60)
    pages = json.loads(done.stdout)
    assert [page.strip() for page in pages] == [text.text, text.text, ""]


def _preflight(content: bytes, folder: Path) -> set[str]:
    """What PDFBox has against a document."""
    jars = [Path(os.environ.get("MOTCUA_TEST_JARS", "/usr/share/java")) / f"{name}.jar" for name in _JARS]
    if not shutil.which("java") or not all(jar.is_file() for jar in jars):
        pytest.skip("java or PDFBox is not installed")
    file = folder / "document.pdf"
    file.write_bytes(content)
    done = subprocess.run(
        ["java", "-cp", ":".join(map(str, jars)), "org.apache.pdfbox.preflight.Validator_A1b", file],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    return {line.strip() for line in done.stdout.splitlines()[1:] if line.strip()}


def test_pdfbox_has_nothing_against_a_document_but_that_it_is_no_pdf_a_1(content: bytes, tmp_path: Path) -> None:
    assert _preflight(content, tmp_path) == _ONLY_IN_1


@pytest.mark.parametrize(
    ("described", "broken", "complaint"),
    [
        (b"pdfaProperty:valueType>Integer<", b"pdfaProperty:valueType>Nothing<", "7.6"),
        (b"<pdfaSchema:namespaceURI>urn:", b"<pdfaSchema:namespaceURI>urn:x", "7.3"),
        (b"<pdfaProperty:name>MaHoSo<", b"<pdfaProperty:name>Other<", "7.1.1"),
    ],
)
def test_pdfbox_notices_facts_that_are_described_wrongly(
    content: bytes, tmp_path: Path, described: bytes, broken: bytes, complaint: str
) -> None:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        packet = pdf.Root.Metadata.read_bytes()
        assert described in packet
        pdf.Root.Metadata.write(packet.replace(described, broken))
        changed = io.BytesIO()
        pdf.save(changed, fix_metadata_version=False)
    complaints = _preflight(changed.getvalue(), tmp_path)
    assert any(line.startswith(f"{complaint} :") for line in complaints)
