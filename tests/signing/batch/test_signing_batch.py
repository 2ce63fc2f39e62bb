# SPDX-License-Identifier: GPL-3.0-or-later
"""A batch signs what was shown, tells what it does, and goes on where it was."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import threading
from typing import TYPE_CHECKING

import pytest

from demo.signing_service import ACCESS_TOKEN, CREDENTIAL, SigningService, serving
from demo.slow_key import SlowKey
from signing.batch.events import (
    BatchCancelled,
    BatchEvent,
    BatchFinished,
    BatchPaused,
    DocumentRefused,
    DocumentSigned,
)
from signing.batch.journal import Step
from signing.errors import SigningError
from signing.keys.remote_key import Authorisation, RemoteKey
from signing.keys.remote_service import RemoteService, ServiceVersion
from signing.keys.signing_key import KeyKind
from signing.pdf_signature import SignedPdf
from tests.signing.software_person import NAME, person

if TYPE_CHECKING:
    from pathlib import Path

    from tests.signing.batch.conftest import Desk


def counting(seconds: float = 0.0) -> SlowKey:
    return SlowKey(person(), seconds)


class FailingKey(SlowKey):
    """Loses its token at the n-th signature."""

    def __init__(self, good: int) -> None:
        super().__init__(person(), 0.0)
        self.good = good

    def sign_digest(self, digest: bytes) -> bytes:
        if len(self.digests) >= self.good:
            raise SigningError("token-gone", retryable=True)
        return super().sign_digest(digest)


def run(desk: Desk, key: SlowKey) -> list[BatchEvent]:
    with desk.begin() as batch:
        return list(batch.run(key))


def steps(desk: Desk) -> list[Step]:
    return [progress.step for progress in desk.progress().values()]


def test_every_document_is_signed_stored_and_read_back(desk: Desk) -> None:
    key = counting()
    events = run(desk, key)
    assert [type(event) for event in events] == [DocumentSigned] * 3 + [BatchFinished]
    assert [event.done for event in events] == [1, 2, 3, 3]
    assert events[-1] == BatchFinished(done=3, refused=0, total=3)
    assert desk.outputs() == [file.name for file in desk.files]
    for file in desk.files:
        assert (desk.signed / file.name).read_bytes().startswith(file.read_bytes())
    assert steps(desk) == [Step.VERIFIED] * 3
    assert len(key.digests) == 3
    assert list(desk.work.iterdir()) == []


def test_a_finished_batch_asks_no_key(desk: Desk) -> None:
    run(desk, counting())
    key = counting()
    assert run(desk, key) == [BatchFinished(done=3, refused=0, total=3)]
    assert key.digests == []
    with desk.begin() as batch:
        assert not batch.needs_key


def test_the_document_that_is_signed_is_the_one_that_was_shown(desk: Desk) -> None:
    shown = desk.files[1].read_bytes()
    desk.files[1].write_bytes(shown.replace(b"% 1", b"% 7"))
    events = run(desk, counting())
    refused = [event for event in events if isinstance(event, DocumentRefused)]
    assert [(event.name, event.error.code) for event in refused] == [(desk.names[1], "not-the-displayed-document")]
    assert events[-1] == BatchFinished(done=2, refused=1, total=3)
    desk.files[1].write_bytes(shown)
    assert run(desk, counting())[-1] == BatchFinished(done=3, refused=0, total=3)


def test_a_document_exchanged_between_preparing_and_signing_anew_is_refused(desk: Desk) -> None:
    run(desk, FailingKey(good=0))
    assert Step.PREPARED in steps(desk)
    desk.files[0].write_bytes(desk.files[0].read_bytes() + b"% more\n")
    events = run(desk, counting())
    assert isinstance(events[0], DocumentRefused)
    assert events[0].error.code == "not-the-displayed-document"


def test_a_document_that_cannot_be_signed_does_not_stop_the_others(desk: Desk) -> None:
    desk.files[0].unlink()
    broken = b"no PDF at all"
    desk.files[2].write_bytes(broken)
    desk.items[2] = dataclasses.replace(desk.items[2], displayed_sha256=hashlib.sha256(broken).hexdigest())
    events = run(desk, counting())
    codes = [event.error.code for event in events if isinstance(event, DocumentRefused)]
    assert codes == ["file-error", "pdf-unreadable"]
    assert desk.outputs() == [desk.files[1].name]


def test_a_token_that_is_pulled_out_pauses_the_batch_and_nothing_is_signed_twice(desk: Desk) -> None:
    first = FailingKey(good=1)
    with desk.begin() as batch:
        events = list(batch.run(first))
        assert [type(event) for event in events] == [DocumentSigned, BatchPaused]
        assert isinstance(events[1], BatchPaused)
        assert events[1].error.code == "token-gone"
        assert batch.needs_key
        second = counting()
        assert list(batch.run(second))[-1] == BatchFinished(done=3, refused=0, total=3)
    digests = first.digests + second.digests
    assert len(digests) == len(set(digests)) == 3


def test_what_was_prepared_for_a_lost_token_is_signed_as_it_was(desk: Desk) -> None:
    run(desk, FailingKey(good=0))
    prepared = {name: progress.digest for name, progress in desk.progress().items()}
    assert prepared
    desk.now += dt.timedelta(minutes=5)
    run(desk, counting())
    assert {name: desk.progress()[name].digest for name in prepared} == prepared


@pytest.mark.parametrize("why", ["old", "future", "another certificate", "damaged", "gone"])
def test_a_half_way_state_that_no_longer_fits_is_made_anew(desk: Desk, why: str) -> None:
    run(desk, FailingKey(good=0))
    (name, *_) = desk.progress()
    before = desk.progress()[name].digest
    key = counting()
    if why == "old":
        desk.now += dt.timedelta(hours=2)
    elif why == "future":
        desk.now -= dt.timedelta(minutes=2)
    elif why == "another certificate":
        key = SlowKey(person(1), 0.0)
    elif why == "damaged":
        desk.documents.keep_half_way(name, b"motcua half-way\nnonsense")
    else:
        desk.documents.forget_half_way(name)
    assert run(desk, key)[-1] == BatchFinished(done=3, refused=0, total=3)
    assert desk.progress()[name].digest != before


def test_a_key_that_is_not_the_certificate_s_signs_nothing(desk: Desk) -> None:
    key = counting()
    key.key = dataclasses.replace(person(), private_key=person(1).private_key)
    events = run(desk, key)
    assert isinstance(events[-1], BatchPaused)
    assert events[-1].error.code == "signature-mismatch"
    assert desk.outputs() == []
    assert Step.SIGNED not in steps(desk)


def test_cancelling_begins_nothing_new_and_keeps_what_the_key_is_just_signing(desk: Desk) -> None:
    cancelled = threading.Event()

    class Waiting(SlowKey):
        def sign_digest(self, digest: bytes) -> bytes:
            if self.digests:
                assert cancelled.wait(60)
            return super().sign_digest(digest)

    key = Waiting(person(), 0.0)
    with desk.begin() as batch:
        events = batch.run(key)
        assert isinstance(next(events), DocumentSigned)
        batch.cancel()
        cancelled.set()
        assert [type(event) for event in events] == [DocumentSigned, BatchCancelled]
    assert len(desk.outputs()) == len(key.digests) == 2
    assert run(desk, counting())[-1] == BatchFinished(done=3, refused=0, total=3)


def test_cancelling_before_the_start_signs_nothing(desk: Desk) -> None:
    key = counting()
    with desk.begin() as batch:
        batch.cancel()
        assert list(batch.run(key)) == [BatchCancelled(done=0, total=3)]
    assert key.digests == []


def test_whoever_stops_listening_leaves_no_thread_and_loses_no_signature(desk: Desk) -> None:
    key = counting(0.02)
    with desk.begin() as batch:
        events = batch.run(key)
        next(events)
        events.close()  # type: ignore[attr-defined]  # an iterator that is a generator
    assert not [thread for thread in threading.enumerate() if thread.name in ("asks the key", "prepares documents")]
    before = len(key.digests)
    second = counting()
    assert run(desk, second)[-1] == BatchFinished(done=3, refused=0, total=3)
    assert before + len(second.digests) == 3


def test_a_store_that_fails_stops_the_batch_and_the_signature_is_used_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(name: str, signed: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(desk.documents, "write", full)
        with pytest.raises(OSError, match="no space"):
            run(desk, first := counting())
    signed = [name for name, progress in desk.progress().items() if progress.step is Step.SIGNED]
    assert signed
    with desk.begin() as batch:
        finished = list(batch.finish_signed())
        assert [event.name for event in finished] == signed
        second = counting()
        assert list(batch.run(second))[-1] == BatchFinished(done=3, refused=0, total=3)
    assert len(first.digests) + len(second.digests) == 3


def test_a_disk_that_is_full_while_preparing_is_not_taken_for_a_bad_document(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(name: str, content: bytes) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(desk.documents, "keep_half_way", full)
    with pytest.raises(OSError, match="no space"):
        run(desk, counting())
    assert steps(desk) == []


def test_a_signature_whose_document_is_lost_is_reported_and_not_made_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(desk.documents, "write", lambda name, signed: (_ for _ in ()).throw(OSError("gone")))
        with pytest.raises(OSError, match="gone"):
            run(desk, counting())
    lost = [name for name, progress in desk.progress().items() if progress.step is Step.SIGNED]
    for name in lost:
        desk.documents.forget_half_way(name)
    key = counting()
    events = run(desk, key)
    assert [event.name for event in events if isinstance(event, DocumentRefused)] == lost
    assert len(key.digests) == 3 - len(lost)


def test_a_store_may_let_go_of_the_original_when_it_has_the_signed_document(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = desk.documents.write

    def write_and_die(name: str, signed: SignedPdf) -> None:
        honest(name, signed)
        desk.files[desk.names.index(name)].unlink()
        raise OSError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(desk.documents, "write", write_and_die)
        with pytest.raises(OSError, match="power cut"):
            run(desk, counting())
    assert run(desk, counting())[-1] == BatchFinished(done=3, refused=0, total=3)


def test_what_the_disk_made_of_a_document_is_looked_at(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = desk.documents.written

    def rotten(name: str) -> bytes | None:
        content = honest(name)
        return None if content is None else content[:-400] + bytes(400)

    monkeypatch.setattr(desk.documents, "written", rotten)
    events = run(desk, counting())
    assert {event.error.code for event in events if isinstance(event, DocumentRefused)} == {"written-damaged"}
    assert steps(desk) == [Step.WRITTEN] * 3


def test_a_file_that_is_there_already_is_not_overwritten(desk: Desk) -> None:
    (desk.signed / desk.files[0].name).write_bytes(b"somebody else's")
    events = run(desk, counting())
    assert [event.error.code for event in events if isinstance(event, DocumentRefused)] == ["output-exists"]
    assert (desk.signed / desk.files[0].name).read_bytes() == b"somebody else's"


def test_a_seal_is_not_set_with_a_key_that_can_be_copied(desk: Desk) -> None:
    key = counting()
    key.kind = KeyKind.FILE
    with desk.begin(tokens_only=True) as batch, pytest.raises(SigningError, match="software-key-refused"):
        list(batch.run(key))
    key.kind = KeyKind.TOKEN
    with desk.begin(tokens_only=True) as batch:
        assert list(batch.run(key))[-1] == BatchFinished(done=3, refused=0, total=3)


def test_the_next_documents_are_prepared_while_the_key_signs(desk: Desk) -> None:
    ready = threading.Event()

    class Waiting(SlowKey):
        def sign_digest(self, digest: bytes) -> bytes:
            while not ready.wait(0.01) and not self.digests:
                if len(list(desk.work.glob("*.half-way"))) == 3:
                    ready.set()
            return super().sign_digest(digest)

    with desk.begin() as batch:
        assert list(batch.run(Waiting(person(), 0.0)))[-1] == BatchFinished(done=3, refused=0, total=3)
    assert ready.is_set(), "all were ready before the first signature was made"


def test_a_remote_key_gets_a_portion_at_a_time(desk: Desk) -> None:
    service = SigningService(person().private_key, (person().certificate.der,), pin="2580", most_at_once=2)
    asked: list[int] = []

    def authorise(count: int) -> Authorisation:
        asked.append(count)
        return Authorisation(pin=bytearray(b"2580"))

    with serving(service) as address, desk.begin() as batch:
        key = RemoteKey(RemoteService(address, ServiceVersion.V1, ACCESS_TOKEN), CREDENTIAL, authorise)
        assert list(batch.run(key))[-1] == BatchFinished(done=3, refused=0, total=3)
    assert asked == [2, 1]
    assert len(set(service.signed)) == len(service.signed) == 3


def test_journal_and_names_say_nothing_of_people(desk: Desk, tmp_path: Path) -> None:
    run(desk, counting())
    journal = desk.journal.read_text()
    for word in (NAME, "Ánh", "giấy", "in/", person().certificate.der.hex()[:40]):
        assert word not in journal
    assert all(name.isalnum() for name in desk.names)
