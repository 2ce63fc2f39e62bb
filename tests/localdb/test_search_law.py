# SPDX-License-Identifier: GPL-3.0-or-later
"""The index finds what a slow search finds that compares word by word, however the dossiers came and changed."""

from __future__ import annotations

import dataclasses
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.records.dossier import Dossier
from localdb import dossiers, pages, persons
from localdb.key_file import StoreKeys
from localdb.search import Nearness
from localdb.store import Store
from tests.localdb import samples, searched
from tests.localdb.searched import Facts

_SAID = (
    "hoa hòa hoà Hóa HOÀNG đào dao Đạo đất dat thanh thành Thanh Nguyễn nguyên nguyen nghiêng ơn ưu uu 0601 261122 "
    "12/03/1994 kết_hôn nguye\u0302\u0303n no\u031b\u0309 038192004567 x1y2 “đất” 日本"
)
_CALLED = "Nguyễn Trần Hòa Hoàng Đào Đạo Thanh Thành Lan Loan Nhung Y Ưu"
_WORDS = st.sampled_from(_SAID.split())
_TEXT = st.lists(_WORDS, max_size=6).map(" ".join)
_NAME = st.lists(st.sampled_from(_CALLED.split()), min_size=1, max_size=4)
_DIGITS = st.sampled_from(["038192004567", "001090123456", "0912345678", "17153390", "4567"])
_FACTS = st.builds(
    Facts,
    name=_NAME.map(" ".join),
    number=_DIGITS,
    phone=_DIGITS,
    portal_code=st.sampled_from(["", "000.00.14.H56-261122-000731", "G22.99-261122-0601"]),
    procedure=_TEXT.map(lambda text: f"Thủ tục {text}"),
    pages=st.lists(_TEXT, max_size=3).map(tuple),
)
_WHOLE = _WORDS | _NAME.map(" ".join) | _DIGITS
_PIECE = st.builds(lambda text, size: text[:size], _WHOLE, st.integers(1, 12))
_ENDING = st.builds(lambda text, size: text[-size:], _WHOLE, st.integers(1, 12))


@st.composite
def _slip(draw: st.DrawFn) -> str:
    """Give a name with letters left out, doubled or swapped."""
    name = draw(st.sampled_from(_CALLED.split()))
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(name) - 1))
        before, here, after = name[:at], name[at], name[at + 1 :]
        name = draw(
            st.sampled_from([before + after, before + here + here + after, before + after[:1] + here + after[1:]])
        )
        name = name or "x"
    return name


_QUERY = st.lists(_PIECE | _ENDING | _slip() | st.text(max_size=4), min_size=1, max_size=3).map(" ".join)


_days = given(
    before=st.lists(_FACTS, max_size=4),
    after=st.lists(_FACTS, max_size=3),
    renamed=_NAME.map(" ".join),
    reread=_TEXT,
    queries=st.lists(_QUERY, min_size=1, max_size=12),
)


@settings(max_examples=8, deadline=None)
@_days
def test_the_index_finds_what_a_slow_search_finds(
    before: list[Facts], after: list[Facts], renamed: str, reread: str, queries: list[str]
) -> None:
    _live_through(before, after, renamed, reread, queries)


@pytest.mark.full
@pytest.mark.timeout(590)
@settings(max_examples=600, deadline=None)
@_days
def test_the_index_finds_what_a_slow_search_finds_on_many_days(
    before: list[Facts], after: list[Facts], renamed: str, reread: str, queries: list[str]
) -> None:
    _live_through(before, after, renamed, reread, queries)


def _live_through(before: list[Facts], after: list[Facts], renamed: str, reread: str, queries: list[str]) -> None:
    """Compare with and without the index, after additions and changes, and with an index made anew."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "data", StoreKeys.new(os.urandom))
        samples.enrol(store)
        known: dict[str, Facts] = {}
        for number, facts in enumerate(before):
            _receive(store, known, facts, number)
        _compare(store, known, queries)
        searched.index(store)
        _compare(store, known, queries)
        for number, facts in enumerate(after, start=len(before)):
            _receive(store, known, facts, number)
        if before:
            _change(store, known, renamed, reread)
        _compare(store, known, queries)
        searched.index(store)
        incremental = _compare(store, known, queries)
        store.search_file.condemn()
        assert searched.index(store) == len(known)
        assert _compare(store, known, queries) == incremental
        assert not store.search_file.is_condemned
        store.close()


def _receive(store: Store, known: dict[str, Facts], facts: Facts, number: int) -> Dossier:
    facts = dataclasses.replace(facts, code=f"H56.14-261122-{600 + number:04}", minute=number)
    dossier = searched.receive(store, facts)
    known[dossier.dossier_id] = facts
    return dossier


def _change(store: Store, known: dict[str, Facts], renamed: str, reread: str) -> None:
    dossier_id, facts = next(iter(known.items()))
    with store.transaction() as connection:
        person = persons.get(connection, dossiers.get(connection, dossier_id).applicant_id)
        persons.update(connection, dataclasses.replace(person, full_name=renamed))
        texts = list(facts.pages)
        if texts:
            page = pages.of_dossier(connection, dossier_id)[0]
            pages.update_reading(connection, dataclasses.replace(page, text=reread))
            texts[0] = reread
    known[dossier_id] = dataclasses.replace(facts, name=renamed, pages=tuple(texts))


def _compare(store: Store, known: dict[str, Facts], queries: list[str]) -> list[list[str]]:
    answers = []
    for query in queries:
        found = searched.find(store, query)
        expected: set[str] = set()
        nearness = Nearness.AS_TYPED
        if found.query:
            for nearness in Nearness:
                expected = {key for key, facts in known.items() if searched.slowly_matches(facts, query, nearness)}
                if expected:
                    break
        assert {dossier.dossier_id for dossier in found.dossiers} == expected, query
        assert found.count == len(expected)
        assert found.is_counted
        assert found.is_complete
        assert not expected or found.nearness is nearness
        answers.append([dossier.dossier_id for dossier in found.dossiers])
    return answers
