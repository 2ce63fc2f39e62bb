# SPDX-License-Identifier: GPL-3.0-or-later
"""Checking the audit trail: a pass over all entries that keeps only what is odd.

The entries that are as they were written are the skeleton: each fits its number, and its place among them. Between two
neighbours of the skeleton lies what is missing, and what does not belong. When everything behind a place is
shifted, because numbers were closed up or pushed on, the skeleton goes on with the shift, and only the place is named.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from localdb.audit_findings import MOST_FINDINGS, AuditReport, Finding, FindingKind, merged
from localdb.audit_trail import FIRST_HASH, AuditEntry, hash_of

RETIRED = "identity.retired"
"""Action of the entry with which a device of this store ended; its subject is the device."""

_CONFIRMING = 4
"""So many entries that follow must fit a shift before it is believed."""

_RECENT = 256
_FARTHEST = 50_000
_TRIALS = 200_000
_LOOKED_FOR = 512


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """An entry that somebody saw when it was the last one.

    Attributes:
        number: Its number.
        entry_hash: Its hash.
        device_id: Whose trail it was in.
        is_former: Whether this store is that device no longer. Only then the entry may have been of another life; who
            cuts off the end of the trail could write that the identity ended.
    """

    number: int
    entry_hash: bytes
    device_id: str
    is_former: bool


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry of the skeleton and the number as which it was written."""

    entry: AuditEntry
    written_as: int


@dataclass(frozen=True, slots=True)
class _Odd:
    """An entry that does not fit, and the place that it takes; an extra one takes nobody's."""

    entry: AuditEntry
    place: int
    is_extra: bool = False


def check(entries: Iterable[AuditEntry], known: Sequence[KnownEntry]) -> AuditReport:
    """Check a trail.

    Args:
        entries: All entries, in the order of their numbers.
        known: What anchors tell, of this store's own devices.
    """
    return _Check(entries, known).report()


