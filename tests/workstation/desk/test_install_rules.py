# SPDX-License-Identifier: GPL-3.0-or-later
"""The province publishes a catalogue or decisions; a desk takes them in from a stick and works by them."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.catalogue import Catalogue, shipped_pack
from casework.catalogue_changes import ChangeKind
from casework.errors import KnownError
from casework.publications import PublicationKind, publish
from casework.records.procedure import Channel
from casework.records.workplace import Role
from casework.work_calendar import VIET_NAM
from tests.workstation.desk.counter import BIRTH_REGISTRATION, Hand, code_of, in_roles, open_desk, ready, reopened
from workstation.desk import publisher_keys, rule_shelf
from workstation.desk.find_procedure import find_procedures, lay_out_procedure
from workstation.desk.install_rules import InstalledRules, install_rules, installed_rules
from workstation.desk.load_rules import catalogue_of
from workstation.desk.make_receipt import make_receipt
from workstation.desk.publish_catalogue import beginning_on
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession

PROVINCE = Ed25519PrivateKey.generate()
RESIDENCE = "1.004222"
AT = dt.datetime(2026, 11, 22, 8, 0, tzinfo=VIET_NAM)


def published(
    kind: PublicationKind, body: bytes, key: Ed25519PrivateKey = PROVINCE, issued_at: dt.datetime = AT
) -> bytes:
    return publish(kind, body, publisher=publisher_keys.number(key.public_key()), issued_at=issued_at, sign=key.sign)


def decisions(**what: Any) -> bytes:
    row = {"decision": "NQ 23/2026/NQ-HĐND", "codes": [RESIDENCE], "effective_from": "2026-08-08", **what}
    return json.dumps({"format": 1, "decisions": [row]}).encode()


def changed_pack(day: dt.date) -> bytes:
    """The shipped catalogue, in which birth registration has another name from a day on."""
    content = json.loads(gzip.decompress(shipped_pack()))
    birth = next(row for row in content["procedures"] if row["code"] == BIRTH_REGISTRATION)
    birth["name"] = "Đăng ký khai sinh (luật mới)"
    return beginning_on(day, gzip.compress(json.dumps(content).encode()))


def install(session: DeskSession, kind: PublicationKind, body: bytes) -> InstalledRules:
    return install_rules(session, published(kind, body), [PROVINCE.public_key()])


def actions(session: DeskSession) -> list[str]:
    with session.store.reading() as connection:
        return [action for (action,) in connection.rows("SELECT action FROM audit_entries ORDER BY number")]


def test_decisions_count_from_the_next_sign_in(session: DeskSession) -> None:
    installed = install(session, PublicationKind.DECISIONS, decisions(cut=3, fee_amount=5000))
    assert (installed.is_new, installed.unknown_codes, installed.too_long) == (True, (), ())
    assert actions(session)[-1] == "catalogue.installed"
    before = lay_out_procedure(session, RESIDENCE)
    assert before.fee.amount == 20_000
    again = reopened(session)
    after = lay_out_procedure(again, RESIDENCE)
    assert (after.fee.amount, after.time_limit_text) == (5000, "4 ngày làm việc")
    assert after.procedure.local_decision == "NQ 23/2026/NQ-HĐND"
    assert again.catalogue.version == f"{Catalogue.shipped().version}+{installed.version.removeprefix('decisions-')}"
    assert again.notices == ()
    again.close()


def test_a_dossier_is_kept_under_the_decisions_it_was_received_under(session: DeskSession) -> None:
    install(session, PublicationKind.DECISIONS, decisions(fee_amount=5000))
    second = reopened(session)
    received = receive_dossier(second, ready(second)).dossier
    install(second, PublicationKind.DECISIONS, decisions(fee_amount=7000))
    third = reopened(second)
    assert received.catalogue_version != third.catalogue.version
    way = catalogue_of(third, received.catalogue_version).get(RESIDENCE, third.today()).way(Channel.COUNTER)
    assert way is not None
    assert way.fee.amount == 5000
    assert lay_out_procedure(third, RESIDENCE).fee.amount == 7000
    assert make_receipt(third, received.dossier_id).startswith(b"%PDF")
    third.close()


def test_decisions_say_what_they_cannot_change(session: DeskSession) -> None:
    body = decisions(codes=[RESIDENCE, "9.999999"], time_limit={"amount": 30, "unit": "working-day"})
    installed = install(session, PublicationKind.DECISIONS, body)
    assert (installed.unknown_codes, installed.too_long) == (("9.999999",), (RESIDENCE,))


def test_a_catalogue_counts_from_its_day_on(session: DeskSession, clock: Hand) -> None:
    installed = install(session, PublicationKind.CATALOGUE, changed_pack(dt.date(2026, 11, 25)))
    assert installed.version.startswith("2026-11-25.")
    (change,) = installed.changes
    assert (change.code, change.kind, change.what) == (BIRTH_REGISTRATION, ChangeKind.CHANGED, "name")
    eve = reopened(session)
    assert lay_out_procedure(eve, BIRTH_REGISTRATION).procedure.name == "Thủ tục đăng ký khai sinh"
    received = receive_dossier(eve, ready(eve)).dossier
    folder = eve.folder
    eve.close()
    clock.go_on(days=2)
    after = open_desk(folder, clock)
    assert lay_out_procedure(after, BIRTH_REGISTRATION).procedure.name == "Đăng ký khai sinh (luật mới)"
    old = catalogue_of(after, received.catalogue_version)
    assert old.get(BIRTH_REGISTRATION, after.today()).name == "Thủ tục đăng ký khai sinh"
    assert {version.version for version in installed_rules(after)} == {old.version, after.catalogue.version}
    after.close()


def test_installing_it_again_changes_nothing(session: DeskSession) -> None:
    assert install(session, PublicationKind.DECISIONS, decisions(fee_amount=0)).is_new
    count = len(actions(session))
    assert not install(session, PublicationKind.DECISIONS, decisions(fee_amount=0)).is_new
    assert len(actions(session)) == count


def test_decisions_that_were_published_earlier_do_not_come_back(session: DeskSession) -> None:
    trusted = [PROVINCE.public_key()]
    former = published(PublicationKind.DECISIONS, decisions(fee_amount=5000))
    moment = AT + dt.timedelta(seconds=1)
    latest = published(PublicationKind.DECISIONS, decisions(fee_amount=7000), issued_at=moment)
    assert install_rules(session, latest, trusted).is_new
    assert code_of(lambda: install_rules(session, former, trusted)) == "publication-older"
    assert not install_rules(session, latest, trusted).is_new
    again = published(PublicationKind.DECISIONS, decisions(fee_amount=7000), issued_at=AT - dt.timedelta(days=9))
    assert not install_rules(session, again, trusted).is_new
    assert code_of(lambda: install_rules(session, former, trusted)) == "publication-older", "also after an older copy"
    last = published(PublicationKind.DECISIONS, decisions(fee_amount=9000), issued_at=moment)
    assert install_rules(session, last, trusted).is_new, "published in the same second is not older"
    with pytest.raises(KnownError, match="publication-older version=decisions-2026-08-08"):
        install_rules(session, latest, trusted)


def test_replaced_decisions_are_laid_on_the_shelf_again_and_stay_replaced(session: DeskSession) -> None:
    body = decisions(fee_amount=5000)
    former = install(session, PublicationKind.DECISIONS, body)
    latest = install(session, PublicationKind.DECISIONS, decisions(fee_amount=7000))
    (path,) = (session.folder.root / rule_shelf.FOLDER_NAME).glob(f"{former.publication.content_hash}.decisions")
    path.unlink()
    signed_again = published(PublicationKind.DECISIONS, body, issued_at=AT + dt.timedelta(days=1))
    assert code_of(lambda: install_rules(session, signed_again, [PROVINCE.public_key()])) == "publication-older"
    assert path.read_bytes() == body
    again = reopened(session)
    assert again.catalogue.version.endswith(latest.version.removeprefix("decisions-"))
    again.close()


def test_decisions_count_where_nobody_can_tell_when_the_former_ones_were_published(session: DeskSession) -> None:
    other = Ed25519PrivateKey.generate()
    later = published(PublicationKind.DECISIONS, decisions(fee_amount=1), other, AT + dt.timedelta(days=1))
    assert install_rules(session, later, [other.public_key()]).is_new
    assert install(session, PublicationKind.DECISIONS, decisions(fee_amount=2)).is_new, "that key is trusted no more"


@pytest.mark.parametrize("names", [("A", "B"), ("B", "A")])
def test_of_two_catalogues_of_one_day_the_one_installed_last_counts(
    session: DeskSession, names: tuple[str, str], clock: Hand
) -> None:
    for name in names:
        content = json.loads(gzip.decompress(shipped_pack()))
        next(row for row in content["procedures"] if row["code"] == BIRTH_REGISTRATION)["name"] = name
        pack = beginning_on(dt.date(2026, 11, 22), gzip.compress(json.dumps(content).encode()))
        install(session, PublicationKind.CATALOGUE, pack)
        clock.go_on(minutes=1)
    again = reopened(session)
    assert lay_out_procedure(again, BIRTH_REGISTRATION).procedure.name == names[1]
    again.close()


def test_a_file_of_somebody_else_is_refused(session: DeskSession) -> None:
    other = Ed25519PrivateKey.generate()
    data = published(PublicationKind.DECISIONS, decisions(fee_amount=0), other)
    assert code_of(lambda: install_rules(session, data, [PROVINCE.public_key()])) == "publication-not-trusted"
    assert code_of(lambda: install_rules(session, data, [])) == "no-publisher-trusted"
    forged = data.replace(
        publisher_keys.number(other.public_key()).encode(), publisher_keys.number(PROVINCE.public_key()).encode()
    )
    assert code_of(lambda: install_rules(session, forged, [PROVINCE.public_key()])) == "publication-not-trusted"
    assert len(installed_rules(session)) == 1


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        (PublicationKind.CATALOGUE, b"no pack", "catalogue-unreadable"),
        (PublicationKind.DECISIONS, b"no decisions", "decisions-unreadable"),
        (PublicationKind.DECISIONS, b'{"format": 1, "decisions": []}', "decisions-empty"),
        (
            PublicationKind.CATALOGUE,
            gzip.compress(b'{"version": "2026-01-01.0", "notes": [], "procedures": [{"code": "1"}]}', mtime=0),
            "catalogue-unreadable",
        ),
    ],
)
def test_signed_nonsense_is_refused_too(session: DeskSession, kind: PublicationKind, body: bytes, code: str) -> None:
    assert code_of(lambda: install(session, kind, body)) == code
    assert len(installed_rules(session)) == 1


def test_only_it_installs(session: DeskSession) -> None:
    clerk = in_roles(session, Role.CLERK, Role.SIGNER, Role.SUPERVISOR)
    assert code_of(lambda: install(clerk, PublicationKind.DECISIONS, decisions(fee_amount=0))) == "not-allowed"


@pytest.mark.parametrize("kind", PublicationKind)
def test_a_damaged_file_keeps_nobody_out_and_is_told(session: DeskSession, kind: PublicationKind) -> None:
    body = decisions(fee_amount=0) if kind is PublicationKind.DECISIONS else changed_pack(dt.date(2026, 11, 22))
    install(session, kind, body)
    (path,) = (path for path in (session.folder.root / rule_shelf.FOLDER_NAME).iterdir() if path.read_bytes() == body)
    path.write_bytes(body[:-1] + b"?")
    again = reopened(session)
    assert again.notices == ("rules-file-damaged",)
    assert again.catalogue.version == Catalogue.shipped().version
    assert not install(again, kind, body).is_new, "the shelf is mended all the same"
    last = reopened(again)
    assert last.notices == ()
    assert last.catalogue.version != Catalogue.shipped().version
    last.close()


def test_a_file_laid_on_the_shelf_by_another_hand_is_never_read(session: DeskSession) -> None:
    rule_shelf.keep(session.folder, PublicationKind.DECISIONS, decisions(fee_amount=999))
    rule_shelf.keep(session.folder, PublicationKind.CATALOGUE, changed_pack(dt.date(2026, 11, 1)))
    again = reopened(session)
    assert again.catalogue.version == Catalogue.shipped().version
    again.close()


def test_a_version_that_is_not_here_is_replaced_by_todays(session: DeskSession) -> None:
    assert catalogue_of(session, "2020-01-01.00000000+2020-01-01.00000000") is session.catalogue


def test_what_was_received_last_comes_first(session: DeskSession) -> None:
    before = [procedure.code for procedure in find_procedures(session, "", 400)]
    received = receive_dossier(session, ready(session)).dossier
    assert before[0] != received.procedure_code
    assert find_procedures(session, "")[0].code == received.procedure_code


def test_a_procedure_that_has_ended_cannot_be_received(session: DeskSession) -> None:
    content = json.loads(gzip.decompress(shipped_pack()))
    for row in content["procedures"]:
        row["effective_to"] = "2026-11-22"
    body = beginning_on(dt.date(2026, 11, 1), gzip.compress(json.dumps(content).encode()))
    install(session, PublicationKind.CATALOGUE, body)
    again = reopened(session)
    assert code_of(lambda: lay_out_procedure(again, BIRTH_REGISTRATION)) == "procedure-not-in-force"
    again.close()


def test_keys_are_pem_files_that_are_never_written_over(tmp_path: Path) -> None:
    private, public = tmp_path / "private.pem", tmp_path / "public.pem"
    number = publisher_keys.make(private, public, "câu mật khẩu dài")
    assert number == publisher_keys.number(publisher_keys.read_public(public))
    assert private.stat().st_mode & 0o077 == 0
    assert publisher_keys.number(publisher_keys.read_private(private, "câu mật khẩu dài").public_key()) == number
    assert code_of(lambda: publisher_keys.read_private(private, "sai")) == "publisher-passphrase-wrong"
    assert code_of(lambda: publisher_keys.read_private(public, "sai")) == "publisher-key-damaged"
    assert code_of(lambda: publisher_keys.read_public(private)) == "publisher-key-damaged"
    both = tmp_path / "both.pem"
    assert code_of(lambda: publisher_keys.make(both, tmp_path / "." / "both.pem", "câu mật khẩu dài")) == "file-exists"
    assert not both.exists()
    assert code_of(lambda: publisher_keys.make(private, tmp_path / "x", "câu mật khẩu dài")) == "file-exists"
    assert code_of(lambda: publisher_keys.make(tmp_path / "x", public, "câu mật khẩu dài")) == "file-exists"


def test_the_trail_names_what_was_installed(session: DeskSession) -> None:
    installed = install(session, PublicationKind.DECISIONS, decisions(fee_amount=0))
    with session.store.reading() as connection:
        rows = connection.rows(
            "SELECT subject_id, after_hash FROM audit_entries WHERE action = 'catalogue.installed' ORDER BY number"
        )
    assert rows[-1] == (installed.version, installed.publication.content_hash)
