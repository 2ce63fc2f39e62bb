# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import os
import unicodedata
from collections.abc import Iterator

import pytest

from localdb import dossiers, drafts, pages, papers, persons, search, search_documents
from localdb.key_file import StoreKeys
from localdb.search import Nearness
from localdb.store import Store
from tests.localdb import samples, searched
from tests.localdb.searched import BINH, DAO, Facts


@pytest.fixture(scope="module", params=["not yet in the index", "in the index"])
def two(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Two dossiers that nobody changes."""
    store = Store.create(tmp_path_factory.mktemp("two") / "data", StoreKeys.new(os.urandom))
    samples.enrol(store)
    searched.receive(store, DAO)
    searched.receive(store, BINH)
    if request.param == "in the index":
        assert searched.index(store) == 2
    yield store
    store.close()


@pytest.mark.parametrize(
    "text",
    [
        "H56.14-261122-0601",
        "h56.14-261122-0601",
        "H56142611220601",
        "261122-0601",
        "2611220601",
        "0601",
        "601",
        "000.00.14.H56-261122-000731",
        "000731",
        "731",
        "038192004567",
        "038192",
        "004567",
        "0912345678",
        "0912",
        "5678",
        "nguyen thi anh dao",
        "đào",
        "Đào",
        "ĐÀO ngu",
        "dao 0601",
        "khai sinh đào",
        "chứng sinh",
        "que quan hung yen",
        "hoà bình",
        "hòa bình",
        "HÒA BÌNH",
        unicodedata.normalize("NFD", "Nguyễn Thị Ánh Đào hòa"),
        "nguyen  thi\tanh\ndao",
        "(đào)",
        "ng",
        "n",
    ],
)
def test_a_dossier_is_found_by_parts_of_codes_names_numbers_phone_procedure_and_pages(two: Store, text: str) -> None:
    found = searched.find(two, text)
    assert found.nearness is Nearness.AS_TYPED
    assert DAO.code in searched.codes(two, text)
    assert found.is_complete


@pytest.mark.parametrize("text", ["602 đào", "260101", "12345", "6012", "rơm", "8192", "x" * 500, "nguyenthi"])
def test_a_dossier_without_one_of_the_words_is_not_found(two: Store, text: str) -> None:
    assert searched.codes(two, text) == []
    assert searched.find(two, text).count == 0


def test_accents_that_are_typed_must_be_there(two: Store) -> None:
    assert searched.codes(two, "hóa") == [BINH.code]
    assert searched.codes(two, "hòa") == [DAO.code]
    assert searched.codes(two, "hoa") == [BINH.code, DAO.code]


def test_accents_are_forgiven_when_nothing_has_them(two: Store) -> None:
    found = searched.find(two, "hỏa")
    assert found.nearness is Nearness.WITHOUT_ACCENTS
    assert searched.codes(two, "hỏa") == [BINH.code, DAO.code]
    assert searched.codes(two, "nguyễ") == [DAO.code]


@pytest.mark.parametrize("text", ["nguyeen anh dao", "nugyen dao", "nguyn", "bihn tran", "nguyenn", "trann van binhh"])
def test_one_wrong_letter_of_a_name_is_forgiven_when_nothing_else_is_found(two: Store, text: str) -> None:
    found = searched.find(two, text)
    assert found.nearness is Nearness.NEAR_NAME
    assert len(found.dossiers) == 1


@pytest.mark.parametrize(
    "text", ["chungs sinhh", "0602x", "nguyxxn", "da0", "hd", "quann", "1112 binhh", "38192004567"]
)
def test_nothing_but_names_is_forgiven_a_letter_and_names_only_one(two: Store, text: str) -> None:
    assert searched.codes(two, text) == []


@pytest.fixture(params=["few hits", "many hits"])
def _either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few hits are looked at one by one, many are asked of the index again."""
    if request.param == "many hits":
        monkeypatch.setattr(search, "_FEW", 0)


@pytest.mark.usefixtures("_either_way")
def test_what_stands_in_the_record_comes_before_what_stands_on_a_page(store: Store) -> None:
    searched.receive(store, dataclasses.replace(BINH, pages=("Người làm chứng: Nguyễn Thị Ánh Đào",), minute=9))
    searched.receive(store, DAO)
    for _ in range(2):
        assert searched.codes(store, "đào") == [DAO.code, BINH.code]
        assert [one.is_on_pages for one in searched.find(store, "đào").dossiers] == [False, True]
        searched.index(store)


@pytest.mark.usefixtures("_either_way")
def test_whole_words_come_before_beginnings_and_the_newest_first_in_each(store: Store) -> None:
    names = ["Lê Thị Hoa", "Lê Thị Hoàng", "Trần Hoa", "Trần Hoàng"]
    for minute, name in enumerate(names):
        searched.receive(store, Facts(name=name, code=f"H56.14-261122-000{minute}", minute=minute))
    for _ in range(2):
        assert [code[-1] for code in searched.codes(store, "hoa")] == ["2", "0", "3", "1"]
        searched.index(store)


def test_more_dossiers_than_wanted_are_counted_and_more_than_a_thousand_are_not(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        searched.receive(store, Facts(code=f"H56.14-261122-{number:04}", minute=number))
    searched.index(store)
    searched.receive(store, Facts(code="H56.14-261122-0012", minute=12))
    found = searched.find(store, "bình", limit=5)
    assert (len(found.dossiers), found.count, found.is_counted) == (5, 13, True)
    assert [code[-2:] for code in searched.codes(store, "bình", limit=5)] == ["12", "11", "10", "09", "08"]
    monkeypatch.setattr(search, "MOST_COUNTED", 10)
    found = searched.find(store, "bình", limit=5)
    assert (len(found.dossiers), found.count, found.is_counted) == (5, 10, False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "!!! --- ???",
        "🙂🙂",
        '"',
        "'",
        "*",
        "% _ \\",
        "\x00",
        "\ud800",
        "^ = ~",
        "NEAR(a b)",
        'of_dossier : "x"',
        "a AND OR NOT b",
        "đào*",
        "-đào",
        "đào) OR (1",
        "x; DROP TABLE tokens",
        "ơ" * 10_000,
        "xyz " * 2_500,
        '"' * 10_240,
        "a\u0300\u0301" * 3_000,
        "ẛ̣ ﬁ ǆ İ ß ½ ๓",
    ],
)
def test_whatever_is_typed_is_looked_for_or_not_found_but_never_an_error(two: Store, text: str) -> None:
    found = searched.find(two, text)
    assert found.count == len(found.dossiers) <= 2
    assert not two.search_file.is_condemned
    assert searched.codes(two, "đào") == [DAO.code]


def test_strange_text_on_a_page_is_indexed(store: Store) -> None:
    strange = 'İstanbul ẛ̣ ﬁ "đất* ^= ~x 日本語 \x00 ' + "x" * 5_000 + " năm" + "\u0301" * 50 + " 🙂đá🙂 a_b ½"
    searched.receive(store, dataclasses.replace(DAO, pages=(strange,)))
    for _ in range(2):
        for text in ("istanbul", "đất", "日本語", "đá", "b", "x" * 40, "x" * 60):
            assert searched.codes(store, text) == [DAO.code], text
        searched.index(store)


def test_every_change_is_found_at_once_and_after_indexing(store: Store) -> None:
    dossier = searched.receive(store, DAO)
    searched.receive(store, BINH)
    searched.index(store)
    with store.reading() as connection:
        person = persons.get(connection, dossier.applicant_id)
        (first, *_) = pages.of_dossier(connection, dossier.dossier_id)
    with store.transaction() as connection:
        persons.update(connection, dataclasses.replace(person, full_name="Lý Thị Sen", phone="0333222111"))
        pages.update_reading(connection, dataclasses.replace(first, text="GIẤY RA VIỆN"))
        dossiers.set_portal_state(connection, dossier.dossier_id, dossier.portal_state, "G22-987654")
    for _ in range(2):
        for text in ("sen", "0333222111", "ra viện", "987654"):
            assert searched.codes(store, text) == [DAO.code], text
        for text in ("ánh", "0912345678", "giấy chứng", "000731"):
            assert searched.codes(store, text) == [], text
        assert searched.index(store) in {1, 0}


def test_what_is_written_anew_without_a_change_is_not_indexed_again(store: Store) -> None:
    dossier = searched.receive(store, DAO)
    searched.index(store)
    with store.transaction() as connection:
        persons.update(connection, persons.get(connection, dossier.applicant_id))
    assert searched.index(store) == 0


def test_papers_that_were_set_aside_are_not_found(store: Store) -> None:
    dossier = searched.receive(store, DAO)
    searched.index(store)
    with store.transaction() as connection:
        paper = samples.make_paper(dossier.dossier_id)
        papers.add(connection, paper)
        pages.assign(connection, [pages.of_dossier(connection, dossier.dossier_id)[0].page_id], paper.paper_id)
        papers.remove(connection, paper.paper_id)
    for _ in range(2):
        assert searched.codes(store, "giấy chứng") == []
        assert searched.codes(store, "hưng yên") == [DAO.code]
        searched.index(store)


def test_drafts_are_not_found_until_they_are_received(store: Store) -> None:
    searched.receive(store, BINH)
    dossier_id = samples.begin_draft(store)
    object_id = samples.store_content(store, b"a page")
    with store.transaction() as connection:
        page = dataclasses.replace(samples.make_page(dossier_id, object_id), text="Giấy chứng tử")
        pages.add(connection, page)
        drafts.set_field(connection, dossier_id, "full_name", "Lý Thị Sen", samples.NOON)
    for _ in range(2):
        assert searched.codes(store, "giấy chứng tử") == []
        assert searched.codes(store, "sen") == []
        searched.index(store)
    with store.transaction() as connection:
        drafts.close(connection, dossier_id, samples.NOON, drafts.DraftOutcome.ABANDONED)
    searched.index(store)
    assert searched.codes(store, "giấy chứng tử") == []


def test_a_dossier_that_is_removed_is_no_longer_found(store: Store) -> None:
    dossier = searched.receive(store, dataclasses.replace(DAO, pages=()))
    searched.index(store)
    with store.transaction() as connection:
        connection.execute("DELETE FROM dossiers WHERE dossier_id = ?", (dossier.dossier_id,))
    for _ in range(2):
        assert searched.find(store, "đào").count == 0
        searched.index(store)


def test_two_dossiers_of_the_same_second_are_both_found(store: Store) -> None:
    for number in range(3):
        searched.receive(store, Facts(code=f"H56.14-261122-000{number}"))
    searched.index(store)
    assert len(searched.codes(store, "bình")) == 3


def test_the_index_reads_the_newest_first_and_says_while_something_is_missing(store: Store) -> None:
    for number in range(4):
        searched.receive(store, Facts(code=f"H56.14-261122-000{number}", minute=number))
    with searched.indexing(store) as indexer:
        indexer.run_slice(0.0)
        with store.transaction() as connection:  # the index has got as far as the newest
            assert search_documents.last_change(connection) == 4
        assert searched.find(store, "bình").dossiers
        searched.read_all(indexer)
        assert searched.find(store, "bình").is_complete
        assert len(searched.codes(store, "bình")) == 4


def test_without_an_index_only_the_newest_are_looked_at_and_that_is_said(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_UNREAD", 2)
    for number in range(4):
        searched.receive(store, Facts(code=f"H56.14-261122-000{number}", minute=number))
    assert not searched.find(store, "bình").is_complete
    assert [code[-1] for code in searched.codes(store, "bình")] == ["3", "2"]
    searched.index(store)
    assert searched.find(store, "bình").is_complete
    for number in range(4, 8):
        searched.receive(store, Facts(code=f"H56.14-261122-000{number}", minute=number))
    assert not searched.find(store, "bình").is_complete
    assert [code[-1] for code in searched.codes(store, "bình")] == ["7", "6", "3", "2", "1", "0"]


def test_changes_are_forgotten_once_they_are_indexed_but_for_the_last(store: Store) -> None:
    for number in range(3):
        searched.receive(store, Facts(code=f"H56.14-261122-000{number}"))
    searched.index(store)
    with store.reading() as connection:
        assert connection.rows("SELECT number FROM search_changes") == [(3,)]
    searched.receive(store, Facts(code="H56.14-261122-0003"))
    searched.index(store)
    with store.reading() as connection:
        assert connection.rows("SELECT number FROM search_changes") == [(4,)]
