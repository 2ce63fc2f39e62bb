# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua scan --in --out``: a folder of anything becomes PDFs and one report."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

import demo
from scanning.__main__ import CANNOT_WRITE, DONE, INTERRUPTED, SCANNER_FAILED, SOME_UNREAD, main

FONT = Path(demo.__file__).parent / "papers" / "fonts" / "LiberationSerif-Bold.ttf"


def slip(words: str) -> Image.Image:
    """A strip of paper with a few words: quick to read."""
    picture = Image.new("RGB", (900, 300), (245, 245, 245))
    ImageDraw.Draw(picture).text((60, 100), words, fill=(20, 20, 20), font=ImageFont.truetype(FONT, 44))
    return picture


def packed(kind: str, *pictures: Image.Image) -> bytes:
    content = io.BytesIO()
    first, *more = pictures
    options: dict[str, Any] = {"save_all": True, "append_images": more} if more else {}
    first.save(content, kind, dpi=(200, 200), **options)
    return content.getvalue()


def signed_pdf() -> bytes:
    """A PDF with the marks of a signature; nobody's."""
    content = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(300, 400))
        pdf.Root.AcroForm = pikepdf.Dictionary(SigFlags=3, Fields=pikepdf.Array())
        pdf.save(content, deterministic_id=True)
    return content.getvalue()


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    source = tmp_path / "đầu vào"
    source.mkdir()
    return source, tmp_path / "đầu ra"


def run(source: Path, target: Path) -> tuple[int, list[dict[str, Any]]]:
    code = main(["--in", str(source), "--out", str(target), "--jobs", "1"])
    return code, json.loads((target / "papers.json").read_text(encoding="utf-8"))


def test_a_folder_of_anything_becomes_documents_and_one_report(folders: tuple[Path, Path]) -> None:
    source, target = folders
    (source / "a.jpg").write_bytes(packed("JPEG", slip("GIẤY CHỨNG SINH")))
    (source / "b.tif").write_bytes(packed("TIFF", slip("trang một"), slip("trang hai")))
    (source / "c.jpg").write_bytes(b"\xff\xd8 broken")
    (source / "d.pdf").write_bytes(signed_pdf())
    (source / "d.png").write_bytes(packed("PNG", Image.new("RGB", (900, 300), "white")))
    (source / "readme.txt").write_text("not a paper", encoding="utf-8")
    code, entries = run(source, target)
    assert code == SOME_UNREAD
    assert [(entry["file"], entry["page"], entry["pdf"], entry["error"]) for entry in entries] == [
        ("a.jpg", 1, "a.pdf", None),
        ("b.tif", 1, "b.pdf", None),
        ("b.tif", 2, "b.pdf", None),
        ("c.jpg", 1, None, "page-unreadable"),
        ("d.pdf", 1, "d.pdf", None),
        ("d.png", 1, "d.png.pdf", None),
    ]
    assert entries[0]["class"] == "birth-proof"
    assert [entry["text"] for entry in entries[:3]] == ["GIẤY CHỨNG SINH", "trang một", "trang hai"]
    assert [entry["blank"] for entry in entries] == [False, False, False, False, True, True]
    with pypdfium2.PdfDocument(target / "b.pdf") as document:
        assert [page.get_textpage().get_text_bounded() for page in document] == ["trang một", "trang hai"]
    assert (target / "d.pdf").read_bytes() == signed_pdf()
    assert json.loads((target / "d.text.json").read_text(encoding="utf-8"))
    for path in target.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_doing_it_again_replaces_what_was_written(folders: tuple[Path, Path]) -> None:
    source, target = folders
    (source / "a.png").write_bytes(packed("PNG", Image.new("RGB", (900, 300), "white")))
    first = run(source, target)
    assert run(source, target) == first
    assert sorted(path.name for path in target.iterdir()) == ["a.pdf", "papers.json"]


def test_when_not_one_page_could_be_read_the_exit_code_says_so(folders: tuple[Path, Path]) -> None:
    source, target = folders
    (source / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    code, entries = run(source, target)
    assert code == SCANNER_FAILED
    assert [entry["error"] for entry in entries] == ["page-unreadable"]


def test_an_empty_folder_is_no_failure(folders: tuple[Path, Path]) -> None:
    assert run(*folders) == (DONE, [])


def test_a_target_that_cannot_be_written_is_said(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = folders
    target.write_text("a file, not a folder", encoding="utf-8")
    assert main(["--in", str(source), "--out", str(target)]) == CANNOT_WRITE
    assert str(target) in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["--in", "."], ["--in", "nowhere", "--out", "x"], ["--list", "--out", "x"], ["--in", ".", "--out", "."]],
)
def test_half_a_request_is_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().err


def test_poppler_finds_the_words_of_a_document(folders: tuple[Path, Path]) -> None:
    source, target = folders
    (source / "a.jpg").write_bytes(packed("JPEG", slip("GIẤY CHỨNG SINH").rotate(2, fillcolor=(245, 245, 245))))
    run(source, target)
    done = subprocess.run(["pdftotext", str(target / "a.pdf"), "-"], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["GIẤY", "CHỨNG", "SINH"]


def blank() -> bytes:
    return packed("PNG", Image.new("RGB", (900, 300), "white"))


def test_no_document_takes_the_place_of_another(folders: tuple[Path, Path]) -> None:
    source, target = folders
    for name in ("a.jpg", "a.png", "A.bmp", "long" * 62 + ".png", "._a.png"):
        (source / name).write_bytes(blank())
    (source / "a.jpg.pdf").write_bytes(signed_pdf())
    code, entries = run(source, target)
    assert code == DONE
    documents = [entry["pdf"] for entry in entries]
    assert len(entries) == len({document.casefold() for document in documents}) == 5
    assert {path.name for path in target.glob("*.pdf")} == set(documents)
    assert (target / "a.jpg.pdf").read_bytes() == signed_pdf()


def test_a_page_that_cannot_be_read_keeps_its_place_in_the_document(folders: tuple[Path, Path]) -> None:
    source, target = folders
    content = packed("TIFF", *(Image.new("L", (900, 300), "white") for _ in range(2)), Image.new("L", (20, 20)))
    (source / "a.tif").write_bytes(content)
    code, entries = run(source, target)
    assert code == SOME_UNREAD
    assert [entry["error"] for entry in entries] == [None, None, "page-too-small"]
    with pypdfium2.PdfDocument(target / "a.pdf") as document:
        assert len(document) == 3
        assert document[2].get_width() == pytest.approx(595, abs=1)


def test_a_file_that_may_not_be_read_and_one_with_a_strange_name_stop_nothing(folders: tuple[Path, Path]) -> None:
    source, target = folders
    (source / "a.png").symlink_to(source / "a folder")
    (source / "a folder").mkdir()
    Path(os.fsdecode(os.fsencode(source) + b"/gi\xe2y.png")).write_bytes(blank())
    (source / "z.png").write_bytes(blank())
    code, entries = run(source, target)
    assert (code, [entry["file"] for entry in entries]) == (DONE, ["gi\ufffdy.png", "z.png"])


def test_an_earlier_report_is_gone_when_a_run_breaks_off(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = folders
    (source / "a.png").write_bytes(blank())
    run(source, target)

    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("scanning.__main__.page_entry", interrupted)
    assert main(["--in", str(source), "--out", str(target), "--jobs", "1"]) == INTERRUPTED
    assert json.loads((target / "papers.json").read_text(encoding="utf-8")) == []
