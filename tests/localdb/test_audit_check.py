# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever one hand does to a trail is named exactly: what it was, and which entry."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from localdb.audit_check import RETIRED, KnownEntry, check
from localdb.audit_findings import AuditReport, Finding, FindingKind
from localdb.audit_trail import FIRST_HASH, AuditEntry, Content, hash_of

DEVICE = "device-1"
Trail = list[AuditEntry]


def content(number: int, action: str = "dossier.received") -> Content:
    return (number * 1000, "clerk", action, f"dossier-{number}", "", f"{number:x}")


def entry(previous_hash: bytes, number: int, told: Content) -> AuditEntry:
    return AuditEntry(number, told, previous_hash, hash_of(previous_hash, number, told))


def written(contents: Sequence[Content], after: AuditEntry | None = None) -> Trail:
    trail = [after] if after else []
    for told in contents:
        before = trail[-1] if trail else None
        trail.append(entry(before.entry_hash if before else FIRST_HASH, before.number + 1 if before else 1, told))
    return trail[1:] if after else trail


def trail_of(length: int) -> Trail:
    return written([content(number) for number in range(1, length + 1)])


def anchor(trail: Trail, number: int, device_id: str = DEVICE, *, is_former: bool = False) -> KnownEntry:
    return KnownEntry(number, trail[number - 1].entry_hash, device_id, is_former)


def renumbered(trail: Trail) -> Trail:
    """Numbers closed up or pushed on, everything else as it was."""
    return [each._replace(number=number) for number, each in enumerate(trail, start=1)]


def findings(trail: Trail, known: Sequence[KnownEntry] = ()) -> tuple[Finding, ...]:
    return check(trail, known).findings


FIELDS: list[Callable[[AuditEntry], AuditEntry]] = [
    *(
        lambda each, place=place: each._replace(
            content=(*each.content[:place], 7 if place == 0 else "x", *each.content[place + 1 :])
        )
        for place in range(6)
    ),
    lambda each: each._replace(previous_hash=bytes(31) + b"\1"),
    lambda each: each._replace(entry_hash=bytes(32)),
]

lengths = st.integers(1, 60)


@given(st.data(), lengths)
def test_a_trail_that_nobody_touched_is_whole(data: st.DataObject, length: int) -> None:
    trail = trail_of(length)
    known = [anchor(trail, number) for number in data.draw(st.sets(st.integers(1, length)))]
    assert check(trail, known) == AuditReport(length, anchors=len(known))


@given(st.data(), lengths)
@settings(max_examples=60)
def test_a_changed_entry_is_named(data: st.DataObject, length: int) -> None:
    trail, number = trail_of(length), data.draw(st.integers(1, length))
    trail[number - 1] = data.draw(st.sampled_from(FIELDS))(trail[number - 1])
    assert findings(trail) == (Finding(FindingKind.CHANGED, number, number),)


@given(st.data(), st.integers(2, 60), st.booleans())
def test_a_rewritten_entry_is_named(data: st.DataObject, length: int, knows_before: bool) -> None:
    trail, number = trail_of(length), data.draw(st.integers(1, length - 1))
    trail[number - 1] = entry(trail[number - 1].previous_hash if knows_before else b"?" * 32, number, content(999))
    assert findings(trail) == (Finding(FindingKind.REWRITTEN, number, number),)


@given(st.data(), st.integers(2, 60))
def test_an_entry_rewritten_with_all_that_follow_is_named_as_far_as_anchors_reach(
    data: st.DataObject, length: int
) -> None:
    trail, number = trail_of(length), data.draw(st.integers(1, length))
    known = [anchor(trail, each) for each in sorted(data.draw(st.sets(st.integers(1, length))))]
    rewritten = trail[: number - 1]
    told = [content(999), *(each.content for each in trail[number:])]
    rewritten += written(told, rewritten[-1]) if rewritten else written(told)
    good = max((each.number for each in known if each.number < number), default=0)
    bad = [each.number for each in known if each.number >= number]
    expected = (Finding(FindingKind.REWRITTEN, good + 1, bad[-1]),) if bad else ()
    assert findings(rewritten, known) == expected


