# SPDX-License-Identifier: GPL-3.0-or-later
"""A worker program is started, talked to, and given up on when it is silent or dead."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scanning.child_program import ChildGoneError, ChildProgram, ChildSilentError
from scanning.frames import Frame

_ROOT = Path(__file__).parents[2]
_CHILD = """
import os, signal, time
from scanning.frames import Frame, claim_standard_streams, read_frame, write_frame
incoming, outgoing = claim_standard_streams()
while (frame := read_frame(incoming)) is not None:
    if frame.kind == "echo":
        write_frame(outgoing, frame)
    elif frame.kind == "chatter":
        os.write(1, b"a driver prints what it likes")
        print("and so does Python", flush=True)
        write_frame(outgoing, Frame("done"))
    elif frame.kind == "crash":
        write_frame(outgoing, Frame("last words"))
        os.kill(os.getpid(), signal.SIGSEGV)
    elif frame.kind == "garbage":
        outgoing.write(b"this is not a frame"); outgoing.flush()
    elif frame.kind == "flood":
        for _ in range(100):
            write_frame(outgoing, Frame("page", {}, bytes(100_000)))
    elif frame.kind == "hang":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
        while True:
            time.sleep(60)
"""
_SOON = 20.0


@pytest.fixture
def child(tmp_path: Path) -> ChildProgram:
    (tmp_path / "child_of_a_test.py").write_text(_CHILD, encoding="utf-8")
    path = os.pathsep.join([str(_ROOT), str(tmp_path)])
    return ChildProgram("child_of_a_test", environment={"PYTHONPATH": path})


def test_frames_go_there_and_back(child: ChildProgram) -> None:
    with child:
        frame = Frame("echo", {"name": "Trịnh"}, bytes(1_000_000))
        child.send(frame)
        assert child.receive(_SOON) == frame


def test_what_native_code_prints_does_not_disturb_the_frames(child: ChildProgram) -> None:
    with child:
        child.send(Frame("chatter"))
        assert child.receive(_SOON) == Frame("done")


def test_what_a_child_finished_before_it_crashed_is_received(child: ChildProgram) -> None:
    with child:
        child.send(Frame("crash"))
        assert child.receive(_SOON) == Frame("last words")
        with pytest.raises(ChildGoneError):
            child.receive(_SOON)
        with pytest.raises(ChildGoneError):
            child.receive(_SOON)
    assert not child.alive


@pytest.mark.expects_log("scanning.child_program")
def test_a_child_that_says_something_else_than_frames_counts_as_gone(child: ChildProgram) -> None:
    with child:
        child.send(Frame("garbage"))
        with pytest.raises(ChildGoneError):
            child.receive(_SOON)


def test_a_silent_child_is_noticed_and_can_be_killed(child: ChildProgram) -> None:
    with child:
        child.send(Frame("hang"))
        with pytest.raises(ChildSilentError):
            child.receive(0.05)
        child.kill()
        assert not child.alive
        with pytest.raises(ChildGoneError):
            child.receive(_SOON)


def test_a_child_with_much_to_say_can_be_left(child: ChildProgram) -> None:
    child.send(Frame("flood"))
    assert child.receive(_SOON).kind == "page"
    child.close()
    assert not child.alive


def test_nothing_can_be_sent_to_a_child_that_left(child: ChildProgram) -> None:
    child.close()
    with pytest.raises(ChildGoneError):
        child.send(Frame("echo"))
