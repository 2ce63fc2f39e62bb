# SPDX-License-Identifier: GPL-3.0-or-later
"""The documents agree with each other, with the start script and with the code."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from casework.records.dossier import DossierState

TERMS = {
    "dossier": "hồ sơ",
    "procedure": "thủ tục hành chính",
    "requirement": "thành phần hồ sơ",
    "paper": "giấy tờ",
    "page": "trang",
    "reception": "tiếp nhận",
    "receipt": "giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    "supplement request": "phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    "refusal": "phiếu từ chối tiếp nhận giải quyết hồ sơ",
    "extension letter": "văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
    "stop notice": "thông báo dừng giải quyết hồ sơ",
    "control slip": "phiếu kiểm soát quá trình giải quyết hồ sơ",
    "register": "sổ theo dõi hồ sơ",
    "result": "kết quả giải quyết",
    "return": "trả kết quả",
    "applicant": "chủ hồ sơ",
    "submitter": "người nộp hồ sơ",
    "clerk": "người tiếp nhận hồ sơ",
    "signer": "người ký",
    "unit": "đơn vị, cơ quan",
    "workstation": "máy trạm",
    "commune": "xã, phường, đặc khu",
    "outbox": "hộp thư đi",
    "operation": "thao tác",
    "envelope": "phong bì",
    "object": "tệp dữ liệu mã hóa",
    "courier": "chương trình đồng bộ",
    "gateway": "máy chủ của tỉnh",
    "portal": "cổng dịch vụ công quốc gia",
}


def documents(files: list[Path]) -> list[Path]:
    return [path for path in files if path.suffix == ".md"]


def glossary_rows(root: Path) -> dict[str, list[str]]:
    lines = (root / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return {row[0]: row[1:] for row in rows}


def test_the_glossary_has_one_vietnamese_term_for_each_term_of_the_house(root: Path) -> None:
    rows = glossary_rows(root)
    assert {term: rows[term][0] for term in TERMS} == TERMS


def test_the_glossary_knows_every_state_of_a_dossier_by_the_portals_number(root: Path) -> None:
    rows = glossary_rows(root)
    assert {state.name: rows[state.name][1] for state in DossierState} == {s.name: str(s.value) for s in DossierState}


def test_documents_name_only_commands_that_are_offered(files: list[Path], root: Path) -> None:
    answer = subprocess.run([root / "motcua", "help"], capture_output=True, text=True, check=True)
    offered = set(re.findall(r"^\./motcua ([a-z]+)", answer.stdout, re.MULTILINE))
    assert len(offered) > 5
    named = {
        (path.relative_to(root).as_posix(), command)
        for path in documents(files)
        for command in re.findall(r"\./motcua ([a-z]+)", path.read_text(encoding="utf-8"))
    }
    assert {(path, command) for path, command in named if command not in offered} == set()


def test_links_between_documents_lead_somewhere(files: list[Path], root: Path) -> None:
    broken = []
    for path in documents(files):
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8")):
            if "://" not in target and not (path.parent / target).exists():
                broken.append((path.relative_to(root).as_posix(), target))
    assert broken == []


def test_every_room_is_on_the_architecture_page(root: Path) -> None:
    page = (root / "docs" / "architecture.md").read_text(encoding="utf-8")
    packages = {path.parent.name for path in root.glob("*/__init__.py")}
    assert len(packages) > 5
    assert {package for package in packages if f"`{package}/" not in page} == set()


def decision_pages(root: Path) -> list[Path]:
    return sorted((root / "docs" / "adr").glob("[0-9]*.md"))


def test_decisions_are_numbered_without_gaps_and_listed(root: Path) -> None:
    pages = decision_pages(root)
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    index = (root / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    for page in pages:
        title = page.read_text(encoding="utf-8").splitlines()[0].removeprefix(f"# {page.name[:4]}. ")
        assert f"[{title}]({page.name})" in index


@pytest.mark.parametrize("page", decision_pages(Path(__file__).parent.parent.parent), ids=lambda page: page.stem)
def test_a_decision_says_why_what_and_what_else(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.search(r"^\*\*Status:\*\* (?:accepted|replaced by \[)", text, re.MULTILINE)
    assert re.findall(r"^## (\w+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences", "Alternatives"]
    assert len(text.split()) < 450