@given(st.data(), st.integers(2, 60), st.booleans())
def test_removed_entries_are_named(data: st.DataObject, length: int, closes_up: bool) -> None:
    trail, first = trail_of(length), data.draw(st.integers(1, length - 1))
    last = data.draw(st.integers(first, length - 1))
    left = trail[: first - 1] + trail[last:]
    assert findings(renumbered(left) if closes_up else left) == (Finding(FindingKind.REMOVED, first, last),)


def test_a_long_stretch_that_was_removed_and_closed_up_is_named() -> None:
    trail = trail_of(4000)
    assert findings(renumbered(trail[:10] + trail[3500:])) == (Finding(FindingKind.REMOVED, 11, 3500),)


@given(st.data(), st.integers(2, 60), st.booleans())
@settings(max_examples=60)
def test_exchanged_entries_are_named(data: st.DataObject, length: int, only_content: bool) -> None:
    trail, first = trail_of(length), data.draw(st.integers(1, length - 1))
    second = data.draw(st.integers(first + 1, length))
    one, other = trail[first - 1], trail[second - 1]
    if only_content:
        trail[first - 1], trail[second - 1] = one._replace(content=other.content), other._replace(content=one.content)
    else:
        trail[first - 1], trail[second - 1] = other._replace(number=first), one._replace(number=second)
    assert findings(trail) == (
        Finding(FindingKind.REORDERED, first, first, second),
        Finding(FindingKind.REORDERED, second, second, first),
    )


def test_entries_exchanged_over_a_long_way_are_named() -> None:
    trail = trail_of(3000)
    trail[4], trail[2499] = trail[2499]._replace(number=5), trail[4]._replace(number=2500)
    assert findings(trail) == (
        Finding(FindingKind.REORDERED, 5, 5, 2500),
        Finding(FindingKind.REORDERED, 2500, 2500, 5),
    )


@given(st.data(), st.integers(12, 60))
def test_an_entry_moved_far_back_is_named(data: st.DataObject, length: int) -> None:
    trail, origin = trail_of(length), data.draw(st.integers(1, length - 10))
    to = data.draw(st.integers(origin + 6, length))
    moved = trail[: origin - 1] + trail[origin:to] + [trail[origin - 1]] + trail[to:]
    assert findings(renumbered(moved)) == (Finding(FindingKind.REORDERED, to, to, origin),)


@given(st.data(), lengths, st.sampled_from(["forged", "copied", "garbage"]))
def test_an_inserted_entry_is_named(data: st.DataObject, length: int, how: str) -> None:
    trail, number = trail_of(length), data.draw(st.integers(1, length))
    previous_hash = trail[number - 2].entry_hash if number > 1 else FIRST_HASH
    extra = {
        "forged": entry(previous_hash, number, content(999)),
        "copied": data.draw(st.sampled_from(trail)),
        "garbage": AuditEntry(number, content(999), bytes(32), bytes(32)),
    }[how]
    inserted = renumbered([*trail[: number - 1], extra, *trail[number - 1 :]])
    if how == "copied":
        named = findings(inserted)
        assert [finding.kind for finding in named] == [FindingKind.INSERTED]
        twins = [each.number for each in inserted if each.entry_hash == extra.entry_hash]
        assert named[0].first in twins, "which of two equal entries is the copy, nobody can tell"
    else:
        assert findings(inserted) == (Finding(FindingKind.INSERTED, number, number),)


@given(st.data(), st.integers(2, 60))
def test_a_cut_off_end_is_named_by_whoever_has_seen_it(data: st.DataObject, length: int) -> None:
    trail, left = trail_of(length), data.draw(st.integers(0, length - 1))
    seen = data.draw(st.integers(left + 1, length))
    assert findings(trail[:left], [anchor(trail, seen)]) == (Finding(FindingKind.CUT_OFF, left + 1, seen),)
    assert findings(trail[:left]) == ()


@pytest.mark.parametrize("gap", [1, 2, 900])
def test_entries_that_were_only_given_higher_numbers_are_seen(gap: int) -> None:
    """Nothing is missing and each still fits the number it was written as; only the numbers leave a gap."""
    trail = trail_of(6)
    moved = trail[:3] + [each._replace(number=each.number + gap) for each in trail[3:]]
    expected = (Finding(FindingKind.REORDERED, 4 + gap, 4 + gap, 4),)
    assert findings(moved) == expected
    assert findings(moved, [anchor(trail, 6)]) == expected
    assert findings([each._replace(number=each.number + gap) for each in trail]) != ()


