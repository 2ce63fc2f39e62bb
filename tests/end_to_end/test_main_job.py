# SPDX-License-Identifier: GPL-3.0-or-later
"""One dossier from the identity card to the national portal, with the gateway off until it is received."""

from __future__ import annotations

import hashlib
import io
import socket
from pathlib import Path

import pytest
from PIL import Image

from casework.codes import parse_code
from casework.guard.demands import RefusedBecause
from casework.records.dossier import DossierState, HistoryAction, PortalState
from casework.records.paper import PaperClass
from demo.commune import SLOT, UNIT, DemoCommune
from demo.people import FATHER
from demo.plaintext_check import Leak, find_leaks
from demo.play import play
from demo.sample_papers import SAMPLE_PAPERS
from demo.sheets import render_sheet
from demo.soft_token import SIGNER
from workstation.desk.find_procedure import DemandRefused

TRACES = (FATHER.full_name, FATHER.personal_number)


def answers(url: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", int(url.rsplit(":", 1)[1])), timeout=5):
            return True
    except ConnectionRefusedError:
        return False


def test_a_dossier_goes_from_the_identity_card_to_the_portal_and_nobody_waits_for_the_line(
    commune: DemoCommune,
) -> None:
    steps: list[tuple[str, bool]] = []
    played = play(commune, lambda line: steps.append((line.strip(), answers(commune.gateway_url))))

    # The gateway is off until the line comes back, and everything before was done without it.
    back = next(number for number, (line, _) in enumerate(steps) if line.startswith("Đường truyền trở lại"))
    assert [on for _, on in steps[: back + 1]] == [False] * back + [True]
    assert any(line.startswith("Đã tiếp nhận") for line, _ in steps[:back])
    assert (played.unsent_offline, played.seconds_offline > 0) == (7, True)

    # The law: nothing beyond it may be demanded.
    assert isinstance(played.demand, DemandRefused)
    assert played.demand.because is RefusedBecause.ADDRESS_CONFIRMATION

    # Six papers are told apart; three are what the procedure asks for, three are given back.
    assert played.page_count == 6
    assert [(each.paper.paper_class, each.requirement) for each in played.scanned] == [
        (PaperClass.BIRTH_REGISTRATION_DECLARATION, "Tờ khai đăng ký khai sinh"),
        (PaperClass.BIRTH_PROOF, "Giấy chứng sinh"),
        (PaperClass.IDENTITY_CARD, "Giấy tờ tùy thân"),
        (PaperClass.MARRIAGE_CERTIFICATE, ""),
        (PaperClass.MARITAL_STATUS_CONFIRMATION, ""),
        (PaperClass.LAND_USE_CERTIFICATE, ""),
    ]
    assert all(each.paper.confidence > 0.9 for each in played.scanned)
    papers = played.sheet.papers
    assert [paper.requirement_id for paper in papers] == ["1.001193/01", "1.001193/02", "1.001193/03"]
    assert len(played.sheet.pages) == 3

    # Every kept paper is signed, and the signature holds when it is read back from the file.
    assert [paper.signature_level for paper in papers] == ["B-B"] * 3
    assert [(verdict.valid, verdict.level, verdict.signer_name) for verdict in played.verdicts] == [
        (True, "B-B", SIGNER)
    ] * 3

    # The dossier: a code of this workstation's own, accepted by the portal, told in its history.
    dossier = played.sheet.dossier
    code = parse_code(dossier.code)
    assert code is not None
    assert (code.unit_code, code.slot) == (UNIT.code, SLOT)
    assert (dossier.state, dossier.portal_state) == (DossierState.RECEIVED, PortalState.ACCEPTED)
    assert [entry.action for entry in played.sheet.history] == [HistoryAction.RECEIVED, HistoryAction.PORTAL_ANSWERED]
    assert played.sheet.applicant.full_name == FATHER.full_name
    assert played.receipt.startswith(b"%PDF-")

    # The portal holds it, and nothing else, with the signed papers byte for byte.
    assert set(commune.portal.dossiers()) == {dossier.code}
    held = commune.portal.dossiers()[dossier.code]
    assert (held.fields["ChuHoSo"], held.fields["MaTTHC"]) == (FATHER.full_name, "1.001193")
    assert sorted(file.sha256 for file in held.files.values()) == sorted(
        hashlib.sha256(content).hexdigest() for _, content in played.signed_pdfs
    )

    # The trail is whole, and nobody can read on disk whose dossier it was, neither offline nor at the end.
    assert played.audit_report.chain_ok
    assert played.leaks == ()
    assert played.planted_leak_found
    assert played.is_as_it_should


@pytest.mark.parametrize("place", ["temporary", "desk", "gateway"])
def test_a_name_or_a_page_that_lies_open_would_be_found(commune: DemoCommune, place: str) -> None:
    folder = {"temporary": commune.temporary, "desk": commune.desk.root, "gateway": commune.gateway}[place]
    folder = folder / "of" / "a-careless-program"
    folder.mkdir(parents=True)
    planted = {
        folder / "draft.json": f'{{"full_name": "{FATHER.full_name.upper()}"}}'.encode(),
        folder / "crash.dump": b"\0" * 5000 + FATHER.personal_number.encode("utf-16-le") + b"\0" * 5000,
        folder / "page.tmp": page_as_jpeg(),
    }
    for path, content in planted.items():
        path.write_bytes(content)
    assert {leak.path for leak in leaks_of(commune)} == set(planted)
    for path in planted:
        path.unlink()
    assert leaks_of(commune) == ()
    folder.rmdir()
    folder.parent.rmdir()


def leaks_of(commune: DemoCommune) -> tuple[Leak, ...]:
    return find_leaks([commune.root], TRACES)


def page_as_jpeg() -> bytes:
    page: Image.Image = render_sheet(SAMPLE_PAPERS["identity-card"], dpi=75)
    content = io.BytesIO()
    page.save(content, "JPEG")
    return content.getvalue()


def test_everything_that_the_commune_keeps_lies_below_one_folder(commune: DemoCommune) -> None:
    places = (commune.desk.root, commune.gateway, commune.temporary, commune.token.folder)
    assert all(place.is_relative_to(commune.root) for place in places)
    assert Path(commune.scanner.environment["SANE_CONFIG_DIR"]).is_relative_to(commune.root)
