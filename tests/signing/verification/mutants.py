# SPDX-License-Identifier: GPL-3.0-or-later
"""Broken and hostile documents by the thousand: a seed makes one mutant of a signed document, and one makes sure of it.

What may still be called valid: a signature over the very bytes of the original, on pages that look to a third reader
(pdfium) as they did when it, or one after it, was made.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import pikepdf
import pypdfium2

from signing.errors import SigningError
from signing.trust import TrustAnchors
from signing.verdicts.document import judge_document
from signing.verdicts.verdict import DocumentReport, Verdict
from tests.signing.pki import NOW
from tests.signing.verification.documents import HOUR, hole_of, objects_appended

MOMENT = NOW + 3 * HOUR
PATIENCE_SECONDS = 10
SEED = int(os.environ.get("MOTCUA_FUZZ_SEED", "0"))

_WORDS = (
    b"/Type",
    b"/Sig",
    b"/DocTimeStamp",
    b"/ByteRange",
    b"/Contents",
    b"/SubFilter",
    b"/ETSI.CAdES.detached",
    b"/ETSI.RFC3161",
    b"/adbe.pkcs7.detached",
    b"/AcroForm",
    b"/Fields",
    b"/Kids",
    b"/Parent",
    b"/Annots",
    b"/Pages",
    b"/Root",
    b"/Prev",
    b"/Size",
    b"/XRefStm",
    b"/Encrypt",
    b"/DSS",
    b"/CRLs",
    b"/V",
    b"/FT",
    b"/T",
    b"/Rect",
    b"/AP",
    b"/Length",
    b"/Filter",
    b"/FlateDecode",
    b"null",
    b"obj",
    b"endobj",
    b"stream",
    b"endstream",
    b"xref",
    b"trailer",
    b"startxref",
    b"%%EOF",
    b"<<",
    b">>",
    b"[",
    b"]",
)
_BODIES = (
    b"null",
    b"<<>>",
    b"[]",
    b"<</Type/Catalog>>",
    b"<</Type/Catalog/Pages %(any)d 0 R/AcroForm %(other)d 0 R>>",
    b"<</Type/Pages/Kids[%(any)d 0 R %(other)d 0 R]/Count 2>>",
    b"<</Type/Page/Parent %(any)d 0 R/Contents %(other)d 0 R/MediaBox[0 0 595 842]>>",
    b"<</FT/Sig/T(Signature1)/V %(any)d 0 R>>",
    b"<</FT/Sig/T(Signature9)/V %(any)d 0 R/Kids[%(other)d 0 R]/Parent %(other)d 0 R>>",
    b"<</Fields[%(any)d 0 R %(other)d 0 R]/SigFlags 3/NeedAppearances true>>",
    b"<</Length 44>>stream\nBT /F1 24 Tf 72 700 Td (Pay 9 000 000) Tj ET\nendstream",
    b"<</Length %(any)d 0 R>>stream\nBT ET\nendstream",
    b"<</Type/ObjStm/N 1/First 4/Length 8>>stream\n9 0 null\nendstream",
    b"<</Type/Font/Subtype/Type1/BaseFont/Symbol>>",
    b"%(any)d 0 R",
)


class HungError(BaseException):
    """A mutant kept the verification busy for too long. Nobody under test can swallow it."""


@dataclass(frozen=True)
class Original:
    """A signed document, and what is seen on its pages.

    Attributes:
        name: What it is.
        content: The document.
        digests: Byte-range digests of its valid signatures.
        looks: What a third reader draws: of all of it, and of what each signature signed.
    """

    name: str
    content: bytes
    digests: frozenset[str]
    looks: frozenset[tuple[bytes, ...]]


@dataclass
class Tally:
    """What became of many mutants."""

    judged: int = 0
    unreadable: int = 0
    valid: int = 0
    slowest_seconds: float = 0.0


def original(name: str, content: bytes, trust: TrustAnchors) -> Original:
    """Take a document as one to mutate; all its signatures must be valid."""
    report = judge_document(content, trust, MOMENT)
    assert report.verdict is Verdict.VALID, (name, report)
    ranges = re.findall(rb"/ByteRange\s*\[0 \d+ (\d+) (\d+)", content)
    looks = frozenset(look_of(content[: int(second) + int(rest)]) for second, rest in ranges)
    return Original(name, content, frozenset(one.byte_range_digest for one in report.signatures), looks)


def look_of(content: bytes) -> tuple[bytes, ...]:
    """What pdfium draws, small, forms included."""
    document = pypdfium2.PdfDocument(content)
    try:
        document.init_forms()
        return tuple(page.render(scale=0.4).to_numpy().tobytes() for page in document)
    finally:
        document.close()


def run(seeds: Sequence[int], originals: Sequence[Original], trust: TrustAnchors, folder: Path) -> Tally:
    """Judge one mutant a seed; a mutant that should not be valid, or is not answered, is kept in a folder."""
    tally = Tally()
    for seed in seeds:
        mutated, source = mutant(seed, originals)
        started = time.monotonic()
        try:
            with _patience():
                report = judge_document(mutated, trust, MOMENT)
        except SigningError as error:
            if error.code not in {"pdf-unreadable", "pdf-encrypted"}:
                raise
            tally.unreadable += 1
        except BaseException:
            (folder / f"{seed}.pdf").write_bytes(mutated)
            raise
        else:
            tally.valid += report.verdict is Verdict.VALID
            if not is_right(report, mutated, source):
                (folder / f"{seed}.pdf").write_bytes(mutated)
                raise AssertionError(f"seed {seed}, {source.name}: falsely valid, {folder}/{seed}.pdf")
        tally.judged += 1
        tally.slowest_seconds = max(tally.slowest_seconds, time.monotonic() - started)
    return tally


def is_right(report: DocumentReport, mutated: bytes, source: Original) -> bool:
    """Whether every "valid" is deserved."""
    valid = [one for one in report.signatures if one.valid]
    if not valid:
        return True
    if not all(one.byte_range_digest in source.digests for one in valid):
        return False
    return look_of(mutated) in source.looks


def mutant(seed: int, originals: Sequence[Original]) -> tuple[bytes, Original]:
    """Make a mutant and say of what."""
    dice = random.Random(f"{SEED} {seed}")
    source = dice.choice(originals)
    content = source.content
    # Half of them leave what was signed alone: there the digest does not help.
    choice = dice.choice((_MUTATIONS, _AFTERWARDS))
    for _ in range(dice.choice((1, 1, 1, 2, 3, 6))):
        content = dice.choice(choice)(dice, content)
    return content, source


@contextlib.contextmanager
def _patience() -> Iterator[None]:
    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise HungError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _place(dice: random.Random, content: bytes) -> int:
    """Anywhere, but rarely among the zeros behind a signature."""
    for _ in range(8):
        at = dice.randrange(max(1, len(content)))
        if content[at : at + 16] != b"0" * 16:
            return at
    return dice.randrange(max(1, len(content)))


def _flip_bits(dice: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(dice.choice((1, 1, 1, 4, 32))):
        if changed:
            changed[_place(dice, content) % len(changed)] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _cut(dice: random.Random, content: bytes) -> bytes:
    at = _place(dice, content)
    return content[:at] + content[at + dice.choice((1, 2, 16, 256, 4096)) :]


def _truncate(dice: random.Random, content: bytes) -> bytes:
    return content[: dice.choice((_place(dice, content), max(0, len(content) - dice.randrange(64))))]


def _repeat(dice: random.Random, content: bytes) -> bytes:
    start, at = _place(dice, content), _place(dice, content)
    piece = content[start : start + dice.choice((1, 16, 256, 4096))]
    return content[:at] + piece + content[at:]


def _overwrite(dice: random.Random, content: bytes) -> bytes:
    start, at = _place(dice, content), _place(dice, content)
    piece = content[start : start + dice.choice((1, 16, 256))]
    return content[:at] + piece + content[at + len(piece) :]


def _noise(dice: random.Random, content: bytes) -> bytes:
    at = _place(dice, content)
    return content[:at] + dice.randbytes(dice.choice((1, 8, 64))) + content[at:]


def _change_number(dice: random.Random, content: bytes) -> bytes:
    numbers = list(re.finditer(rb"(?<![0-9A-Fa-f])\d{1,10}(?![0-9A-Fa-f])", content))
    if not numbers:
        return content
    found = dice.choice(numbers)
    value = dice.choice((0, 1, 2, 65535, 2**31 - 1, 2**32, 10**10, int(found[0]) + 1, max(0, int(found[0]) - 1)))
    text = b"%d" % value
    if dice.random() < 0.5:
        text = text.rjust(len(found[0]), b"0")[-len(found[0]) :]
    return content[: found.start()] + dice.choice((b"", b"", b"-")) + text + content[found.end() :]


def _change_word(dice: random.Random, content: bytes) -> bytes:
    places = [found for word in _WORDS for found in re.finditer(re.escape(word), content)]
    if not places:
        return content
    found = dice.choice(places)
    word = dice.choice(_WORDS)
    if dice.random() < 0.5:
        word = word.ljust(len(found[0]))[: len(found[0])]
    return content[: found.start()] + word + content[found.end() :]


def _append_objects(dice: random.Random, content: bytes) -> bytes:
    """A well-formed update by an attacker: some objects are others now."""
    try:
        size = max(int(found) for found in re.findall(rb"/Size (\d+)", content)) % 1000
        objects = []
        for _ in range(dice.choice((1, 1, 2, 4))):
            references = {b"any": dice.randrange(1, size + 2), b"other": dice.randrange(1, size + 2)}
            objects.append((dice.randrange(1, size + 3), dice.choice(_BODIES) % references))
        return objects_appended(content, objects, root=dice.choice((None, None, None, dice.randrange(1, size + 2))))
    except Exception:  # the document is too broken already for an attacker's own tool
        return content + dice.choice(_BODIES).replace(b"%(any)d", b"1").replace(b"%(other)d", b"2")


def _change_tail(dice: random.Random, content: bytes) -> bytes:
    """Change only what came after the first signature, and move nothing: the digest of that one still matches."""
    try:
        first, second, rest = map(int, re.findall(rb"/ByteRange\s*\[0 (\d+) (\d+) (\d+)", content)[0])
    except (ValueError, IndexError):
        return content
    changed = bytearray(content)
    end = second + rest
    if not first < end < len(changed):
        return _append_rubbish(dice, content)
    for _ in range(dice.choice((1, 2, 8))):
        at = dice.randrange(end, len(changed))
        piece = dice.choice((*_WORDS, b" " * 8, dice.randbytes(2), b"%d" % dice.randrange(40)))
        piece = piece[: len(changed) - at]
        changed[at : at + len(piece)] = piece
    return bytes(changed)


def _append_rubbish(dice: random.Random, content: bytes) -> bytes:
    start = _place(dice, content)
    return (
        content
        + content[start : start + dice.choice((10, 300, 5000))]
        + dice.choice((b"", b"\n%%EOF\n", b"startxref\n0\n%%EOF"))
    )


def _change_message(dice: random.Random, content: bytes) -> bytes:
    """Change the signature itself, where no digest sees it."""
    try:
        start, end = hole_of(content, dice.choice((0, -1)))
        message = bytearray.fromhex(content[start + 1 : end - 1].decode())
    except (ValueError, IndexError):
        return content
    if not message:
        return content
    used = len(bytes(message).rstrip(b"\0")) or 1
    for _ in range(dice.choice((1, 1, 2, 8))):
        at = dice.randrange(min(used, len(message)))
        if dice.random() < 0.7:
            message[at] = dice.choice((message[at] ^ (1 << dice.randrange(8)), 0, 0x80, 0xFF, dice.randrange(256)))
        else:
            piece = message[at : at + dice.choice((1, 4, 20))]
            message[at + len(piece) : at + len(piece)] = piece
            del message[-len(piece) :]
    return content[: start + 1] + bytes(message).hex().encode() + content[end - 1 :]


def _save_anew(dice: random.Random, content: bytes) -> bytes:
    """What an editor does that knows nothing of signatures."""
    try:
        saved = io.BytesIO()
        with pikepdf.open(io.BytesIO(content)) as document:
            if dice.random() < 0.5 and len(document.pages):
                document.add_blank_page()
            modes = (pikepdf.ObjectStreamMode.generate, pikepdf.ObjectStreamMode.disable)
            document.save(saved, object_stream_mode=dice.choice(modes), linearize=dice.random() < 0.2)
        return saved.getvalue()
    except Exception:  # too broken already for an editor; its warnings are errors here
        return content


def _splice(dice: random.Random, content: bytes) -> bytes:
    at, back = _place(dice, content), _place(dice, content)
    return content[:at] + content[back:]


_MUTATIONS = (
    _flip_bits,
    _flip_bits,
    _cut,
    _truncate,
    _repeat,
    _overwrite,
    _noise,
    _change_number,
    _change_number,
    _change_word,
    _change_word,
    _append_objects,
    _append_objects,
    _append_objects,
    _append_rubbish,
    _change_message,
    _change_message,
    _save_anew,
    _splice,
)

_AFTERWARDS = (
    _append_objects,
    _append_objects,
    _append_objects,
    _change_message,
    _change_tail,
    _change_tail,
    _append_rubbish,
)