@given(st.data(), st.integers(3, 40))
def test_what_another_life_of_the_store_had_is_told_apart(data: st.DataObject, length: int) -> None:
    """Restored from a copy of the first entries, the store went on as another device."""
    before, copied = trail_of(length), data.draw(st.integers(1, length - 1))
    retired = (0, "desk", RETIRED, DEVICE, "", "")
    now = before[:copied] + written([retired, *map(content, range(70, 75))], before[copied - 1])
    known = [*(anchor(before, each, is_former=True) for each in (copied, length)), anchor(now, len(now), "device-2")]
    report = check(now, known)
    assert report.findings == ()
    assert report.left_behind == (Finding(FindingKind.CUT_OFF, copied + 1, length),)


def test_who_cuts_off_the_end_does_not_get_away_with_writing_that_the_identity_ended() -> None:
    trail = trail_of(30)
    forged = trail[:20] + written([(0, "desk", RETIRED, DEVICE, "", "")], trail[19])
    assert findings(forged, [anchor(trail, 30)]) == (Finding(FindingKind.CUT_OFF, 22, 30),)
    assert findings(forged, [anchor(trail, 21), anchor(trail, 30)]) == (
        Finding(FindingKind.REWRITTEN, 1, 21),
        Finding(FindingKind.CUT_OFF, 22, 30),
    )


@given(st.data(), st.integers(1, 30))
@settings(max_examples=60)
def test_no_tampering_of_any_kind_goes_unseen(data: st.DataObject, length: int) -> None:
    """Anything at all is done to the rows; unless it comes out the same, or only the end is gone, it is seen."""
    trail = trail_of(length)
    changed = list(trail)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(changed) - 1)) if changed else 0
        match data.draw(st.sampled_from(["drop", "copy", "change", "swap", "close"])):
            case "drop" if changed:
                del changed[place]
            case "copy" if changed:
                changed.append(changed[place]._replace(number=data.draw(st.integers(1, length + 5))))
            case "change" if changed:
                changed[place] = data.draw(st.sampled_from(FIELDS))(changed[place])
            case "swap" if changed:
                other = data.draw(st.integers(0, len(changed) - 1))
                one, two = changed[place], changed[other]
                changed[place], changed[other] = two._replace(number=one.number), one._replace(number=two.number)
            case "close":
                changed = renumbered(changed)
    changed = sorted({each.number: each for each in changed}.values(), key=lambda each: each.number)
    is_whole = changed == trail[: len(changed)]
    assert check(changed, []).chain_ok is is_whole
    assert check(changed, [anchor(trail, length)]).chain_ok is (changed == trail)


def test_a_number_beyond_all_reason_is_no_work() -> None:
    trail = trail_of(5)
    far = entry(trail[-1].entry_hash, 2**62, content(999))
    assert findings([*trail, far]) == (Finding(FindingKind.REMOVED, 6, 2**62 - 1),)


def test_a_trail_that_is_all_wrong_is_told_within_seconds() -> None:
    trail = [each._replace(entry_hash=bytes(32)) for each in trail_of(2500)]
    begun = time.process_time()
    report = check(trail, [])
    assert time.process_time() - begun < 10
    assert report.entries == 2500
    assert report.findings[0].first == 1


def test_the_check_keeps_no_more_of_a_long_trail_than_of_a_short_one() -> None:
    def peak(length: int) -> int:
        def entries() -> Iterator[AuditEntry]:
            previous = FIRST_HASH
            for number in range(1, length + 1):
                each = entry(previous, number, content(number))
                previous = each.entry_hash
                yield each

        tracemalloc.start()
        try:
            assert check(entries(), []).entries == length
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(8000) < peak(2000) * 1.2


@pytest.mark.full
def test_a_million_entries_are_checked_in_a_minute() -> None:
    def entries() -> Iterator[AuditEntry]:
        previous = FIRST_HASH
        for number in range(1, 1_000_001):
            each = entry(previous, number, content(number))
            previous = each.entry_hash
            yield each

    begun = time.process_time()
    assert check(entries(), []).entries == 1_000_000
    assert time.process_time() - begun < 60
