# SPDX-License-Identifier: GPL-3.0-or-later
"""The signer program: one try for a PIN, no trace of it, and an end to everything that hangs."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from signing.errors import SigningError
from signing.frames import read_message, write_frame, write_message
from signing.pin import PinState
from signing.signer import SignerProgram

if TYPE_CHECKING:
    from signing.pdf_signature import SignatureRequest
    from tests.signing.conftest import PluggedInToken

LOW, FINAL_TRY, LOCKED = 0x10000, 0x20000, 0x40000  # CKF_USER_PIN_COUNT_LOW, _FINAL_TRY, _LOCKED
DIGEST = bytes(range(32))
NEEDS_PROC = pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs Linux's /proc")


def wrong_pin() -> bytearray:
    return bytearray(b"00000000")


def pid_of(program: SignerProgram) -> int:
    assert program.pid is not None
    return program.pid


@contextlib.contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[SigningError]]:
    with pytest.raises(SigningError) as caught:
        yield caught
    assert caught.value.code == code


def test_a_token_shows_whose_certificates_it_holds(token: PluggedInToken) -> None:
    with token.start() as program:
        (found,) = program.tokens()
    (held,) = found.certificates
    assert found.label == token.soft.label
    assert found.serial == token.soft.serial
    assert found.pin_state is PinState.OK
    assert held.certificate.sha256 == token.soft.certificate_sha256
    assert held.certificate.der == token.soft.certificate
    assert held.certificate.subject_name == "Nguyễn Thị Ngọc Ánh"
    assert held.certificate.organisation == "Ủy ban nhân dân xã Tân Lập"
    assert held.certificate.not_before < held.certificate.not_after
    assert held.certificate.may_sign
    assert held.key_id == "01"


def test_a_digest_is_signed_with_the_key_of_the_certificate(token: PluggedInToken) -> None:
    with token.start() as program:
        token.log_in(program)
        signature = program.sign_digest(DIGEST)
    key = cast(rsa.RSAPublicKey, x509.load_der_x509_certificate(token.soft.certificate).public_key())
    key.verify(signature, DIGEST, padding.PKCS1v15(), Prehashed(hashes.SHA256()))


def test_nothing_is_signed_without_a_login(token: PluggedInToken) -> None:
    with token.start() as program:
        with refused("not-logged-in"):
            program.sign_digest(DIGEST)
        token.log_in(program)
        program.log_out()
        with refused("not-logged-in"):
            program.sign_digest(DIGEST)
        with refused("not-logged-in"):
            _ = program.certificate


# --- the PIN counter ---


def test_a_wrong_pin_costs_exactly_one_try_and_is_never_repeated(token: PluggedInToken) -> None:
    with token.start_spied() as program:
        with refused("wrong-pin") as caught:
            program.log_in(token.soft.serial, token.soft.certificate_sha256, wrong_pin())
        (found,) = program.tokens()
        with refused("not-logged-in"):
            program.sign_digest(DIGEST)
    assert caught.value.details == {"pin_state": "low"}
    assert not caught.value.retryable
    assert found.pin_state is PinState.LOW
    assert token.calls("C_Login") == 1


def test_the_right_pin_after_a_wrong_one_clears_the_warning(token: PluggedInToken) -> None:
    with token.start() as program:
        with refused("wrong-pin"):
            program.log_in(token.soft.serial, token.soft.certificate_sha256, wrong_pin())
        assert program.log_in(token.soft.serial, token.soft.certificate_sha256, token.pin) is PinState.OK


@pytest.mark.parametrize(
    ("flags", "state", "code"),
    [(LOCKED, PinState.LOCKED, "pin-locked"), (LOW | FINAL_TRY, PinState.FINAL_TRY, "pin-final-try")],
)
def test_a_token_that_is_locked_or_about_to_be_is_not_asked(
    token: PluggedInToken, flags: int, state: PinState, code: str
) -> None:
    token.say(flags)
    with token.start_spied() as program:
        (found,) = program.tokens()
        with refused(code):
            program.log_in(token.soft.serial, token.soft.certificate_sha256, token.pin)
    assert found.pin_state is state
    assert token.calls("C_Login") == 0


def test_the_last_try_is_used_when_the_clerk_says_so(token: PluggedInToken) -> None:
    token.say(LOW | FINAL_TRY)
    with token.start() as program:
        program.log_in(token.soft.serial, token.soft.certificate_sha256, token.pin, allow_final_try=True)
        assert program.sign_digest(DIGEST)


def test_a_locked_token_is_not_asked_even_when_the_last_try_is_allowed(token: PluggedInToken) -> None:
    token.say(LOCKED)
    with token.start() as program, refused("pin-locked"):
        program.log_in(token.soft.serial, token.soft.certificate_sha256, token.pin, allow_final_try=True)


def test_an_empty_pin_is_not_sent_because_a_token_would_count_it(token: PluggedInToken) -> None:
    with token.start() as program:
        with refused("pin-empty"):
            program.log_in(token.soft.serial, token.soft.certificate_sha256, bytearray())
        assert program.tokens()[0].pin_state is PinState.OK


# --- choosing key and certificate ---


@pytest.mark.parametrize(("serial", "code"), [("", "certificate-not-found"), ("0000", "token-gone")])
def test_a_token_or_certificate_that_is_not_there_costs_no_try(token: PluggedInToken, serial: str, code: str) -> None:
    with token.start_spied() as program, refused(code):
        program.log_in(serial or token.soft.serial, "00" * 32, token.pin)
    assert token.calls("C_Login") == 0


def test_the_key_is_found_by_its_id_whatever_its_label(token: PluggedInToken) -> None:
    token.change("key[Attribute.LABEL] = 'private key 7'")
    with token.start() as program:
        token.log_in(program)
        assert program.sign_digest(DIGEST)


def test_a_certificate_without_an_id_goes_with_the_only_key(token: PluggedInToken) -> None:
    token.change("certificate[Attribute.ID] = b''")
    with token.start() as program:
        token.log_in(program)
        assert program.sign_digest(DIGEST)


def test_a_certificate_without_an_id_and_two_keys_is_not_guessed_at(token: PluggedInToken) -> None:
    token.change(
        "certificate[Attribute.ID] = b''; session.generate_keypair(KeyType.RSA, 2048, id=b'\\x02', store=True)"
    )
    with token.start() as program:
        with refused("key-not-found") as caught:
            token.log_in(program)
        assert caught.value.details == {"keys": "2"}
        with refused("not-logged-in"):
            program.sign_digest(DIGEST)


def test_a_key_of_another_kind_is_refused(token: PluggedInToken) -> None:
    token.change(
        "from pkcs11.util.ec import encode_named_curve_parameters\n"
        "parameters = {Attribute.EC_PARAMS: encode_named_curve_parameters('secp256r1')}\n"
        "domain = session.create_domain_parameters(KeyType.EC, parameters, local=True)\n"
        "key.destroy(); domain.generate_keypair(id=b'\\x01', store=True)"
    )
    with token.start() as program, refused("key-not-supported"):
        token.log_in(program)


def test_a_key_that_is_not_the_certificate_s_is_noticed_before_a_file_is_made(
    token: PluggedInToken, pdf: bytes, wish: SignatureRequest
) -> None:
    token.change("key.destroy(); session.generate_keypair(KeyType.RSA, 2048, id=b'\\x01', store=True)")
    with token.start() as program:
        token.log_in(program)
        with refused("signature-mismatch"):
            program.sign_pdf(pdf, wish)


# --- a token that leaves, a program that dies ---


def test_a_token_that_is_pulled_out_says_so_and_a_new_program_finds_it_again(token: PluggedInToken) -> None:
    with token.start() as program:
        token.log_in(program)
        assert program.sign_digest(DIGEST)
        token.pull_out()
        with refused("token-gone") as caught:
            program.sign_digest(DIGEST)
        assert caught.value.retryable
    with token.start() as program, refused("token-gone"):
        token.log_in(program)
    token.plug_in()
    with token.start() as program:
        token.log_in(program)
        assert program.sign_digest(DIGEST)


def test_a_program_killed_in_the_middle_of_a_batch_is_reported_and_replaced(token: PluggedInToken) -> None:
    with token.start() as program:
        token.log_in(program)
        killer = threading.Timer(0.05, os.kill, (pid_of(program), signal.SIGTERM))
        killer.start()
        with refused("signer-crashed") as caught:
            for _ in range(1_000_000):
                program.sign_digest(DIGEST)
        killer.join()
        assert caught.value.retryable
        assert program.pid is None
        with refused("signer-crashed"):
            program.tokens()
    with token.start() as program:
        token.log_in(program)
        assert program.sign_digest(DIGEST)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs a signal that stops a program")
def test_a_program_that_is_silent_is_killed(token: PluggedInToken) -> None:
    with token.start(patience_seconds=2.0) as program:
        os.kill(pid_of(program), signal.SIGSTOP)
        with refused("signer-timeout") as caught:
            program.tokens()
        assert caught.value.retryable
        assert program.pid is None


def test_killing_wakes_whoever_waits_for_an_answer(token: PluggedInToken) -> None:
    with token.start() as program:
        if hasattr(signal, "SIGSTOP"):
            os.kill(pid_of(program), signal.SIGSTOP)
        killer = threading.Timer(0.1, program.kill)
        killer.start()
        with refused("signer-crashed"):
            for _ in range(1_000_000):
                program.tokens()
        killer.join()


def test_the_program_ends_when_the_desk_does(token: PluggedInToken) -> None:
    program = token.start()
    with program:
        pid = pid_of(program)
    assert program.pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


# --- no trace ---


def test_the_pin_is_overwritten_in_the_caller_s_buffer_whatever_happens(token: PluggedInToken) -> None:
    right, wrong, unsent = token.pin, wrong_pin(), token.pin
    with token.start() as program:
        program.log_in(token.soft.serial, token.soft.certificate_sha256, right)
        with refused("wrong-pin"):
            program.log_in(token.soft.serial, token.soft.certificate_sha256, wrong)
        program.kill()
        with refused("signer-crashed"):
            program.log_in(token.soft.serial, token.soft.certificate_sha256, unsent)
    assert not any(right + wrong + unsent)


@NEEDS_PROC
def test_the_pin_is_in_no_log_error_argument_or_variable(
    token: PluggedInToken, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    bad_pin = bytearray(b"8888-wrong-8888")
    with token.start() as program:
        with refused("wrong-pin") as caught:
            program.log_in(token.soft.serial, token.soft.certificate_sha256, bad_pin)
        token.log_in(program)
        proc = Path(f"/proc/{program.pid}")
        seen = [
            (proc / "cmdline").read_bytes().decode(),
            (proc / "environ").read_bytes().decode() if os.access(proc / "environ", os.R_OK) else "",
            repr(program),
            repr(vars(program)),
            repr(program.tokens()),
            "".join(traceback.format_exception(caught.value)),
            repr(caught.value.details),
            repr(token.soft),
        ]
    seen += [caplog.text, *capfd.readouterr()]
    for text in seen:
        assert token.soft.pin not in text
        assert "8888-wrong-8888" not in text


@NEEDS_PROC
def test_the_pin_is_not_in_the_program_s_memory_once_it_is_logged_in(token: PluggedInToken) -> None:
    with token.start() as program:
        token.log_in(program)
        assert program.sign_digest(DIGEST)
        try:
            memory = dump_memory(program)
        except PermissionError:
            return  # then nobody of this user can look either, which is the point
    assert token.soft.certificate in memory, "the dump shows what is in memory"
    assert token.soft.pin.encode() not in memory


def dump_memory(program: SignerProgram) -> bytes:
    proc = Path(f"/proc/{program.pid}")
    parts = []
    with (proc / "mem").open("rb", buffering=0) as memory:
        for line in (proc / "maps").read_text().splitlines():
            span, rights = line.split()[:2]
            if not rights.startswith("rw"):
                continue
            start, end = (int(edge, 16) for edge in span.split("-"))
            memory.seek(start)
            with contextlib.suppress(OSError):
                parts.append(memory.read(end - start))
    return b"".join(parts)


@NEEDS_PROC
def test_the_program_dumps_no_core(token: PluggedInToken) -> None:
    with token.start() as program:
        limits = Path(f"/proc/{program.pid}/limits").read_text().splitlines()
    (core,) = [line.split() for line in limits if line.startswith("Max core file size")]
    assert core[4:6] == ["0", "0"]


def test_the_program_says_nothing_outside_its_frames(token: PluggedInToken) -> None:
    commands = io.FileIO(os.memfd_create("commands"), "r+")
    write_message(commands, {"command": "load", "path": str(token.soft.module_path), "sha256": None})
    login = {
        "command": "log-in",
        "token_serial": token.soft.serial,
        "certificate_sha256": token.soft.certificate_sha256,
        "allow_final_try": False,
        "idle_seconds": 60.0,
    }
    write_message(commands, login)
    write_frame(commands, wrong_pin())
    write_message(commands, login)
    write_frame(commands, token.pin)
    write_message(commands, {"command": "sign", "digest": "not hex"})
    write_message(commands, {"command": "dance"})
    commands.seek(0)
    ended = subprocess.run(
        [sys.executable, "-I", "-m", "signing.program"],
        stdin=commands,
        capture_output=True,
        env={**os.environ, **token.soft.environment},
        check=True,
    )
    commands.close()
    replies = io.BytesIO(ended.stdout)
    answers = [read_message(cast(io.RawIOBase, replies)) for _ in range(5)]
    codes = [answer and answer.get("error", {}).get("code") for answer in answers]
    assert codes == [None, "wrong-pin", None, "signer-failed", "command-unknown"]
    assert replies.read() == b""
    assert ended.stderr == b""


def test_the_program_loads_nothing_that_could_reach_the_network() -> None:
    code = "import sys, signing.program; print(*sorted(sys.modules))"
    ended = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, check=True, text=True)
    loaded = set(ended.stdout.split())
    assert loaded.isdisjoint({"ssl", "http.client", "urllib.request", "asyncio", "aiohttp", "requests", "pyhanko"})


def test_the_desk_s_side_loads_no_token_library() -> None:
    code = "import sys, signing.signer; print('pkcs11' in sys.modules)"
    ended = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, check=True, text=True)
    assert ended.stdout.strip() == "False"
