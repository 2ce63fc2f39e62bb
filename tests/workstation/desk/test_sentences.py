# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever the world does, the clerk reads in her language what happened and what to do now."""

from __future__ import annotations

import ast
import itertools
import string
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.errors import BugError, KnownError
from scanning.errors import ScanningError
from signing.errors import SigningError
from workstation.desk.sentences import UNEXPECTED, describe, sentence, table

ROOT = Path(__file__).parents[3]
ROOMS = ("casework", "localdb", "scanning", "signing", "sync_agent", "workstation")
ERRORS = frozenset({"KnownError", "ScanningError", "SigningError"})
LANGUAGES = ("vi", "en")

# Where a code is no literal, by module and expression: every code that it can be.
CODES_IN_VARIABLES = {
    ("scanning/devices/sane.py", "code"): {
        *("scanner-unsupported", "scan-cancelled", "scanner-busy", "page-truncated", "scanner-jammed", "feeder-empty"),
        *("cover-open", "scanner-gone", "scanner-failed", "scanner-access-denied", "scanner-locked"),
    },
    ("scanning/devices/wire.py", "_text(frame, 'code')"): set(),  # said by a worker, which is scanning too
    ("scanning/scanner.py", "error.code"): set(),  # raised again with the number of pages
    ("signing/keys/signer_process.py", "error['code']"): set(),  # said by the signer program, which is signing too
    ("sync_agent/transports/refusals.py", "refusal.code"): {
        *("clock-skew", "replayed", "device-unknown", "device-revoked", "device-registered", "one-time-code-wrong"),
        *("signature-missing", "signature-wrong", "feed-behind", "object-mismatch"),
        *("device-replaced",),
    },
    ("sync_agent/wire/container.py", "f'{self.noun}-{complaint}'"): {
        f"{noun}-{complaint}"
        for noun, complaint in itertools.product(
            ("envelope", "reply"), ("damaged", "signature", "version", "too-large")
        )
    },
    ("sync_agent/wire/json_fields.py", "self._error_code"): {"captive-portal", "courier-not-configured"},
    ("sync_agent/wire/json_fields.py", "error_code"): {"enrolment-damaged", "operation-damaged", "gateway-garbled"},
}

NEVER_SHOWN = {
    "upload-moved": "the courier asks where the upload stands and goes on",
    "upload-gone": "the courier opens the upload again",
    "hello-nonce": "raised only where a gateway answers",
    "output-exists": "of the command ./motcua sign, whose words are for IT",
    "file-error": "of the command ./motcua sign, whose words are for IT",
}

RAISED_ELSEWHERE = {
    "unexpected": "stands for our own faults",
    "pdf-too-large": "stands in the report of a verification",
    "key-file-mended": "a notice of the session",
    "keys-not-changed-yet": "a notice of the session",
    "rules-file-damaged": "a notice of the session",
    "inbox-damaged": "given to JsonFields, and caught",
    "soft-token-library-missing": "the demo's",
    "portal-refused": "noted by the gateway's relay",
    "key-file-exposed": "the gateway's",
    "object-being-fetched": "how it stands with a scan, no error",
    "object-fetch-offline": "how it stands with a scan, no error",
    "object-fetch-no-room": "how it stands with a scan, no error",
    "objects-missing": "news of the background program",
    "local-window-shrunk": "news of the background program",
    "disk-nearly-full": "news of the background program",
    "snapshot-not-carried": "news of the background program",
    "snapshot-not-proven": "news of the background program",
    "snapshot-damaged-at": "news of the background program",
    "gateway-fault": "the gateway's",
    "gateway-disk-full": "the gateway's",
}
"""Sentences for what other rooms than these raise."""


def _modules(rooms: tuple[str, ...]) -> Iterator[tuple[str, ast.Module]]:
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _raised() -> Iterator[tuple[str, ast.expr, frozenset[str]]]:
    """Every making of an error: module, the expression of its code, the names of its details."""
    for module, tree in _modules(ROOMS):
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS):
                continue
            details = frozenset(each.arg or "**" for each in node.keywords) - {"retryable"}
            code = node.args[0]
            for choice in (code.body, code.orelse) if isinstance(code, ast.IfExp) else (code,):
                yield module, choice, details


