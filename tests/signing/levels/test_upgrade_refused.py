# SPDX-License-Identifier: GPL-3.0-or-later
"""Upgrades that are refused: the file stays as it is, and the reason has a name."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
from typing import Any

import pikepdf
import pytest
from asn1crypto import tsp
from certomancer.registry import ServiceLabel
from pyhanko.pdf_utils import generic

from signing.errors import SigningError
from signing.levels.document_state import open_document, read_state
from signing.levels.policy import UpgradePolicy
from signing.levels.proof import prove_archived
from signing.levels.signature_timestamp import insert_timestamp, signature_value
from signing.levels.time_service import fetch_timestamp
from signing.levels.upgrade import next_step
from signing.trust import TrustAnchors
from tests.signing import pki_faults
from tests.signing.levels.conftest import Sign, policy_for
from tests.signing.levels.test_upgrade import pdf_dictionary, revise
from tests.signing.pki import NOW, PublicKeyInfrastructure

DAY = dt.timedelta(days=1)


def refusal(content: bytes, policy: UpgradePolicy, now: dt.datetime = NOW) -> str:
    with pytest.raises(SigningError) as caught:
        next_step(content, now, policy)
    return str(caught.value)


# --- the file ---


def test_a_document_that_was_altered_is_not_upgraded(
    basic: bytes, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    where = basic.index(b"/MediaBox")
    altered = basic[:where] + b"/mediaBox" + basic[where + 9 :]
    assert refusal(altered, policy) == "signature-invalid field=Signature1 problem=altered"
    assert pki.asked == []


@pytest.mark.parametrize(
    "level", ["archived", *(pytest.param(level, marks=pytest.mark.full) for level in ("basic", "timestamped"))]
)
def test_a_document_that_was_annotated_after_signing_is_not_upgraded(
    level: str, policy: UpgradePolicy, request: pytest.FixtureRequest
) -> None:
    def annotate(writer: Any) -> None:
        name, number = generic.pdf_name, generic.NumberObject
        page = writer.root["/Pages"]["/Kids"][0]
        entries = {"/Type": name("/Annot"), "/Subtype": name("/Text")}
        note = pdf_dictionary({name(key): value for key, value in entries.items()})
        note[name("/Rect")] = generic.ArrayObject(map(number, (0, 0, 9, 9)))
        page[name("/Annots")] = generic.ArrayObject([writer.add_object(note)])
        writer.update_container(page)

    assert "problem=changed-after-signing" in refusal(revise(request.getfixturevalue(level), annotate), policy)


def test_a_truncated_document_is_unreadable(archived: bytes, policy: UpgradePolicy) -> None:
    assert refusal(archived[:-2000], policy) in {"pdf-unreadable", "signature-unreadable"}


def test_an_encrypted_document_is_not_upgraded(basic: bytes, policy: UpgradePolicy) -> None:
    encrypted = io.BytesIO()
    with pikepdf.open(io.BytesIO(basic)) as document:
        document.save(encrypted, encryption=pikepdf.Encryption(owner="owner", user="secret"))
    assert refusal(encrypted.getvalue(), policy) == "pdf-encrypted"


def test_something_hidden_beside_the_signature_in_its_hole_is_found(basic: bytes, policy: UpgradePolicy) -> None:
    end = read_state(basic).signatures[0].hole_end
    assert refusal(basic[: end - 9] + b"DEADBEEF" + basic[end - 1 :], policy) == "signature-unreadable"


@pytest.mark.full
def test_a_timestamp_of_another_signature_is_found(
    basic: bytes, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    foreign = fetch_timestamp(bytes(32), policy.time_services[0], policy.network, policy.revocation, policy.trust, NOW)
    document = open_document(basic)
    mixed = insert_timestamp(document, read_state(basic).signatures[0], foreign.der)
    assert refusal(mixed, policy) == "signature-invalid field=Signature1 problem=timestamp altered"


def test_a_forged_timestamp_beside_an_honest_one_does_not_date_the_signature_back(
    sign: Sign, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    """Revoked in two days, signed in three; the forged timestamp says "today"."""
    later = NOW + 3 * DAY
    signed = sign("revoked-later", moment=later)
    value = signature_value(open_document(signed), read_state(signed).signatures[0])
    tokens = [
        pki.architecture.service_registry.summon_timestamper(ServiceLabel(name), moment)
        .request_tsa_response(timestamp_request(value))["time_stamp_token"]
        .dump()
        for name, moment in (("tsa", later), ("tsa-foreign", NOW))
    ]
    for token in tokens:
        signed = insert_timestamp(open_document(signed), read_state(signed).signatures[0], token)
    with pki.at(later):
        refused = refusal(signed, policy, later)
    assert refused.startswith(("certificate-revoked", "signature-invalid", "timestamp-authority-not-trusted"))


def timestamp_request(value: bytes) -> tsp.TimeStampReq:
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": hashlib.sha256(value).digest()}
    return tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "cert_req": True})


def test_only_the_last_signature_takes_a_timestamp_in_its_hole(two_signers: bytes, policy: UpgradePolicy) -> None:
    document = open_document(two_signers)
    with pytest.raises(SigningError, match="signature-not-last"):
        insert_timestamp(document, read_state(two_signers).signatures[0], b"")


# --- people and authorities ---


def test_a_signature_by_somebody_who_was_revoked_before_is_not_archived(sign: Sign, policy: UpgradePolicy) -> None:
    stamped = next_step(sign("revoked"), NOW, policy).content
    assert refusal(stamped, policy) == "certificate-revoked since=2026-11-01"


def test_a_signature_whose_timestamp_came_after_the_revocation_is_not_archived(
    sign: Sign, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    later = NOW + 3 * DAY
    with pki.at(later):
        stamped = next_step(sign("revoked-later"), later, policy).content
        assert refusal(stamped, policy, later) == "certificate-revoked since=2026-12-03"


@pytest.mark.full
def test_a_signature_under_an_authority_that_was_revoked_is_not_archived(sign: Sign, policy: UpgradePolicy) -> None:
    stamped = next_step(sign("of-revoked-authority"), NOW, policy).content
    assert refusal(stamped, policy) == "certificate-revoked since=2026-11-01"


@pytest.mark.parametrize("way", ["a", pytest.param("b", marks=pytest.mark.full)])
def test_a_timestamp_of_an_authority_that_was_revoked_before_the_archive_proves_nothing(
    way: str, basic: bytes, pki: PublicKeyInfrastructure, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever stole its key can stamp any time."""
    if way == "b":
        monkeypatch.setattr("signing.levels.upgrade.has_room", lambda *_: False)
    stamped = next_step(basic, NOW, policy_for(pki, "tsa-revoked-later")).content
    later = NOW + 100 * DAY
    pki.asked.clear()
    with pki.at(later):
        assert refusal(stamped, policy_for(pki), later) == "timestamp-authority-revoked since=2026-12-03"
    assert "tsa" not in pki.asked


