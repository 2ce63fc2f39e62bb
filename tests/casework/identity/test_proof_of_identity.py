# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from casework.identity.proof_of_identity import UNCERTAIN, IdentityDocument, is_identified
from casework.records.person import Person


@pytest.mark.parametrize("document", IdentityDocument)
def test_any_one_document_identifies_a_person_at_the_counter(document: IdentityDocument) -> None:
    assert is_identified(Person("p", "Nguyễn Văn A"), document)


@pytest.mark.parametrize(("number", "is_so"), [("038190000001", True), ("C1234567", True), (None, False), ("", False)])
def test_a_number_alone_is_enough_and_nobody_needs_an_electronic_identity(number: str | None, is_so: bool) -> None:
    assert is_identified(Person("p", "Nguyễn Văn A", id_number=number), None) is is_so


def test_documents_that_no_source_names_are_marked() -> None:
    assert {document.value for document in UNCERTAIN} == {"permanent-residence-card", "temporary-residence-card"}


def test_documents_are_known_by_these_names() -> None:
    assert [document.value for document in IdentityDocument] == [
        "identity-card",
        "citizen-identity-card",
        "identity-certificate",
        "electronic-identity",
        "passport",
        "foreign-passport",
        "travel-document",
        "permanent-residence-card",
        "temporary-residence-card",
        "other-with-photo",
    ]
