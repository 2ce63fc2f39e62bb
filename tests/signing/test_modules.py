# SPDX-License-Identifier: GPL-3.0-or-later
"""Which PKCS#11 modules may be loaded."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from signing.errors import SigningError
from signing.modules import AllowedModule, ModuleAllowList
from signing.signer import SignerProgram

POSIX = pytest.mark.skipif(os.name != "posix", reason="other systems have no such permissions")


@pytest.fixture
def module(tmp_path: Path) -> Path:
    path = tmp_path / "maker.so"
    path.write_bytes(b"not really a library")
    path.chmod(0o644)
    return path


def pinned(path: Path) -> AllowedModule:
    return AllowedModule(path, hashlib.sha256(path.read_bytes()).hexdigest())


def resolve(path: Path, *allowed: AllowedModule) -> AllowedModule:
    return ModuleAllowList(allowed).resolve(path)


def code_of(path: Path, *allowed: AllowedModule) -> str:
    with pytest.raises(SigningError) as caught:
        resolve(path, *allowed)
    return caught.value.code


def test_a_module_on_the_list_is_allowed_with_the_digest_to_check(module: Path) -> None:
    digest = hashlib.sha256(module.read_bytes()).hexdigest()
    assert resolve(module, AllowedModule(module, digest.upper())) == AllowedModule(module, digest.upper())


def test_symbolic_links_are_followed_on_both_sides(module: Path) -> None:
    link = module.with_name("link.so")
    link.symlink_to(module)
    digest = pinned(module).sha256
    assert resolve(link, AllowedModule(module, digest)).path == module
    assert resolve(module, AllowedModule(link, digest)).path == module


def test_a_link_that_was_turned_elsewhere_is_refused(module: Path) -> None:
    other = module.with_name("other.so")
    other.write_bytes(b"another library")
    link = module.with_name("link.so")
    link.symlink_to(module)
    digest = hashlib.sha256(module.read_bytes()).hexdigest()
    link.unlink()
    link.symlink_to(other)
    assert code_of(link, AllowedModule(module)) == "module-not-allowed"
    assert code_of(link, AllowedModule(link, digest)) == "module-changed"


def test_nothing_else_is_allowed(module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert code_of(module) == "module-not-allowed"
    assert code_of(module.with_name("other.so"), AllowedModule(module)) == "module-not-allowed"
    monkeypatch.chdir(module.parent)
    assert code_of(Path(module.name), AllowedModule(Path(module.name))) == "module-not-allowed"


def test_a_module_that_is_gone_or_changed_is_named(module: Path) -> None:
    digest = hashlib.sha256(module.read_bytes()).hexdigest()
    module.write_bytes(b"something else")
    assert code_of(module, AllowedModule(module, digest)) == "module-changed"
    module.unlink()
    assert code_of(module, AllowedModule(module, digest)) == "module-missing"


@POSIX
@pytest.mark.parametrize("mode", [0o664, 0o646, 0o666])
def test_a_module_that_others_may_write_to_is_refused_even_when_its_digest_fits(module: Path, mode: int) -> None:
    module.chmod(mode)
    assert code_of(module, pinned(module)) == "module-unsafe"


@POSIX
@pytest.mark.parametrize("mode", [0o775, 0o757, 0o777])
def test_a_module_that_others_may_exchange_is_refused(module: Path, mode: int) -> None:
    folder = module.parent / "makers"
    folder.mkdir()
    moved = module.rename(folder / module.name)
    folder.chmod(mode)
    assert code_of(moved, pinned(moved)) == "module-unsafe"


@POSIX
def test_a_folder_where_nobody_can_exchange_what_is_not_theirs_will_do(module: Path) -> None:
    folder = module.parent / "shared"
    folder.mkdir()
    moved = module.rename(folder / module.name)
    folder.chmod(0o1777)
    assert resolve(moved, pinned(moved)).path == moved


@POSIX
@pytest.mark.skipif(os.name == "posix" and os.geteuid() != 0, reason="only the administrator gives files away")
def test_without_a_digest_a_module_must_be_the_administrator_s(module: Path) -> None:
    os.chown(module, 12345, -1)
    assert code_of(module, AllowedModule(module)) == "module-unsafe"
    assert code_of(module, pinned(module)) == "module-unsafe", "nor may it belong to any third person"


def test_a_file_that_is_no_module_is_reported(module: Path) -> None:
    program = SignerProgram(module, ModuleAllowList((pinned(module),)))
    with pytest.raises(SigningError) as caught, program:
        pass
    assert caught.value.code == "module-unusable"
    assert program.pid is None


def test_a_program_is_not_even_started_for_a_module_that_is_not_allowed(module: Path) -> None:
    program = SignerProgram(module, ModuleAllowList(()))
    with pytest.raises(SigningError) as caught, program:
        pass
    assert caught.value.code == "module-not-allowed"
    assert program.pid is None
