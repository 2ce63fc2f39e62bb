# SPDX-License-Identifier: GPL-3.0-or-later
"""Laws that hold for every source file and that no linter knows."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

PRODUCT = ("casework", "localdb", "scanning", "signing", "sync_agent", "workstation", "gateway", "demo")

# Libraries that clash with others or own a format: one module imports each, so that it can be replaced in one place.
ONE_HOME = ("cv2", "tesserocr", "pyinsane2", "sqlcipher3")

# Names that only tell formats apart, and are never asked for anything.
NAMESPACES = re.compile(
    r"(?:www\.w3\.org|ns\.adobe\.com|purl\.org|www\.aiim\.org|www\.pwg\.org|schemas\.hp\.com|www\.openarchives\.org)$"
)
RESERVED = re.compile(r"(?:localhost|127\.0\.0\.1|[\w.-]*\.?(?:example|invalid|test)(?:\.(?:com|org|net))?)$")
OFFICIAL = re.compile(r"[\w.-]+\.gov\.vn$")

REGISTRIES = re.compile(r"(?:pypi|pythonhosted|npmjs|deb\.debian|golang|maven)\.(?:org|com)\b")


def python_files(files: list[Path]) -> list[Path]:
    return [path for path in files if path.suffix == ".py"]


def in_product(path: Path, root: Path) -> bool:
    return path.relative_to(root).parts[0] in PRODUCT


def test_every_module_names_its_licence(files: list[Path]) -> None:
    first_line = "# SPDX-License-Identifier: GPL-3.0-or-later"
    unnamed = [
        path
        for path in python_files(files)
        if path.name != "__init__.py" and path.read_text(encoding="utf-8").split("\n", 1)[0] != first_line
    ]
    assert unnamed == []


def test_package_fronts_are_empty_so_that_an_import_loads_only_what_it_names(files: list[Path]) -> None:
    assert [path for path in files if path.name == "__init__.py" and path.stat().st_size] == []


def test_every_module_of_the_product_lies_in_a_package(files: list[Path], root: Path) -> None:
    modules = [path for path in python_files(files) if in_product(path, root)]
    assert [path for path in modules if not (path.parent / "__init__.py").exists()] == []


def test_no_module_is_too_long_to_be_read_in_one_go(files: list[Path], root: Path) -> None:
    long = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8").count("\n") for path in python_files(files)
    }
    assert {name: lines for name, lines in long.items() if lines > 400} == {}


def test_installer_and_tests_are_no_packages(root: Path) -> None:
    # PyPI has a real module named installer; ours would shadow it for every tool that builds packages.
    assert list(root.glob("installer/__init__.py")) == []
    assert list(root.glob("tests/**/__init__.py")) == []


@pytest.mark.parametrize("library", ONE_HOME)
def test_a_library_with_a_temper_has_one_home(library: str, files: list[Path], root: Path) -> None:
    homes = defaultdict(set)
    for path in python_files(files):
        if not in_product(path, root):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            for name in names:
                homes[name.split(".")[0]].add(path.relative_to(root).as_posix())
    assert len(homes[library]) <= 1, homes[library]


def test_the_product_names_no_host_that_an_enrolment_has_to_give(files: list[Path], root: Path) -> None:
    strange = {}
    for path in python_files(files):
        if not in_product(path, root):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
                for host in re.findall(r"\b(?:https?|wss?)://([\w.-]+)", node.value):
                    if not (NAMESPACES.match(host) or RESERVED.match(host) or OFFICIAL.match(host)):
                        strange[host] = path.relative_to(root).as_posix()
    assert strange == {}


def test_no_file_sends_anybody_to_a_package_registry(files: list[Path], root: Path) -> None:
    named = []
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if REGISTRIES.search(text):
            named.append(path.relative_to(root).as_posix())
    assert named == []
