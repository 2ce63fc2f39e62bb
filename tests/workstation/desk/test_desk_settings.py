# SPDX-License-Identifier: GPL-3.0-or-later
"""What IT settles for a workstation: everything has a default, and nothing strange slips through."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from casework.errors import KnownError
from demo.soft_token import create_soft_token
from localdb import escrow_key
from localdb.key_slots import Argon2Cost
from scanning.devices.driver import PaperSource
from scanning.page_image import ColorMode
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.reading_engine import Engine


def test_a_computer_without_settings_has_the_defaults(tmp_path: Path) -> None:
    assert DeskSettings.load(tmp_path / "desk.json") == DeskSettings()


def test_every_setting_is_read(tmp_path: Path) -> None:
    token = create_soft_token(tmp_path / "token", now=dt.datetime.now(dt.UTC))
    (tmp_path / "authority.cer").write_bytes(token.trust.intermediates[0])
    document = {
        "scanner": {
            "id": "sane:airscan:e0:Máy quét",
            "resolution_dpi": 200,
            "color_mode": "gray",
            "source": "feeder-duplex",
        },
        "reading": {"engine": "pytesseract"},
        "signing_modules": [{"path": "/usr/lib/token.so", "sha256": "ab" * 32}, {"path": "/opt/token.so"}],
        "signing_intermediates": [str(tmp_path / "authority.cer")],
        "escrow_public_key": str(tmp_path / "escrow.public"),
    }
    cheap = Argon2Cost(memory_kib=64, iterations=1, lanes=1)
    province = escrow_key.make(
        tmp_path / "escrow.private", tmp_path / "escrow.public", "câu mật khẩu", random_bytes=os.urandom, cost=cheap
    )
    (tmp_path / "desk.json").write_text(json.dumps(document), encoding="utf-8")
    settings = DeskSettings.load(tmp_path / "desk.json")
    assert (settings.scanner_id, settings.resolution_dpi) == ("sane:airscan:e0:Máy quét", 200)
    assert (settings.color_mode, settings.source) == (ColorMode.GRAY, PaperSource.FEEDER_DUPLEX)
    assert settings.engine is Engine.PYTESSERACT
    assert settings.signing_modules is not None
    assert [(str(module.path), module.sha256) for module in settings.signing_modules] == [
        ("/usr/lib/token.so", "ab" * 32),
        ("/opt/token.so", None),
    ]
    assert settings.signing_intermediates == token.trust.intermediates[:1]
    assert settings.read_escrow_public_key() == province


@pytest.mark.parametrize(
    "content",
    [
        '{"reading": {"engine": "guesswork"}}',
        '{"reading": {"speed": 2}}',
        "no json",
        "[]",
        '{"printer": {}}',
        '{"scanner": {"dpi": 300}}',
        '{"scanner": {"resolution_dpi": 100}}',
        '{"scanner": {"source": "window"}}',
        '{"signing_modules": [{"path": "token.so"}]}',
        '{"signing_modules": [{}]}',
        '{"signing_intermediates": ["/nowhere.cer"]}',
        '{"escrow_public_key": 7}',
    ],
)
def test_a_file_that_says_something_strange_is_refused_whole(tmp_path: Path, content: str) -> None:
    (tmp_path / "desk.json").write_text(content, encoding="utf-8")
    with pytest.raises(KnownError) as caught:
        DeskSettings.load(tmp_path / "desk.json")
    assert caught.value.code == "settings-damaged"


def test_the_province_s_key_is_read_only_where_it_is_needed(tmp_path: Path) -> None:
    assert DeskSettings().read_escrow_public_key() is None
    public = tmp_path / "escrow.public"
    (tmp_path / "desk.json").write_text(json.dumps({"escrow_public_key": str(public)}), encoding="utf-8")
    settings = DeskSettings.load(tmp_path / "desk.json")
    with pytest.raises(KnownError, match="no-such-file"):
        settings.read_escrow_public_key()
    public.write_bytes(b"no key")
    with pytest.raises(KnownError, match="escrow-file-damaged"):
        settings.read_escrow_public_key()
