# SPDX-License-Identifier: GPL-3.0-or-later
"""A queue as the background program keeps one: services that fail cost time, never a document."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from signing.errors import SigningError
from signing.levels.document_state import open_document, read_state
from signing.levels.proof import prove_archived
from signing.levels.replace_file import replace_file
from signing.levels.splice import apply_splice, splice_between
from signing.levels.upgrade import Step, next_step
from signing.levels.waiting import next_try
from tests.signing import pki_faults
from tests.signing.levels.conftest import Sign, policy_for
from tests.signing.pki import NOW, PublicKeyInfrastructure

pytestmark = pytest.mark.full

_MINUTE = dt.timedelta(minutes=1)

_REPLACING = """
import hashlib, sys
from pathlib import Path
from signing.levels.replace_file import replace_file
path = Path(sys.argv[1])
while True:
    old = path.read_bytes()
    new = (b"b" if old[:1] == b"a" else b"a") * 3_000_000
    replace_file(path, new, expected_sha256=hashlib.sha256(old).hexdigest())
"""


def test_a_day_of_bad_services_brings_every_document_to_the_archive(
    pki: PublicKeyInfrastructure, sign: Sign, tmp_path: Path
) -> None:
    """Two timestamps in twenty minutes, then an hour down, a lie, and rubbish; six documents, of two signers one."""
    policy = policy_for(pki)
    weather = [
        pki_faults.after(2, pki_faults.busy(1200)),
        pki_faults.failing(),
        pki_faults.wrong_imprint(),
        pki_faults.saying(b"<html>"),
        pki_faults.after(3, pki_faults.busy(None, 503)),
    ]
    papers = {}
    for number in range(6):
        paper = tmp_path / f"{number}.pdf"
        paper.write_bytes(sign("chairman", sign()) if number == 0 else sign())
        papers[paper] = (NOW, 0)
    elsewhere = {paper: paper.read_bytes() for paper in papers}
    codes = set()
    now = NOW
    while papers and now < NOW + dt.timedelta(days=2):
        turn = int((now - NOW) / (20 * _MINUTE))
        fault = weather[turn] if turn < len(weather) else pki_faults.slow(0)
        with pki.at(now), pki.misbehaving("tsa", fault):
            for paper, (due, failures) in list(papers.items()):
                if due > now:
                    continue
                old = paper.read_bytes()
                try:
                    upgrade = next_step(old, now, policy)
                except SigningError as error:
                    codes.add(error.code)
                    # A lie is for a person to look at; here the person says: again in an hour.
                    papers[paper] = (next_try(error, failures + 1, now) or now + 60 * _MINUTE, failures + 1)
                    continue
                if upgrade.step is Step.NOTHING:
                    del papers[paper]
                    continue
                replace_file(paper, upgrade.content, expected_sha256=hashlib.sha256(old).hexdigest())
                elsewhere[paper] = apply_splice(elsewhere[paper], splice_between(old, upgrade.content))
                papers[paper] = (now, 0)
        now += _MINUTE
    assert papers == {}
    assert codes >= {"service-busy", "service-failed"}
    for paper, copy in elsewhere.items():
        content = paper.read_bytes()
        assert content == copy
        prove_archived(open_document(content), policy.trust, now)
        assert read_state(content).is_archived
    assert len(list(tmp_path.iterdir())) == 6


def test_a_program_that_is_killed_while_it_replaces_a_file_leaves_a_whole_one(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"a" * 3_000_000)
    seen = set()
    for _ in range(20):
        program = subprocess.Popen([sys.executable, "-c", _REPLACING, path], cwd=Path(__file__).parents[3])
        time.sleep(0.3 + random.random() / 5)
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
        content = path.read_bytes()
        assert content in {b"a" * 3_000_000, b"b" * 3_000_000}
        seen.add(content[:1])
    assert seen