LITERAL: dict[str, list[frozenset[str]]] = defaultdict(list)
VARIABLE = set()
for _module, _code, _details in _raised():
    if isinstance(_code, ast.Constant) and isinstance(_code.value, str):
        LITERAL[_code.value].append(_details)
    else:
        VARIABLE.add((_module, ast.unparse(_code)))

ALL_CODES = sorted({*LITERAL, *itertools.chain.from_iterable(CODES_IN_VARIABLES.values())})


def test_every_place_where_a_code_is_no_literal_is_known() -> None:
    assert set(CODES_IN_VARIABLES) == VARIABLE


def test_most_codes_are_found_so_that_this_test_tests_something() -> None:
    assert {"wrong-password", "scanner-jammed", "wrong-pin", "disk-full", "captive-portal"} <= set(ALL_CODES)
    assert len(ALL_CODES) > 120


@pytest.mark.parametrize("code", ALL_CODES)
def test_every_known_error_has_its_sentences_or_is_never_shown(code: str) -> None:
    assert (code in table()) is not (code in NEVER_SHOWN)


def test_no_exception_is_made_for_a_code_that_nobody_raises() -> None:
    assert set(NEVER_SHOWN) <= set(ALL_CODES)
    assert set(RAISED_ELSEWHERE) <= set(table())
    assert set(RAISED_ELSEWHERE).isdisjoint(ALL_CODES)


def test_no_sentence_is_left_over_from_a_code_that_is_gone() -> None:
    words = {
        node.value
        for _, tree in _modules(("gateway", "sync_agent"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(table()) - set(ALL_CODES) - set(RAISED_ELSEWHERE) <= words


@pytest.mark.parametrize("code", sorted(table()))
def test_every_entry_says_in_both_languages_what_happened_and_what_to_do(code: str) -> None:
    entry = table()[code]
    assert set(entry) == set(LANGUAGES)
    for happened, next_step in entry.values():
        assert happened != next_step
        for text in (happened, next_step):
            assert text == text.strip()
            assert text[0].isupper() or text[0] == "{"
            assert text.endswith(".")
            assert len(text) <= 160
    assert entry["vi"] != entry["en"]


@pytest.mark.parametrize("code", sorted(table()))
def test_a_sentence_names_only_details_that_its_error_has(code: str) -> None:
    named = {
        language: {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        for language, texts in table()[code].items()
    }
    assert named["vi"] == named["en"]
    if named["vi"] and code not in RAISED_ELSEWHERE:
        assert LITERAL[code]
        for details in LITERAL[code]:
            assert named["vi"] <= details


@pytest.mark.parametrize(
    ("error", "happened"),
    [
        (KnownError("papers-missing", count="2"), "Còn thiếu 2 giấy tờ bắt buộc theo danh mục."),
        (ScanningError("feeder-empty"), "Khay nạp giấy trống."),
        (SigningError("wrong-pin", pin_state="low"), "Mã PIN không đúng; thiết bị đã tính một lần sai."),
    ],
)
def test_an_error_of_any_room_is_described(error: Exception, happened: str) -> None:
    described = describe(error)
    assert described.happened == happened
    assert described.code == getattr(error, "code", None)
    assert described.next_step


def test_english_is_there_for_who_asks() -> None:
    assert describe(KnownError("papers-missing", count="2"), "en").happened == (
        "2 papers that the catalogue requires are missing."
    )


@pytest.mark.parametrize("error", [BugError("no such column: Lê Văn Thành"), ValueError("038094012745")])
def test_our_own_fault_is_described_without_its_words(error: Exception) -> None:
    described = describe(error)
    assert described == sentence(UNEXPECTED, {})
    assert str(error) not in described.happened + described.next_step


def test_a_code_of_a_later_release_is_described_as_unexpected_under_its_own_name() -> None:
    described = describe(KnownError("from-the-future"))
    assert (described.code, described.happened) == ("from-the-future", sentence(UNEXPECTED, {}).happened)


def test_a_missing_detail_breaks_no_sentence() -> None:
    assert "…" in sentence("papers-missing", {}).happened
