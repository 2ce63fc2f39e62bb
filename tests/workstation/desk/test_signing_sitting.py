# SPDX-License-Identifier: GPL-3.0-or-later
"""A sitting with a token: what can be signed with, and which problem is told when nothing can."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from demo.soft_token import SoftToken, create_soft_token
from signing.errors import SigningError
from signing.modules import AllowedModule
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.signing_sitting import PinState, open_sitting

NOW = dt.datetime.now(dt.UTC)


def settings_for(token: SoftToken, *before: AllowedModule) -> DeskSettings:
    return DeskSettings(
        signing_modules=(*before, *token.allow_list.modules),
        signing_intermediates=token.trust.intermediates,
        signer_environment=token.environment,
    )


def problem_with(settings: DeskSettings) -> str:
    with pytest.raises(SigningError) as caught:
        open_sitting(settings, list, NOW)
    return caught.value.code


def test_the_clerk_sees_whose_certificate_it_is_and_how_the_pin_stands(tmp_path: Path) -> None:
    token = create_soft_token(tmp_path / "hsm", now=NOW)
    sitting = open_sitting(settings_for(token), list, NOW)
    (choice,) = sitting.choices
    sitting.close()
    assert choice.holder == "Nguyễn Thị Ngọc Ánh"
    assert (choice.token_serial, choice.certificate_sha256) == (token.serial, token.certificate_sha256)
    assert choice.pin_state is PinState.OK
    assert "Ánh" not in repr(choice)


def test_a_module_that_is_not_there_does_not_hide_one_that_is(tmp_path: Path) -> None:
    token = create_soft_token(tmp_path / "hsm", now=NOW)
    sitting = open_sitting(settings_for(token, AllowedModule(tmp_path / "gone.so")), list, NOW)
    assert len(sitting.choices) == 1
    sitting.close()


def test_modules_of_the_usual_places_are_used_where_it_settled_none(tmp_path: Path) -> None:
    token = create_soft_token(tmp_path / "hsm", now=NOW)
    settings = DeskSettings(signer_environment=token.environment)
    sitting = open_sitting(settings, lambda: [token.module_path], NOW)
    assert len(sitting.choices) == 1
    sitting.close()


def test_no_software_at_all_is_told() -> None:
    assert problem_with(DeskSettings()) == "module-missing"


def test_no_token_is_told_rather_than_software_that_is_missing(tmp_path: Path) -> None:
    token = create_soft_token(tmp_path / "hsm", now=NOW)
    token.folder.rename(tmp_path / "pulled out")
    assert problem_with(settings_for(token, AllowedModule(tmp_path / "gone.so"))) == "no-token"


def test_an_expired_certificate_is_told(tmp_path: Path) -> None:
    token = create_soft_token(tmp_path / "hsm", now=NOW, valid_for=dt.timedelta(hours=-1))
    assert problem_with(settings_for(token)) == "certificate-expired"
