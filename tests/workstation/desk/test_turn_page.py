# SPDX-License-Identifier: GPL-3.0-or-later
"""A page is turned beside its untouched picture; page and paper change together, or not at all."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageChops, ImageStat

from casework.errors import KnownError
from casework.records.paper import Page, Paper, PaperClass
from casework.records.workplace import Role
from localdb import pages, papers
from scanning.errors import ScanningError
from scanning.page_reading import Advice
from scanning.transforms import Cutout, Rotation, whole
from tests.workstation.desk.counter import as_colleague, code_of, in_roles, trail
from tests.workstation.desk.hand_reader import FOUND, HandReader, thumbnail
from tests.workstation.desk.retention import draft_with_scans
from workstation.desk.digitise_papers import read_left_pages
from workstation.desk.keep_draft import open_draft
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.replace_page import PageReplaced
from workstation.desk.session import DeskSession
from workstation.desk.show_page import show_page
from workstation.desk.stored_page import decided_steps, steps_text
from workstation.desk.turn_page import Turn, turn_page


@pytest.fixture
def reader() -> HandReader:
    return HandReader()


class Draft:
    """A draft of three scanned pages in two papers."""

    def __init__(self, session: DeskSession, reader: HandReader) -> None:
        self.session, self.reader = session, reader
        self.dossier_id, made = draft_with_scans(session)
        self.ids = [page.page_id for page in made]

    def turn(self, number: int, turn: Turn, *, drops_signature: bool = False) -> PageReplaced:
        reader = self.reader.as_reader
        return turn_page(self.session, self.dossier_id, self.ids[number], turn, reader, drops_signature=drops_signature)

    def page(self, number: int) -> Page:
        with self.session.store.reading() as connection:
            return pages.get(connection, self.ids[number])

    def paper(self, number: int) -> Paper:
        with self.session.store.reading() as connection:
            return papers.get(connection, self.page(number).paper_id or "")

    def change_paper(self, **changes: object) -> None:
        """Change the first paper behind everybody's back."""
        with self.session.store.transaction() as connection:
            papers.update(connection, dataclasses.replace(self.paper(0), **changes))  # type: ignore[arg-type]


@pytest.fixture
def draft(session: DeskSession, reader: HandReader) -> Draft:
    return Draft(session, reader)


def test_a_quarter_turn_is_a_step_after_what_the_reader_found(draft: Draft, reader: HandReader) -> None:
    before, paper_before = draft.page(0), draft.paper(0)
    replaced = draft.turn(0, Turn.CLOCKWISE)
    page = draft.page(0)
    assert reader.asked[1] == (Rotation(0.5), Rotation(-90.0))
    assert (page.rotation_degrees, page.text, page.thumbnail) == (-89.5, "160 -89.5", thumbnail("160 -89.5"))
    assert (page.object_id, page.position, page.paper_id) == (before.object_id, before.position, before.paper_id)
    assert (replaced.page, replaced.paper, replaced.title) == (page, draft.paper(0), "Giấy chứng sinh")
    assert replaced.changes.drafts == {draft.dossier_id}
    assert draft.paper(0).object_id != paper_before.object_id
    with pytest.raises(KnownError, match="object-missing"), draft.session.store.reading() as connection:
        draft.session.store.objects.read(connection, paper_before.object_id or "")


def test_the_trail_tells_of_page_and_paper(draft: Draft) -> None:
    draft.turn(0, Turn.CLOCKWISE)
    clerk_id = draft.session.clerk.clerk_id
    assert trail(draft.session, "page.turned", "paper.bound-anew") == [
        (clerk_id, "page.turned", draft.ids[0]),
        (clerk_id, "paper.bound-anew", draft.page(0).paper_id),
    ]


@pytest.mark.parametrize(
    ("turns", "steps"),
    [
        ([Turn.CLOCKWISE, Turn.COUNTER_CLOCKWISE], FOUND),
        ([Turn.CLOCKWISE, Turn.CLOCKWISE], (*FOUND, Rotation(180.0))),
        ([Turn.CLOCKWISE] * 3, (*FOUND, Rotation(90.0))),
        ([Turn.COUNTER_CLOCKWISE] * 4, FOUND),
        ([Turn.CLOCKWISE, Turn.AS_SCANNED], ()),
        ([Turn.AS_SCANNED, Turn.CLOCKWISE], (Rotation(-90.0),)),
        ([Turn.CLOCKWISE, Turn.AS_FOUND], None),
    ],
)
def test_turns_add_up_and_are_undone(draft: Draft, turns: list[Turn], steps: tuple[Rotation, ...] | None) -> None:
    for turn in turns:
        draft.turn(0, turn)
    assert decided_steps(draft.page(0)) == steps
    assert draft.reader.asked[-2 if draft.page(0).paper_id else -1] == steps  # the last is the other page's


def test_the_other_pages_stay_as_they_were_turned(draft: Draft, reader: HandReader) -> None:
    draft.turn(1, Turn.AS_SCANNED)
    reader.asked.clear()
    draft.turn(0, Turn.AS_FOUND)
    assert reader.asked == [None, ()]
    assert {field.value for field in draft.paper(0).fields} == {"160 0.5"}  # the first of equally sure ones


