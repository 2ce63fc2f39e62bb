# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin classes``: what one desk learnt from its clerks, carried to another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from localdb import class_corrections
from scanning.classify.corrections import Corrections
from scanning.classify.model_file import shipped_version
from scanning.classify.paper_class import PaperClass
from tests.workstation.admin.conftest import Desk
from workstation.desk import desk_settings
from workstation.desk.learn_class import known_corrections, laid_out

FORM = """PHIẾU ĐĂNG KÝ NHẬN KẾT QUẢ HỘ TỊCH TẠI NHÀ
Họ, chữ đệm, tên người yêu cầu: LÊ VĂN THÀNH
Ngày, tháng, năm sinh: 17/03/1994
Số định danh cá nhân: 038094012745
Nơi cư trú: Thôn Trung Hậu
Số điện thoại liên hệ: 0912345678
Quan hệ với người yêu cầu: con"""


def teach(desk: Desk, paper_class: PaperClass) -> None:
    session = desk.sign_in()
    learnt = Corrections.empty(shipped_version()).learn(laid_out(FORM), paper_class)
    with session.store.transaction() as connection:
        class_corrections.save(connection, learnt.model_version, learnt.to_bytes(), session.clock())
    session.close()


def known(desk: Desk) -> int:
    session = desk.sign_in()
    content = known_corrections(session.store)
    session.close()
    return len(Corrections.from_bytes(content)) if content else 0


@pytest.fixture
def trust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of this computer; what is written there is trusted."""
    etc = tmp_path / "etc" / "motcua"
    etc.mkdir(parents=True)
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(etc.parent))
    return etc / desk_settings.FILE_NAME


@pytest.mark.parametrize("part", ["teacher_public_keys", "publisher_public_keys"])
def test_what_a_desk_learnt_goes_to_one_that_trusts_it(
    desk: Desk, other: Desk, trust: Path, tmp_path: Path, part: str
) -> None:
    teach(desk, PaperClass.CIVIL_STATUS_COPY_REQUEST)
    key, file = tmp_path / "desk.public", tmp_path / "desk.classes"
    number = desk.administer("classes", "key", str(key)).facts["number"]
    exported = desk.administer("classes", "export", str(file))
    assert (exported.code, exported.facts) == (0, {"corrections": 1, "key": number, "file": str(file)})
    trust.write_text(json.dumps({part: [str(key)]}))
    for _ in range(2):
        imported = other.administer("classes", "import", str(file))
        assert (imported.code, imported.facts) == (0, {"received": 1, "corrections": 1})
    assert known(other) == 1


def test_two_desks_know_together_what_each_learnt(desk: Desk, other: Desk, trust: Path, tmp_path: Path) -> None:
    teach(desk, PaperClass.WILL)
    key, file = tmp_path / "desk.public", tmp_path / "desk.classes"
    desk.administer("classes", "key", str(key))
    desk.administer("classes", "export", str(file))
    trust.write_text(json.dumps({"teacher_public_keys": [str(key)]}))
    session = other.sign_in()
    learnt = Corrections.empty(shipped_version()).learn(
        laid_out("TỜ TRÌNH VỀ VIỆC CẤP ĐẤT\nKính gửi: Chi cục\nDiện tích thửa đất: 5\nMục đích sử dụng: ở"),
        PaperClass.LAND_CHANGE_APPLICATION,
    )
    with session.store.transaction() as connection:
        class_corrections.save(connection, learnt.model_version, learnt.to_bytes(), session.clock())
    session.close()
    assert other.administer("classes", "import", str(file)).facts["corrections"] == 1 + len(learnt) == 2


@pytest.mark.parametrize(("trusted", "code"), [(True, "corrections-untrusted"), (False, "no-teacher-trusted")])
def test_a_desk_that_nobody_named_teaches_nothing(
    desk: Desk, other: Desk, trust: Path, tmp_path: Path, trusted: bool, code: str
) -> None:
    teach(desk, PaperClass.WILL)
    file, key = tmp_path / "desk.classes", tmp_path / "other.public"
    desk.administer("classes", "export", str(file))
    other.administer("classes", "key", str(key))
    if trusted:
        trust.write_text(json.dumps({"teacher_public_keys": [str(key)]}))
    refused = other.administer("classes", "import", str(file))
    assert (refused.code, refused.facts["error"]["code"]) == (1, code)
    assert known(other) == 0


def test_what_is_no_file_of_corrections_is_refused(desk: Desk, trust: Path, tmp_path: Path) -> None:
    key, file = tmp_path / "desk.public", tmp_path / "desk.classes"
    desk.administer("classes", "key", str(key))
    trust.write_text(json.dumps({"teacher_public_keys": [str(key)]}))
    file.write_bytes(b"x" * (2 << 20))
    refused = desk.administer("classes", "import", str(file))
    assert (refused.code, refused.facts["error"]["code"]) == (1, "corrections-damaged")


def test_a_reset_forgets_everything_also_what_is_damaged_and_is_told(desk: Desk, tmp_path: Path) -> None:
    session = desk.sign_in()
    with session.store.transaction() as connection:
        class_corrections.save(connection, shipped_version(), b"bad", session.clock())
    session.close()
    assert desk.administer("classes", "export", str(tmp_path / "a")).facts["error"]["code"] == "corrections-damaged"
    assert desk.administer("classes", "reset").code == 0
    assert known(desk) == 0
    assert desk.administer("classes", "export", str(tmp_path / "a")).facts["corrections"] == 0
    session = desk.sign_in()
    with session.store.reading() as connection:
        assert connection.rows("SELECT count(*) FROM audit_entries WHERE action = 'classes.forgotten'") == [(1,)]
    session.close()


def test_nothing_is_written_over(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    for verb in ("key", "export"):
        assert desk.administer("classes", verb, str(tmp_path / "mine")).facts["error"]["code"] == "file-exists"
    assert (tmp_path / "mine").read_text() == "mine"
