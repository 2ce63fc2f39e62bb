# SPDX-License-Identifier: GPL-3.0-or-later
"""The soft token: a world of its own in a folder, quick to make, and nothing of it elsewhere."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from cryptography import x509

from casework.errors import KnownError
from demo import soft_token
from demo.soft_token import INTERMEDIATE_AUTHORITY, create_soft_token
from signing.pin import PinState
from signing.signer import SignerProgram

NOW = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)


def name_of(der: bytes) -> str:
    return x509.load_der_x509_certificate(der).subject.rfc4514_string()


def test_a_token_can_be_logged_in_to_and_signs(tmp_path: Path) -> None:
    made = create_soft_token(tmp_path / "token", now=NOW)
    with SignerProgram(made.module_path, made.allow_list, environment=made.environment) as program:
        (found,) = program.tokens()
        state = program.log_in(found.serial, made.certificate_sha256, bytearray(made.pin.encode()))
        assert len(program.sign_digest(bytes(32))) == 256
    assert state is PinState.OK
    assert (found.label, found.serial) == (made.label, made.serial)


def test_the_certificate_leads_over_the_authority_between_to_the_root(tmp_path: Path) -> None:
    made = create_soft_token(tmp_path / "token", now=NOW, signer="Trần Văn Bình", unit="Ủy ban nhân dân xã Ba Vì")
    person = x509.load_der_x509_certificate(made.certificate)
    middle = x509.load_der_x509_certificate(made.trust.intermediates[0])
    root = x509.load_der_x509_certificate(made.trust.roots[0])
    person.verify_directly_issued_by(middle)
    middle.verify_directly_issued_by(root)
    root.verify_directly_issued_by(root)
    assert INTERMEDIATE_AUTHORITY in name_of(made.trust.intermediates[0])
    assert "CN=Trần Văn Bình" in name_of(made.certificate)
    assert "O=Ủy ban nhân dân xã Ba Vì" in name_of(made.certificate)
    assert person.not_valid_before_utc < NOW < person.not_valid_after_utc


def test_a_certificate_that_has_expired_can_be_asked_for(tmp_path: Path) -> None:
    made = create_soft_token(tmp_path / "token", now=NOW, valid_for=dt.timedelta(days=-1))
    person = x509.load_der_x509_certificate(made.certificate)
    assert person.not_valid_before_utc < person.not_valid_after_utc < NOW


def test_neither_key_nor_pin_lies_readable_in_the_folder(tmp_path: Path) -> None:
    made = create_soft_token(tmp_path / "token", now=NOW, pin="7391846205")
    for path in (tmp_path / "token").rglob("*"):
        if path.is_file():
            assert b"7391846205" not in path.read_bytes()
            assert b"PRIVATE KEY" not in path.read_bytes()
    assert "7391846205" not in repr(made)


def test_our_own_environment_stays_as_it_is(tmp_path: Path) -> None:
    before = dict(os.environ)
    create_soft_token(tmp_path / "token", now=NOW)
    assert dict(os.environ) == before


def test_a_token_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    create_soft_token(tmp_path / "token", now=NOW)
    with pytest.raises(FileExistsError):
        create_soft_token(tmp_path / "token", now=NOW)


def test_a_machine_without_softhsm_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soft_token, "_LIBRARIES", (str(tmp_path / "nowhere.so"),))
    with pytest.raises(KnownError) as caught:
        create_soft_token(tmp_path / "token", now=NOW)
    assert caught.value.code == "soft-token-library-missing"
    assert not (tmp_path / "token").exists()
