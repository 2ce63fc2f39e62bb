# SPDX-License-Identifier: GPL-3.0-or-later
"""Upgrading step by step: every file finds its own way to the archive, and stays there."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils import generic

from signing.errors import SigningError
from signing.levels.document_state import Level, open_document, read_state
from signing.levels.policy import UpgradePolicy
from signing.levels.proof import prove_archived, prove_intact
from signing.levels.upgrade import Step, Upgrade, due_at, next_step
from signing.quiet_writer import QuietWriter
from signing.verification import verify_pdf
from tests.signing import pki_faults
from tests.signing.levels.conftest import Sign, policy_for
from tests.signing.pki import NOW, PublicKeyInfrastructure

pdf_dictionary: Any = generic.DictionaryObject

DAY = dt.timedelta(days=1)
LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


def all_steps(content: bytes, policy: UpgradePolicy, now: dt.datetime = NOW) -> list[Upgrade]:
    """Take steps until there is nothing to do."""
    steps: list[Upgrade] = []
    while not steps or steps[-1].step is not Step.NOTHING:
        assert len(steps) < 5, "it never ends"
        steps.append(next_step(content, now, policy))
        content = steps[-1].content
    return steps


def levels(upgrade: Upgrade) -> list[Level]:
    return [signature.level for signature in upgrade.state.signatures]


def revise(content: bytes, change: Callable[[Any], None]) -> bytes:
    """Append a revision that signs nothing. pyHanko leaves most of what this needs untyped."""
    writer = QuietWriter(io.BytesIO(content), strict=False)
    change(writer)
    output = io.BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]  # pyHanko's gap
    return output.getvalue()


# --- the ways up ---


def test_a_single_signature_takes_way_a_and_then_the_archive(
    basic: bytes, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    first, second, last = all_steps(basic, policy)
    assert (first.step, levels(first), first.due) == (Step.SIGNATURE_TIMESTAMP, [Level.TIMESTAMPED], LONG_AGO)
    assert len(first.content) == len(basic)
    assert (second.step, levels(second)) == (Step.ARCHIVE, [Level.ARCHIVED])
    assert second.content.startswith(first.content)
    assert second.content.count(b"%%EOF") == first.content.count(b"%%EOF") + 1, "B-LT and B-LTA in one revision"
    assert second.stamped_at == NOW
    assert last.content is second.content
    assert last.due == second.due == read_state(last.content).timestamps[-1].certificate_ends - 90 * DAY
    assert pki.asked == ["tsa", "crls", "ocsp", "tsa"], "two timestamps, and each authority is asked once"


def test_what_the_audit_trail_holds_of_a_signature_survives_every_step(basic: bytes, archived: bytes) -> None:
    before, after = (read_state(content).signatures[0] for content in (basic, archived))
    assert before.byte_range_digest == after.byte_range_digest
    assert before.signature_value_sha256 == after.signature_value_sha256
    assert before.claimed_time == after.claimed_time


def test_of_two_signatures_the_last_takes_way_a_and_the_archive_covers_both(
    two_signers: bytes, policy: UpgradePolicy
) -> None:
    first, second, _ = all_steps(two_signers, policy)
    assert (first.step, levels(first)) == (Step.SIGNATURE_TIMESTAMP, [Level.BASIC, Level.TIMESTAMPED])
    assert (second.step, levels(second)) == (Step.ARCHIVE, [Level.ARCHIVED, Level.ARCHIVED])
    assert [one.proven_time for one in second.state.signatures] == [NOW, NOW]


def test_a_signature_that_is_not_the_last_revision_takes_way_b(basic: bytes, policy: UpgradePolicy) -> None:
    def add_empty_store(writer: Any) -> None:
        writer.root["/DSS"] = writer.add_object(pdf_dictionary({"/Certs": generic.ArrayObject()}))
        writer.update_root()

    frozen = revise(basic, add_empty_store)
    first, second, _ = all_steps(frozen, policy)
    assert (first.step, first.state.signatures[0].proven_time) == (Step.DOCUMENT_TIMESTAMP, NOW)
    assert first.content.startswith(frozen)
    assert not first.state.signatures[0].has_own_timestamp
    assert (second.step, levels(second)) == (Step.ARCHIVE, [Level.ARCHIVED])


@pytest.mark.full
def test_a_signature_without_room_takes_way_b(
    sign: Sign, policy: UpgradePolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signing.pdf_signature.RESERVED_CHARACTERS", 9000)
    first, second, _ = all_steps(sign(), policy)
    assert first.step is Step.DOCUMENT_TIMESTAMP
    assert (second.step, levels(second)) == (Step.ARCHIVE, [Level.ARCHIVED])


@pytest.mark.full
def test_a_signature_that_comes_after_the_archive_keeps_it_though_the_first_signer_is_forgotten(
    sign: Sign, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    first = all_steps(sign("ends-soon"), policy)[-1].content
    later = NOW + 30 * DAY
    again = sign("chairman", first, later)
    assert [one.level for one in read_state(again).signatures] == [Level.ARCHIVED, Level.BASIC]
    with pki.at(later):
        stamped, archived, _ = all_steps(again, policy, later)
    assert (stamped.step, levels(stamped)) == (Step.SIGNATURE_TIMESTAMP, [Level.ARCHIVED, Level.TIMESTAMPED])
    assert (archived.step, levels(archived)) == (Step.ARCHIVE, [Level.ARCHIVED, Level.ARCHIVED])


def test_a_document_that_nobody_signed_has_no_next_step(small_pdf: bytes, policy: UpgradePolicy) -> None:
    upgrade = next_step(small_pdf, NOW, policy)
    assert (upgrade.step, upgrade.due, upgrade.content) == (Step.NOTHING, None, small_pdf)


def test_our_verification_agrees_at_every_level(
    basic: bytes, timestamped: bytes, archived: bytes, pki: PublicKeyInfrastructure
) -> None:
    for content in (basic, timestamped, archived):
        (verdict,) = verify_pdf(content, pki.trust, NOW)
        assert verdict.intact
        assert verdict.trusted
    assert verdict.valid, verdict.problem


def test_another_reader_finds_nothing_broken(archived: bytes) -> None:
    with pikepdf.open(io.BytesIO(archived)) as document:
        assert document.check_pdf_syntax() == []


# --- resumed, repeated, renewed ---


@pytest.mark.full
def test_a_step_that_was_lost_is_simply_taken_again(basic: bytes, policy: UpgradePolicy) -> None:
    lost, again = (next_step(basic, NOW, policy) for _ in range(2))
    assert lost.step is again.step is Step.SIGNATURE_TIMESTAMP
    assert lost.content != again.content, "two timestamps"
    assert read_state(lost.content).signatures[0].level is read_state(again.content).signatures[0].level


def test_a_finished_file_is_left_alone_and_nobody_is_asked(
    archived: bytes, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    upgrade = next_step(archived, NOW + 30 * DAY, policy)
    assert (upgrade.step, upgrade.content) == (Step.NOTHING, archived)
    assert upgrade.due == NOW + 110 * DAY
    assert pki.asked == []


def test_the_archive_is_renewed_before_the_last_timestamps_certificate_ends(
    archived: bytes, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    due = due_at(read_state(archived), policy)
    assert due is not None
    assert next_step(archived, due - DAY, policy).step is Step.NOTHING
    with pki.at(due):
        renewed = next_step(archived, due, policy)
    assert (renewed.step, levels(renewed)) == (Step.RENEWAL, [Level.ARCHIVED])
    assert renewed.content.startswith(archived)
    assert [stamp.moment for stamp in renewed.state.timestamps] == [NOW, due]
    assert renewed.due == NOW + (9 * 365 - 90) * DAY
    assert next_step(renewed.content, due, policy).step is Step.NOTHING


@pytest.mark.full
def test_a_renewed_archive_outlives_signer_and_first_authority(
    archived: bytes, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    """Six years on: the signer's certificate ended after three, the first document timestamp's after 200 days."""
    with pki.at(NOW + 110 * DAY):
        renewed = next_step(archived, NOW + 110 * DAY, policy).content
    later = NOW + 6 * 365 * DAY
    prove_archived(open_document(renewed), policy.trust, later)
    with pytest.raises(SigningError):
        prove_archived(open_document(archived), policy.trust, later)


def test_a_renewal_by_the_ending_certificate_is_no_renewal(archived: bytes, pki: PublicKeyInfrastructure) -> None:
    """Or every run would append another one, for nothing."""
    due = NOW + 110 * DAY
    with pki.at(due), pytest.raises(SigningError, match="timestamp-authority-ends-soon") as caught:
        next_step(archived, due, policy_for(pki, "tsa-ends-soon"))
    assert caught.value.retryable
    with pki.at(due):
        renewed = next_step(archived, due, policy_for(pki, "tsa-ends-soon", "tsa"))
    assert [str(error) for error in renewed.passed_over] == ["timestamp-authority-ends-soon not_after=2027-06-19"]


def test_a_signature_by_somebody_who_is_revoked_after_its_timestamp_still_holds(
    sign: Sign, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    """That is what the early timestamp is for."""
    stamped = next_step(sign("revoked-later"), NOW, policy).content
    later = NOW + 10 * DAY
    with pki.at(later):
        upgrade = next_step(stamped, later, policy)
    assert (upgrade.step, levels(upgrade)) == (Step.ARCHIVE, [Level.ARCHIVED])


@pytest.mark.full
def test_a_signature_that_claims_to_be_younger_than_its_timestamp_is_named(sign: Sign, policy: UpgradePolicy) -> None:
    assert next_step(sign(moment=NOW + DAY), NOW, policy).wrong_clocks == ("Signature1",)


def test_no_other_clock_than_the_callers_is_looked_at(
    timestamped: bytes, policy: UpgradePolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pyHanko looked at its own: an authority a minute ahead made timestamps that "did not exist yet"."""

    class AnHourBehind(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]  # an aware one is enough
            return (NOW - dt.timedelta(hours=1)).astimezone(tz)

    monkeypatch.setattr("pyhanko_certvalidator.ltv.ades_past.datetime", AnHourBehind)
    assert next_step(timestamped, NOW, policy).step is Step.ARCHIVE


# --- whom to ask ---


@pytest.mark.full
def test_the_next_authority_is_asked_when_one_lies_or_is_busy(basic: bytes, pki: PublicKeyInfrastructure) -> None:
    policy = policy_for(pki, "tsa", "tsa-ends-soon")
    with pki.misbehaving("tsa", pki_faults.wrong_imprint()):
        upgrade = next_step(basic, NOW, policy)
    assert upgrade.step is Step.SIGNATURE_TIMESTAMP
    assert [error.code for error in upgrade.passed_over] == ["timestamp-wrong"]


def test_a_proof_needs_no_network(archived: bytes, policy: UpgradePolicy, pki: PublicKeyInfrastructure) -> None:
    archive, same = open_document(archived), open_document(archived)
    assert prove_archived(archive, policy.trust, NOW) == prove_intact(same, policy.trust, NOW)
    assert pki.asked == []