def test_a_signature_that_was_stamped_in_time_but_not_archived_in_time_is_not_archived(
    sign: Sign, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    """Authorities forget certificates that have ended, so nobody can say any more that it was good."""
    stamped = next_step(sign("ends-soon"), NOW, policy).content
    later = NOW + 21 * DAY
    with pki.at(later):
        assert refusal(stamped, policy, later) == "upgrade-too-late field=Signature1 not_after=2026-12-21"


def test_a_signature_that_nobody_here_trusts_is_not_upgraded(
    sign: Sign, basic: bytes, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    assert "problem=not-trusted" in refusal(sign("foreign"), policy)
    assert "problem=not-trusted" in refusal(basic, dataclasses.replace(policy, trust=TrustAnchors(())))
    assert pki.asked == []


def test_a_signature_whose_certificate_ended_before_any_timestamp_is_lost(
    sign: Sign, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    late = NOW + 21 * DAY
    assert refusal(sign("ends-soon"), policy, late) == "upgrade-too-late field=Signature1 not_after=2026-12-21"
    assert pki.asked == []


# --- the clock and the services ---


def test_a_clock_behind_the_documents_own_timestamps_is_refused(timestamped: bytes, policy: UpgradePolicy) -> None:
    assert refusal(timestamped, policy, NOW - DAY) == "clock-behind minutes=1440"


def test_a_clock_that_differs_from_the_authoritys_is_refused(basic: bytes, policy: UpgradePolicy) -> None:
    assert refusal(basic, policy, NOW + DAY) == "clock-differs minutes=1440"


def test_without_a_time_service_there_is_no_step(basic: bytes, policy: UpgradePolicy) -> None:
    assert refusal(basic, dataclasses.replace(policy, time_services=())) == "time-service-missing"


@pytest.mark.parametrize("level", ["basic", "timestamped"])
def test_a_service_that_is_busy_stops_the_step_and_says_when_to_come_back(
    level: str, policy: UpgradePolicy, pki: PublicKeyInfrastructure, request: pytest.FixtureRequest
) -> None:
    with pki.misbehaving("tsa", pki_faults.busy(60)):
        assert refusal(request.getfixturevalue(level), policy).endswith("retry_after=60")


def test_revocation_services_that_are_down_cost_the_archive_and_not_the_timestamp(
    timestamped: bytes, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    with pki.misbehaving("ocsp", pki_faults.failing()), pki.misbehaving("crls", pki_faults.failing()):
        assert refusal(timestamped, policy).startswith("service-failed")
    assert "tsa" not in pki.asked, "a timestamp that is not needed yet is not asked for"


def test_an_authority_that_lies_in_the_archive_step_is_found(
    timestamped: bytes, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    with pki.misbehaving("tsa", pki_faults.impersonating("tsa-revoked", pki)):
        assert refusal(timestamped, policy).startswith("timestamp-authority-revoked")


@pytest.mark.parametrize("level", ["basic", "timestamped"])
def test_what_is_not_archived_is_not_proven_to_be(
    level: str, policy: UpgradePolicy, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(SigningError):
        prove_archived(open_document(request.getfixturevalue(level)), policy.trust, NOW)


def test_an_archive_without_its_data_is_not_proven(archived: bytes, policy: UpgradePolicy) -> None:
    def forget(writer: Any) -> None:
        del writer.root["/DSS"]
        writer.update_root()

    with pytest.raises(SigningError):
        prove_archived(open_document(revise(archived, forget)), policy.trust, NOW)