def test_a_guess_follows_what_is_read_and_the_clerks_word_stays(draft: Draft) -> None:
    assert draft.turn(0, Turn.CLOCKWISE).paper == draft.paper(0)
    assert (draft.paper(0).paper_class, draft.paper(0).title) == (PaperClass.BIRTH_PROOF, "Giấy chứng sinh")
    draft.change_paper(paper_class=PaperClass.WILL, title="Di chúc", confidence=1.0, requirement_id="r")
    draft.turn(0, Turn.CLOCKWISE)
    paper = draft.paper(0)
    assert (paper.paper_class, paper.title, paper.confidence) == (PaperClass.WILL, "Di chúc", 1.0)
    assert paper.requirement_id == "r"


def test_a_signature_goes_only_when_the_clerk_means_it(draft: Draft) -> None:
    draft.change_paper(signature_level="B-B", signature_digest="ab", signed_by="Lan")
    signed = draft.paper(0)
    assert code_of(lambda: draft.turn(0, Turn.CLOCKWISE)) == "paper-signed"
    assert draft.paper(0) == signed
    draft.turn(0, Turn.CLOCKWISE, drops_signature=True)
    paper = draft.paper(0)
    assert (paper.signature_level, paper.signature_digest, paper.signed_by) == ("", "", "")


def test_a_page_of_no_paper_is_turned_and_read_so_later(draft: Draft, reader: HandReader) -> None:
    with draft.session.store.transaction() as connection:
        pages.assign(connection, draft.ids[:1], None)
    assert draft.turn(0, Turn.CLOCKWISE).paper is None
    reader.asked.clear()
    list(read_left_pages(draft.session, draft.dossier_id, reader.as_reader))
    assert reader.asked == [(Rotation(0.5), Rotation(-90.0))]
    assert draft.page(0).rotation_degrees == -89.5


def test_what_the_reader_advises_is_kept_with_the_page(draft: Draft, reader: HandReader) -> None:
    reader.advice = (Advice.TOO_DARK, Advice.CUT_OFF)
    draft.turn(0, Turn.CLOCKWISE)
    assert open_draft(draft.session, draft.dossier_id).pages[0].advice == ("too-dark", "cut-off")
    reader.advice = ()
    draft.turn(0, Turn.CLOCKWISE)
    assert draft.page(0).advice == ()


@pytest.mark.parametrize("fault", ["page-unreadable", "reading-unavailable"])
def test_a_page_that_cannot_be_read_so_stays_as_it_was(draft: Draft, reader: HandReader, fault: str) -> None:
    before = draft.page(0), draft.paper(0)
    reader.fault = fault
    with pytest.raises(ScanningError, match=fault):
        draft.turn(0, Turn.CLOCKWISE)
    assert (draft.page(0), draft.paper(0)) == before
    assert trail(draft.session, "page.turned") == []


@pytest.mark.parametrize("lost", [0, 1])
def test_without_the_scanners_picture_of_every_page_nothing_changes(draft: Draft, lost: int) -> None:
    before = draft.page(0), draft.paper(0)
    draft.session.store.objects.path(draft.page(lost).object_id).unlink()
    with pytest.raises(KnownError) as caught:
        draft.turn(0, Turn.CLOCKWISE)
    assert (caught.value.code, caught.value.details["page"]) == ("page-original-gone", str(lost + 1))
    assert (draft.page(0), draft.paper(0)) == before


def test_what_the_clerk_does_meanwhile_is_not_undone(draft: Draft, reader: HandReader) -> None:
    reader.meanwhile = lambda: draft.change_paper(title="Di chúc", confidence=1.0)
    assert code_of(lambda: draft.turn(0, Turn.CLOCKWISE)) == "page-changed-meanwhile"
    assert draft.paper(0).title == "Di chúc"
    assert draft.page(0).steps == ""


def _received(draft: Draft) -> None:
    receive_dossier(draft.session, draft.dossier_id)


def _of_a_colleague(draft: Draft) -> None:
    draft.session = as_colleague(draft.session)


def _of_another_role(draft: Draft) -> None:
    draft.session = in_roles(draft.session, Role.SUPERVISOR)


def _of_another_draft(draft: Draft) -> None:
    draft.dossier_id, _ = draft_with_scans(draft.session)


@pytest.mark.parametrize(
    ("arrange", "code"),
    [
        (_received, "no-such-draft"),
        (_of_a_colleague, "no-such-draft"),
        (_of_another_role, "not-allowed"),
        (_of_another_draft, "no-such-record"),
    ],
)
def test_only_a_page_of_ones_own_open_draft_is_turned(
    draft: Draft, arrange: Callable[[Draft], None], code: str
) -> None:
    arrange(draft)
    assert code_of(lambda: draft.turn(0, Turn.CLOCKWISE)) == code


def test_the_paper_shows_its_page_as_it_was_turned(draft: Draft) -> None:
    def shown() -> Image.Image:
        picture = show_page(draft.session, draft.ids[0]).picture
        return Image.open(io.BytesIO(picture)).convert("L").resize((160, 160))

    draft.turn(0, Turn.AS_SCANNED)
    before = shown()
    draft.turn(0, Turn.CLOCKWISE)
    clockwise = before.transpose(Image.Transpose.ROTATE_270)
    assert ImageStat.Stat(ImageChops.difference(shown(), clockwise)).mean[0] < 20
    assert ImageStat.Stat(ImageChops.difference(shown(), before)).mean[0] > 40


def test_steps_are_kept_as_they_are() -> None:
    steps = (dataclasses.replace(whole(100, 200), width_px=50), Rotation(-1.25))
    page = Page("a", "d", 0, "o", 100, 200, 100, steps=steps_text(steps))
    assert decided_steps(page) == steps
    assert isinstance(steps[0], Cutout)
    assert (steps_text(None), decided_steps(dataclasses.replace(page, steps=""))) == ("", None)