class _Check:
    def __init__(self, entries: Iterable[AuditEntry], known: Sequence[KnownEntry]) -> None:
        self._entries = iter(entries)
        self._ahead: deque[AuditEntry] = deque()
        self._known = deque(sorted(known, key=lambda each: each.number))
        self._last_known_good = 0
        self._count = 0
        self._shift = 0
        self._skeleton: deque[_Placed] = deque(maxlen=_RECENT)
        self._odd: list[_Odd] = []
        self._all_odd: list[_Odd] = []
        self._removed: list[tuple[int, int]] = []
        self._findings: list[Finding] = []
        self._left_behind: list[Finding] = []
        self._ended: dict[str, int] = {}
        self._anchors = len(known)
        self._before: AuditEntry | None = None
        self._overflow = (2**63, -(2**63))
        self._farthest = max(_FARTHEST, self._known[-1].number) if self._known else _FARTHEST

    def report(self) -> AuditReport:
        for entry in self._walk():
            usual = entry.number - self._shift
            if usual > self._last_written() and entry.fits(usual):
                self._accept(_Placed(entry, usual))
            elif len(self._odd) + len(self._all_odd) > MOST_FINDINGS:
                self._overflow = (min(usual, self._overflow[0]), max(usual, self._overflow[1]))
            else:
                written_as = self._search(entry)
                if written_as is not None and self._is_confirmed(entry, written_as):
                    self._accept(_Placed(entry, written_as))
                else:
                    self._odd.append(_Odd(entry, usual, is_extra=entry.number < 1))
            self._before = entry
        self._close_segment(None)
        self._compare_known()
        last = self._last_written()
        self._name_odd()
        if self._overflow[0] <= self._overflow[1]:
            self._findings.append(Finding(FindingKind.CHANGED, *self._overflow))
        self._findings += [Finding(FindingKind.REMOVED, first, last) for first, last in self._removed]
        self._compare_rest(last)
        return AuditReport(self._count, merged(self._findings), merged(self._left_behind), self._anchors)

    def _walk(self) -> Iterator[AuditEntry]:
        while self._look_ahead(1):
            self._count += 1
            yield self._ahead.popleft()

    def _look_ahead(self, count: int) -> bool:
        """Have the next entries ready; tells whether there are so many."""
        while len(self._ahead) < count:
            entry = next(self._entries, None)
            if entry is None:
                return False
            self._ahead.append(entry)
        return True

    def _search(self, entry: AuditEntry) -> int | None:
        """Find the number as which an entry that is shifted was written.

        It follows one that we know, or, where numbers were closed up, one that is gone: then those after it hang
        together with it and are shifted too.
        """
        if entry.previous_hash == FIRST_HASH and entry.fits(1):
            return 1
        for placed in reversed(self._skeleton):
            if placed.entry.entry_hash == entry.previous_hash:
                return placed.written_as + 1 if entry.fits(placed.written_as + 1) else None
        if self._before is not None and self._before.entry_hash == entry.previous_hash:
            return None
        if self._look_ahead(1):
            following = self._ahead[0]
            if following.previous_hash != entry.entry_hash or following.fits(following.number - self._shift):
                return None
        start = self._last_written() + 1
        for number in range(start, start + self._farthest):
            self._farthest -= 1
            if entry.fits(number):
                self._farthest = max(self._farthest, _FARTHEST)
                return number
        return None

    def _is_confirmed(self, entry: AuditEntry, number: int) -> bool:
        """Tell whether what follows is shifted like this entry, so that not the entry is odd but a place before it."""
        self._look_ahead(_CONFIRMING)
        following = [each for each, _ in zip(self._ahead, range(_CONFIRMING), strict=False)]
        if not following and any(odd.entry.fits(number + 1) for odd in self._odd):
            return False
        if not all(each.fits(number + each.number - entry.number) for each in following):
            return False
        if number <= self._last_written() and self._is_followed(entry, number):
            return False
        # Who stands in the place of this entry, or behind it, was slipped in.
        while self._skeleton and self._skeleton[-1].written_as >= number:
            slipped_in = self._skeleton.pop()
            self._odd.append(_Odd(slipped_in.entry, slipped_in.written_as, is_extra=True))
            said = Finding(FindingKind.REWRITTEN, slipped_in.written_as, slipped_in.written_as)
            self._findings = [finding for finding in self._findings if finding != said]
        return True

    def _is_followed(self, entry: AuditEntry, number: int) -> bool:
        """Tell whether the skeleton has the one that was written after an entry: then the entry alone is displaced."""
        if self._skeleton[0].written_as > number + 1:
            return True
        return any(
            placed.written_as == number + 1 and placed.entry.previous_hash == entry.entry_hash
            for placed in self._skeleton
        )

    def _accept(self, placed: _Placed) -> None:
        self._close_segment(placed)
        self._compare_known()
        self._shift = placed.entry.number - placed.written_as
        self._skeleton.append(placed)
        _at, _actor, action, subject, *_hashes = placed.entry.content
        if action == RETIRED:
            self._ended.setdefault(subject, placed.written_as)

    def _close_segment(self, upto: _Placed | None) -> None:
        """Judge what lies between the last entry of the skeleton and the next one, or the end."""
        before = self._skeleton[-1] if self._skeleton else None
        odd, self._odd = self._odd, []
        last_number, last_written = (before.entry.number, before.written_as) if before else (0, 0)
        if upto is None:
            self._all_odd += odd
            return
        room = upto.entry.number - last_number - 1
        missing = upto.written_as - last_written - 1
        if room == missing and self._overflow[1] > last_written:
            self._all_odd += odd
        elif room == missing:
            taken = sorted(each.place for each in odd if not each.is_extra)
            for place, following in itertools.pairwise([last_written, *taken, upto.written_as]):
                if following > place + 1:
                    self._removed.append((place + 1, following - 1))
            self._all_odd += odd
        else:
            if missing:
                self._removed.append((last_written + 1, upto.written_as - 1))
            self._all_odd += [_Odd(each.entry, each.place, is_extra=True) for each in odd]
        if not odd and not missing:
            self._check_link(before, upto)
            if room:
                number = upto.entry.number
                self._findings.append(Finding(FindingKind.REORDERED, number, number, upto.written_as))

    def _check_link(self, before: _Placed | None, entry: _Placed) -> None:
        """See that an entry knows the one before as it is; else that one was rewritten, or this one."""
        if entry.entry.previous_hash == (before.entry.entry_hash if before else FIRST_HASH):
            return
        is_known_by_next = not self._look_ahead(1) or self._ahead[0].previous_hash == entry.entry.entry_hash
        number = before.written_as if before and is_known_by_next else entry.written_as
        self._findings.append(Finding(FindingKind.REWRITTEN, number, number))

    def _compare_known(self) -> None:
        """Compare the last entry of the skeleton with its anchor; what its successor tells of it is known by now."""
        if not self._skeleton:
            return
        placed = self._skeleton[-1]
        while self._known and self._known[0].number <= placed.written_as:
            known = self._known.popleft()
            if self._is_left_behind(known) or known.number < placed.written_as:
                continue
            if known.entry_hash == placed.entry.entry_hash:
                self._last_known_good = known.number
            elif not self._is_found(known.number):
                self._findings.append(Finding(FindingKind.REWRITTEN, self._last_known_good + 1, known.number))

    def _compare_rest(self, last: int) -> None:
        """Compare the anchors beyond the end."""
        missing = [known for known in self._known if not self._is_left_behind(known)]
        odd = max((each.place for each in self._all_odd if not each.is_extra), default=0)
        beyond = [known.number for known in missing if known.number > max(last, odd)]
        if beyond:
            self._findings.append(Finding(FindingKind.CUT_OFF, max(last, odd) + 1, max(beyond)))

    def _is_left_behind(self, known: KnownEntry) -> bool:
        ended = self._ended.get(known.device_id)
        if not known.is_former or ended is None or known.number < ended:
            return False
        self._left_behind.append(Finding(FindingKind.CUT_OFF, ended, known.number))
        return True

    def _is_found(self, number: int) -> bool:
        return any(finding.first <= number <= finding.last for finding in self._findings)

    def _last_written(self) -> int:
        return self._skeleton[-1].written_as if self._skeleton else 0

    def _name_odd(self) -> None:
        """Tell apart what was changed, moved and slipped in."""
        places = {each.place: each for each in self._all_odd if not each.is_extra}
        gone = {number for first, last in self._removed for number in range(first, min(last, first + _LOOKED_FOR) + 1)}
        candidates = sorted(places.keys() | gone)
        trials = _TRIALS
        for odd in self._all_odd:
            origin = None
            if len(candidates) <= trials:
                trials -= len(candidates)
                origin = next((number for number in candidates if _belongs(odd, number, places.get(number))), None)
            self._findings.append(_named(odd, origin))
            if origin is not None:
                gone.discard(origin)
        self._removed = _without(self._removed, gone)


def _belongs(odd: _Odd, number: int, other: _Odd | None) -> bool:
    """Tell whether an odd entry, or only its content, was written as another number."""
    if number == odd.place and not odd.is_extra:
        return False
    if odd.entry.fits(number):
        return True
    return other is not None and other.entry.entry_hash == hash_of(other.entry.previous_hash, number, odd.entry.content)


def _named(odd: _Odd, origin: int | None) -> Finding:
    number = odd.entry.number
    if origin is not None:
        return Finding(FindingKind.REORDERED, number, number, origin)
    if odd.is_extra:
        return Finding(FindingKind.INSERTED, number, number)
    return Finding(FindingKind.CHANGED, odd.place, odd.place)


def _without(ranges: Sequence[tuple[int, int]], left: set[int]) -> list[tuple[int, int]]:
    """Take those numbers out of ranges that were found elsewhere; only the first numbers of each were looked for."""
    result = []
    for first, last in ranges:
        looked_for = min(last, first + _LOOKED_FOR)
        result += [(number, number) for number in range(first, looked_for + 1) if number in left]
        if looked_for < last:
            result.append((looked_for + 1, last))
    return result
