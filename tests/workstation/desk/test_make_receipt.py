# SPDX-License-Identifier: GPL-3.0-or-later
"""The receipt of a received dossier, from the store."""

from __future__ import annotations

import re
import unicodedata

import pypdfium2
import pytest

from casework.errors import KnownError
from tests.workstation.desk.counter import ready, reopened, trail
from workstation.desk.keep_draft import DraftField, keep_fields
from workstation.desk.make_receipt import make_receipt
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", text))


def test_the_receipt_states_the_dossier_as_it_was_stored(session: DeskSession) -> None:
    dossier_id = ready(session)
    keep_fields(session, dossier_id, {DraftField.PHONE: "0912 345 678", DraftField.SETS: "2"})
    receive_dossier(session, dossier_id)
    again = reopened(session)
    text = text_of(make_receipt(again, dossier_id))
    for words in (
        "Mã hồ sơ: H56.15-261123-0601",
        "Lê Văn Thành (trực tiếp)",
        "Thôn Trung Hậu, Xã Hoằng Trung, Huyện Hoằng Hóa, Tỉnh Thanh Hóa",
        "0912 345 678",
        "Thủ tục đăng ký khai sinh (1.001193)",
        "2 (bộ)",
        "17 giờ 00 phút, ngày 23 tháng 11 năm 2026",
        "Lê Thị Lan",
        "Trung tâm Phục vụ hành chính công xã Hoằng Phú",
    ):
        assert words in text
    again.close()


def test_that_a_receipt_was_made_goes_into_the_audit_trail(session: DeskSession) -> None:
    dossier_id = ready(session)
    receive_dossier(session, dossier_id)
    make_receipt(session, dossier_id)
    assert trail(session)[-1] == (session.clerk.clerk_id, "receipt.made", dossier_id)


def test_there_is_no_receipt_for_what_is_not_received(session: DeskSession) -> None:
    with pytest.raises(KnownError, match="no-such-record"):
        make_receipt(session, ready(session))
