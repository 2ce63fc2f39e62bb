# SPDX-License-Identifier: GPL-3.0-or-later
"""Dossiers to look for, and a slow search that goes by the words alone."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from casework.records.dossier import Dossier
from localdb import dossiers, pages, persons, search_words
from localdb.search import Found, Nearness
from localdb.search_indexer import SearchIndexer
from localdb.store import Store
from tests.localdb import samples


@dataclass(frozen=True)
class Facts:
    """What is looked for."""

    name: str = "Trần Văn Bình"
    number: str = "038190000001"
    phone: str = "0912000001"
    code: str = "H56.14-261122-0601"
    portal_code: str = ""
    procedure: str = "Thủ tục đăng ký khai sinh"
    pages: tuple[str, ...] = ()
    minute: int = 0


DAO = Facts(
    name="Nguyễn Thị Ánh Đào",
    number="038192004567",
    phone="0912345678",
    code="H56.14-261122-0601",
    portal_code="000.00.14.H56-261122-000731",
    procedure="Thủ tục đăng ký khai sinh",
    pages=("GIẤY CHỨNG SINH\nHọ và tên mẹ: Nguyễn Thị Ánh Đào", "Quê quán: xã Hoà Bình, tỉnh Hưng Yên"),
)
BINH = Facts(
    name="Trần Văn Bình",
    number="001090123456",
    phone="0987000111",
    code="H56.14-261121-0602",
    procedure="Chứng thực bản sao từ bản chính",
    pages=("Hợp đồng chuyển nhượng quyền sử dụng đất ở tỉnh Thanh Hóa",),
    minute=1,
)


def receive(store: Store, facts: Facts) -> Dossier:
    dossier_id = samples.new_id()
    person = dataclasses.replace(
        samples.make_person(facts.name, facts.number), phone=facts.phone, former_id_number=None
    )
    dossier = dataclasses.replace(
        samples.make_dossier(
            dossier_id, person.person_id, facts.code, samples.NOON + dt.timedelta(minutes=facts.minute)
        ),
        portal_code=facts.portal_code,
        procedure_name=facts.procedure,
    )
    object_id = samples.store_content(store, b"a page") if facts.pages else ""
    with store.transaction() as connection:
        connection.execute("INSERT INTO dossier_identities VALUES (?)", (dossier_id,))
        for position, text in enumerate(facts.pages):
            page = samples.make_page(dossier_id, object_id, position)
            pages.add(connection, dataclasses.replace(page, text=text))
        persons.add(connection, person)
        dossiers.add(connection, dossier)
    return dossier


def find(store: Store, text: str, limit: int = 50) -> Found:
    with store.reading() as connection:
        return store.search.find(connection, text, limit)


def codes(store: Store, text: str, limit: int = 50) -> list[str]:
    """Give the codes of what is found, best first."""
    found = find(store, text, limit)
    with store.reading() as connection:
        return [dossiers.get(connection, dossier.dossier_id).code for dossier in found.dossiers]


def index(store: Store) -> int:
    """Bring the index up to date as the background program does; give how many dossiers were read."""
    with indexing(store) as indexer:
        return read_all(indexer)


def read_all(indexer: SearchIndexer) -> int:
    count, is_more = 0, True
    while is_more:
        done = indexer.run_slice()
        count, is_more = count + done.dossiers, done.is_more
    return count


@contextmanager
def indexing(store: Store) -> Iterator[SearchIndexer]:
    indexer = SearchIndexer(store, os.urandom)
    try:
        yield indexer
    finally:
        indexer.close()


def slowly_matches(facts: Facts, query: str, nearness: Nearness) -> bool:
    """Whether every word of a query is in a dossier, by comparing it with one word after the other."""
    numbers = (facts.code, facts.portal_code, facts.number, facts.phone, "1.001193")
    record = [word for text in (*numbers, facts.name, facts.procedure) for word in _words(text)]
    joined = ["".join(_words(number)[first:]) for number in numbers for first in range(len(_words(number)))]
    everything = [*record, *joined, *(word for page in facts.pages for word in _words(page))]
    endings = [run for number in numbers for run in re.findall(r"\d{4,}", number)]

    def is_found(typed: str) -> bool:
        bare = _bare(typed)
        if nearness is Nearness.AS_TYPED and _sound(typed) != bare:
            return any(_sound(word) == _sound(typed) for word in everything)
        if nearness is Nearness.NEAR_NAME:
            near = any(_is_one_slip(bare, _bare(word)) for word in _words(facts.name))
            return near or any(_bare(word).startswith(bare) for word in [*record, *joined]) or ends(bare)
        return any(_bare(word).startswith(bare) for word in everything) or ends(bare)

    def ends(bare: str) -> bool:
        return 3 <= len(bare) <= 6 and any(run.endswith(bare) for run in endings)

    return all(is_found(word) for word in list(dict.fromkeys(_words(query)))[: search_words.MOST_WORDS])


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower())


def _bare(word: str) -> str:
    signs = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


def _sound(word: str) -> str:
    tones = "\u0300\u0301\u0303\u0309\u0323"
    signs = unicodedata.normalize("NFD", word)
    return "".join(sorted(signs, key=lambda sign: sign in tones))


def _is_one_slip(typed: str, name: str) -> bool:
    if min(len(typed), len(name)) < 3 or not typed.isalpha() or typed == name:
        return False
    letters = {*typed, *name}
    slips = {name[:at] + name[at + 1 :] for at in range(len(name))}
    slips |= {name[:at] + letter + name[at:] for at in range(len(name) + 1) for letter in letters}
    slips |= {name[:at] + letter + name[at + 1 :] for at in range(len(name)) for letter in letters}
    slips |= {name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1)}
    return typed in slips
