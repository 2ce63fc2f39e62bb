# SPDX-License-Identifier: GPL-3.0-or-later
"""The library reads where it is installed, else the program; what IT settled is taken as it is."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from workstation.desk.counter_devices import CounterDevices
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.reading_engine import Engine, engine_in_use, is_there

Arrange = Callable[..., None]


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Arrange:
    """Says what this computer has."""

    def arrange(*, modules: tuple[str, ...] = (), has_program: bool = False) -> None:
        room = "workstation.desk.reading_engine"
        monkeypatch.setattr(f"{room}.find_spec", lambda name: object() if name in modules else None)
        monkeypatch.setattr(f"{room}.shutil.which", lambda _: "/usr/bin/tesseract" if has_program else None)

    return arrange


@pytest.mark.parametrize(
    ("modules", "has_program", "engine"),
    [
        (("tesserocr", "pytesseract"), True, Engine.TESSEROCR),
        (("tesserocr",), False, Engine.TESSEROCR),
        (("pytesseract",), True, Engine.PYTESSERACT),
        (("pytesseract",), False, Engine.TESSEROCR),
        ((), True, Engine.TESSEROCR),
    ],
)
def test_what_is_there_decides(installed: Arrange, modules: tuple[str, ...], has_program: bool, engine: Engine) -> None:
    installed(modules=modules, has_program=has_program)
    assert engine_in_use(Engine.AUTOMATIC) is engine
    assert engine_in_use(Engine.PYTESSERACT) is Engine.PYTESSERACT
    assert engine_in_use(Engine.TESSEROCR) is Engine.TESSEROCR


def test_looking_for_the_library_does_not_load_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "tesserocr", raising=False)  # another test of this process may have read a page
    assert is_there(Engine.TESSEROCR)
    assert "tesserocr" not in sys.modules


@pytest.mark.parametrize("engine", [Engine.AUTOMATIC, Engine.PYTESSERACT])
def test_the_readers_of_the_desk_take_it(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> None:
    taken = []

    def make(*, engine: str) -> object:
        taken.append(engine)
        return object()

    monkeypatch.setattr("workstation.desk.counter_devices.PageReader", make)
    CounterDevices(DeskSettings(engine=engine)).warm_up()
    assert taken == [engine_in_use(engine).value]
