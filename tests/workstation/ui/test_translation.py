# SPDX-License-Identifier: GPL-3.0-or-later
"""Every word of the screen is there in Vietnamese, and the compiled files hold what the sources say."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QTranslator
from PyQt6.QtWidgets import QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from workstation.ui.translation import FOLDER

SOURCES = FOLDER.parent
PLACEHOLDER = re.compile(r"\{\w+\}|%\d|%n")

Message = tuple[str, str]


def messages(file: Path) -> Iterator[tuple[Message, str]]:
    """Context, source and translation of every message in a ``.ts`` file."""
    for context in ET.parse(file).getroot().iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            translation = message.find("translation")
            text = "" if translation is None or translation.get("type") else translation.text or ""
            yield (context.findtext("name", ""), message.findtext("source", "")), text


@pytest.fixture(scope="module")
def shipped() -> dict[Message, str]:
    return dict(messages(FOLDER / "motcua_vi.ts"))


def test_every_string_of_the_sources_is_in_the_file_and_no_other(shipped: dict[Message, str], tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    tool = Path(sys.executable).with_name("pylupdate6")
    sources = [path.name for path in sorted(SOURCES.glob("*.py"))]
    subprocess.run([tool, "--no-summary", "--ts", fresh, *sources], cwd=SOURCES, check=True)
    assert dict(messages(fresh)).keys() == shipped.keys()


def test_every_string_is_translated_and_keeps_its_placeholders(shipped: dict[Message, str]) -> None:
    assert [message for message, text in shipped.items() if not text] == []
    assert {
        message: text
        for message, text in shipped.items()
        if sorted(PLACEHOLDER.findall(message[1])) != sorted(PLACEHOLDER.findall(text))
    } == {}


@pytest.mark.parametrize("name", ["motcua_vi", "qtbase_vi"])
def test_the_compiled_file_says_what_the_source_says(name: str) -> None:
    translator = QTranslator()
    assert translator.load(str(FOLDER / f"{name}.qm"))
    written = dict(messages(FOLDER / f"{name}.ts"))
    assert written
    assert {
        (context, source): text
        for (context, source), text in written.items()
        if translator.translate(context, source.encode()) != text  # type: ignore[arg-type]  # text has to be ASCII
    } == {}


def test_the_buttons_of_qt_speak_vietnamese(qtbot: QtBot) -> None:
    box = QDialogButtonBox(
        QDialogButtonBox.StandardButton.Ok
        | QDialogButtonBox.StandardButton.Cancel
        | QDialogButtonBox.StandardButton.Yes
        | QDialogButtonBox.StandardButton.No
        | QDialogButtonBox.StandardButton.Save
    )
    qtbot.addWidget(box)
    assert sorted(button.text() for button in box.buttons()) == ["&Có", "&Không", "Hủy", "Lưu", "Đồng ý"]


def test_the_menu_of_a_field_speaks_vietnamese(qtbot: QtBot) -> None:
    field = QLineEdit("chữ")
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    assert menu is not None
    words = [action.text().partition("\t")[0] for action in menu.actions() if action.text()]
    assert words == ["&Hoàn tác", "&Làm lại", "Cắ&t", "&Sao chép", "&Dán", "Xóa", "Chọn tất cả"]
    menu.deleteLater()


def test_no_page_calls_tr_in_a_class_that_others_inherit() -> None:
    """PyQt looks a string up under the class of the object, lupdate files it under the class of the source."""
    bases, speakers = set(), set()
    for path in SOURCES.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        bases |= set(re.findall(r"^class \w+\((\w+)", text, re.MULTILINE))
        for name, body in re.findall(r"^class (\w+)(.*?)(?=^class |\Z)", text, re.MULTILINE | re.DOTALL):
            if "self.tr(" in body:
                speakers.add(name)
    assert bases & speakers == set()
